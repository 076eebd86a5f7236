"""Plans of erasure and access: order, masks, what must stay, what is missing; no database is needed."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.enforcement.scene import CITED, table
from troth.datamap.mapfile import read_map
from troth.enforcement import blueprint
from troth.model.datamap import DataMap
from troth.model.plan import Change, Citation, Hold, Plan
from troth.model.schema import Field, Foreign, Index, Relation, Schema
from troth.plan.access import compile_access
from troth.plan.advice import advise
from troth.plan.erasure import compile_erasure
from troth.plan.fit import detachable, fitting
from troth.plan.order import ordered


def relation(name: str, *fields: Field, foreign: tuple[Foreign, ...] = (), rows: int = 0) -> Relation:
    """A table with a number as its key."""
    return Relation(
        name,
        (Field("id", "INTEGER", "integer", nullable=False), *fields),
        ("id",),
        foreign=foreign,
        rows=rows,
    )


def number(name: str, *, nullable: bool = True) -> Field:
    """A column of whole numbers."""
    return Field(name, "INTEGER", "integer", nullable=nullable)


def data_map(text: str) -> DataMap:
    """The map of a text without its version line."""
    return read_map("version = 1\n" + text)


def steps(plan: Plan) -> list[tuple[str, str]]:
    """The actions and places of a plan."""
    return [(step.action, step.place) for step in plan.steps]


PEOPLE = relation("people", Field("email"))
SUBJECT = table("a.people", "subject", email="contact.email")


def schema(*relations: Relation, store: str = "a") -> dict[str, Schema]:
    """One store."""
    return {store: Schema(store, "sqlite", tuple(sorted(relations, key=lambda one: one.name)))}


def test_children_go_before_parents() -> None:
    """A row goes before the rows it points to and before those it is found by; the person goes last."""
    tables = schema(
        PEOPLE,
        relation("servers", number("person_id")),
        relation("samples", number("server_id")),
        relation("aardvarks", number("sample_id"), foreign=(Foreign(("sample_id",), "samples", ("id",)),)),
    )
    path = "servers.person_id => people.id"
    text = (
        SUBJECT
        + table("a.servers", "owned", paths=[path], id="service")
        + table("a.samples", "owned", paths=[f"samples.server_id => servers.id ; {path}"], id="usage")
        + table(
            "a.aardvarks",
            "owned",
            paths=[f"aardvarks.sample_id -> samples.id ; samples.server_id => servers.id ; {path}"],
            id="usage",
        )
    )
    plan = compile_erasure(data_map(text), tables, CITED)
    assert steps(plan) == [("delete", f"a.{name}") for name in ("aardvarks", "samples", "servers", "people")]
    assert all(step.citation == CITED for step in plan.steps)


def test_reference_that_may_not_be_null() -> None:
    """A row that must be pointed to is masked instead of deleted, and the reason is told."""
    tickets = relation(
        "tickets",
        number("person_id", nullable=False),
        Field("subject"),
        foreign=(Foreign(("person_id",), "people", ("id",)),),
    )
    text = SUBJECT + table(
        "a.tickets", "shared", paths=["tickets.person_id -> people.id"], subject="message/null"
    )
    plan = compile_erasure(data_map(text), schema(PEOPLE, tickets), CITED)
    assert steps(plan) == [("mask", "a.tickets"), ("mask", "a.people")]
    assert plan.steps[1].changes == (Change("email", "null"),)
    assert "tickets" in plan.steps[1].reason


def test_mask_that_does_not_fit() -> None:
    """A mask that a column can not hold is found before the run; the person's own row then stays."""
    notes = relation("notes", number("person_id"), Field("body", nullable=False))
    text = SUBJECT + table("a.notes", "shared", paths=["notes.person_id => people.id"], body="message/null")
    plan = compile_erasure(data_map(text), schema(PEOPLE, notes), CITED)
    assert [(one.place, one.reason) for one in plan.skipped] == [
        ("a.notes", "the column body can not hold the mask null: it may not be NULL")
    ]
    assert steps(plan) == [("keep", "a.people")]


def test_hold_keeps_the_way() -> None:
    """What leads from a held row to its person stays as long as the row does; other tables go."""
    tables = schema(
        PEOPLE,
        relation("orders", number("person_id")),
        relation("invoices", number("order_id")),
        relation("visits", number("person_id")),
    )
    path = "orders.person_id => people.id"
    text = (
        SUBJECT
        + table("a.orders", "owned", paths=[path], id="order")
        + table("a.invoices", "owned", paths=[f"invoices.order_id => orders.id ; {path}"], id="order")
        + table("a.visits", "owned", paths=["visits.person_id => people.id"], id="web")
    )
    because = Citation("keep-invoices", ("s9",))
    plan = compile_erasure(data_map(text), tables, CITED, [Hold("a.invoices", "tax law", citation=because)])
    assert steps(plan) == [
        ("keep", "a.invoices"),
        ("keep", "a.orders"),
        ("delete", "a.visits"),
        ("keep", "a.people"),
    ]
    assert plan.steps[0].citation == because


