"""Rules in plain words, English or Chinese: what the machine understood, for the person who signs it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import isclose

from troth.model import verb as verbs
from troth.model.condition import ALWAYS, All, Any_, Condition, Not, Test
from troth.model.policy import UNITS, Deadline, Exemption, Item, Measure, Notice, Rule, Span
from troth.model.term import Facet
from troth.model.vocabulary import Vocabulary

LANGUAGES = ("en", "zh")
_HAN = re.compile("[\u3400-\u9fff]")
_FACT_FACETS: dict[str, tuple[Facet, ...]] = {
    "purpose": ("purpose",), "recipient": ("recipient", "subject"), "channel": ("channel",), "place": ("place",),
    "source": ("recipient", "subject", "thing", "place"), "basis": ("basis",), "subject": ("subject",), "data": ("data",),
    "inside": ("thing", "purpose", "channel"),
}  # fmt: skip
_UNITS_ZH = {
    "second": "秒", "minute": "分钟", "hour": "小时", "day": "天", "business-day": "个工作日", "week": "周", "month": "个月",
    "quarter": "个季度", "year": "年", "people": "人", "percent": "%",
}  # fmt: skip
_ITEMS: tuple[Facet, ...] = (
    "thing",
    "data",
    "subject",
    "recipient",
    "event",
    "measure",
    "fact",
    "purpose",
    "channel",
    "place",
)
# Labels of purposes that begin so say what is done, not what it is called.
_DEEDS = frozenset(
    "administer answer combat communicate create diagnose establish find fulfil handle improve increase investigate keep "
    "maintain optimise personalise prevent protect provide remember resolve respond run sell".split()
)
_OPS = {
    "<": ("is under", "小于"),
    "<=": ("is at most", "不超过"),
    ">": ("is over", "大于"),
    ">=": ("is at least", "不小于"),
}
MODES = {
    "may": ("We may", "我们可以"),
    "only": ("We may, and in no other way,", "我们仅可"),
    "never": ("We never", "我们绝不"),
    "must": ("We must", "我们必须"),
    "block": ("We do not", "我们不会"),
}
"""How a rule of each mode begins, in English and Chinese."""


@dataclass(frozen=True, slots=True)
class Speech:
    """Says rules in one language with the labels of one vocabulary."""

    vocabulary: Vocabulary
    language: str = "en"

    def say(self, en: str, zh: str) -> str:
        """The words of this language."""
        return zh if self.language == "zh" else en

    def label(self, key: str, *facets: Facet) -> str:
        """The label of a term; the key in words where no facet knows it."""
        prefix, _, name = key.rpartition(":")
        wanted: Iterable[Facet] = (prefix,) if prefix else facets  # type: ignore[assignment]
        for facet in wanted:
            term = self.vocabulary.find(facet, name)
            if term is not None:
                if self.language == "zh":
                    return term.zh or (name if has_han(name) else term.en)
                return term.en if facet == "place" and term.key not in _KINDS_OF_PLACES else _lower(term.en)
        return name.replace("-", " ")

    def some(self, keys: Iterable[str], *facets: Facet, last: tuple[str, str] = ("and", "和")) -> str:
        """Labels as a list in words."""
        labels = [self.label(key, *facets) for key in keys]
        if len(labels) < 2:
            return "".join(labels)
        if self.language == "zh":
            return "、".join(labels[:-1]) + last[1] + labels[-1]
        return ", ".join(labels[:-1]) + f" {last[0]} " + labels[-1]

    def span(self, span: Span) -> str:
        """A length of time; `~` shows as "about, chosen by the house" in its short form."""
        number = int(span.number) if span.number == int(span.number) else span.number
        text = self.say(str(span), f"{number} {_UNITS_ZH[span.unit]}")
        return f"~{text}" if span.chosen else text

    def deadline(self, deadline: Deadline) -> str:
        """When it is due."""
        span = self.span(deadline.span) if deadline.span else ""
        event = self.label(deadline.event, "event") if deadline.event else ""
        match deadline.kind:
            case "within":
                return self.say(
                    f"within {span}" + (f" of {event}" if event else ""),
                    f"在{event + '后' if event else ''}{span}内",
                )
            case "before":
                return self.say(f"{span} before {event}".strip(), f"在{event}之前{span}")
            case "after":
                return self.say(f"{span} after {event}".strip(), f"在{event}之后{span}")
            case "at-least":
                return self.say(
                    f"for at least {span}" + (f" after {event}" if event else ""),
                    f"至少{span}{f'（自{event}起）' if event else ''}",
                )
            case "every":
                once = span.removeprefix("1 ")  # "every week"
                return self.say(f"every {once}", f"每{once}")
            case "at-once":
                return self.say("at once", "立即")
            case _:
                return self.say(
                    f"after {event} as {deadline.table} says", f"按 {deadline.table} 所列{event}期满后"
                )

    def condition(self, condition: Condition) -> str:
        """A condition in words."""
        match condition:
            case Test():
                return self._test(condition, positive=True)
            case Not(part=Test() as test):
                return self._test(test, positive=False)
            case Not():
                part = self.condition(condition.part)  # once: twice at each depth would take for ever
                return self.say(f"not ({part})", f"并非（{part}）")
            case All():
                return self.say(" and ", "，且").join(
                    self._inner(part) for part in condition.parts
                ) or self.say("always", "始终")
            case Any_():
                return self.say(" or ", "，或").join(
                    self._inner(part) for part in condition.parts
                ) or self.say("never", "从不")

    def _inner(self, condition: Condition) -> str:
        text = self.condition(condition)
        return self.say(f"({text})", f"（{text}）") if isinstance(condition, (All, Any_)) else text

    def _test(self, test: Test, *, positive: bool) -> str:
        name = self._fact(test.fact)
        if test.op == ">=" and test.fact.startswith("since-") and not any(test.values):
            event = self._event(test.fact.removeprefix("since-"))
            return self.say(
                f"{event} has {'' if positive else 'not '}happened", f"{'已' if positive else '尚未'}{event}"
            )
        if test.op != "in":
            words = self.say(*_OPS[test.op])
            if not positive:
                words = self.say(words.replace("is ", "is not "), f"并非{words}")
            amount = self._amount(test)
            return self.say(f"{name} {words} {amount}", f"{name}{words} {amount}")
        if test.values in {(True,), (False,)}:
            holds = (test.values == (True,)) == positive
            return name if holds else self.say(f"not: {name}", f"并非：{name}")
        values = self._values(test)
        return self.say(
            f"{name} is {'' if positive else 'not '}{values}", f"{name}{'' if positive else '不'}为{values}"
        )

    def _amount(self, test: Test) -> str:
        """The number that a fact is compared with, in the fact's unit; days as the length that a text would say."""
        fact = self.vocabulary.find("fact", test.fact)
        unit = "day" if test.fact.startswith("since-") else (fact.unit.removesuffix("s") if fact else "")
        value = float(test.values[0])
        if unit == "day":
            return self.span(length(value, chosen=test.chosen))
        chosen = "~" if test.chosen else ""
        if self.language == "zh":
            years = "周岁" if "age" in test.fact.split("-") and unit == "year" else _UNITS_ZH.get(unit, "")
            return f"{chosen}{value:.15g} {years}".strip()
        return f"{chosen}{value:.15g} {unit if value == 1 else _plural(unit)}".strip()

    def _fact(self, fact: str) -> str:
        if fact.startswith("since-"):
            event = self._event(fact.removeprefix("since-"))
            return self.say(f"time since {event}", f"距{event}的时间")
        return self._event(fact) if "." in fact else self.label(fact, "fact", "event")

    def _event(self, name: str) -> str:
        """An event with what it is about: "opt-out (newsletter)"."""
        event, _, argument = name.partition(".")
        about = f" ({self.label(argument, 'purpose', 'data', 'thing')})" if argument else ""
        return self.label(event, "event") + about

    def _values(self, test: Test) -> str:
        facets = _FACT_FACETS.get(test.fact)
        words = [
            self.label(str(value), *facets) if facets else self.value(test.fact, str(value))
            for value in test.values
        ]
        if len(words) == 1:
            return words[0]
        return (
            ", ".join(words[:-1]) + " or " + words[-1]
            if self.language == "en"
            else "、".join(words[:-1]) + "或" + words[-1]
        )

    def value(self, fact: str, value: str) -> str:
        """The value of a fact in words."""
        if self.language == "zh":
            named = _chinese().get(f"{fact}.{value}") or _chinese().get(value)
            if named:
                return named
        return value.replace("-", " ")

    def rule(self, rule: Rule) -> list[str]:
        """A rule in words: one sentence, then one for each exception, hold, follower, record and notice."""
        lines = [self._head(rule)]
        for one in rule.exceptions:
            lines += [self._exemption(one, "Unless", "除非"), *self._aside(one.record, one.tell)]
        for one in rule.holds:
            lines += [
                self._exemption(one, "This waits while", "在此期间暂缓："),
                *self._aside(one.record, one.tell),
            ]
        lines += [self.say("Meanwhile: ", "暂缓期间：") + self._head(one) for one in rule.held]
        lines += [self.say("Then: ", "之后：") + self._head(one) for one in rule.then]
        lines += [self.say("Otherwise: ", "否则：") + self._head(one) for one in rule.otherwise]
        return lines + self._aside(rule.record, rule.tell)

    def _aside(self, record: Iterable[Item], tell: Iterable[Notice]) -> list[str]:
        """What is told and what is put on record."""
        lines = []
        for notice in tell:
            who, what = self.label(notice.who, "subject", "recipient"), self._free(notice.what)
            lines.append(self.say(f"We tell the {who}: {what}.", f"我们告知{who}：{what}。"))
        items = self.say(", ", "、").join(self._item(item) for item in record)
        if items:
            lines.append(self.say(f"On record: {items}.", f"留存记录：{items}。"))
        return lines

    def _item(self, item: Item) -> str:
        word = self._word(item.what)
        if item.count == 1 and not item.chosen:
            return word
        return f"{'~' if item.chosen else ''}{item.count:.15g} {word}"

    def _free(self, words: Iterable[str]) -> str:
        return self.say(", ", "、").join(self._word(word) for word in words)

    def _word(self, word: str) -> str:
        """A word that is told or recorded: no facet of the vocabulary has to know it."""
        if self.language == "zh":
            terms = [self.vocabulary.find(facet, word) for facet in _ITEMS]
            labels = [term.zh if term else "" for term in terms]
            named = labels[0] or labels[1] or _chinese().get(word) or next(filter(None, labels), "")
            if named:
                return named
        return word.replace("-", " ")

    def _exemption(self, one: Exemption, en: str, zh: str) -> str:
        most = (
            self.say(f", at most {self.span(one.most)}", f"，最长{self.span(one.most)}") if one.most else ""
        )
        lead = self.say(en, zh)
        return self.say(
            f"{lead} {self.condition(one.condition)} ({one.name.replace('-', ' ')}){most}.",
            f"{lead}{self.condition(one.condition)}（{one.name}）{most}。",
        )

    def _head(self, rule: Rule) -> str:
        return self._zh(rule) if self.language == "zh" else self._en(rule)

    def _things(self, rule: Rule) -> str:
        named = self.some(rule.things, "data", "thing")
        return named + (self.say(" and similar", "等") if rule.open else "")

    def _en(self, rule: Rule) -> str:
        verb = verbs.verbs().get(rule.verb)
        words = [MODES[rule.mode][0]] + (["knowingly"] if rule.knowingly else [])
        words += [verb.en if verb else rule.verb, self._things(rule)]
        for lead, keys, facets in _PARTS_EN:
            values: tuple[str, ...] = getattr(rule, keys)
            if values and keys == "purposes":
                words.append(self._for_what(values))
            elif values:
                words.append(f"{lead} {self.some(values, *facets, last=_last(rule, keys))}")
        if rule.measures:
            words.append("with " + ", ".join(self._measure(m) for m in rule.measures))
        if rule.deadline and (rule.deadline.kind != "after" or rule.until is None):
            words.append(self.deadline(rule.deadline))
        if rule.condition != ALWAYS:
            words.append(f"if {self.condition(rule.condition)}")
        if rule.until is not None:
            words.append(f"until {self._until(rule)}")
        if rule.no_opt_out:
            words.append("(no opt-out)")
        text = " ".join(word for word in words if word) + "."
        return self._triggered(rule, text)

    def _for_what(self, purposes: Iterable[str]) -> str:
        """Purposes in English: "for billing and payment", "in order to prevent attacks"."""
        labels = [self.label(key, "purpose") for key in purposes]
        deeds = [one for one in labels if one.partition(" ")[0] in _DEEDS]
        names = [one for one in labels if one not in deeds]
        said = [f"{lead} {_listed(some)}" for lead, some in (("for", names), ("in order to", deeds)) if some]
        return " or ".join(said)

    def _zh(self, rule: Rule) -> str:
        verb = verbs.verbs().get(rule.verb)
        parts = [MODES[rule.mode][1]] + (["在明知的情况下"] if rule.knowingly else [])
        if rule.deadline and rule.until is None:
            parts.append(self.deadline(rule.deadline))
        for before, keys, facets, after in _PARTS_ZH:
            values: tuple[str, ...] = getattr(rule, keys)
            if values:
                parts.append(before + self.some(values, *facets, last=_last(rule, keys)) + after)
        if rule.measures:
            parts.append("以" + "、".join(self._measure(m) for m in rule.measures) + "方式")
        whose = self.some(rule.subjects, "subject", last=("or", "或")) if rule.subjects else ""
        things = self._things(rule)
        deed = verb.zh if verb else rule.verb
        parts.append(f"{deed}{whose}的{things}" if whose and things else f"{deed}{whose or things}")
        if rule.condition != ALWAYS:
            parts.append(f"，条件是{self.condition(rule.condition)}")
        if rule.until is not None:
            parts.append(f"，直到{self._until(rule)}")
        if rule.no_opt_out:
            parts.append("（不可退订）")
        return self._triggered(rule, "".join(parts) + "。")

    def _until(self, rule: Rule) -> str:
        if rule.deadline and rule.deadline.kind == "after":
            return self.deadline(rule.deadline)
        return self.condition(rule.until) if rule.until is not None else ""

    def _measure(self, measure: Measure) -> str:
        label = self.label(measure.key, "measure", "thing")
        if measure.number is None:
            return label
        return f"{label} {'~' if measure.chosen else ''}{measure.number:.15g}"

    def _triggered(self, rule: Rule, text: str) -> str:
        trigger = rule.trigger
        if trigger is None:
            return text
        event = self.label(trigger.event, "event") if trigger.event else ""
        if trigger.argument:
            event += f" ({self.label(trigger.argument, 'purpose', 'data', 'thing', 'channel')})"
        condition = self.condition(trigger.condition) if trigger.condition != ALWAYS else ""
        when = self.say(" and ", "，且").join(part for part in (event, condition) if part)
        return self.say(f"When {when}: {_after_colon(text)}", f"当{when}时：{text}")


