"""Letters to many people, each sent once with a proof of its own, resumable after a kill, bounces taken back.

A notice is an entry of kind `notice`: `detail.about` names what it is about ("incident INC-1"), `outcome` is "sent", "failed",
"no address" or "bounced". The newest entry of a person counts. A letter has the same name however often it is tried, so a
mail server or a person can see that two are one.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from troth.duties.letters import Letter
from troth.duties.messages import admit
from troth.duties.post import Post, PostRefused
from troth.enforcement.columns import Owner, stream
from troth.enforcement.project import Project
from troth.model.datamap import Table, clock_column
from troth.model.entry import Entry, utc
from troth.model.errors import NotFound, TrothError
from troth.model.instant import is_nil_date, moment_of
from troth.model.mark import parse_fact
from troth.model.outcome import Identity, Person
from troth.model.policy import Policy
from troth.state.claim import claim, worker

REGIONS: Mapping[str, str] = {
    "HK": "hk", "CN": "cn", "GB": "uk", "UK": "uk", "SG": "sg", "US": "us",
    **dict.fromkeys(
        ("AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT", "LU", "MT", "NL",
         "PL", "PT", "RO", "SK", "SI", "ES", "SE", "IS", "LI", "NO"), "eu",
    ),
}  # fmt: skip
"""The region of a country, as the fact `region` names it; any other country is "other"."""
HOMES: Mapping[str, str] = {
    "hong-kong": "hk",
    "mainland-china": "cn",
    "eu": "eu",
    "uk": "uk",
    "sg": "sg",
    "us": "us",
    "us-ca": "us-ca",
}


_STATUS = "account-status"
SLOWEST = 1 / 3600
"""Letters a second at the least: one an hour."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody who is written to.

    Attributes:
        person: who.
        subject: their pseudonym.
        address: their e-mail address; None where none is on file.
        language: "en" or "zh".
        region: a value of the fact `region`; "" where no country is on file.
        row: store, table and key of the row that is the person.
    """

    person: Person
    subject: str
    address: Identity | None
    language: str
    region: str
    row: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Delivered:
    """How many letters were sent now, sent before, could not be sent, and had no address."""

    sent: int = 0
    before: int = 0
    failed: int = 0
    without: int = 0

    def as_json(self) -> dict[str, int]:
        """The JSON shape."""
        return {"sent": self.sent, "before": self.before, "failed": self.failed, "no_address": self.without}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailing:
    """What is sent.

    Attributes:
        about: what it is about, its name in evidence ("incident INC-1").
        action: kind of notice ("breach-notice").
        message: class of the message, a value of the fact `message-class`.
        letter: the letter to somebody.
        promise, sentences: what asks for it.
        rate: letters a second; 0 for as fast as they go.
    """

    about: str
    action: str
    message: str
    letter: Callable[[Addressee], Letter]
    promise: str = ""
    sentences: tuple[str, ...] = ()
    rate: float = 0.0


def addressee(project: Project, one: Owner, language: str = "en") -> Addressee | None:
    """Somebody with their address; None where nothing names them.

    Args:
        project: the keys.
        one: the row that is the person.
        language: where no language is on file.
    """
    person = one.person
    if person is None:
        return None
    mail = next((each for each in one.identities if each.kind == "email"), None)
    said = one.value("language-preference").lower()
    country = one.value("country").upper()
    spoken = "zh" if said.startswith("zh") else "en" if said else language
    region = REGIONS.get(country, "other") if country else ""
    key = tuple(str(one.values[name]) for name in one.table.key)
    return Addressee(
        person, project.pseudonym(person), mail, spoken, region, (one.table.store, one.table.name, *key)
    )


def everybody(
    project: Project,
    language: str = "en",
    *,
    open_only: bool = False,
    there: datetime | None = None,
    used: bool = False,
) -> Iterator[Addressee]:
    """Every person of the stores, as they come; accounts behind which another person stands are left out.

    Args:
        project: map and stores.
        language: where no language is on file.
        open_only: leave out accounts that are closed, where the map says which column shows it.
        used: leave out accounts that nobody ever signed in to, where the map says which column shows it.
        there: leave out accounts that are younger than this, where the map says which column shows it.
    """
    for table in project.map.subjects():
        if table.paths:
            continue
        closed = _own(table, "account-closed") if open_only else ""
        state = parse_fact(table.facts[_STATUS]) if closed and _STATUS in table.facts else None
        came = _own(table, "collection") if there else ""
        seen = _own(table, "last-sign-in") if used else ""
        names = tuple(dict.fromkeys((*table.key, *(one.name for one in table.columns))))
        status = state.column if state else ""
        wanted = tuple(dict.fromkeys((*names, *(one for one in (closed, status, came, seen) if one))))
        for row in stream(project, table.store, table.name, wanted):
            values = dict(zip(wanted, row, strict=True))
            if closed and _happened(values[closed], project.clock()):
                said = state.read(values[status], project.clock()) if state else None
                if said in (
                    None,
                    "closed",
                ):  # an old moment beside another state: the account is in use again
                    continue
            if seen and not _happened(values[seen], None):
                continue
            if came and there and (moment := moment_of(values[came])) is not None and moment > there:
                continue
            found = addressee(project, Owner(table, values, project.map.key_words(table)), language)
            if found is not None:
                yield found


def _own(table: Table, name: str) -> str:
    """The column of a table itself that an event is read from; "" where there is none."""
    named = table.events.get(name)
    place, column = clock_column(named) if named else ("", "")
    return column if not place else ""


def _happened(cell: object, now: datetime | None) -> bool:
    """Whether a cell says that something has happened: not an empty text, 0 or the nil date, and no moment still to come."""
    if cell is None or is_nil_date(cell) or str(cell).strip() in {"", "0"}:
        return False
    moment = moment_of(cell)
    return moment is None or now is None or moment <= now


def standing(entries: Iterable[Entry], about: str) -> dict[str, Entry]:
    """The newest notice about something, by pseudonym."""
    found: dict[str, Entry] = {}
    for one in entries:
        if one.kind == "notice" and one.detail.get("about") == about and one.subject:
            found[one.subject] = one
    return found


def deliver(  # noqa: PLR0913 - what a mailing needs, by name
    project: Project,
    post: Post,
    policy: Policy,
    people: Iterable[Addressee],
    mailing: Mailing,
    *,
    sleep: Callable[[float], None] = time.sleep,
) -> Delivered:
    """Send a letter to each person who has not had it; each that leaves is an entry before the next is tried.

    Args:
        project: clock and ledger.
        post: takes letters away.
        policy: the policy that asks for them.
        people: whom.
        mailing: what.
        sleep: waits so many seconds, between letters where a rate is given.

    Raises:
        Taken: another process is sending this.
        TrothError: the policy does not let messages of this class leave, or the rate is none.
    """
    admit(policy, mailing.message)
    if mailing.rate and not mailing.rate >= SLOWEST:
        raise TrothError(
            "letters can not leave at this rate", hint="so many a second, such as 5; 0 for as fast as they go"
        )
    refusal = f"the letters about {mailing.about} are being sent"
    with claim(project.journal.place, mailing.about, worker(), project.clock(), refusal=refusal) as still:
        return _deliver(project, post, policy, people, mailing, sleep=sleep, still=still)


def _deliver(  # noqa: PLR0913 - see `deliver`
    project: Project,
    post: Post,
    policy: Policy,
    people: Iterable[Addressee],
    mailing: Mailing,
    *,
    sleep: Callable[[float], None],
    still: Callable[[], None],
) -> Delivered:
    """Send the letters, as the one process that does."""
    known = {who: one.outcome for who, one in standing(project.ledger.read(), mailing.about).items()}
    counts = dict.fromkeys(("sent", "before", "failed", "no address"), 0)
    todo: list[Addressee] = []
    for one in people:  # read to the end first: no store waits while letters leave
        if known.get(one.subject) == "sent" or (one.subject in known and one.address is None):
            counts["before"] += 1
        else:
            todo.append(one)
    for one in todo:
        if mailing.rate and counts["sent"]:
            sleep(1 / mailing.rate)
        still()
        outcome = _send(project, post, policy, one, mailing)
        counts[outcome] += 1
    return Delivered(counts["sent"], counts["before"], counts["failed"], counts["no address"])


def _send(project: Project, post: Post, policy: Policy, one: Addressee, mailing: Mailing) -> str:
    slug = "".join(each if each.isalnum() else "-" for each in mailing.about.lower())
    name = f"troth-{slug}-{one.subject[2:22]}"
    more: dict[str, str] = {"name": name, "class": mailing.message, "language": one.language}
    outcome = "no address"
    if one.address is not None:
        try:
            sent = post.send(one.address, mailing.letter(one), at=project.clock(), name=name)
        except PostRefused as refused:
            outcome, more["why"] = "failed", refused.message
        else:
            outcome = "sent"
            more |= {"channel": sent.channel, "proof": sent.proof}
    project.ledger.append([
        Entry(
            time=utc(project.clock()), kind="notice", actor=project.actor, action=mailing.action, subject=one.subject,
            policy=policy.hash, promise=mailing.promise, sentences=mailing.sentences, outcome=outcome,
            detail={"about": mailing.about, **more},
        )
    ])  # fmt: skip
    return outcome


def bounced(project: Project, name: str, why: str) -> int:
    """Note that a letter came back; its person counts as not told. For a hook that reads bounces (RFC 3464).

    Args:
        project: clock and ledger.
        name: name of the letter: its Message-ID up to the @.
        why: the reason, without an address ("5.1.1 no such mailbox").

    Raises:
        NotFound: no letter of that name left.
        TrothError: the reason holds an address.
    """
    plain = name.strip().strip("<>").partition("@")[0]
    sent = [one for one in project.ledger.read() if one.kind == "notice" and one.detail.get("name") == plain]
    if not sent or not plain:
        raise NotFound("no letter of this name left", hint="give the Message-ID of the letter")
    last = sent[-1]
    if "@" in why:
        raise TrothError("the reason holds an address", hint="give the code only, such as 5.1.1")
    entry = Entry(
        time=utc(project.clock()), kind="notice", actor=project.actor, action=last.action, subject=last.subject,
        policy=last.policy, promise=last.promise, sentences=last.sentences, outcome="bounced",
        detail={"about": last.detail["about"], "name": plain, "why": why, "of": last.seq},
    )  # fmt: skip
    return project.ledger.append([entry])


def told(entries: Iterable[Entry], about: str) -> tuple[dict[str, Entry], dict[str, Entry]]:
    """Who has been told and who has not, by pseudonym, with the newest notice of each."""
    newest = standing(entries, about)
    good = {who: one for who, one in newest.items() if one.outcome == "sent"}
    return good, {who: one for who, one in newest.items() if who not in good}
