"""Rights that a Chinese text refuses, prices, delays, ties to places or has people give up; built from kinds of words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.chinese_wording import Wording
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quoted, report

RIGHT = r"(?:查询|查阅|复制|更正|修改|更改|删除|注销|撤回|撤销|退订|停止利用|导出|转移)"
_USER = r"(?:您|你|用户|会员|客户|阁下|当事人|用户者)"
_LAW = "PIPL Art. 15, 44-50; GDPR Art. 7(3), 12, 15-21; PDPA (TW) Art. 3, 10-14; PDPO DPP6"
# what may be refused: what the law keeps, names that log people in, copies, data of others
_FAIR = (
    r"法律|法规|条例|保存期|用户名|昵称|备份|恢复|他人|其他用户|第三方|cookie|身份(?:验证|核验)|若(?:您)?不|如(?:果)?您?不|部分|除(?:非|外|了|以下|上述)|我们不会|不会拒绝|"
    r"退款|订单|发票|公开的"
)

DENIED = Wording(
    "risky-promise/right-denied",
    "block",
    "a right is refused outright",
    "grant it, or name the exception of the law",
    _LAW,
    Phrase(
        rf"(?:我们|本公司|平台|系统|本(?:应用|站|网站|服务)|暂|均|概)不(?:提供|支持|接受|受理|允许)[^。；，,]{{0,14}}{RIGHT}|(?:后|均|也)不(?:允许|支持|接受)[^。；，,]{{0,6}}{RIGHT}|(?:不开放|无法(?:为)?(?:您|用户|会员)?[^。；，,]{{0,4}}提供)[^。；，,]{{0,12}}{RIGHT}|"
        rf"{_USER}(?:均|将|都)?(?:不能|不得|无权|不可)[^。；，,]{{0,4}}{RIGHT}[^。；，,]{{0,10}}(?:授权|同意|信息|资料|数据|账号|账户)|"
        r"(?:账号|账户|信息|资料|授权|同意)[^。；，,]{0,10}(?:不可|不能|无法)(?:再)?(?:注销|删除|撤销|撤回)(?!恢复)"
    ),
    Phrase(_FAIR),
)
NARROWED = Wording(
    "risky-promise/right-narrowed",
    "warn",
    "the right is smaller here than in the law",
    "state the right with the conditions of the law, no further ones",
    _LAW,
    Phrase(
        rf"每(?:个)?(?:自然)?(?:年|月|季度|半年)[^。；，]{{0,8}}(?:只能|仅可|仅限|仅能|最多|限|只可)[^。；，]{{0,12}}(?:一次|1 ?次|两次|{RIGHT})|"
        rf"(?:只有|仅)(?:在|当)?[^。；]{{0,24}}(?:违反|违法|违约)[^。；]{{0,24}}(?:才|方|始)[^。；，]{{0,8}}{RIGHT}|"
        rf"(?:只能|仅能|仅可|只可)(?:撤回|撤销|收回)对?[^。；，]{{0,12}}(?:营销|推广|广告|促销)[^。；，]{{0,6}}的?(?:同意|授权)|"
        rf"{RIGHT}[^。；]{{0,24}}(?:须|应当?|需|必须)[^。；，]{{0,8}}(?:说明|提供|出具)[^。；，]{{0,8}}(?:正当|充分|合理|书面)?(?:理由|公证|法院|法庭)|"
        rf"(?:公证|法庭命令|法院命令)[^。；]{{0,16}}(?:证明|方可|才)|(?:仅得|只能|仅能|仅可)(?:于|在)[^。；，]{{0,12}}(?:终止|结束|届满|关闭)后[^。；，]{{0,6}}(?:申请|请求|要求|{RIGHT})|"
        rf"{RIGHT}[^。；]{{0,20}}(?:审核|批准|许可)(?:通过|同意)?后方?(?:可|能)|{RIGHT}[^。；，,]{{0,8}}(?:需|须|应)[^。；，,]{{0,10}}审核|说明(?:注销|删除|撤回|查询)(?:的)?(?:原因|理由)|(?:仅|只有)[^。；，,]{{0,3}}(?:vip|付费|企业|高级)[^。；，,]{{0,8}}(?:可以|可|能|有权)[^。；，,]{{0,4}}{RIGHT}"
    ),
    Phrase(r"身份(?:验证|核验|认证)|无需|无须|不必|法律规定的|未成年|继承|去世|逝者|已故"),
)
RETALIATION = Wording(
    "risky-promise/rights-retaliation",
    "block",
    "who uses a right loses something",
    "take nothing away for the use of a right",
    "PIPL Art. 16; GDPR Art. 7(4), 12(2); Cal. Civ. 1798.125; PDPO DPP6",
    Phrase(
        r"(?:拒绝|撤回|行使|退订|(?:要求|申请)(?:停止|删除|注销)|不同意)[^。；]{0,30}(?:不(?:能|再|得)[^。；，,]{0,4}(?:享受|享有|参与)|取消[^。；，]{0,8}(?:折扣|优惠|资格)|没收|"
        r"(?:不予|概不|不)退(?:费|还)|自动放弃|终止其?会员)"
    ),
    Phrase(
        r"不(?:会)?因|不会|不影响|该(?:同意|授权|功能)|相应|对应|违反|欠费|转换|提取|先行|结清|无法继续提供"
    ),
)
FEES = Wording(
    "risky-promise/rights-fee",
    "warn",
    "people pay for the use of a right",
    "answer free of charge; take the cost only of repeated or excessive requests, or what the law of the place allows",
    "PIPL Art. 50; GDPR Art. 12(5)",
    Phrase(
        rf"(?:{RIGHT}|副本|复本)[^。；]{{0,24}}(?:收取|支付|缴付|缴纳|收费)[^。；]{{0,16}}(?:\d+ ?元|手续费|工本费|服务费|费用)|(?:收取|支付|缴付|缴纳)[^。；，]{{0,14}}(?:\d+ ?元|手续费|工本费)[^。；]{{0,16}}{RIGHT}"
    ),
    Phrase(
        r"不(?:会)?(?:向您)?收(?:取)?|免费|合理(?:的)?(?:费用|成本)|超出|重复|必要(?:的)?成本|条例|个资法|个人信息保护法|退款|订单|服务器|域名"
    ),
)
WAIVED = Wording(
    "risky-promise/rights-waiver",
    "block",
    "people are made to give up rights that can not be given up",
    "take it out; such a waiver binds nobody",
    "PIPL Art. 44, 50, 69; PDPA (TW) Art. 3; Cal. Civ. 1798.192",
    Phrase(
        rf"{_USER}[^。；，,]{{0,10}}(?:放弃|抛弃)[^。；]{{0,24}}(?:权利|请求权|索赔|索偿|追究|主张|追索)|(?:放弃|抛弃)[^。；，,]{{0,8}}(?:个资法|个人信息保护法|法律)[^。；，,]{{0,10}}(?:权利|请求权)"
    ),
    Phrase(r"不会|不要求|不代表|不视为|不意味|不得|我们(?:未|没有)?(?:主张|放弃)"),
)
TERRITORIAL = Wording(
    "risky-promise/rights-territorial",
    "warn",
    "rights for residents of one place, in a text that serves others too",
    "give the rights to everybody whom the text covers",
    "PIPL Art. 44-47; GDPR Art. 3(1), 12-22",
    Phrase(
        r"(?:仅|只有)(?:限)?[^。；，]{0,4}(?:位于)?(?:欧盟|加州|加利福尼亚|欧洲|欧洲经济区|英国)[^。；，]{0,12}(?:居民|用户|用户者|消费者|人士)[^。；，]{0,8}(?:有权|可以|可|得|享有)|"
        r"其他(?:地区|国家|地方)(?:的)?(?:用户|居民|人士)?[^。；，]{0,4}(?:不享有|不适用|无权)"
    ),
    Phrase(r"另有|还|亦"),
)
REFUSED = Wording(
    "open-ended/refusal-broad",
    "warn",
    "requests are refused on grounds that the law does not know",
    "name the exceptions of the law, and give the reason with every refusal",
    "GDPR Art. 12(4)-(5); PIPL Art. 44-50; PDPO s. 20",
    Phrase(
        r"(?:请求|申请|要求)[^。；]{0,30}(?:有碍|妨碍|影响(?:我们|本公司)|增加[^。；，,]{0,6}成本|不切实际|过多(?:的)?技术|业务运作|经营)[^。]{0,30}(?:拒绝|不予|不响应|无法响应)|"
        r"(?:过多(?:的)?技术手段|不切实际|非常困难)[^。]{0,24}(?:请求|申请|要求)[^。]{0,16}(?:拒绝|不予)"
    ),
    Phrase(r"公务机关|法定职务|国家安全|说明[^。；，]{0,4}理由|告知[^。；，]{0,6}理由|申诉|救济"),
)
WORDINGS = (DENIED, NARROWED, RETALIATION, FEES, WAIVED, TERRITORIAL, REFUSED)

_ANSWER = Phrase(
    r"(\d{1,3}|[一二三四五六七八九]?十[一二三四五六七八九]?|九十|六十|三十)\s?个?(工作)?(?:日|天)(?:之)?(?:内|以内)?[^。；，\d]{0,8}(?:答复|回复|响应|处理|准驳|回应|完成|予以|给予)|"
    r"(?:审核|处理|办理|答复)(?:期|时间|周期|期限)[^。；，\d]{0,4}(\d{2,3})\s?个?(工作)?(?:日|天)"
)
_REQUEST = Phrase(r"请求|要求|申请|查询|查阅|注销|更正|删除|权利")
_DIGITS = {c: n for n, c in enumerate("一二三四五六七八九", 1)}
# calendar days that the law or the standard of the place gives for an answer
_LIMITS = {"HK": 40, "TW": 30}
_USUAL = 30
_WEEK = 7 / 5


def number(word: str) -> int:
    """The value of a number below a hundred, in figures or characters."""
    if word.isdigit():
        return int(word)
    tens, ten, ones = word.partition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones if ten else tens, 0)


def late(doc: Document) -> Iterator[Finding]:
    """Answers to requests that take longer than the law of the place gives (rule deadline-too-long)."""
    limit = next((days for place, days in _LIMITS.items() if place in doc.places), _USUAL)
    hits = []
    for hit in doc.hits(_ANSWER):
        match = _ANSWER.search(hit.reading.low)
        if not match or not hit.reading.cjk or not _REQUEST.search(hit.reading.low):
            continue
        days = number(match[1] or match[3]) * (_WEEK if match[2] or match[4] else 1)
        if days > limit and not re.search(r"延长|延期|不超过|备案|投诉平台|冷静期|退款", hit.reading.low):
            hits.append(hit)
    if hits:
        yield report(
            "risky-promise/deadline-too-long",
            "warn",
            of(hits),
            f"an answer takes longer than the law gives: {quoted(hits)}",
            hint=f"answer within {limit} days, sooner where the law says so",
            law="PIPL Art. 50; GB/T 35273 8.7; PDPA (TW) Art. 13; PDPO s. 19",
        )


DETECTORS = (late,)
