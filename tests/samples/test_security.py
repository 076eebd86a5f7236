"""The security of the sample provider, checked with its own registers: what is kept, and what a hand in the stores changes."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from samples.hkcloud.provider.build import build
from samples.hkcloud.provider.generate import Wish
from tests.duties.sighting import hkcloud, shown, sighted
from tests.enforcement.scene import NOW, run
from troth.duties.proofs.sight import Sight
from troth.duties.signins import detect

SAMPLE = Path("samples/hkcloud")
REGISTERS = {
    name: tomllib.loads((SAMPLE / "registers" / f"{name}.toml").read_text("utf-8"))
    for name in ("staff", "findings", "access-log", "measures", "locations")
}


@pytest.fixture
def tidy(tmp_path: Path) -> Iterator[Sight]:
    """A sample provider without breaches on purpose."""
    urls = {}
    for store in ("accounts", "operations"):
        (tmp_path / f"{store}.db").touch(mode=0o600)
        urls[store] = f"sqlite:///{tmp_path / f'{store}.db'}"
    build(urls, Wish(60, faulty=False))
    text = (SAMPLE / "map.toml").read_text("utf-8")
    with sighted(tmp_path, urls, text[text.index("[[table]]") :], registers=REGISTERS) as sight:
        yield sight


@pytest.mark.parametrize(
    ("promise", "check", "status", "breach"),
    [
        (
            "secrets",
            "password-hash-scan",
            "kept",
            "update credentials set password_hash = 'letmein' where customer_id = 1",
        ),
        (
            "secrets",
            "card-scan",
            "kept",
            "update tickets set subject = 'my card 4111 1111 1111 1111' where id = 1",
        ),
        (
            "secrets",
            "credential-hygiene",
            "kept",
            "update tickets set subject = 'the password is: Abc123!x' where id = 1",
        ),
        (
            "verified-operations",
            "access-log-review",
            "kept",
            "update staff_accesses set purpose = 'marketing' where id = 1",
        ),
        ("staff-training", "training-and-acceptance", "attested", "delete from trainings where staff_id = 1"),
        ("staff-training", "staff-access-suspended", "kept", "delete from trainings where staff_id = 1"),
        (
            "security-evaluation",
            "finding-timeline",
            "kept",
            "update security_findings set repaired_at = null where id = 1",
        ),
    ],
)
def test_hand_in_the_stores(tidy: Sight, promise: str, check: str, status: str, breach: str) -> None:
    """Each check holds on the tidy sample, and one row changed by hand breaks it at the next look."""
    before = shown(tidy, promise, check)
    run(tidy.urls["accounts"], breach)
    after = shown(tidy, promise, check)
    assert before.status == status, before.why
    assert after.status == "broken"


@pytest.mark.parametrize(
    ("promise", "check", "status"),
    [
        ("registered-stores", "location-check", "kept"), ("registered-stores", "security-attestation", "attested"),
        ("security-measures", "security-attestation", "attested"), ("security-evaluation", "security-attestation", "attested"),
        ("encrypted-transport", "transport-scan", "kept"), ("authorised-access", "grant-review", "kept"),
    ],
)  # fmt: skip
def test_registers_of_the_sample(tidy: Sight, promise: str, check: str, status: str) -> None:
    """The registers of the sample say enough for each check."""
    found = shown(tidy, promise, check)
    assert found.status == status, found.why


def test_detector_on_the_sample(tidy: Sight) -> None:
    """The detector finds the log of sign-ins by the map alone, and its run keeps both rules about detection."""
    found = detect(tidy.project, hkcloud(), NOW - timedelta(days=30))
    assert found.places == ("accounts.sign_ins",)
    assert found.rows > 0
    assert len(found.runs) == 2
