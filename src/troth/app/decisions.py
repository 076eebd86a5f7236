"""Decisions for the command line: the guard of a project, asked once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from troth import settings as said
from troth.app.project import open_state, policy_of
from troth.enforcement.guard import Guard
from troth.enforcement.roles import read_roles
from troth.enforcement.ruling import Ruling, Told, tell
from troth.model.condition import FactValue
from troth.model.outcome import Identity, Person
from troth.model.policy import vocabulary_of
from troth.settings import Settings


@dataclass(frozen=True, slots=True)
class Said:
    """A ruling with its words."""

    ruling: Ruling
    told: Told

    def as_json(self) -> dict[str, Any]:
        """The JSON shape of a decision."""
        ruling = self.ruling
        return {
            "allowed": ruling.allowed, "actor": ruling.actor, "verb": ruling.verb, "purpose": ruling.purpose,
            "recipient": ruling.recipient, "answer": self.told.answer, "sentence": self.told.sentence,
            "sentences": list(self.told.sentences), "needed": self.told.hint,
            "categories": [
                {"category": category, **one.as_json()}
                for category, one in zip(ruling.categories, ruling.decisions, strict=True)
            ],
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question.

    Attributes:
        actor: the role that acts.
        verb: what is to be done.
        data: data categories.
        purpose: what for.
        recipient: to whom, "" for nobody.
        identities: whose data; none where the question is about nobody in particular.
        facts: what is known of the case.
    """

    actor: str
    verb: str
    data: tuple[str, ...]
    purpose: str
    recipient: str = ""
    identities: tuple[Identity, ...] = ()
    facts: Mapping[str, FactValue] = field(default_factory=dict)


def ask(settings: Settings, query: Query) -> Said:
    """May this be done?

    Raises:
        NotFound: the vocabulary does not know one of the words.
        TrothError: a role of the project is malformed, or the state can not be opened.
    """
    policy = policy_of(settings)
    language = settings.text("language")
    with open_state(settings) as state:
        roles = read_roles(settings.roles, vocabulary_of(policy))
        guard = Guard(
            policy,
            ledger=state.ledger,
            keys=state.ring.pseudonym,
            roles=roles,
            clock=said.now,
            language=language,
        )
        person = Person(query.identities) if query.identities else None
        ruling = guard.decide(
            query.actor,
            query.verb,
            query.data,
            query.purpose,
            query.recipient,
            person=person,
            facts=query.facts,
        )
        return Said(ruling, tell(policy, ruling, language))
