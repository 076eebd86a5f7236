"""Addresses that said no before any row of them was known: once one has come into a store, its no counts for all of its names.

`choices` writes such a no under the address alone (`detail.unknown`). An application that asks by the number of a customer
would not hear of it, and no mark of a store would follow; so the daily round looks whether the address has come.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from troth.enforcement.afterwards import returned
from troth.enforcement.choices import entry_of, object_to, withdraw
from troth.enforcement.onfile import filed
from troth.enforcement.project import Project
from troth.enforcement.returning import names_of
from troth.model.entry import Entry, decode
from troth.model.errors import TrothError
from troth.model.outcome import Identity, Outcome, Person, Reason
from troth.model.plan import Citation
from troth.model.vocabulary import Vocabulary

LOOK = "look-for-silenced"
"""The action of the entry of a look."""
_ASKED = 5_000  # entries that one question names: a database takes so many values and not any number


@dataclass(frozen=True, slots=True, order=True)
class No:
    """What an address does not want: the right that it used, the purpose, and a channel or list; "" for all."""

    right: str
    purpose: str
    scope: str = ""


def awaited(project: Project) -> dict[str, set[No]]:
    """By pseudonym, what addresses said no to that were in no store then, as far as it stands and nothing newer was said."""
    sql = """select body from ledger_entry where body like '%"unknown":true%' order by seq"""
    said = [
        one
        for (body,) in project.ledger.query(sql, ())
        if (one := decode(body)).detail.get("unknown") is True
    ]
    if not said:
        return {}
    standing = set[int]()
    for start in range(0, len(said), _ASKED):
        numbers = tuple(one.seq for one in said[start : start + _ASKED])
        marks = ",".join("?" * len(numbers))
        stands = f"""select seq from restriction_state where active = 1 and seq in ({marks})
            union select seq from consent_state where status = 'withdrawn' and seq in ({marks})"""  # noqa: S608 - only marks
        standing.update(seq for (seq,) in project.ledger.query(stands, (*numbers, *numbers)))
    found: dict[str, set[No]] = {}
    for one in said:
        if one.seq in standing:
            for name in (one.subject, *one.detail.get("also", ())):
                found.setdefault(name, set()).add(_no(one))
    return found


def settle(project: Project, words: Vocabulary, citations: Mapping[str, Citation]) -> tuple[Outcome, ...]:
    """Let the no of each address that has come into a store count under all names of its person; the marks follow.

    Args:
        project: the stores.
        words: the vocabulary of the policy.
        citations: what evidence cites, for "object" and "withdraw".

    Returns:
        One outcome for each no that was carried over, or could not be.

    Raises:
        TrothError: another process is working, or the journal does not work.
        StoreGone: a store can not be reached.
    """
    said = awaited(project)
    come = (
        sorted({one for one, _ in returned(project, set(said))}, key=lambda one: (one.kind, one.value))
        if said
        else []
    )
    done: list[Outcome] = []
    for one in come:
        wanted = sorted({no for name in names_of(project, one) for no in said.get(name, ())})
        done += [_carried(project, words, citations[no.right], one, no) for no in wanted]
    entry = entry_of(project, "step", LOOK, citations["object"])
    project.ledger.append([replace(entry, counts={"addresses": len(said), "arrived": len(come)})])
    return tuple(done)


def _carried(project: Project, words: Vocabulary, citation: Citation, one: Identity, no: No) -> Outcome:
    person = Person((one,))
    try:
        if one.kind == "phone" and filed(project, person).accounts:
            # a number that several people share: whoever is asked for by the number itself is left alone all the same
            return Outcome("done", project.pseudonym(person))
        if no.right == "object":
            return object_to(project, person, no.purpose, citation, vocabulary=words)
        return withdraw(project, person, no.purpose, citation, scope=no.scope, vocabulary=words)
    except TrothError as error:  # one that can not be carried over keeps back no other
        return Outcome("partly", project.pseudonym(person), reasons=(Reason("address", error.message),))


def _no(one: Entry) -> No:
    # an objection to marketing and the silence of its address share one row, which shows the newer of both
    return No(
        "withdraw" if one.action == "withdraw" else "object",
        str(one.detail.get("purpose", "")),
        str(one.detail.get("scope", "")),
    )
