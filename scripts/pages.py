"""Write README, CHANGELOG and the pages of docs/ as HTML to site/, and fail when a link leads nowhere.

python scripts/pages.py
"""

from __future__ import annotations

import html
import itertools
import re
import shutil
import sys
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

HOUSE = Path(__file__).resolve().parent.parent
SITE = HOUSE / "site"
FRAME = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 17px/1.55 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem }}
pre, code {{ font: 0.9em/1.45 ui-monospace, monospace; background: #f4f4f2 }}
pre {{ padding: 0.8rem; overflow-x: auto }}
table {{ border-collapse: collapse; display: block; overflow-x: auto }}
th, td {{ border-bottom: 1px solid #ccc; padding: 0.35rem 0.7rem; text-align: left; vertical-align: top }}
nav a {{ margin-right: 1rem }}
</style>
<nav>{menu}</nav>
<main>
{body}</main>
</html>
"""


def pages() -> list[Path]:
    """Return the Markdown pages of the project, the README first."""
    docs = sorted((HOUSE / "docs").rglob("*.md"))
    return [HOUSE / "README.md", *docs, HOUSE / "CHANGELOG.md"]


def target(page: Path) -> Path:
    """Return where a page is written."""
    name = Path("index.md") if page.name == "README.md" else page.relative_to(HOUSE)
    return SITE / name.with_suffix(".html")


def slug(heading: str) -> str:
    """Return the anchor of a heading, as the usual viewers make it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


def parse(page: Path) -> list[Token]:
    """Return the tokens of a page, its headings with anchors."""
    tokens = MarkdownIt("commonmark").enable("table").parse(page.read_text("utf-8"))
    for opening, inline in itertools.pairwise(tokens):
        if opening.type == "heading_open":
            opening.attrSet("id", slug(inline.content))
    return tokens


def relative(path: Path, page: Path) -> str:
    """Return the path of a file of the site, seen from a page of the site."""
    up = len(target(page).parent.relative_to(SITE).parts)
    return "../" * up + path.relative_to(SITE).as_posix()


def follow(link: str, page: Path, found: dict[Path, list[Token]]) -> str | None:
    """Return the link as the site needs it, or None when it leads nowhere; other files stay in place."""
    if re.match(r"[a-z]+:", link):
        return link
    name, _, anchor = link.partition("#")
    path = (page.parent / name).resolve() if name else page
    if path not in found:
        if not path.exists() or not path.is_relative_to(HOUSE):
            return None
        return "../" + relative(SITE / path.relative_to(HOUSE), page)
    if anchor and anchor not in {token.attrGet("id") for token in found[path]}:
        return None
    return relative(target(path), page) + (f"#{anchor}" if anchor else "")


def relink(tokens: list[Token], page: Path, found: dict[Path, list[Token]]) -> list[str]:
    """Point the links and pictures of a page into the site, and return those that lead nowhere."""
    dead = []
    for token in (child for inline in tokens for child in inline.children or ()):
        for attribute in ("href", "src"):
            link = token.attrGet(attribute)
            if not isinstance(link, str):
                continue
            place = follow(link, page, found)
            if place is None:
                dead.append(f"{page.relative_to(HOUSE)}: {link}")
            else:
                token.attrSet(attribute, place)
    return dead


def read() -> tuple[dict[Path, list[Token]], list[str]]:
    """Return every page with its links pointing into the site, and the links that lead nowhere."""
    found = {page: parse(page) for page in pages()}
    dead = [link for page, tokens in found.items() for link in relink(tokens, page, found)]
    return found, dead


def title(page: Path, tokens: list[Token]) -> str:
    """Return the first heading of a page, or its name."""
    headings = (
        inline.content for opening, inline in itertools.pairwise(tokens) if opening.type == "heading_open"
    )
    return next(headings, page.stem)


def write(found: dict[Path, list[Token]]) -> None:
    """Write the pages to site/, which holds nothing else."""
    shutil.rmtree(SITE, ignore_errors=True)
    markdown = MarkdownIt("commonmark").enable("table")
    for page, tokens in found.items():
        menu = " ".join(
            f'<a href="{relative(target(other), page)}">{html.escape(title(other, found[other]))}</a>'
            for other in found
        )
        body = markdown.renderer.render(tokens, markdown.options, {})
        target(page).parent.mkdir(parents=True, exist_ok=True)
        text = FRAME.format(title=html.escape(title(page, tokens)), menu=menu, body=body)
        target(page).write_text(text, "utf-8")


def main() -> None:
    """Write the site; the exit code is 1 when a link leads nowhere."""
    found, dead = read()
    if dead:
        sys.exit("\n".join(f"dead link: {link}" for link in dead))
    write(found)
    print(f"{len(found)} pages in site/")


if __name__ == "__main__":
    main()
