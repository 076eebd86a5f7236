"""Rules for a group of sentences of one kind, as a person would begin to write them.

Every word comes from the vocabulary; what the text does not give gets a house-chosen number with `~`. Nothing here is
right by itself: a person reads, corrects and accepts it.
"""

from __future__ import annotations

from collections.abc import Callable

from troth.policy.draft.act import Act, when
from troth.policy.draft.finds import Finds

Lines = tuple[str, ...]

_REQUESTS: tuple[tuple[str, str, str, str], ...] = (
    ("request-access", r"\baccess\b|\bview\b|\bcopy\b|\bconfirm what\b|查阅|访问|复制|查询", "give", "copy-of-data"),
    ("request-rectify", r"\b(?:correct\w*|rectif\w+|updat\w+|modif\w+|edit|chang\w+|accura\w+)\b|更正|修改|更新", "correct", ""),
    ("request-erase", r"\b(?:delet\w+|eras\w+)\b|删除", "erase", ""),
    ("request-restrict", r"\brestrict\w*\b|限制", "restrict", ""),
    ("request-object", r"\bobject\w*\b|反对", "restrict", ""),
    ("request-portability", r"\bportab\w+|\balternative provider\b|\bmachine-readable\b|可携", "export", ""),
    ("request-explanation", r"\bautomated decision\b|\bprofiling\b|自动化决策", "give", "logic-summary"),
    ("request-closure", r"\bcancel your account\b|\bclose your account\b|注销", "close", "account"),
    ("request-california", r"\bcalifornia\b", "give", "disclosure-list"),
)  # fmt: skip
_OPT_OUTS: tuple[tuple[str, str, str], ...] = (
    ("advertising-opt-out", r"\badvertis\w+|\bads\b|\btracking\b|\banalytics\b|广告", "targeted-advertising"),
    ("personalisation-off", r"\bpersonali[sz]\w+|\brecommend\w+|个性化|推荐", "personalisation"),
    ("marketing-opt-out", r"", "direct-marketing"),
)  # fmt: skip


def draft_rules(kind: str, finds: Finds) -> Lines:
    """The rule lines of a promise of this kind, one step in for what stands below another line."""
    return _DRAFTERS[kind](finds)


def proofs(kind: str, finds: Finds) -> Lines:
    """The checks that would show that a promise of this kind is kept."""
    wanted = _PROOFS[kind]
    if kind == "protect":
        special = (("training-register", r"\btrain\w*|培训"), ("encryption-scan", r"\bencrypt\w*|加密"))
        wanted = next(((check,) for check, pattern in special if finds.says(pattern)), wanted)
    if kind == "transfer" and finds.says(_BUSINESS):
        wanted = ("transfer-manifest",)
    return tuple(key for key in (finds.index.key("check", word) for word in wanted) if key)


def _collect(finds: Finds) -> Lines:
    mode = "may" if finds.mode == "never" and finds.says(r"\bnot (?:to )?(?:provid|submit|register)") else finds.mode
    act = Act(
        mode, "collect", finds.data(), finds.open and mode == "may", finds.terms("purpose"),
        channels=finds.terms("channel") if finds.says(r"\bautomat|自动") else (),
    )  # fmt: skip
    return (str(act), *_excepts(finds, mode))


def _use(finds: Finds) -> Lines:
    bases = finds.terms("basis")
    purposes = finds.terms("purpose", "declared" if finds.mode != "never" else "")
    act = Act(finds.mode, "use", finds.data(), finds.open and finds.mode == "may", purposes, bases=bases)
    if finds.mode == "never":
        act = Act("never", "use", finds.data(), purposes=purposes)
    return (str(act), *_excepts(finds, finds.mode))


def _share(finds: Finds) -> Lines:
    legal = finds.says(r"\blaw\b|\bcourt\b|\bauthorit|\bgovernment|\blegal\b|司法|法律|政府")
    verb = "sell" if finds.says(r"\b(?:sell|rent|trade)\b|出售") else "disclose" if legal else "share"
    recipients = finds.terms("recipient", "third-party")
    if finds.mode == "never":
        verbs = ("sell", "share") if verb == "sell" and finds.says(r"\bshare\b|共享|提供") else (verb,)
        acts = (Act("never", each, finds.data(), recipients=recipients) for each in verbs)
        return tuple(line for act in acts for line in (str(act), *_excepts(finds, "never")))
    bound = finds.says(r"\b(?:contractually|agreement|bound|required to|prohibited)\b|保密协议|协议")
    condition = "agreement is in-force" if bound and finds.index.key("fact", "agreement") else ""
    if not condition and finds.conditions and legal:
        condition = " or ".join(one.condition for one in finds.conditions if one.name in {"legal-duty", "legal-process"})
    purposes = finds.terms("purpose")
    act = Act(finds.mode, verb, finds.data(), False, purposes, recipients, condition=condition)
    return (str(act),)


