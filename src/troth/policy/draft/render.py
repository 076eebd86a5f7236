"""A draft as the text of a policy file, with every suggestion marked as not accepted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from troth.policy.source import escape

if TYPE_CHECKING:
    from troth.policy.draft.suggestion import Draft, DraftedPromise, Suggestion

_DEEPEST = 6
_FIELDS = ("provider", "version", "language", "vocab")


def render(draft: Draft, front: Mapping[str, str | list[str]]) -> str:
    """The text of the policy file.

    Args:
        draft: the draft.
        front: front matter; provider, version, language and vocab come first, then the rest by name.

    Returns:
        The file, ending in a line end. Without tags and blocks it is the text again, up to white space.
    """
    rows = ["+++", *_front(front), "+++"]
    blocks = {promise.sentences[-1]: promise for promise in draft.promises}
    waiting: list[DraftedPromise] = []
    before: Suggestion | None = None
    for suggestion in draft.suggestions:
        if (
            before is None
            or before.sentence.paragraph != suggestion.sentence.paragraph
            or _is_heading(before)
        ):
            rows += [*_block(waiting), ""]
            waiting = []
        rows.append(_line(suggestion))
        if suggestion.sentence.id in blocks:
            waiting.append(blocks[suggestion.sentence.id])
        before = suggestion
    return "\n".join([*rows, *_block(waiting)]) + "\n"


def _front(front: Mapping[str, str | list[str]]) -> list[str]:
    names = [name for name in _FIELDS if name in front] + sorted(
        name for name in front if name not in _FIELDS
    )
    return [f"{name} = {_toml(front[name])}" for name in names]


def _toml(value: str | list[str]) -> str:
    """A TOML string or list of strings (TOML 1.0, basic strings)."""
    if isinstance(value, list):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return (
        '"'
        + "".join(char if char >= " " and char != "\x7f" else f"\\u{ord(char):04x}" for char in escaped)
        + '"'
    )


def _is_heading(suggestion: Suggestion) -> bool:
    return suggestion.sentence.element == "heading"


def _line(suggestion: Suggestion) -> str:
    """One sentence or heading with its tag group; a heading that only looks like one is a suggestion too."""
    sentence = suggestion.sentence
    text = escape(sentence.text)
    if _is_heading(suggestion):
        depth = min(len(sentence.section) + 1, _DEEPEST)
        doubt = f" ?{suggestion.confidence:.2f}" if suggestion.confidence < 1 else ""
        return f"{'#' * depth} {text} {{#{sentence.id}{doubt}}}"
    return f"{text} {{#{sentence.id} ?{suggestion.confidence:.2f} {_meaning(suggestion)}}}"


def _meaning(suggestion: Suggestion) -> str:
    if suggestion.promise:
        return ("=" if suggestion.repeats else "") + suggestion.promise
    return f"i:{suggestion.reason}"


def _block(promises: list[DraftedPromise]) -> list[str]:
    """The fenced block of the promises below a paragraph."""
    if not promises:
        return []
    rows = ["```troth"]
    for promise in promises:
        rows.append(f'promise {promise.name} {promise.kind} "{promise.title}"')
        rows += [f"  {line}" for line in promise.lines]
        rows.append(f'  draft {promise.confidence:.2f} "{_quoted(promise.why)}"')
        if promise.proofs:
            rows.append(f"  prove {', '.join(promise.proofs)}")
    return [*rows, "```"]


def _quoted(text: str) -> str:
    return text.replace("\\", "").replace('"', "'")
