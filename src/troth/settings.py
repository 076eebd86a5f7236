"""What a project says of itself: one table of settings, and `troth.toml`, which holds them and never a secret.

    policy = "policy.troth.md"
    jurisdictions = ["HK"]

    [stores.billing]
    url = "postgresql://troth@db.internal/billing"
    password_file = "secrets/billing"        # or password_env = "BILLING_PASSWORD", or url_env = "BILLING_URL"

    [mail]
    host = "smtp.internal"
    sender = "privacy@example.com"

    [roles.support]
    purposes = ["support"]

    [facts]
    dispute-status = "none"                  # of every case, where neither a row nor a request says otherwise

A value of the table can be given by the environment instead: TROTH_STATE for `state`.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from troth.model.errors import NotFound, Place, SourceError, TrothError

FILE = "troth.toml"
PREFIX = "TROTH_"
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}")


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name in `troth.toml`, what it is where nothing is said, and what it is for."""

    name: str
    default: str | int | tuple[str, ...]
    help: str


SETTINGS: tuple[Setting, ...] = (
    Setting("policy", "policy.troth.md", "the policy file, from the folder of the project"),
    Setting("map", "map.toml", "the reviewed data map"),
    Setting("state", "state.db", "where ledger, journal and requests are kept: a file, or postgresql://... for a team"),
    Setting("keys", "keys.json", "the key ring; the variable TROTH_KEYS may hold the ring itself"),
    Setting("answers", "answers", "folder for the copies of data that people asked for"),
    Setting("outbox", "outbox", "folder for letters while no mail server is named"),
    Setting("jurisdictions", (), "where the people live whose law counts; those of the policy where none are named"),
    Setting("language", "en", "language of letters to people: en or zh"),
    Setting("undo_hours", 72, "so long an erasure waits, so that it can be taken back"),
    Setting("copy_days", 30, "so many days after the answer a copy of somebody's data lies in `answers`; 0 for ever"),
    Setting("actor", "troth", "the role that evidence names for what the command line does"),
)  # fmt: skip
"""Every setting a project has; all have a default."""

_MAIL: dict[str, type] = {
    "host": str, "port": int, "user": str, "password_env": str, "password_file": str, "sender": str, "tls": str,
}  # fmt: skip
_STORE = ("url", "url_env", "password_env", "password_file")


@dataclass(frozen=True, slots=True)
class StoreSetting:
    """Where a store is: its address without a password, and where the password or the whole address comes from."""

    name: str
    url: str = ""
    url_env: str = ""
    password_env: str = ""
    password_file: str = ""


@dataclass(frozen=True, slots=True)
class Mail:
    """The mail server that letters go through.

    Attributes:
        tls: "starttls", "tls" (from the first byte), or "none" for a server on this machine.
    """

    host: str
    sender: str
    port: int = 587
    user: str = ""
    password_env: str = ""
    password_file: str = ""
    tls: str = "starttls"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of a project.

    Attributes:
        folder: the folder of `troth.toml`; relative paths start there.
        values: what the table `SETTINGS` names.
        stores: the stores, in the order of the file.
        mail: the mail server; None while letters go to the outbox.
        roles: what staff may do, as the file says it.
        facts: what the house says of every case where nothing else tells, as the file says it.
    """

    folder: Path
    values: Mapping[str, str | int | tuple[str, ...]]
    stores: tuple[StoreSetting, ...]
    mail: Mail | None = None
    roles: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    facts: Mapping[str, str | bool | int | float] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """The value of a setting that is a text."""
        return str(self.values[name])

    def path(self, name: str) -> Path:
        """The value of a setting that is a path, from the folder of the project."""
        return self.folder / self.text(name)

    @property
    def state(self) -> str:
        """The address of the state database."""
        named = self.text("state")
        return named if "://" in named else str(self.folder / named)

    @property
    def undo_hours(self) -> int:
        """How long an erasure waits, in hours."""
        return int(str(self.values["undo_hours"]))

    @property
    def copy_days(self) -> int:
        """How long a copy of somebody's data lies after the answer, in days; 0 for ever."""
        return int(str(self.values["copy_days"]))

    @property
    def jurisdictions(self) -> tuple[str, ...]:
        """The places whose law counts; empty where the policy says it."""
        named = self.values["jurisdictions"]
        return named if isinstance(named, tuple) else ()


def find(start: Path, environ: Mapping[str, str]) -> Path:
    """The folder of the project a command is meant for: TROTH_PROJECT, or the nearest folder above with `troth.toml`.

    Raises:
        NotFound: there is none.
    """
    named = environ.get(PREFIX + "PROJECT")
    places = [Path(named)] if named else [start, *start.parents]
    for one in places:
        if (one / FILE).is_file():
            return one
    where = f"in {named}" if named else "here or in a folder above"
    raise NotFound(
        f"there is no project {where}", hint="make one: troth init DIR --policy FILE --store NAME=URL"
    )


