"""Checks of transport, places, grants, access, authentication, staff, detectors and findings: each kept once, broken once."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests import servers
from tests.conftest import absent
from tests.duties.sighting import POLICY, hkcloud, shown, sighted
from tests.enforcement.scene import NOW, run, table
from troth.duties import staff
from troth.duties.deeds import deed, event
from troth.duties.proofs.attested import attest
from troth.duties.proofs.run import checks
from troth.duties.proofs.sight import Sight
from troth.duties.signins import detect, handle
from troth.enforcement.wire import Wire, is_local, readers, wire
from troth.model.errors import NotFound, TrothError
from troth.policy.bind import compile_file

MAP = table("main.member", "subject", id="ident.id", mail="contact.email") + table(
    "main.seen", "owned", paths=["seen.whom -> member.id"], whom="ident.id"
)
MAP = MAP.replace(
    'mail = { category = "contact.email"', 'mail = { category = "contact.email", terms = ["email-address"]'
)
DAY = timedelta(days=1)
LOG = {
    "store": "main", "table": "seen", "actor": "who", "purpose": "why", "object": "what", "at": "seen_at",
    "staff": {"table": "crew", "key": "id", "role": "job", "left": "gone"},
    "roles": {"helpdesk": "support"}, "purposes": {"help": "service-notice", "dispute": "dispute-resolution"},
}  # fmt: skip


@pytest.fixture(params=["sqlite", "postgresql", "mariadb"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a small database, on each engine in turn."""
    if request.param == "sqlite":
        (tmp_path / "main.db").touch(mode=0o600)
        made = f"sqlite:///{tmp_path / 'main.db'}"
    else:
        made = str(
            request.getfixturevalue("postgres_url" if request.param == "postgresql" else "mariadb_url")
        )
    filled(made)
    return made


@pytest.fixture
def lite(tmp_path: Path) -> str:
    """The URL of a small SQLite database."""
    (tmp_path / "lite.db").touch(mode=0o600)
    filled(f"sqlite:///{tmp_path / 'lite.db'}")
    return f"sqlite:///{tmp_path / 'lite.db'}"


def filled(url: str) -> None:
    """A member, two of the crew of whom one has left, and one access that is inside the rules."""
    run(
        url,
        "create table member (id int primary key, mail varchar(80))",
        "insert into member values (1, 'ada@x.example')",
        "create table crew (id int primary key, job varchar(20), gone timestamp null)",
        "insert into crew values (1, 'helpdesk', null), (2, 'helpdesk', '2026-01-31 00:00:00')",
        "create table seen (id int primary key, who int, whom int, why varchar(30), what varchar(30), seen_at timestamp)",
        "insert into seen values (1, 1, 1, 'help', 'member', '2026-10-01 10:00:00')",
    )


def test_wires(url: str) -> None:
    """A store on this machine is safe whatever the server says of TLS, and says what it speaks."""
    found = wire(url)
    assert found.local
    assert found.safe
    assert not Wire("db.example", False).safe
    assert not Wire("db.example", False, "TLSv1.1").safe
    assert Wire("db.example", False, "TLSv1.3").safe


def test_encrypted_wire(tmp_path: Path) -> None:
    """A PostgreSQL server with a certificate says that this connection is TLS 1.3, and nothing while it has none."""
    if servers.postgres_folder() is None:
        absent("PostgreSQL")
    with servers.postgres() as port:
        address = f"postgresql://troth@127.0.0.1:{port}/postgres"
        assert wire(address).protocol == ""
        with listening(tmp_path, tls=True):
            pass  # for the certificate that it makes
        with psycopg.connect(address, autocommit=True) as link:
            ((folder,),) = link.execute("show data_directory").fetchall()
            for name, made in (("server.crt", "cert.pem"), ("server.key", "key.pem")):
                path = Path(folder) / name
                path.write_bytes((tmp_path / made).read_bytes())
                path.chmod(0o600)
                os.chown(path, Path(folder).stat().st_uid, Path(folder).stat().st_gid)
            link.execute("alter system set ssl = on")
            link.execute("select pg_reload_conf()")
        protocols = set()
        for _ in range(50):
            protocols.add(wire(address).protocol)
            if "TLSv1.3" in protocols:
                break
            time.sleep(0.1)
        assert "TLSv1.3" in protocols


