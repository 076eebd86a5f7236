"""Demands of authorities and transfers of the business: what may leave, to whom, and who is told when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.duties.mailbox import Mailbox, mailbox
from tests.duties.parties import filled, house, later, member
from tests.duties.sighting import shown
from tests.enforcement.scene import NOW, run
from troth.duties import daily, legal, transfer
from troth.duties.desk import Desk
from troth.duties.legal import Demand
from troth.duties.post import MailServer
from troth.duties.proofs.sight import Sight
from troth.duties.requestfile import RequestFiles
from troth.duties.workdays import place
from troth.enforcement.share import NotShared, Shared, Target
from troth.model.entry import Entry, utc
from troth.model.errors import TrothError

DAY = timedelta(days=1)
ORDER = Demand(
    case="LR-1",
    document="court-order",
    authority="District Court",
    scope=("email-address",),
    ground="PDPO s.58",
)


@pytest.fixture
def sight(tmp_path: Path) -> Iterator[Sight]:
    """The small house."""
    with house(tmp_path) as found:
        yield found


def answered(
    sight: Sight,
    case: str = "LR-1",
    *,
    purpose: str = "legal-compliance",
    name: str = "out",
    bar: str = "none",
) -> Shared:
    """What leaves for a demand."""
    target = Target(path=sight.folder / name)
    return legal.answer(
        sight.project, sight.guard, case, [member("ada@x.example")], purpose=purpose, target=target, bar=bar
    )


def tell(sight: Sight, box: Mailbox) -> int:
    """Tell whoever may be told now."""
    post = MailServer("127.0.0.1", "privacy@house.example", box.port, tls="none")
    return legal.do(sight.project, sight.policy, post, place("HK"))


def test_demand_answered_and_told(sight: Sight) -> None:
    """A named law within its scope is answered, and the person is told the same day; the checks hold and break with time."""
    legal.register(sight.project, sight.policy, ORDER, actor="legal")
    legal.review(sight.project, sight.policy, "LR-1", valid=True, reviewer="legal")
    assert answered(sight).word == "done"
    assert shown(sight, "legal-disclosure", "legal-review-record").status == "attested"
    assert shown(replace(sight), "legal-disclosure", "sharing-ledger").status == "kept"
    assert (
        shown(later(sight, NOW + 2 * DAY), "told-of-disclosure", "disclosure-notice-log").status == "broken"
    )
    with mailbox() as box:
        assert tell(sight, box) == 1
        assert tell(sight, box) == 0
        assert "District Court" in box.got[0][1].get_content()
    after = later(sight, NOW + 2 * DAY)
    assert shown(after, "told-of-disclosure", "disclosure-notice-log").status == "kept"
    assert shown(after, "told-of-disclosure", "timer").status == "kept"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", ("法院命令", "此前依法不得告知您：法律禁止")),
        (
            "en",
            ("court order", "we were not allowed to tell you earlier: legal prohibition"),
        ),
    ],
)
def test_letter_in_the_language_of_the_house(sight: Sight, language: str, said: tuple[str, ...]) -> None:
    """Where nobody's language is on file the house's is written, and bars and documents are said in it."""
    legal.register(sight.project, sight.policy, replace(ORDER, ground=""), actor="legal")
    legal.review(sight.project, sight.policy, "LR-1", valid=True, reviewer="legal")
    for role in ("legal", "privacy-officer"):
        legal.approve(sight.project, "LR-1", approver=role)
    assert answered(sight, bar="legal-prohibition").word == "done"
    legal.end_bar(sight.project, "LR-1", actor="legal")
    with mailbox() as box:
        post = MailServer("127.0.0.1", "privacy@house.example", box.port, tls="none")
        assert legal.do(sight.project, sight.policy, post, place("HK"), language=language) == 1
        text = box.got[0][1].get_content()
    assert [one for one in said if one not in text.replace("\n", " ")] == []


def test_daily_round_tells(sight: Sight, tmp_path: Path) -> None:
    """The daily round says that a person could not be told, keeps it due, and is done once the letter has left."""
    legal.register(sight.project, sight.policy, ORDER, actor="legal")
    legal.review(sight.project, sight.policy, "LR-1", valid=True, reviewer="legal")
    answered(sight)
    with mailbox() as box:
        desk = Desk(
            project=sight.project, policy=sight.policy, places=(place("HK"),), answers=tmp_path / "answers",
            files=RequestFiles(sight.project.ledger, sight.project.ring),
            post=MailServer("127.0.0.1", "privacy@house.example", box.port, tls="none"),
        )  # fmt: skip
        box.refuse.add("ada@x.example")
        for word, left in (("partly", 1), ("done", 0)):
            assert daily.do(desk, "disclosed", tmp_path).word == word
            assert sum(one.what == "disclosed" for one in daily.works(desk, tmp_path)) == left
            box.refuse.clear()
        assert [address for address, _ in box.got] == ["ada@x.example"]


def test_scope_and_review(sight: Sight) -> None:
    """What is outside the scope, not reviewed or invalid does not leave."""
    legal.register(sight.project, sight.policy, replace(ORDER, ground=""), actor="legal")
    assert "unknown" in answered(sight).refused[0][1] or answered(sight).refused
    legal.review(sight.project, sight.policy, "LR-1", valid=False, reviewer="legal")
    assert answered(sight).word == "partly"
    with pytest.raises(NotShared, match="outside the scope"):
        legal.answer(
            sight.project, sight.guard, "LR-1", [], purpose="legal-compliance", target=Target(path=sight.folder / "x"),
            fields=("telephone-number",),
        )  # fmt: skip


def test_public_interest_needs_two(sight: Sight) -> None:
    """The public interest needs a written reason and two approvers; one who approves twice is one."""
    asked = replace(ORDER, document="government-request", ground="", duty=True)
    legal.register(sight.project, sight.policy, asked, actor="legal")
    for approver in ("legal", "legal"):
        legal.approve(sight.project, "LR-1", approver=approver)
        assert answered(sight, purpose="public-security").word == "partly"
    legal.approve(sight.project, "LR-1", approver="data-protection-officer")
    assert answered(sight, purpose="public-security").word == "done"


def test_bars(sight: Sight) -> None:
    """A legal bar waits for its end, an emergency at most a week; then the letter is due within a day."""
    legal.register(sight.project, sight.policy, ORDER, actor="legal")
    answered(sight, bar="legal-prohibition")
    answered(sight, name="two", bar="emergency")
    found = legal.due(sight.policy, sight.project.ledger.read(), NOW + DAY)
    assert [(one.ready, one.due) for one in found] == [(False, None), (False, NOW + 8 * DAY)]
    assert shown(later(sight, NOW + 7 * DAY), "told-of-disclosure", "disclosure-notice-log").status == "kept"
    assert (
        shown(later(sight, NOW + 9 * DAY), "told-of-disclosure", "disclosure-notice-log").status == "broken"
    )
    legal.end_bar(sight.project, "LR-1", actor="legal")
    assert {one.ready for one in legal.due(sight.policy, sight.project.ledger.read(), NOW + DAY)} == {True}


def test_each_bar_ends_on_its_own_day(sight: Sight) -> None:
    """The end of the bar on one disclosure of a demand says nothing about another: nobody is told who must not know yet."""
    legal.register(sight.project, sight.policy, ORDER, actor="legal")
    for name, mail, days in (("one", "ada@x.example", 20), ("two", "bo@x.example", 2)):
        legal.answer(
            sight.project, sight.guard, "LR-1", [member(mail)], purpose="legal-compliance",
            target=Target(path=sight.folder / name), bar="legal-prohibition", until=(NOW + days * DAY).date().isoformat(),
        )  # fmt: skip
    bo = sight.project.pseudonym(member("bo@x.example"))
    for days, ready in ((1, set()), (3, {bo})):
        found = legal.due(sight.policy, sight.project.ledger.read(), NOW + days * DAY)
        assert {one.event.subject for one in found if one.ready} == ready
    assert all(one.ready for one in legal.due(sight.policy, sight.project.ledger.read(), NOW + 21 * DAY))


@pytest.mark.parametrize(
    ("bar", "until"),
    [
        ("legal-prohibition", "9999"),
        ("legal-prohibition", "next week"),
        ("legal-prohibition", "2020-01-01"),
        ("none", "2030-01-01"),
    ],
)
def test_ends_of_bars_that_are_none(sight: Sight, bar: str, until: str) -> None:
    """A bar that ends on no day, has ended, or is not there is refused before anything leaves."""
    legal.register(sight.project, sight.policy, ORDER, actor="legal")
    with pytest.raises(TrothError, match="bar"):
        legal.answer(
            sight.project, sight.guard, "LR-1", [member("ada@x.example")], purpose="legal-compliance",
            target=Target(path=sight.folder / "out"), bar=bar, until=until,
        )  # fmt: skip
    assert not (sight.folder / "out").exists()


def test_end_that_nobody_can_read(sight: Sight) -> None:
    """A bar whose end is written in an older entry as no day goes on until somebody ends it."""
    legal.register(sight.project, sight.policy, ORDER, actor="legal")
    answered(sight, bar="legal-prohibition")
    entries = list(sight.project.ledger.read())
    spoiled = [
        replace(one, detail={**one.detail, "barred": "9999"}) if one.kind == "disclosed" else one
        for one in entries
    ]
    assert [one.ready for one in legal.due(sight.policy, spoiled, NOW + 900 * DAY)] == [False]


def test_bar_without_a_hold(sight: Sight) -> None:
    """A bar that no hold of the policy is about bars all the same."""
    rules = tuple(
        replace(promise, rules=tuple(replace(rule, holds=(), then=()) for rule in promise.rules))
        for promise in sight.policy.promises
    )
    legal.register(sight.project, sight.policy, ORDER, actor="legal")
    answered(sight, bar="legal-prohibition")
    policy = replace(sight.policy, promises=rules)
    assert not any(one.ready for one in legal.due(policy, sight.project.ledger.read(), NOW + 9 * DAY))
    legal.end_bar(sight.project, "LR-1", actor="legal")
    assert all(one.ready for one in legal.due(policy, sight.project.ledger.read(), NOW + 9 * DAY))


def test_late_review(sight: Sight) -> None:
    """A demand that nobody reviews within three working days breaks the promise."""
    legal.register(sight.project, sight.policy, ORDER, actor="legal")
    assert shown(later(sight, NOW + 10 * DAY), "legal-disclosure", "legal-review-record").status == "broken"


def test_bad_demands(sight: Sight) -> None:
    """A demand without a name, an authority or a scope, of an unknown document or registered twice is refused."""
    nameless = (replace(ORDER, case=" "), replace(ORDER, authority=""))
    for bad in (*nameless, replace(ORDER, scope=()), replace(ORDER, document="wish")):
        with pytest.raises(TrothError):
            legal.register(sight.project, sight.policy, bad, actor="legal")
    assert not any(one.action == "legal-demand" for one in sight.project.ledger.read())
    legal.register(sight.project, sight.policy, ORDER, actor="legal")
    with pytest.raises(TrothError, match="already"):
        legal.register(sight.project, sight.policy, ORDER, actor="legal")


def test_demands_of_the_house(tmp_path: Path) -> None:
    """Rows of the house's own table: decided, approved and told in time, or broken."""
    names = ("received", "decided", "decision", "approver", "barred", "told")
    source = {"store": "main", "table": "asked"} | {name: name for name in names}
    (tmp_path / "main.db").touch(mode=0o600)
    url = f"sqlite:///{tmp_path / 'main.db'}"
    filled(url)
    run(
        url,
        "create table asked (id int primary key, received timestamp, decided timestamp, decision varchar(9), approver"
        " varchar(9), barred timestamp null, told timestamp null)",
        "insert into asked values (1, '2026-11-02 01:00:00', '2026-11-03 01:00:00', 'granted', 'legal', null,"
        " '2026-11-03 09:00:00')",
    )
    with house(tmp_path, registers={"demands": {"source": source}}) as sight:
        pairs = (("legal-disclosure", "legal-review-record"), ("told-of-disclosure", "disclosure-notice-log"))
        assert [shown(sight, *pair).status for pair in pairs] == ["attested", "kept"]
        run(url, "update asked set told = null, approver = null")
        assert [shown(sight, *pair).status for pair in pairs] == ["broken", "broken"]