_BUSINESS = r"\b(?:merg\w+|acqui\w+|bankruptcy|sale|purchased by|successor|new entity|asset transfer)\b|合并|收购|破产"


def _transfer(finds: Finds) -> Lines:
    if finds.says(_BUSINESS):
        successor = finds.index.key("recipient", "successor")
        purpose = finds.index.key("purpose", "business-transfer")
        event = finds.index.key("event", "transfer-of-business")
        if finds.mode == "never":
            head = Act("never", "transfer", finds.data(), recipients=(finds.index.key("recipient", "third-party"),))
            return (str(head), *_excepts(finds, "never"))
        act = Act("may", "transfer", finds.data(), False, (purpose,), (successor,))
        duty = Act("must", "notify", (finds.index.key("subject", "account-holder"),)).__str__()
        told = (duty,) if finds.says(r"\b(?:notify|inform)\b|通知|告知") else ()
        return when(event, str(act), *told)
    places = finds.terms("place", "registered-location")
    verb = "store" if finds.says(r"\b(?:stored|hosted|located)\b|存储") and not finds.says(r"\btransferred\b") else "transfer"
    mode = "only" if finds.mode != "may" or verb == "store" else "may"
    return (str(Act(mode, verb, finds.data(), bases=finds.terms("basis"), places=places)),)


def _retain(finds: Finds) -> Lines:
    data, verb = finds.data(), "anonymise" if finds.says(r"\banonymi[sz]") and not finds.says(r"\bdelet") else "erase"
    event = (finds.terms("event") or (finds.index.key("event", "collection"),))[0]
    if finds.times.span:
        return (
            str(Act("may", "retain", data, tail=f"until {finds.times.span} after {event}")),
            str(Act("must", verb, data, tail=f"{finds.times.span} after {event}")),
        )
    if finds.says(r"\bindefinite"):
        return (str(Act("may", "retain", data)),)
    legal = finds.says(r"\bminimum period required by law\b|\brequired by law\b|最短期限")
    ended = finds.index.key("event", "legal-minimum" if legal else "purpose-ended")
    if event != finds.index.key("event", "collection"):
        ended = event
    kept = Act("may", "retain", data, purposes=finds.terms("purpose"))
    gone = Act("must", verb, data, tail=f"within {finds.times.within('~30 days')}")
    return (str(kept), *when(ended, str(gone)))


def _erase(finds: Finds) -> Lines:
    event = (finds.terms("event") or (finds.index.key("event", "purpose-ended"),))[0]
    verb = "anonymise" if finds.says(r"\banonymi[sz]|匿名") and not finds.says(r"\b(?:delet|eras|destroy)|删除") else "erase"
    act = Act("must", verb, finds.data(), tail=f"within {finds.times.within('~30 days')}")
    return when(event, str(act), *("  " + line for line in _excepts(finds, "must", step="")))


def _protect(finds: Finds) -> Lines:
    if finds.says(r"\btrain(?:ing|ed)?\b|培训"):
        return (str(Act("must", "train", (finds.index.key("subject", "employee"),), tail=f"every {finds.times.every or '~12 months'}")),)
    measures = finds.terms("measure")
    if finds.says(r"\b(?:detect|identify|discover)\b[^.;]{0,40}\b(?:abnormal|risks?|threats?|fraud)"):
        return (str(Act("must", "detect", (finds.index.key("thing", "threat", "security-risk"),), measures=measures)),)
    return (str(Act("must", "protect", finds.data(), measures=measures)),)


def _right(finds: Finds) -> Lines:
    within = f"within {finds.times.within('~30 days')}"
    person = finds.index.key("data", "personal-data")
    lines: list[str] = []
    for word, pattern, verb, thing in _REQUESTS:
        event = finds.index.key("event", word)
        if event and finds.says(pattern):
            about = finds.index.key("thing", thing) if thing else person
            if about:
                lines += when(event, str(Act("must", verb, (about,), tail=within)), *_excepts(finds, "must", step="  "))
    if not lines:
        who = finds.index.key("subject", "data-subject")
        lines += when(finds.index.key("event", "request"), str(Act("must", "answer", (who,), tail=within)))
    return tuple(lines)