LOCAL = ("", "/run/x", "::1", "127.9.9.9", "LOCALHOST")


@pytest.mark.parametrize(
    ("host", "answer"), [*((one, True) for one in LOCAL), ("10.0.0.1", False), ("a.example", False)]
)
def test_local_hosts(host: str, answer: bool) -> None:
    """This machine is a file, a socket, localhost and the loopback network, and nothing else."""
    assert is_local(host) is answer


def test_transport(url: str, tmp_path: Path) -> None:
    """Local stores keep the promise; a mail server without TLS and a published address without it break it."""
    with sighted(tmp_path, {"main": url}, MAP) as sight:
        kept = shown(sight, "encrypted-transport", "transport-scan")
        (tmp_path / "troth.toml").write_text('[mail]\nhost = "mail.example"\ntls = "none"\n', "utf-8")
        mail = shown(sight, "encrypted-transport", "transport-scan")
        (tmp_path / "troth.toml").write_text('[mail]\nhost = "mail.example"\n', "utf-8")
        assert shown(sight, "encrypted-transport", "transport-scan").status == "kept"
        blind = shown(replace(sight, urls={}), "encrypted-transport", "transport-scan")
    assert kept.status == "kept", kept.why
    assert (mail.status, mail.why) == ("broken", "not encrypted: the connection to the mail server")
    assert blind.status == "not shown"


def test_published_address(lite: str, tmp_path: Path) -> None:
    """A policy that publishes an address without encryption breaks its own sentence."""
    text = POLICY.read_text("utf-8").replace(
        "Customer Service Email:", "See http://cn2.hk/help. Customer Service Email:"
    )
    policy = compile_file(text.encode(), "p").policy
    with sighted(tmp_path, {"main": lite}, MAP, policy=policy) as sight:
        found = shown(sight, "encrypted-transport", "transport-scan")
    assert (found.status, found.why) == ("broken", "not encrypted: an address that the policy publishes")


