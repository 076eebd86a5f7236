"""Duties that a Chinese text only tries to keep, pushes away, vouches for or gets wrong; built from kinds of words."""

from __future__ import annotations

from troth.policy.lint.chinese_wording import Wording
from troth.policy.lint.phrase import Phrase

_WE = r"(?:我们|本公司|本网站|本站|本应用|平台|公司|系统)"
_DATA = r"(?:信息|资料|数据|记录|内容)"

HEDGED = Wording(
    "unenforceable/duty-hedged",
    "warn",
    "what the law asks is only tried",
    "promise it without a reservation, or say where the law leaves room",
    "GDPR Art. 5(1)(c), 12(1), 44; PIPL Art. 6, 7, 17; PDPA (SG) s. 26",
    Phrase(
        r"(?:尽量|尽可能|尽力|儘量|力求|尽最大努力)[^。；，,]{0,20}(?:告知|通知您|征得|取得您|取得[^。；，,]{0,6}同意|删除|必需|必要|遵守|符合|更正)|在可行(?:的)?范围内[^。；，,]{0,8}(?:响应|处理|提供|删除|遵守)|(?:尽量|尽可能|尽力)[^。；]{0,24}保证您(?:可以|能够?)|"
        r"(?:尽量|尽可能|力求)(?:地)?(?:遵守|符合)"
    ),
    Phrase(r"^\W*请|请您|您(?:应|可(?!以))|技术词汇|最迟|不超过"),
)
RISK = Wording(
    "unenforceable/disclaimer-overbroad",
    "warn",
    "responsibility for own data handling is pushed away",
    "answer for what is in your hands; limit only what the law lets you limit",
    "GDPR Art. 82; PIPL Art. 69; PDPO s. 66",
    Phrase(
        r"(?:您|用户|会员|阁下|客户)[^。；，,]{0,14}(?:承担|自负|承受)[^。；]{0,24}(?:泄露|泄漏|外泄|丢失|被盗|损失)[^。；]{0,12}(?:风险|责任|后果)|"
        r"(?:第三方|受托方|服务商|sdk)[^。；]{0,24}(?:泄露|损失|违规)[^。；]{0,24}(?:与(?:我们|本公司)无关|由[^。；，,]{0,6}(?:第三方|受托方|其)[^。；，,]{0,4}(?:自行)?承担)|(?:赔偿|责任)[^。；，,]{0,6}(?:仅|只|以)[^。；，,]{0,4}(?:限于|不超过)?[^。；，,]{0,10}(?:服务费|已付费用)(?:为限)?|(?:您|用户)[^。；，,]{0,8}承担(?:相关|由此[^。；，,]{0,4}的?|一切|全部)?的?(?:安全)?风险|(?:相关|法律|一切|全部)责任(?:均)?由(?:该)?(?:第三方|受托方)(?:自行)?承担|对(?:关联公司|受托方|合作方)[^。；，,]{0,12}不承担(?:任何)?责任|"
        r"第三方sdk[^。；]{0,24}(?:由其自行决定|不了解)[^。；]{0,10}(?:不负责|不承担)?"
    ),
    Phrase(
        r"因您(?:自己|自身|的原因|主动)?|您(?:自己)?(?:泄露|保管不善|未妥善)|密码|第三方网站|依法承担|监督责任|不真实|不准确|虚假"
    ),
)
HELPERS = Wording(
    "unenforceable/others-vouched",
    "warn",
    "what others do is stated as a fact",
    "say what the contract binds them to, and who answers for it",
    "GDPR Art. 28; PIPL Art. 21; FTC Act 5",
    Phrase(
        r"(?:合作(?:伙伴|方|商)|支付(?:机构|平台|公司)|机房(?:业者)?|业者|供应商|服务商|承包商|合作机构)[^。；，,]{0,6}(?:均|都|也|绝)?不会[^。；，,]{0,10}(?:保存|留存|接触|查看|使用|用于|收集|泄露|将您|获取|记录)"
    ),
    Phrase(r"要求|协议|约定|合同|合约|承诺|确保|保证其|约束|我们不会(?:与|向|将)|无权"),
)
CREDENTIALS = Wording(
    "risky-promise/credential-collected",
    "warn",
    "secret data that only its owner should know is asked for",
    "never ask for it; check identity otherwise",
    "GDPR Art. 32; PIPL Art. 6, 51; PCI DSS 3.2",
    Phrase(
        r"(?:收集|获取|记录|保存|要求您提供|需要您提供)[^。；]{0,24}(?:支付密码|交易密码|取款密码|密保(?:问题)?(?:的)?答案|密保答案|cvv|cvc|信用卡(?:背面)?(?:安全码|验证码))"
    ),
    Phrase(r"不(?:会)?(?:自行|主动|直接|另行)?(?:收集|存储|保存|获取|记录)|支付机构|哈希|加密后|请勿"),
)
RESENT = Wording(
    "risky-promise/password-resend",
    "block",
    "passwords go out readable",
    "send a link to set a new one; store only salted hashes",
    "GDPR Art. 32; PIPL Art. 51",
    Phrase(
        r"(?:原(?:始|来的?|有的?|先的?|本的?)?|旧|您的|初始|用户名和|账号和)密码[^。；，,]{0,8}(?:寄|发送|发|告知|回复)(?:至|到|给|往)|将?(?:用户名和|账号和)?密码(?:以|通过|用)[^。；，,]{0,6}(?:短信|邮件|电邮)[^。；，,]{0,4}发送"
    ),
    Phrase(r"不会|重置|重设|链接|请勿|一次性|临时|无法|不能"),
)
UNSAFE = Wording(
    "risky-promise/security-lacking",
    "block",
    "protection is said not to be there",
    "protect the data, and say how",
    "PIPL Art. 51; GDPR Art. 5(1)(f), 32; PDPO DPP4",
    Phrase(
        rf"{_WE}?[^。；，,]{{0,8}}(?:未|没有|并未|不)(?:对|采用|部署|使用|进行)[^。；，,]{{0,10}}(?:加密|ssl|tls)|{_DATA}(?:之|的)?(?:传输|存储|储存)(?:并)?(?:未|没有)[^。；，,]{{0,6}}加密|不(?:做|进行)[^。；，,]{{0,8}}(?:安全)?(?:检测|扫描|测试|审计)"
    ),
    Phrase(r"邮件|公共wifi|未加密的(?:网络|wi)|防止|如果|任何(?:人)?|第三方网站|明文密码"),
)
UNSHIELDED = Wording(
    "risky-promise/messages-unprotected",
    "warn",
    "what people write is treated as if it were no secret",
    "protect it as other personal data",
    "PIPL Art. 9, 51; GDPR Art. 5(1)(f), 32",
    Phrase(
        r"(?:视为|视作|当作|作为|属于)(?:是)?非(?:保密|机密)(?:性)?(?:的)?(?:信息|资料|数据)?|(?:聊天记录|附件|留言|工单|来信)[^。]{0,24}有权[^。；，,]{0,4}(?:以)?任何(?:方式|形式)[^。；，,]{0,6}(?:使用|公开|利用)"
    ),
    Phrase(r"公开(?:论坛|区域|发布|空间)|意见和建议|创意|构想"),
)
UNTOLD = Wording(
    "risky-promise/unaware-processing",
    "block",
    "data is handled without the knowledge of those concerned",
    "tell people before it happens",
    "PIPL Art. 7, 17; GDPR Art. 13-14; PDPA (TW) Art. 8-9",
    Phrase(
        r"静默(?:地)?(?:收集|获取|上传|读取)|(?:收集|获取)[^。；]{0,20}(?:而)?不(?:另行|再)?(?:提示|告知)|(?:您|用户|会员)?不知情(?:的)?(?:情况|情形)?[^。；]{0,14}(?:收集|获取|使用|处理|利用)|(?:无需|无须|不必|不|毋须)(?:另行)?(?:通知|告知)(?:您|会员|用户|客户|当事人)?(?:的|之)?(?:情况|情形)下?[^。；]{0,20}(?:收集|利用|处理|分析|使用)"
    ),
    Phrase(r"不会|不得|法律|法规|匿名|未经|终止|暂停"),
)
WRITERS = Wording(
    "risky-promise/duty-shifted",
    "warn",
    "customers vouch that others have been informed or have consented",
    "inform the others yourself, or check that they were informed",
    "PIPL Art. 14, 17, 23; GDPR Art. 7(1), 14",
    Phrase(
        r"视为您已(?:经)?(?:取得|获得|征得)[^。；，,]{0,10}(?:同意|授权)|(?:您|用户|客户)(?:保证|声明|承诺)[^。]{0,30}(?:知悉|同意|授权)[^。]{0,20}(?:不(?:另|再)行?告知|无需[^。；，,]{0,6}(?:核实|告知)|概由您)"
    ),
    Phrase(r"不视为"),
)
BREACH_LATE = Wording(
    "risky-promise/breach-narrowed",
    "warn",
    "people hear of a breach in fewer cases than the law has",
    "tell the authority and the people concerned of every breach that can harm them, whoever caused it",
    "PIPL Art. 57; GDPR Art. 33-34",
    Phrase(
        r"(?:因|由于)?(?:我们|本公司)的?(?:全部|重大|故意|唯一|单独)(?:的)?(?:过错|过失|责任|原因)[^。]{0,24}(?:通知|告知)|(?:泄露|安全事件)[^。；]{0,12}(?:仅|只)(?:会)?(?:在|于)?[^。；，,]{0,8}(?:公告|公布)|(?:泄露|安全(?:的)?事件|信息安全)[^。]{0,60}在?(?:必要|适当)(?:时|的情况下)(?:会|才)?(?:向您|向你|向用户)?(?:通知|告知)"
    ),
    Phrase(r"难以逐一"),
)
BREACH_PROMISE = Wording(
    "risky-promise/breach-promise",
    "warn",
    "every user told of a breach within a time that nobody can keep, counted from no stated moment",
    "say from when the time runs, and whom the law has told",
    "PIPL Art. 57; GDPR Art. 33-34",
    Phrase(
        r"(?:泄露|安全事件|安全事故)[^。]{0,24}(?:\d+|一|两|二|几|二十四|四十八|七十二)(?:个)?(?:小时|分钟)(?:之)?内[^。；，,]{0,10}(?:通知|告知)(?:每一位|所有|全部|每位|各)"
    ),
    Phrase(r"监管|主管(?:机关|部门)|知悉后|发现后"),
)
COUNTED_ROLE = Wording(
    "risky-promise/role-unclear",
    "warn",
    "visitors of the customers' websites are read, and nothing says on whose behalf",
    "say whether this is done for the customer or for the company, and tell the visitors",
    "PIPL Art. 20-21, 73; GDPR Art. 4(7)-(8), 28",
    Phrase(
        rf"{_WE}[^。；]{{0,12}}(?:收集|记录|分析|采集)[^。；]{{0,30}}(?:客户(?:的)?网站|最终用户|终端用户)[^。；]{{0,24}}(?:访客|日志|ip|cookie|url|访问)|(?:cdn|加速服务)[^。；]{{0,8}}(?:会)?(?:收集|记录)[^。；]{{0,10}}(?:最终用户|终端用户|访客)|(?:收集|记录|分析)[^。；]{{0,10}}客户网站访客"
    ),
    Phrase(r"受(?:客户|您)?委托|按(?:照)?(?:客户|您)的?指示|代表(?:客户|您)|受托"),
)
MISTOLD = Wording(
    "risky-promise/law-misstated",
    "warn",
    "the text says that the law says what it does not say",
    "correct it, or leave the law out",
    "PIPL Art. 4, 73; PDPA (TW) Art. 2; GDPR Art. 4(1); PDPO s. 2",
    Phrase(
        r"(?:ip ?(?:地址|位址)|设备(?:标识|识别)[^。；，,]{0,4}|cookie|位置信息|聊天记录|浏览记录)[^。；，,]{0,6}(?:非属|不属|并非|非)(?:于)?个人(?:隐私)?(?:信息|资料|数据)|(?:ip ?地址|设备标识)[^。；]{0,24}等?(?:匿名|非个人)(?:的)?(?:技术)?(?:信息|数据|资料)"
    ),
    Phrase(r"如果|匿名化"),
)
DISCARDED_LAWS = Wording(
    "risky-promise/law-repealed",
    "warn",
    "the text rests on an act that has been replaced",
    "name the act that is in force",
    "PIPL Art. 74; Civil Code of the PRC Art. 1260; PDPA (TW)",
    Phrase(
        r"电脑处理个人(?:信息|资料)保护法|(?<![\u4e00-\u9fff]劳动)民法总则|民法通则|侵权责任法|《(?:中华人民共和国)?合同法》"
    ),
    Phrase(r"废止|失效|原《|已被|取代"),
)
RECOGNISED = Wording(
    "risky-promise/data-surplus",
    "warn",
    "data that no hosted service or app needs",
    "leave it out, or name the function that needs it and ask for consent",
    "PIPL Art. 6; GDPR Art. 5(1)(c)",
    Phrase(
        r"收入(?:状况|水平)?、[^。；]{0,10}婚姻|婚姻(?:状况)?、[^。；]{0,10}(?:收入|家庭)|(?:填写|提供|收集|包括|如)[^。；]{0,24}(?:婚姻|收入(?:状况|水平)?|血型|星座|家庭状况|宗教|政治面貌)|(?:收集|读取|获取)[^。；]{0,40}(?:软件(?:安装)?(?:列表|清单)|应用(?:安装)?(?:列表|清单)|剪切板|正在运行的进程|剪贴板|短信(?:内容|记录)|简讯内容|通话记录)|imsi[^。；]{0,30}(?:iccid|mac|序列号|软件)|(?:收集|获取)[^。；]{0,30}(?:imsi|iccid)"
    ),
    Phrase(
        r"不(?:会)?(?:收集|读取|获取)|选填|可选|自愿|可以选择|招聘|应聘|求职|贷款|保险|经您(?:同意|授权)|婚恋"
    ),
)
FREQUENT = Wording(
    "risky-promise/data-surplus",
    "warn",
    "the app runs or reads in the background beyond what its functions need",
    "say for which function it runs in the background, how often, and let people refuse",
    "PIPL Art. 6, 17",
    Phrase(
        r"(?:后台|未使用时|静默)[^。；]{0,14}(?:持续|也会|自动|定时)?(?:收集|获取|读取|上传)|自启动[^。；]{0,16}关联启动|(?:一次性|全部)[^。；，,]{0,6}(?:申请|开启|授予)[^。；，,]{0,10}权限|(?:开启|授予)[^。；]{0,20}全部权限"
    ),
    Phrase(r"不会|不(?:在)?后台|拒绝|您可以|关闭|逐项|分别"),
)
PRICES = Wording(
    "missing-mandatory/profiling-undisclosed",
    "warn",
    "prices differ by person, and nothing explains the logic or how to object",
    "stop it, or explain it and offer a way without it",
    "PIPL Art. 24",
    Phrase(r"(?:消费(?:习惯|能力)|设备型号|画像|购买记录)[^。；]{0,20}不同的?价格|差别定价"),
    Phrase(r"不会|不得|不实行"),
)
PREVAILS = Wording(
    "open-ended/text-open",
    "warn",
    "another paper or the company's own reading prevails over this text",
    "let the rule that is better for people prevail, and drop the last word",
    "PIPL Art. 17; Civil Code of the PRC Art. 496-498; GDPR Art. 12(1)",
    Phrase(
        r"(?:最终|最后)?解释权[^。；，,]{0,6}(?:归|属|由|均属)[^。；，,]{0,4}(?:本公司|我们|[\u4e00-\u9fff]{2,8}所有|于)|(?:保留|享有)[^。；，,]{0,4}(?:最终|最后)解释权|(?:政策|声明)[^。；]{0,12}(?:不一致|冲突|抵触)[^。；]{0,10}以(?:用户协议|服务条款|服务协议|本公司[^。；，,]{0,6}解释)为准"
    ),
    Phrase(r"儿童|未成年|法律"),
)
WORDINGS = (
    HEDGED,
    RISK,
    HELPERS,
    CREDENTIALS,
    RESENT,
    UNSAFE,
    UNSHIELDED,
    UNTOLD,
    WRITERS,
    BREACH_LATE,
    BREACH_PROMISE,
    COUNTED_ROLE,
    MISTOLD,
    DISCARDED_LAWS,
    RECOGNISED,
    FREQUENT,
    PRICES,
    PREVAILS,
)
