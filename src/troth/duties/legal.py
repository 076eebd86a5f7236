"""Demands of authorities: registered, reviewed, approved, answered within their scope, and told to the person afterwards.

demanded    an event `legal-demand` with document, authority, scope and ground; the register is written at once
reviewed    a deed of the duty to review, valid or not
approved    an event `demand-approved` for each approver; two different ones where the policy asks for two
disclosed   through `share`, with the facts that follow from all this; the guard decides
told        a letter within the promised time, or when the bar ends (`bar-ended`), at the latest after the longest time
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from troth.duties.deeds import BAR_ENDED, begins, event, length
from troth.duties.delivery import Addressee, Mailing, deliver, everybody
from troth.duties.keeping import answering, done_for, events, facts_of, kept, owes
from troth.duties.letters import Letter, remedy, write_day
from troth.duties.post import Post
from troth.duties.sharing import AUTHORITY, MADE, disclose
from troth.duties.wording import listed, worded
from troth.duties.workdays import Place
from troth.enforcement.guard import Guard
from troth.enforcement.project import Project
from troth.enforcement.share import NotShared, Shared, Target, Wish
from troth.model.condition import FactValue
from troth.model.entry import Entry, utc
from troth.model.errors import NotFound, TrothError
from troth.model.outcome import Person
from troth.model.party import Party
from troth.model.policy import Policy, vocabulary_of
from troth.policy.plain import Speech

DEMANDED, APPROVED = "legal-demand", "demand-approved"
BARS = ("none", "legal-prohibition", "emergency")
VALID = "valid-and-enforceable"
NOTICE = ("data-subject", "disclosure-notice")


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """A demand of an authority as the ledger knows it.

    Attributes:
        case: its name ("LR-1").
        document: what it is, a value of the fact `document`.
        authority: who demands, as people are told.
        scope: the data categories that it reaches.
        ground: the law, or the duty, that it names; "" where it names none.
        digest: SHA-256 of the document, hex.
        seq: the event.
        at: when it came.
        review: "valid-and-enforceable", "invalid" or "pending".
        approvers: roles of who approved.
        duty: a written reason of public interest stands on the register.
    """

    case: str
    document: str
    authority: str
    scope: tuple[str, ...]
    ground: str = ""
    digest: str = ""
    seq: int = -1
    at: datetime | None = None
    review: str = "pending"
    approvers: frozenset[str] = field(default_factory=frozenset)
    duty: bool = False

    @property
    def facts(self) -> dict[str, FactValue]:
        """What the guard is told of it."""
        return {
            "document-registered": True,
            "document": self.document,
            "law-named": bool(self.ground),
            "scope-limited": True,
            "legal-review": self.review,
            "approvals": len(self.approvers),
            "duty-recorded": self.duty,
            "transport": "tls",
        }


def register(project: Project, policy: Policy, one: Demand, *, actor: str) -> Demand:
    """Register a demand: the event, and the entry that the policy asks for at once.

    Raises:
        TrothError: it has no name, no authority or no scope, there is a demand of this name, or the document is none that
            the policy knows.
        NotFound: a category of the scope is not known.
    """
    words = vocabulary_of(policy)
    term = words.find("fact", "document")
    if term and one.document not in term.values:
        raise TrothError(
            f"`{one.document[:30]}` is no kind of document", hint=f"one of {', '.join(term.values)}"
        )
    if not one.case.strip():
        raise TrothError("the demand has no name", hint="give it one, such as LR-1")
    if not one.authority.strip():
        raise TrothError("nobody demands it", hint="name the authority as people are told, with --authority")
    if not one.scope:
        raise TrothError("the demand has no scope", hint="name the data categories that it reaches")
    if any(each.case == one.case for each in demands(project.ledger.read())):
        raise TrothError(f"there is a demand {one.case} already", hint="give another name")
    scope = [words.get("data", name).key for name in one.scope]
    detail = {
        "case": one.case, "document": one.document, "authority": one.authority, "scope": scope, "ground": one.ground,
        "duty": one.duty,
    }  # fmt: skip
    started = event(
        DEMANDED,
        at=project.clock(),
        actor=actor,
        facts=one.facts | {"legal-review": "pending"},
        detail=detail,
    )
    project.ledger.append([replace(started, digest=one.digest)])
    settle(project, policy)
    return demand(project.ledger.read(), one.case)


def settle(project: Project, policy: Policy) -> None:
    """Write the register of every demand that has no entry there yet."""
    entries = tuple(project.ledger.read())
    done = done_for(entries)
    for one in events(entries, DEMANDED):
        known = {
            "document": str(one.detail.get("document")), "ground": str(one.detail.get("ground") or "none named"),
            "scope": ", ".join(map(str, one.detail.get("scope", ()))),
        }  # fmt: skip
        made = kept(policy, one, ["register"], known, at=project.clock(), actor=one.actor, digest=one.digest)
        fresh = [each for each in made if each.detail["rule"] not in done.get(one.seq, set())]
        if fresh:
            project.ledger.append(fresh)


def demands(entries: Iterable[Entry]) -> tuple[Demand, ...]:
    """Every demand of a ledger, in order, with review and approvals."""
    found: dict[int, Demand] = {}
    for one in entries:
        of = one.detail.get("of")
        if one.kind == "event" and one.action == DEMANDED and one.detail.get("case"):
            found[one.seq] = Demand(
                case=str(one.detail["case"]), document=str(one.detail.get("document", "none")),
                authority=str(one.detail.get("authority", "")), scope=tuple(map(str, one.detail.get("scope", ()))),
                ground=str(one.detail.get("ground", "")), digest=one.digest, seq=one.seq,
                at=datetime.fromisoformat(one.time), duty=bool(one.detail.get("duty")),
            )  # fmt: skip
        elif of in found and one.kind == "deed" and one.action == "review":
            said = str(one.detail.get("record", {}).get("validity-decision", "pending"))
            found[of] = replace(found[of], review=said)
        elif of in found and one.kind == "event" and one.action == APPROVED:
            found[of] = replace(found[of], approvers=found[of].approvers | {one.actor})
    return tuple(found.values())


def demand(entries: Iterable[Entry], case: str) -> Demand:
    """The demand of a name.

    Raises:
        NotFound: there is none.
    """
    found = next((one for one in demands(entries) if one.case == case), None)
    if found is None:
        raise NotFound(f"there is no demand `{case[:40]}`", hint="troth legal list")
    return found


def review(project: Project, policy: Policy, case: str, *, valid: bool, reviewer: str) -> Demand:
    """Note whether a demand is valid and enforceable.

    Raises:
        NotFound: there is no such demand, or the policy asks for no review.
    """
    one = demand(project.ledger.read(), case)
    started = next(iter(project.ledger.read(one.seq, one.seq + 1)))
    known = {"validity-decision": VALID if valid else "invalid", "reviewer": reviewer}
    made = kept(policy, started, ["review"], known, at=project.clock(), actor=reviewer)
    if not made:
        raise NotFound("the policy asks for no review of demands")
    project.ledger.append(made)
    return demand(project.ledger.read(), case)


def approve(project: Project, case: str, *, approver: str) -> Demand:
    """Note that somebody approves; the same approver counts once.

    Raises:
        NotFound: there is no such demand.
    """
    one = demand(project.ledger.read(), case)
    if approver not in one.approvers:
        project.ledger.append(
            [event(APPROVED, at=project.clock(), actor=approver, detail={"case": case, "of": one.seq})]
        )
    return demand(project.ledger.read(), case)


def answer(  # noqa: PLR0913 - what a disclosure needs, by name
    project: Project,
    guard: Guard,
    case: str,
    people: Iterable[Person],
    *,
    purpose: str,
    target: Target,
    fields: tuple[str, ...] = (),
    bar: str = "none",
    until: str = "",
) -> Shared:
    """Disclose what a demand asks for, within its scope; the guard decides with the facts of the demand.

    Args:
        project: stores and ledger.
        guard: decides.
        case: the demand.
        people: whose data.
        purpose: what for ("legal-compliance").
        target: the file.
        fields: data categories; the whole scope where none are given.
        bar: what stands against telling the person, one of `BARS`.
        until: the day on which a legal bar ends by itself, ISO 8601; "" where nobody knows.

    Raises:
        NotFound: there is no such demand.
        NotShared: a category is outside the scope.
        TrothError: the bar is none that there is, or its end is no day, is over, or is said where nothing bars.
    """
    until = _end_of(bar, until, project.clock())
    one = demand(project.ledger.read(), case)
    words = guard.table.vocabulary
    wanted = tuple(words.get("data", name).key for name in fields) or one.scope
    outside = [name for name in wanted if not any(name in words.covers("data", each) for each in one.scope)]
    if outside:
        raise NotShared(
            f"{', '.join(outside)} is outside the scope of {case}", hint="the scope stands in the register"
        )
    party = Party(
        id=case, name=one.authority, kind=AUTHORITY, role="authority", purposes=(words.get("purpose", purpose).key,),
        data=one.scope, transport="tls",
    )  # fmt: skip
    note = {
        "document": one.document,
        "ground": one.ground or one.document,
        **({"barred": until} if until else {}),
    }
    wish = Wish(purpose=purpose, fields=wanted, verb="disclose", facts=one.facts, case=case, note=note)
    return disclose(project, guard, party, people, wish, target=target, bar=bar)


def _end_of(bar: str, until: str, now: datetime) -> str:
    """The day on which a bar ends by itself, ISO 8601; "" where nobody knows.

    Raises:
        TrothError: the bar is none that there is, or its end is no day, is over, or is said where nothing bars.
    """
    if bar not in BARS:
        raise TrothError(f"`{bar[:20]}` is no bar on notice", hint=f"one of {', '.join(BARS)}")
    if not until:
        return ""
    if bar == "none":
        raise TrothError("a bar ends, and none is named", hint="say what bars: --bar legal-prohibition")
    day = _midnight(until)
    if day is None:
        raise TrothError(f"`{until[:40]}` is no day on which a bar ends", hint="write it like 2027-01-31")
    if day <= now:
        raise TrothError(f"the bar would have ended on {day.date()}", hint="name a later day, or no bar")
    return day.date().isoformat()


def _midnight(text: str) -> datetime | None:
    """The beginning of a day, UTC; None for what is no day, so that a bar whose end nobody can read goes on."""
    try:
        return datetime.combine(date.fromisoformat(text), time(), UTC)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Untold:
    """Somebody who does not know of a disclosure yet.

    Attributes:
        event: the event `disclosure-made`.
        due: by when they must be told; None while a bar stands.
        ready: they may be told now.
        why: the bar that stands or stood, "" where there is none.
    """

    event: Entry
    due: datetime | None
    ready: bool
    why: str


def due(policy: Policy, entries: Iterable[Entry], now: datetime) -> tuple[Untold, ...]:
    """Every disclosure to an authority that its person was not told of, with when that is due."""
    every = tuple(entries)
    done = done_for(every)
    ended = {int(one.detail["of"]): one for one in events(every, BAR_ENDED) if "of" in one.detail}
    # Each disclosure has its own end: one order may bar the notice of one person for longer than that of another.
    days = {
        one.seq + 1: day
        for one in every
        if one.kind == "disclosed" and (day := _midnight(str(one.detail.get("barred", "")))) is not None
    }
    found = []
    for one in events(every, MADE):
        for _, rule in answering(policy, MADE, ["notify"], about=NOTICE):
            facts = facts_of(one)
            if not owes(rule, facts) or rule.id in done.get(one.seq, set()):
                continue
            since = datetime.fromisoformat(one.time)
            bar = str(facts.get("bar-on-notice", "none"))
            start, deadline = begins(rule, facts, since, ended.get(one.seq))
            if (
                bar != "none" and start == since
            ):  # no hold of the policy is about this bar, and it bars all the same
                start = datetime.fromisoformat(ended[one.seq].time) if one.seq in ended else None
            over = days.get(one.seq)
            if over is not None and start is None and over <= now:
                start = over
            last = None
            if start is not None and deadline is not None and deadline.span is not None:
                last = start + length(deadline.span)
            found.append(Untold(one, last, start is not None and start <= now, "" if bar == "none" else bar))
    return tuple(found)


def end_bar(project: Project, case: str, *, actor: str) -> tuple[int, ...]:
    """Note that the bar on telling persons of a disclosure ended; gives the entries.

    Raises:
        NotFound: nothing was disclosed for this demand.
    """
    entries = tuple(project.ledger.read())
    mine = [one for one in events(entries, MADE) if one.detail.get("case") == case]
    if not mine:
        raise NotFound(f"nothing was disclosed for `{case[:40]}`")
    ended = {one.detail.get("of") for one in events(entries, BAR_ENDED)}
    made = [
        event(BAR_ENDED, at=project.clock(), actor=actor, detail={"case": case, "of": one.seq})
        for one in mine
        if one.seq not in ended
    ]
    first = project.ledger.append(made) if made else 0
    return tuple(range(first, first + len(made)))


def do(  # noqa: PLR0913 - what a letter needs, by name
    project: Project,
    policy: Policy,
    post: Post,
    home: Place,
    own: Path | None = None,
    *,
    language: str = "en",
) -> int:
    """Tell everybody who may be told now of a disclosure; gives how many letters left. A kill loses nothing.

    Args:
        project: stores, ledger, clock.
        policy: the policy.
        post: takes letters away.
        home: the place whose authority takes complaints.
        own: folder with the letters of the house.
        language: of letters to persons of whom none is on file.
    """
    entries = tuple(project.ledger.read())
    ready = [one for one in due(policy, entries, project.clock()) if one.ready]
    whom = {one.event.subject for one in ready}
    if not whom:
        return 0
    known: dict[str, Addressee] = {}
    aliases = {
        also: one.subject for one in entries if one.kind == "disclosed" for also in one.detail.get("also", ())
    }
    for each in everybody(project, language):
        name = each.subject if each.subject in whom else aliases.get(each.subject, "")
        if name in whom:
            known[name] = replace(each, subject=name)
    office = _Office(project=project, policy=policy, post=post, home=home, own=own)
    count = 0
    for one in ready:
        to = known.get(one.event.subject)
        if to is not None:
            count += _told(office, one, to)
    return count


@dataclass(frozen=True, slots=True, kw_only=True)
class _Office:
    """What every letter needs."""

    project: Project
    policy: Policy
    post: Post
    home: Place
    own: Path | None


def _ground(speech: Speech, detail: Mapping[str, Any]) -> str:
    """The ground of a disclosure as a person is told of it: the law as it was named, else the kind of document or the purpose."""
    if "ground" not in detail:
        return speech.label(str(detail.get("purpose", "")), "purpose")
    ground = str(detail["ground"])
    return speech.value("document", ground) if ground == detail.get("document") else ground


def _told(office: _Office, one: Untold, to: Addressee) -> int:
    project, policy, home, own = office.project, office.policy, office.home, office.own
    source = next(
        each
        for each in project.ledger.read(max(0, one.event.seq - 1), one.event.seq)
        if each.kind == "disclosed"
    )
    detail = source.detail
    words = vocabulary_of(policy)

    def letter(each: Addressee) -> Letter:
        zh = each.language == "zh"
        speech = Speech(words, "zh" if zh else "en")
        terms = [(words.find("data", name), name) for name in detail.get("data", ())]
        named = [(term.zh if zh else term.en.lower()) if term else name for term, name in terms]
        moment = datetime.fromisoformat(source.time)
        said = {
            "provider": policy.provider, "when": write_day(moment.date(), each.language), "recipient": str(detail["recipient"]),
            "data": listed(named, each.language), "ground": _ground(speech, detail),
            "barred": speech.value("bar-on-notice", one.why) if one.why else "", "complain": remedy(home, each.language),
        }  # fmt: skip
        return worded("disclosure", each.language, said, own)

    rules = answering(policy, MADE, ["notify"], about=NOTICE)
    promise = rules[0][0]
    mailing = Mailing(
        about=f"disclosure {one.event.seq}", action="disclosure-notice", message="important-notice", letter=letter,
        promise=promise.id, sentences=promise.sentences,
    )  # fmt: skip
    found = deliver(project, office.post, policy, [to], mailing)
    if not found.sent + found.before:
        return 0
    known = {
        "recipient": str(detail["recipient"]), "ground": str(detail.get("ground", "")), "reason": one.why or "no bar",
        "time": utc(project.clock()),
    }  # fmt: skip
    project.ledger.append(
        kept(policy, one.event, ["notify"], known, at=project.clock(), actor=project.actor, about=NOTICE)
    )
    return found.sent
