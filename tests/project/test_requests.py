"""What people ask for, from the command line, on every kind of store and on two at once."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, datetime, timedelta

import pytest

from tests.enforcement import scene
from tests.project.shop import Shop
from troth.app.project import open_project, open_state
from troth.duties.carry import carry
from troth.duties.repeats import CODES_A_DAY
from troth.model.errors import TrothError
from troth.settings import load


def test_access(shop: Shop) -> None:
    """A copy holds the rows of the person from every store, and nobody else's."""
    before = shop.everything()
    told = shop.json("request", "access", "-s", "email= ADA@example.ORG", "--verified", "session")
    assert (told["state"], told["outcome"]["outcome"]) == ("done", "done")
    with zipfile.ZipFile(told["bundle"]) as bundle:
        text = b"".join(bundle.read(name) for name in bundle.namelist()).decode(errors="replace")
        assert bundle.testzip() is None
    assert "Ada Lovelace" in text
    assert "it does not work" in text
    assert "Bob Hope" not in text
    assert "thank you" not in text
    assert shop.everything() == before


def test_erasure_waits_and_is_kept(shop: Shop) -> None:
    """An erasure waits for its time to be taken back, is planned with its rows, and then leaves nothing."""
    told = shop.json("request", "erase", "-s", "email=ada@example.org", "--verified", "session")
    assert told["state"] == "waiting"
    assert shop.json("plan")["items"] == []
    later = shop.json("plan", "--at", "2100-01-01T00:00:00Z")["items"]
    erasure = next(one for one in later if one["what"] == "carry out")
    assert {(one["place"], one["action"], one["rows"]) for one in erasure["steps"]} >= {
        ("shop.orders", "delete", 2),
        ("shop.customers", "delete", 1),
    }
    assert erasure["sentences"] == ["s2"]
    assert [row[0] for row in shop.rows("customers")] == [1, 2, 3]


def test_erasure_at_once(shop: Shop) -> None:
    """An erasure that need not wait takes the person's rows from every store and leaves all others."""
    told = shop.json(
        "request",
        "erase",
        "-s",
        "email=ada@example.org",
        "--verified",
        "document",
        "--no-undo",
        "account closed",
    )
    assert (told["state"], told["outcome"]["outcome"]) == ("done", "done")
    assert [row[0] for row in shop.rows("customers")] == [2, 3]
    assert [row[0] for row in shop.rows("orders")] == [2]
    assert "ada" not in json.dumps(shop.everything(), default=str).lower()
    assert "thank you" in json.dumps(shop.everything(), default=str)
    again = shop.json("request", "access", "-s", "email=ada@example.org", "--verified", "document")
    assert again["state"] == "nothing found"
    assert shop.troth("verify").code == 0


def test_code_to_the_address_on_file(shop: Shop) -> None:
    """A request waits for the code in the letter to the address on file; a wrong one is counted and confirms nothing."""
    told = shop.json("request", "access", "-s", "email=ada@example.org")
    assert told["state"] == "identity asked"
    (letter,) = shop.letters()
    assert "Little Host" in letter[1]
    right = shop.code()
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    refused = shop.troth("request", "confirm", told["request"], wrong)
    assert (refused.code, "the code is wrong" in refused.err) == (2, True)
    assert shop.json("request", "show", told["request"])["state"] == "identity asked"
    done = shop.json("request", "confirm", told["request"], right)
    assert done["state"] == "done"
    spent = shop.troth("request", "confirm", told["request"], right)
    assert spent.code == 2


def test_unknown_person(shop: Shop) -> None:
    """Nobody is written to about somebody who is not on file, and an answer says that nothing was found."""
    told = shop.json("request", "access", "-s", "email=nobody@example.org")
    assert told["state"] == "received"
    assert shop.letters() == []
    done = shop.json("request", "confirm", told["request"], "--method", "document")
    assert done["state"] == "nothing found"
    assert done["bundle"] == ""


