"""What left the house and why: recipients, exports, demands of authorities; also recommendations, staff access and the log."""

from __future__ import annotations

from samples.hkcloud.provider.accounts import message
from samples.hkcloud.provider.chance import DAY, HOUR, maybe, stamp
from samples.hkcloud.provider.orders import Sale
from samples.hkcloud.provider.world import BEGAN, Customer, World, within

_RECIPIENTS = (
    ("Jade Payments (test)", "payment-processor", "payment"), ("Harbour Express (test)", "logistics-company", "product-delivery"),
    ("Second Line Support (test)", "support-provider", "support"), ("Figures and Charts (test)", "data-analyst", "analytics"),
)  # fmt: skip
_AUTHORITIES = ("Magistrates' Court (test)", "Office of Inquiry (test)", "市公安局（测试）")
_WORK = (
    ("support", "support", "customers"), ("support", "support", "tickets"), ("billing", "order-processing", "orders"),
    ("security", "security", "sign_ins"),
)  # fmt: skip
_TIPS = (
    ("a larger plan: cn2-4c-8g", "usage"), ("a second domain ending", "domain-orders"), ("daily snapshots", "servers"),
    ("mail for your domain", "domain-orders"),
)  # fmt: skip


def register(world: World) -> None:
    """The register of recipients, each with its agreement."""
    for name, kind, purpose in _RECIPIENTS:
        signed = BEGAN - 20 * DAY
        ends = None if kind != "data-analyst" else world.now + 200 * DAY
        world.add("recipients", name, kind, purpose, stamp(signed), maybe(ends))


def shared(world: World, made: Customer, sales: list[Sale], cases: list[tuple[str, int, int]]) -> None:
    """What was passed on of one customer: for payments, parcels, cases, figures and demands."""
    if not sales:
        return
    luck, account = made.luck, sales[0].account
    for sale in sales:
        if sale.paid:
            what = "payment-information"
            world.add("exports", 1, None, account, "payment", what, None, stamp(sale.paid))
            message(world, made, ("order", "email", f"Your order {sale.number} is paid", sale.paid))
    for case, opened, closed in cases:
        if luck.happens(0.3):
            at = luck.between(opened, closed)
            world.add(
                "exports",
                3,
                None,
                account,
                "support",
                "server-configuration, technical-data",
                case,
                stamp(at),
            )
    if made.analytics or world.fault("analysed-without-consent", luck, 0.002):
        at = within(made, 90 * DAY)
        world.add("exports", 4, None, account, "analytics", "server-usage", None, stamp(at))
    if luck.happens(0.01):
        _demand(world, made, account)


def _demand(world: World, made: Customer, account: int) -> None:
    """A demand of an authority, decided, answered or refused; the person is told unless that is barred."""
    luck = made.luck
    received = luck.between(made.created, made.end)
    decided = received + luck.whole(1, 3) * DAY
    if decided + HOUR > world.now:
        return
    granted = luck.happens(0.7)
    barred = decided + luck.whole(20, 200) * DAY if granted and luck.happens(0.3) else None
    told = (barred or decided) + luck.whole(1, 20) * HOUR if granted else None
    if told and (told > world.now or world.fault("disclosure-not-told", luck, 0.15)):
        told = None
    number = world.next("legal_requests")
    world.put("legal_requests", (
        number, f"LR-{number:05}", luck.pick(_AUTHORITIES), luck.pick(("court-order", "warrant", "summons")), account,
        "name and addresses of the holder, sign-ins of one month", "granted" if granted else "refused",
        "legal, data protection officer", stamp(received), stamp(decided), maybe(barred), maybe(told),
    ))  # fmt: skip
    if granted:
        what = "name, physical-address, authentication-history"
        world.add("exports", None, number, account, "legal-compliance", what, None, stamp(decided + HOUR))
    if told:
        message(world, made, ("service", "email", "Your data was disclosed to an authority", told))


def watched(world: World, made: Customer, account: int) -> None:
    """Recommendations in the console, lines of the application log, and staff who looked at the account."""
    luck = made.luck
    if made.personalisation or world.fault("recommended-although-off", luck, 0.004):
        for _ in range(luck.few(1.2 * made.lively) or not made.personalisation):
            at = within(made, 300 * DAY)
            item, basis = luck.pick(_TIPS)
            clicked = min(at + luck.whole(3, 90), made.end) if luck.happens(0.1) else None
            world.add("recommendations", account, item, basis, stamp(at), maybe(clicked))
    for _ in range(luck.few(1.5 * made.lively)):
        _line(world, made, account)
    for _ in range(luck.few(0.5 * made.lively)):
        at = within(made, 360 * DAY)
        role, purpose, table = luck.pick(_WORK)
        world.add("staff_accesses", world.staff_at(luck, at, role), made.number, purpose, table, stamp(at))


def _line(world: World, made: Customer, account: int) -> None:
    """A line of the application log, a free text; some lines do not name the account."""
    luck, at = made.luck, within(made, 420 * DAY)
    level, text = luck.weigh((
        (("info", f"console opened by {made.mail} from {made.home.address(luck)}"), 0.5),
        (("info", f"invoice sent to {made.mail}"), 0.2),
        (("warn", f"api call for account {account} took {luck.whole(900, 9000)} ms"), 0.3),
    ))  # fmt: skip
    linked = account if level == "warn" or luck.happens(0.9) else None
    world.add("event_log", linked, level, text, stamp(at))
    world.expires("usage", "event_log", at)
