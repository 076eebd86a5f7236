"""The verbs of promises: what can be done with personal data, and what can be owed.

A data verb has personal data as its object and is decided for requests; a duty verb only says what the company owes
when something happens. A verb covers the verbs below it: `share` covers `disclose`; `never share` therefore also
forbids disclosing. The tree follows the DPV processing taxonomy (dpv:Processing) where it has the word.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb.

    Attributes:
        key: the word in the policy file.
        iri: the DPV term, "" where DPV has none.
        parent: the verb that covers it, "" at the top.
        en: third person singular with "us" as the subject ("collect").
        zh: the same in Chinese.
        data: whether it is decided for requests (an act on personal data).
        outward: whether data leaves the company, so that a recipient belongs to it.
    """

    key: str
    iri: str = ""
    parent: str = ""
    en: str = ""
    zh: str = ""
    data: bool = False
    outward: bool = False


_DATA = (
    ("process", "dpv:Processing", "", "process", "处理", False),
    ("collect", "dpv:Collect", "process", "collect", "收集", False),
    ("obtain", "dpv:Obtain", "collect", "obtain", "获取", False),
    ("record", "dpv:Record", "collect", "record", "记录", False),
    ("use", "dpv:Use", "process", "use", "使用", False),
    ("read", "dpv:Access", "use", "read", "查看", False),
    ("analyse", "dpv:Analyse", "use", "analyse", "分析", False),
    ("combine", "dpv:Combine", "use", "combine", "合并", False),
    ("profile", "dpv:Profiling", "use", "profile", "画像", False),
    ("share", "dpv:Share", "process", "share", "共享", True),
    ("disclose", "dpv:Disclose", "share", "disclose", "披露", True),
    ("transfer", "dpv:Transfer", "share", "transfer", "转移", True),
    ("sell", "", "share", "sell", "出售", True),
    ("release", "dpv:MakeAvailable", "share", "release", "发布", True),
    ("store", "dpv:Store", "process", "store", "存储", False),
    ("retain", "dpv:Store", "store", "retain", "保留", False),
)
_DUTY = (
    ("erase", "dpv:Erase", "erase", "删除"),
    ("anonymise", "dpv:Anonymise", "anonymise", "匿名化"),
    ("aggregate", "dpv:Aggregate", "aggregate", "汇总"),
    ("restrict", "dpv:Restrict", "restrict", "限制处理"),
    ("correct", "dpv:Modify", "correct", "更正"),
    ("export", "dpv:Export", "export", "导出"),
    ("give", "dpv:MakeAvailable", "give", "提供"),
    ("show", "", "show", "展示"),
    ("offer", "", "offer", "提供选择"),
    ("accept", "", "accept", "受理"),
    ("obey", "", "obey", "遵从"),
    ("stop", "", "stop", "停止"),
    ("notify", "", "notify", "通知"),
    ("remind", "", "remind", "提醒"),
    ("answer", "", "answer", "答复"),
    ("confirm", "", "confirm", "确认"),
    ("verify", "", "verify", "核验"),
    ("refuse", "", "refuse", "拒绝"),
    ("ask", "", "ask for", "征求"),
    ("require", "", "require", "要求"),
    ("encrypt", "", "encrypt", "加密"),
    ("hash", "", "hash", "散列存储"),
    ("protect", "", "protect", "保护"),
    ("limit", "", "limit", "限定"),
    ("detect", "", "detect", "检测"),
    ("evaluate", "", "evaluate", "评估"),
    ("repair", "", "repair", "修复"),
    ("train", "", "train", "培训"),
    ("suspend", "", "suspend", "暂停"),
    ("register", "", "register", "登记"),
    ("declare", "", "declare", "声明"),
    ("log", "", "log", "留痕"),
    ("keep", "", "keep", "保持"),
    ("publish", "", "publish", "公布"),
    ("apply", "", "apply", "适用"),
    ("sign", "", "sign", "签署"),
    ("start", "", "start", "启动"),
    ("close", "", "close", "关闭"),
    ("review", "", "review", "审查"),
    ("investigate", "", "investigate", "调查"),
    ("respect", "", "respect", "尊重"),
    ("separate", "", "separate", "分开"),
    ("test", "", "test", "测试"),
    ("assist", "", "assist", "协助"),
    ("cooperate", "", "cooperate with", "配合"),
    ("link", "", "link to", "链接"),
    ("send", "", "send", "发送"),
    ("monitor", "", "monitor", "监测"),
    ("rotate", "", "rotate", "更换"),
    ("display", "", "display", "显示"),
)
_ALIASES = {
    "delete": "erase", "destroy": "erase", "inform": "notify", "tell": "notify", "respond": "answer", "reply": "answer",
    "rectify": "correct", "update": "correct", "anonymize": "anonymise", "analyze": "analyse", "save": "store",
    "access": "read", "view": "read", "gather": "collect", "provide": "give", "scan": "evaluate", "assess": "evaluate",
    "rent": "sell", "divulge": "disclose", "pass-on": "share", "honour": "obey", "honor": "obey",
}  # fmt: skip


@cache
def verbs() -> dict[str, Verb]:
    """Every verb by its key."""
    data = {row[0]: Verb(*row[:5], data=True, outward=row[5]) for row in _DATA}
    return data | {key: Verb(key, iri, "", en, zh) for key, iri, en, zh in _DUTY}


def find(word: str) -> Verb | None:
    """The verb a word names, also by a synonym; None if there is none."""
    word = word.casefold()
    return verbs().get(_ALIASES.get(word, word))


@cache
def covers(key: str) -> frozenset[str]:
    """The verb and every verb below it."""
    below = (covers(verb.key) for verb in verbs().values() if verb.parent == key)
    return frozenset((key,)).union(*below)


def words() -> tuple[str, ...]:
    """Every word that names a verb, sorted."""
    return tuple(sorted({*verbs(), *_ALIASES}))
