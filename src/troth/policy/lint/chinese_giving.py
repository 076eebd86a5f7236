"""What Chinese claims say of who gets data, who looks at it and where it goes, and what breaks it."""

from __future__ import annotations

import re

from troth.policy.lint.chinese_claims import Claim
from troth.policy.lint.chinese_clash import Clash, says

# nobody at all, not one kind of recipient
_NOBODY = r"任何|第三方|第三者|他人|别人|外人|其他|对外|外泄|泄露"


def _gives_none(c: Claim) -> bool:
    if (
        c.conditional
        or c.lawful
        or says(
            c,
            r"(?:仅|只)与|^\W*(?:所有|任何|各|这些|上述)?(?:受托|供应商|服务商|合作方|员工|承包商|雇员|他们)[^。；，]{0,8}(?:不|禁止)|密码|您不|请|主动|目的|营销|推广|促销",
        )
    ):
        return False
    refused = (
        c.refuses & {"give"}
        and says(c, _NOBODY)
        and (not says(c, r"出售|售卖|出租|贩卖") or says(c, r"提供|共享|分享|披露|透露|泄露"))
    )
    return bool(refused) or (c.has("inside") and c.has("any"))


def _gives(c: Claim) -> bool:
    return (
        "give" in c.does
        and "give" not in c.refuses
        and not c.consented
        and not c.lawful
        and not says(
            c,
            r"匿名|统计|去标识|脱敏|向(?:我们|您|本公司)[^。；，]{0,4}(?:提供|披露|发送)|提供给我们|告知(?:您|我们)|您(?:通过|使用|在)第三方|链接|第三方网站",
        )
    )


_PLACES = {
    "cn": r"中国|中华人民共和国|大陆|内地|北京|上海|深圳|广州|杭州|成都|贵州",
    "hk": r"香港|本港",
    "tw": r"台湾|台北|新竹|彰化|高雄",
    "jp": r"日本|东京|大阪",
    "sg": r"新加坡",
    "us": r"美国|洛杉矶|硅谷|弗吉尼亚|俄勒冈|纽约|openai|google|firebase|aws|cloudflare",
    "eu": r"德国|法兰克福|荷兰|阿姆斯特丹|法国|巴黎|爱尔兰|都柏林|英国|伦敦|欧洲|欧盟",
    "asia": r"菲律宾|马尼拉|印度|马来西亚|越南|泰国|韩国|首尔",
    "other": r"加拿大|澳大利亚|澳洲|悉尼|巴西|俄罗斯",
}


_PLACE = {name: re.compile(words) for name, words in _PLACES.items()}


def _places(c: Claim) -> frozenset[str]:
    return frozenset(name for name, words in _PLACE.items() if words.search(c.low))


_ABROAD_VERBS = r"(?:存储|储存|存放|保存|备份|传输|传送|发送|同步|转移|移转|提供|处理|访问|位于|服务器|上传|中转|镜像|部署|分发|缓存|代管|接收)"


def _stays(c: Claim) -> bool:
    if says(
        c,
        r"如需|若需|如确需|必要时|主要|通常|一般|原则上(?!，[^。]{0,40}不)|除[^。；]{0,14}外|选择|经您|单独同意|未经",
    ):
        return False
    refused = "abroad" in c.refuses
    kept = says(
        c, r"(?:仅|只|全部|所有|均|一律|都)[^。；]{0,10}(?:存储|储存|存放|保存|备份|放)(?:在|于)"
    ) or says(c, r"(?:存储|储存|存放|保存)(?:在|于)[^。；]{0,24}(?:境内|国内|本港)")
    return (refused or (kept and (bool(_places(c)) or says(c, r"境内|国内")))) and says(c, r"信息|资料|数据")


def _leaves(c: Claim) -> bool:
    if (
        c.consented
        or "abroad" in c.refuses
        or says(
            c, r"如需|若需|如确需|可能需要|不会|您(?:可以)?选择|选择[^。；，]{0,6}节点|不(?:存储|传输)|申请"
        )
    ):
        return False
    return (
        bool(_places(c))
        and says(c, _ABROAD_VERBS)
        and says(c, r"信息|资料|数据|日志|提问|工单|内容|备份|图片|文件|令牌|标识")
    )


def _elsewhere(one: Claim, other: Claim) -> bool:
    home, away = _places(one), _places(other)
    if says(one, r"境内|国内|出境|境外|跨境|以外") and not home:
        home = frozenset({"cn"})
    if says(other, r"境内"):
        return False
    return bool(away - home) and not (away & home and len(away) == 1)


