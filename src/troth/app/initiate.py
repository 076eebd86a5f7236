"""A new project: its folder, its keys, its settings; made whole or not at all."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote

from troth import settings as said
from troth.app.policies import checked, load_file, save
from troth.app.project import described, open_state, remember
from troth.evidence import keyring
from troth.model.errors import TrothError
from troth.model.policy import Policy
from troth.model.schema import Schema
from troth.settings import FILE, StoreSetting

IGNORED = ("keys.json", "secrets/", "state.db*", "answers/", "outbox/")
"""What of a project must never be published."""


@dataclass(frozen=True, slots=True)
class Made:
    """A project that was made.

    Attributes:
        folder: where.
        policy: the policy it carries out.
        schemas: what was found in its stores, by name.
        secrets: the files that passwords were moved to, by store.
        verifier: the public key of its ledger, to be published.
    """

    folder: Path
    policy: Policy
    schemas: Mapping[str, Schema]
    secrets: Mapping[str, str]
    verifier: str


@dataclass(frozen=True, slots=True)
class _Store:
    setting: StoreSetting
    url: str
    password: str = ""


def initiate(
    folder: Path, policy_file: Path, stores: Sequence[str], *, at: datetime, state: str = ""
) -> Made:
    """Make a project.

    Args:
        folder: a folder without a project; made if it is not there.
        policy_file: the policy it carries out; it stays where it is.
        stores: `name=address`, or `name=env:VARIABLE` where the address stands in the environment. A password in an
            address goes into a file of its own that only the owner can read.
        at: the time.
        state: address of the state database; a file in the folder where none is given.

    Raises:
        TrothError: there is a project already, the policy does not check, or a store can not be read. Nothing was made.
    """
    if (folder / FILE).exists():
        raise TrothError(f"{folder} is a project already", hint="name another folder, or go on with that one")
    if said.secret_in(state):
        raise TrothError("the address of the state holds a password", hint=said.STATE_HINT)
    policy = checked(load_file(policy_file), str(policy_file))
    known = dict(_read(text, folder) for text in stores)
    if not known:
        raise TrothError("a project needs a store", hint="name one: --store shop=sqlite:///shop.db")
    if len(known) != len(stores):
        raise TrothError("two stores have the same name", hint="give each a name of its own")
    schemas = {name: described(name, one.url) for name, one in known.items()}
    new = [path for path in (folder, *folder.parents) if not path.exists()]
    made: list[Path] = []
    try:
        return _made(folder, (policy_file, policy), known, schemas, made, at=at, state=state)
    except (TrothError, OSError, KeyboardInterrupt) as error:
        for path in reversed(made):
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
        for path in new:
            if path.is_dir() and not any(path.iterdir()):
                path.rmdir()
        if isinstance(error, OSError):
            hint = "look at the folder and its permissions"
            raise TrothError(f"the project can not be made in {folder}", hint=hint) from None
        raise


def read_stores(stores: Sequence[str], folder: Path) -> dict[str, str]:
    """The addresses of stores as the command line names them, by name.

    Raises:
        TrothError: a store has no name or address, or two have the same name.
    """
    known = dict(_read(text, folder) for text in stores)
    if len(known) != len(stores):
        raise TrothError("two stores have the same name", hint="give each a name of its own")
    return {name: one.url for name, one in known.items()}


def _read(text: str, folder: Path) -> tuple[str, _Store]:
    """A store as the command line names it."""
    name, equals, url = text.partition("=")
    said.check_name(name)
    if not equals or not url:
        raise TrothError(
            f"the store `{name}` has no address", hint="write NAME=sqlite:///file or NAME=postgresql://..."
        )
    if url.startswith("env:"):
        setting = StoreSetting(name, url_env=url.removeprefix("env:"))
        return name, _Store(setting, said.address(setting, folder, said.environment()))
    if url.partition(":")[0].partition("+")[0] == "sqlite":
        path = Path(unquote(url.partition(":///")[2])).absolute()
        near = os.path.relpath(path, folder.absolute())
        kept = near if not near.startswith("../../../") else str(path)
        return name, _Store(StoreSetting(name, f"sqlite:///{kept}"), f"sqlite:///{path}")
    plain, secret = said.parted(url)
    if said.secret_in(plain):
        raise TrothError(
            f"the address of the store `{name}` holds a password among its options",
            hint="write it before the host, postgresql://USER:PASSWORD@HOST/NAME; it is put into a file of its own",
        )
    return name, _Store(
        StoreSetting(name, plain), said.with_password(plain, secret) if secret else plain, secret
    )


def _made(  # noqa: PLR0913 - everything a project is made of
    folder: Path,
    given: tuple[Path, Policy],
    stores: Mapping[str, _Store],
    schemas: Mapping[str, Schema],
    made: list[Path],
    *,
    at: datetime,
    state: str,
) -> Made:
    file, policy = given
    folder.mkdir(parents=True, exist_ok=True)
    secrets = dict(_secrets(folder, stores, made))
    settings = {
        name: replace(one.setting, password_file=secrets.get(name, "")) for name, one in stores.items()
    }
    values = {
        "policy": os.path.relpath(file.absolute(), folder.absolute()),
        **({"state": state} if state else {}),
        # who publishes in Chinese writes to people in Chinese
        **({"language": "zh"} if policy.language.lower().startswith("zh") else {}),
    }
    names = ("keys.json", "policies", "state.db", "state.db-wal", "state.db-shm", ".gitignore", FILE)
    made += [folder / name for name in names if not (folder / name).exists()]
    if (folder / "keys.json").exists():
        ring = keyring.load(folder / "keys.json", {})  # never overwritten: what it sealed would be lost
    else:
        ring = keyring.create(f"{_word(policy.provider)}/troth")
        keyring.save(ring, folder / "keys.json")
    if not (folder / ".gitignore").exists():
        save(folder / ".gitignore", "".join(f"{name}\n" for name in IGNORED))
    save(folder / FILE, said.written(values, settings))
    with open_state(said.load(folder, said.environment()), new=True) as opened:
        remember(opened, policy, at)
    return Made(folder, policy, schemas, secrets, ring.verifiers[-1])


def _secrets(folder: Path, stores: Mapping[str, _Store], made: list[Path]) -> Iterator[tuple[str, str]]:
    """Put each password into a file that only the owner can read."""
    place = folder / "secrets"
    for name, one in stores.items():
        if not one.password:
            continue
        if not place.exists():
            made.append(place)
            place.mkdir(mode=0o700)
        path = place / name
        with os.fdopen(os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w") as file:
            file.write(one.password + "\n")
        yield name, f"secrets/{name}"


def _word(provider: str) -> str:
    return re.sub(r"[^a-z0-9.]+", "-", provider.casefold()).strip("-.") or "house"
