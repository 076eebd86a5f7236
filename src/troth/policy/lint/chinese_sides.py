"""Both sides of a contradiction in Chinese: what is promised, and what another sentence does all the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from troth.model.finding import Finding, Severity
from troth.policy.lint import chinese_choice, chinese_passing, chinese_promise
from troth.policy.lint.chinese_wording import Wording
from troth.policy.lint.chinese_words import WE
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quoted, report

# A promise with a condition does not contradict what happens under the condition.
_CONDITION = r"除|未经|未得|同意|授权|许可|另有|以下|法律|法规|法庭|司法|例外|要求"
# who promises not to sell may still share; and what the providers may not do is no promise to share nothing
_SALE_ONLY = (
    r"^(?!.*(?:共享|分享|提供|透露|披露|公开|转让|交给|泄露|告诉)).*(?:出售|出租|售卖|贩卖|买卖)|"
    r"不允许[^。；，,]{0,6}(?:提供商|供应商|服务商|第三方|合作方|合作伙伴)"
)
_GENERAL = r"(?:个人信息|个人资料|个人数据|用户信息|用户资料|客户资料|(?:您|阁下)(?:的|所提供之?的?)?(?:信息|资料|数据)|(?:收集|提供)的(?:个人)?(?:信息|资料))"


@dataclass(frozen=True, slots=True)
class Sides:
    """Two statements that can not both be kept.

    Attributes:
        rule: rule of the finding, a contradiction.
        severity: block, warn or info.
        wrong: what the two say, with a place for the words of each.
        promised: wordings of the promise.
        spared: what makes the promise conditional.
        done: wordings of what is done all the same.
    """

    rule: str
    severity: Severity
    wrong: str
    promised: Phrase
    spared: Phrase
    done: Wording

    def found(self, doc: Document) -> tuple[tuple[Hit, ...], tuple[Hit, ...]]:
        """The sentences of either side."""
        one = tuple(
            h for h in doc.hits(self.promised) if h.reading.cjk and not self.spared.search(h.reading.low)
        )
        kept = {h.reading.index for h in one}
        return one, tuple(h for h in self.done.found(doc) if h.reading.index not in kept) if one else ()


def done(said: str, spared: str) -> Wording:
    """What is done all the same, and what makes it harmless."""
    return Wording("contradiction/", "block", "", "", "", Phrase(said), Phrase(spared))


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
        "confidentiality-conflict",
        "block",
        "data is never shared ({}) and shared ({})",
        Phrase(
            r"(?:不会|绝不|从不|不得|不(?!包含|包括|含|适用|限))[^。；，,]{0,20}(?:向|给|予|与)?(?:任何|其他)[^。；，,]{0,6}(?:第三方|第三者|公司|组织|机构|人(?!信息|资料|数据))[^。；]{0,12}|"
            r"(?:严格|一概|予以)保密，(?:不会|绝不)[^。；]{0,20}(?:披露|公开|转移|提供)|不会(?:给|告诉|透露给|泄露给)(?:别人|他人|第三方|外人)|不会被(?:分享|交换|出租|共享)|不会[^。；，,]{0,24}(?:透露|披露|转让|出租|分享|出售)[^。；，,]{0,6}(?:给|予|于)?(?:关联公司|合作|任何|第三)|不会流向[^。；，,]{0,10}以外|均不存在[^。；]{0,10}(?:交换|共享)|(?:从来|绝)不(?:卖|出售|共享)[^。；，,]{0,6}(?:数据|资料|信息)"
        ),
        Phrase(_CONDITION + r"|密码|您不|请|子公司以外|" + _SALE_ONLY),
        chinese_passing.RECIPIENTS,
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
        "access-conflict",
        "block",
        "nobody looks inside ({}) and somebody does ({})",
        Phrase(
            rf"(?:{WE}|职员|员工|工程师|人员)[^。；，,]{{0,10}}(?:不会|无权|无法|一律看不到|绝不|从不|不)[^。；]{{0,6}}(?:查看|读取|访问|查阅|打开|阅读|监察|触碰|看到)[^。；]{{0,24}}(?:内容|数据|文件|资料|邮件|通讯|流量)|"
            r"不(?:会)?(?:访问|触碰|监察|监控|查看)[^。；]{0,8}(?:分析|客户|用户|您|网络)|没有登录权限|一无所知|无从得知|没有任何人能看到|"
            r"(?:文件|照片|文档|内容|数据)[^。；]{0,16}(?:员工|工程师|我们)[^。；，,]{0,6}(?:一律|也)?(?:看不到|无法(?:打开|查看|读取))"
        ),
        Phrase(_CONDITION),
        done(
            r"(?:工程师|员工|我们|人员|管理员|系统|程序|团队)[^。；]{0,24}(?:查看|扫描|检视|抽样|读取|进入|接触|巡检|巡查|审核)[^。；]{0,16}(?:内容|文件|数据|邮件|服务器|后台|资料|图片)",
            r"不会|无法|无权|不(?:得|能|查看|读取)|经您(?:授权|同意)|您(?:提交|授权|要求)|自己|您可以",
        ),
    ),
    Sides(
        "monitoring-conflict",
        "block",
        "nobody reviews or removes contents ({}) and somebody does ({})",
        Phrase(
            r"(?:不会|无意|绝不|从不|不)(?:主动|擅自|随意|对)?[^。；，,]{0,12}(?:审查|监控|监视|监听|过滤|删改|屏蔽|干预)[^。；，,]{0,16}(?:内容|通信|通讯|信息|邮件|数据|文件|网站)|"
            r"(?:不会|无意|绝不|从不)对[^。；，,]{0,20}(?:内容|通信|通讯|邮件|数据|文件|网站)[^。；，,]{0,8}(?:审查|监控|监视|过滤|删改|干预)"
        ),
        Phrase(_CONDITION + r"|义务|责任|主动|无法|您不"),
        done(
            r"(?:有权|可能会?|可以|将会?|会|保留)[^。；]{0,24}(?:审查|审核|监控|监视|监测|过滤|删除|屏蔽|删改|封禁|下架|抽查)[^。；，,]{0,16}(?:内容|通信|通讯|邮件|文件|网站|言论)",
            r"不会|无权|无意|从不|绝不|法院|司法|病毒|木马|您(?:可以|有权|提交|要求)|应您",
        ),
    ),
    Sides(
        "logging-conflict",
        "block",
        "no logs ({}) and logs ({})",
        Phrase(
            r"不(?:会)?(?:保留|记录|留存|保存|收集)[^。；，,]{0,12}日志|没有(?:任何)?日志|(?:无|零)日志|不做任何[^。；，,]{0,6}(?:留存|记录)|从(?:来)?不(?:做)?记录|"
            r"不(?:会)?(?:收集|记录|保存|留存)[^。；]{0,10}(?:通过|经由|经过|流经)[^。；，,]{0,12}(?:网络|服务|节点|服务器)(?:传输|传送|访问|的)|不(?:会)?(?:收集|记录|监控|保存)[^。；，,]{0,14}(?:浏览(?:记录|历史)|流量(?:数据|内容)?|上网(?:记录|行为))"
        ),
        Phrase(_CONDITION),
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
            r"不(?:会)?(?:以任何方式)?(?:主动)?(?:收集|记录|存储|保存|留存|查看)(?:[、或和](?:者)?(?:收集|记录|存储|保存|留存|查看))*(?:任何|这些|此类|该等|您的|用户)*(?:的)?[^。；，,]{0,8}(?:输入|输出|通信内容|通讯内容|对话内容|聊天内容|消息内容|(?:这些|此类|该等)内容|请求内容)"
        ),
        Phrase(_CONDITION),
        done(
            r"(?:收集|记录|收到|存储|保存|获取)[^。；]{0,24}(?:网页地址|通信内容|通讯内容|用户输入|输入内容|提示(?:数据|词)|对话内容|聊天内容|查询内容|数据字段|请求内容)|"
            r"^\W*(?:\d{1,2}[.、）)])?\s*(?:用户输入|模型输出|对话内容|聊天内容|通信内容)[:：]",
            r"不会|无权|无法|从不|绝不|未经|您可以",
        ),
    ),
    Sides(
        "confidentiality-conflict",
        "block",
        "only own people see data ({}) and others get it ({})",
        Phrase(
            r"(?:仅|只)(?:有|允许|限|容许|准许|会允许)[^。；]{0,50}(?:员工|雇员|职员|人员|顾问|同事)[^。；]{0,24}(?:可(?:以)?|能(?:够)?|得以?|才|方)?[^。；，,]{0,6}(?:接触|得悉|获悉|访问|查看|取得|知悉|使用|处理)"
        ),
        Phrase(r"第三方|合作|供应商|服务商|密码|机房|(?:授权|获授权)的?(?:人员|员工)|访问控制"),
        chinese_passing.RECIPIENTS,
    ),
    Sides(
        "scope-conflict",
        "warn",
        "all data is given by people themselves ({}) and some is not ({})",
        Phrase(
            r"(?:信息|资料|数据)[^。；，,]{0,6}(?:均|都|全部|皆|仅)(?:是|由|为|来自|系)[^。；，,]{0,6}(?:您|用户|会员|客户)[^。；，,]{0,4}(?:自行|主动|自愿|自己)?(?:提供|填写)|"
            r"(?:仅|只)(?:会)?收集[^。；，,]{0,10}(?:您|用户)(?:自行|主动|自愿)(?:提供|填写)的"
        ),
        Phrase(r"(?!)"),
        done(
            r"自动(?:收集|记录|取得|获取|采集|产生|接收)|(?:从|由|向)[^。；，,]{0,10}第三方[^。；，,]{0,10}(?:取得|获取|收集|获得|提供)|(?:收集|记录)[^。；]{0,40}(?:ip ?地址|cookie|设备(?:信息|识别|标识))",
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
        Phrase(r"(?!)"),
        done(
            r"(?:收集|记录|接收|获取|读取)[^。]{0,120}(?:设备标识|设备识别|唯一(?:设备)?标识|标识符|imei|imsi|android ?id|idfa|oaid|mac ?地址|gps)",
            r"不会|从不|绝不",
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
        Phrase(r"(?!)"),
        chinese_choice.MAILINGS,
    ),
    Sides(
        "transfer-conflict",
        "block",
        "data stays in one place ({}) and goes elsewhere ({})",
        Phrase(
            r"(?:存储|存放|保存|储存|设)[^。；，,]{0,4}(?:于|在)[^。；，,]{0,16}(?:境内|本港|国内|大陆)|境内存储|均?在境内|不出境|不离开|留在(?:本|境|国)|设在国内|不(?:会)?(?:传|转移|提供|存放)[^。；，,]{0,8}(?:境外|国外|海外)|不离开(?:本|中国|香港)|"
            r"(?:全部|一律|只会?|仅)(?:留|存放|保留|保存|存储)(?:在|于)"
        ),
        Phrase(_CONDITION + r"|手机本地|人脸|如需|确需"),
        chinese_passing.ABROAD,
    ),
)
_HINT = "keep one of the two, or say when the exception applies"
_LAW = "GDPR Art. 5(1)(a), 12(1); PIPL Art. 7, 17; PDPO DPP1(3), DPP3"


def clashes(doc: Document, pairs: Iterable[Sides]) -> Iterator[Finding]:
    """Those of the pairs of which a text holds both sides."""
    if not any(r.cjk for r in doc.body):
        return
    for sides in pairs:
        one, other = sides.found(doc)
        if one and other:
            yield report(
                f"contradiction/{sides.rule}",
                sides.severity,
                (*of(one), *of(other)),
                sides.wrong.format(quoted(one), quoted(other)),
                hint=_HINT,
                law=_LAW,
            )


def contradictions(doc: Document) -> Iterator[Finding]:
    """What a Chinese text promises and breaks."""
    yield from clashes(doc, SIDES)


DETECTORS = (contradictions,)