@contextlib.contextmanager
def listening(folder: Path, *, tls: bool) -> Iterator[tuple[int, str]]:
    """A server on this machine, with or without TLS; its port, and the file of the authority that its certificate names."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
        .not_valid_before(now - DAY).not_valid_after(now + DAY)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    pem, secret = folder / "cert.pem", folder / "key.pem"
    pem.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain, form = serialization.NoEncryption(), serialization.PrivateFormat.PKCS8
    secret.write_bytes(key.private_bytes(serialization.Encoding.PEM, form, plain))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, secret)
    server = socket.create_server(("localhost", 0))

    def serve() -> None:
        while True:
            try:
                link, _ = server.accept()
            except OSError:
                return
            with contextlib.suppress(OSError):
                if tls:
                    with context.wrap_socket(link, server_side=True) as wrapped:
                        wrapped.recv(1)
                else:
                    link.sendall(b"220 hello\r\n")
                    link.close()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield server.getsockname()[1], str(pem)
    server.close()


@pytest.mark.parametrize(
    ("tls", "trusted", "ending"),
    [
        (True, True, ("kept", "")), (True, False, ("broken", "its certificate can not be verified")),
        (False, True, ("broken", "it speaks no TLS 1.2 or newer")),
    ],
)  # fmt: skip
def test_endpoints(lite: str, tmp_path: Path, tls: bool, trusted: bool, ending: tuple[str, str]) -> None:
    """An endpoint keeps the promise with TLS and a certificate that can be verified, and breaks it without either."""
    with listening(tmp_path, tls=tls) as (port, authority):
        one = {
            "name": "console",
            "host": "localhost",
            "port": port,
            **({"authority": authority} if trusted else {}),
        }
        with sighted(tmp_path, {"main": lite}, MAP, registers={"endpoints": {"endpoint": [one]}}) as sight:
            found = shown(sight, "encrypted-transport", "transport-scan")
    assert found.status == ending[0]
    assert ending[1] in found.why


def test_dead_endpoint(lite: str, tmp_path: Path) -> None:
    """An endpoint that does not answer shows nothing."""
    with socket.create_server(("localhost", 0)) as server:
        port = server.getsockname()[1]
    registers = {"endpoints": {"endpoint": [{"name": "console", "host": "localhost", "port": port}]}}
    with sighted(tmp_path, {"main": lite}, MAP, registers=registers) as sight:
        assert shown(sight, "encrypted-transport", "transport-scan").status == "not shown"


def without(promise: str, rule: str) -> Any:
    """The policy without one line of rules, as if nobody had written it."""
    lines = POLICY.read_text("utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"promise {promise} "))
    gone = next(number for number, line in enumerate(lines) if number > start and line.strip() == rule)
    return compile_file("\n".join([*lines[:gone], *lines[gone + 1 :]]).encode(), "p").policy


def test_plain_channel(lite: str, tmp_path: Path) -> None:
    """The guard refuses every permitted request on a plain channel; without rules about it nothing is shown."""
    with sighted(tmp_path, {"main": lite}, MAP) as sight:
        kept = shown(sight, "encrypted-transport", "encrypted-channel-only")
        loose = without("encrypted-transport", "never share personal-data if transport is plain")
        lax = without("encrypted-transport", "never collect personal-data if transport is plain")
        promise = hkcloud().by_id["encrypted-transport"]
        proof = promise.proofs[0]
        other = Sight(**{**{name: getattr(sight, name) for name in ("project", "folder", "where", "urls")},
                         "policy": loose, "guard": type(sight.guard)(loose)})  # fmt: skip
        broken = checks()["encrypted-channel-only"](other, promise, proof)
        assert checks()["encrypted-channel-only"](other, lax.by_id["secrets"], proof).status == "not shown"
    assert kept.status == "kept", kept.why
    assert broken.status == "broken"


def test_locations(url: str, tmp_path: Path) -> None:
    """A store at a registered place keeps the promise, one elsewhere breaks it, and without a register nothing is shown."""
    home = {"location": [{"name": "hk-1", "country": "HK", "hosts": ["127.0.0.0/8", "localhost"]}]}
    away = {"location": [{"name": "sg-1", "country": "SG", "hosts": ["10.0.0.0/8", "*.sg.example"]}]}
    with sighted(tmp_path, {"main": url}, MAP) as sight:
        assert shown(sight, "registered-stores", "location-check").status == "not shown"
        kept = shown(replace(sight, registers={"locations": home}), "registered-stores", "location-check")
        broken = shown(replace(sight, registers={"locations": away}), "registered-stores", "location-check")
        far = {"main": "postgresql://u:p@db7.sg.example/x"}
        there = shown(
            replace(sight, registers={"locations": away}, urls=far), "registered-stores", "location-check"
        )
    assert (kept.status, there.status) == ("kept", "kept")
    assert (broken.status, broken.why) == ("broken", "not at a registered place: main")


def test_grants_of_servers(postgres_url: str, mariadb_url: str, tmp_path: Path) -> None:
    """Who may read a personal table and is not registered breaks the promise; a grant on another table does not."""
    for number, one in enumerate((postgres_url, mariadb_url)):
        filled(one)
        run(one, "create table weather (id int primary key)")
        names = {
            who: f"'{who}_{number}'@'%'" if number else f"{who}_{number}" for who in ("clerk", "watcher")
        }
        for name in names.values():
            run(one, f"create user {name}")
        run(one, f"grant select on weather to {names['watcher']}")
        owners = sorted({reader.name for reader in readers(one) if reader.owner or reader.table == "*"})
        register = {"role": [{"store": "main", "name": name, "reads": ["*"]} for name in owners]}
        folder = tmp_path / str(number)
        folder.mkdir()
        with sighted(folder, {"main": one}, MAP, registers={"database-roles": register}) as sight:
            kept = shown(sight, "authorised-access", "grant-review")
            run(one, f"grant select (mail) on member to {names['clerk']}")
            broken = shown(sight, "authorised-access", "grant-review")
            named = {
                "role": [*register["role"], {"store": "main", "name": f"clerk_{number}", "reads": ["member"]}]
            }
            again = shown(
                replace(sight, registers={"database-roles": named}), "authorised-access", "grant-review"
            )
        assert kept.status == "kept", kept.why
        assert broken.status == "broken"
        assert f"clerk_{number}" in broken.why
        assert "(main: member)" in broken.why
        assert again.status == "kept", again.why


def test_grants_of_a_file(lite: str, tmp_path: Path) -> None:
    """A file that only its owner can read keeps the promise, and one that others can reach and read breaks it."""
    path = Path(lite.removeprefix("sqlite:///"))
    with sighted(tmp_path, {"main": lite}, MAP) as sight:
        assert shown(sight, "authorised-access", "grant-review").status == "kept"
        path.chmod(0o644)
        closed = shown(sight, "authorised-access", "grant-review")
        for folder in path.parents:
            if folder.is_relative_to("/tmp/") and folder != Path("/tmp"):  # noqa: S108 - where tests stand
                folder.chmod(0o755)
        opened = shown(sight, "authorised-access", "grant-review")
    assert closed.status in {"kept", "broken"}
    assert opened.status == "broken"
    assert "everybody on the machine" in opened.why


def test_access_log(url: str, tmp_path: Path) -> None:
    """Accesses inside the rules keep the promise; a purpose that is refused and somebody who had left break it."""
    with sighted(tmp_path, {"main": url}, MAP, registers={"access-log": LOG}) as sight:
        assert (
            shown(replace(sight, registers={}), "authorised-access", "access-log-review").status
            == "not shown"
        )
        kept = shown(sight, "authorised-access", "access-log-review")
        run(url, "insert into seen values (2, 1, 1, 'marketing', 'member', '2026-10-01 11:00:00')")
        curious = shown(sight, "authorised-access", "access-log-review")
        run(url, "update seen set why = 'dispute' where id = 2")
        unsure = shown(sight, "authorised-access", "access-log-review")
        run(url, "update seen set why = 'help' where id = 2", "update crew set job = 'janitor' where id = 1")
        janitor = shown(sight, "authorised-access", "access-log-review")
        run(url, "update crew set job = 'helpdesk'", "update seen set why = 'for bob@x.example' where id = 2")
        odd = shown(sight, "authorised-access", "access-log-review")
        run(
            url,
            "delete from seen where id = 2",
            "insert into seen values (3, 2, 1, 'help', 'member', '2026-10-01 11:00:00')",
        )
        gone = shown(sight, "verified-operations", "access-log-review")
    assert kept.status == "kept", kept.why
    assert (curious.status, curious.figures[0].value) == ("broken", 1)
    assert "support read member for marketing (1)" in curious.why
    assert unsure.status == "not shown"
    assert (janitor.status, janitor.figures[0].value) == ("broken", 2)
    assert "a role that the policy does not know" in janitor.why
    assert odd.status == "broken"
    assert "bob" not in str(odd)
    assert (gone.status, gone.figures[1].value) == ("broken", 1)


def test_authentication(lite: str, tmp_path: Path) -> None:
    """The guard refuses operations without authentication; a policy without the rule lets them through."""
    with sighted(tmp_path, {"main": lite}, MAP) as sight:
        kept = shown(sight, "verified-operations", "authentication-test")
        lines = POLICY.read_text("utf-8").replace(
            "  may accept operation if authenticated and identity-verified\n", "  may accept operation\n"
        ).replace("  never accept operation if not authenticated\n", "")  # fmt: skip
        lax = compile_file(lines.encode(), "p").policy
        promise = hkcloud().by_id["verified-operations"]
        other = Sight(
            project=sight.project,
            policy=lax,
            guard=type(sight.guard)(lax),
            folder=tmp_path,
            where=sight.where,
        )
        broken = checks()["authentication-test"](other, promise, promise.proofs[0])
    assert kept.status == "kept", kept.why
    assert broken.status == "broken"


def crew(**changes: Any) -> dict[str, Any]:
    """A register of staff with two people, the second changed."""
    first = {
        "id": "s-01",
        "role": "support",
        "joined": "2024-01-08",
        "trained_until": date(2027, 1, 7),
        "accepted": "2024-01-08",
    }
    return {"staff": {"member": [first, first | {"id": "s-02"} | changes]}}


def test_training(lite: str, tmp_path: Path) -> None:
    """Trained staff is attested, a training that has run out breaks it, and closed access or an empty register does not."""
    with sighted(tmp_path, {"main": lite}, MAP) as sight:

        def ends(check: str, **changes: Any) -> str:
            return shown(replace(sight, registers=crew(**changes)), "staff-training", check).status

        late = {"trained_until": "2026-11-21"}
        assert ends("training-register") == "attested"
        assert ends("training-register", **late) == "broken"
        assert ends("training-register", **late, access="closed") == "attested"
        assert ends("training-and-acceptance") == "attested"
        assert ends("training-and-acceptance", accepted="") == "broken"
        assert ends("staff-access-suspended") == "kept"
        assert ends("staff-access-suspended", **late) == "broken"
        assert ends("staff-access-suspended", **late, access="closed") == "kept"
        assert ends("staff-access-suspended", left="2026-11-01") == "broken"
        for check in ("training-register", "training-and-acceptance", "staff-access-suspended"):
            assert shown(sight, "staff-training", check).status == "not shown"


def test_staff_in_a_store(url: str, tmp_path: Path) -> None:
    """Staff that the application keeps itself is read from there: a training that is deleted breaks the promise at once."""
    run(
        url,
        "create table people (id int primary key, job varchar(20), began timestamp, gone timestamp null, shut timestamp null,"
        " agreed timestamp null)",
        "insert into people values (1, 'support', '2024-01-08 09:00:00', null, null, '2024-01-08 09:00:00'),"
        " (2, 'support', '2024-01-08 09:00:00', '2025-06-30 00:00:00', '2025-06-30 12:00:00', null)",
        "create table courses (id int primary key, who int, good timestamp)",
        "insert into courses values (1, 1, '2025-01-07 00:00:00'), (2, 1, '2027-01-07 00:00:00')",
    )
    source = {"store": "main", "table": "people", "key": "id", "role": "job", "joined": "began", "left": "gone",
              "accepted": "agreed", "access_closed": "shut", "trainings": "courses", "trained": "who",
              "trained_until": "good"}  # fmt: skip
    register = {"source": source}
    with sighted(tmp_path, {"main": url}, MAP, registers={"staff": register}) as sight:
        assert shown(sight, "staff-training", "staff-access-suspended").status == "kept"
        assert shown(sight, "staff-training", "training-and-acceptance").status == "attested"
        assert staff.facts(register, "people-1", date(2026, 11, 22), sight.project)["training"] == "current"
        run(url, "delete from courses where id = 2")
        late = shown(sight, "staff-training", "staff-access-suspended")
        assert staff.facts(register, "people-1", date(2026, 11, 22), sight.project)["training"] == "overdue"
        run(url, "update people set shut = '2026-11-01 00:00:00' where id = 1")
        closed = shown(sight, "staff-training", "staff-access-suspended")
    assert (late.status, late.figures[0].value) == ("broken", 1)
    assert "people-1" in late.why
    assert closed.status == "kept"


def test_guard_refuses_the_untrained(lite: str, tmp_path: Path) -> None:
    """Whoever's training has run out is refused by the guard the day after, by the sentence about training."""
    register = crew(trained_until=date(2026, 11, 21))["staff"]
    with sighted(tmp_path, {"main": lite}, MAP) as sight:
        for today, forbidden in ((date(2026, 11, 21), False), (date(2026, 11, 22), True)):
            facts = staff.facts(register, "s-02", today)
            ruling = sight.guard.decide("support", "read", "email-address", "service-notice", facts=facts)
            assert (ruling.decisive.promise == "staff-training") is forbidden
    with pytest.raises(NotFound, match="nobody on the register"):
        staff.facts(register, "s-99", date(2026, 11, 22))


