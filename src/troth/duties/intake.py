"""Requests come in: taken down, joined to what they repeat, and confirmed to come from the person."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from troth.decision.possible import stated
from troth.duties import identity
from troth.duties.account import account_of, addresses_of
from troth.duties.citing import citation_for
from troth.duties.course import begin, follow, take
from troth.duties.desk import Desk
from troth.duties.docket import lives_of, next_number
from troth.duties.identity import Address, Challenge, Cost
from troth.duties.life import Life
from troth.duties.repeats import excess_of, join, may_ask, may_try, repeat_of
from troth.duties.rights import JUDGED, METHODS, RIGHTS, UNCHECKED
from troth.duties.steps import OPEN, RUNNING, UNCONFIRMED
from troth.enforcement.choices import has_agreed
from troth.enforcement.fits import proper
from troth.enforcement.held import place
from troth.enforcement.known import under
from troth.enforcement.onfile import Filed, filed
from troth.enforcement.rectify import fitting, plan_rectification
from troth.enforcement.unfinished import abandon
from troth.model.clock import Extension
from troth.model.condition import FactValue
from troth.model.entry import Entry, guard, utc
from troth.model.errors import TrothError, UnknownKind
from troth.model.outcome import Person
from troth.model.policy import vocabulary_of

_LONGEST = 200  # characters of a scope or a reason
_TRIES = 5  # numbers that others may take in the same moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a person asks for.

    Attributes:
        right: one of `RIGHTS`.
        person: whom it is about.
        method: how the person showed who they are, one of `METHODS`; empty where a code is to be sent.
        channel: how it came in ("portal", "email").
        purpose: for `object`, `opt-out` and `withdraw`: which purpose.
        scope: for which channel, recipient or list; empty for all.
        changes: for `rectify`: the new value by column or category.
        text: for `complaint` and `question`: what the person wrote.
        no_undo: for `erase`: why it need not wait; empty where it waits.
        facts: for `erase`: what is known of the case and no row shows ("dispute-status": "open").
        every_account: whether all accounts that the identity names are meant, where it names several.
        language: of letters, "en" or "zh"; empty for that of the house.
    """

    right: str
    person: Person
    method: str = ""
    channel: str = "command line"
    purpose: str = ""
    scope: str = ""
    changes: Mapping[str, str] = field(default_factory=dict, repr=False)
    text: str = field(default="", repr=False)
    no_undo: str = ""
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    every_account: bool = False
    language: str = ""


def receive(desk: Desk, asked: Asked) -> Life:
    """Take a request down, and ask the person to show who they are unless that is known or not needed.

    Raises:
        TrothError: it lacks what such a request must say, an identity names no column, or the request names two
            people. Nothing was taken down.
        StoreGone: a store can not be reached.
    """
    _check(asked)
    _check_words(desk, asked)
    found = _on_file(desk, asked)
    if asked.right not in UNCHECKED and not asked.every_account:
        one_account(found)
    found = replace(found, addresses=addresses_of(found, asked.person))
    if asked.right in JUDGED and not found.addresses:
        # Who is not on file is answered where they wrote from: a person writes it, and nothing is known to be told.
        found = replace(found, addresses=tuple(one for one in asked.person.identities if one.kind == "email"))
    asked = replace(asked, person=found.person, every_account=asked.every_account or found.scattered)
    subject = desk.project.pseudonym(asked.person)
    request = _taken_down(desk, asked, subject, found)
    entry = begin(
        request, subject=subject, right=asked.right, at=desk.now, actor=desk.project.actor,
        detail={"about": _about(desk, asked), "channel": asked.channel},
    )  # fmt: skip
    life = _first(entry)
    if asked.method or asked.right in UNCHECKED:
        return _noted(desk, life, [entry], {"method": asked.method or "not needed"})
    return _asked_identity(desk, life, [entry])


