"""The guard beside what it stands on: the raw decision, a raw indexed select, and statements without the hook.

    python bench/guard.py

Prints our figure, the reference and the ratio from the same run: calls a CPU second, the best of five, in turn.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Column as Col
from sqlalchemy import Integer, MetaData, String, create_engine, select
from sqlalchemy import Table as SqlTable

from troth.enforcement.guard import Guard
from troth.evidence.acceptance import ACCEPTANCES
from troth.evidence.keyring import create
from troth.evidence.open import open_ledger
from troth.evidence.pseudonym import pseudonym
from troth.evidence.restriction import RESTRICTIONS
from troth.evidence.state import CONSENTS, REQUESTS
from troth.gate.errand import purpose
from troth.gate.sqlalchemy import watch
from troth.model.condition import FactValue
from troth.model.datamap import Column, DataMap, Table
from troth.model.entry import Entry, utc
from troth.model.outcome import Identity, Person
from troth.policy.bind import compile_file

HOUSE = Path(__file__).resolve().parents[1]
PEOPLE = 20_000
ASKED = ("support", "use", ("email-address",), "account-management")
SELECT = "select status from consent_state where subject = ? and purpose = ? and scope = ''"


def best(first: Callable[[], int], second: Callable[[], int]) -> tuple[float, float]:
    """Calls a CPU second of both, measured in turn; the best of five."""
    rates = [0.0, 0.0]
    for _ in range(5):
        for place, work in enumerate((first, second)):
            start = time.process_time()
            done = work()
            rates[place] = max(rates[place], done / (time.process_time() - start))
    return rates[0], rates[1]


def many(count: int, call: Callable[[], object]) -> Callable[[], int]:
    """So many calls of the same."""

    def work() -> int:
        for _ in range(count):
            call()
        return count

    return work


def line(what: str, ours: float, reference: float, name: str) -> None:
    """One row of the table."""
    print(f"{what:58}{ours:12,.0f}  {name:34}{reference:12,.0f}{ours / reference:8.2f}")


def main() -> int:
    """Prints the table; exit code 1 when a goal is missed."""
    path = HOUSE / "samples" / "hkcloud" / "policy.troth.md"
    policy = compile_file(path.read_bytes(), path.name).policy
    ring = create("bench.example/troth")
    with tempfile.TemporaryDirectory() as folder:
        projections = (CONSENTS, REQUESTS, RESTRICTIONS, ACCEPTANCES)
        file = f"{folder}/ledger.db"
        with open_ledger(file, signer=ring.signer, projections=projections) as ledger:
            names = [pseudonym(ring.pseudonym, "email", f"c{n}@example.com") for n in range(PEOPLE)]
            now = utc(datetime.now(UTC))
            ledger.append(
                [
                    Entry(
                        time=now, kind="consent", actor="bench", action="give", subject=name,
                        detail={"purpose": "direct-marketing"},
                    )
                    for name in names
                ]
            )  # fmt: skip
            guard = Guard(policy, ledger=ledger, keys=ring.pseudonym)
            return _table(guard, Path(file), names)


def _table(guard: Guard, file: Path, names: list[str]) -> int:
    people = [Person((Identity("email", f"c{n}@example.com"),)) for n in range(PEOPLE)]
    raw = guard.table.decide
    facts: dict[str, FactValue] = {"consent": "given", "minor": False}
    reader = sqlite3.connect(file)
    print(f"{'calls a CPU second':58}{'ours':>12}  {'reference':34}{'':>12}{'ratio':>8}")
    point = (ASKED[1], ASKED[2][0], ASKED[3], "")
    alone, decision = best(many(200_000, lambda: guard.decide(*ASKED)), many(200_000, lambda: raw(*point)))
    line("decide, nobody in particular", alone, decision, "raw decision")
    told, decision = best(
        many(200_000, lambda: guard.decide(*ASKED, facts=facts)), many(200_000, lambda: raw(*point, facts))
    )
    line("decide, with two facts", told, decision, "raw decision")
    one, name = people[7], names[7]
    fetch = many(20_000, lambda: reader.execute(SELECT, (name, "direct-marketing")).fetchall())
    known, raw_select = best(many(20_000, lambda: guard.decide(*ASKED, person=one)), fetch)
    line("decide, a person asked about before", known, raw_select, "raw indexed select")
    left = iter(people)
    first, raw_select = best(many(PEOPLE // 5, lambda: guard.decide(*ASKED, person=next(left))), fetch)
    line("decide, a person not asked about before", first, raw_select, "raw indexed select")
    hooked, plain = _statements(guard)
    line("select of one row through SQLAlchemy, with the hook", hooked, plain, "the same without the hook")
    reader.close()
    return 0 if alone >= 500_000 and known >= 20_000 else 1


def _statements(guard: Guard) -> tuple[float, float]:
    """Selects a CPU second with the hook and without."""
    customer = SqlTable("customer", MetaData(), Col("id", Integer, primary_key=True), Col("email", String))
    wanted = Column("email", "contact.email", terms=("email-address",))
    data_map = DataMap((Table("shop", "customer", "subject", ("id",), columns=(wanted,)),))
    watched, bare = create_engine("sqlite://"), create_engine("sqlite://")
    for engine in (watched, bare):
        customer.create(engine)
    watch(watched, guard, data_map, "shop")
    statement = select(customer.c.email).where(customer.c.id == 1)
    errand = purpose("account-management", actor="support", facts={"held": False})
    with watched.connect() as one, bare.connect() as other, errand:
        return best(
            many(3_000, lambda: one.execute(statement).all()),
            many(3_000, lambda: other.execute(statement).all()),
        )


if __name__ == "__main__":
    sys.exit(main())
