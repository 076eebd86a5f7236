"""What travels is encrypted, and stores stand where they are registered.

registers/endpoints.toml        [[endpoint]]  name = "console"  host = "console.example"  port = 443
                                starttls = "smtp"   # where the server begins in clear
registers/locations.toml        [[location]]  name = "hk-1"  country = "HK"  hosts = ["db1.internal", "10.0.0.0/8"]
                                stores = ["accounts"]  # or by name of the store
"""

from __future__ import annotations

import ipaddress
import re
import smtplib
import socket
import ssl
import tomllib
from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from typing import Any

from troth.duties.proofs.sight import Sight
from troth.enforcement.wire import is_local, wire
from troth.model.errors import TrothError
from troth.model.policy import Promise, Proof
from troth.model.showing import Figure, Shown

SECONDS = 5.0
"""So long an endpoint may take to answer."""
OLDEST = ssl.TLSVersion.TLSv1_2
_PLAIN = re.compile(r"\b(?:http|ftp|telnet|ws)://[^\s)>\]\"']+", re.IGNORECASE)
_SETTINGS = "troth.toml"
_QUESTIONS = 8  # combinations asked of the guard


def transport_scan(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where the connection to every store, the mail server, every endpoint and every published address is encrypted.

    A store on the same machine needs none. TLS older than 1.2 counts as plain (RFC 8996); a certificate that can not be
    verified as well, because then nobody knows who reads along.
    """
    plain: list[str] = []
    unseen: list[str] = []
    safe = local = 0
    for name in sorted(sight.project.stores):
        url = sight.urls.get(name)
        if url is None:
            unseen.append(f"the address of the store {name}")
            continue
        found = wire(url)
        safe, local = safe + found.safe, local + found.local
        if not found.safe:
            plain.append(f"the connection to the store {name}")
    counts = [len(sight.project.stores), safe]
    mail = _mail(sight)
    if mail:
        counts[0] += 1
        if mail.get("tls", "starttls") == "none" and not is_local(str(mail.get("host", ""))):
            plain.append("the connection to the mail server")
        else:
            counts[1] += 1
    for one in _endpoints(sight):
        counts[0] += 1
        fault, known = _probed(one)
        if not known:
            unseen.append(f"the endpoint {one.get('name', '')}")
        elif fault:
            plain.append(f"the endpoint {one.get('name', '')} ({fault})")
        else:
            counts[1] += 1
    published = sorted(
        {url for binding in sight.policy.sentences for url in _PLAIN.findall(binding.sentence.text)}
    )
    plain += ["an address that the policy publishes"] * len(published)
    figures = (
        Figure("connections that are encrypted or stay on the machine", counts[1], counts[0], "connections"),
        Figure("of them stores on this machine", local, counts[0], "connections"),
        Figure("published addresses without encryption", len(published), unit="addresses", good=0),
    )
    if plain:
        why = f"not encrypted: {', '.join(dict.fromkeys(plain))}"
        return Shown(promise.id, proof.check, "broken", why, figures)
    if unseen or not counts[0]:
        why = f"could not be looked at: {', '.join(unseen) or 'there is no store'}"
        return Shown(promise.id, proof.check, "not shown", why, figures)
    why = f"{counts[1]} connections are encrypted or stay on the machine ({local} of them)"
    return Shown(promise.id, proof.check, "kept", why, figures)


def encrypted_channel_only(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where the guard refuses what the promise forbids on a plain channel, and would not refuse it for that on TLS."""
    asked = let = blind = 0
    for rule in promise.rules:
        if rule.mode != "never" or "transport" not in str(rule.condition):
            continue
        for verb, data, purpose, recipient in _allowed(sight, rule.verb):
            asked += 1
            plain = sight.guard.decide("system", verb, data, purpose, recipient, facts={"transport": "plain"})
            tls = sight.guard.decide("system", verb, data, purpose, recipient, facts={"transport": "tls"})
            let += plain.allowed or plain.decisive.answer != "forbidden"
            blind += tls.decisive.answer == "forbidden" and tls.decisive.rule == plain.decisive.rule
    figures = (Figure("requests on a plain channel that were let through", let, asked, "requests", good=0),)
    if not asked:
        why = "the promise forbids nothing on a plain channel"
        return Shown(promise.id, proof.check, "not shown", why, figures)
    if let:
        why = f"{let} of {asked} requests on a plain channel were not refused"
        return Shown(promise.id, proof.check, "broken", why, figures)
    if blind == asked:
        return Shown(
            promise.id, proof.check, "not shown", "the same is refused on an encrypted channel too", figures
        )
    why = f"all {asked} requests on a plain channel were refused by {promise.id}"
    return Shown(promise.id, proof.check, "kept", why, figures)


def location_check(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where the host of every store, and of the mail server, stands on the register of locations."""
    register = sight.registers.get("locations", {}).get("location", [])
    if not register:
        why = "there is no register of locations: registers/locations.toml"
        return Shown(promise.id, proof.check, "not shown", why)
    strange, unseen, countries = [], [], set()
    for name in sorted(sight.project.stores):
        url = sight.urls.get(name)
        if url is None:
            unseen.append(name)
            continue
        place = _registered(register, name, _host(url))
        if place is None:
            strange.append(name)
        else:
            countries.add(str(place.get("country", "")))
    nowhere = [str(one.get("name", "")) for one in register if not str(one.get("country", "")).strip()]
    count = len(sight.project.stores)
    figures = (Figure("stores at places that are not registered", len(strange), count, "stores", good=0),)
    if strange:
        why = f"not at a registered place: {', '.join(strange)}"
        return Shown(promise.id, proof.check, "broken", why, figures, places=tuple(strange))
    if unseen or nowhere:
        what = f"the address of {', '.join(unseen)}" if unseen else f"the country of {', '.join(nowhere)}"
        return Shown(promise.id, proof.check, "not shown", f"it is not known: {what}", figures)
    why = f"all {count} stores stand at registered places, in {', '.join(sorted(countries))}"
    return Shown(promise.id, proof.check, "kept", why, figures)


def _registered(register: list[Mapping[str, Any]], store: str, host: str) -> Mapping[str, Any] | None:
    for one in register:
        if store in one.get("stores", ()):
            return one
        if any(_matches(host or "localhost", str(named)) for named in one.get("hosts", ())):
            return one
    return None


def _matches(host: str, named: str) -> bool:
    if is_local(host) and is_local(named):
        return True
    try:
        return ipaddress.ip_address(host) in ipaddress.ip_network(named, strict=False)
    except ValueError:
        return fnmatch(host.lower(), named.lower())


def _host(url: str) -> str:
    found = re.match(r"[a-z0-9+]+://(?:[^@/]*@)?(\[[^\]]+\]|[^:/?]*)", url, re.IGNORECASE)
    return found[1].strip("[]") if found else ""


def _allowed(sight: Sight, verb: str) -> Iterator[tuple[str, str, str, str]]:
    """Some requests that a rule of the policy permits for a verb, one a rule, so that only the channel is asked about."""
    count = 0
    for promise in sight.policy.promises:
        for rule in promise.rules:
            if (
                rule.mode == "may"
                and rule.verb == verb
                and rule.things
                and rule.purposes
                and count < _QUESTIONS
            ):
                count += 1
                yield verb, rule.things[0], rule.purposes[0], rule.recipients[0] if rule.recipients else ""


def _mail(sight: Sight) -> Mapping[str, Any]:
    """What the settings of the project say of the mail server; empty where letters go to a folder."""
    path = sight.folder / _SETTINGS
    if not path.is_file():
        return {}
    try:
        found = tomllib.loads(path.read_text("utf-8")).get("mail", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise TrothError(f"{_SETTINGS} can not be read", hint="troth status names the line") from None
    return found if isinstance(found, dict) and found.get("host") else {}


def _endpoints(sight: Sight) -> list[Mapping[str, Any]]:
    return list(sight.registers.get("endpoints", {}).get("endpoint", []))


def _probed(one: Mapping[str, Any]) -> tuple[str, bool]:
    """What is wrong with an endpoint, empty where nothing is; and whether it answered at all."""
    host, port = str(one.get("host", "")), int(one.get("port", 443))
    context = ssl.create_default_context(cafile=str(one["authority"]) if one.get("authority") else None)
    context.minimum_version = OLDEST
    try:
        if one.get("starttls") == "smtp":
            with smtplib.SMTP(host, port, timeout=SECONDS) as server:
                server.starttls(context=context)
            return "", True
        with (
            socket.create_connection((host, port), timeout=SECONDS) as link,
            context.wrap_socket(link, server_hostname=host),
        ):
            return "", True
    except ssl.SSLCertVerificationError:
        return "its certificate can not be verified", True
    except (ssl.SSLError, smtplib.SMTPNotSupportedError):
        return "it speaks no TLS 1.2 or newer", True
    except smtplib.SMTPException:
        return "", False
    except ConnectionResetError:
        return "it speaks no TLS 1.2 or newer", True
    except OSError:
        return "", False
