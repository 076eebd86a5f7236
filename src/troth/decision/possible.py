"""Which values a fact can have."""

from __future__ import annotations

from collections.abc import Mapping

from troth.decision.norm import TERM_FACTS
from troth.model.condition import FactValue
from troth.model.errors import TrothError
from troth.model.term import Term
from troth.model.vocabulary import Vocabulary


def possible(vocabulary: Vocabulary, known: Term, given: FactValue) -> None:
    """Refuses a value that a fact can not have: it would be taken for a case that nobody knows.

    Raises:
        NotFound: the fact takes terms as values, and this is none.
        TrothError: the fact can not have that value.
    """
    facets = TERM_FACTS.get(known.key)
    if facets is not None:
        if not any(vocabulary.find(facet, str(given)) for facet in facets):
            vocabulary.get(facets[0], str(given))
        return
    good, kinds = True, "a text"
    match known.kind:
        case "flag":
            good, kinds = isinstance(given, bool), "yes or no"
        case "choice" if known.values:
            good, kinds = str(given).casefold() in known.values, f"one of {', '.join(known.values)}"
        case "number" | "time":
            good, kinds = isinstance(given, (int, float)) and not isinstance(given, bool), "a number"
            if good and known.whole:
                good, kinds = float(given) % 1 == 0, "a whole number"  # type: ignore[arg-type]
    if not good:
        shown = {True: "yes", False: "no"}.get(given, given) if isinstance(given, bool) else given
        raise TrothError(f"`{known.key}` can not be `{shown}`", hint=f"it is {kinds}")


def stated(vocabulary: Vocabulary, facts: Mapping[str, FactValue]) -> dict[str, FactValue]:
    """What somebody says of a case, under the names of the vocabulary.

    A fact, whether an event has happened, or how many days ago it was (`since-collection`).

    Raises:
        NotFound: no fact or event is called that.
        TrothError: the fact can not have that value.
    """
    found: dict[str, FactValue] = {}
    for name, given in facts.items():
        known = vocabulary.find("fact", name)
        event = vocabulary.find("event", name.removeprefix("since-")) if known is None else None
        if known is not None:
            possible(vocabulary, known, given)
            found[known.key] = given.casefold() if isinstance(given, str) and known.values else given
        elif event is None:
            vocabulary.get("fact", name)
        elif name.startswith("since-"):
            if isinstance(given, bool) or not isinstance(given, int | float) or given < 0:
                hint = f"say how many days ago it was: {name}=40"
                raise TrothError(f"`{name}` can not be `{given}`", hint=hint)
            found[f"since-{event.key}"] = given
        else:
            found[event.key] = given
    return found
