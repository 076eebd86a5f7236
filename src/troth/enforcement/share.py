"""Data of persons go to a recipient: only what the guard allows, only the necessary fields, never without an entry.

    {"person": "6f1c...", "place": "operations.payment_methods", "row": {"card_expiry": "2027-03"}}

One line a row. `person` is a reference keyed for this recipient: it means nothing to anybody else, and a later notice of a
correction or an erasure names it. The file is written beside its place, the entries are made durable, and only then it
appears under its name: what left has an entry, whatever is killed when.
"""

from __future__ import annotations

import contextlib
import csv
import hashlib
import hmac
import io
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, Literal

from troth.enforcement.bundle import rows_as_json
from troth.enforcement.guard import Guard
from troth.enforcement.known import every_alias
from troth.enforcement.onfile import filed
from troth.enforcement.project import Project
from troth.enforcement.ruling import Ruling
from troth.enforcement.trace import trace
from troth.model.condition import FactValue
from troth.model.entry import Entry, utc
from troth.model.errors import TrothError
from troth.model.outcome import Identity, Person
from troth.model.party import Party
from troth.model.plan import Citation, Step
from troth.model.policy import Rule
from troth.model.vocabulary import Vocabulary
from troth.plan.access import compile_access

Form = Literal["jsonl", "csv"]
COLUMNS = ("person", "place", "row", "field", "value")
"""What stands in the lines of a file in CSV."""
Transport = Callable[[Path], None]
_BLIND = ("ident.", "contact.", "network", "device", "login")
_OPEN_FORMS = frozenset({"free", "json", "serialized", "pickle", "php", "mixed", "eav", "fts"})
_MOST_ALIASES = 12  # other pseudonyms of a person that one entry names


class NotShared(TrothError):  # noqa: N818 - reads as the sentence it is
    """Nothing left: the register or the policy does not allow it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to leave.

    Attributes:
        purpose: what for.
        fields: data categories of the policy's words; each must be on the recipient's list.
        verb: "share", "disclose" or "transfer".
        facts: what else is known of the case ("case-open"); what the register knows counts before it.
        case: the case it belongs to, for evidence.
        note: more for the entries, without personal data.
    """

    purpose: str
    fields: tuple[str, ...]
    verb: str = "share"
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    case: str = ""
    note: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where it goes.

    Attributes:
        path: the file; it must not be there yet.
        form: "jsonl", or "csv" with the columns of `COLUMNS`, named in its first line; the row is its number in the file.
        transport: takes the finished file away, after the entries are durable.
    """

    path: Path
    form: Form = "jsonl"
    transport: Transport | None = None


@dataclass(frozen=True, slots=True)
class Went:
    """What left of one person.

    Attributes:
        subject: their pseudonym.
        reference: what the recipient knows them by.
        rows: how many rows.
        digest: SHA-256 of the lines, hex.
    """

    subject: str
    reference: str
    rows: int
    digest: str


@dataclass(frozen=True, slots=True)
class Shared:
    """What left, and what did not.

    Attributes:
        word: "done", "nothing found", or "partly" where somebody's data was refused or somebody is not on file.
        digest: SHA-256 of the file, hex; empty where none was written.
        people: whose data left.
        refused: pseudonym and reason of everybody whose data did not.
        fields: what left, in canonical words.
        entries: numbers of the entries `disclosed`.
        missing: of the persons that were named, counted from 1, those of whom nothing of the kind is on file.
    """

    word: str
    digest: str
    people: tuple[Went, ...]
    refused: tuple[tuple[str, str], ...]
    fields: tuple[str, ...]
    entries: tuple[int, ...] = ()
    missing: tuple[int, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The JSON shape."""
        return {
            "outcome": self.word,
            "digest": self.digest,
            "persons": len(self.people),
            "rows": sum(one.rows for one in self.people),
            "fields": list(self.fields),
            "refused": [{"subject": who, "why": why} for who, why in self.refused],
            "entries": list(self.entries),
            "not_found": list(self.missing),
        }


def _nothing(_: Entry) -> Sequence[Entry]:
    return ()


def known(one: Party, day: date) -> dict[str, FactValue]:
    """The facts that the register shows of a recipient on a day; `purpose-necessary` follows from its list."""
    return {
        "registered": True,
        "agreement": one.agreement.state(day),
        "agreement-clauses": one.agreement.complete,
        "recipient-kind": one.role,
        "purpose-necessary": True,
        **({"transport": one.transport} if one.transport else {}),
    }


def beyond(one: Party, words: Vocabulary, fields: Iterable[str], purpose: str) -> tuple[str, ...]:
    """The fields that a recipient may not have, because they are not on its list, or all where the purpose is not."""
    wanted = tuple(fields)
    if not any(purpose in words.covers("purpose", each) for each in one.purposes):
        return wanted
    return tuple(name for name in wanted if not any(name in words.covers("data", each) for each in one.data))


def reference(project: Project, one: str, subject: str) -> str:
    """What a recipient knows a person by: 32 hex digits, keyed with the newest key of the ring."""
    keys = project.ring.pseudonym
    return hmac.digest(keys[max(keys)], f"recipient\0{one}\0{subject}".encode(), "sha256").hex()[:32]