def load(folder: Path, environ: Mapping[str, str]) -> Settings:
    """The settings of the project in a folder.

    Raises:
        TrothError: the file is not TOML, or it or a variable says something that is no setting.
        NotFound: there is no `troth.toml`.
    """
    file = folder / FILE
    try:
        text = file.read_text("utf-8-sig")  # editors on Windows write a mark before the first line
    except FileNotFoundError:
        raise NotFound(f"{folder} is no project: it holds no {FILE}", hint="make one: troth init") from None
    except UnicodeDecodeError:
        raise SourceError("this is no text", Place(str(file), 1), hint="save the file as UTF-8") from None
    except OSError:
        raise SourceError(
            "the file can not be read", Place(str(file), 1), hint="check its permissions"
        ) from None
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+), column (\d+)", str(error))
        place = Place(str(file), int(found[1]), int(found[2])) if found else Place(str(file), 1)
        raise SourceError("this is not TOML", place, hint="mend the line; see docs/running.md") from None
    return _settings(raw, text, file, environ)


def _settings(raw: Mapping[str, Any], text: str, file: Path, environ: Mapping[str, str]) -> Settings:
    def refuse(name: str, why: str, hint: str) -> TrothError:
        if name != "keys" and environ.get(variable := PREFIX + name.upper()) is not None:
            why = f"the variable {variable}: {why}"
            return TrothError(
                why,
                hint=f"set it right, or unset it; in {FILE} it is written {hint.removeprefix('for example ')}",
            )
        return SourceError(why, Place(str(file), _line(text, name)), hint=hint)

    names = {one.name for one in SETTINGS}
    for name in raw:
        if name not in names | {"stores", "mail", "roles", "facts"}:
            raise refuse(name, f"`{name}` is not a setting", "settings: " + ", ".join(sorted(names)))
    values: dict[str, str | int | tuple[str, ...]] = {}
    for one in SETTINGS:
        given = environ.get(PREFIX + one.name.upper()) if one.name != "keys" else None
        value = given if given is not None else raw.get(one.name, one.default)
        if isinstance(one.default, tuple):
            listed = value.split(",") if isinstance(value, str) else value
            if not isinstance(listed, list | tuple) or not all(isinstance(item, str) for item in listed):
                raise refuse(one.name, f"`{one.name}` is a list of names", f'for example {one.name} = ["HK"]')
            values[one.name] = tuple(item.strip() for item in listed if item.strip())
        elif isinstance(one.default, int):
            if not str(value).isdecimal() or isinstance(value, bool):
                raise refuse(
                    one.name, f"`{one.name}` is a whole number", f"for example {one.name} = {one.default}"
                )
            values[one.name] = int(str(value))
        elif isinstance(value, str) and value:
            values[one.name] = value
        else:
            raise refuse(one.name, f"`{one.name}` is a text", f'for example {one.name} = "{one.default}"')
    if secret_in(str(raw.get("state", ""))):
        place = Place(str(file), _line(text, "state"))
        raise SourceError("the address of `state` holds a password", place, hint=STATE_HINT)
    if values["language"] not in {"en", "zh"}:
        raise refuse("language", "letters are written in en or zh", 'language = "en"')
    roles = _tables(raw, "roles", refuse)
    return Settings(
        folder=file.parent,
        values=values,
        stores=tuple(_store(name, table, refuse) for name, table in _tables(raw, "stores", refuse).items()),
        mail=_mail(raw["mail"], refuse) if "mail" in raw else None,
        roles=roles,
        facts=_facts(raw.get("facts", {}), refuse),
    )


def _facts(given: Any, refuse: Any) -> Mapping[str, str | bool | int | float]:
    if not isinstance(given, dict) or not all(
        isinstance(one, str | bool | int | float) for one in given.values()
    ):
        hint = 'write [facts] and a line for each below: dispute-status = "none"'
        raise refuse("facts", "`facts` is a table of words, numbers, true and false", hint)
    return given


def _tables(raw: Mapping[str, Any], name: str, refuse: Any) -> Mapping[str, Mapping[str, Any]]:
    found = raw.get(name, {})
    if not isinstance(found, dict) or not all(isinstance(one, dict) for one in found.values()):
        raise refuse(
            name, f"`{name}` is a list of named tables", f"write [{name}.NAME] and what it says below"
        )
    return found


def _store(name: str, table: Mapping[str, Any], refuse: Any) -> StoreSetting:
    check_name(name)
    for key, value in table.items():
        if key not in _STORE or not isinstance(value, str):
            raise refuse(key, f"`{key}` is nothing a store says", "a store says " + ", ".join(_STORE))
    if bool(table.get("url")) == bool(table.get("url_env")):
        raise refuse(name, f"the store `{name}` needs `url` or `url_env`", "name one of the two")
    if secret_in(table.get("url", "")):
        hint = f'put it into a file that only you can read and write password_file = "secrets/{name}"'
        raise refuse("url", f"the address of `{name}` holds a password", hint)
    return StoreSetting(name, **table)


