"""`troth terms`: the words that policies are written with, and fideslang both ways."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path


def troth(*words: str) -> subprocess.CompletedProcess[str]:
    """Runs the command line in a process of its own."""
    program = "from troth.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", program, "terms", *words], capture_output=True, text=True, check=False
    )


def test_a_facet_lists_its_words() -> None:
    """Every word of a facet is listed with both labels."""
    rows = json.loads(troth("list", "purpose", "--json").stdout)
    assert {"key", "en", "zh", "definition", "under"} <= rows[0].keys()
    assert "direct-marketing" in {row["key"] for row in rows}


def test_facets_are_counted() -> None:
    """Without a facet the words of each are counted."""
    counts = json.loads(troth("list", "--json").stdout)
    assert counts["data"] > 300
    assert all(count > 0 for count in counts.values())


def test_a_synonym_is_shown_as_its_word() -> None:
    """A synonym shows the term it names; a wrong word shows the nearest ones and exits with 1."""
    found = json.loads(troth("show", "e-mail", "--json").stdout)["found"]
    assert "email-address" in {row["key"] for row in found}
    missing = troth("show", "emial-adress", "--json")
    assert missing.returncode == 1
    assert "email-address" in json.loads(missing.stdout)["near"]["data"]


def test_a_fideslang_key_names_its_word() -> None:
    """An exact key is exact, a finer one is broadened, nonsense is refused."""
    assert json.loads(troth("fides", "user.contact.email", "--json").stdout)["data"] == {
        "word": "email-address",
        "exact": True,
        "key": "user.contact.email",
    }
    assert json.loads(troth("fides", "user.contact.email.work", "--json").stdout)["data"]["exact"] is False
    wrong = troth("fides", "nonsense")
    assert wrong.returncode == 2
    assert "no counterpart" in wrong.stderr
    assert "Traceback" not in wrong.stderr


def test_the_exported_taxonomy_comes_back(tmp_path: Path) -> None:
    """What is exported adds nothing when imported; an own category is added as a `term` line."""
    file = tmp_path / "taxonomy.json"
    assert troth("export", "--json", "-o", str(file)).returncode == 0
    assert troth("import", str(file)).stdout == ""
    own = {
        "fides_key": "user.contact.pager",
        "name": "Pager",
        "description": "Number of a pager",
        "parent_key": "user.contact",
    }
    file.write_text(json.dumps({"data_category": [own]}), "utf-8")
    assert troth("import", str(file)).stdout.startswith("term pager: data under contact")


def test_unusable_files_are_refused(tmp_path: Path) -> None:
    """What is no taxonomy is refused with a place and a hint, never a traceback."""
    file = tmp_path / "taxonomy.json"
    for text in ("{", "[]", '{"data_category": 3}', "\x00", '{"data_category": [{}]}'):
        file.write_text(text, "utf-8")
        answer = troth("import", str(file))
        assert answer.returncode == 2
        assert "error:" in answer.stderr
        assert "Traceback" not in answer.stderr
