"""The ASGI middleware: carries the purpose of each request, and lets in only what its form declares.

    signup = Route("/signup", "account-management", "customer", form="signup")
    app = Middleware(app, Routes(guard=guard, gate=gate, routes=(signup,)))

Only bodies of routes that name a form are read, up to the limit, and given on unchanged; all others stream past. No body
and no value is logged or repeated. An error is JSON with `error`, `hint` and `sentence`.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from troth.enforcement.ruling import Refused
from troth.gate.body import Rejected, alone, reject, rejection, too_large
from troth.gate.errand import carrying
from troth.gate.routes import Arrived, Route, Routes
from troth.model.errors import TrothError

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


class Middleware:
    """Wraps an ASGI application.

    Args:
        app: the application.
        routes: what requests are there for.
    """

    def __init__(self, app: App, routes: Routes) -> None:
        self._app, self._routes = app, routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        arrived = _arrived(scope)
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            route = self._routes.find(arrived)
            errand = self._routes.errand(arrived, route)
            if route is not None and route.form:
                receive = await self._admit(scope, arrived, route, receive)
            with carrying(errand):
                await self._app(scope, receive, watched)
        except Rejected as error:
            await _answer(scope, send, error)
        except (Refused, BaseExceptionGroup) as error:
            refused = error if isinstance(error, Refused) else alone(error)
            if started or refused is None:
                raise
            await _answer(scope, send, rejection(refused))

    async def _admit(self, scope: Scope, arrived: Arrived, route: Route, receive: Receive) -> Receive:
        if scope["type"] == "websocket":
            raise reject(403, "a form can not come by websocket", "send it by HTTP")
        body = await self._read(arrived, receive)
        try:
            await asyncio.to_thread(self._routes.admit, arrived, route, body)
        except (Rejected, Refused):
            raise
        except TrothError:
            raise reject(
                503, "the evidence can not be kept, so nothing is taken", "try again later"
            ) from None
        given = False

        async def again() -> Message:
            nonlocal given
            if given:
                return await receive()
            given = True
            return {"type": "http.request", "body": body, "more_body": False}

        return again

    async def _read(self, arrived: Arrived, receive: Receive) -> bytes:
        limit = self._routes.limit
        length = arrived.header("content-length")
        if length and length[0].isdecimal() and int(length[0]) > limit:
            raise too_large(limit)
        parts, size = [], 0
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise reject(400, "the request ended early", "send it again")
            part = message.get("body", b"")
            size += len(part)
            if size > limit:
                raise too_large(limit)
            parts.append(part)
            if not message.get("more_body", False):
                return b"".join(parts)


def _arrived(scope: Scope) -> Arrived:
    headers: dict[str, list[str]] = {}
    for name, value in scope.get("headers", ()):
        headers.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
    client = scope.get("client")
    path, root = scope.get("path", ""), scope.get("root_path", "").rstrip("/")
    if root and (path + "/").startswith(
        root + "/"
    ):  # where the application is mounted is not part of its paths
        path = path[len(root) :]
    return Arrived(
        scope.get("method", "GET"),
        path,
        client[0] if client else "",
        scope.get("query_string", b"").decode("latin-1"),
        lambda name: headers.get(name, ()),
    )


async def _answer(scope: Scope, send: Send, error: Rejected) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    body = json.dumps(error.told.as_json(), ensure_ascii=False).encode()
    headers = [
        (b"content-type", b"application/json; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": error.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
