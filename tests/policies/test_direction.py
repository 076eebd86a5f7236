"""Lengths that a rule counts the other way than its sentence does."""

from __future__ import annotations

import pytest

from tests.policies.cases import policy_file
from troth.policy.bind import compile_file
from troth.policy.check import check
from troth.policy.direction import directed, turned_round

OPPOSED = [
    ("We tell you at least 30 days before changes apply.", "within 30 days of policy-change"),
    ("We tell you at least thirty (30) days in advance.", "within 30 days"),
    ("You get 30 days' prior written notice.", "within 30 days"),
    ("We tell you within 30 days.", "30 days before policy-effective"),
    ("We tell you no later than 30 days after the change.", "30 days before policy-effective"),
    ("We tell you within 30 days.", "30 days after policy-change"),
    ("We tell you 30 days before the change.", "30 days after policy-change"),
    ("We tell you within 30 days.", "at-least 30 days"),
    ("It stays up for 30 days at most.", "at-least 30 days after policy-change"),
    ("It stays up for no longer than 30 days.", "at-least 30 days after policy-change"),
    ("We tell you for at least 30 days.", "within 30 days"),
    ("我们提前30日通知您。", "within 30 days"),
    ("我们至少在变更30天前通知您。", "within 30 days"),
    ("我们在30天之内通知您。", "30 days before policy-effective"),
    ("公示不少于30日。", "within 30 days"),
    ("公示最长不超过三十日。", "at-least 30 days"),
]
AGREED = [
    ("We tell you at least 30 days before changes apply.", "30 days before policy-effective"),
    ("We tell you 30 days ahead of the change.", "30 days before policy-effective"),
    ("We tell you within 30 days.", "within 30 days"),
    ("We tell you within 30 days of the change.", "30 days after policy-change"),
    ("It takes up to 30 days.", "30 days after policy-change"),
    ("The period is 30 days.", "30 days before policy-effective"),
    ("We tell you within 30 days, and 30 days before changes apply.", "30 days before policy-effective"),
    ("We tell you at least 30 days ahead and answer in 30 days.", "within 30 days"),
    ("It stays up for at least 30 days.", "at-least 30 days"),
    ("It stays up for 30 days.", "at-least 30 days"),
    ("We answer no later than thirty (30) days after you ask.", "within 30 days"),
    ("We tell you not less than 60 days before, and within 30 days of your question.", "within 30 days"),
    ("我们在收到请求后30日内答复您。", "within 30 days"),
    ("公示不少于30日。", "at-least 30 days"),
    ("我们提前至少30日通知您。", "30 days before policy-effective"),
    ("答复最长不超过30天。", "within 30 days"),
]


def _found(sentence: str, deadline: str) -> list[str]:
    rules = (
        '\npromise p notify "Tell"\n  when policy-change\n    must notify account-holder about new-version '
    )
    text = policy_file(f"{sentence} {{#s1 p}}\n{rules}{deadline}\n  prove timer\n")
    found = [one for one in check(compile_file(text.encode(), "p.troth.md")) if one.severity != "info"]
    assert all(one.promise == "p" and one.line and not one.law for one in found)
    return [one.rule for one in found]


@pytest.mark.parametrize(("sentence", "deadline"), OPPOSED)
def test_a_length_that_counts_the_other_way_is_a_finding(sentence: str, deadline: str) -> None:
    """Within 30 days is not at least 30 days before, nor the other way round, in English and in Chinese."""
    assert _found(sentence, deadline) == ["number-other-way"]


@pytest.mark.parametrize(("sentence", "deadline"), AGREED)
def test_a_length_that_may_agree_is_none(sentence: str, deadline: str) -> None:
    """Where one place of the sentence agrees with the rule, or its words do not tell, nothing is claimed."""
    assert _found(sentence, deadline) == []


@pytest.mark.parametrize(
    ("sentence", "condition", "found"),
    [
        ("We do not knowingly collect data of persons under 16.", "age <= 16", True),
        ("We do not knowingly collect data of persons under the age of sixteen.", "age < 16", False),
        ("You must be 16 or older.", "not age > 16", True),
        ("You must be 16 years of age or older.", "not age >= 16", False),
        ("未满十四周岁的，须经监护人同意。", "age <= 14", True),
        ("未满14周岁的，须经监护人同意。", "age < 14", False),
        ("This is for children of 12 or younger.", "age <= 12", False),
        ("Persons under 16, and those who are 16, ask their parents.", "age <= 16", False),
    ],
)
def test_who_is_of_an_age_is_not_under_it(sentence: str, condition: str, found: bool) -> None:
    """The year in which a line of age stands belongs to the side that the sentence says."""
    text = policy_file(
        f'{sentence} {{#s1 p}}\n\npromise p child "P"\n  never collect name if {condition}\n  prove timer\n'
    )
    rules = [one.rule for one in check(compile_file(text.encode(), "p.troth.md")) if one.severity != "info"]
    assert rules == ["number-other-way"] * found


@pytest.mark.parametrize(
    ("one", "other", "turned"),
    [
        ("We delete it within 30 days.", "我们在30天后删除。", True),
        ("We tell you at least 30 days before changes.", "我们会在变更后30天内告知您。", True),
        ("We keep it for at most 30 days.", "我们至少保存30天。", True),
        ("We delete it within 30 days of your request.", "我们在收到请求后30天内删除。", False),
        ("We tell you at least 30 days before changes.", "我们至少提前30日通知您。", False),
        ("We keep it for 30 days.", "我们至少保存30天。", False),
        ("We keep it up to 30 days.", "保存期限不超过30天。", False),
    ],
)
def test_a_translation_that_counts_the_other_way(one: str, other: str, turned: bool) -> None:
    """The same length is told as another where the translation plainly counts it the other way round."""
    assert (turned_round(directed(one), directed(other)) is not None) is turned