def test_overdue_is_an_event(lite: str, tmp_path: Path) -> None:
    """A training that has run out is written once and starts the duty to close the access, which a deed keeps."""
    register = crew(trained_until="2026-11-01")["staff"]
    with sighted(tmp_path, {"main": lite}, MAP) as sight:
        (number,) = staff.note_overdue(sight.project, register)
        assert staff.note_overdue(sight.project, register) == ()
        assert [one.state for one in sight.owed if one.event == number] == ["open"]
        staff.suspended(sight.project, hkcloud(), number, actor="security")
        staff.trained(sight.project, hkcloud(), "s-02", actor="security", training="security 2026")
    with sighted(tmp_path, {"main": lite}, MAP) as again:
        assert {one.rule: one.state for one in again.owed if one.promise == "staff-training"} == {
            "staff-training/5": "kept", "staff-training/3": "kept",
        }  # fmt: skip


@pytest.mark.parametrize(
    ("entry", "words"),
    [({"id": "ada@x.example"}, "no pseudonym"), ({"id": "s-1", "name": "Ada"}, "nothing the register"),
     ({"id": "s-1", "left": "soon"}, "is no day"), ({"id": "s-1", "access": "half"}, "neither open nor closed")],
)  # fmt: skip
def test_register_of_staff_is_read_strictly(entry: dict[str, str], words: str) -> None:
    """A register that names people, or says what it can not say, is refused without repeating a value."""
    with pytest.raises(TrothError, match=words) as caught:
        staff.members({"member": [entry]})
    assert "ada" not in str(caught.value).lower()