def _consent(finds: Finds) -> Lines:
    if finds.says(r"\bwithdr\w+|撤回"):
        stop = Act("must", "stop", (finds.index.key("purpose", "consented"),), tail=f"within {finds.times.within('~24 hours')}")
        return when(finds.index.key("event", "consent-withdrawn"), str(stop))
    implied = finds.says(r"\bby (?:using|accessing|accepting)\b|\bcontinue")
    basis = finds.index.key("basis", "implied-consent") if implied else (finds.terms("basis", "consent") or ("",))[0]
    verb = "share" if finds.says(r"\bshar\w+|\bdisclos\w+|\bthird part") else "use"
    recipients = finds.terms("recipient", "approved-party") if verb == "share" else ()
    return (str(Act("only", verb, finds.data(), False, finds.terms("purpose"), recipients, (basis,) if basis else ())),)


def _choice(finds: Finds) -> Lines:
    index = finds.index
    if finds.says(r"\b(?:cannot|may not|can not) opt\b|\bnot opt out\b|无法退订"):
        notice = index.key("purpose", "service-notice")
        return (str(Act("may", "use", (index.key("data", "contact"),), False, (notice,), tail="no opt-out")),)
    if finds.says(r"\bcookies?\b") and not finds.says(r"\bopt"):
        obey = Act("must", "obey", (index.key("thing", "cookie-choice"),), channels=finds.terms("channel"), tail="at-once")
        return when(index.key("event", "cookie-choice"), str(obey))
    if finds.says(r"\b(?:do not agree|cancel your account)\b"):
        close = Act("must", "close", (index.key("thing", "account"),), tail=f"within {finds.times.within('~30 days')}")
        return when(index.key("event", "request-closure"), str(close))
    for word, pattern, purpose in _OPT_OUTS:
        event = index.key("event", word)
        if event and finds.says(pattern):
            stop = Act("must", "stop", (index.key("purpose", purpose),), tail=f"within {finds.times.within('~24 hours')}")
            return when(event, str(stop))
    return ()


def _notify(finds: Finds) -> Lines:
    index, holders = finds.index, finds.index.key("subject", "account-holder")
    channels = finds.terms("channel")
    if finds.says(r"\bincident|\bbreach|\bleak|安全事件|泄露"):
        told = Act("must", "notify", (index.key("subject", "data-subject"),), tail=f"within {finds.times.within('~72 hours')}")
        return when(index.key("event", "breach-confirmed"), str(told))
    if finds.says(r"\b(?:diminish|reduce|weaken)\b[^.;]{0,20}\brights\b"):
        change = f"{index.key('event', 'policy-change')} if weakens" if index.key("fact", "weakens") else ""
        rules = (str(Act("never", "apply", (index.key("thing", "new-version"),))), *_excepts(finds, "never"))
        return when(change, *rules)
    if finds.says(r"^(?:last )?(?:update|revised|effective)|更新日期|生效日期") and ":" in finds.text.replace("：", ":"):
        return (str(Act("must", "declare", (index.key("thing", "effective-date"),))),)
    if finds.says(r"\bdisclos|\bsituation\b") and finds.says(r"\bnotify|\binform"):
        told = Act("must", "notify", (index.key("subject", "data-subject"),), tail=f"within {finds.times.within('~72 hours')}")
        return when(index.key("event", "disclosure-made"), str(told), *_excepts(finds, "must"))
    if finds.says(r"\b(?:post|publish|available)\w*\b|公布|发布|公示") and not finds.says(r"\bnotify\b|\bcommunicated\b|通知"):
        shown = Act("must", "publish", (index.key("thing", "policy"),), channels=channels)
        return when(index.key("event", "policy-change"), str(shown))
    if finds.says(r"\b(?:may|reserve|from time to time)\b|可能") and not finds.says(r"\bnotify\b|\binform\b|\bcommunicated\b|通知|告知"):
        return (str(Act("may", "apply", (index.key("thing", "new-version"),))),)
    before = f"{finds.times.span} before {index.key('event', 'policy-effective')}" if finds.times.span else ""
    condition = " is material" if finds.says(r"\b(?:material|significant|major)\b|重大") else ""
    told = Act("must", "notify", (holders,), channels=channels, tail=before)
    return when(index.key("event", "policy-change") + condition, str(told))


