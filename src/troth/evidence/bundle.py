"""Export evidence as a bundle: a zip file or folder that an auditor checks with `verify.py` alone.

manifest.json   format, kind ("whole" or "selection"), name of the ledger, size, root
key.txt         public keys, one a line, as C2SP signed-note writes them
heads.jsonl     signed tree heads; all of them, or the newest for a selection
entries.jsonl   the canonical bytes of the entries, one a line
leaves.txt      whole: the leaf hashes, base64, one a line: they tell which entry was changed
proofs.jsonl    selection: the inclusion proof of each entry under the head
growth.jsonl    selection: consistency proofs from older heads to this one
"""

from __future__ import annotations

import json
import zipfile
from base64 import b64encode
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from troth.evidence.ledger import prove_entry, prove_growth
from troth.evidence.merkle import Node
from troth.model.errors import TrothError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from troth.evidence.heads import Head
    from troth.evidence.ledger import Archive

FORMAT = "troth-bundle/1"
_SOME = 2_000  # leaf hashes read at a time
_MOMENT = (1980, 1, 1, 0, 0, 0)  # of every part: the same ledger gives the same bytes


def export(
    archive: Archive, path: Path, entries: Iterable[int] | None = None, older: Iterable[int] = ()
) -> Head:
    """Write a bundle.

    Args:
        archive: the ledger.
        path: a file that ends in .zip, or a new folder.
        entries: numbers of the entries to select; all where none are named.
        older: sizes of older heads to prove the growth from (a selection; a whole bundle needs no proof).

    Returns:
        The head that the bundle is under.

    Raises:
        TrothError: the place is taken or can not be written; there is no such entry or older head.
    """
    head = archive.head()
    chosen = None if entries is None else sorted(set(entries))
    if not head.note:
        raise TrothError("the ledger is empty; there is nothing to export")
    if chosen and (chosen[0] < 0 or chosen[-1] >= head.size):
        raise TrothError(
            f"the ledger has {head.size:,} entries, numbered from 0; some of these are not there"
        )
    if path.exists():
        raise TrothError(f"{path.name} is there already", hint="choose another name")
    with _writing(path) as put:
        put("manifest.json", [_manifest(head, chosen)])
        put("key.txt", archive.verifiers())
        if chosen is None:
            _whole(archive, head, put)
        else:
            _selection(archive, head, chosen, put)
            put("growth.jsonl", (_growth(archive, size, head.size) for size in sorted(set(older))))
    return head


def _manifest(head: Head, chosen: Sequence[int] | None) -> str:
    return _line(
        {
            "format": FORMAT,
            "kind": "whole" if chosen is None else "selection",
            "origin": head.origin,
            "size": head.size,
            "root": head.root.hex(),
            "entries": head.size if chosen is None else len(chosen),
        }
    )


def _whole(archive: Archive, head: Head, put: Callable[[str, Iterable[str]], None]) -> None:
    put("heads.jsonl", (_noted(each) for each in archive.heads() if each.size <= head.size))
    put("entries.jsonl", (body.decode(errors="surrogateescape") for body in archive.bodies(0, head.size)))
    put("leaves.txt", _leaves(archive, head.size))


def _selection(
    archive: Archive, head: Head, chosen: Sequence[int], put: Callable[[str, Iterable[str]], None]
) -> None:
    put("heads.jsonl", [_noted(head)])
    bodies = (body for seq in chosen for body in archive.bodies(seq, seq + 1))
    put("entries.jsonl", (body.decode(errors="surrogateescape") for body in bodies))
    proofs = ({"seq": seq, "path": _texts(prove_entry(archive, seq, head.size))} for seq in chosen)
    put("proofs.jsonl", map(_line, proofs))


def _growth(archive: Archive, older: int, size: int) -> str:
    return _line({"from": older, "to": size, "path": _texts(prove_growth(archive, older, size))})


def _leaves(archive: Archive, size: int) -> Iterator[str]:
    for start in range(0, size, _SOME):
        wanted = [Node(0, seq) for seq in range(start, min(start + _SOME, size))]
        yield from _texts(archive.nodes(wanted))


def _noted(head: Head) -> str:
    return _line({"size": head.size, "note": head.note})


def _texts(hashes: Iterable[bytes]) -> list[str]:
    return [b64encode(value).decode() for value in hashes]


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


@contextmanager
def _writing(path: Path) -> Iterator[Callable[[str, Iterable[str]], None]]:
    """Writes the parts of a bundle line by line, so memory stays flat; a failed one does not stay."""
    draft = path.with_name(f"{path.name}.part")
    try:
        if path.suffix == ".zip":
            with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
                yield lambda name, lines: _into_zip(archive, name, lines)
        else:
            draft.mkdir()
            yield lambda name, lines: _into_folder(draft, name, lines)
        draft.rename(path)
    except OSError as error:
        raise TrothError(f"{path.name} can not be written: {error.strerror}") from error
    finally:
        _remove(draft)


def _into_zip(archive: zipfile.ZipFile, name: str, lines: Iterable[str]) -> None:
    info = zipfile.ZipInfo(name, _MOMENT)
    info.compress_type = zipfile.ZIP_DEFLATED
    with archive.open(info, "w", force_zip64=True) as file:
        for line in lines:
            file.write(line.encode(errors="surrogateescape") + b"\n")


def _into_folder(folder: Path, name: str, lines: Iterable[str]) -> None:
    with (folder / name).open("wb") as file:
        for line in lines:
            file.write(line.encode(errors="surrogateescape") + b"\n")


def _remove(draft: Path) -> None:
    if draft.is_dir():
        for part in draft.iterdir():
            part.unlink()
        draft.rmdir()
    draft.unlink(missing_ok=True)
