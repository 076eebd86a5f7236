"""Numbers of sections, characters of another script, doubled words, laws by their years, and ways out that nobody names."""

from __future__ import annotations

import pytest

from troth.model.finding import Finding
from troth.model.sentence import Element, Sentence
from troth.policy.lint import lint_text


def _found(*lines: str) -> tuple[Finding, ...]:
    units: list[Sentence] = []
    section: tuple[str, ...] = ()
    for number, line in enumerate(lines, 1):
        element: Element = (
            "heading" if line.startswith("# ") else "bullet" if line.startswith("- ") else "sentence"
        )
        text = line.removeprefix("# ")
        section = (text,) if element == "heading" else section
        units.append(
            Sentence(f"s{number}", number, text, element, section, 1 if element == "sentence" else number)
        )
    return lint_text(units)


def _rules(*lines: str) -> set[str]:
    return {finding.rule for finding in _found(*lines)}


def _about(word: str, *lines: str) -> list[Finding]:
    return [finding for finding in _found(*lines) if word in finding.message]


CHAPTERS = ("# 一、收集", "我们收集账单。", "# 二、存放", "账单存三年。", "# 三、联络方式", "写信给我们。")


@pytest.mark.parametrize("line", ["申诉请按第二条“联络方式”办理。", "申诉请按第二部分《联络方式》办理。"])
def test_cited_by_another_number(line: str) -> None:
    """A section cited by its title and the number of another one is told."""
    assert _about("another number", *CHAPTERS, line)
    assert not _about("another number", *CHAPTERS, "申诉请按第三条“联络方式”办理。")


def test_cited_in_english() -> None:
    """The same in English, in both orders of number and title."""
    text = (
        "# 1. What we keep",
        "Invoices.",
        "# 2. Your choices",
        "Ask us.",
        "# 3. How to reach us",
        "By letter.",
    )
    assert _about("another number", *text, "Write as described in section 2 (How to reach us).")
    assert _about("another number", *text, 'Write as described under "How to reach us" (section 1).')
    assert not _about("another number", *text, "Write as described in section 3 (How to reach us).")


def test_contents_numbered_otherwise() -> None:
    """A table of contents whose numbers are not those of the sections is told once."""
    contents = ("- 一、收集；", "- 二、存放；", "- 四、联络方式。")
    assert len(_about("table of contents", *contents, *CHAPTERS)) == 1
    assert not _about("table of contents", *contents[:2], "- 三、联络方式。", *CHAPTERS)


def test_heading_twice() -> None:
    """A heading that stands over two sections is told; the same word under two parents is not."""
    assert _about("one heading", "# What we hold", "Invoices.", "# What we hold", "Tickets.")
    units = [
        Sentence("s1", 1, "Invoices", "heading", ("Invoices",), 1),
        Sentence("s2", 2, "Purpose", "heading", ("Invoices", "Purpose"), 2),
        Sentence("s3", 3, "Tickets", "heading", ("Tickets",), 3),
        Sentence("s4", 4, "Purpose", "heading", ("Tickets", "Purpose"), 4),
    ]
    assert not [f for f in lint_text(units) if "one heading" in f.message]


TRADITIONAL = (
    "本公司蒐集會員的電子郵件與帳單，僅於開立發票及寄送通知時使用，並於契約終止後三年內刪除。",
    "會員得隨時登入後台，查詢、更正或請求刪除個人資料，本公司將於十五日內處理並以書面回覆結果。",
)


def test_scripts_mixed() -> None:
    """Simplified characters in a traditional text are told; forms that both scripts write are not."""
    assert "mixed-language" in _rules(*TRADITIONAL, "會員能够注册並实时查看账单紀錄。")
    assert "mixed-language" not in _rules(
        *TRADITIONAL, "會員的志願、游標、台灣地址與秘密均不對外公布，亦不采用。"
    )


@pytest.mark.parametrize(
    "line",
    [
        "请填写身份证明信息信息。",
        "我们统计哪些页面或页面最受欢迎。",
        "客服时间：：周一至周五。",
    ],
)
def test_doubled(line: str) -> None:
    """A word or sign written twice is a slip."""
    assert "typo" in _rules(line) or "punctuation" in _rules(line)


