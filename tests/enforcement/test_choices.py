"""Restrict, release, object, withdraw: what the ledger says afterwards, and what stands in the stores."""

from __future__ import annotations

import shutil
import signal
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from tests.enforcement import scene
from tests.enforcement.scene import CITED, NOW, by, table
from tests.enforcement.test_kill import in_child, killer
from troth.datamap.mapfile import read_map
from troth.enforcement.agree import say
from troth.enforcement.choices import object_to, release, restrict, resume, withdraw
from troth.enforcement.project import Project
from troth.enforcement.rectify import Correction, rectify
from troth.enforcement.switches import switches
from troth.evidence.pseudonym import pseudonyms
from troth.evidence.restriction import Use, restricted
from troth.evidence.state import consent_of
from troth.model.entry import Entry, utc
from troth.model.errors import NotFound, TrothError
from troth.model.outcome import Identity, Person
from troth.model.schema import Schema
from troth.model.vocabulary import load

PEOPLE = """
create table customers (id integer not null primary key, email varchar(60), phone varchar(20), is_restricted integer,
  newsletter boolean, do_not_contact integer, asked_out timestamp null, mood varchar(10));
create table orders (id integer not null primary key, customer_id integer, second_id integer, locked integer,
  notices integer);
insert into customers values (1, 'ada@example.org', '+852 2123 4567', 0, true, 0, null, 'yes'),
  (2, 'bob@example.org', null, 0, true, 0, null, 'yes');
insert into orders values (1, 1, null, 0, 1), (2, 2, null, 0, 1), (3, 1, 2, 0, 1), (4, 1, 1, null, 1)
"""
MARKS = {
    "restricted": "is_restricted", "direct-marketing": "newsletter", "direct-marketing@phone": "not do_not_contact",
    "newsletter": "not asked_out", "survey-research": "mood = yes | no",
}  # fmt: skip
PATHS = ["orders.customer_id => customers.id", "orders.second_id => customers.id"]
MAP = table("main.customers", "subject", email="contact.email", phone="contact.phone", marks=MARKS) + table(
    "main.orders", "owned", paths=PATHS, marks={"restricted": "locked", "service-notice": "notices"}
)
ADA, BOB, NOBODY = by(email="ada@example.org"), by(email="Bob@Example.org"), by(email="nobody@example.org")


def customers(url: str) -> list[tuple[object, ...]]:
    """The marks of the customers: restricted, newsletter, do not contact, opted out at, surveys."""
    return [
        (int(row[3]), int(row[4]), int(row[5]), str(row[6])[:10], row[7])
        for row in scene.rows(url, "customers")
    ]


def stopped(project: Project, person: Person | Identity, purpose: str, *wider: str) -> str:
    """The reason that stops a purpose for somebody now; empty where nothing does."""
    one = person if isinstance(person, Identity) else person.identities[0]
    found = restricted(
        project.ledger, pseudonyms(project.ring.pseudonym, one.kind, one.value), Use(purpose, wider), NOW
    )
    return found.reason if found else ""


def test_restrict_and_release(url: str, tmp_path: Path) -> None:
    """A restriction counts at once under every name of the person, and in the application; a release ends both."""
    scene.run(url, PEOPLE)
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        outcome = restrict(project, ADA, CITED, reason="accuracy", allowed=["dispute"])
        assert outcome.word == "partly"
        assert [one.place for one in outcome.reasons] == ["main.orders.locked"]
        assert outcome.counts == {
            "main.customers.is_restricted": {"marked": 1},
            "main.orders.locked": {"marked": 2},
        }
        names = (ADA, by(phone="00852 21234567"), by(id="1"))
        assert [stopped(project, one, "billing") for one in names] == ["accuracy"] * 3
        assert stopped(project, ADA, "dispute-management") == ""
        assert stopped(project, BOB, "billing") == ""
        assert [row[0] for row in customers(url)] == [1, 0]
        assert [row[3] for row in scene.rows(url, "orders")] == [1, 0, 0, 1]
        assert release(project, by(id="1"), CITED).counts["main.customers.is_restricted"] == {"marked": 1}
        assert [stopped(project, one, "billing") for one in names] == [""] * 3
        assert [row[0] for row in customers(url)] == [0, 0]
        assert release(project, ADA, CITED).word == "nothing found"
        assert project.journal.jobs() == []


