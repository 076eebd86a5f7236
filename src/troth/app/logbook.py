"""The logbook: events, deeds and attestations that people enter, and what is owed because of them."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from troth import settings as said
from troth.app.decisions import named
from troth.app.policies import load_file
from troth.app.project import open_state, places_of, policy_of
from troth.decision.possible import stated
from troth.duties.consents import WITHDRAWN
from troth.duties.deeds import Owed, deed, event, never_done, owed
from troth.duties.proofs.attested import attest
from troth.evidence.pseudonym import pseudonym
from troth.model.condition import FactValue
from troth.model.entry import Entry, utc
from troth.model.errors import Place, SourceError, TrothError
from troth.model.moment import add_months
from troth.model.outcome import Identity
from troth.model.policy import Policy, vocabulary_of
from troth.settings import Settings

_LAST = 2**63  # no number of an entry is larger


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Something that happened.

    Attributes:
        name: an event of the policy's words ("staff-joined").
        argument: its argument ("recommendations").
        identity: the person it is about; None where it is about nobody.
        facts: what is known of the case.
    """

    name: str
    argument: str = ""
    identity: Identity | None = None
    facts: Mapping[str, FactValue]


def note_event(settings: Settings, what: Happening, actor: str) -> int:
    """Enter something that happened; gives the number of its entry.

    Raises:
        NotFound: the vocabulary has no such event or fact.
        TrothError: a fact looks like personal data or can not be so, nobody is known by an identity of that kind, or it is
            a consent that is taken back, which a note alone would not do.
    """
    policy = policy_of(settings)
    words = vocabulary_of(policy)
    name, facts = words.get("event", what.name).key, stated(words, what.facts)
    if name == WITHDRAWN and what.identity:
        raise TrothError(
            "a note takes no consent back", hint="troth request withdraw does, and enters that it happened"
        )
    who = named(settings, what.identity) if what.identity else None
    with open_state(settings) as state:
        subject = pseudonym(state.ring.pseudonym, who.kind, who.value) if who else ""
        entry = event(name, at=said.now(), actor=actor, subject=subject, argument=what.argument, facts=facts)
        return state.ledger.append([_under(entry, policy)])


def note_deed(  # noqa: PLR0913 - what a deed says, by name
    settings: Settings,
    rule: str,
    actor: str,
    *,
    of: int = -1,
    record: Mapping[str, str | int | bool] | None = None,
    document: Path | None = None,
) -> int:
    """Enter a duty that was carried out; gives the number of its entry.

    Raises:
        NotFound: the policy has no such rule.
        TrothError: what the rule asks to be recorded is missing, or there is no event of that number.
    """
    policy = policy_of(settings)
    with open_state(settings) as state:
        if of >= 0:
            found = next(iter(state.ledger.read(of, of + 1)), None) if of < _LAST else None
            if found is None or found.kind != "event":
                raise TrothError(f"entry {of} is no event", hint="`troth duties` lists the events that wait")
        entry = deed(policy, rule, at=said.now(), actor=actor, of=of, record=record, digest=_digest(document))
        return state.ledger.append([entry])


def note_attestation(  # noqa: PLR0913 - what an attestation says, by name
    settings: Settings,
    check: str,
    promise: str,
    *,
    actor: str,
    until: str,
    scope: str,
    document: Path | None = None,
) -> int:
    """Enter what only a person can say; gives the number of its entry.

    Raises:
        TrothError: the promise does not name the check, or the end is no day that is to come.
    """
    try:
        last = date.fromisoformat(until)
    except ValueError:
        raise TrothError(f"`{until}` is no day", hint="write --until YYYY-MM-DD") from None
    policy = policy_of(settings)
    entry = attest(
        policy, check, promise, at=said.now(), actor=actor, until=last, scope=scope, digest=_digest(document)
    )
    with open_state(settings) as state:
        return state.ledger.append([entry])


