"""Consent, refusal, rights and messages, in Chinese."""

from __future__ import annotations

from troth.policy.lint.chinese_wording import Wording
from troth.policy.lint.chinese_words import NEVER, NOTICE, PAPER, WE
from troth.policy.lint.phrase import Phrase

_TAKEN = r"(?:视为|视同|视作|表示|代表|等于|等同|构成|意味|默认|即已|认为|表明|当作|理解为|认定|默认已|就是)"
_AGREED = r"(?:同意|接受|认可|授权|接纳|接收|认同|愿意)"
_CONSENT_LAW = "GDPR Art. 4(11), 7; PIPL Art. 14; PDPO s. 35E"
BY_USE = Wording(
    "risky-promise/consent-by-use",
    "block",
    "use or registration is taken for consent",
    "ask, and let people refuse; use is no consent",
    _CONSENT_LAW,
    Phrase(
        rf"(?:使用|游玩|加入|参与|登录|浏览|访问|注册|点击|下单|购买|进入|提交|下载|安装|运行|充值|递交|登记|致电|提供|参加|完成|成为)[^。；]{{0,40}}(?<!不){_TAKEN}[^。；]{{0,16}}(?<!不){_AGREED}|"
        rf"通过使用[^。；，,]{{0,16}}[，,](?:即|便|就|则)?(?:您|你|用户)(?:即|便|就)?(?:表示)?(?:已)?{_AGREED}|"
        rf"一经[^。；，,]{{0,8}}(?:使用|登录|登记|注册|提交|下单)[^。；]{{0,6}}(?:即|便|就)(?:已)?{_AGREED}"
    ),
    Phrase(
        r"视为(?:是)?个人信息|(?:代表|视为|表示)[^。；，]{0,6}(?:取消|撤回|收回)|不(?:代表|视为|意味|表示|会|应视为)|(?:主动)?勾选|同意《[^》]*(?:服务|用户)[^》]*》|拒绝后仍|您表示同意后|推定"
    ),
)
SILENCE = Wording(
    "risky-promise/consent-silence",
    "block",
    "silence or a preset choice is taken for consent",
    "ask, and take no answer for a no",
    _CONSENT_LAW,
    Phrase(
        rf"(?:未|没有|不|倘|逾期)[^。；]{{0,24}}(?:反对|异议|停止|关闭|退订|回复|取消|拒绝|剔号|书面)[^。；]{{0,16}}{_TAKEN}?[^。；]{{0,8}}(?:视为|视|表示|代表|认为|等同|当作)[^。；]{{0,14}}(?:{_AGREED}|不反对)|"
        rf"(?:继续(?:使用|登录|浏览|访问)|仍(?:登录|使用)|续费|续期)[^。；]{{0,24}}(?:{_TAKEN}|受[^。；]{{0,4}}约束)[^。；]{{0,20}}(?:{_AGREED}|约束)|"
        rf"(?:沉默|不作为|忽略)[^。；]{{0,24}}{_TAKEN}|(?:默认|预设|系统默认)(?:为您|已经)?[^。；，,]{{0,6}}(?:勾选|开启|同意|授权)|"
        rf"除非[^。；]{{0,12}}(?:另行通知|反对|拒绝|书面)[^。；]{{0,20}}(?:视|认为|同意)"
    ),
    Phrase(r"不(?:视为|代表|会|应视)|默认(?:关闭|均|为未)|未经|不得|浏览器|提示[^。]{0,6}同意后"),
)
_BURDEN = (
    r"公章|签名的?纸质|邮寄(?!等)|公证|证件原件|身份证原件|柜台|挂号信|传真|律师|手续费|工本费|服务费|须支付|需支付|审批后|另行购买|书面证明|逐一联系|"
    r"[1-9]\d(?:个)?工作日|[三四五六七八九十]个月方|手持身份证|证明其权益|热线办理|一式三份|支票"
)
BURDEN = Wording(
    "risky-promise/optout-burden",
    "warn",
    "a right is tied to letters, papers, fees or long waits",
    "let people use it the way they signed up, free of charge",
    "GDPR Art. 7(3), 12(2), 12(5); PIPL Art. 15, 50",
    Phrase(
        rf"(?:注销|退订|删除|查阅|更正|撤回|停止|导出|关闭|取消|拒绝)[^。]{{0,50}}(?:{_BURDEN})|(?:{_BURDEN})[^。]{{0,30}}(?:注销|查阅|更正|撤回|停止(?:使用|接收)|导出)"
    ),
    Phrase(
        r"无需|免费|费用全免|一键|无须|过分|不超乎适度|不超过(?:成本|必要)|备案|通信管理|不收取|毋须|(?<!人)工作日内(?:答复|完成)|停止服务|取消订单|十五个?工作日|15个?工作日"
    ),
)
DENIED = Wording(
    "risky-promise/right-denied",
    "block",
    "a right is refused outright",
    "grant it, or name the exception of the law",
    "GDPR Art. 12(2), 15-22; PIPL Art. 44-50; PDPO DPP6",
    Phrase(
        r"(?:不支持|不接受(?!(?:本|该|此|上述|我们的?|前述)?[^。；，,]{0,4}(?:隐私|政策|条款|协议|声明|规则|约定))|恕不|(?<!一)概不|不受理|不予受理|不享有|无权(?:要求|请求)|不提供[^。；，,]{0,10}(?:退订|转移|副本|注销|查询))[^。；，,]{0,14}"
        r"(?:注销|删除|更正|查阅|查询|复制|撤回|撤下|转移|申请|异议|更改|请求|要求|解释|向用户提供|退订|停止|权|$)|"
        rf"(?:{WE})?无法(?:为您)?(?:删除|注销|更正)(?:您|用户)|(?:注销|删除|查询|授权|同意|资料|请求|要求|审核)[^。；，,]{{0,10}}(?:，)?(?:不支持|恕不|不可(?:撤销|撤回)|不得(?:撤回|更改|变更|删除)|不予受理|不接受|概不)|"
        r"(?:一经|经)[^。；]{0,8}(?:同意|确认|授权|注册|认证)[^。；]{0,14}(?:不得|不可|不能|不支持)[^。；，,]{0,8}(?:撤回|撤销|更改|注销|删除)|"
        r"有权拒绝[^。；]{0,6}(?:任何|一切)[^。；]{0,10}(?:查阅|更正|删除|请求|要求|申请)|(?:成本|费用|负担)[^。；]{0,8}前提下[^。；]{0,6}才[^。；]{0,6}(?:响应|处理)|"
        r"(?:只能|仅可)[^。；]{0,24}(?:不能|无法|不得|恕不)[^。；，,]{0,8}(?:拒绝|关闭|撤回|删除|受理)|"
        r"(?:促销|推广|广告|优惠|推送|营销|宣传|商业信息|商业性|新产品|赞助商)[^。；]{0,36}(?:无法退订|不得拒收|不接受取消|不能关闭|不可屏蔽|强制|必须接收|不能拒绝|不受您?的?订阅设置|不可撤回)|"
        r"(?:不得|不能|不可|无法)(?:拒收|拒绝|退订|屏蔽|关闭|撤回|停止)[^。；]{0,16}(?:广告|推送|营销|促销|推广|宣传)|唯一[^。；]{0,6}(?:办法|方法|方式)[^。；]{0,4}注销|"
        r"(?:已|即使)[^。；]{0,4}退订[^。；]{0,10}仍[^。；]{0,12}(?:优惠|促销|推广|活动)|(?:会员|用户|客户)[^。；]{0,12}必须接收|强制推送|(?:短信|邮件|推送)退订功能(?=。|$)|推送频率，不能"
    ),
    Phrase(
        r"您有权|(?:阁下|用户)有权(?!利)|(?:法律|法例|法规|税法|网络安全法)|说明理由|退款|备份|恢复|无法自行|遮盖|不含(?:任何)?广告|公告频道|分享给他人|我们不(?:会)?拒绝|不接受[^。]{0,6}(?:广告|cookie)"
    ),
)
RETALIATION = Wording(
    "risky-promise/rights-retaliation",
    "block",
    "who uses a right loses something",
    "take nothing away for the use of a right",
    "PIPL Art. 16; GDPR Art. 7(4), 12(2); Cal. Civ. 1798.125; PDPO DPP6",
    Phrase(
        r"(?:拒绝|撤回|申请删除|要求删除|删除权|退订|关闭(?:个性化|用户体验|推荐|广告)|反对|不同意|投诉|要求查阅|行使|要求限制)[^。；]{0,36}"
        r"(?:终止(?:向|服务|提供)|冻结|封号|清零|不予退还|不退|不再(?:享有|续约)|带宽|线路|不得参与|降低|倍|原价|取消已|违约|没收|即时终止|免费ssl|涨价|加收)"
    ),
    Phrase(r"不会|不影响|不受影响|余额会|外挂|欠费|未完成|定位|违反(?:法律|协议)|不因"),
)
_ADVERT = (
    r"(?:促销|优惠|推广(?!资源|渠道|码|链接)|(?<!支持)广告|营销|推介|商业性|新品|宣传|直销|其他产品|电子通讯)"
)
MAILINGS = Wording(
    "risky-promise/marketing-default",
    "warn",
    "marketing goes to people who have not asked for it",
    "send it to those who chose it, each message with a way to stop",
    "PIPL Art. 24; PDPO s. 35C-35G; ePrivacy Dir. Art. 13",
    Phrase(
        rf"(?:自动订阅|(?:默认|预设)(?:为)?(?:开启|接收|加入)|加入[^。；]{{0,4}}名单)[^。；]{{0,16}}(?:{_ADVERT}|名单|$|。)|"
        rf"(?:均会收到|会收到|向[^。；，,]{{1,10}}(?:推送|发送|寄发|推荐)|不定期[^。；]{{0,8}}发送|致电[^。；]{{0,4}}推荐|会使用[^。；]{{0,8}}资料作|被?用于|联络|接收)[^。；]{{0,24}}{_ADVERT}|"
        rf"(?:使用|利用)[^。；，,]{{0,10}}(?:邮箱|电邮|邮件|手机号?|电话|地址|联系方式)[^。；]{{0,50}}{_ADVERT}|"
        rf"(?:同意|愿意)[^。；]{{0,24}}(?:发送|接收)[^。；]{{0,12}}{_ADVERT}|(?:默认|预设)开启[^。；]{{0,4}}{_ADVERT}"
    ),
    Phrase(
        rf"(?:展示|显示|投放|提供)[^。；，]{{0,6}}广告|不(?:想|愿|希望)[^。；，]{{0,4}}(?:接收|收到)|主动(?:订阅|勾选|选择)|授权|有权|可以?关闭|停止接收|免打扰|不再用于|确认[^。；]{{0,4}}内的|{NEVER}|默认(?:关闭|为?未)|未经|不使用|到期提醒、|维护公告|(?:您|阁下)(?:可|可以)?(?:选择|订阅)|订阅后|仅|只有|经(?:过)?您|同意后|开启后|在您[^。；]{{0,6}}同意|{NOTICE}|"
        rf"cookie|与[^。；]{{0,6}}共享|不(?:可|能|得|接受|设)|无法|强制|必须|唯一|(?:向|与)[^。；，,]{{0,6}}(?:广告商|广告主|合作)"
    ),
)
CHANGES = Wording(
    "risky-promise/unilateral-change",
    "warn",
    "the text changes without notice, at once or only on a page",
    "tell people ahead, and ask again where the change needs consent",
    "PIPL Art. 14, 17(2); GDPR Art. 12(1), 13(3)",
    Phrase(
        rf"(?:修改|修订|变更|更新|调整|更改|增删|改动|更换|修正)[^。；]{{0,36}}(?:恕不|不再|毋须|无须|无需|不另|不会另|不予|不必|不用|而不)[^。；]{{0,8}}(?:通知|告知|邮件|发邮件)|"
        rf"(?:随时|单方(?:面)?|视情况|不时)[^。；]{{0,16}}(?:修改|修订|变更|调整|改动|增删|更新)[^。；]{{0,10}}(?:{PAPER}|范围|权利|，|。)|{PAPER}[^。；]{{0,12}}(?:随时|单方|视情况|不时)[^。；]{{0,8}}(?:修改|修订|变更|更新)|"
        rf"(?:公布|发布|公示|刊登|上载|刊载|张贴)[^。；]{{0,10}}(?:即刻|即日|即|立即|起|时|后|当日起)[^。；，,]{{0,6}}(?:生效|施行|有效|约束力|取代|替代|适用)|"
        rf"(?:定期|不时|经常|每次使用前)[^。；]{{0,8}}(?:查阅|浏览|关注|阅读|查看|留意|重新阅读)[^。；]{{0,16}}(?:本|{PAPER}|更新|$|。)|"
        rf"体现在本页面|以(?:官网|网站)[^。；]{{0,12}}(?:为准)|(?:不预先|不事先|没有预先|不作)(?:告知|通知)[^。；]{{0,6}}(?:的)?(?:情况下)?[^。；]{{0,4}}(?:更换|修改|变更|修订)"
    ),
    Phrase(
        rf"您(?:可以?|有权|能)[^。；]{{0,24}}(?:查看|查询|修改|删除)|提前|事先(?:以|通过|取得|征得)|弹窗|密码|价格|月费|个人中心|同意后|cookie|重新征得|站内信|{NOTICE}(?!书)|浏览器|至少一个月"
    ),
)

