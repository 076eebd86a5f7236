"""General promises, and the acts that can not be told beside them.

A side is a line of needs over the clauses of a sentence (`assertion`): `!share` the act is denied, `+share` it is done,
`data|card` kinds the clause speaks of, `~law` kinds the sentence speaks of, `-consent` kinds that the sentence must not
speak of, `=` a clause that limits ("only").
"""

from __future__ import annotations

from dataclasses import dataclass

from troth.model.finding import Severity
from troth.policy.lint.phrase import Phrase


@dataclass(frozen=True, slots=True)
class Clash:
    """Two kinds of assertions that a text can not both make.

    Attributes:
        rule: the rule of the finding.
        claim: what promises, a line for each way.
        deed: what takes it back.
        says: the finding in words, before the quotations.
        severity: of the finding.
        law: the articles.
        alike: kinds of which the deed must name one that the claim names, where the claim names any.
        promise: words that the sentence of the claim must have besides.
        act: words that the sentence of the deed must have besides.
    """

    rule: str
    claim: tuple[str, ...]
    deed: tuple[str, ...]
    says: str
    severity: Severity = "block"
    law: str = "GDPR Art. 5(1)(a); FTC Act s. 5"
    alike: str = ""
    promise: Phrase | None = None
    act: Phrase | None = None