def detector_map() -> str:
    """A map with a log of sign-ins."""
    return MAP + table("main.door", "owned", paths=["door.who -> member.id"], who="ident.id", ip="network", agent="device",
                       came="login").replace('role = "owned"', 'role = "owned"\nevents = { sign-in = "came" }')  # fmt: skip


def test_detector(lite: str, tmp_path: Path) -> None:
    """A detector that ran and whose alerts are handled keeps the promise; one that stopped, or an alert left lying, breaks it."""
    run(
        lite,
        "create table door (id int primary key, who int, ip varchar(40), agent varchar(90), came timestamp)",
    )
    days = ((number, datetime(2026, 1, 10, 3, tzinfo=UTC) + number * DAY) for number in range(280))
    rows = [f"({number}, 1, '198.18.0.7', 'Firefox', '{at:%Y-%m-%d %H:%M:%S}')" for number, at in days]
    run(lite, f"insert into door values {', '.join(rows)}")
    run(lite, "insert into door values (999, 1, '203.0.113.9', 'curl', '2026-11-01 18:00:00')")
    with sighted(tmp_path, {"main": lite}, detector_map()) as sight:
        assert shown(sight, "threat-detection", "detector-run-log").status == "not shown"
    with sighted(tmp_path, {"main": lite}, detector_map()) as sight:
        (alert,) = detect(sight.project, hkcloud(), NOW - 60 * DAY).alerts
        for rule in ("threat-detection/5",):
            record = {"alert": "x", "result": "asked"}
            asked = deed(hkcloud(), rule, at=NOW, actor="troth", of=alert.signed, record=record)
            sight.project.ledger.append([asked])
        kept = shown(sight, "threat-detection", "detector-run-log")
    with sighted(tmp_path, {"main": lite}, detector_map(), now=NOW + 2 * DAY) as sight:
        broken = shown(sight, "threat-detection", "detector-run-log")
        handle(sight.project, hkcloud(), alert.number, actor="security", decision="harmless")
    assert kept.status == "kept", kept.why
    assert broken.status == "broken"
    assert "threat-detection/3" in broken.why
    assert "threat-detection/6" in broken.why