def _reviewed(c: Claim) -> bool:
    return (
        ("look" in c.does or says(c, r"(?:人工|机器)[^。；，]{0,4}审核|抽查|可以看到"))
        and not c.consented
        and not c.lawful
        and not says(c, r"不(?:会|得|能)|无法|无权|未经|授权|您(?:可以|可|提交|登录)|经您|公开(?:发布|发表)")
        and c.has("content", "password", "any", "log")
    ) or says(c, r"(?:登录|登入|进入)[^。；，]{0,10}(?:主机|服务器|数据库)[^。；]{0,10}(?:查看|检视|读取)")


def _unlooked(c: Claim) -> bool:
    return (
        (
            "look" in c.refuses
            or says(
                c,
                r"无法(?:接触|读取|查看|进入|登录)|无从|(?:只有|仅)(?:您|你|用户)(?:本人|自己)?[^。；，]{0,4}(?:看到|查看|访问|读取)",
            )
        )
        and not c.conditional
        and not says(c, r"密码|口令|您(?:无法|不能)|请|第三方|主动")
    )


def _password_hidden(c: Claim) -> bool:
    return says(
        c, r"密码[^。]{0,40}(?:不可逆|哈希|无法(?:得知|获知|知悉|查看|还原)|无从(?:得知|知悉)|均无从)"
    )


def _password_shown(c: Claim) -> bool:
    return says(
        c,
        r"(?:原|您的|登录)密码[^。；，]{0,6}(?:发送|寄|告知|告诉)|(?:查询|告知|告诉您?)[^。；，]{0,4}密码|发送[^。；，]{0,4}(?:原)?密码(?!重)",
    ) and not says(c, r"不会|重设|重置|请勿|链接")


def _no_sdk(c: Claim) -> bool:
    return (
        "sdk" in c.refuses
        and says(c, r"(?:接入|集成|使用|嵌入|内置|包含)")
        and not c.conditional
        and not says(c, r"广告|推送|定位|境外")
    )


def _sdk(c: Claim) -> bool:
    return (
        "sdk" in c.does
        and "sdk" not in c.refuses
        and says(c, r"接入|集成|使用|收集|用于|嵌入")
        and not says(c, r"不(?:会)?(?:接入|集成|使用)")
    )


_COUNTED = re.compile(
    r"顺丰|京东|支付宝|微信|阿里云|腾讯|华为|友盟|极光|百度|中通|圆通|stripe|paypal|google|支付机构|物流|外部公司|客服系统|广告|保险|银行|征信"
)


_KIN = {
    "支付宝": "支付机构",
    "微信": "支付机构",
    "stripe": "支付机构",
    "paypal": "支付机构",
    "顺丰": "物流",
    "京东": "物流",
    "中通": "物流",
    "圆通": "物流",
}


def _closed_circle(c: Claim) -> bool:
    return (
        says(c, r"(?:仅|只)(?:会)?(?:与|向|限于|提供给|共享给)|第三方[^。；，]{0,6}(?:仅限于|只有|仅有|仅为)")
        and bool(_COUNTED.search(c.low))
        and says(c, r"共享|提供|分享|接入|披露|sdk")
    )


def _outside(one: Claim, other: Claim) -> bool:
    named = set(_COUNTED.findall(one.low))
    named |= {name for name, kind in _KIN.items() if kind in named}
    others = set(_COUNTED.findall(other.low))
    return bool(others) and not others <= named


def _circle_left(c: Claim) -> bool:
    return (
        _gives(c) or _sdk(c) or says(c, r"(?:外部|其他)公司[^。；]{0,16}(?:看到|接触|访问|处理|提供)")
    ) and bool(_COUNTED.search(c.low))


def _only_law(c: Claim) -> bool:
    return (
        says(
            c,
            r"(?:仅|只有?)(?:在|于|当|会)?[^。；]{0,24}(?:法律|法规|司法|法院|法律文书|依法)[^。；]{0,16}|除(?:非)?[^。；，]{0,10}(?:法律|司法|法规)[^。；，]{0,12}外?[^。；]{0,10}不",
        )
        and says(c, r"披露|提供|公开")
        and not says(c, r"同意|授权|或(?:者)?|以下|下列")
    )


def _own_ground(c: Claim) -> bool:
    return (
        says(c, r"披露|提供|公开")
        and says(
            c,
            r"(?:我们|本公司)[^。；，]{0,8}(?:认为|相信|判断)|善意|合理判断|维护[^。；，]{0,8}(?:本公司|我们)[^。；，]{0,6}(?:利益|权益)|保障(?:本公司|我们)的?利益",
        )
        and not c.consented
        and not says(c, r"不会|您(?:认为|可以)")
    )


