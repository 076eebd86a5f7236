"""The addresses, numbers and links that a policy publishes, and whether each can be reached.

    published   what stands in the sentences, and on the register
    probe       asks the mail server about a mailbox, looks at the form of a number, asks a page for its head
    try_all     probes them all, and enters the deeds of the rules that promise a test

registers/contacts.toml   probe = ["mail", "links"]            # what may be asked over the network; none by default
                          mail_host = "mx.example"  mail_port = 25  sender = "probe@example.com"
                          [[contact]]  value = "4008889543"  international = "+86 400 888 9543"  owner = "support"
                          reached = 2026-11-02                  # when somebody last called it

A mailbox is asked for with RCPT and the message is never sent (RFC 5321 section 3.3). Nothing personal is looked at.
"""

from __future__ import annotations

import re
import smtplib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal
from urllib.error import URLError
from urllib.request import Request, urlopen

from troth.duties.deeds import deed, recurs
from troth.enforcement.project import Project
from troth.model.entry import Entry, utc
from troth.model.policy import Policy, Promise, Rule

Kind = Literal["email", "phone", "link"]
SECONDS = 10
REACHED = timedelta(days=31)
"""So long somebody's word counts that a number was answered."""
_MAIL = re.compile(r"[\w+%-]+(?:\.[\w+%-]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,24}")
_LINK = re.compile(r"https?://[^\s<>\"'()\u3000-\u303f\uff00-\uffef\u4e00-\u9fff]+", re.IGNORECASE)
_PHONE = re.compile(
    r"(?:phone|telephone|tel|hotline|call|fax|电话|热线)[^\d+]{0,24}(\+?[\d(][\d ()./-]{4,18}\d)",
    re.IGNORECASE,
)
_LEAST, _MOST = 7, 15  # digits of a number that can be called (E.164)


@dataclass(frozen=True, slots=True)
class Contact:
    """A way to reach the house, as it is published.

    Attributes:
        kind: "email", "phone" or "link".
        value: as it stands in the text.
        sentences: where it stands; empty for one that only the register has.
    """

    kind: Kind
    value: str
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Probed:
    """Whether a contact can be reached.

    Attributes:
        contact: which.
        reachable: True, False, or None where it was not asked.
        why: in words.
    """

    contact: Contact
    reachable: bool | None
    why: str


def published(policy: Policy, register: Mapping[str, Any] | None = None) -> tuple[Contact, ...]:
    """Every contact that the sentences of a policy name, each once, then those that only the register has.

    Args:
        policy: the policy.
        register: `registers/contacts.toml`.
    """
    found: dict[tuple[Kind, str], list[str]] = {}
    for binding in policy.sentences:
        for kind, value in _named(binding.sentence.text):
            found.setdefault((kind, value), []).append(binding.sentence.id)
    for one in (register or {}).get("contact", []):
        value = str(one.get("value", "")).strip()
        if value:
            found.setdefault((_kind(value), value), [])
    return tuple(Contact(what, value, tuple(where)) for (what, value), where in found.items())


def _kind(value: str) -> Kind:
    if "@" in value:
        return "email"
    return "link" if value.startswith("http") else "phone"


def probe(contact: Contact, register: Mapping[str, Any], today: date) -> Probed:
    """Whether a contact can be reached; the network is asked only where the register allows it.

    Args:
        contact: which.
        register: `registers/contacts.toml`.
        today: for how long ago a number was called.
    """
    allowed = register.get("probe", ())
    if contact.kind == "email":
        if not _MAIL.fullmatch(contact.value):
            return Probed(contact, False, "it is no complete address")
        return (
            _mailbox(contact, register)
            if "mail" in allowed
            else Probed(contact, None, "nobody may ask a mail server")
        )
    if contact.kind == "link":
        return _page(contact) if "links" in allowed else Probed(contact, None, "nobody may ask for the page")
    return _number(contact, register, today)