def test_probe(lite: str, tmp_path: Path) -> None:
    """Invented attacks alarm the detector, and another promise's probe is not pretended."""
    with sighted(tmp_path, {"main": lite}, MAP) as sight:
        assert shown(sight, "threat-detection", "probe").status == "kept"
        assert shown(sight, "own-pages", "probe").status == "not shown"


def test_findings(lite: str, tmp_path: Path) -> None:
    """A weakness repaired in time keeps the promise, one past its time breaks it, and never having looked shows nothing."""
    opened = event("finding-opened", at=NOW - 20 * DAY, actor="security", facts={"finding-severity": "high"})
    with sighted(tmp_path, {"main": lite}, MAP) as sight:
        assert shown(sight, "security-evaluation", "finding-timeline").status == "not shown"
        number = sight.project.ledger.append([opened])
    for now, status in ((NOW, "kept"), (NOW + 20 * DAY, "broken")):
        with sighted(tmp_path, {"main": lite}, MAP, now=now) as sight:
            found = shown(sight, "security-evaluation", "finding-timeline")
            assert (found.status, found.entries) == (status, (number,))
    with sighted(tmp_path, {"main": lite}, MAP) as sight:
        record = {"finding": "F-1", "result": "repaired"}
        done = deed(hkcloud(), "security-evaluation/4", at=NOW, actor="security", of=number, record=record)
        sight.project.ledger.append([done])
    with sighted(tmp_path, {"main": lite}, MAP, now=NOW + 20 * DAY) as sight:
        assert shown(sight, "security-evaluation", "finding-timeline").status == "kept"