_PARTS_EN: tuple[tuple[str, str, tuple[Facet, ...]], ...] = (
    ("about", "about", ("thing", "event", "data")),
    ("from", "sources", ("recipient", "subject", "thing", "place", "channel", "data")),
    ("of", "subjects", ("subject",)),
    ("for", "purposes", ("purpose",)),
    ("to", "recipients", ("recipient", "subject")),
    ("by", "channels", ("channel", "recipient", "subject")),
    ("at", "places", ("place", "channel", "thing")),
    ("inside", "inside", ("thing", "purpose", "channel")),
    ("on the basis of", "bases", ("basis",)),
)
_PARTS_ZH: tuple[tuple[str, str, tuple[Facet, ...], str], ...] = (
    ("基于", "bases", ("basis",), "，"),
    ("为", "purposes", ("purpose",), ""),
    ("从", "sources", ("recipient", "subject", "thing", "place", "channel", "data"), ""),
    ("通过", "channels", ("channel", "recipient", "subject"), ""),
    ("在", "places", ("place", "channel", "thing"), ""),
    ("在", "inside", ("thing", "purpose", "channel"), "内"),
    ("向", "recipients", ("recipient", "subject"), ""),
    ("就", "about", ("thing", "event", "data"), ""),
)


def _last(rule: Rule, keys: str) -> tuple[str, str]:
    """How a list of a rule is read: a duty is carried out by all its channels, towards all, everywhere; else any one does."""
    verb = verbs.verbs().get(rule.verb)
    confined = verb is not None and verb.data  # a place where data is kept is one of those named
    every = keys in {"channels", "recipients"} or (keys == "places" and not confined)
    return ("and", "和") if rule.mode == "must" and every else ("or", "或")


