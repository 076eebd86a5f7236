"""Addresses people are told to use: mailboxes, telephone numbers, links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint import telephones
from troth.policy.lint.document import Document
from troth.policy.lint.mailboxes import signless
from troth.policy.lint.names import own_entities
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import quote, report

_BELOW = 4  # lines of an address below the name of the company
LAW = "GDPR Art. 12(2), 13(1)(a); PIPL Art. 17(1)(1), 50; PDPO DPP1(3)(b)(ii)"

_STREET = (
    r"(?:street|st\.|road|rd\.|avenue|ave\.?|boulevard|blvd|lane|drive|crescent|row|way|square|building|"
    r"tower|plaza|quay|yard|mews|hill|gate|wharf|walk|gardens|grove|embankment|circus|parade|"
    r"terrace|park|court|place|parkway|pkwy\.?|highway|hwy\.?|\w*(?:stra(?:ß|ss)e|str\.|gracht|weg|platz|allee|gasse|laan|"
    r"straat|gatan|vej|katu))"
)
ADDRESS = Phrase(
    r"\b[^\W\d][\w.'/-]* \d{1,4}[a-z]?(?:[-/]\d{1,4})?, (?:[a-z]{1,2}-)?(?:\d{4,6}|\d{2,3}[- ]\d{2,3})(?: [a-z]{2})?,? [^\W\d]|\b(?:jalan|jln\.?|jl\.|lorong|plot|menara|ul\.|avenida|av\.|rua|ulica) (?:no\.? ?)?[\w./ -]{0,30}\d|"
    r"\b[\w.-]+ \d{1,4}[a-z]?, (?:[a-z]{1,2}-)?\d{4,6} [a-z]|\b[a-z][\w.-]+ \d{1,4}[a-z]?，(?:[a-z]{1,2}-)?\d{4,6}(?!\d)|"
    rf"\b\d+[a-z]?[,]? (?:[\w'.-]+ ){{0,4}}?{_STREET}(?![a-z])|{_STREET},? (?:no\.? ?)?\d+|\b(?:suite|"
    rf"floor|unit|room|level|p\.?o\.? box|flat|block) #?\d+|"
    r"\b[a-z]{1,2}\d[a-z\d]? \d[a-z]{2}\b|(?<!子邮箱)(?<!邮件)(?<!邮箱)(?<!ip)(?<!网)地址(?:[:：]|为|是|位于).{2,}|\d+号|\b(?:rue|via|calle|rua|piazza) \w+.{0,20}\d",
)
EMAIL = Phrase(
    r"(?i)\[email[\s\u00a0]*protected\]|[\w.+-]{1,64}@@[\w.-]+|[\w.+%-]{0,64}@[\w.,-]{0,253}[\w]|[\w.+%-]{1,64} ?[\[(]at[\])] ?[\w.-]+|"
    r"[\w.+%-]{0,64}@\[[^\]]{0,40}\][\w.]*|[\w.+-]{1,64}@@[\w.-]+"
)
_WELL_FORMED = Phrase(
    r"(?i)[\w+%-]+(?:\.[\w+%-]+)*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:[a-z]{2,24}|xn--[a-z0-9-]+)"
)
_NOT_PUBLIC = frozenset(
    [
        "local",
        "localhost",
        "localdomain",
        "internal",
        "intranet",
        "lan",
        "corp",
        "home",
        "invalid",
        "test",
        "con",
        "cmo",
        "vom",
        "coom",
        "ocm",
        "nte",
        "ogr",
    ]
)
_FILLER = Phrase(
    r"(?i)^(?:name|email|e-mail|you|your|youremail|user|username|xxx+|someone)@|@(?:your|my)?(?:domain|"
    r"company|companyname|yourcompany|email)\."
)
_URL = Phrase(
    r"(?i)\b(?:https?|htps?|htttps?|http|ftp):?/{0,2}[^\s<>\"'()\u3000-\u303f\uff00-\uffef\u4e00-\u9fff]*|\bwww\.[^\s<>\"'()\u3000-\u303f\uff00-\uffef\u4e00-\u9fff]+"
)
_GOOD_URL = Phrase(
    r"(?i)(?:https?://)?(?:[\w-]+(?:\.[\w-]+)*\.[a-z]{2,24}|xn--[\w-]+)(?::\d{2,5})?(?:[/?#][^\s]*)?"
)
_CLOSED = Phrase(
    r"(?i)privacyshield\.gov|ec\.europa\.eu/consumers/odr|"
    r"ico\.org\.uk/for-organisations/data-protection-reform|networkadvertising\.org/(?:choices|managing)|"
    r"http://(?:www\.)?google\.com/(?:intl/\w+/)?policies|export\.gov/safeharbor|plus\.google\.com|aboutcookies\.org\.uk|privacy\.gov\.au\b|pcpd\.org\.hk/english/ordinance/ordfull|"
    r"macromedia\.com|dmoz\.org|youradchoices\.ca/choices"
)
CONTACT_LINE = Phrase(
    r"^\W*(?:e-?mail|mail|post|postal|address|tel|telephone|phone|fax|hotline|contact|customer service|website|web|live chat|whatsapp|write to us|"
    r"(?:our )?(?:registered )?office|邮箱|电子邮箱|电话|客服|地址|通信地址|热线|联系)[\w ]{0,20}[:：]|\b(?:hotline|p\.?o\.? box|gpo box|telephone|phone)\b",
)
_HOLDER = Phrase(
    r"\[(?:insert|your|company|name|date|address|e-?mail|website|url|phone|number|number|street|city|tbd|●|•|x+)[^\]]{0,40}\](?!\()|_{4,}|"
    r"\btb[dca]\b|\{\{?[^}]{2,40}\}\}?|<(?:insert|your|address|e-?mail|phone)[^>]{0,30}>|【[^】]{0,8}】",
)
# a template that nobody filled in, in whatever notation: "writing to us at: Frost Ltd, Your Address"
_LEFT_BLANK = Phrase(
    r"\b(?:writ(?:e|ing)|e-?mail(?:ing)?|mail(?:ing)?|call(?:ing)?|contact(?:ing)?|phon(?:e|ing)|reach(?:ing)?) (?:to )?us (?:at|on|by|via|under)\b(?: ?[:：][\w.&' ,-]{0,50}[ ,:：]| )(?:your|company|business|our|insert|the company) (?:\w+ )?(?:postal address|street address|mailing address|address|e-?mail(?: address)?|phone(?: number)?|telephone(?: number)?|number|contact e-?mail)(?: here)?[.>)]?$|"
    r"^\W*(?:\d[\d.]*\W*)?(?:e-?mail|mail|address|tel|telephone|phone|fax|contact)\b[^:]{0,20}[:：] ?(?:your|insert|company|enter) (?:\w+ ){0,2}?(?:address|e-?mail|phone|telephone|number|here)\b[.>)]?(?: here)?[.>)]?$|"
    r"\b(?:xxx+|yyy+)[@.-](?:xxx+|yyy+)|<<[^>]{2,40}>>|%[a-z_]{4,30}%|\$\{[^}]{2,40}\}|\b(?:insert|enter|add|put) (?:your |the |company )?(?:\w+ )?(?:address|e-?mail|phone number|telephone number|contact details) here\b|"
    r"(?:邮箱|电子邮件|电话|地址|联系方式)[^：:]{0,4}[:：] ?(?:请填写|待填|此处填写|您的公司|xx+|××+|某某)|(?:您|贵)(?:的)?公司(?:的)?(?:地址|邮箱|电话)$"
)
_GONE = Phrase(
    r"\b(?:temporarily |currently |now )?(?:offline(?! (?:app|apps|mode|machine|cop|use|storage|access|backup|media|store|shop|event|payment|sync|reading|channel|activit))|out of service|out of order|under construction|coming soon|no longer (?:monitored|in service|in operation|in use|active|"
    r"answered|available)|not (?:yet )?(?:monitored|in use|active|answered|available|working|read)|discontinued|disconnected|unmonitored|unattended|"
    r"number last published|last published by|to be (?:announced|confirmed|advised)|not in service)\b|暂停使用|已停用|无人值守|建设中|待定",
)
_OTHER_WAY = Phrase(
    r"\b(?:contact form|web ?form|online form|(?:submit|open|raise|file) a (?:\w+ )?(?:ticket|request)|help ?desk ticket|support ticket|"
    r"in-app|live chat|"
    r"toll-free|via your account|from your account|privacy (?:portal|cent(?:er|re)|dashboard)|client area|"
    r"console)\b|在线客服|工单",
)


def _bad_mail(box: str) -> bool:
    if not _WELL_FORMED.fullmatch(box) or _FILLER.search(box):
        return True
    return box.rsplit(".", 1)[-1].lower() in _NOT_PUBLIC


_PLAIN = re.compile(r"[!-~]+@[!-~]+")


def _mails(reading: Reading) -> Iterator[str]:
    if "@" not in reading.low:
        yield from signless(reading)
    if not any(sign in reading.low for sign in ("@", "(at)", "[at]", "[email")):
        return
    for match in EMAIL.finditer(reading.text):
        # in Chinese no blank parts the mailbox from the words around it
        bare = _PLAIN.search(match[0]) if reading.cjk else None
        yield (bare[0] if bare else match[0]).rstrip(".,-")


def _links(reading: Reading) -> Iterator[str]:
    if not any(sign in reading.low for sign in ("http", "www.", "htp", "ftp")):
        return
    for match in _URL.finditer(reading.text):
        link = match[0].rstrip(".,;:!?")
        if link.endswith(("]", ")", ">")) and not any(sign in link for sign in "[(<"):
            link = link[:-1]
        # "https-only" and "HTTPS/WSS" are words, no addresses
        if not re.fullmatch(r"(?:https?|www)(?:[-/](?:\w+))*", link.lower()):
            yield link


# an address that goes on after a blank: "https://help.example.com/how- to"
_CUT_LINK = re.compile(r"\bhttps?://\S+[-/_] [a-z][\w-]*\s*$")


def _bad_link(link: str) -> bool:
    host = re.sub(r"^[a-z]+:?/*", "", link, flags=re.IGNORECASE)
    private = re.match(
        r"(?:localhost|127\.|10\.|192\.168\.|[\w-]+\.(?:local|lan|internal|corp|test|invalid))(?:[:/.]|\d|$)",
        host,
        re.IGNORECASE,
    )
    return private is not None or not _GOOD_URL.fullmatch(link)


_CHANNEL = Phrase(
    r"\b(?:contact form|form on|mailbox|inbox|fax|facsimile|hotline|phone line|telephone line|e-?mail address|support desk|website|chat)\b|邮箱|热线|电话",
)


def unreachable(doc: Document) -> Iterator[Finding]:
    """Mailboxes, numbers and links that can not work (rule contact-invalid)."""
    about: list[Reading] = []
    wrong: list[str] = []
    blank = {h.reading.index: h.words for h in doc.hits(_LEFT_BLANK)}
    for reading in doc.body:
        bad = [m for m in _mails(reading) if _bad_mail(m)]
        bad += [
            n for n in telephones.numbers(reading) if telephones.wrong(doc, n, reading.text.partition(n)[2])
        ]
        bad += [link for link in _links(reading) if _bad_link(link)]
        bad += [m[0] for m in (_CUT_LINK.search(reading.text),) if m]
        line = CONTACT_LINE.search(reading.low) or "@" in reading.low
        bad += [m[0] for m in (_HOLDER.search(reading.low),) if m and line]
        if not bad and reading.index in blank:
            bad.append(blank[reading.index])
        gone = _GONE.search(reading.low)
        if gone and (line or _CHANNEL.search(reading.low)) and not {"collect", "collects"} & reading.words:
            bad.append(gone[0])
        if bad:
            about.append(reading)
            wrong += bad
    if about:
        yield report(
            "dangling-contact/contact-invalid",
            "block",
            about,
            f"nobody can be reached here: {quote(wrong)} (malformed, without a public domain, or hidden by "
            f"a page filter)",
            hint="give a complete address and test it; every right in the text depends on it",
            law=LAW,
        )


# pages of others that only tell more; nothing of the person goes there
_FURTHER = Phrase(
    r"\bfind out (?:\w+ )?more (?:\w+ )?(?:about|information)\b(?!.{0,200}\b(?:opt|choice|prefer|settings|disable|refus|block|request|complain|contact)\w*)|\b(?:for|find|get|obtain) (?:more|further|additional|general) (?:information|details)\b(?!.{0,200}\b(?:opt|choice|prefer|settings|disable|refus|block|request|complain|contact)\w*)|\b(?:learn|read) more (?:about|on)\b(?!.{0,200}\b(?:opt|choice|prefer|settings|disable|refus|block|request|complain|contact)\w*)"
)


# what people write or log in to goes over the wire, whosever site it is
_ENTERED = Phrase(
    r"\b(?:log(?:ging|ged)? ?(?:in|on)(?:to)?|sign(?:ing)? (?:in|up)|accounts?|pay\w*|submit\w*|forms?|upload\w*|order\w*|register\w*|contact\w*|write|complain\w*|request\w*|terms|polic(?:y|ies))\b"
)
_HOST = Phrase(r"^(?:https?:)?/{0,2}(?:www\.)?([^/?#:\s]+)")


def _own_hosts(doc: Document) -> frozenset[str]:
    """The domains of the publisher, as its mailboxes and names show them."""
    boxes = {m.rsplit("@", 1)[-1].lower() for r in doc.body for m in _mails(r) if not _bad_mail(m)}
    return frozenset({*boxes, *(re.sub(r"\W", "", p.name).lower() for p in doc.parties)})


def _foreign(link: str, own: frozenset[str]) -> bool:
    """Whether a link leads to somebody else's site."""
    host = _HOST.match(link.lower())
    return (
        bool(own)
        and host is not None
        and not any((name and name in host[1]) or host[1] in name for name in own)
    )