def test_torn_off() -> None:
    """A sentence that the full stop before it has torn off is told; an item of a list may begin with "or"."""
    assert _about('"或应法院', "我们向监管机关报告事故。", "或应法院传票提交。")
    assert not _about('"或应法院', "我们在以下情形报告：", "- 或应法院传票提交。")


@pytest.mark.parametrize(
    ("law", "wrong"),
    [
        ("the Data Protection Acts 1988 and 2001", True),
        ("the Data Protection Acts 1988 and 2003", False),
        ("the Data Protection Acts 1988 to 2018", False),
        ("the Protection of Personal Information Act, 2014", True),
        ("the Data Privacy Act of 2012", False),
    ],
)
def test_years_of_laws(law: str, *, wrong: bool) -> None:
    """A well-known law with a year in which it was not passed is told."""
    assert bool(_about("the law is cited by", f"Fjordhost answers under {law}.")) == wrong


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("You may unsubscribe at any time.",), True),
        (("Readers can opt out of the bulletin at anytime.",), True),
        (("您可以随时退订。",), True),
        (("You may unsubscribe at any time by the link in each mail.",), False),
        (("You may unsubscribe at any time.", "Reply with the word STOP."), False),
        (("您可以随时退订，点击邮件底部的按钮即可。",), False),
    ],
)
def test_way_out(lines: tuple[str, ...], *, told: bool) -> None:
    """A way out at any time wants the way."""
    assert bool(_about("may stop this", *lines)) == told


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("Our site stores certain information on your phone.",), True),
        (("The shop gives us limited data, and we receive some usage information.",), True),
        (("Our site stores certain information, such as the size of the window.",), False),
        (("Our site stores certain information.", "This includes the size of the window."), False),
        (("Our site stores certain information.", "- size of the window"), False),
    ],
)
def test_certain_information(lines: tuple[str, ...], *, told: bool) -> None:
    """Data that is only "certain" is told, unless the text goes on to say which."""
    assert bool(_about("nobody can know", *lines)) == told


def test_not_ours() -> None:
    """What others ask for, whom messages come from and what a label says are no findings about the company."""
    assert "consent-by-use" not in _rules(
        "If you visit other shops you may be required to accept their cookies."
    )
    assert "recipient-open" not in _rules(
        "If you post your address online you may receive e-mails from other parties."
    )
    assert "reference-unresolved" not in _rules("Quality Statement: Fjordhost keeps invoices.")
    assert "typo" not in _rules("The terms of this Privacy Policy follow Danish law.")


EU = "Fjordhost ApS, Havnegade 3, 1058 Copenhagen, applies the GDPR."
SAID = (
    ("list-open", ("We gather a wide variety of information about orders.",), False),
    ("list-open", ("We collect a wide variety of information about orders.",), True),
    ("list-open", ("Examples of data we collect:", "- invoices"), True),
    ("list-open", ("The information you provide ranges from a name to a passport.",), True),
    ("list-open", ("We keep addresses mainly but not limited to finding fraud.",), True),
    ("recipient-open", ("This does not include trusted third parties who help run the panel.",), True),
    (
        "recipient-open",
        ("Orders are handled by a partner - fjordpay.example, nordpay.example or other banks.",),
        True,
    ),
    ("recipient-open", ("Orders are handled by Nordpay ApS.",), False),
    (
        "recipient-undefined",
        ("We share data with:", "- Affiliates and subsidiaries: to run the panel."),
        True,
    ),
    (
        "business-transfer-unconditional",
        ("We may share your data in these cases:", "- Mergers: a sale of the business."),
        True,
    ),
    (
        "business-transfer-unconditional",
        (
            "We may share your data in these cases:",
            "- Mergers: a sale, after we notify you, with a buyer bound by this notice, and you may object before.",
        ),
        False,
    ),
    ("transfer-undisclosed", (EU, "We use Stripe for payments."), True),
    (
        "transfer-undisclosed",
        (EU, "We use Stripe for payments.", "It is covered by an adequacy decision for the United States."),
        False,
    ),
    ("transfer-undisclosed", (EU, "We use Nordpay for payments."), False),
    ("term-undefined", ("We do not provide the panel to minors.",), True),
    ("term-undefined", ("We do not provide the panel to minors under 16.",), False),
    ("term-undefined", ("When you pay by card we store some of its details.",), True),
    ("absolute-claim", ("No lock is unbreakable.",), False),
    ("absolute-claim", ("Our locks are unbreakable.",), True),
    ("reference-unresolved", ("There you are subject to the policy of that website.",), False),
    ("typo", ("The conditions of this Privacy Policy follow Danish law.",), False),
)


