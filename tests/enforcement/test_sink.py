"""Where the files of a bundle go: a zip or a folder, whole or not at all."""

from __future__ import annotations

import gc
import stat
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troth.enforcement.sink import Sink, open_sink
from troth.model.errors import TrothError

FILES = st.dictionaries(
    st.from_regex(r"[a-z]{1,5}(/[a-z]{1,5})?\.json", fullmatch=True),
    st.lists(
        st.binary(max_size=200) | st.integers(1, 9_000_000).map(lambda n: b"row " * (n // 4)), max_size=3
    ),
    max_size=5,
)


def fill(sink: Sink, files: dict[str, list[bytes]]) -> None:
    """Write files, the blocks of each one after another."""
    for name, blocks in files.items():
        if len(blocks) == 1:
            sink.put(name, blocks[0])
        else:
            with sink.file(name) as file:
                for block in blocks:
                    file.write(block)


def break_off(target: Path) -> None:
    """Begin a copy, and fail in the middle of a file that is a stream already."""
    with open_sink(target) as sink, sink.file("a.json") as file:
        file.write(b"x" * 100_000)
        raise TrothError("enough")


@given(FILES, FILES)
def test_zip_holds_what_was_written(
    tmp_path_factory: pytest.TempPathFactory, first: object, files: object
) -> None:
    """Short files and long ones come out as they went in, nothing of what was taken back does, and always in the same bytes."""
    assert isinstance(first, dict)
    assert isinstance(files, dict)
    folder = tmp_path_factory.mktemp("zip")
    for name in ("one.zip", "two.zip"):
        with open_sink(folder / name) as sink:
            fill(sink, first)
            sink.restart()
            fill(sink, files)
            sink.finish()
    with zipfile.ZipFile(folder / "one.zip") as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            name: b"".join(blocks) for name, blocks in files.items()
        }
        assert archive.testzip() is None
    assert (folder / "one.zip").read_bytes() == (folder / "two.zip").read_bytes()


def test_zip_is_the_owners(tmp_path: Path) -> None:
    """Nobody else may read the file, nor what is unpacked from it."""
    with open_sink(tmp_path / "out.zip") as sink:
        sink.put("a.json", b"{}")
        sink.finish()
    assert stat.S_IMODE((tmp_path / "out.zip").stat().st_mode) == 0o600
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        assert [one.external_attr >> 16 for one in archive.infolist()] == [0o600]


def test_error_leaves_nothing(tmp_path: Path) -> None:
    """A zip that can not be finished is not there, and the one before it stays."""
    (tmp_path / "out.zip").write_bytes(b"before")
    with pytest.raises(TrothError, match="enough"):
        break_off(tmp_path / "out.zip")
    assert [path.name for path in tmp_path.iterdir()] == ["out.zip"]
    assert (tmp_path / "out.zip").read_bytes() == b"before"


def test_error_in_a_long_zip_is_quiet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A zip that is given up after it left the memory says nothing beside the error."""
    heard: list[object] = []
    monkeypatch.setattr("sys.unraisablehook", heard.append)
    monkeypatch.setattr("troth.enforcement.sink._FEW", 1)
    with pytest.raises(TrothError, match="enough"):
        break_off(tmp_path / "out.zip")
    gc.collect()
    assert heard == []
    assert list(tmp_path.iterdir()) == []


def test_one_copy_at_a_time(tmp_path: Path) -> None:
    """A copy that another process is writing is neither touched nor mixed with a second one."""
    with open_sink(tmp_path / "out.zip") as sink:
        sink.put("a.json", b"{}")
        with pytest.raises(TrothError, match="another process"), open_sink(tmp_path / "out.zip"):
            pass
        sink.finish()
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        assert archive.namelist() == ["a.json"]


@pytest.mark.parametrize("target", ["file/out.zip", "folder.zip"])
def test_no_place_for_a_file(tmp_path: Path, target: str) -> None:
    """A file where a folder should be, or a folder where the zip should be, is told in words."""
    (tmp_path / "file").touch()
    (tmp_path / "folder.zip").mkdir()
    with pytest.raises(TrothError, match="can not be written"), open_sink(tmp_path / target) as sink:
        sink.finish()
    assert not list(tmp_path.glob("*.part"))


def test_leftovers_of_a_kill_go(tmp_path: Path) -> None:
    """What a kill left half-written is written anew."""
    (tmp_path / "out.part").write_bytes(b"half of somebody's data" * 1_000)
    (tmp_path / "out.part").chmod(0o644)
    with open_sink(tmp_path / "out.zip") as sink:
        sink.put("a.json", b"{}")
        sink.finish()
    assert [path.name for path in tmp_path.iterdir()] == ["out.zip"]
    assert stat.S_IMODE((tmp_path / "out.zip").stat().st_mode) == 0o600
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        assert archive.namelist() == ["a.json"]
    assert b"somebody" not in (tmp_path / "out.zip").read_bytes()


def test_no_folder_to_write_to(tmp_path: Path) -> None:
    """A place that is not there is named, with what to look at."""
    with (
        pytest.raises(TrothError, match=r"out\.zip can not be written") as caught,
        open_sink(tmp_path / "no" / "out.zip"),
    ):
        pass
    assert caught.value.hint


def test_folder_forgets(tmp_path: Path) -> None:
    """A folder that starts again holds only what is written afterwards."""
    with open_sink(tmp_path / "out") as sink:
        sink.put("data/a/one.json", b"{}")
        sink.put("data/two.json", b"{}")
        sink.restart()
        sink.put("data/three.json", b"{}")
        sink.finish()
    found = [str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.json")]
    assert found == ["out/data/three.json"]