SALE = transfer.Deal(
    case="T-1", successor="New Owner Ltd", kind="sale", on=date(2027, 3, 1), scope=("email-address",)
)


def test_transfer_with_undertaking(sight: Sight) -> None:
    """With an undertaking everybody goes over, in a manifest that was fixed before; without its paper the record breaks."""
    transfer.begin(sight.project, sight.policy, replace(SALE, undertaking="ab" * 32), actor="legal")
    people = [member("ada@x.example"), member("bo@x.example")]
    found = transfer.move(sight.project, sight.guard, "T-1", people, target=Target(path=sight.folder / "all"))
    assert found.word == "done", found.refused
    for check, status in (
        ("transfer-manifest", "kept"),
        ("undertaking-record", "attested"),
        ("sharing-ledger", "kept"),
    ):
        ended = shown(replace(sight), "business-transfer", check)
        assert ended.status == status, ended.why


def test_transfer_without_undertaking(sight: Sight) -> None:
    """Without an undertaking whoever has not consented is left out."""
    transfer.begin(sight.project, sight.policy, SALE, actor="legal")
    bo = sight.project.pseudonym(member("bo@x.example"))
    yes = Entry(
        time=utc(NOW), kind="consent", actor="web", action="give", subject=bo, outcome="given",
        detail={"purpose": "business-transfer"},
    )  # fmt: skip
    sight.project.ledger.append([yes])
    people = [member("ada@x.example"), member("bo@x.example")]
    found = transfer.move(
        sight.project, sight.guard, "T-1", people, target=Target(path=sight.folder / "some"), told=True
    )
    assert [one.subject for one in found.people] == [bo]
    assert len(found.refused) == 1
    assert shown(replace(sight), "business-transfer", "undertaking-record").status == "attested"
    assert shown(replace(sight), "business-transfer", "notice-before-effective").status == "kept"


