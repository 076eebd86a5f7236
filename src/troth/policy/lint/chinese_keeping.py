"""How long data is kept, and answers without a date, in Chinese."""

from __future__ import annotations

from troth.policy.lint.chinese_wording import Wording
from troth.policy.lint.chinese_words import ERASE, KEEP, WE
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.retention import LAW

# A number of days or years; a day of the week or "24 hours a day" counts as well.
NUMBER = (
    r"(?:\d+|[一二三四五六七八九十百半两]+)\s?(?:个)?(?:工作|自然)?(?:日|天|年|月|小时|周|星期|个月|分钟|秒)"
)

VAGUE = Wording(
    "undefined-term/retention-vague",
    "warn",
    "no number and no criteria for how long data is kept",
    "state the period in days, months or years, or the criteria that set it, for each kind of data",
    LAW,
    Phrase(
        rf"(?:合理|一定|适当|必要|相应|较短|有限|足够|若干)的?(?:期限|时间|期间|时限)[^。；]{{0,14}}(?:{KEEP}|{ERASE})|"
        rf"{KEEP}[^。；]{{0,14}}(?:合理|一定|适当|必要|相应|较短|有限|足够|若干)的?(?:期限|时间|期间|时限)|{KEEP}[^。；]{{0,4}}一段[^。；，,]{{0,4}}时间|"
        rf"(?:短期|暂时|临时)(?:内)?{KEEP}|{KEEP}[^。；]{{0,24}}不(?:会|得|应)?(?:超过|超出|长于)[^。；]{{0,24}}(?:所需|必需|必须|需要|必要|需)|"
        rf"(?:法律|法规|法例|法律法规|监管)[^。；，,]{{0,6}}(?:要求|规定)的?(?:最短|最长|保存|保留)?(?:期限|时间|期间)[^。；]{{0,12}}{KEEP}|"
        rf"{KEEP}[^。；]{{0,6}}(?:期限|期间|时间|年期|时长|多久)[^。；]{{0,14}}(?:视乎|视|取决于|依据|依照|因[^。；]{{1,12}}而异|按照)|"
        rf"(?:期限|时间|时长)[^。；，,]{{0,4}}(?:因[^。；]{{1,14}}而异|视[^。；]{{1,14}}而定)|(?:确定|决定|厘定)[^。；]{{0,16}}{KEEP}(?:的)?(?:期限|时间|时长)|"
        rf"(?:不再|不)(?:需要|必要|使用)[^。；，,]{{0,12}}{ERASE}|(?:适当|适合|合适)的?时(?:候|间|机)[^。；]{{0,8}}{ERASE}|"
        rf"(?:业务|服务|运营|经营|工作)[^。；，,]{{0,4}}(?:需要|所需)[^。；，,]{{0,4}}(?:期间|期限|时间)|"
        rf"(?:最短|所(?:必需|必须|必要|需要|需)|必需|必须|必要)的?(?:最短)?的?(?:期限|时间|期间|时限)(?:内|为限|{KEEP}|[，。；]|$)|"
        rf"仅在[^。；]{{2,24}}期间[^。；]{{0,4}}{KEEP}|为(?:实现|达成|达到)[^。；]{{2,16}}目的[^。；]{{0,12}}(?:期限|时间|期间)"
    ),
    Phrase(rf"{NUMBER}|限时|永久|无限期|您(?:可以|有权)|客户(?:应|可)|自行决定"),
)
ENDLESS = Wording(
    "risky-promise/retention-indefinite",
    "block",
    "personal data is kept without end",
    "state a period, or the criteria for it, and delete afterwards",
    LAW,
    Phrase(
        rf"(?:永久|无限期|不限(?:时间|期限|时)|终身|一直|永远|长期|不定期限)(?:地|性)?[^。；，,]{{0,3}}{KEEP}|{KEEP}[^。；，,]{{0,4}}(?:永久|无限期|永远)|"
        rf"(?:注销|关闭|终止|离开|停用|停止|封禁|转出|退出)[^。；]{{0,36}}(?:仍|继续|依然|依旧|照样)[^。；]{{0,20}}(?:{KEEP}|库)|"
        rf"(?:一经|一旦)?[^。；]{{0,10}}(?:便|都|均|也|数据|资料|信息)(?:不会|不予|不)被?(?:删除|清除|销毁)|"
        rf"{WE}?不(?:会)?(?:删除|清除|销毁)(?:任何|用户|历史|您)|(?:不设|没有设定|没有|未设|无)[^。；]{{0,10}}(?:截止|期限)(?:日期)?"
    ),
    Phrase(
        rf"不会?(?:永久|无限期|长期)|永久删除|永久cookie|请求|未经|保密义务|不定期合同|(?:法律|法例|法规|税)[^。；]{{0,10}}(?:{KEEP}|期限|要求|规定)(?!，)|期满|其后|(?:客户|您)可(?!能)|适合长期|{NUMBER}"
    ),
)
TIMER = Wording(
    "unenforceable/vague-timer",
    "warn",
    "a deadline without a number",
    "state days",
    "GDPR Art. 12(3), 33-34; PIPL Art. 50, 57; PDPO s. 19",
    Phrase(
        r"(?:尽快|尽早|及时|适时|迅速|从速|立即着手|立刻着手|马上着手|第一时间|适当的?(?:时候|时间)|合理的?(?:时间|期限)|一定的?时间|情况许可|有空|不久)[^。；]{0,14}"
        r"(?:答复|回复|回复|处理|通知|告知|删除|跟进|办理|提供|响应|生效|反馈|解决|发布|更正)|"
        r"(?:答复|回复|处理|通知|告知|删除|跟进|办理|响应|生效|反馈)[^。；，,]{0,6}(?:需要|需)[^。；，,]{0,4}(?:一定|一些|若干)的?时间|"
        r"(?:申请|请求|要求|投诉)[^。；]{0,8}(?:先后顺序|按顺序|依次)[^。；]{0,4}处理"
    ),
    Phrase(rf"{NUMBER}|请(?:您|你|阁下|及时|尽快|尽早)|(?:您|你|客户|用户|阁下)(?:应|须|需)|网站尽快"),
)

WORDINGS = (VAGUE, ENDLESS, TIMER)