def test_access_withholds() -> None:
    """Secrets, data of third parties and what nobody has looked at are not given; of a shared table only what is personal."""
    tables = schema(
        relation("people", Field("email"), Field("hash"), Field("friend"), Field("new")),
        relation("tickets", number("person_id"), Field("subject"), Field("internal")),
    )
    text = table(
        "a.people", "subject", email="contact.email", hash="secret", friend="contact.name//third"
    ) + table("a.tickets", "shared", paths=["tickets.person_id => people.id"], subject="message")
    known = text.replace('name = "tickets"', 'name = "tickets"\nharmless = ["internal"]')
    plan = compile_access(data_map(known), tables, CITED)
    assert [one.place for one in plan.skipped] == ["a.people.new"]
    assert {step.table: (step.columns, step.withheld) for step in plan.steps} == {
        "people": (("id", "email"), ("friend", "hash", "new")),
        "tickets": (("id", "subject"), ()),
    }


def test_missing_indexes() -> None:
    """A path or an identity that would read a large table whole is named with the statement that helps."""
    tables = schema(
        relation("people", Field("email"), rows=50_000),
        relation("visits", number("person_id"), rows=90_000),
        relation("small", number("person_id"), rows=90),
    )
    text = (
        SUBJECT
        + table("a.visits", "owned", paths=["visits.person_id => people.id"], id="web")
        + table("a.small", "owned", paths=["small.person_id => people.id"], id="web")
    )
    found = advise(data_map(text), tables)
    assert [(one.place, one.columns) for one in found] == [
        ("a.people", ("email",)), ("a.people", ("email",)), ("a.visits", ("person_id",)),
    ]  # fmt: skip
    assert found[-1].statement.endswith('on "visits" ("person_id")')
    indexed = Relation(
        "visits",
        tables["a"].relation("visits").fields,
        ("id",),
        indexes=(Index(("person_id",)),),
        rows=90_000,
    )
    others = [one for one in tables["a"].relations if one.name != "visits"]
    assert "a.visits" not in {one.place for one in advise(data_map(text), schema(*others, indexed))}


def test_masks_of_last_resort() -> None:
    """The weakest mask that fits is taken; a key part keeps its value."""
    one = Relation(
        "t",
        (
            Field("id", "INTEGER", "integer", nullable=False),
            Field("a"),
            Field("b", nullable=False),
            Field("c", nullable=False),
            Field("d", "INTEGER", "integer", nullable=False),
            Field("e", nullable=False, length=5),
            Field("f", nullable=False, labels=("x", "y")),
            Field("g", "INTEGER", "integer", nullable=False),
        ),
        ("id",),
        unique=(("c",), ("e",)),
        foreign=(Foreign(("g",), "people", ("id",)),),
    )
    assert [fitting(one, name, "")[0] for name in "abcdefg"] == [
        "null",
        "empty",
        "token",
        "zero",
        "keep",
        "keep",
        "keep",
    ]
    assert fitting(one, "g", "zero")[1] == "it must point to a row of people, and zero points to none"
    assert fitting(one, "id", "")[0] == "keep"
    assert fitting(one, "e", "token")[1] == "it holds 5 characters, a random text needs 12"
    assert fitting(one, "gone", "null")[1] == "it is not in the database"
    assert detachable(one, ("b", "a")) == ("a",)
    assert detachable(one, ("id", "b")) == ()


@given(
    st.dictionaries(st.integers(0, 8), st.frozensets(st.integers(0, 8), max_size=3), max_size=9),
    st.dictionaries(st.integers(0, 8), st.frozensets(st.integers(0, 8), max_size=3), max_size=9),
)
def test_order(needs: dict[int, frozenset[int]], wishes: dict[int, frozenset[int]]) -> None:
    """Every node comes once; unless needs run in a circle, each comes before those it must precede."""
    nodes = [("s", str(n)) for n in range(9)]

    def named(given_: dict[int, frozenset[int]]) -> dict[tuple[str, str], frozenset[tuple[str, str]]]:
        return {("s", str(a)): frozenset(("s", str(b)) for b in some) for a, some in given_.items()}

    found, circle = ordered(nodes, named(needs), named(wishes))
    assert sorted(found) == nodes
    if not circle:
        for before, some in named(needs).items():
            assert all(found.index(before) < found.index(after) for after in some if after != before)


