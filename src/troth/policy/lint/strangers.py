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


_SITE = Phrase(
    r"(?<![\w@./-])(?:https?://)?(?:www\.)?([a-z\d-]{3,})\.((?:[a-z]{2,3}\.)?[a-z]{2,10})\b(?![@\w-]|\.\w)"
)
_ADDRESS = Phrase(
    r"\bwww\.[a-z\d]|[a-z\d]\.com\b|[a-z\d]\.net\b|[a-z\d]\.org\b|[a-z\d]\.eu\b|[a-z\d]\.de\b|[a-z\d]\.io\b|[a-z\d]\.co\b|[a-z\d]\.cn\b|[a-z\d]\.hk\b"
)
# what makes a domain the website that the text is about
_ABOUT = Phrase(
    r"\b(?:(?:owner|operator|user|visitor|visit|use|access|member|customer)\w*(?: and \w+)? (?:of|to|at|on)|(?:our|this|the) (?:web ?)?sites?,?(?: at| located at| is)?|visit\w*|operat\w+|owned|using|browsing|provided (?:at|on)|welcome to|located at) (?:the |our )?(?:web ?site )?[\"“(]?(?:https?://)?(?:www\.)?$"
)
_TOLD = Phrase(r"\b(?:sites|websites|web sites|domains|respectively|formerly|redirect\w*)\b")


def twins(doc: Document) -> Iterator[Finding]:
    """One website under two domains of the same name (rule name-inconsistent)."""
    ends: dict[str, dict[str, Hit]] = {}
    for hit in doc.hits(_ADDRESS):
        reading = hit.reading
        for match in _SITE.finditer(reading.low):
            before = reading.low[max(0, match.start() - _BEFORE) : match.start(1)]
            if _ABOUT.search(before):
                ends.setdefault(match[1], {}).setdefault(match[2], Hit(reading, match[0]))
    for name, found in ends.items():
        # the text says that there are several, or lists them elsewhere
        if len(found) == _PAIR and not any(_TOLD.search(r.low) and name + "." in r.low for r in doc.readings):
            yield report(
                "drafting-error/name-inconsistent",
                "info",
                of(found.values()),
                f"one website under two domains: {quoted(list(found.values()))}",
                hint="name the domain that is right; who owns the other one gets the visitors",
            )


_PAIR = 2
DETECTORS = (another, twins)
