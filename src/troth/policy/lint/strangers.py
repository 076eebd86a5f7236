"""Another company's address where the text speaks of its own: what a copied text leaves behind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quoted, report

_DOMAIN = Phrase(
    r"(?<![\w@./-])(?:www\.)?([a-z\d-]{3,}\.(?:com|net|org|io|in|co|eu|de|nl|uk|au|us|info|biz|cloud|host|hk|sg|my|cn)(?:\.[a-z]{2})?)\b(?![/@])"
)
_SPEAKS = Phrase(
    r"(?<![\w@./-])(?:www\.)?([a-z\d-]{3,}\.(?:com|net|org|io|in|co|eu|de|nl|uk|au|us|info|biz|cloud|host|hk|sg|my|cn)(?:\.[a-z]{2})?)(?:,)? (?:or|and|and/or) (?:any of )?its (?:own )?(?:affiliate|subsidiar|partner|employee|agent|officer|director|parent|licensor|staff|member)\w*"
)
_OTHERS = Phrase(
    r"\b(?:third[- ]part\w+|such as|provider|partners? (?:like|such)|google|analytics|payment|operated by|owned by)\b"
)
_OFTEN = 3
_BEFORE = 40


def another(doc: Document) -> Iterator[Finding]:
    """A domain that acts like the publisher and is not the one the text is about (rule name-inconsistent)."""
    spoken = [(h, m[1]) for h in doc.hits(_SPEAKS) for m in (_SPEAKS.search(h.reading.low),) if m]
    if not spoken:
        return
    used = Counter(name for r in doc.readings for name in set(_DOMAIN.findall(r.low)))
    own, often = used.most_common(1)[0]
    strange = [
        h for h, name in spoken if name != own and used[name] < _OFTEN <= often and not _related(doc, h, name)
    ]
    if strange:
        yield report(
            "drafting-error/name-inconsistent",
            "info",
            of(strange),
            f"the text is about {own}, and here another one acts: {quoted(strange)}",
            hint="put in the own name, or say who the other one is",
        )


def _related(doc: Document, hit: Hit, name: str) -> bool:
    """Whether the text says who the other one is, or uses its name for itself."""
    brand = name.split(".", maxsplit=1)[0]
    own = any(brand in p.name.lower() for p in doc.parties)
    place = hit.reading.low.find(hit.words.lower())
    return own or _OTHERS.search(hit.reading.low[max(0, place - _BEFORE) : place]) is not None


DETECTORS = (another,)
