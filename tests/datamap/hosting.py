"""A small hosting company's database with the difficulties of real ones, for SQLite, PostgreSQL and MariaDB alike."""

from __future__ import annotations

from sqlalchemy import URL, create_engine, make_url, text

TABLES = """
create table customers (id integer not null primary key, brand varchar(8) not null, number integer not null,
  email varchar(200) not null, full_name varchar(100), phone varchar(30), password_hash varchar(100), born
  date, parent_id integer, main_address_id integer, created_at timestamp null, extra text, unique (brand,
  number), unique (email));
create table addresses (id integer not null primary key, customer_id integer not null, street varchar(100),
  zip varchar(12), city varchar(60), country varchar(2), foreign key (customer_id) references customers (id));
create table invoices (id integer not null primary key, brand varchar(8) not null, number integer not null,
  total decimal(10,2), issued_on date, foreign key (brand, number) references customers (brand, number));
create table invoice_lines (invoice_id integer not null, position integer not null, description varchar(200),
  primary key (invoice_id, position), foreign key (invoice_id) references invoices (id));
create table servers (id integer not null primary key, customer_id integer not null, hostname varchar(100),
  ip_address varchar(45));
create table usage_records (id integer not null primary key, server_id integer not null, bytes_in bigint,
  bytes_out bigint, measured_at timestamp null);
create table tickets (id integer not null primary key, requester_email varchar(200), assigned_to integer,
  subject varchar(200), status varchar(20), merged_into_id integer, foreign key (assigned_to) references
  employees (id));
create table ticket_messages (id integer not null primary key, ticket_id integer not null, body text,
  created_at timestamp null, foreign key (ticket_id) references tickets (id));
create table notes (id integer not null primary key, notable_type varchar(40), notable_id integer, content
  text);
create table customer_attributes (customer_id integer not null, attribute varchar(40) not null, value text,
  primary key (customer_id, attribute));
create table carts (id integer not null primary key, user_id integer, contents text);
create table customers_archive (id integer not null primary key, brand varchar(8), number integer, email
  varchar(200), full_name varchar(100));
create table newsletter (email varchar(200) not null primary key, language varchar(5), newsletter_since date);
create table countries (code varchar(2) not null primary key, name varchar(60));
create table plans (id integer not null primary key, name varchar(60), price decimal(10,2), created_by
  integer, updated_by integer);
create table schema_migrations (version varchar(40) not null primary key);
create table employees (id integer not null primary key, login varchar(40), email varchar(200), full_name
  varchar(100))
"""

NAMES = (
    "Ada Lovelace",
    "Grace Hopper",
    "Alan Turing",
    "Barbara Wilson",
    "Kenneth Martin",
    "Emily Clark",
    "王小明",
    "李芳",
)


def build(url: str, *, rows: int = 8) -> None:
    """Make the tables at `url` and fill them with `rows` customers and what belongs to them."""
    engine = create_engine(driver(url))
    ordered = [one.strip() for one in TABLES.split(";")]
    with engine.begin() as connection:
        for statement in [ordered[-1], *ordered[:-1]]:
            connection.execute(text(statement))
        for number in range(1, rows + 1):
            for statement in _rows(number):
                connection.execute(text(statement.replace(":", r"\:")))
    engine.dispose()


def driver(url: str) -> URL:
    """The URL with the driver that Troth ships."""
    names = {"mysql": "mysql+pymysql", "postgresql": "postgresql+psycopg", "sqlite": "sqlite"}
    parsed = make_url(url)
    return parsed.set(drivername=names[parsed.get_backend_name()])


