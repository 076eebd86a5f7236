"""Single sentences put into good policies: faults that must be found, and harmless ones that must not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from tests.lint.gold import DATA, load
from troth.model.finding import Finding
from troth.policy.lint import lint_text


@dataclass(frozen=True, slots=True)
class Probe:
    """Sentences put into a good policy; `kind` is the class of finding they deserve, empty for none."""

    kind: str
    base: str
    sentences: tuple[str, ...]


def faults() -> tuple[Probe, ...]:
    """The faulty sentences of `data/probes.txt`."""
    rows = [r.split(" | ", 2) for r in _rows("probes")]
    return tuple(Probe(kind, base, tuple(text.split(" // "))) for kind, base, text in rows)


def controls() -> tuple[Probe, ...]:
    """The harmless sentences of `data/controls.txt`."""
    rows = [r.split(" | ", 1) for r in _rows("controls")]
    return tuple(Probe("", base, (text,)) for base, text in rows)


def _rows(name: str) -> list[str]:
    lines = (DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@lru_cache
def _known(base: str) -> frozenset[tuple[str, tuple[str, ...]]]:
    return frozenset(_key(f) for f in lint_text(load(base).sentences))


def planted(probe: Probe) -> tuple[Finding, ...]:
    """The findings that name one of the planted sentences, or that only appear with them."""
    base = load(probe.base).sentences
    last = max(n for n, s in enumerate(base) if s.element == "heading")
    before = base[last - 1] if last else base[-1]
    new = tuple(
        replace(before, id=f"new{n}", text=text, element="sentence", paragraph=before.paragraph + 500 + n)
        for n, text in enumerate(probe.sentences)
    )
    known = _known(probe.base)
    return tuple(f for f in lint_text((*base[:last], *new, *base[last:])) if _key(f) not in known)


def _key(finding: Finding) -> tuple[str, tuple[str, ...]]:
    return finding.rule, tuple(s.id for s in finding.sentences)


def names_new(finding: Finding) -> bool:
    """Whether a finding is about a planted sentence."""
    return any(s.id.startswith("new") for s in finding.sentences)
