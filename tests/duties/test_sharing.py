"""Data leave only to whom, for what and with which fields the register and the policy allow, and never without an entry."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.duties.parties import CLAUSES, filled, house, member, register
from tests.duties.sighting import shown
from tests.enforcement.scene import by, run
from troth.duties.proofs.sight import Sight
from troth.duties.recipients import faults, parties, party
from troth.duties.sharing import disclose, take_up
from troth.enforcement.choices import restrict
from troth.enforcement.recipients import recipients
from troth.enforcement.share import NotShared, Shared, Target, Wish, share
from troth.evidence.bysubject import entries_of
from troth.model.errors import NotFound, TrothError
from troth.model.party import Party
from troth.model.plan import Citation

PAY = Wish(purpose="payment", fields=("payment-card-number",))


@pytest.fixture
def sight(tmp_path: Path) -> Iterator[Sight]:
    """The small house."""
    with house(tmp_path) as found:
        yield found


def jade(sight: Sight) -> Party:
    """The payment institution of the register."""
    return party(sight.registers["recipients"], sight.policy, "jade")


def given(sight: Sight, wish: Wish = PAY, name: str = "out.jsonl", one: Party | None = None) -> Shared:
    """What leaves of both members."""
    people = [member("ada@x.example"), member("BO@x.example")]
    return disclose(
        sight.project, sight.guard, one or jade(sight), people, wish, target=Target(path=sight.folder / name)
    )


def test_necessary_fields_leave(tmp_path: Path, postgres_url: str) -> None:
    """Of a payment only the card number leaves, under a reference of this recipient, on another engine alike."""
    filled(postgres_url)
    with house(tmp_path, url=postgres_url) as sight:
        found = given(sight)
        lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
        assert found.word == "done"
        assert [line["row"] for line in lines] == [{"digits": "enc:v1:4111"}, {"digits": "enc:v1:5500"}]
        assert [line["person"] for line in lines] == [one.reference for one in found.people]
        assert (tmp_path / "out.jsonl").stat().st_mode & 0o777 == 0o600


def test_evidence_of_a_disclosure(sight: Sight) -> None:
    """Each disclosure is an entry with event and log, and the person is told of the recipient."""
    found = given(sight)
    entries = list(sight.project.ledger.read())
    kinds = [one.kind for one in entries]
    assert kinds.count("disclosed") == kinds.count("event") == kinds.count("deed") == 2
    assert entries[found.entries[0]].sentences
    assert entries[found.entries[0]].detail["basis"] == ["contract"]
    told = recipients(entries_of(sight.project.ledger, [found.people[0].subject], {"disclosed"}))
    assert [(one.name, one.data, one.countries) for one in told] == [
        ("Jade Payments", ("payment-card-number",), ("HK",))
    ]
    assert shown(sight, "payment-sharing", "egress-fields").status == "kept"


def test_people_are_named_as_they_are(sight: Sight) -> None:
    """Who is on file under two names leaves once, and who is not on file is said, not passed over."""
    people = [member("ada@x.example"), member("nobody@x.example"), member(" ADA@x.example"), by(id="1")]
    found = share(
        sight.project, sight.guard, jade(sight), people, PAY, target=Target(path=sight.folder / "out.jsonl")
    )
    assert (found.word, len(found.people), found.missing) == ("partly", 1, (2,))
    lines = (sight.folder / "out.jsonl").read_text().splitlines()
    assert len({json.loads(line)["person"] for line in lines}) == 1
    assert len(lines) == found.people[0].rows
    assert len([one for one in sight.project.ledger.read() if one.kind == "disclosed"]) == 1


def test_restriction_counts_by_every_name(sight: Sight) -> None:
    """Who objected is left out by whichever name of theirs they are given, also by what is no name of a person."""
    restrict(sight.project, member("ada@x.example"), Citation(), reason="accuracy")
    for one in (member("ada@x.example"), by(id="1"), by(land="HK")):
        found = share(
            sight.project, sight.guard, jade(sight), [one], PAY, target=Target(path=sight.folder / "x")
        )
        assert (found.word, len(found.refused), found.people) == ("partly", 1, ())


@pytest.mark.parametrize("name", ["", "out.jsonl"])
def test_file_that_can_not_be(sight: Sight, name: str) -> None:
    """No file and one that is there already are named, and nothing leaves."""
    (sight.folder / "out.jsonl").write_text("here")
    with pytest.raises(NotShared, match="file"):
        share(
            sight.project, sight.guard, jade(sight), [member("ada@x.example")], PAY,
            target=Target(path=sight.folder / name if name else Path()),
        )  # fmt: skip
    assert not any(one.kind == "disclosed" for one in sight.project.ledger.read())


@pytest.mark.parametrize(
    ("wish", "named"),
    [
        (Wish(purpose="payment", fields=("payment-card-number", "email-address")), "email-address"),
        (Wish(purpose="marketing", fields=("payment-card-number",)), "payment-card-number"),
        (Wish(purpose="payment", fields=()), "nothing"),
    ],
)
def test_other_fields_are_refused(sight: Sight, wish: Wish, named: str) -> None:
    """A field or purpose that is not on the list is refused and named, leaves an entry, and nothing is written."""
    with pytest.raises(NotShared, match=named):
        given(sight, wish)
    assert not list(sight.folder.glob("out*"))
    assert [one.outcome for one in sight.project.ledger.read()] == ["refused"]


@pytest.mark.parametrize(
    "agreement",
    [
        None,
        {"kind": "dpa", "from": date(2020, 1, 1), "until": date(2026, 1, 1), "clauses": CLAUSES},
        {"kind": "dpa", "from": date(2020, 1, 1), "clauses": ["law"]},
    ],
)
def test_no_good_agreement(sight: Sight, agreement: Any) -> None:
    """Without an agreement in force with all clauses nobody's data leave, whatever the caller says."""
    one = party(register(agreement=agreement), sight.policy, "jade")
    found = given(
        sight, replace(PAY, facts={"agreement": "in-force", "agreement-clauses": "complete"}), one=one
    )
    assert (found.word, len(found.refused)) == ("partly", 2)
    assert "necessary-sharing" in found.refused[0][1]
    assert not (sight.folder / "out.jsonl").exists()


