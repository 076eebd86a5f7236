"""Consent that a Chinese text takes instead of asking for it, and messages nobody asked for; built from kinds of words."""

from __future__ import annotations

from troth.policy.lint.chinese_acts import OTHERS
from troth.policy.lint.chinese_wording import Wording
from troth.policy.lint.phrase import Phrase

_TAKEN = r"(?:视为|视作|视同|表示|代表|推定|等于|意味着?|构成|即为)"
_AGREED = r"(?:同意|接受|授权|认可|不反对)"
_LAW = "PIPL Art. 14, 16; GDPR Art. 4(11), 7; PDPA (TW) Art. 7; PDPO s. 35E"
_ADVERT = r"(?:促销|优惠|推广(?!码|资源)|营销|推介|商业性信息|商业信息|新品|活动通知|推销|电子报|活动讯息|活动信息|广告)"

BY_USE = Wording(
    "risky-promise/consent-by-use",
    "block",
    "use or registration is taken for consent",
    "ask, and let people refuse; use is no consent",
    _LAW,
    Phrase(
        rf"(?:通过|经由)(?:使用|访问|浏览)[^。；]{{0,40}}，(?:您|你|用户|阁下)(?:均|即|便|就|则)*(?:已)?(?:表示)?{_AGREED}|(?:使用|提供|浏览|访问)[^。；]{{0,40}}，?(?:您|阁下|用户)?(?:即|便|就|则)受[^。；，,]{{0,6}}(?:政策|声明|条款|协议)[^。；，,]{{0,3}}约束|(?:打开|浏览|加入|完成注册|注册成功|登入)[^。；]{{0,30}}(?:即|均|便|皆|同时)(?:被)?(?:默认|视为|视同|当作)?[^。；，,]{{0,8}}{_AGREED}"
    ),
    Phrase(r"不(?:视为|代表|表示)|勾选|以便|如果您"),
)
BUNDLED = Wording(
    "risky-promise/consent-bundled",
    "block",
    "who accepts an agreement is taken to consent to the whole text",
    "ask for consent by itself, and only where the law needs it",
    _LAW,
    Phrase(
        rf"(?:同意|接受)[^。；，]{{0,8}}(?:协议|条款|合同|合约)(?:时|后|的)?[，,]?(?:即|便|就|则|亦)*(?:已)?(?:{_TAKEN})?(?:您)?[^。；]{{0,4}}{_AGREED}[^。；，]{{0,12}}(?:本(?:隐私)?(?:政策|声明)|隐私|收集|处理|利用|共享|全部|个人信息)|"
        rf"一次性(?:地)?(?:授权|同意)|(?:勾选|点击)[^。；]{{0,24}}(?:{_TAKEN})[^。；]{{0,16}}(?:单独同意|敏感|同意公开|跨境|出境)|"
        rf"(?:同意|接受|勾选)本(?:隐私)?(?:政策|声明)[^。；，]{{0,4}}(?:即|便)?(?:{_TAKEN})[^。；]{{0,16}}(?:单独同意|敏感|人脸|公开|处理该)"
    ),
    Phrase(r"不(?:视为|代表|意味|表示)|分别|不得"),
)
SILENCE = Wording(
    "risky-promise/consent-silence",
    "block",
    "silence or a preset choice is taken for consent",
    "ask, and take no answer for a no",
    _LAW,
    Phrase(
        rf"(?:未|没有|无|不)[^。；，]{{0,24}}(?:反对|异议|回复|回应|回覆|答复|拒绝|表示|提出)[^。]{{0,16}}{_TAKEN}[^。；，]{{0,10}}{_AGREED}|"
        rf"(?:未成年|未满|不满)[^。；]{{0,24}}(?:使用|继续)[^。；]{{0,14}}{_TAKEN}[^。；，]{{0,14}}(?:监护人|代理人|父母)[^。；，]{{0,8}}{_AGREED}"
    ),
    Phrase(r"不(?:视为|代表|会|应视)|未经"),
)
BURDEN = Wording(
    "risky-promise/optout-burden",
    "warn",
    "a right is tied to letters, papers, fees or long waits",
    "let people use it the way they signed up, free of charge",
    "PIPL Art. 15, 50; GDPR Art. 7(3), 12(2); PDPO s. 35G",
    Phrase(
        r"(?:停止|取消|撤回|退订|拒绝|不希望|不愿|注销)[^。]{0,40}(?:亲笔|签名|签署|挂号|寄送|填具申请|公证|(?:约|需|需要)?(?:两|二|三|四|六|\d+)个月)"
    ),
    Phrase(
        r"无需|免费|一键|毋须|不超过|保存|保留|日志|或(?:者)?[^。；，]{0,10}(?:邮件|链接|在线)|邮件[^。；，]{0,6}或"
    ),
)
MAILINGS = Wording(
    "risky-promise/marketing-default",
    "warn",
    "marketing goes to people who have not asked for it",
    "send it to those who chose it, each message with a way to stop",
    "PIPL Art. 24; PDPO s. 35C-35G; ePrivacy Dir. Art. 13",
    Phrase(
        rf"(?:邮件|短信|简讯|电话|联系方式|邮箱|手机)[^。；]{{0,14}}(?:向您|向用户|向会员|给您)[^。；，]{{0,4}}(?:发送|推送|拨打|寄送)[^。；，]{{0,16}}{_ADVERT}|不定期[^。；，,]{{0,6}}(?:致电|发送|推送|寄送)[^。；，,]{{0,10}}(?:介绍|推荐)?[^。；，,]{{0,4}}{_ADVERT}|(?:成为|注册)[^。；，]{{0,10}}(?:后|会员|用户)[^。；]{{0,12}}(?:会(?:定期|不定期)?收到|即会收到|自动(?:加入|订阅))[^。；]{{0,14}}(?:{_ADVERT}|产品推荐)"
    ),
    Phrase(
        r"(?:经|征得|取得|获得)[^。；，]{0,10}同意|勾选|订阅(?!了?我们的营销)|不会|未经|您(?:可以|可)选择(?:接收|订阅)|默认关闭|有权"
    ),
)
OTHERS_MAIL = Wording(
    "risky-promise/partner-marketing",
    "warn",
    "others advertise to people, and nobody has asked them",
    "ask each person before others write to them, and name the others",
    "PDPO s. 35J-35K; PIPL Art. 14, 23; ePrivacy Dir. Art. 13",
    Phrase(
        rf"(?:提供|交给|共享|转移|披露)[^。；，]{{0,3}}(?:给|予|至)?[^。；，]{{0,6}}{OTHERS}[^。；]{{0,20}}(?:促销|营销|推广|优惠|新品)|"
        rf"{OTHERS}[^。；]{{0,16}}(?:会|将|可能|可以|向您)[^。；]{{0,20}}(?:向您|联系方式)[^。；]{{0,16}}(?:推荐|推广|推送|发送)[^。；]{{0,10}}(?:产品|广告|优惠|信息)?"
    ),
    Phrase(r"同意(?!我们委托)|授权|不会|不允许|未经|验证码|通知|服务商[^。；]{0,10}(?:短信|验证)|拒绝"),
)
NEW_USE = Wording(
    "risky-promise/new-use-optout",
    "warn",
    "a mere notice opens the data to others or to new uses",
    "ask for consent before another use, and let people refuse",
    "PIPL Art. 14, 23; PDPA (TW) Art. 20; GDPR Art. 6(4)",
    Phrase(
        r"(?:新的?(?:目的|用途)|变更[^。；，]{0,8}(?:目的|用途)|其他(?:目的|用途)|出售)[^。]{0,30}(?:通知|公告|告知)[^。]{0,24}(?:选择退出|拒绝|来信|不同意(?:得|可)|反对|退出)"
    ),
    Phrase(r"(?:征得|取得|获得)[^。；，]{0,8}同意|不会"),
)
OPT_OUT_OF_ALL = Wording(
    "risky-promise/suppression-scope",
    "warn",
    "an opt-out that stops important messages too",
    "let the opt-out stop advertising only",
    "PIPL Art. 24, 57; GDPR Art. 21(2)-(3)",
    Phrase(
        r"(?:退订|取消订阅|拒收)[^。；]{0,12}不再[^。；，]{0,8}(?:发送|收到)[^。；，]{0,6}(?:任何|所有|一切)[^。]{0,14}(?:包括[^。；]{0,10}(?:账单|安全|服务|到期|系统)|(?:账单|安全|服务)通知)"
    ),
    Phrase(r"营销|推广|促销"),
)
NOT_STOPPED = Wording(
    "contradiction/optout-scope",
    "warn",
    "messages that nobody can stop hold advertising too",
    "let people stop advertising; keep only what the service needs",
    "PIPL Art. 24; GDPR Art. 21(2)-(3)",
    Phrase(
        rf"(?:无法|不能|不可|不得)(?:取消|拒绝)?(?:订阅|退订|接收|拒收|取消)[^。]{{0,24}}{_ADVERT}|{_ADVERT}[^。]{{0,24}}(?:不可|无法|不能|不得)(?:取消)?(?:退订|订阅|拒收|取消|拒绝)"
    ),
    Phrase(r"不(?:含|包含|包括)[^。；，]{0,6}(?:推广|广告|营销|促销)|您可以退订"),
)
WORDINGS = (BY_USE, BUNDLED, SILENCE, BURDEN, MAILINGS, OTHERS_MAIL, NEW_USE, OPT_OUT_OF_ALL, NOT_STOPPED)
