"""`troth report` on a small house: kept, then broken by hand, and the report says so on the next run."""

from __future__ import annotations

import csv
import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest

from tests.cli.terminal import troth
from tests.report.house import House, make_house
from troth.app.printing import BROWSERS


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A house in which nothing is broken."""
    return make_house(tmp_path)


def test_nothing_is_broken(house: House) -> None:
    """A house that does what it says has kept sentences, exit code 0, and what nobody attested is not shown."""
    assert house.statuses() == {
        "w": "information", "pw": "kept", "old": "kept", "log": "kept", "staff": "not shown", "pay": "not shown",
    }  # fmt: skip
    assert house.report("--json").code == 0


def test_attested(house: House) -> None:
    """An attestation makes its sentence attested, and one that has run out does not."""
    words = ("attestation", "--promise", "silence", "--scope", "all staff", "--project", house.folder)
    assert troth("attest", *words, "--until", "2099-01-01").code == 0
    assert house.statuses()["staff"] == "attested"


def test_weak_password(house: House) -> None:
    """One password stored in a weak way breaks the sentence about passwords alone, and putting it right mends it."""
    house.run("update people set password_hash = '5f4dcc3b5aa765d61d8327deb882cf99' where id = 2")
    outcome = house.report("--json")
    assert outcome.code == 1
    assert [one["id"] for one in outcome.json["sentences"] if one["status"] == "broken"] == ["pw"]
    said = house.sentence("pw")
    assert said["why"] == "1 of 2 passwords are stored as md5"
    assert (said["figures"][0]["value"], said["figures"][0]["of"]) == (1, 2)
    house.run("update people set password_hash = null where id = 2")
    assert house.statuses()["pw"] == "kept"


def test_expired_row(house: House) -> None:
    """A row past its period breaks the sentence about the period, and is counted."""
    house.run("insert into orders values (3, 1, 1, '2020-01-01 00:00:00')")
    said = house.sentence("old")
    assert said["status"] == "broken"
    assert (said["figures"][0]["value"], said["figures"][0]["of"]) == (1, 3)
    assert "shop.orders" in said["why"]


def test_pictures(house: House) -> None:
    """The pictures show the oldest order against its limit, a request against its date, and who may receive what."""
    done = troth(
        "request", "access", "-s", "email=ada@example.org", "--verified", "session", "--project", house.folder
    )
    assert done.code == 0, done.err
    found = house.report("--json").json["pictures"]
    (age,) = found["ages"]
    assert (age["place"], age["oldest"], age["past"]) == ("shop.orders", "2026-02-01T10:00:00Z", False)
    (request,) = found["requests"]
    assert request["right"] == "access"
    assert request["received"] < request["due"]
    (flow,) = found["flows"]
    assert (flow["data"], flow["recipient"]) == (["order information"], "payment institutions")
    house.run("insert into orders values (3, 1, 1, '2020-01-01 00:00:00')")
    assert house.report("--json").json["pictures"]["ages"][0]["past"]


def test_changed_entry(house: House) -> None:
    """A changed entry of the ledger breaks the sentence about the ledger."""
    house.report("--json")
    change = (
        "update ledger_entry set body = replace(body, '\"kept\"', '\"done\"') where body like '%\"kept\"%'"
    )
    house.run(change, file=house.folder / "state.db")
    assert house.statuses()["log"] == "broken"


def test_every_run_is_entered(house: House) -> None:
    """Each check leaves an entry, and the numbers of a sentence lead to the entries that say it."""
    number = house.sentence("pw")["evidence"][0]
    shown = house.report("-o", house.folder / "page.html")
    assert shown.code == 0
    page = (house.folder / "page.html").read_text("utf-8")
    later = house.sentence("pw")["evidence"][0]
    assert number < later
    assert f'id="entry-{number + 5}"' in page
    assert '"action":"password-hash-scan"' in page.replace("&#34;", '"')


def test_terminal(house: House) -> None:
    """The terminal shows what is broken first, with its figure, then what is not shown, then the kept ones."""
    house.run("update people set password_hash = 'secret' where id = 2")
    outcome = house.report()
    assert outcome.code == 1
    lines = outcome.out.splitlines()
    assert "1 of 5 sentences that promise something is broken" in lines[1]
    places = [
        next(place for place, line in enumerate(lines) if line.startswith(sign))
        for sign in ("✗ broken", "? not shown", "✓ 2 kept")
    ]
    assert places == sorted(places)
    assert "1 of 2 passwords are stored as plain" in outcome.out
    assert "secret" not in outcome.out


@pytest.mark.parametrize("ending", [".html", ".json", ".txt"])
def test_files(ending: str, house: House) -> None:
    """The ending of the file says the form; anything else is the text of the terminal."""
    path = house.folder / f"out{ending}"
    outcome = house.report("-o", path)
    assert outcome.out.strip() == f"{path}: 2 not shown, 3 kept, 1 information"
    text = path.read_text("utf-8")
    if ending == ".json":
        assert len(json.loads(text)["sentences"]) == 6
    else:
        assert text.startswith("<!doctype html>" if ending == ".html" else "Little Host 1")


def test_chinese(house: House) -> None:
    """In Chinese, the page and the terminal say the statuses in Chinese."""
    assert "尚未证明" in house.report("--lang", "zh").out
    assert '<html lang="zh">' in house.report("-f", "html", "--lang", "zh").out


def test_records(house: House) -> None:
    """The record of processing is written beside the report, in the form its ending names."""
    house.report("--records", house.folder / "r.csv")
    rows = list(csv.reader(io.StringIO((house.folder / "r.csv").read_text("utf-8-sig"))))
    assert ["controller", "Little Host Ltd, 1 Example Road"] in rows
    pay = next(row for row in rows if row and row[0] == "billing and payment")
    assert pay[4] == "payment institutions"
    assert pay[6] == "order information: 36 months after order completed"
    assert pay[8] == "shop.orders"
    house.report("--records", house.folder / "r.xlsx")
    assert zipfile.is_zipfile(house.folder / "r.xlsx")
    house.report("--records", house.folder / "r.jsonld")
    assert json.loads((house.folder / "r.jsonld").read_text("utf-8"))["@graph"]


def test_pdf(house: House, browser: object) -> None:
    """A PDF is printed by a browser; it is one and has the sentence marks on its pages."""
    path = house.folder / "r.pdf"
    outcome = house.report("-o", path)
    assert outcome.err == ""
    assert path.read_bytes().startswith(b"%PDF-")


def test_no_browser(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a browser the refusal says what to do, before any check runs."""
    monkeypatch.setenv("PATH", str(house.folder))
    assert not any(map(shutil.which, BROWSERS))
    outcome = house.report("-o", house.folder / "r.pdf")
    assert outcome.code == 2
    assert "install chromium" in outcome.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--json", "-f", "html"), "ask for different things"),
        (("--lang", "fr"), "`fr` is no language"),
        (("--records", "r.doc"), "`.doc` is no form of a record"),
        (("-f", "pdf"), "a PDF needs a file"),
    ],
)
def test_refused(words: tuple[str, ...], said: str, house: House) -> None:
    """What can not be written is refused before any check runs, in words."""
    outcome = house.report(*words)
    assert outcome.code == 2
    assert said in outcome.err


def test_damaged_register(house: House) -> None:
    """A register that is no TOML is named with its line."""
    (house.folder / "registers").mkdir()
    (house.folder / "registers" / "recipients.toml").write_text("[[recipient]\n", "utf-8")
    outcome = house.report()
    assert outcome.code == 2
    assert "recipients.toml:1" in outcome.err
    assert "this is no TOML" in outcome.err