def test_new_owner_is_no_stranger(sight: Sight) -> None:
    """What goes over with the business went to somebody registered, by the register of transfers."""
    transfer.begin(sight.project, sight.policy, replace(SALE, undertaking="ab" * 32), actor="legal")
    target = Target(path=sight.folder / "some")
    found = transfer.move(sight.project, sight.guard, "T-1", [member("ada@x.example")], target=target)
    assert found.word == "done"
    assert shown(replace(sight), "registered-recipients", "recipient-register-complete").status == "kept"


def test_bad_transfers(sight: Sight) -> None:
    """A transfer to nobody, without a name or in the past is refused; for a file that is there no manifest is written."""
    for bad in (replace(SALE, case=""), replace(SALE, successor=" "), replace(SALE, on=date(2020, 1, 1))):
        with pytest.raises(TrothError):
            transfer.begin(sight.project, sight.policy, bad, actor="legal")
    assert not any(one.action == "transfer-of-business" for one in sight.project.ledger.read())
    transfer.begin(sight.project, sight.policy, SALE, actor="legal")
    (sight.folder / "some").write_text("here")
    with pytest.raises(NotShared, match="already"):
        transfer.move(
            sight.project,
            sight.guard,
            "T-1",
            [member("ada@x.example")],
            target=Target(path=sight.folder / "some"),
        )
    assert not any(one.kind == "plan" for one in sight.project.ledger.read())


def test_transfer_beside_the_manifest(sight: Sight) -> None:
    """A transfer that stands in no manifest breaks the promise."""
    stray = Entry(
        time=utc(NOW),
        kind="disclosed",
        actor="x",
        action="transfer",
        subject="ab" * 33,
        outcome="done",
        detail={"case": "T-1"},
    )
    sight.project.ledger.append([stray])
    assert shown(sight, "business-transfer", "transfer-manifest").status == "broken"
