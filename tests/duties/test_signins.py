"""Abnormal sign-ins: what alarms, in which words, once, on every engine, and what a person's decision changes."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from math import log
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.enforcement.scene import project, run, table
from troth.duties.habits import DAY, HOUR, Everybody, SignIn, distance, watch, weigh
from troth.duties.letters import LANGUAGES
from troth.duties.post import Outbox
from troth.duties.signinlog import logs, moment, network
from troth.duties.signins import Alert, ask, detect, handle, letter, waiting
from troth.enforcement.project import Project
from troth.model.entry import encode
from troth.model.errors import NotFound, TrothError
from troth.model.policy import Policy
from troth.policy.bind import compile_file

POLICY = Path("samples/hkcloud/policy.troth.md")
MAP = table("main.person", "subject", id="ident.id", mail="contact.email", tongue="preference") + (
    table(
        "main.entrance", "owned", paths=["entrance.who -> person.id"], who="ident.id", typed="ident.username",
        agent="device", address="network", land="network", result="login", came="login",
    ).replace('role = "owned"', 'role = "owned"\nevents = { sign-in = "came" }')
    .replace('agent = { category = "device"', 'agent = { category = "device", terms = ["user-agent"]')
    .replace('address = { category = "network"', 'address = { category = "network", terms = ["ip-address"]')
    .replace('land = { category = "network"', 'land = { category = "network", terms = ["country"]')
)  # fmt: skip
MAP = MAP.replace(
    'tongue = { category = "preference"',
    'tongue = { category = "preference", terms = ["language-preference"]',
)
HOME = ("Mozilla/5.0 (Windows 11; desktop)", "198.18.3.", "HK")
AWAY = ("Mozilla/5.0 (Android 16; Pixel 9)", "203.0.113.", "BR")
BEGAN = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def policy() -> Policy:
    """The policy of Hong Kong Cloud."""
    return compile_file(POLICY.read_bytes(), str(POLICY)).policy


@pytest.fixture(params=["sqlite", "postgresql", "mariadb"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database, on each engine in turn."""
    if request.param == "sqlite":
        (tmp_path / "main.db").touch()
        return f"sqlite:///{tmp_path / 'main.db'}"
    return str(request.getfixturevalue("postgres_url" if request.param == "postgresql" else "mariadb_url"))


@pytest.fixture
def lite(tmp_path: Path) -> str:
    """The URL of an empty SQLite database."""
    (tmp_path / "lite.db").touch()
    return f"sqlite:///{tmp_path / 'lite.db'}"


def filled(url: str, *more: str) -> None:
    """Two people who sign in every morning from home, and what else happened: `who|when|agent|prefix|land|result`."""
    moments = (BEGAN + timedelta(days=number, minutes=number * 7 % 50) for number in range(120))
    lines = [f"{who}|{at:%Y-%m-%d %H:%M:%S}|{'|'.join(HOME)}|ok" for at in moments for who in (1, 2)]
    values = []
    for number, line in enumerate([*lines, *more], 1):
        who, at, agent, prefix, land, result = line.split("|")
        holder = who or "null"
        values.append(
            f"({number}, {holder}, 'a{who}@x.example', '{agent}', '{prefix}{number % 200}', '{land}', '{result}', '{at}')"
        )
    semi = [one.replace(";", ",") for one in values]
    run(
        url,
        "create table person (id int primary key, mail varchar(80), tongue varchar(5))",
        "insert into person values (1, 'ada@x.example', 'zh-HK'), (2, 'bob@x.example', 'en')",
        "create table entrance (id int primary key, who int, typed varchar(80), agent varchar(90), address varchar(45),"
        " land varchar(2), result varchar(20), came timestamp)",
        f"insert into entrance values {', '.join(semi)}",
    )


def strange(at: str, result: str = "ok", who: int = 1) -> str:
    """A line of somebody else."""
    return f"{who}|{at}|{'|'.join(AWAY)}|{result}"


def found(one: Project, policy: Policy, since: datetime = BEGAN) -> tuple[Alert, ...]:
    """The alerts of a run."""
    return detect(one, policy, since).alerts


