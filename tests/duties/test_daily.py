"""What is due every day: the sweep, the reminders and the look at sign-ins, planned, done once, and not again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.duties.sighting import hkcloud, sighted
from tests.duties.test_proofs_stores import MAP, at, ends
from tests.duties.test_proofs_stores import url as url  # noqa: PLC0414 - the engines that stores are tested on
from tests.enforcement.scene import NOW, by, run
from troth.duties import daily, reminders, retention
from troth.duties.agenda import Item, differences
from troth.duties.desk import Desk
from troth.duties.letters import Letter
from troth.duties.post import Outbox, PostRefused, Sent
from troth.duties.proofs.sight import Sight
from troth.duties.requestfile import RequestFiles
from troth.duties.workdays import place
from troth.enforcement.choices import restrict
from troth.model.outcome import Identity
from troth.model.plan import Citation

DOMAINS = """
[[table]]
store = "main"
name = "domain"
role = "owned"
key = ["id"]
harmless = ["id"]
paths = [{ path = "domain.member_id -> member.id" }]
facts = { domain-status = "state: live = active; * = expired" }
events = { domain-expiry = "ends_at", account-closed = "member.closed_at" }
[table.columns]
member_id = { category = "ident.id", terms = ["account-number"] }
title = { category = "dns", terms = ["domain-registration"] }
state = { category = "dns", terms = ["domain-registration"] }
ends_at = { category = "dns", terms = ["domain-registration"] }

