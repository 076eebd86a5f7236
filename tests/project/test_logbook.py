"""Events, deeds and attestations that people enter, and what is owed because of them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.house.tree import HOUSE
from tests.project.shop import Shop
from troth import settings


def test_event_starts_a_duty(little: Shop) -> None:
    """A duty runs from its event until the deed that answers it."""
    number = little.json("event", "opt-out", "-s", "email=ada@example.org")["entry"]
    (waiting,) = little.json("duties")["duties"]
    assert (waiting["rule"], waiting["event"], waiting["state"]) == ("object/1", number, "open")
    little.json("deed", "object/1", "--of", str(number))
    (kept,) = little.json("duties")["duties"]
    assert kept["state"] == "kept"


def test_attestation_is_for_a_check_of_the_promise(little: Shop) -> None:
    """Somebody can attest only what a promise names, with an end that is to come."""
    said = ("attest", "opt-out-timeline", "--promise", "object", "--scope", "list of the mail house")
    assert little.troth(*said, "--until", "2000-01-01").code == 2
    assert little.troth("attest", "shoe-size", *said[2:], "--until", "2999-01-01").code == 2
    assert little.troth(*said, "--until", "2999-01-01").code == 0


def test_words_that_nobody_knows(little: Shop) -> None:
    """An unknown event, rule or entry is refused with what is known."""
    assert "shoe-lost" in little.troth("event", "shoe-lost").err
    assert "no rule `object/9`" in little.troth("deed", "object/9").err
    assert "is no event" in little.troth("deed", "object/1", "--of", "0").err


def test_file_is_entered_whole_or_not_at_all(little: Shop, tmp_path: Path) -> None:
    """Events, deeds and attestations of a file come in together; one that can not be taken keeps all of them out."""
    file = tmp_path / "logbook.toml"
    good = (
        '[[event]]\nid = "out"\nname = "opt-out"\n[[deed]]\nrule = "object/1"\nof = "out"\n'
        '[[attest]]\ncheck = "opt-out-timeline"\npromise = "object"\nmonths = 12\nscope = "list"\n'
    )
    file.write_text(good + '[[deed]]\nrule = "object/9"\n', "utf-8")
    assert little.troth("logbook", file).code == 2
    assert little.json("duties")["duties"] == []
    file.write_text(good, "utf-8")
    assert len(little.json("logbook", file)["entries"]) == 3
    assert [one["state"] for one in little.json("duties")["duties"]] == ["kept"]
    for broken in ("= 1", '[[deed]]\nof = "x"', "[[shoe]]", '[[deed]]\nrule = "object/1"\nof = "nobody"'):
        file.write_text(broken, "utf-8")
        outcome = little.troth("logbook", file)
        assert (outcome.code, "logbook.toml" in outcome.err) == (2, True), outcome.err


def test_sample_logbook_fits_its_policy(little: Shop) -> None:
    """The logbook of the sample names rules and checks that its policy has."""
    written = little.folder / "troth.toml"
    policy = HOUSE / "samples" / "hkcloud" / "policy.troth.md"
    written.write_text(
        "\n".join(
            f'policy = "{policy}"' if line.startswith("policy") else line
            for line in written.read_text("utf-8").splitlines()
        ),
        "utf-8",
    )
    assert little.troth("logbook", HOUSE / "samples" / "hkcloud" / "logbook.toml").code == 0


def test_notes_that_would_do_nothing(little: Shop) -> None:
    """A permission is no duty, nobody is known by a word that is no name, and a note takes no consent back."""
    assert "is no duty" in little.troth("deed", "account/1").err
    for strange in ("favourite=blue", "cookie=c-1"):
        assert "nobody is known by" in little.troth("event", "opt-out", "-s", strange).err
    assert "shoe-size" in little.troth("event", "opt-out", "--fact", "shoe-size=44").err
    assert "can not be" in little.troth("event", "opt-out", "--fact", "order-status=offen").err
    refused = little.troth("event", "consent-withdrawn", "-s", "email=ada@example.org")
    assert (refused.code, "troth request withdraw" in refused.err) == (2, True)
    assert little.json("duties")["duties"] == []
    little.json("event", "opt-out", "-s", "id=1")


def test_ending_of_a_report(little: Shop, tmp_path: Path) -> None:
    """A file whose ending names no form is refused before the checks run, instead of getting another form."""
    refused = little.troth("report", "-o", tmp_path / "report.docx")
    assert (refused.code, ".docx" in refused.err) == (2, True)
    assert little.troth("report", "-o", tmp_path / "report.txt").code in {0, 1}


def test_status_names_overdue_duties(little: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """The state of a project says that duties are overdue, since that needs a person, and no more once they are done."""
    number = little.json("event", "opt-out", "-s", "email=ada@example.org")["entry"]
    assert little.json("status")["problems"] == []
    later = settings.now() + timedelta(days=3)
    monkeypatch.setattr(settings, "now", lambda: later)
    assert little.json("status")["problems"] == ["1 duties are overdue: troth duties"]
    little.json("deed", "object/1", "--of", str(number))
    assert little.json("status")["problems"] == []