# places that are kinds of places; the others are names
_KINDS_OF_PLACES = frozenset(
    {
        "city", "cloud-location", "country", "jurisdiction", "location", "location-locality", "outside-register", "region",
        "registered-site", "remote-location", "supra-national-union", "third-country",
    }
)  # fmt: skip


def length(days: float, *, chosen: bool = False) -> Span:
    """Days as a text would say them: 730.5 days are 2 years, 60.875 days 2 months, half a day 12 hours."""
    units = ("year", "month", "day", "hour", "minute", "second")
    for unit in units:
        number = days / UNITS[unit]
        if round(number) >= 1 and isclose(number, round(number), rel_tol=1e-9):
            return Span(round(number), unit, chosen)
    return Span(days, "day", chosen)


@cache
def _chinese() -> dict[str, str]:
    """Chinese for the values of facts, and for words that are recorded and told and stand in no vocabulary."""
    text = resources.files("troth.policy").joinpath("values_zh.tsv").read_text("utf-8")
    rows = (row.partition("\t") for row in text.splitlines() if not row.startswith("#"))
    return {word: label for word, _, label in rows}


def has_han(text: str) -> bool:
    """Whether a text holds Chinese characters."""
    return _HAN.search(text) is not None


def _lower(label: str) -> str:
    """A label inside a sentence: lower case, but for acronyms and names ("IP address", "GDPR")."""
    words = label.split(" ")
    return " ".join(
        word if any(c.isupper() for c in word[1:]) else word[:1].lower() + word[1:] for word in words
    )


def _listed(labels: list[str]) -> str:
    return ", ".join(labels[:-1]) + (" or " if labels[1:] else "") + labels[-1]


def _plural(unit: str) -> str:
    return "" if not unit else "people" if unit == "people" else f"{unit}s"


def _after_colon(text: str) -> str:
    return text[:1].lower() + text[1:]
