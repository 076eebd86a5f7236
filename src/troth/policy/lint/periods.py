"""What a text says about keeping and deleting, statement by statement: which records, for how long, in which manner."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from troth.policy.lint.document import Document
from troth.policy.lint.frames import Frame
from troth.policy.lint.lexicon import ACT_OF, STOPWORDS, stem
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.spans import spans

Manner = Literal["endless", "once", "need", "number", "open", "event", "whim"]

ENDLESS = Phrase(
    r"\b(?:is|are|stays?|remains?|kept) (?:\w+ )?(?:there )?(?:for good|for always|for evermore|for the long haul)\b|"
    r"\bindefinite(?:ly)?\b|\b(?:forever|for ever|for good|for all time|in perpetuity|perpetual(?:ly)?|eternal(?:ly)?|ad "
    r"infinitum|for eternity|for life|until the end of time|for an unlimited (?:period|time|term|duration))\b|"
    r"\bpermanent(?:ly)? (?:\w+ )?(?:stor\w+|kept|keep|retain\w*|saved?|archiv\w+|held|preserv\w+|record\w*)|"
    r"\b(?:stor\w+|kept|keep|retain(?:ed)?|saved?|held|archiv\w+|preserv\w+|remains?|stays?) (?:\w+ "
    r"){0,4}?(?:permanently|in perpetuity|forever)|"
    r"\b(?:without|no|not subject to any|free of any) (?:any |fixed |set |specific |particular )*(?:time[- ]limit|limit(?:ation)? "
    r"(?:of|in|as to|on) (?:time|duration)|temporal limit\w*|end date|cut-?off|expir(?:y|ation)|period of limitation)|"
    r"\b(?:has|have|sets?|fix(?:es)?|apply|applies|with|is|are) no (?:fixed |set |maximum |specific |defined )?(?:retention "
    r")?(?:period|limit|expiry|term|schedule)\b|"
    r"\b(?:never|not ever|at no (?:time|point)) (?:\w+ ){0,2}?(?:delete|erase|remove|purge|wipe|destroy|discard|expunge|shred|"
    r"overwrit)\w*\b|(?:永久|无限期|长期|一直|永远|终身)(?:地|性)?(?:予以)?(?:保存|保留|存储|留存|储存)|永不删除|不会删除|无期限|不设期限",
)
NEEDED = Phrase(
    r"\b(?:until|when|once|as soon as) (?:nobody|no one|there is no|it has no|they have no)\b.{0,40}\b(?:need\w*|use|reason|purpose)\b|\bno (?:more|further) (?:use|need)\b|"
    r"\b(?:as|so) long as (?:it |they |this |is |are |we |may |might |will |have |has |there is |reasonably |strictly |may be |"
    r"be |a |business |operational )*(?:necessary|needed|required|need|needs|relevant|require|useful)\b|"
    r"\b(?:no|not) longer than|\blonger than (?:is |it is |are |we |reasonably |strictly |absolutely )*(?:necessary|needed|required|need)|\bminimum (?:period|time|necessary)|\bshortest\b|\b(?:only )?(?:for|until|during) (?:the |such |"
    r"that )?(?:period|time|duration|purposes?|term) (?:\w+ ){0,4}?(?:necessary|needed|required|fulfil\w*|achieved?)|"
    r"\b(?:until|once|when|after|if|as soon as) (?:\w+ ){1,4}?(?:is|are|has become|becomes?) no longer (?:needed|required|"
    r"necessary|relevant|of use)|\bas long as (?:you (?:have|use|hold)|your account)|\bno longer (?:needed|necessary|"
    r"required|relevant)\b|\bonly (?:for )?(?:as|so) long as\b|"
    r"最短(?:的)?(?:期限|时间)|必需的(?:最短)?(?:期限|时间|期间)|必要的(?:期限|时间|期间)|所(?:需|必需|必要)的?(?:期限|时间|期间)|"
    r"以.{0,16}(?:所需|必需|必要)为限",
    Frame("keeping 10 while 3 have 4 need", "refusing"),
    Frame("keeping 10 until 4 no-longer 3 useful"),
    Frame("erasing 8 when 4 not-needed"),
    Frame("keeping 10 minimum 1 period", "refusing"),
    Frame("keeping 8 period 4 needed 8 purpose", "refusing"),
    Frame("keeping 8 whatever 1 period 3 needed", "refusing"),
    Frame("keeping 8 as-if 0 necessary 3 for", "refusing"),
    Frame("keeping 8 as-long 4 reason-word", "refusing"),
    Frame("as-long 3 serve", "refusing"),
    Frame("how-long 6 depends 4 our-need"),
    Frame("erasing 6 when 3 we 2 no-longer 4 reason-word"),
)
WHIM = Phrase(
    r"\bfor (?:such|whatever|any|as) (?:a )?(?:\w+ )?(?:period|time|term|long|duration|length of time)s?\b.{0,30}\b(?:deem|consider|see|think|find|believe|expedient|fit|"
    r"desirable|choose|determin|decid|may|wish|like)\w*|\b(?:as|so) long as (?:we|it|\w+) (?:deem|consider|see|think|find|believe|choose|wish|feel|want|like|please|care|fanc|decide|determine)\w*\b",
)
_ONCE = Phrase(
    r"\b(?:immediate(?:ly)?|instant(?:ly|aneously)?|at once|straight ?away|right away|forthwith|without delay|on the (?:same |"
    r"very )?(?:day|moment)|the (?:moment|instant|minute|day|second)|as soon as|upon (?:closure|cancellation|termination))\b|立即|即刻|"
    r"当日|同时删除|马上",
)
_EVENT = Phrase(r"\b(?:once|when|after|upon|until|as soon as|at the end of|with the end of)\b|后|时")
_FORMER = Phrase(r"\b(?:former|past|previous|departed|ex-\w+|left|leave|clos|cancel|terminat)\w*|注销")
_REUSE = Phrase(
    r"\b(?:after|once|even (?:after|if|when)|following|when) (?:you|your|an?|the|\w+)\b.{0,40}\b(?:clos|cancel|terminat|delet|end|"
    r"leav|expir|stop)\w*|注销后|终止后",
)
_KEEPING = Phrase(
    r"\b(?:is|are) (?:there|around|available) (?:for|until)\b|\bstick around\b|"
    r"\b(?:go(?:es|ing)? back|reach(?:es|ing)? back|on file|on record|in (?:the|our) (?:vaults?|archives?|systems?)|history of)\b|"
    r"保存|保留|存储|留存|储存|删除|销毁|清除",
)
_ASIDE = Phrase(
    r"\b(?:unless|except|excluding|other than|exception|excepted|set aside|legal hold|litigation|dispute|investigation|"
    r"proceedings|required by|law requires|tax|statut\w+|suppression|proof|in anonym\w*|aggregat\w*|statistic\w*|"
    r"backups? (?:are|is|copies))\b|除外|法律|公[众共](?:领域|区域|平台)",
)
_SECTION = Phrase(r"retention|retain|how long|keep|storage|保存|存储|保留")
_LABELLED = Phrase(r"^[^:]{3,60}: ")
_PASSIVE = frozenset({"is", "are", "be", "been", "being", "was", "were", "get", "gets"})
_STAY = frozenset(
    "remain remains stay stays persist persists expire expires disappear disappears reside resides".split()
)
_ADVERBS = frozenset(
    "also then only always never not automatically permanently usually normally securely irretrievably therefore still "
    "subsequently thereafter promptly archived".split()
)
_AUXILIARY = frozenset("will shall may can must would should might do does".split())
_UNTIL = frozenset(
    "for after within until once when as at to in on by while during if so because since on upon without from unless and "
    "indefinitely permanently forever immediately where irretrievably".split()
)
_CUTS = frozenset(
    "since because after when if once until while that which who whose containing where and".split()
)
_GENERIC = frozenset(
    stem(w)
    for w in "data information info stuff record records personal detail details personally identifiable pii file files copy copies "
    "content item items other such same everything anything thing kind type any all every each party private collected "
    "above following customer customers user users your our company account business day days week month months year years hour hours "
    "period periods time certain long former past previous".split()
)
_NOUNS_CJK = (
    "账号信息 账户信息 日志 订单 发票 交易记录 实名信息 实名认证信息 身份信息 人脸 录音 通话 聊天记录 监控 录像 客服记录 联系方式 支付信息 "
    "消费记录 浏览记录 搜索记录 位置信息 设备信息 注册信息 备份 简历 行踪 密码".split()
)
_LOGS_CJK = re.compile(
    r"(dns|cdn|web)? ?(访问|查询|解析|操作|登录|错误|安全|审计|系统|流量)?日志"
)  # which logs
_GENERAL = Phrase(
    r"\b(?:personal|your|customers?'?|users?'?|all|any|collected|the|other|private|identifiable) (?:\w+ )?(?:data|information|"
    r"details|records|pii|info|stuff)\b|\bpii\b|\beverything\b|个人信息|用户信息|个人数据|您的信息|全部信息|所有信息",
)


@dataclass(frozen=True, slots=True)
class Keeping:
    """One statement on storage: the records by the stems of their names, lengths in days, and the manner."""

    reading: Reading
    records: frozenset[str]
    days: frozenset[float]
    manner: Manner
    general: bool
    aside: bool


def _storing(word: str) -> bool:
    return bool({"retain", "erase"} & set(ACT_OF.get(word, ()))) and word not in {"storage", "back-up"}


def _noun_phrase(words: list[str]) -> frozenset[str]:
    kept = [w for w in words if w not in STOPWORDS and len(w) > 2 and w not in _ADVERBS | _AUXILIARY]
    return frozenset(stem(w) for w in kept if stem(w) not in _GENERIC and w not in _GENERIC)


def _before(words: list[str]) -> list[str]:
    """The subject in front of a passive verb, without what qualifies it."""
    start = 0
    for place, word in enumerate(words):
        if word in ",;:.(" or word in {
            "since",
            "because",
            "after",
            "when",
            "if",
            "once",
            "until",
            "while",
            "where",
        }:
            start = place + 1
    chosen = words[start:] if len(words) - start > 1 else words
    end = next((n for n, w in enumerate(chosen) if n and w in _CUTS - {"and"}), len(chosen))
    return chosen[:end]


_ENDS = frozenset(
    stem(w) for w in "after until closure closing termination cancellation end expiry deletion".split()
)


def records(reading: Reading) -> frozenset[str]:
    """The stems of what is kept or deleted: "server logs are deleted", "we delete server logs after" give server, log.

    An item that names none is about what its lead-in names.
    """
    if reading.cjk:
        nouns = {noun for noun in _NOUNS_CJK if noun in reading.low}
        return frozenset(nouns | {one for log in _LOGS_CJK.findall(reading.low) for one in log if one})
    own = _named(reading.low)
    if own or not reading.lead:
        return own
    told = _named(reading.lead)  # what the item adds tells it from the next one
    return told and told | (_noun_phrase(re.findall(r"[a-z][a-z'-]*", reading.low)) - _ENDS)


def _named(low: str) -> frozenset[str]:
    label = _LABELLED.match(low)
    words = re.findall(r"[a-z][a-z'-]*|[,;:.(]", low)
    if label and not re.search(r"\b(?:we|you|following|below)\b", label[0]):
        if not any(_storing(w) for w in words):
            return _noun_phrase(re.findall(r"[a-z][a-z'-]*", label[0]))
        words = re.findall(r"[a-z][a-z'-]*|[,;:.(]", low[label.end() :])
    for place, word in enumerate(words):
        if word == "back" and words[place - 1] in {"going", "goes", "go", "reaching", "reaches"}:
            return _noun_phrase(words[max(0, place - 5) : place - 1])
        if not place or not (_storing(word) or word in _STAY):
            continue
        back = place - 1
        while back > 0 and words[back] in _ADVERBS:
            back -= 1
        if words[back] in _PASSIVE or word in _STAY:
            chosen = words[:place]
            while chosen and chosen[-1] in _PASSIVE | _ADVERBS | _AUXILIARY:
                chosen.pop()
            found = _noun_phrase(_before(chosen))
        else:
            rest = words[place + 1 :]
            while rest[:1] and rest[0] in {"on", "onto", "to"} and word in {"hold", "holds", "hang", "held"}:
                rest = rest[1:]
            end = next((n for n, w in enumerate(rest) if (w in _UNTIL and n) or w in ",;:.("), len(rest))
            found = _noun_phrase(rest[:end])
        return found
    return frozenset()


_BARE = Phrase(r"^[^:]{3,50}: (?:for )?(?:\S+ ){0,3}?(?:hours?|days?|weeks?|months?|years?)\b.{0,30}$")


def _speaks(reading: Reading) -> bool:
    if reading.acts & {"retain", "erase"} or _KEEPING.search(reading.low):
        return True
    if _BARE.match(reading.low):
        return True
    return bool(reading.sentence.section and _SECTION.search(reading.sentence.section[-1].lower()))


def _manner(reading: Reading) -> Manner | None:
    low = reading.low
    if ENDLESS.search(low):
        return "endless"
    if WHIM.search(low) and reading.does("retain"):
        return "whim"
    if spans(low):
        return "number"
    if _ONCE.search(low) and "erase" in reading.acts:
        return "once"
    if NEEDED.search(low):
        return "need"
    if _REUSE.search(low) and reading.does("retain") and not _MEASURED.search(low):
        return "open"
    return "event" if _EVENT.search(low) and reading.does("erase") else None


_ELSE = Phrase(
    r"\b(?:respond|reply|replies|answer\w*|notify|notified|inform(?:ed)?|complain\w*|effective|in advance|notice of|before|at "
    r"least|reset|rotat\w+|review\w*|audit\w*|train\w*|cooling)\b|答复|通知|回复",
)


_YOURS = Phrase(
    r"\b(?:you|customers|users|individuals) (?:can|may|have the right|are entitled)\b.{0,60}\b(?:request|ask|apply|submit|delet|eras|"
    r"object|withdraw)|您(?:可以|有权).{0,20}(?:删除|申请|要求)",
)
_MEASURED = Phrase(r"\bperiod\b|\buntil\b|\bfor as long\b|期限|期间")


_MINORS = Phrase(
    r"\b(?:child|children|minors?|parents?|guardian|younger|such a person|under 1\d)\b|未成年|儿童|监护人"
)


# what a cookie leaves on the device of the reader is not what the company keeps
_ON_DEVICE = Phrase(
    r"\bcookies?\b[^.;]{0,60}\b(?:stored|kept|remains?|placed|saved|stays?)\b[^.;]{0,40}\b(?:on|in) (?:your|the user's|a user's) (?:\w+ )?(?:computer|device|browser|hard|disk|phone)"
)


def _bounds(low: str) -> bool:
    return ENDLESS.search(low) is not None or NEEDED.search(low) is not None


def _keepings(doc: Document) -> Iterator[Keeping]:
    for r in doc.body:
        if (
            r.told
            or _YOURS.search(r.low)
            or _MINORS.search(r.low)
            or _ON_DEVICE.search(r.low)
            or not _speaks(r)
            or (r.refuses & {"retain"} and not _bounds(r.low))
        ):
            continue
        manner = _manner(r)
        if manner is None or (manner in {"number", "once"} and _ELSE.search(r.low) and not r.does("retain")):
            continue
        general = _GENERAL.search(r.low) is not None
        yield Keeping(r, records(r), spans(r.low), manner, general, _ASIDE.search(r.low) is not None)


def keepings(doc: Document) -> tuple[Keeping, ...]:
    """Every statement of the text on how long something is kept."""
    return tuple(_keepings(doc))


_WEIGHT = {"endless": 0, "open": 0, "whim": 0, "number": 1, "event": 2, "once": 2, "need": 3}


_WHOLE = Phrase(
    r"\b(?:all|every|everything|any) (?:\w+ ){0,3}?(?:data|information|traces?|records?|copies|pii|info)?\b.{0,60}\b(?:request|ask|cancel|clos|leav|terminat|end|unsubscrib|delet)\w*",
)


def _all_gone(one: Keeping, other: Keeping) -> bool:
    """Whether one says that all data goes when asked for or at the end, and the other keeps some for longer."""
    whole = [
        k
        for k in (one, other)
        if _WHOLE.search(k.reading.low)
        and "erase" in k.reading.acts
        and k.manner in {"number", "once"}
        and not k.aside
    ]
    if len(whole) != 1:
        return False
    kept = other if whole[0] is one else one
    later = (
        kept.manner == "number"
        and _FORMER_END.search(kept.reading.low) is not None
        and kept.reading.does("retain")
    )
    return later and max(kept.days, default=0) > max(whole[0].days, default=0)


_FORMER_END = Phrase(r"\bafter\b.{0,60}\b(?:end|clos|cancel|terminat|expir|leav|left|contract)\w*")


# "we log one request in a hundred and delete the log after a week": those logs, not all that are kept
_POINTING = Phrase(
    r"\b(?:the|this|that|these|those|such|its|their) (?:log|record|entr|cop|file|sample)(?:y|s|ies)?\b|"
    r"(?:记录|采样|抽样|抽取)[^。；]{0,24}(?:删除|清除|销毁)(?:该|这些|此类|上述)?日志"
)


_CLAUSE = re.compile(r"\b(?:clause|section|article|paragraph|item|point)s? (\d+(?:\.\d+)*)")

# "订单信息：…" and "支付信息：…": the name that a row of a list begins with
_LABEL = re.compile(r"^[\s\d.、()（）一-十①-⑳-]*([一-鿿]{2,10}(?:信息|数据|记录|日志|资料|内容))[：:]")


def same_records(one: Keeping, other: Keeping) -> bool:
    """Whether two statements are about the same records: one names all that the other names."""
    if _all_gone(one, other):
        return True
    if len({"backup" in k.reading.low or "back-up" in k.reading.low for k in (one, other)}) > 1:
        return False  # copies go later than what they are copies of
    cited = [frozenset(_CLAUSE.findall(k.reading.low)) for k in (one, other)]
    if all(cited) and not cited[0] & cited[1]:
        return False  # what clause 3.1 lists, and what clause 3.3 lists
    labels = [_LABEL.match(k.reading.low) for k in (one, other)]
    if labels[0] and labels[1] and labels[0][1] != labels[1][1]:
        return False  # two rows of one list, each with its own name
    a, b = one.records, other.records
    if a and b:
        less = one if len(a) < len(b) else other
        return (a <= b or b <= a) and not (a != b and _POINTING.search(less.reading.low))
    if a or b:
        named, bare = (one, other) if a else (other, one)
        if bare.reading.cjk:
            return False
        whole = bare.general and {one.manner, other.manner} in ({"endless", "need"}, {"open", "need"})
        return whole or (len(named.records) > 1 and named.records <= bare.reading.stems)
    both = one.general and other.general
    manners = {one.manner, other.manner}
    ended = all(_FORMER.search(k.reading.low) for k in (one, other))
    return both and (
        manners in ({"open", "need"}, {"endless", "need"}, {"whim", "number"})
        or (manners == {"once", "number"} and ended)
    )


# Manners that can both be kept: two limits by need, or a limit by need beside a number.
_TOGETHER: tuple[frozenset[Manner], ...] = (
    frozenset({"number", "need"}),
    frozenset({"need"}),
    frozenset({"once"}),
    frozenset({"open"}),
    frozenset({"endless"}),
    frozenset({"whim"}),
    frozenset({"endless", "open"}),
    frozenset({"endless", "whim"}),
    frozenset({"whim", "open"}),
    frozenset({"need", "once"}),
    frozenset({"whim", "need"}),
)


def _longer(one: Keeping, other: Keeping) -> Keeping:
    if one.manner == other.manner == "number":
        return max(one, other, key=lambda k: max(k.days))
    return min(one, other, key=lambda k: _WEIGHT[k.manner])


def opposed(one: Keeping, other: Keeping) -> bool:
    """Whether two statements about the same records can not both be kept; a longer one may be a named exception."""
    if _longer(one, other).aside:
        return False
    manners = frozenset((one.manner, other.manner))
    if "event" in manners:
        return bool({"endless", "whim"} & manners)
    if manners == {"number"}:
        return not one.days & other.days
    return manners not in _TOGETHER
