"""Reads the tables that the vocabularies ship as.

Tables are tab-separated text: they load in a few milliseconds, which the standard library's TOML reader does not, and a
change of one term is a change of one line.

    dpv.tsv    facet, key, iri, parents, en, definition
    cloud.tsv  facet, key, parents, en, zh, definition, aliases, fides, more

`parents`, `aliases` and `fides` are comma-separated. `more` holds `name=value` pairs: kind, values (separated by |),
unit, proof, strength, sensitivity. A key with a leading + in the cloud table adds to a term of the other table.
Sensitivity and strength pass down to narrower terms that state none of their own; proof classes do too.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any, cast

from troth.model.errors import NotFound
from troth.model.term import SENSITIVITIES, Facet, Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Row = dict[str, Any]
    Rows = dict[tuple[str, str], Row]

_TABLES = {"dpv-2.3": ("dpv",), "troth-cloud-1": ("dpv", "cloud")}


def read_terms(names: Sequence[str]) -> tuple[Term, ...]:
    """The terms of the named vocabularies.

    Raises:
        NotFound: there is no vocabulary of that name.
    """
    unknown = sorted(set(names) - _TABLES.keys())
    if unknown:
        raise NotFound(
            f'there is no vocabulary "{unknown[0]}"', hint=f"known ones: {', '.join(sorted(_TABLES))}"
        )
    wanted = {table for name in names for table in _TABLES[name]}
    rows = _dpv_rows() if wanted else {}
    if "cloud" in wanted:
        _add_cloud(rows)
    _pass_down(rows)
    return tuple(Term(**row) for row in rows.values())


def _lines(name: str) -> Iterable[list[str]]:
    text = files("troth.model.vocabulary").joinpath(name).read_text(encoding="utf-8")
    return (line.split("\t") for line in text.splitlines()[1:])


def _listed(text: str) -> tuple[str, ...]:
    return tuple(text.split(",")) if text else ()


def _dpv_rows() -> Rows:
    return {
        (facet, key): {
            "facet": cast("Facet", facet),
            "key": key,
            "iri": iri,
            "parents": _listed(parents),
            "en": en,
            "zh": "",
            "definition": definition,
        }
        for facet, key, iri, parents, en, definition in _lines("dpv.tsv")
    }


def _add_cloud(rows: Rows) -> None:
    for facet, word, parents, en, zh, definition, aliases, fides, more in _lines("cloud.tsv"):
        key = word.removeprefix("+")
        row = rows.get((facet, key)) if word is not key else None
        if row is None:
            row = rows[facet, key] = {"facet": facet, "key": key, "iri": f"troth-cloud:{key}", "parents": ()}
        row["parents"] += _listed(parents)
        row["en"] = en or row["en"]
        row["zh"] = zh
        row["definition"] = definition or row["definition"]
        row["aliases"] = _listed(aliases)
        row["fides"] = _listed(fides)
        if more:
            _add_more(row, more)


def _add_more(row: Row, more: str) -> None:
    for pair in more.split(" "):
        name, _, value = pair.partition("=")
        if name == "values":
            row[name] = tuple(value.split("|"))
        else:
            row[name] = int(value) if name == "strength" else value


def _pass_down(rows: Rows) -> None:
    orders: dict[str, tuple[str, Any]] = {
        "data": ("sensitivity", SENSITIVITIES.index),
        "basis": ("strength", int),
        "check": ("proof", str),
    }
    for (facet, key), row in rows.items():
        if facet in orders:
            name, order = orders[facet]
            _settle(rows, (facet, key), name, order)
        elif not row["parents"] and row["iri"].startswith("troth-cloud:"):
            row["iri"] = _ROOTS[facet]


def _settle(rows: Rows, at: tuple[str, str], name: str, order: Any) -> Any:
    row = rows[at]
    if name not in row:
        above = [_settle(rows, (at[0], parent), name, order) for parent in row["parents"]]
        known = [value for value in above if value]
        if not known:
            return None
        row[name] = max(known, key=order)
    return row[name]


_ROOTS = {
    "channel": "dpv:Technology",
    "event": "dpv:Context",
    "fact": "dpv:Context",
    "thing": "dpv:Context",
}
"""The concept of the Data Privacy Vocabulary that a facet without terms of its own there specialises."""
