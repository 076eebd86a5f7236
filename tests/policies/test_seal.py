"""`seal`: the hash of the words that a promise was reviewed against."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.small import small
from tests.cli.terminal import policy
from troth.policy.bind import compile_file
from troth.policy.seal import digest, holds


def findings(file: Path, rule: str) -> list[str]:
    """The promises that `check` has this finding about."""
    return [one["promise"] for one in policy("check", file, "--json").json["findings"] if one["rule"] == rule]


def rows(file: Path) -> list[str]:
    """The lines of a file."""
    return file.read_text("utf-8").split("\n")


def test_seal_everything(tmp_path: Path) -> None:
    """Sealing writes one line a promise and changes nothing else; afterwards nothing is unsealed."""
    file = small(tmp_path)
    before = rows(file)
    assert findings(file, "unsealed") == ["account", "erase"]
    assert policy("seal", file).code == 0
    assert findings(file, "unsealed") == []
    added = [row for row in rows(file) if row.startswith("  seal ")]
    assert len(added) == 2
    assert [row for row in rows(file) if row not in added] == before
    assert policy("fmt", file, "--check").code == 0


def test_seal_twice(tmp_path: Path) -> None:
    """A second seal takes the place of the first."""
    file = small(tmp_path)
    policy("seal", file, "--by", "A")
    policy("seal", file, "--by", "B", "--on", "2026-02-03")
    text = file.read_text("utf-8")
    assert text.count("seal ") == 2
    assert text.count(' by "B" on 2026-02-03') == 2


def test_changed_words_break_the_seal(tmp_path: Path) -> None:
    """When the words change after the review, `check` names the promise, blocks, and fails."""
    file = small(tmp_path)
    policy("seal", file)
    file.write_text(file.read_text("utf-8").replace("within 30 days. {", "within 30 days or so. {"), "utf-8")
    outcome = policy("check", file, "--json")
    (stale,) = [one for one in outcome.json["findings"] if one["rule"] == "stale-seal"]
    assert (outcome.code, stale["promise"], stale["severity"]) == (1, "erase", "block")
    assert stale["sentences"][0]["text"] == "If you ask us, we delete them within 30 days or so."
    policy("seal", file, "--promise", "erase")
    assert findings(file, "stale-seal") == []


def test_white_space_keeps_the_seal(tmp_path: Path) -> None:
    """White space and composed letters do not break a seal, one letter does."""
    file = small(tmp_path, "policy.troth.md", ("your name", "your café name"))
    policy("seal", file)
    text = file.read_text("utf-8")
    file.write_text(text.replace("café name", "cafe\u0301   name"), "utf-8")
    assert findings(file, "stale-seal") == []
    file.write_text(text.replace("café name", "cafe name"), "utf-8")
    assert findings(file, "stale-seal") == ["account"]


def test_one_promise(tmp_path: Path) -> None:
    """`--promise` seals that one only, and repeats for more."""
    file = small(tmp_path)
    policy("seal", file, "--promise", "erase")
    assert findings(file, "unsealed") == ["account"]
    policy("seal", file, "--promise", "erase", "--promise", "account")
    assert findings(file, "unsealed") == []


def test_who_and_when(tmp_path: Path) -> None:
    """`--by` writes who reviewed and the day of today, quotes and backslashes escaped; `--on` another day."""
    file = small(tmp_path)
    policy("seal", file, "--by", 'Ms "K" \\ Lee')
    seal = compile_file(file.read_bytes(), "").policy.promises[0].seal
    assert seal is not None
    assert seal.by == 'Ms "K" \\ Lee'
    assert len(seal.on) == len("2026-01-01")
    policy("seal", file, "--on", "2026-01-01")
    seal = compile_file(file.read_bytes(), "").policy.promises[0].seal
    assert seal is not None
    assert (seal.by, seal.on) == ("", "2026-01-01")


@pytest.mark.parametrize("day", ["yesterday", "2026-13-01", "01.02.2026"])
def test_no_date(tmp_path: Path, day: str) -> None:
    """What is no date is refused and nothing is written."""
    file = small(tmp_path)
    before = file.read_bytes()
    outcome = policy("seal", file, "--on", day)
    assert (outcome.code, file.read_bytes()) == (2, before)
    assert outcome.err == f"error: `{day}` is not a date\n  write YYYY-MM-DD\n"


def test_unknown_promise(tmp_path: Path) -> None:
    """A promise that is not there is refused, with the names that are."""
    outcome = policy("seal", small(tmp_path), "--promise", "acount")
    assert outcome.code == 2
    assert (
        outcome.err
        == "error: there is no accepted promise `acount` with sentences\n  promises: account, erase\n"
    )


def test_only_the_promise_is_written_to(tmp_path: Path) -> None:
    """Prose that begins with `promise`, lists over several lines, comments and older seals stay where they are."""
    file = small(
        tmp_path,
        "policy.troth.md",
        ("We hope you enjoy our service. {#s4 i:greeting}", "promise account that we keep. {#s4 account}"),
        ("  prove collection-gate\n", "  prove collection-gate,\ntimer\n  # the end\n\n"),
        ("  prove request-timeline\n", "  seal 0123456789abcdef\n  prove request-timeline\n"),
    )
    assert policy("seal", file).code == 0
    text = file.read_text("utf-8")
    assert "promise account that we keep. {#s4 account}\n\n```troth" in text
    first, second = compile_file(text.encode(), "").policy.promises
    assert first.seal is not None
    assert second.seal is not None
    assert (
        f"  prove collection-gate,\ntimer\n  seal {first.seal.digest}\n  # the end\n\n\npromise erase" in text
    )
    assert f"  prove request-timeline\n  seal {second.seal.digest}\n```" in text
    assert "0123456789abcdef" not in text


def test_covered_part(tmp_path: Path) -> None:
    """A promise that covers a part of a sentence is sealed against that part only."""
    cover = ('"Name and e-mail for the account"\n', '"Name"\n  covers "your name"\n')
    file = small(tmp_path, "policy.troth.md", cover)
    policy("seal", file)
    text = file.read_text("utf-8")
    file.write_text(text.replace("your email address to create", "your email to create"), "utf-8")
    assert findings(file, "stale-seal") == []


def test_short_seals_hold(tmp_path: Path) -> None:
    """A seal of eight hex digits holds, one of seven is not read as a seal."""
    policy_ = compile_file(small(tmp_path).read_bytes(), "").policy
    whole = digest(policy_, policy_.promises[0])
    for size, holding in ((16, True), (8, True)):
        sealed = small(
            tmp_path,
            "b.troth.md",
            ("  prove collection-gate", f"  prove collection-gate\n  seal {whole[:size]}"),
        )
        compiled = compile_file(sealed.read_bytes(), "").policy
        assert holds(compiled, compiled.promises[0]) is holding
