"""`accept`: a person says that suggestions of a draft are right."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.small import small
from tests.cli.terminal import policy
from tests.house.tree import HOUSE

DRAFT = (
    ("{#s2 account}", "{#s2 ?0.86 account}"),
    ("{#s3 erase}", "{?0.40 #s3 erase}"),
    ("{#s4 i:greeting}", "{#s4 ? i:greeting}"),
    ("  prove collection-gate\n", '  draft 0.86 "a pattern"\n  prove collection-gate\n'),
    (
        "  prove request-timeline\n",
        '  # draft 0.1 stays\n  note "draft 0.2"\n  prove request-timeline\n  draft 0.40\n',
    ),
)


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """A drafted policy."""
    return small(tmp_path, "policy.troth.md", *DRAFT)


def suggested(file: Path) -> list[str]:
    """The sentences with a suggestion that nobody has accepted."""
    found = policy("check", file, "--json").json["findings"]
    return [one["sentences"][0]["id"] for one in found if one["rule"] == "suggestion"]


def test_check_lists_suggestions(draft: Path) -> None:
    """Every suggestion and every draft fails `check` until somebody accepts it."""
    outcome = policy("check", draft, "--json")
    assert outcome.code == 1
    assert suggested(draft) == ["s2", "s3", "s4"]
    assert sorted(one["promise"] for one in outcome.json["findings"] if one["rule"] == "draft") == [
        "account",
        "erase",
    ]


def test_accept_one(draft: Path) -> None:
    """One sentence is accepted with its promise, the others stay as they are."""
    before = draft.read_text("utf-8")
    outcome = policy("accept", draft, "s2")
    assert (outcome.code, suggested(draft)) == (0, ["s3", "s4"])
    assert "1 suggestion accepted" in outcome.out
    expected = before.replace("{#s2 ?0.86 account}", "{#s2 account}").replace(
        '  draft 0.86 "a pattern"\n', ""
    )
    assert draft.read_text("utf-8") == expected


def test_accept_everything(draft: Path, tmp_path: Path) -> None:
    """`--all` accepts everything; what is left is the policy, with comments and notes that speak of drafts."""
    assert policy("accept", draft, "--all").code == 0
    assert suggested(draft) == []
    kept = (
        "  prove request-timeline\n",
        '  # draft 0.1 stays\n  note "draft 0.2"\n  prove request-timeline\n',
    )
    assert draft.read_text("utf-8") == small(tmp_path, "right.troth.md", kept).read_text("utf-8")


def test_accept_the_sure_ones(draft: Path) -> None:
    """`--over` leaves what the draft was not sure about."""
    policy("accept", draft, "--all", "--over", "0.8")
    assert suggested(draft) == ["s3", "s4"]


@pytest.mark.parametrize("words", [("s1",), ("s9",), ("s2", "s9")])
def test_nothing_to_accept(draft: Path, words: tuple[str, ...]) -> None:
    """A sentence without a suggestion is refused and nothing is written."""
    before = draft.read_bytes()
    outcome = policy("accept", draft, *words)
    assert (outcome.code, draft.read_bytes()) == (2, before)
    assert f"sentence `{words[-1]}` has no suggestion to accept" in outcome.err


def test_nobody_is_named(draft: Path) -> None:
    """Without a sentence and without `--all` nothing is accepted by chance."""
    outcome = policy("accept", draft)
    assert outcome.code == 2
    assert "say --all" in outcome.err


@pytest.mark.parametrize("bound", ["2", "-1", "nan", "x"])
def test_bad_bound(draft: Path, bound: str) -> None:
    """A bound that is no share is refused."""
    before = draft.read_bytes()
    assert policy("accept", draft, "--all", "--over", bound).code == 2
    assert draft.read_bytes() == before


def test_accept_a_heading(tmp_path: Path) -> None:
    """A heading that is only guessed is listed once; accepting it leaves a plain heading."""
    file = small(tmp_path, "policy.troth.md", ("{#s1}", "{#s1 ?0.90}"))
    assert suggested(file) == ["s1"]
    assert policy("accept", file, "s1").code == 0
    assert file.read_text("utf-8") == small(tmp_path, "right.troth.md").read_text("utf-8")


def test_nothing_is_accepted_unseen(tmp_path: Path) -> None:
    """Every line of an imported page but its marked headings waits for a person, also lines without a full stop."""
    raw, file = tmp_path / "page.html", tmp_path / "policy.troth.md"
    raw.write_text(
        "<html><body><h1>Privacy</h1><p>We sell your personal data to advertising partners</p>"
        "<p>You may ask us to erase your data.</p><div>We share your location with insurers</div></body></html>",
        "utf-8",
    )
    assert policy("import", raw, "-o", file).code == 0
    assert suggested(file) == ["s2", "s3", "s4"]


def test_import_accept_check(tmp_path: Path) -> None:
    """A drafted text, accepted as a whole, has no suggestions and no drafts any more and is the same text."""
    text = HOUSE / "tests" / "data" / "intake" / "hkcloud.txt"
    file = tmp_path / "policy.troth.md"
    assert policy("import", text, "-o", file).code == 0
    said = policy("publish", file).out
    assert policy("accept", file, "--all").code == 0
    rules = {one["rule"] for one in policy("check", file, "--json").json["findings"]}
    assert not rules & {"suggestion", "draft", "grammar"}
    assert policy("publish", file).out == said