def test_a_plan_is_read_back() -> None:
    """A plan that was written into the journal is the same plan, with the same hash."""
    tables = schema(
        PEOPLE,
        relation(
            "notes", number("person_id"), Field("body"), foreign=(Foreign(("person_id",), "people", ("id",)),)
        ),
        relation("plans", number("made_by"), foreign=(Foreign(("made_by",), "people", ("id",)),)),
        relation("leads", Field("phone")),
    )
    text = (
        SUBJECT
        + table("a.notes", "shared", paths=["notes.person_id -> people.id"], body="message/null")
        + table("a.leads", "owned", phone="contact.phone")
    )
    plan = compile_erasure(data_map(text), tables, CITED)
    again = blueprint.read(blueprint.written(plan))
    assert again == plan
    assert again.digest == plan.digest


def test_row_whose_link_is_masked_pins_nobody() -> None:
    """A row that stays and whose link to the person gets a mask lets the person's row go; one the database holds does not."""
    trust = relation("trusts", Field("giver", "TEXT", "text", nullable=False))
    text = table("a.people", "subject", email="contact.email") + table(
        "a.trusts", "shared", paths=["trusts.giver => people.id"], giver="ident.id/token"
    )
    assert ("delete", "a.people") in steps(compile_erasure(data_map(text), schema(PEOPLE, trust), CITED))
    held = replace(trust, foreign=(Foreign(("giver",), "people", ("id",)),))
    assert ("mask", "a.people") in steps(compile_erasure(data_map(text), schema(PEOPLE, held), CITED))


def test_key_of_a_row_points_nowhere() -> None:
    """A shared row that is found by what points to it does not hold back the rows that do."""
    role = relation("roles", number("project_id"), number("person_id"))
    project = relation("projects", Field("title", "TEXT", "text"))
    text = (
        table("a.people", "subject", email="contact.email")
        + table("a.roles", "owned", paths=["roles.person_id => people.id"])
        + table(
            "a.projects", "shared", paths=["projects.id => roles.project_id ; roles.person_id => people.id"],
            title="message",
        )
    )  # fmt: skip
    found = steps(compile_erasure(data_map(text), schema(PEOPLE, role, project), CITED))
    assert ("delete", "a.roles") in found
    assert found.index(("mask", "a.projects")) < found.index(("delete", "a.roles"))


def test_new_column_of_a_row_that_stays() -> None:
    """A column that nobody has reviewed keeps back the table whose rows stay, and not one whose rows go."""
    orders = relation(
        "orders", number("person_id"), Field("note", "TEXT", "text"), Field("memo", "TEXT", "text")
    )
    seen = replace(
        data_map(table("a.orders", "shared", paths=["orders.person_id => people.id"], note="message")).tables[
            0
        ],
        harmless=("id", "person_id"),
    )
    people = data_map(SUBJECT).tables
    plan = compile_erasure(DataMap((seen, *people)), schema(PEOPLE, orders), CITED)
    assert [(one.place, "memo is new" in one.reason) for one in plan.skipped] == [("a.orders", True)]
    gone = compile_erasure(DataMap((replace(seen, role="owned"), *people)), schema(PEOPLE, orders), CITED)
    assert gone.skipped == ()


def test_entries_stay_in_a_case_that_stays() -> None:
    """A row that hangs on one of several people keeps its number: the one it hangs on stays and lets go of the person itself."""
    tickets = relation("tickets", number("person_id"), Field("subject"))
    entries = relation("entries", number("ticket_id"), Field("body"))
    way = "tickets.person_id => people.id"
    text = (
        SUBJECT
        + table("a.tickets", "shared", paths=[way], subject="message/null")
        + table(
            "a.entries", "shared", paths=[f"entries.ticket_id => tickets.id ; {way}"], body="message/null"
        )
    )
    plan = compile_erasure(data_map(text), schema(PEOPLE, tickets, entries), CITED)
    by_place = {step.place: step for step in plan.steps}
    assert by_place["a.entries"].changes == (Change("body", "null"),)
    assert by_place["a.entries"].cuts == ()
    assert by_place["a.tickets"].cuts == ("person_id",)


def test_who_wrote_a_shared_row_is_masked_where_it_is_the_person() -> None:
    """A number that may be somebody else's in a row of the person is emptied by a step of its own, wherever it is hers."""
    notes = relation("notes", number("person_id"), number("author", nullable=False), Field("body"))
    text = SUBJECT + table(
        "a.notes",
        "shared",
        paths=["notes.person_id => people.id"],
        author="ident.id/zero",
        body="message/null",
    )
    one = data_map(text)
    (link,) = (
        data_map(table("a.notes", "shared", paths=["notes.author => people.id"])).tables[0].paths[0].links
    )
    noted = replace(one.tables[0], references=(link,))
    plan = compile_erasure(DataMap((noted, *one.tables[1:])), schema(PEOPLE, notes), CITED)
    assert {(step.reference, step.changes) for step in plan.steps if step.table == "notes"} == {
        (True, (Change("author", "zero"),)),
        (False, (Change("body", "null"), Change("person_id", "null"))),
    }
