"""The page of a bundle: what is in it and what the law says a person is told, in English and Chinese."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from itertools import islice
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from troth.enforcement.bundle import SHOWN, Part

_GAP = "\x1f"  # stands between cells while they are escaped
_LONGEST = 300  # characters of a cell that the page shows
SUMS = "sha256sum -c SHA256SUMS"
SIGNATURE = "openssl pkeyutl -verify -pubin -inkey manifest.pem -rawin -in SHA256SUMS -sigfile manifest.sig"
"""The commands that check a bundle, as the page says them."""


def page(index: Mapping[str, Any], parts: Sequence[Part], verifier: str) -> str:
    """The HTML of the page: one file, no script, nothing from elsewhere.

    Args:
        index: what stands in index.json.
        parts: the files of rows, with their first rows.
        verifier: the public key of the ledger, as C2SP signed-note writes it.
    """
    shown = {part.step.place: part.shown for part in parts}
    files = [
        SimpleNamespace(
            **one,
            about="purposes" in one,
            shown=_rows(one["columns"], shown[one["source"]]),
            listed=", ".join(one["categories"]),
        )
        for one in index["files"]
    ]
    # Attributes are looked up faster than members of a dictionary, and there are hundreds of look-ups.
    head = SimpleNamespace(**{**index, "notice": SimpleNamespace(**index["notice"])})
    said = {"verifier": verifier, "sums": SUMS, "signature": SIGNATURE, "most": SHOWN, "words": _words()}
    return str(_template().render(index=head, files=files, **said))


def _rows(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> Markup:
    """A table of rows as HTML; all cells are escaped at once, because both languages show many of them."""
    if not rows:
        return Markup()
    cells = [*columns, *(_cell(row.get(name)) for row in rows for name in columns)]
    plain = iter(str(escape(_GAP.join(cells))).split(_GAP))
    head = '</th><th scope="col">'.join(islice(plain, len(columns)))
    lines = ["</td><td>".join(islice(plain, len(columns))) for _ in rows]
    body = "".join([f"<tr><td>{line}</td></tr>" for line in lines])
    text = f'<thead><tr><th scope="col">{head}</th></tr></thead>\n<tbody>{body}</tbody>'
    return Markup(text)  # noqa: S704 - escaped above


def _cell(value: object) -> str:
    if value is None:
        return ""
    if type(value) is int:
        return str(value)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = text.replace(_GAP, "")
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


@cache
def _words() -> dict[str, SimpleNamespace]:
    text = resources.files("troth.enforcement").joinpath("templates/bundle.toml").read_text("utf-8")
    return {  # escaped once, as they stand in every page many times
        language: SimpleNamespace(**{name.replace("-", "_"): _escaped(line) for name, line in words.items()})
        for language, words in tomllib.loads(text).items()
    }


def _escaped(line: str) -> str:
    """A line with its marks as text, which is filled in and escaped by the page; every other line escaped already."""
    return line if "{" in line else escape(line)


@cache
def _template() -> Any:
    return Environment(
        loader=PackageLoader("troth.enforcement"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    ).get_template("bundle.html.j2")  # fmt: skip
