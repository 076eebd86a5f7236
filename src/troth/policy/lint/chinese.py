"""Chinese wordings of every class of finding, mainland and Hong Kong; one finding a rule."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint import (
    chinese_choice,
    chinese_grounds,
    chinese_keeping,
    chinese_passing,
    chinese_promise,
    chinese_scope,
    retention,
)
from troth.policy.lint.chinese_wording import Wording
from troth.policy.lint.document import Document
from troth.policy.lint.report import of, quoted, report

WORDINGS: tuple[Wording, ...] = (
    *chinese_keeping.WORDINGS,
    *chinese_passing.WORDINGS,
    *chinese_choice.WORDINGS,
    *chinese_promise.WORDINGS,
    *chinese_scope.WORDINGS,
    *chinese_grounds.WORDINGS,
)


def wordings(doc: Document) -> Iterator[Finding]:
    """What the Chinese sentences of a text say that a careful reader marks."""
    if not any(r.cjk for r in doc.body):
        return
    for wording in WORDINGS:
        if wording is chinese_keeping.VAGUE and retention.endless(doc):
            continue  # the need and the want of an end are one finding, the conflict
        hits = wording.found(doc)
        if hits:
            yield report(
                wording.label,
                wording.severity,
                of(hits),
                f"{wording.wrong}: {quoted(hits)}",
                hint=wording.hint,
                law=wording.law,
            )


DETECTORS = (wordings,)
