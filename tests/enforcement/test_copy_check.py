"""A copy of somebody's data is checked: as it was written and with the right key, in its zip or unpacked."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.enforcement import scene
from tests.enforcement.scene import CITED, by
from troth.enforcement.access import access, plan_access
from troth.evidence import keyring
from troth.evidence.copies import check_copy, is_copy
from troth.model.errors import TrothError

MAP = scene.table("main.people", "subject", email="contact.email", name="contact.name")


@pytest.fixture
def copy(tmp_path: Path) -> tuple[Path, str]:
    """The zip of a person and the key that it is signed with."""
    (tmp_path / "main.db").touch()
    url = f"sqlite:///{tmp_path / 'main.db'}"
    scene.run(
        url,
        "create table people (id integer not null primary key, email varchar(60), name varchar(60))",
        "insert into people values (1, 'ada@example.org', 'Ada')",
    )
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        access(project, by(email="ada@example.org"), plan_access(project, CITED), tmp_path / "copy.zip")
        return tmp_path / "copy.zip", project.ring.signer.verifier


def unpacked(path: Path) -> Path:
    """The folder of a copy."""
    shutil.unpack_archive(path, path.with_suffix(""))
    return path.with_suffix("")


def test_untouched(copy: tuple[Path, str]) -> None:
    """A copy that nobody touched is intact, with its own key and with the one that is named, zipped and not."""
    path, key = copy
    for place in (path, unpacked(path)):
        assert is_copy(place)
        assert check_copy(place).ok
        assert check_copy(place, [key]).key_given


def test_key_of_somebody_else(copy: tuple[Path, str]) -> None:
    """Signed with another key than the one that is named, it is not what the company handed over."""
    other = keyring.create("other.example/troth").signer.verifier
    found = check_copy(copy[0], [other]).findings
    assert found == ("the list of checksums is not signed with a key that you named",)


def _changed(folder: Path) -> None:
    (folder / "index.json").write_bytes((folder / "index.json").read_bytes() + b" ")


def _removed(folder: Path) -> None:
    (folder / "data" / "contact" / "people.json").unlink()


def _added(folder: Path) -> None:
    (folder / "data" / "more.json").write_text("[]")


def _listed_anew(folder: Path) -> None:
    sums = folder / "SHA256SUMS"
    sums.write_text("\n".join(sums.read_text("utf-8").splitlines()[1:]) + "\n", "utf-8")


@pytest.mark.parametrize(
    ("touch", "said"),
    [
        (_changed, ["index.json was changed"]),
        (_removed, ["data/contact/people.json is missing"]),
        (_added, ["data/more.json was added"]),
        (
            _listed_anew,
            ["README.html was added", "the list of checksums is not signed with the key that came with it"],
        ),
    ],
)
@pytest.mark.parametrize("zipped", [True, False])
def test_touched(
    touch: Callable[[Path], None], said: list[str], zipped: bool, copy: tuple[Path, str]
) -> None:
    """What was changed, removed or added is named, and a list that was written anew has no signature."""
    place = unpacked(copy[0])
    touch(place)
    if zipped:
        place = Path(shutil.make_archive(str(place) + "-again", "zip", place))
    assert list(check_copy(place).findings) == said


def test_what_is_no_copy(tmp_path: Path, copy: tuple[Path, str]) -> None:
    """Half a zip is said to be damaged; a ledger is no copy."""
    half = tmp_path / "half.zip"
    half.write_bytes(copy[0].read_bytes()[:-200])
    assert not is_copy(half)
    assert not is_copy(tmp_path / "main.db")
    with pytest.raises(TrothError, match="is no copy"):
        check_copy(half)
