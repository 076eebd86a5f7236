"""The WSGI middleware: as the ASGI one, for applications that are called, not awaited."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextvars import Context, copy_context
from http import HTTPStatus
from io import BytesIO
from typing import Any

from troth.enforcement.ruling import Refused
from troth.gate.body import Rejected, reject, rejection, too_large
from troth.gate.errand import Errand, carrying
from troth.gate.routes import Arrived, Route, Routes
from troth.model.errors import TrothError

Environ = dict[str, Any]
Start = Callable[..., Any]
App = Callable[[Environ, Start], Iterable[bytes]]
_CHUNK = 64 * 1024


class Middleware:
    """Wraps a WSGI application.

    Args:
        app: the application.
        routes: what requests are there for.
    """

    def __init__(self, app: App, routes: Routes) -> None:
        self._app, self._routes = app, routes

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        """Answer one request; the errand lasts until the answer is closed."""
        arrived = _arrived(environ)
        try:
            route = self._routes.find(arrived)
            errand = self._routes.errand(arrived, route)
            if route is not None and route.form:
                self._admit(environ, arrived, route)
        except Rejected as error:
            return _answer(start_response, error)
        context, start = copy_context(), _Start(start_response)
        try:
            found = context.run(self._call, errand, environ, start)
        except Refused as error:
            return start.instead(rejection(error))
        return _Carried(context, errand, found, start)

    def _call(self, errand: Errand | None, environ: Environ, start_response: Start) -> Iterable[bytes]:
        with carrying(errand):
            return self._app(environ, start_response)

    def _admit(self, environ: Environ, arrived: Arrived, route: Route) -> None:
        body = self._read(environ)
        try:
            self._routes.admit(arrived, route, body)
        except (Rejected, Refused):
            raise
        except TrothError:
            raise reject(
                503, "the evidence can not be kept, so nothing is taken", "try again later"
            ) from None
        environ["wsgi.input"] = BytesIO(body)
        environ["CONTENT_LENGTH"] = str(len(body))

    def _read(self, environ: Environ) -> bytes:
        limit, said = self._routes.limit, environ.get("CONTENT_LENGTH") or ""
        if said and not said.isdecimal():
            raise reject(400, "the request does not say its length", "send a Content-Length")
        if said and int(said) > limit:
            raise too_large(limit)
        chunked = "chunked" in environ.get("HTTP_TRANSFER_ENCODING", "").lower()
        if chunked and not environ.get("wsgi.input_terminated"):
            raise reject(411, "the request does not say its length", "send a Content-Length")
        left = limit + 1 if chunked else int(said or 0)
        parts, size = [], 0
        while left > 0:
            part = environ["wsgi.input"].read(min(left, _CHUNK))
            if not part:
                break
            parts.append(part)
            size, left = size + len(part), left - len(part)
        if size > limit:
            raise too_large(limit)
        if not chunked and size != int(said or 0):
            raise reject(400, "the request ended early", "send it again")
        return b"".join(parts)


class _Start:
    """The server's `start_response`, which knows whether the application has called it."""

    def __init__(self, start_response: Start) -> None:
        self._start, self._called = start_response, False

    def __call__(self, *told: Any) -> Any:
        self._called = True
        return self._start(*told)

    def instead(self, error: Rejected) -> list[bytes]:
        """Answer a refusal that is being handled in place of the application.

        PEP 3333 wants `exc_info` where an answer was begun before, so that a server which has not sent its headers takes
        these instead, and only there.
        """
        return _answer(self._start, error, *([sys.exc_info()] if self._called else []))


class _Carried:
    """The answer of an application, with the errand carried while it is read: a generator runs only then."""

    def __init__(
        self, context: Context, errand: Errand | None, found: Iterable[bytes], start: _Start
    ) -> None:
        self._context, self._errand, self._found, self._start = context, errand, found, start
        self._parts: Iterator[bytes] | None = None
        self._begun = False

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            part = self._context.run(self._next)
        except Refused as error:
            if self._begun:
                raise
            self._begun = True
            self._parts = iter(())
            return self._start.instead(rejection(error))[0]
        self._begun = self._begun or bool(part)
        return part

    def _next(self) -> bytes:
        with carrying(self._errand):
            if self._parts is None:
                self._parts = iter(self._found)
            return next(self._parts)

    def close(self) -> None:
        """Close the answer of the application."""
        close = getattr(self._found, "close", None)
        if close is not None:
            self._context.run(close)


def _arrived(environ: Environ) -> Arrived:
    def header(name: str) -> tuple[str, ...]:
        key = name.upper().replace("-", "_")
        value = environ.get(key if key in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{key}")
        return (value,) if value else ()

    path = environ.get("PATH_INFO", "").encode("latin-1", "replace").decode("utf-8", "replace")
    return Arrived(
        environ.get("REQUEST_METHOD", "GET"),
        path,
        environ.get("REMOTE_ADDR", ""),
        environ.get("QUERY_STRING", ""),
        header,
    )


def _answer(start_response: Start, error: Rejected, *exc_info: Any) -> list[bytes]:
    body = json.dumps(error.told.as_json(), ensure_ascii=False).encode()
    headers = [
        ("Content-Type", "application/json; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
    ]
    start_response(f"{error.status} {HTTPStatus(error.status).phrase}", headers, *exc_info)
    return [body]