def closed_links(doc: Document) -> Iterator[Finding]:
    """Links to pages known to be gone, and links without encryption (rules link-dead, link-insecure)."""
    found = [(r, link) for r in doc.body for link in _links(r) if not _bad_link(link)]
    dead = [(r, link) for r, link in found if _CLOSED.search(link)]
    if dead:
        yield report(
            "dangling-contact/link-dead",
            "warn",
            [r for r, _ in dead],
            f"the page behind this link has been closed or moved: {quote(link for _, link in dead)}",
            hint="link the page that is in force today",
        )
    own = _own_hosts(doc)
    open_ = [
        (r, link)
        for r, link in found
        if link.lower().startswith("http://")
        and (r, link) not in dead
        and not _FURTHER.search(r.low)
        and (not _foreign(link, own) or _ENTERED.search(r.low.replace(link.lower(), " ")))
    ]
    if open_:
        yield report(
            "dangling-contact/link-insecure",
            "info",
            [r for r, _ in open_],
            f"a link without encryption: {quote(link for _, link in open_)}",
            hint="use https and check that the page still exists",
        )


_WRITE = Phrase(
    r"\bcontact(?:ing)? (?:us|form|page|details|information|our|the)\b|\bcontact:|\bcontact\W*$|/contact|\bsupport\b|联系|\bcontacted\b|\bwrite to\b"
)


