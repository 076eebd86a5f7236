"""Mailboxes that are none: without the sign, a website's name in place of one, or one of another company."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quoted, report

LAW = "GDPR Art. 12(2), 13(1)(a); PIPL Art. 17(1)(1), 50; PDPO DPP1(3)(b)(ii)"

_LOCAL = (
    r"(?:info|support|privacy|contact|sales|abuse|admin|help|office|hello|legal|billing|webmaster|dpo|dsb|datenschutz|compliance|"
    r"gdpr|data[-.]?protection|enquir(?:y|ies)|service|team|postmaster)"
)
_HOST = r"[a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z]{2,12}"
# "write to info at frost.example", "goes to dpo at frost dot sg"
_SPELT = Phrase(
    rf"(?<!commitment )(?<!committed )(?<!approach )(?:\bto|\bus at|[:：,]|\bcontact|\breach|\bunder|\bvia|\be-?mail|至|到|为|给) ?({_LOCAL} (?:at|\(at\)|\[at\]) [a-z\d-]+ ?(?:\.|dot) ?[a-z]{{2,12}})\b(?!\.[a-z])"
)
# "e-mail: privacy.frost.example", "the mailbox dpo.frost.example"
_BARE = Phrase(
    rf"(?:\b(?:e-?mail(?:ed)?(?: us)?|mailbox|e-?mail address|mail)(?: (?:address|is|us|to|at|under))*[:：]? ?|(?:邮箱|邮件|电邮)(?:地址)?(?:为|是|至|到)?[:：]? ?)({_HOST})(?![@\w/.-]*[@/])|"
    rf"\b(?:direct|send|address|forward|submit|write)\b[^.;@]{{0,40}}? to ((?:privacy|dpo|dsb|datenschutz|legal|abuse|info|compliance|gdpr)\.{_HOST})(?![@\w/.-]*[@/])"
)
_OFFERS = ("mail", "邮", "direct", "send", "address", "forward", "submit", "write")
_SITE = ("www.", "http", "my.", "portal.", "account.", "mail.", "webmail.")


def signless(reading: Reading) -> Iterator[str]:
    """What a sentence offers as a mailbox and that has no sign between name and host."""
    if "." not in reading.low and " dot " not in reading.low:
        return
    if " at " in reading.low or "(at)" in reading.low or "[at]" in reading.low:
        for match in _SPELT.finditer(reading.low):
            yield match[1]
    if not any(word in reading.low for word in _OFFERS):
        return
    for match in _BARE.finditer(reading.low):
        host = match[1] or match[2]
        if not host.startswith(_SITE) and "provider" not in reading.low:
            yield host


_BOX = re.compile(r"[\w.+-]+@((?:[a-z\d-]+\.)+[a-z]{2,12})\b")
_ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+|https?://\S+|\bwww\.\S+")
_HOSTS = re.compile(rf"(?<![\w@.-])(?:https?://)?(?:www\.)?({_HOST})\b(?!@)")
# boxes that belong to whoever opens them
_FREE_MAIL = frozenset(
    "gmail googlemail outlook hotmail live yahoo icloud me proton protonmail pm gmx web mail qq 163 126 sina foxmail aol zoho yandex fastmail tutanota posteo mailbox".split()
)
_OWN_WAY = Phrase(
    r"\b(?:us|we|our)\b|\b(?:privacy|dpo|data[- ]?protection|compliance)@|\b(?:requests?|complaints?|questions?|enquiries|queries|copy of your data|unsubscribe)\b|我们|本公司|本站|隐私|删除|查阅|阁下可|如有(?:任何)?疑问"
)
# whoever these are, their mailbox is elsewhere
_OTHERS = Phrase(
    r"\b(?:authorit(?:y|ies)|commission(?:er)?|regulators?|registr(?:y|ies|ars?)|ombuds\w+|tribunal|arbitrat\w+|police|court|icann|law firm|solicitors?|kanzlei|representative|external|attorneys?|consultan\w+|processors?|providers?|suppliers?|partners?|vendors?|gateway|whose|group|parent|affiliates?|subsidiar\w+|brand|formerly|trading as|on behalf)\b|专员公署|监管|服务商|提供商|合作|集团|律师|代表|公署|第三方|关联|(?<!本)(?<!我)公司"
)
_SHORTEST = 4
# two names that stand equally often: one of them is wrong
_NEITHER = "?"


def _label(host: str) -> str:
    """The name in a host, without what stands before and after it."""
    parts = host.split(".")
    end = -2 if len(parts) > 2 and len(parts[-2]) <= 3 and len(parts[-1]) == 2 else -1
    return parts[:end][-1] if parts[:end] else parts[0]


def _squeezed(low: str) -> str:
    return re.sub(r"[^a-z\d]", "", low)


def _kin(label: str, names: str) -> bool:
    """Whether a part of a label stands among names."""
    parts = [p for p in (*label.split("-"), label) if len(p) >= _SHORTEST]
    heads = [label[:n] for n in (_SHORTEST + 1,) if len(label) > n]
    return any(p in names for p in (*parts, *heads)) or len(label) < _SHORTEST


def _own(doc: Document, boxes: Iterable[tuple[Reading, str, str]], told: str) -> set[str]:
    """The names under which the company's own mailboxes are."""
    labels = [_label(host) for _, _, host in boxes]
    if doc.chinese:
        # a Chinese name shows no name of a host: the one used most is the company's
        unknown = Counter(n for n in labels if not _kin(n, told) and n not in _FREE_MAIL).most_common(2)
        if len(unknown) > 1 and unknown[0][1] == unknown[1][1]:
            return {_NEITHER}
        return {unknown[0][0]} if len(unknown) > 1 else set()
    names = _squeezed(" ".join((*(p.name.lower() for p in doc.parties), doc.readings[0].low)))
    return {n for n in labels if _kin(n, names)}


def strange(doc: Document) -> Iterator[Finding]:
    """A mailbox under a name that the text does not know, offered as the company's own (rule contact-invalid)."""
    boxes = [(r, m[0], m[1]) for r in doc.body if "@" in r.low for m in _BOX.finditer(r.low)]
    if len({_label(host) for _, _, host in boxes} - _FREE_MAIL) <= 1 or not doc.parties:
        return
    told = _squeezed(" ".join(_ADDRESS.sub(" ", r.low) for r in doc.readings))
    hosts = {_label(m[1]) for r in doc.readings for m in _HOSTS.finditer(_ADDRESS.sub(" ", r.low))}
    own = _own(doc, boxes, told)
    if not own:
        return
    lost = [
        Hit(r, box)
        for r, box, host in boxes
        if (label := _label(host)) not in own
        and label not in _FREE_MAIL
        and label not in hosts
        and not any(label in o or o in label for o in own)
        and not _kin(label, told)
        and ".gov" not in host
        and _OWN_WAY.search(r.low)
        and not any(_OTHERS.search(x.low) for x in doc.near(r, 1, 0))
    ]
    if lost:
        yield report(
            "dangling-contact/contact-invalid",
            "block",
            of(lost),
            f"a mailbox under a name that the text knows nothing of: {quoted(lost)}",
            hint="give a mailbox of the company that publishes the text, or say who the other one is",
            law=LAW,
        )


DETECTORS = (strange,)
