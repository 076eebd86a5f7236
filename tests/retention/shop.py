"""A small shop with a policy about retention, the same on every engine."""

from __future__ import annotations

from datetime import UTC, datetime

from troth.enforcement.project import Project
from troth.model.condition import Facts
from troth.model.sweep import SweepPlan
from troth.plan.periods import Periods, periods_of
from troth.plan.retention import compile_sweep
from troth.plan.rowtest import Today
from troth.policy.bind import compile_file

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
HEAD = """\
+++
provider = "Example Cloud"
version = "2026-01-01"
language = "en"
vocab = ["dpv-2.3", "troth-cloud-1"]
+++

We keep what we hold about you only for a while. {#s1 periods}

```troth
promise periods retain "Periods"
"""
RULES = """\
  must erase order-information ~36 months after order-completed
    hold dispute: dispute-status is open
  must erase name, email-address ~24 months after account-closed
  when account-closed
    must erase password within ~1 days
  may store server-usage until ~13 months after collection
  may store support-ticket until ~12 months after ticket-closed
  when storage-period-end
    must anonymise server-usage with drop-identifiers, k-anonymity ~3 within ~24 hours
    must erase support-ticket within ~24 hours
  when storage-period-end and anonymisation-test is failed
    must erase server-usage within ~24 hours
"""
TABLES = """
create table customers (id integer not null primary key, email varchar(100) not null, name varchar(60),
  pass_word varchar(80), closed_at TIME_TYPE null, unique (email));
create table orders (id integer not null primary key, customer_id integer not null, total integer, item varchar(40),
  completed_at TIME_TYPE null, foreign key (customer_id) references customers (id));
create table disputes (id integer not null primary key, order_id integer not null, state varchar(10));
create table samples (id integer not null primary key, customer_id integer null, ip varchar(45), bytes integer,
  plan varchar(10), ts TIME_TYPE null);
create table tickets (customer_id integer not null, number integer not null, subject varchar(80),
  resolved_at TIME_TYPE null, primary key (customer_id, number));
create index orders_completed on orders (completed_at);
create index samples_ts on samples (ts)
"""
MAP = """
[[table]]
store = "main"
name = "customers"
role = "subject"
key = ["id"]
events = { account-closed = "closed_at" }
[table.columns]
email = { category = "contact.email", terms = ["email-address"], mask = "token" }
name = { category = "contact.name", terms = ["name"], mask = "null" }
pass_word = { category = "secret", terms = ["password"], mask = "null" }
[[table]]
store = "main"
name = "orders"
role = "owned"
key = ["id"]
paths = ["orders.customer_id -> customers.id"]
events = { order-completed = "completed_at" }
[table.columns]
total = { category = "order", terms = ["order-information"] }
item = { category = "order", terms = ["order-information"] }
[[table]]
store = "main"
name = "disputes"
role = "owned"
key = ["id"]
paths = ["disputes.order_id => orders.id ; orders.customer_id -> customers.id"]
facts = { dispute-status = "state" }
[[table]]
store = "main"
name = "samples"
role = "owned"
key = ["id"]
paths = ["samples.customer_id => customers.id"]
events = { collection = "ts" }
[table.columns]
ip = { category = "network", terms = ["server-usage"] }
bytes = { category = "usage", terms = ["server-usage"] }
[[table]]
store = "main"
name = "tickets"
role = "owned"
key = ["customer_id", "number"]
paths = ["tickets.customer_id => customers.id"]
events = { ticket-closed = "resolved_at" }
[table.columns]
subject = { category = "message", terms = ["support-ticket"] }
"""


def tables(url: str) -> str:
    """The tables of the shop as an engine spells them."""
    return TABLES.replace("TIME_TYPE", moment(url))


def moment(url: str) -> str:
    """The type of times as an engine spells it."""
    return "timestamp" if url.startswith("postgresql") else "datetime"


def periods(rules: str = RULES) -> Periods:
    """What a policy of these rules says about retention."""
    compiled = compile_file(f"{HEAD}{rules}```\n".encode(), "policy.troth.md")
    assert not compiled.problems, compiled.problems
    return periods_of(compiled.policy)


def plan(project: Project, rules: str = RULES, now: datetime = NOW, given: Facts | None = None) -> SweepPlan:
    """The sweep plan of these rules for a project."""
    return compile_sweep(periods(rules), project.map, project.schemas, Today(now, given=given or {}))
