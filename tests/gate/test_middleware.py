"""The middlewares, driven as servers drive them: purposes, bodies, refusals."""

from __future__ import annotations

import asyncio
import email
import http.client
import io
import json
import threading
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, select

from tests.enforcement.test_guard import PROJECTIONS, RING
from tests.gate import test_collect as sign
from tests.gate import test_sqlalchemy as shop
from troth.enforcement.guard import Guard
from troth.enforcement.ruling import Refused
from troth.evidence.ledger import Kept
from troth.evidence.open import open_ledger
from troth.gate import asgi, wsgi
from troth.gate.body import Rejected, fields, rejection
from troth.gate.collect import Gate, read_forms
from troth.gate.errand import current
from troth.gate.routes import Arrived, Route, Routes, read_routes
from troth.gate.sqlalchemy import watch
from troth.model.errors import TrothError

LIMIT = 4096
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
ROUTES = (
    Route("/signup", "account-management", "customer", ("POST",), "signup"),
    Route("/tickets/{id}", "support", "support"),
    Route("/billing/*", "service-notice", "mailer"),
    Route("/internal/*"),
    Route("/boom", "support", "support"),
)


@dataclass
class Asked:
    """A request."""

    path: str = "/signup"
    method: str = "POST"
    body: bytes = b""
    kind: str = JSON
    query: str = ""
    client: str = "203.0.113.9"
    headers: dict[str, str] = field(default_factory=dict)
    chunk: int = 1000


@dataclass
class Answered:
    """What came of it: status, JSON or text, and what the application saw."""

    status: int
    body: bytes
    seen: dict[str, Any]

    @property
    def json(self) -> dict[str, str]:
        """The body as JSON."""
        return dict(json.loads(self.body))


Drive = Callable[[Routes, Asked], Answered]


def by_asgi(routes: Routes, asked: Asked) -> Answered:
    """Run a request as an ASGI server does, in pieces."""
    seen: dict[str, Any] = {}

    async def app(_scope: Any, receive: Any, send: Any) -> None:
        errand = current()
        seen["purpose"] = errand and (errand.purpose, errand.actor)
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message.get("body", b""), message.get("more_body", False)
        seen["body"] = body
        if asked.path == "/boom":
            ENGINE_READ()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"fine"})

    parts = [asked.body[at : at + asked.chunk] for at in range(0, len(asked.body), asked.chunk)] or [b""]
    inbox = [
        {"type": "http.request", "body": part, "more_body": at < len(parts) - 1}
        for at, part in enumerate(parts)
    ]
    sent: list[MutableMapping[str, Any]] = []

    async def receive() -> Any:
        return inbox.pop(0) if inbox else {"type": "http.disconnect"}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    headers = [(b"content-type", asked.kind.encode())] if asked.kind else []
    headers += [(name.encode(), value.encode()) for name, value in asked.headers.items()]
    scope = {
        "type": "http", "method": asked.method, "path": asked.path, "query_string": asked.query.encode(),
        "headers": headers, "client": (asked.client, 1),
    }  # fmt: skip
    asyncio.run(asgi.Middleware(app, routes)(scope, receive, send))
    return Answered(sent[0]["status"], b"".join(one.get("body", b"") for one in sent[1:]), seen)


