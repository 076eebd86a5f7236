"""The business goes to another owner: the transaction, the undertaking or each person's consent, and who is left out.

begun       an event `transfer-of-business` with successor, kind of transaction and day; undertaking signed or not
manifest    how many persons, which categories, its digest: before anything is transferred
moved       through `share` with the verb `transfer`; who has not consented where no undertaking is signed is left out
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from troth.duties.deeds import event
from troth.duties.delivery import REGIONS
from troth.duties.keeping import events, kept
from troth.duties.sharing import disclose
from troth.enforcement.guard import Guard
from troth.enforcement.project import Project
from troth.enforcement.share import Shared, Target, Wish, fresh
from troth.model.condition import FactValue
from troth.model.entry import Entry, utc
from troth.model.errors import NotFound, TrothError
from troth.model.outcome import Person
from troth.model.party import Party
from troth.model.policy import Policy, vocabulary_of

BEGUN = "transfer-of-business"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """A transfer of the business.

    Attributes:
        case: its name ("T-1").
        successor: the new owner, as people are told.
        kind: a value of the fact `business-event`.
        on: the day of the transfer.
        undertaking: SHA-256 of the signed undertaking to keep this policy, hex; "" where there is none.
        scope: data categories that go over.
        seq: the event.
    """

    case: str
    successor: str
    kind: str
    on: date
    scope: tuple[str, ...]
    undertaking: str = ""
    seq: int = -1


def begin(project: Project, policy: Policy, deal: Deal, *, actor: str) -> Deal:
    """Register a transfer, and the undertaking where there is one.

    Raises:
        TrothError: there is one of this name, or the kind is none of the policy's.
        NotFound: a category is not known.
    """
    words = vocabulary_of(policy)
    term = words.find("fact", "business-event")
    if term and deal.kind not in term.values:
        raise TrothError(
            f"`{deal.kind[:20]}` is no transfer of a business", hint=f"one of {', '.join(term.values)}"
        )
    if not deal.case.strip() or not deal.successor.strip():
        raise TrothError(
            "a transfer needs a name and a successor", hint="such as: transfer begin T-1 --successor NAME"
        )
    if deal.on < project.clock().date():
        raise TrothError(f"the day of the transfer, {deal.on}, has passed", hint="name a later one")
    if any(one.detail.get("case") == deal.case for one in events(project.ledger.read(), BEGUN)):
        raise TrothError(f"there is a transfer {deal.case} already")
    scope = [words.get("data", name).key for name in deal.scope]
    detail = {
        "case": deal.case, "successor": deal.successor, "kind": deal.kind, "on": deal.on.isoformat(), "scope": scope,
        "undertaking": deal.undertaking,
    }  # fmt: skip
    facts: dict[str, FactValue] = {"undertaking-signed": bool(deal.undertaking), "business-event": deal.kind}
    number = project.ledger.append(
        [event(BEGUN, at=project.clock(), actor=actor, facts=facts, detail=detail)]
    )
    if deal.undertaking:
        started = next(iter(project.ledger.read(number, number + 1)))
        known = {"undertaking": deal.undertaking, "result": "signed"}
        made = kept(
            policy,
            started,
            ["ask"],
            known,
            at=project.clock(),
            actor=actor,
            about=["undertaking"],
            digest=deal.undertaking,
        )
        project.ledger.append(made) if made else None
    return find(project.ledger.read(), deal.case)


def find(entries: Iterable[Entry], case: str) -> Deal:
    """The transfer of a name.

    Raises:
        NotFound: there is none.
    """
    for one in events(entries, BEGUN):
        detail = one.detail
        if detail.get("case") == case:
            return Deal(
                case=case, successor=str(detail["successor"]), kind=str(detail["kind"]), on=date.fromisoformat(str(detail["on"])),
                scope=tuple(map(str, detail["scope"])), undertaking=str(detail.get("undertaking", "")), seq=one.seq,
            )  # fmt: skip
    raise NotFound(f"there is no transfer `{case[:40]}`")


@dataclass(frozen=True, slots=True)
class Gone:
    """What went over in a transfer of the business: its manifests, and the persons and rows that went."""

    manifests: int
    persons: int
    rows: int


def deals(entries: Iterable[Entry]) -> tuple[tuple[Deal, Gone], ...]:
    """Every transfer of the business that was registered, in order, with what went over."""
    every = tuple(entries)
    found = []
    for one in events(every, BEGUN):
        case = str(one.detail.get("case", ""))
        fixed = [
            each
            for each in every
            if each.kind == "plan" and each.action == "transfer" and each.detail.get("case") == case
        ]
        went = [each for each in every if _moved(each) and each.detail.get("case") == case]
        rows = sum(each.counts.get("rows", 0) for each in went)
        found.append((find(every, case), Gone(len(fixed), len({each.subject for each in went}), rows)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Abroad:
    """Data that went to a recipient in another country.

    Attributes:
        recipient, country: to whom and where.
        safeguard: what protects them there, as the register says; "" where it names nothing.
        purposes, data: what for and what, in canonical words.
        persons, rows: how many.
        last: the day on which data went last, ISO 8601.
    """

    recipient: str
    country: str
    safeguard: str
    purposes: tuple[str, ...]
    data: tuple[str, ...]
    persons: int
    rows: int
    last: str

    def as_json(self) -> dict[str, object]:
        """The JSON shape of it."""
        return {
            "recipient": self.recipient, "country": self.country, "safeguard": self.safeguard,
            "purposes": list(self.purposes), "data": list(self.data), "persons": self.persons, "rows": self.rows,
            "last": self.last,
        }  # fmt: skip


def abroad(entries: Iterable[Entry], home: str) -> tuple[Abroad, ...]:
    """What left for other countries, by recipient and country, from the entries of what left.

    Args:
        entries: the ledger.
        home: the region that the policy names first, a value of the fact `region`.
    """
    by: dict[tuple[str, str], list[Entry]] = {}
    for one in entries:
        country = str(one.detail.get("country", "")).upper()
        left = one.kind == "disclosed" and one.outcome in {"done", "taken up"}
        if left and country and REGIONS.get(country, "other") != home:
            by.setdefault((str(one.detail.get("recipient", "")), country), []).append(one)
    return tuple(
        Abroad(
            recipient=name, country=country, safeguard=str(some[-1].detail.get("safeguard", "")),
            purposes=tuple(sorted({str(each.detail.get("purpose", "")) for each in some} - {""})),
            data=tuple(sorted({str(word) for each in some for word in each.detail.get("data", ())})),
            persons=len({each.subject for each in some if each.subject}),
            rows=sum(each.counts.get("rows", 1) for each in some),
            last=max(str(each.detail.get("left") or each.time[:10]) for each in some),
        )
        for (name, country), some in sorted(by.items())
    )  # fmt: skip


def _moved(one: Entry) -> bool:
    return one.kind == "disclosed" and one.action == "transfer" and one.outcome == "done"


def move(  # noqa: PLR0913 - what a transfer needs, by name
    project: Project, guard: Guard, case: str, people: Iterable[Person], *, target: Target, told: bool = False
) -> Shared:
    """Transfer the data of persons; the manifest is written first, and whoever does not consent is left out by the guard.

    Args:
        project: stores and ledger.
        guard: decides, with what the ledger says of each person's consent.
        case: the transfer.
        people: whose data may go.
        target: the file.
        told: the persons were sent the notice that the policy asks for.

    Raises:
        NotFound: there is no such transfer.
        NotShared: the file is there already; no manifest was written.
    """
    fresh(target)
    deal, everyone = find(project.ledger.read(), case), list(people)
    subjects = sorted(project.pseudonym(one) for one in everyone)
    body = {"case": case, "scope": list(deal.scope), "persons": subjects}
    digest = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
    started = next(iter(project.ledger.read(deal.seq, deal.seq + 1)))
    known = {
        "recipient": deal.successor, "data-categories": ", ".join(deal.scope),
        "subject-reference": f"{len(everyone)} persons", "legal-basis": "undertaking" if deal.undertaking else "consent",
    }  # fmt: skip
    manifest = kept(
        guard.policy, started, ["register"], known, at=project.clock(), actor=project.actor, digest=digest
    )
    noted = Entry(
        time=utc(project.clock()), kind="plan", actor=project.actor, action="transfer", policy=guard.policy.hash,
        counts={"persons": len(everyone)}, outcome="fixed", digest=digest, detail={"case": case, "scope": list(deal.scope)},
    )  # fmt: skip
    project.ledger.append([noted, *manifest])
    words = guard.table.vocabulary
    purpose = words.get("purpose", "business-transfer").key
    party = Party(
        id=case,
        name=deal.successor,
        kind="successor",
        role="third-party",
        purposes=(purpose,),
        data=deal.scope,
        transport="tls",
    )
    facts: dict[str, FactValue] = {
        "transfer-registered": True, "business-event": deal.kind, "undertaking-signed": bool(deal.undertaking),
        "notice-sent": told,
    }  # fmt: skip
    wish = Wish(
        purpose=purpose, fields=deal.scope, verb="transfer", facts=facts, case=case, note={"manifest": digest}
    )
    return disclose(project, guard, party, everyone, wish, target=target)
