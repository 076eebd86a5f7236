"""A special thing that is said never to be taken, read or used, and is: race, identity documents, recordings, mail, calls to a resolver.

General words ("information", "data") are compared elsewhere; here both sentences have to name the same thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import quote, report

_TAKE = (
    r"\b(?:collect\w*|gather\w*|record(?:s|ed|ing|ings)?|log|logs|logged|stor(?:e|es|ed)|keep|keeps|kept|save|saves|saved|written|writes?|note|notes|noted|ask|asks|asked|request(?:s|ed)?|require[sd]?|accept(?:s|ed)?|upload\w*|enclose\w*|attach\w*|submit\w*|"
    r"capture\w*|obtain\w*|receive\w*|retain\w*|determin\w+|reads?|held|hold|provide|enter(?:ed)?)\b|收集|采集|记录|保存|留存|索取|要求|上传|附(?:上)?|提交|填写|读取|写入|录音"
)
_LOOK = r"\b(?:read|reads|open|opens|opened|look(?:s|ed)?|scan|scans|scanned|analy[sz]e[sd]?|analy[sz]ing|inspect\w*|view(?:s|ed)?|search(?:es|ed)?|evaluat\w+|mine[sd]?|touch(?:ed)?|used?|process(?:es|ed)?)\b|查看|阅读|扫描|分析|打开|使用|检查"
_MAKE = r"\b(?:build|builds|built|create[sd]?|draw|drawn|compile[sd]?|assign\w*|comput\w+|calculat\w+|score[sd]?|scoring|segment\w*|profil\w+|feed|fed|train\w*|improv\w+|used?)\b|画像|标签|评分|计算|训练|改进|用于"
_NO = Phrase(
    r"\b(?:not|never|no|none|nor|neither|cannot|without|n't)\b|n't\b|(?:不(?!仅|断|时|限|同|少|超|可抗)|没有|从未|并未|未(?!成年|满|来|经)|绝不)"
)
_BUT = re.compile(r"[;。；！]|\.(?=\s|$)|, (?:but|however|whereas) | and (?=we |you )")
_PROMISE_SPARED = Phrase(
    r"\b(?:may|can|free to) (?:ask|choose|decide|go on|continue|carry on)\b[^.;]{0,30}\bwithout\b|\b(?:unless|except|only|other than|more than|if you|if we|without your|your consent|third[- ]part\w+|longer|not just|as proof of address|children|minors|guarantee|required to|obliged|need not|precise|exact)\b|"
    r"除非|除[^。；，]{1,16}外|仅|只|未经|精确|不想|不愿|不希望|儿童|未成年|第三方(?!统计|代码|广告)|额外|必须|无需"
)
_ACT_SPARED = Phrase(
    r"\b(?:unless|if you (?:agree|consent|wish|choose|enable|switch)|consent\w*|optional\w*|voluntar\w+|you (?:may|can)|right to|law|legal\w*|court|spam|virus\w*|malware|abuse|payment (?:provider|processor|service)|provider, which|their own|hash\w*|temperature|power|example|"
    r"hardware|domain holder|registr(?:y|ies)|applicants?|apply for|job|training (?:course|of staff)|two weeks)\b|同意|自愿|选填|可选|您可以?|有权|法律|法院|垃圾邮件|病毒|支付机构|注册局|应聘|温度|培训"
)


@dataclass(frozen=True, slots=True)
class Thing:
    """What is denied and done: its name, its words, and the acts that are compared."""

    name: str
    words: Phrase
    acts: Phrase


THINGS = (
    Thing(
        "race and belief",
        Phrase(
            r"\b(?:race|religions?|religious beliefs?|ethnicity|ethnic origin|political (?:views|opinions))\b|种族|宗教"
        ),
        Phrase(_TAKE),
    ),
    Thing(
        "identity documents",
        Phrase(
            r"\b(?:passports?|(?:identity|id) (?:cards?|documents?)|proofs? of identity|aadhaar|nric|mykad|national (?:id|identity) (?:number|card)s?|driving licen[cs]es?)\b|身份证|护照|证件(?:照片|副本)"
        ),
        Phrase(_TAKE),
    ),
    Thing(
        "faces",
        Phrase(
            r"\b(?:face|facial) (?:images?|scans?|pictures?|recognition|data)\b|人脸|手持[^。；，]{0,8}照片"
        ),
        Phrase(_TAKE),
    ),
    Thing(
        "location",
        Phrase(
            r"\b(?:your|their|geo|users'?) ?-?location\b|\bgps\b|\bwhere you are\b|地理位置|定位(?:信息|数据)|您的位置"
        ),
        Phrase(_TAKE),
    ),
    Thing(
        "card numbers",
        Phrase(r"\b(?:credit |debit |payment )?card numbers?\b|银行卡号|信用卡号"),
        Phrase(_TAKE),
    ),
    Thing(
        "calls",
        Phrase(
            r"\b(?:tele)?(?:phone )?calls?\b(?=[^.;]{0,60}\brecord)|\brecord(?:ed|ings?)\b[^.;]{0,24}\bcalls?\b|通话[^。；，]{0,8}录音|电话[^。；，]{0,4}录音|录音"
        ),
        Phrase(_TAKE),
    ),
    Thing(
        "queries to the resolver",
        Phrase(r"\b(?:dns )?quer(?:y|ies)\b|\bresolvers?\b|解析(?:服务|器)|查询的域名"),
        Phrase(_TAKE),
    ),
    Thing(
        "messages in mailboxes",
        Phrase(
            r"\bmailbox messages\b|\b(?:messages|e-?mails|mail)\b[^.;]{0,16}\bin (?:your |the )?mailbox\w*|\b(?:contents?|text) of (?:your |the |mailbox )*(?:messages|e-?mails|mail)\b|\bincoming (?:and outgoing )?(?:messages|mail)\b|邮件(?:内容|正文)"
        ),
        Phrase(_LOOK),
    ),
    Thing(
        "databases and files of customers",
        Phrase(
            r"\bcustomer databases?\b|\bmanaged databases?\b|\bvalues in the quer\w+|\b(?:your|customers?'?) files\b|客户(?:数据库|文件)|云主机中的文件|存储在[^。；，]{0,8}的文件"
        ),
        Phrase(_LOOK),
    ),
    Thing(
        "profiles",
        Phrase(
            r"\bprofiles? of (?:our |the )?(?:customers|users|you)\b|\b(?:customer|user|usage) profiles?\b|\bprofiling\b|\b(?:loyalty|activity|risk) scores?\b|\bsegments?\b|画像|标签|活跃度"
        ),
        Phrase(_MAKE),
    ),
    Thing(
        "training of models",
        Phrase(
            r"\b(?:train\w*|fed into|feed|improv\w+)\b[^.;]{0,50}\b(?:models?|intelligence|assistant|ai|machine learning)\b|训练[^。；，]{0,10}(?:模型|客服|智能|算法)"
        ),
        Phrase(_MAKE),
    ),
    Thing(
        "use of machines",
        Phrase(r"\b(?:virtual machines?|processes running|your servers?)\b|服务器的使用|服务器中运行|进程"),
        Phrase(r"\b(?:monitor\w*|watch\w*|report(?:s|ed)?|observ\w+)\b|监控|上报|监视"),
    ),
    Thing(
        "code of others",
        Phrase(
            r"\bthird[- ]party (?:scripts?|trackers?|tracking|analytics|code|pixels?)\b|\bgoogle analytics\b|\bmeta pixel\b|\bfacebook pixel\b|\bhotjar\b|\bgoogle ads\b|第三方[^。；，]{0,6}(?:代码|脚本|统计)|百度统计|巨量引擎|友盟|google analytics"
        ),
        Phrase(
            r"\b(?:use|uses|used|load|loads|set|sets|place[sd]?|embed\w*|includes?|runs?|help|helps)\b|放置|使用|嵌入|接入|帮助|加载"
        ),
    ),
)


@cache
def _denial(thing: Thing) -> Phrase:
    """The act with "not" close before it, or with "no" right behind it."""
    acts = thing.acts.pattern
    return Phrase(rf"(?:{_NO.pattern})[^.;,。；，]{{0,32}}(?:{acts})|(?:{acts}) no ")


def _sides(reading: Reading, thing: Thing) -> tuple[bool, bool]:
    """Whether a sentence denies the act to the thing, and whether it tells it."""
    denies = tells = False
    if reading.told:
        return False, False
    for part in _BUT.split(reading.low):
        if not part or not thing.words.search(part):
            continue
        acts = thing.acts.search(part) is not None
        if _NO.search(part):
            denies = denies or (_denial(thing).search(part) is not None and not _PROMISE_SPARED.search(part))
        elif not _ACT_SPARED.search(part):
            tells = (
                tells
                or acts
                or (
                    bool(reading.lead)
                    and thing.acts.search(reading.lead) is not None
                    and not _NO.search(reading.lead)
                )
            )
    return denies, tells


def things_denied(doc: Document) -> Iterator[Finding]:
    """A thing that is never taken, read or used, and is (rule never-vs-may)."""
    for thing in THINGS:
        hits = doc.hits(thing.words)
        if len(hits) < 2:
            continue
        read = [(hit.reading, *_sides(hit.reading, thing)) for hit in hits]
        denied = [reading for reading, denies, _ in read if denies]
        told = [reading for reading, denies, tells in read if tells and not denies]
        if denied and told:
            readings = [*denied, *told]
            yield report(
                "contradiction/never-vs-may",
                "block",
                readings,
                f"{thing.name}: never taken or used, and taken or used: {quote(r.text for r in readings)}",
                hint="say which of the two holds, or for whom and for what the act is",
                law="GDPR Art. 5(1)(a), 13; PIPL Art. 7, 17; FTC Act s. 5",
            )
