"""When the clock of a row starts: columns that say so, proposed from their names; English, Chinese, pinyin.

A storage period runs from an event of the policy ("24 months after account-closed"). The map says which column
holds the moment of that event, in the table itself or in one that its path leads to.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from troth.datamap.names import tokens
from troth.model.instant import is_nil_date
from troth.model.schema import Field, Relation

INHERITED = ("account-closed", "service-ended", "order-completed", "ticket-closed")
"""Events that start the clock of the rows below as well."""
_TIMES = frozenset({"time", "date"})
_LATER = re.compile(
    r"\b(updated?|changed?|modified|modification|\w*expir\w+|ends?|ended|closed|deleted|due|until|valid|next|last|effective|birth\w*)\b"
    r"|更新|修改|变更|到期|结束|关闭|删除|截止|最后|出生"
)
_STAMP = re.compile(r"(_at|_on|_time|_date|_ts|时间|日期|shijian|riqi)$|^(date|time)_", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clock:
    """A column that may start a clock.

    Attributes:
        event: the event of the policy.
        column: the column, as `Table.events` writes it.
        confidence: 0 to 1.
        reason: why, in words.
    """

    event: str
    column: str
    confidence: float
    reason: str


# Event, words of the column, and words of the table that must be there too ("" for none) or make it surer.
_RULES: tuple[tuple[str, str, str, float], ...] = (
    (
        "account-closed",
        r"(account )?(closed|closure|cancelled|canceled|terminated|deactivated|deregistered)|zhuxiao|注销|销户|关闭",
        r"customer|account|user|client|member|subscriber|person|profile|kehu|yonghu|huiyuan|客户|用户|会员|账户|账号",
        0.85,
    ),
    (
        "account-closed", r"deleted|removed|shanchu|删除",
        r"customer|account|user|client|member|kehu|yonghu|客户|用户|会员", 0.6,
    ),
    ("account-closed", r"account (closed|closure|cancelled|terminated)|账号注销|账户注销", "", 0.9),
    (
        "order-completed", r"completed|complete|completion|fulfilled|finished|delivered|done|wancheng|完成|完结",
        r"order|invoice|purchase|transaction|dingdan|订单|交易|发票", 0.9,
    ),
    ("order-completed", r"order (completed|completion|finished)|订单完成", "", 0.9),
    ("order-completed", r"paid|settled|payment|zhifu|fukuan|支付|付款", r"order|invoice|purchase|dingdan|订单|发票", 0.6),
    ("payment-made", r"paid|settled|captured|zhifu|fukuan|支付|付款", r"pay|charge|invoice|zhifu|支付|付款", 0.85),
    ("order-placed", r"ordered|placed|xiadan|下单", "", 0.85),
    ("order-cancelled", r"cancelled|canceled|quxiao|取消", r"order|dingdan|订单", 0.85),
    ("invoice-issued", r"issued|invoiced|invoice|billed|kaipiao|开票", r"invoice|bill|fapiao|发票|账单", 0.85),
    (
        "ticket-closed", r"closed|resolved|solved|finished|done|guanbi|jiejue|关闭|解决|结束",
        r"ticket|case|issue|support|complaint|inquiry|message|gongdan|工单|投诉|咨询", 0.9,
    ),
    ("ticket-closed", r"(ticket|case) (closed|resolved)|工单关闭", "", 0.9),
    (
        "service-ended",
        r"ended|end|terminated|cancelled|canceled|decommissioned|destroyed|deprovisioned|released|jieshu|结束|终止|释放",
        r"server|service|subscription|contract|instance|vm|hosting|plan|product|domain|fuwu|服务|服务器|实例|域名", 0.8,
    ),
    ("service-ended", r"(service|subscription|contract) (ended|end|terminated)|服务终止|服务结束", "", 0.9),
    ("domain-expiry", r"expire|expires|expired|expiry|expiration|daoqi|到期|过期", r"domain|yuming|域名", 0.9),
    ("contract-expired", r"expire|expires|expired|expiry|daoqi|到期", r"contract|agreement|hetong|合同", 0.85),
    (
        "last-sign-in",
        r"last (login|signin|sign in|logon|seen|active|activity|access|used)|zuihoudenglu|最后登录|上次登录|最近登录",
        "", 0.9,
    ),
    ("sign-in", r"login|logged in|signed in|sign in|denglu|登录", r"login|session|sign|auth|denglu|登录", 0.8),
    ("consent-withdrawn", r"withdrawn|revoked|chehui|撤回|撤销", r"consent|permission|opt|tongyi|同意|授权", 0.9),
    ("consent-given", r"given|granted|agreed|accepted|tongyi|同意", r"consent|permission|tongyi|同意|授权", 0.85),
    ("opt-out", r"unsubscribed|opt(ed)? out|tuiding|退订", "", 0.85),
    (
        "verification-done", r"verified|verification|yanzheng|核验|验证|认证",
        r"identity|verif|kyc|document|shiming|实名|认证", 0.85,
    ),
    ("request-answered", r"answered|replied|responded|huifu|答复|回复", r"request|access|inquiry|qingqiu|请求", 0.85),
    ("form-used", r"submitted|sent|tijiao|提交", r"form|contact|inquiry|biaodan|表单", 0.85),
    ("alert-raised", r"raised|alerted|triggered|fasheng|触发", r"alert|alarm|gaojing|告警|警报", 0.85),
    ("domain-registered", r"registered|zhuce|注册", r"domain|yuming|域名", 0.85),
    (
        "account-created", r"registered|registration|joined|signed up|signup|zhuce|注册",
        r"customer|account|user|client|member|kehu|yonghu|客户|用户|会员", 0.85,
    ),
    (
        "collection",
        r"collected|recorded|measured|sampled|captured|logged|occurred|happened|observed|received|posted|sent|caiji|jilu|采集|记录",
        "", 0.8,
    ),
    ("collection", r"created|creation|inserted|added|chuangjian|tianjia|创建|添加|新增", "", 0.75),
    ("collection", r"ts|timestamp|time|date|when|start|started|period start|hour|day|month|shijian|riqi|时间|日期", "", 0.6),
)  # fmt: skip


def suggest(relation: Relation) -> tuple[Clock, ...]:
    """The clocks that the columns of a table may start, the surest column for each event; by event."""
    about = " ".join(tokens(relation.name.rpartition(".")[2]))
    best: dict[str, Clock] = {}
    for field in relation.fields:
        for one in _clocks(field, about):
            if one.event not in best or one.confidence > best[one.event].confidence:
                best[one.event] = one
    if "collection" not in best and (only := _only_moment(relation)):
        best["collection"] = Clock("collection", only, 0.5, "the only moment that every row has")
    return tuple(best[event] for event in sorted(best))


def _only_moment(relation: Relation) -> str:
    """The one time that is never empty, where it does not say when a row changed last or will end; empty if there is none."""
    times = [one for one in relation.fields if one.kind in _TIMES and not one.nullable]
    if len(times) != 1 or any(map(is_nil_date, times[0].samples)):
        return ""
    name = times[0].name
    return "" if _LATER.search(" ".join(tokens(name))) else name


def _clocks(field: Field, about: str) -> list[Clock]:
    worth = _worth(field)
    if not worth:
        return []
    name = " ".join(word for word in tokens(field.name) if word not in {"at", "on"})
    glued = re.sub(r"(shijian|riqi|时间|日期)$", "", field.name.lower())
    found = []
    for event, words, table, confidence in _RULES:
        if table and not re.search(table, about):
            continue
        ended = rf"(the |date |time )?({words})( (time|date|ts|at|on|utc|时间|日期|shijian|riqi))?"
        whole = re.fullmatch(ended, name) or re.fullmatch(words, glued)
        inside = re.search(rf"(?<![a-z])({words})(?![a-z])", name) if not whole else None
        if whole or (inside and event != "collection"):
            sure = round(confidence * worth * (1.0 if whole else 0.7), 2)
            reason = f"its name says {event}" + (f", in a table of {about}" if table else "")
            found.append(Clock(event, field.name, sure, reason))
    return found


def _worth(field: Field) -> float:
    """How much a column looks like a moment: 1 for a time, less for a number or text that is named like one."""
    if field.kind in _TIMES:
        return 1.0
    stamped = bool(_STAMP.search(field.name))
    if field.kind == "integer" and (stamped or field.name.lower() in {"ts", "timestamp"}):
        return 0.7
    return 0.6 if field.kind == "text" and stamped else 0.0


def propose_events(relation: Relation, onward: Mapping[str, Relation]) -> dict[str, str]:
    """The clocks of a table for its map.

    Args:
        relation: the table.
        onward: the tables of the same store that its best path leads through, in order, by name.

    Returns:
        by event, the column, or `table.column` for an event of a table further on.
    """
    found = {one.event: one.column for one in suggest(relation)}
    for name, other in onward.items():
        for one in suggest(other):
            if one.event in INHERITED:
                found.setdefault(one.event, f"{name}.{one.column}")
    return {event: found[event] for event in sorted(found)}
