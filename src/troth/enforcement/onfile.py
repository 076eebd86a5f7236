"""What is on file to reach a person: the addresses in the rows that are the person."""

from __future__ import annotations

from contextlib import ExitStack

from troth.enforcement.meaning import kind_of, normal
from troth.enforcement.project import Project
from troth.enforcement.trace import trace
from troth.model.outcome import Identity, Person


def on_file(project: Project, person: Person) -> tuple[Identity, ...]:
    """The e-mail addresses and telephone numbers of a person, as they are on file; e-mail first, each once.

    Empty where nobody of that identity is on file. What is found is for sending only: it is never shown or logged.

    Args:
        project: the stores.
        person: whom.

    Raises:
        TrothError: an identity names no column.
        StoreGone: a store can not be reached.
    """
    found = trace(project, [person], ())
    with ExitStack() as opened:
        for name in sorted(project.stores):
            opened.enter_context(project.stores[name].snapshot())
        found.seek()
    known: dict[tuple[str, str], Identity] = {}
    for node, rows in sorted(found.anchors.rows.items()):
        for column in project.map.table(*node).columns:
            kind = kind_of(column.category)
            if kind not in {"email", "phone"} or column.form != "plain":
                continue
            for anchor in rows.values():
                value = anchor.values.get(column.name)
                plain = normal(kind, value)
                if plain:
                    known.setdefault((kind, plain), Identity(kind, str(value)))
    return tuple(known[key] for key in sorted(known, key=lambda one: one[0] != "email"))
