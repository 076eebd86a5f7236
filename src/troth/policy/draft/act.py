"""A rule line of a drafted promise, put together from parts the vocabulary knows."""

from __future__ import annotations

from dataclasses import dataclass


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
            if terms:
                parts.append(f"{word} {', '.join(terms)}")
        if self.condition:
            parts.append(f"if {self.condition}")
        if self.tail:
            parts.append(self.tail)
        return " ".join(part for part in parts if part)


def when(event: str, *rules: str) -> tuple[str, ...]:
    """Rules that an event starts, one step in; the rules alone where there is no event."""
    return (f"when {event}", *("  " + line for line in rules)) if event else rules