def by_wsgi(routes: Routes, asked: Asked) -> Answered:
    """Run a request as a WSGI server does, with the validator of the standard library on both sides."""
    seen: dict[str, Any] = {}

    def app(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        start("200 OK", [("Content-Type", "text/plain")])

        def answer() -> Iterator[bytes]:
            errand = current()
            seen["purpose"] = errand and (errand.purpose, errand.actor)
            seen["body"] = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
            if asked.path == "/boom":
                ENGINE_READ()
            yield b"fine"

        return answer()

    environ: dict[str, Any] = {}
    setup_testing_defaults(environ)
    environ |= {
        "REQUEST_METHOD": asked.method, "PATH_INFO": asked.path, "QUERY_STRING": asked.query,
        "REMOTE_ADDR": asked.client, "CONTENT_LENGTH": str(len(asked.body)), "wsgi.input": io.BytesIO(asked.body),
    }  # fmt: skip
    if asked.kind:
        environ["CONTENT_TYPE"] = asked.kind
    environ |= {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in asked.headers.items()}
    status: list[str] = []

    def start(line: str, _headers: Any, exc_info: Any = None) -> Callable[[bytes], object]:
        assert not status or exc_info
        status[:] = [line]
        return lambda _part: None

    found = validator(wsgi.Middleware(app, routes))(environ, start)
    body = b"".join(found)
    found.close()  # type: ignore[attr-defined]
    return Answered(int(status[0].split()[0]), body, seen)


def ENGINE_READ() -> None:  # noqa: N802 - stands for the application's own reading
    """Read what support may not read."""
    engine = create_engine("sqlite://")
    shop.Model.metadata.create_all(engine)
    watch(engine, shop.guard(), shop.MAP, "shop")
    try:
        with engine.connect() as run:
            run.execute(select(shop.customer.c.email))
    finally:
        engine.dispose()


@pytest.fixture(params=[by_asgi, by_wsgi])
def drive(request: pytest.FixtureRequest) -> Drive:
    """Both middlewares."""
    found: Drive = request.param
    return found


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Kept]:
    """An empty ledger."""
    with open_ledger(str(tmp_path / "ledger.db"), signer=RING.signer, projections=PROJECTIONS) as opened:
        yield opened


@pytest.fixture
def routes(ledger: Kept) -> Routes:
    """The routes of the shop."""
    guard = Guard(sign.POLICY, ledger=ledger, keys=RING.pseudonym, clock=lambda: sign.NOW)
    gate = Gate(guard, read_forms(sign.FORMS), keep=lambda one: ledger.append([one]), keys=RING.pseudonym)
    return Routes(guard=guard, routes=ROUTES, gate=gate, trusted=("10.0.0.0/8",), limit=LIMIT)


GOOD = b'{"email": "ann@example.com", "contact": {"name": "Ann"}}'


def test_good_body_arrives_unchanged(drive: Drive, routes: Routes, ledger: Kept) -> None:
    """What a form declares reaches the application byte for byte, with its purpose, and leaves an entry."""
    found = drive(routes, Asked(body=GOOD, chunk=7))
    assert (found.status, found.body) == (200, b"fine")
    assert found.seen == {"purpose": ("account-management", "customer"), "body": GOOD}
    assert [one.detail["fields"] for one in ledger.read()] == [["contact.name", "email"]]


