"""A confirmed request is carried out: on the stores, with evidence, and with an answer to the person."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

from troth.duties.account import account_of, addresses_of, all_there, go_by_new, identities
from troth.duties.citing import citation_for
from troth.duties.consents import Taken, taken_back
from troth.duties.copies import EARLIER, made
from troth.duties.desk import Desk, Owed
from troth.duties.docket import entries_of
from troth.duties.intake import one_account
from troth.duties.keeping import done_for, kept
from troth.duties.letters import Letter
from troth.duties.life import Hold, Life
from troth.duties.rights import JUDGED, UNCHECKED
from troth.duties.steps import ENDED, HELD, OPEN, PARTLY, RUNNING, WAITING
from troth.enforcement.absent import LATER, refuse_away
from troth.enforcement.access import Style, access, plan_access, plan_portability
from troth.enforcement.agree import say
from troth.enforcement.choices import object_to, restrict, withdraw
from troth.enforcement.choices import resume as resume_choices
from troth.enforcement.held import Look, Standing, erase_waiting, look, plan_waiting
from troth.enforcement.journal import BUSY
from troth.enforcement.rectify import Correction, rectify
from troth.enforcement.unfinished import abandon
from troth.model.condition import FactValue
from troth.model.entry import decode
from troth.model.errors import TrothError
from troth.model.outcome import Outcome, Person, Reason, Word
from troth.model.plan import Plan
from troth.model.policy import Policy, vocabulary_of
from troth.plan.periods import minimum_names
from troth.policy.plain import Speech, has_han
from troth.stores.errors import POINTED, WAITS, StoreBusy, StoreGone

CHOICES = frozenset({"object", "opt-out", "withdraw", "restrict"})
"""Requests that count at once, also while a store can not be reached: what is written there follows."""

_AGAIN = timedelta(days=1)  # until a correction that could not be made is tried again by itself
_REASONS = 6  # of an outcome, in one step of the ledger
_TABLES = 3  # named where a hold may keep many


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of a request.

    Attributes:
        life: where it stands now.
        outcome: what happened on the stores; None where nothing was to be done there.
        bundle: the copy of the data that was made.
        earlier: copies made for the same request before, with rows that are gone since.
    """

    life: Life
    outcome: Outcome | None = None
    bundle: Path | None = None
    earlier: tuple[Path, ...] = ()


def ready(desk: Desk, life: Life) -> bool:
    """Whether a request can be carried out now without anybody deciding anything."""
    if not life.confirmed or life.state in ENDED or life.right in JUDGED:
        return False
    if life.state == WAITING:
        return life.undo is not None and life.undo <= desk.now
    if life.state == PARTLY and life.right == "rectify" and desk.files.open(life.id).get("refused"):
        return desk.now - life.changed >= _AGAIN
    return life.state in {OPEN, PARTLY, RUNNING}


def carry(desk: Desk, life: Life) -> Carried:
    """Carry a request out; after a kill the same call goes on where it stopped, and after a hold with what it kept.

    Raises:
        TrothError: it is not confirmed, waits, has ended, is one that a person must answer, or names two people by now.
        StoreGone: a store can not be reached; the request stays open.
    """
    if life.right not in CHOICES:
        refuse_away(desk.project)
    if life.right in JUDGED:
        hint = f"troth request answer {life.id} --text FILE"
        raise TrothError(f"a person must answer request {life.id}", hint=hint)
    if life.state == HELD and life.right == "erase":
        freed = ended_holds(desk, life)
        return release(desk, life, freed) if freed else Carried(life)
    if life.state != RUNNING:
        _sure(desk, life)
        file = desk.files.open(life.id)
        detail = {"no_undo": file["no_undo"]} if file.get("no_undo") and life.state != WAITING else {}
        life = desk.step(life, "running", detail)
    elif life.right == "erase":  # it was stopped, and a store may have been away for days
        _sure(desk, life)
    return _WAYS[life.right](desk, life)


def answer(desk: Desk, life: Life, text: str, *, actor: str) -> Life:
    """Answer a complaint or a question in one's own words.

    Raises:
        TrothError: the answer is empty, or the request is of another kind or has ended.
    """
    if life.right not in JUDGED:
        raise TrothError(
            f"request {life.id} is no question: it asks to {life.right}", hint="troth request run does it"
        )
    if not text.strip():
        raise TrothError(
            "the answer says nothing", hint="give its text: --text FILE, or - for standard input"
        )
    if life.state != RUNNING:
        life = desk.step(life, "running", actor=actor)
    first, _, rest = text.strip().partition("\n")
    subject = f"{desk.policy.provider}: {life.id}"
    letter = Letter(subject, f"{first}\n{rest}\n" if rest else f"{first}\n")
    life = desk.step(life, "done", actor=actor, letter=lambda _: Owed("done", letter))
    desk.close(life)
    return life


