"""Kinds of sentences as Chinese policies have them, put into the frame of a policy: what is found, and what stands."""

from __future__ import annotations

import pytest

from tests.lint.gold import DATA
from troth.app.policies import sentences_of
from troth.model.finding import Finding
from troth.policy.hanzi import TRADITIONAL
from troth.policy.lint import lint_text

# a title, a company and a mailbox of the mainland, of Taiwan and of Hong Kong
_FRAMES = {
    "cn": (
        "云帆主机隐私政策",
        "北京云帆科技有限公司（注册地址：北京市海淀区中关村大街27号）运营云帆主机，以下简称“我们”。",
        "个人信息保护负责人王敏的邮箱：privacy@cloudfan.cn。",
    ),
    "tw": (
        "日昇主機隱私權政策",
        "日昇資訊股份有限公司（地址：台北市信義區松仁路100號，以下稱「本公司」）經營日昇主機，並依個人資料保護法訂定本政策。",
        "個資窗口：陳先生，電子郵件：privacy@sunrise.com.tw。",
    ),
    "hk": (
        "晨星寄存私隱政策聲明",
        "晨星網絡有限公司（「本公司」）的辦事處設於香港九龍觀塘道388號創紀之城1期12樓，並遵守《個人資料（私隱）條例》。",
        "個人資料保護主任：電郵 dpo@morningstar.com.hk",
    ),
}
_HONG_KONG = ("閣下", "私隱", "香港", "電郵")


def _cases(sign: str) -> list[tuple[str, str]]:
    rules, found = "", list[tuple[str, str]]()
    for line in (DATA / "chinese_cases.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            rules = line[1:]
        elif line.startswith(f"{sign} "):
            found.append((rules, line[2:]))
    return found


def _found(rules: str, text: str) -> list[Finding]:
    """The findings of these rules in the lines of a case, or about the text as a whole."""
    wanted = set(rules.split(","))
    old = sum(c in TRADITIONAL for c in text) > 1
    place = "hk" if old and any(word in text for word in _HONG_KONG) else "tw" if old else "cn"
    title, company, contact = _FRAMES[place]
    head = (title,) if "controller-identity" in wanted else (title, company)
    lines = text.split(" // ")
    tail = () if "contact-missing" in wanted else (contact,)
    sentences = sentences_of("\n".join((*head, *lines, *tail)).encode(), "policy.txt")
    own = {s.id for s in sentences if len(head) < s.line <= len(head) + len(lines)}
    return [
        f
        for f in lint_text(sentences)
        if f.rule in wanted and (not f.sentences or own & {s.id for s in f.sentences})
    ]


@pytest.mark.parametrize(("rules", "text"), _cases("+"))
def test_found(rules: str, text: str) -> None:
    """What a privacy lawyer marks is found under one of its rules."""
    assert _found(rules, text)


@pytest.mark.parametrize(("rules", "text"), _cases("-"))
def test_stands(rules: str, text: str) -> None:
    """What looks like it and is harmless is not reported under these rules."""
    assert not _found(rules, text)


@pytest.mark.parametrize("place", [0, 1, 2], ids=["mainland", "Taiwan", "Hong Kong"])
def test_drafted_with_care(place: int) -> None:
    """A policy that says what its law asks, in the words of its law, gets nothing that blocks or warns."""
    text = (DATA / "chinese_good.txt").read_text(encoding="utf-8").split("\n====\n")[place]
    found = lint_text(sentences_of(text.encode(), "policy.txt"))
    assert [f.message for f in found if f.severity in {"block", "warn"}] == []
