"""What a group of sentences names, in one value: the material that rules are drafted from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from troth.model.term import Facet
from troth.policy.draft.exceptions import Exempted, excepted_part, excepted_parts, exceptions_in
from troth.policy.draft.negation import Mode, clauses, mode_of
from troth.policy.draft.terms import TermIndex
from troth.policy.draft.times import Times, times_in

_OPEN = re.compile(
    r"\bnot limited to\b|\bwithout limitation\b|\bsuch as\b|\betc\b|\band other\b|\bsimilar\b|\be\.g\.|"
    r"等|包括但不限于"
)
_SPEAKERS = re.compile(r"\bneither\b[^,;]{0,120}?\bnor\b(?: (?:any of|our|any|the))* \w+")
_KNOWINGLY = re.compile(r"\bknowing(?:ly)?\b|明知|故意")


@dataclass(frozen=True)
class Finds:
    """A group of sentences that one promise keeps, with the terms, times and exceptions they name.

    Attributes:
        lead: plain text of the sentence that begins the group or introduces its list.
        items: plain texts of all its sentences.
        index: the vocabulary's terms.
        before: data of the promise before, for a group that speaks of "this information".
        stated: the mode, where the lead is one clause of a sentence.
        around: all of the sentence, where the lead is one clause of it.
    """

    lead: str
    items: tuple[str, ...]
    index: TermIndex
    before: tuple[str, ...] = ()
    stated: Mode = ""
    around: str = ""

    @cached_property
    def text(self) -> str:
        """All sentences as one text."""
        return " ".join((self.lead, *(item for item in self.items if item != self.lead)))

    @cached_property
    def times(self) -> Times:
        """The first times named."""
        return times_in(self.text)

    @cached_property
    def open(self) -> bool:
        """Whether a list is left open ("such as ...", "etc.")."""
        return _OPEN.search(self.text) is not None

    @cached_property
    def mode(self) -> Mode:
        """`never`, `only` or `may`, by the lead; "" where its clauses differ or are not certain."""
        return self.stated or mode_of(clauses(self.lead))

    @cached_property
    def core(self) -> str:
        """The lead without what it excepts and without those of whom it speaks ("neither we nor our partners")."""
        rest = self.lead
        for part in filter(None, excepted_parts(self.lead)):
            rest = rest.replace(part, " ")
        return _SPEAKERS.sub(" ", rest)

    @cached_property
    def knowingly(self) -> bool:
        """Whether a prohibition speaks of what is done knowingly."""
        return _KNOWINGLY.search(self.text) is not None

    @cached_property
    def exceptions(self) -> tuple[Exempted, ...]:
        """What is excepted: after "unless" and the like, and by the items of a list of exceptions."""
        own = exceptions_in(excepted_part(self.lead), self.index.vocabulary)
        if not re.search(r"\bexcept\b|\bunless\b|除", self.lead) or len(self.items) < 2:
            return own
        listed = exceptions_in(
            " ".join(item for item in self.items if item != self.lead), self.index.vocabulary
        )
        return own + tuple(one for one in listed if one.name not in {had.name for had in own})

    @cached_property
    def conditions(self) -> tuple[Exempted, ...]:
        """What the text makes a condition, in the same terms as exceptions."""
        return exceptions_in(self.text, self.index.vocabulary)

    def terms(self, facet: Facet, *default: str) -> tuple[str, ...]:
        """Terms of a facet that the sentences name, or the first default the vocabulary knows."""
        found = self.index.found(facet, self.text)
        if found:
            return found
        key = self.index.key(facet, *default) if default else ""
        return (key,) if key else ()

    def barred(self, facet: Facet, default: str) -> tuple[str, ...]:
        """Terms of a facet that the lead names outside its exceptions, or the default."""
        return self.index.found(facet, self.core) or (self.index.key(facet, default),)

    def data(self) -> tuple[str, ...]:
        """The data named, that of the promise before where the text refers back, or personal data."""
        return (
            self.index.found("data", self.text) or self.before or (self.index.key("data", "personal-data"),)
        )

    def says(self, pattern: str) -> bool:
        """Whether the sentences hold a turn of phrase, also in a clause beside."""
        return re.search(pattern, self.around or self.text) is not None
