"""`explain`: each sentence beside what the machine understood."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.small import small
from tests.cli.terminal import policy
from tests.house.tree import HOUSE

SAMPLES = sorted(HOUSE.glob("samples/*/policy.troth.md"))


def test_two_columns(tmp_path: Path) -> None:
    """A person sees each sentence, its rules in words, its proof, and why a sentence is information only."""
    outcome = policy("explain", small(tmp_path))
    assert outcome.code == 0
    words = " ".join(outcome.out.replace("│", " ").split())
    for part in (
        "What the policy says",
        "What the machine understood",
        "Name and e-mail for the account (account)",
        "We may collect name and e-mail address for account management.",
        "information: a greeting",
        "within 30 days",
    ):
        assert part.split()[0] in words, part
    assert "Erasure on request (erase)" in words


def test_one_sentence(tmp_path: Path) -> None:
    """With the name of a sentence only that row is shown, its promises told in full."""
    file = small(tmp_path, "policy.troth.md", ("{#s4 i:greeting}", "{#s4 erase}"))
    (row,) = policy("explain", file, "s4", "--json").json["sentences"]
    assert (row["id"], row["promises"]) == ("s4", ["erase"])
    assert [one["promise"] for one in row["understood"]] == ["erase"]


def test_one_promise(tmp_path: Path) -> None:
    """With the name of a promise every sentence bound to it is shown."""
    file = small(tmp_path, "policy.troth.md", ("{#s4 i:greeting}", "{#s4 erase}"))
    rows = policy("explain", file, "erase", "--json").json["sentences"]
    assert [row["id"] for row in rows] == ["s3", "s4"]


def test_unknown_name(tmp_path: Path) -> None:
    """A name that is not there is refused with the nearest ones."""
    outcome = policy("explain", small(tmp_path), "acount")
    assert outcome.code == 2
    assert outcome.err == "error: there is no sentence or promise `acount`\n  did you mean account?\n"


def test_languages(tmp_path: Path) -> None:
    """The same explanation in Chinese; a language that is not there is refused."""
    file = small(tmp_path)
    rows = policy("explain", file, "--lang", "zh", "--json").json["sentences"]
    assert rows[0]["information"] == "标题"
    assert rows[1]["understood"][0]["rules"][0][0].startswith("我们可以")
    assert (
        policy("explain", file, "--lang", "fr").err
        == "error: there are no explanations in `fr`\n  languages: en, zh\n"
    )


def test_unbound_sentence(tmp_path: Path) -> None:
    """A sentence that nobody has bound says so."""
    file = small(tmp_path, "policy.troth.md", ("{#s4 i:greeting}", "{#s4}"))
    (row,) = policy("explain", file, "s4", "--json").json["sentences"]
    assert (row["information"], row["promises"]) == ("nobody has bound this sentence yet", [])


@pytest.mark.parametrize("form", ["text", "html"])
def test_output_file(tmp_path: Path, form: str) -> None:
    """`-o` writes to a file what would be shown, and nothing to the terminal."""
    file, target = small(tmp_path), tmp_path / "out"
    outcome = policy("explain", file, "s2", "-f", form, "-o", target)
    assert (outcome.code, outcome.out) == (0, "")
    text = target.read_text("utf-8")
    assert "We collect your name" in text
    assert "If you ask us" not in text


def test_page(tmp_path: Path) -> None:
    """The page holds every sentence with its id, each promise once, words escaped, and a place to sign."""
    file = small(
        tmp_path,
        "policy.troth.md",
        ("Erasure on request", "Erasure on <b>request</b>"),
        ("{#s4 i:greeting}", "{#s4 erase}"),
    )
    page = policy("explain", file, "-f", "html").out
    assert page.count('id="promise-erase"') == 1
    assert page.count('href="#promise-erase"') == 1
    assert "<b>request" not in page
    assert all(f'id="s{number}"' in page for number in (1, 2, 3, 4))
    assert f"Policy: {policy('export', file).json['hash']}" in page


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_samples(path: Path, language: str) -> None:
    """Every sentence of the samples has its row, and every bound one says what was understood."""
    answer = policy("explain", path, "--json", "--lang", language).json
    exported = policy("export", path).json
    assert answer["policy"] == exported["hash"]
    assert [(row["id"], row["text"]) for row in answer["sentences"]] == [
        (one["id"], one["text"]) for one in exported["sentences"]
    ]
    told = {one["promise"] for row in answer["sentences"] for one in row["understood"]}
    assert told == {name for one in exported["sentences"] for name in one["promises"]}
    assert all(row["promises"] or row["information"] for row in answer["sentences"])
    assert all(
        one["rules"] and all(rule[0] for rule in one["rules"])
        for row in answer["sentences"]
        for one in row["understood"]
    )
