"""`fmt`: one layout, the same meaning, and twice is once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cli.small import SMALL, small
from tests.cli.terminal import policy
from tests.house.tree import HOUSE
from tests.policies.cases import FRONT, cases, policy_file
from troth.policy.bind import compile_file
from troth.policy.layout import meaning, tidy

SAMPLES = sorted(HOUSE.glob("samples/*/policy.troth.md"))
VALID = [policy_file(case.parts[0]) for case in cases("check.cases") if "grammar" not in case.parts[1]] + [
    SMALL
]
EXPECTED = [
    ("  ## Heading   {#s1}\n", "## Heading {#s1}\n"),
    ("\tA  sentence.{#s1\ti:aim}  \n", "A sentence. {#s1 i:aim}\n"),
    ("A sentence. {i}\n\n\n\n\nAnother. {i}", "A sentence. {i}\n\nAnother. {i}\n"),
    ("\\# 1 in hosting {i}\n", "\\# 1 in hosting {i}\n"),
    ("Use \\{x} {i}\n", "Use \\{x} {i}\n"),
    ("``` troth\npromise p use 'x'\n", None),
]
RULES = [
    (
        'promise  p   use "a  b"\n    may  use name ,email-address\n',
        'promise p use "a  b"\n  may use name, email-address\n',
    ),
    ("  may use name if( minor and not(trial))\n", "  may use name if (minor and not (trial))\n"),
    ("  may use name # why\n", "  may use name  # why\n"),
    (
        "  may use [name,\n  # both\n            email-address]\n",
        "  may use [name,\n      # both\n      email-address]\n",
    ),
    (
        "  may use name,\n\n\n  # and\n\n      email-address\n",
        "  may use name,\n\n      # and\n\n      email-address\n",
    ),
    (
        "  when request-erase\n   must erase name\n     hold a:minor\n",
        "  when request-erase\n    must erase name\n      hold a: minor\n",
    ),
    ("\tmay use name\n\t# aside\n", "  may use name\n  # aside\n"),
    ('  note "a \\" # b , c"\n', '  note "a \\" # b , c"\n'),
    (
        "  may retain name until  ~2 years after   account-closed\n",
        "  may retain name until ~2 years after account-closed\n",
    ),
]


def parts(policy_: str) -> object:
    """What a policy file means."""
    return meaning(compile_file(policy_.encode(), "a.troth.md").policy)


@pytest.mark.parametrize(("before", "after"), [pair for pair in EXPECTED if pair[1]])
def test_prose(before: str, after: str) -> None:
    """Prose has single spaces, no indentation, and one empty line between paragraphs."""
    assert tidy(before) == after


@pytest.mark.parametrize(("before", "after"), RULES)
def test_rules(before: str, after: str) -> None:
    """Rules have two spaces a step; comments, strings and empty lines stay."""
    head = "" if before.startswith("promise") else 'promise p use "x"\n'
    assert tidy(f"```troth\n{head}{before}```\n") == f"```troth\n{head}{after}```\n"


def test_front_matter_stays() -> None:
    """The front matter stays as it is, since TOML has texts over several lines."""
    front = '+++\nprovider   =  "A"\nabout = """\na\n\n\n\n  b   \n"""\n+++'
    assert tidy(f"\n\n{front}\nHello. {{i}}\n") == f"{front}\n\nHello. {{i}}\n"


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
def test_samples_are_in_the_layout(path: Path, tmp_path: Path) -> None:
    """The samples keep their meaning, and formatting them twice is formatting them once."""
    copy = tmp_path / path.name
    copy.write_bytes(path.read_bytes())
    assert policy("fmt", copy).code == 0
    once = copy.read_bytes()
    assert policy("fmt", copy, "--check").code == 0
    assert policy("fmt", copy).code == 0
    assert copy.read_bytes() == once
    assert policy("export", copy).out == policy("export", path).out


lines = st.sampled_from(["", "  ", "# a comment", "    # a deep comment", "\t"])


@given(text=st.sampled_from(VALID), data=st.data())
@settings(max_examples=40)
def test_meaning_stays(text: str, data: st.DataObject) -> None:
    """White space, empty lines and comments anywhere between lines change nothing but the layout."""
    rows: list[str] = []
    inside, step = False, data.draw(st.sampled_from([1, 2, 3]))
    for row in text.split("\n"):
        inside ^= row.startswith("```")
        words = row.lstrip(" ")
        comma = data.draw(st.sampled_from([", ", " ,", ",\n        ", ",  # x\n   "])) if inside else ", "
        rows.append(" " * (len(row) - len(words)) * step + words.replace(", ", comma) if inside else row)
        if inside and not row.startswith("```"):
            rows += data.draw(st.lists(lines, max_size=2))
        elif not inside and not row:
            rows += [""] * data.draw(st.integers(0, 2))
    messy = "\n".join(rows)
    done = tidy(messy)
    assert tidy(done) == done
    assert parts(done) == parts(messy)


def test_check_says_what_to_do(tmp_path: Path) -> None:
    """`fmt --check` changes nothing, says which file differs, and its exit code is 1."""
    file = small(
        tmp_path,
        "policy.troth.md",
        ("  prove collection-gate", "     prove   collection-gate"),
        ("     prove", "  prove"),
    )
    before = file.read_bytes()
    outcome = policy("fmt", file, "--check")
    assert (outcome.code, file.read_bytes()) == (1, before)
    assert f"troth policy fmt {file}" in outcome.out.replace("\n", " ")


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf" + SMALL.encode(), SMALL.replace("\n", "\r\n").encode()])
def test_marks_of_other_systems(tmp_path: Path, data: bytes) -> None:
    """A byte order mark and line ends of other systems go."""
    file = tmp_path / "policy.troth.md"
    file.write_bytes(data)
    assert policy("fmt", file, "--check").code == 1
    assert policy("fmt", file).code == 0
    assert file.read_text("utf-8") == SMALL


def test_broken_rules_are_left_alone(tmp_path: Path) -> None:
    """Rules that can not be parsed are not moved about: the place is named instead."""
    file = small(tmp_path, "policy.troth.md", ("may collect", "may collect collect collect ,,"))
    before = file.read_bytes()
    outcome = policy("fmt", file)
    assert (outcome.code, file.read_bytes()) == (2, before)
    assert outcome.err.startswith(f"error: {file}:16:")


def test_front_only() -> None:
    """A file that is front matter alone keeps it."""
    assert tidy(FRONT).startswith(FRONT.strip())