MULTIPART = (
    b'--xyz\r\nContent-Disposition: form-data; name="email"\r\n\r\nann@example.com\r\n'
    b'--xyz\r\nContent-Disposition: form-data; name="%s"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'
    b"\x00\xff\r\n--xyz--\r\n"
)
CASES: list[tuple[Asked, int, str]] = [
    (Asked(body=b""), 200, ""),
    (Asked(body=b"email=a%40b.example&csrf=1", kind=FORM), 200, ""),
    (Asked(body=b"email=a&shoe=1", kind=FORM), 422, "does not declare `shoe`"),
    (Asked(body=MULTIPART % b"csrf", kind="multipart/form-data; boundary=xyz"), 200, ""),
    (Asked(body=MULTIPART % b"photo", kind='multipart/form-data; boundary="xyz"'), 422, "`photo`"),
    (Asked(body=MULTIPART % b"a\\b", kind="multipart/form-data; boundary=xyz"), 400, "parts of the form"),
    (
        Asked(body=MULTIPART[:-9] % b"csrf", kind="multipart/form-data; boundary=xyz"),
        400,
        "parts of the form",
    ),
    (Asked(body=b"--xyz--\r\nemail", kind="multipart/form-data; boundary=xy"), 400, "parts of the form"),
    (Asked(body=GOOD, query="utm_source=x"), 422, "does not declare `utm_source`"),
    (Asked(body=GOOD, query="csrf=x"), 200, ""),
    (Asked(body=b'{"email": "a", "age": 3}'), 422, "does not declare `age`"),
    (Asked(body=b'{"email": "a", "ann smith": 3}'), 422, "a field with an odd name"),
    (Asked(body=b'{"email": "a", "": "ann"}'), 422, "a field with an odd name"),
    (Asked(body=b'{"": {"email": "a"}}'), 422, "a field with an odd name"),
    (Asked(body=b'{"": [{"": "ann"}]}'), 422, "a field with an odd name"),
    (Asked(body=b"=ann", kind=FORM), 422, "a field with an odd name"),
    (Asked(body=GOOD, query="csrf=x;age=3"), 400, "the query has a `;`"),
    (Asked(body=b'{"birthday": "2000-01-01"}'), 403, "no promise permits it"),
    (Asked(body=b'{"birthday": ""}'), 200, ""),
    (Asked(body=b'{"email": 1, "email": 2}'), 400, "stands twice"),
    (Asked(body=b'{"contact.name": 1}'), 400, "dot or brackets"),
    (Asked(body=b"{"), 400, "not JSON"),
    (Asked(body=b'{"email": ' + b"9" * 4000 + b"}"), 200, ""),
    (Asked(body=b"[" * 4000), 400, "not JSON"),
    (Asked(body=b'{"a":' * 700), 400, "not JSON"),
    (Asked(body=b'["email"]'), 400, "an object with fields"),
    (Asked(body=b"3"), 400, "an object with fields"),
    (Asked(body=b"\xff\xfe"), 400, "not UTF-8"),
    (Asked(body=b"email=%FF", kind=FORM), 400, "the form can not be read"),
    (Asked(body=b"&".join(b"a%d=" % n for n in range(1200))[:LIMIT], kind=FORM), 422, "does not declare"),
    (Asked(body=b"x" * (LIMIT + 1)), 413, "larger than 4,096 bytes"),
    (Asked(body=GOOD, kind="text/plain"), 415, "type of body"),
    (Asked(body=GOOD, kind=""), 415, "type of body"),
    (Asked(body=GOOD, kind="application/json; charset=utf-16"), 415, "not in UTF-8"),
    (Asked(body=GOOD, headers={"content-encoding": "gzip"}), 415, "compressed"),
]


@pytest.mark.parametrize("number", range(len(CASES)))
def test_bodies(drive: Drive, routes: Routes, number: int) -> None:
    """Every body is let in or answered in JSON with a reason and advice, and no value comes back."""
    asked, status, error = CASES[number]
    found = drive(routes, asked)
    assert found.status == status, found.body
    if status == 200:
        assert found.seen["body"] == asked.body
        return
    assert found.seen == {}
    assert error in found.json["error"]
    assert set(found.json) == {"error", "hint", "sentence"}
    assert found.json["hint"]
    assert b"ann" not in found.body


def test_other_routes_are_not_read(drive: Drive, routes: Routes) -> None:
    """A body of a route without a form streams past, whatever it is and however large."""
    body = b"\xff" * 300_000
    found = drive(
        routes, Asked("/tickets/7", body=body, kind="text/odd", headers={"content-encoding": "gzip"})
    )
    assert (found.status, found.seen["body"] == body) == (200, True)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/tickets/7", ("support", "support")),
        ("/tickets/7/x", None),
        ("/tickets/", None),
        ("/billing/a/b", ("service-notice", "mailer")),
        ("/signup/", None),
        ("/elsewhere", None),
    ],
)
def test_purpose_of_a_route(drive: Drive, routes: Routes, path: str, expected: object) -> None:
    """The purpose is that of the route; where nobody declared one there is none."""
    assert drive(routes, Asked(path, "GET")).seen["purpose"] == expected


