"""Promises that another sentence, far away, takes back: sharing by permission, unlinked addresses, data off the network."""

from __future__ import annotations

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
_PAIRS = (
    (
        "confidentiality-conflict",
        _PERMITTED,
        _PASSED,
        "nothing leaves without permission, and data goes to others",
    ),
    ("never-vs-may", _UNLINKED, _LINKED, "addresses are linked to nobody, and stand beside personal data"),
    ("access-conflict", _OFFLINE, _ONLINE, "data is off the Internet, and is changed over the Internet"),
)


def distant(doc: Document) -> Iterator[Finding]:
    """A promise and the sentence that takes it back (rules confidentiality-conflict, never-vs-may, access-conflict)."""
    for rule, promise, opposite, wrong in _PAIRS:
        promised = doc.hits(promise)
        if not promised:
            continue
        taken: list[Hit] = [
            h
            for h in doc.hits(opposite)
            if all(h.reading.index != p.reading.index for p in promised) and not h.reading.refuses & {"share"}
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
