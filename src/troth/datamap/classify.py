"""Which columns are personal, judged one by one: by name, by type and by sampled values.

Field ── by_name ──┐
      └─ by_value ─┴─▶ Guess      context (what the table is about, whose it is) comes later, in `settle`
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from troth.datamap.names import ends_with, lexicon, tokens, word_list
from troth.datamap.values import Verdict, judge
from troth.model.schema import Field, Relation

Strength = Literal["strong", "weak"]
STRONG: Strength = "strong"
WEAK: Strength = "weak"
# Words after the noun that leave its meaning: the form they tell, empty when they tell none.
QUALIFIERS = {
    "hash": "hash", "hashed": "hash", "digest": "hash", "md5": "hash", "sha": "hash", "sha1": "hash",
    "sha256": "hash",
    "bcrypt": "hash", "enc": "enc", "sealed": "enc", "encrypted": "enc", "cipher": "enc", "ciphertext": "enc", "crypt":
    "enc", "json": "json",
    "jsonb": "json", "pickled": "pickle", "serialized": "serialized", "original": "copy", "copy": "copy",
    "canonical": "copy",
    "normalized": "copy", "lower": "copy", "value": "", "text": "", "plain": "", "raw": "", "str": "",
    "string": "", "full": "",
    "list": "", "primary": "", "secondary": "", "alt": "", "alternative": "", "new": "", "old": "",
    "current": "", "clean": "",
    "main": "", "work": "", "home": "", "billing": "", "other": "", "s": "", "v": "", "tsv": "fts", "fts":
    "fts", "vector": "fts", "index": "",
}  # fmt: skip
DISTINCT = {
    "ident.official",
    "payment",
    "contact.email",
    "secret",
    "device",
    "contact.phone",
}  # formats that hardly occur by chance
ARTICLES = word_list("articles")  # columns that number goods, in any table
NUMBERS = word_list("numbers")  # ... in a table of goods, or beside a word for them
GOODS = word_list("goods")
ATTRIBUTES = frozenset({"attr", "attribute"})  # before a detail of persons they say what a directory calls it
PHONES = frozenset({"phone", "mobile", "telephone", "tel", "fax", "dianhua", "shouji", "电话", "手机"})
MAIL_IDS = (("message", "id"), ("mail", "id"), ("in", "reply", "to"), ("reference",))
SEEN = 5  # sampled values below which their form may be chance
TEXTUAL = {"text", "json", "binary", "array"}


@dataclass(frozen=True, slots=True)
class Guess:
    """What a column may say about a person, before its table is known.

    Attributes:
        category: the category.
        form: how the value is written.
        strength: `strong` counts in any table, `weak` only in a table that belongs to a person.
        confidence: 0 to 1.
        reason: why, in words, without any value.
        topics: topics the table must have for the guess to count; empty for any.
    """

    category: str
    form: str
    strength: Strength
    confidence: float
    reason: str
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Rule:
    category: str
    strength: Strength
    kinds: frozenset[str]
    phrases: tuple[tuple[bool, tuple[str, ...]], ...]
    form: str
    needs: str
    topics: tuple[str, ...]


def classify(field: Field, relation: Relation, verdict: Verdict | None = None) -> Guess | None:
    """What a column says about a person by its own name, type and values; None when nothing speaks for it.

    Args:
        field: the column, with or without samples.
        relation: its table, for names that only count beside others (a city beside a street).
        verdict: what its sampled values are, when that was judged before.
    """
    named = by_name(field, relation)
    if named and not named.category:
        return None
    verdict = verdict or judge(field.samples)
    if verdict.category == "contact.phone" and _numbers_goods(field, relation):
        verdict = Verdict()
    guess = _combined(named, verdict, field)
    return _formed(guess, field, verdict) if guess else None


def by_name(field: Field, relation: Relation | None = None) -> Guess | None:
    """What the name and type of a column say; the column's comment is asked when the name says nothing."""
    words = tokens(field.name)
    if words == ("original",) and relation and (copied := _copied(field, relation)):
        return copied
    found = _named(words, field)
    if found is None and field.comment and len(field.comment) < 60:
        found = _named(tokens(field.comment), field)
    if found is None or _names_a_field(words, found[0]):
        return _by_type(field)
    rule, form = found
    if not rule.category:
        return Guess("", "plain", WEAK, 0.0, "")
    if rule.needs and not (relation and _beside(rule.needs, field, relation)):
        return None
    sure = 0.85 if rule.strength == STRONG else 0.65
    return Guess(
        rule.category,
        form or rule.form or "plain",
        rule.strength,
        sure,
        f"the name says {spoken(rule.category)}",
        rule.topics,
    )


