"""The wiring: the one place where rooms that do not know each other are put together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from troth.decision.conflict import conflicts
from troth.decision.table import table
from troth.model.errors import Place, SourceError
from troth.model.finding import Finding
from troth.model.sentence import Sentence
from troth.policy.bind import Compiled, compile_file
from troth.policy.check import accept, check, idle
from troth.policy.intake import read_text
from troth.policy.lint import lint_text
from troth.policy.source import LIMIT
from troth.policy.split import split

SUFFIX = ".troth.md"


@dataclass(frozen=True, slots=True)
class Inspection:
    """What `check` has to say about a policy file: about its binding, about its rules, about its words."""

    compiled: Compiled
    binding: tuple[Finding, ...]
    lint: tuple[Finding, ...]


def load_file(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        SourceError: there is no such file, it can not be read, or it is too large.
    """
    place = Place(str(path), 1)
    try:
        if path.is_dir():
            raise SourceError("this is a folder", place, hint="name the policy file in it")
        if path.stat().st_size > LIMIT:
            raise SourceError(f"the file is larger than {LIMIT // 1024 // 1024} MiB", place, hint="split it by document")
        return path.read_bytes()
    except FileNotFoundError:
        raise SourceError("there is no such file", place, hint="check the path") from None
    except OSError as error:
        raise SourceError(f"the file can not be read: {error.strerror}", place, hint="check its permissions") from None


def inspect(data: bytes, file: str) -> Inspection:
    """Everything `check` finds in the bytes of a policy file.

    Raises:
        SourceError: it is not a policy file.
    """
    compiled = compile_file(data, file)
    policy = compiled.policy
    sentences = [binding.sentence for binding in policy.sentences]
    words = [*lint_text(sentences), *conflicts(table(policy), policy)]
    seen = accept(words, policy)
    binding = accept(check(compiled), policy)
    stale = idle([*seen, *binding], policy)
    return Inspection(compiled, (*binding, *stale), seen)


def lint(data: bytes, file: str) -> tuple[Finding, ...]:
    """The lint of a policy file, or of a raw text, page or Word file.

    Raises:
        SourceError: it can not be read as a text.
    """
    if file.endswith(SUFFIX):
        return inspect(data, file).lint
    return lint_text(sentences_of(data, file))


def sentences_of(data: bytes, file: str) -> tuple[Sentence, ...]:
    """The sentences of a raw text, page or Word file.

    Raises:
        SourceError: it can not be read as a text.
    """
    return split(read_text(data, file))


def without_accepted(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings that nobody has decided on."""
    return tuple(finding for finding in findings if not finding.accepted)


__all__ = ["Inspection", "inspect", "lint", "load_file", "replace", "sentences_of", "without_accepted"]
