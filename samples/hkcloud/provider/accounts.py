"""Customers and what they said about themselves: account, contacts, choices, consents, versions of the policy."""

from __future__ import annotations

import json
from dataclasses import replace

from samples.hkcloud.provider import network, people
from samples.hkcloud.provider.chance import DAY, HOUR, Chance, chance, maybe, stamp
from samples.hkcloud.provider.staff import VERSIONS
from samples.hkcloud.provider.world import BEGAN, Customer, World

_BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_NICKNAMES = ("kk", "moonfish", "小雨", "阿明", "dragon88", "teapot", "noodle", "阿嬌")
_AGENCIES = ("jade-agency.example", "webcare.example", "harbour-it.example", "cloudhelp.test")
_KEPT = 40  # customers that later ones may name, refer to or share a mailbox with


def customer(world: World, seed: int, place: tuple[int, int], *, stays: bool = False) -> Customer:
    """Make a customer with what they said about themselves: choices, consents, versions of the policy.

    Args:
        world: what all share.
        seed: the seed of the whole data.
        place: the number of the customer, and how many there are.
        stays: whether the account is open and used, whatever chance says.
    """
    number, total = place
    luck = chance(seed, "customer", number)
    share = (number - 1 + luck.random.random()) / total
    created = BEGAN + int((world.now - HOUR - BEGAN) * share**0.5)
    made = _drawn(world, luck, number, created)
    if world.recent and made.person is world.recent[-1].person:
        world.truth.twins.extend((world.recent[-1].customer_no, made.customer_no))
    if stays:
        made = replace(
            made, status="active", closed=None, end=world.now, lively=max(made.lively, 1.0), restricted=False
        )
    if made.status != "pending":
        _credential(world, made)
        _consents(world, made)
        _preferences(world, made)
        _versions(world, made)
    world.recent.append(made)
    del world.recent[:-_KEPT]
    if number % 20 == 1:
        world.some.append(made)
    return made


def _drawn(world: World, luck: Chance, number: int, created: int) -> Customer:
    """Who they are and how they will behave."""
    twin = bool(world.recent) and luck.happens(0.012)
    who = world.recent[-1].person if twin else people.person(luck)
    firm = people.company(luck) if luck.happens(0.22) else None
    age = world.now - created
    status, closed = luck.weigh((("active", 0.8), ("closed", 0.18), ("suspended", 0.02))), None
    if age < 20 * DAY:
        status = "pending" if luck.happens(0.3) else "active"
    if status == "closed" and age < 60 * DAY:
        status = "active"
    if status == "closed":
        closed = luck.between(created + 30 * DAY, world.now - DAY)
    lively = 0.0 if status == "pending" or luck.happens(0.12) else 0.2 + 3.2 * luck.random.random() ** 3
    brand = "CN2" if who.origin == "CN" and luck.happens(0.7) else "HKC"
    slug = firm.lower().replace(" ", "-") + f"-{number}.example" if firm else luck.pick(people.MAIL_DOMAINS)
    email = f"{who.slug}{'' if firm else number}@{slug}"
    return Customer(
        number, f"{brand[0]}{100_000 + number}", brand, who, people.capitals(luck, email), firm, status, created,
        closed, closed or world.now, lively,
        personalisation=luck.happens(0.85), marketing=luck.happens(0.3), analytics=luck.happens(0.45),
        restricted=status == "suspended" and luck.happens(0.3),
        home=network.home(luck, who.origin, who.city, who.country),
        devices=tuple(network.device(luck) for _ in range(luck.whole(1, 3))), luck=luck,
    )  # fmt: skip


def account(world: World, made: Customer, last: int | None, state: str) -> None:
    """The row of the customer, once it is known when they last signed in and what is open; and the newsletter list."""
    luck, who = made.luck, made.person
    elders = [one.number for one in world.recent if one.number < made.number]
    elder = luck.pick(elders) if elders else None
    minor = made.company is None and bool(elders) and luck.happens(0.008)
    main = _contacts(world, made) if made.status != "pending" and luck.happens(0.45) else None
    deleted = made.closed + luck.whole(1, 20) * DAY if made.closed and luck.happens(0.5) else None
    if deleted and deleted > world.now:
        deleted = None
    world.put("customers", (
        made.number, made.brand, made.customer_no, "company" if made.company else "person", who.name,
        who.chinese if luck.happens(0.5) else None, made.company, made.email,
        who.phone if luck.happens(0.9) else None, who.address if luck.happens(0.85) else None, who.city, who.postal,
        who.country, who.language, minor, elder if minor else None,
        elder if made.company and luck.happens(0.05) else None, elder if luck.happens(0.07) else None,
        main, made.status, made.restricted, state,
        "open" if made.number in world.arguing else "none", made.personalisation, made.marketing,
        luck.pick(("website", "app", "website", "phone")), stamp(made.created), maybe(last), maybe(made.closed),
        maybe(deleted), _profile(made),
    ))  # fmt: skip
    if world.expires("account", "customers", made.closed):
        return
    if made.marketing and luck.happens(0.9):
        _subscribe(world, made)
    if made.lively and luck.happens(0.06):
        written = luck.between(made.created, made.end)
        body = luck.pick(
            ("prefers to be called after six", "VIP, ask Ivy before changes", "called back, nobody there")
        )
        world.add("notes", "customer", made.number, body, world.staff_at(luck, written), stamp(written))


