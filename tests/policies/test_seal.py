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


def seals(file: Path) -> dict[str, tuple[str, str]]:
    """Who sealed each promise of a file, and when."""
    promises = compile_file(file.read_bytes(), "").policy.promises
    return {one.id: (one.seal.by, one.seal.on) for one in promises if one.seal}


def test_a_review_keeps_its_name(tmp_path: Path) -> None:
    """Promises whose words did not change keep name and day, whoever seals afterwards; only what changed is sealed again."""
    file = small(tmp_path)
    policy("seal", file, "--by", "A", "--on", "2026-01-02")
    before = file.read_bytes()
    outcome = policy("seal", file)
    assert (outcome.code, file.read_bytes()) == (0, before)
    assert "2 promises keep their seals: the words did not change since the review" in outcome.out
    policy("seal", file, "--by", "B", "--on", "2026-02-03")
    assert file.read_bytes() == before
    file.write_text(file.read_text("utf-8").replace("within 30 days. {", "in 30 days. {"), "utf-8")
    outcome = policy("seal", file, "--by", "B", "--on", "2026-02-03")
    assert outcome.out.startswith(f"1 promise sealed in {file}\n1 promise keeps its seal")
    assert seals(file) == {"account": ("A", "2026-01-02"), "erase": ("B", "2026-02-03")}


def test_a_promise_reviewed_again(tmp_path: Path) -> None:
    """A promise that is named together with its reviewer is sealed anew; named alone it keeps the seal it has."""
    file = small(tmp_path)
    policy("seal", file, "--by", "A", "--on", "2026-01-02")
    policy("seal", file, "--promise", "erase")
    policy("seal", file, "--promise", "erase", "--on", "2026-01-03")
    assert seals(file) == {"account": ("A", "2026-01-02"), "erase": ("A", "2026-01-02")}
    policy("seal", file, "--promise", "erase", "--by", "B", "--on", "2026-02-03")
    assert seals(file) == {"account": ("A", "2026-01-02"), "erase": ("B", "2026-02-03")}
    assert file.read_text("utf-8").count("seal ") == 2


def test_short_seals_are_kept(tmp_path: Path) -> None:
    """A seal of an older file that still holds is not rewritten."""
    compiled = compile_file(small(tmp_path).read_bytes(), "").policy
    row = f'  seal {digest(compiled, compiled.by_id["erase"])[:8]} by "A" on 2020-01-01'
    file = small(
        tmp_path, "policy.troth.md", ("  prove request-timeline", f"  prove request-timeline\n{row}")
    )
    policy("seal", file, "--by", "B")
    assert row in rows(file)


def test_suggestions_are_not_sealed(tmp_path: Path) -> None:
    """A promise that rests on a suggestion nobody has accepted is left out with a word, and refused where it is named."""
    file = small(tmp_path, "policy.troth.md", ("{#s3 erase}", "{#s3 ?0.9 erase}"))
    before = file.read_bytes()
    named = policy("seal", file, "--promise", "erase")
    assert (named.code, file.read_bytes()) == (2, before)
    assert named.err == (
        "error: promise `erase` rests on suggestions that nobody has accepted: s3\n"
        f"  read them, then: troth policy accept {file} s3\n"
    )
    outcome = policy("seal", file, "--by", "A")
    assert outcome.code == 0
    assert outcome.err == "warning: promise `erase` is not sealed: nobody has accepted the suggestions s3\n"
    assert list(seals(file)) == ["account"]


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


def test_a_changed_rule_breaks_the_seal(tmp_path: Path) -> None:
    """A rule that changes under the name of its reviewer is told; another layout or a synonym is no change."""
    file = small(tmp_path)
    policy("seal", file, "--by", "A", "--on", "2026-01-02")
    sealed = file.read_text("utf-8")
    same = sealed.replace("must erase", "must delete").replace("[open, unpaid]", "[unpaid,  open]")
    file.write_text(same, "utf-8")
    assert (same != sealed, policy("check", file).code) == (True, 0)
    file.write_text(
        sealed.replace("order-status in [open, unpaid]", "order-status in [open, unpaid, completed]"), "utf-8"
    )
    outcome = policy("check", file, "--json")
    (stale,) = [one for one in outcome.json["findings"] if one["rule"] == "stale-rule"]
    assert (outcome.code, stale["promise"], stale["severity"]) == (1, "erase", "block")
    assert policy("seal", file, "--by", "B", "--on", "2026-02-03").out.startswith("1 promise sealed")
    assert seals(file) == {"account": ("A", "2026-01-02"), "erase": ("B", "2026-02-03")}
    assert policy("check", file).code == 0


def test_a_changed_list_breaks_the_seal(tmp_path: Path) -> None:
    """A list that the policy defines belongs to the rules that name it."""
    listed = 'define "Contact Card" = name, email-address\n\npromise erase'
    file = small(
        tmp_path,
        "policy.troth.md",
        ("promise erase", listed),
        ("must erase all-of-subject", 'must erase "Contact Card"'),
    )
    policy("seal", file)
    assert findings(file, "stale-rule") == []
    file.write_text(file.read_text("utf-8").replace("= name, email-address", "= email-address"), "utf-8")
    assert findings(file, "stale-rule") == ["erase"]


def test_seals_of_older_files_are_of_the_words(tmp_path: Path) -> None:
    """A seal without the hash of a rule says nothing about it."""
    compiled = compile_file(small(tmp_path).read_bytes(), "").policy
    row = f"  seal {digest(compiled, compiled.by_id['erase'])}"
    file = small(
        tmp_path,
        "policy.troth.md",
        ("  prove request-timeline", f"  prove request-timeline\n{row}"),
        ("must erase all-of-subject", "must erase name"),
    )
    assert findings(file, "stale-rule") == findings(file, "stale-seal") == []


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
    file = small(tmp_path)
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
        f"  prove collection-gate,\ntimer\n  seal {first.seal.digest} {first.seal.rules}\n  # the end\n\n\npromise erase"
        in text
    )
    assert f"  prove request-timeline\n  seal {second.seal.digest} {second.seal.rules}\n```" in text
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