def _on_file(desk: Desk, asked: Asked) -> Filed:
    """What is on file of whom a request names; nothing of a visitor who takes back what they agreed to by a cookie's name.

    Raises:
        TrothError: see `filed`.
    """
    try:
        return filed(desk.project, asked.person)
    except UnknownKind:
        if asked.right != "withdraw" or not has_agreed(desk.project, asked.person):
            raise
        return Filed(asked.person, (), {})


def _first(entry: Entry) -> Life:
    """Where a request stands that begins with this entry, before the ledger has it."""
    life = follow(None, entry)
    if life is None:
        raise TrothError("the request can not be taken down")
    return life


def one_account(found: Filed) -> None:
    """Make sure that a request is about one account, or one in each table of accounts.

    Raises:
        TrothError: it names several, and nobody can tell whether all are one person's.
    """
    for where, count in found.accounts.items():
        raise TrothError(
            f"what the request names has {count} accounts in {where}",
            hint="add what only one of them has, such as -s login=...; "
            "or take them as one person's with --all-accounts, if all are shown to be theirs",
        )


def ask_identity(desk: Desk, life: Life) -> Life:
    """Send a code to an address on file; where there is none, the request waits for another way to be confirmed.

    Raises:
        TrothError: identity can not be asked at this point, or too many codes were sent today.
    """
    return _asked_identity(desk, life, [])


def _asked_identity(desk: Desk, life: Life, entries: list[Entry]) -> Life:
    """Write these steps of a request and that identity is asked, with its code, all in one go; then send the code."""
    addresses = [Address(kind, value) for kind, value in desk.files.open(life.id)["addresses"]]
    asking = bool(addresses) and may_ask(_all_of(desk, life), desk.now)
    if not asking and entries:
        life = desk.steps(life, entries)
    if not addresses or (not asking and entries):
        return life  # it is taken down, and its clock runs: whoever asks too often for codes takes nothing from the person
    if not asking:
        raise TrothError(
            "this person was sent too many codes today", hint="confirm them another way, or wait a day"
        )
    challenge, code = identity.issue(life.id, desk.now, desk.random, pepper=_pepper(desk))
    detail = {"method": "code", "challenge": challenge.name}
    entry = take(life, "identity asked", at=desk.now, actor=desk.project.actor, detail=detail)
    after = follow(life, entry) or life
    return desk.steps(
        life,
        [*entries, entry],
        [desk.owed(after, "code", code=code)],
        change=lambda file: {**file, "challenge": _packed(challenge)},
    )


def answer_code(desk: Desk, life: Life, code: str) -> Life:
    """Confirm a request with the code that was sent.

    Raises:
        TrothError: the code is not right, is too old, or was tried too often; the try is noted.
    """
    if life.state not in UNCONFIRMED:
        raise TrothError(f"request {life.id} needs no code: it is {life.state}")
    if not may_try(_all_of(desk, life), desk.now):
        raise TrothError(
            "too many wrong codes for this person today", hint="confirm them another way, or wait a day"
        )
    before = desk.files.sealed(life.id)
    file = desk.files.open(life.id)
    if "challenge" not in file:
        raise TrothError(f"no code was sent for request {life.id}", hint="confirm it with --method")
    kept, said = identity.answer(
        _unpacked(file["challenge"]), life.id, code, now=desk.now, pepper=_pepper(desk)
    )
    if not desk.files.swap(life.id, before, {**file, "challenge": _packed(kept)}):
        raise TrothError("another answer came in at the same moment", hint="try again")
    if said != "confirmed":
        desk.step(life, "identity failed", {"why": said, "challenge": kept.name})
        hint = (
            "ask for a new one: troth request code"
            if said in {"expired", "used up"}
            else "look at the letter again"
        )
        raise TrothError(
            f"the code is {said}" if said != "not this request" else "the code is of another request",
            hint=hint,
        )
    return confirmed(desk, life, "code", challenge=kept.name)


