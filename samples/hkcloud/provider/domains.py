"""Domain names: contacts, registration and renewal, reminders, records and changes, queries before buying."""

from __future__ import annotations

from samples.hkcloud.provider import people
from samples.hkcloud.provider.chance import DAY, maybe, stamp
from samples.hkcloud.provider.world import Customer, Thing, World, within

_YEAR = 365 * DAY
_WORDS = (
    "harbour",
    "dimsum",
    "lantern",
    "banyan",
    "ferry",
    "noodle",
    "jade",
    "typhoon",
    "orchid",
    "tram",
    "mahjong",
    "peak",
)
Renewal = tuple[int, int]  # moment, domain number


def contact(world: World, made: Customer, account: int, at: int) -> int:
    """The registrant: the customer, or somebody of the company."""
    luck = made.luck
    who = people.person(luck) if made.company and luck.happens(0.4) else made.person
    email = made.mail if who is made.person else f"{who.slug}{made.number}@{luck.pick(people.MAIL_DOMAINS)}"
    number = world.next("domain_contacts")
    world.put("domain_contacts", (
        number, account, f"HKC{number:07}", who.name, made.company, email, who.phone, who.address, who.city, who.country,
        stamp(at),
    ))  # fmt: skip
    world.expires("account", "domain_contacts", made.closed)
    return number


def domain(
    world: World, made: Customer, owner: tuple[int, int | None], at: int
) -> tuple[int, Thing, list[Renewal]]:
    """Make a domain registered at `at` with its history; gives its number and the renewals to be ordered."""
    luck, (account, registrant) = made.luck, owner
    number = world.next("domains")
    ending = luck.pick((".example", ".test", ".example", ".hk.example", ".shop.test"))
    name = f"{luck.pick(_WORDS)}-{luck.pick(_WORDS)}{number}{ending}"
    renews = luck.happens(0.6)
    expires, renewals = at + _YEAR, []
    while expires < made.end and (renews or luck.happens(0.45)):
        renewals.append((luck.between(max(at, expires - 25 * DAY), expires - DAY), number))
        expires += _YEAR
    ended, status = None, "active"
    if expires < made.end:
        ended = expires + 30 * DAY
        ended, status = (ended, "deleted") if ended <= made.end else (None, "expired")
    if ended is None and made.closed:
        ended, status = made.closed, "transferred"
    world.put("domains", (
        number, account, name, registrant, status, renews, stamp(at), stamp(expires), maybe(ended),
    ))  # fmt: skip
    over = world.expires("domain", "domains", ended)
    _operations(world, made, number, [(at, "register"), *((one, "renew") for one, _ in renewals)], over)
    if status == "transferred":
        _operations(world, made, number, [(ended or at, "transfer-out")], over)
    _reminders(world, made, number, (at, expires), over)
    _records(world, made, (number, name), (at, ended or made.end), over)
    return number, Thing("domain", name, at, ended or made.end), renewals


def _operations(world: World, made: Customer, number: int, done: list[tuple[int, str]], over: bool) -> None:
    for at, what in done:
        world.add("domain_operations", number, what, made.mail if made.luck.happens(0.9) else None, stamp(at))
        world.truth.expired["domain:domain_operations"] += over


def _reminders(world: World, made: Customer, number: int, time: tuple[int, int], over: bool) -> None:
    """A month and a week before each expiry that has come or is near."""
    at, expires = time
    due = at + _YEAR
    while due <= expires:
        for before in (30, 7):
            sent = due - before * DAY
            if sent < made.end and not world.fault("reminder-not-sent", made.luck, 0.004):
                world.add("domain_reminders", number, before, made.mail, stamp(sent))
                world.truth.expired["domain:domain_reminders"] += over
        due += _YEAR


def _records(world: World, made: Customer, zone: tuple[int, str], time: tuple[int, int], over: bool) -> None:
    """Records as they stand now, and the changes that led there."""
    luck, (number, name), (start, end) = made.luck, zone, time
    kinds = (
        (name, "A", f"192.0.2.{luck.whole(1, 254)}"), (f"www.{name}", "CNAME", name),
        (name, "MX", f"10 mail.{name}"), (name, "TXT", "v=spf1 mx -all"),
        (f"_dmarc.{name}", "TXT", f"v=DMARC1; p=none; rua=mailto:{made.mail}"),
    )  # fmt: skip
    for label, kind, content in kinds[: luck.whole(1, 5)]:
        world.add("dns_records", number, label, kind, content, stamp(luck.between(start, end)))
        world.truth.expired["domain:dns_records"] += over
    for _ in range(luck.few(1.2 * made.lively)):
        old, new = f"192.0.2.{luck.whole(1, 254)}", f"192.0.2.{luck.whole(1, 254)}"
        world.add(
            "dns_changes", number, made.mail if luck.happens(0.9) else None,
            made.home.address(luck) if luck.happens(0.8) else None, "update", old, new, stamp(luck.between(start, end)),
        )  # fmt: skip
        world.truth.expired["domain:dns_changes"] += over


def queries(world: World, made: Customer, account: int) -> None:
    """Names somebody looked for; a window into what they plan, so kept for a short time only."""
    luck = made.luck
    for _ in range(luck.few(1.5 * made.lively)):
        at = within(made, 200 * DAY)
        name = f"{luck.pick(_WORDS)}{luck.whole(1, 99)}{luck.pick(('.example', '.test'))}"
        address = made.home.address(luck) if luck.happens(0.85) else None
        world.add("domain_queries", account, name, address, stamp(at))
        world.expires("domain-query", "domain_queries", at)
