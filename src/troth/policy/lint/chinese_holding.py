"""Chinese promises on what is collected, where it lies and when it is deleted, and what is done all the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from troth.model.finding import Finding
from troth.policy.lint import chinese_passing, chinese_promise
from troth.policy.lint.chinese_sides import CONDITION, NONE, Sides, clashes, done
from troth.policy.lint.chinese_words import ON_DEVICE_ONLY
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase

_PERSONAL = r"(?:个人(?:身份)?(?:信息|数据|资料))"

# what happens "if it should be needed" has not been decided yet
_SENT_ABROAD = replace(
    chinese_passing.ABROAD,
    spared=Phrase(rf"{chinese_passing.ABROAD.spared.pattern}|(?:如|若|确)(?:确|果)?(?:有)?(?:需|必要)"),
)

SIDES = (
    Sides(
        "never-vs-may",
        "block",
        "no such cookies ({}) and cookies ({})",
        Phrase(
            r"不(?:会)?使用(?:任何)?(?:cookie ?(?!(?:来)?(?:进行|用于|用作|作|收集|跟踪|追踪|投放))|跟踪|追踪)|仅使用[^。；，,]{0,14}(?:必需|必要)的?cookie|没有安装统计|不(?:跟踪|追踪)访客|不会有任何(?:追踪|跟踪)|并无使用[^。；，,]{0,10}(?:追踪|cookie)|不投放广告cookie|不嵌入第三方脚本|只用会话cookie|不会写入cookie|cookie只(?:属|是|用于)[^。；，,]{0,8}(?:暂存|会话|登录)"
        ),
        Phrase(r"如您|您可以|如果|同意|禁用|拒绝|除"),
        chinese_promise.COOKIES,
    ),
    Sides(
        "logging-conflict",
        "block",
        "no logs ({}) and logs ({})",
        Phrase(
            r"不(?:会)?(?:保留|记录|留存|保存|收集)[^。；，,]{0,12}日志|没有(?:任何)?日志|(?:无|零)日志|不做任何[^。；，,]{0,6}(?:留存|记录)|从(?:来)?不(?:做)?记录|"
            r"不(?:会)?(?:收集|记录|保存|留存)[^。；]{0,10}(?:通过|经由|经过|流经)[^。；，,]{0,12}(?:网络|服务|节点|服务器)(?:传输|传送|访问|的)|不(?:会)?(?:收集|记录|监控|保存)[^。；，,]{0,14}(?:浏览(?:记录|历史)|流量(?:数据|内容)?|上网(?:记录|行为))"
        ),
        Phrase(CONDITION),
        done(
            r"(?:记录|留存|保存|收集|维护)[^。；]{0,20}(?:日志|访问记录|ip ?地址|上网记录|带宽|流量|使用(?:情况|数据|量|记录)|连接时间|登录(?:日期|时间))|日志[^。；，,]{0,8}(?:保存|保留|留存)|"
            r"(?:流量|连接|访问)[^。；，,]{0,8}(?:分析|监控|监测)|(?:分析|监控|监测)[^。；，,]{0,8}(?:流量|连接)|(?:包括|包含)[^。；]{0,24}访问的(?:ip|网站|域名)",
            r"不(?:会|保留|记录|留存|保存|做)|没有|您可以",
        ),
    ),
    Sides(
        "logging-conflict",
        "block",
        "contents are not recorded ({}) and recorded ({})",
        Phrase(
            r"不(?:会)?(?:以任何方式)?(?:主动)?(?:收集|记录|存储|保存|留存|查看)(?:[、或和](?:者)?(?:收集|记录|存储|保存|留存|查看))*(?:任何|这些|此类|该等|您的|用户)*(?:的)?[^。；，,]{0,8}(?:输入|输出|(?:通信|通讯|对话|聊天|消息)的?内容|(?:这些|此类|该等)内容|请求内容)"
        ),
        Phrase(CONDITION),
        done(
            r"(?:收集|记录|收到|存储|保存|获取)[^。；]{0,24}(?:网页地址|通信内容|通讯内容|用户输入|输入内容|提示(?:数据|词)|对话内容|聊天内容|查询内容|数据字段|请求内容)|"
            r"^\W*(?:\d{1,2}[.、）)])?\s*(?:用户输入|模型输出|对话内容|聊天内容|通信内容)[:：]",
            r"不会|无权|无法|从不|绝不|未经|您可以",
        ),
    ),
    Sides(
        "scope-conflict",
        "warn",
        "all data is given by people themselves ({}) and some is not ({})",
        Phrase(
            r"(?:信息|资料|数据)[^。；，,]{0,6}(?:均|都|全部|皆|仅)(?:是|由|为|来自|系)[^。；，,]{0,6}(?:您|用户|会员|客户)[^。；，,]{0,10}(?:自行|主动|自愿|自己)?(?:提供|填写)|"
            r"(?:仅|只)(?:会)?收集[^。；，,]{0,10}(?:您|用户)(?:自行|主动|自愿)(?:提供|填写)的"
        ),
        NONE,
        done(
            r"自动(?:收集|记录|取得|获取|采集|产生|接收)|(?:从|由|向)[^。；，,]{0,10}第三方[^。；，,]{0,10}(?:取得|获取|收集|获得|提供)|(?:收集|记录)[^。；]{0,40}(?:ip ?地址|cookie|设备(?:信息|识别|标识))|cookie[^。；]{0,24}(?:能够|可以|会|用来|用于)[^。；，]{0,4}(?:存储|记录|收集|判断|识别)|从(?:合法)?公开[^。；]{0,12}(?:信息|渠道|来源)[^。；，]{0,4}收集",
            r"不会|从不|绝不|未经",
        ),
    ),
    Sides(
        "definition-conflict",
        "warn",
        "data about devices is said to identify nobody ({}) and holds identifiers ({})",
        Phrase(
            r"单独(?:的)?(?:设备|日志|服务日志|使用)(?:信息|数据)[^。]{0,30}(?:无法|不能|不会|不足以)[^。；]{0,10}识别|(?:设备|日志)信息[^。；]{0,16}(?:不属于|不是|并非)个人信息"
        ),
        NONE,
        done(
            r"(?:收集|记录|接收|获取|读取)[^。]{0,120}(?:设备标识|设备识别|唯一(?:设备)?标识|标识符|imei|imsi|android ?id|idfa|oaid|mac ?地址|gps)",
            r"不会|从不|绝不",
        ),
    ),
    Sides(
        "transfer-conflict",
        "block",
        "data stays in one place ({}) and goes elsewhere ({})",
        Phrase(
            r"(?:存储|存放|保存|储存|设)[^。；，,]{0,4}(?:于|在)[^。；，,]{0,16}(?:境内|本港|国内|大陆)|境内存储|均?在境内|不出境|不离开|留在(?:本|境|国)|设在国内|不(?:会)?(?:传|转移|提供|存放)[^。；，,]{0,8}(?:境外|国外|海外)|不离开(?:本|中国|香港)|"
            r"(?:全部|一律|只会?|仅)(?:留|存放|保留|保存|存储)(?:在|于)"
        ),
        Phrase(CONDITION + r"|手机本地|人脸|如需|确需|主要|通常|一般|原则上"),
        _SENT_ABROAD,
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
            r"(?:没有|不存在|无)(?:任何)?[^。；，]{0,4}(?:采集|收集|获取|上传)(?:您|用户|客户)?的?(?:任何)?(?:个人)?(?:数据|信息|资料)的?(?:流程|功能|行为|代码|模块)?|不(?:会)?(?:采集|收集|上传|获取)(?:您|用户|客户)?的?任何(?:个人)?(?:数据|信息|资料)(?![^。；]{0,8}(?:用于|来|以便))"
        ),
        Phrase(r"未成年|儿童|敏感|未经|同意|如果|若您|第三方|位置|支付"),
        done(
            r"(?:产品|服务|软件|插件|系统)[^。；]{0,10}(?:需要|必须)[^。；，]{0,6}(?:个人)?(?:数据|信息|资料)[^。；，]{0,6}(?:才能|方可|方能)|使用(?:我们的|本)?(?:产品|软件|插件)[^。；]{0,24}(?:收集|记录|上传|提供的个人)|自动(?:收集|采集|记录)[：:]|自动(?:收集|采集|记录)的?[^。；，]{0,8}(?:信息|数据|资料)|(?:设备|系统)信息[：:]|(?:使用统计|错误报告)",
            r"不会|不需要|无需",
        ),
    ),
    Sides(
        "never-vs-may",
        "block",
        "only what people choose to use is handled online ({}), and reports of crashes or requests go out for everybody ({})",
        Phrase(
            r"(?:只有|仅)(?:在|当)?[^。]{2,120}(?:时)?[^。；，]{0,4}我们才(?:会)?[^。；，]{0,8}(?:线上|在线|云端|上传|处理|收集)"
        ),
        NONE,
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
        Phrase(
            r"(?:最终|彻底|永久|完全)(?:的)?(?!保存|保留)[^。；，]{0,8}(?:删除|清除)|(?:注销|卸载|关闭)[^。；]{0,20}(?:删除|清除)[^。；，]{0,6}(?:所有|全部|一切)[^。；，]{0,8}(?:信息|数据|资料|纪录|记录|文件)|(?:注销|卸载|关闭)[^。；]{0,20}(?:所有|全部|一切)[^。；，]{0,8}(?:信息|数据|资料|记录|文件)[^。；，]{0,6}(?:删除|清除)"
        ),
        Phrase(r"不会|无法"),
        done(
            r"(?:删除|匿名|去标识化?)[、或](?:归档|封存|存档)[^。；，]{0,8}|可能(?:会)?保留较长(?:的)?(?:期间|时间)|"
            r"(?:注销|关闭|终止)[^。；]{0,24}删除或者?(?:匿名|去标识)|(?:保留|存档|留存)[^。；]{0,30}(?:无法|不能|不予)[^。；，]{0,10}删除|"
            r"备份(?:文件|数据|副本)?[^。；，]{0,8}(?:保留在|仍|不会(?:被)?删除|继续保留)|(?:聊天|消息|评论|发布|交易)[^。；，]{0,4}(?:记录|内容)?[（(，]?(?:对方|其他用户|他人)[^。；，]{0,6}(?:未|没有)删除",
            r"法律(?:法规)?(?:明确)?(?:要求|规定)(?:的|保留)|\d+ ?(?:天|日|个月)",
        ),
    ),
    Sides(
        "never-vs-may",
        "block",
        "nothing beyond what is named is collected ({}), and more is, by examples ({})",
        Phrase(
            r"除此之?外[^。；]{0,8}不(?:会)?(?:收集|采集|获取|记录)|不(?:会)?(?:收集|采集)[^。；，]{0,8}(?:其余|其他|额外|多余)的?(?:任何)?(?:信息|资料|数据)"
        ),
        Phrase(r"未经|同意|征得|告知"),
        done(
            r"(?:收集|获取|记录|采集)(?:您的)?(?:一些|某些|部分)?(?:相关|有关|其他|其它)的?(?:信息|资料|数据)(?=[，。；]|$)|问卷[^。；]{0,24}(?:姓名|电话|地址|信息)|(?:附加|扩展|非核心|可选)功能[^。；]{0,12}(?:信息|资料)",
            r"不会|同意后|征得",
        ),
    ),
    Sides(
        "nameless-conflict",
        "block",
        "nothing is collected by which anybody can be told ({}), and unique numbers or visits are ({})",
        Phrase(
            r"不(?:会)?[^。；]{0,40}(?:收集|获取|记录)(?:任何)?(?:可|能够?|足以)(?:以)?(?:识别|辨识|辨认)[^。；，]{0,8}(?:的)?(?:信息|资料|数据)|不(?:会)?(?:收集|获取|记录)任何个人(?:身份)?(?:信息|资料|数据)"
        ),
        Phrase(r"未成年|儿童|岁|未经|同意|敏感"),
        done(
            r"唯一(?:标识|识别|的?标识符)[^。；]{0,16}(?:浏览器|设备|cookie|您)|cookie[^。；]{0,30}唯一(?:标识|的)|跨(?:网站|站点|应用)[^。；]{0,10}(?:活动|行为|追踪|跟踪)|(?:跟踪|追踪)[^。；，]{0,6}(?:用户|访客|访问者)(?:的)?(?:活动|行为)",
            r"不会|从不|拒绝",
        ),
    ),
    Sides(
        "never-vs-may",
        "block",
        "everything stays on the device of the user ({}), and reports of its use or its errors reach the company ({})",
        ON_DEVICE_ONLY,
        Phrase(r"如果|除|同意|开启"),
        done(
            r"(?:使用统计|使用情况统计|错误报告|崩溃(?:日志|报告)|诊断(?:信息|数据|资料|报告)|使用频率)",
            r"不会|从不|您可以选择|自愿|同意后|主动(?:提交|发送)",
        ),
    ),
    Sides(
        "transfer-conflict",
        "warn",
        "data lies on servers in China ({}), and companies abroad store or carry it ({})",
        Phrase(r"(?:服务器|存储|保存|存放|部署)[^。；，]{0,10}(?:中国|我国|大陆)?境内|数据本地化|数据不出境"),
        Phrase(r"如需|除|境外(?:服务器|节点)"),
        done(
            r"(?<![a-z-])(?:aws|amazon|google ?cloud|firebase|azure|cloudflare|supabase|vercel|heroku|digitalocean|mongodb atlas)(?![a-z-])",
            r"中国区|境内|不使用|由[^。；，]{0,8}运营",
        ),
    ),
    Sides(
        "security-conflict",
        "warn",
        "what is taken is masked at once and never held in plain ({}), and some of it is used or held in plain ({})",
        Phrase(
            r"(?:收集|采集|入库|获取)(?:时|前)[^。；，]{0,6}(?:就|即|便|已)[^。；，]{0,10}(?:脱敏|匿名|去标识)|不(?:会)?(?:储存|存储|保存)[^。；]{0,16}(?:明文|关联性|可识别)[^。；]{0,6}(?:信息|资料|数据)"
        ),
        Phrase(r"密码|口令|银行|卡号"),
        done(
            r"(?:发|通过|向)[^。；，]{0,8}(?:邮件|短信|电话|邮箱)[^。；，]{0,10}(?:验证|确认|核实|联系)|(?:注册|填写|提供)[^。；]{0,16}(?:联系方式|手机号|邮箱)|加密(?:其中的?)?(?:关键|部分|重要)",
            r"不会|拒绝",
        ),
    ),
)


def contradictions(doc: Document) -> Iterator[Finding]:
    """Little collected or kept, and more."""
    yield from clashes(doc, SIDES)


DETECTORS = (contradictions,)