def test_two_reasons(url: str, tmp_path: Path) -> None:
    """The application's mark goes only when nothing restricts the person any more."""
    scene.run(url, PEOPLE)
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        restrict(project, BOB, CITED, reason="accuracy")
        restrict(project, BOB, CITED, reason="claim", until=NOW + timedelta(days=1))
        release(project, BOB, CITED, reason="accuracy")
        assert stopped(project, BOB, "billing") == "claim"
        assert customers(url)[1][0] == 1
        release(project, BOB, CITED, reason="claim")
        assert customers(url)[1][0] == 0


def test_object(url: str, tmp_path: Path) -> None:
    """An objection to marketing stops it and what is below it, silences each address, and spares service notices."""
    scene.run(url, PEOPLE)
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        outcome = object_to(project, ADA, "direct-marketing", CITED)
        assert outcome.word == "done"
        assert customers(url) == [(0, 0, 1, "2026-11-22", "yes"), (0, 1, 0, "None", "yes")]
        assert [row[4] for row in scene.rows(url, "orders")] == [1, 1, 1, 1]
        for one in (ADA, Identity("phone", "+85221234567"), Identity("id", "1")):
            assert stopped(project, one, "newsletter", "direct-marketing", "marketing") == "objection"
        assert stopped(project, ADA, "service-notice", "service") == ""
        assert stopped(project, BOB, "direct-marketing") == ""
        told = [(one.kind, one.action) for one in project.ledger.read()]
        assert told == [
            ("restricted", "object"),
            ("restricted", "suppress"),
            ("restricted", "suppress"),
            ("step", "object"),
        ]
        assert release(project, ADA, CITED).word == "nothing found"
        assert release(project, ADA, CITED, reason="objection").word == "done"
        assert stopped(project, ADA, "direct-marketing") == ""
        assert customers(url)[0][1] == 0


def test_yes_after_objection(url: str, tmp_path: Path) -> None:
    """A later yes to the very purpose ends an objection, under every name and with an entry that says why; nothing else does."""
    scene.run(url, PEOPLE)
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        object_to(project, ADA, "direct-marketing", CITED)
        object_to(project, BOB, "direct-marketing", CITED)
        narrower = say(project, ADA, "give", "newsletter", CITED)
        assert narrower.word == "partly"
        assert "an objection to `direct-marketing` stands" in narrower.reasons[0].why
        one_channel = say(project, ADA, "give", "direct-marketing", CITED, scope="email")
        assert one_channel.word == "partly"
        say(project, ADA, "refuse", "direct-marketing", CITED)
        assert stopped(project, ADA, "direct-marketing", "marketing") == "objection"
        assert customers(url)[0][1] == 0
        assert say(project, ADA, "give", "direct-marketing", CITED).word == "done"
        for one in (ADA, Identity("phone", "+85221234567"), Identity("id", "1")):
            assert stopped(project, one, "direct-marketing", "marketing") == ""
        assert stopped(project, BOB, "direct-marketing") == "objection"
        told = [one for one in project.ledger.read() if one.kind == "released"]
        assert [(one.detail["purpose"], one.detail["by"]) for one in told] == [
            ("direct-marketing", "consent")
        ]
        object_to(project, ADA, "direct-marketing", CITED)
        assert stopped(project, ADA, "direct-marketing") == "objection"


