"""Versions announced, told, gated and applied; pages looked at; classes of messages: each kept once and broken once."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

from tests.duties.mailbox import mailbox
from tests.duties.parties import house, later, member
from tests.duties.sighting import POLICY, hkcloud, shown
from tests.enforcement.scene import NOW, run
from troth.duties import notices
from troth.duties.messages import admit, promoting
from troth.duties.post import MailServer, Outbox
from troth.duties.proofs.sight import Sight
from troth.model.errors import TrothError
from troth.model.policy import Policy
from troth.policy.bind import compile_file
from troth.policy.page import published
from troth.policy.source import read

DAY = timedelta(days=1)


def newer(version: str = "2027-02-01") -> Policy:
    """The same policy with a new date and one sentence changed."""
    text = POLICY.read_text("utf-8").replace('version = "2025-05-14"', f'version = "{version}"')
    return compile_file(
        text.replace("Welcome to use", "Welcome again to use").encode(), "policy.troth.md"
    ).policy


@pytest.fixture
def sight(tmp_path: Path) -> Iterator[Sight]:
    """The small house."""
    with house(tmp_path) as found:
        yield found


def news(policy: Policy, day: date = date(2027, 2, 1)) -> notices.News:
    """What is announced."""
    return notices.News(old=hkcloud(), new=policy, effective=day, reason="law", owner="legal")


def told(sight: Sight, policy: Policy) -> None:
    """Announce the version, and tell everybody of it."""
    notices.announce(sight.project, news(policy))
    notices.tell(
        sight.project, policy, policy.version, Outbox(sight.folder / "outbox", "privacy@house.example")
    )


def test_letters_and_gate(sight: Sight) -> None:
    """A version may come into force only once it is published and everybody was told in time."""
    policy = newer()
    notices.announce(sight.project, news(policy))
    with pytest.raises(TrothError, match="change-notice/2"):
        notices.pass_gate(sight.project, policy, policy.version)
    with mailbox() as box:
        post = MailServer("127.0.0.1", "privacy@house.example", box.port, tls="none")
        assert notices.tell(sight.project, policy, policy.version, post, changes=("a greeting",)).sent == 2
        assert notices.tell(sight.project, policy, policy.version, post).before == 2
        assert "1 February 2027" in box.got[0][1].get_content()
    notices.published(sight.project, policy, policy.version, actor="web")
    with pytest.raises(TrothError, match="comes into force on"):
        notices.pass_gate(sight.project, policy, policy.version)
    ready = later(sight, NOW + 80 * DAY, policy=policy)
    notices.pass_gate(ready.project, policy, policy.version)
    for promise, check in (
        ("change-notice", "publication-gate"), ("change-notice", "notice-before-effective"), ("change-notice", "notice-delivery"),
        ("policy-versions", "version-register"),
    ):  # fmt: skip
        found = shown(replace(ready), promise, check)
        assert found.status == "kept", found.why


def test_told_too_late(sight: Sight) -> None:
    """A version whose letters left ten days before its day breaks gate and notice, and so does one nobody was told of."""
    policy = newer("2026-12-02")
    notices.announce(sight.project, news(policy, date(2026, 12, 2)))
    untold = later(sight, NOW + 20 * DAY, policy=policy)
    assert shown(untold, "change-notice", "notice-delivery").status == "broken"
    notices.tell(sight.project, policy, policy.version, Outbox(sight.folder / "outbox", "a@b.example"))
    now = later(sight, NOW + 20 * DAY, policy=policy)
    assert shown(now, "change-notice", "notice-before-effective").status == "broken"
    assert shown(now, "change-notice", "publication-gate").status == "broken"


def test_same_date(sight: Sight) -> None:
    """A changed text with the same date, a day that has passed and a reason that is none are refused."""
    for bad in (
        news(newer("2025-05-14")),
        news(newer(), date(2026, 1, 1)),
        replace(news(newer()), reason="because"),
    ):
        with pytest.raises(TrothError):
            notices.announce(sight.project, bad)
    assert list(sight.project.ledger.read()) == []


def test_use_after_change(sight: Sight) -> None:
    """Going on using the service is recorded with the version in force, and with no other."""
    policy = newer()
    told(sight, policy)
    assert shown(sight, "no-consent-by-use", "acceptance-records").status == "not shown"
    ready = later(sight, NOW + 80 * DAY, policy=policy)
    notices.used(ready.project, policy, member("ada@x.example"))
    for check in ("acceptance-records", "version-applied"):
        found = shown(replace(ready), "no-consent-by-use", check)
        assert found.status == "kept", found.why
    early = replace(
        list(ready.project.ledger.read())[-1], kind="acceptance", action="show", policy="ab" * 32, seq=-1
    )
    ready.project.ledger.append([early])
    assert shown(replace(ready), "no-consent-by-use", "version-applied").status == "broken"


def test_pages(sight: Sight) -> None:
    """A page on a server of this machine is compared sentence by sentence, and one that lacks a sentence breaks the promise."""
    text = published(read(POLICY.read_text("utf-8"), "policy"), hkcloud())
    folder = sight.folder / "www"
    folder.mkdir()
    (folder / "index.html").write_text(text, "utf-8")
    handler = partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        at = f"http://127.0.0.1:{server.server_address[1]}/index.html"
        places = ("policy-page", "homepage", "account-settings")
        pages = {"page": [{"place": place, "at": at} for place in places]}
        looked = replace(sight, registers={"pages": pages})
        found = shown(looked, "change-notice", "publication-crawl")
        assert found.status == "kept", found.why
        first = replace(sight, registers={"pages": {"page": pages["page"][:1]}})
        assert shown(first, "change-notice", "publication-crawl").status == "not shown"
        (folder / "index.html").write_text(text.replace("at any time", "never"), "utf-8")
        assert shown(looked, "change-notice", "publication-crawl").status == "broken"
        server.shutdown()


def test_message_classes(sight: Sight) -> None:
    """A row about a message of a class that the policy refuses breaks the promise; its letters have a class each."""
    run(
        sight.urls["main"],
        "create table mail (id int primary key, kind varchar(20))",
        "insert into mail values (1, 'order')",
    )
    source = {"store": "main", "table": "mail", "class": "kind", "at": "id"}
    with house(
        sight.folder, registers={"messages": {"source": source, "classes": {"order": "transactional"}}}
    ) as looked:
        assert shown(looked, "service-messages", "message-classes").status == "kept"
        run(sight.urls["main"], "insert into mail values (2, 'newsletter')")
        assert shown(looked, "service-messages", "message-classes").status == "broken"
    assert shown(sight, "service-messages", "send-refusal").status == "kept"
    with pytest.raises(TrothError, match="service-messages/4"):
        admit(sight.policy, "promotional")


def test_templates(sight: Sight) -> None:
    """The letters of Troth promote nothing; one of the house that does breaks the promise."""
    found = shown(sight, "service-messages", "service-notice-template-review")
    assert found.status == "kept", found.why
    (sight.folder / "templates" / "zh").mkdir(parents=True)
    (sight.folder / "templates" / "zh" / "breach.txt.j2").write_text(
        "事件通知\n限时优惠，立即购买！\n", "utf-8"
    )
    assert shown(sight, "service-messages", "service-notice-template-review").status == "broken"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Save up to 30% off today", 2), ("限时优惠", 2), ("Your order 17 is paid", 0), ("{# a discount #} Hello", 0),
        ("We offer support by e-mail", 0), ("订单已支付", 0),
    ],
)  # fmt: skip
def test_promotion(text: str, count: int) -> None:
    """Words that promote are found in both languages, and everyday words are not."""
    assert len(promoting(text)) == count