def test_repeat_is_joined(little: Shop) -> None:
    """The same request while the first one waits is joined to it; the first one answers both."""
    erase = ("request", "erase", "-s", "email=ada@example.org", "--verified", "session")
    first, second = little.json(*erase), little.json(*erase)
    assert (first["state"], second["state"]) == ("waiting", "joined")
    assert little.json("request", "show", second["request"])["joined"] == first["request"]


def test_repeat_by_another_name(little: Shop) -> None:
    """The same request by another name of the account is joined, one of another account with the same address is not."""
    scene.run(
        little.urls["shop"],
        "alter table customers add column login varchar(20)",
        "update customers set login = 'ada1' where id = 1",
    )
    assert little.troth("map", "propose", "--person", "shop.customers", "--force").code == 0
    first = little.json("request", "erase", "-s", "email=ada@example.org", "--verified", "session")
    second = little.json("request", "erase", "-s", "login=ada1", "--verified", "session")
    assert (first["state"], second["state"]) == ("waiting", "joined")
    scene.run(little.urls["shop"], "insert into customers values (9, 'ADA@Example.org', 'Adalbert', 'ada9')")
    third = little.json("request", "erase", "-s", "login=ada9", "--verified", "session")
    assert third["state"] == "waiting"


def test_codes_are_counted_by_person(little: Shop) -> None:
    """Who asks by another name of the same person each time gets no more codes than by one."""
    scene.run(
        little.urls["shop"],
        "alter table customers add column login varchar(20)",
        "update customers set login = 'ada1' where id = 1",
    )
    assert little.troth("map", "propose", "--person", "shop.customers", "--force").code == 0
    names = ["email=ada@example.org", "login=ada1", "customers.id=1"] * 2
    states = [little.json("request", "access", "-s", name)["state"] for name in names]
    assert states == ["identity asked"] * CODES_A_DAY + ["received"]


def test_taken_back(little: Shop) -> None:
    """An erasure that is taken back in time never happens."""
    before = little.everything()
    told = little.json("request", "erase", "-s", "email=ada@example.org", "--verified", "session")
    assert little.json("request", "cancel", told["request"])["state"] == "withdrawn"
    assert little.json("plan", "--at", "2100-01-01T00:00:00Z")["items"] == []
    assert little.everything() == before


def test_refusal_names_ground_and_remedy(little: Shop) -> None:
    """A refusal needs a ground and a reason, and the letter says both and where to complain."""
    told = little.json("request", "erase", "-s", "email=ada@example.org", "--verified", "session")
    bare = little.troth("request", "refuse", told["request"], "--ground", "law")
    assert bare.code == 2
    done = little.json(
        "request", "refuse", told["request"], "--ground", "law", "--why", "invoices are kept for seven years"
    )
    assert done["state"] == "refused"
    subject, text = little.letters()[-1]
    assert told["request"] in subject
    assert "invoices are kept for seven years" in text
    assert "Privacy Commissioner" in text


