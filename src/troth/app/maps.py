"""What is done with a data map: proposed, checked, drawn, taken from and given to Fides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from troth.app.policies import load_file, save
from troth.datamap import check as checking
from troth.datamap.drawing import draw
from troth.datamap.fides import Exported, Imported, parse_fides, write_fides
from troth.datamap.mapfile import write_map
from troth.datamap.propose import Proposal
from troth.datamap.propose import propose as proposal
from troth.enforcement.held import untold
from troth.model import verb as verbs
from troth.model.condition import FactValue
from troth.model.datamap import DataMap
from troth.model.errors import TrothError
from troth.model.finding import Finding
from troth.model.policy import Policy, choices_of, vocabulary_of
from troth.model.schema import Schema

_SAY = (
    "name the column under `facts` of its table, or say what is so of everybody in [facts] of troth.toml; "
    "of one request: troth request fact"
)


def propose(schemas: Mapping[str, Schema], person: str | None) -> Proposal:
    """A data map for review.

    Raises:
        NotFound: there is no person table of that name.
    """
    return proposal(schemas, person)


def guessed(found: DataMap) -> DataMap:
    """The proposal with the best guess for what is open: tables that nothing leads out of are looked through for values."""
    tables = tuple(
        replace(one, by_value=True) if one.role in {"owned", "shared"} and one.key and not one.paths else one
        for one in found.tables
    )
    return DataMap(tables)


def keep(found: DataMap, path: Path, *, force: bool) -> None:
    """Write a map file; one that somebody has reviewed is never replaced by accident.

    Raises:
        TrothError: there is a map already, or it can not be written.
    """
    if path.exists() and not force:
        hint = "write to another file with -o and compare, or replace it with --force"
        raise TrothError(f"there is a map already: {path.name}", hint=hint)
    save(path, write_map(found))


def check(
    one: DataMap,
    schemas: Mapping[str, Schema],
    policy: Policy | None,
    facts: Mapping[str, FactValue] | None = None,
    tables: Mapping[str, str] | None = None,
) -> tuple[Finding, ...]:
    """What a request could not survive, and where the map and the live stores differ.

    Args:
        one: the map.
        schemas: the live schemas by name of store.
        policy: the compiled policy; what it asks of the map is not looked at where there is none.
        facts: what the house says of every case.
        tables: the tables of legal periods that the policy names, by file name.
    """
    found = checking.check(one, schemas, promised(policy) if policy else None, _choices(policy))
    if policy is None:
        return found
    undecided = [
        Finding("holds", "undecided-hold", "warn", f"hold {name} of the policy: {told}", _SAY)
        for name, told in unclear_holds(one, policy, facts or {}, tables or {})
    ]
    return (*found, *undecided)


def _choices(policy: Policy | None) -> dict[str, tuple[str, ...]]:
    return choices_of(vocabulary_of(policy)) if policy else {}


def unclear_holds(
    one: DataMap, policy: Policy, facts: Mapping[str, FactValue], tables: Mapping[str, str]
) -> list[tuple[str, str]]:
    """The holds that no row can decide, each with the facts that are missing, in words."""
    try:
        left = untold(one, policy, facts, tables)
    except TrothError as error:
        return [("legal-minimum", error.message)]
    return [
        (
            name,
            f"no column of the map tells {' and '.join(missing)}, so an erasure waits until somebody says it",
        )
        for name, missing in left.items()
    ]


def promised(policy: Policy) -> dict[str, frozenset[str]]:
    """The data terms that the policy permits to do anything with, as it names them, each with all it covers."""
    words = vocabulary_of(policy)
    data = {verb.key for verb in verbs.verbs().values() if verb.data}
    named = {
        thing
        for promise in policy.promises
        for rule in promise.rules
        if rule.mode in {"may", "only"} and rule.verb in data
        for thing in rule.things
        if ":" not in thing  # a thing that is no data category, such as `thing:session-token`
    }
    return {term: words.covers("data", term) for term in sorted(named)}


def picture(one: DataMap, title: str) -> str:
    """The drawing of a map, as SVG."""
    return draw(one, title)


def to_fides(one: DataMap, schemas: Mapping[str, Schema]) -> Exported:
    """The map as a fideslang dataset, and what it can not say."""
    return write_fides(one, schemas)


def from_fides(file: Path) -> Imported:
    """The map that a fideslang dataset file describes, and what is lost.

    Raises:
        SourceError: it can not be read.
    """
    return parse_fides(load_file(file).decode("utf-8", "replace"), str(file))
