"""How detectors word a finding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from troth.model.finding import Finding, Severity
from troth.policy.lint.document import Hit
from troth.policy.lint.reading import Reading

_SHOWN = 4
_LONGEST = 70


def quote(words: Iterable[str]) -> str:
    """Up to four wordings in quotes, each once, shortened to what a line holds."""
    kept = list(dict.fromkeys(" ".join(w.split()) for w in words if w.strip()))
    shown = [w if len(w) <= _LONGEST else w[: _LONGEST - 1].rstrip() + "…" for w in kept[:_SHOWN]]
    more = f" and {len(kept) - _SHOWN} more" if len(kept) > _SHOWN else ""
    return ", ".join(f'"{w}"' for w in shown) + more


def quoted(hits: Sequence[Hit]) -> str:
    """The wordings of hits, quoted."""
    return quote(hit.words for hit in hits)


def of(hits: Iterable[Hit]) -> tuple[Reading, ...]:
    """The sentences of hits."""
    return tuple(hit.reading for hit in hits)


def report(  # noqa: PLR0913 - a finding has these parts
    label: str, severity: Severity, about: Iterable[Reading], message: str, *, hint: str = "", law: str = ""
) -> Finding:
    """Make a finding.

    Args:
        label: kind and rule, "contradiction/retention-conflict".
        severity: block, warn or info.
        about: the sentences it is about, in any order.
        message: what is wrong, in plain words.
        hint: what to do.
        law: the article that asks for it.
    """
    kind, _, rule = label.partition("/")
    chosen = sorted({r.index: r for r in about}.values(), key=lambda r: r.index)
    return Finding(kind, rule, severity, message, hint, tuple(r.sentence for r in chosen), law)
