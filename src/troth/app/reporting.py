"""The report of a project: every check is carried out and entered, and what came out is put beside the sentences."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from troth.app.policies import load_file
from troth.app.project import Opened, addresses, places_of
from troth.app.requests import cards
from troth.app.versions import guard_of
from troth.duties.proofs.run import record as enter
from troth.duties.proofs.run import run
from troth.duties.proofs.sight import Sight
from troth.enforcement.ages import ages
from troth.enforcement.roles import read_roles
from troth.evidence.ledger import Ledger
from troth.model.entry import Entry, encode, numbered
from troth.model.errors import Place, SourceError
from troth.model.policy import Policy, vocabulary_of
from troth.model.showing import Shown
from troth.plan.periods import periods_of
from troth.plan.retention import compile_sweep
from troth.plan.rowtest import Today
from troth.policy.explain import explain
from troth.policy.explain import why as reason
from troth.policy.plain import LANGUAGES, Speech
from troth.report.pictures import Age, Course, Pictures, flows
from troth.report.records import Record
from troth.report.records import record as records_of
from troth.report.report import Book, Cited, Report, Words, report

MOST = 6
"""So many entries of a check or a figure are shown with their text, the newest; the others are named by number."""
_DAY = timedelta(days=1)


def _quiet(_: str) -> None:
    """Nobody is watching."""


def registers_of(folder: Path) -> dict[str, dict[str, Any]]:
    """The declared registers of a project by name: every `registers/NAME.toml`.

    Raises:
        SourceError: one can not be read, or is no TOML.
    """
    found = {}
    for path in sorted((folder / "registers").glob("*.toml")):
        try:
            found[path.stem] = tomllib.loads(load_file(path).decode("utf-8-sig"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            line = getattr(error, "lineno", 1)
            raise SourceError(
                "this is no TOML", Place(str(path), line), hint="write it as docs/report.md shows"
            ) from None
    return found


def sight_of(opened: Opened) -> Sight:
    """What the checks of a project may look at.

    Raises:
        TrothError: a register can not be read, or the password of a store can not be had.
    """
    settings = opened.settings
    return Sight(
        project=opened.project,
        policy=opened.policy,
        guard=guard_of(
            opened.policy,
            settings.folder / "policies",
            ledger=opened.state.ledger,
            ring=opened.state.ring,
            roles=read_roles(settings.roles, vocabulary_of(opened.policy)),
            clock=opened.project.clock,
        ),
        folder=settings.folder,
        where=places_of(settings, opened.policy)[0].calendar,
        urls=addresses(settings),
        registers=registers_of(settings.folder),
        told=opened.desk.told,
    )


def steps(policy: Policy) -> int:
    """How many checks the report of a policy carries out."""
    return sum(len(promise.proofs) for promise in policy.promises)


def reported(opened: Opened, language: str = "en", watch: Callable[[str], None] = _quiet) -> Report:
    """Carry out every check, enter how each ended, and put the report together.

    Args:
        opened: the project.
        language: of everything but the policy and the reasons of checks: "en" or "zh".
        watch: told the name of each check before it begins.

    Raises:
        TrothError: the project can not be looked at; a check that fails is *not shown* and stops nothing.
    """
    sight = sight_of(opened)
    now = sight.now
    shown = enter(sight, run(sight, watch))
    watch("pictures")
    pictures = Pictures(
        flows=flows(opened.policy, sight.entries, language),
        ages=_ages(opened, sight),
        courses=_courses(opened),
    )
    head = opened.state.ledger.head()
    book = Book(
        name=head.origin, size=head.size, root=head.root.hex(),
        entries=_cited(opened.state.ledger, sight.entries, _named(shown, pictures)),
    )  # fmt: skip
    found = report(
        opened.policy, shown, words_of(opened.policy, language), generated=now, book=book, pictures=pictures
    )
    lasts = {line.last for line in found.lines if line.last >= 0} - book.entries.keys()
    more = _cited(opened.state.ledger, sight.entries, lasts)
    return replace(found, book=replace(book, entries={**book.entries, **more}))


def record_of(opened: Opened, language: str = "en") -> Record:
    """The record of processing activities of a project (GDPR Art. 30).

    Raises:
        TrothError: a register can not be read.
    """
    return records_of(
        opened.policy, opened.project.map, registers_of(opened.settings.folder),
        generated=opened.project.clock(), language=language,
    )  # fmt: skip


def words_of(policy: Policy, language: str) -> Words:
    """The policy in plain words: rules, reasons of information, names of checks."""
    speech = Speech(vocabulary_of(policy), language if language in LANGUAGES else "en")
    rules: dict[str, tuple[tuple[str, ...], ...]] = {}
    ways: dict[str, str] = {}
    for row in explain(policy, speech.language):
        for reading in row.readings:
            rules[reading.promise] = reading.rules
            proofs = policy.by_id[reading.promise].proofs
            ways |= {proof.check: way for proof, (_, way) in zip(proofs, reading.proofs, strict=True)}
    for promise in policy.promises:
        rules.setdefault(promise.id, tuple(tuple(speech.rule(rule)) for rule in promise.rules))
    return Words(
        language=speech.language,
        rules=rules,
        reasons={one.sentence.id: reason(one, speech.language) for one in policy.sentences},
        checks={
            proof.check: speech.label(proof.check, "check")
            for promise in policy.promises
            for proof in promise.proofs
        },
        ways=ways,
    )


def _ages(opened: Opened, sight: Sight) -> tuple[Age, ...]:
    project = opened.project
    tables = {}
    for promise in opened.policy.promises:
        for rule in promise.rules:
            name = rule.deadline.table if rule.deadline else ""
            path = opened.settings.path("policy").with_name(name) if name else None
            if path is not None and path.is_file():
                tables[name] = load_file(path).decode("utf-8", "replace")
    today = Today(sight.now, sight.where.tz, sight.told)
    plan = compile_sweep(periods_of(opened.policy, tables), project.map, project.schemas, today)
    return tuple(
        Age(one.place, one.column, one.moment, one.limit, one.rule, one.alone) for one in ages(project, plan)
    )


def _courses(opened: Opened) -> tuple[Course, ...]:
    found = []
    for card in cards(opened.state):
        life, first = card.life, card.first
        due = first.moment if first else None
        if due is None and first and first.date:
            due = datetime.combine(first.date + _DAY, time(), tzinfo=card.now.tzinfo)
        ended = life.changed if life.ended else None
        found.append(Course(life.id, life.right, life.received, due, ended, life.state, life.seq))
    return tuple(sorted(found, key=lambda one: (one.received, one.request)))


def _named(shown: Iterable[Shown], pictures: Pictures) -> set[int]:
    """The entries whose text the report shows: the newest of each check, figure and picture."""
    found: set[int] = set()
    for one in shown:
        found.update(one.entries[:1])
        found.update(sorted(one.entries)[-MOST:])
        for figure in one.figures:
            found.update(sorted(figure.entries)[-MOST:])
    for flow in pictures.flows:
        found.update(flow.entries[-MOST:])
    found.update(course.entry for course in pictures.courses)
    return {number for number in found if number >= 0}


def _cited(ledger: Ledger, known: tuple[Entry, ...], wanted: Iterable[int]) -> Mapping[int, Cited]:
    have = {entry.seq: entry for entry in known}
    found = {}
    for number in sorted(wanted):
        entry = have.get(number) or next(iter(ledger.read(number, number + 1)), None)
        if entry is not None:
            found[number] = Cited(
                number,
                entry.time,
                entry.kind,
                entry.action,
                entry.outcome,
                numbered(encode(entry), number).decode(),
            )
    return found
