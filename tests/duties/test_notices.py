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
from troth.duties.delivery import everybody
from troth.duties.messages import admit, promoting
from troth.duties.post import MailServer, Outbox
from troth.duties.proofs.sight import Sight
from troth.duties.wording import worded
from troth.model.condition import FactValue
from troth.model.entry import Entry, utc
from troth.model.errors import TrothError
from troth.model.policy import Item, Policy, Rule
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


def demanding(policy: Policy, rule: Rule) -> Rule:
    """A rule as other policies write it: with what its record has to say."""
    asked = {
        "publish": ("document-hash", "page", "time"),
        "notify": ("recipient", "notice-time", "effective-date", "channel"),
    }
    return replace(rule, record=tuple(Item(what) for what in asked.get(rule.verb, ())))


def test_records_that_policies_ask_for(sight: Sight) -> None:
    """Letters and pages keep their duties also where the policy wants recorded who was told when, which text and where."""
    policy = newer()
    policy = replace(
        policy,
        promises=tuple(
            replace(promise, rules=tuple(demanding(policy, rule) for rule in promise.rules))
            if promise.id == "change-notice"
            else promise
            for promise in policy.promises
        ),
    )
    told(sight, policy)
    notices.published(sight.project, policy, policy.version, actor="web", pages=["policy-page", "homepage"])
    deeds = {one.action: one.detail["record"] for one in sight.project.ledger.read() if one.kind == "deed"}
    assert deeds["notify"]["recipient"] == "2 account holders"
    assert deeds["publish"] == {"document-hash": notices.digest_of(policy), "page": "policy-page, homepage"}


def rules_of(*lines: str) -> Policy:
    """The new version with other rules for when it applies."""
    text = POLICY.read_text("utf-8").replace('version = "2025-05-14"', 'version = "2027-02-01"')
    block = "  block apply new-version until published-everywhere and notice-sent and notice-days >= ~14\n"
    assert block in text
    return compile_file(
        text.replace(block, "".join(f"  {line}\n" for line in lines)).encode(), "p.troth.md"
    ).policy


def test_never_keeps_back(sight: Sight) -> None:
    """A version is kept back by what must never apply, unless an exception is true; what each person says is not asked."""
    policy = rules_of(
        "never apply new-version unless published-everywhere",
        "never apply new-version",
        "  except minor: policy-change is minor",
        "  except noticed: notice-sent and notice-days >= ~30 days",
        "never apply new-version if weakens",
        "  except agreed: consent is explicit",
    )
    good: dict[str, FactValue] = {
        "published-everywhere": True, "notice-sent": True, "notice-days": 31, "policy-change": "material",
    }  # fmt: skip
    assert notices.closed(policy, good | {"weakens": True}) == ()
    late: tuple[tuple[str, FactValue], ...] = (
        ("published-everywhere", False), ("notice-sent", False), ("notice-days", 29),
    )  # fmt: skip
    for name, value in late:
        assert len(notices.closed(policy, {**good, name: value})) == 1
    assert notices.closed(policy, good | {"notice-days": 0, "policy-change": "minor"}) == ()
    assert len(notices.closed(policy, {})) == 1
    found = shown(replace(sight, policy=policy), "change-notice", "publication-gate")
    assert {one.name: one.value for one in found.figures}[
        "made-up versions that the gate judged wrongly"
    ] == 0


def test_facts_of_the_house(sight: Sight) -> None:
    """A gate that asks what only the house knows opens once the house has said it, and not for what the ledger denies."""
    policy = rules_of("block apply new-version until published-everywhere and retention-period-set")
    told(sight, policy)
    ready = later(sight, NOW + 80 * DAY, policy=policy)
    lie = {"published-everywhere": True, "retention-period-set": True}
    with pytest.raises(TrothError, match="may not come into force"):
        notices.pass_gate(ready.project, policy, policy.version, told=lie)
    notices.published(sight.project, policy, policy.version, actor="web")
    with pytest.raises(TrothError, match="may not come into force"):
        notices.pass_gate(ready.project, policy, policy.version)
    notices.pass_gate(ready.project, policy, policy.version, told=lie)


@pytest.mark.parametrize(
    ("gone", "people"),
    [
        ("null", 2),
        ("''", 2),
        ("'0000-00-00 00:00:00'", 2),
        ("'2099-01-01 00:00:00'", 2),
        ("'2020-01-01 00:00:00'", 1),
    ],
)
def test_who_counts_as_closed(sight: Sight, gone: str, people: int) -> None:
    """Only an account that was closed is left out of a letter, not one whose column is empty in another way."""
    run(sight.urls["main"], f"update member set gone = {gone} where id = 1")
    assert len(list(everybody(sight.project, open_only=True))) == people


def test_account_in_use_again(tmp_path: Path) -> None:
    """An account that was closed once and is in use again is told."""
    with house(tmp_path) as sight:
        run(
            sight.urls["main"],
            "update member set gone = '2020-01-01 00:00:00', phone = 'active' where id = 1",
        )
        run(
            sight.urls["main"],
            "update member set gone = '2020-01-01 00:00:00', phone = 'closed' where id = 2",
        )
        tables = tuple(
            replace(one, facts={"account-status": "phone"}) if one.name == "member" else one
            for one in sight.project.map.tables
        )
        project = replace(sight.project, map=replace(sight.project.map, tables=tables))
        assert [one.row[-1] for one in everybody(project, open_only=True)] == ["1"]


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Why: the law changed"), ("zh", "变更原因：法律法规变化")]
)
def test_reason_in_words(sight: Sight, language: str, said: str) -> None:
    """A letter gives the reason in the language of the letter, and no point for an empty change."""
    words = {"provider": "P", "effective": "1", "reason": notices.REASONS["law"][language], "changes": []}
    assert said in worded("policy-change", language, words).body
    told_of = newer()
    notices.announce(sight.project, news(told_of))
    with mailbox() as box:
        post = MailServer("127.0.0.1", "privacy@house.example", box.port, tls="none")
        notices.tell(sight.project, told_of, told_of.version, post, changes=(" ",))
        assert "Why: the law changed" in box.got[0][1].get_content()
        assert "What changes" not in box.got[0][1].get_content()


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


def test_adopted_too_early(sight: Sight) -> None:
    """A version that was put into force before the day it was announced for breaks the promise, one on its day does not."""
    policy = newer()
    notices.announce(sight.project, news(policy))
    for moment, status in ((NOW + 90 * DAY, "kept"), (NOW + DAY, "broken")):
        adopted = Entry(
            time=utc(moment), kind="policy", actor="troth", action="adopt", policy=policy.hash, outcome="holds",
            detail={"version": policy.version},
        )  # fmt: skip
        sight.project.ledger.append([adopted])
        found = shown(later(sight, NOW + 100 * DAY, policy=policy), "no-consent-by-use", "version-applied")
        assert found.status == status, found.why


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
