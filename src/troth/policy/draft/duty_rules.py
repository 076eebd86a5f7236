"""Rules about duties: protecting, answering, asking, stopping, telling."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from troth.policy.draft.act import Act, excepts, when
from troth.policy.draft.table import read_rows
from troth.policy.draft.wording import is_chinese

if TYPE_CHECKING:
    from troth.policy.draft.finds import Finds

Lines = tuple[str, ...]

_OPT_OUTS = (
    ("advertising-opt-out", r"\badvertis\w+|\bads\b|\btracking\b|\banalytics\b|广告", "targeted-advertising"),
    ("personalisation-off", r"\bpersonali[sz]\w+|\brecommend\w+|个性化|推荐", "personalisation"),
    ("marketing-opt-out", "", "direct-marketing"),
)
_AGE = re.compile(r"(?:under|below|ages? of) (?:the age of )?(1\d)\b|(十四|十六|十八|1\d)\s*周?岁")
_HAN_AGES = {"十四": "14", "十六": "16", "十八": "18"}
_TAKES = (
    r"\bwe (?:may |will |also )?(?:collect|process|use|gather|share)\b|我们(?:会|可能|将)?(?:收集|处理|使用)"
)
_COLLECTS, _USES = r"\bcollect|收集", r"\b(?:use|process|shar|disclos)|使用|处理|共享|披露"
_OFFICE = r"\bauthorit(?:y|ies)\b|\bregulators?\b|\bcommissioner\b|监管|主管"
_PERSONS = r"\byou\b|\bdata subjects?\b|\b(?:affected )?(?:users?|customers?|individuals?|persons?)\b|您|用户"
_LABEL = r"^[^.]{3,40}[:：]\s*\S+(?: \S+){0,3}$"


@cache
def _requests() -> tuple[tuple[str, str, str, re.Pattern[str]], ...]:
    """Event, verb, thing and pattern of each request in the table beside this file."""
    rows = read_rows("requests.txt", 4)
    return tuple((event, verb, thing.strip("-"), re.compile(pattern)) for event, verb, thing, pattern in rows)


def protect(finds: Finds) -> Lines:
    """What is protected by which measures; who is trained; what is detected."""
    index = finds.index
    if finds.says(r"\btrain(?:ing|ed)?\b|培训"):
        staff = (index.key("subject", "employee"),)
        return (str(Act("must", "train", staff, tail=f"every {finds.times.every or '~12 months'}")),)
    measures = finds.terms("measure")
    if finds.says(r"\b(?:detect|identify|discover)\b[^.;]{0,40}\b(?:abnormal|risks?|threats?|fraud)"):
        return (str(Act("must", "detect", (index.key("thing", "threat", "risk"),), measures=measures)),)
    return (str(Act("must", "protect", finds.data(), measures=measures)),)


def right(finds: Finds) -> Lines:
    """What people get when they ask."""
    index, within = finds.index, f"within {finds.times.within('~30 days')}"
    lines: list[str] = []
    for word, verb, thing, pattern in _requests():
        event = index.key("event", word)
        about = index.key("thing", thing) if thing else index.key("data", "personal-data")
        if event and about and pattern.search(finds.text):
            answer = Act("must", verb, (about,), tail=within)
            lines += when(event, str(answer), *excepts(finds.exceptions, "must"))
    if lines:
        return tuple(lines)
    reply = Act("must", "answer", (index.key("subject", "data-subject"),), tail=within)
    return when(index.key("event", "request"), str(reply))


def consent(finds: Finds) -> Lines:
    """What needs a consent, and what ends with it."""
    index = finds.index
    if finds.says(r"\bwithdr\w+|撤回"):
        tail = f"within {finds.times.within('~24 hours')}"
        stop = Act("must", "stop", (index.key("purpose", "consented"),), tail=tail)
        return when(index.key("event", "consent-withdrawn"), str(stop))
    implied = finds.says(r"\bby (?:using|accessing|accepting)\b|\bcontinue")
    shared = finds.says(r"\bshar\w+|\bdisclos\w+|\bthird part|共享|披露|第三方")
    if finds.mode == "never":
        return _not_without(finds, shared)
    purposes = finds.terms("purpose")
    # "with your consent we send you offers" says nothing of what the data is used for besides
    allowed = implied or (bool(purposes) and finds.mode == "may")
    act = Act(
        "may" if allowed else "only",
        "share" if shared else "use",
        finds.data(),
        purposes=purposes,
        recipients=finds.terms("recipient", "approved-party") if shared else (),
        bases=(index.key("basis", "implied-consent"),) if implied else finds.terms("basis", "consent"),
    )
    return (str(act),)


def _not_without(finds: Finds, shared: bool) -> Lines:
    """What is not done without a consent; nothing where the text names no consent that would lift it."""
    lifted = tuple(one for one in finds.exceptions if "consent" in one.name)
    if not lifted:
        return ()
    recipients = finds.barred("recipient", "third-party") if shared else ()
    purposes = finds.index.found("purpose", finds.core)
    act = Act("never", "share" if shared else "use", finds.data(), purposes=purposes, recipients=recipients)
    return (str(act), *excepts(finds.exceptions, "never"))


def choice(finds: Finds) -> Lines:
    """What stops when somebody chooses so."""
    index = finds.index
    if finds.says(r"\b(?:cannot|may not|can not) opt\b|\bnot opt out\b|无法退订"):
        notice = (index.key("purpose", "service-notice"),)
        return (str(Act("may", "use", (index.key("data", "contact"),), purposes=notice, tail="no opt-out")),)
    if finds.says(r"\bcookies?\b") and not finds.says(r"\bopt"):
        obeyed = (index.key("thing", "cookie-choice"),)
        obey = Act("must", "obey", obeyed, channels=finds.terms("channel"), tail="at-once")
        return when(index.key("event", "cookie-choice"), str(obey))
    if finds.says(r"\b(?:do not agree|cancel your account)\b"):
        tail = f"within {finds.times.within('~30 days')}"
        return when(
            index.key("event", "request-closure"),
            str(Act("must", "close", (index.key("thing", "account"),), tail=tail)),
        )
    word, _, purpose = next(row for row in _OPT_OUTS if finds.says(row[1]))
    stop = Act(
        "must", "stop", (index.key("purpose", purpose),), tail=f"within {finds.times.within('~24 hours')}"
    )
    return when(index.key("event", word), str(stop))


def notify(finds: Finds) -> Lines:
    """Who is told of what: incidents, disclosures, changes of the policy."""
    index = finds.index
    person = (index.key("subject", "data-subject"),)
    soon = f"within {finds.times.within('~72 hours')}"
    if finds.says(r"\bincident|\bbreach|\bleak|安全事件|泄露"):
        office = (index.key("recipient", "data-protection-authority"),)
        letters = [str(Act("must", "notify", office, tail=soon))] if finds.says(_OFFICE) else []
        if not letters or finds.says(_PERSONS):
            later = f"within {finds.times.vague}" if letters and finds.times.vague else soon
            letters.append(str(Act("must", "notify", person, tail=later)))
        return when(index.key("event", "breach-confirmed"), *letters)
    if finds.says(r"\bdisclos|\bsituation\b") and finds.says(r"\bnotify|\binform"):
        told = str(Act("must", "notify", person, tail=soon))
        return when(index.key("event", "disclosure-made"), told, *excepts(finds.exceptions, "must"))
    if finds.says(r"^(?:last )?(?:update|revised|effective)[^:：]*[:：]|^(?:更新|生效|发布)日期"):
        return (str(Act("must", "declare", (index.key("thing", "effective-date"),))),)
    return _change(finds)


def _change(finds: Finds) -> Lines:
    """Rules about a change of the policy."""
    index, channels = finds.index, finds.terms("channel")
    changed = index.key("event", "policy-change")
    version = (index.key("thing", "new-version"),)
    if finds.says(r"\b(?:diminish|reduce|weaken|restrict|limit)\b[^.;]{0,20}\brights\b"):
        event = f"{changed} if weakens" if index.key("fact", "weakens") else changed
        return when(event, str(Act("never", "apply", version)), *excepts(finds.exceptions, "never"))
    if finds.says(r"\bcontinue\w*\b|继续使用"):
        return (str(Act("may", "apply", version, bases=(index.key("basis", "implied-consent"),))),)
    told = finds.says(
        r"\bnotify\b|\binform\b|\bcommunicated\b|\bnotice\b[^.;]{0,30}\bprovide|\b(?:e-?mail|write to) you\b|通知|告知"
    )
    if finds.says(r"\b(?:post|publish|available)\w*\b|公布|发布|公示") and not told:
        return when(changed, str(Act("must", "publish", (index.key("thing", "policy"),), channels=channels)))
    if finds.says(r"\b(?:may|reserve|from time to time)\b|可能") and not told:
        return (str(Act("may", "apply", version)),)
    material = " is material" if finds.says(r"\b(?:material|significant|major)\b|重大") else ""
    before = f"{finds.times.span} before {index.key('event', 'policy-effective')}" if finds.times.span else ""
    holders = (index.key("subject", "account-holder"),)
    return when(changed + material, str(Act("must", "notify", holders, channels=channels, tail=before)))


def child(finds: Finds) -> Lines:
    """What is not done with children's data, and what happens when a child is found out."""
    index = finds.index
    data = (index.key("data", "personal-data"),)
    young = f"age < {_age(finds)}" if index.key("fact", "age") else ""
    if finds.says(r"\b(?:delet|remov|eras)\w*|删除"):
        event = index.key("event", "age-known") + (f" if {young}" if young else "")
        gone = Act("must", "erase", data, tail=f"within {finds.times.within('~72 hours')}")
        return when(event, str(gone), *excepts(finds.exceptions, "must"))
    if finds.says(r"\b(?:parent\w*|guardian)\b[^.;]{0,20}\bconsent|监护人[^。；]{0,6}同意"):
        minor = young if _AGE.search(finds.text) or not index.key("fact", "minor") else "minor"
        verb = "collect" if finds.says(_COLLECTS) and not finds.says(_USES) else "use"
        known = index.key("fact", "guardian-consent")
        allowed = (f"  except guardian-consent: {known} in [given, verified]",) if known else ()
        return (str(Act("never", verb, data, condition=minor)), *allowed)
    if finds.mode != "never" and finds.says(_TAKES):
        return ()  # it takes data of children: a prohibition would say the opposite
    act = Act("never", "collect", data, condition=young, knowingly=finds.knowingly)
    return (str(act), *excepts(finds.exceptions, "never"))


def _age(finds: Finds) -> str:
    """The age that the text names; where it names none, marked as chosen, 13 (16 CFR 312.2) or in Chinese 14 (PIPL art. 31)."""
    named = _AGE.search(finds.text)
    if named is None:
        return "~14 years" if is_chinese(finds.text) else "~13 years"
    number = named.group(1) or named.group(2)
    return f"{_HAN_AGES.get(number, number)} years"


def contact(finds: Finds) -> Lines:
    """Where people can write to, and that they get an answer."""
    index, channels = finds.index, finds.terms("channel")
    if finds.says(_LABEL):
        return (str(Act("must", "publish", (index.key("thing", "contact-point"),), channels=channels)),)
    complaint = finds.says(r"\bcomplaint|投诉") and not finds.says(r"\bquestions?\b|疑问")
    event = index.key("event", "complaint-received" if complaint else "question-received")
    person = (index.key("subject", "data-subject"),)
    # the time in a row of a table is told of the records, not of the answer
    tail = "within ~30 days" if " | " in finds.text else f"within {finds.times.within('~30 days')}"
    return when(event, str(Act("must", "answer", person, channels=channels, tail=tail)))