def test_withdraw(url: str, tmp_path: Path) -> None:
    """A consent is taken back under every name it was given under; other purposes and other people keep theirs."""
    scene.run(url, PEOPLE)
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        keys = project.ring.pseudonym
        names = {
            one: pseudonyms(keys, *one)[0] for one in (("id", "1"), ("email", "ada@example.org"), ("id", "2"))
        }

        def given(name: tuple[str, str], purpose: str) -> Entry:
            return Entry(
                time=utc(NOW), kind="consent", actor="site", action="give", subject=names[name],
                detail={"purpose": purpose},
            )  # fmt: skip

        project.ledger.append(
            [
                given(("id", "1"), "newsletter"),
                given(("id", "1"), "analytics"),
                given(("id", "2"), "newsletter"),
            ]
        )
        assert withdraw(project, ADA, "direct-marketing", CITED).word == "done"

        def status(name: tuple[str, str], purpose: str) -> str:
            found = consent_of(project.ledger, [names[name]], purpose)
            return found.status if found else ""

        assert status(("id", "1"), "newsletter") == "withdrawn"
        assert status(("email", "ada@example.org"), "direct-marketing") == "withdrawn"
        assert status(("id", "1"), "analytics") == "given"
        assert status(("id", "2"), "newsletter") == "given"
    assert [row[1] for row in customers(url)] == [0, 1]


def test_withdraw_one_channel(url: str, tmp_path: Path) -> None:
    """Taking back one channel sets the mark of that channel and no other."""
    scene.run(url, PEOPLE)
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        assert withdraw(project, ADA, "direct-marketing", CITED, scope="phone").word == "done"
        found = consent_of(project.ledger, [project.pseudonym(ADA)], "direct-marketing", "phone")
        assert found is not None
        assert (found.status, found.scope) == ("withdrawn", "phone")
    assert customers(url)[0] == (0, 1, 1, "None", "yes")


def test_only_a_broader_switch(url: str, tmp_path: Path) -> None:
    """Where no column is about the purpose itself, a no switches off the broader one that carries it, and a yes none."""
    scene.run(url, PEOPLE)
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        assert say(project, ADA, "refuse", "survey-research", CITED).word == "done"
        assert customers(url)[0] == (0, 1, 0, "None", "no")
        outcome = withdraw(project, ADA, "marketing-own", CITED)
        assert (outcome.word, outcome.counts) == (
            "done",
            {f"main.customers.{name}": {"marked": 1} for name in ("do_not_contact", "newsletter")},
        )
        assert customers(url) == [(0, 0, 1, "None", "no"), (0, 1, 0, "None", "yes")]
        assert say(project, ADA, "give", "marketing-own", CITED).word == "done"
        assert customers(url)[0] == (0, 0, 1, "None", "no")
        assert withdraw(project, BOB, "newsletter", CITED).word == "done"
    assert customers(url)[1] == (0, 1, 0, NOW.isoformat()[:10], "yes")


def test_yes_that_leaves_a_narrower_no(url: str, tmp_path: Path) -> None:
    """A yes to the whole purpose names the no to a channel or list that stands, leaves its marks off, and says what ends it."""
    scene.run(url, PEOPLE)
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        withdraw(project, ADA, "direct-marketing", CITED, scope="phone")
        withdraw(project, ADA, "newsletter", CITED)
        say(project, ADA, "refuse", "direct-marketing", CITED)
        asked = customers(url)[0]
        whole = say(project, by(id="1"), "give", "direct-marketing", CITED)
        assert whole.word == "partly"
        assert [one.why for one in whole.reasons] == [
            "a no to `direct-marketing` for `phone` stands: it ends with a yes to `direct-marketing` for `phone`",
            "a no to `newsletter` stands: it ends with a yes to `newsletter`",
        ]
        assert customers(url)[0] == (0, 1, *asked[2:])
        assert say(project, ADA, "give", "direct-marketing", CITED, scope="phone").word == "partly"
        assert customers(url)[0] == (0, 1, 0, *asked[3:])
        assert say(project, ADA, "give", "newsletter", CITED).word == "done"
        assert say(project, ADA, "give", "direct-marketing", CITED).word == "done"
        object_to(project, ADA, "newsletter", CITED)
        again = say(project, ADA, "give", "direct-marketing", CITED)
        assert [one.why[:36] for one in again.reasons] == ["an objection to `newsletter` stands:"]
        assert customers(url)[0] == (0, 1, 0, NOW.isoformat()[:10], "yes")
        assert say(project, BOB, "give", "direct-marketing", CITED).word == "done"


