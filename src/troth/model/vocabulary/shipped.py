"""Reads the tables that the vocabularies ship as, one facet at a time and only when it is asked for.

Tables are tab-separated text, sorted by facet and key: a change of one term is a change of one line, and a
facet is read in about a millisecond, which the standard library's TOML reader does not do.

    dpv.tsv    facet, key, iri, parents, en, definition
    cloud.tsv  facet, key, parents, en, zh, definition, aliases, fides, more

`parents`, `aliases` and `fides` are comma-separated. `more` holds `name=value` pairs: kind, values (separated
by |), unit, proof, strength, sensitivity. A key with a leading + in the cloud table adds to a term of the
other table.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from troth.model.errors import NotFound
from troth.model.term import FACETS, Facet
from troth.model.vocabulary.table import PLACES, Row, Table, new_row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_TABLES = {"dpv-2.3": ("dpv",), "troth-cloud-1": ("dpv", "cloud")}

_ROOTS = {
    "channel": "dpv:Technology",
    "check": "dpv:Assessment",
    "event": "dpv:Context",
    "fact": "dpv:Context",
    "thing": "dpv:Context",
}
"""What a facet without terms of its own in the Data Privacy Vocabulary specialises there."""


class Shipped(dict[Facet, Table]):
    """The tables of shipped vocabularies by facet, each read at its first use."""

    def __init__(self, names: Sequence[str]) -> None:
        unknown = sorted(set(names) - _TABLES.keys())
        if unknown:
            known = ", ".join(sorted(_TABLES))
            raise NotFound(f'there is no vocabulary "{unknown[0]}"', hint=f"there are: {known}")
        super().__init__()
        self._files = {table for name in names for table in _TABLES[name]}

    def __missing__(self, facet: Facet) -> Table:
        if facet not in FACETS:
            raise NotFound(f'there is no facet "{facet}"', hint=f"there are: {', '.join(FACETS)}")
        rows = _dpv_rows(facet)
        if "cloud" in self._files:
            _add_cloud(rows, facet)
        table = self[facet] = Table.of(facet, rows)
        return table


@cache
def _lines(name: str) -> Mapping[str, list[str]]:
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    found: dict[str, list[str]] = defaultdict(list)
    for line in text.splitlines()[1:]:
        facet, _, rest = line.partition("\t")
        found[facet].append(rest)
    return found


def _listed(text: str) -> tuple[str, ...]:
    return tuple(text.split(",")) if text else ()


def _dpv_rows(facet: Facet) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for line in _lines("dpv.tsv").get(facet, ()):
        key, iri, parents, en, definition = line.split("\t")
        rows[key] = new_row(facet, key, iri, _listed(parents))
        rows[key][PLACES["en"]] = en
        rows[key][PLACES["definition"]] = definition
    return rows


def _add_cloud(rows: dict[str, Row], facet: Facet) -> None:
    for line in _lines("cloud.tsv").get(facet, ()):
        key, parents, *stated, aliases, fides, more = line.split("\t")
        if key[0] == "+":
            row = rows[key[1:]]
            row[PLACES["parents"]] += _listed(parents)
        else:
            iri = f"troth-cloud:{key}" if parents else _ROOTS[facet]
            row = rows[key] = new_row(facet, key, iri, _listed(parents))
        for name, text in zip(("en", "zh", "definition"), stated, strict=True):
            if text:
                row[PLACES[name]] = text
        row[PLACES["aliases"]] = _listed(aliases)
        row[PLACES["fides"]] = _listed(fides)
        if more:
            _add_more(row, more)


def _add_more(row: Row, more: str) -> None:
    for pair in more.split(" "):
        name, _, value = pair.partition("=")
        if name == "values":
            row[PLACES[name]] = tuple(value.split("|"))
        else:
            row[PLACES[name]] = int(value) if name == "strength" else value