@pytest.mark.parametrize("right", ["access", "erase"])
def test_stuck_request_is_refused_by_a_person(
    little: Shop, right: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A request that an error which stays keeps at `running` is ended by a person who says why, and is not tried again."""

    def stays(*_given: object, **_named: object) -> None:
        raise TrothError("this stays")

    monkeypatch.setattr("troth.duties.carry.made", stays)
    monkeypatch.setattr("troth.duties.carry.erase_waiting", stays)
    more = ("--no-undo", "they are with us") if right == "erase" else ()
    asked = little.troth("request", right, "-s", "email=ada@example.org", "--verified", "session", *more)
    assert (asked.code, little.json("request", "show", "1")["state"]) == (2, "running")
    refuse = ("request", "refuse", "1", "--ground", "outside")
    assert "it was begun" in little.troth(*refuse).err
    why = ("--why", "the copy went to you by post")
    assert "not a job" in little.troth(*refuse, *why, "--as", "keep").err
    assert little.json("request", "show", "1")["state"] == "running"
    assert little.json(*refuse, *why)["state"] == "refused"
    assert "the copy went to you by post" in little.letters()[-1][1]
    assert little.json("plan")["items"] == []


def test_complaint_is_answered_by_a_person(little: Shop) -> None:
    """A complaint waits for somebody to answer it in words; the answer goes out as it was written."""
    text = little.folder / "complaint.txt"
    text.write_text("You lost my order.", "utf-8")
    told = little.json("request", "complain", "-s", "email=ada@example.org", "--text", text)
    assert told["state"] == "open"
    assert little.troth("request", "run", told["request"]).code == 2
    text.write_text("We are sorry.\n\nYour order is on its way.", "utf-8")
    assert little.json("request", "answer", told["request"], "--text", text)["state"] == "done"
    assert "Your order is on its way." in little.letters()[-1][1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("request", "access", "-s", "ada@example.org"), "--subject needs a name and a value"),
        (("request", "access", "-s", "shoe=12", "--verified", "session"), "shoe"),
        (("request", "access", "-s", "email=a@b.example", "--verified", "because"), "no way to confirm"),
        (("request", "erase", "-s", "email= "), "--subject needs a name and a value"),
        (("request", "show", "77"), "there is no request `77`"),
        (("request", "object", "-s", "email=a@b.example", "--purpose", ""), "for which purpose"),
        (("keep", "--every", "soon"), "is no length of time"),
        (("plan", "--at", "tomorrow"), "is no time with a zone"),
    ],
)
def test_refusals(little: Shop, words: tuple[str, ...], said: str) -> None:
    """What can not be understood is refused in one sentence, with what to do, and nothing is taken down."""
    outcome = little.troth(*words)
    assert outcome.code == 2
    assert said in outcome.err
    assert outcome.err.count("\n") == 2
    assert little.json("requests", "--all")["requests"] == []


def test_no_personal_data_in_the_ledger(little: Shop) -> None:
    """Neither the ledger nor what is kept of a request that ended names the person in clear."""
    little.json("request", "access", "-s", "email=cleo@example.org", "--verified", "session")
    little.json(
        "request", "erase", "-s", "email=cleo@example.org", "--verified", "session", "--no-undo", "test"
    )
    kept = b"".join(path.read_bytes() for path in sorted(little.folder.glob("state.db*")))
    assert b"cleo" not in kept.lower()
    assert b"Smith" not in kept


def test_correction_goes_everywhere(shop: Shop) -> None:
    """A new address stands in every store afterwards, and the person is found by it."""
    told = shop.json(
        "request",
        "rectify",
        "-s",
        "email=ada@example.org",
        "--set",
        "email=ada@new.example",
        "--verified",
        "session",
    )
    assert (told["state"], told["outcome"]["outcome"]) == ("done", "done")
    assert shop.rows("customers")[0][1] == "ada@new.example"
    assert shop.rows("tickets")[0][1] == "ada@new.example"
    assert (
        shop.json("request", "access", "-s", "email=ada@new.example", "--verified", "session")["state"]
        == "done"
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("email=not an address", "is not an e-mail address"),
        ("shoe=12", "shoe"),
        ("email=bob@example.org", ""),
    ],
)
def test_correction_that_does_not_fit(little: Shop, change: str, said: str) -> None:
    """A value that can not be, or that is somebody else's, changes nothing; the request says why or is not taken down."""
    before = little.everything()
    done = little.troth(
        "request",
        "rectify",
        "-s",
        "email=ada@example.org",
        "--set",
        change,
        "--verified",
        "session",
        "--json",
    )
    assert done.code in ({2} if said else {1})
    assert said in done.err
    assert little.everything() == before
    assert said or done.json["state"] == "partly"


def test_objection_stops_the_purpose(shop: Shop) -> None:
    """After an objection the guard refuses that purpose for this person and for nobody else."""
    ask = ("decide", "use", "email-address", "--for", "direct-marketing", "--fact", "opted-out=no")
    assert shop.troth(*ask, "-s", "email=ada@example.org").code == 0
    told = shop.json(
        "request",
        "object",
        "-s",
        "email=ada@example.org",
        "--purpose",
        "direct-marketing",
        "--verified",
        "session",
    )
    assert told["state"] == "done"
    assert shop.troth(*ask, "-s", "email=ADA@example.org").code == 1
    assert shop.troth(*ask, "-s", "email=bob@example.org").code == 0


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ("consnt=given", 'did you mean "consent"'),
        ("consent=maybe", "one of given, explicit"),
        ("minor=perhaps", "it is yes or no"),
        ("age=old", "it is a number"),
        ("place=hong-kng", 'did you mean "hong-kong"'),
    ],
)
def test_a_slip_in_a_fact_is_no_answer(shop: Shop, fact: str, said: str) -> None:
    """A fact that nobody knows, or that can not have that value, is named instead of counting as not known."""
    done = shop.troth("decide", "use", "name", "--for", "support", "--fact", fact)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_a_fact_is_said_once(shop: Shop) -> None:
    """Two values of one fact are no answer, whichever came last."""
    done = shop.troth("decide", "use", "name", "--for", "support", "--fact", "held=yes", "--fact", "held=no")
    assert (done.code, done.out) == (2, "")
    assert "`held` is said twice" in done.err


