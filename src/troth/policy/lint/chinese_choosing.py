"""What Chinese claims say of purposes, choices, messages, minors and changes, and what breaks it."""

from __future__ import annotations

import re

from troth.policy.lint.chinese_claims import Claim
from troth.policy.lint.chinese_clash import Clash, data, says


def _only_for(c: Claim) -> bool:
    """Whether data serves one purpose only, or is never used for others or for marketing."""
    if c.has("ads") and not ({"promote"} & c.refuses):
        return False
    if says(
        c,
        r"^\W*(?:所有|该等|这些|上述|各|我们的)?[^，。；]{0,8}(?:厂商|第三方商?|合作伙伴|合作方|供应商|服务商|承包商|受托方?)[^，。；]{0,4}(?:仅|只)",
    ):
        return False  # a limit on helpers
    if says(c, r"本(?:隐私)?(?:政策|声明|条款)(?:所|中)?|以下|下列|上述|cookie|sdk"):
        return False
    only = says(
        c,
        r"(?:仅|只)(?:会|将|用|为)?[^。；，]{0,3}(?:用于|用作|用来|将[^。；，]{1,14}用于|供[^。；，]{1,12}之用|(?:于|在)[^。；，]{0,14}(?:目的|契约|合同|服务)[^。；，]{0,6}范围内(?:使用|利用|处理))|不(?:会)?[^。；]{0,16}(?:用于|作为?|用作|移作)(?:任何)?其他(?:任何)?(?:用途|目的)|不(?:会)?[^。；]{0,14}用于[^。；，]{0,4}(?:营销|广告|推广|促销)",
    )
    return only and not says(c, r"除非|另有|以下情形|(?:重新|另行|再次)(?:征得|取得)")


def _used_for_more(c: Claim) -> bool:
    if c.consented or says(
        c, r"您(?:可以|可|有权)|退订|拒绝|不(?:会|再)|如果您(?:同意|订阅)|未经|勾选|订阅了?"
    ):
        return False
    return ("promote" in c.does and c.has("ads")) or (
        c.has("research") and says(c, r"用于|分析|训练|进行|开展|与[^。；，]{0,12}结合")
    )


def _purpose_meets(one: Claim, other: Claim) -> bool:
    """A promise on one kind of data against that kind, a general one against any data of people."""
    named = data(one) - {"name"}
    if not named:
        return bool(data(other)) or other.has("any") or says(other, r"您的|会员|客户|联系方式|信息|资料|数据")
    wide = set(named)
    if named & {"phone", "email", "contact"}:
        wide |= {"contact"}
    if "identity" in named:
        wide |= {"identity"}
    met = data(other)
    return bool(
        (named & met) | (({"contact"} & wide) & met if len(named & {"phone", "email"}) == 0 else named & met)
    )


def _policy_change(c: Claim) -> bool:
    return (
        "change" in (c.does | c.refuses)
        and c.has("policy")
        and not says(c, r"价格|费用|密码|您的资料|停机|维护")
    )


_AGE = re.compile(r"(\d{1,2}|十三|十四|十六|十八|二十|七|八|十二) ?(?:周)?岁(以上|及以上|或以上)?")


_YEARS = {"七": 7, "八": 8, "十二": 12, "十三": 13, "十四": 14, "十六": 16, "十八": 18, "二十": 20}


def _age(c: Claim, default: int) -> int:
    match = _AGE.search(c.low)
    if match:
        return int(match[1]) if match[1].isdigit() else _YEARS[match[1]]
    if "成年" in c.low:
        return 18
    return 14 if re.search(r"儿童|子女|孩子", c.low) else default


def _closed(c: Claim) -> bool:
    return (
        "closed" in c.does | c.refuses
        and not c.conditional
        and "admitted" not in c.does
        and not says(c, r"主要|主动|误收集|发现")
    )


def _admits(c: Claim) -> bool:
    return (
        "admitted" in c.does
        and c.has("child")
        and not says(
            c,
            r"如(?:果)?(?:我们)?发现|误收集|未经|没有|不(?:会|得)|若(?:您|我们)(?:认为|发现|知悉)|尽快删除|联系我们|若您是[^。；，]{0,10}(?:父母|监护人)|删除",
        )
    )


def _younger(one: Claim, other: Claim) -> bool:
    limit, age = _age(one, 18), _age(other, 18)
    match = _AGE.search(other.low)
    if match and match[2]:  # "from 14 on" against "not below 18"
        return age < limit
    return age <= limit


def _optional(c: Claim) -> bool:
    return "optional" in c.does | c.refuses and not says(
        c, r"(?<!不)会影响|可能(?:会)?影响|部分功能|但(?:您)?(?:将|可能)?(?:无法|不能)|导致"
    )


def _lost(c: Claim) -> bool:
    return (
        "lose" in c.does | c.refuses
        and says(c, r"拒绝|不(?:提供|接受|同意|授权|开启)|未(?:提供|完善|填写|开启)|关闭|停用")
        and not says(
            c, r"部分(?:功能|服务)|某些|本政策|本协议|本声明|该(?:功能|项)|相应|对应|手机号|账号密码"
        )
    )