def try_all(
    project: Project, policy: Policy, register: Mapping[str, Any], today: date, *, actor: str = ""
) -> tuple[Probed, ...]:
    """Probe every contact, and enter the result and the deeds of the rules that promise a test of them.

    A deed is entered only where every contact of its sentence could be reached; a finding says which could not.

    Args:
        project: for the ledger and the clock.
        policy: the policy.
        register: `registers/contacts.toml`.
        today: the day, in the zone of the house.
        actor: role or job that asks; the project's own where none is given.
    """
    results = tuple(probe(one, register, today) for one in published(policy, register))
    at, who = project.clock(), actor or project.actor
    entries: list[Entry] = []
    for promise in policy.promises:
        mine = [one for one in results if set(one.contact.sentences) & set(promise.sentences)]
        for rule in promise.rules if mine else ():
            if not _tests(rule):
                continue
            about = [one for one in mine if _fits(rule, one.contact)]
            if about and all(one.reachable for one in about):
                known = {"result": "reached", "reviewer": who}
                record = {item.what: known[item.what] for item in rule.record if item.what in known}
                entries.append(deed(policy, rule.id, at=at, actor=who, record=record))
    bad = [one for one in results if one.reachable is False]
    entries += [_finding(policy, one, utc(at), who) for one in bad]
    if entries:
        project.ledger.append(entries)
    return results


def testing(policy: Policy) -> tuple[tuple[Promise, Rule], ...]:
    """The rules that promise to test a contact again and again."""
    return tuple((promise, rule) for promise in policy.promises for rule in promise.rules if _tests(rule))


def _tests(rule: Rule) -> bool:
    return rule.mode == "must" and rule.verb == "test" and recurs(rule)


def _fits(rule: Rule, contact: Contact) -> bool:
    """Whether a rule is about contacts of this kind, by its channels."""
    return (
        not rule.channels
        or {"email": "email", "phone": "phone", "link": "website"}[contact.kind] in rule.channels
    )


def _finding(policy: Policy, one: Probed, at: str, actor: str) -> Entry:
    promise = next(
        (each for each in policy.promises if set(each.sentences) & set(one.contact.sentences)), None
    )
    return Entry(
        time=at, kind="finding", actor=actor, action="probe", policy=policy.hash,
        promise=promise.id if promise else "", sentences=one.contact.sentences, outcome="broken",
        detail={"kind": one.contact.kind, "why": one.why},
    )  # fmt: skip


def _named(text: str) -> Iterator[tuple[Kind, str]]:
    for match in _MAIL.finditer(text):
        yield "email", match[0]
    for match in _LINK.finditer(text):
        yield "link", match[0].rstrip(".,;:!?")
    for match in _PHONE.finditer(text):
        yield "phone", match[1].strip()


def _number(contact: Contact, register: Mapping[str, Any], today: date) -> Probed:
    entry = _entry(register.get("contact", []), contact.value)
    wide = str(entry.get("international") or contact.value)
    digits = re.sub(r"\D", "", wide)
    if not wide.strip().startswith("+"):
        return Probed(contact, None, "the register has no international form of the number")
    if not _LEAST <= len(digits) <= _MOST or digits.startswith("0"):
        return Probed(contact, False, "the international form is no number that can be called")
    reached = entry.get("reached")
    if not isinstance(reached, date):
        return Probed(contact, None, "nobody has noted a call of the number")
    if today - reached > REACHED:
        return Probed(contact, False, f"the number was last called on {reached}")
    return Probed(contact, True, f"the number was answered on {reached}")


def _entry(register: Sequence[Mapping[str, Any]], value: str) -> Mapping[str, Any]:
    plain = re.sub(r"\s", "", value)
    return next((one for one in register if re.sub(r"\s", "", str(one.get("value", ""))) == plain), {})


def _mailbox(contact: Contact, register: Mapping[str, Any]) -> Probed:
    host = str(register.get("mail_host", "")).strip()
    if not host:
        return Probed(contact, None, "the register names no mail server to ask")
    sender = str(register.get("sender", ""))
    try:
        with smtplib.SMTP(host, int(register.get("mail_port", 25)), timeout=SECONDS) as server:
            server.ehlo_or_helo_if_needed()
            server.mail(sender)
            code = server.rcpt(contact.value)[0]
            server.rset()
    except (smtplib.SMTPException, OSError):
        return Probed(contact, None, "the mail server does not answer")
    if code in {250, 251, 252}:
        return Probed(contact, True, "the mail server takes letters for it")
    return Probed(contact, False, f"the mail server answers {code}")


def _page(contact: Contact) -> Probed:
    if not contact.value.lower().startswith(("http://", "https://")):
        return Probed(contact, False, "it is no address of a page")
    request = Request(contact.value, method="HEAD", headers={"User-Agent": "troth"})  # noqa: S310 - looked at above
    try:
        with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310 - as above
            code = int(answer.status)
    except URLError as error:
        code = int(getattr(error, "code", 0))
        if not code:
            return Probed(contact, None, "the page does not answer")
    except OSError:
        return Probed(contact, None, "the page does not answer")
    good = 200 <= code < 400
    return Probed(contact, good, f"the page answers {code}")
