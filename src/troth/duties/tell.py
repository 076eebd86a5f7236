"""Recipients are told of corrections, erasures and withdrawals, by the reference that they know the person by (GDPR art. 19).

What is due follows from the ledger: a request that was carried out, and the disclosures about its person. So it is the same for
a correction and an erasure, and after a kill; a recipient that has been told is not told twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from troth.duties.delivery import Addressee, Delivered, Mailing, deliver
from troth.duties.keeping import answering, done_for, events, kept
from troth.duties.letters import Letter
from troth.duties.post import Post
from troth.duties.recipients import parties
from troth.duties.wording import listed, worded
from troth.enforcement.project import Project
from troth.enforcement.share import reference
from troth.model.entry import Entry
from troth.model.outcome import Identity, Person
from troth.model.party import Party
from troth.model.policy import Policy, vocabulary_of

RIGHTS: Mapping[str, tuple[str, str, str, str]] = {
    "rectify": ("request-rectify", "correction-case", "correction", "更正"),
    "erase": ("request-erase", "erasure-case", "erasure", "删除"),
    "withdraw": ("consent-withdrawn", "consent", "erasure", "删除"),
}
"""By right: the event that starts the duty, what the notice is about, and what it asks for, in English and Chinese."""
_TOLD = ("data-processor", "recipient", "third-party")


@dataclass(frozen=True, slots=True)
class Owing:
    """A recipient that has to be told.

    Attributes:
        request: the request that was carried out.
        right: "rectify", "erase" or "withdraw".
        subject: pseudonym of the person.
        party: whom to tell.
        references: what the recipient knows the person by.
        data: what it received, in canonical words.
        since: when the request was carried out.
    """

    request: str
    right: str
    subject: str
    party: Party
    references: tuple[str, ...]
    data: tuple[str, ...]
    since: datetime

    @property
    def about(self) -> str:
        """What the notice is about, its name in evidence."""
        return f"request {self.request} at {self.party.id}"


def due(project: Project, policy: Policy, register: Mapping[str, Any]) -> tuple[Owing, ...]:
    """Every recipient that has to be told and was not; nothing is written.

    Args:
        project: the ledger and its keys.
        policy: the policy.
        register: the register of recipients.
    """
    entries = tuple(project.ledger.read())
    known = {one.id: one for one in parties(register, policy)}
    went: dict[str, list[Entry]] = {}
    for one in entries:
        if one.kind == "disclosed" and one.detail.get("party") in known:
            for who in dict.fromkeys((one.subject, *map(str, one.detail.get("also", ())))):
                went.setdefault(who, []).append(one)
    newest = {
        (one.detail.get("about"), one.subject): one.outcome
        for one in entries
        if one.kind == "notice" and one.subject
    }
    found: list[Owing] = []
    for one in entries:
        if one.kind != "request" or one.action not in RIGHTS or one.detail.get("step") != "done":
            continue
        received = [each for each in went.get(one.subject, ()) if each.seq < one.seq]
        if one.action == "withdraw":
            received = [each for each in received if "consent" in str(each.detail.get("basis", ""))]
        for name in dict.fromkeys(str(each.detail["party"]) for each in received):
            mine = [each for each in received if each.detail["party"] == name]
            owing = _owing(project, one, known[name], mine)
            if newest.get((owing.about, one.subject)) != "sent":
                found.append(owing)
    return tuple(found)


def _owing(project: Project, one: Entry, party: Party, mine: list[Entry]) -> Owing:
    marks = [str(each.detail.get("reference") or reference(project, party.id, each.subject)) for each in mine]
    data = {str(name) for each in mine for name in each.detail.get("data", ())}
    return Owing(
        str(one.detail.get("request", "")), one.action, one.subject, party, tuple(dict.fromkeys(marks)),
        tuple(sorted(data)), datetime.fromisoformat(one.time),
    )  # fmt: skip


def do(  # noqa: PLR0913 - what a mailing needs, by name
    project: Project,
    policy: Policy,
    register: Mapping[str, Any],
    post: Post,
    *,
    language: str = "en",
    own: Path | None = None,
) -> Delivered:
    """Tell every recipient that has to be told; when all of a request are told the duty is kept. A kill loses nothing.

    Args:
        project: the ledger, its keys, the clock.
        policy: the policy.
        register: the register of recipients.
        post: takes letters away.
        language: of the letters.
        own: folder with the letters of the house.
    """
    total = Delivered()
    for one in due(project, policy, register):
        total = _sum(total, _tell(project, policy, post, one, _Style(language, own)))
    settle(project, policy, register)
    return total


@dataclass(frozen=True, slots=True)
class _Style:
    language: str
    own: Path | None


def _tell(project: Project, policy: Policy, post: Post, one: Owing, style: _Style) -> Delivered:
    _, _, en, zh = RIGHTS[one.right]
    words = vocabulary_of(policy)

    def letter(_: Addressee) -> Letter:
        chinese = style.language == "zh"
        terms = [(words.find("data", name), name) for name in one.data]
        named = [(term.zh if chinese else term.en.lower()) if term else name for term, name in terms]
        said = {
            "provider": policy.provider, "what": zh if chinese else en, "case": f"R-{one.request}",
            "reference": listed(one.references, "en"), "data": listed(named, style.language), "erased": one.right != "rectify",
        }  # fmt: skip
        return worded("recipient", style.language, said, style.own)

    happened, about, _, _ = RIGHTS[one.right]
    rules = answering(policy, happened, ["notify"], about=[about])
    promise = rules[0][0] if rules else None
    mailing = Mailing(
        about=one.about, action="recipient-notice", message="transactional", letter=letter,
        promise=promise.id if promise else "", sentences=promise.sentences if promise else (),
    )  # fmt: skip
    address = Identity("email", one.party.contact) if one.party.contact else None
    to = Addressee(Person(()), one.subject, address, style.language, "", (one.party.id,))
    return deliver(project, post, policy, [to], mailing)


def settle(project: Project, policy: Policy, register: Mapping[str, Any]) -> tuple[int, ...]:
    """Write the deeds of requests whose recipients have all been told; gives the entries."""
    entries = tuple(project.ledger.read())
    open_ = {(one.request, one.right) for one in due(project, policy, register)}
    names = {one.id: one.name for one in parties(register, policy)}
    done = done_for(entries)
    made: list[Entry] = []
    for request, right, subject, told in _told(entries):
        happened, about, _, _ = RIGHTS[right]
        started = [one for one in events(entries, happened) if one.subject == subject]
        if (request, right) in open_ or not started:
            continue
        last = started[-1]
        known: dict[str, str | int | bool] = {
            "recipient": ", ".join(names.get(one, one) for one in told),
            "result": "told",
        }
        deeds = kept(policy, last, ["notify"], known, at=project.clock(), actor=project.actor, about=[about])
        made += [one for one in deeds if one.detail["rule"] not in done.get(last.seq, set())]
    if not made:
        return ()
    first = project.ledger.append(made)
    return tuple(range(first, first + len(made)))


def _told(entries: Iterable[Entry]) -> list[tuple[str, str, str, list[str]]]:
    """Request, right, person and recipients of every notice to a recipient that left."""
    rights: dict[str, str] = {}
    found: dict[str, tuple[str, list[str]]] = {}
    for one in entries:
        if one.kind == "request" and one.detail.get("step") == "done":
            rights[str(one.detail.get("request", ""))] = one.action
        elif one.kind == "notice" and one.action == "recipient-notice" and one.outcome == "sent":
            request, _, party = str(one.detail["about"]).removeprefix("request ").partition(" at ")
            found.setdefault(request, (one.subject, []))[1].append(party)
    return [
        (name, rights[name], who, told) for name, (who, told) in found.items() if rights.get(name) in RIGHTS
    ]


def _sum(one: Delivered, two: Delivered) -> Delivered:
    return Delivered(
        one.sent + two.sent, one.before + two.before, one.failed + two.failed, one.without + two.without
    )
