"""What a person is known by: every identity of their rows, and the pseudonyms that evidence may have used."""

from __future__ import annotations

from troth.enforcement.anchors import held, identifying
from troth.enforcement.meaning import CATEGORIES, IDENTITIES
from troth.enforcement.project import Project
from troth.enforcement.trace import Trace
from troth.evidence.pseudonym import former, pseudonym, pseudonyms
from troth.model.errors import TrothError
from troth.model.outcome import Identity, Person


def identities(
    project: Project, found: Trace, person: int = 0, *, shared: bool = False
) -> tuple[Identity, ...]:
    """The identities of a person: those they were asked by first, then those of their rows.

    An address or login counts under its everyday word ("email"), the key of a row of theirs as `DataMap.key_words` says.

    Args:
        project: the data map.
        found: a trace that has found the rows that are the person.
        person: their number in the trace.
        shared: also a number that means several tables, and so perhaps somebody else.
    """
    known = dict.fromkeys(found.anchors.people[person].identities)
    for node, rows in sorted(found.anchors.rows.items()):
        table = project.map.table(*node)
        words_of_key = project.map.key_words(table, shared=shared)
        for (number, _), anchor in rows.items():
            if number != person:
                continue
            for column in table.columns:
                value = anchor.values.get(column.name)
                if column.category in IDENTITIES and value is not None and not isinstance(value, bytes):
                    words = [kind for kind, category in CATEGORIES.items() if category == column.category]
                    known.update(dict.fromkeys(Identity(word, str(value)) for word in words))
            for name in words_of_key:
                if not isinstance(value := anchor.key[0], bytes | None):
                    known[Identity(name, str(value))] = None
    return tuple(known)


def aliases(project: Project, found: Trace, person: int = 0, *, shared: bool = False) -> tuple[str, ...]:
    """The pseudonyms under the newest key; the one that evidence knows the person by comes first.

    With `shared`, for a no, a number that means several tables counts for whoever is asked for by it.
    """
    return _each(project, identities(project, found, person, shared=shared), every=False)


def every_alias(project: Project, found: Trace, person: int = 0, *, shared: bool = False) -> tuple[str, ...]:
    """The pseudonyms under every key of the ring, to look up what older entries say; see `aliases`."""
    return _each(project, identities(project, found, person, shared=shared), every=True)


def under(project: Project, person: Person) -> tuple[str, ...]:
    """The pseudonyms of what somebody names themselves by, under every key of the ring; no store is asked."""
    keys = project.ring.pseudonym
    names = (name for one in person.identities for name in pseudonyms(keys, one.kind, one.value))
    return tuple(dict.fromkeys(names))


def addresses(project: Project, found: Trace, person: int = 0) -> tuple[str, ...]:
    """The pseudonyms of the person's e-mail addresses and telephone numbers, under the newest key."""
    named = [one for one in identities(project, found, person) if one.kind in {"email", "phone"}]
    return _each(project, named, every=False)


def _each(project: Project, named: tuple[Identity, ...] | list[Identity], *, every: bool) -> tuple[str, ...]:
    keys = project.ring.pseudonym
    known: dict[str, None] = {}
    for one in named:
        try:
            some = pseudonyms(keys, one.kind, one.value) if every else (pseudonym(keys, one.kind, one.value),)
        except TrothError:  # nothing of the value is left in normal form
            continue
        known.update(dict.fromkeys(some))
        if every and (before := former(one.kind, one.value)) and not _spelled(project, one.kind, before):
            known.update(dict.fromkeys(pseudonyms(keys, one.kind, before)))
    return tuple(known)


def _spelled(project: Project, kind: str, plain: str) -> bool:
    """Whether a value stands somewhere in just this normal form, so that older entries under it may be of its person."""
    return any(
        held(project, table, column.name, {plain})
        for table, column in identifying(project)
        if column.category == CATEGORIES.get(kind)
    )
