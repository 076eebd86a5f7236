"""What is seen of people as they use the website and the app: devices, sign-ins, sessions, cookies, pages."""

from __future__ import annotations

from samples.hkcloud.provider import network
from samples.hkcloud.provider.chance import DAY, HOUR, maybe, stamp
from samples.hkcloud.provider.network import Device, Network
from samples.hkcloud.provider.people import untidy
from samples.hkcloud.provider.world import Customer, World, within

_PAGES = (
    "/console",
    "/servers/new",
    "/domains/search",
    "/pricing",
    "/help/dns",
    "/billing",
    "/blog/typhoon-season",
)
_HEX = "0123456789abcdef"
Known = tuple[int, Device, int]  # number, device, first seen


def visits(world: World, made: Customer) -> int | None:
    """Everything of this kind for one customer; gives the moment of the last sign-in."""
    if made.lively == 0:
        return None
    luck, known = made.luck, []
    for place, one in enumerate(made.devices):
        first = made.created if place == 0 else luck.between(made.created, made.end)
        known.append((world.next("devices"), one, first))
    hour = luck.whole(0, 15)  # UTC: eight in the morning to eleven at night in Hong Kong
    seen = {number: first for number, _, first in known}
    signed = []
    for _ in range(luck.few(10 * made.lively)):
        number, at, result = _usual(world, made, known, hour)
        seen[number] = max(seen[number], at)
        if result == "ok":
            signed.append(at)
    signed += _attack(world, made, hour) if luck.happens(0.035) else []
    for number, one, first in known:
        _device(world, made, (number, one, first), seen[number])
    _cookies(world, made)
    return max(signed, default=None)


def _device(world: World, made: Customer, known: Known, last: int) -> None:
    number, one, first = known
    world.put("devices", (
        number, made.number, one.channel, one.kind, one.model if made.luck.happens(0.9) else None, one.system,
        one.browser, one.uuid, one.imei, one.mac, stamp(first), stamp(last),
    ))  # fmt: skip
    world.expires("device", "devices", last)


def _usual(world: World, made: Customer, known: list[Known], hour: int) -> tuple[int, int, str]:
    """A sign-in as always: a known device, mostly at home, at the usual hours; now and then a trip.

    Gives the number of the device, the moment and how it ended.
    """
    luck = made.luck
    at = within(made, 430 * DAY)
    early = at - at % DAY + (hour + luck.whole(0, 5)) % 24 * HOUR + at % HOUR
    at = early if made.created <= early <= made.end else at
    number, device, _ = luck.pick([one for one in known if one[2] <= at] or known[:1])
    place, strange = made.home, ""
    if luck.happens(0.012):
        place, strange = network.travel(luck), "trip"
    result = "wrong-password" if luck.happens(0.04) else "ok"
    signed = _sign_in(world, made, (number, device, place), (at, result))
    if strange:
        world.truth.unusual[signed] = strange
    if result == "ok" and luck.happens(0.25):
        _session(world, made, number, at)
    return number, at, result


def _session(world: World, made: Customer, device: int, at: int) -> None:
    """A sign-in that is remembered for two weeks by a token."""
    luck, ends = made.luck, at + 14 * DAY
    revoked = luck.between(at, min(ends, made.end)) if luck.happens(0.4) else None
    world.put(
        "sessions", (luck.letters(64, _HEX), made.number, device, stamp(at), stamp(ends), maybe(revoked))
    )
    world.expires("cookie", "sessions", at)


def _sign_in(
    world: World, made: Customer, origin: tuple[int | None, Device, Network], what: tuple[int, str]
) -> int:
    """One line of the log; gives its number."""
    (number, device, place), (at, result), luck = origin, what, made.luck
    signed = world.add(
        "sign_ins", made.number if result == "ok" or luck.happens(0.8) else None, untidy(luck, made.mail), number,
        device.agent, place.address(luck), place.operator if luck.happens(0.9) else None, place.connection,
        place.country, place.city if luck.happens(0.8) else None, result, stamp(at),
    )  # fmt: skip
    world.expires("device", "sign_ins", at)
    return signed


def _attack(world: World, made: Customer, hour: int) -> list[int]:
    """Somebody else: guesses passwords, and now and then gets in; another network, device and time of day.

    Gives the moment they got in, if they did.
    """
    luck = made.luck
    at = within(made, 200 * DAY)
    at -= at % DAY
    at += (hour + 12 + luck.whole(0, 3)) % 24 * HOUR + luck.whole(0, 1800)
    if not made.created < at < made.end - 2 * HOUR:
        return []
    place, tool = network.stranger(luck), network.device(luck)
    last, inside = 0, []
    for _ in range(luck.whole(3, 9)):
        at += luck.whole(2, 90)
        last = _sign_in(world, made, (None, tool, place), (at, "wrong-password"))
        world.truth.abnormal[last] = "guessing"
    kind = "password-guessing"
    if luck.happens(0.5):
        at += luck.whole(5, 300)
        last = _sign_in(world, made, (None, tool, place), (at, "ok"))
        world.truth.abnormal[last], kind = "takeover", "sign-in-from-strange-network"
        inside.append(at)
    handled = at + luck.whole(1, 22) * HOUR
    late = world.fault("alert-not-handled", luck, 0.04)
    done = not late and handled <= world.now
    world.add(
        "alerts", made.number, last, kind, stamp(at + 60), world.staff_at(luck, handled, "security") if done else None,
        stamp(handled) if done else None, luck.pick(("blocked", "customer-asked", "harmless")) if done else None,
    )  # fmt: skip
    world.expires("alert", "alerts", at + 60)
    return inside


def _cookies(world: World, made: Customer) -> None:
    """Cookies of a visitor, and the pages they saw where they agreed to that."""
    luck, visitor = made.luck, made.luck.uuid()
    for name, category, value in (
        ("sid", "sign-in", luck.letters(32, _HEX)), ("lang", "preference", made.person.language),
        ("seen", "analytics", luck.letters(12)),
    ):  # fmt: skip
        if (category == "analytics" and not made.analytics) or luck.happens(0.4):
            continue
        at = within(made, 400 * DAY)
        known = luck.happens(0.85)
        who = (made.number, visitor) if known else (None, luck.uuid())  # some visitors never sign in
        leaks = known and category == "sign-in" and world.fault("address-in-cookie", luck, 0.003)
        world.add("cookies", *who, name, category, made.mail if leaks else value, stamp(at))
        world.expires("cookie", "cookies", at)
    if not made.analytics or not made.lively:
        return
    for _ in range(luck.few(4 * made.lively)):
        at = within(made, 460 * DAY)
        referrer = "https://search.example/?q=cloud+server" if luck.happens(0.2) else None
        world.add("page_views", made.number, visitor, luck.pick(_PAGES), referrer, stamp(at))
        world.expires("behaviour", "page_views", at)
