"""The ids of sentences: those that somebody wrote stay, the others avoid them."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.cli.small import small
from tests.cli.terminal import policy
from troth.policy.source import read

IDS = st.sampled_from(["", "s1", "s2", "s3", "s2.2", "s3.2", "s3.3", "note"])


def names(text: str) -> list[str]:
    """The ids of the lines of a file."""
    return [line.sentence.id for line in read(text, "ids.troth.md").lines]


def test_place() -> None:
    """A line without an id is named by its place."""
    assert names("One. {i}\nTwo. {#two i}\n\n# Three\nFour. {i}\n") == ["s1", "two", "s3", "s4"]


def test_a_line_above_written_ids() -> None:
    """A heading put above a line with an id takes a name that nobody wrote, wherever the written one stands."""
    assert names("# Policy\nOne. {#s1 i}\nTwo. {#s2 i}\nThree. {i}\nFour. {#s1.2 i}\n") == [
        "s1.3",
        "s1",
        "s2",
        "s4",
        "s1.2",
    ]


@given(written=st.lists(IDS, max_size=8))
def test_any_lines(written: list[str]) -> None:
    """Whatever ids are written, once each: they stay, and no generated one is among them or comes twice."""
    once = [name if name not in written[:place] else "" for place, name in enumerate(written)]
    found = names("".join(f"Words. {{#{name} i}}\n" if name else "Words. {i}\n" for name in once))
    assert [one for one, name in zip(found, once, strict=True) if name] == [name for name in once if name]
    assert len(set(found)) == len(found)


def test_new_line_in_a_file(tmp_path: Path) -> None:
    """A file with written ids still checks and exports after a line without one was put in, its ids as before."""
    file = small(tmp_path, "policy.troth.md", ("## Your account {#s1}", "# Policy\n\n## Your account {#s1}"))
    outcome = policy("export", file)
    assert outcome.code == 0, outcome.err
    assert [one["id"] for one in outcome.json["sentences"]] == ["s1.2", "s1", "s2", "s3", "s4"]


def test_an_id_written_twice(tmp_path: Path) -> None:
    """An id that somebody wrote twice is blamed on the second line that has it."""
    file = small(tmp_path, "policy.troth.md", ("{#s4 i:greeting}", "{#s2 i:greeting}"))
    found = [
        one for one in policy("check", file, "--json").json["findings"] if one["rule"] == "defined-twice"
    ]
    assert [one["message"] for one in found] == ["the id `s2` names two sentences (also line 10)"]
