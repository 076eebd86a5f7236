"""What people ask the customer service, what is answered, and what they send along."""

from __future__ import annotations

from samples.hkcloud.provider.chance import DAY, HOUR, Chance, maybe, stamp
from samples.hkcloud.provider.people import cn_identity, hk_identity, untidy
from samples.hkcloud.provider.world import Customer, Thing, World

_ASKED: dict[str, tuple[tuple[str, str], ...]] = {
    "technical": (
        ("server does not answer", "My server {host} has not answered since this morning. I am at {phone} all day."),
        ("流量异常", "控制台显示 {host} 的流量比平时高很多，请检查。我的手机是{phone}。"),
        ("restore a snapshot", "Please restore last night's snapshot of {host}. Regards, {name}"),
    ),
    "dns": (
        ("DNS 設定", "我改了 {host} 的 DNS 記錄，但網站仍然打不開，請幫忙看看。謝謝，{name}"),
        ("new name servers", "Since yesterday mail to {host} comes back. What did I do wrong? {name}"),
    ),
    "billing": (
        ("invoice with company name", "Could you put our company on the last invoice? {name}, {email}"),
        ("發票地址", "請把發票寄到新地址：{address}"),
        ("paid twice", "I think that I paid twice, see my account {number}."),
    ),
    "question": (
        ("which plan for a small shop?", "We sell tea to some hundred customers a day. Which plan is enough? {name}"),
        ("域名續期", "請問可以一次續期三年嗎？有沒有折扣？"),
        ("怎么付款", "请问可以用银行转账吗？我的邮箱是 {email}。"),
        ("move to another region", "Can I move my order to the data centre in Hong Kong later? {name}, {number}"),
        ("狮子山那边的机房", "你们的机房可以参观吗？谢谢，{name}"),
        ("how long is my data kept?", "How long do you keep my orders after I leave? {name}"),
        ("隐私政策", "请问我的个人信息会提供给第三方吗？{name}"),
    ),
    "complaint": (
        ("calls to my private number", "Somebody called {phone}, which I gave for emergencies only. {name}"),
        ("投诉", "我已经两次要求更正姓名，仍未处理。"),
    ),
    "access": (("copy of my data", "Please send me a copy of everything you hold about me. {name}"),),
    "rectify": (("name is spelled wrong", "My name is {name} {chinese}, please correct it. My card is attached."),),
    "erase": (("delete my data", "I no longer need the service. Please delete my personal data. {name}"),),
}  # fmt: skip
_KINDS = (
    ("technical", 0.56), ("billing", 0.2), ("question", 0.07), ("complaint", 0.05), ("access", 0.04), ("rectify", 0.04),
    ("erase", 0.04),
)  # fmt: skip
_OTHERS = (
    "My colleague {other} ({mail}) saw the same thing.",
    "這是 {other} 介紹我來的，他的電話是 {phone}。",
    "Please copy {mail} on the answer.",
)
_REPLIES = (
    "Thank you, we look at it now.", "已為你處理，請再試一次。", "您好，问题已经解决。",
    "This is done. Please tell us if anything is left.",
)  # fmt: skip


def tickets(
    world: World, made: Customer, things: list[Thing], waiting: int | None
) -> list[tuple[str, int, int]]:
    """The tickets of a customer; gives number, opening and end of the technical ones, which a support firm may see.

    `waiting` is when an order was placed that is not done yet: some of these customers ask for deletion all the same.
    """
    luck, seen, last = made.luck, [], 0
    if waiting is not None and luck.happens(0.25):
        _ticket(world, made, ("erase", luck.between(waiting, made.end)), (0, ""))
    for _ in range(luck.few(0.8 * made.lively)):
        opened = luck.between(made.created, made.end)
        kind, about = _about(luck, things, opened)
        last, opened, closed = _ticket(world, made, (kind, opened), (last, about))
        if kind in {"technical", "dns"}:
            seen.append((f"T{last:07}", opened, closed))
    return seen


def _about(luck: Chance, things: list[Thing], at: int) -> tuple[str, str]:
    """What a ticket is about, and the server or domain it names; who has nothing asks something else."""
    kind = luck.weigh(_KINDS)
    there = [one for one in things if one.start <= at <= one.end]
    if kind == "technical" and there:
        one = luck.pick(there)
        return ("technical" if one.kind == "server" else "dns"), one.name
    bought = any(one.start <= at for one in things)
    return ("question" if kind == "technical" or (kind == "billing" and not bought) else kind), ""


