"""What speaks against a yes: objections, and what was said no to before and the yes does not take back."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass

from troth.enforcement.choices import OBJECTION, released
from troth.enforcement.project import Project
from troth.enforcement.standing import Reader, Word, newest
from troth.enforcement.switches import switches
from troth.evidence.restriction import Restriction, restrictions_of
from troth.evidence.state import words_of
from troth.model.entry import Entry
from troth.model.outcome import Reason
from troth.model.plan import Citation
from troth.model.vocabulary import Vocabulary

Marks = frozenset[tuple[str, str]]
Weighed = tuple[list[Entry], tuple[Reason, ...], Marks | None]
"""The entries that end what the yes takes back, what stands all the same, and the marks that stay as they are; None for all."""


@dataclass(frozen=True, slots=True)
class Against:
    """What speaks against a yes to a purpose.

    Attributes:
        project: the map and the ledger, opened with `CONSENTS` and `RESTRICTIONS`.
        words: the vocabulary of the policy.
        purpose: canonical key of what the yes is for.
        citation: the sentence that asks for consent.
    """

    project: Project
    words: Vocabulary
    purpose: str
    citation: Citation

    def weighed(self, subjects: Sequence[str], scope: str) -> Weighed:
        """See `Weighed`.

        Args:
            subjects: the pseudonyms of the person under every key of the ring.
            scope: what the yes is limited to; "" for nothing.
        """
        objected = [one for one in restrictions_of(self.project.ledger, subjects) if one.reason == OBJECTION]
        above = [one for one in objected if self._covers(one.purpose, self.purpose)]
        below = [one for one in objected if one not in above and self._covers(self.purpose, one.purpose)]
        ended = [one for one in above if one.purpose == self.purpose and not scope]
        whole = sorted({one.purpose for one in above if one not in ended})
        narrow = self._narrower(subjects, scope)
        reasons = [
            *map(_objection, whole),
            *map(_objection, sorted({one.purpose for one in below})),
            *map(_no, narrow),
        ]
        return (
            released(self.project, self.citation, ended, by="consent"),
            tuple(Reason("consent", why) for why in dict.fromkeys(reasons)),
            None if whole else self._marks(below, narrow),
        )

    def _narrower(self, subjects: Sequence[str], scope: str) -> tuple[Word, ...]:
        """What was said no to on one channel or list, or for a narrower purpose, and stands after the yes."""
        reader = Reader(self.words, self.citation.policy)
        said = words_of(self.project.ledger, subjects)
        words = newest(
            [
                Word(reader.key("purpose", one.purpose), one.scope, one.status, one.time, one.policy, one.seq)
                for one in said
            ]
        )
        yes = Word(self.purpose, scope, "given", "", "", sys.maxsize)
        # the yes takes the place of what was said to the very same before
        words = tuple(one for one in words if (one.purpose, one.scope) != (self.purpose, scope))
        return reader.left(words, yes)

    def _marks(self, below: Sequence[Restriction], narrow: Sequence[Word]) -> Marks:
        """The marks that a narrower no keeps as they are, by the rule by which it switched them off."""
        one = self.project.beyond or self.project.map
        stays = [(restriction.purpose, "") for restriction in below]
        for no in narrow:
            broader = self._covers(no.purpose, self.purpose)
            stays.append((self.purpose if broader else no.purpose, no.scope))
        return frozenset(
            mark for purpose, scope in stays for mark in switches(one, self.words, purpose, scope, on=False)
        )

    def _covers(self, wide: str, narrow: str) -> bool:
        """Whether a purpose is another or one above it."""
        known = self.words.find("purpose", wide)
        return wide == narrow or (known is not None and narrow in self.words.covers("purpose", known.key))


def _objection(purpose: str) -> str:
    return f"an objection to `{purpose}` stands: it ends with a yes to `{purpose}`, without a scope"


def _no(one: Word) -> str:
    what = f"`{one.purpose}`" + (f" for `{one.scope}`" if one.scope else "")
    if one.status == "expired":
        return f"what was agreed to {what} has expired: it holds again with a yes to {what}"
    return f"a no to {what} stands: it ends with a yes to {what}"
