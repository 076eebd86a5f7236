"""`map propose` without anybody who answers."""

from __future__ import annotations

from tests.enforcement import scene
from tests.project.shop import Shop


def test_best_guess(little: Shop) -> None:
    """With --yes a table that nothing leads out of is looked through for values instead of refused, and an erasure ends."""
    scene.run(
        little.urls["shop"],
        "create table web_sessions (id varchar(40) not null primary key, session_data blob, user_agent varchar(90))",
        "insert into web_sessions values ('0f3a', x'8001', 'Mozilla/5.0')",
    )
    person = ("--person", "SHOP.Customers")
    assert little.troth("map", "propose", *person, "--force").code == 0
    assert "no path leads from shop.web_sessions" in little.troth("map", "check").out
    assert "[unreachable]" in little.troth("map", "check").out
    assert 'found = "by value"' not in (little.folder / "map.toml").read_text("utf-8")
    assert little.troth("map", "propose", *person, "--yes", "--force").code == 0
    assert 'found = "by value"' in (little.folder / "map.toml").read_text("utf-8")
    checked = little.troth("map", "check")
    assert "[unreachable]" not in checked.out
    assert "[by-value]" in checked.out
    erased = (
        "request",
        "erase",
        "-s",
        "email=ada@example.org",
        "--verified",
        "session",
        "--no-undo",
        "closed",
    )
    assert "done" in little.troth(*erased).out