def _subscribe(world: World, made: Customer) -> None:
    """The newsletter list knows addresses only, typed by hand, some of them twice."""
    luck = made.luck
    for _ in range(2 if luck.happens(0.04) else 1):
        at = luck.between(made.created, made.end)
        left = luck.between(at, made.end) if luck.happens(0.1) else None
        world.add(
            "newsletter_subscribers",
            people.untidy(luck, made.mail),
            made.person.language,
            stamp(at),
            maybe(left),
        )
    if luck.happens(0.1):
        stranger = f"{luck.letters(7)}.{made.number}@{luck.pick(people.MAIL_DOMAINS)}"
        world.add(
            "newsletter_subscribers", stranger, None, stamp(luck.between(made.created, world.now)), None
        )


def _profile(made: Customer) -> str | None:
    """What the app keeps about a person, as JSON; it has changed its shape over the years."""
    luck = made.luck
    if luck.happens(0.55):
        return None if luck.happens(0.7) else "{}"
    said: dict[str, object] = {"theme": luck.pick(("dark", "light")), "nickname": luck.pick(_NICKNAMES)}
    if luck.happens(0.3):
        said["im"] = {"wechat": f"wx_{made.person.slug}_{made.number}"}
    if luck.happens(0.15):
        other = people.person(luck)
        said["emergency_contact"] = {"name": other.name, "phone": other.phone}
    if luck.happens(0.3):
        said["backup_email"] = f"{made.person.slug}.{made.number}@post.example"
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


def _contacts(world: World, made: Customer) -> int:
    """One to three contacts; the first is the main one. Agencies look after many customers with one mailbox."""
    luck, first = made.luck, 0
    for place in range(luck.whole(2, 3) if made.company else 1):
        other = made.person if place == 0 and luck.happens(0.5) else people.person(luck)
        email: str | None = (
            made.mail
            if other is made.person
            else f"{other.slug}{made.number}@{luck.pick(people.MAIL_DOMAINS)}"
        )
        if luck.happens(0.06):
            email = f"team@{luck.pick(_AGENCIES)}"
        number = world.add(
            "contacts", made.number, ("billing", "technical", "admin")[place], other.name if luck.happens(0.95) else None,
            email if luck.happens(0.95) else None, other.phone if luck.happens(0.7) else None,
            stamp(luck.between(made.created, made.end)),
        )  # fmt: skip
        first = first or number
    return first


def _credential(world: World, made: Customer) -> None:
    """The password hash; it goes with the account, and where it did not, the sweep has to find it."""
    luck = made.luck
    if made.closed and made.closed + DAY < world.now:
        if not luck.happens(0.25):
            return
        world.truth.expired["password:credentials"] += 1
    hashed = luck.weigh((
        (f"$argon2id$v=19$m=65536,t=3,p=4${luck.letters(22, _BASE64)}${luck.letters(43, _BASE64)}", 0.7),
        (f"$2b$12${luck.letters(53, _BASE64)}", 0.3),
    ))  # fmt: skip
    if made.created < BEGAN + 900 * DAY and world.fault("weak-password-hash", luck, 0.05):
        hashed = luck.letters(32, "0123456789abcdef")
    totp = f"enc:v1:{luck.letters(40, _BASE64)}" if luck.happens(0.3) else None
    changed = luck.between(made.created, made.end)
    world.put(
        "credentials",
        (made.number, hashed, stamp(changed), totp, luck.letters(40) if luck.happens(0.02) else None),
    )


def _consents(world: World, made: Customer) -> None:
    """What was agreed to and taken back; each purpose once, at sign-up or later in the settings."""
    luck = made.luck
    purposes = {"analytics": made.analytics, "newsletter": made.marketing}
    for purpose, given in purposes.items():
        if not given and luck.happens(0.5):
            continue
        at = luck.between(made.created, made.end) if luck.happens(0.3) else made.created
        withdrawn = luck.between(at, made.end) if not given else None
        world.add(
            "consents", made.number, purpose, "given" if given else "withdrawn",
            luck.pick(("sign-up", "account-settings", "site-banner")), version_at(at), stamp(at), maybe(withdrawn),
        )  # fmt: skip
        world.expires("consent", "consents", made.closed)


def _preferences(world: World, made: Customer) -> None:
    luck = made.luck
    if made.lively == 0:
        return
    chosen = {
        "language": made.person.language, "time_zone": "Asia/Hong_Kong", "invoice_by": luck.pick(("email", "post")),
        "console_layout": luck.pick(("cards", "list", "wide")),
    }  # fmt: skip
    for name, value in chosen.items():
        if luck.happens(0.4):
            world.put("preferences", (made.number, name, value, stamp(luck.between(made.created, made.end))))


def version_at(at: int) -> str:
    """The version of the policy that was in force at a moment."""
    return [name for name, effective, _ in VERSIONS if effective <= at][-1]


def _versions(world: World, made: Customer) -> None:
    """The version at sign-up, and for each later one the notice and the first use after it."""
    luck = made.luck
    world.put("policy_acceptances", (made.number, version_at(made.created), None, stamp(made.created)))
    for name, effective, _ in VERSIONS:
        if not made.created < effective < made.end:
            continue
        told = effective - luck.whole(15, 32) * DAY
        untold = told > made.created and world.fault("policy-change-not-told", luck, 0.004)
        used = luck.between(effective, made.end) if made.lively else None
        notice = None if untold or told < made.created else stamp(told)
        world.put("policy_acceptances", (made.number, name, notice, maybe(used)))
        if notice:
            message(world, made, ("policy", "email", "Our privacy policy changes", told))


def message(world: World, made: Customer, said: tuple[str, str, str, int]) -> None:
    """A message to a customer: its class, channel, subject and moment."""
    kind, channel, subject, at = said
    delivered = at + made.luck.whole(1, 90)
    arrived = stamp(delivered) if made.luck.happens(0.985) and delivered <= world.now else None
    address = made.mail if channel == "email" else None
    world.add("messages_sent", made.number, kind, channel, address, subject, stamp(at), arrived)
