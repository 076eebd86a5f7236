"""What a group of sentences names, in one value: the material that rules are drafted from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from troth.model.term import Facet
from troth.policy.draft.exceptions import Exempted, excepted_part, exceptions_in
from troth.policy.draft.terms import TermIndex
from troth.policy.draft.times import Times, times_in

_OPEN = re.compile(
    r"\bnot limited to\b|\bwithout limitation\b|\bsuch as\b|\betc\b|\band other\b|\bsimilar\b|\be\.g\.|"
    r"等|包括但不限于"
)
_NEVER = re.compile(
    r"\b(?:never|not)\b(?! (?:limited|only|be able|require))|不会|不得|绝不|不向|不将|不收集|不出售"
)
_ONLY = re.compile(
    r"\b(?:only|solely|exclusively)\b|\blimit\w* (?:the |our |its )?(?:use|collection)\b|"
    r"\blimiting its use\b|\bother than\b|仅|只会"
)
_KNOWINGLY = re.compile(r"\bknowing(?:ly)?\b|明知")


@dataclass(frozen=True)
class Finds:
    """A group of sentences that one promise keeps, with the terms, times and exceptions they name.

    Attributes:
        lead: plain text of the sentence that begins the group or introduces its list.
        items: plain texts of all its sentences.
        index: the vocabulary's terms.
        before: data of the promise before, for a group that speaks of "this information".
    """

    lead: str
    items: tuple[str, ...]
    index: TermIndex
    before: tuple[str, ...] = ()

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
    def mode(self) -> str:
        """`never`, `only` or `may`, by the lead."""
        if re.search(r"\bother than\b", self.lead):
            return "only"
        if _NEVER.search(self.lead.split(" unless ")[0]):
            return "never"
        return "only" if _ONLY.search(self.lead) else "may"

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
        excepted = excepted_part(self.lead)
        found = self.index.found(facet, self.lead.replace(excepted, "") if excepted else self.lead)
        return found or (self.index.key(facet, default),)

    def data(self) -> tuple[str, ...]:
        """The data named, that of the promise before where the text refers back, or personal data."""
        return (
            self.index.found("data", self.text) or self.before or (self.index.key("data", "personal-data"),)
        )

    def says(self, pattern: str) -> bool:
        """Whether the sentences hold a turn of phrase."""
        return re.search(pattern, self.text) is not None