def _sure(desk: Desk, life: Life) -> None:
    """Make sure that the request is about one account, and write to the address that this account has now."""
    file = desk.files.open(life.id)
    if life.right in UNCHECKED:
        return
    if file.get("every_account"):
        all_there(desk, life.id)
        return
    person, found = account_of(desk, life.id)
    one_account(found)
    # whoever was written to so far, unless that was corrected
    named = Person(identities(file["addresses"][:1]))
    addresses = [[one.kind, one.value] for one in addresses_of(found, named)] or file["addresses"]
    now = {"person": [[one.kind, one.value] for one in person.identities], "addresses": addresses}
    now |= {"name": [person.name.kind, person.name.value]} if person.name else {}
    if any(file.get(key) != value for key, value in now.items()):
        desk.files.write(life.id, {**file, **now})


def _give(desk: Desk, life: Life) -> Carried:
    """Write the copy of a person's data: `answers/request-N.zip`, whole or not at all."""
    planned = plan_portability if life.right == "portability" else plan_access
    plan = planned(desk.project, citation_for(desk.policy, life.right))
    target = desk.answers / f"request-{life.id}.zip"
    try:
        desk.answers.mkdir(mode=0o700, parents=True, exist_ok=True)
        outcome, earlier = made(
            target,
            lambda path: access(desk.project, desk.person(life.id), plan, path, Style(policy=desk.policy)),
        )
    except (OSError, zipfile.BadZipFile) as error:
        raise TrothError(
            "the copy of the data can not be written", hint="look at the folder of answers"
        ) from error
    life = _ended(desk, life, outcome, why=EARLIER if earlier else "")
    return Carried(life, outcome, target if target.exists() else None, earlier)


def _erase(desk: Desk, life: Life) -> Carried:
    """Erase what nothing holds; what must be kept is restricted, and the person is told why and for how long."""
    person = desk.person(life.id)
    seen = looked(desk, life, person)
    if seen.known and seen.undecided:
        return _undecided(desk, life, seen)
    cited = citation_for(desk.policy, "erase")
    outcome = _in_all(desk, life, erase_waiting(desk.project, person, cited, seen), "erased")
    standing = looked(desk, life, person).holds if outcome.word == "partly" else ()
    kept = {
        (one.place, one.reason)
        for one in plan_waiting(desk.project, cited, seen).steps
        if one.action == "keep"
    }
    # What nothing but a hold keeps waits for its end; anything else that is left is tried again by every round.
    if not standing or not all((one.place, one.why) in kept or _waits(one) for one in outcome.reasons):
        told = _told_holds(desk, life, standing)
        return Carried(_ended(desk, life, outcome, passing=kept, holds=told), outcome)
    return Carried(_held(desk, life, standing), outcome)


def _in_all(desk: Desk, life: Life, outcome: Outcome, kind: str) -> Outcome:
    """The outcome of everything that was done for a request.

    Where a kill or a full disk came between the evidence and the step of the request, the next try finds nobody any more.
    """
    if outcome.word != "nothing found":
        return outcome
    first = next(entries_of(desk.project.ledger, life.id))
    marks = (first.seq, f'%"kind":"{kind}"%', f"%{life.subject}%")
    sql = "select body from ledger_entry where seq > ? and body like ? and body like ? order by seq"
    found = [decode(body) for (body,) in desk.project.ledger.query(sql, marks)]
    done = any(
        one.kind == kind and one.subject == life.subject and one.outcome in {"done", "partly"}
        for one in found
    )
    return replace(outcome, word="done") if done else outcome


def _undecided(desk: Desk, life: Life, seen: Look) -> Carried:
    """Nothing is erased while nobody can say whether it must be kept: what is gone can not be kept any more."""
    missing = seen.undecided or {}
    holds = [Hold(name, ends=f"somebody says {' and '.join(facts)}") for name, facts in missing.items()]
    if tuple(holds) != life.holds or life.state != HELD:
        life = desk.step(life, "undecided", {"holds": [one.as_json() for one in holds]})
    return Carried(life, Outcome("partly", life.subject, reasons=_unclear(seen)))


