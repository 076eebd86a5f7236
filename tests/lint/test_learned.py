"""Learned weights: their sums are those of a plain dictionary, and a file says what was learned."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troth.policy.lint.learned import Weights, made, numbered, read, written

LABELS = ("one", "two", "three")
NAMES = st.sampled_from(["we", "we never", "never", "sell", "我们", "不"])
WEIGHTS = st.floats(-30, 30).map(lambda weight: round(weight, 3))
TABLES = st.dictionaries(
    NAMES, st.dictionaries(st.integers(0, 2), WEIGHTS, min_size=1).map(lambda own: tuple(own.items()))
)
BIASES = st.tuples(WEIGHTS, WEIGHTS, WEIGHTS)


def plain(
    biases: tuple[float, ...], table: Mapping[str, tuple[tuple[int, float], ...]], names: list[str]
) -> list[float]:
    """The sums, one by one."""
    found = list(biases)
    for name in names:
        for label, weight in table.get(name, ()):
            found[label] += weight
    return found


@given(BIASES, TABLES, st.lists(NAMES, unique=True))
def test_scores(
    biases: tuple[float, ...], table: dict[str, tuple[tuple[int, float], ...]], names: list[str]
) -> None:
    """The odds of each label are its bias and what each known feature adds, whichever features there are."""
    weights = made(LABELS, biases, table)
    keys = numbered(names)
    assert weights.scores(keys).tolist() == pytest.approx(plain(biases, table, names), abs=0.01)
    for label in range(len(LABELS)):
        own = [dict(table.get(name, ())).get(label, 0.0) for name in names]
        assert weights.of(keys, label) == pytest.approx(own, abs=0.001)


@given(BIASES, TABLES)
def test_file(biases: tuple[float, ...], table: dict[str, tuple[tuple[int, float], ...]]) -> None:
    """A file gives the same weights again, with its remark, and is the same each time it is written."""
    weights = made(LABELS, biases, table)
    data = written(weights, "learned on Tuesday")
    again, remark = read(data)
    assert remark == "learned on Tuesday"
    assert again.labels == LABELS
    assert written(again, remark) == data
    assert sums(again, list(table)) == sums(weights, list(table))


def sums(weights: Weights, names: list[str]) -> list[float]:
    """The odds of each label for all features of a table."""
    found: list[float] = weights.scores(numbered(names)).tolist()
    return found
