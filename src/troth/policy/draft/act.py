"""A rule line of a drafted promise, put together from parts the vocabulary knows."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troth.policy.draft.exceptions import Exempted


@dataclass(frozen=True, slots=True)
class Act:
    """Mode, verb, things and parts of one rule; empty parts are left out.

    Attributes:
        mode: may, only, never or must.
        verb: verb of the rule language.
        things: what it is done to.
        similar: whether the list of things is open.
        purposes, recipients, sources, bases, channels, measures, places: terms of those facets.
        condition: condition ("if ..."), without the word.
        tail: what follows last: a deadline, "no opt-out", "until ...".
        knowingly: whether a `never` binds only what is done knowingly.
    """

    mode: str
    verb: str
    things: tuple[str, ...]
    _: KW_ONLY
    similar: bool = False
    purposes: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    condition: str = ""
    tail: str = ""
    knowingly: bool = False

    def __str__(self) -> str:
        """The line; empty where the vocabulary has no word for a thing."""
        if not all((self.things, *self.things)):
            return ""
        mode = "never knowingly" if self.knowingly and self.mode == "never" else self.mode
        parts = [mode, self.verb, ", ".join(self.things)]
        if self.similar:
            parts.append("and similar")
        for word, terms in (
            ("for", self.purposes),
            ("to", self.recipients),
            ("on", self.bases[:1]),
            ("by", self.channels),
            ("with", self.measures),
            ("at", self.places),
        ):
            named = ", ".join(term for term in terms if term)
            if named:
                parts.append(f"{word} {named}")
        if self.condition:
            parts.append(f"if {self.condition}")
        if self.tail:
            parts.append(self.tail)
        return " ".join(part for part in parts if part)


def when(event: str, *rules: str) -> tuple[str, ...]:
    """Rules that an event starts, one step in; the rules alone where there is no event."""
    said = tuple(rule for rule in rules if rule)
    return (f"when {event}", *("  " + line for line in said)) if event and said else said


def excepts(exceptions: tuple[Exempted, ...], mode: str) -> tuple[str, ...]:
    """The named exceptions of a `never` or a duty, one step below it; none for what is allowed."""
    if mode not in {"never", "must"}:
        return ()
    return tuple(f"  except {one.name}: {one.condition}" for one in exceptions)