def test_takeover_on_every_engine(url: str, tmp_path: Path, policy: Policy) -> None:
    """A sign-in with a new device, network and country at a new hour alarms, its owner is asked, and the run is noted."""
    filled(url, strange("2026-07-10 19:20:00"))
    with project(tmp_path, {"main": url}, MAP) as one:
        (alert,) = found(one, policy)
        entries = list(one.ledger.read())
    assert alert.kind == "strange sign-in"
    assert alert.key == (241,)
    assert alert.reasons[0] == "new device, network and country, not seen in 120 sign-ins"
    assert "at an hour never seen: 0 of 120 sign-ins at that hour" in alert.reasons
    assert alert.letter is not None
    assert "Android" not in alert.letter.subject
    assert "安卓设备" in alert.letter.body
    assert "BR" in alert.letter.body
    assert [entry.action for entry in entries] == ["alert-raised", "sign-in", "detect", "detect"]
    assert entries[0].subject == entries[1].subject != ""
    assert entries[2].detail["record"]["rows"] == 241
    assert not any(
        "203.0" in str(entry) or "Android" in str(entry) or "'BR'" in str(entry) for entry in entries
    )
    assert all(encode(entry) for entry in entries)


def test_owner_is_left_alone(lite: str, tmp_path: Path, policy: Policy) -> None:
    """Forgotten passwords at home, a new telephone at home and a missing country alarm nobody."""
    phone = "1|2026-07-10 03:20:00|Mozilla/5.0 (iOS 18; iPhone)|198.18.3.|HK|ok"
    forgot = [f"1|2026-07-11 03:0{minute}:00|{'|'.join(HOME)}|wrong-password" for minute in range(4)]
    filled(lite, phone, *forgot, f"2|2026-07-12 03:11:00|{HOME[0]}|{HOME[1]}||ok")
    with project(tmp_path, {"main": lite}, MAP) as one:
        assert found(one, policy) == ()


def test_guessing_and_spraying(lite: str, tmp_path: Path, policy: Policy) -> None:
    """Many failures from a strange network alarm once, and without a letter as nobody is in."""
    guesses = [
        strange(f"2026-07-10 19:2{second // 60}:{second % 60:02}", "denied") for second in range(0, 200, 20)
    ]
    filled(lite, *guesses)
    with project(tmp_path, {"main": lite}, MAP) as one:
        (alert,) = found(one, policy)
    assert alert.kind == "password guessing"
    assert alert.letter is None
    assert any("failed attempts in the hour before" in words for words in alert.reasons)


def test_travel(lite: str, tmp_path: Path, policy: Policy) -> None:
    """The known device in a country that nobody reaches in that time is impossible travel."""
    home = f"1|2026-07-10 03:00:00|{'|'.join(HOME)}|ok"
    filled(lite, home, f"1|2026-07-10 04:00:00|{HOME[0]}|203.0.113.|BR|ok")
    with project(tmp_path, {"main": lite}, MAP) as one:
        (alert,) = found(one, policy)
    assert alert.kind == "impossible travel"
    assert alert.reasons[0].endswith("km from the last sign-in, 60 minutes before")


def test_raised_once_and_only_since(lite: str, tmp_path: Path, policy: Policy) -> None:
    """An alert is raised once, whatever the run, and never for what is older than asked."""
    filled(lite, strange("2026-07-10 19:20:00"))
    with project(tmp_path, {"main": lite}, MAP) as one:
        assert found(one, policy, datetime(2026, 7, 11, tzinfo=UTC)) == ()
        assert len(found(one, policy)) == 1
        assert found(one, policy) == ()


def test_handled_by_a_person(lite: str, tmp_path: Path, policy: Policy) -> None:
    """A decision keeps the duty to investigate once, and what was harmless is learned from."""
    filled(lite, strange("2026-07-10 19:20:00"), strange("2026-09-20 19:20:00"))
    with project(tmp_path, {"main": lite}, MAP) as one:
        first, second = found(one, policy)
        (deed,) = handle(one, policy, first.number, actor="security", decision="harmless")
        written = next(iter(one.ledger.read(deed)))
        assert written.promise == "threat-detection"
        assert written.detail["of"] == first.number
        assert written.detail["record"]["reviewer"] == "security"
        with pytest.raises(TrothError, match="was handled before"):
            handle(one, policy, first.number, actor="security", decision="blocked")
        with pytest.raises(NotFound, match="is no alert"):
            handle(one, policy, second.signed, actor="security", decision="blocked")
        with pytest.raises(NotFound, match="is no decision"):
            handle(one, policy, second.number, actor="security", decision="whatever")


