"""A project with registers, guard and post: what commands of sharing, demands, incidents and versions work with."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from troth.app.policies import load_file
from troth.app.project import here, open_project, post_of
from troth.app.reporting import sight_of
from troth.duties.breachletters import Breach
from troth.duties.post import Post
from troth.duties.proofs.sight import Sight
from troth.duties.workdays import Place
from troth.enforcement.record import Recorder
from troth.model.errors import TrothError
from troth.model.policy import Policy
from troth.policy.bind import compile_file


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A project with everything that goes out of it.

    Attributes:
        sight: project, policy, guard and registers.
        post: takes letters away.
        home: the place whose authority takes complaints.
        language: of letters where nobody's is known.
    """

    sight: Sight
    post: Post
    home: Place
    language: str

    @property
    def own(self) -> Path | None:
        """The folder with the letters of the house; None where there is none."""
        folder = self.sight.folder / "templates"
        return folder if folder.is_dir() else None

    @property
    def breach(self) -> Breach:
        """What letters about an incident need."""
        sight = self.sight
        return Breach(
            project=sight.project, policy=sight.policy, home=self.home, own=self.own, language=self.language
        )  # fmt: skip


@contextlib.contextmanager
def office(named: Path | None, actor: str = "") -> Iterator[Office]:
    """The office of a project.

    Args:
        named: the folder of the project, or None for the one that one is in.
        actor: role that acts, as evidence names it; that of the settings where none is given.

    Raises:
        TrothError: something of the project can not be had.
    """
    settings = here(named)
    with open_project(settings) as opened:
        sight = sight_of(opened)
        project = replace(sight.project, actor=actor or sight.project.actor)
        with Recorder(project.ledger, sight.policy.hash) as recorder:
            sight.guard.recorder = recorder
            yield Office(
                sight=replace(sight, project=project), post=post_of(settings), home=opened.desk.places[0],
                language=settings.text("language"),
            )  # fmt: skip


def policy_at(path: Path) -> Policy:
    """The compiled policy of a file.

    Raises:
        SourceError: it can not be read.
    """
    return compile_file(load_file(path), str(path)).policy


def digest_at(path: Path | None) -> str:
    """SHA-256 of a file, hex; "" where none is named.

    Raises:
        SourceError: it can not be read.
    """
    return hashlib.sha256(load_file(path)).hexdigest() if path else ""


def day_at(text: str) -> date:
    """A day as the command line takes it.

    Raises:
        TrothError: this is no day.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise TrothError(f"`{text[:40]}` is no day", hint="write it like 2026-11-30") from None