def reachable(doc: Document) -> bool:
    """Whether the text gives any way to reach the publisher."""
    own = any(
        (list(_mails(r)) or list(telephones.numbers(r)) or (list(_links(r)) and _WRITE.search(r.low)))
        for r in doc.readings
    )
    return own or doc.says(_OTHER_WAY) or _written_to(doc)


def _written_to(doc: Document) -> bool:
    """Whether the postal address of the publisher stands in a line, or in lines below its name."""
    own = {r.index for entity in own_entities(doc.body) for r in entity.readings}
    return any(
        any(map(str.isdigit, r.low)) and ADDRESS.search(r.low)
        for index in own
        for r in doc.readings
        if index <= r.index <= index + _BELOW
    )


_POINTED = Phrase(
    r"(?:网站|页面|官网|本站)(?:的)?(?:下方|底部|页脚|首页).{0,8}(?:联系方式|联系信息|方式联系)|\bcontact (?:details|information|data|us)\b.{0,30}\b(?:at the (?:bottom|foot|end) of|in the footer|on) "
    r"(?:the|our|each|this) (?:\w+ )?(?:site|website|page|homepage)\b|\busing the contact (?:details|information) (?:on|at)\b"
)


_ANNOUNCED = Phrase(
    r"(?:载明|列明|所列|列出|提供|公布|公示|留有|相关|下列|以下|如下|下述|下方)的?(?:相关)?(?:联系方式|联络方式|联系信息|联络资料|联系地址|联系电话)|"
    r"\b(?:contact (?:details|information|data|address(?:es)?)|address|e-?mail address|phone number|telephone number)\b[^.;]{0,40}\b(?:provided|set out|set forth|listed|given|shown|stated|"
    r"specified|indicated|mentioned|found|available|below|above)\b(?! (?:by|to us|when) (?:you|your))|"
    r"\b(?:contact|write to|reach|e-?mail|call) us\b[^.;]{0,40}\b(?:details|address|information|number|contacts?) (?:\w+ ){0,3}?(?:below|above|here|hereunder|in this|at the (?:end|bottom|top)|in (?:the )?section)\b"
)
_ADDRESS = Phrase(
    r"\bp\.? ?o\.? box\b|\b\d{1,5}[a-z]?,? (?:[a-z'.-]+ ){1,4}(?:street|st\.|road|rd\.?|avenue|ave|lane|drive|boulevard|blvd|way|court|square|place|plaza|highway|suite|floor)\b|"
    r"\b(?:suite|floor|unit|room|level) \w{1,5}\b|\b[a-z]{1,2}\d{1,2}[a-z]? ?\d[a-z]{2}\b|\d+(?:号|楼|室|座|层|栋|弄)|邮编|\b[a-z]+str(?:aße|asse|\.) \d"
)


