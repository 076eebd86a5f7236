"""The same project with a database user who may do less."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from tests.enforcement import scene
from tests.project.shop import Shop

PASSWORD = "s3cret-Kq"


@contextlib.contextmanager
def as_user(shop: Shop, rights: str | Mapping[str, str], store: str = "shop") -> Iterator[Shop]:
    """The project as a user `clerk` of one of its servers sees it.

    Args:
        shop: the project; its settings are changed and put back.
        rights: what the user may do with all tables ("select"), or that by kind of server; empty for nothing.
        store: the store on a server.
    """
    url = shop.urls[store]
    parts = urlsplit(url)
    name = parts.path.lstrip("/")
    maria = parts.scheme.startswith("my")
    rights = rights if isinstance(rights, str) else rights["mysql" if maria else "postgresql"]
    user = f"clerk_{name[-8:]}"
    if maria:
        scene.run(url, f"create user '{user}'@'%' identified by '{PASSWORD}'")
        scene.run(url, f"grant {rights or 'usage'} on `{name}`.* to '{user}'@'%'")
    else:
        scene.run(url, f"create user {user} password '{PASSWORD}'")
        if rights:
            scene.run(url, f"grant {rights} on all tables in schema public to {user}")
    file = Path(shop.folder) / "troth.toml"
    text = file.read_text("utf-8")
    host = parts.netloc.rpartition("@")[2]
    mine = parts._replace(netloc=f"{user}@{host}").geturl()
    secret = Path(shop.folder) / "clerk"
    secret.touch(mode=0o600)
    secret.write_text(PASSWORD, "utf-8")
    kept = f"{parts.scheme}://{parts.username}@{host}/{name}"
    assert kept in text, text
    file.write_text(text.replace(f'"{kept}"', f'"{mine}"\npassword_file = "clerk"'), "utf-8")
    try:
        yield replace(shop)
    finally:
        file.write_text(text, "utf-8")
        if maria:
            scene.run(url, f"drop user '{user}'@'%'")
        else:
            scene.run(url, f"drop owned by {user}", f"drop user {user}")
