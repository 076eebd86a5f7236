"""What sampled values look like: check digits, formats and dictionaries, one question a value.

Each detector answers for one value; `judge` asks all of them about a column's sample and names the kind
most values have.
No detector keeps or reports a value.
"""

from __future__ import annotations

import ipaddress
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from stdnum import iban, imei, luhn
from stdnum.cn import ric
from stdnum.exceptions import ValidationError

from troth.datamap.inner import parts
from troth.datamap.names import load

ENOUGH = 3  # values that must agree before a sample says anything
MOST = 0.6  # share of the values that must agree
LOOKED_AT = 200  # distinct values of a column that are looked at
FIRST = 16  # values that decide whether a test is worth asking of the others
LONG = 2000  # characters of a value that are looked at

_EMAIL = re.compile(r"[\w.+'-]{1,64}@(?:[\w-]{1,63}\.)+[a-z]{2,24}", re.IGNORECASE)
_PHONE = re.compile(
    r"\+\d[\d ()./-]{6,18}\d|1[3-9]\d{9}|0\d{1,4}[ ()./-]\d[\d ()./-]{4,12}\d|\(\d{3}\) ?\d{3}-\d{4}"
)
_MAC = re.compile(r"(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}|(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}", re.IGNORECASE)
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_HEX = re.compile(
    r"(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})", re.IGNORECASE
)
_JWT = re.compile(r"eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*")
_HASH = re.compile(
    r"\$(?:2[abxy]|1|5|6|7|y|P|H|argon2\w*|pbkdf2\w*|scrypt|sha1|apr1)\$\S+"
    r"|(?:pbkdf2_|bcrypt|argon2|scrypt)\S*\$\S+"
    r"|\{(?:SSHA|SHA|MD5|CRYPT|SMD5)\w*\}\S+|\*[0-9A-F]{40}|!(?:bcrypt|sha)\S*"
)
_PEM = re.compile(r"-----BEGIN [A-Z0-9 ]+-----|(?:ssh-(?:rsa|ed25519|dss)|ecdsa-sha2-\S+) AAAA")
_KEY = re.compile(
    r"(?:AKIA|ASIA)[0-9A-Z]{16}|gh[pousr]_\w{36,}|sk_(?:live|test)_\w+|xox[abp]-\S+|otpauth://\S+"
)
_URL = re.compile(r"https?://\S+", re.IGNORECASE)
_AGENT = re.compile(r"(?:Mozilla|Opera|curl|Wget|okhttp|python-requests|Dalvik)/[\d.]+")
_PHP = re.compile(r"(?:a:\d+:\{.*|O:\d+:\"[^\"]+\":\d+:\{.*|s:\d+:\".*\";|[bid]:[\d.-]+;)", re.DOTALL)
_HKID = re.compile(r"([A-Z]{1,2})(\d{6})\(?([0-9A])\)?")
_BASE64 = re.compile(r"[A-Za-z0-9+/\s]{40,}={0,2}\s*")
_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
_SOA = re.compile(r"(?:[\w-]+\.)+[\w-]+\.? (?:[\w-]+\.)+[\w-]+\.? \d+ \d+ \d+ \d+ \d+")
_WORDS = re.compile(r"[^\W\d_]{2,}")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What most values of a sample are.

    Attributes:
        category: the category they speak for; empty when the format alone says nothing about a person.
        form: how they are written.
        share: share of the distinct values that agree, 0 to 1.
        reason: the format in words.
        members: keys found inside JSON or serialized values, most frequent first.
        emails: whether any value, or any text in it, holds an e-mail address.
        listed: the category of the members, where the values are lists of them (JSON, arrays, or with separators).
        mentions: share of the values that hold an e-mail address somewhere, 0 to 1.
        telling: the category of numbers with right check digits, even among values that are mostly something else.
    """

    category: str = ""
    form: str = "plain"
    share: float = 0.0
    reason: str = ""
    members: tuple[str, ...] = ()
    emails: bool = False
    listed: str = ""
    mentions: float = 0.0
    telling: str = ""


def is_email(text: str) -> bool:
    """An address of RFC 5321 in its everyday form."""
    return _EMAIL.fullmatch(text) is not None


def is_ip(text: str) -> bool:
    """An IPv4 or IPv6 address, with or without a prefix length."""
    if "." not in text and ":" not in text:
        return False
    try:
        ipaddress.ip_interface(text)
    except ValueError:
        return False
    return True


def is_card(text: str) -> bool:
    """A payment card number: known first digits, 13 to 19 digits, Luhn check digit (ISO/IEC 7812)."""
    digits = text.replace(" ", "").replace("-", "")
    return (
        digits.isascii()
        and digits.isdigit()
        and 13 <= len(digits) <= 19
        and digits[0] in "23456"
        and bool(luhn.is_valid(digits))
    )


def is_iban(text: str) -> bool:
    """An international bank account number with its check digits (ISO 13616)."""
    return len(text) >= 15 and text[:2].isalpha() and bool(iban.is_valid(text))


def is_official(text: str) -> bool:
    """A Chinese resident identity number (GB 11643) or a Hong Kong one, check digit included."""
    if len(text) == 18 and text[:17].isdigit():
        try:
            return bool(ric.validate(text))
        except ValidationError:
            return False
    return is_hkid(text)


def is_hkid(text: str) -> bool:
    """A Hong Kong identity card number: letters, six digits and the check digit modulo 11."""
    match = _HKID.fullmatch(text)
    if match is None:
        return False
    letters, digits, check = match.groups()
    figures = [36 if len(letters) == 1 else ord(letters[0]) - 55, ord(letters[-1]) - 55, *map(int, digits)]
    total = sum(figure * weight for figure, weight in zip(figures, range(9, 1, -1), strict=True))
    return "0123456789A"[-total % 11] == check


def is_imei(text: str) -> bool:
    """A mobile device number of 15 digits with its Luhn check digit (3GPP TS 23.003)."""
    return len(text) == 15 and text.isascii() and text.isdigit() and bool(imei.is_valid(text))


def is_phone(text: str) -> bool:
    """A telephone number written with a plus, a national zero or as a Chinese mobile number."""
    return _PHONE.fullmatch(text) is not None and 7 <= len(_DIGIT.findall(text)) <= 15


def is_person(text: str) -> bool:
    """A name of a person: only words, one from the dictionaries; or two to four Chinese characters."""
    given, family, chinese, _ = dictionaries()
    if 2 <= len(text) <= 4 and all("\u4e00" <= char <= "\u9fff" for char in text):
        return text[0] in chinese
    found = [one.lower() for one in re.split(r"[\s,.-]+", text) if one]
    if not 1 <= len(found) <= 4 or not all(one.isalpha() for one in found):
        return False
    return any(one in given for one in found) or (len(found) > 1 and any(one in family for one in found))


def is_surname(text: str) -> bool:
    """A single word from the dictionary of family names."""
    return text.isalpha() and text.lower() in dictionaries()[1]


def is_address(text: str) -> bool:
    """A postal address: a number and a word that streets have."""
    if not 6 <= len(text) <= 200 or not _DIGIT.search(text) or "@" in text or "://" in text:
        return False
    found = {one.lower().strip(",") for one in text.split()}
    _, _, _, streets = dictionaries()
    if not streets.isdisjoint(found):
        return len(found) > 2
    return (
        not text.isascii()
        and not streets.isdisjoint(text)
        and any("\u4e00" <= char <= "\u9fff" for char in text)
    )


def is_birthdate(text: str) -> bool:
    """A day on which a living person may have been born."""
    match = _DATE.fullmatch(text)
    return match is not None and 1915 <= int(match.group(1)) <= 2012


def is_secret(text: str) -> bool:
    """A key or token that gives itself away by its form."""
    return (
        _JWT.fullmatch(text) is not None or _PEM.match(text) is not None or _KEY.fullmatch(text) is not None
    )


def is_json(text: str) -> bool:
    """A JSON object or list; a value that was cut off counts by its beginning."""
    if text[:1] not in "{[" or len(text) < 2:
        return False
    if len(text) >= LONG:
        return re.match(r'[{\[]\s*["{\[\d]', text) is not None
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def is_pickle(value: object) -> bool:
    """A Python pickle of protocol 2 or later, as bytes or as base64 text; never loaded."""
    if isinstance(value, bytes):
        return len(value) > 3 and value[0] == 0x80 and 2 <= value[1] <= 5 and value.endswith(b".")
    return (
        isinstance(value, str)
        and len(value) > 8
        and value.startswith(("gASV", "gAJ9", "gAN9", "gARL", "gAJj", "gAN"))
    )


_TESTS: tuple[tuple[str, str, str, Callable[[str], bool]], ...] = (
    ("contact.email", "plain", "e-mail addresses", is_email),
    ("secret", "hash", "password hashes", lambda one: _HASH.fullmatch(one) is not None),
    ("secret", "plain", "keys or signed tokens", is_secret),
    ("device", "plain", "hardware (MAC) addresses", lambda one: _MAC.fullmatch(one) is not None),
    ("network", "plain", "IP addresses", is_ip),
    ("payment", "plain", "bank accounts (IBAN) with right check digits", is_iban),
    ("ident.official", "plain", "identity numbers with right check digits", is_official),
    ("device", "plain", "device numbers (IMEI) with right check digits", is_imei),
    ("payment", "plain", "card numbers with right check digits", is_card),
    ("contact.phone", "plain", "telephone numbers", is_phone),
    ("device", "plain", "browser signatures", lambda one: _AGENT.match(one) is not None),
    ("web", "plain", "web addresses", lambda one: _URL.fullmatch(one) is not None),
    ("", "json", "JSON", is_json),
    ("", "php", "serialized PHP values", lambda one: _PHP.fullmatch(one) is not None),
    ("dns", "plain", "DNS records", lambda one: _SOA.fullmatch(one) is not None),
    ("contact.name", "plain", "names of persons", is_person),
    ("contact.name", "plain", "family names", is_surname),
    ("contact.address", "plain", "postal addresses", is_address),
    ("", "uuid", "UUIDs", lambda one: _UUID.fullmatch(one) is not None),
    ("", "hash", "digests", lambda one: _HEX.fullmatch(one) is not None),
)


def judge(samples: Iterable[object]) -> Verdict:
    """What most values of a column are; a `Verdict` without category and reason when they do not agree.

    The values may be of any type; they are never evaluated, loaded or kept.
    """
    values = _distinct(samples)
    verdict = _agreed(values)
    mentions = _mentions(values)
    return replace(
        verdict,
        emails=verdict.emails or mentions >= 0.02,
        mentions=mentions,
        telling=_telling(values),
    )


def _agreed(values: list[object]) -> Verdict:
    """What most values are; which of them mention addresses is asked apart."""
    if len(values) < ENOUGH:
        return _few(values)
    if sum(map(is_pickle, values)) >= MOST * len(values):
        return Verdict("", "pickle", 1.0, "pickled Python values")
    texts = [one for one in map(as_text, values) if one]
    if len(texts) < ENOUGH:
        return Verdict()
    for category, form, reason, test in _TESTS:
        if not _promising(test, texts):
            continue
        hits = sum(map(test, texts))
        if hits >= max(ENOUGH, MOST * len(texts)):
            members = inner_keys(texts) if form in {"json", "php"} else ()
            if form == "json" and not members and (listed := _listed(texts)):
                return listed
            return Verdict(
                category,
                form,
                hits / len(texts),
                reason,
                members,
                emails=category == "contact.email",
            )
    return _listed(texts) or _prose(texts)


def _listed(texts: list[str]) -> Verdict | None:
    """Lists of e-mail addresses, as JSON or with something between; None where most values are none."""
    lists = [parts(one) for one in texts]
    hits = sum(bool(one) and all(map(is_email, one)) for one in lists)
    if hits < max(ENOUGH, MOST * len(texts)):
        return None
    form = "json" if sum(one.startswith("[") for one in texts) >= MOST * len(texts) else "free"
    reason = "lists of e-mail addresses"
    return Verdict("contact.email", form, hits / len(texts), reason, emails=True, listed="contact.email")


def _promising(test: Callable[[str], bool], texts: list[str]) -> bool:
    """Whether a test can still hold for most values: it holds for a fifth of the first ones, spread over the sample."""
    if len(texts) <= FIRST:
        return True
    spread = texts[:: len(texts) // FIRST][:FIRST]
    return sum(map(test, spread)) * 5 >= len(spread)


def _few(values: list[object]) -> Verdict:
    """One or two values say nothing alone, but JSON with keys is JSON."""
    texts = [one for one in map(as_text, values) if one]
    if texts and all(map(is_json, texts)):
        return Verdict("", "json", 1.0, "JSON", inner_keys(texts))
    return Verdict()


def _prose(texts: list[str]) -> Verdict:
    """Free text that mentions persons, or blobs that nobody can read here."""
    count = len(texts)
    if sum(len(_WORDS.findall(one)) >= 6 for one in texts) >= MOST * count:
        return Verdict("message", "free", 1.0, "free text")
    if sum(_BASE64.fullmatch(one) is not None for one in texts) >= MOST * count and any(
        len(one) > 100 for one in texts
    ):
        return Verdict("", "serialized", 1.0, "encoded binary values")
    return Verdict()


def _distinct(samples: Iterable[object]) -> list[object]:
    """The first `LOOKED_AT` distinct values; lists and objects by their JSON text."""
    seen: dict[object, None] = {}
    for one in samples:
        if isinstance(one, (str, bytes)):
            if one:
                seen[one] = None
        elif one is not None:
            seen[
                json.dumps(one, sort_keys=True, default=str) if isinstance(one, (dict, list)) else str(one)
            ] = None
        if len(seen) >= LOOKED_AT:
            break
    return list(seen)


def as_text(value: object) -> str:
    """A value as text; empty for binary that is no UTF-8."""
    if isinstance(value, bytes):
        try:
            return value[:LONG].decode("utf-8").strip()
        except UnicodeDecodeError:
            return ""
    return str(value)[:LONG].strip()


def _mentions(values: list[object]) -> float:
    """The share of the values that hold an e-mail address somewhere."""
    found = 0
    for one in values:
        text = one[:LONG].decode("latin-1") if isinstance(one, bytes) else str(one)[:LONG]
        found += "@" in text and _EMAIL.search(text) is not None
    return found / len(values) if values else 0.0


_CHECKED: tuple[tuple[str, re.Pattern[str], Callable[[str], bool]], ...] = (
    ("ident.official", re.compile(r"\d{17}[\dX]"), is_official),
    ("payment", re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}"), is_iban),
    ("payment", re.compile(r"[2-6]\d{12,18}"), is_card),
)
RARELY = 0.05  # share of the values that must be numbers with check digits, where most are something else


def _telling(values: list[object]) -> str:
    """The category of numbers with check digits among other values: where most that are written so are right."""
    texts = [one.replace(" ", "") for one in map(as_text, values)]
    for category, written, test in _CHECKED:
        alike = [one for one in texts if written.fullmatch(one)]
        if len(alike) < max(ENOUGH, RARELY * len(texts)):
            continue
        if sum(map(test, alike)) >= max(ENOUGH, MOST * len(alike)):
            return category
    return ""


_JSON_KEY = re.compile(r'"((?:[^"\\]|\\.){1,60})"\s*:')
_PHP_KEY = re.compile(r's:\d+:"([^"]{1,60})";(?=[absidON])')


def inner_keys(texts: Iterable[str]) -> tuple[str, ...]:
    """The member names inside JSON or serialized PHP texts, most frequent first, at most 40."""
    counts: Counter[str] = Counter()
    for one in texts:
        counts.update(set(_JSON_KEY.findall(one)) or set(_PHP_KEY.findall(one)))
    return tuple(key for key, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:40])


@lru_cache(maxsize=1)
def dictionaries() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    """Given names, family names, Chinese family names (characters) and words of postal addresses."""
    data = load("people.toml")
    return (
        frozenset(str(data["given"]).split()),
        frozenset(str(data["family"]).split()),
        frozenset(str(data["chinese"])),
        frozenset(str(data["streets"]).split("|")),
    )
