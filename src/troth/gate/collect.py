"""The collection gate: a form takes only the fields it declares, for the purpose it declares, if the policy allows it.

    [forms.signup]
    purpose = "account-management"
    channel = "web-form"
    actor = "customer"
    notice = "shown"                      # the privacy notice stands beside the form
    [forms.signup.fields]
    email = ["email-address"]
    phone = { data = ["telephone-number"], optional = true }
    csrf_token = []                       # says nothing about the person

What is let in leaves an entry with its provenance: channel, time, purpose, policy version and notice (GDPR art. 5(1)(b)
and (c), 13, 30; PIPL art. 6). Only names of fields are looked at, and whether a field is empty; never a value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from troth.enforcement.guard import NO_FACTS, Guard
from troth.enforcement.ruling import Refused, Ruling, Told
from troth.evidence.pseudonym import pseudonym
from troth.model.cleartext import looks_personal
from troth.model.condition import Facts, FactValue
from troth.model.entry import Entry, utc
from troth.model.errors import NotFound, TrothError
from troth.model.outcome import Person

_PLAIN = re.compile(r"[A-Za-z_][\w.\-\[\]]{0,60}")
_FORM_KEYS = ("purpose", "channel", "actor", "notice", "recipient", "facts", "fields")
_FIELD_KEYS = ("data", "optional")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form.

    Attributes:
        name: its name; inside an object "address.city", inside a list "phones[]".
        data: the data categories it holds; none where it says nothing about the person.
        optional: the purpose does not need it.
    """

    name: str
    data: tuple[str, ...]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """What a form or an endpoint collects.

    Attributes:
        name: its name in evidence.
        purpose: what for.
        fields: by name.
        channel: how the data comes ("web-form"), "" where nobody said.
        actor: the role that collects.
        recipient: who else gets it at once, "" for nobody.
        notice: whether and how the person was told ("shown"), "" for not.
        facts: what else is known of the case.
    """

    name: str
    purpose: str
    fields: Mapping[str, Field]
    channel: str = ""
    actor: str = "customer"
    recipient: str = ""
    notice: str = ""
    facts: Mapping[str, FactValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Collected:
    """What a form let in.

    Attributes:
        form: its name.
        fields: the fields that were not empty, sorted.
        data: their categories, sorted.
        promises, sentences: what allows it.
        seq: number of the entry; -1 where none is kept.
    """

    form: str
    fields: tuple[str, ...]
    data: tuple[str, ...]
    promises: tuple[str, ...]
    sentences: tuple[str, ...]
    seq: int = -1


class Undeclared(Refused):
    """A field or a form that nobody declared."""


class Gate:
    """Lets in what forms declare.

    Args:
        guard: decides.
        forms: the forms by name; see `read_forms`.
        keep: keeps an entry durably and gives its number; nothing is kept without it.
        keys: the pseudonym keys of the ledger's ring, for entries about a person.
    """

    def __init__(
        self,
        guard: Guard,
        forms: Mapping[str, Form],
        *,
        keep: Callable[[Entry], int] | None = None,
        keys: Mapping[int, bytes] | None = None,
    ) -> None:
        self._guard, self.forms = guard, dict(forms)
        self._keep, self._keys = keep, keys or {}
        for form in self.forms.values():
            self._known(form)

    def admit(
        self, name: str, given: Mapping[str, bool], person: Person | None = None, facts: Facts = NO_FACTS
    ) -> Collected:
        """Let in the fields of a form, or none of them.

        Args:
            name: the form.
            given: the fields that came, and whether each holds anything.
            person: whose data, where that is known.
            facts: what else is known of this case, such as the age that was given; counts before what the form says.

        Raises:
            Undeclared: there is no such form, or it does not declare one of the fields.
            Refused: the policy does not allow one of them; the message names the field and the sentence.
            TrothError: the entry can not be kept, so nothing is let in.
        """
        form = self.forms.get(name)
        if form is None:
            raise Undeclared(
                Told("this form is not declared", "", (), "declare it, with its purpose and fields")
            )
        strange = [one for one in given if one not in form.fields]
        if strange:
            what = ", ".join(sorted({_shown(one) for one in strange})[:5])
            told = Told(
                f"the form `{name}` does not declare {what}", "", (), "send only the fields it declares"
            )
            raise Undeclared(told)
        filled = sorted(one for one, full in given.items() if full and form.fields[one].data)
        rulings = [self._ruling(form, form.fields[one], person, facts) for one in filled]
        done = _collected(form, filled, rulings)
        if self._keep is None or not filled:
            return done
        return replace(done, seq=self._keep(self._entry(form, done, person)))

    def _ruling(self, form: Form, one: Field, person: Person | None, facts: Facts) -> Ruling:
        known: dict[str, FactValue] = {
            "declared": True,
            "classified": True,
            "purpose-declared": True,
            "field-kind": "optional" if one.optional else "necessary",
            "collected-how": "provided",
            "source": "data-subject",
            "source-recorded": self._keep is not None,
            "notice-sent": bool(form.notice),
            **({"channel": form.channel} if form.channel else {}),
            **form.facts,
            **facts,
        }
        return self._guard.check(
            form.actor, "collect", one.data, form.purpose, form.recipient, person=person, facts=known
        )

    def _entry(self, form: Form, done: Collected, person: Person | None) -> Entry:
        first = person.identities[0] if person and person.identities else None
        detail: dict[str, Any] = {
            "purpose": form.purpose,
            "fields": list(done.fields),
            "data": list(done.data),
        }
        detail |= {
            name: value
            for name, value in (
                ("channel", form.channel),
                ("notice", form.notice),
                ("recipient", form.recipient),
            )
            if value
        }
        return Entry(
            time=utc(self._guard.clock()),
            kind="collected",
            actor=form.actor,
            action="collect",
            subject=pseudonym(self._keys, first.kind, first.value) if first and self._keys else "",
            policy=self._guard.policy.hash,
            promise=done.promises[0] if done.promises else "",
            sentences=done.sentences,
            object=form.name,
            outcome="done",
            detail=detail,
        )

    def _known(self, form: Form) -> None:
        """Refuse a form whose words nobody knows, before it is ever sent."""
        try:
            self._guard.table.resolve("collect", form.purpose, form.recipient)
            for one in form.fields.values():
                for data in one.data:
                    self._guard.table.category(data)
        except NotFound as error:
            raise TrothError(f"the form `{form.name}`: {error.message}", hint=error.hint) from None


def read_forms(raw: Mapping[str, Any]) -> dict[str, Form]:
    """The forms of the tables `[forms.NAME]` of a TOML file, by name.

    Raises:
        TrothError: a table says something a form can not say, or no purpose or fields.
    """
    return {name: _form(name, table) for name, table in raw.items()}


def _form(name: str, table: Any) -> Form:
    if not isinstance(table, Mapping) or not isinstance(table.get("fields"), Mapping):
        raise TrothError(f"the form `{name}` declares no fields", hint=f"write [forms.{name}.fields]")
    for key in table:
        if key not in _FORM_KEYS:
            raise TrothError(
                f"`{key}` is nothing the form `{name}` can say", hint="a form says " + ", ".join(_FORM_KEYS)
            )
    if not isinstance(table.get("purpose"), str) or not table["purpose"]:
        raise TrothError(
            f"the form `{name}` says no purpose", hint='for example purpose = "account-management"'
        )
    facts = table.get("facts", {})
    if not isinstance(facts, Mapping):
        raise TrothError(f"`facts` of the form `{name}` is a table", hint="write facts = { name = value }")
    texts = {
        key: _text(name, key, table[key])
        for key in ("channel", "actor", "notice", "recipient")
        if key in table
    }
    fields = {one: _field(name, one, value) for one, value in table["fields"].items()}
    return Form(name, table["purpose"], fields, facts=dict(facts), **texts)


def _text(form: str, key: str, value: Any) -> str:
    if not isinstance(value, str):
        raise TrothError(f"`{key}` of the form `{form}` is a text", hint=f'write {key} = "..."')
    return value


def _field(form: str, name: str, value: Any) -> Field:
    told = value if isinstance(value, Mapping) else {"data": value}
    data, optional = told.get("data", ()), told.get("optional", False)
    listed = isinstance(data, list | tuple) and all(isinstance(one, str) for one in data)
    if not listed or not isinstance(optional, bool) or any(key not in _FIELD_KEYS for key in told):
        raise TrothError(
            f"the field `{name}` of the form `{form}` can not be read",
            hint='write name = ["email-address"] or name = { data = ["email-address"], optional = true }',
        )
    return Field(name, tuple(data), optional)


def _collected(form: Form, filled: list[str], rulings: list[Ruling]) -> Collected:
    decisions = [one for ruling in rulings for one in ruling.decisions]
    return Collected(
        form.name,
        tuple(filled),
        tuple(sorted({data for one in filled for data in form.fields[one].data})),
        tuple(dict.fromkeys(one.promise for one in decisions if one.promise)),
        tuple(dict.fromkeys(sentence for one in decisions for sentence in one.sentences)),
    )


def _shown(name: str) -> str:
    """The name of a field that a stranger chose, where it is plainly the name of a field."""
    return f"`{name}`" if _PLAIN.fullmatch(name) and not looks_personal(name) else "a field with an odd name"


def names(value: Any) -> Iterator[tuple[str, bool]]:
    """The fields of a JSON object and whether each holds anything: "address.city", "phones[]", "items[].name".

    Raises:
        TrothError: it is neither an object nor a list of objects.
    """
    if not isinstance(value, dict | list) or (
        isinstance(value, list) and not all(isinstance(one, dict) for one in value)
    ):
        raise TrothError("an object with fields is expected")
    yield from _names(None, value)


def _names(path: str | None, value: Any) -> Iterator[tuple[str, bool]]:
    """The fields below a path; None is the whole body, which is no field, while "" is the field that has no name."""
    if isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from _names(name if path is None else f"{path}.{name}", inner)
    elif isinstance(value, list) and value:
        for inner in value:
            yield from _names(f"{path or ''}[]", inner)
    elif path is not None:
        yield path, value not in (None, "", [], {})