LATE = Wording(
    "risky-promise/deadline-too-long",
    "warn",
    "an answer can take months",
    "answer within 15 working days, and at most 30 days",
    "PIPL Art. 50; GB/T 35273 8.7",
    Phrase(
        r"(?:答复|回复|响应|处理|时间|期限)[^。]{0,40}(?:延迟|延长|延期)[^。；，]{0,4}(?:两|二|2|三|3|六|6)个月|(?:两|二|2|三|3|六|6)个月内[^。；，]{0,6}(?:答复|回复|响应)"
    ),
    Phrase(r"gdpr|欧盟|欧洲|法院"),
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
ON_PAGE = Wording(
    "risky-promise/unilateral-change",
    "warn",
    "a change is told on a page only, which nobody has to read",
    "tell people ahead, by mail or in the service, and ask again where the change needs consent",
    "PIPL Art. 14, 17(2); GDPR Art. 12(1), 13(3)",
    Phrase(
        r"(?:通过|以|将)?在?(?:本页面|本页|此页面|网站|网页|官网)(?:上)?(?:发布|公布|张贴|刊登|公告|更新)[^。；]{0,24}(?:通知|告知)(?:您|用户)?[^。；，,]{0,6}(?:变更|更改|修订|更新|变动)|(?:变更|修订|更新|修改)(?:后)?(?:将|会)?(?:直接)?(?:在[^。；，,]{0,8})?(?:公布|发布)(?:即|后|并)?生效|(?:变更|修订|更新|修改)(?:将|会)?(?:通过|以)(?:网站|官网|页面|网页)公告(?:的?方式|的?形式)?(?:告知|通知|发布)?|(?:没有义务|无义务|恕不)[^。；，,]{0,6}(?:逐一|另行|个别)?通知|(?:变更|修订|更新)[^。；]{0,10}(?:仅|只)?(?:会)?(?:在|于|刊登于|公布于|刊载于)[^。；，,]{0,8}(?:网站|页面|网页)(?:上)?(?:进行)?(?:公布|刊登|公告|公示)?[。；]?$"
    ),
    Phrase(r"邮件|电邮|站内信|弹窗|短信|推送|提前|生效前|征得|价格"),
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

WORDINGS = (
    LATE,
    BY_USE,
    SILENCE,
    BURDEN,
    DENIED,
    RETALIATION,
    MAILINGS,
    CHANGES,
    TOLD_ONLY,
    BUNDLED,
    NOTICES,
    SILENT_CHANGES,
    ON_PAGE,
)
