"""Letters of incidents, disclosures and versions, from the templates beside the code or those of the house.

A file `templates/en/breach.txt.j2` in the folder of the project replaces the letter of that name. Every value is folded to one
line.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from troth.duties.letters import LANGUAGES, Letter
from troth.duties.messages import TEMPLATES, promoting
from troth.model.errors import NotFound, TrothError

if TYPE_CHECKING:
    from jinja2 import Environment


def worded(name: str, language: str, words: Mapping[str, Any], own: Path | None = None) -> Letter:
    """A letter.

    Args:
        name: one of `messages.TEMPLATES`.
        language: "en" or "zh".
        words: what it says, by name.
        own: folder with the templates of the house.

    Raises:
        NotFound: there is no such letter.
        TrothError: a word is missing, or the letter of the house promotes something.
    """
    if name not in TEMPLATES or language not in LANGUAGES:
        raise NotFound(f"there is no letter `{name[:30]}` in `{language[:10]}`")
    from jinja2 import TemplateError  # noqa: PLC0415 - not needed until a letter is written

    made = _environment(str(own) if own else "")
    flat = {key: _flat(value) for key, value in words.items()}
    try:
        text = made.get_template(f"{language}/{name}.txt.j2").render(flat)
    except TemplateError as error:
        raise TrothError(f"the letter `{name}` can not be written", hint="look at its template") from error
    subject, _, body = text.partition("\n")
    if own and promoting(text):
        raise TrothError(
            f"the letter `{name}` of the house promotes something: {', '.join(promoting(text)[:3])}"
        )
    return Letter(subject.strip(), "\n".join(body.split("\n")).strip() + "\n")


def listed(words: list[str] | tuple[str, ...], language: str) -> str:
    """Several words in one line."""
    return ("、" if language == "zh" else ", ").join(words)


def stamped(moment: datetime) -> str:
    """A moment in UTC: "2026-11-22 09:30 UTC"."""
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _flat(value: Any) -> Any:
    if isinstance(value, str):
        return " ".join(value.split())
    return [_flat(one) for one in value] if isinstance(value, list | tuple) else value


@cache
def _environment(own: str) -> Environment:
    from jinja2 import (  # noqa: PLC0415 - not needed until a letter is written
        ChoiceLoader,
        Environment,
        FileSystemLoader,
        PackageLoader,
        StrictUndefined,
        select_autoescape,
    )

    return Environment(
        loader=ChoiceLoader([*([FileSystemLoader(own)] if own else []), PackageLoader("troth.duties")]),
        autoescape=select_autoescape(("html",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