def confirmed(desk: Desk, life: Life, method: str, *, challenge: str = "") -> Life:
    """Note that the person showed who they are, join the request to what it repeats, and say that it came in.

    Raises:
        TrothError: the method is none, or can not be used for this right.
    """
    if method not in METHODS:
        raise TrothError(f"`{method[:30]}` is no way to confirm somebody", hint="ways: " + ", ".join(METHODS))
    return _noted(desk, life, [], {"method": method, **({"challenge": challenge} if challenge else {})})


def _noted(desk: Desk, life: Life, entries: list[Entry], detail: dict[str, Any]) -> Life:
    """Note in one go all that follows from a confirmation, so that a kill leaves no request that nobody goes on with."""

    def then(life: Life, entry: Entry) -> Life:
        entries.append(entry)
        return follow(life, entry) or life

    def step(life: Life, name: str, detail: dict[str, Any]) -> Life:
        return then(life, take(life, name, at=desk.now, actor=desk.project.actor, detail=detail))

    first = desk.due(life).first
    if first and first.date:
        detail["due"] = first.date.isoformat()
    life = step(life, "identity confirmed", detail)
    others = _all_of(desk, life)
    everybody = _everybody(desk, life) | _same_account(desk, life, others)
    # Only what is still open is a repeat: who was answered may ask again, and a person decides whether it is too often.
    earlier = repeat_of(life, others, subjects=everybody, days=0)
    if earlier is not None:
        then(life, join(life, earlier, at=desk.now, actor=desk.project.actor, subjects=everybody))
        life = desk.steps(life, entries)
        desk.close(life)
        return life
    if excess := excess_of(life, others):
        life = step(life, "escalated", {"alarm": str(excess)})
    file = desk.files.open(life.id)
    if life.right == "erase" and not desk.undo_hours and not file.get("no_undo"):
        desk.files.write(life.id, {**file, "no_undo": "the house gives no time to take an erasure back"})
    elif life.right == "erase" and not file.get("no_undo") and life.state == OPEN:
        life = step(life, "waiting", {"until": utc(desk.undo_until())})
    return desk.steps(life, entries, [desk.owed(life, "received")])


def learn(desk: Desk, life: Life, facts: Mapping[str, FactValue]) -> Life:
    """Note what is known of the case of a request, such as a dispute that began or was settled.

    Raises:
        NotFound: the policy knows no such fact, or the request has ended.
        TrothError: the fact can not have that value.
    """
    known = stated(vocabulary_of(desk.policy), facts)
    file = desk.files.open(life.id)
    desk.files.write(life.id, {**file, "facts": {**(file.get("facts") or {}), **known}})
    return life


def take_back(desk: Desk, life: Life, method: str) -> Life:
    """The person takes a request back.

    Raises:
        TrothError: it has ended, is being carried out, or nobody showed who they are.
    """
    detail = {"method": method} if method else {}
    kept = life.holds if life.answered else ()
    # nothing is freed unless the step can follow
    take(life, "withdrawn", at=desk.now, actor=desk.project.actor, detail=detail)
    _free(desk, life)
    life = desk.step(
        life, "withdrawn", detail, letter=lambda after: desk.owed(after, "withdrawn", holds=kept)
    )
    _abandon(desk, life)
    desk.close(life)
    return life


def refuse(desk: Desk, life: Life, ground: str, why: str, *, actor: str) -> Life:
    """Refuse a request on a ground, and tell the person why and where to complain (GDPR 12(4)).

    One that was begun and stopped on an error can be refused too; what was done of it stays done, and `why` says so.

    Raises:
        TrothError: the ground is none, needs a reason or a person's judgement, the request has ended, or another process is
            carrying it out at this moment.
    """
    detail = {
        "ground": ground,
        "remedy": desk.places[0].basis or desk.places[0].code,
        **({"why": why} if why else {}),
    }
    # nothing is freed unless the step can follow
    take(life, "refused", at=desk.now, actor=actor or desk.project.actor, detail=detail)
    if life.state == RUNNING:
        with desk.project.journal.alone():  # nobody is at it now
            pass
    _free(desk, life)
    life = desk.step(
        life, "refused", detail, actor=actor, letter=lambda after: desk.owed(after, "refused", why=why)
    )
    _abandon(desk, life)
    desk.close(life)
    return life