def test_restriction_stops_every_use(shop: Shop) -> None:
    """Restricted data is kept and not used for anything."""
    ask = ("decide", "use", "name", "--for", "account-management", "-s", "email=ada@example.org")
    assert shop.troth(*ask).code == 0
    told = shop.json(
        "request", "restrict", "-s", "email=ada@example.org", "--reason", "accuracy", "--verified", "session"
    )
    assert told["state"] == "done"
    assert shop.troth(*ask).code == 1


@pytest.mark.parametrize(
    "named", ["id=1", "customers.id=1", "shop.customers.id=1", "customers.email=Ada@example.org"]
)
def test_restriction_is_found_by_every_name(shop: Shop, named: str) -> None:
    """A decision knows a person by whatever a request knows them by; a name of nobody is no answer."""
    ask = ("decide", "use", "name", "--for", "account-management", "-s")
    assert shop.troth(*ask, named).code == 0
    restrict = ("request", "restrict", "-s", "email=ada@example.org", "--verified", "session")
    assert shop.json(*restrict)["state"] == "done"
    done = shop.troth(*ask, named)
    assert (done.code, "restricted" in done.out) == (1, True)
    for strange in ("emial=ada@example.org", "customers.name=Ada", "orders.id=1"):
        done = shop.troth(*ask, strange)
        assert (done.code, done.out) == (2, "")
        assert "nobody is known by" in done.err


def test_withdrawal_needs_no_proof_of_identity(shop: Shop) -> None:
    """A consent is taken back as easily as it is given: without a code."""
    told = shop.json("request", "withdraw", "-s", "email=bob@example.org", "--purpose", "direct-marketing")
    assert told["state"] in {"done", "nothing found"}
    refused = shop.troth("request", "withdraw", "-s", "email=bob@example.org", "--purpose", "flying")
    assert refused.code == 2


def test_objection_to_one_channel(little: Shop) -> None:
    """An objection that names a channel stops the purpose there, and goes on elsewhere."""
    asked = (
        "request",
        "object",
        "-s",
        "email=ada@example.org",
        "--purpose",
        "direct-marketing",
        "--scope",
        "sms",
    )
    assert little.json(*asked, "--verified", "session")["state"] == "done"
    may = (
        "decide",
        "--as",
        "system",
        "use",
        "email-address",
        "--for",
        "direct-marketing",
        "-s",
        "email=ada@example.org",
    )
    assert little.json(*may, "--fact", "channel=email")["allowed"]
    assert not little.json(*may, "--fact", "channel=sms")["allowed"]


