"""More pairs of Chinese statements that can not both be kept: choices, copies, roles, helpers, rights that are taken back."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.chinese_sides import Sides, clashes, done
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import quote, report

_NONE = Phrase(r"(?!)")
_ASKS = r"(?:重新|事先|另行|再次)[^。；，]{0,4}(?:征得|征求|取得|获得)[^。；，]{0,6}同意"
_PERSONAL = r"(?:个人(?:身份)?(?:信息|数据|资料))"

SIDES = (
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
        "confidentiality-conflict",
        "block",
        "personal data is not sold ({}), and it is an asset that changes hands ({})",
        Phrase(
            r"(?:不会|绝不|从不|不得|亦不|也不|更不)[^。；，]{0,4}(?:销售|出售|售卖|出卖|买卖)[^。；，]{0,10}(?:信息|资料|数据)|(?:信息|资料|数据)[^。；，]{0,8}(?:不会|绝不)[^。；，]{0,3}(?:出售|销售)"
        ),
        _NONE,
        done(
            r"(?:信息|资料|数据|名单)[^。；]{0,16}(?:视作|视为|作为|属于|列为|也是)[^。；，]{0,8}资产|(?:信息|资料|数据)[^。；]{0,14}(?:成为|列入|构成)[^。；，]{0,8}资产",
            r"不(?:会)?(?:视|作为|属)",
        ),
    ),
    Sides(
        "never-vs-may",
        "block",
        "no copies are made ({}) and copies are made ({})",
        Phrase(
            r"(?:不会|绝不|从不|也不会|不)[^。；，]{0,10}(?:备份|复制|拷贝|留存副本)[^。；，]{0,20}(?:文件|信息|数据|内容|代码|资料)"
        ),
        Phrase(r"未经|同意|请|您不|立即|备份[^。；，]{0,10}删除"),
        done(
            r"(?:向|到|至|在)[^。；，]{0,8}服务器[^。；，]{0,4}备份|(?:服务器|数据|异地|定期|每日|多重|自动)[^。；，]{0,4}备份|备份(?:您|用户|全部|所有)?的?(?:数据|资料|文件)|(?:使用|拉取|克隆|下载)[^。；，]{0,6}(?:源代码|代码)[^。；，]{0,6}(?:构建|编译|分析)",
            r"(?:不会|绝不|从不|请|建议|您(?:应|可|自行))",
        ),
    ),
    Sides(
        "definition-conflict",
        "block",
        "addresses of machines are personal data ({}), and others who take them take none ({})",
        Phrase(rf"{_PERSONAL}[^。]{{0,100}}ip ?地址"),
        Phrase(r"不(?:是|属于|包括|含|收集)|非个人"),
        done(
            rf"(?:接收|收集|获取|记录|读取|使用)[^。；]{{0,24}}ip ?地址[^。]{{0,60}}(?:不(?:会)?(?:收集|包含|含有?|涉及|获取|识别)|并非|不属于|不构成)[^。；，]{{0,8}}{_PERSONAL}",
            r"(?!)",
        ),
    ),
    Sides(
        "never-vs-may",
        "block",
        "nothing is collected ({}) and the products need data or take it ({})",
        Phrase(
            r"(?:没有|不存在|无)(?:任何)?[^。；，]{0,4}(?:采集|收集|获取|上传)(?:您|用户|客户)?的?(?:任何)?(?:个人)?(?:数据|信息|资料)的?(?:流程|功能|行为|代码|模块)?|不(?:会)?(?:采集|收集|上传)(?:您|用户|客户)?的?任何(?:个人)?(?:数据|信息|资料)"
        ),
        Phrase(r"未成年|儿童|敏感|未经|同意|如果|若您|第三方|位置|支付"),
        done(
            r"(?:产品|服务|软件|插件|系统)[^。；]{0,10}(?:需要|必须)[^。；，]{0,6}(?:个人)?(?:数据|信息|资料)[^。；，]{0,6}(?:才能|方可|方能)|使用(?:我们的|本)?(?:产品|软件|插件)[^。；]{0,24}(?:收集|记录|上传|提供的个人)",
            r"不会|不需要|无需",
        ),
    ),
    Sides(
        "confidentiality-conflict",
        "block",
        "helpers are bound or held to the same standard ({}), and nobody answers for them ({})",
        Phrase(
            r"(?:供应商|合作伙伴|服务商|分包商)[^。；]{0,24}(?:受到?|须受)[^。；，]{0,10}(?:约束|监控)|(?<!不能)(?<!无法)(?:确保|保证)(?:这些|该等|此类|上述|前述)?(?:公司|第三方|合作伙伴|供应商|服务商)[^。；]{0,10}(?:采用|采取|遵守|达到|应当|按照)"
        ),
        _NONE,
        done(
            r"(?:无法|不能|无从)(?:保证|确保|控制)[^。；，]{0,6}(?:前述|上述|这些|该等|此类)?(?:第三方|供应商|合作伙伴|服务商)[^。；]{0,24}(?:采取|遵守|保密|约束|保护|隐私|责任)",
            r"网站|链接|页面",
        ),
    ),
    Sides(
        "choice-conflict",
        "warn",
        "switching positioning off ends the collection of places ({}), and places come from elsewhere too ({})",
        Phrase(r"关闭[^。；，]{0,8}定位[^。；]{0,12}(?:停止|不再|不会)[^。；]{0,14}(?:位置|地理)"),
        _NONE,
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
        _NONE,
        done(
            r"(?:法律依据|依法)[^。；，]{0,4}或[^。；，]{0,4}(?:合约|契约|合同)义务|有利于(?:您|当事人)的?(?:权益|利益)|(?:研析|评估|判断|认为)[^。；，]{0,6}(?:披露|提供)[^。；]{0,20}(?:必要|为了)",
            r"(?!)",
        ),
    ),
    Sides(
        "confidentiality-conflict",
        "block",
        "data is given to nobody ({}), and the exceptions have no end or helpers get it ({})",
        Phrase(
            r"绝不(?:会)?[^。；，]{0,4}(?:提供|交换|出租|出售|揭露|披露)[^。；]{0,40}(?:其他|任何)?(?:个人|团体|企业|机关|第三)"
        ),
        _NONE,
        done(
            r"(?:前项|前述|上述|但书|例外)[^。；]{0,8}(?:情形|情况)?[^。；，]{0,2}包括但不限于|委托[^。；，]{0,6}(?:厂商|单位|公司|机构)[^。；，]{0,8}(?:收集|处理|利用|提供服务)",
            r"(?!)",
        ),
    ),
    Sides(
        "confidentiality-conflict",
        "warn",
        "logs never leave the house ({}), and data is handed out on grounds that spare no log ({})",
        Phrase(
            r"(?:记录|日志|纪录)[^。；]{0,10}(?:内部(?:应用|使用|参考)|仅供内部)[^。；]{0,8}(?:绝|决)?不(?:会)?(?:对外)?(?:公布|公开|提供|披露)"
        ),
        _NONE,
        done(
            r"(?:披露|提供)(?:您|用户)?的?(?:个人)?(?:信息|资料)[^。；，]{0,2}是为了|^\W*(?:\d+[.、])?\s*法律(?:明文)?规定[。；]?$",
            r"(?!)",
        ),
    ),
    Sides(
        "never-vs-may",
        "block",
        "only what people choose to use is handled online ({}), and reports of crashes or requests go out for everybody ({})",
        Phrase(
            r"(?:只有|仅)(?:在|当)?[^。]{2,120}(?:时)?[^。；，]{0,4}我们才(?:会)?[^。；，]{0,8}(?:线上|在线|云端|上传|处理|收集)"
        ),
        _NONE,
        done(
            r"(?:使用|收集|上传|包括)[^。；]{0,30}(?:当机|崩溃|闪退|诊断|crashlytics|bugly|sentry)[^。；，]{0,8}(?:工具|日志|服务|信息|报告)?",
            r"选择|同意后|开启后|您(?:提交|授权)|不会将",
        ),
    ),
    Sides(
        "role-conflict",
        "warn",
        "the same company only processes ({}) and decides ({})",
        Phrase(
            r"(?:个人)?(?:信息|数据|资料)的?处理者(?:为|是|即)|(?:为|是)[^。；，]{0,10}(?:信息|数据|资料)的?处理者|作为(?:数据)?处理者"
        ),
        Phrase(r"委托|受托|供应商"),
        done(r"(?:数据|资料|信息)控制者", r"委托|欧盟|gdpr|第三方|客户(?:是|为|作为)"),
    ),
    Sides(
        "retention-conflict",
        "warn",
        "deletion is final ({}), and something may be put aside or kept longer ({})",
        Phrase(r"(?:最终|彻底|永久)(?:的)?[^。；，]{0,8}(?:删除|清除)"),
        Phrase(r"不会|无法"),
        done(
            r"(?:删除|匿名|去标识化?)?[、或](?:归档|封存|存档)[^。；，]{0,8}|可能(?:会)?保留较长(?:的)?(?:期间|时间)",
            r"法律(?:法规)?(?:明确)?(?:要求|规定)(?:的|保留)",
        ),
    ),
    Sides(
        "confidentiality-conflict",
        "block",
        "nobody gets data save by law or consent ({}), and others get it as a matter of course ({})",
        Phrase(
            r"除(?:了)?[^。；，]{0,4}(?:法律|依法|法规)[^。；，]{0,10}(?:或|及|和|、)[^。；，]{0,8}(?:同意|授权|许可)(?:之|以)?外[^。]{0,8}(?:绝不|不会|不得|不)[^。；]{0,24}(?:提供|分享|共享|披露|透露)"
        ),
        _NONE,
        done(
            r"(?:经由|通过)[^。；，]{1,8}(?:转发|中转|发送)|(?:转入|发送给|发送至|传给|传输给|上传至)[^。；，]{0,12}(?:厂商|平台|公司|模型|服务商|供应商)",
            r"同意|授权后|法律|不会|自行",
        ),
    ),
    Sides(
        "confidentiality-conflict",
        "warn",
        "two refusals to share with different exceptions: {} against {}",
        Phrase(r"除此之?外[^。]{0,8}(?:不会|绝不|不)[^。；]{0,24}(?:提供|分享|共享|披露)"),
        _NONE,
        done(
            r"除(?!此)[^。；，]{0,24}外[^。]{0,8}(?:绝不|不会|不)[^。；]{0,24}(?:提供|分享|共享|披露)[^。；]{0,6}",
            r"(?!)",
        ),
    ),
    Sides(
        "confidentiality-conflict",
        "warn",
        "unrelated third parties get nothing ({}), and others read visitors on the site themselves ({})",
        Phrase(
            r"不(?:会)?向(?:任何)?(?:不相关|无关|非关联)的?(?:第三方|公司|机构)[^。；，]{0,6}(?:提供|出售|共享|分享|披露)"
        ),
        _NONE,
        done(
            r"第三方[^。；，]{0,4}(?:会|可能|也会)?(?:将|把|在)?[^。；，]{0,6}cookie[^。；，]{0,4}(?:设置|放置|写入)|(?:谷歌|百度|google|facebook|腾讯)[^。；]{0,12}(?:cookie|统计|分析)",
            r"不会|同意后",
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
    """What a Chinese text promises and takes back."""
    yield from clashes(doc, SIDES)


DETECTORS = (contradictions, needed_and_optional)
