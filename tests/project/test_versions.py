"""A version that takes something away, under a policy that promises not to without consent, and under one that does not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.enforcement import scene
from tests.enforcement.scene import by
from tests.project.shop import POLICY, Shop
from troth.app.project import open_project
from troth.app.rounds import keep_once
from troth.duties import consents
from troth.duties.notices import keeps
from troth.policy.bind import compile_file
from troth.settings import load
from troth.state.claim import worker

RATCHET = """
promise ratchet consent "No right becomes smaller without consent"
  may apply new-version if not weakens
  never apply new-version if weakens
    except agreed: consent is explicit and consent-version is new
  when policy-change
    must register new-version at version-register at-once
      record policy-id, effective-date
{keeps}  prove version-applied
```
"""
KEEPS = """  when policy-change and weakens
    must apply last-accepted-version to data-subject until consent is explicit and consent-version is new
"""
ASKED = ("decide", "--as", "system", "use", "email-address", "--for", "analytics", "-s")


def version(name: str, *, keeps: str, more: str = "") -> str:
    """The policy of the shop as a version, with the promise not to take anything away."""
    text = POLICY.replace('version = "1"', f'version = "{name}"')
    head, _, rules = text.partition("```troth\n")
    head += (
        "We will not diminish your rights under this policy without your explicit consent. {#s5 ratchet}\n\n"
    )
    rules = rules.rstrip().removesuffix("```")
    rules = rules.replace("  prove data-map-declared", f"{more}  prove data-map-declared")
    return f"{head}```troth\n{rules}{RATCHET.format(keeps=keeps)}"


@pytest.mark.parametrize("rule", [KEEPS, ""])
def test_whoever_has_not_agreed_stays_under_the_old_version(
    little: Shop, rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the rule of that sentence, and only by it, a new use waits for each person's explicit yes to the new version."""
    file = little.folder.parent / "policy.troth.md"
    file.write_text(version("1", keeps=rule), "utf-8")
    assert little.troth("keep").code == 0
    assert not little.json(*ASKED, "email=ada@example.org")["allowed"]
    with open_project(load(little.folder, {})) as opened:
        consents.give(opened.desk, by(email="cleo@example.org"), "analytics")
    new = little.folder / "new.troth.md"
    more = "  may use email-address for analytics on legitimate-interest\n"
    new.write_text(version("2", keeps=rule, more=more), "utf-8")
    day = (datetime.now(UTC) + timedelta(days=1)).date().isoformat()
    assert little.json("notices", "announce", new, "--effective", day, "--reason", "business")["weakens"]
    later = datetime.now(UTC) + timedelta(days=2)
    monkeypatch.setattr("troth.settings.now", lambda: later)
    file.write_bytes(new.read_bytes())
    free = not rule
    assert little.json(*ASKED, "email=ada@example.org")["allowed"] == free
    if rule:
        assert "has not agreed to the new one" in little.troth(*ASKED, "email=ada@example.org").out
    with open_project(load(little.folder, {}), clock=lambda: later) as opened:
        consents.give(opened.desk, by(email="bob@example.org"), "analytics")
        consents.refuse(opened.desk, by(email="ada@example.org"), "newsletter")
        formers = opened.desk.formers()
    allowed = [little.json(*ASKED, f"email={name}@example.org")["allowed"] for name in ("ada", "bob", "cleo")]
    assert allowed == [free, True, free]
    assert [(one.policy.version, len(one.since)) for one in formers] == ([("1", 1)] if rule else [])
    old = ("decide", "--as", "system", "use", "email-address", "--for", "account-management", "-s")
    assert little.json(*old, "email=ada@example.org")["allowed"]


@pytest.mark.parametrize(("name", "old"), [("easycloud", True), ("hetacloud", False), ("hkcloud", False)])
def test_which_policies_keep_the_old_version(name: str, old: bool) -> None:
    """Of the five policies the one that promises not to diminish rights without consent has the rule, bound to that sentence."""
    file = Path("samples") / name / "policy.troth.md"
    policy = compile_file(file.read_bytes(), str(file)).policy
    assert (keeps(policy) is not None) == old
    cited = [one.sentences for one in policy.promises if one.id == "no-diminution"]
    assert cited == ([("easy-056",)] if old else [])


@pytest.mark.parametrize("rule", [KEEPS, ""])
def test_longer_period(little: Shop, rule: str) -> None:
    """By that rule, and only by it, a round keeps the data of whoever has not agreed no longer than the version before allows."""
    scene.run(little.urls["shop"], "alter table orders add completed_at datetime")
    ended = (datetime.now(UTC) - timedelta(days=99)).strftime("%Y-%m-%d 00:00:00")
    scene.run(little.urls["shop"], f"update orders set completed_at = '{ended}'")
    (little.folder / "map.toml").unlink()
    done = little.troth("map", "propose", "--person", "shop.customers")
    assert done.code == 0, done.err
    period = "  must erase order-information ~{} days after order-completed\n"
    file = little.folder.parent / "policy.troth.md"
    file.write_text(version("1", keeps=rule, more=period.format(101)), "utf-8")
    assert little.troth("keep").code == 0
    new = little.folder / "new.troth.md"
    new.write_text(version("2", keeps=rule, more=period.format(360)), "utf-8")
    day = (datetime.now(UTC) + timedelta(days=1)).date().isoformat()
    assert little.json("notices", "announce", new, "--effective", day, "--reason", "business")["weakens"]
    later = datetime.now(UTC) + timedelta(days=5)
    file.write_bytes(new.read_bytes())
    with open_project(load(little.folder, {}), clock=lambda: later) as opened:
        consents.give(opened.desk, by(email="bob@example.org"), "purpose")
        report = keep_once(opened, worker())
    assert not report.failed
    assert [row[1] for row in little.rows("orders")] == ([2] if rule else [1, 2, 1])