def test_opt_out_before_the_address_comes(shop: Shop) -> None:
    """Whoever opts out before any row of them is known is left alone once they come, by the address and by their number."""
    told = shop.troth("request", "withdraw", "-s", "email=dora@example.org", "--purpose", "direct-marketing")
    assert (told.code, told.out.splitlines()[0]) == (0, "request 1: withdraw, done")
    assert "it is left alone when it comes into a store later" in told.out
    scene.run(shop.urls["shop"], "insert into customers values (9, 'Dora@Example.org', 'Dora')")
    may = ("decide", "--as", "system", "use", "email-address", "--for", "direct-marketing", "-s")
    assert not shop.json(*may, "email=dora@example.org")["allowed"]
    assert shop.json(*may, "id=9")["allowed"]
    assert "addresses said no before they came" in shop.troth("plan").out
    assert shop.troth("keep").code == 0
    assert not shop.json(*may, "id=9")["allowed"]
    assert shop.json(*may, "email=bob@example.org")["allowed"]
    assert "before they came" not in shop.troth("plan").out


def test_asking_often_is_pointed_out(little: Shop) -> None:
    """Who was answered may ask again; the third time in a year somebody is told, and nothing is refused by itself."""
    ask = ("request", "access", "-s", "email=ada@example.org", "--verified", "session")
    told = [little.json(*ask) for _ in range(3)]
    assert [one["state"] for one in told] == ["done"] * 3
    stories = [" ".join(little.json("request", "show", one["request"])["story"]) for one in told]
    assert ["somebody was told to look" in story for story in stories] == [False, False, True]


def test_address_of_two_accounts(little: Shop) -> None:
    """A request by an address that two accounts have is refused with their number, and goes on for one or for all."""
    scene.run(little.urls["shop"], "insert into customers values (9, 'ADA@Example.org', 'Adalbert')")
    before = little.everything()
    ada = ("-s", "email=ada@example.org", "--verified", "session")
    for words in (
        ("access",),
        ("erase", "--no-undo", "test"),
        ("rectify", "--set", "shop.customers.name=Ada"),
    ):
        done = little.troth("request", *words, *ada)
        assert done.code == 2
        assert "2 accounts in shop.customers" in done.err
        assert "--all-accounts" in done.err
    assert little.everything() == before
    done = little.troth("request", "access", *ada, "-s", "id=1", "-s", "email=bob@example.org")
    assert done.code == 2
    assert "different accounts in shop.customers" in done.err
    told = little.json("request", "access", *ada, "-s", "id=9")
    assert told["outcome"]["counts"]["shop.customers"]["collected"] == 1
    told = little.json("request", "access", *ada, "--all-accounts")
    assert told["outcome"]["counts"]["shop.customers"]["collected"] == 2


def test_account_that_gets_the_address_while_an_erasure_waits(little: Shop) -> None:
    """An erasure that waited takes the account it was asked for, and none that has got the same address since."""
    told = little.json("request", "erase", "-s", "email=ada@example.org", "--verified", "session")
    assert told["state"] == "waiting"
    scene.run(little.urls["shop"], "insert into customers values (9, 'ADA@Example.org', 'Adalbert')")
    days = timedelta(days=4)
    with open_project(load(little.folder, {}), clock=lambda: datetime.now(UTC) + days) as opened:
        assert carry(opened.desk, opened.desk.life(told["request"])).life.state == "done"
    assert little.rows("customers") == [
        (2, "bob@example.org", "Bob Hope"),
        (3, "cleo@example.org", "Cleo Smith"),
        (9, "ADA@Example.org", "Adalbert"),
    ]
    assert [row[0] for row in little.rows("orders")] == [2]