def test_unknown_recipient(sight: Sight) -> None:
    """Whoever is not registered is refused, and an entry with a word that nobody knows is named."""
    with pytest.raises(NotFound):
        party(sight.registers["recipients"], sight.policy, "stranger")
    with pytest.raises(NotFound):
        parties(register(purposes=["fun"]), sight.policy)
    with pytest.raises(TrothError, match="shoe"):
        parties(register(shoe="44"), sight.policy)


def test_pseudonymisation(sight: Sight) -> None:
    """An analyst gets references in place of what identifies, and only of persons who said yes."""
    words = {"id": "chart", "kind": "data-analyst", "purposes": ["analytics"], "data": ["server-usage"]}
    one = party(register(**words), sight.policy, "chart")
    found = given(sight, Wish(purpose="analytics", fields=("server-usage",)), one=one)
    assert {why.partition(":")[0] for _, why in found.refused} == {"server-usage"}


def test_killed_before_the_entry(sight: Sight) -> None:
    """What has no entry did not leave: a ledger that fails leaves no file behind."""

    def watch(name: str) -> None:
        if name == "+ ledger share":
            raise KeyboardInterrupt

    broken = replace(sight.project, watch=watch)
    with pytest.raises(KeyboardInterrupt):
        share(
            broken,
            sight.guard,
            jade(sight),
            [member("ada@x.example")],
            PAY,
            target=Target(path=sight.folder / "x"),
        )
    assert not list(sight.folder.glob("*x*.part"))
    assert not (sight.folder / "x").exists()


def test_rows_of_a_table_stay_together(sight: Sight) -> None:
    """In a table each row of a person has its own number, so that which value goes with which can be told."""
    run(sight.urls["main"], "insert into card values (7, 1, 'enc:v1:9999', 'old')")
    both = [member("ada@x.example"), member("bo@x.example")]
    target = Target(path=sight.folder / "y.csv", form="csv")
    disclose(sight.project, sight.guard, jade(sight), both, PAY, target=target)
    head, *rows = [line.split(",") for line in target.path.read_text("utf-8").split()]
    assert head == ["person", "place", "row", "field", "value"]
    assert [(row[2], row[3]) for row in rows] == [(str(number), "digits") for number in (1, 2, 3)]
    assert rows[0][0] == rows[1][0] != rows[2][0]


