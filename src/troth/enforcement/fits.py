"""Whether a new value is one of its kind, and whether a column can hold it: asked before anything is written."""

from __future__ import annotations

import json
import re
import unicodedata
import uuid
from datetime import date, datetime
from ipaddress import ip_interface

from troth.model.errors import TrothError
from troth.model.schema import Field
from troth.stores.walk import Value

_MAIL = re.compile(r"[^\s@<>()\[\],;:\"\\]{1,64}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W_][\w-]{0,61}[^\W_]")
_PHONE = re.compile(r"\+?[\d ().\-/]{5,25}")
_WHOLE = re.compile(r"[+-]?\d{1,18}")
_NUMBER = re.compile(r"[+-]?\d{1,30}(\.\d{1,30})?")
_DEVICE = re.compile(r"[0-9a-fA-F]{2}(?:[:-]?[0-9a-fA-F]{2}){5}(?:[:-]?[0-9a-fA-F]{2}){0,2}")
_QUOTED = r'"(?:[^"\\]|\\.)*"'
_PAIR = rf"\s*{_QUOTED}\s*=>\s*(?:{_QUOTED}|NULL)\s*"
_PAIRS = re.compile(f"(?:{_PAIR}(?:,{_PAIR})*)?", re.DOTALL)
_TRUE, _FALSE = {"true", "yes", "1", "t", "y"}, {"false", "no", "0", "f", "n"}
_PLANE, _BEYOND = {"utf8", "utf8mb3", "ucs2"}, 0x10000
"""Character sets of Unicode whose letters end before emoji."""
_CODECS = {
    "ascii": "ascii", "latin1": "cp1252", "latin2": "iso8859-2", "latin5": "iso8859-9", "latin7": "iso8859-13",
    "cp1250": "cp1250", "cp1251": "cp1251", "cp1256": "cp1256", "cp1257": "cp1257", "cp850": "cp850", "cp852": "cp852",
    "cp866": "cp866", "koi8r": "koi8-r", "koi8u": "koi8-u", "greek": "iso8859-7", "hebrew": "iso8859-8",
    "gb2312": "gb2312", "gbk": "gbk", "big5": "big5", "euckr": "euc_kr", "sjis": "shift_jis", "cp932": "cp932",
}  # fmt: skip
_LONGEST_MAIL = 254  # characters of an address in a mail command (RFC 5321 section 4.5.3.1)
_FEWEST, _MOST = 5, 15  # digits of a telephone number (ITU-T E.164)


def proper(category: str, new: str | None, today: date) -> str | None:
    """A new value as it will be written, once it is one of its category.

    Args:
        category: of the map ("contact.email").
        new: as the request gives it; None takes the value away.
        today: dates of birth lie before it.

    Raises:
        TrothError: it is not; the message never repeats it.
    """
    if new is None:
        return None
    plain = unicodedata.normalize("NFC", new).strip()
    if any(unicodedata.category(c) in {"Cc", "Cs"} and c not in "\n\t" for c in plain):
        raise TrothError("the new value holds control characters", hint="take them out")
    if not plain:
        raise TrothError("the new value is empty", hint="leave it out to take the value away")
    if category == "contact.email":
        if not _MAIL.fullmatch(plain) or len(plain) > _LONGEST_MAIL or ".." in plain:
            raise TrothError("the new value is not an e-mail address", hint="write ada@example.org")
    elif category == "contact.phone":
        digits = sum(c.isdigit() for c in plain)
        if not _PHONE.fullmatch(plain) or not _FEWEST <= digits <= _MOST:
            raise TrothError("the new value is not a telephone number", hint="write +852 2123 4567")
    elif category == "ident.birthdate":
        born = _date(plain)
        if born is None or not date(1890, 1, 1) <= born <= today:
            raise TrothError("the new value is not a date of birth", hint="write 1990-12-31")
        plain = born.isoformat()
    elif category in {"contact.name", "ident.username", "contact.company"} and "\n" in plain:
        raise TrothError("the new value has several lines", hint="write it on one line")
    return plain


def held(field: Field, new: str | None, place: str) -> Value:
    """A new value in the type of a column.

    Raises:
        TrothError: the column can not hold it; the message names the column and never the value.
    """
    if new is None:
        if not field.nullable:
            raise TrothError(f"the column {place} may not be NULL", hint="give a new value")
        return None
    spelled(field, new, place)
    if field.labels and new not in field.labels:
        raise TrothError(f"the column {place} takes only listed values", hint=", ".join(field.labels))
    if field.kind == "text":
        if field.length is not None and len(new) > field.length:
            raise TrothError(
                f"the new value is longer than the {field.length} characters of {place}", hint="shorten it"
            )
        return new
    value = _typed(field, new)
    if value is None:
        kind = (
            "pairs"
            if field.type == "HSTORE"
            else "device"
            if field.type.startswith("MACADDR")
            else field.kind
        )
        raise TrothError(f"the column {place} holds {_article(kind)}, which the new value is not")
    return value


def spelled(field: Field, new: str | None, place: str) -> None:
    """Refuse letters that the character set of a column does not have.

    Raises:
        TrothError: it lacks one of them; the message names the column and never the value.
    """
    if not new or not field.charset:
        return
    if field.charset in _PLANE:
        fits = all(ord(letter) < _BEYOND for letter in new)
    elif (codec := _CODECS.get(field.charset)) is None:
        fits = True  # the database is asked, and refuses it
    else:
        try:
            fits = bool(new.encode(codec))
        except UnicodeEncodeError:
            fits = False
    if not fits:
        raise TrothError(
            f"the new value has letters that the column {place} can not hold, whose character set is {field.charset}",
            hint="spell it otherwise, or give the column the character set utf8mb4",
        )


def _typed(field: Field, new: str) -> Value:
    """The value in a type that is no text; None where it is none of the type."""
    match field.kind:
        case "integer":
            return int(new) if _WHOLE.fullmatch(new) else None
        case "number":
            return new if _NUMBER.fullmatch(new) else None
        case "boolean":
            low = new.casefold()
            return 1 if low in _TRUE else 0 if low in _FALSE else None
        case "date":
            day = _date(new)
            return day.isoformat() if day else None
        case "time":
            return _time(new)
        case "uuid":
            return _tried(uuid.UUID, new)
        case "network" if field.type.startswith("MACADDR"):
            return new if _DEVICE.fullmatch(new) else None
        case "network":
            return _tried(ip_interface, new) and new
        case "json" if field.type == "HSTORE":
            return new if _PAIRS.fullmatch(new) else None
        case "json":
            return _tried(json.loads, new) and new
        case _:
            return None


def _tried(build: object, text: str) -> str | None:
    try:
        return str(build(text)) or None  # type: ignore[operator]
    except ValueError:
        return None


def _time(text: str) -> str | None:
    try:
        return datetime.fromisoformat(text).isoformat(sep=" ")
    except ValueError:
        return None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text.replace("/", "-").replace(".", "-"))
    except ValueError:
        return None


def _article(kind: str) -> str:
    words = {
        "integer": "a whole number", "number": "a number", "boolean": "yes or no", "date": "a date", "time": "a time",
        "uuid": "a UUID", "network": "a network address", "json": "JSON",
        "pairs": 'pairs such as "name"=>"value"', "device": "the address of a device",
    }  # fmt: skip
    return words.get(kind, f"a value of type {kind}")
