"""The words of the report itself, in English and Chinese."""

from __future__ import annotations

from datetime import datetime, timedelta

from troth.model.showing import Status

STATUS: dict[Status, tuple[str, str]] = {
    "broken": ("broken", "已违反"),
    "not shown": ("not shown", "未证明"),
    "attested": ("attested", "已作证"),
    "kept": ("kept", "已遵守"),
    "information": ("information", "仅供说明"),
}
"""What each status is called."""

_WORDS: dict[str, tuple[str, str]] = {
    "title": ("is the policy kept?", "政策是否得到遵守？"),
    "policy": ("Privacy policy", "隐私政策"),
    "version": ("version", "版本"),
    "checked": ("Checked", "检查时间"),
    "hash": ("policy", "政策哈希"),
    "ledger": ("ledger", "账本"),
    "entries": ("entries", "条记录"),
    "verdict_broken": (
        "{n} of {all} sentences that promise something are broken",
        "{all} 个承诺语句中有 {n} 个已违反",
    ),
    "verdict_one": (
        "1 of {all} sentences that promise something is broken",
        "{all} 个承诺语句中有 1 个已违反",
    ),
    "verdict_open": (
        "Nothing is broken; {n} of {all} sentences are not shown yet",
        "没有语句被违反；{all} 个语句中有 {n} 个尚未证明",
    ),
    "verdict_kept": ("Every sentence is kept", "每个语句都得到遵守"),
    "verdict_none": ("The policy promises nothing", "该政策未作任何承诺"),
    "informing": ("{n} further sentences and headings are information.", "另有 {n} 个语句和标题仅供说明。"),
    "chart": ("Sentences by status", "按状态统计的语句"),
    "contents": ("Contents", "目录"),
    "nav_broken": ("Broken", "已违反"),
    "nav_text": ("Policy", "政策"),
    "nav_flows": ("Who gets what", "数据去向"),
    "nav_ages": ("Ages", "年龄"),
    "nav_requests": ("Requests", "请求"),
    "nav_evidence": ("Evidence", "证据"),
    "broken": ("Broken promises", "已违反的承诺"),
    "not_shown": ("Not shown, and why", "未证明及其原因"),
    "attested": ("Attested by people", "由人员作证"),
    "text": ("The policy, sentence by sentence", "逐句政策"),
    "flows": ("What may leave the house, for which purpose, to whom", "哪些数据可离开、出于何种目的、给谁"),
    "flows_none": ("No rule lets data leave the house.", "没有规则允许数据离开。"),
    "data": ("Data", "数据"),
    "purpose": ("Purpose", "目的"),
    "recipient": ("Recipient", "接收方"),
    "disclosures": ("Disclosures in the ledger", "账本中的披露"),
    "inside": ("Used inside the house for {n} purposes", "内部使用的 {n} 个目的"),
    "ages": ("Ages of data against their limits", "数据的年龄与期限"),
    "ages_lead": (
        (
            "Each bar is the oldest row of a table; the line is the limit that the policy gives its data. "
            "A row beyond the line is held for a reason or overdue: the sentence that promises the limit says which."
        ),
        "每条表示一个表中最旧的行；竖线是政策规定的期限。超过竖线的行因某种原因保留，或已逾期：规定该期限的语句会说明。",
    ),
    "ages_wait": (
        "{n} tables whose rows may be older, because another rule decides as well",
        "{n} 个表的数据可能更旧，因为还取决于其他规则",
    ),
    "ages_none": (
        "No table of the map has a clock of its own for a limit.",
        "地图中没有表带有自己的期限时钟。",
    ),
    "oldest": ("Oldest", "最旧"),
    "limit": ("Limit", "期限"),
    "within": ("within", "期限内"),
    "beyond": ("beyond", "超出"),
    "may_wait": ("beyond; another rule may keep it", "超出；其他规则可能要求保留"),
    "nothing": ("no rows", "无数据"),
    "table": ("Table", "表"),
    "requests": ("Requests of people against their deadlines", "个人请求与截止日期"),
    "requests_none": ("Nobody has asked for anything yet.", "尚无人提出请求。"),
    "request": ("Request", "请求"),
    "received": ("Received", "收到"),
    "due": ("Due", "截止"),
    "state": ("State", "状态"),
    "in_time": ("{n} of {all} requests are in time", "{all} 个请求中有 {n} 个在期限内"),
    "late": ("late", "逾期"),
    "earlier": ("and {n} earlier requests", "以及更早的 {n} 个请求"),
    "evidence": ("Evidence: entries of the ledger", "证据：账本记录"),
    "evidence_lead": (
        (
            "The newest entries behind each figure, as they stand in the ledger. `troth verify` checks that none was changed; "
            "`troth evidence` writes all of them as a bundle that anybody can check."
        ),
        "每个数字背后的最新记录，即账本原文。`troth verify` 检查有无更改；`troth evidence` 写出可供任何人检查的全部记录。",
    ),
    "more": ("{n} more", "另有 {n} 条"),
    "entry": ("entry", "记录"),
    "details": ("Rules and evidence", "规则与证据"),
    "checks": ("checks", "项检查"),
    "check": ("check", "项检查"),
    "covers": ("covers", "涉及"),
    "rule": ("In plain words", "规则含义"),
    "note": ("Note", "注"),
    "shown_by": ("Shown by", "证明方式"),
    "see": ("Explained at", "说明见"),
    "places": ("Where", "位置"),
    "last": ("last evidence", "最近证据"),
    "of": ("of", "/"),
    "comma": (", ", "，"),
    "colon": (": ", "："),
    "root": ("Merkle root", "默克尔根"),
    "top": ("To the top", "返回顶部"),
    "made": ("made by Troth from rules, stores and ledger", "由 Troth 根据规则、数据与账本生成"),
}


def words(language: str) -> dict[str, str]:
    """The words of the report in a language."""
    return {key: pair[language == "zh"] for key, pair in _WORDS.items()}


def status(one: Status, language: str) -> str:
    """What a status is called."""
    return STATUS[one][language == "zh"]


def moment(one: datetime) -> str:
    """A moment as people read it: "2026-11-27 20:23 UTC", or the offset of its zone."""
    return f"{one:%Y-%m-%d %H:%M} {one.tzname() or ''}".strip()


def span(length: timedelta, language: str) -> str:
    """About how long: "3 hours", "13 months", "8.6 years"."""
    days = max(length.total_seconds(), 0) / 86400
    if days >= 2 * 365.25:
        return _said(days / 365.25, "years", "年", language, digits=1)
    if days >= 61:
        return _said(days / 30.4375, "months", "个月", language)
    if days >= 2:
        return _said(days, "days", "天", language)
    return _said(days * 24, "hours", "小时", language)


def _said(number: float, en: str, zh: str, language: str, *, digits: int = 0) -> str:
    text = f"{number:.{digits}f}".removesuffix(".0")
    return f"{text} {zh}" if language == "zh" else f"{text} {en[:-1] if text == '1' else en}"
