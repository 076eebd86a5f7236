"""Checks of cookies, contacts, registers of recommenders and consents taken back: each kept once and broken once."""

from __future__ import annotations

import base64
import http.server
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.duties.sighting import POLICY, hkcloud, sighted
from tests.duties.test_proofs_requests import WHO, acted, ends
from tests.duties.test_security import MAP, filled
from tests.enforcement.scene import NOW, run
from troth.duties.contacts import probe, published, try_all
from troth.duties.deeds import event
from troth.duties.proofs.sight import Sight
from troth.enforcement.guard import Guard
from troth.policy.bind import compile_file

COOKIE = {
    "name": "sid*", "kind": "cookie", "purpose": "identity-authentication", "data": ["session-token"], "period": "1 day",
    "owner": "web",
}  # fmt: skip
ONE = {
    "name": "plans", "purpose": "recommendations", "features": ["server-usage"], "logic": "load against size",
    "significance": "a hint in the console", "owner": "product", "until": date(2027, 6, 1),
}  # fmt: skip
TODAY = date(2026, 11, 22)


@pytest.fixture
def sight(tmp_path: Path) -> Iterator[Sight]:
    """What checks look at, over a small database with one cookie."""
    url = f"sqlite:///{tmp_path / 'main.db'}"
    filled(url)
    run(
        url,
        "create table jar (id int primary key, name varchar(40), value varchar(90))",
        "insert into jar values (1, 'sid-1', 'x7')",
    )
    register = {"table": "main.jar", "name": "name", "value": "value", "cookie": [COOKIE]}
    with sighted(tmp_path, {"main": url}, MAP, registers={"cookies": register}) as one:
        yield one


def with_register(sight: Sight, name: str, **changes: Any) -> Sight:
    """The same with one register changed."""
    known = dict(sight.registers.get(name, {}))
    return replace(sight, registers={**sight.registers, name: known | changes})


def test_cookie_register(sight: Sight, tmp_path: Path) -> None:
    """A complete register that names every stored cookie keeps the promise; a strange cookie and a bare entry break it."""
    assert ends(sight, "cookie-register", "cookie-register").status == "kept"
    bare = with_register(sight, "cookies", cookie=[COOKIE | {"owner": ""}])
    assert ends(bare, "cookie-register", "cookie-register").status == "broken"
    assert ends(replace(sight, registers={}), "cookie-register", "cookie-register").status == "not shown"
    run(f"sqlite:///{tmp_path / 'main.db'}", "insert into jar values (2, 'fbp', 'q')")
    assert "fbp" in ends(sight, "cookie-register", "cookie-register").why


@pytest.mark.parametrize(
    "value",
    ["password=hunter22", base64.b64encode(b"password: hunter22").decode(), "pw%3Dx%26password%3Dhunter22"],
)
def test_cookie_contents(sight: Sight, tmp_path: Path, value: str) -> None:
    """A cookie with an opaque value keeps the promise; one with a password in it breaks it, also in an encoded form."""
    assert ends(sight, "sign-in-token", "cookie-content-scan").status == "kept"
    run(f"sqlite:///{tmp_path / 'main.db'}", f"insert into jar values (2, 'sid-2', '{value}')")
    assert ends(sight, "sign-in-token", "cookie-content-scan").status == "broken"


def test_pages_of_a_folder(sight: Sight, tmp_path: Path) -> None:
    """Pages that set what is registered keep the promise, a script that sets more breaks it, and no site shows nothing."""
    assert ends(sight, "cookie-register", "cookie-scan").status == "not shown"
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("<script>document.cookie = 'sid1=' + x</script>", "utf-8")
    told = with_register(sight, "cookies", pages=["site"])
    assert ends(told, "cookie-register", "cookie-scan").status == "kept"
    (tmp_path / "site" / "app.js").write_text("localStorage.setItem('trackme', 1)", "utf-8")
    found = ends(told, "cookie-register", "cookie-scan")
    assert (found.status, found.places) == ("broken", ("app.js",))
    assert ends(with_register(sight, "cookies", pages=["nowhere"]), "secrets", "card-scan").status == "kept"