def _unclear(seen: Look) -> tuple[Reason, ...]:
    return tuple(
        Reason(
            _listed(seen.doubtful.get(name, ())),
            f"nothing tells {' and '.join(facts)}, which the hold {name} needs",
        )
        for name, facts in (seen.undecided or {}).items()
    )


def _listed(places: Sequence[str]) -> str:
    """A few tables by name, and how many more there are."""
    more = len(places) - _TABLES
    return ", ".join(places[:_TABLES]) + (f" and {more:,} more tables" if more > 0 else "") or "every table"


def _waits(fault: Reason) -> bool:
    """Whether rows were left only because rows that a hold keeps still point to them, or because of what does."""
    return fault.why.endswith(POINTED) or fault.why.startswith(WAITS)


def release(desk: Desk, life: Life, names: Sequence[str]) -> Carried:
    """Holds of a waiting erasure have ended: what they kept is erased now, and the request ends with the last of them.

    Raises:
        TrothError: the request has no such hold.
        StoreGone: a store can not be reached; the request stays as it is.
    """
    _sure(desk, life)
    for name in names:
        life = desk.step(life, "released", {"hold": name})
    if life.state == OPEN:
        return carry(desk, life)
    cited = citation_for(desk.policy, "erase")
    person = desk.person(life.id)
    seen = looked(desk, life, person)
    if seen.undecided:
        return _undecided(desk, life, seen)
    outcome = erase_waiting(desk.project, person, cited, seen)
    return Carried(life, outcome)


def once_more(desk: Desk, life: Life) -> Outcome | None:
    """Erase again what was erased of somebody whose rest waits, in stores that were restored from a backup; None for nothing.

    What the job knows of rows that are done is not true any more, so another one searches for everything.

    Raises:
        StoreGone: a store can not be reached.
    """
    if life.right != "erase" or life.state not in {HELD, PARTLY}:
        return None
    person, _ = account_of(desk, life.id)
    seen = looked(desk, life, person)
    if not seen.known or seen.undecided:
        return None
    abandon(desk.project, life.subject, life.state)
    outcome = erase_waiting(desk.project, person, citation_for(desk.policy, "erase"), seen)
    return outcome if outcome.counts else None


def ended_holds(desk: Desk, life: Life) -> tuple[str, ...]:
    """The names of the holds of an erasure that do not apply any more, or of which somebody has said now whether they do."""
    person, _ = account_of(desk, life.id)
    seen = looked(desk, life, person)
    unclear = set(seen.undecided or ())
    standing = {one.name for one in seen.holds} | unclear
    return tuple(
        sorted({one.name for one in life.holds if one.name not in (unclear if one.ends else standing)})
    )


def looked(desk: Desk, life: Life, person: Person) -> Look:
    """What holds an erasure: by the rows, by what the house says of every case, and by what somebody entered of this one."""
    said: dict[str, FactValue] = desk.files.open(life.id).get("facts") or {}
    usual = frozenset(desk.told) - said.keys()
    return look(desk.project, person, desk.policy, facts={**desk.told, **said}, usual=usual)


def _held(desk: Desk, life: Life, standing: Sequence[Standing]) -> Life:
    """The step of a request that waits for its holds, and its letter; nothing where it waited for the same before."""
    detail = {"holds": [one.as_json() for one in _holds(desk, standing)]}
    return desk.step(
        life, "held", detail,
        letter=lambda after: desk.owed(after, "held", holds=_told_holds(desk, after, standing)),
    )  # fmt: skip


def _holds(desk: Desk, standing: Sequence[Standing]) -> list[Hold]:
    """What holds a request, as its story keeps it."""
    words = vocabulary_of(desk.policy)
    holds = []
    for one in standing:
        purposes = tuple(words.get("purpose", key).en for key in one.purposes)
        until = one.until.date().isoformat() if one.until else ""
        holds.append(Hold(one.name, until, purposes=purposes))
    return holds


def _told_holds(desk: Desk, life: Life, standing: Sequence[Standing]) -> tuple[Hold, ...]:
    """What holds a request, as its person is told."""
    language = desk.language_of(life)
    holds = zip(standing, _holds(desk, standing), strict=True)
    return tuple(_spoken(desk, one, hold, language) for one, hold in holds)