@pytest.mark.parametrize("path", ["/signup/", "//signup", "/signup//"])
def test_a_slash_more_is_no_way_around_a_form(drive: Drive, routes: Routes, path: str) -> None:
    """Some applications take the path as if the slash were not there, so the form is looked at there too."""
    wide = replace(routes, routes=(*routes.routes, Route("/*", "account-management", "customer")))
    found = drive(wide, Asked(path, body=b'{"email": "a", "age": 3}'))
    assert (found.status, "does not declare `age`" in found.json["error"]) == (422, True)
    assert drive(wide, Asked(path + "x", body=b'{"age": 3}')).status == 200


def test_facts_of_a_route_and_of_a_request(drive: Drive, routes: Routes) -> None:
    """What is known of every request of a route, and of this one, is known where its data is touched and let in."""
    (told,) = read_routes(
        [{"path": "/boom", "purpose": "support", "actor": "support", "facts": {"held": False, "age": 40}}]
    )
    one = replace(
        routes, routes=(told,), facts=lambda arrived: {"age": 12} if "young" in arrived.query else {}
    )
    for query, age in (("", 40), ("young", 12)):
        errand = one.errand(Arrived("GET", "/boom", "", query, lambda _: ()), told)
        assert errand is not None
        assert errand.facts == {"held": False, "age": age}
    unseen = replace(routes, facts=lambda _arrived: {"notice-sent": False})
    assert drive(routes, Asked(body=GOOD)).status == 200
    assert drive(unseen, Asked(body=GOOD)).status == 403


def test_head_is_as_get(drive: Drive, routes: Routes) -> None:
    """Who may get something for a purpose may ask for its head."""
    one = replace(routes, routes=(Route("/x", "support", "support", methods=("GET",)),))
    assert drive(one, Asked("/x", "HEAD")).seen["purpose"] == ("support", "support")
    assert drive(one, Asked("/x", "PUT")).seen["purpose"] is None


@pytest.mark.parametrize(
    ("root", "path", "expected"),
    [("/api", "/api/tickets/7", True), ("/api/", "/api/tickets/7", True), ("", "/tickets/7", True),
     ("/api", "/tickets/7", True), ("/api", "/apis/tickets/7", False)],
)  # fmt: skip
def test_where_an_application_is_mounted(routes: Routes, root: str, path: str, expected: bool) -> None:
    """The path of an ASGI request begins with the place where the application is mounted; its routes do not."""
    seen: list[bool] = []

    async def app(_scope: Any, _receive: Any, _send: Any) -> None:
        seen.append(current() is not None)

    scope = {"type": "http", "method": "GET", "path": path, "root_path": root, "headers": []}
    asyncio.run(asgi.Middleware(app, routes)(scope, app, app))  # type: ignore[arg-type]
    assert seen == [expected]


def test_purpose_of_a_proxy(drive: Drive, routes: Routes) -> None:
    """Headers count from a trusted proxy only, never against the route, and not with a purpose nobody knows."""
    told = {"x-purpose": "support", "x-role": "support"}
    inside = Asked("/internal/a", "GET", client="10.1.2.3", headers=told)
    assert drive(routes, inside).seen["purpose"] == ("support", "support")
    outside = Asked("/internal/a", "GET", client="203.0.113.9", headers=told)
    assert drive(routes, outside).seen["purpose"] is None
    routed = Asked("/billing/a", "GET", client="10.1.2.3", headers=told)
    assert drive(routes, routed).seen["purpose"] == ("service-notice", "mailer")
    odd = drive(
        routes,
        Asked("/internal/a", "GET", client="10.1.2.3", headers={"x-purpose": "snooping", "x-role": "a"}),
    )
    assert (odd.status, odd.json["error"]) == (400, "the proxy names a purpose that is not known")
    nobody = Asked("/internal/a", "GET", client="unix:", headers=told)
    assert drive(routes, nobody).seen["purpose"] is None