def _free(desk: Desk, life: Life) -> None:
    """End what an erasure that is held has restricted, before the step that ends it: nothing would end it afterwards."""
    if life.right == "erase" and life.answered:
        person, _ = account_of(desk, life.id)
        place(desk.project, person, (), citation_for(desk.policy, "erase"))


def _abandon(desk: Desk, life: Life) -> None:
    if life.right == "erase":
        abandon(desk.project, life.subject, life.state)


def extend(desk: Desk, life: Life, why: str, until: str, *, actor: str) -> Life:
    """Tell the person that it takes longer, why, and until when (GDPR 12(3)).

    Raises:
        TrothError: there is no reason or date, or the request has ended.
    """
    _extendable(desk, life, until)
    day = datetime.fromisoformat(until).date()
    return desk.step(
        life, "extended", {"why": why, "due": until}, actor=actor,
        letter=lambda after: desk.owed(after, "extended", why=why, due=day),
    )  # fmt: skip


def _extendable(desk: Desk, life: Life, until: str) -> None:
    """Refuse a date that would not count: the person would be told a day by which nothing is due."""
    try:
        asked = datetime.fromisoformat(until).date()
    except ValueError:
        raise TrothError(f"`{until[:20]}` is no date", hint="write it like 2027-01-31") from None
    first = desk.due(life).first
    if life.extended is not None:
        when = life.extended.until or (first.date if first else None)
        raise TrothError(
            f"request {life.id} was extended already" + (f", until {when}" if when else ""),
            hint="the law allows it once; answer what can be answered, and say what is missing",
        )
    if first is None or first.date is None:
        return
    if asked <= first.date:
        raise TrothError(f"request {life.id} is due {first.date}, so {asked} is no extension")
    after = desk.due(replace(life, extended=Extension(desk.now, asked))).first
    if after and after.date and after.date < asked:
        hint = f"name at most {after.date}" if after.date > first.date else "answer it by then"
        cites = ", ".join(after.cites)
        raise TrothError(f"request {life.id} can not be extended beyond {after.date} ({cites})", hint=hint)


def _check(asked: Asked) -> None:
    if asked.right not in RIGHTS:
        raise TrothError(
            f"nobody can ask for `{asked.right[:30]}`", hint="people ask for " + ", ".join(RIGHTS)
        )
    if asked.method and asked.method not in METHODS:
        hint = "ways: " + ", ".join(METHODS)
        raise TrothError(f"`{asked.method[:30]}` is no way to confirm somebody", hint=hint)
    if not asked.person.identities:
        raise TrothError("the request names no person", hint="name them: --subject email=ada@example.org")
    if asked.right == "rectify" and not asked.changes:
        raise TrothError(
            "the request does not say what is to be corrected", hint="name it: --set email=new@example.org"
        )
    if asked.right in {"object", "opt-out", "withdraw"} and not asked.purpose:
        raise TrothError(
            "the request does not say for which purpose", hint="name it: --purpose direct-marketing"
        )
    if asked.right in {"complaint", "question"} and not asked.text.strip():
        raise TrothError(
            f"the {asked.right} says nothing", hint="give its text: --text FILE, or - for standard input"
        )


def _evident(desk: Desk, asked: Asked) -> None:
    """Make sure that evidence can hold what a request is about; otherwise it would be taken down and never be done.

    Raises:
        TrothError: the scope or the reason is too long, or looks like personal data.
    """
    what = "reason" if asked.right == "restrict" else "scope"
    if len(asked.scope) > _LONGEST:
        raise TrothError(f"the {what} is longer than {_LONGEST} characters", hint="say it in a word or a few")
    probe = Entry(
        time=utc(desk.now), kind="request", actor="intake", action=asked.right, detail={what: asked.scope}
    )
    try:
        guard(probe)
    except TrothError as error:
        raise TrothError(
            f"the {what} can not stand in evidence: {error.message}",
            hint="say it in a word or a few, without personal data",
        ) from None


