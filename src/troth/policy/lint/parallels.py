"""Sentences and lists whose parts do not fit: words left out of a limit, clauses among items that complete the lead-in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quote, quoted, report

_CURTAILED = Phrase(
    r"\b(?:limits?|restricts?|confines?) (?:the |our |its |any )?(?:collection|use|processing|sharing|disclosure|storage|retention) of (?:(?!to |that |which )[\w,'-]+ ){1,8}(?:that|which) (?:we|it|the company) (?:needs?|requires?|uses?|collects?|must have)(?: to)?(?::|$|\.)"
)


def curtailed(doc: Document) -> Iterator[Finding]:
    """A limit that does not say to what (rule sentence-incomplete)."""
    hits = doc.hits(_CURTAILED)
    if hits:
        yield report(
            "drafting-error/sentence-incomplete",
            "info",
            (*of(hits), *(r for h in hits for r in doc.readings[h.reading.index + 1 : h.reading.index + 2])),
            f"words are missing: it is not said to what this is limited: {quoted(hits)}",
            hint='complete the sentence ("limit the collection of X to what we need to ...")',
            law="GDPR Art. 12(1)",
        )


_SUBORDINATE = re.compile(
    r"^\W*(?:when|whenever|where|if|once|after|before|as soon as|while)\b[^,;:]{4,160}, (?:we|our|the company|it) (?:\w+ )?\w+"
)
_CLAUSE = re.compile(r"^\W*(?:when|whenever|where|if|once|while)\b")
_SOURCE = re.compile(r"^\W*(?:from|through|via|by means of)\b")
_OPEN = re.compile(
    r"(?:\b(?:is|are|may be|be|was|were) (?:\w+ )?(?:collected|obtained|gathered|received|used|shared|disclosed|kept|retained|stored)|\b(?:ways|sources|cases|situations|circumstances|means|methods))\s*:\s*$"
)
_LEAST = 3
_REACH = 30


def _items(doc: Document, lead: Reading) -> list[Reading]:
    items = []
    for reading in doc.readings[lead.index + 1 : lead.index + _REACH]:
        if reading.heading or reading.lead != lead.low:
            break
        items.append(reading)
    return items


def doubled(doc: Document) -> Iterator[Finding]:
    """A lead-in that ends with "to", and items of which only some begin with it again (rule list-mixed)."""
    for lead in doc.body:
        if not lead.low.rstrip().endswith(" to:"):
            continue
        items = _items(doc, lead)
        again = [r for r in items if _TO.match(r.low)]
        if again and len(items) > 1:
            yield report(
                "drafting-error/list-mixed",
                "info",
                (lead, *again),
                f"the lead-in ends with the word that items begin with: {quote(r.text for r in (lead, *again))}",
                hint="begin every item with the verb",
            )


_TO = re.compile(r"^\W*to [a-z]")


def uneven(doc: Document) -> Iterator[Finding]:
    """A list that mixes occasions, sources and whole sentences (rule list-mixed)."""
    for lead in doc.body:
        if not _OPEN.search(lead.low):
            continue
        items = _items(doc, lead)
        whole = [r for r in items if _SUBORDINATE.search(r.low)]
        clauses = [r for r in items if _CLAUSE.search(r.low) and r not in whole]
        sources = [r for r in items if _SOURCE.search(r.low)]
        others = [r for r in items if r not in whole and r not in clauses and r not in sources]
        if len(items) < _LEAST:
            continue
        if whole and (len(clauses) + len(sources) + len(others) >= _LEAST - 1):
            yield report(
                "drafting-error/list-mixed",
                "info",
                (lead, *items),
                f"whole sentences stand among items that complete the lead-in: {quote(r.text for r in whole)}",
                hint="give the items of a list one form: occasions, sources or kinds of data",
                law="GDPR Art. 12(1)",
            )


_PURPOSE_ITEM = re.compile(r"^\W*(?:\(?\d{1,2}[.)]\s*|\(?[a-z][.)]\s*)?(?:to [a-z]|as |for |if |when )")
_STATES = re.compile(
    r"^\W*(?:\(?\d{1,2}[.)]\s*|\(?[a-z][.)]\s*)?(?:[A-Z][\w.&'’]+|We|You|Please|Our company|The company) (?:(?:also|always|never|only) )?(?:will|shall|may|does|is|has|uses?|collects?|shares?|identifies|requires?|reserves?) [^;]{15,}\.$"
)
_ENOUGH = 4


_VERB = re.compile(
    r"^\W*(?:provide|process|send|improve|meet|prevent|respond|contact|manage|administer|deliver|comply|offer|communicate|personali[sz]e|analy[sz]e|protect|"
    r"verify|fulfil|maintain|notify|enforce|develop|help|allow|identify|evaluate|keep|create|collect|detect|answer|bill|operate|correct|access|object|delete)\b"
)


def strayed(doc: Document) -> Iterator[Finding]:
    """A paragraph that was numbered as an item of the list before it (rule list-mixed)."""
    for lead in doc.body:
        if not lead.low.rstrip().endswith(":"):
            continue
        items = _items(doc, lead)
        fitting = [r for r in items if _PURPOSE_ITEM.match(r.text)]
        stray = [r for r in items[-1:] if _STATES.match(r.text) and r.sentence.element == "bullet"]
        verbs = [r for r in items[:-1] if _VERB.match(r.low)] if lead.low.rstrip().endswith(" to:") else []
        enough = len(fitting) >= _ENOUGH and len(fitting) >= len(items) - 2
        if stray and (enough or (len(verbs) > 1 and len(verbs) == len(items) - 1)):
            yield report(
                "drafting-error/list-mixed",
                "info",
                (lead, *stray),
                f"the last item is no item of this list: {quote(r.text for r in stray)}",
                hint="end the list before it, and let it stand as a paragraph",
                law="GDPR Art. 12(1)",
            )


_HANGS = re.compile(r"\s(?:by|to|of|for|with|from|and|the|that|which|including|as|in)$")


def hanging(doc: Document) -> Iterator[Finding]:
    """A sentence that a heading cuts off (rule sentence-incomplete)."""
    cut = [
        r
        for r, after in pairwise(doc.readings)
        if after.heading
        and not r.heading
        and r.sentence.element == "sentence"
        and _HANGS.search(r.low.rstrip())
        and len(r.words) > _ENOUGH
    ]
    if cut:
        yield report(
            "drafting-error/sentence-incomplete",
            "info",
            [x for r in cut for x in (r, doc.readings[r.index + 1])],
            f"a heading cuts the sentence off: {quote(r.text for r in cut)}",
            hint="end the sentence before the heading, or make a list of what follows",
            law="GDPR Art. 12(1)",
        )


DETECTORS = (curtailed, doubled, uneven, strayed, hanging)