def _ticket(
    world: World, made: Customer, what: tuple[str, int], near: tuple[int, str]
) -> tuple[int, int, int]:
    """One ticket: of a kind, opened at a moment; some are merged into the one before. Gives number, opening and end."""
    luck, (kind, opened), (before, about) = made.luck, what, near
    subject, text = luck.pick(_ASKED[kind])
    kind = "technical" if kind == "dns" else kind
    replied = opened + luck.whole(1, 60) * HOUR
    closed = max(replied, opened + luck.whole(1, 22) * DAY)
    if kind in {"question", "complaint", "access", "rectify", "erase"} and world.fault(
        "answered-late", luck, 0.02
    ):
        closed = opened + luck.whole(35, 90) * DAY
    ended = closed if closed < world.now else None
    number = world.next("tickets")
    name, agent = f"T{number:07}", world.staff_at(luck, opened)
    linked = luck.happens(0.94)
    merged = before if before and ended and luck.happens(0.1) else None
    world.put("tickets", (
        number, name, made.number if linked else None, made.person.name if luck.happens(0.9) else None,
        untidy(luck, made.mail) if not linked or luck.happens(0.9) else None, kind,
        luck.pick(("email", "online-chat", "phone")), subject, "closed" if ended else "open", agent, merged, stamp(opened),
        maybe(replied if replied <= world.now else None), maybe(ended),
    ))  # fmt: skip
    over = world.expires("ticket", "tickets", ended)
    body = _written(world, made, text, about)
    lines = [("customer", made.number if linked else None, body, opened)]
    if replied <= world.now:
        lines.append(("staff", agent, luck.pick(_REPLIES), replied))
    if ended and luck.happens(0.4):
        lines.append(("customer", made.number if linked else None, "Thank you! 多謝", min(ended, made.end)))
    for author, who, said, at in lines:
        address = made.home.address(luck) if author == "customer" and luck.happens(0.5) else None
        world.add("ticket_messages", number, author, who, said, address, stamp(at))
        world.truth.expired["ticket:ticket_messages"] += over
    if kind in {"access", "rectify", "erase"}:
        _proof(world, made, number, (opened, ended))
    if luck.happens(0.08):
        at = luck.between(opened, ended or world.now)
        body = luck.pick(("customer is upset", "waits for the data centre", "call back on Monday"))
        world.add("notes", "ticket", number, body, world.staff_at(luck, at), stamp(at))
    return number, opened, ended or world.now


def _written(world: World, made: Customer, text: str, about: str) -> str:
    """What a customer writes; one of twelve names somebody else."""
    luck, who = made.luck, made.person
    body = text.format(
        host=about, phone=who.phone, name=who.name, email=made.mail, address=who.address,
        number=made.customer_no, chinese=who.chinese or "",
    )  # fmt: skip
    others = [one for one in world.recent if one.number != made.number and one.person is not who]
    if others and luck.happens(0.08):
        other = luck.pick(others)
        said = luck.pick(_OTHERS).format(other=other.person.name, mail=other.mail, phone=other.person.phone)
        world.truth.mentioned.append(other.customer_no)
        body += "\n" + said
    return body


def _proof(world: World, made: Customer, ticket: int, time: tuple[int, int | None]) -> None:
    """Who asks about data shows a document: its picture and sealed number go a week after the ticket is closed."""
    luck, (opened, ended) = made.luck, time
    due = ended is not None and ended + 7 * DAY <= world.now
    if due and not luck.happens(0.15):
        return
    world.truth.expired["material:attachments"] += due
    world.truth.expired["material:identity_checks"] += due
    at, sealed = opened + 600, f"enc:v1:{luck.letters(64)}"
    world.add("attachments", ticket, "identity-document", f"scan-{ticket}.jpg", sealed, stamp(at))
    kind = {"HK": "hkid", "CN": "cn-id"}.get(made.person.origin, "passport")
    number = f"enc:v1:{luck.letters(48)}"
    if kind != "passport" and world.fault("identity-number-in-clear", luck, 0.15):
        number = hk_identity(luck) if kind == "hkid" else cn_identity(luck, luck.whole(1950, 2000))
    passed = "passed" if luck.happens(0.96) else "failed"
    world.add("identity_checks", ticket, kind, number, passed, stamp(at + luck.whole(1, 40) * 60))