def _spoken(desk: Desk, one: Standing, hold: Hold, language: str) -> Hold:
    """A hold as a person is told of it: purposes in their language, and a minimum, which has no name, by its sentence."""
    words = vocabulary_of(desk.policy)
    terms = [words.get("purpose", key) for key in one.purposes]
    purposes = tuple((term.zh if language == "zh" else "") or term.en for term in terms)
    if one.name not in minimum_names(desk.policy):
        return replace(hold, name=_called(desk.policy, one.name, language), purposes=purposes)
    said = " ".join(desk.policy.by_sentence[name].sentence.text for name in one.citation.sentences)
    return replace(hold, name=f"“{said}”" if said else hold.name, purposes=purposes)


def _called(policy: Policy, name: str, language: str) -> str:
    """A hold by its name where that is written as the language is, else by its case: nobody has to read the policy's file."""
    cases = [
        hold.condition
        for promise in policy.promises
        for rule in promise.rules
        for hold in rule.holds
        if hold.name == name
    ]
    if not cases or has_han(name) == (language == "zh"):
        return name
    return Speech(vocabulary_of(policy), "zh" if language == "zh" else "en").condition(cases[0])


def _correct(desk: Desk, life: Life) -> Carried:
    """Correct what is wrong, everywhere or nowhere; a value that does not fit leaves the request open, with the reason."""
    file = desk.files.open(life.id)
    wanted = [Correction(what, value) for what, value in file["changes"].items()]
    try:
        done = rectify(desk.project, desk.person(life.id), wanted, citation_for(desk.policy, "rectify"))
    except (StoreBusy, StoreGone):
        raise
    except TrothError as error:
        if error.message == BUSY:
            raise
        # Nothing was written. Trying again changes little, so that a day passes, and somebody is to look at it.
        outcome = Outcome("partly", life.subject, reasons=(Reason("correction", error.message),))
        desk.files.write(life.id, {**file, "refused": error.message})
        return Carried(_ended(desk, life, outcome, undone=True), outcome)
    # An address that was wrong may be a stranger's: the answer goes to the right one.
    if file.get("every_account"):
        go_by_new(desk, life.id)
    else:
        _sure(desk, life)
    outcome = _in_all(desk, life, done.outcome, "rectified")
    return Carried(_ended(desk, life, outcome, told=done.tell), outcome)


def _restrict(desk: Desk, life: Life) -> Carried:
    reason = desk.files.open(life.id).get("scope") or "asked"
    cited = citation_for(desk.policy, "restrict")
    outcome = _chosen(desk, life, lambda: restrict(desk.project, desk.person(life.id), cited, reason=reason))
    return Carried(_ended(desk, life, outcome), outcome)


def _object(desk: Desk, life: Life) -> Carried:
    """Stop a purpose; on one channel or list alone where the request names it, which is a no to that and to nothing else."""
    file, words = desk.files.open(life.id), vocabulary_of(desk.policy)
    purpose, scope = file["purpose"], file.get("scope", "")
    cited = citation_for(desk.policy, life.right)

    def no() -> Outcome:
        person = desk.person(life.id)
        if scope:
            return say(desk.project, person, "refuse", purpose, cited, scope=scope, vocabulary=words)
        return object_to(desk.project, person, purpose, cited, vocabulary=words)

    outcome = _chosen(desk, life, no)
    return Carried(_ended(desk, life, outcome), outcome)


def _withdraw(desk: Desk, life: Life) -> Carried:
    """Take a consent back: it counts at once, and starts what the policy owes then; the letter confirms it."""
    file, words = desk.files.open(life.id), vocabulary_of(desk.policy)
    cited, scope = citation_for(desk.policy, "withdraw"), file.get("scope", "")
    key = words.get("purpose", file["purpose"]).key
    outcome = _chosen(
        desk,
        life,
        lambda: withdraw(desk.project, desk.person(life.id), key, cited, scope=scope, vocabulary=words),
    )
    if outcome.word == "nothing found":
        return Carried(_ended(desk, life, outcome), outcome)
    first = next(entries_of(desk.project.ledger, life.id))
    channel = str(first.detail.get("channel", ""))
    started = taken_back(desk, life.subject, Taken(key, scope, channel, life.id), since=first.seq)
    life = _ended(desk, life, outcome)
    if "done" in _sent(desk, life, first.seq):
        known = {"channel": "email", "result": "done", "scope": scope or key}
        deeds = kept(desk.policy, started, ("confirm",), known, at=desk.now, actor=desk.project.actor)
        done = done_for(desk.project.ledger.read(started.seq)).get(started.seq, set())
        fresh = [one for one in deeds if one.detail["rule"] not in done]
        if fresh:
            desk.project.ledger.append(fresh)
    return Carried(life, outcome)


