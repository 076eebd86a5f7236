"""Two columns: the sentence, and what the machine understood of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from troth.model.policy import REASONS, Binding, Policy, Promise, vocabulary_of
from troth.policy.plain import Speech

_REASONS_ZH = {
    "": "无需执行",
    "heading": "标题",
    "aim": "文本的目的或价值陈述",
    "define": "定义",
    "limit": "对承诺的限制",
    "contact": "介绍或列出联系方式",
    "duty": "读者的义务，而非公司的义务",
    "advice": "给读者的建议",
    "consequence": "说明某项选择的后果",
    "link": "关于他人网站或指向其他文本",
    "duplicate": "与另一句重复",
    "statement": "事实陈述",
    "greeting": "问候",
    "example": "已绑定句子的示例",
    "intro": "列表的引言",
}
_PROOF = {
    "enforced": ("enforced: it can not be done otherwise", "强制执行：无法以其他方式进行"),
    "monitored": ("monitored on the real data", "在真实数据上持续监测"),
    "attested": ("attested by people, with a date", "由人员注明日期作证"),
    "declared": ("declared", "声明"),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What the machine understood of one promise.

    Attributes:
        promise: its id; `title`: its title.
        rules: each rule in words: a sentence, then the lines below it.
        modes: the mode of each rule ("may", "never" ...).
        proofs: what shows that it is kept, as (check, in which way), in words.
        notes: the notes of the house.
    """

    promise: str
    title: str
    rules: tuple[tuple[str, ...], ...]
    modes: tuple[str, ...]
    proofs: tuple[tuple[str, str], ...]
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
            Row(
                binding,
                readings,
                why(binding, language),
                tuple(name for name in binding.promises if name in told),
            )
        )
        told.update(fresh)
    return tuple(rows)


def why(binding: Binding, language: str = "en") -> str:
    """Why a sentence carries no promise, in words; "" for bound ones."""
    chinese = language == "zh"
    if binding.reason is None:
        if binding.promises:
            return ""
        return "尚无人绑定此句" if chinese else "nobody has bound this sentence yet"
    reasons = _REASONS_ZH if chinese else REASONS
    reason = reasons.get(binding.reason, binding.reason)
    if not binding.limits:
        return reason
    names = ", ".join(binding.limits)
    return f"{reason}（限定 {names}）" if chinese else f"{reason} (qualifies {names})"


def read(promise: Promise, speech: Speech) -> Reading:
    """A promise in plain words."""
    proofs = []
    for proof in promise.proofs:
        label = speech.label(proof.check, "check")
        arguments = f" ({', '.join(proof.arguments)})" if proof.arguments else ""
        proofs.append((f"{label}{arguments}", speech.say(*_PROOF.get(proof.proof, ("shown", "证明")))))
    rules = tuple(tuple(speech.rule(rule)) for rule in promise.rules)
    modes = tuple(rule.mode for rule in promise.rules)
    return Reading(promise.id, promise.title, rules, modes, tuple(proofs), promise.notes)


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
                    "proofs": [f"{check}: {way}" for check, way in r.proofs],
                    "notes": list(r.notes),
                }
                for r in row.readings
            ],
        }
        for row in rows
    ]
