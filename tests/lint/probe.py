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


TOGETHER = frozenset({"unenforceable", "open-ended", "drafting-error", "dangling-contact", ""})
_CHUNK = 6


def batches(probes: tuple[Probe, ...]) -> tuple[tuple[Probe, ...], ...]:
    """Probes that can be planted together, because their findings do not touch each other, up to six at a time."""
    groups: dict[tuple[str, str, int], list[Probe]] = {}
    for number, probe in enumerate(probes):
        alone = probe.kind not in TOGETHER or len(probe.sentences) > 1
        key = (probe.kind, probe.base, -1 - number if alone else 0)
        groups.setdefault(key, []).append(probe)
    return tuple(
        tuple(group[start : start + _CHUNK])
        for group in groups.values()
        for start in range(0, len(group), _CHUNK)
    )


def merged(batch: tuple[Probe, ...]) -> Probe:
    """One probe with the sentences of all."""
    return Probe(batch[0].kind, batch[0].base, tuple(s for probe in batch for s in probe.sentences))


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