def _check_words(desk: Desk, asked: Asked) -> None:
    """Refuse purposes and columns that nobody knows, and values that can not be, before anything is taken down."""
    words = vocabulary_of(desk.policy)
    stated(words, asked.facts)
    _evident(desk, asked)
    if asked.purpose:
        words.get("purpose", asked.purpose)
    if asked.right == "rectify":
        plan = plan_rectification(desk.project, list(asked.changes), citation_for(desk.policy, "rectify"))
        for target, value in zip(plan.targets, asked.changes.values(), strict=True):
            fitting(desk.project, target, proper(target.category, value, desk.now.date()))


def _taken_down(desk: Desk, asked: Asked, subject: str, found: Filed) -> str:
    file = {
        "person": [[one.kind, one.value] for one in asked.person.identities],
        "addresses": [[one.kind, one.value] for one in found.addresses],
        "keyed": [[one.kind, one.value] for one in found.keyed], "aliases": list(found.aliases),
        "traits": sorted(found.traits), "rows": sorted(found.rows),
        "purpose": asked.purpose, "scope": asked.scope, "changes": dict(asked.changes), "text": asked.text,
        "no_undo": asked.no_undo, "facts": stated(vocabulary_of(desk.policy), asked.facts), "language": asked.language,
        "every_account": asked.every_account,
    }  # fmt: skip
    number = next_number(desk.project.ledger)
    for request in map(str, range(number, number + _TRIES)):
        if desk.files.save(request, subject, desk.now, file):
            return request
    raise TrothError("too many requests come in at the same moment", hint="try again")


def _about(desk: Desk, asked: Asked) -> str:
    """What exactly is asked, as a keyed hash: the same text gives the same, and nobody can guess it."""
    said = {
        "purpose": asked.purpose,
        "scope": asked.scope,
        "changes": dict(asked.changes),
        "text": asked.text,
    }
    if not any(said.values()):
        return ""
    text = json.dumps(said, sort_keys=True, ensure_ascii=False)
    return hmac.digest(_pepper(desk), b"about\x00" + text.encode(), "sha256").hex()


def _pepper(desk: Desk) -> bytes:
    keys = desk.project.ring.pseudonym
    return hmac.digest(keys[min(keys)], b"desk", "sha256")


def _everybody(desk: Desk, life: Life) -> set[str]:
    """The pseudonyms of the person of a request under every key and every identity it names."""
    person = desk.person(life.id)
    return {life.subject, *under(desk.project, person)}


def _all_of(desk: Desk, life: Life) -> tuple[Life, ...]:
    """All requests about the person of a request, by whatever name on file they were made."""
    names = {*_everybody(desk, life), *desk.files.open(life.id).get("aliases", ())}
    return lives_of(desk.project.ledger, sorted(names))


def _same_account(desk: Desk, life: Life, others: Sequence[Life]) -> set[str]:
    """The names of open requests about the very same account: an address alone may be another account's as well."""
    account = desk.files.open(life.id).get("keyed")
    if not account or life.right in UNCHECKED:
        return set()
    alive = [one for one in others if not one.ended and one.right == life.right and desk.files.known(one.id)]
    return {one.subject for one in alive if desk.files.open(one.id).get("keyed") == account}


def _packed(one: Challenge) -> dict[str, Any]:
    return {
        "name": one.name, "request": one.request, "salt": base64.b64encode(one.salt).decode(),
        "digest": base64.b64encode(one.digest).decode(), "expires": one.expires.isoformat(), "tries": one.tries,
        "spent": one.spent, "cost": [one.cost.memory, one.cost.passes],
    }  # fmt: skip


def _unpacked(value: Mapping[str, Any]) -> Challenge:
    return Challenge(
        value["name"], value["request"], base64.b64decode(value["salt"]), base64.b64decode(value["digest"]),
        datetime.fromisoformat(value["expires"]), value["tries"], value["spent"], Cost(*value["cost"]),
    )  # fmt: skip