def test_switches_of_each_store() -> None:
    """A store with a column for the purpose keeps its broader one on; another that has only the broader loses it."""
    own = table("shop.customers", "subject", email="contact.email", marks=MARKS)
    only = table(
        "crm.people", "subject", mail="contact.email", marks={"marketing": "wanted", "marketing@sms": "texts"}
    )
    one = read_map("version = 1\n" + own + only)
    words = load()
    assert switches(one, words, "newsletter", "", on=False) == {
        ("shop", "newsletter"): False, ("crm", "marketing"): False, ("crm", "marketing@sms"): False,
    }  # fmt: skip
    assert switches(one, words, "newsletter", "sms", on=False) == {
        ("shop", "newsletter"): False, ("crm", "marketing@sms"): False,
    }  # fmt: skip
    assert switches(one, words, "newsletter", "", on=True) == {("shop", "newsletter"): True}


def test_nobody(url: str, tmp_path: Path) -> None:
    """An unknown person is nothing found, restricts nobody, and leaves the stores as they were."""
    scene.run(url, PEOPLE)
    before = scene.state({"main": url})
    unborn = by(id="99")
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        words = [
            restrict(project, NOBODY, CITED, reason="accuracy").word,
            release(project, NOBODY, CITED).word,
            object_to(project, unborn, "direct-marketing", CITED).word,
            withdraw(project, unborn, "direct-marketing", CITED).word,
        ]
        assert words == ["nothing found"] * 4
        assert [one.outcome for one in project.ledger.read()] == ["nothing found"] * 4
        assert stopped(project, NOBODY, "direct-marketing") == ""
        assert stopped(project, unborn, "direct-marketing") == ""
    assert scene.state({"main": url}) == before


def test_bad_words(url: str, tmp_path: Path) -> None:
    """A purpose that nobody knows, and a reason that looks like personal data, are refused before anything happens."""
    scene.run(url, PEOPLE)
    before = scene.state({"main": url})
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        with pytest.raises(NotFound):
            object_to(project, ADA, "world domination", CITED)
        with pytest.raises(NotFound):
            restrict(project, ADA, CITED, reason="accuracy", allowed=["world domination"])
        with pytest.raises(TrothError, match="looks like an e-mail address"):
            restrict(project, ADA, CITED, reason="as ada@example.org asked")
        assert project.ledger.size() == 0
        assert project.journal.jobs() == []
    assert scene.state({"main": url}) == before


def test_mark_that_can_not_be_set(url: str, tmp_path: Path) -> None:
    """A mark whose column is missing or takes unknown words is named; the choice counts all the same."""
    scene.run(url, PEOPLE)
    wrong = {"restricted": "gone", "direct-marketing": "mood"}
    one = table("main.customers", "subject", email="contact.email", marks=wrong)
    with scene.project(tmp_path, {"main": url}, one) as project:
        outcomes = [
            restrict(project, ADA, CITED, reason="x"),
            object_to(project, ADA, "direct-marketing", CITED),
        ]
        assert [one.word for one in outcomes] == ["partly", "partly"]
        assert "is not in the database" in outcomes[0].reasons[0].why
        assert "does not say which words" in outcomes[1].reasons[0].why
        assert stopped(project, ADA, "direct-marketing") in {"x", "objection"}


def test_address_without_an_account(url: str, tmp_path: Path) -> None:
    """Who is only an address in a list can object too."""
    scene.run(
        url,
        PEOPLE,
        "create table subscribers (id integer not null primary key, mail varchar(60), active integer)",
        "insert into subscribers values (1, 'eve@example.org', 1), (2, 'bob@example.org', 1)",
    )
    more = MAP + table(
        "main.subscribers", "owned", paths=["subscribers.mail ~> customers.email"], mail="contact.email",
        marks={"newsletter": "active"},
    )  # fmt: skip
    with scene.project(tmp_path, {"main": url}, more) as project:
        assert object_to(project, by(email="Eve@example.org"), "direct-marketing", CITED).word == "done"
    assert [row[2] for row in scene.rows(url, "subscribers")] == [0, 1]


