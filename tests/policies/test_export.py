"""`export`: what another standard has no place for is said, never lost in silence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.small import small
from tests.cli.terminal import policy
from tests.policies.cases import policy_file
from troth.policy.bind import compile_file
from troth.policy.odrl import as_odrl

# one part of a rule each: the rule without it, and with it
PARTS = [
    ("may use name", "only use name"),
    ("never use name", "never knowingly use name"),
    ("may use name", "may use name, email-address"),
    ("may use name", "may use name and similar"),
    ("may use name", "may use name for payment"),
    ("may use name", "may use name on consent"),
    ("may use name", "may use name by email"),
    ("may use name", "may use name from public"),
    ("may use name", "may use name of employee"),
    ("may use name", "may use name at hong-kong"),
    ("may use name", "may use name inside service-notice"),
    ("may use name", "may use name with tls"),
    ("may use name", "may use name if minor"),
    ("may use name", "may use name until opted-out"),
    ("may use name", "may use name until 24 months after account-closed"),
    ("may use name if age >= 13", "may use name if age >= ~13"),
    ("may use name for service-notice", "may use name for service-notice, no opt-out"),
    ("may use name", "may use name\n    except young: minor"),
    ("never use name", "never use name\n    except young: minor"),
    (
        "never use name\n    except young: minor",
        "never use name\n    except young: minor\n      record ground",
    ),
    ("must stop newsletter", "must stop newsletter\n    except young: minor"),
    ("must stop newsletter", "when opt-out\n    must stop newsletter"),
    ("when opt-out\n    must stop newsletter", "when opt-out direct-marketing\n    must stop newsletter"),
    ("when opt-out\n    must stop newsletter", "when opt-out and minor\n    must stop newsletter"),
    ("must notify account-holder", "must notify account-holder about new-version"),
    ("must erase name", "must erase name within 30 days"),
    ("must erase name within 30 days", "must erase name within ~30 days"),
    ("must erase name within 30 days", "must erase name within 30 days of account-closed"),
    ("must erase name", "must erase name 30 days after account-closed"),
    ("must erase name", "must erase name at-once"),
    ("must train staff", "must train staff every 12 months"),
    ("must erase name", "must erase name\n    hold young: minor"),
    ("must erase name", "must erase name\n    otherwise never use name"),
    ("must erase name", "must erase name\n    record ground"),
    ("must erase name", "must erase name\n    tell account-holder reason"),
    ("block use name until minor", "block use name until not minor"),
]


def odrl(rule: str) -> tuple[str, tuple[str, ...]]:
    """The ODRL form of a promise with this rule, and what was lost."""
    text = policy_file(f'promise p use "Use"\n  {rule}\n  prove timer\n')
    compiled = compile_file(text.encode(), "export.troth.md")
    assert [one for one in compiled.problems if one.severity == "block"] == []
    found = as_odrl(compiled.policy)
    return json.dumps(found.document).replace(compiled.policy.hash, ""), found.losses


@pytest.mark.parametrize(("without", "with_"), PARTS, ids=[with_ for _, with_ in PARTS])
def test_every_part_is_said_or_named(without: str, with_: str) -> None:
    """A part of a rule changes the ODRL document, or stands among what was lost."""
    assert odrl(without) != odrl(with_)


@pytest.mark.parametrize(
    ("part", "condition"),
    [
        ("for newsletter", "if purpose is newsletter"),
        ("at hong-kong", "if place is hong-kong"),
        ("by email", "if channel is email"),
        ("of minor", "if subject is minor"),
    ],
)
def test_a_condition_says_what_a_part_says(part: str, condition: str) -> None:
    """ODRL has one operand for a purpose, place or channel, and its value is the term, wherever the rule names it."""
    assert odrl(f"may use name {part}") == odrl(f"may use name {condition}")


def test_losses(tmp_path: Path) -> None:
    """What ODRL can not say goes to standard error, by rule; the document on standard output is not disturbed."""
    file = small(tmp_path, "policy.troth.md", ("  when request-erase", "  when opt-out newsletter"))
    outcome = policy("export", file, "-f", "odrl")
    assert outcome.code == 0
    assert outcome.json["@type"] == "odrl:Set"
    assert outcome.err == (
        "lost on the way: 3\n"
        "  the sentences, and the titles, notes and proofs of the promises\n"
        "  erase/1: which `opt-out` starts it (newsletter)\n"
        "  erase/1: the holds, and what happens while they last and after\n"
    )


@pytest.mark.parametrize("shape", ["json", "jsonld"])
def test_drafts_are_named(tmp_path: Path, shape: str) -> None:
    """DPV leaves drafts out and says which; Troth's own form loses nothing."""
    file = small(
        tmp_path, "policy.troth.md", ("  prove request-timeline", "  draft 0.7\n  prove request-timeline")
    )
    said = "lost on the way: 1\n  erase: a draft that nobody has accepted\n" if shape == "jsonld" else ""
    assert policy("export", file, "-f", shape).err == said