def _cookie(finds: Finds) -> Lines:
    data = finds.data(drop=())
    if finds.mode != "may":
        return (str(Act("only", "use", (finds.index.key("data", "cookie-data"),), False, finds.terms("purpose", "declared"))),)
    verb = "use" if finds.terms("purpose") else "collect"
    act = Act("may", verb, data, finds.open, finds.terms("purpose"))
    return (str(act),)


def _child(finds: Finds) -> Lines:
    index = finds.index
    age = _age(finds)
    data = (index.key("data", "personal-data"),)
    young = f"age < {age}" if index.key("fact", "age") else ""
    if finds.says(r"\b(?:delete|remove|erase)\b|删除"):
        gone = Act("must", "erase", data, tail=f"within {finds.times.within('~72 hours')}")
        event = f"{index.key('event', 'age-known')}" + (f" if {young}" if young else "")
        return when(event, str(gone), *_excepts(finds, "must"))
    if finds.says(r"\b(?:parent\w*|guardian)\b[^.;]{0,20}\bconsent|监护人[^。；]{0,6}同意"):
        minor = "minor" if index.key("fact", "minor") else young
        lines = [str(Act("never", "use", data, condition=minor))]
        if index.key("fact", "guardian-consent"):
            lines.append("  except guardian-consent: guardian-consent in [given, verified]")
        return tuple(lines)
    return (str(Act("never", "collect", data, condition=young, knowingly=finds.knowingly)), *_excepts(finds, "never"))


def _age(finds: Finds) -> str:
    """The age that the text names; 13, marked as chosen, where it names none (16 CFR 312.2, COPPA)."""
    import re  # noqa: PLC0415 - one use

    named = re.search(r"(?:under|below|age of|ages?) (?:the age of )?(1\d)\b|(十四|十八|1\d)\s*周?岁", finds.text)
    if not named:
        return "~13 years"
    return {"十四": "14", "十八": "18"}.get(named.group(2) or "", named.group(1) or named.group(2) or "13") + " years"


def _publish(finds: Finds) -> Lines:
    data = tuple(key for key in finds.data() if key in {"aggregate-statistics", "non-personal-data"})
    data = data or (finds.index.key("data", "aggregate-statistics"),)
    if finds.says(r"\b(?:shar|disclos|transfer|publish|releas)\w*|公布|共享|披露"):
        return (str(Act("may", "share", data, False, finds.terms("purpose"), finds.terms("recipient", "public"))),)
    if finds.mode == "never" or finds.says(r"\bonly\b"):
        return (str(Act("only", "release", data, measures=(finds.index.key("measure", "aggregation"),))),)
    return (str(Act("may", "collect", data, False, finds.terms("purpose"))),)


def _contact(finds: Finds) -> Lines:
    index = finds.index
    channels = finds.terms("channel")
    if finds.says(r"^[^.]{3,40}[:：]\s*\S+(?: \S+){0,3}$"):
        return (str(Act("must", "publish", (index.key("thing", "contact-point"),), channels=channels)),)
    complaint = finds.says(r"\bcomplaint|投诉") and not finds.says(r"\bquestions?\b|疑问")
    event = index.key("event", "complaint-received" if complaint else "question-received")
    reply = Act("must", "answer", (index.key("subject", "data-subject"),), channels=channels, tail=f"within {finds.times.within('~30 days')}")
    return when(event, str(reply))


def _excepts(finds: Finds, mode: str, step: str = "  ") -> Lines:
    """The exceptions of a `never` or a duty, one step below it."""
    if mode not in {"never", "must"}:
        return ()
    return tuple(f"{step}except {one.name}: {one.condition}" for one in finds.exceptions)


_DRAFTERS: dict[str, Callable[[Finds], Lines]] = {
    "collect": _collect, "use": _use, "share": _share, "transfer": _transfer, "retain": _retain, "erase": _erase,
    "protect": _protect, "right": _right, "consent": _consent, "choice": _choice, "notify": _notify, "cookie": _cookie,
    "child": _child, "publish": _publish, "contact": _contact,
}  # fmt: skip
_PROOFS: dict[str, Lines] = {
    "collect": ("data-map-complete",), "use": ("access-decision",), "share": ("refusal-test", "recipient-register-complete"),
    "transfer": ("location-check",), "retain": ("no-rows-past-period",), "erase": ("erasure-search",),
    "protect": ("security-attestation",), "right": ("request-timeline",), "consent": ("consent-ledger",),
    "choice": ("opt-out-timeline",), "notify": ("notice-delivery",), "cookie": ("cookie-scan",), "child": ("age-gate",),
    "publish": ("release-gate",), "contact": ("contact-probe",),
}  # fmt: skip