def _mail(table: Any, refuse: Any) -> Mail:
    if not isinstance(table, dict):
        raise refuse("mail", "`mail` is a table", "write [mail] and host, sender below")
    for key, value in table.items():
        if key not in _MAIL or not isinstance(value, _MAIL[key]):
            raise refuse(key, f"`{key}` is nothing a mail server says", "it says " + ", ".join(_MAIL))
    if not table.get("host") or not table.get("sender"):
        raise refuse(
            "mail", "the mail server needs `host` and `sender`", 'sender = "privacy@your-company.example"'
        )
    if table.get("tls", "starttls") not in {"starttls", "tls", "none"}:
        raise refuse("tls", "`tls` is starttls, tls or none", 'tls = "starttls"')
    return Mail(**table)


def _line(text: str, name: str) -> int:
    for number, line in enumerate(text.splitlines(), 1):
        if re.match(rf"\s*(?:\[[\w.-]*)?\b{re.escape(name)}\b", line):
            return number
    return 1


def check_name(name: str) -> None:
    """Refuses what can not be the name of a store.

    Raises:
        TrothError: it is not one short word in lower case.
    """
    if not _NAME.fullmatch(name):
        raise TrothError(
            f"`{name[:40]}` can not name a store", hint="use a word in lower case, such as billing"
        )


def address(one: StoreSetting, folder: Path, environ: Mapping[str, str]) -> str:
    """The full address of a store, with its password; never shown.

    Args:
        one: the store.
        folder: the folder of the project: SQLite files and password files are found from there.
        environ: the environment.

    Raises:
        TrothError: a variable is not set, or a password file can not be read or can be read by others.
    """
    url = one.url or _variable(one.url_env, f"the address of the store `{one.name}`", environ)
    if urlsplit(url).scheme.partition("+")[0] == "sqlite":
        place = unquote(url.partition(":///")[2])
        return f"sqlite:///{folder / place}" if place and not place.startswith("/") else url
    secret = secret_of(one.password_env, one.password_file, folder, environ, what=f"the store `{one.name}`")
    if not secret:
        return url
    return with_password(url, secret)


_USER = re.compile(r"(?P<user>[^:/?#@]*)(?::(?P<password>[^@]*))?@")
"""Who logs in, before the host: a password may hold any character but `@`, also those that end a host elsewhere."""
STATE_HINT = f"put the whole address into the variable {PREFIX}STATE and leave `state` out"
_SECRET = re.compile(r"[?&](?:password|passwd|sslpassword)=", re.IGNORECASE)


def parted(url: str) -> tuple[str, str]:
    """An address without the password before its host, and that password; empty where it has none."""
    scheme, mark, rest = url.partition("://")
    found = _USER.match(rest)
    if found is None or found["password"] is None:
        return url, ""
    return f"{scheme}{mark}{found['user']}@{rest[found.end() :]}", unquote(found["password"])


def with_password(url: str, secret: str) -> str:
    """An address with a password before its host, written so that every program reads it alike."""
    scheme, mark, rest = url.partition("://")
    found = _USER.match(rest)
    user, host = (found["user"], rest[found.end() :]) if found else ("", rest)
    return f"{scheme}{mark}{user}:{quote(secret, safe='')}@{host}"


def secret_in(url: str) -> bool:
    """Whether an address holds a password, before its host or among the options behind it."""
    return bool(parted(url)[1] or _SECRET.search(url))


def secret_of(variable: str, file: str, folder: Path, environ: Mapping[str, str], *, what: str) -> str:
    """The password that a variable or a file holds; empty where none is named.

    Raises:
        TrothError: the variable is not set, or the file can not be read or can be read by others.
    """
    if variable:
        return _variable(variable, f"the password of {what}", environ)
    if not file:
        return ""
    path = folder / file
    try:
        if path.stat().st_mode & 0o077:
            raise TrothError(f"others can read the password file {file}", hint=f"run chmod 600 {file}")
        return path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise TrothError(
            f"the password file {file} can not be read", hint=f"it holds the password of {what}"
        ) from None


def _variable(name: str, what: str, environ: Mapping[str, str]) -> str:
    if not environ.get(name):
        raise TrothError(f"the variable {name} is not set", hint=f"it holds {what}")
    return environ[name]


def written(values: Mapping[str, str], stores: Mapping[str, StoreSetting]) -> str:
    """The text of a new `troth.toml`."""
    lines = ["# The project: what it promises, where the data are. Never a secret. Settings: docs/running.md"]
    lines += [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in values.items()]
    for name, one in stores.items():
        lines += ["", f"[stores.{name}]"]
        for key in _STORE:
            if getattr(one, key):
                lines.append(f"{key} = {json.dumps(getattr(one, key), ensure_ascii=False)}")
    return "\n".join(lines) + "\n"


def environment() -> Mapping[str, str]:
    """The environment of the process."""
    return os.environ


def now() -> datetime:
    """The time."""
    return datetime.now(UTC)
