"""Rules about acts on data: collecting, using, sharing, moving, keeping and erasing it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from troth.policy.draft.act import Act, excepts, when
from troth.policy.draft.exceptions import excepted_part
from troth.policy.draft.times import times_in

if TYPE_CHECKING:
    from troth.policy.draft.exceptions import Exempted
    from troth.policy.draft.finds import Finds

Lines = tuple[str, ...]

BUSINESS = (
    r"\b(?:merg\w+|acqui\w+|bankruptcy|sale|purchased by|successor|new entity|asset transfer)\b|"
    r"合并|收购|破产"
)
"""Pattern of a sale or merger of the business."""

_LEGAL = r"\blaw\b|\bcourt\b|\bauthorit|\bgovernment|\blegal\b|司法|法律|政府"
_BOUND = (
    r"\bcontractually\b|\bagreements?\b|\b(?:providers?|part(?:ies|y)|partners?|vendors)\b[^.;]{0,60}"
    r"\b(?:required to|prohibited)\b|协议"
)
_FOR_WHAT = re.compile(r"\bfor\b[^,;]+|用于[^，；]+")
_OUTSIDE = (
    r"\boutside\b|\babroad\b|\boverseas\b|\bother countries\b|\banother country\b|境外|出境|跨境|海外|国外|"
    r"以外的?(?:地方|地区|国家|司法)"
)
_KEPT = re.compile(r"\b(?:retain|keep|kept|stor|sav|held|hold|maintain)\w*|保存|保留|存储|留存")
_AT_LEAST = re.compile(r"\bat least\b|\bno(?:t)? (?:less|shorter|fewer) than\b|至少|不少于")
_AT_MOST = re.compile(r"\b(?:at most|up to|(?:no|not) (?:more|longer) than)\b|不超过|至多|最多|最长")
_LIMIT = r"\b(?:longer|more|further|later) than\b|\bbeyond\b|超过|超出"
_CASES = r"\b(?:circumstances|cases|situations)\b[^.;]*:|以下情形|下列情形"


def collect(finds: Finds) -> Lines:
    """What is collected, for what, on whose consent, and whether by itself."""
    mode = finds.mode
    consents = tuple(key for key in finds.index.found("basis", finds.lead) if "consent" in key)
    act = Act(
        mode,
        "collect",
        finds.data(),
        similar=finds.open and mode == "may",
        purposes=finds.terms("purpose"),
        channels=tuple(key for key in finds.terms("channel") if key == "automatic"),
        bases=() if mode == "never" else consents,
    )
    return (str(act), *excepts(finds.exceptions, mode))


def use(finds: Finds) -> Lines:
    """What is used for what, on which basis."""
    if finds.mode == "never":
        act = Act("never", "use", finds.data(), purposes=finds.terms("purpose"))
        return (str(act), *excepts(finds.exceptions, "never"))
    act = Act(
        finds.mode,
        "use",
        finds.data(),
        similar=finds.open and finds.mode == "may",
        purposes=finds.terms("purpose", "declared"),
        bases=finds.terms("basis"),
    )
    return (str(act),)


def share(finds: Finds) -> Lines:
    """Who gets what, for what, and under which condition; or who never does."""
    others = re.search(r"\bother than\b", finds.lead) and not finds.index.found(
        "recipient", excepted_part(finds.lead)
    )
    if finds.mode == "never" or (finds.mode == "only" and others):
        return _never_share(finds)
    legal = finds.says(_LEGAL)
    condition = "agreement is in-force" if finds.says(_BOUND) and finds.index.key("fact", "agreement") else ""
    if not condition and (legal or finds.says(_CASES)):
        named = finds.conditions if finds.says(_CASES) else _lawful(finds.conditions)
        condition = " or ".join(one.condition for one in named)
    act = Act(
        finds.mode,
        "disclose" if legal else "share",
        finds.data(),
        purposes=finds.terms("purpose"),
        recipients=finds.terms("recipient", "third-party"),
        bases=tuple(key for key in finds.index.found("basis", finds.lead) if "consent" in key),
        condition=condition,
    )
    return (str(act),)


def _lawful(conditions: tuple[Exempted, ...]) -> tuple[Exempted, ...]:
    """The conditions that a law or a court sets."""
    return tuple(one for one in conditions if one.name in {"legal-duty", "legal-process"})


def _never_share(finds: Finds) -> Lines:
    verbs = [
        verb
        for verb, pattern in (
            ("sell", r"\b(?:sell|sells|selling|sold|sale|rent|trade)\b|出售|出租"),
            ("share", r"\bshar\w+|\bprovid\w+|\bmade available\b|共享|分享|提供"),
            ("disclose", r"\bdisclos\w+|\breveal\w*|披露|透露|泄露"),
        )
        if re.search(pattern, finds.core)
    ] or ["share"]
    recipients = finds.barred("recipient", "third-party")
    purposes = finds.index.found("purpose", " ".join(_FOR_WHAT.findall(finds.core)))
    lines: list[str] = []
    for verb in verbs:
        lines.append(str(Act("never", verb, finds.data(), purposes=purposes, recipients=recipients)))
        lines += excepts(finds.exceptions, "never")
    return tuple(lines)


def transfer(finds: Finds) -> Lines:
    """What moves with the business, or to which place."""
    index = finds.index
    if not finds.says(BUSINESS):
        return _moved(finds)
    if finds.mode == "never":
        act = Act("never", "transfer", finds.data(), recipients=(index.key("recipient", "third-party"),))
        return (str(act), *excepts(finds.exceptions, "never"))
    act = Act(
        "may",
        "transfer",
        finds.data(),
        purposes=(index.key("purpose", "business-transfer"),),
        recipients=(index.key("recipient", "successor"),),
    )
    told = finds.says(r"\b(?:notify|inform)\b|通知|告知")
    notice = (str(Act("must", "notify", (index.key("subject", "account-holder"),))),) if told else ()
    return when(index.key("event", "transfer-of-business"), str(act), *notice)


def _moved(finds: Finds) -> Lines:
    """Where data is stored or goes, and where it never does; "not outside the union" is "only in the union"."""
    stored = finds.says(r"\b(?:stored|hosted|located|kept)\b|存储|存放") and not finds.says(
        r"\btransferred\b|传输"
    )
    verb, outside = "store" if stored else "transfer", finds.says(_OUTSIDE)
    named = finds.terms("place")
    places = named or finds.terms(
        "place", "mainland-china" if finds.says("境外|出境") else "registered-location"
    )
    if finds.mode == "never" and not outside:
        if not named:
            return ()
        return (str(Act("never", verb, finds.data(), places=named)), *excepts(finds.exceptions, "never"))
    if finds.mode == "never" and finds.exceptions:
        condition = " and ".join(f"place is not {place}" for place in places)
        return (
            str(Act("never", verb, finds.data(), condition=condition)),
            *excepts(finds.exceptions, "never"),
        )
    mode = "only" if stored or finds.mode != "may" else "may"
    clauses = finds.index.key("measure", "standard-contractual-clauses") in finds.terms("measure")
    if clauses and not stored and finds.index.key("fact", "transfer-safeguard"):
        condition = "transfer-safeguard is standard-clauses"
        return (str(Act(mode, verb, finds.data(), places=named, condition=condition)),)
    return (str(Act(mode, verb, finds.data(), bases=finds.terms("basis"), places=places)),)


def retain(finds: Finds) -> Lines:
    """How long data is kept and what happens then, or that it is not kept."""
    data = finds.data()
    if finds.mode == "never" and not finds.says(_LIMIT):
        return (str(Act("never", "retain", data)), *excepts(finds.exceptions, "never"))
    collected = finds.index.key("event", "collection")
    event = next(iter(finds.terms("event")), collected)
    verb = "anonymise" if finds.says(r"\banonymi[sz]") and not finds.says(r"\bdelet") else "erase"
    kept_for = _KEPT.search(finds.text)
    span = (times_in(finds.text[kept_for.start() :]).span if kept_for else "") or finds.times.span
    if span and kept_for and _AT_LEAST.search(finds.text, kept_for.start()):
        least = str(Act("must", "retain", data, tail=f"at-least {span} after {event}"))
        limit = _AT_MOST.search(finds.text, kept_for.start())
        most = times_in(finds.text[limit.start() :]).span if limit else ""
        end = Act("must", verb, data, tail=f"{most} after {event}")
        return (least, str(end)) if most and most != span else (least,)
    if span:
        kept = Act("may", "retain", data, tail=f"until {span} after {event}")
        return (str(kept), str(Act("must", verb, data, tail=f"{span} after {event}")))
    kept = Act("may", "retain", data, purposes=finds.terms("purpose"))
    if finds.says(r"\bindefinite|无限期"):
        return (str(kept),)
    legal = finds.says(r"\bminimum period required by law\b|\brequired by law\b")
    ended = finds.index.key("event", "legal-minimum" if legal else "purpose-ended")
    gone = Act("must", verb, data, tail=f"within {finds.times.within('~30 days')}")
    return (str(kept), *when(ended if event == collected else event, str(gone)))


def erase(finds: Finds) -> Lines:
    """When data is erased or made anonymous."""
    event = next(iter(finds.terms("event", "purpose-ended")), "")
    deletes = finds.says(r"\b(?:delet|eras|destroy|remov)|删除")
    verb = "erase" if deletes or not finds.says(r"\banonymi[sz]|匿名") else "anonymise"
    act = Act("must", verb, finds.data(), tail=f"within {finds.times.within('~30 days')}")
    return when(event, str(act), *excepts(finds.exceptions, "must"))


def cookie(finds: Finds) -> Lines:
    """What cookies are used for, or what they hold."""
    purposes = finds.terms("purpose")
    if finds.mode == "never":
        data = (finds.index.key("data", "cookie-data"),)
        return (str(Act("never", "use", data, purposes=purposes)), *excepts(finds.exceptions, "never"))
    if finds.mode != "may":
        data = (finds.index.key("data", "cookie-data"),)
        return (str(Act("only", "use", data, purposes=purposes or finds.terms("purpose", "declared"))),)
    verb = "use" if purposes else "collect"
    return (str(Act("may", verb, finds.data(), similar=finds.open, purposes=purposes)),)


def publish(finds: Finds) -> Lines:
    """What is done with data about nobody in particular."""
    named = tuple(key for key in finds.data() if key in {"aggregate-statistics", "non-personal-data"})
    data = named or (finds.index.key("data", "aggregate-statistics"),)
    if finds.says(r"\bnot (?:personally )?identif|\bonly\b|仅"):
        measures = (finds.index.key("measure", "aggregation"),)
        return (str(Act("only", "release", data, measures=measures)),)
    if finds.mode == "never":
        return _never_share(replace(finds, before=data, items=()))
    purposes = finds.terms("purpose")
    if finds.says(r"\b(?:shar|disclos|transfer|publish|releas)\w*|公布|共享|披露"):
        recipients = finds.terms("recipient", "public")
        return (str(Act("may", "share", data, purposes=purposes, recipients=recipients)),)
    return (str(Act("may", "collect", data, purposes=purposes)),)
