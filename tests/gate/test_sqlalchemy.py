"""The hook in SQLAlchemy, on real engines: what is seen of a statement, what is refused, and what passes."""

from __future__ import annotations

import asyncio
import contextvars
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import (
    Column as Col,
)
from sqlalchemy import (
    CreateTableAs,
    CreateView,
    Engine,
    Executable,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    bindparam,
    case,
    column,
    create_engine,
    delete,
    desc,
    event,
    exists,
    extract,
    func,
    insert,
    inspect,
    literal,
    literal_column,
    select,
    table,
    text,
    union,
    update,
    values,
)
from sqlalchemy import (
    Table as SqlTable,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.sqlite import insert as lite_insert
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, aliased, load_only, mapped_column, relationship
from sqlalchemy.schema import DDL, CreateIndex, DropTable, ExecutableDDLElement
from sqlalchemy.sql.compiler import SQLCompiler

from troth.enforcement.guard import Guard
from troth.enforcement.roles import read_roles
from troth.enforcement.ruling import Refused
from troth.gate.errand import current, purpose
from troth.gate.sqlalchemy import Watch, watch
from troth.gate.touched import touched
from troth.model.datamap import Column, DataMap, Link, Table
from troth.model.datamap import Path as Way
from troth.model.policy import Policy, vocabulary_of
from troth.policy.bind import compile_file

TEXT = """+++
provider = "Shop"
version = "1"
+++

Support reads names and orders; invoices go to the address on file. {#s1 p}
We write down what you tell us to run your account. {#s2 q}

```troth
promise p use "Support and billing"
  may use name, order-information for support on contract
  may use email-address, name for service-notice on contract
  never read order-information for direct-marketing
  prove access-decision

promise q collect "The account"
  may collect name, email-address for account-management on contract
  may use name, email-address for account-management on contract
  prove collection-gate
```
"""
POLICY: Policy = compile_file(TEXT.encode(), "shop.troth.md").policy
MAP = DataMap(
    (
        Table(
            "shop", "customer", "subject", ("id",),
            columns=(
                Column("email", "contact.email", terms=("email-address",)),
                Column("name", "contact.name", terms=("name",)),
                Column("notes", "message"),
            ),
            harmless=("plan",),
        ),
        Table("shop", "country", "none", ("code",)),
        Table(
            "shop", "purchase", "owned", ("id",),
            columns=(Column("item", "order", terms=("order-information",)),),
            paths=(Way((Link("purchase", ("customer_id",), "->", "customer", ("id",)),)),),
        ),
    )
)  # fmt: skip


class Model(DeclarativeBase):
    """The tables of the shop."""


class Customer(Model):
    """A customer."""

    __tablename__ = "customer"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    email: Mapped[str | None] = mapped_column(String(80))
    name: Mapped[str | None] = mapped_column(String(80))
    notes: Mapped[str | None] = mapped_column(String(80), deferred=True)
    plan: Mapped[str | None] = mapped_column(String(20))
    extra: Mapped[str | None] = mapped_column(String(20), deferred=True)
    purchases: Mapped[list[Purchase]] = relationship(back_populates="customer", passive_deletes="all")


class Purchase(Model):
    """An order."""

    __tablename__ = "purchase"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    item: Mapped[str | None] = mapped_column(String(40))
    customer: Mapped[Customer] = relationship(back_populates="purchases")


class Country(Model):
    """Nothing personal."""

    __tablename__ = "country"
    code: Mapped[str] = mapped_column(String(2), primary_key=True)


customer, purchase, country = (
    Model.metadata.tables["customer"],
    Model.metadata.tables["purchase"],
    Model.metadata.tables["country"],
)


def guard() -> Guard:
    """A guard without roles and ledger."""
    return Guard(POLICY)


@pytest.fixture(params=["sqlite", "postgres", "mariadb"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An engine with three customers, watched."""
    file = f"sqlite:///{tmp_path / 'shop.db'}"
    made = create_engine(
        file if request.param == "sqlite" else request.getfixturevalue(f"{request.param}_url")
    )
    Model.metadata.create_all(made)
    with made.begin() as run:
        run.execute(
            insert(customer), [{"id": n, "email": f"c{n}@shop.example", "name": f"N{n}"} for n in (1, 2, 3)]
        )
        run.execute(insert(purchase), [{"id": n, "customer_id": n, "item": "disk"} for n in (1, 2)])
        run.execute(insert(country), [{"code": "HK"}])
    watch(made, guard(), MAP, "shop")
    yield made
    made.dispose()


@pytest.fixture
def lite(tmp_path: Path) -> Iterator[Engine]:
    """A watched engine in a file, without rows."""
    made = create_engine(f"sqlite:///{tmp_path / 'shop.db'}")
    Model.metadata.create_all(made)
    watch(made, guard(), MAP, "shop")
    yield made
    made.dispose()


def outcome(engine: Engine, statement: Executable, name: str) -> str:
    """What comes of a statement on an errand: "" where it runs, else the words of the refusal."""
    try:
        with purpose(name, actor="support"), engine.begin() as run:
            run.execute(statement)
    except Refused as error:
        return error.message
    return ""


def test_every_engine_asks_for_a_purpose(engine: Engine) -> None:
    """Without a purpose no personal table is touched; with one, exactly the columns that the policy permits."""
    with engine.connect() as run:
        with pytest.raises(Refused, match=r"nobody said what `shop\.customer` is touched for") as caught:
            run.execute(select(customer.c.name))
        assert "with purpose(" in caught.value.hint
        assert run.execute(select(country.c.code)).scalars().all() == ["HK"]
        with purpose("support", actor="support"):
            assert run.execute(select(customer.c.name).order_by(customer.c.id)).scalars().all() == [
                "N1",
                "N2",
                "N3",
            ]
            with pytest.raises(Refused) as refused:
                run.execute(select(customer.c.email))
        assert refused.value.message == "`read email-address for support` is refused: no promise permits it"
        assert (
            refused.value.hint
            == "it is permitted for account-management, service-notice, as the promises say"
        )
        with purpose("service-notice", actor="mailer"):
            assert (
                run.execute(select(customer.c.email).where(customer.c.id == 2)).scalar() == "c2@shop.example"
            )
        with purpose("direct-marketing", actor="marketing"), pytest.raises(Refused) as never:
            run.execute(select(purchase.c.item))
        assert never.value.told.sentence.startswith("Support reads names")


def test_orm(engine: Engine) -> None:
    """The ORM is held to the same: what it loads, loads later, adds by a join, writes and deletes."""
    with Session(engine) as session:
        with pytest.raises(Refused, match="nobody said"):
            session.get(Customer, 1)
        with purpose("support", actor="support"):
            with pytest.raises(Refused, match="email-address"):
                session.get(Customer, 1)
            found = session.scalars(
                select(Customer).options(load_only(Customer.name)).where(Customer.id == 1)
            ).one()
            assert found.name == "N1"
            assert [one.item for one in found.purchases] == ["disk"]
            with pytest.raises(Refused, match="email-address"):
                _ = found.email
            other = aliased(Customer)
            joined = select(other.name, Purchase.item).join(Purchase, Purchase.customer_id == other.id)
            assert len(session.execute(joined).all()) == 2
    with Session(engine) as session, purpose("account-management", actor="customer"):
        session.add(Customer(id=9, email="new@shop.example", name="New"))
        session.flush()
        made = session.scalars(select(Customer).where(Customer.id == 9)).one()
        made.name = "Newer"
        session.flush()
        session.delete(made)
        session.commit()
    with Session(engine) as session, purpose("support", actor="support"):
        session.add(Customer(id=10, name="Ten"))
        with pytest.raises(Refused, match="record name for support"):
            session.flush()


def test_bulk_writes(engine: Engine) -> None:
    """Many rows at once, from a list or from a select, are writes of the columns they name."""
    rows = [{"id": n, "email": "x"} for n in range(20, 400)]
    with engine.begin() as run, purpose("account-management", actor="customer"):
        run.execute(insert(customer), rows)
        run.execute(update(customer).where(customer.c.id >= 20).values(name="many"))
        with pytest.raises(Refused, match="order-information"):
            run.execute(insert(purchase), [{"id": n, "customer_id": 1, "item": "x"} for n in range(20, 40)])
    with (
        engine.begin() as run,
        purpose("support", actor="support"),
        pytest.raises(Refused, match="email-address"),
    ):
        run.execute(insert(country).from_select(["code"], select(func.substr(customer.c.email, 1, 2))))
    with engine.begin() as run, purpose("support", actor="support"):
        run.execute(delete(customer).where(customer.c.id >= 20))


def ddl(statement: str) -> DDL:
    """A definition in SQL text."""
    return DDL(statement)  # type: ignore[no-untyped-call]


class Gather(ExecutableDDLElement):
    """A construct of somebody's own that makes a table of another."""

    def __init__(self, name: str) -> None:
        self.name = name


@compiles(Gather)
def _gather(element: Gather, _compiler: object, **_: object) -> str:
    return f"CREATE TABLE {element.name} AS SELECT * FROM customer"


inner = select(customer.c.email.label("e")).where(customer.c.id == 1)
STAR: Any = literal_column("*")
STATEMENTS: list[tuple[Executable, str]] = [
    (select(customer.c.plan), ""),
    (select(customer.c.id), ""),
    (select(func.count()).select_from(customer), ""),
    (select(exists(select(customer.c.id))), ""),
    (select(customer), "names no data term|does not know the column"),
    (select(customer.c.plan).where(customer.c.email == "x"), "use email-address"),
    (select(customer.c.plan).order_by(func.lower(customer.c.email)), "use email-address"),
    (select(customer.c.plan).order_by("email"), "use email-address"),
    (select(customer.c.plan).order_by(desc("email")), "use email-address"),
    (select(func.count()).select_from(customer.alias("z")).group_by("email"), "use email-address"),
    (select(func.row_number().over(order_by="email")).select_from(customer), "use email-address"),
    (select(customer.c.id.label("email_id")).order_by("email_id"), ""),
    (select(customer.c.plan).order_by("plan"), ""),
    (select(func.count(customer.c.email)), "use email-address"),
    (select(func.count(customer.c.email.distinct())), "use email-address"),
    (select(func.count(text("*"))).select_from(customer), ""),
    (select(func.count(literal_column("*"))).select_from(customer), ""),
    (select(func.count(text("email"))).select_from(customer), "read email-address"),
    (select(func.count().filter(customer.c.email == "x")), "use email-address"),
    (select(func.max(customer.c.email).filter(customer.c.plan == "x")), "read email-address"),
    (select(func.row_number().over(order_by=customer.c.email)), "use email-address"),
    (select(func.lag(customer.c.email).over(order_by=customer.c.id)), "read email-address"),
    (select(exists().where(customer.c.email == "x")), "use email-address"),
    (select(exists().where(customer.c.id == 1)), ""),
    (select(purchase.c.id).where(exists().where(customer.c.id == purchase.c.customer_id)), ""),
    (select(exists(select(customer))), ""),
    (select(exists(select(customer.c.email))), "use email-address"),
    (select(exists(select(text("(select email from customer)")))), "SQL text"),
    (select(exists(inner), inner.subquery("w").c.e), "read email-address"),
    (select(exists(inner), inner.scalar_subquery()), "read email-address"),
    (select(func.count(STAR), STAR).select_from(customer), "names no data term"),
    (select(customer.c.email == "x"), "use email-address"),
    (select(customer.c.email.in_(["x"]).label("hit"), customer.c.plan), "use email-address"),
    (select(customer.c.email.op("||", is_comparison=True)("")), "read email-address"),
    (select(case((customer.c.email == "x", customer.c.name), else_="")), "use email-address"),
    (select(case((customer.c.plan == "x", customer.c.email), else_="")), "read email-address"),
    (select(func.max(customer.alias("x").c.email)), "read email-address"),
    (select(inner.cte("w").c.e), "read email-address"),
    (select(inner.subquery("w").c.e), "read email-address"),
    (select(purchase.c.id, inner.scalar_subquery()), "read email-address"),
    (select(purchase.c.id).where(purchase.c.id.in_(select(customer.c.email))), "email-address"),
    (union(select(customer.c.name), select(customer.c.email)), "read email-address"),
    (select(table("customer", column("email")).c.email), "read email-address"),
    (select(table("CUSTOMER", column("EMAIL")).c.EMAIL), "read email-address"),
    (select(literal_column("email")).select_from(customer), "read email-address"),
    (select(literal_column("*")).select_from(customer), "names no data term"),
    (select(text("upper(email)")).select_from(customer), "read email-address"),
    (select(text("*")).select_from(customer), "names no data term"),
    (select(customer.c.plan).where(text("email = 'x'")), "read email-address"),
    (select(literal_column("(select email from customer)")), "plain SQL|SQL text"),
    (select(country.c.code).where(text("exists (select 1 from customer)")), "SQL text"),
    (select(literal_column("customer")).select_from(customer), "names no data term"),
    (select(func.row_to_json(literal_column("customer"))).select_from(customer), "names no data term"),
    (select(literal_column("z")).select_from(customer.alias("z")), "names no data term"),
    (select(text("customer_1")).select_from(customer.alias()), "names no data term"),
    (select(text("(z).email")).select_from(customer.alias("z")), "names no data term"),
    (select(text("customer.to_json")).select_from(customer), "names no data term"),
    (select(customer.c.plan).where(text('customer.plan = "customer".id')), ""),
    (select(country.c.code).with_statement_hint("union select email from customer"), "SQL text"),
    (select(customer.c.plan).with_hint(customer, "where %(name)s.email = 'x'"), "read email-address"),
    (select(customer.c.plan).with_statement_hint("/*+ SeqScan(customer) */"), ""),
    (select(customer.c.plan).with_statement_hint("/*! where email = 'x' */"), "names no data term"),
    (select(country.c.code).suffix_with("union select email from customer"), "SQL text"),
    (select(country.c.code).prefix_with("(select email from customer),"), "SQL text"),
    (select(country.c.code).prefix_with("DISTINCT"), ""),
    (select(customer.c.plan).prefix_with(text("email,")), "read email-address"),
    (select(select(country.c.code).cte("w").suffix_with("union select email from customer")), "SQL text"),
    (insert(country).prefix_with("/* email */ or ignore").values(code="x"), ""),
    (insert(country).values([{"code": inner.scalar_subquery()}, {"code": "x"}]), "read email-address"),
    (
        select(values(column("a", String), name="v").data([(inner.scalar_subquery(),)]).c.a),
        "read email-address",
    ),
    (select(table("country", literal_column("(select email from customer)")).c[0]), "SQL text"),
    (select(literal_column("1").op("+ (select email from customer) +")(1)), "SQL text"),
    (select(customer.c.plan.op("||")("x")), ""),
    (select(customer.c.id.op("*")(2)), ""),
    (text("select email from customer"), "SQL text"),
    (ddl("select email from customer"), "SQL text"),
    (ddl("delete from customer"), "SQL text"),
    (ddl("update customer set email = 'x'"), "SQL text"),
    (ddl("create table copy as select * from customer"), "SQL text"),
    (ddl("create view everybody as select * from customer"), "SQL text"),
    (ddl("create index ix on country (code); delete from customer"), "SQL text"),
    (ddl("create index ix_plan on customer (plan)"), ""),
    (ddl("alter table customer add column since date"), ""),
    (text('ALTER TABLE "customer" ADD COLUMN since date'), ""),
    (ddl("alter table customer drop column email"), "SQL text"),
    (CreateTableAs(select(customer), "copy"), "names no data term|does not know the column"),
    (CreateTableAs(inner, "copy"), "read email-address"),
    (CreateTableAs(select(customer.c.name), "copy"), ""),
    (CreateTableAs(select(country), "copy"), ""),
    (CreateTableAs(text("select email as e from customer").columns(column("e")), "copy"), "SQL text"),
    (CreateView(select(customer.c.email), "everybody"), "read email-address"),
    (CreateView(select(customer.c.name), "everybody"), ""),
    (select(customer.c.email).into("copy"), "read email-address"),
    (Gather("copy"), "SQL text"),
    (CreateIndex(Index("ix_made", SqlTable("customer", MetaData(), Col("plan", String)).c.plan)), ""),
    (DropTable(purchase), ""),
    (text("select email from customer").columns(customer.c.email), "SQL text"),
    (text("select code from country"), ""),
    (select(customer.c.notes), "names no data term"),
    (select(customer.c.extra), "does not know the column"),
    (select(SqlTable("secret", MetaData(), Col("x")).c.x), "does not know the table"),
    (update(customer).values(plan="a"), ""),
    (update(customer).values(plan=customer.c.email), "use email-address"),
    (update(customer).values({customer.c.email: "x"}), "record email-address"),
    (update(customer).values(plan="a").where(customer.c.email == "x"), "use email-address"),
    (insert(customer).values(id=50, plan="a"), ""),
    (insert(customer).values([{"id": 51, "email": "a"}, {"id": 52, "email": "b"}]), "record email-address"),
    (insert(customer), "names no data term"),
    (insert(purchase).from_select(["item"], select(customer.c.name)), "record order-information"),
    (insert(customer).values(id=53).returning(customer.c.email), "read email-address"),
    (delete(customer).where(customer.c.id == 1), ""),
    (delete(customer).where(customer.c.email == "x"), "use email-address"),
    (delete(customer).returning(customer.c.email), "read email-address"),
    (update(customer).values(plan="a").return_defaults(customer.c.email), "read email-address"),
    (insert(customer).values(id=54).return_defaults(customer.c.email), "read email-address"),
    (insert(customer).values(id=55, plan="a").return_defaults(customer.c.id), ""),
    (select(func.json_each(customer.c.email).table_valued("value").c.value), "read email-address"),
    (select(func.json_each("[1]").table_valued("value").c.value), ""),
    (select(SqlTable("customer", MetaData(), Col("plan"), schema="main").c.plan), ""),
    (select(SqlTable("customer", MetaData(), Col("email"), schema="main").c.email), "read email-address"),
    (select(SqlTable("customer", MetaData(), Col("email"), schema="other").c.email), "does not know the table"),
    (select(SqlTable("country", MetaData(), Col("code"), prefixes=["TEMPORARY"]).c.code), ""),
    (text("select most_common_vals from pg_stats"), "holds values of personal columns"),
    (select(SqlTable("sqlite_stat4", MetaData(), Col("sample")).c.sample), "holds values of personal columns"),
    (select(SqlTable("sqlite_master", MetaData(), Col("name")).c.name), ""),
    (text('select email from U&"c\\0075stomer"'), "SQL text"),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(STATEMENTS)))
def test_what_is_seen(lite: Engine, number: int) -> None:
    """Each way to reach a column is seen; what touches nothing personal passes."""
    statement, refusal = STATEMENTS[number]
    said = outcome(lite, statement, "support")
    assert bool(said) == bool(refusal), f"{statement}: {said}"
    assert not refusal or any(one in said for one in refusal.split("|")), f"{statement}: {said}"
    assert not refusal or outcome(lite, statement, "support") == said


def test_conflict_clause(lite: Engine) -> None:
    """What an insert writes when the row is there already is a write too."""
    from sqlalchemy.dialects.sqlite import insert as upsert  # noqa: PLC0415 - one dialect's

    wanted = (
        upsert(customer)
        .values(id=1, plan="a")
        .on_conflict_do_update(index_elements=["id"], set_={"email": "x"})
    )
    assert "record email-address" in outcome(lite, wanted, "support")
    wanted = upsert(customer).values(id=1, plan="a")
    plan = wanted.on_conflict_do_update(index_elements=["id"], set_={"plan": wanted.excluded.plan})
    assert outcome(lite, plan, "support") == ""
    stolen = wanted.on_conflict_do_update(index_elements=["id"], set_={"plan": customer.c.email})
    assert "use email-address" in outcome(lite, stolen, "support")


def defined(**said: Any) -> SqlTable:
    """The table of customers as an application may define it, with something said of its addresses."""
    return SqlTable(
        "customer", MetaData(), Col("id", Integer, primary_key=True), Col("plan"), Col("email", **said)
    )


WRITES: list[tuple[Executable, dict[str, Any], str]] = [
    (insert(customer).values(id=1, email=None), {}, ""),
    (insert(customer), {"id": 1, "email": None}, ""),
    (insert(defined(key="mail")).values(id=1, mail=None), {}, ""),
    (insert(defined(key="mail")).values(id=1, mail="x"), {}, "record email-address"),
    (insert(defined(default=None)).values(id=1, plan="a"), {}, ""),
    (insert(defined(default=lambda: None)).values(id=1, plan="a"), {}, ""),
    (insert(defined(default=lambda: "10.0.0.1")).values(id=1, plan="a"), {}, "record email-address"),
    (insert(defined(default="x")).values([{"id": 1}, {"id": 2}]), {}, "record email-address"),
    (insert(defined(default=func.lower("X"))).values(id=1, plan="a"), {}, "record email-address"),
    (insert(defined(default="x")).from_select(["id"], select(country.c.code)), {}, "record email-address"),
    (update(defined(onupdate="x")).values(plan="a"), {}, "record email-address"),
    (update(defined(default="x")).values(plan="a"), {}, ""),
    (insert(customer).values(email=bindparam("a"), plan=bindparam("b")), {"a": "x", "b": None}, "record"),
    (insert(customer).values(email=bindparam("a"), plan=bindparam("b")), {"a": None, "b": "x"}, ""),
    (
        insert(customer).values(email=bindparam("plan"), plan=bindparam("email")),
        {"plan": "x", "email": None},
        "record email-address",
    ),
    (
        insert(customer).from_select(["email"], select(literal("x")).where(bindparam("email").is_(None))),
        {"email": None},
        "record email-address",
    ),
    (
        lite_insert(customer).values(id=1, email=None).on_conflict_do_update(set_={"email": "x"}),
        {},
        "record email-address",
    ),
]


@pytest.mark.parametrize("number", range(len(WRITES)))
def test_which_value_is_written(lite: Engine, number: int) -> None:
    """Only the parameter that alone gives the value of a column tells that nothing is collected; defaults collect too."""
    statement, given, refusal = WRITES[number]
    said = ""
    try:
        with purpose("support", actor="support"), lite.begin() as run:
            run.execute(statement, given)
    except Refused as error:
        said = error.message
    assert bool(said) == bool(refusal), said
    assert refusal in said


def test_update_of_several_tables(mariadb_url: str) -> None:
    """MariaDB updates several tables at once: each column counts for its own table."""
    made = create_engine(mariadb_url)
    Model.metadata.create_all(made)
    watch(made, guard(), MAP, "shop")
    joined = customer.join(purchase, purchase.c.customer_id == customer.c.id)
    for statement in (
        update(customer).values({purchase.c.item: "x"}).where(purchase.c.customer_id == customer.c.id),
        update(joined).values({purchase.c.item: "x"}),
    ):
        assert "record order-information" in outcome(made, statement, "support")
    assert outcome(made, update(joined).values({customer.c.plan: "x"}), "support") == ""
    made.dispose()


def test_schemas_that_the_engine_replaces(lite: Engine, tmp_path: Path) -> None:
    """A table is the one that the statement is sent to, where the map knows that one, each time anew."""
    lite.dispose()
    other = create_engine(lite.url)
    event.listen(other, "connect", lambda run, _: run.execute(f"attach '{tmp_path / 'crm.db'}' as crm"))
    with other.begin() as run:
        run.exec_driver_sql("create table crm.country (code text)")
        run.exec_driver_sql("create table crm.customer (plan text, email text)")
    crm = Table("shop", "crm.country", "subject", ("id",), columns=(Column("code", "x", terms=("name",)),))
    watch(other, guard(), DataMap((*MAP.tables, crm)), "shop")

    def said(statement: Executable, schema: str | None) -> str:
        told = statement.execution_options(schema_translate_map={None: schema})
        return outcome(other, told, "account-management").partition(" is refused")[0]

    writes = update(country).values(code="x")
    assert [said(writes, one) for one in ("main", "crm", None)] == ["", "", ""]
    asked = select(country.c.code)
    with other.connect() as run, pytest.raises(Refused, match=r"what `shop\.crm\.country` is touched for"):
        run.execute(asked.execution_options(schema_translate_map={None: "crm"}))
    assert said(select(customer.c.plan), "crm") == ""
    assert "notes" in said(select(customer.c.notes), "crm")
    other.dispose()


def test_plain_sql(lite: Engine) -> None:
    """SQL that was sent as text is refused where it names a personal table, with and without a purpose."""
    with lite.connect() as run, purpose("support", actor="support"):
        for statement in (
            "select 1 from customer",
            'DELETE FROM "Customer"',
            "select 1; pragma x; select * from customer",
        ):
            with pytest.raises(Refused, match=r"SQL text names `shop\.customer`"):
                run.exec_driver_sql(statement)
        assert run.exec_driver_sql("select 1").scalar() == 1
        assert run.exec_driver_sql('PRAGMA main.table_info("customer")').all()
        with pytest.raises(Refused):
            run.exec_driver_sql("pragma x = (select email from customer)")


odd = SqlTable(
    "order details",
    MetaData(),
    Col("id", Integer, primary_key=True),
    Col("e-mail 2", String),
    Col('a"b:c%', String),
)
ODD_MAP = DataMap(
    (
        Table(
            "shop", "order details", "owned", ("id",),
            columns=(
                Column("e-mail 2", "contact.email", terms=("email-address",)),
                Column('a"b:c%', "contact.email", terms=("email-address",)),
            ),
        ),
        Table("shop", "country", "none", ("code",)),
    )
)  # fmt: skip


@pytest.mark.parametrize(
    ("statement", "refusal"),
    [
        (text('select 1 from "order details"'), "SQL text"),
        (text("select 1 from `Order Details`"), "SQL text"),
        (text("select 1 from [order details]"), "SQL text"),
        (ddl('delete from "order details"'), "SQL text"),
        (select(literal_column('(select 1 from "order details")')), "SQL text"),
        (select(text('"e-mail 2"')).select_from(odd), "read email-address"),
        (select(literal_column('"e-mail 2"')).select_from(odd), "read email-address"),
        (select(odd.c.id).where(text("\"E-Mail 2\" like 'a%'")), "read email-address"),
        (select(text('"a""b\\:c%"')).select_from(odd), "read email-address"),
        (select(literal_column('"order details"')).select_from(odd), "read email-address"),
        (select(text('"my odd"."id"')).select_from(odd.alias("my odd")), ""),
        (select(text('"my odd"')).select_from(odd.alias("my odd")), "read email-address"),
        (select(odd.c["e-mail 2"]), "read email-address"),
        (select(odd.c.id).where(text('"order details".id = 1')), ""),
        (text('select 1 as "order", 2 as details'), ""),
    ],
)
def test_names_that_must_be_quoted(tmp_path: Path, statement: Executable, refusal: str) -> None:
    """Names with blanks, quotes and other characters are found in SQL text, however they are quoted there."""
    made = create_engine(f"sqlite:///{tmp_path / 'odd.db'}")
    odd.create(made)
    watch(made, guard(), ODD_MAP, "shop")
    said = outcome(made, statement, "support")
    made.dispose()
    assert bool(said) == bool(refusal), said
    assert refusal in said


def test_whole_rows_of_postgres(postgres_url: str) -> None:
    """Where a name of the table means its whole row, it is not let through as the name of nothing."""
    made = create_engine(postgres_url)
    Model.metadata.create_all(made)
    with made.begin() as run:
        run.execute(insert(customer).values(id=1, email="c1@shop.example"))
    whole = [
        select(literal_column("customer")).select_from(customer),
        select(func.row_to_json(text("z"))).select_from(customer.alias("z")),
        select(func.row_to_json(text("customer_1"))).select_from(customer.alias()),
    ]
    with made.connect() as run:
        assert all("c1@shop.example" in str(run.execute(one).all()) for one in whole)
    watch(made, guard(), MAP, "shop")
    assert [outcome(made, one, "support") for one in whole] == [
        "the data map names no data term for `shop.customer.notes`"
    ] * 3
    made.dispose()


def test_definitions_still_work(engine: Engine) -> None:
    """Tables, indexes and columns can be made, read and dropped on a watched engine, without a purpose."""
    more = MetaData()
    SqlTable("customer", more, Col("id", Integer, primary_key=True))
    SqlTable(
        "visit", more, Col("id", Integer, primary_key=True), Col("customer_id", ForeignKey("customer.id"))
    )
    Model.metadata.create_all(engine)
    more.create_all(engine)
    Index("ix_customer_plan", customer.c.plan, _table=customer).create(engine)
    with engine.begin() as run:
        run.execute(ddl("alter table customer add column since varchar(10)"))
    found = MetaData()
    found.reflect(engine)
    assert "since" in found.tables["customer"].c
    customer.indexes.clear()
    more.tables["visit"].drop(engine)
    Model.metadata.drop_all(engine)
    assert "customer" not in inspect(engine).get_table_names()


def test_a_refused_copy_copies_nothing(lite: Engine) -> None:
    """A table that was to be filled from personal data does not exist after the refusal."""
    with lite.begin() as run:
        for statement in (
            select(customer.c.email).into("copy"),
            ddl("create table copy as select * from customer"),
        ):
            with pytest.raises(Refused):
                run.execute(statement)
    assert "copy" not in inspect(lite).get_table_names()


def test_inspection_still_works(lite: Engine) -> None:
    """The schema of a watched database can be read."""
    found = MetaData()
    found.reflect(lite)
    assert "customer" in found.tables


def test_roles_are_held(lite: Engine) -> None:
    """A role is held to what it declares, whatever purpose it names."""
    lite.dispose()
    other = create_engine(lite.url)
    roles = read_roles({"support": {"purposes": ["support"], "data": ["name"]}}, vocabulary_of(POLICY))
    watch(other, Guard(POLICY, roles=roles), MAP, "shop")
    assert outcome(other, select(customer.c.name), "support") == ""
    assert "may not touch `order-information`" in outcome(other, select(purchase.c.item), "support")
    assert "may not act for `service-notice`" in outcome(other, select(customer.c.name), "service-notice")
    other.dispose()


def test_refusal_sends_nothing(lite: Engine) -> None:
    """A refused write leaves the table as it was, and the connection usable."""
    with lite.begin() as run, purpose("support", actor="support"):
        run.execute(insert(customer).values(id=1, plan="a"))
        with pytest.raises(Refused):
            run.execute(update(customer).values(email="x", plan="b"))
        assert run.execute(select(customer.c.plan)).scalar() == "a"


def test_errands_do_not_leak(lite: Engine) -> None:
    """A purpose belongs to its block, its thread and its task."""
    seen: list[object] = []
    with purpose("support", actor="support") as mine:
        with purpose("service-notice", actor="mailer"):
            other = threading.Thread(target=lambda: seen.append(current()))
            other.start()
            other.join()
        assert current() == mine

        async def task() -> None:
            with purpose("billing", actor="billing"):
                await asyncio.sleep(0)
                seen.append(current())

        async def both() -> None:
            await asyncio.gather(task(), task())
            assert current() == mine

        contextvars.copy_context().run(asyncio.run, both())
    assert current() is None
    assert seen[0] is None
    assert len(seen) == 3


def test_asynchronous_engine(postgres_url: str) -> None:
    """On an asynchronous engine each task is held to its own purpose."""
    sync = create_engine(postgres_url)
    Model.metadata.create_all(sync)
    sync.dispose()

    async def work() -> list[str]:
        engine = create_async_engine(postgres_url)
        watch(engine.sync_engine, guard(), MAP, "shop")

        async def ask(name: str) -> str:
            try:
                with purpose(name, actor="support"):
                    async with engine.connect() as run:
                        await asyncio.sleep(0)
                        await run.execute(select(customer.c.email))
            except Refused as error:
                return error.message
            return ""

        found = await asyncio.gather(*(ask(name) for name in ("support", "service-notice", "support")))
        await engine.dispose()
        return found

    said = asyncio.run(work())
    assert said[1] == ""
    assert said[0] == said[2] == "`read email-address for support` is refused: no promise permits it"


def test_hook_can_be_taken_off(lite: Engine) -> None:
    """Closed, the hook stands before nothing any more; an unknown store is refused at once."""
    other = create_engine(lite.url)
    hook = watch(other, guard(), MAP, "shop")
    with other.connect() as run, pytest.raises(Refused):
        run.execute(select(customer.c.name))
    hook.close()
    with other.connect() as run:
        run.execute(select(customer.c.name))
    with pytest.raises(Refused, match="has no store `shpo`"):
        Watch(other, guard(), MAP, "shpo")
    other.dispose()


def test_columns_of_a_compiled_statement(lite: Engine) -> None:
    """What is shown, used and written are told apart."""
    compiled: Callable[[Any], SQLCompiler] = lambda one: one.compile(lite)  # noqa: E731
    found = touched(compiled(update(customer).values(name="x").where(customer.c.email == "y")))
    assert (set(found.written), found.used) == ({("customer", "name")}, {("customer", "email")})
    odd_part = select(extract("year from email) || extract(year", customer.c.plan))
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    found = touched(odd_part.compile(dialect=dialect))
    assert found.texts == {"year from email) || extract(year"}
    found = touched(compiled(select(extract("year", customer.c.plan).op("+")(1))))
    assert found.texts == set()
    found = touched(compiled(select(customer.c.name).where(customer.c.email == customer.c.name)))
    assert (found.shown, found.used) == ({("customer", "name")}, {("customer", "email")})
