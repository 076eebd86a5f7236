"""What a restored backup has lost of people's choices: their marks are set again as the ledger says they stand.

Only what narrows a use is set: a restriction, a hold, an objection, a consent taken back or refused. What widens one, such as
a consent that was given since, is left to the person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from troth.enforcement.afterwards import UNKNOWN, returned
from troth.enforcement.choices import Choice, choose, entry_of
from troth.enforcement.known import aliases
from troth.enforcement.meaning import CATEGORIES, KINDS
from troth.enforcement.project import Project
from troth.enforcement.returning import names_of
from troth.enforcement.switches import switches, switches_beside
from troth.enforcement.trace import Trace
from troth.evidence.pseudonym import unreadable
from troth.evidence.restriction import ended, standing_since
from troth.evidence.state import refused_since
from troth.model.entry import Entry
from troth.model.mark import RESTRICTED
from troth.model.outcome import Identity, Outcome, Person, Reason
from troth.model.plan import Citation
from troth.model.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, order=True)
class _No:
    """Something that a person does not want: the right it rests on, the purpose (empty: everything), and its scope.

    Where data is held for an erasure, `serves` names the purposes of the hold: every other one was switched off.
    """

    right: str
    purpose: str = ""
    scope: str = ""
    held: bool = False
    serves: tuple[str, ...] = ()


def remark(
    project: Project, words: Vocabulary, citations: Mapping[str, Citation], *, since: str
) -> tuple[Outcome, ...]:
    """Set the marks again that differ from what the ledger says of restrictions, objections and withdrawals.

    Args:
        project: the stores, as they were restored.
        words: the vocabulary of the policy.
        citations: what evidence cites, for "restrict", "object" and "withdraw".
        since: time of the backup, RFC 3339 in UTC; what was said before is in it.

    Returns:
        One outcome for each person of whom something was set, or could not be.

    Raises:
        TrothError: another process is working, or the journal does not work.
        StoreGone: a store can not be reached.
    """
    said = _said(project, since)
    if not said:
        return ()
    found = sorted({one for one, _ in returned(project, set(said))}, key=lambda one: (one.kind, one.value))
    done = [_remark(project, words, citations, one, _of(project, said, one)) for one in found]
    if any(unreadable(project.ring.pseudonym, one) for one in said):
        done.append(Outcome("partly", "", reasons=(Reason("key ring", UNKNOWN),)))
    return tuple(one for one in done if one.job or one.reasons)


def _said(project: Project, since: str) -> dict[str, set[_No]]:
    """By pseudonym, what they do not want by their newest word since a time."""
    found: dict[str, set[_No]] = {}
    for one in standing_since(project.ledger, since):
        over = one.action == "restrict" and ended(one.until, project.clock())
        if one.purpose or (one.action in {"restrict", "hold"} and not over):
            held = one.action == "hold"
            plain = _No("restrict", held=held, serves=one.allowed if held else ())
            no = _No("object", one.purpose) if one.purpose else plain
            found.setdefault(one.subject, set()).add(no)
    for each in refused_since(project.ledger, since):
        found.setdefault(each.subject, set()).add(_No("withdraw", each.purpose, each.scope))
    return found


def _of(project: Project, said: Mapping[str, set[_No]], one: Identity) -> list[_No]:
    """What is said under the names of an identity."""
    return sorted({no for name in names_of(project, one) for no in said.get(name, ())})


def _remark(
    project: Project,
    words: Vocabulary,
    citations: Mapping[str, Citation],
    one: Identity,
    wanted: list[_No],
) -> Outcome:
    """Set the marks of one person; nothing is written where all of them stand."""
    off: dict[tuple[str, str], bool] = {}
    for no in wanted:
        term = words.find("purpose", no.purpose) if no.purpose else None
        if term is not None:
            off |= switches(project.map, words, term.key, no.scope, on=False)
    everything = any(not no.purpose for no in wanted)
    citation = citations[next((no.right for no in wanted if not no.purpose), wanted[0].right)]

    def said(found: Trace) -> list[Entry]:
        if KINDS.get(CATEGORIES[one.kind]) == "phone" and _several(project, found):
            return []  # a number that several people share; each of them is found by their own names
        entry: dict[str, Any] = {"subject": aliases(project, found)[0]}
        return [replace(entry_of(project, "restored", "mark", citation), **entry)]

    holds = [no for no in wanted if no.held]
    serves = {purpose for no in holds for purpose in no.serves}
    beside = dict.fromkeys(switches_beside(project.map, serves) if holds else (), False)
    marks = {**beside, RESTRICTED: True} if everything else {}
    choice = Choice("mark", citation, said, marks, silent=True, switches=off, differing=True)
    return choose(project, Person((one,)), choice)


def _several(project: Project, found: Trace) -> bool:
    """Whether several rows are the person in a table of persons that hangs on no other."""
    return any(
        len(rows) > 1 for node, rows in found.anchors.rows.items() if not project.map.table(*node).paths
    )
