"""Grounds on which a Chinese text hands out, sells, moves or uses data, and how open they are; built from kinds of words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.chinese_wording import Wording
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading, lower
from troth.policy.lint.report import of, quoted, report

_GIVE = r"(?:提供|披露|共享|分享|公开|透露|转让|转移|交付|公布)"
_DATA = r"(?:信息|资料|数据|记录|名单|内容)"
_WE = r"(?:我们|本公司|本网站|本站|本应用|本平台|平台|公司)"

OPEN_GROUND = Wording(
    "undefined-term/disclosure-open",
    "warn",
    "data is handed out on a ground that only the company can judge",
    "name the law or the claim, and who decides",
    "GDPR Art. 5(1)(a)-(b), 6(1)(c); PIPL Art. 13, 23; PDPO DPP3, s. 58",
    Phrase(
        rf"{_WE}[^。；，,]{{0,6}}(?:认为|确定|相信|判断|认定)[^。；，,]{{0,30}}(?:必须|必要|合理|适当|有助|需要)[^。；，,]{{0,10}}{_GIVE}|{_WE}[^。；，,]{{0,6}}(?:认为|确定|相信|判断)[^。]{{0,40}}{_GIVE}(?:您的信息)?是[^。；，,]{{0,6}}(?:必须|必要|合理|适当)|"
        rf"(?:违反|触犯|不符合)[^。；]{{0,20}}(?:条款|规范|约定|规则|协议|公约|规约)[^。；]{{0,40}}{_GIVE}[^。；，,]{{0,8}}(?:{_DATA}|予|给)|"
        rf"(?:避免|防止)(?:纠纷|损失|争议)[^。；]{{0,14}}{_GIVE}|合理(?:的)?理由[^。；]{{0,14}}{_GIVE}|(?:合理|善意)(?:的|地)?(?:判断|相信|认为)[^。；]{{0,30}}{_GIVE}|符合[^。；，,]{{0,8}}(?:政府|主管)(?:部门|机关)的?要求[^。；]{{0,10}}{_GIVE}"
    ),
    Phrase(r"不会|您(?:认为|相信)|法院(?:命令|判决)的|请勿|其他用户|删除|屏蔽"),
)
WAIVED = Wording(
    "risky-promise/consent-waived",
    "warn",
    "data is handed out or used without consent for the company's own needs",
    "hand out without consent only where the law says so",
    "PIPL Art. 13, 23, 25; PDPA (TW) Art. 20",
    Phrase(
        rf"(?:无需|无须|不必|不经|毋须|不需)[^。；，,]{{0,8}}(?:您|用户|会员|客户|阁下)?的?[^。；，,]{{0,4}}(?:事先)?(?:授权|同意)[^。；，,]{{0,16}}{_GIVE}|{_GIVE}[^。；]{{0,24}}(?:而)?(?:无需|无须|不必|毋须)[^。；，,]{{0,8}}(?:取得|征得|获得)?[^。；，,]{{0,6}}(?:授权|同意)"
    ),
    Phrase(r"法定|法律|法规|国家安全|公共安全|公共卫生|法院|司法|不会|不得|紧急|以下|下列|[：:]$|匿名"),
)
SOLD = Wording(
    "risky-promise/data-sale",
    "warn",
    "personal data is traded",
    "say to whom and for what, ask for separate consent, or stop it",
    "PIPL Art. 10, 23; PDPO s. 35I-35K; Cal. Civ. 1798.120",
    Phrase(
        rf"{_DATA}[^。；，,]{{0,10}}(?:商业化(?:的)?交易|交易变现)|有偿[^。；，,]{{0,6}}(?:向|与)[^。；，,]{{0,12}}(?:提供|共享|交换)[^。；，,]{{0,10}}(?:{_DATA}|联系方式)"
    ),
    Phrase(r"不会|不得|未经"),
)
COMMERCIAL = Wording(
    "open-ended/purpose-open",
    "block",
    "a purpose that can be anything",
    "name the purposes, each with the data it needs",
    "GDPR Art. 5(1)(b), 13(1)(c); PIPL Art. 6, 17(1)(2); PDPO DPP1(3), DPP3",
    Phrase(
        rf"{_DATA}库?[^。；，,]{{0,16}}(?:商业(?:性|化)?(?:的)?|任意)(?:利用|使用|开发)|任何(?:之|的)?合法(?:之|的)?(?:使用|用途|目的|利用)|法律未禁止的(?:其他)?(?:用途|目的)|{_WE}[^。；，,]{{0,6}}(?:认为|视为)[^。；，,]{{0,4}}(?:合适|适当|合宜|恰当)的?(?:其他)?(?:用途|目的)|"
        rf"(?:用于|用作)[^。；，,]{{0,10}}未来(?:可能)?(?:推出|提供|新增|开发)的?(?:其他|新)?(?:服务|功能|产品)|(?:不时|日后|将来)[^。；，,]{{0,6}}(?:增加|新增|推出)的?(?:产品|服务|设施)|未来[^。；，,]{{0,8}}(?:发展|升级)[^。；，,]{{0,4}}(?:带来|出现)的?新|用于开发新的?(?:服务|产品|功能)|(?:不可撤销|永久|无限制)(?:地|的)?[^。；，,]{{0,20}}(?:使用|利用)[^。；，,]{{0,6}}(?:您的)?(?:个人)?{_DATA}|"
        rf"(?:所有权|全部权利)[^。；，,]{{0,4}}(?:归|属于)[^。；，,]{{0,4}}{_WE}[^。；]{{0,24}}(?:商业|任意|自由)"
    ),
    Phrase(r"不会|不得|禁止|未经|匿名|作品|知识产权|软件|内容的许可"),
)
EXCEPTED = Wording(
    "open-ended/exception-open",
    "warn",
    "a refusal whose exceptions stand in other papers, or go in a circle",
    "list the exceptions in this place",
    "GDPR Art. 12(1), 13(1)(e); PIPL Art. 17, 23",
    Phrase(
        rf"除(?:非|了)?[^。；，,]{{0,24}}(?:{_WE}|本?(?:政策|声明|条款|协议|规则)|其他规则)[^。；，,]{{0,8}}(?:另有|其他)(?:规定|约定|说明|情形)[^。；，,]{{0,4}}(?:之|以|的情形)?外[^。；]{{0,10}}不(?:会|得)?[^。；]{{0,24}}{_GIVE}|"
        rf"除[^。；，,]{{0,4}}(?:内部|公司)(?:规定|制度|需要)[^。；，,]{{0,6}}外[^。；]{{0,10}}不(?:会|得)?[^。；]{{0,24}}{_GIVE}|除(?:其他|特殊|合理)[^。；，,]{{0,6}}(?:情形|情况)[^。；，,]{{0,2}}外[^。；]{{0,10}}不(?:会|得)?[^。；]{{0,24}}{_GIVE}|不(?:会|得)?[^。；]{{0,24}}{_GIVE}[^。；]{{0,20}}，但?(?:特殊|其他合理)(?:情况|情形)除外"
    ),
    Phrase(r"第[一二三四五六七八九十\d]+条|以下|下列"),
)
SOURCES = Wording(
    "open-ended/source-open",
    "warn",
    "sources that nobody can name",
    "name the sources, and what comes from each",
    "GDPR Art. 14(2)(f); PIPL Art. 17",
    Phrase(
        rf"(?:从|自|由|经)[^。；，,]{{0,6}}(?:第三方(?:服务|平台|机构)?|其他(?:管道|来源|渠道|途径))[^。；，,]{{0,10}}(?:接收|取得|收到|获得|收集|获取)[^。；，,]{{0,14}}{_DATA}|{_DATA}(?:是|则)?(?:来自|来源于)(?:于)?[^。；，,]{{0,4}}(?:第三方|其他来源|合作方)"
    ),
    Phrase(r"不会|微信|支付宝|google|facebook|line|apple|授权|登录|注册局|包括[:：]|名单|如下"),
)
TEXTS = Wording(
    "open-ended/text-open",
    "warn",
    "papers that nobody can list become part of the text",
    "name the papers, with their links and versions",
    "PIPL Art. 17; GDPR Art. 12(1)",
    Phrase(
        r"(?:不时|另行|随时|可能|将来|今后|各项|任何|页面上的?|帮助)[^。]{0,40}(?:公告|规则|说明|规范|文档|提示|指引|声明|通知)[^。]{0,40}(?:均|即|亦|皆|都)?(?:为|是|视为|构成)[^。；，,]{0,8}(?:政策|协议|声明|条款)[^。；，,]{0,6}(?:组成部分|一部分)|"
        r"(?:通知|公告|规则|说明)[^。；，,]{0,4}(?:均|皆|都|亦)(?:属于|构成|视为|是)本(?:政策|声明|协议)[^。；，,]{0,4}(?:内容|组成|部分)|(?:不时|另行|随时|可能)[^。]{0,30}(?:公告|规则|专项规则|规范)[^。]{0,30}(?:组成部分|一部分)"
    ),
    Phrase(r"《[^》]+》[^。；]{0,6}(?:是|为)本|附录|附件"),
)
ABROAD = Wording(
    "risky-promise/transfer-undisclosed",
    "warn",
    "data goes to other countries, and neither the countries nor the safeguards are named",
    "name the countries, the receivers and the safeguards",
    "GDPR Art. 13(1)(f), 44-49; PIPL Art. 38-40; PDPO DPP5, s. 33; PDPA (TW) Art. 8",
    Phrase(
        rf"{_DATA}[^。；]{{0,20}}(?:存储|储存|存放|传输|转移|处理)[^。；]{{0,24}}(?:任何|各)(?:其他)?(?:国家|地区)|(?:海外|境外|全球)(?:地区|各地|范围)?(?:内)?[^。；，,]{{0,10}}(?:处理|利用|用做|用作|使用)[^。；，,]{{0,10}}{_DATA}?|(?:海外|境外|全球)(?:地区|各地)?[^。；]{{0,10}}{_DATA}[^。；，,]{{0,6}}(?:用做|用作|处理)|(?:为|进行|作)国际传输|利用地区[^。；]{{0,16}}(?:任何|全球|各地|世界)|"
        rf"(?:合作(?:方|伙伴)|服务商|关联公司)[^。；，,]{{0,8}}所在(?:之|的)?(?:任何)?(?:国家|地区)"
    ),
    Phrase(r"不会|境内任何|标准合同|单独同意|用户均可"),
)
ASSETS = Wording(
    "risky-promise/business-transfer-unconditional",
    "warn",
    "data moves with the company without notice, consent or duty",
    "tell the person who takes over, and bind the new owner to this policy",
    "PIPL Art. 22; GDPR Art. 14",
    Phrase(
        rf"(?:破产|清算|解散|停业)[^。；]{{0,14}}(?:处分|变卖|拍卖|出售)[^。；]{{0,16}}{_DATA}|{_DATA}[^。；，,]{{0,8}}(?:归|属于?|所有权)[^。；，,]{{0,6}}{_WE}(?:所有)?[。；]?$|{_DATA}[^。；，,]{{0,6}}随[^。；，,]{{0,6}}(?:业务|公司|资产)[^。；，,]{{0,6}}(?:出售|转让|转移)"
    ),
    Phrase(r"不会|删除|通知|告知|同意|知识产权|作品"),
)
ALTERNATIVE = Wording(
    "open-ended/business-transfer-alternative",
    "warn",
    "either the buyer is bound or the person is told, where both are due",
    "tell the person, and bind the new owner too",
    "PIPL Art. 22",
    Phrase(
        r"(?:合并|收购|并购|转让|重组|分立)[^。]{0,30}(?:通知|告知)(?:您|用户|会员)?[，,]?或(?:者)?[^。；，,]{0,4}要求[^。；，,]{0,24}(?:遵守|承诺|约束|继续|履行)|(?:合并|收购|并购|转让|重组|分立)[^。]{0,30}要求[^。]{0,30}[，,]或(?:者)?(?:通知|告知)(?:您|用户)"
    ),
    Phrase(r"并(?:通知|告知)|并要求"),
)
MERGED = Wording(
    "risky-promise/business-transfer-unconditional",
    "warn",
    "data moves with the company without notice, consent or duty",
    "tell the person who takes over, and bind the new owner to this policy",
    "PIPL Art. 22; GDPR Art. 14",
    Phrase(
        r"(?:转让|转移)[^。]{0,60}(?:合并|收购|破产|重组)[^。；]{0,16}(?:除外|例外)[。；]?$|"
        r"(?:合并|收购|并购|让与|重组|分立|分割|转让|出售)[^。]{0,40}(?:承受|承接|承继|继受|取得|转移|移转|移交|接管|接收)[^。]{0,24}(?:无须|毋须|无需|毋需|不另行?|不必|恕不|不再|不会另行?)(?:另行?|再|逐一|个别|事先)?(?:通知|告知|征求)"
    ),
    Phrase(r"告知您|(?<!须)(?<!需)(?<!另行)(?<!不另)通知您|约束|重新征得|遵守|继续"),
)
WORDINGS = (
    MERGED,
    OPEN_GROUND,
    WAIVED,
    SOLD,
    COMMERCIAL,
    EXCEPTED,
    SOURCES,
    TEXTS,
    ABROAD,
    ASSETS,
    ALTERNATIVE,
)

_HANDS_OUT = Phrase(
    r"(?:披露|公开|提供|共享|分享|揭露|透露)[^。]{0,30}[：:]\s*$|除(?:以下|下列|下述|如下)[^。]{0,40}(?:披露|公开|提供|共享|分享|透露)|(?:以下|下列|下述)[^。；，,]{0,6}(?:情况|情形|需要)[^。]{0,60}(?:披露|公开|提供|共享|分享|透露)"
)
_OWN_ITEM = Phrase(
    r"^\W*(?:[\da-zo一二三四五六七八九十]{1,2}[.、)） ])?\s*(?:(?:会员|用户|您)?(?:涉及)?违反[^。；]{0,40}(?:条款|规范|约定|规则|协议)[^。；]{0,6}[。；]?$|"
    r"为?(?:了)?(?:维护|保护|保障)[^。；]{0,16}(?:本公司|我们|本网站|本站|经营者|系统|平台)[^。；]{0,16}(?:权益|利益|安全|运作|运行|声誉)[^。；]{0,6}[。；]?$|"
    r"(?:遵守|符合|应)?(?:相关|有关)?(?:政府|主管)(?:机关|部门)的?要求[。；]?$|[^。；]{0,24}(?:认为|视为)(?:有?必要|适当|合适)的?(?:其他|其它)?(?:情形|情况)?[^。；]{0,4}[。；]?$|(?:以|为)[^。；，,]{0,6}(?:学术研究|公共利益)[^。；]{0,8}[。；]?$|符合[^。；]{0,16}(?:条款|协议)的?规定[。；]?$)"
)


_NEAR = 6


def _line_above(doc: Document, reading: Reading) -> str:
    """The lead-in of lines that are items without a mark: the last line before them that ends with a colon."""
    for r in reversed(doc.readings[max(0, reading.index - _NEAR) : reading.index]):
        if r.heading or (re.match(r"^\W*\d{1,2}[.、]", r.low) and not r.low.rstrip().endswith(("：", ":"))):
            return ""
        if r.low.rstrip().endswith(("：", ":")):
            return r.low
    return ""


_INLINE = re.compile(r"[（(]\d{1,2}[）)]")
_BY_LAW = re.compile(r"法律|强制|法定|依法|法院")


def _parts(doc: Document, reading: Reading) -> Iterator[tuple[str, str]]:
    """The item that a unit is, or the items that its sentence counts, each with its lead-in."""
    starts = [m.span() for m in _INLINE.finditer(reading.low)]
    if len(starts) > 1 and starts[0][0] > 0:
        ends = [start for start, _ in starts[1:]] + [len(reading.low)]
        lead = reading.low[: starts[0][0]]
        for (_, begin), end in zip(starts, ends, strict=True):
            yield lead, reading.text[begin:end].strip()
        return
    yield reading.lead or _line_above(doc, reading), reading.text.strip()


def own_items(doc: Document) -> Iterator[Finding]:
    """Grounds of the company's own in a list of cases in which data is handed out (rule disclosure-open)."""
    hits = [
        Hit(r, words)
        for r in doc.body
        if r.cjk
        for lead, words in _parts(doc, r)
        if _HANDS_OUT.search(lead) and (m := _OWN_ITEM.search(lower(words))) and not _BY_LAW.search(m[0])
    ]
    if hits:
        yield report(
            "undefined-term/disclosure-open",
            "warn",
            of(hits),
            f"data is handed out on a ground that only the company can judge: {quoted(hits)}",
            hint="name the law or the claim, and who decides",
            law="GDPR Art. 5(1)(a)-(b), 6(1)(c); PIPL Art. 13, 23; PDPO DPP3, s. 58",
        )


DETECTORS = (own_items,)