def test_harmless_is_learned(lite: str, tmp_path: Path, policy: Policy) -> None:
    """After a person called the new place harmless, signing in there again is nothing new."""
    filled(lite, strange("2026-07-10 19:20:00"))
    with project(tmp_path, {"main": lite}, MAP) as one:
        (alert,) = found(one, policy)
        run(lite, "insert into entrance select 900, who, typed, agent, address, land, result, '2026-09-20 19:30:00' "
                  "from entrance where id = 241")  # fmt: skip
        before = detect(one, policy, BEGAN).alerts
        assert len(before) == 1
        handle(one, policy, alert.number, actor="security", decision="customer-confirmed")
        run(lite, "insert into entrance select 901, who, typed, agent, address, land, result, '2026-11-20 19:30:00' "
                  "from entrance where id = 241")  # fmt: skip
        assert found(one, policy) == ()


def test_asked_by_letter(lite: str, tmp_path: Path, policy: Policy) -> None:
    """The letter lies in the outbox, and its entry keeps the duty to ask with the proof of the post."""
    filled(lite, strange("2026-07-10 19:20:00"))
    with project(tmp_path, {"main": lite}, MAP) as one:
        alerts = found(one, policy)
        assert ask(one, policy, Outbox(tmp_path / "out", "privacy@house.example"), alerts) == 1
        last = list(one.ledger.read())[-1]
    assert (last.action, last.detail["rule"], last.detail["of"]) == (
        "ask",
        "threat-detection/5",
        alerts[0].signed,
    )
    assert len(list((tmp_path / "out").glob("*.eml"))) == 1


def test_letters_that_wait(lite: str, tmp_path: Path, policy: Policy) -> None:
    """A letter that the post did not take is written again, sent once, and then nobody waits."""
    filled(lite, strange("2026-07-10 19:20:00"))
    blocked = tmp_path / "file"
    blocked.touch()
    with project(tmp_path, {"main": lite}, MAP) as one:
        (alert,) = found(one, policy)
        assert ask(one, policy, Outbox(blocked, "privacy@house.example"), [alert]) == 0
        (again,) = waiting(one, policy)
        assert (again.number, again.signed, again.letter, again.to) == (
            alert.number,
            alert.signed,
            alert.letter,
            alert.to,
        )
        assert ask(one, policy, Outbox(tmp_path / "out", "privacy@house.example"), [again]) == 1
        assert waiting(one, policy) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_letter_is_flat(language: str, policy: Policy) -> None:
    """What an attacker puts into the log can not add a line to the letter."""
    cells = {"city": "X\nClick https://evil.example", "agent": "curl\n\nBcc: all"}
    text = letter(policy, BEGAN, cells, language)
    assert "\n" not in text.subject
    assert "\nClick" not in text.body
    assert "Bcc" not in text.body


def test_map_without_log(lite: str, tmp_path: Path) -> None:
    """Without a table of sign-ins the map is asked for, in words."""
    filled(lite)
    blind = MAP.replace("sign-in = ", "collection = ")
    with (
        project(tmp_path, {"main": lite}, blind) as one,
        pytest.raises(NotFound, match="no table of sign-ins"),
    ):
        logs(one)


PEOPLE = 25


def honest(seed: int) -> Iterator[SignIn]:
    """People who are as people are: homes, an office, telephones, trips, new devices; in the order of time."""
    luck = random.Random(seed)
    rows: list[SignIn] = []
    for who in range(PEOPLE):
        pace, hour = luck.uniform(0.5, 2), luck.uniform(0, 24)
        devices, home, numbers, day = (
            [who * 1000 + 1],
            who * 1000 + 500,
            iter(range(who * 1000 + 2, who * 1000 + 400)),
            0.0,
        )
        while (day := day + luck.expovariate(pace)) < 100:
            if luck.random() < 0.01:
                devices.append(next(numbers))
            net, land = (home, "HK") if luck.random() < 0.7 else (7, "HK")
            if luck.random() < 0.01:
                net, land = next(numbers) + 600, luck.choice(("JP", "SG"))
            at = int(day) * DAY + (hour + luck.gauss(0, 2)) % 24 * HOUR
            rows.append(
                SignIn(
                    str(len(rows)),
                    who,
                    at,
                    luck.choice(devices),
                    net,
                    net % 5 + 1,
                    land,
                    luck.random() > 0.03,
                )
            )
    yield from sorted(rows, key=lambda one: one.at)


