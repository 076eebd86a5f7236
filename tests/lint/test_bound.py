"""What binds those who work with the data, which texts and codes hold for what, and sources beside the main ones."""

from __future__ import annotations

import pytest

from tests.lint.lines import called, rules, rules_of

CONTRACT = "contract-missing"
SCOPE = "scope-conflict"
PROGRAMS = "categories-missing"
SOURCE = "source-open"
CODE = "reference-unresolved"

ASSISTED = "We share your personal information with third-party service providers that assist us with e-mail."
BY_PHONE = "When you call our support by phone we collect your name and your account number."
SITE_ONLY = "This privacy policy applies only to information collected through this website."
TOOLS = "This policy applies to our website, our SDKs, our mini programs and our mobile apps."
NAMED = "This includes your IP address, your name and your e-mail address."
SEEN = "We automatically collect technical data when you visit our website."
CODE_WHOLE = "Under California Civil Code 1798 you may ask us whom we gave your personal information to."

FOUND = (
    (CONTRACT, (ASSISTED,)),
    (CONTRACT, ("Our contractors have access to your personal data when they repair our servers.",)),
    (
        CONTRACT,
        (
            "We may disclose your personal information to:",
            "- outside vendors who host our systems",
            "- public authorities where a court orders it",
        ),
    ),
    # an agreement of the reader binds nobody else
    (CONTRACT, (ASSISTED, "By using our service you agree to this policy.")),
    (SCOPE, (SITE_ONLY, BY_PHONE)),
    (SCOPE, ("This policy does not cover information that is collected offline.", BY_PHONE)),
    (PROGRAMS, (TOOLS, SEEN, NAMED)),
    (SOURCE, ("Your personal information is primarily collected from you.",)),
    (SOURCE, ("We mostly obtain personal data directly from our customers.",)),
    (CODE, (CODE_WHOLE,)),
)
SILENT = (
    (CONTRACT, (ASSISTED, "These providers are bound by contract to keep it secret.")),
    (CONTRACT, (ASSISTED, "They may only use it to do their work for us.")),
    (CONTRACT, ("We do not share your personal information with third-party service providers.",)),
    # who uses it for himself works for nobody
    (CONTRACT, ("We share your data with third parties that provide offers of their own products.",)),
    # a processor of payments is known by its task
    (CONTRACT, ("Stripe gets the number of your card when you pay.",)),
    (SCOPE, (SITE_ONLY, "When you order on this website we collect your name.")),
    (SCOPE, (SITE_ONLY, "You can call us by phone when a page does not load.")),
    (
        SCOPE,
        ("This privacy policy applies to information collected through our website and by phone.", BY_PHONE),
    ),
    (PROGRAMS, (TOOLS, SEEN, NAMED, "Our apps send their version and a report when they crash.")),
    (PROGRAMS, ("This policy applies to our website.", SEEN, NAMED)),
    (SOURCE, ("Your personal information is collected from you alone.",)),
    (
        SOURCE,
        (
            "Your personal information is primarily collected from you.",
            "We also get your score from one other source, the credit bureau Alpha.",
        ),
    ),
    (SOURCE, ("Your personal information is primarily used for billing.",)),
    (CODE, ("Under California Civil Code Section 1798.83 you may ask us whom we gave it to.",)),
    (CODE, ("Your rights follow from Cal. Civ. Code § 1798.100 et seq..",)),
    (CODE, ("Your rights follow from Civil Code 1798 et seq..",)),
)


@pytest.mark.parametrize(("rule", "lines"), FOUND, ids=called)
def test_what_is_left_unbound_or_uncovered_is_found(rule: str, lines: tuple[str, ...]) -> None:
    """Helpers without a contract, channels without a text, sources beside the main ones, a code without its section."""
    assert rule in rules_of(lines, ("US-CA",))


@pytest.mark.parametrize(("rule", "lines"), SILENT, ids=called)
def test_what_is_bound_and_covered_is_left_alone(rule: str, lines: tuple[str, ...]) -> None:
    """A contract, a limit or a section that the text names answers the question, and so does another meaning."""
    assert rule not in rules_of(lines, ("US-CA",))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("您的个人信息主要来源于您注册时的填写收集。//我们妥善保管。", True),
        ("您的个人信息主要来源于您注册时的填写收集。//此外，我们从工商登记系统查询企业名称。", False),
        ("您的个人信息主要用于开通主机。//我们妥善保管。", False),
    ],
)
def test_main_sources_in_chinese(text: str, found: bool) -> None:
    """Chinese texts that name the main source alone leave the others open."""
    assert (SOURCE in rules(text)) is found
