"""Bytes as characters: by byte order mark, by UTF-8, by what an HTML page declares, by plausibility."""

from __future__ import annotations

import codecs
import re

from troth.model.errors import Place, SourceError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,30})", re.IGNORECASE)
_CHINESE = ("gb18030", "big5hkscs")
# The characters that make up about a fifth of any Chinese text about personal data, in both scripts.
_COMMON = frozenset(
    "的我们您是在有和不人这個个為为以要会會用信息資资料服務务使隱隐私政策保護护提供可能与與或将將及其他网網站收集处理處"
    "理第三方法律同意权權时時對对关關如之一中上下所本公司除非要求，。、；：（）《》“”"
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f]")
_HINT = "save the text as UTF-8 and import it again"


def decode(data: bytes, here: Place) -> str:
    """The characters of a text file.

    Args:
        data: the bytes; UTF-8, UTF-16 and UTF-32 with or without mark, GB 18030 (with GBK, GB 2312), Big5,
            Windows-1252.
        here: the file, for messages.

    Raises:
        SourceError: the bytes are no text, or no encoding fits them.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _text(_try(data, encoding), here)
    wide = _wide(data)
    if wide:
        return _text(_try(data, wide), here)
    text = _try(data, "utf-8")
    if text is None and (declared := _DECLARED.search(data[:4096])):
        text = _try(data, declared.group(1).decode("ascii"))
    return _text(text if text is not None else _plausible(data), here)


def _try(data: bytes, encoding: str) -> str | None:
    """The text in this encoding, or nothing where it does not fit or does not exist."""
    try:
        return codecs.decode(data, encoding) if _is_text_encoding(encoding) else None
    except (UnicodeError, LookupError):
        return None


def _is_text_encoding(encoding: str) -> bool:
    """Whether Python knows the name as an encoding of text (a page may declare "zip" or "rot13")."""
    try:
        return codecs.lookup(encoding)._is_text_encoding  # noqa: SLF001 - the only way to tell them apart
    except LookupError:
        return False


def _wide(data: bytes) -> str:
    """UTF-16 without a mark, told by where its zero bytes stand; nothing otherwise."""
    sample = data[:4096]
    if len(sample) < 4 or len(data) % 2:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.3 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.3 * half and odd < 0.05 * half else ""


def _plausible(data: bytes) -> str | None:
    """The Chinese encoding that reads most like Chinese, or Windows-1252 for mostly ASCII bytes."""
    best, best_share = None, 0.12
    for encoding in _CHINESE:
        text = _try(data, encoding)
        beyond = [char for char in text or "" if ord(char) > 127]
        share = sum(char in _COMMON for char in beyond) / len(beyond) if beyond else 0.0
        if share > best_share:
            best, best_share = text, share
    if best is not None:
        return best
    high = sum(byte > 127 for byte in data)
    return _try(data, "cp1252") if high <= 0.2 * len(data) else None


def _text(text: str | None, here: Place) -> str:
    """The text, if it is one."""
    if text is None:
        raise SourceError("the encoding of the file can not be told", here, hint=_HINT)
    odd = _CONTROL.findall(text)
    if "\x00" in odd or len(odd) > 0.005 * len(text):
        line = text.count("\n", 0, text.find(odd[0])) + 1
        raise SourceError(
            "the file is not a text: it holds control characters",
            Place(here.file, line),
            hint="give the published text as plain text, HTML or DOCX",
        )
    return text