def test_refusal_inside_the_application(drive: Drive, routes: Routes) -> None:
    """A refusal that the application did not expect becomes 403 with the sentence's words and no traceback."""
    found = drive(routes, Asked("/boom", "GET"))
    assert found.status == 403
    assert found.json["error"] == "`read email-address for support` is refused: no promise permits it"


@pytest.mark.parametrize(("other", "status"), [(None, 403), (KeyError("x"), None)])
def test_refusal_in_one_of_several_tasks(routes: Routes, other: Exception | None, status: int | None) -> None:
    """A group of tasks gives its errors in a group: refusals alone become 403, anything else is the server's to see."""
    sent: list[MutableMapping[str, Any]] = []

    async def fails(error: Exception) -> None:
        raise error

    async def app(_scope: Any, _receive: Any, _send: Any) -> None:
        async with asyncio.TaskGroup() as outer, asyncio.TaskGroup() as inner:
            inner.create_task(asyncio.to_thread(ENGINE_READ))
            if other is not None:
                outer.create_task(fails(other))

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": "/boom", "headers": []}
    with pytest.raises(BaseExceptionGroup) if status is None else nullcontext():
        asyncio.run(asgi.Middleware(app, routes)(scope, send, send))  # type: ignore[arg-type]
    assert [one["status"] for one in sent if "status" in one] == ([status] if status else [])


def test_evidence_that_can_not_be_kept(drive: Drive, routes: Routes) -> None:
    """Where the ledger can not take the entry, nothing is let in, and the reason inside stays inside."""

    def broken(_entry: object) -> int:
        raise TrothError("the disk of ledger.db is full")

    gate = Gate(routes.guard, read_forms(sign.FORMS), keep=broken)
    found = drive(Routes(guard=routes.guard, routes=ROUTES, gate=gate), Asked(body=GOOD))
    assert (found.status, found.seen) == (503, {})
    assert "disk" not in found.json["error"]


def test_disconnect_and_other_scopes(routes: Routes) -> None:
    """A client that goes away ends quietly; lifespan passes; a websocket carries the purpose and takes no form."""
    seen: list[Any] = []

    async def app(scope: Any, _receive: Any, _send: Any) -> None:
        seen.append((scope["type"], current() and current().purpose))  # type: ignore[union-attr]

    async def gone() -> Any:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        seen.append(message)

    async def drive_all() -> None:
        middle = asgi.Middleware(app, routes)
        await middle({"type": "lifespan"}, gone, send)
        await middle({"type": "http", "method": "POST", "path": "/signup", "headers": []}, gone, send)
        await middle({"type": "websocket", "path": "/tickets/1", "headers": []}, gone, send)

    asyncio.run(drive_all())
    assert seen[0] == ("lifespan", None)
    assert seen[1]["status"] == 400
    assert seen[-1] == ("websocket", "support")


def test_late_refusal_is_raised(routes: Routes) -> None:
    """Once an answer has begun, a refusal is the server's to see: nothing is sent on top of it."""

    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        ENGINE_READ()

    async def nothing(*_: Any) -> Any:
        return {"type": "http.request", "body": b""}

    scope = {"type": "http", "method": "GET", "path": "/boom", "headers": []}
    with pytest.raises(Refused):
        asyncio.run(asgi.Middleware(app, routes)(scope, nothing, nothing))