def share(  # noqa: PLR0913 - what a disclosure needs, by name
    project: Project,
    guard: Guard,
    party: Party,
    people: Iterable[Person],
    wish: Wish,
    *,
    target: Target,
    beside: Callable[[Entry], Sequence[Entry]] = _nothing,
) -> Shared:
    """Give data of persons to a registered recipient.

    Args:
        project: the stores and the ledger.
        guard: decides for every person and category, with what the ledger says of them.
        party: the recipient, from the register.
        people: whose data.
        wish: which fields, what for.
        target: the file.
        beside: entries that are written together with each entry `disclosed`.

    Raises:
        NotShared: a field or the purpose is not on the recipient's list, or the file is there already; nothing was read.
        NotFound: the vocabulary does not know one of the words.
        StoreGone: a store can not be reached.
    """
    words = guard.table.vocabulary
    fields = tuple(dict.fromkeys(words.get("data", one).key for one in wish.fields))
    wish = replace(wish, fields=fields, purpose=words.get("purpose", wish.purpose).key)
    too_much = beyond(party, words, fields, wish.purpose)
    if too_much or not fields:
        _refusal(project, guard, party, wish, too_much)
        what = ", ".join(too_much) or "nothing at all"
        raise NotShared(
            f"{what} is not necessary for {wish.purpose} at `{party.id}`",
            hint="the necessary fields stand beside the recipient in registers/recipients.toml",
        )
    fresh(target)
    facts = {**wish.facts, **known(party, project.clock().date())}
    draft = target.path.with_name(f".{target.path.name}.part")
    sender = _Sender(project, guard, party, replace(wish, facts=facts), target)
    try:
        with _opened(draft) as file:
            entries = [
                one
                for place, person in enumerate(people, 1)
                if (one := sender.person(place, person, file)) is not None
            ]
        sender.close()
        numbers = _written(project, entries, beside, sender.digest.hexdigest())
        if entries:
            draft.replace(target.path)
            if target.transport is not None:
                target.transport(target.path)
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
    word = "partly" if sender.refused else "done" if entries else "nothing found"
    word = "partly" if entries and sender.missing else word
    digest = sender.digest.hexdigest() if entries else ""
    return Shared(
        word, digest, tuple(sender.went), tuple(sender.refused), fields, numbers, tuple(sender.missing)
    )


def fresh(target: Target) -> None:
    """Make sure that a file can be written without replacing one.

    Raises:
        NotShared: no file is named, or it is there already.
    """
    if not target.path.name:
        raise NotShared("no file is named", hint="name a new one")
    if target.path.exists():
        raise NotShared(f"the file {target.path.name} is there already", hint="name a new one")


