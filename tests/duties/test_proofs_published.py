"""Pages that anybody may read, and reminders around a day."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.duties.sighting import shown, sighted
from tests.enforcement import scene

GOOD = "<html><head><title>Shop</title></head><body><p>Cloud servers and domain names for everybody, here.</p></body></html>"


@pytest.mark.parametrize(
    ("page", "status"),
    [
        (GOOD, "kept"),
        (GOOD.replace("</body>", '<form><input name="p" type="password"></form></body>'), "broken"),
        (GOOD.replace("<title>", '<meta http-equiv="refresh" content="0; url=/login"><title>'), "broken"),
        ("<html><body>wait</body></html>", "broken"),
    ],
)
def test_public_pages(tmp_path: Path, page: str, status: str) -> None:
    """A page is public while a stranger without cookies finds something to read and no door in front of it."""
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "index.html").write_text(page, "utf-8")
    url = f"sqlite:///{tmp_path / 'main.db'}"
    scene.run(url, "create table customers (id integer primary key, email text)")
    text = scene.table("main.customers", "subject", email="contact.email")
    with sighted(tmp_path, {"main": url}, text, registers={"cookies": {"pages": ["web"]}}) as sight:
        assert shown(sight, "cookie-refusal", "public-pages-test").status == status
    with sighted(tmp_path, {"main": url}, text) as sight:
        assert shown(sight, "cookie-refusal", "public-pages-test").status == "not shown"