def test_csv_and_transport(sight: Sight) -> None:
    """The file can be a table, and is taken away only once its entries are durable."""
    seen: list[int] = []
    target = Target(
        path=sight.folder / "x.csv",
        form="csv",
        transport=lambda _: seen.append(sum(1 for _ in sight.project.ledger.read())),
    )
    found = disclose(sight.project, sight.guard, jade(sight), [member("ada@x.example")], PAY, target=target)
    line = f"{found.people[0].reference},main.card,1,digits,enc:v1:4111\r\n"
    head = "person,place,row,field,value\r\n"
    assert (sight.folder / "x.csv").read_bytes() == f"{head}{line}".encode()
    assert found.digest == hashlib.sha256(f"{head}{line}".encode()).hexdigest()
    assert seen == [2]


CHECKS = [
    ("registered-recipients", "recipient-register"), ("registered-recipients", "recipient-register-complete"),
    ("disclosure-log", "sharing-ledger"), ("payment-sharing", "sharing-ledger"), ("payment-sharing", "egress-fields"),
    ("necessary-sharing", "egress-fields"), ("necessary-sharing", "agreement-gate"), ("necessary-sharing", "agreement-register"),
]  # fmt: skip


@pytest.mark.parametrize(("promise", "check"), CHECKS)
def test_checks_kept(sight: Sight, promise: str, check: str) -> None:
    """A house with one registered recipient, whose rows were taken up, keeps each promise."""
    assert take_up(sight.project, sight.registers["recipients"], sight.policy) == 1
    assert take_up(sight.project, sight.registers["recipients"], sight.policy) == 0
    found = shown(sight, promise, check)
    assert found.status == "kept", found.why


ROW = "insert into sent values (2, 2, {whom}, '{why}', '{what}', '{at}')"
GOOD = {"whom": "1", "why": "payment", "what": "payment-information", "at": "2026-10-02 10:00:00"}


@pytest.mark.parametrize(
    ("promise", "check", "row"),
    [
        ("disclosure-log", "sharing-ledger", {}),
        ("payment-sharing", "sharing-ledger", {}),
        ("payment-sharing", "sharing-ledger", {"why": "marketing"}),
        ("registered-recipients", "recipient-register-complete", {"whom": "9"}),
        ("payment-sharing", "egress-fields", {"what": "payment-information, name"}),
        ("necessary-sharing", "agreement-gate", {"at": "2019-01-01 10:00:00"}),
    ],
)
def test_row_in_the_store_breaks(sight: Sight, promise: str, check: str, row: dict[str, str]) -> None:
    """A row about a disclosure that somebody adds by hand breaks the check at the next look."""
    take_up(sight.project, sight.registers["recipients"], sight.policy)
    run(sight.urls["main"], ROW.format(**GOOD | row))
    assert shown(sight, promise, check).status == "broken"


@pytest.mark.parametrize(
    ("promise", "check", "entry", "status"),
    [
        ("registered-recipients", "recipient-register", {"data": ["email-address"]}, "broken"),
        ("registered-recipients", "recipient-register", {"purposes": ["marketing"]}, "broken"),
        ("registered-recipients", "recipient-register", {"country": ""}, "broken"),
        ("necessary-sharing", "agreement-register", {"agreement": None}, "broken"),
        ("necessary-sharing", "recipient-assurance", {}, "attested"),
        (
            "necessary-sharing",
            "recipient-assurance",
            {"agreement": {"kind": "dpa", "reviewed": date(2025, 1, 1)}},
            "broken",
        ),
        ("necessary-sharing", "recipient-assurance", {"agreement": {"kind": "dpa"}}, "not shown"),
    ],
)
def test_register_breaks(
    tmp_path: Path, promise: str, check: str, entry: dict[str, Any], status: str
) -> None:
    """A register that says more than the policy permits, or has no agreement, breaks its check."""
    with house(tmp_path, registers={"recipients": register(**entry)}) as sight:
        assert shown(sight, promise, check).status == status


def test_nothing_known(tmp_path: Path) -> None:
    """Without a register and without disclosures nothing is shown."""
    with house(tmp_path, registers={}) as sight:
        assert {shown(sight, promise, check).status for promise, check in CHECKS} == {"not shown"}


def test_faults_of_an_entry(sight: Sight) -> None:
    """Each thing that the policy does not permit of a recipient is said in words."""
    one = party(register(kind="data-analyst", purposes=["marketing"], agreement=None), sight.policy, "jade")
    assert len(faults(one, sight.policy, date(2026, 11, 22))) >= 3
