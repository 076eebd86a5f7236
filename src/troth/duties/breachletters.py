"""What is said about an incident: letters to persons, drafts for authorities, in English and Chinese; and who was told."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from troth.duties.delivery import Addressee, Delivered, Mailing, deliver, everybody, told
from troth.duties.incidents import (
    CODES,
    CONFIRMED,
    Incident,
    affected,
    concerned,
    confirmed,
    incident,
    remedies,
    scoped,
    summed,
    waiting,
)
from troth.duties.keeping import answering, done_for, kept
from troth.duties.letters import LANGUAGES, Letter, remedy
from troth.duties.post import Post
from troth.duties.wording import listed, stamped, worded
from troth.duties.workdays import Place, place
from troth.enforcement.project import Project
from troth.model.entry import Entry, utc
from troth.model.errors import NotFound
from troth.model.policy import Policy, vocabulary_of

ABOUT = ("data-subject", "breach-notice", "affected-persons")
LOOKING = {"en": "it is being looked into", "zh": "正在处理"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """What letters about an incident need.

    Attributes:
        project, policy: as everywhere.
        home: the place whose authority is named to persons.
        own: folder with the letters of the house; None for those of Troth.
        contact: where authorities reach the house.
        consequences: likely consequences, in words.
        language: of letters to persons of whom none is on file.
    """

    project: Project
    policy: Policy
    home: Place
    own: Path | None = None
    contact: str = ""
    consequences: str = ""
    language: str = LANGUAGES[0]


def about(case: str) -> str:
    """What notices about an incident are about."""
    return f"incident {case}"


def person_letter(breach: Breach, one: Incident, entry: Entry, language: str) -> Letter:
    """The letter to one person, who reads what of theirs is concerned."""
    words = _common(breach, one, tuple(map(str, entry.detail.get("data", ()))), language)
    return worded("breach", language, words | {"complain": remedy(breach.home, language)}, breach.own)


def authority_draft(breach: Breach, case: str, region: str, language: str) -> Letter:
    """The draft of the report to the authority of a region (GDPR art. 33(3), PIPL art. 57, PDPA s.26D).

    Raises:
        NotFound: there are no drafts in this language, no such region, or there is no such incident.
    """
    if region not in CODES and region != "other":
        raise NotFound(f"`{region[:20]}` is no region", hint=f"one of {', '.join(CODES)}, other")
    if language not in LANGUAGES:
        raise NotFound("there are no drafts in this language", hint=f"write {' or '.join(LANGUAGES)}")
    entries = tuple(breach.project.ledger.read())
    one, who = incident(entries, case), affected(entries, case)
    scope = summed(who.values())
    good, _ = told(entries, about(case))
    made = [each for each in confirmed(entries, case) if each.detail["facts"]["region"] == region]
    codes = CODES.get(region, ())
    authority = (
        place(codes[0]).authority[language]
        if codes
        else ("主管机关" if language == "zh" else "the authority")
    )
    words = _common(breach, one, tuple(scope.data), language)
    return worded(
        "breach-authority",
        language,
        words
        | {
            "authority": authority, "persons": scope.persons, "here": scope.regions.get(region, 0), "rows": scope.rows,
            "confirmed": stamped(datetime.fromisoformat(made[0].time)) if made else "-",
            "consequences": breach.consequences or LOOKING[language], "contact": breach.contact or "-",
            "told": len(good), "untold": max(0, scope.persons - len(good)),
        },
        breach.own,
    )  # fmt: skip


def _common(breach: Breach, one: Incident, data: tuple[str, ...], language: str) -> dict[str, Any]:
    words = vocabulary_of(breach.policy)
    named = []
    for key in data:
        term = words.find("data", key)
        named.append((term.zh if language == "zh" else term.en.lower()) if term else key)
    done = remedies(breach.project.ledger.read(), one.case)
    return {
        "provider": breach.policy.provider, "case": one.case, "what": one.what or LOOKING[language],
        "start": stamped(one.start), "end": stamped(one.end), "detected": stamped(one.detected),
        "data": listed(sorted(set(named)), language), "remedy": listed(done, language) if done else LOOKING[language],
    }  # fmt: skip


def tell_persons(
    breach: Breach, case: str, post: Post, *, rate: float = 0.0, sleep: Callable[[float], None] = time.sleep
) -> Delivered:
    """Write to every person concerned who has not been told; once all of a region are told, the duty is kept.

    A kill loses nothing: the same call goes on with the next person.

    Args:
        breach: project, policy and words.
        case: the incident.
        post: takes letters away.
        rate: letters a second; 0 for as fast as they go.
        sleep: waits.

    Raises:
        NotFound: there is no such incident.
        TrothError: nobody has computed yet whom it concerns.
    """
    project, policy = breach.project, breach.policy
    one, entries = incident(project.ledger.read(), case), tuple(project.ledger.read())
    scoped(entries, case)
    who = affected(entries, case)
    theirs: dict[str, Entry] = {}

    def letter(to: Addressee) -> Letter:
        return person_letter(breach, one, theirs[to.subject], to.language)

    def people() -> Any:
        for each, entry in waiting(everybody(project, breach.language), who):
            theirs[each.subject] = entry
            yield each

    rules = answering(policy, CONFIRMED, ["notify"], about=ABOUT)
    promise = rules[0][0] if rules else None
    mailing = Mailing(
        about=about(case), action="breach-notice", message="important-notice", letter=letter, rate=rate,
        promise=promise.id if promise else "", sentences=promise.sentences if promise else (),
    )  # fmt: skip
    found = deliver(project, post, policy, people(), mailing, sleep=sleep)
    settle_told(project, policy, case)
    good, _ = told(project.ledger.read(), about(case))
    gone = sum(
        subject not in theirs and subject not in good for subject in who
    )  # on file no more: nowhere to write to
    return replace(found, without=found.without + gone)


def settle_told(project: Project, policy: Policy, case: str) -> tuple[int, ...]:
    """Write the deed of each region whose persons have all been told; gives the entries."""
    entries = tuple(project.ledger.read())
    good, _ = told(entries, about(case))
    who, done = affected(entries, case), done_for(entries)
    made: list[Entry] = []
    for one in confirmed(entries, case):
        region = one.detail["facts"]["region"]
        mine = sorted(subject for subject, entry in who.items() if entry.detail.get("region") == region)
        if not mine or any(subject not in good for subject in mine):
            continue
        proofs = "\n".join(str(good[subject].detail.get("proof", "")) for subject in mine)
        deeds = kept(
            policy, one, ["notify"], {"time": utc(project.clock())}, at=project.clock(), actor=project.actor,
            about=ABOUT, digest=hashlib.sha256(proofs.encode()).hexdigest(),
        )  # fmt: skip
        made += [each for each in deeds if each.detail["rule"] not in done.get(one.seq, set())]
    if not made:
        return ()
    first = project.ledger.append(made)
    return tuple(range(first, first + len(made)))


def exercise(breach: Breach, one: Incident, *, actor: str) -> dict[str, Any]:
    """Try the plan: compute the scope of an invented incident and write all letters, without sending or keeping any.

    Leaves one entry of kind `incident`, action "exercise". Gives the figures.
    """
    found, lost = concerned(breach.project, one)
    sample = Entry(
        time=utc(one.detected),
        kind="incident",
        actor=actor,
        action="affected",
        detail={"data": ["email-address"]},
    )
    letters = [person_letter(breach, one, sample, language) for language in LANGUAGES]
    digest = hashlib.sha256(
        "\0".join(f"{each.subject}\n{each.body}" for each in letters).encode()
    ).hexdigest()
    counts = {"persons": len(found), "rows": sum(each.rows for each in found.values())}
    entry = Entry(
        time=utc(breach.project.clock()), kind="incident", actor=actor, action="exercise", policy=breach.policy.hash,
        counts=counts, outcome="done", digest=digest, detail={"case": one.case, "letters": len(letters)},
    )  # fmt: skip
    number = breach.project.ledger.append([entry])
    return {**counts, "nobody": lost, "letters": len(letters), "entry": number}