@pytest.mark.parametrize(
    ("rule", "lines", "told"), SAID, ids=[f"{rule} {lines[-1]}" for rule, lines, _ in SAID]
)
def test_said(rule: str, lines: tuple[str, ...], *, told: bool) -> None:
    """Each kind of statement is found, and its harmless neighbour is not."""
    assert (rule in _rules(*lines)) == told


def test_other_sites_twice() -> None:
    """The clause on other people's websites in two sections is told."""
    once = ("# Links", "We have no control over the policies of those websites.")
    assert not _about("other people's websites", *once, "# Cookies", "Cookies keep the basket.")
    again = "Other websites have their own privacy policies."
    assert _about("other people's websites", *once, "# Cookies", "Cookies keep the basket.", "# Shops", again)


def test_requests_counted() -> None:
    """No logs of queries beside a count of requests by address is told."""
    promise = "We do not log any queries or connections."
    assert "logging-conflict" in _rules(
        promise, "Support answers by mail.", "We count the requests from each IP address."
    )
    assert "logging-conflict" not in _rules(
        promise, "Support answers by mail.", "We count the pages of the manual."
    )


def test_contact_asked_for() -> None:
    """Readers who are told to get in touch, in a text without an address, see that sentence in the finding."""
    line = "如有疑问，请与我们联络。"
    found = [f for f in _found("我们收集账单。", line) if f.rule == "contact-missing"]
    assert any(s.text == line for f in found for s in f.sentences)


@pytest.mark.parametrize(
    ("rule", "promise", "broken", "kept"),
    [
        (
            "logging-conflict",
            "我们不会记录或存储您的输入。",
            "- 用户输入：送往模型的问题。",
            "- 账单：每月的金额。",
        ),
        ("logging-conflict", "我们是一个零日志的服务。", "我们记录每个连接的带宽。", "我们记录账单金额。"),
        (
            "confidentiality-conflict",
            "只有值班的员工可以接触您的资料。",
            "我们与广告商共享您的资料。",
            "我们与您共享账单。",
        ),
        (
            "scope-conflict",
            "上述资料均由会员自行填写。",
            "系统会自动收集您的浏览器版本。",
            "系统会自动备份。",
        ),
        (
            "definition-conflict",
            "单独的设备信息无法识别任何人。",
            "我们会读取您的IMEI等设备标识符。",
            "我们会读取屏幕的大小。",
        ),
        (
            "period-conflict",
            "我们在15个工作日内答复您的请求。",
            "您的请求将在3个工作日内得到回复。",
            "您的投诉将在3个工作日内得到回复。",
        ),
    ],
)
def test_both_sides(rule: str, promise: str, broken: str, kept: str) -> None:
    """A promise beside what breaks it is told; beside a harmless neighbour it is not."""
    assert rule in _rules(promise, "客服电话在官网。", broken)
    assert rule not in _rules(promise, "客服电话在官网。", kept)


@pytest.mark.parametrize(
    "line",
    [
        "We change the date at the top of this notice when we change the notice.",
        "变更后，我们会更新页首的最后更新日期。",
    ],
)
def test_date_that_is_not_there(line: str) -> None:
    """A date that is said to stand at the top is told where no date stands."""
    assert _about("pointed to", "Fjordhost keeps invoices.", line)
    assert not _about("pointed to", "Last updated: 3 May 2021", "Fjordhost keeps invoices.", line)


def test_markdown_headings_are_counted() -> None:
    """A number left out is seen behind the marks of Markdown too."""
    lines = ["1. Invoices", "2. Tickets", "4. Letters"]
    units = [Sentence(f"s{n}", n, f"## {line}", "heading", (), n) for n, line in enumerate(lines, 1)]
    assert any(f.rule == "numbering" for f in lint_text(units))


def test_bare_date() -> None:
    """A date that stands alone is the date of the text."""
    assert not _about("no effective date", "我们收集账单。", "2021年3月5日")
