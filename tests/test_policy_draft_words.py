"""Drafting from published texts: which kinds of data they name, lists inside lists, and the laws that count."""

from __future__ import annotations

import pytest

from troth.app.policies import draft_file
from troth.model.vocabulary import load
from troth.policy.draft.terms import term_index
from troth.policy.front import declared, guess_jurisdictions
from troth.policy.intake import read_text
from troth.policy.split import split

INDEX = term_index(load())
NESTED = b"""<h1>Privacy</h1><p>What we do:</p><ul>
<li>We collect:<ul><li>your name</li><li>your phone number</li></ul></li>
<li>We never sell:<ul><li>your email address</li><li>IP addresses</li></ul></li></ul>
<p>We use for billing:</p><ul><li>Contact data<ul><li>postal address</li></ul></li></ul>"""


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("contacts list, call log and clipboard", "address-book call-log clipboard-content"),
        ("browsing history and search history", "browser-history search-history"),
        ("device identifiers and idfa", "device-identifier advertising-identifier"),
        ("fax number, your resume and avatar", "fax-number curriculum-vitae profile-picture"),
        ("precise location, gps and whereabouts", "precise-location location-history"),
        ("card expiry date and device name", "payment-card-expiry device-name"),
        ("wallet address", "wallet-address"),
        ("social security number and driver's license", "social-security-number driving-licence"),
        ("text messages, photos you share, your photos and calendars", "text-message picture calendar-entry"),
        ("calendar days and the genetic factors of a definition", ""),
        ("通讯录、通话记录、短信记录和剪贴板", "address-book call-log text-message clipboard-content"),
        ("您的oaid、mac地址、应用列表", "advertising-identifier mac-address device-applications"),
        ("电子邮件地址", "email-address"),
        ("行踪轨迹、声纹和学历", "location-history voiceprint education"),
        ("银行卡号、营业执照和备案信息", "payment-card-number business-licence icp-filing"),
        ("崩溃日志、浏览记录和搜索记录", "error-data browser-history search-history"),
    ],
)
def test_ordinary_kinds_of_data_have_words(words: str, keys: str) -> None:
    """What published policies collect every day is drafted as what it is, in English and in Chinese."""
    assert list(INDEX.found("data", words)) == keys.split()


def test_items_belong_to_the_item_around_them() -> None:
    """A list inside an item is read with what that item says; a mere name leaves it to what stands above."""
    drafted = draft_file(NESTED, "page.html").draft
    lines = {one.kind: one.lines for one in drafted.promises}
    assert lines["collect"] == ("may collect name, telephone-number",)
    assert lines["share"] == ("never sell email-address, ip-address to third-party",)
    assert "physical-address" in " ".join(lines["use"])


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("We follow the GDPR, the CCPA and Singapore's PDPA.", ["eu", "us-ca", "sg"]),
        ("The UK GDPR applies.", ["uk"]),
        ("The GDPR does not apply to us. The PDPO does.", ["hk"]),
        ("We follow the PDPA of Thailand.", []),
        ("我们遵守《中华人民共和国个人信息保护法》和香港《个人资料（私隐）条例》。", ["hk", "cn"]),
        ("Our office is in Germany. Servers stand in California.", []),
    ],
)
def test_laws_that_a_text_names_count(text: str, places: list[str]) -> None:
    """Laws by their names say whose clocks count; an address, or a law that does not apply, says nothing."""
    assert guess_jurisdictions(split(read_text(text.encode(), "policy.txt"))) == places
    front = draft_file(text.encode(), "policy.txt").text.split("+++")[1]
    assert ("jurisdictions" in front) is bool(places)
    assert declared({"jurisdictions": places}) == tuple(one.upper() for one in places)


def test_an_item_of_a_denial_is_denied() -> None:
    """Below "we do not collect" the words of an item permit nothing, whatever they mean elsewhere."""
    page = b"<p>We do not collect:</p><ul><li>postal address</li><li>contacts list, clipboard</li></ul>"
    lines = [line for one in draft_file(page, "page.html").draft.promises for line in one.lines]
    assert lines == ["never collect physical-address, address-book, clipboard-content"]


def test_consent_is_kept_with_what_is_collected() -> None:
    """What is collected with consent is drafted on consent; what is denied names none."""
    text = b"With your consent we collect your precise location.\n\nWe never collect your fingerprint without your consent.\n"
    lines = [line for one in draft_file(text, "policy.txt").draft.promises for line in one.lines]
    assert "may collect precise-location on consent" in lines
    assert any(line == "never collect fingerprint" for line in lines)
