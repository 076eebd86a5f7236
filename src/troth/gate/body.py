"""The names of the fields in a request body: JSON, form, multipart. Strict, so that the application reads the same.

Whatever two readers could read differently (a key twice, an odd part header, another character set) is refused.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qsl

from troth.enforcement.ruling import Refused, Told
from troth.gate.collect import Undeclared, names
from troth.model.errors import TrothError

LIMIT = 1024 * 1024
"""Bytes of a body at the most, where nothing else is said."""

_MOST = 1_000  # fields of one body
_VALUE = r'"[ !#-\[\]-~]*"|[\w!#$%&+.^`|~-]+'
_TYPE = re.compile(rf"([\w.+-]+/[\w.+-]+)((?:[ \t]*;[ \t]*[\w-]+=(?:{_VALUE}))*)(?:[ \t]*;)?", re.ASCII)
_PARAMETER = re.compile(rf";[ \t]*([\w-]+)=({_VALUE})", re.ASCII)
_BOUNDARY = re.compile(r"[\w()+,./:=?-]{1,70}", re.ASCII)
_PART = re.compile(
    rb'form-data; *name="([^"\\\x00-\x1f\x7f]*)"(?:; *filename="[^"\\\x00-\x1f\x7f]*")?', re.IGNORECASE
)
_LINE = re.compile(rb"([\w-]+):([^\x00-\x1f\x7f]*)")
_END = re.compile(rb"--(?:\r\n)*")
_AS_IT_IS = {b"7bit", b"8bit", b"binary"}


class Rejected(TrothError):  # noqa: N818 - reads as the sentence it is
    """A request that is not let in, with its HTTP status."""

    def __init__(self, status: int, told: Told) -> None:
        super().__init__(told.answer, hint=told.hint)
        self.status = status
        self.told = told


def reject(status: int, error: str, hint: str) -> Rejected:
    """A rejection in words."""
    return Rejected(status, Told(error, "", (), hint))


def rejection(error: Refused) -> Rejected:
    """The rejection that a refusal becomes: 422 for what is not declared, 403 for what may not be done."""
    return Rejected(422 if isinstance(error, Undeclared) else 403, error.told)


def alone(group: BaseExceptionGroup[BaseException]) -> Refused | None:
    """The first refusal of tasks that ran at once, where nothing else went wrong in them."""
    refusals, others = group.split(Refused)
    first: BaseException | None = refusals
    while isinstance(first, BaseExceptionGroup):
        first = first.exceptions[0]
    return first if others is None and isinstance(first, Refused) else None


def too_large(limit: int) -> Rejected:
    """The rejection of a body that is too large."""
    return reject(413, f"the body is larger than {limit:,} bytes", "send less")


def fields(content_type: str, content_encoding: str, body: bytes, query: str) -> dict[str, bool]:
    """The fields of a request and whether each holds anything.

    Args:
        content_type: the header, "" where there is none.
        content_encoding: the header, "" where there is none.
        body: all of it.
        query: the text behind `?` in the address; its names are fields too.

    Raises:
        Rejected: 400 for what can not be read, 415 for a type that is not looked into.
    """
    found: dict[str, bool] = {}
    pairs = [*_pairs(query, "the query")] if query else []
    if body:
        pairs += _body(content_type, content_encoding, body)
    if len(pairs) > _MOST:
        raise reject(400, f"there are more than {_MOST:,} fields", "send less")
    for name, full in pairs:
        found[name] = found.get(name, False) or full
    return found


def _body(content_type: str, content_encoding: str, body: bytes) -> list[tuple[str, bool]]:
    kind, told = _type(content_type)
    if content_encoding.strip().lower() not in {"", "identity"}:
        raise reject(415, "the body is compressed", "send it as it is")
    if told.get("charset", "utf-8").lower() not in {"utf-8", "utf8", "us-ascii"}:
        raise reject(415, "the body is not in UTF-8", "send it in UTF-8")
    if kind == "application/json" or kind.endswith("+json"):
        return _json(body)
    if kind == "application/x-www-form-urlencoded":
        return _pairs(_decoded(body), "the form")
    if kind == "multipart/form-data" and _BOUNDARY.fullmatch(told.get("boundary", "")):
        return _multipart(body, told["boundary"].encode())
    raise reject(415, "this type of body is not taken here", "send JSON or a form")


def _type(header: str) -> tuple[str, dict[str, str]]:
    """The type of a body and its parameters, each once and in plain words; `name*=` is read differently by readers."""
    if not header.strip():
        return "", {}
    known = _TYPE.fullmatch(header.strip(" \t"))
    pairs = _PARAMETER.findall(known[2]) if known else []
    told = {name.lower(): value.strip('"') for name, value in pairs}
    if known is None or len(told) != len(pairs):
        raise reject(400, "the type of the body can not be read", "send a plain Content-Type")
    return known[1].lower(), told


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise reject(400, "the body is not UTF-8", "send it in UTF-8") from None


def _json(body: bytes) -> list[tuple[str, bool]]:
    try:
        return list(names(json.loads(_decoded(body), object_pairs_hook=_object)))
    except (ValueError, RecursionError):
        raise reject(400, "the body is not JSON", "mend it and send it again") from None
    except Rejected:
        raise
    except TrothError as error:
        raise reject(400, error.message, 'send {"field": "value"}') from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise reject(400, "a field stands twice in the body", "send each field once")
    if any("." in name or "[]" in name for name in found):
        raise reject(400, "a field has a dot or brackets in its name", "send nested objects instead")
    return found


def _pairs(text: str, what: str) -> list[tuple[str, bool]]:
    if ";" in text:  # some readers end a field there; browsers send it as %3B
        raise reject(400, f"{what} has a `;`, which some take for the end of a field", "send it as %3B")
    try:
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST)
    except (ValueError, UnicodeDecodeError):
        raise reject(400, f"{what} can not be read", "mend it and send it again") from None
    return [(name, value != "") for name, value in pairs]


def _multipart(body: bytes, boundary: bytes) -> list[tuple[str, bool]]:
    """The names of the parts (RFC 7578), whose lines end in CRLF and whose boundary stands nowhere else."""
    wrong = reject(400, "the parts of the form can not be read", "send it as browsers do")
    mark = b"--" + boundary
    before, *pieces = (b"\r\n" + body).split(b"\r\n" + mark)
    if before not in {b"", b"\r\n"} or not pieces or not _END.fullmatch(pieces[-1]):
        raise wrong
    found = []
    for piece in pieces[:-1]:
        head, blank, content = piece.partition(b"\r\n\r\n")
        if not head.startswith(b"\r\n") or not blank or mark in piece:
            raise wrong
        if len(_decoded(head).splitlines()) != head.count(b"\r\n") + 1:  # Unicode has more ends of lines
            raise wrong
        lines = [_LINE.fullmatch(line) for line in head[2:].split(b"\r\n")]
        told = [(line[1].lower(), line[2].strip()) for line in lines if line is not None]
        headers = dict(told)
        named = _PART.fullmatch(headers.get(b"content-disposition", b""))
        if named is None or not len(lines) == len(told) == len(headers):
            raise wrong
        if headers.get(b"content-transfer-encoding", b"binary").lower() not in _AS_IT_IS:
            raise wrong
        found.append((_decoded(named[1]), content != b""))
    return found