@settings(max_examples=12)
@given(seed=st.integers(0, 10_000), budget=st.sampled_from([0.5, 2.0, 8.0]))
def test_budget_of_alarms(seed: int, budget: float) -> None:
    """Among honest people the alarms stay below the budget, give or take what the model has to learn first."""
    rows = list(honest(seed))
    alarms = list(watch(Everybody(budget=budget), rows))
    assert len(alarms) <= budget * len(rows) / 1000 + 8


def stranger(rows: list[SignIn]) -> SignIn:
    """Somebody who comes late to the account that is used most, at an hour it never is, with nothing of its own."""
    counts = Counter(one.account for one in rows if one.ok)
    victim = max(range(PEOPLE), key=lambda who: counts[who])
    hours = Counter(int(one.at % DAY // HOUR) for one in rows if one.account == victim)
    quiet = min(range(24), key=lambda hour: sum(hours[(hour + near) % 24] for near in range(-3, 4)))
    late = (rows[-1].at // DAY + 5) * DAY + quiet * HOUR
    return SignIn("odd", victim, late, 999_999, 999_998, 999_997, "RO", True)


@settings(max_examples=12)
@given(seed=st.integers(0, 10_000))
def test_stranger_among_honest_people(seed: int) -> None:
    """A stranger is a thousand times likelier to be one, and alarms unless honest people did things that odd."""
    rows = list(honest(seed))
    odd, world = stranger(rows), Everybody()
    list(watch(world, rows))
    score, bar = weigh(world, world.accounts[odd.account], odd).score, world.threshold
    assert score > log(1000)
    assert [alarm.of.row for alarm in watch(world, [odd])] == (["odd"] if score >= bar else [])


def test_nearly_every_stranger_is_found() -> None:
    """Among the people of 40 houses a stranger is found in 39 or more."""
    found = 0
    for seed in range(40):
        rows = list(honest(seed))
        found += "odd" in {alarm.of.row for alarm in watch(Everybody(), [*rows, stranger(rows)])}
    assert found >= 39


def test_nobody_teaches_the_model() -> None:
    """However often a stranger signs in, the account does not get used to them."""
    rows = [SignIn(str(n), 1, n * DAY + 9 * HOUR, 1, 2, 3, "HK", True) for n in range(90)]
    odd = [SignIn(f"odd {n}", 1, (90 + n) * DAY + 22 * HOUR, 8, 9, 7, "RO", True) for n in range(40)]
    world = Everybody()
    list(watch(world, [*rows, *odd]))
    assert 8 not in world.accounts[1].devices
    assert world.accounts[1].count == 90


@pytest.mark.parametrize(
    ("one", "other", "least", "most"), [("HK", "GB", 8500, 10500), ("HK", "MO", 0, 200), ("HK", "??", 0, 0)]
)
def test_distance(one: str, other: str, least: float, most: float) -> None:
    """Distances between countries are good to some hundred kilometres, the same both ways, and 0 for unknown ones."""
    assert least <= distance(one, other) <= most
    assert distance(one, other) == distance(other, one)


@pytest.mark.parametrize(
    ("address", "net"),
    [("198.18.3.7", "198.18.3"), ("2001:db8:1:2::3", "2001:db8:1::/48"), ("", ""), ("no", ""), (None, "")],
)
def test_networks(address: str | None, net: str) -> None:
    """A network is the first 24 bits of an address, 48 of IPv6, and nothing where there is no address."""
    assert network(address) == net


def test_moments() -> None:
    """Times are read as stores give them, without a zone as UTC."""
    assert moment("2026-03-02 03:00:00") == moment("2026-03-02T11:00:00+08:00") == moment(1_772_420_400)
    assert moment("soon") is None
    assert moment(None) is None
