"""Two sentences far apart that stand to one topic in opposite ways, and pairs that only look like it."""

from __future__ import annotations

import pytest

from tests.lint.gold import DATA
from tests.lint.lines import sentences
from troth.policy.lint import lint_text

BETWEEN = {
    False: (
        "Our products are described on the product pages.",
        "Each data centre has two independent power feeds.",
        "Doors are secured with card readers.",
        "Our name servers run on two separate networks.",
        "Software on our machines is patched every week.",
        "A knowledge base with guides is open to everybody.",
    ),
    True: (
        "产品说明见产品页面。",
        "机房配有双路供电。",
        "机房大门装有读卡器。",
        "域名服务器分布于两个网络。",
        "软件每周更新补丁。",
        "帮助文档对所有人开放。",
    ),
}
LINES = [
    tuple(part.strip() for part in line.split("|"))
    for line in (DATA / "opposites.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
FOUND = [(kind.split()[1], one, other) for kind, one, other in LINES if kind != "left"]
LEFT = [(one, other) for kind, one, other in LINES if kind == "left"]


def contradictions(one: str, other: str) -> set[str]:
    """The rules of the contradictions between two sentences with six others between them."""
    lines = (one, *BETWEEN[not one.isascii()], other)
    found = lint_text(sentences(lines, "Privacy"))
    return {
        f.rule for f in found if f.kind == "contradiction" and {one, other} <= {s.text for s in f.sentences}
    }


@pytest.mark.parametrize(("rule", "one", "other"), FOUND)
def test_opposites_are_found(rule: str, one: str, other: str) -> None:
    """A promise and the sentence that takes it back are named together under the rule."""
    assert rule in contradictions(one, other)


@pytest.mark.parametrize(("rule", "one", "other"), FOUND)
def test_order_does_not_matter(rule: str, one: str, other: str) -> None:
    """The same two sentences are found when the act stands first."""
    assert rule in contradictions(other, one)


@pytest.mark.parametrize(("one", "other"), LEFT)
def test_look_alikes_are_left_alone(one: str, other: str) -> None:
    """Sentences with an exception, about other data, persons or stages are no contradiction."""
    assert not contradictions(one, other)
