"""How a stored password was made unreadable: the scheme and its cost, from the text alone, and whether that is enough.

The costs are those of the OWASP Password Storage Cheat Sheet (2024) and NIST SP 800-63B section 3.1.1.2: a slow, salted
hash. Fast digests (MD5, SHA-1, SHA-2 alone) are guessed at billions a second and count as broken, however long they are.
"""

from __future__ import annotations

import base64
import binascii
import math
import re
from dataclasses import dataclass

ARGON2 = ((47_104, 1), (19_456, 2), (12_288, 3), (9_216, 4), (7_168, 5))
"""Memory in KiB and passes of which one pair must be reached (OWASP)."""
BCRYPT = 10
SCRYPT = 2**17 * 8
"""N times r."""
PBKDF2 = {"sha1": 1_300_000, "sha256": 600_000, "sha512": 210_000}
_PASSLIB_LIKE = re.compile(r"\$pbkdf2(?:-(sha\d+))?\$(\d+)\$[^$]+\$[^$]+")
_DJANGO = re.compile(r"pbkdf2_(sha\d+)\$(\d+)\$[^$]+\$.+")
_WERKZEUG = re.compile(r"pbkdf2:(sha\d+)(?::(\d+))?\$[^$]+\$[0-9a-f]+")
_ASPNET = re.compile(r"AQAAAA[A-Za-z0-9+/=]{40,}")
_ARGON2 = re.compile(r"(?:argon2)?\$argon2(id|i|d)\$(?:v=\d+\$)?m=(\d+),t=(\d+),p=\d+\$[^$]+\$[^$]+")
_BCRYPT = re.compile(r"(?:bcrypt\$|\{CRYPT\}|\{BCRYPT\})?\$2[abxy]?\$(\d\d)\$[./A-Za-z0-9]{53}")
_SCRYPT = re.compile(
    r"\$scrypt\$ln=(\d+),r=(\d+),p=\d+\$[^$]+\$[^$]+|scrypt:(\d+):(\d+):\d+\$[^$]+\$[0-9a-f]+"
)
_YESCRYPT = re.compile(r"\$(?:y|gy|7)\$[./A-Za-z0-9]+\$[./A-Za-z0-9$]+")
_SHACRYPT = re.compile(r"(?:\{CRYPT\})?\$([56])\$(?:rounds=(\d+)\$)?[^$]+\$[./A-Za-z0-9]{43,86}")
_FAST = (
    ("md5-crypt", re.compile(r"\$(?:1|apr1)\$[^$]+\$[./A-Za-z0-9]{22}")),
    ("phpass", re.compile(r"\$[PH]\$[./A-Za-z0-9]{31}")),
    ("ldap digest", re.compile(r"\{S?(?:MD5|SHA\d*)\}[A-Za-z0-9+/=]+", re.IGNORECASE)),
    ("salted digest", re.compile(r"(?:md5|sha1|sha256|sha512)\$[^$]*\$[0-9a-f]+")),
    ("mysql digest", re.compile(r"\*[0-9A-F]{40}")),
    ("md5", re.compile(r"[0-9a-f]{32}", re.IGNORECASE)),
    ("sha-1", re.compile(r"[0-9a-f]{40}", re.IGNORECASE)),
    ("sha-256", re.compile(r"[0-9a-f]{64}", re.IGNORECASE)),
    ("sha-512", re.compile(r"[0-9a-f]{96}|[0-9a-f]{128}", re.IGNORECASE)),
)  # fmt: skip
_SEALED = re.compile(
    r"(?:enc|sealed|vault|aes|kms|age|secret|cipher|crypt|fernet)[a-z0-9_-]{0,12}:(?:v?\d{1,3}:)?[A-Za-z0-9+/_=:.-]{16,}"
    r"|vault:v\d+:[A-Za-z0-9+/=]{16,}|gAAAAA[A-Za-z0-9_-]{60,}={0,2}|\$ANSIBLE_VAULT;.*"
    r"|-----BEGIN (?:PGP MESSAGE|AGE ENCRYPTED FILE|ENCRYPTED [A-Z ]+)-----.*|age-encryption\.org/v1.*"
    r"|eyJ[\w-]{8,}\.[\w-]*\.[\w-]+\.[\w-]+\.[\w-]+"  # JWE, RFC 7516: five parts
    r"|\\xc30d04.*",  # OpenPGP as pgcrypto writes it
    re.DOTALL | re.IGNORECASE,
)
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{22,}={0,2}")
_HEX = re.compile(r"(?:\\x|0x)?((?:[0-9a-fA-F]{2}){16,})")
_LEAST_BYTES = 16  # one block; shorter ciphertext has no room for a nonce