def _names_a_field(words: tuple[str, ...], rule: _Rule) -> bool:
    """Whether a column holds what another system calls a detail of persons (`attr_mail` of a directory), and no such detail."""
    return (
        words[0] in ATTRIBUTES and len(words) > 1 and rule.category.partition(".")[0] in {"contact", "ident"}
    )


def _by_type(field: Field) -> Guess | None:
    """What the type alone says, where the name says nothing: an address of a device or network, or what it is made of."""
    if field.kind == "network":
        device = field.type.startswith("MACADDR")
        what = "device" if device else "network"
        return Guess(what, "plain", WEAK, 0.65, f"the type holds addresses of {what}s")
    found = sorted({category for one in field.parts if (category := by_member(one))})
    if not found:
        return None
    category = found[0] if len(found) == 1 else "blob"
    return Guess(category, "plain", STRONG, 0.8, f"parts inside name {', '.join(map(spoken, found))}")


def by_member(name: str) -> str:
    """The category that a member of a JSON value has by its name; empty when the name says nothing."""
    found = _named(tokens(name), Field(name))
    return found[0].category if found and found[0].strength == STRONG else ""


def connected(verdict: Verdict) -> set[str]:
    """What members of JSON say of how somebody was connected, where they say network and device together: a log of requests."""
    found = {
        rule[0].category
        for name in verdict.members
        if (rule := _named(tokens(name), Field(name))) and rule[0].category in {"network", "device"}
    }
    return found if len(found) > 1 else set()


def spoken(category: str) -> str:
    """A category in words for a reason ("contact.email" is "contact e-mail")."""
    return category.replace(".", " ").replace("email", "e-mail")


def _named(words: tuple[str, ...], field: Field) -> tuple[_Rule, str] | None:
    """The rule with the longest phrase at the end of the name, and the form that its qualifiers tell."""
    form = ""
    while words:
        if found := _match(words, field):
            return found, form
        if words[-1] in QUALIFIERS:
            form = form or QUALIFIERS[words[-1]]
        elif not words[-1].isdigit():
            return None
        words = words[:-1]
    return None


def _match(words: tuple[str, ...], field: Field) -> _Rule | None:
    best: tuple[int, _Rule] | None = None
    for rule, whole, phrase in _by_last().get(words[-1], ()):
        fits = phrase == words if whole else ends_with(words, phrase)
        kinds = {"text", field.kind} if field.parts else {field.kind}
        if fits and kinds & rule.kinds and (best is None or len(phrase) > best[0]):
            best = (len(phrase), rule)
    return best[1] if best else None


@lru_cache(maxsize=1)
def _by_last() -> dict[str, tuple[tuple[_Rule, bool, tuple[str, ...]], ...]]:
    """All phrases by their last word, so that a name asks only those that can fit."""
    table: dict[str, list[tuple[_Rule, bool, tuple[str, ...]]]] = {}
    for rule in _rules():
        for whole, phrase in rule.phrases:
            table.setdefault(phrase[-1], []).append((rule, whole, phrase))
    return {word: tuple(entries) for word, entries in table.items()}


@lru_cache(maxsize=1)
def _rules() -> tuple[_Rule, ...]:
    return tuple(_rule(raw) for raw in lexicon())


def _rule(raw: dict[str, object]) -> _Rule:
    kinds = raw.get("kinds", ["text"])
    topics = raw.get("topics", [])
    phrases = [(one.startswith("="), tokens(one.lstrip("="))) for one in str(raw["names"]).split("|")]
    return _Rule(
        category=str(raw["category"]),
        strength=STRONG if raw["strength"] == STRONG else WEAK,
        kinds=frozenset(kinds) if isinstance(kinds, list) else frozenset(),
        phrases=tuple((whole, phrase) for whole, phrase in phrases if phrase),
        form=str(raw.get("form", "")),
        needs=str(raw.get("needs", "")),
        topics=tuple(topics) if isinstance(topics, list) else (),
    )


