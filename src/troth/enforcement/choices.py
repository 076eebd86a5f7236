"""Carry out what a person chooses: restrict and release, object, withdraw (GDPR Art. 7(3), 18, 21; PIPL Art. 15, 44).

    entry ─▶ tables of the ledger     counts for every decision from its commit on
    marks ─▶ columns of the stores    the application's own switches follow in the same run

The entry comes first, so nothing is used while the stores are written. A kill in between is finished by `resume`, and so
is a no that came while a store could not be reached.
An objection to marketing also writes an entry under the pseudonym of each address, so that the address stays
silent whoever it belongs to later; notices that the service needs are not touched.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from troth.enforcement import alter
from troth.enforcement.absent import LATER, reached, refuse_away, without
from troth.enforcement.alter import Alter, Order, Result
from troth.enforcement.journal import Job
from troth.enforcement.known import addresses, aliases, every_alias, under
from troth.enforcement.marking import alter_of, differing, own_rows
from troth.enforcement.project import Project
from troth.enforcement.switches import Switches, switches
from troth.enforcement.trace import Trace, trace
from troth.evidence.restriction import Restriction, restrictions_of
from troth.model.entry import Entry, guard, utc
from troth.model.errors import TrothError, UnknownKind
from troth.model.mark import RESTRICTED
from troth.model.outcome import Identity, Outcome, Person, Reason, Word
from troth.model.plan import Citation
from troth.model.vocabulary import Vocabulary, load
from troth.plan.access import compile_access
from troth.plan.marks import compile_marks
from troth.stores.errors import StoreBusy, StoreGone
from troth.stores.walk import Row

PURPOSE = "choice"
OBJECTION = "objection"
"""The reason under which an objection stands."""

UNKNOWN = "no row of it is known; it is left alone when it comes into a store later"
"""What is said of an address whose no counts although nobody is found by it."""
_MARKETING = "marketing"
_MOST_ALSO = 40  # pseudonyms in one entry, whose detail holds 4,096 bytes
_MOST_PLACES = 40
_KINDS = {
    "withdraw": "consent",
    "give": "consent",
    "refuse": "consent",
    "release": "released",
    "close": "event",
}
"""The kind of entry that says that nobody was found, by action."""
Said = Callable[[Trace], list[Entry]]


def restrict(  # noqa: PLR0913 - a restriction has a reason, an end and what goes on
    project: Project,
    person: Person,
    citation: Citation,
    *,
    reason: str,
    allowed: Sequence[str] = (),
    until: datetime | None = None,
    vocabulary: Vocabulary | None = None,
) -> Outcome:
    """Keep a person's data and use it for nothing but some purposes (GDPR Art. 18, Cloud VI(III) of Hong Kong).

    Args:
        project: the stores, journal and ledger; the ledger is opened with `RESTRICTIONS`.
        person: whose.
        citation: the sentence that gives the right.
        reason: why, in a word or a few ("accuracy", "unlawful", "claim", "objection-pending"); the same word releases it.
        allowed: purposes that go on, as the vocabulary names them.
        until: when it ends by itself; None where only a release ends it.
        vocabulary: that of the policy; the shipped one where none is given.

    Raises:
        NotFound: the vocabulary has no such purpose.
        TrothError: the reason looks like personal data, an identity names no column, or another process is working.
    """
    words = vocabulary or load()
    keys = sorted({words.get("purpose", one).key for one in allowed})
    detail: dict[str, Any] = {"reason": reason, "allowed": keys}
    detail |= {"until": utc(until)} if until else {}

    def said(found: Trace) -> list[Entry]:
        return _each(
            entry_of(project, "restricted", "restrict", citation),
            aliases(project, found, shared=True),
            detail,
        )

    return choose(project, person, Choice("restrict", citation, said, {RESTRICTED: True}, stops=True))


def release(project: Project, person: Person, citation: Citation, *, reason: str = "") -> Outcome:
    """End restrictions of a person; the application's own mark is taken away once nothing restricts them any more.

    Args:
        project: see `restrict`.
        person: whose.
        citation: the sentence that allows it.
        reason: the reason it was restricted for; empty for every restriction that was asked for. An objection or a
            hold is released only by its own reason.

    Returns:
        `nothing found` where nobody is known or nothing of the kind is restricted.
    """
    choice = Choice("release", citation, lambda _: [])

    def said(found: Trace) -> list[Entry]:
        current = restrictions_of(project.ledger, every_alias(project, found, shared=True))
        ended = [one for one in current if (one.reason == reason if reason else one.action == "restrict")]
        rest = [one for one in current if one not in ended and not one.purpose and not one.place]
        choice.marks = {} if rest or not any(not one.purpose for one in ended) else {RESTRICTED: False}
        return released(project, citation, ended)

    choice.said = said
    return choose(project, person, choice)


def object_to(
    project: Project,
    person: Person,
    purpose: str,
    citation: Citation,
    *,
    vocabulary: Vocabulary | None = None,
) -> Outcome:
    """Stop one purpose, and everything below it, for a person who objects (GDPR Art. 21).

    An address of which no row is known is left alone all the same: it may come into the stores later.

    Args:
        project: see `restrict`.
        person: who objects.
        purpose: what to, as the vocabulary names it ("direct-marketing").
        citation: the sentence that gives the right.
        vocabulary: that of the policy; the shipped one where none is given.

    Raises:
        NotFound: the vocabulary has no such purpose.
    """
    words = vocabulary or load()
    key = words.get("purpose", purpose).key
    covered = words.covers("purpose", key)
    detail = {"reason": OBJECTION, "purpose": key}
    marketing = key in words.covers("purpose", _MARKETING) or _MARKETING in covered

    def noted(found: Trace, names: Sequence[str]) -> list[Entry]:
        one = entry_of(project, "restricted", "object", citation)
        silent = {**detail, "purpose": key if key in words.covers("purpose", _MARKETING) else _MARKETING}
        quiet = addresses(project, found) if marketing else ()
        return [
            *(_each(one, names, detail) if names else ()),
            *(replace(one, action="suppress", subject=subject, detail=silent) for subject in quiet),
        ]

    choice = Choice("object", citation, lambda found: noted(found, aliases(project, found, shared=True)))
    choice.unknown = lambda found: noted(found, addresses(project, found))
    choice.switches, choice.stops = _off(project, words, key), True
    return choose(project, person, choice)


def withdraw(  # noqa: PLR0913 - a choice is about a purpose, and perhaps a scope of it
    project: Project,
    person: Person,
    purpose: str,
    citation: Citation,
    *,
    scope: str = "",
    vocabulary: Vocabulary | None = None,
) -> Outcome:
    """Take back a consent, under every name it was given under (GDPR Art. 7(3)).

    A visitor of whom no row is known, or who was erased, takes back what was given under the name that they give; an
    address of which no row is known is left alone all the same, since it may come into the stores later.

    Args:
        project: see `restrict`; the ledger is opened with `CONSENTS`.
        person: who takes it back.
        purpose: for what it was given; what was given for a purpose below it is taken back too.
        citation: the sentence that gives the right.
        scope: a channel, recipient or list; empty for all.
        vocabulary: that of the policy; the shipped one where none is given.

    Raises:
        NotFound: the vocabulary has no such purpose.
    """
    words = vocabulary or load()
    key = words.get("purpose", purpose).key
    covered = words.covers("purpose", key)

    def noted(names: Sequence[str], given: Sequence[tuple[str, str, str]]) -> list[Entry]:
        one = entry_of(project, "consent", "withdraw", citation)
        return [
            replace(one, subject=subject, detail={"purpose": what, **({"scope": list_} if list_ else {})})
            for subject, what, list_ in dict.fromkeys([*((name, key, scope) for name in names), *given])
        ]

    def said(found: Trace) -> list[Entry]:
        given = _given(project, every_alias(project, found), covered, scope)
        return noted(aliases(project, found, shared=True), given)

    if not is_known(project, person) and (given := _given(project, under(project, person), covered, scope)):
        mine = noted((), given)
        first = project.write("ledger choice", lambda: project.ledger.append(mine))
        return Outcome("done", project.pseudonym(person), entries=tuple(range(first, first + len(mine))))
    off = _off(project, words, key, scope)
    choice = Choice("withdraw", citation, said, switches=off, stops=True)
    choice.unknown = lambda found: noted(addresses(project, found), ())
    return choose(project, person, choice)


def is_known(project: Project, person: Person) -> bool:
    """Whether a row is known of somebody; a visitor may be named by what no table of persons has, such as a cookie."""
    if project.away:
        return True  # nobody can say that they are a visitor
    steps = compile_access(project.map, project.schemas, Citation()).steps
    found = trace(project, [person], steps)
    try:
        found.seek()
    except StoreGone:
        return True
    except UnknownKind:
        return False
    return bool(found.anchors.found()) or any(True for step in steps for _ in found.rows(step))


def has_agreed(project: Project, person: Person) -> bool:
    """Whether somebody agreed to anything under the names that they give, and did not take it back."""
    subjects = under(project, person)
    marks = ",".join("?" * len(subjects))
    sql = f"select 1 from consent_state where subject in ({marks}) and status = 'given' limit 1"  # noqa: S608 - only marks
    return bool(subjects) and bool(project.ledger.query(sql, subjects))


def resume(project: Project) -> tuple[Outcome, ...]:
    """Go on with every choice that a kill or an error left open.

    Raises:
        TrothError: another process is working, or the journal does not work.
    """
    with project.journal.alone():
        return resume_open(project)


def resume_open(project: Project) -> tuple[Outcome, ...]:
    """Go on with every open choice, while the journal is held alone; one that waits for a store goes on waiting."""
    done = []
    for job in alter.open_jobs(project, PURPOSE):
        _announce(project, job.id)
        if project.away:
            continue
        if late := project.journal.details(job.id)["note"].get("late"):
            with contextlib.suppress(StoreBusy):  # then it goes on waiting, and keeps nobody else back
                done += [] if reached(project).away else [_follow(project, job, late)]
        else:
            done.append(_close(project, alter.go_on(project, job.id)))
    return tuple(done)


def _nothing_more(_found: Trace) -> tuple[()]:
    """No further column follows."""
    return ()


@dataclass(slots=True)
class Choice:
    """What a person chose: the entries that say so, and the marks that follow.

    Attributes:
        action: of the evidence of the marks.
        citation: the sentence that gives the right.
        said: the entries, once the person is found; none where there is nothing to choose.
        marks: what each mark of the map says from now on, by its name; `said` may set it.
        switches: the same of marks of one store.
        silent: whether having nothing to say is no news, so that no entry says so.
        more: further columns that are set, each with the keys of its rows, once the person is found.
        differing: only marks that do not stand as they should are set, and where none is, nothing is said.
        against: what speaks against it all the same; `said` may set it.
        stops: it is a no, which counts although a store can not be reached; what is written there follows.
        follows: the marks are set although there is nothing to say any more.
        unknown: the entries where no row of the person is known; none where that is nothing found.
    """

    action: str
    citation: Citation
    said: Said
    marks: Mapping[str, bool] = field(default_factory=dict)
    switches: Switches = field(default_factory=dict)
    silent: bool = False
    more: Callable[[Trace], Sequence[tuple[Alter, tuple[Row, ...]]]] = _nothing_more
    differing: bool = False
    against: Sequence[Reason] = ()
    stops: bool = False
    follows: bool = False
    unknown: Said | None = None

    def says(self, store: str, name: str) -> bool | None:
        """What a mark says from now on; None where it stays."""
        return self.marks.get(name, self.switches.get((store, name)))


def choose(project: Project, person: Person, choice: Choice) -> Outcome:
    """Record a choice and let the marks of the stores follow.

    Raises:
        StoreGone: a store can not be reached, and the choice is no no; nothing was recorded.
    """
    with project.journal.alone():
        resume_open(project)
        try:
            refuse_away(project)
            return _chosen(project, person, choice)
        except (StoreBusy, StoreGone) as error:
            left = without(project, error)
            if not (choice.stops and left.away):
                raise
            return _as_far(left, person, choice)


def _chosen(project: Project, person: Person, choice: Choice) -> Outcome:
    subject = project.pseudonym(person)
    told: list[Entry] = []
    reasons: list[Reason] = []
    notes: list[Reason] = []

    def prepare() -> Order | None:
        for each in (told, reasons, notes):
            each.clear()
        collected = compile_access(project.map, project.schemas, choice.citation).steps
        found = trace(project, [person], collected)
        found.seek()
        if not found.anchors.found() and not any(True for step in collected for _ in found.rows(step)):
            if choice.unknown and (silence := choice.unknown(found)):
                told.extend(replace(one, detail={**one.detail, "unknown": True}) for one in silence)
                notes.append(Reason("address", UNKNOWN))
            return None
        told.extend(choice.said(found))
        for entry in told:
            guard(entry)
        marks, skipped = compile_marks(project.map, project.schemas, choice.says, choice.citation)
        reasons.extend([*choice.against, *(Reason(one.place, one.reason) for one in skipped)])
        own = [(one, own_rows(found, one.step, reasons)) for one in marks if told or choice.follows]
        if choice.differing:
            own = [(one, differing(project, one, keys)) for one, keys in own]
        rows = [(alter_of(project, one), keys) for one, keys in own]
        rows = [(one, keys) for one, keys in (*rows, *choice.more(found)) if keys]
        if not rows:
            if choice.differing:
                told.clear()
            return None
        alters, keys = zip(*rows, strict=True)
        return Order(subject, alters, keys, _note(choice, told, reasons), "")

    result = alter.carry_out(project, PURPOSE, prepare, saved=lambda job: _announce(project, job))
    if result is not None:
        return _close(project, result)
    if choice.silent and not told:
        left = tuple(dict.fromkeys(reasons)) if choice.differing else ()
        return Outcome("partly" if left else "done", subject, reasons=left)
    kind = _KINDS.get(choice.action, "restricted")
    entries = told or [
        replace(
            entry_of(project, kind, choice.action, choice.citation), subject=subject, outcome="nothing found"
        )
    ]
    first = project.write("ledger choice", lambda: project.ledger.append(entries))
    word: Word = "partly" if reasons else "done" if told else "nothing found"
    return Outcome(
        word,
        subject,
        reasons=tuple(dict.fromkeys([*reasons, *notes])),
        entries=tuple(range(first, first + len(entries))),
    )


def _as_far(project: Project, person: Person, choice: Choice) -> Outcome:
    """Record a no at once and write it in the stores that can be reached; the others follow, see `_follow`.

    Args:
        project: see `limited`.
        person: whose choice it is; where no store that can be reached knows them, the names of the request count.
        choice: see `choose`.
    """
    steps = compile_access(project.map, project.schemas, choice.citation).steps
    found = trace(project, [person], steps)
    try:
        found.seek()
    except TrothError:
        found = trace(
            project, [person], steps
        )  # what the request names stands in no store that can be reached
    told = choice.said(found)
    for entry in told:
        guard(entry)
    late = {
        "person": [[one.kind, one.value] for one in person.identities],
        "name": [person.name.kind, person.name.value] if person.name else [],
        "marks": dict(choice.marks),
        "switches": [[store, name, says] for (store, name), says in choice.switches.items()],
    }
    order = Order(project.pseudonym(person), (), (), {**_note(choice, told, ()), "late": late}, "")
    job = alter.begin(project, PURPOSE, order)
    _announce(project, job)
    rest = tuple(Reason(name, LATER) for name in sorted(project.away))
    if not found.anchors.found():
        return Outcome("partly", order.subject, reasons=rest, job=job)
    try:
        done = _chosen(project, person, replace(choice, said=lambda _: [], silent=True, follows=True))
    except (StoreBusy, StoreGone) as error:
        done = Outcome("partly", order.subject, reasons=(Reason("store", error.message),))
    return replace(done, word="partly", reasons=(*done.reasons, *rest), job=job)


def _follow(project: Project, job: Job, late: Mapping[str, Any]) -> Outcome:
    """Write a no in the stores that could not be reached, and under the names that only they know; what was said since counts."""
    note = project.journal.details(job.id)["note"]
    promise, sentences, policy = note["citation"]
    told = [Entry(**{**one, "sentences": tuple(one["sentences"])}) for one in note["entries"]]
    known = {name for one in told for name in (one.subject, *one.detail.get("also", ()))}
    since = _said_since(project, job, told, known)
    person = Person(
        tuple(Identity(kind, value) for kind, value in late["person"]),
        name=Identity(*late["name"]) if late["name"] else None,
    )

    def said(found: Trace) -> list[Entry]:
        every = {"suppress": addresses(project, found)}
        entries: list[Entry] = []
        meant = {str((one.action, _bare(one.detail))): one for one in told}
        for one in meant.values():
            new = [
                name
                for name in every.get(one.action, aliases(project, found, shared=True))
                if name not in known
            ]
            now = replace(one, time=utc(project.clock()))
            entries += _each(now, new, _bare(one.detail)) if new else []
        return entries

    choice = Choice(
        note["action"], Citation(promise, tuple(sentences), policy), said, silent=True, follows=True
    )
    choice.switches = {
        (store, name): says for store, name, says in late["switches"] if name.partition("@")[0] not in since
    }
    choice.marks = {} if "" in since else late["marks"]
    outcome = _chosen(project, person, choice)
    alter.finish(project, job.id, outcome.word, kept=False)
    return outcome


def _bare(detail: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in detail.items() if name != "also"}


def _said_since(project: Project, job: Job, told: Sequence[Entry], known: set[str]) -> frozenset[str]:
    """The purposes of which a person said something since a job began, and those below them; empty for all of them."""
    words, since = load(), set[str]()
    own = {(one.kind, one.action, one.subject, one.time) for one in told}
    for one in project.ledger.read(job.start):
        names = {one.subject, *one.detail.get("also", ())}
        if one.kind not in {"consent", "restricted", "released"} or known.isdisjoint(names):
            continue
        if (one.kind, one.action, one.subject, one.time) not in own:
            purpose = str(one.detail.get("purpose", ""))
            since |= {purpose, *(words.covers("purpose", purpose) if words.find("purpose", purpose) else ())}
    return frozenset(since)


def _note(choice: Choice, told: Sequence[Entry], reasons: Sequence[Reason]) -> dict[str, Any]:
    """What the end of a job has to know of its choice."""
    return {
        "action": choice.action,
        "citation": [choice.citation.promise, list(choice.citation.sentences), choice.citation.policy],
        "entries": [asdict(one) for one in told],
        "reasons": [[one.place, one.why] for one in reasons],
    }


def _announce(project: Project, job: int) -> None:
    """Write the entries of a choice before the stores follow; once, however often it is resumed."""
    note = project.journal.details(job)["note"]
    entries = [Entry(**{**one, "sentences": tuple(one["sentences"])}) for one in note["entries"]]
    start = project.journal.job(job).start
    known = {
        (one.kind, one.action, one.subject, one.time, str(dict(one.detail)))
        for one in project.ledger.read(start)
    }
    new = [
        one
        for one in entries
        if (one.kind, one.action, one.subject, one.time, str(dict(one.detail))) not in known
    ]
    if new:
        project.write("ledger choice", lambda: project.ledger.append(new))


def _close(project: Project, result: Result) -> Outcome:
    """The outcome of a choice whose marks were set, with their evidence."""
    note = project.journal.details(result.job)["note"]
    subject = project.journal.subjects(result.job)[0]
    promise, sentences, policy = note["citation"]
    reasons = [Reason("store", result.fault)] if result.fault else []
    reasons += [Reason(place, why) for place, why in note["reasons"]]
    word: Word = "partly" if reasons else "done"
    numbers: tuple[int, ...] = ()
    if not result.kept:
        step = entry_of(project, "step", note["action"], Citation(promise, tuple(sentences), policy))
        rows = sum(sum(counts.values()) for counts in result.counts.values())
        detail = {"job": result.job, "places": sorted(result.counts)[:_MOST_PLACES]}
        step = replace(step, subject=subject, counts={"rows": rows}, outcome=word, detail=detail)
        numbers = alter.told(project, result.job, [step])
    alter.finish(project, result.job, word, kept=result.kept)
    return Outcome(
        word, subject, result.counts, tuple(dict.fromkeys(reasons)), job=result.job, entries=numbers
    )


def entry_of(project: Project, kind: str, action: str, citation: Citation) -> Entry:
    """An entry about nobody yet, of this moment."""
    return Entry(
        time=utc(project.clock()), kind=kind, actor=project.actor, action=action, policy=citation.policy,
        promise=citation.promise, sentences=citation.sentences, outcome="done",
    )  # fmt: skip


def _each(one: Entry, subjects: Sequence[str], detail: Mapping[str, Any]) -> list[Entry]:
    """One entry that names the further pseudonyms of the person; more where there are very many."""
    first, rest = subjects[0], subjects[1:]
    entries = [replace(one, subject=first, detail={**detail, **_also(rest[:_MOST_ALSO])})]
    for start in range(_MOST_ALSO, len(rest), _MOST_ALSO + 1):
        some = rest[start : start + _MOST_ALSO + 1]
        entries.append(replace(one, subject=some[0], detail={**detail, **_also(some[1:])}))
    return entries


def _also(subjects: Sequence[str]) -> dict[str, list[str]]:
    return {"also": list(subjects)} if subjects else {}


def named(project: Project, found: Trace, one: Entry, detail: Mapping[str, Any]) -> list[Entry]:
    """An entry about a person, under every name they are known by."""
    return _each(one, aliases(project, found, shared=True), detail)


def released(
    project: Project, citation: Citation, ended: Sequence[Restriction], *, by: str = ""
) -> list[Entry]:
    """Entries that end restrictions, one for those that have purpose, table and reason in common; `by` says what ended them."""
    one = entry_of(project, "released", "release", citation)
    groups: dict[tuple[str, str, str], list[str]] = {}
    for restriction in ended:
        groups.setdefault((restriction.purpose, restriction.place, restriction.reason), []).append(
            restriction.subject
        )
    entries: list[Entry] = []
    for (purpose, place, why), subjects in groups.items():
        detail = {"reason": why, **({"purpose": purpose} if purpose else {}), **({"by": by} if by else {})}
        entries += _each(replace(one, object=place), subjects, detail)
    return entries


def _given(
    project: Project, subjects: Sequence[str], purposes: frozenset[str], scope: str
) -> list[tuple[str, str, str]]:
    """The consents that stand: pseudonym, purpose and scope."""
    marks = ",".join("?" * len(subjects))
    sql = f"""select subject, purpose, scope from consent_state where subject in ({marks}) and status = 'given'
        and (? = '' or scope in (?, '')) order by seq"""  # noqa: S608 - only marks
    rows = project.ledger.query(sql, (*subjects, scope, scope))
    words = load()
    return [
        (subject, purpose, scope or list_)
        for subject, purpose, list_ in rows
        if purpose in purposes or ((known := words.find("purpose", purpose)) and known.key in purposes)
    ]


def _off(project: Project, words: Vocabulary, key: str, scope: str = "") -> Switches:
    return switches(project.beyond or project.map, words, key, scope, on=False)