@dataclass(frozen=True, slots=True)
class Scheme:
    """How a password is stored: the name of the scheme with its cost, and whether that is enough."""

    name: str
    strong: bool


def scheme(value: str) -> Scheme:
    """The scheme that a stored password was made with; `plain` where it looks like none."""
    text = value.strip()
    if found := _ARGON2.fullmatch(text):
        memory, passes = int(found[2]), int(found[3])
        return Scheme(
            f"argon2{found[1]}", found[1] == "id" and any(memory >= m and passes >= t for m, t in ARGON2)
        )
    if found := _BCRYPT.fullmatch(text):
        return Scheme(f"bcrypt cost {int(found[1])}", int(found[1]) >= BCRYPT)
    if found := _SCRYPT.fullmatch(text):
        size = (1 << min(60, int(found[1]))) * int(found[2]) if found[1] else int(found[3]) * int(found[4])
        return Scheme("scrypt", size >= SCRYPT)
    for pattern in (_PASSLIB_LIKE, _DJANGO, _WERKZEUG):
        if found := pattern.fullmatch(text):
            digest, rounds = found[1] or "sha1", int(found[2] or 0)
            return Scheme(
                f"pbkdf2-{digest} {rounds:,} rounds", rounds >= PBKDF2.get(digest, PBKDF2["sha256"])
            )
    if _YESCRYPT.fullmatch(text):
        return Scheme("yescrypt", True)
    return _older(text)


def _older(text: str) -> Scheme:
    if _ASPNET.fullmatch(text):
        return _aspnet(text)
    if found := _SHACRYPT.fullmatch(text):
        # SHA-crypt is slow by its rounds alone; it takes as many as PBKDF2 to be as slow
        rounds = int(found[2] or 5000)
        digest = "sha256" if found[1] == "5" else "sha512"
        return Scheme(f"{digest}-crypt {rounds:,} rounds", rounds >= PBKDF2[digest])
    for name, pattern in _FAST:
        if pattern.fullmatch(text):
            return Scheme(name, False)
    return Scheme("encrypted" if sealed(text) else "plain", False)


def _aspnet(text: str) -> Scheme:
    """ASP.NET Core Identity, format 1: a byte, then digest, rounds and length of the salt as 32-bit numbers."""
    try:
        raw = base64.b64decode(text, validate=True)
    except binascii.Error:
        return Scheme("plain", False)
    digest = {0: "sha1", 1: "sha256", 2: "sha512"}.get(int.from_bytes(raw[1:5], "big"), "sha1")
    rounds = int.from_bytes(raw[5:9], "big")
    return Scheme(f"pbkdf2-{digest} {rounds:,} rounds", rounds >= PBKDF2[digest])


def sealed(value: str | bytes) -> bool:
    """Whether a value is plausibly ciphertext: a known envelope, or bytes as even as chance makes them.

    A digest in hex is not told from ciphertext in hex. Text in base64 is: its bytes are letters.
    """
    if isinstance(value, bytes):
        return random_looking(value)
    text = value.strip()
    if _SEALED.fullmatch(text):
        return True
    if found := _HEX.fullmatch(text):
        return random_looking(bytes.fromhex(found[1]))
    if not _BASE64.fullmatch(text):
        return False
    plain = text.replace("-", "+").replace("_", "/").rstrip("=")
    try:
        return random_looking(base64.b64decode(plain + "=" * (-len(plain) % 4)))
    except binascii.Error:
        return False


def random_looking(raw: bytes) -> bool:
    """Whether bytes look like chance: enough of them, hardly any twice for their number, and not all letters."""
    if len(raw) < _LEAST_BYTES:
        return False
    printable = sum(32 <= one < 127 for one in raw) / len(raw)
    counts: dict[int, int] = {}
    for one in raw:
        counts[one] = counts.get(one, 0) + 1
    entropy = -sum(n / len(raw) * math.log2(n / len(raw)) for n in counts.values())
    return printable < 0.75 and entropy >= 0.85 * math.log2(min(len(raw), 256))
