"""A report of Hong Kong Cloud in which every status, figure and picture occurs; no store is needed for it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from troth.app.reporting import words_of
from troth.model.datamap import Column, DataMap, Table
from troth.model.entry import Entry, utc
from troth.model.policy import Policy
from troth.model.showing import Figure, Shown, Status
from troth.policy.bind import compile_file
from troth.report.pictures import Age, Course, Pictures, flows
from troth.report.records import Record, record
from troth.report.report import Book, Cited, Report, report

POLICY = Path("samples/hkcloud/policy.troth.md")
NOW = datetime(2026, 11, 27, 20, 0, tzinfo=UTC)
_DAY = timedelta(days=1)
_CYCLE: tuple[Status, ...] = ("kept", "kept", "kept", "attested", "kept", "kept", "not shown", "kept", "kept")


@cache
def policy() -> Policy:
    """The policy of Hong Kong Cloud."""
    return compile_file(POLICY.read_bytes(), str(POLICY)).policy


def shown() -> tuple[Shown, ...]:
    """How every check ends: most kept, some not shown, and the passwords broken."""
    found: list[Shown] = []
    for promise in policy().promises:
        for proof in promise.proofs:
            number = len(found)
            status: Status = "broken" if promise.id == "secrets" else _CYCLE[number % len(_CYCLE)]
            figure = Figure(
                "rows past their period", 3 if status == "broken" else 0, 1_203_441, "rows", (number,), 0
            )
            why = (
                "3 of 1,203,441 rows in `accounts.customers` are not as promised"
                if status == "broken"
                else "looked at"
            )
            found.append(
                Shown(promise.id, proof.check, status, why, (figure,), (number, 500), ("accounts.customers",))
            )
    return tuple(found)


def pictures(language: str = "en") -> Pictures:
    """Flows with disclosures, ages within and beyond, requests in time, open and late."""
    given = [
        Entry(
            time=utc(NOW),
            kind="disclosed",
            actor="shop",
            action="share",
            detail={"recipient": "payment-processor"},
            seq=number,
        )
        for number in range(12)
    ]
    ages = (
        Age(
            "operations.usage_samples",
            "sampled_at",
            NOW - 200 * _DAY,
            NOW - 396 * _DAY,
            "retention-schedule/4",
        ),
        Age(
            "accounts.customers", "closed_at", NOW - 800 * _DAY, NOW - 730 * _DAY, "registration-retention/4"
        ),
        Age(
            "accounts.sign_ins",
            "signed_in_at",
            NOW - 3000 * _DAY,
            NOW - 365 * _DAY,
            "end-of-storage/1",
            alone=False,
        ),
        Age(
            "operations.a_table_with_a_rather_long_name",
            "created_at",
            None,
            NOW - 30 * _DAY,
            "end-of-storage/1",
        ),
    )
    courses = (
        Course("1", "access", NOW - 60 * _DAY, NOW - 30 * _DAY, NOW - 50 * _DAY, "answered", 3),
        Course("2", "erase", NOW - 50 * _DAY, NOW - 20 * _DAY, NOW - 10 * _DAY, "answered", 4),
        Course("3", "rectify", NOW - 5 * _DAY, NOW + 25 * _DAY, None, "confirmed", 5),
        Course("4", "complaint", NOW - 2 * _DAY, None, None, "received", 6),
    )
    return Pictures(flows(policy(), given, language), ages, courses)


def sample(language: str = "en") -> Report:
    """The report."""
    entries = {
        number: Cited(
            number, utc(NOW), "check", "sweep", "kept", f'{{"action":"sweep","kind":"check","seq":{number}}}'
        )
        for number in (*range(len(shown())), 500)
    }
    book = Book(name="example/troth", size=501, root="ab" * 32, entries=entries)
    return report(
        policy(), shown(), words_of(policy(), language), generated=NOW, book=book, pictures=pictures(language)
    )


def processing(language: str = "en") -> Record:
    """The record of processing, over a map of two tables."""
    one = DataMap(
        (
            Table("accounts", "customers", "subject", ("id",), (Column("email", "contact.email", terms=("email-address",)),)),
            Table("operations", "usage", "owned", ("id",), (Column("cpu", "usage", terms=("cpu-usage",)),)),
        )
    )  # fmt: skip
    registers = {
        "recipients": {"recipient": [{"name": "Example Pay", "kind": "payment-processor", "country": "HK"}]},
        "measures": {"measure": [{"name": "four-eyes"}]},
    }
    return record(policy(), one, registers, generated=NOW, language=language)