def _rows(n: int) -> list[str]:
    name, mail = NAMES[n % len(NAMES)], f"person{n}@example.org"
    cart = f's:5:"email";s:{len(mail)}:"{mail}";'
    target = ("Customer", n) if n % 2 else ("Server", 500 + n)
    extra = f'{{"newsletter": true, "phone": "+49 30 9{n}"}}'
    who = f"{n}, 'de', {1000 + n}, '{mail}', '{name}', '+49 30 12345{n:02}', '$2b$12$abcdefghijk{n}'"
    return [
        f"insert into customers values ({who}, '19{60 + n}-02-0{n}', null, {n}, '2024-01-0{n} 10:00:00', '{extra}')",
        f"insert into addresses values ({n}, {n}, 'Main Street {n}', '1011{n}', 'Berlin', 'DE')",
        f"insert into invoices values ({n}, 'de', {1000 + n}, 10.50, '2024-02-0{n}')",
        f"insert into invoice_lines values ({n}, 1, 'server {n}')",
        f"insert into servers values ({500 + n}, {n}, 'host{n}.example.net', '192.0.2.{n}')",
        f"insert into usage_records values ({n}, {500 + n}, {n}, {n}, '2024-03-0{n} 10:00:00')",
        f"insert into employees values ({n}, 'agent{n}', 'agent{n}@example.com', '{name}')",
        f"insert into tickets values ({n}, '{mail}', {n}, 'help', 'open', null)",
        f"insert into ticket_messages values ({n}, {n}, 'please help me as soon as you can do it', '2024-03-0{n} 10:00:00')",
        f"insert into notes values ({n}, '{target[0]}', {target[1]}, 'called back')",
        f"insert into customer_attributes values ({n}, 'shoe size', '4{n}')",
        f"insert into carts values ({n}, {n}, 'a:1:{{{cart}}}')",
        f"insert into newsletter values ('{mail}', 'de', '2024-01-01')",
        f"insert into plans values ({n}, 'plan {n}', 5, 1, 1)",
    ]


PATHS = {
    "addresses": "addresses.customer_id -> customers.id",
    "invoices": "invoices.(brand,number) -> customers.(brand,number)",
    "invoice_lines": "invoice_lines.invoice_id -> invoices.id ; invoices.(brand,number) -> customers.(brand,number)",
    "servers": "servers.customer_id => customers.id",
    "usage_records": "usage_records.server_id => servers.id ; servers.customer_id => customers.id",
    "tickets": "tickets.requester_email ~> customers.email",
    "ticket_messages": "ticket_messages.ticket_id -> tickets.id ; tickets.requester_email ~> customers.email",
    "notes": "notes.notable_id => customers.id [notable_type='Customer']",
    "customer_attributes": "customer_attributes.customer_id => customers.id",
    "carts": "carts.user_id => customers.id",
    "newsletter": "newsletter.email ~> customers.email",
}
ROLES = {
    "customers": "subject", "customers_archive": "subject", "addresses": "owned", "invoices": "owned", "invoice_lines": "owned",
    "servers": "owned", "usage_records": "owned", "tickets": "shared", "ticket_messages": "shared", "notes": "owned",
    "customer_attributes": "owned", "carts": "owned", "newsletter": "owned", "countries": "none", "plans": "none",
    "schema_migrations": "none", "employees": "staff",
}  # fmt: skip
PERSONAL = {
    ("customers", "email"): "contact.email", ("customers", "full_name"): "contact.name", ("customers", "phone"): "contact.phone",
    ("customers", "password_hash"): "secret", ("customers", "born"): "ident.birthdate", ("customers", "extra"): "blob",
    ("addresses", "street"): "contact.address", ("addresses", "zip"): "contact.address", ("addresses", "city"): "contact.address",
    ("addresses", "country"): "contact.address", ("invoices", "total"): "order", ("servers", "ip_address"): "network",
    ("usage_records", "bytes_in"): "usage", ("tickets", "requester_email"): "contact.email", ("tickets", "subject"): "message",
    ("ticket_messages", "body"): "message", ("customer_attributes", "value"): "blob", ("carts", "contents"): "blob",
    ("customers_archive", "email"): "contact.email", ("newsletter", "email"): "contact.email",
    ("newsletter", "language"): "preference",
    ("employees", "email"): "contact.email",
}  # fmt: skip
