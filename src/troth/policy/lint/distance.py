"""Promises that another sentence, far away, takes back: sharing by permission, unlinked addresses, data off the network."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quoted, report

_PERMITTED = Phrase(
    r"\b(?:not|never) (?:share|disclose|release|pass on|give out|reveal) (?:any|your|any of your|the) (?:personal |private )?(?:information|data|details)"
    r"(?: (?:with|to) (?:anyone|anybody|third parties|others|any third part\w+))? (?:unless (?:we (?:have|receive|obtain|get)|you (?:give|grant|provide))|without (?:first )?"
    r"(?:your|having your|receiving your|obtaining your)) (?:us )?(?:your )?(?:prior |written |express |explicit )*(?:permission|consent|approval|authori[sz]ation)\b"
)
_PASSED = Phrase(
    r"\b(?:may|will|must|also|to|are) (?:also )?(?:be )?(?:share|shared|disclose|disclosed|provide|provided|transfer|transferred|pass|passed|submit|submitted|publish|published|made publicly) "
    r"(?:\w+ ){0,8}?(?:vendors|business partners|partners|affiliates|registr(?:y|ies)|registrars?|suppliers|service providers|third parties|public(?:ly)? (?:database|directory|register)|whois)\b"
)
_UNLINKED = Phrase(
    r"\b(?:ip|internet protocol) address(?:es)? (?:is|are|will be) (?:not|never) (?:linked|tied|connected|associated|matched|combined) (?:to|with) (?:any |your |anything )?(?:personal|identif)\w*"
)
_LINKED = Phrase(
    r"\bpersonal(?:ly identifiable)? (?:information|data)\b[^.]{0,60}\b(?:included|contained|stored|held|recorded|found|appear) in (?:the |our )?(?:\w+ )?logs?\b|"
    r"\b(?:store|record|log|keep|save|link)\w* (?:the |your |an )?ip address(?:es)? (?:\w+ ){0,3}?(?:with|to|in|against|alongside|beside) (?:your|the) (?:\w+ )?(?:account|profile|order|customer)\b"
)
_OFFLINE = Phrase(
    r"\b(?:information|data|records|details|database) (?:is|are) (?:not|never) (?:accessible|reachable|available|connected) (?:over|from|via|through|on|to) the (?:internet|web|public network)\b"
)
_ONLINE = Phrase(
    r"\b(?:correct|update|change|edit|amend|view|review|access|modify)\b[^.]{0,90}\b(?:on|in|through|via|using|at|by logging in\w*) (?:to )?(?:our|your|the) (?:\w+ )?(?:member|account|control panel|client area|portal|profile|website|customer area|dashboard|online)\w*\b"
)
# a closed door, and others who go through it
_STAFF = r"(?:staff|employees|personnel|team members)"
_STAFF_ONLY = Phrase(
    rf"\baccess\b[^.;]{{0,60}}\b(?:restricted|limited|confined|granted|given|permitted|allowed|reserved)\b[^.;]{{0,12}}\bto\b (?:only )?(?:[\w-]+ ){{0,4}}?{_STAFF}\b(?![^.;]{{0,80}}\b(?:contractors?|agents?|vendors?|providers?|partners?|third|suppliers?|affiliates?|consultants?|others?|you)\b)|"
    rf"\bonly (?:[\w-]+ ){{0,4}}?{_STAFF} (?:\w+ ){{0,4}}?(?:have|has|can|may|will have|are allowed to|get)\b (?:\w+ ){{0,2}}?(?:access|see|view|open)\b|"
    rf"\b(?:nobody|no one|no-one|no person)\b[^.;]{{0,12}}\b(?:but|except|other than|apart from|outside)\b (?:[\w-]+ ){{0,4}}?{_STAFF}\b[^.;]{{0,30}}\b(?:access|see|view)\b|\baccess\b[^.;]{{0,30}}\bby (?:[\w-]+ ){{0,3}}?{_STAFF} only\b"
)
_OUTSIDERS = r"(?:non[- ]?(?:staff|employees?)(?: members)?|contractors?|sub-?contractors?|third[- ]part(?:y|ies)|(?:business |service |trading )?partners?|vendors?|suppliers?|outsiders?|outside (?:\w+ )?(?:firms?|compan\w+|parties)|consultants?|resellers?|auditors?|affiliates?|(?:service |support |hosting )?providers?)"
_ENTERED = Phrase(
    rf"\baccess\b[^.;]{{0,60}}\bby (?:our |the |any |external |other )*{_OUTSIDERS}\b|"
    rf"\b{_OUTSIDERS} (?:\w+ ){{0,5}}?(?:have|has|may have|will have|are given|is given|are granted|get|gets|need|require|obtain|gain|gains|enjoy) (?:\w+ )?access to (?:your|the|personal|customer|our|this|such|any|that|all|client|user)\b"
)
_KEPT_OUT = Phrase(
    r"\b(?:unauthori[sz]ed|prevent\w*|against|not|never|no|without|cookies?|linked|websites?|unlawful|nor|neither)\b|n't\b"
)
# a measure for everything, and for most of it
_HELD = r"(?:data|information|records|details|files)"
_KEPT = (
    r"(?:stor(?:e|es|ed|ing)|hold|holds|held|keep|keeps|kept|hous(?:e|es|ed)|host(?:s|ed)?|maintain(?:s|ed)?)"
)
_SAFELY = r"(?:securely|safely|in (?:a )?(?:safe|secure|secured|protected) (?:\w+ )?(?:manner|way|environment|place|facility|location|servers?|data cent\w+|database)|on (?:safe|secure|secured) (?:\w+ )?servers?|under lock)"
_ALL_SAFE = Phrase(
    rf"\b{_KEPT} (?:all|the|your|any|every|each)(?: of)? (?:\w+ ){{0,3}}?{_HELD}\b (?:\w+ ){{0,4}}?{_SAFELY}\b|\b(?:all|any|every)(?: of)? (?:\w+ ){{0,3}}?{_HELD}\b [^.;]{{0,40}}\b{_KEPT} {_SAFELY}\b"
)
_PARTLY = r"(?:most|much|some|parts?|the majority|the bulk|a (?:large |great )?(?:part|portion)|many|the (?:larger|greater|main) part)"
_MOST_SAFE = Phrase(
    rf"\b{_PARTLY} of (?:your|the|our|this|these|all|their|its|that) (?:\w+ ){{0,3}}?{_HELD}\b[^.;]{{0,100}}\b(?:secure\w*|safe\w*|surveillance|locked|guarded|protected|firewall\w*)\b"
)
_ALL_CODED = Phrase(
    rf"\b(?:all|any|every)(?: of)? (?:\w+ ){{0,4}}?(?:{_HELD}|communications?|traffic|connections?|transmissions?|transfers?|backups?)\b [^.;]{{0,50}}\b(?:is|are|gets?) (?:\w+ )?encrypted\b|\bencrypt(?:s|ed)? (?:all|any|every)\b|\b(?:everything|whatever) [^.;]{{0,50}}\bencrypted\b"
)
_MOST_CODED = Phrase(
    rf"\b{_PARTLY} of (?:your|the|our|this|these|all|their|its|that) (?:\w+ ){{0,4}}?(?:{_HELD}|pages|communications|traffic|connections|backups|servers|sites?)\b[^.;]{{0,60}}\bencrypted\b|\bencrypt(?:s|ed)? {_PARTLY} of\b|"
    rf"\b(?:not all|not every)\b[^.;]{{0,60}}\bencrypted\b"
)
# a register that shows everybody, and shows nobody
_SHOWN = Phrase(
    r"\b(?:details|data|information|name|address)\b[^.;]{0,60}\b(?:visible|public\w*|published|accessible|searchable)\b[^.;]{0,60}\bwhois\b|\bwhois\b[^.;]{0,40}\b(?:shows?|displays?|publishes) (?:your|the|all)\b"
)
_HIDDEN = Phrase(
    r"\b(?:all|any|no|the) (?:\w+ ){0,2}?whois (?:data|information|details|entries|records)\b[^.;]{0,40}\b(?:anonymi[sz]ed|hidden|redacted|masked|published|shown|visible)\b"
)
_ANY_CHOICE = Phrase(
    r"\b(?:if you|you (?:may|can)|choose|option|unless|upgrade|add-?on|registrant's choice)\b"
)
# a refusal that changes nothing, and a service that does not run after it
_FREELY = Phrase(
    r"\b(?:refus\w+|declin\w+|withhold\w*|not (?:providing|giving|granting|allowing|sharing)|(?:choose|decide|prefer) not to (?:provide|share|give|grant|allow)|(?:do|does) not (?:provide|share|give|grant|allow|wish))\b[^.;]{0,90}\b(?:will|does|do|shall|would) not (?:affect|impair|limit|influence|prevent|hinder|restrict|change)\b[^.;]{0,60}\b(?:use|access|services?|functions?|features|experience|app)\b"
)
_ASKED_FOR = r"(?:permissions?|location|contacts|camera|microphone|device (?:ids?|identifiers?)|phone (?:state|book)|storage|address book|optional (?:data|information)|marketing)"
_RUNS = r"(?:app|application|services?|software|platform|client|product|panel)\b[^.;]{0,20}\b(?:will not|can ?not|won't|can't|does not) (?:\w+ )?(?:run|work|start|open|function|be used|be available|load|operate|be provided)"
_FORCED = Phrase(
    rf"\b{_ASKED_FOR}\b[^.]{{0,80}}\b(?:refus\w+|den(?:y|ied|ying)|declin\w+|not (?:grant|allow|give|agree)\w*|without (?:it|them|this|which)|otherwise|if you do not|unless you)\b[^.;]{{0,60}}\b{_RUNS}\b|"
    rf"\b(?:refus\w+|den(?:y|ied|ying)|declin\w+|do not (?:grant|allow|give)|without)\b[^.;]{{0,40}}\b{_ASKED_FOR}\b[^.;]{{0,60}}\b{_RUNS}\b"
)
_PAIRS = (
    (
        "confidentiality-conflict",
        _PERMITTED,
        _PASSED,
        "nothing leaves without permission, and data goes to others",
    ),
    ("never-vs-may", _UNLINKED, _LINKED, "addresses are linked to nobody, and stand beside personal data"),
    ("access-conflict", _OFFLINE, _ONLINE, "data is off the Internet, and is changed over the Internet"),
    ("access-conflict", _STAFF_ONLY, _ENTERED, "only staff has access, and others have it"),
    ("never-vs-may", _HIDDEN, _SHOWN, "a register hides the owners, and shows them"),
    ("choice-conflict", _FREELY, _FORCED, "a refusal changes nothing, and nothing runs after it"),
    ("security-conflict", _ALL_SAFE, _MOST_SAFE, "all of it is kept safe, and most of it"),
    ("security-conflict", _ALL_CODED, _MOST_CODED, "all of it is encrypted, and most of it"),
)


def _hides(hit: Hit) -> bool:
    low = hit.words.lower()
    shown = re.search(r"\b(?:published|shown|visible)$", low) is not None
    refused = re.search(r"\b(?:not|never|no)\b", low) is not None
    return shown == refused and not _ANY_CHOICE.search(hit.reading.low)


def distant(doc: Document) -> Iterator[Finding]:
    """A promise and the sentence that takes it back (rules confidentiality-, access-, security-, choice-conflict, never-vs-may)."""
    for rule, promise, opposite, wrong in _PAIRS:
        promised = [h for h in doc.hits(promise) if promise is not _HIDDEN or _hides(h)]
        if not promised:
            continue
        taken: list[Hit] = [
            h
            for h in doc.hits(opposite)
            if all(h.reading.index != p.reading.index for p in promised)
            and not h.reading.refuses & {"share"}
            and not (opposite is _ENTERED and _KEPT_OUT.search(h.reading.low))
        ]
        if taken:
            yield report(
                f"contradiction/{rule}",
                "block",
                of([*promised, *taken]),
                f"{wrong}: {quoted([*promised, *taken])}",
                hint="keep the promise, or name the exceptions in the promise itself",
                law="GDPR Art. 5(1)(a), 12(1); FTC Act 5",
            )


DETECTORS = (distant,)
