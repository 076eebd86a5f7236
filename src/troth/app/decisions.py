"""Decisions for the command line: the guard of a project, asked once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from troth import settings as said
from troth.app.project import in_time, map_of, open_state, policy_of
from troth.app.versions import guard_of
from troth.decision.possible import possible
from troth.enforcement.anchors import meant_by
from troth.enforcement.guard import Guard
from troth.enforcement.meaning import CATEGORIES, KINDS, asked
from troth.enforcement.roles import read_roles
from troth.enforcement.ruling import Ruling, Told, tell
from troth.enforcement.standing import Standing
from troth.model.condition import FactValue
from troth.model.datamap import DataMap
from troth.model.errors import TrothError
from troth.model.outcome import Identity, Person
from troth.model.policy import vocabulary_of
from troth.model.vocabulary import Vocabulary
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
        TrothError: a fact can not have that value, nobody is known by an identity of that kind, a role of the project is
            malformed, or the state can not be opened.
    """
    policy = policy_of(settings)
    _sensible(vocabulary_of(policy), query.facts)
    language = settings.text("language")
    with open_state(settings) as state:
        in_time(state, policy, said.now())
        roles = read_roles(settings.roles, vocabulary_of(policy))
        guard = guard_of(
            policy, settings.folder / "policies", ledger=state.ledger, ring=state.ring, roles=roles, clock=said.now,
            language=language,
        )  # fmt: skip
        person = _person(settings, guard, query.identities)
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


def _person(settings: Settings, guard: Guard, given: tuple[Identity, ...]) -> Person | None:
    """The person in the words of evidence: a row by the name of its key, an address as such, whatever its column is called.

    Raises:
        TrothError: evidence can not know anybody by one of them, so that the answer would miss every restriction.
    """
    if not given:
        return None
    one_map = map_of(settings) if settings.path("map").is_file() else DataMap(())
    tables = one_map.subjects()
    named = {one: _words(one_map, one.kind) for one in given}
    found = Person(
        tuple(dict.fromkeys(Identity(word, one.value) for one in given for word in (one.kind, *named[one])))
    )
    strange = [one.kind for one in given if tables and not named[one] and one.kind not in KINDS.values()]
    if strange and guard.persons and guard.persons.standing(guard.persons.subjects(found)) == Standing():
        raise TrothError(
            f"nobody is known by `{strange[0]}`: it is no address, login or key in the data map, and the ledger has no entry",
            hint="use " + ", ".join(sorted(CATEGORIES)) + ", or the key of a table of persons",
        )
    return found


def named(settings: Settings, given: Identity) -> Identity:
    """An identity as evidence names it, for an entry about one person.

    Raises:
        TrothError: evidence can not know anybody by it, so that the entry would be about nobody.
    """
    one = map_of(settings) if settings.path("map").is_file() else DataMap(())
    words = _words(one, given.kind)
    if given.kind in KINDS.values() or given.kind in words or not one.subjects():
        return given
    if not words:
        raise TrothError(
            f"nobody is known by `{given.kind[:40]}`: it is no address, login or key in the data map",
            hint="use " + ", ".join(sorted(CATEGORIES)) + ", or the key of a table of persons",
        )
    return Identity(words[0], given.value)


def _words(one: DataMap, kind: str) -> tuple[str, ...]:
    """The words under which evidence knows what an identity of a kind names in the tables of persons.

    Raises:
        TrothError: it is the number of rows of several tables, each of which is somebody else.
    """
    found: list[str] = []
    for table in meant_by(one.subjects(), kind):
        for name in asked(table, kind):
            column = table.column(name)
            found += [word for word, category in CATEGORIES.items() if column and column.category == category]
            found += one.key_words(table) if table.key == (name,) else [name] * (name in table.key)
    return tuple(dict.fromkeys(found))


_SCOPES = frozenset(
    {"scope", "table"}
)  # what a choice or a restriction may be confined to; no facts of the vocabulary


def _sensible(vocabulary: Vocabulary, facts: Mapping[str, FactValue]) -> None:
    """Refuses facts that nothing can depend on: a slip of the pen would be a fact that is not known.

    Raises:
        NotFound: no fact, event or term is called that.
        TrothError: the fact can not have that value.
    """
    for name, given in facts.items():
        event, _, argument = name.removeprefix("since-").partition(".")
        known = vocabulary.find("fact", name) if not argument else None
        if known is None and vocabulary.find("event", event) is None and name not in _SCOPES:
            vocabulary.get("fact", name)
        if known is not None:
            possible(vocabulary, known, given)
