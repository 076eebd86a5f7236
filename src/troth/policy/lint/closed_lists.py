"""Lists that are said to be closed, and what stands elsewhere: recipients and purposes that the list does not have."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from troth.model.finding import Finding
from troth.policy.lint import loopholes
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.purposes import LAW as PURPOSE_LAW
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quoted, report

_GIVE = r"(?:shar|disclos|provid|transfer|releas|pass|giv|sell|rent|reveal)\w*"
_CLOSED = Phrase(
    rf"\b(?:not|never|n't)\b[^.;]{{0,30}}\b{_GIVE}\b[^.;]{{0,80}}\b(?:information|data|details)\b[^.;]{{0,90}}\b(?:other than|except|apart from|save)\b[^.;]{{0,60}}(?::\s*$|\bfollowing\b)|"
    rf"\b(?:only|solely|exclusively)\b[^.;]{{0,20}}\b{_GIVE}\b[^.;]{{0,80}}\b(?:information|data|details)\b[^.;]{{0,60}}\b(?:with|to|in|under)\b[^.;]{{0,30}}(?::\s*$|\bfollowing\b)"
)
# a list that other parts of the text go on with
_ELSEWHERE = Phrase(
    r"\b(?:otherwise (?!shar|disclos|provid|transfer|releas|pass|giv|sell)\w+|elsewhere|in this (?:privacy )?(?:policy|statement|notice)|described|set out|stated|outlined)\b"
)
_WHO = {
    "group": Phrase(
        r"\baffiliat\w+(?! (?:referral|program|link|partner))|\bsubsidiar\w+|\b(?:parent|sister|group|related|associated) compan\w+|\bcompan(?:y|ies) (?:in|of) (?:our|the) group\b|\bgroup of companies\b"
    ),
    "marketing": Phrase(
        r"\badvertisers?\b|\b(?:advertising|marketing|promotional) (?:partners?|networks?|compan\w+|agenc\w+)\b|\bsponsors?\b"
    ),
    "buyers": Phrase(
        r"\bmerg\w+|\bacqui(?:r|s)\w+|\b(?:sale|sold|sell|purchase)\w*\b[^.;]{0,30}\b(?:business|company|assets)\b|\b(?:purchased|bought) by\b|\bbankruptcy\b|\bsuccessors?\b|\basset (?:transfer|sale)\b"
    ),
    "registers": Phrase(
        r"\bregistr(?:y|ies)\b|\bicann\b|\bwhois\b|\barin\b|\bripe\b|\bescrow\b|\bpublic(?:ly available)? (?:director|databas|regist)\w+"
    ),
    "credit": Phrase(
        r"\bcredit (?:bureau|reference|reporting|agenc|check)\w*|\b(?:debt )?collection agenc\w+|\bcollections? agents?\b"
    ),
    "referrers": Phrase(r"\breferrers?\b|\breferring (?:partner|affiliate|customer)s?\b"),
}
_NOBODY = Phrase(r"\b(?:aggregat\w+|anonym\w+|non-personal\w*|statistic\w+|demographic)\b")


def _who(low: str) -> frozenset[str]:
    return frozenset(kind for kind, phrase in _WHO.items() if phrase.search(low))


def _listed(doc: Document, lead: Reading) -> list[Reading]:
    """A lead-in that closes a list, and its items; nothing where none is under it or the law or others speak."""
    items = [] if lead.told else loopholes.items_of(doc, lead)
    return [lead, *items] if items else []


def _beside(doc: Document, listed: list[Reading], says: Callable[[Reading], bool]) -> list[Reading]:
    """What stands elsewhere and says something of the kind; nothing where there is no list."""
    known = {reading.index for reading in listed}
    return [r for r in doc.body if r.index not in known and not r.told and says(r)] if listed else []


def _gives(reading: Reading) -> bool:
    """Whether data on people is passed on, without their consent being asked."""
    return (
        reading.does("share")
        and not reading.refuses & {"share", "sell"}
        and not reading.consented
        and not _NOBODY.search(reading.low)
        and (reading.personal or "information" in reading.words or "data" in reading.words)
    )


def recipients(doc: Document) -> Iterator[Finding]:
    """Nobody but those on the list, and somebody else elsewhere (rule confidentiality-conflict)."""
    for hit in doc.hits(_CLOSED):
        listed = [] if _ELSEWHERE.search(hit.reading.low) else _listed(doc, hit.reading)
        named = _who(" ".join(r.low for r in listed))
        others = [
            Hit(r, r.text)
            for r in _beside(doc, listed, _gives)
            if (who := _who(r.low)) and who.isdisjoint(named)
        ]
        if others:
            yield report(
                "contradiction/confidentiality-conflict",
                "block",
                (hit.reading, *of(others)),
                f"nobody but those on the list gets data ({quoted([hit])}), and somebody who is not on it does ({quoted(others)})",
                hint="put every recipient on the list, each with the data and the purpose",
                law="GDPR Art. 5(1)(a), 13(1)(e); PIPL Art. 17, 23; FTC Act 5",
            )


_AIMS = {
    "identity": Phrase(
        r"\bidentity verification\b|\b(?:verif|confirm|establish|check|prov)\w* (?:your|the|their|a user's|customers'?) identit(?:y|ies)\b|身份(?:验证|核验|认证)|实名认证"
    ),
    "advertising": Phrase(
        r"\b(?:targeted|interest-based|personali[sz]ed|behaviou?ral) (?:ads?|advert\w+)\b|\bto (?:show|serve|display|deliver) (?:you )?(?:ads?|advert\w+)\b|(?:投放|展示|推送)[^。；，]{0,8}广告"
    ),
    "credit": Phrase(
        r"\bcredit(?:worthiness| ?worthiness| checks?| scor\w+| assessments?)\b|\bcheck\w* (?:\w+ )?credit\b(?! card)|信用(?:评估|评分|状况)"
    ),
    "training": Phrase(
        r"\b(?:train|teach|fine-?tun)\w*\b[^.;]{0,30}\b(?:models?|algorithms?|artificial intelligence|ai)\b|训练[^。；，]{0,8}模型"
    ),
    "hiring": Phrase(
        r"\b(?:recruit\w*|job applications?|hiring|employment)\b[^.;]{0,20}\b(?:purposes?|process)\b|招聘"
    ),
}
_FOR = Phrase(
    r"\b(?:for|to|in order to|so that|used|uses?|helps?|purposes?|verif\w+)\b|用于|用来|进行|以便|为了|目的"
)


def _aims(low: str) -> frozenset[str]:
    return frozenset(kind for kind, phrase in _AIMS.items() if phrase.search(low))


def _aims_at(reading: Reading) -> bool:
    """Whether a sentence says what the company uses data for, without consent being asked."""
    return (
        reading.does("use", "collect")
        and not reading.refuses & {"use", "collect"}
        and not (reading.consented and "consent" in reading.low)
        and _FOR.search(reading.low) is not None
    )


def purposes(doc: Document) -> Iterator[Finding]:
    """No purpose but those on the list, and another one elsewhere (rule purpose-conflict)."""
    for hit in doc.hits(loopholes.CLOSED):
        listed = _listed(doc, hit.reading)
        named = _aims(" ".join(r.low for r in listed))
        others = [Hit(r, r.text) for r in _beside(doc, listed, _aims_at) if _aims(r.low) - named]
        if others:
            yield report(
                "contradiction/purpose-conflict",
                "warn",
                (hit.reading, *of(others)),
                f"the list of purposes is said to be closed ({quoted([hit])}), and another one stands elsewhere ({quoted(others)})",
                hint="put every purpose on the list, or say that others follow in the parts on them",
                law=PURPOSE_LAW,
            )


DETECTORS = (recipients, purposes)