def enter_file(settings: Settings, file: Path, actor: str) -> tuple[int, ...]:
    """Enter a whole file of events, deeds and attestations, all or none; gives the numbers of their entries.

        [[event]]
        id = "joined"                      # for the deeds of this file that answer it
        name = "staff-joined"
        facts = { role = "support" }

        [[deed]]
        rule = "staff-training/4"
        of = "joined"                      # an event of this file, or the number of an entry
        record = { actor = "s-17", policy-id = "2026-1" }

        [[attest]]
        check = "pentest-report"
        promise = "security-evaluation"
        until = 2027-06-30                 # or months = 12: so long from today
        scope = "test of the console and of the API by an outside laboratory"

    `as` names the role of who says it, `document` a file beside this one whose hash is kept.

    Raises:
        SourceError: it is no such file.
        NotFound: the policy knows no such event or rule.
        TrothError: something that a rule asks to be recorded is missing; nothing was entered.
    """
    policy, now = policy_of(settings), said.now()
    try:
        raw = tomllib.loads(load_file(file).decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        found = re.search(r"line (\d+)", str(error))
        place = Place(str(file), int(found[1]) if found else 1)
        raise SourceError("this is not TOML", place, hint="write it as docs/running.md shows") from None
    unknown = sorted(set(raw) - {"event", "deed", "attest"})
    if unknown:
        hint = "a logbook has [[event]], [[deed]] and [[attest]]"
        raise SourceError(f"`{unknown[0]}` is no part of a logbook", Place(str(file), 1), hint=hint)
    try:
        events = [_read_event(one, policy, now, actor) for one in raw.get("event", [])]
        with open_state(settings) as state:
            first = state.ledger.size()
            known = {name: first + place for place, (name, _) in enumerate(events) if name}
            entries = [_under(entry, policy) for _, entry in events]
            deeds = raw.get("deed", [])
            entries += [_read_deed(one, known, file, policy=policy, now=now, actor=actor) for one in deeds]
            entries += [_read_attestation(one, policy, now, actor, file) for one in raw.get("attest", [])]
            if not entries:
                return ()
            start = state.ledger.append(entries)
            if (
                start != first and known
            ):  # somebody else wrote in between: events must keep the numbers that deeds name
                raise TrothError("another process wrote at the same moment", hint="enter the file again")
            return tuple(range(start, start + len(entries)))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        word = error.args[0] if isinstance(error, KeyError) else "a value"
        hint = "docs/running.md shows what each part says"
        raise SourceError(f"a part of the logbook lacks `{word}`", Place(str(file), 1), hint=hint) from None


def _read_event(one: Mapping[str, Any], policy: Policy, now: datetime, actor: str) -> tuple[str, Entry]:
    name = vocabulary_of(policy).get("event", one["name"]).key
    entry = event(
        name, at=now, actor=one.get("as", actor), argument=one.get("about", ""), facts=one.get("facts", {})
    )
    return str(one.get("id", "")), entry


def _read_deed(  # noqa: PLR0913 - what a deed of a file is made of
    one: Mapping[str, Any],
    known: Mapping[str, int],
    file: Path,
    *,
    policy: Policy,
    now: datetime,
    actor: str,
) -> Entry:
    of = one.get("of", -1)
    number = of if isinstance(of, int) else known[of]
    document = file.parent / one["document"] if "document" in one else None
    return deed(
        policy, one["rule"], at=now, actor=one.get("as", actor), of=number, record=one.get("record", {}),
        digest=_digest(document),
    )  # fmt: skip


def _read_attestation(one: Mapping[str, Any], policy: Policy, now: datetime, actor: str, file: Path) -> Entry:
    document = file.parent / one["document"] if "document" in one else None
    if "months" in one:
        until = add_months(now.date(), int(one["months"]))
    else:
        until = one["until"] if isinstance(one["until"], date) else date.fromisoformat(one["until"])
    return attest(
        policy, one["check"], one["promise"], at=now, actor=one.get("as", actor), until=until, scope=one["scope"],
        digest=_digest(document),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Book:
    """What is owed: duties that began, and duties that recur and were never done (promise and rule)."""

    owed: tuple[Owed, ...]
    never: tuple[tuple[str, str], ...]

    def as_json(self) -> dict[str, Any]:
        """The JSON shape of the book."""
        rows = [
            {
                "promise": one.promise,
                "rule": one.rule,
                "event": one.event if one.event >= 0 else None,
                "since": utc(one.since),
                "due": utc(one.due) if one.due else "",
                "deed": one.deed if one.deed >= 0 else None,
                "state": one.state,
                "missing": list(one.missing),
            }
            for one in self.owed
        ]
        return {"duties": rows, "never": [{"promise": promise, "rule": rule} for promise, rule in self.never]}


def book(settings: Settings) -> Book:
    """What is owed now.

    Raises:
        TrothError: the policy or the state can not be read.
    """
    policy = policy_of(settings)
    with open_state(settings) as state:
        where = places_of(settings, policy)[0].calendar
        return Book(owed(policy, state.ledger, said.now(), where), never_done(policy, state.ledger))


def _digest(document: Path | None) -> str:
    return hashlib.sha256(load_file(document)).hexdigest() if document else ""


def _under(entry: Entry, policy: Policy) -> Entry:
    known = {name: getattr(entry, name) for name in entry.__slots__}
    return Entry(**known | {"policy": policy.hash})