[[table]]
store = "main"
name = "told"
role = "owned"
key = ["id"]
harmless = ["id", "domain_id"]
paths = [{ path = "told.domain_id -> domain.id ; domain.member_id -> member.id" }]
[table.columns]
sent_at = { category = "dns", terms = ["domain-operation"] }
"""
DAY = timedelta(days=1)


@pytest.fixture
def sight(url: str, tmp_path: Path) -> Iterator[Sight]:
    """A store with members and one domain for each stage of its last weeks."""
    stages = {1: -60.0, 2: -20.0, 3: -5.0, 4: 2.0, 5: 40.0, 6: 2.0}
    run(
        url,
        """create table domain (id int primary key, member_id int references member(id), title varchar(60),
        state varchar(9), ends_at timestamp null)""",
        "create table told (id int primary key, domain_id int, sent_at timestamp null)",
        *(
            f"insert into domain values ({n}, {n}, 'd{n}.example', '{_state(n, days)}', '{at(days)}')"
            for n, days in stages.items()
        ),
    )
    with sighted(tmp_path, {"main": url}, MAP + DOMAINS) as one:
        yield one


def _state(number: int, days: float) -> str:
    """What the store says of a domain: one whose day is past is gone, but for one that still counts as live."""
    return "live" if days < 0 or number == 6 else "gone"


def test_which_reminders(sight: Sight) -> None:
    """Thirty days before, seven days before and after the day each has its own reminder; a renewed or long past one has none."""
    found = reminders.look(sight.project, hkcloud())
    rules = {one.key[0]: one.rule.id for one in found.waiting}
    assert found.rows == 6
    assert rules == {
        2: "domain-reminder/1",
        3: "domain-reminder/2",
        4: "domain-reminder/3",
        6: "domain-reminder/2",
    }


def test_rows_of_nobody(sight: Sight, url: str) -> None:
    """A row that an erasure left without its person is due for no reminder for ever, and is counted."""
    run(url, "update domain set member_id = null where id = 3")
    found = reminders.look(sight.project, hkcloud())
    assert ({one.key[0] for one in found.waiting}, found.nobody) == ({2, 4, 6}, 1)
    figures = ends(sight, "domain-reminder", "domain-reminder-log").figures
    assert {one.name: one.value for one in figures}["rows whose reminder is due and that lead to nobody"] == 1


def test_sent_once(sight: Sight, tmp_path: Path, url: str) -> None:
    """Each reminder is one letter with its deed, is not sent again, and is due again for a new day."""
    box = Outbox(tmp_path / "outbox", "a@house.example")
    waiting = reminders.look(sight.project, hkcloud()).waiting
    assert ends(sight, "domain-reminder", "domain-reminder-log").status == "broken"
    assert reminders.send(sight.project, hkcloud(), box, waiting) == (4, {})
    assert len(list(box.folder.glob("*.eml"))) == 4
    assert reminders.look(sight.project, hkcloud()).waiting == ()
    kept = ends(sight, "domain-reminder", "domain-reminder-log")
    assert (kept.status, kept.figures[1].value) == ("kept", 4)
    assert "example" not in str(list(sight.project.ledger.read()))
    run(url, f"update domain set ends_at = '{at(-6)}' where id = 3")
    (again,) = reminders.look(sight.project, hkcloud()).waiting
    assert again.key == (3,)


def test_both_languages(sight: Sight) -> None:
    """The letter names the domain and the day, before and after it, in English and Chinese."""
    found = {one.key[0]: one for one in reminders.look(sight.project, hkcloud()).waiting}
    before = reminders.letter(hkcloud(), found[3], "en", NOW)
    after = reminders.letter(hkcloud(), found[4], "zh", NOW)
    assert before.subject == "d3.example expires on 27 November 2026"
    assert "in 5 days" in before.body
    assert after.subject == "d4.example已于2026年11月20日到期"


class Closed:
    """A post that takes nothing."""

    def send(self, to: Identity, letter: Letter, *, at: object, name: str) -> Sent:
        """Refuse."""
        raise PostRefused("no", hint=f"{bool(to)}{bool(letter)}{bool(at)}{bool(name)}")


def test_not_sent(sight: Sight, tmp_path: Path) -> None:
    """A letter that does not leave stays due, and a restricted person is not written to; both are counted by reason."""
    waiting = reminders.look(sight.project, hkcloud()).waiting
    assert reminders.send(sight.project, hkcloud(), Closed(), waiting) == (0, {"the letter did not leave": 4})
    assert len(reminders.look(sight.project, hkcloud()).waiting) == 4
    cited = Citation("held-for-its-reason", ("hkc-080",), hkcloud().hash)
    restrict(sight.project, by(email="m2@x.example"), cited, reason="accuracy")
    box = Outbox(tmp_path / "outbox", "a@house.example")
    done = reminders.send(sight.project, hkcloud(), box, waiting, silent=retention.restricted(sight.project))
    assert done == (3, {"the data of the person is restricted": 1})


def test_older_system(sight: Sight, url: str) -> None:
    """What an older system has sent in its time counts, and what it sent long before does not."""
    run(url, f"insert into told values (1, 2, '{at(9)}'), (2, 3, '{at(90)}')")
    register = {
        "reminders": [{"table": "main.told", "row": "domain_id", "sent": "sent_at", "of": "main.domain"}]
    }
    keys = {one.key[0] for one in reminders.look(sight.project, hkcloud(), register).waiting}
    assert keys == {3, 4, 6}


def desk(sight: Sight, folder: Path, days: float = 0) -> Desk:
    """A desk over what is looked at, some days later."""
    project = replace(sight.project, clock=lambda: NOW + days * DAY)
    return Desk(
        project=project, policy=hkcloud(), files=RequestFiles(project.ledger, project.ring), places=(place("HK"),),
        post=Outbox(folder / "outbox", "a@house.example"), answers=folder / "answers",
    )  # fmt: skip


def test_rounds(sight: Sight, tmp_path: Path, url: str) -> None:
    """Periods that are over and reminders are planned with their rows and sentences, done, and not due again that day."""
    run(url, *(f"insert into advice values ({n}, 1, 'x', '{at(900)}')" for n in (50, 51)))
    here = desk(sight, tmp_path)
    first = {one.what: one for one in daily.works(here)}
    assert ("main.advice", "anonymise", 2) in first["sweep"].steps or ("main.advice", "erase", 2) in first[
        "sweep"
    ].steps
    assert "hkc-058" in first["sweep"].sentences
    assert first["remind"].steps == (("main.domain", "remind", 4),)
    done = {name: daily.do(here, name) for name in first}
    assert {one.word for one in done.values()} == {"done"}, done
    assert done["sweep"].counts["main.advice"]
    assert done["remind"].counts == {"reminders": {"sent": 4}}
    assert list(daily.works(here)) == []
    (look,) = [one for one in daily.works(desk(sight, tmp_path, 0.9)) if one.what == "sweep"]
    assert look.steps == ()


def test_gaps(sight: Sight, tmp_path: Path) -> None:
    """What the policy asks for and no column shows is named."""
    table = sight.project.map.table("main", "member")
    tables = tuple(replace(one, events={}) if one == table else one for one in sight.project.map.tables)
    blind = replace(sight, project=replace(sight.project, map=replace(sight.project.map, tables=tables)))
    assert any("no column shows when account-closed was" in one for one in daily.gaps(desk(blind, tmp_path)))


def test_plans_compare() -> None:
    """A plan whose sweep would touch other rows is told apart, and a look at sign-ins makes no difference."""
    one = Item("sweep", why="periods that are over", steps=(("main.a", "erase", 3),))
    other = replace(one, steps=(("main.a", "erase", 5),))
    assert differences([one], [other]) == ["sweep: erase 5 rows of main.a, planned were 3"]
    assert differences([one], [one, Item("watch", why="x")]) == []
    told = ["sweep: erase 3 rows of main.a, and they are not those that were planned"]
    assert differences([replace(one, imprints=("1f",))], [replace(one, imprints=("2f",))]) == told
    assert differences([replace(one, imprints=("1f",))], [replace(one, imprints=("1f",))]) == []


def test_which_rows(sight: Sight, tmp_path: Path, url: str) -> None:
    """A plan that is exact tells as many other rows, or other letters, apart, and is else the plan that it was."""
    run(url, *(f"insert into advice values ({n}, 1, 'x', '{at(900)}')" for n in (50, 51)))
    here = desk(sight, tmp_path)
    first = {one.what: one for one in daily.works(here, exact=True)}
    assert [replace(one, imprints=()) for one in first.values()] == list(daily.works(here))
    assert all(len(one.imprints) == len(one.steps) for one in first.values())
    assert [one.imprints for one in daily.works(here, exact=True)] == [one.imprints for one in first.values()]
    run(
        url,
        "delete from advice where id = 51",
        f"insert into advice values (52, 1, 'x', '{at(900)}')",
        f"update domain set ends_at = '{at(-6)}' where id = 3",
    )
    then = {one.what: one for one in daily.works(here, exact=True)}
    assert [one.steps for one in then.values()] == [one.steps for one in first.values()]
    changed = {
        place
        for (place, _, _), one, other in zip(
            first["sweep"].steps, first["sweep"].imprints, then["sweep"].imprints, strict=True
        )
        if one != other
    }
    assert changed == {"main.advice"}
    assert then["remind"].imprints != first["remind"].imprints


def test_contacts_are_tried_once_a_day(sight: Sight, tmp_path: Path) -> None:
    """Where the project has a register of contacts they are tried, and not again on the same day."""
    (tmp_path / "registers").mkdir()
    said = '[[contact]]\nvalue = "4008889543"\ninternational = "+86 400 888 9543"\nreached = 2026-11-20\n'
    (tmp_path / "registers" / "contacts.toml").write_text(said, "utf-8")
    here = desk(sight, tmp_path)
    assert "probe" in {one.what for one in daily.works(here, tmp_path)}
    done = daily.do(here, "probe", tmp_path)
    assert (done.word, done.counts) == ("done", {"contacts": {"reached": 1}})
    assert "probe" not in {one.what for one in daily.works(here, tmp_path)}
    assert "probe" in {one.what for one in daily.works(desk(sight, tmp_path, 1.1), tmp_path)}
