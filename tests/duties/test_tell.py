"""Recipients are told of corrections and erasures by the reference that they know the person by."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.duties.mailbox import mailbox
from tests.duties.parties import house, member
from tests.enforcement.scene import NOW
from troth.duties import daily
from troth.duties.deeds import event
from troth.duties.desk import Desk
from troth.duties.post import MailServer
from troth.duties.proofs.sight import Sight
from troth.duties.recipients import party
from troth.duties.requestfile import RequestFiles
from troth.duties.sharing import disclose, take_up
from troth.duties.tell import do, due
from troth.duties.workdays import place
from troth.enforcement.share import Shared, Target, Wish
from troth.model.entry import Entry, utc
from troth.model.errors import TrothError


@pytest.fixture
def sight(tmp_path: Path) -> Iterator[Sight]:
    """The small house."""
    with house(tmp_path) as found:
        yield found


def given(sight: Sight) -> Shared:
    """A card number of one member goes to the payment institution."""
    one = party(sight.registers["recipients"], sight.policy, "jade")
    wish = Wish(purpose="payment", fields=("payment-card-number",))
    target = Target(path=sight.folder / "out")
    return disclose(sight.project, sight.guard, one, [member("ada@x.example")], wish, target=target)


def registered(folder: Path, register: Mapping[str, Any]) -> None:
    """The register of recipients as a file of the project."""
    lines = []
    for one in register["recipient"]:
        tables = {name: value for name, value in one.items() if isinstance(value, dict)}
        lines.append("[[recipient]]")
        lines += [f"{name} = {_toml(value)}" for name, value in one.items() if name not in tables]
        for table, values in tables.items():
            lines.append(f"[recipient.{table}]")
            lines += [f"{name} = {_toml(value)}" for name, value in values.items()]
    (folder / "registers").mkdir(exist_ok=True)
    (folder / "registers" / "recipients.toml").write_text("\n".join(lines), "utf-8")


def _toml(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else json.dumps(value)


def carried(sight: Sight, right: str, subject: str, request: str = "1") -> None:
    """A request came in and was carried out."""
    sight.project.ledger.append([
        event(f"request-{right}", at=NOW, actor="desk", subject=subject, facts={"identity-verified": True, "rights-law": True}),
        Entry(
            time=utc(NOW), kind="request", actor="desk", action=right, subject=subject, outcome="done",
            detail={"request": request, "step": "done"},
        ),
    ])  # fmt: skip


@pytest.mark.parametrize("right", ["rectify", "erase"])
def test_recipient_is_told_once(sight: Sight, right: str) -> None:
    """A letter with the reference leaves once, and then the duty of the policy is kept."""
    went = given(sight).people[0]
    assert due(sight.project, sight.policy, sight.registers["recipients"]) == ()
    carried(sight, right, went.subject)
    assert [one.party.id for one in due(sight.project, sight.policy, sight.registers["recipients"])] == [
        "jade"
    ]
    with mailbox() as box:
        post = MailServer("127.0.0.1", "privacy@house.example", box.port, tls="none")
        box.refuse.add("privacy@jade.example")
        assert do(sight.project, sight.policy, sight.registers["recipients"], post).failed == 1
        box.refuse.clear()
        for count in (1, 0):
            assert do(sight.project, sight.policy, sight.registers["recipients"], post).sent == count
        text = box.to("privacy@jade.example")[0].get_content()
        assert went.reference in text
        assert "ada@" not in text  # a reference is hexadecimal, and may hold the three letters
    notified = [
        one for one in replace(sight).owed if one.rule in {"correction-right/6", "deletion-that-waits/2"}
    ]
    assert [one.state for one in notified] == ["kept"]


def test_another_name_of_the_person(sight: Sight) -> None:
    """A request under the account number reaches the recipients of what left under the e-mail address."""
    given(sight)
    entry = next(one for one in sight.project.ledger.read() if one.kind == "disclosed")
    carried(sight, "erase", entry.detail["also"][0])
    assert len(due(sight.project, sight.policy, sight.registers["recipients"])) == 1


def test_rows_taken_up_count(sight: Sight) -> None:
    """Recipients that the house's own table names are told as well, and strangers to the person are not."""
    take_up(sight.project, sight.registers["recipients"], sight.policy)
    subject = sight.project.pseudonym(member("ada@x.example"))
    carried(sight, "erase", sight.project.pseudonym(member("bo@x.example")))
    assert due(sight.project, sight.policy, sight.registers["recipients"]) == ()
    carried(sight, "erase", subject, "2")
    assert len(due(sight.project, sight.policy, sight.registers["recipients"])) == 1


def test_daily_round_tells(sight: Sight, tmp_path: Path) -> None:
    """The daily round names a recipient who has to hear of an erasure, keeps what could not be sent, and is done after it was."""
    went = given(sight).people[0]
    registered(tmp_path, sight.registers["recipients"])
    with mailbox() as box:
        desk = Desk(
            project=sight.project, policy=sight.policy, places=(place("HK"),), answers=tmp_path / "answers",
            files=RequestFiles(sight.project.ledger, sight.project.ring),
            post=MailServer("127.0.0.1", "privacy@house.example", box.port, tls="none"),
        )  # fmt: skip

        def told() -> list[str]:
            return [one.why for one in daily.works(desk, tmp_path) if one.what == "tell"]

        assert told() == []
        carried(sight, "erase", went.subject)
        assert told() == ["1 letters to recipients about requests 1"]
        box.refuse.add("privacy@jade.example")
        assert daily.do(desk, "tell", tmp_path).word == "partly"
        box.refuse.clear()
        assert len(told()) == 1
        assert daily.do(desk, "tell", tmp_path).word == "done"
        assert told() == []
        assert [address for address, _ in box.got] == ["privacy@jade.example"]
        (tmp_path / "registers" / "recipients.toml").write_text("[[recipient", "utf-8")
        with pytest.raises(TrothError, match=r"registers/recipients\.toml can not be read"):
            told()
