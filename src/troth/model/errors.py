"""What can go wrong, told apart by what the caller does about it.

    TrothError            anything Troth itself refuses; shown to the user as it is
    ├── SourceError       a file could not be read as what it should be: has a place in the text
    ├── NotFound          a named thing does not exist
    └── Taken             another process is doing this now

Messages are in the user's words, start lower case, carry no full stop, and never hold personal data or secrets.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a text file; lines and columns count from 1, `column` counts characters."""

    file: str
    line: int
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class TrothError(Exception):
    """A refusal with a sentence that says what is wrong and, in `hint`, what to do."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class SourceError(TrothError):
    """A text that can not be read as what it should be, with the place where reading stopped."""

    def __init__(self, message: str, place: Place, *, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.place = place

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class UnknownKind(TrothError):  # noqa: N818 - reads as the sentence it is
    """Nobody on file has a name of this kind, such as a cookie."""


class NotFound(TrothError):  # noqa: N818 - reads as the sentence it is
    """A named thing that is not there, with the nearest names in `hint`."""


class Taken(TrothError):  # noqa: N818 - reads as the sentence it is
    """Work that another process is doing now; the message says which, and since when."""


def spot(error: BaseException) -> str:
    """The kind of an error and the line it comes from; its message may quote a file or a row, so it is left out."""
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    where = f" in {PurePath(last.tb_frame.f_code.co_filename).name}:{last.tb_lineno}" if last else ""
    return f"{type(error).__name__}{where}"
