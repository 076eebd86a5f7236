"""Own grounds of the company in Chinese: for handing out, for refusing, for keeping less than the law asks."""

from __future__ import annotations

from troth.policy.lint.chinese_wording import Wording
from troth.policy.lint.chinese_words import NEVER
from troth.policy.lint.phrase import Phrase

_GIVING = "GDPR Art. 5(1)(a)-(b), 6(1)(c); PIPL Art. 13, 23; PDPO DPP3, s. 58"
OWN = Wording(
    "undefined-term/disclosure-open",
    "warn",
    "data is handed out or kept on a ground that only the company can judge",
    "name the law or the claim, and who decides",
    _GIVING,
    Phrase(
        r"我们有(?:合理的?)?理由(?:确信|相信|认为)[^。；，]{0,8}(?:需|应|须)?(?:遵守|遵从|符合)|"
        r"(?:维护|保护)[^。；]{0,50}(?:关联公司|集团公司|雇员|员工)[^。；]{0,40}(?:权益|安全)所?(?:合理)?(?:必需|必要|需要)|"
        r"(?:商业|行业|交易)惯例[^。；]{0,40}(?:提供|披露|共享)|向有权机构承诺之?的?义务|"
        r"(?:法律依据|依法)[^。；，]{0,4}或[^。；，]{0,4}(?:合约|契约|合同)义务|(?:前项|前述|上述)?(?:但书|例外)[^。；]{0,8}包括但不限于|经[^。；，]{0,8}研析[^。；，]{0,6}(?:披露|提供)"
    ),
    Phrase(r"法院(?:命令|判决)的|我们不会"),
)
REFUSED = Wording(
    "open-ended/refusal-broad",
    "warn",
    "requests are refused on grounds that the law does not know",
    "name the exceptions of the law, and give the reason with every refusal",
    "GDPR Art. 12(4)-(5); PIPL Art. 44-50; PDPO s. 20",
    Phrase(
        r"(?:由于|因|基于|出于)[^。]{0,24}(?:技术(?:所限|限制|可行性|原因|能力|条件)|运营需要|成本)[^。]{0,40}(?:无法|不能|不予|拒绝|限制)[^。；，]{0,10}(?:响应|满足|处理|访问|删除|更正|限制|实现|$|。)|"
        r"等(?:正当|合理|其他)(?:的)?(?:事由|理由|原因)[^。；]{0,20}(?:无法|不能|不予|拒绝)|"
        r"(?:请求|申请)[^。；]{0,10}(?:将|会|可能)?被?(?:驳回|拒绝)[^。；]{0,6}包括但不限于|(?:权利|请求)[^。；]{0,10}因[^。；]{0,12}技术(?:可行性|限制|原因)[^。；]{0,20}限制"
    ),
    Phrase(r"付款|服务(?:中断|暂停)|网站|页面|链接|不承担|cookie|浏览器"),
)
HEDGED = Wording(
    "unenforceable/duty-hedged",
    "warn",
    "what the law asks is only tried",
    "promise it without a reservation, or say where the law leaves room",
    "GDPR Art. 5(1)(c), 12(1), 44; PIPL Art. 6, 7, 17; PDPA (SG) s. 26",
    Phrase(
        r"(?:尽量|尽可能|尽力|力求)(?:地)?(?:将|把|确保|保证|使|为|做到|遵守|减少|限于|只|仅)[^。；]{0,40}(?:必需|必要|最小|保护(?:水准|水平|标准)|告知|知情|合法|法律要求|法律规定|同意)"
    ),
    Phrase(r"请|您(?:应|可)|第三方会|技术词汇"),
)
EXTRAS = Wording(
    "open-ended/text-open",
    "warn",
    "other texts, unlisted, become part of this one",
    "list them with their dates, and say which text prevails",
    "GDPR Art. 12(1); PIPL Art. 17",
    Phrase(
        r"(?:faq|常见问题|提示|功能页|帮助页|公告|通知|说明)[^。]{0,50}(?:构成|视为|属于|作为)[^。；，]{0,2}本(?:隐私)?(?:政策|声明|条款)[^。；，]{0,3}(?:补充|一部分|组成部分)"
    ),
    Phrase(r"附件|附录|以下|下列|修订"),
)
SELECTED = Wording(
    "dangling-reference/reference-unresolved",
    "warn",
    "special rules prevail, and nothing says which and where",
    "list the services and link their rules",
    "GDPR Art. 12(1); PIPL Art. 17",
    Phrase(
        r"(?:特定|部分|某些|个别)(?:的)?(?:服务|产品|功能)[^。；]{0,10}(?:适用|另有|具有|拥有)(?:单独|特定|独立|专门|其)的?[^。；，]{0,6}(?:隐私)?(?:政策|条款|声明|规则)"
    ),
    Phrase(r"https?:|《[^》]*》[^。]{0,4}(?:及|、|和)《|如下|以下|附"),
)
NOBODY_NAMED = Wording(
    "open-ended/recipient-open",
    "warn",
    "data is shared, and nothing says with whom",
    "name the recipients, the purpose and the data of each",
    "PIPL Art. 23; GDPR Art. 13(1)(e); PDPO DPP1(3)",
    Phrase(
        r"(?:亦|也|还)?(?:可能|会|有权|可以)(?:会)?(?:共享|分享|披露|对外提供)(?:您|用户|阁下)?的?(?:个人)?(?:信息|资料|数据)[。；]?$"
    ),
    Phrase(r"同意|授权|法律|法规|法院|以下|下列|例如|不会|不得|向|与|为(?:了)?(?:维护|保护|保障)"),
)
TOLD_ONLY = Wording(
    "risky-promise/new-use-optout",
    "warn",
    "a mere notice opens the data to others or to new uses",
    "ask for consent before another use, and let people refuse",
    "PIPL Art. 14, 23; PDPA (TW) Art. 20; GDPR Art. 6(4)",
    Phrase(
        r"除非[^。；，]{0,4}(?:事先|事前|预先)?(?:说明|告知|公告|通知)[^。]{0,80}不(?:会|得)?[^。]{0,30}(?:提供[给予]|披露|移作|作其他|用于其他|挪作)"
    ),
    Phrase(r"除非[^。；，]{0,4}(?:取得|获得|征得|经)|并(?:取得|征得|获得)[^。；，]{0,6}同意"),
)
BREACHES = Wording(
    "risky-promise/breach-narrowed",
    "warn",
    "people hear of a breach in fewer cases than the law has",
    "tell the authority and the people concerned of every breach that can harm them, whoever caused it",
    "PIPL Art. 57; GDPR Art. 33-34",
    Phrase(
        r"(?:完全|纯粹|仅|唯一|直接)[^。；，]{0,2}(?:归因于|归咎于|由于|因为?|系)[^。；，]{0,12}(?:原因|过错|责任|过失)[^。；，]{0,12}(?:泄露|泄漏|外泄|丢失)[^。]{0,50}(?:通知|告知)|"
        r"(?:泄露|泄漏|安全事件)[^。]{0,60}(?:向|告知|通知)(?:您|用户)或者?(?:主管|监管|有关)(?:机关|机构|部门)|"
        r"(?:泄露|泄漏|安全事件)[^。]{0,40}(?:自行|酌情)(?:决定|判断)[^。；，]{0,6}(?:是否)?(?:通知|告知)|"
        r"(?:泄露|泄漏|安全事件)[^。]{0,70}(?:发布|刊登|张贴)[^。；，]{0,3}公告"
    ),
)
NOT_ALL = Wording(
    "open-ended/purpose-open",
    "warn",
    "the text says of itself that it does not cover everything",
    "describe every processing, or tell people before each further one",
    "GDPR Art. 13(1)(c); PIPL Art. 17",
    Phrase(
        r"本?(?:声明|政策|条款)[^。；，]{0,4}(?:可能)?(?:并)?(?:无法|不能|未能|没有|未)(?:涉及|涵盖|覆盖|列明|包含|穷尽)(?:到)?(?:所有|全部|一切)[^。；，]{0,10}(?:场景|情形|处理|用途|情况)"
    ),
)
BUNDLED = Wording(
    "risky-promise/consent-bundled",
    "block",
    "who accepts an agreement is taken to consent to the whole text",
    "ask for consent by itself, and only where the law needs it",
    "PIPL Art. 14, 16; GDPR Art. 7(2), 7(4)",
    Phrase(
        r"(?:同意|接受|签署|签订)[^。；，]{0,3}《[^》]*(?:协议|条款|合同)》[^。；，]{0,6}[，,]?(?:即|就|便)?(?:视为|表示|代表|意味着?|等于)[^。；]{0,10}(?:同意|接受|授权)[^。；]{0,6}(?:本|全部|我们)"
    ),
    Phrase(r"不(?:视为|代表|意味|表示)"),
)
CHILDREN = Wording(
    "risky-promise/children-consent",
    "warn",
    "children's data is used or published on any one of several grounds, the consent of parents only one of them",
    "ask a parent each time, publish nothing of children, and write rules of their own",
    "PIPL Art. 28, 31; COPPA",
    Phrase(
        r"(?:法律|法规)(?:所)?允许、[^。；]{0,24}(?:或者?)[^。；]{0,16}(?:必要|需要)[^。；]{0,10}(?:使用|公开|披露)[^。；]{0,12}(?:信息|资料|披露)"
    ),
    Phrase(r"不(?:会)?(?:公开|披露)"),
)
COOKIES_NAMELESS = Wording(
    "risky-promise/law-misstated",
    "warn",
    "cookies are said to tell nothing about a person",
    "take it out: what recognises a browser is personal data",
    "PIPL Art. 4; GDPR Art. 4(1), Rec. 30",
    Phrase(
        r"cookie[^。]{0,50}(?:不(?:表示|意味|代表)|并不|不会|不能|无法|不可)[^。；，]{0,16}(?:获悉|获取|知悉|收集|识别|了解|辨认)[^。；，]{0,10}(?:您|用户)?的?任何(?:个人|身份)(?:信息|资料|数据)?|"
        r"cookie[^。；]{0,12}不(?:含|包含|涉及|带有)任何个人(?:信息|资料|数据)"
    ),
    Phrase(r"拒绝|禁用|如果您|除非"),
)
SURPLUS = Wording(
    "risky-promise/data-surplus",
    "warn",
    "data that no hosted service or app needs",
    "leave it out, or name the function that needs it and ask for consent",
    "PIPL Art. 6; GDPR Art. 5(1)(c)",
    Phrase(
        r"(?:曾经?|正在|已)?(?:使用|安装)(?:过)?的?(?:移动)?(?:应用|app|软件)[^。；，]{0,10}(?:和|及|、)[^。；，]{0,4}其他软件的?信息|社交媒体(?:页面|账号的?内容)|"
        r"(?:曾)?通讯的?(?:账号|对象|号码)[^。；]{0,14}(?:通讯)?(?:时间|时长|内容)|设备序列号|(?:手机|设备)的?(?:硬件)?序列号|"
        r"(?:设备|手机)上?(?:已)?安装的(?:应用|app|软件|程序)[^。；]{0,20}(?:使用情况|列表|清单|$)|应用(?:程序)?的使用情况|监控[^。；，]{0,8}(?:活动|运行)[^。；，]{0,4}(?:应用|程序)|(?:imei|imsi)[^。；]{0,20}(?:idfa|android ?id)|注册[^。；]{0,24}(?:生日|出生日期)[^。；，]{0,8}性别|(?:生日|性别)[^。；]{0,12}注册"
    ),
    Phrase(
        rf"{NEVER}|登录(?:方式)?|分享到|不收集|授权后|同意后|维修|保修|质保|选填|可选|自愿|防(?:作弊|欺诈|刷)"
    ),
)
PARTS = Wording(
    "risky-promise/right-narrowed",
    "warn",
    "the right is smaller here than in the law",
    "state the right with the conditions of the law, no further ones",
    "PIPL Art. 44-48; GDPR Art. 15-17; PDPO DPP6",
    Phrase(
        r"(?:访问|查阅|更正|更新|修改|删除|取得|获取|导出)[^。；，]{0,12}(?:部分|某些|若干|有限的)(?!服务)[^。；，]{0,8}(?:信息|资料|数据)(?:的副本)?[，。；]?$|"
        r"(?:如果?我们|在我们)(?:决定|同意)(?:响应|接受|批准)您的[^。；，]{0,6}(?:请求|申请)|"
        r"(?<!更正或)(?<!更正、)删除[^。；]{0,24}(?:错误|不正确|不准确)(?:或|、|及)不完整的?(?:个人)?(?:信息|资料|数据)"
    ),
    Phrase(
        r"我们会(?:删除|更正)|未成年|安全|不会删除|您可以?(?:自行)?(?:登录|通过[^。；]{0,10}(?:页面|中心))"
    ),
)
BY_SCENE = Wording(
    "undefined-term/term-undefined",
    "warn",
    "the place of storage hangs on a case that is not said",
    "name the place for every case, and the transfers",
    "PIPL Art. 17, 38-39; GDPR Art. 13(1)(f)",
    Phrase(
        r"(?:根据|视|按照)(?:您|用户|客户)的?(?:业务|使用|实际)?(?:场景|情况|需要)[^。]{0,40}(?:保存|存储|存放|储存)(?:在|于)"
    ),
)
NOTICES = Wording(
    "undefined-term/term-undefined",
    "warn",
    "a notice without a time or a way",
    "say how many days ahead, and by which channel",
    "PIPL Art. 17(2); GDPR Art. 12(1)",
    Phrase(
        r"(?:提供|给予|发出|作出|做出)(?:您)?合理的?通知|(?:其他|其它)(?:我们认为)?(?:适当|合适|合理)的?(?:方式|渠道|途径)[^。；，]{0,6}(?:通知|告知|提供)"
    ),
    Phrase(r"\d+ ?(?:日|天)|提前|公告期"),
)
SILENT_CHANGES = Wording(
    "risky-promise/unilateral-change",
    "warn",
    "only changes that take rights away are told, the others are not",
    "tell people of every change before it applies",
    "PIPL Art. 14, 17(2); GDPR Art. 12(1)",
    Phrase(
        r"(?:如|若|当)[^。；，]{0,16}(?:造成|导致)[^。；]{0,20}(?:实质|重大)(?:性)?的?(?:减少|削减|变更|影响)[^。]{0,70}(?:通知|提示|告知)"
    ),
    Phrase(r"(?:其他|一般|非重大)(?:的)?(?:变更|修订|更新)[^。；]{0,20}(?:通知|公告|告知)"),
)

HOLLOW_WITHDRAWAL = Wording(
    "risky-promise/right-narrowed",
    "warn",
    "consent is taken back by leaving, which takes nothing back",
    "give a switch for each consent, and say what ends with it",
    "PIPL Art. 15-16; GDPR Art. 7(3)",
    Phrase(
        r"(?:撤回|收回|撤销)[^。；，]{0,4}(?:同意|授权)[^。；]{0,24}(?:退出登录|登出|卸载|停止使用|清除缓存|删除(?:应用|app))"
    ),
    Phrase(r"关闭[^。；，]{0,8}(?:权限|开关|授权)|联系|邮件|@|隐私(?:设置|中心)"),
)

WORDINGS = (
    HOLLOW_WITHDRAWAL,
    OWN,
    REFUSED,
    HEDGED,
    EXTRAS,
    SELECTED,
    BREACHES,
    NOT_ALL,
    TOLD_ONLY,
    NOBODY_NAMED,
    BUNDLED,
    CHILDREN,
    COOKIES_NAMELESS,
    SURPLUS,
    PARTS,
    BY_SCENE,
    NOTICES,
    SILENT_CHANGES,
)
