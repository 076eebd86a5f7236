"""Chinese promises on who gets and who sees data, and what is done all the same."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint import chinese_passing
from troth.policy.lint.chinese_sides import CONDITION, NONE, Sides, clashes, done
from troth.policy.lint.chinese_words import WE
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase

# who promises not to sell may still share; and what the providers may not do is no promise to share nothing
_SALE_ONLY = (
    r"^(?!.*(?:共享|分享|提供|透露|披露|公开|转让|交给|泄露|告诉)).*(?:出售|出租|售卖|贩卖|买卖)|"
    r"不允许[^。；，,]{0,6}(?:提供商|供应商|服务商|第三方|合作方|合作伙伴)"
)

SIDES = (
    Sides(
        "confidentiality-conflict",
        "block",
        "data is never shared ({}) and shared ({})",
        Phrase(
            r"(?:不会|绝不|从不|不得|不(?!包含|包括|含|适用|限|时|定期|断|同|仅|久|少))[^。；，,]{0,20}(?:向|给|予|与)?(?:任何|其他)[^。；，,]{0,6}(?:第三方|第三者|公司|组织|机构|人(?!信息|资料|数据))[^。；]{0,12}|"
            r"(?:严格|一概|予以)保密，(?:不会|绝不)[^。；]{0,20}(?:披露|公开|转移|提供)|不会(?:给|告诉|透露给|泄露给)(?:别人|他人|第三方|外人)|不会被(?:分享|交换|出租|共享)|不会[^。；，,]{0,24}(?:透露|披露|转让|出租|分享|出售)[^。；，,]{0,6}(?:给|予|于)?(?:关联公司|合作|任何|第三)|不会流向[^。；，,]{0,10}以外|均不存在[^。；]{0,10}(?:交换|共享)|(?:从来|绝)不(?:卖|出售|共享)[^。；，,]{0,6}(?:数据|资料|信息)"
        ),
        Phrase(
            CONDITION
            + r"|密码|您不|请|子公司以外|不(?:会)?(?:使用|集成|接入|嵌入|内置)[^。；，]{0,4}第三方|通过(?:使用)?[^。；，]{0,30}收集|"
            + _SALE_ONLY
        ),
        chinese_passing.RECIPIENTS,
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
        Phrase(CONDITION),
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
        Phrase(CONDITION + r"|义务|责任|主动|无法|您不"),
        done(
            r"(?:有权|可能会?|可以|将会?|会|保留)[^。；]{0,24}(?:审查|审核|监控|监视|监测|过滤|删除|屏蔽|删改|封禁|下架|抽查)[^。；，,]{0,16}(?:内容|通信|通讯|邮件|文件|网站|言论)",
            r"不会|无权|无意|从不|绝不|法院|司法|病毒|木马|您(?:可以|有权|提交|要求)|应您",
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
        "confidentiality-conflict",
        "block",
        "personal data is not sold ({}), and it is an asset that changes hands ({})",
        Phrase(
            r"(?:不会|绝不|从不|不得|亦不|也不|更不)[^。；，]{0,4}(?:销售|出售|售卖|出卖|买卖)[^。；，]{0,10}(?:信息|资料|数据)|(?:信息|资料|数据)[^。；，]{0,8}(?:不会|绝不)[^。；，]{0,3}(?:出售|销售)"
        ),
        NONE,
        done(
            r"(?:信息|资料|数据|名单)[^。；]{0,16}(?:视作|视为|作为|属于|列为|也是)[^。；，]{0,8}资产|(?:信息|资料|数据)[^。；]{0,14}(?:成为|列入|构成)[^。；，]{0,8}资产",
            r"不(?:会)?(?:视|作为|属)",
        ),
    ),
    Sides(
        "confidentiality-conflict",
        "block",
        "helpers are bound or held to the same standard ({}), and nobody answers for them ({})",
        Phrase(
            r"(?:供应商|合作伙伴|服务商|分包商)[^。；]{0,24}(?:受到?|须受)[^。；，]{0,10}(?:约束|监控)|我们(?:会)?要求[^。；，]{0,16}(?:第三方|sdk|服务商|合作伙伴|供应商|合作方|其)[^。；，]{0,6}(?:遵守|履行)|(?<!不能)(?<!无法)(?:确保|保证)(?:这些|该等|此类|上述|前述)?(?:公司|第三方|合作伙伴|供应商|服务商)[^。；]{0,10}(?:采用|采取|遵守|达到|应当|按照)"
        ),
        NONE,
        done(
            r"对(?:于)?第三方[^。；，]{0,12}不(?:承担(?:任何)?责任|负责)|不(?:对|为|会对)[^。；，]{0,4}第三方(?:服务|sdk|产品)?[^。；，]{0,3}的?[^。；，]{0,4}(?:处理|收集|使用|隐私|行为)[^。；，]{0,6}(?:承担(?:任何)?责任|负责)|"
            r"(?:无法|不能|无从)(?:保证|确保|控制)[^。；，]{0,6}(?:前述|上述|这些|该等|此类)?(?:第三方|供应商|合作伙伴|服务商)[^。；]{0,24}(?:采取|遵守|保密|约束|保护|隐私|责任)",
            r"网站|链接|页面",
        ),
    ),
    Sides(
        "confidentiality-conflict",
        "warn",
        "logs never leave the house ({}), and data is handed out on grounds that spare no log ({})",
        Phrase(
            r"(?:记录|日志|纪录)[^。；]{0,10}(?:内部(?:应用|使用|参考)|仅供内部)[^。；]{0,8}(?:绝|决)?不(?:会)?(?:对外)?(?:公布|公开|提供|披露)"
        ),
        NONE,
        done(
            r"(?:披露|提供)(?:您|用户)?的?(?:个人)?(?:信息|资料)[^。；，]{0,2}是为了|^\W*(?:\d+[.、])?\s*法律(?:明文)?规定[。；]?$",
            r"(?!)",
        ),
    ),
    Sides(
        "confidentiality-conflict",
        "block",
        "nobody gets data save by law or consent ({}), and others get it as a matter of course ({})",
        Phrase(
            r"除(?:了)?[^。；，]{0,4}(?:法律|依法|法规)[^。；，]{0,10}(?:或|及|和|、)[^。；，]{0,8}(?:同意|授权|许可)(?:之|以)?外[^。]{0,8}(?:绝不|不会|不得|不)[^。；]{0,24}(?:提供|分享|共享|披露|透露)"
        ),
        NONE,
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
        NONE,
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
        NONE,
        done(
            r"第三方[^。；，]{0,4}(?:会|可能|也会)?(?:将|把|在)?[^。；，]{0,6}cookie[^。；，]{0,4}(?:设置|放置|写入)|(?:谷歌|百度|google|facebook|腾讯)[^。；]{0,12}(?:cookie|统计|分析)",
            r"不会|同意后",
        ),
    ),
    Sides(
        "confidentiality-conflict",
        "block",
        "data is given to nobody ({}), and the exceptions have no end or helpers get it ({})",
        Phrase(
            r"绝不(?:会)?[^。；，]{0,4}(?:提供|交换|出租|出售|揭露|披露)[^。；]{0,40}(?:其他|任何)?(?:个人|团体|企业|机关|第三)"
        ),
        NONE,
        done(
            r"(?:前项|前述|上述|但书|例外)[^。；]{0,8}(?:情形|情况)?[^。；，]{0,2}包括但不限于|委托[^。；，]{0,6}(?:厂商|单位|公司|机构)[^。；，]{0,8}(?:收集|处理|利用|提供服务)",
            r"(?!)",
        ),
    ),
    Sides(
        "access-conflict",
        "block",
        "contents are open to those only whom people let in ({}), and the company looks for forbidden contents ({})",
        Phrase(
            r"(?:文件|内容|照片|相册|笔记|消息|聊天|邮件)[^。；]{0,16}(?:仅|只)(?:会)?(?:按|在|对|限|有|供|向|由)[^。；]{0,16}(?:您|本人|团队|好友|授权)[^。；]{0,40}(?:访问|可见|查看|打开|读取|看到)"
        ),
        Phrase(r"违规|违法|法律|法院|员工|工作人员"),
        done(
            r"(?:识别|检测|审核|审查|扫描|过滤|处置|清理|拦截|发现|屏蔽)[^。；，,]{0,16}(?:违规|违法|不良|有害|色情|侵权|非法)(?:的)?(?:内容|文件|信息|资料|言论|图片)",
            r"举报后|收到[^。；，]{0,6}(?:举报|投诉)|病毒|木马|不会|从不|公开",
        ),
    ),
    Sides(
        "confidentiality-conflict",
        "block",
        "data is given to nobody ({}), and the cases in which it is given follow ({})",
        Phrase(
            r"不(?:会|得|将)?(?:(?:将|把|向|与|同|对)[^。；，,]{1,24})?(?:分享|共享|披露|透露|提供)[^。；，,]{0,20}(?:给|予)?(?:任何)?(?:第三方|第三者|他人|其他人)(?:[^。；，]{0,6})[。；]?$|"
            r"不(?:会|得)?向(?:任何)?第三方[^。；，,]{0,3}(?:分享|共享|披露|透露|提供)(?:或(?:出售|出租|披露|提供))?[^。；，,]{0,14}[。；]?$"
        ),
        Phrase(CONDITION + r"|密码|请|您不"),
        done(
            r"(?:可能|可以|会|将)(?:会)?[^。；，,]{0,6}(?:分享|共享|披露|提供)[^。；，]{0,16}(?:的)?(?:有限)?(?:情况|情形)[^。；，]{0,4}[：:]?$|"
            r"(?:以下|下列)[^。；，,]{0,4}(?:情况|情形)(?:下)?[，,]?[^。；，,]{0,8}(?:可能|可以|会)(?:会)?(?:分享|共享|披露|提供)",
            r"不会|不得|除",
        ),
    ),
    Sides(
        "confidentiality-conflict",
        "block",
        "nothing is disclosed without permission ({}), and the company publishes or passes data on as it sees fit ({})",
        Phrase(
            r"(?:未经|没有|未得)[^。；，,]{0,8}(?:许可|同意|授权|允许)[^。；]{0,14}不(?:会|得|将)?[^。；，,]{0,6}(?:透露|披露|公开|泄露|提供|分享|共享)"
        ),
        Phrase(r"法律|法规|法院|以下|下列|另有|除|营销|推广|儿童|未成年|您(?:不|应)"),
        done(
            r"(?:我们|本公司|本站)(?:可能|有权|可以|可)(?:会)?[^。；]{0,60}(?:认为|相信|判断)[^。；]{0,60}(?:发布|公开|披露|透露|提供)[^。；]{0,20}(?:信息|资料|数据)|"
            r"(?:出售|重组|合并|收购|转让)[^。；]{0,40}(?:时|中)?(?:披露|转移|提供|转让)(?:您|用户)的?(?:个人)?(?:身份)?(?:信息|资料|数据)",
            r"同意|通知|告知|不会",
        ),
    ),
)


def contradictions(doc: Document) -> Iterator[Finding]:
    """Secrecy promised and broken."""
    yield from clashes(doc, SIDES)


DETECTORS = (contradictions,)