def test_address_that_changes_while_an_erasure_waits(shop: Shop) -> None:
    """An erasure that waited finds the account whose address was corrected, also where somebody else has the old one."""
    told = shop.json("request", "erase", "-s", "email=ada@example.org", "--verified", "session")
    correct = ("request", "rectify", "-s", "email=ada@example.org", "--set", "email=ada@new.example")
    assert shop.json(*correct, "--verified", "session")["state"] == "done"
    scene.run(shop.urls["shop"], "insert into customers values (9, 'ada@example.org', 'Adalbert')")
    days = timedelta(days=4)
    with open_project(load(shop.folder, {}), clock=lambda: datetime.now(UTC) + days) as opened:
        assert carry(opened.desk, opened.desk.life(told["request"])).life.state == "done"
    assert [row[0] for row in shop.rows("customers")] == [2, 3, 9]
    assert [row[0] for row in shop.rows("orders")] == [2]
    assert "new.example" not in str(shop.everything())
    letters = sorted((shop.folder / "outbox").glob(f"troth-{told['request']}-*-done.eml"))
    assert "To: ada@new.example" in letters[0].read_text("utf-8")


def test_one_of_all_accounts_gets_another_address(little: Shop) -> None:
    """An erasure of all accounts of an address leaves none of them that has another one by now: it says which, and waits."""
    scene.run(little.urls["shop"], "insert into customers values (9, 'ADA@example.org', 'Ada')")
    ada = ("request", "erase", "-s", "email=ada@example.org", "--verified", "session", "--all-accounts")
    told = little.json(*ada)
    scene.run(little.urls["shop"], "update customers set email = 'ada@new.example' where id = 9")
    days = timedelta(days=4)
    with open_project(load(little.folder, {}), clock=lambda: datetime.now(UTC) + days) as opened:
        with pytest.raises(TrothError, match="not found by what it names") as refused:
            carry(opened.desk, opened.desk.life(told["request"]))
        assert "-s shop.customers.id=9" in refused.value.hint
    one = ("request", "erase", "-s", "shop.customers.id=9", "--verified", "session", "--no-undo", "a test")
    assert little.json(*one)["state"] == "done"
    with open_project(load(little.folder, {}), clock=lambda: datetime.now(UTC) + days) as opened:
        assert carry(opened.desk, opened.desk.life(told["request"])).life.state == "done"
    assert [row[0] for row in little.rows("customers")] == [2, 3]


def test_answer_to_the_corrected_address(little: Shop) -> None:
    """A corrected address is told that it was corrected: the old one may be a stranger's."""
    told = little.json(
        "request", "rectify", "-s", "email=ada@example.org", "--set", "email=ada@new.example",
        "--verified", "session",
    )  # fmt: skip
    (letter,) = (little.folder / "outbox").glob(f"troth-{told['request']}-*-done.eml")
    assert "To: ada@new.example" in letter.read_text("utf-8")


def test_objection_while_the_store_is_away(little: Shop) -> None:
    """An objection counts although no store can be reached, is not said twice, and the request is done once one can."""
    data = little.folder.parent / "shop.db"
    away = data.rename(data.with_suffix(".away"))
    told = little.troth(
        "request", "object", "-s", "email=ada@example.org", "--purpose", "direct-marketing",
        "--verified", "session", "--json",
    )  # fmt: skip
    assert (told.code, told.json["state"]) == (1, "partly")
    assert told.json["outcome"]["reasons"][0]["place"] == "shop"
    with open_state(load(little.folder, {})) as state:
        said = [one.action for one in state.ledger.read() if one.kind == "restricted"]
        assert said == ["object", "suppress"]
    again = little.troth("request", "run", told.json["request"])
    assert "can not be reached" in again.out
    refused = little.troth("request", "access", "-s", "email=ada@example.org", "--verified", "session")
    assert refused.code != 0
    away.rename(data)
    assert little.json("request", "run", told.json["request"])["state"] == "done"
    with open_state(load(little.folder, {})) as state:
        said = [one.action for one in state.ledger.read() if one.kind == "restricted"]
        assert said.count("suppress") == 1
        assert state.journal.jobs() == []
