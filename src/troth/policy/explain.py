"""Two columns: the sentence, and what the machine understood of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from troth.model.policy import REASONS, Binding, Policy, Promise, vocabulary_of
from troth.policy.plain import Speech

_PROOF = {
    "enforced": ("enforced: it can not be done otherwise", "强制执行：无法以其他方式进行"),
    "monitored": ("monitored on the real data", "在真实数据上持续监测"),
    "attested": ("attested by people, with a date", "由人员注明日期作证"),
    "declared": ("declared", "声明"),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What the machine understood of one promise: title, rules in words, proofs in words, notes."""

    promise: str
    title: str
    rules: tuple[tuple[str, ...], ...]
    proofs: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence and its readings; `why` says why it is information, `first` whether its promises were explained above."""

    binding: Binding
    readings: tuple[Reading, ...]
    why: str
    seen: tuple[str, ...]


def explain(policy: Policy, language: str = "en") -> tuple[Row, ...]:
    """The rows of the two-column page, in text order; a promise is explained at its first sentence."""
    speech = Speech(vocabulary_of(policy), language)
    told: set[str] = set()
    rows = []
    for binding in policy.sentences:
        fresh = [name for name in binding.promises if name not in told]
        readings = tuple(read(policy.by_id[name], speech) for name in fresh)
        rows.append(
            Row(binding, readings, why(binding), tuple(name for name in binding.promises if name in told))
        )
        told.update(fresh)
    return tuple(rows)


def why(binding: Binding) -> str:
    """Why a sentence carries no promise, in words; "" for bound ones."""
    if binding.reason is None:
        return "" if binding.promises else "nobody has bound this sentence yet"
    reason = REASONS.get(binding.reason, binding.reason)
    return reason + (f" (qualifies {', '.join(binding.limits)})" if binding.limits else "")


def read(promise: Promise, speech: Speech) -> Reading:
    """A promise in plain words."""
    proofs = []
    for proof in promise.proofs:
        label = speech.label(proof.check, "check")
        arguments = f" ({', '.join(proof.arguments)})" if proof.arguments else ""
        proofs.append(f"{label}{arguments}: {speech.say(*_PROOF.get(proof.proof, ('shown', '证明')))}")
    rules = tuple(tuple(speech.rule(rule)) for rule in promise.rules)
    return Reading(promise.id, promise.title, rules, tuple(proofs), promise.notes)


def as_json(rows: tuple[Row, ...]) -> list[dict[str, Any]]:
    """The JSON shape of an explanation."""
    return [
        {
            "id": row.binding.sentence.id,
            "line": row.binding.sentence.line,
            "text": row.binding.sentence.text,
            "information": row.why or None,
            "promises": list(row.binding.promises),
            "understood": [
                {
                    "promise": r.promise,
                    "title": r.title,
                    "rules": [list(rule) for rule in r.rules],
                    "proofs": list(r.proofs),
                    "notes": list(r.notes),
                }
                for r in row.readings
            ],
        }
        for row in rows
    ]
