"""A finding: something a reader of the policy should look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from troth.model.sentence import Sentence

Severity = Literal["block", "warn", "info"]
SEVERITIES: tuple[Severity, ...] = ("block", "warn", "info")


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding of `check` or `lint`.

    Attributes:
        kind: the class of finding ("contradiction", "dangling-contact", "unbound-sentence").
        rule: the detector that found it ("retention-conflict"); one class has several rules.
        severity: `block` stops publication, `warn` wants a decision, `info` is good to know.
        message: what is wrong, with the words of the text it is about.
        hint: what to do about it.
        sentences: the sentences it is about, in text order; empty for the text as a whole.
        law: the article that asks for it, where one does ("GDPR Art. 13(1)(a)").
        promise: the promise it is about, where it is about a rule.
        line: the line to look at when no sentence says it, 0 for none; `column` likewise.
        accepted: the decision of the house, where it has looked at the finding and keeps the text.
    """

    kind: str
    rule: str
    severity: Severity
    message: str
    hint: str = ""
    sentences: tuple[Sentence, ...] = ()
    law: str = ""
    promise: str = ""
    line: int = 0
    column: int = 0
    accepted: str = ""

    def as_json(self) -> dict[str, Any]:
        """The JSON shape that `check --json` and `lint --json` print."""
        return {
            "class": self.kind,
            "rule": self.rule,
            "severity": self.severity,
            "message": self.message,
            "hint": self.hint,
            "law": self.law,
            "promise": self.promise,
            "accepted": self.accepted,
            "line": self.line or (self.sentences[0].line if self.sentences else 0),
            "column": self.column or 1,
            "sentences": [{"id": s.id, "line": s.line, "text": s.text} for s in self.sentences],
        }