def _copied(field: Field, relation: Relation) -> Guess | None:
    """A column named only "original" repeats the natural value that the table is about."""
    for other in relation.fields:
        found = _named(tokens(other.name), other) if other.name != field.name else None
        if found and other.kind == field.kind and found[0].category in {"contact.email", "ident.username"}:
            return Guess(found[0].category, "copy", STRONG, 0.7, f"the original form of {other.name}")
    return None


def _beside(category: str, field: Field, relation: Relation) -> bool:
    """Whether another column of the table has the category by its own name."""
    for other in relation.fields:
        if other.name != field.name and (found := _named(tokens(other.name), other)):
            rule = found[0]
            if rule.category == category and not rule.needs:
                return True
    return False


def _combined(named: Guess | None, verdict: Verdict, field: Field) -> Guess | None:
    """One guess of name and values: agreement makes sure, a telling format beats a vague name."""
    if named and _contradicted(named, field):
        named = None
    if not verdict.category:
        return named or _inside(verdict, field)
    if named and named.category == "message" and numbers_mails(field):
        return named
    seen = f"{round(100 * verdict.share)} % of the sampled values are {verdict.reason}"
    if named and named.category == verdict.category:
        return replace(
            named,
            confidence=0.98,
            reason=f"{named.reason}; {seen}",
            form=verdict.form if verdict.form != "plain" else named.form,
        )
    if (
        named
        and (named.strength == STRONG or verdict.category not in DISTINCT)
        and not _overrides(named, verdict)
    ):
        return named
    if field.kind not in TEXTUAL and field.kind != "network":
        return named
    strength = (
        STRONG if verdict.category in DISTINCT and verdict.category not in {"device", "secret"} else WEAK
    )
    if verdict.category == "contact.name" and verdict.share > 0.8:
        strength = STRONG
    if verdict.category == "message" and not verdict.emails:
        return named
    return Guess(verdict.category, verdict.form, strength, 0.8, seen)


def _contradicted(named: Guess, field: Field) -> bool:
    """A recipient is an address by its name, but not where none of the sampled values is one."""
    seen = [one for one in field.samples if isinstance(one, str) and one]
    return (
        named.category == "contact.email"
        and len(seen) >= SEEN
        and not any("@" in one or "＠" in one for one in seen)
    )


def _numbers_goods(field: Field, relation: Relation) -> bool:
    """Whether a column numbers products, orders or invoices by its name, however its values are written."""
    words = set(tokens(field.name))
    about = words | set(tokens(relation.name.rpartition(".")[2]))
    return bool(words & ARTICLES or (words & NUMBERS and about & GOODS and not words & PHONES))


def numbers_mails(field: Field) -> bool:
    """Whether a column holds ids of mails by its name: they look like addresses (RFC 5322) and are nobody's."""
    return any(ends_with(tokens(field.name), one) for one in MAIL_IDS)


def _overrides(named: Guess, verdict: Verdict) -> bool:
    """An address in a column named otherwise is an address; a login written as one stays a login."""
    return verdict.category == "contact.email" and named.category not in {
        "ident.username",
        "contact.name",
        "secret",
    }


def _inside(verdict: Verdict, field: Field) -> Guess | None:
    """JSON and serialized values with personal members, and any value that mentions e-mail addresses."""
    personal = sorted({one for one in map(by_member, verdict.members) if one} | connected(verdict))
    if personal:
        return Guess(
            "blob", verdict.form, WEAK, 0.85, f"members inside name {', '.join(map(spoken, personal))}"
        )
    if verdict.emails and field.kind in TEXTUAL:
        category = (
            "contact.email" if verdict.form == "pickle" else "blob" if verdict.form != "plain" else "message"
        )
        form = "free" if category == "message" else verdict.form
        return Guess(category, form, WEAK, 0.7, "sampled values mention e-mail addresses")
    return None


def _formed(guess: Guess, field: Field, verdict: Verdict) -> Guess:
    """The guess with the form that type and sample tell."""
    form = guess.form
    if field.kind == "json":
        form = "json"
    elif field.kind == "vector":
        form = "fts"
    elif verdict.form in {"json", "php", "pickle", "serialized"} or (
        verdict.form == "hash" and guess.category == "secret"
    ):
        form = verdict.form
    elif guess.category == "blob" and form == "plain" and field.kind == "text":
        form = "json"
    elif guess.category == "blob" and form == "plain":
        form = "serialized"
    return replace(guess, form=form)