def _own_use(c: Claim) -> bool:
    return (
        "controller" in c.does
        and says(c, r"(?:我们|本公司|平台)")
        and says(c, r"客户|您存储|您储存|上传|业务数据|托管|访客")
        and not c.consented
        and not says(c, r"不会|账号信息|按(?:照)?[^。；，]{0,6}指示")
    )


def _bound(c: Claim) -> bool:
    return (
        "processor" in c.does
        and says(c, r"我们|本公司|平台")
        and not says(c, r"委托(?:第三方|.{0,10}公司)|供应商|合作|账号信息")
    )


def _not_handed_over(c: Claim) -> bool:
    return "hand over" in c.refuses and not c.conditional and not c.lawful and "give" not in c.does


def _goes_along(c: Claim) -> bool:
    return (
        c.has("merger") and says(c, r"转让|转移|移转|一并") and not says(c, r"通知|告知|同意|约束|除外|要求")
    )


def _not_sold(c: Claim) -> bool:
    return "sell" in c.refuses and not c.conditional


def _sold(c: Claim) -> bool:
    return says(
        c,
        r"有偿[^。；]{0,10}(?:提供|共享|转让)|(?:出售|售卖|卖给)[^。；]{0,12}(?:信息|资料|数据)|(?:信息|资料|数据)[^。；，]{0,6}(?:出售|售)给",
    ) and not says(
        c,
        r"不(?:会|得)|绝|从不|服务|未经|前通知|(?:资产|业务|公司|商品|股权)(?:的)?(?:出售|转让)|(?:购买|买)[^。；，]{0,4}(?:和|及|、)?出售",
    )


def _not_watched(c: Claim) -> bool:
    return "censor" in c.refuses and not c.conditional and not says(c, r"义务|责任|第三方|您不")


def _watched(c: Claim) -> bool:
    return (
        "censor" in c.does
        and not c.lawful
        and not says(c, r"不(?:会)?(?:进行|主动)|投诉|举报|您(?:可以|可)|病毒")
    )


def _by_consent_only(c: Claim) -> bool:
    return (
        "give" in c.refuses
        and says(c, r"(?:未经|非经|没有|未得|未获)[^。；，]{0,8}(?:同意|许可|授权)")
        and not c.lawful
        and not says(c, r"除|以下|下列|儿童|未成年|出售|营销|推广")
    )


def _for_advertising(c: Claim) -> bool:
    return _gives(c) and (c.has("ads") or says(c, r"营销|推广|促销|市场"))


CLASHES = (
    Clash(
        "confidentiality-conflict",
        "block",
        "nobody gets data without consent ({}), and others get it to advertise, nobody asked ({})",
        _by_consent_only,
        _for_advertising,
    ),
    Clash(
        "access-conflict", "block", "nobody looks inside ({}) and somebody does ({})", _unlooked, _reviewed
    ),
    Clash(
        "password-conflict",
        "block",
        "nobody can read passwords ({}) and they are read out ({})",
        _password_hidden,
        _password_shown,
    ),
    Clash(
        "confidentiality-conflict",
        "block",
        "data is given to nobody ({}) and others get it ({})",
        _gives_none,
        _gives,
    ),
    Clash(
        "confidentiality-conflict",
        "block",
        "data is not handed over ({}), and moves with the company ({})",
        _not_handed_over,
        _goes_along,
    ),
    Clash("confidentiality-conflict", "block", "data is not sold ({}) and sold ({})", _not_sold, _sold),
    Clash(
        "confidentiality-conflict",
        "block",
        "only these get data ({}), and others too ({})",
        _closed_circle,
        _circle_left,
        _outside,
    ),
    Clash("recipients-conflict", "warn", "no packages of others ({}), and one ({})", _no_sdk, _sdk),
    Clash(
        "disclosure-conflict",
        "warn",
        "only the law opens the data ({}), and so does the company's own view ({})",
        _only_law,
        _own_ground,
    ),
    Clash(
        "transfer-conflict",
        "block",
        "data stays in one place ({}) and goes elsewhere ({})",
        _stays,
        _leaves,
        _elsewhere,
    ),
    Clash("role-conflict", "warn", "the company only processes ({}) and decides ({})", _bound, _own_use),
    Clash(
        "monitoring-conflict",
        "block",
        "nobody reviews or removes contents ({}) and somebody does ({})",
        _not_watched,
        _watched,
    ),
)