def test_findings_in_a_store(url: str, tmp_path: Path) -> None:
    """A list of weaknesses that the application keeps is read from there; one that is left lying breaks the promise."""
    run(
        url,
        "create table holes (id int primary key, gravity varchar(9), found timestamp, fixed timestamp null)",
        "insert into holes values (1, 'high', '2026-10-01 00:00:00', '2026-10-20 00:00:00'),"
        " (2, 'low', '2026-10-01 00:00:00', null)",
    )
    source = {
        "store": "main",
        "table": "holes",
        "severity": "gravity",
        "opened": "found",
        "repaired": "fixed",
    }
    with sighted(tmp_path, {"main": url}, MAP, registers={"findings": {"source": source}}) as sight:
        kept = shown(sight, "security-evaluation", "finding-timeline")
        run(url, "insert into holes values (3, 'odd', '2026-10-01 00:00:00', null)")
        unsure = shown(sight, "security-evaluation", "finding-timeline")
        run(url, "update holes set gravity = 'high' where id = 3")
        broken = shown(sight, "security-evaluation", "finding-timeline")
    assert (kept.status, kept.figures[1].value, kept.figures[1].of) == ("kept", 1, 2)
    assert unsure.status == "not shown"
    assert (broken.status, broken.figures[0].value, broken.figures[0].of) == ("broken", 1, 3)


def test_penetration_test(lite: str, tmp_path: Path) -> None:
    """A test with a report is attested for its year, without a report it is not shown, and after the year it is broken."""
    record = {"finding": "none", "reviewer": "security"}

    def tested(digest: str) -> Any:
        return deed(
            hkcloud(), "security-evaluation/2", at=NOW, actor="security", record=record, digest=digest
        )

    with sighted(tmp_path, {"main": lite}, MAP) as sight:
        assert shown(sight, "security-evaluation", "pentest-report").status == "not shown"
        sight.project.ledger.append([tested("")])
    with sighted(tmp_path, {"main": lite}, MAP) as sight:
        assert shown(sight, "security-evaluation", "pentest-report").status == "not shown"
        sight.project.ledger.append([tested("ab" * 32)])
    for now, status in ((NOW + 100 * DAY, "attested"), (NOW + 400 * DAY, "broken")):
        with sighted(tmp_path, {"main": lite}, MAP, now=now) as sight:
            assert shown(sight, "security-evaluation", "pentest-report").status == status


def test_measures(lite: str, tmp_path: Path) -> None:
    """Measures with current evidence are attested; one that has run out breaks the promise, a missing one shows nothing."""
    names = (
        "access-control",
        "encryption-at-rest",
        "tls",
        "integrity-check",
        "audit-logging",
        "restore-test",
    )
    threats = ["unauthorised-access", "misuse", "unauthorised-disclosure", "alteration", "destruction"]
    good = [
        {"name": one, "threats": threats, "owner": "security", "evidence": "scan", "until": date(2027, 1, 1)}
        for one in names
    ]
    with sighted(tmp_path, {"main": lite}, MAP) as sight:

        def ends(measures: list[dict[str, Any]]) -> str:
            given = replace(sight, registers={"measures": {"measure": measures}})
            return shown(given, "security-measures", "security-attestation").status

        assert ends([]) == "not shown"
        assert ends(good) == "attested"
        assert ends(good[:-1]) == "not shown"
        assert ends([*good[:-1], good[-1] | {"until": "2026-11-01"}]) == "broken"
        assert ends([*good[:-1], good[-1] | {"evidence": ""}]) == "not shown"


def test_exercise(lite: str, tmp_path: Path) -> None:
    """An exercise of the plan is attested by somebody until its end, and not shown before or after."""
    until = date(2026, 12, 1)
    word = attest(
        hkcloud(),
        "incident-exercise",
        "incident-response",
        at=NOW,
        actor="security",
        until=until,
        scope="all",
    )
    with sighted(tmp_path, {"main": lite}, MAP) as sight:
        assert shown(sight, "incident-response", "incident-exercise").status == "not shown"
        sight.project.ledger.append([word])
    for now, status in ((NOW, "attested"), (NOW + 30 * DAY, "not shown")):
        with sighted(tmp_path, {"main": lite}, MAP, now=now) as sight:
            assert shown(sight, "incident-response", "incident-exercise").status == status
