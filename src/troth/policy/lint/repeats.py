"""The same subject treated in two places of a text, each with its own words: rights, forums, security, limits, channels."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.duplicates import clusters
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import quote, report

_RIGHTS = (
    (
        "access",
        Phrase(
            r"\baccess\b|\bcop(?:y|ies) of\b|\bconfirm\w*\b[^.;]{0,30}\bwhether\b|\bto ask \w+ ?\w* to confirm\b|查阅|访问|查询|复制"
        ),
    ),
    ("correction", Phrase(r"\brectif\w+|\bcorrect\w*|更正|修改|更新")),
    ("erasure", Phrase(r"\beras\w+|\bdelet\w+|\bforgotten\b|删除|注销")),
    ("restriction", Phrase(r"\brestrict\w*|限制")),
    ("objection", Phrase(r"\bobject\b|\bobjection\b|反对|拒绝")),
    ("portability", Phrase(r"\bportab\w+|\btransfer to an(?:other|\s)|\bmachine-readable|可携|转移")),
    ("withdrawal", Phrase(r"\bwithdraw\w*\b[^.;]{0,30}\bconsent|撤回[^。；]{0,6}同意|撤销")),
    ("complaint", Phrase(r"\bcomplain\w*\b[^.;]{0,60}\bauthorit|\blodge\b|投诉")),
    ("automated decisions", Phrase(r"\bautomated (?:\w+ )?(?:decision|processing)|自动化?决策")),
)
_ENTITLED = Phrase(
    r"\b(?:your|following|these|certain|number of|several|have the|have a|has the|legal|subject|the) rights?\b|\bentitled to\b|\byou (?:may|can)(?: also)? (?:ask|request|require|contact)\b|有权|权利|您可以(?:要求|请求)"
)
# people of one place, or one law, have a list of their own
_LOCAL = Phrase(
    r"\bcaliforni\w+|\bccpa\b|\bcpra\b|\bgdpr\b|\beea\b|\beuropean?\b|\bu\.?k\b|\bunited kingdom|\bswiss|\bswitzerland|\bvirginia|\bcolorado|\bconnecticut|\butah\b|\bnevada\b|\btexas\b|\boregon\b|\bbrazil\w*|\blgpd\b|\bcanad\w+|\bpipeda|\baustrali\w+|"
    r"\bsingapore|\bhong kong|\bjapan\w*|\bchina\b|\bindia\b|\bsouth africa\w*|\bpopia\b|\bresidents?\b|\bstate\b|\bchild|\bparents?\b|\bcookies?\b|\bdata fiduciary|\bapplicants?\b|\bemployees?\b|欧盟|欧洲|加州|香港|新加坡|中国大陆|台湾|未成年|儿童"
)
_FEWEST, _SHARED, _APART = 3, 3, 4


def _titles(group: list[Reading]) -> str:
    return " ".join(" ".join(r.sentence.section).lower() for r in group)


def _rights_of(group: list[Reading]) -> dict[str, Reading]:
    found: dict[str, Reading] = {}
    for r in group:
        for name, phrase in _RIGHTS:
            if phrase.search(r.low):
                found.setdefault(name, r)
    return found


def _entitlements(doc: Document) -> list[list[Reading]]:
    """Runs of units in one section that tell people what they may ask for."""
    found = [
        r
        for r in doc.body
        if (_ENTITLED.search(r.low) or _ENTITLED.search(r.lead))
        and not r.refuses
        and any(phrase.search(r.low) for _, phrase in _RIGHTS)
    ]
    return clusters(found)


def rights(doc: Document) -> Iterator[Finding]:
    """The rights of people listed in two places (rule duplicate-clause)."""
    lists = [(g, _rights_of(g)) for g in _entitlements(doc)]
    lists = [(g, held) for g, held in lists if len(held) >= _FEWEST and not _local(g)]
    for place, (one, first) in enumerate(lists):
        for other, second in lists[place + 1 :]:
            if one[-1].sentence.section == other[0].sentence.section:
                continue
            if len(set(first) & set(second)) < _SHARED:
                continue
            alone = sorted(set(first) ^ set(second))
            more = f"; in one place only: {', '.join(alone)}" if alone else ""
            yield report(
                "duplicate/duplicate-clause",
                "info",
                {r.index: r for r in (*first.values(), *second.values())}.values(),
                f"the rights of people stand twice: {quote([one[0].text, other[0].text])}{more}",
                hint="keep one list of rights, with one address for them",
            )
            return


def _local(group: list[Reading]) -> bool:
    return _LOCAL.search(_titles(group)) is not None or any(_LOCAL.search(r.low) for r in group)


_PUBLIC = r"(?:public(?:ly)?[- ](?:available|accessible|visible)? ?(?:areas?|sections?|forums?|parts?|spaces?|pages?|posts?)|(?:message|bulletin|discussion) boards?|(?:user |discussion |public |interactive |community )?forums?|chat rooms?|blogs?|testimonials? (?:section|page)|comments? sections?|newsgroups?)"
_FORUM = Phrase(
    rf"\b{_PUBLIC}\b[^.]{{0,200}}\b(?:collected|read by|seen by|used by others|available to|visible to|own (?:risk|judgment|judgement)|responsib\w+|careful|caution|aware|public information|unsolicited)\b|"
    rf"\b(?:be aware|responsib\w+|careful|cautious|caution|remember|note|own risk)\b[^.]{{0,160}}\b{_PUBLIC}\b|"
    r"\bvoluntarily (?:disclos|post|shar|provid|submit)\w*\b[^.]{0,200}\b(?:collected|used|read|seen)\b[^.]{0,40}\bothers\b|"
    r"(?:论坛|公开区域|公共区域|留言板|评论区|聊天室)[^。]{0,60}(?:谨慎|慎重|公开|他人|负责|风险)"
)
_MEASURES = r"(?:measures?|mechanisms?|safeguards?|procedures?|precautions|controls|protections?|technolog\w+|practices|care|steps|standards|methods|systems)"
_SECURED = Phrase(
    rf"\b(?:use|uses|employ|employs|have|has|implement|implements|implemented|maintain|maintains|take|takes|taken|adopt|adopts|adopted|apply|exercise)\b[^.;]{{0,60}}\b(?:physical|technical|electronic|administrative|organi[sz]ational|managerial|reasonable|appropriate|industry[- ]standard|commercially|suitable|security|adequate|generally accepted|procedural)\b[^.;]{{0,60}}\b{_MEASURES}\b[^.;]{{0,60}}"
    r"\b(?:protect|safeguard|secur|guard|prevent|against|unauthori[sz]ed|loss|misuse)\w*|"
    r"^(?![^。]{0,12}承诺)[^。]*?(?:采取|采用|使用|实施|建立|部署)[^。；]{0,40}(?:措施|技术|手段|制度|机制)[^。；]{0,30}(?:保护|防止|保障|避免)[^。；]{0,30}(?:信息|资料|数据|隐私|泄露|丢失)"
)
_LIMITED = Phrase(
    r"\blimits? (?:the |our |its )?(?:collection|gathering|amount)\b|\b(?:only )?collects? only\b[^.;]{0,90}\b(?:need\w*|necessary|required|relevant|minim\w+)\b|\bonly (?:collect|gather|request|ask for)\b[^.;]{0,90}\b(?:need\w*|necessary|required|relevant)\b|"
    r"\bcollection\b[^.;]{0,40}\b(?:limited|restricted|confined) to\b|(?:仅|只)(?:会)?(?:收集|采集)[^。；]{0,40}(?:必要|必需|所需|需要)|(?:最小|最少)(?:必要|够用)?(?:化)?(?:的)?原则"
)
_OTHER_SITES = Phrase(
    r"\b(?:no control (?:over|of)|not responsible for|not control|subject to|governed by|own|do not endorse|not liable for)\b[^.;]{0,80}\b(?:polic(?:y|ies)|practices|contents?|terms)\b[^.;]{0,60}\b(?:that|those|these|such|other|third[- ]part\w+|linked|external|of any) (?:\w+ )?(?:web ?sites?|sites?|services?)\b|"
    r"\b(?:third[- ]party|other|linked|external|those|these|such) (?:web ?sites?|sites?)\b[^.;]{0,80}\b(?:no control|not responsible|own (?:privacy )?polic(?:y|ies)|not control|separate (?:and independent )?(?:privacy )?polic(?:y|ies)|not (?:operated|governed|covered) by)\b"
)
_THEMES = (
    ("other people's websites", _OTHER_SITES, "keep one clause, so that the two can not drift apart"),
    ("what people say in public areas", _FORUM, "keep one clause, so that the two can not drift apart"),
    ("the measures of security", _SECURED, "describe the measures once, and refer to that place"),
    ("the limit on what is collected", _LIMITED, "state one limit, with one list of purposes"),
)
_OF_OTHERS = (_FORUM, _OTHER_SITES)  # what readers are told of other places
_SPECIAL = Phrase(
    r"\b(?:card|payment|ssl|transfer\w*|third[- ]part\w+|processors?|providers?|vendors?|partners?|recipients?|contract\w*|transmission|children|cookies?|passwords?|you (?:must|should|are responsible)|your responsib\w+|e-?mail|breach|merge\w*|acqui\w+|successor|international|outside|country|countries|recruit\w*|applicants?|back(?:ed)?[- ]?up\w*|biometric\w*|retain\w*|retention|legal (?:basis|ground)|child)\b|合作|第三方|儿童|未成年|境外|跨境|委托|密码|银行|支付|面部|人脸"
)


_FOREWORD = re.compile(r"(?:按照?|根据)法律法规(?:的)?(?:要求|规定)[^。；]{0,40}(?:尽力|全力|保护)|尽力保护")


def _opening(phrase: Phrase, reading: Reading) -> bool:
    """Whether it is the foreword of a Chinese text, which promises protection and describes no measure."""
    return phrase is _SECURED and reading.cjk and _FOREWORD.search(reading.low) is not None


def themes(doc: Document) -> Iterator[Finding]:
    """A theme treated in two sections (rule duplicate-clause)."""
    for theme, phrase, hint in _THEMES:
        found = [
            h.reading
            for h in doc.hits(phrase)
            if phrase in _OF_OTHERS
            or not (h.reading.told or _SPECIAL.search(h.reading.low) or _opening(phrase, h.reading))
        ]
        kept: list[list[Reading]] = []
        for group in clusters(found):
            if all(group[0].sentence.section != k[0].sentence.section for k in kept):
                kept.append(group)
        if len(kept) > 1:
            yield report(
                "duplicate/duplicate-clause",
                "info",
                [r for g in kept for r in g],
                f"the clause about {theme} stands {len(kept)} times: {quote(g[0].text for g in kept)}",
                hint=hint,
            )


_CORRECT = Phrase(
    r"\b(?:correct|update|modify|change|amend|edit|rectify)\w*\b[^.;]{0,60}\b(?:your|personal|account|profile|contact)\b[^.;]{0,30}\b(?:information|data|details|profile)\b|\b(?:correction|rectification|access, correction)\b[^.;]{0,60}\b(?:requests?|made|by)\b|"
    r"(?:更正|修改|更新)[^。；]{0,16}(?:信息|资料)"
)
_CHANNELS = (
    (
        "account",
        Phrase(
            r"\b(?:log(?:ging)? ?in\w*|sign(?:ing)? in\w*|control panel|client area|account settings|(?:billing|customer|client) (?:\w+ )?(?:system|portal|area)|dashboard|my account|your (?:account )?profile page|profile settings|account page)\b|登录|控制台|账号中心|个人中心|设置页面"
        ),
    ),
    ("ticket", Phrase(r"\b(?:ticket|help ?desk)\b|工单")),
    ("e-mail", Phrase(r"\S@\S|\be-?mail(?:ing)? us\b|\bby e-?mail(?:ing)?\b|邮件|邮箱")),
    ("telephone", Phrase(r"\b(?:by (?:tele)?phone|call(?:ing)? us|telephone)\b|电话|热线")),
    ("post", Phrase(r"\b(?:in writing|by (?:post|mail)|letter|postal mail)\b|信函|邮寄")),
)


def channels(doc: Document) -> Iterator[Finding]:
    """One way to correct data here, and another one there (rule duplicate-clause)."""
    ways: list[tuple[Reading, frozenset[str]]] = []
    for hit in doc.hits(_CORRECT):
        r = hit.reading
        if r.refuses or (r.told and "please" not in r.words):
            continue
        named = frozenset(name for name, phrase in _CHANNELS if phrase.search(r.low))
        if named:
            ways.append((r, named))
    for place, (one, first) in enumerate(ways):
        for other, second in ways[place + 1 :]:
            if one.sentence.section != other.sentence.section and not first & second:
                yield report(
                    "duplicate/duplicate-clause",
                    "info",
                    (one, other),
                    f"data is corrected by {' or '.join(sorted(first))} in one place and by {' or '.join(sorted(second))} in another: "
                    f"{quote([one.text, other.text])}",
                    hint="name every way in one place",
                )
                return


DETECTORS = (rights, themes, channels)
