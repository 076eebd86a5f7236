"""What Chinese claims say of taking data, of nameless data and of its protection, and what breaks it."""

from __future__ import annotations

from troth.policy.lint.chinese_claims import Claim
from troth.policy.lint.chinese_clash import Clash, data, says


def _same_data(one: Claim, other: Claim) -> bool:
    """Whether the data of the one is all data, or of a kind that the other names too."""
    named, met = data(one), data(other)
    return bool(named & met) if named else bool(met)


def _named_data(one: Claim, other: Claim) -> bool:
    """Whether both name the same kind of data."""
    return bool(data(one) & data(other))


# what narrows "we collect nothing" to a place, a source or a kind of people
_NARROWED = r"主动|故意|有意|其他|其它|额外|多余|超出|儿童|未成年|岁|敏感|当[^。；，]{1,14}时|单纯|仅浏览|第三方|支付密码|用于|无关"


def _collects_none(c: Claim) -> bool:
    return "collect" in c.refuses and "collect" not in c.does and not c.conditional and not says(c, _NARROWED)


def _collects(c: Claim) -> bool:
    return "collect" in c.does and "collect" not in c.refuses and not says(c, r"第三方(?!平台)|儿童|未成年")


def _collects_nothing_sensitive(c: Claim) -> bool:
    return (
        "collect" in c.refuses
        and says(c, r"敏感(?:个人)?(?:信息|资料|数据)|生物识别")
        and not c.conditional
        and not says(c, r"主动|故意|儿童|请")
    )


def _collects_sensitive(c: Claim) -> bool:
    return (
        "collect" in c.does
        and "collect" not in c.refuses
        and (c.has("identity") or says(c, r"银行卡号|指纹|面部特征|行踪|健康"))
        and not c.consented
    )


def _records_none(c: Claim) -> bool:
    return (
        "record" in c.refuses
        and c.has("ip", "location", "browsing", "content")
        and not c.conditional
        and not says(c, _NARROWED)
    )


def _records(c: Claim) -> bool:
    return "record" in c.does and "record" not in c.refuses and not c.consented


def _no_logs(c: Claim) -> bool:
    return (
        says(c, r"(?:不(?!限)|没有|无|零)(?:会)?(?:保留|记录|留存|保存|收集)?[^。；，]{0,12}日志")
        and not c.conditional
        and not says(c, r"无法|不(?:少于|超过)|无需")
    )


def _logs(c: Claim) -> bool:
    return (
        "record" in c.does
        and "record" not in c.refuses
        and c.has("log", "ip")
        and not says(c, r"不(?:会)?(?:记录|保留)|您(?:可以|有权)")
    )


_NAMELESS_ABOUT = ("cookie", "log", "device", "browsing", "ip")


def _nameless(c: Claim) -> bool:
    return (
        "nameless" in c.does | c.refuses
        and not c.conditional
        and not says(
            c,
            r"结合|公布|发布|去标识|匿名化|处理后|单独(?:的)?(?:设备|日志)|不会(?:将|把)|注销|删除|共享|提供给|无法识别的?(?:请求|身份)",
        )
    )


def _told_apart(c: Claim) -> bool:
    return (
        "identify" in c.does
        and "nameless" not in c.does
        and not says(c, r"不会|从不|无法|匿名|身份(?:验证|核验)|未成年")
    )


def _nameless_meets(one: Claim, other: Claim) -> bool:
    about = one.kinds.intersection(_NAMELESS_ABOUT)
    if says(one, r"统计"):
        return says(other, r"统计|唯一|长期|跟踪|追踪")
    if not about:
        return True
    return bool(about & other.kinds) or ("browsing" in about and other.has("ip", "device"))


def _only_given(c: Claim) -> bool:
    return (
        (c.has("only") or says(c, r"除非您主动|均(?:由|为|是)您"))
        and (c.has("given") or says(c, r"除非您主动"))
        and ("collect" in c.does | c.refuses or says(c, r"信息[^。；，]{0,4}(?:均|都)"))
        and not c.has("auto")
        and not says(c, r"以及|自动|日志")
    )


def _from_elsewhere(c: Claim) -> bool:
    return (
        c.has("auto", "elsewhere")
        and not c.consented
        and not says(c, r"不(?:会)?(?:从|自动|收集|获取)|从不|您(?:可以|有权)|授权")
    )


def _all_encrypted(c: Claim) -> bool:
    return c.has("all") and "encrypt" in c.does and "plain" not in c.does and not says(c, r"敏感|密码|均?不")


def _not_encrypted(c: Claim) -> bool:
    return "plain" in c.does | c.refuses and not says(
        c, r"邮件(?:并)?未加密|防止|避免|请勿(?!上传)|不(?:会)?(?:以)?明文|可能"
    )


