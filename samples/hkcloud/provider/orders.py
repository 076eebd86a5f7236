"""Orders and what follows from them: items, invoices, payments, parcels, disputes."""

from __future__ import annotations

from dataclasses import dataclass

from samples.hkcloud.provider import domains, servers
from samples.hkcloud.provider.chance import DAY, HOUR, maybe, stamp
from samples.hkcloud.provider.world import Customer, Thing, World

_BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_CARRIERS = ("Harbour Express (test)", "Pearl Parcel (test)")
_REMARKS = ("please call before delivery", "需要發票", "same settings as last time")
Item = tuple[str, str, int, tuple[int | None, int | None]]
_EACH = ("orders", "order_items", "invoices")


@dataclass(frozen=True, slots=True)
class Sale:
    """An order on its way: times in seconds; `paid` and `done` are None while they have not come."""

    account: int
    number: str
    method: int
    placed: int
    paid: int | None
    done: int | None
    status: str


def account(world: World, made: Customer) -> int:
    """The account of a customer in the store of operations, which knows them by number only."""
    name, who = made.company or made.person.name, made.person
    email = made.mail if made.luck.happens(0.85) else f"accounts{made.number}@{made.mail.partition('@')[2]}"
    currency = {"CN": "CNY", "HK": "HKD"}.get(who.origin, "USD")
    where = who.address if made.luck.happens(0.8) else None
    opened, closed = stamp(made.created), maybe(made.closed)
    number = world.add("billing_accounts", made.number, name, email, where, currency, opened, closed)
    world.expires("account", "billing_accounts", made.closed)
    return number


def purchases(world: World, made: Customer, account_number: int) -> tuple[list[Sale], list[Thing]]:
    """Everything a customer bought, with servers and domains that came of it; gives the orders, and what they have."""
    luck = made.luck
    wanted: list[tuple[int, str, int]] = []
    for kind, mean in (("server", 0.75), ("domain", 0.8)):
        wanted += [
            (luck.between(made.created, made.end), kind, 0) for _ in range(luck.few(mean * made.lively))
        ]
    if not wanted:
        return [], []
    wanted.sort()
    method = _method(world, made, account_number, wanted[0][0])
    registrant = domains.contact(world, made, account_number, wanted[0][0])
    sales, things = [], []
    while wanted:
        at, kind, number = wanted.pop(0)
        sale = _sale(world, made, (account_number, method), at)
        if kind == "domain" and sale.done and sale.status == "completed":
            number, thing, renewals = domains.domain(world, made, (account_number, registrant), sale.done)
            things.append(thing)
            wanted += [(when, "renewal", name) for when, name in renewals]
        item = _item(kind, number)
        if kind == "server" and sale.done and sale.status == "completed":
            server, plan, thing = servers.server(world, made, account_number, sale.done)
            things.append(thing)
            item = (plan, item[1], servers.PRICES[plan], (server, None))
        sales.append(sale)
        _papers(world, made, sale, item)
    return sales, things


def _sale(world: World, made: Customer, buyer: tuple[int, int], at: int) -> Sale:
    """The course of an order: paid within two days, done soon after; young ones may still be on their way."""
    luck, (account_number, method) = made.luck, buyer
    number = f"{world.next('orders'):010}"
    paid = min(at + luck.whole(60, 2 * DAY), made.end)
    done = min(paid + luck.whole(120, 6 * HOUR), made.end)
    fresh = made.closed is None and at > world.now - 30 * DAY
    status = luck.weigh((("completed", 0.75), ("unpaid", 0.15), ("open", 0.1))) if fresh else "completed"
    if status == "completed" and luck.happens(0.04):
        return Sale(account_number, number, method, at, None, done, "cancelled")
    if status != "completed":
        world.truth.open_orders.append(made.customer_no)
    return Sale(
        account_number, number, method, at, None if status == "unpaid" else paid,
        done if status == "completed" else None, status,
    )  # fmt: skip


def _item(kind: str, number: int) -> Item:
    """What stands on an order: product, description, price in cents, and the server or domain it became."""
    if kind == "server":
        return "cn2-1c-1g", "cloud server, first month", servers.PRICES["cn2-1c-1g"], (None, None)
    words = "domain, one more year" if kind == "renewal" else "domain, one year"
    return kind, words, 12_000, (None, number or None)