@dataclass(slots=True)
class _Sender:
    """Writes the rows of one person after the other."""

    project: Project
    guard: Guard
    party: Party
    wish: Wish
    target: Target
    went: list[Went] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    missing: list[int] = field(default_factory=list)
    taken: set[Identity] = field(default_factory=set)
    written: int = 0
    digest: Any = field(default_factory=hashlib.sha256)

    def person(self, place: int, person: Person, file: BinaryIO) -> Entry | None:
        """The entry of one person, whose rows are in the file now; None where nothing left, or it left before.

        Whatever they are named by, the guard is asked by the names on file too: a restriction stands under these.
        """
        project, wish = self.project, self.wish
        subject, known = project.pseudonym(person), filed(project, person)
        if known.accounts:
            self.refused.append((subject, "what names them has several accounts"))
            return None
        if not self.taken.isdisjoint(known.keyed):
            return None
        self.taken.update(known.keyed)
        named = Person(
            tuple(dict.fromkeys((*person.identities, *known.addresses, *known.keyed))), person.name
        )
        ruling = self.guard.decide(
            project.actor,
            wish.verb,
            wish.fields,
            wish.purpose,
            self.party.kind,
            person=named,
            facts=wish.facts,
        )
        if not ruling.allowed:
            self.refused.append((subject, _why(ruling)))
            return None
        blind = any(_pseudonymised(rule) for rule in self._rules(ruling))
        steps = tuple(_steps(project, self.guard, wish.fields, blind=blind))
        found = trace(project, [person], steps)
        mark, rows, own = reference(project, self.party.id, subject), 0, hashlib.sha256()
        with contextlib.ExitStack() as opened:
            for name in sorted(project.stores):
                opened.enter_context(project.stores[name].snapshot())
            found.seek()
            for step in steps:
                for line in rows_as_json(project, found, step)[0]:
                    row = json.loads(line)
                    if self.target.form == "csv" and not self.written:
                        head = ",".join(COLUMNS).encode() + b"\r\n"
                        self.digest.update(head)
                        file.write(head)
                    rows, self.written = rows + 1, self.written + 1
                    block = self._line(mark, step, self._blinded(step, row) if blind else row)
                    own.update(block)
                    self.digest.update(block)
                    file.write(block)
        if not rows:
            self.missing.append(place)
            return None
        one = Went(subject, mark, rows, own.hexdigest())
        self.went.append(one)
        others = [each for each in every_alias(project, found) if each != subject][:_MOST_ALIASES]
        return self._entry(one, ruling, others)

    def close(self) -> None:
        """Write what is counted of refusals."""
        if self.guard.recorder is not None:
            self.guard.recorder.flush(self.project.clock())

    def _rules(self, ruling: Ruling) -> Iterator[Rule]:
        cited = {one.rule for one in ruling.decisions}
        return (rule for promise in self.guard.policy.promises for rule in promise.rules if rule.id in cited)

    def _line(self, mark: str, step: Step, row: Mapping[str, Any]) -> bytes:
        if self.target.form == "jsonl":
            line = {"person": mark, "place": step.place, "row": row}
            return (json.dumps(line, ensure_ascii=False) + "\n").encode()
        text = io.StringIO()
        writer = csv.writer(text)
        for name, value in row.items():
            cell = json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list | bool) else value
            writer.writerow([mark, step.place, self.written, name, cell])
        return text.getvalue().encode()

    def _blinded(self, step: Step, row: Mapping[str, Any]) -> dict[str, Any]:
        """A row whose identifying values are keyed tokens for this recipient."""
        table, made = self.project.map.table(step.store, step.table), {}
        for name, value in row.items():
            column = table.column(name)
            hidden = column is None or column.category.startswith(_BLIND)
            made[name] = (
                reference(self.project, self.party.id, f"{name}\0{value}")
                if hidden and value is not None
                else value
            )
        return made

    def _entry(self, one: Went, ruling: Ruling, others: Sequence[str]) -> Entry:
        first, party, wish = ruling.decisions[0], self.party, self.wish
        basis = sorted({each for decision in ruling.decisions for each in decision.basis})
        detail: dict[str, Any] = {
            "recipient": party.name, "party": party.id, "kind": party.kind, "purpose": wish.purpose,
            "data": list(wish.fields), "basis": basis, "reference": one.reference,
            "rules": sorted({decision.rule for decision in ruling.decisions}),
        }  # fmt: skip
        more = {
            "country": party.country,
            "safeguard": party.safeguard,
            "case": wish.case,
            "also": list(others),
        }
        detail |= {key: value for key, value in more.items() if value} | dict(wish.note)
        sentences = dict.fromkeys(each for decision in ruling.decisions for each in decision.sentences)
        return Entry(
            time=utc(self.project.clock()), kind="disclosed", actor=self.project.actor, action=wish.verb,
            subject=one.subject, policy=self.guard.policy.hash, promise=first.promise, sentences=tuple(sentences),
            counts={"rows": one.rows}, outcome="done", digest=one.digest, detail=detail,
        )  # fmt: skip


def _steps(project: Project, guard: Guard, fields: Sequence[str], *, blind: bool) -> Iterator[Step]:
    """The tables with columns of these categories, and only those columns; secrets and third parties never."""
    words = guard.table.vocabulary
    wanted = {key for name in fields for key in words.covers("data", name)}
    for step in compile_access(project.map, project.schemas, Citation()).steps:
        table = project.map.table(step.store, step.table)
        fitting = {
            one.name
            for one in table.columns
            if wanted.intersection(one.terms)
            and one.category != "secret"
            and one.form != "hash"
            and not (blind and one.form in _OPEN_FORMS)
        }
        columns = tuple(name for name in step.columns if name in fitting)
        if columns:
            yield replace(step, columns=columns)


def _pseudonymised(rule: Rule) -> bool:
    return any(one.key == "pseudonymisation" for one in rule.measures)


def _why(ruling: Ruling) -> str:
    one = ruling.decisive
    lacking = f", unknown: {', '.join(one.missing)}" if one.missing else ""
    return ruling.limit or f"{ruling.category}: {one.answer}{f' by {one.rule}' if one.rule else ''}{lacking}"


def _refusal(project: Project, guard: Guard, party: Party, wish: Wish, too_much: Sequence[str]) -> None:
    """A request for more than is necessary leaves an entry too."""
    detail = {
        "party": party.id,
        "recipient": party.kind,
        "purpose": wish.purpose,
        "data": ", ".join(too_much or wish.fields),
    }
    project.ledger.append([
        Entry(
            time=utc(project.clock()), kind="decision", actor=project.actor, action=wish.verb, policy=guard.policy.hash,
            outcome="refused", detail=detail | {"limit": "not on the recipient's list of necessary fields"},
        )
    ])  # fmt: skip


def _written(
    project: Project, entries: Sequence[Entry], beside: Callable[[Entry], Sequence[Entry]], digest: str
) -> tuple[int, ...]:
    """Append the entries, each with what goes with it; gives the numbers of the first kind."""
    every: list[Entry] = []
    places: list[int] = []
    for one in entries:
        whole = replace(one, detail={**one.detail, "file": digest})
        places.append(len(every))
        every += [whole, *beside(whole)]
    if not every:
        return ()
    first = project.write("ledger share", lambda: project.ledger.append(every))
    return tuple(first + place for place in places)


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise TrothError(
            f"the file for the recipient can not be written: {error.strerror}",
            hint="look at the folder, its permissions, and the space on the disk",
        ) from error