def _minimal(c: Claim) -> bool:
    return c.has("needed") and not says(c, r"sdk|第三方")


def _surplus(c: Claim) -> bool:
    return (
        ("collect" in c.does or says(c, r"填写|提供"))
        and c.has("surplus")
        and not c.consented
        and not says(c, r"不(?:会)?(?:收集|读取|获取)|选填|可选|自愿|可以选择|您可以|拒绝|如您使用")
    )


def _cookie_only(c: Claim) -> bool:
    return (
        c.has("cookie")
        and says(c, r"(?:仅|只)(?:是|用于|为|限于|用来)|作用仅限于")
        and not says(c, r"分析|广告|统计|(?:仅|只)(?:是|为)[^。；，]{0,8}(?:文件|文本|字符)")
    )


def _cookie_more(c: Claim) -> bool:
    return (
        c.has("cookie")
        and says(c, r"广告|行为分析|再营销|统计|跨站|追踪|跟踪")
        and not says(c, r"不(?:会)?(?:使用|用于)|未")
    )


def _no_decision(c: Claim) -> bool:
    return "decide" in c.refuses and not c.conditional and not says(c, r"仅|拒绝|差别|不合理|有权")


def _decision(c: Claim) -> bool:
    return "decide" in c.does and not says(c, r"不(?:会|进行)|您有权|人工复核")


def _no_cookie(c: Claim) -> bool:
    return (
        "cookie" in c.refuses
        and not c.conditional
        and not says(c, r"用于|之外|收集|跟踪|追踪|您|广告|其他|必需|第三方|存储")
    )


def _cookie(c: Claim) -> bool:
    return (
        "cookie" in c.does
        and "cookie" not in c.refuses
        and not says(c, r"不(?:会)?使用|您可以|拒绝|禁用|第三方网站")
    )


def _kept_local(c: Claim) -> bool:
    return (
        c.has("local") and c.has("all", "any") and not c.conditional and not says(c, r"密码|图片仅|如|开启")
    )


def _sent_up(c: Claim) -> bool:
    return c.has("uploaded") and not c.consented and not says(c, r"不(?:会)?上传|您(?:可以|可)选择|自愿")


def _no_tracking(c: Claim) -> bool:
    return (
        says(c, r"不(?:会)?(?:使用(?:任何)?)?(?:跟踪|追踪)")
        and not c.conditional
        and not says(c, r"位置|第三方")
    )


def _analysed(c: Claim) -> bool:
    return says(c, r"google analytics|百度统计|友盟|分析(?:您|用户)(?:浏览|的?行为|访问)") and not says(
        c, r"不(?:会)?使用|未使用"
    )


CLASHES = (
    Clash(
        "never-vs-may",
        "block",
        "no sensitive data is collected ({}) and some is ({})",
        _collects_nothing_sensitive,
        _collects_sensitive,
    ),
    Clash(
        "never-vs-may",
        "block",
        "such data is not collected ({}) and collected ({})",
        _collects_none,
        _collects,
        _same_data,
    ),
    Clash(
        "never-vs-may",
        "block",
        "such data is not recorded ({}) and recorded ({})",
        _records_none,
        _records,
        _named_data,
    ),
    Clash("never-vs-may", "block", "no cookies ({}) and cookies ({})", _no_cookie, _cookie),
    Clash(
        "never-vs-may",
        "block",
        "nothing leaves the device ({}) and something does ({})",
        _kept_local,
        _sent_up,
    ),
    Clash(
        "never-vs-may", "block", "nobody is tracked ({}) and use is analysed ({})", _no_tracking, _analysed
    ),
    Clash(
        "never-vs-may",
        "block",
        "no automated decisions ({}) and automated decisions ({})",
        _no_decision,
        _decision,
    ),
    Clash("logging-conflict", "block", "no logs ({}) and logs ({})", _no_logs, _logs),
    Clash(
        "nameless-conflict",
        "block",
        "this tells nobody apart ({}), and it does ({})",
        _nameless,
        _told_apart,
        _nameless_meets,
    ),
    Clash(
        "source-conflict",
        "block",
        "only what people give is collected ({}), and more is ({})",
        _only_given,
        _from_elsewhere,
    ),
    Clash(
        "security-conflict",
        "block",
        "all of it is encrypted ({}), and some is not ({})",
        _all_encrypted,
        _not_encrypted,
    ),
    Clash(
        "purpose-minimisation",
        "warn",
        "only what is needed is collected ({}), and this is not ({})",
        _minimal,
        _surplus,
    ),
    Clash(
        "cookie-conflict",
        "warn",
        "cookies serve convenience only ({}), and other ends ({})",
        _cookie_only,
        _cookie_more,
    ),
)