def _promised(doc: Document) -> list[Reading]:
    """Sentences that point to a contact in the text, where the text gives none."""
    given = any(
        list(_mails(r)) or list(telephones.numbers(r)) or _ADDRESS.search(r.low) for r in doc.readings
    )
    if given or any(list(_links(r)) and _WRITE.search(r.low) for r in doc.readings):
        return []
    return [h.reading for h in doc.hits(_ANNOUNCED) if "collect" not in h.reading.acts]


_CHANNELS = Phrase(
    r"\b(?:via|by|through) (?:our )?(?:online )?(?:e-?mail|phone|telephone|help ?desk)\b|支持渠道"
)


_WITH_US = Phrase(r"(?:联[系络]我们|与我们(?:取得)?联[系络])")
# we contact them; nothing is said on how they reach us
_OF_PERSONS = Phrase(r"\bcontact (?:you|minors|users|customers|children|visitors|them)\b(?!.*\bcontact us\b)")


def nobody(doc: Document) -> Iterator[Finding]:
    """No address at all (rule contact-missing)."""
    promised = _promised(doc)
    if (
        not promised
        and reachable(doc)
        and not (doc.says(_POINTED) and not any(list(_mails(r)) for r in doc.readings))
    ):
        return
    told = [r for r in doc.body if "contact" in r.words or "contacting" in r.words or _WITH_US.search(r.low)]
    told = [
        r
        for r in told
        if ("collect" not in r.acts or "contacting" in r.words) and not _OF_PERSONS.search(r.low)
    ]
    told += [r for r in promised if r not in told]
    told += [h.reading for h in doc.hits(_POINTED) if h.reading not in told]
    told += [
        h.reading for h in doc.hits(_CHANNELS) if h.reading not in told and "collect" not in h.reading.acts
    ]
    yield report(
        "dangling-contact/contact-missing",
        "block",
        told,
        "the text gives no address to write to: no mailbox, telephone number, form or postal address",
        hint="give a mailbox or form for privacy requests, and the postal address",
        law=LAW,
    )


DETECTORS = (unreachable, closed_links, nobody)
