"""A project is opened: its policy, map, state and stores, put together for the work that a command does."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from troth import settings as said
from troth.app.policies import checked, load_file
from troth.datamap.mapfile import read_map
from troth.datamap.permits import apart
from troth.duties.desk import Desk
from troth.duties.docket import DOCKET
from troth.duties.post import MailServer, Outbox, Post
from troth.duties.requestfile import RequestFiles
from troth.duties.retention import Former, legal_tables
from troth.duties.workdays import Place, place
from troth.enforcement.absent import limited
from troth.enforcement.journal import Journal
from troth.enforcement.project import Project
from troth.evidence import keyring
from troth.evidence.acceptance import ACCEPTANCES
from troth.evidence.bysubject import BY_SUBJECT
from troth.evidence.keyring import KeyRing
from troth.evidence.keys import KEYS
from troth.evidence.ledger import Kept
from troth.evidence.open import open_ledger
from troth.evidence.restriction import RESTRICTIONS
from troth.evidence.state import CONSENTS, REQUESTS
from troth.model.condition import FactValue
from troth.model.datamap import DataMap
from troth.model.entry import Entry, utc
from troth.model.errors import NotFound, TrothError
from troth.model.policy import Policy, vocabulary_of
from troth.model.schema import Schema
from troth.policy.front import declared
from troth.settings import Settings
from troth.state.migrate import migrate

PROJECTIONS = (KEYS, CONSENTS, REQUESTS, DOCKET, RESTRICTIONS, ACCEPTANCES, BY_SUBJECT)
"""The tables that follow from the ledger of a project."""

Watch = Callable[[str], None]


def _quiet(event: str) -> None:
    """Nobody is watching."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What Troth itself keeps for a project, open: ledger, journal and keys."""

    settings: Settings
    ledger: Kept
    journal: Journal
    ring: KeyRing
    files: RequestFiles


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A project with everything that carries a request out, open."""

    state: State
    policy: Policy
    desk: Desk

    @property
    def settings(self) -> Settings:
        """The settings of the project."""
        return self.state.settings

    @property
    def project(self) -> Project:
        """Map, stores, journal and ledger."""
        return self.desk.project


def here(named: Path | None) -> Settings:
    """The settings of the project that a command is meant for: the named one, or that of the folder one is in.

    Raises:
        NotFound: there is none.
        SourceError: its settings can not be read.
    """
    environ = said.environment()
    try:
        return said.load(named if named is not None else said.find(Path.cwd(), environ), environ)
    except FileNotFoundError:
        raise NotFound("the folder you are in is gone", hint="go to the folder of the project") from None


def policy_of(settings: Settings) -> Policy:
    """The compiled policy of a project.

    Raises:
        SourceError: there is none, or it can not be read.
        TrothError: it does not check: what nobody has understood to the end is not carried out.
    """
    path = settings.path("policy")
    return checked(load_file(path), str(path))


def map_of(settings: Settings) -> DataMap:
    """The data map of a project.

    Raises:
        NotFound: nobody has made one yet.
        SourceError: it can not be read.
    """
    path = settings.path("map")
    if not path.is_file():
        raise NotFound(f"the project has no data map {path.name}", hint="make one: troth map propose")
    return read_map(load_file(path).decode("utf-8-sig", "replace"), str(path))


def addresses(settings: Settings) -> dict[str, str]:
    """The addresses of the stores by name, with their passwords; never shown.

    Raises:
        TrothError: a password can not be had.
    """
    environ = said.environment()
    return {one.name: said.address(one, settings.folder, environ) for one in settings.stores}


def schemas_of(
    settings: Settings, *, sample: int = 0, watch: Watch = _quiet, only: tuple[str, ...] = ()
) -> dict[str, Schema]:
    """The live schemas of the stores by name.

    Args:
        settings: the project.
        sample: rows of each table that are looked at; 0 reads none.
        watch: told the name of each store before it is read.
        only: the stores to read; all where none are named.

    Raises:
        TrothError: a store can not be read; the message names it, never its password.
    """
    found = {}
    for name, url in addresses(settings).items():
        if not only or name in only:
            watch(name)
            found[name] = described(name, url, sample)
    return found


def described(name: str, url: str, sample: int = 0) -> Schema:
    """The live schema of one store.

    Raises:
        TrothError: it can not be read; the message names the store.
    """
    from troth.datamap.introspect import introspect  # noqa: PLC0415 - half of the time of a start

    try:
        return introspect(url, sample=sample, store=name)
    except TrothError as error:
        raise type(error)(f"store `{name}`: {error.message}", hint=error.hint) from None


@contextlib.contextmanager
def open_state(settings: Settings, *, new: bool = False) -> Iterator[State]:
    """The state of a project, brought to the newest schema.

    Args:
        settings: from `here`.
        new: whether the project is being made; otherwise a state that is not there was lost, and is not begun anew.

    Raises:
        TrothError: it is lost, can not be opened, was written by a newer Troth, or its keys are not there.
    """
    environ = said.environment()
    held = environ.get(keyring.VARIABLE)
    ring = keyring.load(None if held else settings.path("keys"), environ)
    address = settings.state
    if not new and not _present(address):
        raise _lost(address)
    migrate(address)
    with contextlib.ExitStack() as opened:
        ledger = open_ledger(address, signer=ring.signer, projections=PROJECTIONS, verifiers=ring.verifiers)
        opened.callback(ledger.close)
        if not new and not ledger.size():
            raise _lost(address)
        journal = opened.enter_context(Journal(address, ring))
        yield State(
            settings=settings, ledger=ledger, journal=journal, ring=ring, files=RequestFiles(ledger, ring)
        )


def _present(address: str) -> bool:
    """Whether the file of a state is there; a server says so itself."""
    scheme, found, rest = address.partition("://")
    if found and scheme != "sqlite":
        return True
    return Path(rest.removeprefix("/") if found else address).is_file()


def _lost(address: str) -> TrothError:
    """A project always has a ledger: `init` writes its first entry."""
    name = "of this project" if "@" in address or "://" in address else Path(address).name
    return NotFound(
        f"the state {name} is not there, or empty: its ledger and its requests are gone",
        hint="restore it from its copy; `troth init` makes a new project in another folder",
    )


@contextlib.contextmanager
def open_project(
    settings: Settings,
    *,
    watch: Watch = _quiet,
    clock: Callable[[], datetime] = said.now,
    partial: bool = False,
) -> Iterator[Opened]:
    """A project with its stores, ready for a request.

    Args:
        settings: from `here`.
        watch: told before and after every write, for progress.
        clock: gives the time, with its zone.
        partial: open it also where a store can not be read, which the project names as away: for choices that count at once.

    Raises:
        TrothError: something of it can not be had: policy, map, keys, state, or a store.
    """
    policy, one = policy_of(settings), map_of(settings)
    urls = addresses(settings)
    _all_named(one, urls)
    schemas, away = dict[str, Schema](), dict[str, str]()
    for name, url in urls.items():
        try:
            schemas[name] = apart(described(name, url), one)
        except TrothError as error:
            if not partial:
                raise
            away[name] = error.message
    from troth.enforcement.outsiders import outsiders  # noqa: PLC0415 - not needed to look at the state
    from troth.stores.nowhere import NowhereStore  # noqa: PLC0415 - as above
    from troth.stores.open import open_store  # noqa: PLC0415 - as above

    with contextlib.ExitStack() as opened:
        state = opened.enter_context(open_state(settings))
        stores = {}
        for name in schemas:
            stores[name] = open_store(urls[name], schemas[name])
            opened.callback(stores[name].close)
        beyond = outsiders(one, urls)
        if beyond.schema is not None:
            one, nowhere = beyond.map, NowhereStore(beyond.schema)
            stores[nowhere.name], schemas[nowhere.name] = nowhere, beyond.schema
        project = Project(
            map=one, schemas=schemas, stores=stores, journal=state.journal, ledger=state.ledger, ring=state.ring,
            actor=settings.text("actor"), clock=clock, watch=watch, tables=legal_tables(policy, settings.folder),
        )  # fmt: skip
        project = limited(project, away) if away else project
        desk = Desk(
            project=project, policy=policy, files=state.files, places=places_of(settings, policy),
            post=post_of(settings), answers=settings.path("answers"), language=settings.text("language"),
            undo_hours=settings.undo_hours, copy_days=settings.copy_days, told=told_of(settings, policy),
            formers=lambda: _formers(settings, policy, state),
        )  # fmt: skip
        remember(state, policy, clock())
        yield Opened(state=state, policy=policy, desk=desk)


def _formers(settings: Settings, policy: Policy, state: State) -> tuple[Former, ...]:
    from troth.app.versions import formers_of  # noqa: PLC0415 - needed by a sweep only

    return formers_of(policy, settings.folder / "policies", state.ledger)


def in_time(state: State, policy: Policy, at: datetime) -> None:
    """Make sure that a policy that never held here was not announced for a day that has not come.

    Raises:
        TrothError: it was; until that day everybody is under the one before.
    """
    if (state.settings.folder / "policies" / f"{policy.hash}.json").exists():
        return
    from troth.duties.notices import in_force, versions  # noqa: PLC0415 - once for each version

    days = [in_force(one) for one in versions(state.ledger.read()) if one.policy == policy.hash]
    if days and max(days) > at:
        raise TrothError(
            f"the version {policy.version} was announced for {max(days).date()}, and does not hold before that day",
            hint="name the policy that holds in troth.toml; `troth notices gate FILE` says when the new one may",
        )


def _all_named(one: DataMap, urls: Mapping[str, str]) -> None:
    missing = sorted({table.store for table in one.tables} - set(urls))
    if missing:
        raise TrothError(
            f"the map speaks of the store `{missing[0]}`, which {said.FILE} does not name",
            hint=f"add [stores.{missing[0]}], or propose the map again",
        )


def told_of(settings: Settings, policy: Policy) -> dict[str, FactValue]:
    """The facts that the house says of every case, by their names in the vocabulary.

    Raises:
        NotFound: the policy knows no such fact.
    """
    words = vocabulary_of(policy)
    return {words.get("fact", name).key: value for name, value in settings.facts.items()}


def places_of(settings: Settings, policy: Policy) -> tuple[Place, ...]:
    """The jurisdictions whose clocks count: those of the settings, else those of the policy, else the EU's.

    Raises:
        NotFound: a place is not in the table of clocks.
    """
    named = tuple(one.upper() for one in settings.jurisdictions) or declared(policy.front) or ("EU",)
    return tuple(place(one) for one in named)


def post_of(settings: Settings) -> Post:
    """Where letters go.

    Raises:
        TrothError: the password of the mail server can not be had.
    """
    mail = settings.mail
    if mail is None:
        return Outbox(settings.path("outbox"), "privacy@localhost")
    secret = said.secret_of(
        mail.password_env, mail.password_file, settings.folder, said.environment(), what="the mail server"
    )
    return MailServer(mail.host, mail.sender, mail.port, mail.user, secret, mail.tls)


def remember(state: State, policy: Policy, at: datetime) -> bool:
    """Note that a policy holds from now on, unless it held before; its compiled form is kept under its hash.

    Raises:
        TrothError: it was announced for a later day, or can not be kept.
    """
    kept = state.settings.folder / "policies" / f"{policy.hash}.json"
    text = kept.with_suffix(".troth.md")
    if kept.exists() and text.exists():
        return False
    in_time(state, policy, at)
    try:
        kept.parent.mkdir(exist_ok=True)
        if not text.exists():  # a later version may let this one go on for whoever has not agreed to it
            draft = kept.with_suffix(".text")
            draft.write_bytes(load_file(state.settings.path("policy")))
            draft.replace(text)
        if kept.exists():
            return False
        draft = kept.with_suffix(".new")
        draft.write_bytes(policy.canonical)
        entry = Entry(
            time=utc(at), kind="policy", actor=state.settings.text("actor"), action="adopt", policy=policy.hash,
            outcome="holds", detail={"version": policy.version},
        )  # fmt: skip
        state.ledger.append([entry])
        draft.replace(kept)
    except OSError as error:
        raise TrothError(
            "the compiled policy can not be kept", hint="look at the folder `policies`"
        ) from error
    return True
