"""Security statements: encryption that covers a part, passwords that can be read, credentials asked for."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint import chinese_duties
from troth.policy.lint import english_credentials as kinds
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.frames import Frame
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quoted, report
from troth.policy.lint.statement import said

LAW = "GDPR Art. 5(1)(f), 32; PIPL Art. 51; PDPO DPP4; PDPA s. 24"

_HEDGED = Phrase(
    r"\bencrypt\w*\b.{0,50}\b(?:where|when|if|as) (?:necessary|appropriate|applicable|possible|feasible|needed|practicable|"
    r"reasonable|we (?:deem|consider))|\b(?:where|when|if) (?:necessary|appropriate|applicable|possible|feasible),? (?:\w+ "
    r"){0,6}encrypt",
    Frame("encrypt 2 where-word 1 we-think"),
)
_PARTLY = Phrase(
    r"\b(?:ssl|tls|secure sockets? layer|https)\b.{0,60}\b(?:where|when|if|as) (?:necessary|appropriate|applicable|possible|feasible|needed)|"
    r"\b(?:sensitive|card|payment|financial|bank|password)\w*\b.{0,80}\bencrypt\w*\b.{0,20}\b(?:before|during|in|for|upon|"
    r"while in) (?:transmission|transit|transfer|sending)",
    Frame("sensitive-data 8 encrypt 1 while-word 3 sending"),
)
_AT_REST = Phrase(
    r"\bat rest\b|\bencrypt\w*\b.{0,60}\b(?:stor|disk|database|backup|server)|\bstored (?:only )?(?:in )?encrypted",
)


def partial(doc: Document) -> Iterator[Finding]:
    """Encryption whose reach is open (rule encryption-scope)."""
    hedged = list(doc.hits(_HEDGED))
    partly = (
        [h for h in doc.hits(_PARTLY) if not _AT_REST.search(h.reading.low)]
        if not doc.says(_AT_REST) or hedged
        else []
    )
    if hedged or partly:
        related = [r for h in hedged for r in doc.near(h.reading, 1, 0) if "stored" in r.words]
        yield report(
            "risky-promise/encryption-scope",
            "warn",
            (*of(hedged), *of(partly), *related),
            f"encryption covers a part only, or an undefined part: {quoted((*partly, *hedged))}",
            hint="say which data is encrypted in transit and which at rest",
            law=LAW,
        )


_READABLE = Phrase(
    r"\bpasswords?\b.{0,50}\b(?:encrypt\w*)\b|\bencrypt\w*\b.{0,50}\bpasswords?\b|\bpasswords?\b.{0,40}\b(?:plain ?text|"
    r"clear text|unencrypted|readable)|密码(?:均|都|会|将)?(?:经|以|采用|通过|使用)[^。；，]{0,6}加密|密码.{0,12}(?:可逆加密|对称加密|明文)|(?:可逆|对称)加密.{0,12}密码|密码.{0,12}加密(?:方式)?.{0,12}(?:还原|解密|查询|告知)",
)
_HASHED = Phrase(r"\bhash|\bsalt|\bbcrypt|\bargon|哈希|散列")
_RESENT = Phrase(
    r"\bpasswords?\b.{0,80}\bwe (?:\w+ )?(?:e-?mail|send|mail|text) (?:you )?(?:it|them|the (?:old|current|same|existing) "
    r"one|the password)|"
    r"\b(?:re-?send|send|sends|sending|sent|e-?mail|emails|emailing|forward|tell you|mail)\b(?: (?:out|you|your|it|the|to|"
    r"them|own|user ?names?|user|names?|and|login|new|current|old|lost|by|via|e-?mail|domain|a copy of)){0,8}? "
    r"passwords?\b(?!-? ?(?:reset|link|recovery|change))|"
    r"\bpassword\b.{0,60}\bwe (?:will|can|shall) (?:e-?mail|send|mail) (?:it|them|the password)|"
    r"\b(?:e-?mail|message|letter|sms)\b (?:to (?:verify|confirm)|with|containing|that (?:contains|holds|gives)|including) (?:your |the |their |a |an )?(?:(?:\w+ ){1,2}and )?"
    r"passwords?\b(?!-? ?(?:reset|link|recovery|change))|"
    r"\bpasswords?\b.{0,25}\b(?:is|are|be|been) (?:\w+ )?(?:e-?mailed|sent|mailed|re-?sent|texted)\b|(?:发送|重发|"
    r"找回).{0,8}密码(?:至|到|给)",
)
_BY_MAIL = Phrase(
    r"\b(?:log-?ins?|passwords?|credentials)\b.{0,30}\b(?:in|with|inside) (?:the|your|our|a) (?:\w+ )?(?:e-?mail|letter|message|welcome|confirmation)\b|"
    r"\b(?:passwords?|log-?ins?|credentials|access codes?|user ?names?)\b.{0,90}\b(?:by|via|in|to|through|over|per|your|registered|the|welcome|us)\b.{0,30}\b(?:e-?mails?|e-?mail id|sms|text|post|"
    r"letter|ticket|chat|telegram|whatsapp|fax)\b|\b(?:e-?mail|mail|text|post|send|sends|sent|read out|tell|give|pop|put|include|forward|dictate)\w*\b.{0,60}\b(?:the |your |his |her |their |you )?(?:old|existing|"
    r"current|new|original|same|forgotten|lost|chosen|initial|root)\b.{0,30}\b(?:passwords?|one|log-?in|credentials)\b|密码.{0,12}(?:短信|邮件|邮箱)",
    Frame("password 4 show 8 message"),
    Frame("look-up 2 your-word 0 password"),
)
_MAILING = Phrase(
    r"\b(?:find|finds|receive|receives|get|gets|comes?|arrives?|contain\w*)\b|"
    r"\b(?:send|sends|sent|e-?mail|mail|pop|put|include|included|read out|text|texted|forward|post|give|deliver\w*|emailed|mailed)\b|发送|告知",
    Frame("show"),
    Frame("look-up"),
)
_UNREADABLE = Phrase(
    r"\b(?:hash\w*|salted|bcrypt|argon2?\w*|scrypt|pbkdf2|irreversibl\w*|cannot (?:read|see|recover)|never visible|not visible|nobody can (?:read|see))\b|哈希|散列|不可逆",
)


# another password instead of the old one; nothing says that it travels
_RENEWED = Phrase(
    r"\b(?:give|giving|issue|issuing|provide|providing|assign|create|set) (?:\w+ )?(?:with )?a (?:new|fresh|replacement|different) password\b(?!.{0,60}\b(?:e-?mail|sms|text|post|letter|message|phone))"
)


# a password that people hand over for another account is collected, not sent
_ASKED_OF = Phrase(
    r"\b(?:collect|ask for|need|require|request|store|obtain|enter|provide us)\w*\b[^.;]{0,40}\bpasswords?(?:\(s\))?\b[^.;]{0,30}\b(?:for|of|to) (?:the|your|that|those|each) (?:e-?mail|other|external|third[- ]party|mail) (?:accounts?|services?|providers?|address(?:es)?)"
)


def _mailed(doc: Document) -> list[Hit]:
    """Sentences in which a password that people use is sent around."""
    known = [h for h in doc.hits(_RESENT) if not _LINK.search(h.reading.low) and not h.reading.told]
    known = [h for h in known if not _RENEWED.search(h.reading.low) and not _ASKED_OF.search(h.reading.low)]
    seen = {h.reading.index for h in known}
    more = [
        h
        for h in doc.hits(_BY_MAIL)
        if h.reading.index not in seen
        and _MAILING.search(h.reading.low)
        and not _LINK.search(h.reading.low)
        and not _RENEWED.search(h.reading.low)
        and not _ASKED_OF.search(h.reading.low)
        and not h.reading.refuses
        and not h.reading.told
        and (
            "password" in " ".join(r.low for r in doc.near(h.reading, 1, 0))
            or "login" in h.reading.low
            or "密码" in h.reading.low
        )
        and not {
            "resets",
            "confirmed",
            "cookie",
            "cookies",
            "code",
            "two-factor",
            "newsletter",
            "change",
            "reset",
        }
        & h.reading.words
    ]
    return [*known, *more]


def unreadable(doc: Document) -> Iterator[Finding]:
    """Passwords that nobody can read, and passwords that are sent (rule password-conflict)."""
    closed = [
        h
        for h in doc.hits(_UNREADABLE)
        if "password" in " ".join(r.low for r in doc.near(h.reading, 1, 0)) or "密码" in h.reading.low
    ]
    sent = [h for h in _mailed(doc) if _KEPT.search(h.reading.low)]
    if any(r.cjk for r in doc.body):
        closed += [
            h for h in doc.hits(_CJK_HASHED) if h.reading.index not in {c.reading.index for c in closed}
        ]
        sent += [
            h
            for h in chinese_duties.RESENT.found(doc)
            if "原" in h.words and h.reading.index not in {m.reading.index for m in sent}
        ]
    if closed and sent:
        yield report(
            "contradiction/password-conflict",
            "block",
            (*of(closed), *of(sent)),
            f"passwords can not be read ({quoted(closed)}), and the password in use is sent out ({quoted(sent)})",
            hint="send a link that works once; a hashed password can not be sent",
            law=LAW,
        )


_CJK_HASHED = Phrase(
    r"密码[^。；]{0,16}(?:argon2|bcrypt|scrypt|pbkdf2|哈希|散列|[杂雜][凑湊])[^。；，]{0,6}(?:存|处理|保存|后)"
)
_KEPT = Phrase(
    r"\b(?:old|existing|current|forgotten|lost|same|original|reminder|forget|forgets|lose|your password)\b|原密码|找回"
)
_LINK = Phrase(
    r"\breset (?:link|code|token)|\blinks? (?:with|by|through) which\b|\blinks? (?:that|which) (?:lets?|allows?)\b|\blink to (?:re)?set|\bone-?time|\btemporary|\bnever\b|重置链接",
)


def readable(doc: Document) -> Iterator[Finding]:
    """Passwords stored so that they can be read (rule password-encryption)."""
    hits = [
        h
        for h in doc.hits(_READABLE)
        if not _HASHED.search(h.reading.low)
        and (
            "retain" in h.reading.acts
            or "plain" in h.words.lower()
            or "databases" in h.reading.words
            or "database" in h.reading.words
        )
        and not h.reading.refuses & {"retain", "encrypt"}
    ]
    if hits and not doc.says(_HASHED):
        yield report(
            "risky-promise/password-encryption",
            "warn",
            of(hits),
            f"passwords are kept in a form that can be turned back: {quoted(hits)}",
            hint="store salted hashes from a slow hash function, and say so",
            law=LAW,
        )


def resent(doc: Document) -> Iterator[Finding]:
    """Passwords sent by message (rule password-resend)."""
    hits = _mailed(doc)
    if hits:
        yield report(
            "risky-promise/password-resend",
            "block",
            of(hits),
            f"a password is sent out, so it is stored readable and travels readable: {quoted(hits)}",
            hint="send a link that works once and lets the person set a new password",
            law=LAW,
        )


_ASKED = Phrase(
    r"\b(?:collect|request|obtain|receive|ask|need|require|information)\w*\b.{0,220}\b(?:user ?names? and passwords?|"
    r"passwords?|credentials)\b.{0,60}\b(?:ssh|root|ftp|server|log ?in to|remote|control panel|third)|"
    r"\b(?:collect|request|obtain|receive|ask for|need|require|store)\w*\b[^.;]{0,30}\b(?:user ?names? and )?passwords?(?:\(s\))?\b[^.;]{0,30}\b(?:for|of|to) (?:the|your|those|these|other|an?) (?:e-?mail|webmail|mail|social \w+|other|external|address book|registrar)\b[^.;]{0,30}\b(?:accounts?|services?|providers?)",
)


_HAND_OVER = Phrase(
    r"\b(?:provide|send|give|include|supply|tell|quote|state|e-?mail|submit) (?:us |to us )?(?:with |in )?(?:\w+ ){0,4}?(?:your |the )(?:\w+,? ){0,4}?"
    r"(?:passwords?|credentials|pin code)\b",
)


_TO_YOU = Phrase(
    r"\b(?:we|us|system) (?:\w+ )?(?:will |shall |may )?(?:provide|send|give|issue|assign) (?:to )?you\b"
)
_IF_SECRET = Phrase(
    r"\b(?:if|when|that|whether) (?:you (?:think|believe|suspect|know) )?(?:that )?(?:your|a|the|somebody|someone)[^.;]{0,20}\b(?:passwords?|credentials|pin)\b"
)


def asked(doc: Document) -> Iterator[Finding]:
    """Access credentials collected for support (rule credential-collected)."""
    hits = [
        h
        for h in doc.hits(_ASKED)
        if (h.reading.does("collect") or "ask" in h.reading.words) and not h.reading.refuses & {"collect"}
    ]
    hits += [
        h
        for h in doc.hits(_HAND_OVER)
        if not h.reading.refuses
        and not {"never", "not", "reset", "anyone"} & h.reading.words
        and not _IF_SECRET.search(h.reading.low)
        and not _TO_YOU.search(h.reading.low)
        and {"us", "service", "support", "quicker", "faster", "help", "ticket"} & h.reading.words
        and "log" not in h.reading.words
        and not any(h.reading is x.reading for x in hits)
    ]
    if hits:
        yield report(
            "risky-promise/credential-collected",
            "warn",
            of(hits),
            f"access credentials of customers are collected: {quoted(hits)}",
            hint="use temporary access that the customer can end, and never keep passwords in tickets",
            law=LAW,
        )


_PAPERS = Phrase(
    r"\b(?:documents?|certificates?|papers|proof) (?:verifying|proving|showing|of) (?:the )?credentials\b"
)


def shown(doc: Document) -> Iterator[Finding]:
    """Passwords and secret answers that staff see, ask for or keep readable (rule credential-shown)."""
    hits = said(doc, kinds.SHOWN)
    told = hits and {s.id for find in (readable, resent, asked) for f in find(doc) for s in f.sentences}
    hits = [
        h
        for h in hits
        if h.reading.sentence.id not in told
        and not _PAPERS.search(h.reading.low)
        and not _TO_YOU.search(h.reading.low)
    ]
    if hits:
        yield report(
            "risky-promise/credential-shown",
            "warn",
            of(hits),
            f"staff can read what proves who somebody is: {quoted(hits)}",
            hint="keep passwords and secret answers hashed, and verify callers by a code sent to a known device",
            law=LAW,
        )


_ON_THE_WAY = Phrase(
    r"\bencrypt\w* (?:the |all |its |their )?(?:transmission|transfer|connection|communication)s?\b|\b(?:transmission|transfer|connection)s?\b[^.;]{0,60}\b(?:is|are) (?:\w+ )?encrypted\b"
)
_CARDS = Phrase(r"\b(?:credit|debit|payment) cards?\b|\bcard numbers?\b")
_STORED_SAFELY = Phrase(
    r"\bat rest\b|\b(?:stor\w+|held|kept|databases?|saved|disks?|servers?)\b[^.;]{0,60}\b(?:encrypt\w*|token\w*|hash\w*)|\bencrypt\w*\b[^.;]{0,60}\b(?:stor\w+|databases?|held|kept|disks?)\b|\bpci\b|\btokeni[sz]\w*|"
    r"\b(?:not|never|n't)\b[^.;]{0,30}\b(?:store|keep|hold|save|retain|stored|kept)\b[^.;]{0,40}\bcards?\b|\bcards?\b[^.;]{0,40}\b(?:not|never) (?:\w+ )?(?:stored|kept|held|saved|retained)\b"
)


def on_the_way(doc: Document) -> Iterator[Finding]:
    """Card numbers encrypted on the way, and nothing on how they are stored (rule encryption-scope)."""
    hits = [h for h in doc.hits(_ON_THE_WAY) if not h.reading.refuses]
    cards = [
        h.reading for h in doc.hits(_CARDS) if h.reading.does("collect", "use") or h.reading.lead or h in hits
    ]
    if hits and cards and not any(_STORED_SAFELY.search(r.low) for r in doc.body):
        yield report(
            "risky-promise/encryption-scope",
            "info",
            (*of(hits), *cards),
            f"card numbers are encrypted on the way, and nothing says how they are stored: {quoted(hits)}",
            hint="say whether cards are stored, by whom, and how they are protected there",
            law=LAW,
        )


DETECTORS = (shown, unreadable, partial, readable, resent, asked, on_the_way)
