"""Any bytes into every command: never a traceback, always file, line, column, and what to do."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, assume, example, given, settings
from hypothesis import strategies as st

from tests.cli.nasty import ACTS, PIECES, Damage, damaged
from tests.cli.oracle import READERS, WRITERS, assert_plain, assert_read
from tests.cli.terminal import policy
from tests.house.tree import HOUSE
from tests.policies.cases import cases, policy_file
from troth.model.errors import SourceError
from troth.policy.bind import compile_file
from troth.policy.layout import meaning, tidy
from troth.policy.outline import outline
from troth.policy.source import decode

numbers = itertools.count(1)


def windows(path: Path) -> Iterator[str]:
    """The sections of a policy file, each with its front matter, so that an example is quick."""
    front, *sections = re.split(r"^(?=#{1,6} .*\{#)", path.read_text("utf-8"), flags=re.MULTILINE)
    head = "\n".join(front.split("\n")[: front.split("\n").index("+++", 1) + 1])
    yield front
    yield from (f"{head}\n\n{section}" for section in sections if "```troth" in section)


def pieces(path: Path, size: int = 12) -> Iterator[str]:
    """Some lines at a time of a raw text."""
    rows = path.read_text("utf-8").split("\n")
    yield from ("\n".join(rows[start : start + size]) for start in range(0, len(rows), size))


SAMPLES = [text for path in sorted(HOUSE.glob("samples/*/policy.troth.md")) for text in windows(path)]
CASES = [policy_file(case.parts[0]) for case in cases("check.cases")]
TEXTS = [text for path in sorted(HOUSE.glob("tests/data/intake/*.txt")) for text in pieces(path)]

shares = st.floats(0, 1)
damage = st.builds(Damage, st.sampled_from(ACTS), shares, shares, st.sampled_from(PIECES))
damages = st.lists(damage, min_size=1, max_size=8)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the files of all examples."""
    return tmp_path_factory.mktemp("fuzz")


def written(folder: Path, data: bytes, suffix: str = ".troth.md") -> Path:
    """A new file with these bytes."""
    path = folder / f"f{next(numbers)}{suffix}"
    path.write_bytes(data)
    return path


@given(data=st.binary(max_size=300), command=st.sampled_from(READERS + WRITERS))
@example(data=b"", command=("check",))
@example(data=b"\xff\xfe", command=("check",))
@example(data=b"+++\n+++", command=("fmt",))
@settings(max_examples=100)
def test_bytes(folder: Path, data: bytes, command: tuple[str, ...]) -> None:
    """Random bytes are refused or answered in words."""
    file = written(folder, data)
    assert_plain(policy(command[0], file, *command[1:]), file)


@given(
    text=st.sampled_from(SAMPLES + CASES),
    damages=damages,
    commands=st.lists(st.sampled_from(READERS), min_size=1, max_size=3, unique=True),
)
@settings(max_examples=80)
def test_damaged_policies_are_read(
    folder: Path, text: str, damages: list[Damage], commands: list[tuple[str, ...]]
) -> None:
    """A damaged policy is answered or refused in words by every command, and left alone."""
    file = written(folder, damaged(text, damages).encode())
    for command in commands:
        assert_read(file, command)


@given(text=st.sampled_from(SAMPLES + CASES), damages=damages)
@settings(max_examples=40)
def test_damaged_policies_are_compared(folder: Path, text: str, damages: list[Damage]) -> None:
    """Two versions, one of them damaged, are compared or refused in words; a refusal means the damaged one."""
    old, new = written(folder, text.encode()), written(folder, damaged(text, damages).encode())
    assume(policy("export", old).code == 0)
    assert_plain(policy("diff", old, new, "--json"), new)


@given(text=st.sampled_from(SAMPLES + CASES), damages=damages, command=st.sampled_from(WRITERS))
@settings(max_examples=60)
def test_damaged_policies_are_written(
    folder: Path, text: str, damages: list[Damage], command: tuple[str, ...]
) -> None:
    """A command that writes keeps the words of a damaged policy, or refuses and leaves the file alone."""
    data = damaged(text, damages).encode()
    file = written(folder, data)
    said = policy("publish", file).out
    outcome = policy(command[0], file, *command[1:])
    assert_plain(outcome, file)
    if outcome.code == 2:
        assert file.read_bytes() == data
    else:
        assert policy("publish", file).out.split() == said.split()


@given(text=st.sampled_from(SAMPLES + CASES), damages=st.lists(damage, max_size=2))
@settings(
    max_examples=100, suppress_health_check=[*settings().suppress_health_check, HealthCheck.filter_too_much]
)
def test_layout_of_damaged_policies(text: str, damages: list[Damage]) -> None:
    """Whatever can be read keeps its meaning in the one layout, and the layout of that is itself."""
    data = damaged(text, damages).encode()
    try:
        before = compile_file(data, "a.troth.md")
        outline(before.source)
    except SourceError:
        assume(False)  # not every damage leaves a policy
    done = tidy(decode(data, "a.troth.md"))
    assert tidy(done) == done
    assert meaning(compile_file(done.encode(), "a.troth.md").policy) == meaning(before.policy)


@given(text=st.sampled_from(TEXTS), damages=damages, suffix=st.sampled_from([".txt", ".html", ".docx", ""]))
@settings(max_examples=60, phases=[Phase.explicit, Phase.reuse, Phase.generate])  # shrinking takes minutes
def test_damaged_texts(folder: Path, text: str, damages: list[Damage], suffix: str) -> None:
    """A damaged raw text is drafted and linted, or refused in words; a draft can be read again."""
    file = written(folder, damaged(text, damages).encode(), suffix)
    assert_plain(policy("lint", file, "--json"), file)
    draft = file.with_suffix(".troth.md")
    outcome = policy("import", file, "-o", draft, "--force")
    assert_plain(outcome, file)
    if outcome.code == 0:
        assert policy("check", draft).code == 1
        assert policy("publish", draft).code == 0
