"""Where people sit and what they use: networks, places and devices, all from ranges kept for documentation and tests.

IPv4 from 198.18.0.0/15 (RFC 2544) for homes, 203.0.113.0/24 and 198.51.100.0/24 (RFC 5737) for offices and strangers,
192.0.2.0/24 for servers; IPv6 from 2001:db8::/32 (RFC 3849).
"""

from __future__ import annotations

from dataclasses import dataclass

from samples.hkcloud.provider.chance import Chance

_OPERATORS = {
    "HK": ("Harbour Broadband", "Peak Mobile", "Kowloon Fibre"),
    "CN": ("Southern Telecom (test)", "Pearl River Mobile (test)", "Unity Net (test)"),
    "": ("Example Cable", "Testnet Fibre", "Sample Mobile"),
}
_STRANGE = (
    ("Anonymous Hosting (test)", "RO", "Bucharest"), ("Open Proxy Net (test)", "BR", "Recife"),
    ("Bulk VPS (test)", "NL", "Utrecht"), ("Dial Net (test)", "RU", "Perm"),
)  # fmt: skip
_TRIPS = (("JP", "Osaka"), ("TW", "Taipei"), ("TH", "Bangkok"), ("GB", "London"), ("SG", "Singapore"))
_KINDS = (
    ("computer", "desktop", "Windows 11", "Edge 141"), ("computer", "notebook", "macOS 15", "Safari 18"),
    ("computer", "notebook", "Windows 10", "Chrome 142"), ("computer", "desktop", "Ubuntu 24.04", "Firefox 144"),
    ("mobile", "Pixel 9", "Android 16", "Chrome 142"), ("mobile", "iPhone 15", "iOS 18", "Safari 18"),
    ("mobile", "Redmi Note 13", "Android 14", "Chrome 141"), ("tablet", "iPad Air", "iPadOS 18", "Safari 18"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Network:
    """A network: `prefix` is its first part, to which a host is added."""

    prefix: str
    operator: str
    connection: str
    country: str
    city: str

    def address(self, luck: Chance) -> str:
        """An address of it."""
        if ":" in self.prefix:
            return f"{self.prefix}:{luck.whole(1, 65535):x}"
        return f"{self.prefix}.{luck.whole(1, 254)}"


@dataclass(frozen=True, slots=True)
class Device:
    """A device; `imei` and `mac` only where an app read them (a website can not)."""

    channel: str
    kind: str
    model: str
    system: str
    browser: str | None
    uuid: str
    imei: str | None
    mac: str | None

    @property
    def agent(self) -> str:
        """What it says in the User-Agent header."""
        return f"Mozilla/5.0 ({self.system}; {self.model}) {(self.browser or 'HKCloudApp 3.2').replace(' ', '/')}"


def home(luck: Chance, origin: str, city: str, country: str) -> Network:
    """The network somebody usually signs in from."""
    connection = luck.weigh((("WiFi", 0.6), ("wired", 0.2), ("4G", 0.1), ("5G", 0.1)))
    if luck.happens(0.12):
        prefix = f"2001:db8:{luck.whole(1, 65535):x}:{luck.whole(1, 255):x}:"
    else:
        prefix = f"198.{luck.whole(18, 19)}.{luck.whole(0, 255)}"
    return Network(prefix, luck.pick(_OPERATORS[origin]), connection, country, city)


def travel(luck: Chance) -> Network:
    """A hotel abroad, which is strange and still harmless."""
    country, city = luck.pick(_TRIPS)
    return Network("203.0.113", "Hotel WiFi (test)", "WiFi", country, city)


def stranger(luck: Chance) -> Network:
    """A network that attacks come from."""
    operator, country, city = luck.pick(_STRANGE)
    return Network("198.51.100", operator, "wired", country, city)


def device(luck: Chance) -> Device:
    """A device; phones and tablets are used through the app or through the website."""
    kind, model, system, browser = luck.pick(_KINDS)
    app = kind != "computer" and luck.happens(0.5)
    mac = (
        "02:00:5e:" + ":".join(luck.letters(2, "0123456789abcdef") for _ in range(3))
        if app and luck.happens(0.5)
        else None
    )
    return Device(
        "app" if app else "website", kind, model, system, None if app else browser, luck.uuid(),
        imei(luck) if app and luck.happens(0.6) else None, mac,
    )  # fmt: skip


def imei(luck: Chance) -> str:
    """An IMEI of a test type (TAC that begins with 00), with a right check digit (3GPP TS 23.003, Luhn)."""
    head = "00" + luck.digits(12)
    doubled = (int(one) * (1 + place % 2) for place, one in enumerate(head))
    return head + str(-sum(one // 10 + one % 10 for one in doubled) % 10)
