"""Rules about acts on data: collecting, using, sharing, moving, keeping and erasing it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from troth.policy.draft.act import Act, excepts, when

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
_CASES = r"\b(?:circumstances|cases|situations)\b[^.;]*:|以下情形|下列情形"


def collect(finds: Finds) -> Lines:
    """What is collected, for what, and whether by itself."""
    withheld = finds.says(r"\bnot (?:to )?(?:provid|submit|register)")
    mode = "may" if finds.mode == "never" and withheld else finds.mode
    act = Act(
        mode,
        "collect",
        finds.data(),
        similar=finds.open and mode == "may",
        purposes=finds.terms("purpose"),
        channels=tuple(key for key in finds.terms("channel") if key == "automatic"),
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
    if finds.mode == "never":
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
            ("sell", r"\b(?:sell|rent|trade)\b|出售"),
            ("share", r"\bshar\w+|\bprovid\w+|\bmade available\b|共享|提供"),
            ("disclose", r"\bdisclos\w+|披露"),
        )
        if re.search(pattern, finds.lead)
    ] or ["share"]
    recipients = finds.barred("recipient", "third-party")
    lines: list[str] = []
    for verb in verbs:
        lines.append(str(Act("never", verb, finds.data(), recipients=recipients)))
        lines += excepts(finds.exceptions, "never")
    return tuple(lines)


def transfer(finds: Finds) -> Lines:
    """What moves with the business, or to which place."""
    index = finds.index
    if not finds.says(BUSINESS):
        stored = finds.says(r"\b(?:stored|hosted|located)\b|存储") and not finds.says(r"\btransferred\b")
        places = finds.terms("place", "registered-location")
        mode = "only" if stored or finds.mode != "may" else "may"
        verb = "store" if stored else "transfer"
        return (str(Act(mode, verb, finds.data(), bases=finds.terms("basis"), places=places)),)
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


def retain(finds: Finds) -> Lines:
    """How long data is kept and what happens then."""
    data = finds.data()
    collected = finds.index.key("event", "collection")
    event = next(iter(finds.terms("event")), collected)
    verb = "anonymise" if finds.says(r"\banonymi[sz]") and not finds.says(r"\bdelet") else "erase"
    if finds.times.span:
        kept = Act("may", "retain", data, tail=f"until {finds.times.span} after {event}")
        return (str(kept), str(Act("must", verb, data, tail=f"{finds.times.span} after {event}")))
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
    purposes = finds.terms("purpose")
    if finds.says(r"\b(?:shar|disclos|transfer|publish|releas)\w*|公布|共享|披露"):
        recipients = finds.terms("recipient", "public")
        return (str(Act("may", "share", data, purposes=purposes, recipients=recipients)),)
    return (str(Act("may", "collect", data, purposes=purposes)),)