class Site(http.server.BaseHTTPRequestHandler):
    """Two pages, the second of which sets a cookie."""

    def do_GET(self) -> None:
        """One page."""
        self.send_response(404 if self.path == "/gone" else 200)
        if self.path == "/two":
            self.send_header("Set-Cookie", "spy=1; Path=/")
        self.end_headers()
        self.wfile.write(b"<a href='/two'>two</a> <a href='http://elsewhere.example/'>no</a>")

    do_HEAD = do_GET  # noqa: N815 - the name the library gives

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name the library gives
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    """The address of a small site on this machine."""
    with socketserver.TCPServer(("localhost", 0), Site) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_address[1]}"
        server.shutdown()


def test_pages_of_a_site(sight: Sight, site: str) -> None:
    """A cookie in the header of a page that the first one links to is found."""
    found = ends(with_register(sight, "cookies", pages=[f"{site}/"]), "cookie-register", "cookie-scan")
    assert (found.status, found.places, found.figures[1].value) == ("broken", ("/two",), 2)


@pytest.mark.parametrize("promise", ["behaviour-analysis", "cookie-refusal"])
def test_cookie_gate(sight: Sight, promise: str) -> None:
    """The guard lets in no cookie without the choice it needs; one that forgot the rule breaks the promise."""
    assert ends(sight, promise, "cookie-gate").status == "kept"
    rule = "never collect cookie-data if browser-cookies"
    text = POLICY.read_text("utf-8").replace(rule, rule.replace("collect", "read"))
    text = text.replace("for analytics, improve on consent", "for analytics, improve on legitimate-interest")
    lax = replace(sight, guard=Guard(compile_file(text.encode(), "p").policy))
    assert ends(lax, promise, "cookie-gate").status == "broken"


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({}, "kept"),
        ({"logic": ""}, "broken"),
        ({"until": date(2026, 1, 1)}, "broken"),
        ({"features": ["passport"]}, "broken"),
    ],
)
def test_profiling(sight: Sight, change: dict[str, Any], status: str) -> None:
    """Recommenders and detectors with logic, effect and permitted features keep the promise; others break it."""
    detector = ONE | {"name": "sign-ins", "purpose": "abnormal-login-detection", "features": ["ip-address"]}
    told = with_register(sight, "profiling", recommender=[ONE | change], detector=[detector])
    found = ends(told, "profiling-register", "profiling-register-complete")
    assert found.status == status, found.why
    alone = with_register(sight, "profiling", recommender=[ONE])
    assert "a detector" in ends(alone, "profiling-register", "profiling-register-complete").why
    assert ends(sight, "profiling-register", "profiling-register-complete").status == "not shown"


def test_published_contacts() -> None:
    """The mailbox and the telephone number of the policy are found, each once, with their sentences."""
    found = {one.kind: (one.value, one.sentences) for one in published(hkcloud())}
    assert found == {
        "email": ("service@cn2.hk", ("hkc-097",)),
        "phone": ("4008889543", ("hkc-098", "hkc-099")),
    }


PHONE = {
    "value": "4008889543",
    "international": "+86 400 888 9543",
    "owner": "support",
    "reached": date(2026, 11, 2),
}


@pytest.mark.parametrize(
    ("change", "status"),
    [({}, "kept"), ({"reached": date(2026, 9, 1)}, "broken"), ({"international": "4008889543"}, "not shown"),
     ({"international": "+0"}, "broken"), ({"reached": "soon"}, "not shown")],
)  # fmt: skip
def test_numbers(sight: Sight, change: dict[str, Any], status: str) -> None:
    """A number in international form that was called lately keeps the promise; one that was not breaks it."""
    assert (
        ends(
            with_register(sight, "contacts", contact=[PHONE | change]), "contact-phone", "contact-probe"
        ).status
        == status
    )


class Mail(socketserver.StreamRequestHandler):
    """A mail server that takes letters for one mailbox."""

    def handle(self) -> None:
        """One connection."""
        self.wfile.write(b"220 hello\r\n")
        for line in self.rfile:
            word = line[:4].upper()
            known = b"service@cn2.hk" in line or word != b"RCPT"
            self.wfile.write(
                b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n" if known else b"550 nobody\r\n"
            )
            if word == b"QUIT":
                return


@pytest.fixture
def mail() -> Iterator[int]:
    """The port of a small mail server on this machine."""
    with socketserver.ThreadingTCPServer(("localhost", 0), Mail) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield int(server.server_address[1])
        server.shutdown()


