"""`troth terms ...`: the words that policies are written with."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from troth.app.policies import fides_import, load_file, save
from troth.model.errors import NotFound
from troth.model.term import FACETS, Facet, Term
from troth.model.vocabulary import load
from troth.policy.fideslang import export_taxonomy, from_fides

terms = typer.Typer(no_args_is_help=True, help="Look up the words that policies are written with.")

Json = Annotated[bool, typer.Option("--json", help="print JSON for programs")]


def _emit(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def _facet(word: str) -> Facet:
    for facet in FACETS:
        if facet == word:
            return facet
    raise NotFound(f"there is no facet `{word}`", hint=f"facets: {', '.join(FACETS)}")


def _row(term: Term) -> dict[str, Any]:
    row: dict[str, Any] = {"key": term.key, "en": term.en, "zh": term.zh, "definition": term.definition}
    row |= {
        "iri": term.iri,
        "under": list(term.parents),
        "aliases": list(term.aliases),
        "fides": list(term.fides),
    }
    if term.kind:
        row |= {"kind": term.kind, "values": list(term.values), "unit": term.unit}
    if term.proof:
        row["proof"] = term.proof
    return row


@terms.command("list")
def list_(
    facet: Annotated[
        str,
        typer.Argument(help="data, purpose, recipient, event, fact, check ...; all counted when left out"),
    ] = "",
    json_: Json = False,
) -> None:
    """List the words of a facet with their labels in English and Chinese; without a facet, count them."""
    vocabulary = load()
    if not facet:
        counts = {one: len(vocabulary.terms(one)) for one in FACETS}
        if json_:
            _emit(counts)
        else:
            _table(("facet", "words"), [(name, str(count)) for name, count in counts.items()])
        return
    found = vocabulary.terms(_facet(facet))
    if json_:
        _emit([_row(term) for term in found])
    else:
        _table(
            ("word", "English", "中文", "under"), [(t.key, t.en, t.zh, ", ".join(t.parents)) for t in found]
        )


@terms.command()
def show(
    word: Annotated[str, typer.Argument(help="a word or synonym", show_default=False)],
    json_: Json = False,
) -> None:
    """Show what a word means, in every facet that knows it; the nearest words where none does.

    Exit code 1 when no facet knows it.
    """
    vocabulary = load()
    found = [(facet, term) for facet in FACETS if (term := vocabulary.find(facet, word)) is not None]
    near = {facet: vocabulary.nearest(facet, word) for facet in FACETS} if not found else {}
    if json_:
        words = [{"facet": facet} | _row(term) for facet, term in found]
        _emit({"found": words, "near": {facet: list(keys) for facet, keys in near.items() if keys}})
    for facet, term in [] if json_ else found:
        _table((facet, ""), [(name, str(value)) for name, value in _row(term).items() if value])
    if near and not json_:
        _table(("facet", "did you mean"), [(facet, ", ".join(keys)) for facet, keys in near.items() if keys])
    raise typer.Exit(0 if found else 1)


@terms.command()
def fides(
    key: Annotated[
        str, typer.Argument(help="a key of the fideslang taxonomy (user.contact.email)", show_default=False)
    ],
    json_: Json = False,
) -> None:
    """Show which word a fideslang key means, and whether it had to be broadened."""
    vocabulary = load()
    matches = {
        facet: from_fides(vocabulary, key, facet)
        for facet in FACETS
        if facet in {"data", "purpose", "subject"}
    }
    found = {facet: match for facet, match in matches.items() if match is not None}
    if not found:
        raise NotFound(
            f"fideslang key `{key}` has no counterpart",
            hint="keys look like user.contact.email or marketing.advertising",
        )
    if json_:
        _emit(
            {
                facet: {"word": match.term.key, "exact": match.exact, "key": match.key}
                for facet, match in found.items()
            }
        )
    else:
        _table(
            ("facet", "word", ""),
            [
                (facet, match.term.key, "" if match.exact else f"broadened from {match.key}")
                for facet, match in found.items()
            ],
        )


@terms.command("export")
def export_(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="write to this file instead of the terminal")
    ] = None,
    json_: Annotated[bool, typer.Option("--json", help="JSON instead of YAML")] = False,
) -> None:
    """Export the vocabulary as a fideslang taxonomy (data categories, data uses, data subjects), and say what was lost."""
    taxonomy = export_taxonomy(load())
    text = taxonomy.as_json() if json_ else taxonomy.as_yaml()
    if output is None:
        sys.stdout.write(text)
    else:
        save(output, text)
    sys.stderr.write(f"lost on the way: {len(taxonomy.losses)}\n")
    sys.stderr.writelines(f"  {loss}\n" for loss in taxonomy.losses)


@terms.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="a fideslang taxonomy as JSON", show_default=False)],
    json_: Json = False,
) -> None:
    """Read a fideslang taxonomy and print the `term` lines that declare its own words in a policy."""
    added, losses = fides_import(load_file(file), str(file))
    if json_:
        _emit({"terms": [{"facet": term.facet} | _row(term) for term in added], "lost": list(losses)})
        return
    for term in added:
        label = term.en.replace('"', '\\"')
        sys.stdout.write(f'term {term.key}: {term.facet} under {", ".join(term.parents)} "{label}"\n')
    sys.stderr.writelines(f"lost: {loss}\n" for loss in losses)


def _table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    table = Table(*heads, show_edge=False, pad_edge=False)
    for row in rows:
        table.add_row(*row)
    Console(highlight=False, markup=False).print(table)