def _papers(world: World, made: Customer, sale: Sale, item: Item) -> None:
    """The rows of an order in the stores."""
    luck, (product, words, cents, (server, domain)) = made.luck, item
    physical = luck.happens(0.04)
    total = cents + 18_800 * physical
    currency = {"CN": "CNY", "HK": "HKD"}.get(made.person.origin, "USD")
    remark = luck.pick(_REMARKS) if luck.happens(0.06) else None
    channel = luck.pick(("website", "website", "app", "phone"))
    world.put("orders", (
        made.brand, sale.number, sale.account, sale.status, _money(total), currency, channel, remark, stamp(sale.placed),
        maybe(sale.done),
    ))  # fmt: skip
    key = (made.brand, sale.number)
    world.put("order_items", (*key, 1, product, words, server, domain, _money(cents)))
    rows = list(_EACH)
    if physical:
        world.put(
            "order_items", (*key, 2, "security-key", "hardware key, delivered", None, None, _money(18_800))
        )
        rows.append("order_items")
    billed = made.company or made.person.name
    state = {"completed": "paid", "open": "paid", "cancelled": "void"}.get(sale.status, "due")
    invoice = world.next("invoices")
    where = made.person.address if luck.happens(0.8) else None
    world.put("invoices", (
        invoice, *key, f"INV{invoice:09}", billed, where, _money(total), state, stamp(sale.placed),
        stamp(sale.placed + 14 * DAY),
    ))  # fmt: skip
    if sale.paid:
        rows.append("payments")
        world.add(
            "payments", invoice, sale.method, made.person.name if luck.happens(0.7) else None, _money(total), "settled",
            f"psp_{luck.letters(16)}", stamp(sale.paid),
        )  # fmt: skip
    if physical and sale.done and sale.status == "completed":
        rows.append("shipments")
        who = made.person
        world.add("shipments", *key, who.name, who.phone, who.address, luck.pick(_CARRIERS), stamp(sale.done))
    disputed = _dispute(world, made, sale)
    if sale.done and sale.done <= world.cuts["order"]:
        counted = world.truth.held if disputed else world.truth.expired
        counted.update(f"order:{one}" for one in rows)


def _method(world: World, made: Customer, account_number: int, at: int) -> int:
    """A card or a payment platform, agreed to on the order page; number and expiry are sealed, the last four digits stay."""
    luck = made.luck
    card = luck.happens(0.65)
    removed = luck.between(at, made.end) if luck.happens(0.1) else None
    agreed = None if world.fault("card-without-consent", luck, 0.003) else stamp(at)
    sealed = None if removed else f"enc:v1:{luck.letters(44, _BASE64)}"
    expiry = f"enc:v1:{luck.letters(24, _BASE64)}" if card and not removed else None
    last = luck.digits(4) if card and not removed else None
    if not removed:
        world.expires("card", "payment_methods", made.closed)
    return world.add(
        "payment_methods", account_number, "card" if card else "platform", sealed if card else None, last, expiry,
        None if card else sealed, agreed, stamp(at), maybe(removed),
    )  # fmt: skip


def _dispute(world: World, made: Customer, sale: Sale) -> bool:
    """Whether an open dispute keeps the order; a few customers argue, and a few cases never end."""
    luck = made.luck
    if sale.status != "completed" or sale.done is None or not luck.happens(0.015):
        return False
    opened = luck.between(sale.done, min(sale.done + 200 * DAY, made.end))
    going = opened > world.now - 90 * DAY or luck.happens(0.2)
    closed = None if going else opened + luck.whole(5, 85) * DAY
    number = world.next("disputes")
    claim = luck.pick(("the server was down for two days", "charged twice", "domain was not renewed in time"))
    world.put("disputes", (
        number, f"D{number:06}", made.brand, sale.number, "open" if going else "closed", claim, stamp(opened), maybe(closed),
    ))  # fmt: skip
    if going:
        world.arguing.add(made.number)
    return going


def _money(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}"
