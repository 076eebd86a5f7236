"""Which request is there for what: the table of routes, and the headers of proxies that are trusted."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Any

from troth.enforcement.guard import Guard
from troth.enforcement.ruling import Refused
from troth.gate.body import LIMIT, fields, reject, rejection
from troth.gate.collect import Gate
from troth.gate.errand import Errand
from troth.model.condition import Facts
from troth.model.errors import NotFound, TrothError
from troth.model.outcome import Person

_PIECE = re.compile(r"\{[A-Za-z_]\w*\}")


@dataclass(frozen=True, slots=True)
class Route:
    """What requests to a path are there for.

    Attributes:
        path: "/tickets/{id}"; a name in braces stands for one part, `*` at the end for everything below. Where a form is
            named, a slash more counts for nothing ("/signup/"), since some applications take it so.
        purpose: what for; "" for the header of a trusted proxy.
        actor: the role that acts; "" for the header of a trusted proxy.
        methods: HTTP methods it is about, in capitals, HEAD with GET; none for all.
        form: the form whose fields may come with it; "" for requests whose body is not looked at.
        recipient: to whom the answer goes, "" for nobody.
        facts: what else is known of every such request.
    """

    path: str
    purpose: str = ""
    actor: str = ""
    methods: tuple[str, ...] = ()
    form: str = ""
    recipient: str = ""
    facts: Facts = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Arrived:
    """A request as the middleware sees it; `header` gives the values of a header by its name in lower case."""

    method: str
    path: str
    client: str
    query: str
    header: Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """What the middlewares are told.

    Attributes:
        guard: knows the words of purposes.
        routes: the first that fits counts.
        gate: lets in the fields of forms; needed where a route names one.
        trusted: networks of proxies whose headers count ("10.0.0.0/8"); none for nobody.
        purpose_header, actor_header: the headers, in lower case.
        person: whose data a request is about, where that is known; called with the request.
        facts: what else is known of a request; called with it, and counts before what its route says.
        limit: bytes of a body at the most.
    """

    guard: Guard
    routes: tuple[Route, ...] = ()
    gate: Gate | None = None
    trusted: tuple[str, ...] = ()
    purpose_header: str = "x-purpose"
    actor_header: str = "x-role"
    person: Callable[[Arrived], Person | None] = lambda _arrived: None
    facts: Callable[[Arrived], Facts] = lambda _arrived: {}
    limit: int = LIMIT
    compiled: tuple[tuple[re.Pattern[str], Route], ...] = field(init=False, default=())
    networks: tuple[IPv4Network | IPv6Network, ...] = field(init=False, default=())

    def __post_init__(self) -> None:
        """Refuse what could never work, before the first request.

        Raises:
            TrothError: a route has an unknown purpose or form, or a network can not be read.
        """
        for route in self.routes:
            if route.purpose:
                self._known(route)
            if route.form and (self.gate is None or route.form not in self.gate.forms):
                raise TrothError(
                    f"the route {route.path} names the form `{route.form}`, which is not declared"
                )
        compiled = tuple((_pattern(route), route) for route in self.routes)
        object.__setattr__(self, "compiled", compiled)
        try:
            networks = tuple(ip_network(one) for one in self.trusted)
        except ValueError:
            raise TrothError("a trusted network can not be read", hint="for example 10.0.0.0/8") from None
        object.__setattr__(self, "networks", networks)

    def find(self, arrived: Arrived) -> Route | None:
        """The route of a request; None where nobody declared one."""
        methods = {arrived.method, "GET"} if arrived.method == "HEAD" else {arrived.method}
        for pattern, route in self.compiled:
            if (not route.methods or methods.intersection(route.methods)) and pattern.fullmatch(arrived.path):
                return route
        return None

    def errand(self, arrived: Arrived, route: Route | None) -> Errand | None:
        """What a request is there for; None where neither a route nor a trusted proxy says it.

        Raises:
            Rejected: 400 where a trusted proxy names a purpose that nobody knows.
        """
        purpose, actor = (route.purpose, route.actor) if route else ("", "")
        if not (purpose and actor) and self._trusts(arrived.client):
            purpose = purpose or _one(arrived, self.purpose_header)
            actor = actor or _one(arrived, self.actor_header)
            if purpose and not (route and route.purpose):
                self._told(purpose)
        if not (purpose and actor):
            return None
        recipient = route.recipient if route else ""
        return Errand(purpose, actor, recipient, self.person(arrived), self._known_of(arrived, route))

    def admit(self, arrived: Arrived, route: Route, body: bytes) -> None:
        """Let the fields of a request in, or none of them.

        Raises:
            Rejected: it is not let in.
            TrothError: the evidence can not be kept.
        """
        if self.gate is None:
            return
        kinds, encodings = arrived.header("content-type"), arrived.header("content-encoding")
        if len(kinds) > 1:
            raise reject(400, "the request says its type twice", "send one Content-Type")
        found = fields(kinds[0] if kinds else "", ",".join(encodings), body, arrived.query)
        try:
            self.gate.admit(route.form, found, self.person(arrived), self._known_of(arrived, route))
        except Refused as error:
            raise rejection(error) from None

    def _known_of(self, arrived: Arrived, route: Route | None) -> Facts:
        return {**(route.facts if route else {}), **self.facts(arrived)}

    def _trusts(self, client: str) -> bool:
        try:
            address = ip_address(client)
        except ValueError:
            return False
        return any(address in network for network in self.networks)

    def _known(self, route: Route) -> None:
        try:
            self.guard.table.resolve("use", route.purpose, route.recipient)
        except NotFound as error:
            raise TrothError(f"the route {route.path}: {error.message}", hint=error.hint) from None

    def _told(self, purpose: str) -> None:
        try:
            self.guard.table.resolve("use", purpose, "")
        except NotFound:
            raise reject(
                400, "the proxy names a purpose that is not known", "see docs/vocabulary.md"
            ) from None


def read_routes(raw: Sequence[Mapping[str, Any]]) -> tuple[Route, ...]:
    """The routes of the tables `[[route]]` of a TOML file.

    Raises:
        TrothError: a table says something a route can not say.
    """
    found = []
    for table in raw:
        texts = {key: value for key, value in table.items() if key not in {"methods", "facts"}}
        wrong = [
            key for key, value in texts.items() if key not in Route.__slots__ or not isinstance(value, str)
        ]
        methods, facts = table.get("methods", []), table.get("facts", {})
        wrong += [
            key
            for key, kind in (("methods", list), ("facts", dict))
            if not isinstance(table.get(key, kind()), kind)
        ]
        if wrong or not table.get("path"):
            what = f"`{wrong[0]}`" if wrong else "`path`"
            raise TrothError(f"a route can not be read: {what}", hint='for example path = "/tickets/{id}"')
        found.append(Route(**texts, methods=tuple(str(one).upper() for one in methods), facts=dict(facts)))
    return tuple(found)


def _pattern(route: Route) -> re.Pattern[str]:
    below = route.path.endswith("*")
    path = route.path.removesuffix("*")
    if route.form and not below:
        path = path.rstrip("/")
    parts = [re.escape(part) for part in _PIECE.split(path)]
    if route.form:
        parts = [part.replace("/", "/+") for part in parts]
    end = ".*" if below else "/*" if route.form else ""
    return re.compile("[^/]+".join(parts) + end, re.DOTALL)


def _one(arrived: Arrived, name: str) -> str:
    """The value of a header that stands once; "" for none, and for several, which somebody has tampered with."""
    found = arrived.header(name)
    return found[0].strip() if len(found) == 1 else ""