_CHOICES = re.compile(r"cookie|位置|性别|生日|个性化|权限|通讯录|相机|存储|非必要|推荐|广告|信息")


def _choice_meets(one: Claim, other: Claim) -> bool:
    mine, theirs = set(_CHOICES.findall(one.low)), set(_CHOICES.findall(other.low))
    narrow = (mine & theirs) - {"信息", "权限", "推荐"}
    if {"cookie"} & (mine | theirs):
        return "cookie" in mine & theirs
    return (
        bool(narrow) or ("个性化" in mine and "个性化" in theirs) or ("非必要" in mine and "任" in other.low)
    )


def _only_here(c: Claim) -> bool:
    return says(c, r"(?:政策|声明|条款)[^。；，]{0,4}(?:仅|只)(?:限)?(?:适用|覆盖|涵盖|限于|于)")


def _here_and_there(c: Claim) -> bool:
    return (
        says(c, r"(?:政策|声明|条款)[^。；，]{0,4}适用于[^。；]{0,40}(?:所有|全部|以及|、|及)")
        and not says(c, r"不适用|仅|只")
    ) or says(c, r"线下(?:门店|活动)|展会")


def _no_ads(c: Claim) -> bool:
    return (
        ("promote" in c.refuses or says(c, r"(?:不含|没有|无)(?:任何)?广告"))
        and not c.conditional
        and c.has("ads")
        and not says(c, r"用于|第三方(?:的)?广告|其他")
    )


def _ads(c: Claim) -> bool:
    return (
        "promote" in c.does
        and c.has("ads")
        and not c.consented
        and not says(c, r"不(?:会|再)|您(?:可以|可|有权)|退订|拒绝")
    )


def _stops_all(c: Claim) -> bool:
    return "stop all" in c.does and not says(c, r"营销|推广|促销|广告|商业")


def _goes_on(c: Claim) -> bool:
    return "unstoppable" in c.does and says(c, r"通知|公告|消息|信息")


def _respects(c: Claim) -> bool:
    return "respect" in c.refuses and says(c, r"同意")


def _told_before(c: Claim) -> bool:
    return (
        ("tell ahead" in c.does or "tell ahead" in c.refuses)
        and (_policy_change(c) or says(c, r"重大(?:变更|修订|修改|变化)"))
        and not says(c, r"恕不|无需|无须|毋须|不再")
    )


def _untold(c: Claim) -> bool:
    return (
        "no-notice" in c.does
        and _policy_change(c)
        and not says(c, r"不(?:会)?更改|不(?:会)?变更|不(?:会)?修改")
    )


def _asked_first(c: Claim) -> bool:
    return says(
        c,
        r"(?:未获得|未取得|未征得|未经|在?(?:获得|取得|征得))[^。；，]{0,10}(?:明确)?(?:同意|授权)(?:之)?(?:前|后)?[^。；]{0,10}(?:不会|才会?|方)[^。；，]{0,4}(?:收集|处理|使用)",
    ) and not says(c, r"儿童|未成年|监护人|营销|敏感|人脸|位置")


def _taken_by_going_on(c: Claim) -> bool:
    return "accept" in c.does or (
        says(
            c,
            r"(?:继续)?(?:访问|浏览|使用|登录)[^。；，]{0,14}(?:即|便)?(?:表示|视为|代表|意味着?)[^。；]{0,10}(?:接受|同意|授权)",
        )
        and not says(c, r"不(?:视为|代表|表示)")
    )


CLASHES = (
    Clash(
        "change-consent-conflict",
        "block",
        "nothing is taken before people agree ({}), and use counts as agreement ({})",
        _asked_first,
        _taken_by_going_on,
    ),
    Clash("never-vs-may", "block", "no advertising ({}) and advertising ({})", _no_ads, _ads),
    Clash(
        "purpose-conflict",
        "block",
        "data serves one purpose only ({}) and others too ({})",
        _only_for,
        _used_for_more,
        _purpose_meets,
    ),
    Clash(
        "notice-conflict",
        "warn",
        "changes are told ahead ({}) and made without notice ({})",
        _told_before,
        _untold,
    ),
    Clash(
        "children-conflict",
        "warn",
        "people of this age are turned away ({}), and come in ({})",
        _closed,
        _admits,
        _younger,
    ),
    Clash(
        "choice-conflict",
        "block",
        "people may refuse ({}), and who does loses the service ({})",
        _optional,
        _lost,
        _choice_meets,
    ),
    Clash(
        "scope-conflict",
        "warn",
        "the text is for this alone ({}), and for more ({})",
        _only_here,
        _here_and_there,
    ),
    Clash(
        "optout-scope",
        "warn",
        "every message can be stopped ({}), and some come in any case ({})",
        _stops_all,
        _goes_on,
    ),
    Clash(
        "change-consent-conflict",
        "block",
        "rights are not cut without consent ({}), and going on counts as consent ({})",
        _respects,
        lambda c: "accept" in c.does,
    ),
)
