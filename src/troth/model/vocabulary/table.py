"""The table of one facet: its rows, the words that lead to them, and what covers what."""

from __future__ import annotations

from dataclasses import astuple, dataclass, field, fields
from typing import TYPE_CHECKING, Any

from troth.model.errors import TrothError
from troth.model.term import PROOFS, SENSITIVITIES, Facet, Term

if TYPE_CHECKING:
    from collections.abc import Iterable

Row = list[Any]
"""The values of a Term in the order of its fields; a Term is made of it when somebody asks for one."""

PLACES = {known.name: place for place, known in enumerate(fields(Term))}
"""Where each field of a Term stands in a row."""

_PARENTS, _ALIASES = PLACES["parents"], PLACES["aliases"]
_PASSED_DOWN = {"data": PLACES["sensitivity"], "basis": PLACES["strength"], "check": PLACES["proof"]}


def _most_protective(facet: Facet, values: Iterable[Any]) -> Any:
    """What a term that states none takes over from its broader terms."""
    if facet == "data":
        return max(values, key=SENSITIVITIES.index, default=SENSITIVITIES[0])
    if facet == "check":
        return min(filter(None, values), key=PROOFS.index, default="")
    return max(values, default=0)


def new_row(facet: Facet, key: str, iri: str, parents: tuple[str, ...]) -> Row:
    """A row with nothing but its place in the facet."""
    unstated = "" if facet == "data" else "normal"
    return [key, facet, iri, parents, "", "", "", (), (), None, (), "", "", 0, unstated]


@dataclass(frozen=True, slots=True)
class Table:
    """All rows of one facet.

    Attributes:
        facet: the facet.
        rows: canonical key to row.
        words: canonical key or alias to canonical key.
    """

    facet: Facet
    rows: dict[str, Row]
    words: dict[str, str]
    _made: dict[str, Term] = field(default_factory=dict, repr=False, compare=False)
    _covered: dict[str, frozenset[str]] = field(default_factory=dict, repr=False, compare=False)
    _below: dict[str, list[str]] = field(default_factory=dict, repr=False, compare=False)

    @staticmethod
    def of(facet: Facet, rows: dict[str, Row]) -> Table:
        """The table of these rows; words must not clash, which `with_terms` checks and a test proves."""
        words = dict.fromkeys(rows, "")
        for key, row in rows.items():
            words[key] = key
            for alias in row[_ALIASES]:
                words[alias] = key
        return Table(facet, rows, words)

    def term(self, key: str) -> Term:
        """The term with this canonical key."""
        made = self._made.get(key)
        if made is None:
            row = self.rows[key]
            if self.facet in _PASSED_DOWN:
                self._settle(row)
            made = self._made[key] = Term(*row)
        return made

    def covers(self, key: str) -> frozenset[str]:
        """The key and the keys of all rows below it."""
        covered = self._covered.get(key)
        if covered is None:
            covered = self._covered[key] = self._walk(key)
        return covered

    def root(self) -> str:
        """Key of the row that has no broader one."""
        return next(key for key, row in self.rows.items() if not row[_PARENTS])

    def with_terms(self, terms: Iterable[Term]) -> Table:
        """A table with more terms; a new key may take over what was an alias.

        Raises:
            TrothError: a word is taken, a parent is missing, there is a second root, or a circle.
        """
        rows = dict(self.rows)
        words = dict(self.words)
        added = list(terms)
        for term in added:
            old = words.get(term.key, term.key)
            if old != term.key:
                rows[old] = list(rows[old])
                rows[old][_ALIASES] = tuple(alias for alias in rows[old][_ALIASES] if alias != term.key)
                del words[term.key]
            for word in (term.key, *term.aliases):
                if word in words:
                    raise TrothError(
                        f'"{word}" already means the {self.facet} "{words[word]}"',
                        hint="choose another word, or use that one",
                    )
                words[word] = term.key
            rows[term.key] = list(astuple(term))
        return _checked(Table(self.facet, rows, words), [term.key for term in added])

    def with_parent(self, keys: Iterable[str], parent: str) -> Table:
        """A table in which the rows of `keys` stand below `parent` too."""
        rows = dict(self.rows)
        changed = list(keys)
        for key in changed:
            rows[key] = list(rows[key])
            rows[key][_PARENTS] = (*rows[key][_PARENTS], parent)
        return _checked(Table(self.facet, rows, self.words), changed)

    def _settle(self, row: Row) -> Any:
        place = _PASSED_DOWN[self.facet]
        if not row[place]:
            above = [self._settle(self.rows[parent]) for parent in row[_PARENTS]]
            row[place] = _most_protective(self.facet, above)
        return row[place]

    def _walk(self, key: str) -> frozenset[str]:
        if not self._below:
            for child, row in self.rows.items():
                for parent in row[_PARENTS]:
                    self._below.setdefault(parent, []).append(child)
        seen = {key}
        stack = [key]
        while stack:
            fresh = [child for child in self._below.get(stack.pop(), ()) if child not in seen]
            seen.update(fresh)
            stack += fresh
        return frozenset(seen)


def _checked(table: Table, changed: Iterable[str]) -> Table:
    """The table, once its changed rows are known to keep it a graph without circles below one root."""
    for key in changed:
        for parent in table.rows[key][_PARENTS]:
            if parent not in table.rows:
                raise TrothError(
                    f'the {table.facet} "{key}" names the broader term "{parent}", which does not exist',
                    hint="a broader term is a key of the same facet",
                )
        if not table.rows[key][_PARENTS] and key != table.root():
            roots = ", ".join(sorted(one for one, row in table.rows.items() if not row[_PARENTS]))
            raise TrothError(
                f"{table.facet} has terms without a broader term: {roots}",
                hint=f'give each term of your own a broader one, such as "{table.root()}"',
            )
        circle = _circle(table.rows, key)
        if circle:
            shown = " is below ".join(circle)
            hint = "remove one of these broader terms"
            raise TrothError(f"{table.facet} terms go in a circle: {shown}", hint=hint)
    return table


def _circle(rows: dict[str, Row], key: str) -> list[str]:
    """The way from a key up to itself, if there is one."""
    ways = [[key]]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        for parent in rows[way[-1]][_PARENTS]:
            if parent == key:
                return [*way, parent]
            if parent not in seen and parent in rows:
                seen.add(parent)
                ways.append([*way, parent])
    return []
