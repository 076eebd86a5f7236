"""What programs rely on: the shapes of `--json`, and the exit codes 0 (fine), 1 (findings), 2 (unusable)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.small import SMALL, small
from tests.cli.terminal import policy, troth
from tests.house.tree import HOUSE

SAMPLES = sorted(HOUSE.glob("samples/*/policy.troth.md"))
TEXTS = sorted(HOUSE.glob("tests/data/intake/*.txt"))
WEAKER = (("within 30 days. {", "within 45 days. {"), ("within 30 days\n", "within 45 days\n"))

FINDING = {
    "class": str, "rule": str, "severity": {"block", "warn", "info"}, "message": str, "hint": str, "law": str, "promise": str,
    "accepted": str, "line": int, "column": int, "sentences": [{"id": str, "line": int, "text": str}],
}  # fmt: skip
CHANGE = {
    "kind": str, "direction": {"wider", "narrower", "weaker", "stronger"}, "promise": str, "sentences": list, "witness": dict,
    "message": str,
}  # fmt: skip
EDIT = {
    "kind": {"added", "removed", "changed"},
    "id": str,
    "old": (str, type(None)),
    "new": (str, type(None)),
}


def fits(value: Any, shape: Any) -> bool:
    """Whether a JSON value has a shape: a type, a set of words, a list of one shape, or members by name."""
    if isinstance(shape, dict):
        return (
            isinstance(value, dict)
            and shape.keys() <= value.keys()
            and all(fits(value[name], part) for name, part in shape.items())
        )
    if isinstance(shape, list):
        return isinstance(value, list) and all(fits(one, shape[0]) for one in value)
    if isinstance(shape, set):
        return value in shape
    return isinstance(value, shape) and (shape is not int or not isinstance(value, bool))


@pytest.mark.parametrize(
    ("value", "shape", "answer"),
    [
        ({"a": [{"b": 1}]}, {"a": [{"b": int}]}, True),
        ({"a": [{"b": "1"}]}, {"a": [{"b": int}]}, False),
        ({"a": True}, {"a": int}, False),
        ({}, {"a": int}, False),
        ("x", {"y"}, False),
    ],
)
def test_fits(value: Any, shape: Any, answer: bool) -> None:
    """The check of shapes tells right from wrong."""
    assert fits(value, shape) is answer


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
@pytest.mark.parametrize("command", ["check", "lint"])
def test_findings(path: Path, command: str) -> None:
    """`check --json` and `lint --json` give findings with the exact text of their sentences."""
    outcome = policy(command, path, "--json")
    assert fits(outcome.json, {"findings": [FINDING]})
    texts = {one["id"]: one["text"] for one in policy("export", path).json["sentences"]}
    named = [sentence for one in outcome.json["findings"] for sentence in one["sentences"]]
    assert named
    assert all(texts[one["id"]] == one["text"] for one in named)
    rows = path.read_text("utf-8").split("\n")
    assert all(f"{{#{one['id']}" in rows[one["line"] - 1] for one in named)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
def test_samples_pass(path: Path) -> None:
    """The five samples pass `check`."""
    assert policy("check", path).code == 0


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_findings_of_raw_texts(path: Path) -> None:
    """`lint --json` works on a raw text: sentences carry the line they begin on."""
    outcome = policy("lint", path, "--json")
    assert outcome.code == 1
    assert fits(outcome.json, {"findings": [FINDING]})
    rows = path.read_text("utf-8").split("\n")
    named = [sentence for one in outcome.json["findings"] for sentence in one["sentences"]]
    assert named
    for one in named:
        first = one["text"].split()[0].strip("•#")
        assert first in rows[one["line"] - 1], one


def test_diff_shape(tmp_path: Path) -> None:
    """`diff --json` says what changed, in which direction, with a witness, and whether it weakens rights."""
    old, new = small(tmp_path), small(tmp_path, "new.troth.md", *WEAKER)
    outcome = policy("diff", old, new, "--json")
    assert outcome.code == 1
    assert fits(
        outcome.json,
        {"material": bool, "weakens": bool, "changes": [CHANGE], "prose": [EDIT], "unread": [{"id": str, "promises": list}],
         "rebound": [{"id": str, "old": str, "new": str}], "old": str, "new": str},
    )  # fmt: skip
    assert outcome.json["weakens"] is True
    assert outcome.json["material"] is True
    assert {one["direction"] for one in outcome.json["changes"]} == {"weaker"}
    assert {one["promise"] for one in outcome.json["changes"]} == {"erase"}
    assert [one["id"] for one in outcome.json["prose"]] == ["s3"]


def test_diff_text(tmp_path: Path) -> None:
    """A person sees the words, the rules, an example of each, and the verdict."""
    old, new = small(tmp_path), small(tmp_path, "new.troth.md", *WEAKER)
    out = policy("diff", old, new).out
    for part in (
        "The words",
        "- If you ask us, we delete them within 30 days.",
        "less is owed",
        "for example",
        "weakens somebody's rights",
    ):
        assert part in out
    same = policy("diff", old, old)
    assert same.code == 0
    assert "weakens nobody's rights" in same.out


def test_diff_names_what_no_rule_followed(tmp_path: Path) -> None:
    """Words that changed without their rules, and tags that bind to something else, are named beside the verdict."""
    old = small(tmp_path)
    softer = small(tmp_path, "softer.troth.md", ("we delete them within", "we may delete them within"))
    aside = small(tmp_path, "aside.troth.md", ("{#s3 erase}", "{#s3 i:aim}"))
    text, tags = policy("diff", old, softer), policy("diff", old, aside)
    assert "weakens nobody's rights" in text.out
    assert "s3  erase" in text.out
    assert "s3: i:aim (was: erase)" in tags.out
    answers = [policy("diff", old, one, "--json").json for one in (softer, aside)]
    assert [one["unread"] for one in answers] == [[{"id": "s3", "promises": ["erase"]}], []]
    assert [one["rebound"] for one in answers] == [[], [{"id": "s3", "old": "erase", "new": "i:aim"}]]


def test_diff_backwards(tmp_path: Path) -> None:
    """The change back is a stronger promise and weakens nobody."""
    old, new = small(tmp_path), small(tmp_path, "new.troth.md", *WEAKER)
    answer = policy("diff", new, old, "--json").json
    assert answer["weakens"] is False
    assert {one["direction"] for one in answer["changes"]} == {"stronger"}


def test_export_shape(tmp_path: Path) -> None:
    """`export --json` gives every sentence with its text, and its promises or its reason for being information."""
    answer = policy("export", small(tmp_path), "--json").json
    sentence = {"id": str, "text": str, "promises": list, "information": (str, type(None))}
    assert fits(
        answer,
        {
            "hash": str,
            "format": int,
            "provider": str,
            "sentences": [sentence],
            "promises": [{"id": str, "rules": [dict]}],
        },
    )
    assert [(one["id"], one["promises"], one["information"]) for one in answer["sentences"]] == [
        ("s1", [], "heading"),
        ("s2", ["account"], None),
        ("s3", ["erase"], None),
        ("s4", [], "greeting"),
    ]


def test_export_forms(tmp_path: Path) -> None:
    """The same policy as DPV in JSON-LD and as ODRL, and into a file."""
    file = small(tmp_path)
    assert "@context" in policy("export", file, "--format", "jsonld").json
    assert "@context" in policy("export", file, "--format", "odrl").json
    policy("export", file, "-o", tmp_path / "policy.json")
    assert (tmp_path / "policy.json").read_text("utf-8") == policy("export", file).out


def test_layout_keeps_the_hash(tmp_path: Path) -> None:
    """The hash of a policy does not depend on layout, comments, line ends or the name of its file."""
    old = policy("export", small(tmp_path)).json["hash"]
    file = tmp_path / "other.troth.md"
    file.write_bytes(
        SMALL.replace("  prove", "  # a comment\n  prove")
        .replace("\n\n", "\n\n\n")
        .replace("\n", "\r\n")
        .encode()
    )
    assert policy("export", file).json["hash"] == old
    assert (
        policy("export", small(tmp_path, "c.troth.md", ("within 30 days\n", "within 31 days\n"))).json["hash"]
        != old
    )


CODES = [
    (("check", "{good}"), 0),
    (("check", "{unbound}"), 1),
    (("check", "{broken}"), 1),
    (("check", "{good}", "--strict"), 1),
    (("check", "{missing}"), 2),
    (("check", "{folder}"), 2),
    (("lint", "{good}"), 1),
    (("lint", "{missing}"), 2),
    (("publish", "{broken}"), 0),
    (("publish", "{broken}", "-f", "html"), 2),
    (("explain", "{broken}"), 2),
    (("export", "{broken}"), 2),
    (("diff", "{good}", "{good}"), 0),
    (("diff", "{good}", "{broken}"), 2),
    (("diff", "{good}", "{missing}"), 2),
    (("seal", "{broken}"), 2),
    (("fmt", "{broken}"), 2),
    (("export", "{good}", "--format", "xml"), 2),
    (("check",), 2),
    (("nonsense",), 2),
    (("check", "{good}", "--nonsense"), 2),
    (("export", "{good}", "-o", "{folder}/no/such/folder"), 2),
    (("import", "{folder}/raw.txt", "-o", "{good}"), 2),
    (("import", "{folder}/raw.txt"), 0),
    (("lint", "{folder}/raw.txt", "--jurisdiction", "mars"), 2),
]


@pytest.mark.parametrize(
    ("words", "code"), CODES, ids=lambda value: " ".join(value) if isinstance(value, tuple) else str(value)
)
def test_exit_codes(tmp_path: Path, words: tuple[str, ...], code: int) -> None:
    """The exit code says whether the answer is fine, has findings, or there was nothing to answer."""
    (tmp_path / "raw.txt").write_text("We collect your name. We keep it forever.", "utf-8")
    names = {
        "good": small(tmp_path),
        "unbound": small(tmp_path, "unbound.troth.md", ("{#s4 i:greeting}", "{#s4}")),
        "broken": small(tmp_path, "broken.troth.md", ("  may collect", "  mai collect")),
        "missing": tmp_path / "missing.troth.md",
        "folder": tmp_path,
    }
    outcome = policy(*(word.format(**names) for word in words))
    assert outcome.code == code, outcome
    assert bool(outcome.err) == (code == 2)


def test_help_of_every_command() -> None:
    """Every command explains itself."""
    assert "policy" in troth("--help").out
    assert troth("policy", "--help").code == 0
    for command in (
        "import",
        "check",
        "lint",
        "accept",
        "seal",
        "fmt",
        "publish",
        "explain",
        "diff",
        "export",
    ):
        outcome = policy(command, "--help")
        assert (outcome.code, "Usage" in outcome.out) == (0, True)
