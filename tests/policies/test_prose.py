"""The words of two versions, compared sentence by sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.small import SMALL, small
from tests.cli.terminal import policy
from troth.policy.bind import compile_file
from troth.policy.prose import edits

FRONT = SMALL.split("\n\n", maxsplit=1)[0] + "\n\n"


def compared(old: list[str], new: list[str]) -> list[tuple[str, str | None, str | None]]:
    """The edits between two texts of information sentences."""
    texts = [FRONT + "".join(f"{row}\n" for row in rows) for rows in (old, new)]
    before, after = [compile_file(text.encode(), "").policy for text in texts]
    found = edits(before, after)
    return [(one.kind, one.old.text if one.old else None, one.new.text if one.new else None) for one in found]


A, B, C = "We like dogs. {#a i}", "You like cats. {#b i}", "They like neither of the two animals. {#c i}"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([A, B], [A, B], []),
        ([A, B, C], [C, A, B], []),
        ([A, "", "", B], ["  " + A, B], []),
        ([A], [A, B], [("added", None, "You like cats.")]),
        ([A, B], [B], [("removed", "We like dogs.", None)]),
        ([A], ["We love dogs. {#a i}"], [("changed", "We like dogs.", "We love dogs.")]),
        (["We like dogs. {i}"], ["Hello. {i}", "We like dogs. {i}"], [("added", None, "Hello.")]),
        (["They like neither of the two animals. {i}"], ["Hello. {i}", "They love neither of the two animals. {i}"],
         [("added", None, "Hello."),
          ("changed", "They like neither of the two animals.", "They love neither of the two animals.")]),
        ([A], [B], [("added", None, "You like cats."), ("removed", "We like dogs.", None)]),
        ([A, "We like dogs. {#d i}"], [A], [("removed", "We like dogs.", None)]),
    ],
)  # fmt: skip
def test_edits(old: list[str], new: list[str], expected: list[tuple[str, str | None, str | None]]) -> None:
    """Sentences are matched by words, then by id, then by likeness; order and layout make no edit."""
    assert compared(old, new) == expected


def test_alike_stays_quick() -> None:
    """Two long texts that share nothing are compared without measuring every pair."""
    old = [f"Sentence number {n} speaks of apples and pears in basket {n}. {{i}}" for n in range(1500)]
    new = [f"Other words stand in place {n} of this much newer text {n}. {{i}}" for n in range(1500)]
    assert len(compared(old, new)) == 3000


def test_reordering_is_no_difference(tmp_path: Path) -> None:
    """Reordered sentences and promises, and another layout, are no difference in words or rules."""
    old = small(tmp_path)
    blocks = SMALL.index("promise account"), SMALL.index("promise erase"), SMALL.index("```\n", 300)
    head, first, second = SMALL[: blocks[0]], SMALL[blocks[0] : blocks[1]], SMALL[blocks[1] : blocks[2]]
    new = tmp_path / "new.troth.md"
    text = head + second + "\n" + first.rstrip("\n") + "\n```\n"
    rows = text.split("\n")
    at = next(number for number, row in enumerate(rows) if "{#s2" in row)
    rows[at], rows[at + 1] = rows[at + 1], rows[at]
    new.write_text("\n".join(rows), "utf-8")
    outcome = policy("diff", old, new, "--json")
    assert outcome.code == 0
    assert (outcome.json["changes"], outcome.json["prose"]) == ([], [])
