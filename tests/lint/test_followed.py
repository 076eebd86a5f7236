"""People who are said to be nameless, unseen or asked for nothing, and who are followed, recorded or known."""

from __future__ import annotations

import pytest

from tests.lint.lines import called, rules_of

FOUND = (
    (
        "nameless-conflict",
        (
            "We do not associate usage statistics with individual visitors.",
            "Cookies let us connect your visits to what you told us at registration.",
        ),
        (),
    ),
    (
        "nameless-conflict",
        (
            "We never match log data with particular users.",
            "Log files and cookies are used to build profiles of our users.",
        ),
        (),
    ),
    (
        "nameless-conflict",
        (
            "Tracking data is never linked to individual users.",
            "The server relates each user's clicks to his account.",
        ),
        (),
    ),
    (
        "nameless-conflict",
        (
            "We do not track which pages individual visitors read.",
            "Visitors see advertisements tailored to their interests by our tracking.",
        ),
        (),
    ),
    (
        "nameless-conflict",
        (
            "The cookie does not contain personal information.",
            "The only personal information a cookie may hold is what you supplied.",
        ),
        (),
    ),
    (
        "nameless-conflict",
        (
            "IP addresses, etc. are not linked to personally identifiable information.",
            "We may combine log data with other information about you.",
        ),
        (),
    ),
    (
        "nameless-conflict",
        (
            "Usage reports are not identifiable to any particular user.",
            "We link this automatically collected data to personal information of visitors.",
        ),
        (),
    ),
    (
        "nameless-conflict",
        (
            "You may, of course, browse our site anonymously.",
            "We collect information such as your name and IP address.",
        ),
        (),
    ),
    (
        "nameless-conflict",
        (
            "We collect personal information from visitors in many ways, for instance when they visit our site.",
            "Visitors can look at our site anonymously.",
        ),
        (),
    ),
    (
        "nameless-conflict",
        (
            "No personal information is stored on the game server.",
            "Your e-mail address is kept on the game server.",
        ),
        (),
    ),
    (
        "nameless-conflict",
        ("We do not ask for any personal data when you open a chat.", "Your IP address is logged."),
        (),
    ),
    (
        "nameless-conflict",
        (
            "You can use the tool without giving any personal information.",
            "We record the IP address of every call.",
        ),
        (),
    ),
    ("nameless-conflict", ("这些数据仅供整体统计，不会与特定用户关联。", "我们会分析您的个人消费习惯。"), ()),
    ("nameless-conflict", ("我们不会针对个人进行画像。", "我们根据您的浏览记录为您推荐商品。"), ()),
    ("nameless-conflict", ("我们会收集您的银行卡号和手机号。", "我们无法据此识别您的身份。"), ()),
    (
        "source-conflict",
        (
            "We collect personal data from customers only if they voluntarily submit it.",
            "We gather data, including your IP address, from every visitor.",
        ),
        (),
    ),
    (
        "source-conflict",
        (
            "This information is only collected with your knowledge.",
            "Our server automatically records what you look at.",
        ),
        (),
    ),
    (
        "never-vs-may",
        ("We use session cookies.", "We keep what cookies tell us to build a profile of each customer."),
        (),
    ),
    (
        "never-vs-may",
        ("Our cookies expire when you leave the site.", "Cookies are read at your next visit."),
        (),
    ),
)


@pytest.mark.parametrize(("rule", "lines", "places"), FOUND, ids=called)
def test_found(rule: str, lines: tuple[str, ...], places: tuple[str, ...]) -> None:
    """A promise that people are not known is found beside what knows them."""
    assert rule in rules_of(lines, places)


QUIET = (
    (
        "nameless-conflict",
        ("We do not associate usage statistics with individual visitors.", "Cookies keep your basket."),
        (),
    ),
    (
        "nameless-conflict",
        (
            "We do not match log data with particular users unless you agree.",
            "Log files are used to build profiles of our users.",
        ),
        (),
    ),
    ("nameless-conflict", ("We do not track which pages individual visitors read.", "We count pages."), ()),
    (
        "nameless-conflict",
        ("The cookie does not contain personal information.", "You can delete cookies."),
        (),
    ),
    ("nameless-conflict", ("You may browse our site anonymously.", "We do not collect IP addresses."), ()),
    (
        "nameless-conflict",
        (
            "No personal information is stored on the game server.",
            "# Shop",
            "Your e-mail address is kept on the web server.",
        ),
        (),
    ),
    (
        "nameless-conflict",
        ("We do not ask for any sensitive personal data.", "Your IP address is logged."),
        (),
    ),
    ("nameless-conflict", ("这些数据仅供整体统计。", "我们不会分析您的个人习惯。"), ()),
    ("nameless-conflict", ("匿名化处理后，我们无法识别您的身份。", "我们会收集您的手机号。"), ()),
    ("source-conflict", ("We collect personal data only if customers submit it.", "We count visits."), ()),
    (
        "never-vs-may",
        ("We use session cookies and persistent cookies.", "Cookies are read at your next visit."),
        (),
    ),
    ("never-vs-may", ("We use session cookies.", "Profiles of customers are built from orders."), ()),
)


@pytest.mark.parametrize(("rule", "lines", "places"), QUIET, ids=called)
def test_quiet(rule: str, lines: tuple[str, ...], places: tuple[str, ...]) -> None:
    """Counting, what people agree to, and what stands apart are no contradiction."""
    assert rule not in rules_of(lines, places)
