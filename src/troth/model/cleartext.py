"""Does a text look like personal data in clear: the last net before a line of evidence is written for ever.

This finds accidents, not a determined author: e-mail addresses, IP addresses, and numbers long enough to be a
phone, a payment card or an identity card. Classifying the columns of a store is the data map's work.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata

_MOMENT = re.compile(r"(?<!\d)\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?(?!\d)")
_EMAIL = re.compile(r"[^\s@]@[^\s@.]+\.[^\s@.]")
_IPV4 = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?!\w|\.\d)")
_IPV6 = re.compile(r"(?<![\w:])[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7}(?![\w:])")
_NUMBER = re.compile(
    r"(?<![\w-])(?:(?:\+|00)\d[\d ().-]{6,}\d"  # with a country code
    r"|\(?\d{2,4}\)?[ .-]\d{3,4}[ .-]\d{3,4}"  # national, in groups
    r"|\d{10,19}[xX]?)(?![\w-])"  # a run of digits: mobile, payment card, identity card
)


def looks_personal(text: str) -> str:
    """What personal data a text looks like, in words ("an e-mail address"); empty where it looks harmless.

    Dates, times and hashes are harmless. Full-width and other compatibility forms count as the plain ones.
    """
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    if _EMAIL.search(plain):
        return "an e-mail address"
    plain = _MOMENT.sub("", plain)
    if _IPV4.search(plain) or any(_is_ipv6(found.group()) for found in _IPV6.finditer(plain)):
        return "an IP address"
    if _NUMBER.search(plain):
        return "a phone, card or identity number"
    return ""


def _is_ipv6(text: str) -> bool:
    try:
        return not ipaddress.IPv6Address(text).is_unspecified
    except ValueError:
        return False
