"""Where the files of a bundle go: one zip file, which is what a person is given, or a folder.

A zip is written as the rows come, under another name, and gets its own when all of it is there; so no folder with a
person's data is left lying about, whatever happens. Making fourteen files costs more than reading ten rows.
"""

from __future__ import annotations

import contextlib
import fcntl
import io
import os
import zipfile
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO, Protocol, Self

from troth.model.errors import TrothError

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment a zip file knows; the same data give the same zip
_LEVEL = 3  # of Deflate: quicker than the usual 6, for some more bytes
_TINY = (
    1 << 15
)  # bytes that are not worth packing: making ready to pack costs more than some blocks of a disk
_SHORT = 1 << 16  # bytes of a file that are packed at once
_FEW = 1 << 22  # bytes of a zip that are held in memory


class Out(Protocol):
    """A file that is written."""

    def write(self, data: bytes, /) -> int:
        """Write some bytes; gives how many."""
        ...


class Sink(Protocol):
    """Takes the files of a bundle, one after another."""

    def file(self, name: str) -> AbstractContextManager[Out]:
        """A file to write; its name has `/` between folders."""
        ...

    def put(self, name: str, content: bytes) -> None:
        """A whole file."""
        ...

    def restart(self) -> None:
        """Forget everything written so far."""
        ...

    def finish(self) -> None:
        """All files are there."""
        ...


class Folder:
    """Files in a folder that only its owner can read.

    Args:
        path: an empty or missing folder.

    Raises:
        TrothError: it holds something, so that two people's data could meet, or it can not be made.
    """

    def __init__(self, path: Path) -> None:
        self._path, self._made = path, list[Path]()
        try:
            path.mkdir(parents=True, exist_ok=True, mode=0o700)
            if any(path.iterdir()):
                raise TrothError(f"the folder {path.name} is not empty", hint="name a new one")
        except OSError as error:
            raise TrothError(f"the folder {path.name} can not be made", hint="look at its parent") from error

    @contextlib.contextmanager
    def file(self, name: str) -> Iterator[Out]:
        """See `Sink.file`."""
        path = self._path / name
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._made.append(path)
        with path.open("wb") as file:
            yield file

    def put(self, name: str, content: bytes) -> None:
        """See `Sink.put`."""
        with self.file(name) as file:
            file.write(content)

    def restart(self) -> None:
        """See `Sink.restart`."""
        while self._made:
            path = self._made.pop()
            path.unlink(missing_ok=True)
            with contextlib.suppress(OSError):  # it holds another file still
                path.parent.rmdir()
        self._path.mkdir(exist_ok=True, mode=0o700)

    def finish(self) -> None:
        """See `Sink.finish`."""


class Archive:
    """Files in one zip; the same files give the same bytes.

    Args:
        file: an empty file to write.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._begin()

    def _begin(self) -> None:
        self._held = _Held(self._file)
        self._zip = zipfile.ZipFile(self._held, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL)

    def file(self, name: str) -> AbstractContextManager[Out]:
        """See `Sink.file`."""
        return _Entry(self, name)

    def stream(self, name: str) -> IO[bytes]:
        """A file that is packed as it comes."""
        self._held.expect(_FEW)
        return self._zip.open(_info(name), "w", force_zip64=True)

    def put(self, name: str, content: bytes) -> None:
        """See `Sink.put`."""
        self._held.expect(len(content))
        packed = zipfile.ZIP_DEFLATED if len(content) > _TINY else zipfile.ZIP_STORED
        self._zip.writestr(_info(name), content, packed, _LEVEL)

    def restart(self) -> None:
        """See `Sink.restart`."""
        self._zip.close()
        self._file.seek(0)
        self._file.truncate()
        self._begin()

    def finish(self) -> None:
        """See `Sink.finish`."""
        self._zip.close()
        self._held.close()

    def leave(self) -> None:
        """Write nothing more; a zip that nobody has finished would write its end when it is forgotten."""
        with contextlib.suppress(OSError, ValueError):
            self._zip.close()


class _Entry:
    """A file of a zip: held while it is short, because a short one is packed quicker whole than as a stream."""

    def __init__(self, archive: Archive, name: str) -> None:
        self._archive, self._name = archive, name
        self._stream: IO[bytes] | None = None
        self._few = b""

    def write(self, data: bytes, /) -> int:
        """Take some more."""
        if self._stream is None:
            if len(self._few) + len(data) <= _SHORT:
                self._few += data
                return len(data)
            self._stream = self._archive.stream(self._name)
            self._stream.write(self._few)
        return self._stream.write(data)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._stream is not None:
            self._stream.close()
        elif kind is None:
            self._archive.put(self._name, self._few)


class _Held:
    """The bytes of a zip in memory while they are few, then in the file: `zipfile` goes back to every head it wrote.

    Attributes:
        write, tell, seek: those of the memory, or of the file; a zip of ten files calls them a hundred times.
    """

    __slots__ = ("_file", "_memory", "seek", "tell", "write")

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._memory: io.BytesIO | None = io.BytesIO()
        self._use(self._memory)

    def _use(self, now: IO[bytes]) -> None:
        self.write, self.tell, self.seek = now.write, now.tell, now.seek

    def flush(self) -> None:
        """Nothing to do: `close` writes what is held."""

    def expect(self, more: int) -> None:
        """Make room for some more bytes: in the file, where they would be too many in memory."""
        if self._memory is not None and self._memory.tell() + more > _FEW:
            self._spill(self._memory)

    def close(self) -> None:
        """Write everything into the file."""
        if self._memory is not None:
            self._spill(self._memory)
        self._file.flush()

    def _spill(self, memory: io.BytesIO) -> None:
        self._file.write(memory.getvalue())
        self._file.seek(memory.tell())
        self._memory = None
        self._use(self._file)


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
    return info


@contextlib.contextmanager
def open_sink(target: Path) -> Iterator[Sink]:
    """A folder, or a zip file where the name ends so; a zip stands there whole at the end, or not at all.

    Raises:
        TrothError: the folder is not empty, nothing can be written there, or another process is writing it.
    """
    if target.suffix != ".zip":
        yield Folder(target)
        return
    draft = target.with_suffix(".part")
    with _draft(draft, target.name) as file:
        try:
            archive = Archive(file)
            try:
                yield archive
            finally:
                archive.leave()
            try:
                file.flush()
                draft.replace(target)
            except OSError as error:
                raise _unwritten(target.name) from error
        except BaseException:
            draft.unlink(missing_ok=True)
            raise


@contextlib.contextmanager
def _draft(path: Path, name: str) -> Iterator[IO[bytes]]:
    """The file under its other name, empty, for this process only; what a kill left is written over."""
    try:
        file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600), "w+b")
    except OSError as error:
        raise _unwritten(name) from error
    with file:
        if not _ours(file, path):
            hint = "wait until it is ready"
            raise TrothError(f"another process is writing the copy {name}", hint=hint)
        os.fchmod(file.fileno(), 0o600)
        file.truncate()
        yield file


def _ours(file: IO[bytes], path: Path) -> bool:
    """Whether nobody else writes a file, and it still stands where it was opened."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except OSError:
        return False


def _unwritten(name: str) -> TrothError:
    return TrothError(f"the copy {name} can not be written", hint="look at its folder")