def test_new_address_stays_restricted(url: str, tmp_path: Path) -> None:
    """An objection goes on under an address that is corrected later; the old address stays silent for good."""
    scene.run(url, PEOPLE)
    new = by(email="countess@example.com")
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        restrict(project, BOB, CITED, reason="accuracy")
        object_to(project, ADA, "direct-marketing", CITED)
        assert (
            rectify(project, ADA, [Correction("email", "countess@example.com")], CITED).outcome.word == "done"
        )
        assert stopped(project, new, "newsletter", "direct-marketing") == "objection"
        assert stopped(project, ADA, "direct-marketing") == "objection"
        assert stopped(project, new, "billing") == ""
        assert stopped(project, BOB, "billing") == "accuracy"
        assert release(project, new, CITED, reason="objection").word == "done"
        names = (new, Identity("id", "1"), ADA)
        assert [stopped(project, one, "direct-marketing") for one in names] == ["", "", "objection"]


def test_two_stores(url: str, other_url: str, tmp_path: Path) -> None:
    """The marks of every store follow in the same run."""
    scene.run(url, PEOPLE)
    scene.run(other_url, "create table lists (id integer primary key, mail varchar(60), subscribed integer)")
    scene.run(other_url, "insert into lists values (1, 'ADA@example.org', 1), (2, 'bob@example.org', 1)")
    more = MAP + table(
        "logs.lists", "owned", paths=["lists.mail ~> ext:main.customers.email"], mail="contact.email",
        marks={"newsletter": "subscribed"},
    )  # fmt: skip
    with scene.project(tmp_path, {"main": url, "logs": other_url}, more) as project:
        assert object_to(project, ADA, "marketing", CITED).word == "done"
    assert [row[2] for row in scene.rows(other_url, "lists")] == [0, 1]
    assert customers(url)[0] == (0, 0, 1, "2026-11-22", "no")


def test_kill(tmp_path: Path) -> None:
    """Killed before or after any write, an objection is finished by a resume, with each entry once."""
    made, logs = tmp_path / "made.db", tmp_path / "logs.db"
    for path in (made, logs):
        path.touch()
    scene.run(f"sqlite:///{made}", PEOPLE)
    scene.run(
        f"sqlite:///{logs}",
        "create table lists (id integer primary key, mail varchar(60), subscribed integer)",
    )
    scene.run(
        f"sqlite:///{logs}", "insert into lists values (1, 'ADA@example.org', 1), (2, 'bob@example.org', 1)"
    )
    more = MAP + table(
        "logs.lists", "owned", paths=["lists.mail ~> ext:main.customers.email"], mail="contact.email",
        marks={"newsletter": "subscribed"},
    )  # fmt: skip

    def fresh(place: Path) -> dict[str, str]:
        place.mkdir()
        shutil.copy(made, place / "main.db")
        shutil.copy(logs, place / "logs.db")
        return {name: f"sqlite:///{place / name}.db" for name in ("main", "logs")}

    def run(place: Path, urls: dict[str, str], schemas: dict[str, Schema], at: int) -> None:
        with scene.project(place, urls, more, schemas=schemas, watch=killer(at)) as project:
            object_to(project, ADA, "direct-marketing", CITED)

    urls = fresh(tmp_path / "clean")
    schemas, events = scene.described(urls), list[str]()
    with scene.project(tmp_path / "clean", urls, more, schemas=schemas, watch=events.append) as project:
        object_to(project, ADA, "direct-marketing", CITED)
        told = [(one.kind, one.action, one.outcome) for one in project.ledger.read()]
    end = scene.state(urls, schemas)
    for at, event in enumerate(events):
        place = tmp_path / f"kill{at}"
        urls = fresh(place)
        assert in_child(partial(run, place, urls, schemas, at)) == signal.SIGKILL
        with scene.project(place, urls, more, schemas=schemas) as project:
            if not resume(project) and not project.ledger.size():
                object_to(project, ADA, "direct-marketing", CITED)
            assert [(one.kind, one.action, one.outcome) for one in project.ledger.read()] == told, event
            assert project.journal.jobs() == []
        assert scene.state(urls, schemas) == end, event
    assert len(events) > 15
