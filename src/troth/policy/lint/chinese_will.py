"""Chinese promises on choices, consent, purposes and notices, and what is done all the same."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint import chinese_choice
from troth.policy.lint.chinese_sides import NONE, Sides, clashes, done
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import quote, report

_ASKS = r"(?:重新|事先|另行|再次)[^。；，]{0,4}(?:征得|征求|取得|获得)[^。；，]{0,6}同意"
_GENERAL = r"(?:个人信息|个人资料|个人数据|用户信息|用户资料|客户资料|(?:您|阁下)(?:的|所提供之?的?)?(?:信息|资料|数据)|(?:收集|提供)的(?:个人)?(?:信息|资料))"

SIDES = (
    Sides(
        "choice-conflict",
        "block",
        "who refuses what is optional keeps the basic functions ({}), and the service does not run ({})",
        Phrase(
            r"(?:不(?:愿|想|希望)?(?:提供|授权|同意|开启)|拒绝|关闭|取消)[^。]{0,60}不(?:会)?影响(?:您|你|用户)?(?:的)?(?:正常)?(?:继续)?(?:使用)?[^。；]{0,30}(?:基本|基础|核心|主要|其他|其它|正常)[^。；]{0,6}(?:功能|服务|业务|产品|使用)|"
            r"(?:可(?:以)?(?:自行|自主|自由)?(?:选择|决定)|由您(?:自行|自主)?决定)[^。；]{0,16}(?:是否)?(?:开启|关闭|授权|提供)[^。]{0,40}不(?:会)?影响"
        ),
        Phrase(r"(?:将|可能|会)(?<!不会)影响(?:您)?(?:的)?(?:正常)?使用(?!到?相应)[^。；]{0,8}(?:本|我们)"),
        done(
            r"(?:授权|权限|附加|扩展|可选|非必要|识别码|设备信息|位置|通讯录|存储|电话状态|相册|摄像头)[^。]{0,60}(?:拒绝|不(?:予)?(?:授权|同意|允许|开启|提供)|关闭|否则)[^。；]{0,30}(?:app|应用|客户端|软件|程序|平台|服务|产品|小程序)[^。；]{0,16}(?:无法|不能)(?:再)?(?:正常)?(?:运行|启动|打开|使用(?=[。；，]|$))|"
            r"(?:拒绝|不(?:予)?(?:授权|同意|允许|开启)|关闭)[^。；]{0,16}(?:权限|授权)[^。；]{0,8}(?:app|应用|客户端|软件|程序|平台|小程序)[^。；]{0,10}(?:无法|不能)(?:正常)?(?:运行|启动|打开|使用(?=[。；，]|$))|"
            r"(?:拒绝|不(?:予)?(?:授权|同意|允许|开启)|关闭)[^。；]{0,16}(?:权限|授权)[^。；]{0,16}(?:退出|无法(?:正常)?(?:使用|进入|打开|运行|登录)(?:本|我们的|全部|任何)?(?:app|应用|客户端|软件|平台|服务|产品|小程序))",
            r"该(?:功能|服务|项|款)|对应(?:的)?(?:功能|服务)|相应(?:的)?(?:功能|服务)|部分功能|此(?:功能|服务)",
        ),
    ),
    Sides(
        "purpose-conflict",
        "block",
        "data serves one purpose only ({}) and others too ({})",
        Phrase(
            rf"{_GENERAL}[^。；，,（(]{{0,10}}(?:仅|只|专)(?:会)?(?:用于|用作|用来|为了|供|限)|{_GENERAL}[^。；]{{0,24}}(?:不作(?:任何)?(?:其他|他)用|不会用(?:于|作)(?:任何)?其他|不(?:会)?另作他用|挪作他用|严格限于|唯一的?目的|一律只用于)|"
            rf"不会将?{_GENERAL}[^。；，,]{{0,4}}用于(?:任何)?其他|"
            rf"(?:仅|只)(?:会)?在[^。；，,]{{0,12}}服务[^。；，,]{{0,6}}(?:必需|必要|所需|需要)的?(?:范围|限度|程度)内?(?:收集|使用|处理)[^。；，,]{{0,4}}{_GENERAL}"
        ),
        Phrase(r"未经|同意|授权|除非|另有"),
        done(
            r"(?:用于|用作|作|向您)[^。；]{0,30}(?:直接促销|市场推广|广告|营销|商业推广|模型训练|训练模型|市场调研|商业合作|用户画像|行业报告)|(?:根据|分析)[^。；]{0,20}(?:画像|推荐|推送)",
            r"不(?:会|得|用|作|将)|未经|同意|拒绝|反对|有权|cookie",
        ),
    ),
    Sides(
        "notice-conflict",
        "warn",
        "changes are told ahead ({}) and made without notice ({})",
        Phrase(
            r"(?:变更|修订|修改|更新|改动|调整|更改)[^。；]{0,24}(?:提前|事先|预先|生效前|前[\d一二三四五六七八九十]+[天日])[^。；]{0,16}(?:通知|告知|公示|提醒|说明)|"
            r"(?:变更|修订|更新|政策|声明)[^。；]{0,16}(?:生效前|公告满|生效之前|前一周|一个月前)|不会突然变更|"
            r"(?:提前|事先|预先)[^。；]{0,24}(?:通知|告知|公示|提醒)[^。；]{0,20}(?:变更|修订|修改|更新)"
        ),
        Phrase(r"不(?:再|另|必|会)?(?:事先|提前|预先)|无需|无须|毋须|恕不|停机|维护|价格"),
        chinese_choice.CHANGES,
    ),
    Sides(
        "optout-vs-consent",
        "warn",
        "marketing by consent ({}) and by default ({})",
        Phrase(
            r"(?:未经|没有|未获|未得)[^。；]{0,10}(?:同意|许可|授权)[^。；]{0,20}(?:商业|推广|营销|广告|促销|推销|宣传)|(?:只有|仅)[^。；]{0,14}(?:主动)?(?:订阅|同意|勾选)[^。；]{0,16}(?:发送|接收|推送|收到)|"
            r"(?:推广|营销|促销)[^。；，,]{0,6}默认关闭|(?:勾选|加入|订阅|点击确认)[^。；]{0,10}(?:后|才|方)[^。；]{0,10}(?:发送|收到|生效)|以[^。；，,]{0,8}同意为前提|先(?:取得|征得)[^。；]{0,8}同意[^。；]{0,16}(?:促销|推广|营销|广告)"
        ),
        NONE,
        chinese_choice.MAILINGS,
    ),
    Sides(
        "change-consent-conflict",
        "block",
        "a new use needs consent again ({}), and a change is accepted by going on ({})",
        Phrase(
            rf"(?:用途|目的|场景|用于)[^。]{{0,40}}{_ASKS}|{_ASKS}[^。；]{{0,20}}(?:用途|目的|场景|用于)|不会[^。；]{{0,10}}(?:削减|减少|限制)[^。；]{{0,16}}权利[^。；]{{0,6}}(?:未经|除非)"
        ),
        Phrase(r"关联公司如要改变|受让"),
        done(
            r"(?:继续(?:使用|访问|登录)|变更后继续)[^。]{0,40}(?:即|便|则)?(?:表示|视为|意味着?|代表|等于)[^。；]{0,24}(?:同意|接受|受[^。；]{0,12}约束)",
            r"不(?:代表|视为|意味|表示)",
        ),
    ),
    Sides(
        "access-conflict",
        "warn",
        "people can see, change and delete their data ({}), and some of it they can not ({})",
        Phrase(
            r"您(?:可以|可|有权)[^。；]{0,24}(?:访问|查询|查阅|查看)[^。；]{0,14}删除[^。；]{0,12}(?:信息|资料|数据)"
        ),
        Phrase(r"除外|法律|但"),
        done(
            r"(?:部分|某些|有些)[^。；，]{0,6}(?:信息|资料|数据|请求)[^。；，]{0,6}(?:可能|将|会)?(?:无法|不能|不予)[^。；，]{0,8}(?:访问|查询|修改|更正|删除|响应|提供)",
            r"注销|备份",
        ),
    ),
    Sides(
        "choice-conflict",
        "warn",
        "switching positioning off ends the collection of places ({}), and places come from elsewhere too ({})",
        Phrase(r"关闭[^。；，]{0,8}定位[^。；]{0,12}(?:停止|不再|不会)[^。；]{0,14}(?:位置|地理)"),
        NONE,
        done(
            r"(?:其他用户|其他人|他人|照片|相片|账户信息|ip ?地址|基站)[^。；]{0,30}(?:位置|地理|地点|所在地)",
            r"不会|关闭",
        ),
    ),
    Sides(
        "choice-conflict",
        "warn",
        "data of one service goes to the others by itself ({}), and by choice ({})",
        Phrase(
            r"(?:某一?项|一项|其中一项|任一)服务[^。；，]{0,8}(?:收集|获得|取得)的?(?:信息|资料|数据)[^。；]{0,40}用于[^。；，]{0,8}(?:其他|其它|另一)(?:的)?[^。；，]{0,4}服务"
        ),
        Phrase(r"经您|同意后|授权后"),
        done(
            r"授权[^。；]{0,40}(?:信息|资料|数据)[^。；，]{0,4}用于[^。；，]{0,8}(?:其他|其它)服务", r"(?!)"
        ),
    ),
    Sides(
        "notice-conflict",
        "warn",
        "what the law asks to tell or to ask is told ({}), and may be told ({})",
        Phrase(
            r"(?:法律|法规)[^。；]{0,30}(?:告知|同意|披露|通知)[^。；]{0,40}我们(?:会|将|一定会)(?!尽)[^。；]{0,30}(?:提供|取得|征得|告知)"
        ),
        Phrase(r"可能会"),
        done(r"(?:法律|法规|需要)[^。]{0,80}我们可能会[^。；]{0,40}(?:提供|告知|取得|补充)", r"(?!)"),
    ),
    Sides(
        "purpose-conflict",
        "block",
        "no other use without consent ({}), and uses without any ({})",
        Phrase(
            r"(?:非经|未经|除非)[^。；，]{0,6}(?:书面)?同意[^。；]{0,12}不会?[^。；]{0,16}(?:用于|用作|作)[^。；，]{0,4}其他(?:用途|目的)"
        ),
        NONE,
        done(
            r"(?:法律依据|依法)[^。；，]{0,4}或[^。；，]{0,4}(?:合约|契约|合同)义务|有利于(?:您|当事人)的?(?:权益|利益)|(?:研析|评估|判断|认为)[^。；，]{0,6}(?:披露|提供)[^。；]{0,20}(?:必要|为了)",
            r"(?!)",
        ),
    ),
    Sides(
        "change-consent-conflict",
        "block",
        "only what people confirm counts ({}), and going on counts as agreement ({})",
        Phrase(
            r"(?:只有|仅(?:在|当)?|须|必须)[^。；，]{0,8}(?:您|用户)?[^。；，]{0,4}(?:确认|明确同意|勾选|点击同意)[^。；]{0,24}(?:才会?|方可?|后)[^。]{0,40}(?:收集|使用|处理|生效|适用)"
        ),
        Phrase(r"广告|营销|推广|定位|cookie"),
        done(
            r"(?:继续(?:使用|访问|登录)|使用[^。；，]{0,12}服务|访问本[^。；，]{0,4})[^。；]{0,24}(?:即|便|则|就)?(?:表示|视为|意味着?|代表|等于)[^。；]{0,16}(?:同意|接受)",
            r"不(?:代表|视为|意味|表示)",
        ),
    ),
    Sides(
        "purpose-conflict",
        "warn",
        "nothing is analysed ({}), and use is counted to improve the product ({})",
        Phrase(
            r"不(?:会)?进行(?:任何)?[^。；，]{0,4}分析|不(?:会)?(?:将|把)[^。；，]{0,16}用于[^。；，]{0,4}分析"
        ),
        Phrase(r"未经|同意|除"),
        done(
            r"(?:使用|功能|访问)[^。；，]{0,4}(?:统计|频率)|统计分析|分析[^。；，]{0,8}(?:使用情况|行为|流量)",
            r"不会|从不|不进行",
        ),
    ),
)


_REQUIRED = Phrase(r"(?:注册|实名认证|开户|登录)[^。]{0,30}(?:必要|需要|必须|须|应当)")
_OPTIONAL = Phrase(r"(?:可选|选择性|非必要|附加)的?[^。；，]{0,10}(?:功能|服务)")
_ITEMS = ("人脸", "身份证", "银行账户", "银行卡", "通讯录", "指纹", "护照", "位置信息")


def needed_and_optional(doc: Document) -> Iterator[Finding]:
    """An item needed to register that elsewhere belongs to an optional function (rule choice-conflict)."""
    needed = [h.reading for h in doc.hits(_REQUIRED) if h.reading.cjk]
    chosen = [h.reading for h in doc.hits(_OPTIONAL) if h.reading not in needed]
    for item in _ITEMS:
        one = [r for r in needed if item in r.low]
        other = [r for r in chosen if item in r.low]
        if one and other:
            yield report(
                "contradiction/choice-conflict",
                "warn",
                (*one, *other),
                f"the same item is needed and optional: {quote([item])}",
                hint="say for which function it is needed, and what follows without it",
                law="PIPL Art. 6, 16, 28",
            )
            return


def contradictions(doc: Document) -> Iterator[Finding]:
    """Choices promised and taken back."""
    yield from clashes(doc, SIDES)


DETECTORS = (contradictions, needed_and_optional)