def _chosen(desk: Desk, life: Life, choose: Callable[[], Outcome]) -> Outcome:
    """Carry a choice out once: where a store could not be reached, what is written there follows, and nothing is said again."""
    file = desk.files.open(life.id)
    if "follows" in file:
        resume_choices(desk.project)
        job = desk.project.journal.job(file["follows"])
        word: Word = "done" if job.state != "open" else "partly"
        rest = () if word == "done" else tuple(Reason(name, LATER) for name in sorted(desk.project.away))
        outcome = Outcome(word, life.subject, reasons=rest, job=job.id)
    else:
        outcome = choose()
        if any(one.why == LATER for one in outcome.reasons):
            desk.files.write(life.id, {**file, "follows": outcome.job})
    return outcome


def erasure_plan(desk: Desk, life: Life) -> tuple[Plan | None, tuple[Reason, ...]]:
    """The plan that an erasure asked for by a person follows: what a hold keeps stays; or why nothing will be erased yet."""
    person, _ = account_of(desk, life.id)
    seen = looked(desk, life, person)
    if seen.known and seen.undecided:
        return None, _unclear(seen)
    return plan_waiting(desk.project, citation_for(desk.policy, "erase"), seen), ()


def _ended(
    desk: Desk,
    life: Life,
    outcome: Outcome,
    *,
    why: str = "",
    passing: Collection[tuple[str, str]] = (),
    **said: Any,
) -> Life:
    """The step that follows from an outcome, and its letter.

    Args:
        desk: the desk.
        life: the request.
        outcome: what happened.
        why: more for the story, where it ended.
        passing: places with reasons that follow from others.
        said: what the letter says besides, as `letters.Facts` names it: recipients that were told too (`told`), reasons to
            keep some of the data (`holds`), or that nothing at all was done and nobody goes on with it by itself (`undone`).
    """
    if outcome.word == "partly":
        stays = [one for one in outcome.reasons if (one.place, one.why) not in passing and not _passes(one)]
        detail = {"why": _in_words(outcome.reasons), "job": outcome.job}
        detail |= {"look": _in_words(stays)} if stays else {}
        if "partly" in _told(desk, life):
            return desk.step(life, "partly", detail)
        return desk.step(
            life, "partly", detail,
            letter=lambda after: desk.owed(after, "partly", why=_plain(desk, life), **said),
        )  # fmt: skip
    more = {"done": desk.now, **said} if outcome.word == "done" else {}
    life = desk.step(
        life, outcome.word, {"why": why} if why else {},
        letter=lambda after: desk.owed(after, outcome.word, **more),
    )  # fmt: skip
    desk.close(life)
    return life


def _in_words(reasons: Sequence[Reason]) -> str:
    return "; ".join(f"{one.place}: {one.why}" for one in reasons[:_REASONS])


def _passes(one: Reason) -> bool:
    """Whether what was left follows by itself: a store that was away or locked, or what only waits for something else."""
    return one.place == "store" or one.why == LATER or _waits(one)


def _told(desk: Desk, life: Life) -> set[str]:
    """The letters about a request that have left already, are on their way, or have no address to go to."""
    since = desk.project.ledger.query("select min(seq) from request_entry where id = ?", (life.id,))[0][0]
    waiting = {kind for kind, *_ in desk.files.open(life.id).get("unsent", ())}
    return waiting | _sent(desk, life, since, ("sent", "no address"))


def _sent(desk: Desk, life: Life, since: int, outcomes: Collection[str] = ("sent",)) -> set[str]:
    """The letters about a request that have left, or whose end is one of other outcomes."""
    about = f"request {life.id}"
    return {
        entry.action
        for entry in desk.project.ledger.read(since)
        if entry.kind == "notice" and entry.outcome in outcomes and entry.detail.get("about") == about
    }


def _plain(desk: Desk, life: Life) -> str:
    language = desk.files.open(life.id).get("language") or desk.language
    if language == "zh":
        return "部分系统暂时未能完成处理"
    return "some of our systems could not carry it out yet"


_WAYS: Mapping[str, Callable[[Desk, Life], Carried]] = MappingProxyType(
    {
        "access": _give,
        "portability": _give,
        "erase": _erase,
        "rectify": _correct,
        "restrict": _restrict,
        "object": _object,
        "opt-out": _object,
        "withdraw": _withdraw,
    }
)
"""How each right is carried out."""