def test_wsgi_lengths(routes: Routes) -> None:
    """A WSGI body of unknown length is refused unless the server ends it, and a short one is not taken for whole."""

    def app(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        start("200 OK", [])
        return [environ["wsgi.input"].read()]

    def ask(**more: Any) -> tuple[str, bytes]:
        told: list[str] = []
        environ = {
            "REQUEST_METHOD": "POST", "PATH_INFO": "/signup", "CONTENT_TYPE": JSON, "wsgi.input": io.BytesIO(GOOD),
        } | more  # fmt: skip
        body = b"".join(wsgi.Middleware(app, routes)(environ, lambda line, *_: told.append(line)))
        return told[-1][:3], body

    assert ask(CONTENT_LENGTH=str(len(GOOD))) == ("200", GOOD)
    assert ask(CONTENT_LENGTH=str(len(GOOD) + 1))[0] == "400"
    assert ask(CONTENT_LENGTH="-1")[0] == "400"
    assert ask(HTTP_TRANSFER_ENCODING="chunked")[0] == "411"
    chunked = {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True}
    assert ask(**chunked) == ("200", GOOD)
    assert ask(**chunked | {"wsgi.input": io.BytesIO(b" " * (LIMIT + 9))})[0] == "413"


def test_wsgi_errors_of_answers_not_begun(routes: Routes) -> None:
    """A server is told of an error only where the application had begun an answer, as PEP 3333 has it."""
    told: list[tuple[str, bool]] = []

    def start(line: str, _headers: Any, exc_info: Any = None) -> Callable[[bytes], object]:
        told.append((line[:3], exc_info is not None))
        return lambda _part: None

    def at_once(_environ: Any, _start: Any) -> Iterable[bytes]:
        ENGINE_READ()
        return []

    def begun(_environ: Any, start: Any) -> Iterable[bytes]:
        start("200 OK", [])
        ENGINE_READ()
        return []

    def later(_environ: Any, _start: Any) -> Iterator[bytes]:
        ENGINE_READ()
        yield b""

    def begun_later(_environ: Any, start: Any) -> Iterator[bytes]:
        start("200 OK", [])
        ENGINE_READ()
        yield b""

    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/boom"}
    expected = {
        at_once: [("403", False)],
        begun: [("200", False), ("403", True)],
        later: [("403", False)],
        begun_later: [("200", False), ("403", True)],
    }
    for app, calls in expected.items():
        told.clear()
        body = b"".join(wsgi.Middleware(app, routes)(dict(environ), start))
        assert told == calls
        assert json.loads(body)["error"].startswith("`read email-address for support` is refused")
    told.clear()
    undeclared = environ | {"REQUEST_METHOD": "POST", "PATH_INFO": "/signup", "QUERY_STRING": "shoe=1"}
    list(wsgi.Middleware(at_once, routes)(undeclared, start))
    assert told == [("422", False)]


@pytest.mark.parametrize("wrap", ["asgi", "wsgi"])
def test_framework_that_catches_errors(routes: Routes, wrap: str) -> None:
    """Where a framework catches the errors of its views, what the page says to register answers in its place."""
    handlers: dict[type[Exception], Callable[[Any], tuple[dict[str, Any], int]]] = {}

    def refused(error: Refused) -> tuple[dict[str, Any], int]:
        no = rejection(error)
        return no.told.as_json(), no.status

    def view() -> tuple[dict[str, Any], int]:
        try:
            ENGINE_READ()
        except Exception as error:  # noqa: BLE001 - as frameworks do
            handler = handlers.get(type(error))
            return handler(error) if handler else ({"error": "internal"}, 500)
        return {}, 200

    sent: list[Any] = []

    async def awaited(_scope: Any, _receive: Any, send: Any) -> None:
        said, status = view()
        await send({"status": status, "said": said})

    def called(_environ: Any, start: Any) -> Iterable[bytes]:
        said, status = view()
        start(f"{status} ", [])
        sent.append({"status": status, "said": said})
        return []

    async def send(message: Any) -> None:
        sent.append(message)

    def ask() -> Any:
        if wrap == "asgi":
            scope = {"type": "http", "method": "GET", "path": "/boom", "headers": []}
            asyncio.run(asgi.Middleware(awaited, routes)(scope, send, send))  # type: ignore[arg-type]
        else:
            list(
                wsgi.Middleware(called, routes)(
                    {"REQUEST_METHOD": "GET", "PATH_INFO": "/boom"}, lambda *_: None
                )
            )
        return sent.pop()

    assert ask()["status"] == 500
    handlers[Refused] = refused
    found = ask()
    assert found["status"] == 403
    assert set(found["said"]) == {"error", "hint", "sentence"}


@pytest.mark.parametrize(
    ("routes", "error"),
    [
        ([{"purpose": "support"}], "`path`"),
        ([{"path": "/x", "colour": "red"}], "`colour`"),
        ([{"path": "/x", "methods": "GET"}], "`methods`"),
        ([{"path": "/x", "facts": "held"}], "`facts`"),
        ([{"path": "/x", "purpose": "supprot", "actor": "a"}], "not a known purpose"),
        ([{"path": "/x", "purpose": "support", "actor": "a", "form": "nothing"}], "not declared"),
    ],
)
def test_bad_routes(routes: list[dict[str, Any]], error: str) -> None:
    """A route that could never work is refused before the first request."""
    with pytest.raises(TrothError, match=error):
        Routes(guard=Guard(sign.POLICY), routes=read_routes(routes))
    with pytest.raises(TrothError, match="trusted network"):
        Routes(guard=Guard(sign.POLICY), trusted=("10.0.0.1/8",))


def test_real_server(routes: Routes, ledger: Kept) -> None:
    """On a real WSGI server and a real connection, a good form is stored and a bad one is answered."""

    def app(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
        return [body]

    with make_server("127.0.0.1", 0, wsgi.Middleware(app, routes), handler_class=_Quiet) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        found = []
        for body in (GOOD, b'{"email": "ann@example.com", "age": 3}'):
            connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
            connection.request("POST", "/signup", body, {"Content-Type": JSON})
            answer = connection.getresponse()
            found.append((answer.status, answer.read()))
            connection.close()
        server.shutdown()
        thread.join()
    assert found[0] == (200, GOOD)
    assert (found[1][0], json.loads(found[1][1])["error"]) == (
        422,
        "the form `signup` does not declare `age`",
    )
    assert ledger.size() == 1


class _Quiet(WSGIRequestHandler):
    """Writes no log."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


types = st.sampled_from(
    [JSON, FORM, "multipart/form-data; boundary=b", "multipart/form-data", "", "a/b; charset=x", "\xff"]
)


noise = st.text(alphabet='{}[]":,ab.1\r\n-=&%;', max_size=60).map(str.encode)


@given(types, st.one_of(st.binary(max_size=60), noise), st.text(max_size=20))
def test_no_body_breaks_the_gate(kind: str, body: bytes, query: str) -> None:
    """Whatever comes is either a list of fields or a rejection with a status and advice."""
    found: dict[str, bool] | Rejected
    try:
        found = fields(kind, "", body, query)
    except Rejected as error:
        found = error
    if isinstance(found, Rejected):
        assert 400 <= found.status < 500
        assert found.hint
    else:
        assert all(isinstance(name, str) for name in found)


odd_names = st.text(alphabet="abc_é[] ;=", min_size=1, max_size=8)
contents = st.binary(max_size=12).filter(lambda one: b"--b" not in one)
parts = st.lists(st.tuples(odd_names, contents), min_size=1, max_size=4)


@given(parts)
def test_multipart_as_others_read_it(pairs: list[tuple[str, bytes]]) -> None:
    """The names found in the parts of a form are those that another parser finds."""
    body = b"".join(
        b'--b\r\nContent-Disposition: form-data; name="' + name.encode() + b'"\r\n\r\n' + value + b"\r\n"
        for name, value in pairs
    )
    found = fields("multipart/form-data; boundary=b", "", body + b"--b--\r\n", "")
    message = email.message_from_bytes(
        b"Content-Type: multipart/form-data; boundary=b\r\n\r\n" + body + b"--b--\r\n"
    )
    others = message.get_payload()
    assert isinstance(others, list)
    raw = [one.get_param("name", header="content-disposition") for one in others if not isinstance(one, str)]
    assert len(raw) == len(pairs)
    assert set(found) == {name for name, _ in pairs}
