"""Keyed pseudonyms: how evidence names a person without saying who it is.

A pseudonym is HMAC-SHA-256 (RFC 2104) over the normalised identifier, behind one byte with the version of the
key. Without the key nobody can go back or test a guess; with it the same person is found again however they
were spelt. When the key is replaced, older entries are found under the versions that the ring still keeps.

Two spellings are one identifier only where they are the same letters: `straße` is not `strasse`, for each may be
the address of somebody. A normal form that took them for one was used once; see `former`.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Literal

from troth.model.errors import TrothError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from hashlib import _Hash

_NO_DIGIT = {code: None for code in range(128) if not chr(code).isdigit()}
_BLOCK = 64  # bytes that SHA-256 takes at a time
_INNER, _OUTER = (bytes(code ^ pad for code in range(256)) for pad in (0x36, 0x5C))
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_WIDTHS = {  # letters and signs of East Asian width, and small ones, by the plain one they are
    code: chr(int(found[1], 16))
    for code in (0x3000, *range(0xFE50, 0xFE70), *range(0xFF01, 0xFFEF))
    if len(found := unicodedata.decomposition(chr(code)).split()) == 2
}


def unified(text: str) -> str:
    """A text with every letter in one width and one composition, as `normalise` compares it; case is left."""
    return unicodedata.normalize("NFC", text.translate(_WIDTHS))


def normalise(kind: str, value: str) -> str:
    """One spelling for every way to write an identifier.

    Case, white space, full-width and composed forms and invisible characters do not count; of a phone number
    only its digits do, with `+` for an international prefix. What is another letter counts, also where it is often
    written for the same: `ß` is not `ss`, a ligature is not its letters. The two small sigmas have one capital,
    and so are one letter.

    Args:
        kind: what it is: "email", "phone", or any other name ("login", "customer_id").
        value: the identifier as it was given.

    Raises:
        TrothError: nothing is left of it.
    """
    if value.isascii():  # has one form only
        plain = " ".join(value.lower().split())
    else:
        plain = unified(_INVISIBLE.sub("", value)).lower().replace("ς", "σ")
        plain = unicodedata.normalize("NFC", " ".join(plain.split()))
    return _of_kind(kind, plain, "NFC")


def _of_kind(kind: str, plain: str, form: Literal["NFC", "NFKC"]) -> str:
    """What counts of an identifier of this kind."""
    if kind == "phone":
        if plain.isascii():
            digits = plain.translate(_NO_DIGIT)
        else:
            digits = "".join(c if c.isascii() else str(unicodedata.digit(c)) for c in plain if c.isdigit())
        international = plain.startswith("+") or digits.startswith("00")
        plain = ("+" + digits.removeprefix("00")) if international else digits
    elif kind == "email":
        # A mark that stood behind a space now stands behind a letter, and the two are one.
        plain = unicodedata.normalize(form, plain.replace(" ", ""))
    if not plain.strip("+"):
        raise TrothError(f"the `{kind}` of the person is empty", hint="give the identifier as it is on file")
    return plain


def pseudonym(keys: Mapping[int, bytes], kind: str, value: str) -> str:
    """The pseudonym of a person under the newest key: 66 hex digits.

    Args:
        keys: the pseudonym keys of the ring by version.
        kind: what the identifier is, see `normalise`.
        value: the identifier.

    Raises:
        TrothError: the identifier is empty.
    """
    newest = max(keys)
    return _keyed(newest, keys[newest], _message(kind, value))


def pseudonyms_of_normal(keys: Mapping[int, bytes], kind: str, plain: Iterable[str]) -> Iterator[str]:
    """The pseudonyms of many values that `normalise` gave, under the newest key; those it leaves nothing of are left out."""
    newest = max(keys)
    key = keys[newest]
    for value in plain:
        if value.isascii():  # to normalise it again would change nothing
            yield _keyed(newest, key, f"{kind}\x00{value}".encode())
            continue
        with suppress(TrothError):
            yield _keyed(newest, key, _message(kind, value))


def pseudonyms(keys: Mapping[int, bytes], kind: str, value: str) -> tuple[str, ...]:
    """The pseudonyms of a person under every key of the ring, newest first.

    Raises:
        TrothError: the identifier is empty.
    """
    message = _message(kind, value)
    return tuple(_keyed(version, keys[version], message) for version in sorted(keys, reverse=True))


def unreadable(keys: Mapping[int, bytes], name: str) -> bool:
    """Whether a pseudonym was made with a key that the ring has no more, so that nobody can be known by it."""
    return int(name[:2], 16) not in keys


def former(kind: str, value: str) -> str:
    """The normal form that an identifier had in older entries, where it is another than now; empty where it is not.

    It took ligatures, `ß` and other letters for the letters they are replaced by, so the same form may be the
    normal form of somebody else now: whoever looks for entries by it has to make sure that it is not.
    """
    if value.isascii():
        return ""
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", value)).casefold()
    try:
        found = _of_kind(kind, unicodedata.normalize("NFKC", " ".join(plain.split())), "NFKC")
        return found if found != normalise(kind, value) else ""
    except TrothError:
        return ""


def _message(kind: str, value: str) -> bytes:
    return f"{kind}\x00{normalise(kind, value)}".encode()


def _keyed(version: int, key: bytes, message: bytes) -> str:
    """The version in two digits, then HMAC-SHA-256 from the two states that every message under a key begins with."""
    inside, outside = _states(key)
    inner, outer = inside.copy(), outside.copy()
    inner.update(message)
    outer.update(inner.digest())
    return f"{version:02x}{outer.hexdigest()}"


@lru_cache(maxsize=16)
def _states(key: bytes) -> tuple[_Hash, _Hash]:
    """SHA-256 after the inner and the outer pad of a key (RFC 2104): half the work of each short HMAC."""
    block = (sha256(key).digest() if len(key) > _BLOCK else key).ljust(_BLOCK, b"\0")
    return sha256(block.translate(_INNER)), sha256(block.translate(_OUTER))