def test_mailboxes(sight: Sight, mail: int) -> None:
    """A mailbox that the server takes keeps the promise, another breaks it, and without leave nobody is asked."""
    register = {"probe": ["mail"], "mail_host": "localhost", "mail_port": mail, "sender": "a@b.example"}
    assert (
        ends(with_register(sight, "contacts", **register), "contact-email", "contact-probe").status == "kept"
    )
    assert ends(sight, "contact-email", "contact-probe").status == "not shown"
    text = POLICY.read_text("utf-8").replace("service@cn2.hk", "old@cn2.hk")
    other = replace(
        with_register(sight, "contacts", **register), policy=compile_file(text.encode(), "p").policy
    )
    found = ends(other, "contact-email", "contact-probe")
    assert (found.status, found.why) == ("broken", "email: the mail server answers 550")


def test_links(site: str) -> None:
    """A page that answers is reached, one that is gone is not, and without leave nobody asks."""
    for path, answer in (("/", True), ("/gone", False)):
        register = {"probe": ["links"], "contact": [{"value": site + path}]}
        (link,) = [one for one in published(hkcloud(), register) if one.kind == "link"]
        assert probe(link, register, TODAY).reachable is answer
        assert probe(link, {}, TODAY).reachable is None


def test_deeds_of_a_test(sight: Sight, mail: int) -> None:
    """A test that reaches a mailbox keeps the duty to test it, one that does not leaves a finding, and no address is entered."""
    register = {
        "probe": ["mail"],
        "mail_host": "localhost",
        "mail_port": mail,
        "contact": [PHONE | {"reached": date(2026, 1, 1)}],
    }
    try_all(sight.project, hkcloud(), register, TODAY)
    entries = list(sight.project.ledger.read())
    assert {one.detail.get("rule") for one in entries if one.kind == "deed"} == {"contact-email/2"}
    assert [one.detail["kind"] for one in entries if one.kind == "finding"] == ["phone"]
    assert "cn2" not in str(entries)


def test_self_service(sight: Sight) -> None:
    """What only a page could offer is not shown while there is no portal; what nothing carries out is broken."""
    found = ends(sight, "recommendations-off", "self-service-test")
    assert (found.status, "no portal" in found.why) == ("not shown", True)
    offer = "must offer personalisation-switch by account-settings"
    text = POLICY.read_text("utf-8").replace(offer, "must offer account-page by email")
    spoken = replace(sight, policy=compile_file(text.encode(), "p").policy)
    assert ends(spoken, "recommendations-off", "self-service-test").status == "kept"
    text = POLICY.read_text("utf-8").replace(offer, "must offer contact-point by email")
    lost = replace(sight, policy=compile_file(text.encode(), "p").policy)
    assert ends(lost, "recommendations-off", "self-service-test").status == "broken"


def test_parity(sight: Sight) -> None:
    """A consent given by a way by which it can be taken back keeps the promise; one given by fax breaks it."""
    assert ends(sight, "withdraw-consent", "withdrawal-parity").status == "kept"
    for way, status in (("account-settings", "kept"), ("postal-mail", "broken")):
        said = acted(
            "consent", "behaviour-analysis", action="give", detail={"purpose": "analytics", "channel": way}
        )
        sight.project.ledger.append([said])
        assert ends(sight, "withdraw-consent", "withdrawal-parity").status == status


def test_after_a_withdrawal(sight: Sight) -> None:
    """What came in before a consent was taken back is fine; what comes in after breaks the promise, and so does a late duty."""
    ledger = sight.project.ledger
    about = {"purpose": "service-usage-analytics"}
    taken = acted("consent", "withdraw-consent", action="withdraw", detail=about)
    ledger.append([acted("collected", "behaviour-analysis", detail=about), taken])
    assert ends(sight, "withdrawn-consent", "withdrawal-effective").status == "kept"
    number = ledger.append([acted("collected", "behaviour-analysis", detail=about)])
    found = ends(sight, "withdrawn-consent", "withdrawal-effective")
    assert (found.status, found.entries) == ("broken", (number,))


def test_late_duties_after_a_withdrawal(sight: Sight) -> None:
    """A withdrawal of which nobody obeyed the duties in time breaks the promise."""
    sight.project.ledger.append(
        [event("consent-withdrawn", at=NOW - timedelta(days=3), actor="troth", subject=WHO)]
    )
    found = ends(sight, "withdrawn-consent", "withdrawal-effective")
    assert (found.status, "not done in time" in found.why) == ("broken", True)
