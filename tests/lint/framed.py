"""Sentences put into a short policy with numbered parts, one frame a place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from tests.lint.gold import DATA
from troth.app.policies import sentences_of
from troth.model.finding import Finding
from troth.policy.lint import lint_text

# the company, its address, its mailbox, its brand, the law it names
_COMPANIES = {
    "hk": (
        "Harbour Byte Limited",
        "8/F, 100 Canton Road, Kowloon, Hong Kong",
        "privacy@harbourbyte.hk",
        "Harbour Byte",
        "Personal Data (Privacy) Ordinance (Cap. 486)",
    ),
    "sg": (
        "Lionstack Pte. Ltd.",
        "10 Anson Road, Singapore 079903",
        "dpo@lionstack.sg",
        "Lionstack",
        "Personal Data Protection Act of Singapore",
    ),
    "eu": (
        "Nordwind Hosting GmbH",
        "Hafenstr. 12, 20457 Hamburg, Germany",
        "privacy@nordwind.de",
        "Nordwind",
        "General Data Protection Regulation (GDPR)",
    ),
    "us": (
        "Pecan Host LLC",
        "200 Congress Avenue, Austin, TX 78701, USA",
        "privacy@pecanhost.com",
        "Pecan Host",
        "California Consumer Privacy Act (CCPA)",
    ),
}
_MAINLAND = (
    (
        "# 蓝云隐私政策",
        "更新日期：2025年3月3日",
        "## 一、关于我们",
        "北京蓝云科技有限公司（以下简称“我们”），地址：北京市海淀区中关村大街27号，运营蓝云主机，遵守《个人信息保护法》。",
        "## 二、收集的信息",
        "我们收集您的姓名、手机号和邮箱，用于开通账户。",
        "## 三、其他规定",
    ),
    (
        "## 四、保存期限",
        "发票保存七年，日志保存六个月。",
        "## 五、接收方",
        "支付由支付宝（中国）网络技术有限公司处理。",
        "## 六、权利与联系",
        "您可以查阅、复制、更正、删除信息，撤回同意，注销账户，请发邮件至 privacy@lanyun.cn。",
    ),
)
_HONG_KONG = (
    (
        "# 海港寄存私隱政策聲明",
        "更新日期：2025年3月3日",
        "## 一、關於我們",
        "海港寄存有限公司（「本公司」），地址：香港九龍廣東道100號8樓，營運海港寄存，並遵守《個人資料（私隱）條例》。",
        "## 二、收集的資料",
        "本公司收集閣下的姓名、電郵及發票，以管理帳戶。",
        "## 三、其他規定",
    ),
    (
        "## 四、保留期限",
        "發票保留七年，日誌保留六個月。",
        "## 五、資料接收者",
        "Stripe 代本公司處理付款。",
        "## 六、權利及聯絡",
        "閣下可要求查閱、改正或刪除資料，請電郵至 privacy@harbourbyte.hk。",
    ),
)


@dataclass(frozen=True, slots=True)
class Framed:
    """One case: the rules that may find it, the place of its frame, whether it must be found, and its lines."""

    rules: frozenset[str]
    place: str
    wrong: bool
    lines: tuple[str, ...]

    def __str__(self) -> str:
        return self.lines[0][:60]


def cases() -> tuple[Framed, ...]:
    """The cases of `data/framed.txt`."""
    rules, place, found = frozenset[str](), "", list[Framed]()
    for line in (DATA / "framed.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            named, place = line[3:].split(" | ")
            rules = frozenset(named.split(","))
        elif line[:2] in {"+ ", "- "}:
            found.append(Framed(rules, place, line[0] == "+", tuple(line[2:].split(" // "))))
    return tuple(found)


def _around(place: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What stands before and after a case."""
    if place not in _COMPANIES:
        return _MAINLAND if place == "cn" else _HONG_KONG
    name, address, mailbox, brand, law = _COMPANIES[place]
    return (
        (
            f"# Privacy Policy of {brand}",
            "Last updated: 3 March 2025",
            "## 1. Who we are",
            f'{name} ("we", "us"), {address}, runs the hosting service {brand}. We follow the {law}.',
            "## 2. What we collect",
            "We collect your name, e-mail address and invoices to run your account.",
            "## 3. Further rules",
        ),
        (
            "## 4. How long we keep it",
            "We keep invoices for seven years and logs for six months.",
            "## 5. Who gets it",
            "Stripe processes payments on our behalf.",
            "## 6. Contact and rights",
            f"You can ask for access, correction or erasure of your data. Write to {mailbox}.",
        ),
    )


@lru_cache
def found(case: Framed) -> tuple[Finding, ...]:
    """The findings of its rules that name a line of the case."""
    before, after = _around(case.place)
    frame = (*before, *after)
    sentences = sentences_of("\n\n".join((*before, *case.lines, *after)).encode(), "policy.md")
    own = {s.id for s in sentences if not any(s.text in line for line in frame)}
    return tuple(
        f for f in lint_text(sentences) if f.rule in case.rules and own & {s.id for s in f.sentences}
    )
