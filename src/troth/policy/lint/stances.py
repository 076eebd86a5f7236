"""How a sentence stands to its topic: free or charged, told or untold, by people or machines, asked or by default, open or barred.

Each stance has words that take it, and words that make it harmless: a condition, an exception, another meaning.
"""

from __future__ import annotations

from dataclasses import dataclass

from troth.policy.lint.phrase import Phrase


@dataclass(frozen=True, slots=True)
class Stance:
    """A way to stand to a topic.

    Attributes:
        said: words that take it.
        spared: words beside which it is not taken, or only under a condition.
    """

    said: Phrase
    spared: Phrase

    def taken(self, low: str) -> bool:
        """Whether a statement takes it."""
        return self.said.search(low) is not None and self.spared.search(low) is None


_UNLESS = r"\b(?:unless|except(?:ions?)?|other than|save (?:for|where|as)|apart from|subject to)\b|除外|除非|除[^。；，]{1,20}外|另有"

FREE = Stance(
    Phrase(
        r"\bfree(?:[- ]of[- ]charge|[- ]of[- ]cost)?\b(?! to\b| from\b| and\b| choice| will| flow| movement| decision|ly|[- ](?:plan|trial|version|account|tier|servic|hosting|of (?!charge|cost)))|\bfor free\b|"
        r"\b(?:at )?no (?:extra |additional |further )?(?:cost|charge|fee)s?\b|\bcosts? (?:you )?nothing\b|\bwithout (?:any )?(?:extra |additional )?(?:charge|costs?|fees?|payment)\b|"
        r"\b(?:not|never|n't) (?:be )?(?:charged?|billed?|charging)\b|\bincluded in (?:the|every|its) price|\bcomplimentary\b|\bgratis\b|免费|不(?:会)?(?:另行|另外)?收(?:取)?(?:任何)?费|无需(?:支付|缴纳|付费)|无偿|不收取(?:任何)?费用"
    ),
    Phrase(
        rf"{_UNLESS}|\b(?:first|once|excessive|repeat\w*|unfounded|reasonable|usually|generally|normally|may charge|toll[- ]free|to us|incoming|feel)\b|首次|第一次|一次|合理费用|反复|频繁|转入"
    ),
)
FEE = Stance(
    Phrase(
        r"\b(?:charg\w+|bill(?:ed|s)?|fees?|costs?|price[ds]?|payable|pay|against payment|invoiced)\b(?=[^.;]*(?:[€$£]|\b\d+(?:\.\d+)? ?(?:euros?|eur|usd|dollars?|pounds?|gbp|chf|francs|cents)\b|\bfees?\b|\b(?:one|two|three|five|ten|twenty) (?:euros?|dollars?|pounds?)\b))|"
        r"(?:[€$£]|\b\d+(?:\.\d+)? ?(?:euros?|eur|usd|dollars?|pounds?|gbp|chf)\b)[^.;]*\b(?:charg\w+|bill(?:ed|s)?|fees?|costs?|price|payable)\b|\b(?:administration|administrative|handling|processing|closing|service|closure) (?:fee|charge)s?\b|"
        r"收取|收费|工本费|手续费|管理费|服务费|缴纳[^。；，]{0,8}费|支付[^。；，]{0,8}费用|\d+ ?元"
    ),
    Phrase(
        rf"{_UNLESS}|\b(?:no|not|never|n't|without|free|nothing|excessive|repeat\w*|unfounded|further|additional|second|more than|change of owner|registry (?:bills|charges)|cheques?|paper|courier|postage)\b|"
        r"免费|不(?:会)?收|无需|频繁|反复|重复|超出|额外|过于|邮寄"
    ),
)
TOLD = Stance(
    Phrase(
        r"\b(?:notif(?:y|ied|ies)|inform(?:ed|s)?|tell|told|warn(?:ed)?|remind(?:ed)?|alert(?:ed)?|announced?|let you know|give (?:you )?(?:\w+ )?notice|hear from us|(?:e-?mail|write to) you|are asked)\b|"
        r"通知|告知|提醒|提示|公告"
    ),
    Phrase(
        rf"{_UNLESS}|\b(?:not|never|no|n't|without|nobody|may|might|try|tries|aim|endeavou?r|if possible|where possible|where (?:the law|permitted|required|we are)|if (?:required|we are)|appropriate|you (?:must|should|have to|need to|can|may) (?:\w+ )?(?:notify|inform|tell|announce)|"
        r"(?:notify|inform|tell|let|alert) us|material|significant|substantial|authorit\w+ (?:of|about) (?:a |the )?(?:breach|incident))\b|不(?:会)?(?:另行|再|事先)?(?:通知|告知)|恕不|无需|无义务|没有义务|您应|请(?:您)?(?:及时|立即)?(?:通知|告知)|重大|不作"
    ),
)
UNTOLD = Stance(
    Phrase(
        r"\bwithout (?:any |prior |further |advance |previous |separate |giving |individual |us )*(?:notice|warning|notification|announcement|reminder)\b|"
        r"\bwithout (?:\w+ ){0,4}?(?:being )?(?:tell|told|inform|notif|warn|announc|remind|ask)\w*|"
        r"\b(?:not|no|never|under no) (?:be )?(?:\w+ )?(?:obliged|required|obligation|duty|bound|obligated) to (?:tell|inform|notify|announce|report|warn)\b|"
        r"\b(?:not|never|n't) (?:be )?(?:notif\w+|inform\w*|told|tell|announce\w*|warn\w*|alert\w*)\b|\bno (?:prior |advance |separate |further )?(?:notice|notification|warning|announcement) (?:is|will|of)\b|"
        r"恕不|(?:不|无需|无须|毋须|而不|不再)(?:另行|事先|预先|再|经)?(?:通知|告知|公告|提醒)|(?:没有|无|不承担)[^。；，]{0,6}义务[^。；，]{0,6}(?:通知|告知)|(?:没有|无)(?:通知|告知)[^。；，]{0,6}义务|不作(?:任何)?(?:提示|通知|说明)|不(?:会)?(?:提醒|提示)"
    ),
    Phrase(
        rf"{_UNLESS}|\b(?:law (?:forbids|prohibits|requires)|forbid\w*|prohibit\w*|where a court|gag|urgent|emergenc\w+|minor|editorial|immediate danger|attack|you (?:may|can|must|should)|"
        r"sell|not (?:inform|tell|notify) (?:us|others))\b|紧急|法律(?:禁止|要求)|您不|轻微|价格"
    ),
)
BY_PEOPLE = Stance(
    Phrase(
        r"\b(?:no|not|never|none|n't|without)\b[^.;]{0,60}\b(?:automat\w+|algorithm\w*|machines?|by software)\b|\b(?:reviewed|checked|decided|assessed|made|taken|carried out|handled|heard|examined|approved)\b[^.;]{0,20}\bby (?:a |an |our |one of our |real |trained |qualified )*(?:\w+ )?"
        r"(?:persons?|people|humans?|member of (?:our )?staff|employees?|staff|team|specialists?|agents?|colleagues?)\b|\b(?:people|humans?|persons?|a human being)[^.;]{0,30}\b(?:rather than|not|instead of)\b[^.;]{0,10}\b(?:machines?|algorithms?|software|computers?)\b|"
        r"\b(?:human|manual) (?:review|decision|check)\b|\bby hand\b|不(?:会)?(?:仅|单|只|完全)?[^。；，]{0,14}(?:自动化|自动)[^。；，]{0,4}(?:方式|决策|手段|处理)|(?:均|都|须|必须|一律)?[^。；，]{0,4}(?:由|经)?(?:人工|专人|员工|工作人员)(?:复核|审核|处理|决定|审查)"
    ),
    Phrase(
        rf"{_UNLESS}|\bno (?:human|person|one|manual)\b|\bwithout (?:\w+ )?(?:human|manual|a person|anybody|anyone|people)\b|\b(?:may|can) (?:ask|request|demand)\b|\bright (?:not )?to\b|\bif you\b|without your|consent|有权|可(?:以)?要求|(?:不经|无|没有|无需)[^。；，]{{0,2}}(?:人工|专人)"
    ),
)
BY_MACHINE = Stance(
    Phrase(
        r"\b(?:automatically|automated|by (?:the|our|an?|its) (?:\w+ ){0,2}(?:system|software|algorithm|score|filter|model|machine|computer)s?)\b[^.;]*\b(?:accept|reject|refus|declin|suspend|block|lock|clos|terminat|cancel|decid|decision|approv|disabl|limit)\w*|"
        r"\b(?:accept|reject|refus|declin|suspend|block|lock|clos|terminat|cancel|decid|decision|approv|disabl)\w*\b[^.;]*\b(?:automatically|automated|by (?:the|our|an?|its) (?:\w+ ){0,2}(?:system|software|algorithm|score|filter|model|machine|computer)s?|without (?:\w+ ){0,2}?(?:human|manual|anybody|anyone|a person|people|staff)\b)|"
        r"(?:系统|算法|软件|模型|程序|自动)[^。；]{0,12}(?:拒绝|封停|封禁|冻结|停用|取消|决定|审核|限制)|(?:拒绝|封停|封禁|冻结|停用|取消|决定)[^。；]{0,16}(?:无人工|不经人工|没有人工|无需人工|自动)"
    ),
    Phrase(
        rf"{_UNLESS}|\b(?:(?:not|never|n't) (?:be )?(?:\w+ )?(?:automat|accept|reject|refus|declin|suspend|block|lock|clos|terminat|cancel|decid|made|disabl)\w*|no (?:automated )?decisions?|review(?:ed)? by (?:a|our)|right (?:not )?to|spam|traffic|attacks?|packets|invoices?|backups?|renew\w*|log(?:ged)? (?:you )?out|expire\w*|firewall|ip address\w*|brute|session)\b|垃圾邮件|流量|攻击|限速|备份|不会|(?:经|由|须|会|进行)[^。；，]{0, 4}人工复核|您有权"
    ),
)
ASKED = Stance(
    Phrase(
        r"\b(?:only|never|not|no|nobody|without|solely|exclusively|strictly|n't)\b[^.;]{0,90}\b(?:consent\w*|agree[ds]?|agreement|permission|permit|opt(?:ed|s)?[- ]in|approv\w+|asked for|asked to|subscrib\w+|sign(?:ed)? up|signed up|ask(?:ed)? us|request(?:ed)? (?:it|them)|switch(?:ed)? (?:it|them|this) on|turn(?:ed)? (?:it|them|this) on|enabled? (?:it|them|this)|invite us)\b|"
        r"\b(?:ask|obtain|seek|require|request|need|get)\b[^.;]{0,30}\b(?:permission|consent|agreement|approval)\b[^.;]{0,20}\b(?:before|first|if|to)\b|\b(?:before|beforehand)\b[^.;]{0,80}\b(?:ask|obtain|seek|request)\w*[^.;]{0,20}\b(?:consent|permission)|\bopt-in\b|"
        r"\b(?:off|inactive|disabled|switched off)\b[^.;]{0,16}\b(?:until|unless) you\b|\bwith your (?:prior |explicit |express )*consent(?: only)?\b|\bafter you (?:have )?(?:agreed?|consent\w*|accept\w*|opt\w*)|"
        r"(?:仅|只|才|须|必须|未经|未得|不会)[^。；]{0,30}(?:同意|授权|订阅|开启后|选择后|许可)|(?:仅|只)在您(?:主动)?(?:开启|选择|同意)|(?:同意|授权|许可)(?:后|之后)[^。；]{0,6}(?:才|方)|(?:主动|自行)(?:选择|开启|订阅)"
    ),
    Phrase(
        rf"(?:{_UNLESS})(?! you (?:ask|agree|consent|opt in|have asked|subscribe|sign))|\b(?:except|without your consent where|withdraw\w*|sensitive|minors?|child\w*|parent\w*|unsubscrib\w*|opt(?:ed)?[- ]out|where (?:the law|required|necessary)|if (?:the law|required)|may (?:be )?(?:required|necessary)|third[- ]party sites?)\b|撤回|敏感|监护人|儿童|未成年"
    ),
)
BY_DEFAULT = Stance(
    Phrase(
        r"\bunless (?:you|they|the customer) (?:\w+ )?(?:object|opt|tell|inform|notif|choose|refus|say|let us|ask (?:us )?not|write|declin|disable|switch|turn|unsubscrib|instruct|request|withdraw)\w*|\bby default\b|\b(?:automatically|auto-)\b[^.;]{0,20}\b(?:add|subscrib|enrol|sign|includ|register|enter|opt|start|activ)\w*|"
        r"\b(?:add|subscrib|enrol|includ|enter|opted|draw|drawn)\w*\b[^.;]{0,30}\bautomatically\b|\b(?:pre-?(?:ticked|checked|selected)|(?:ticked|checked|selected) (?:in advance|already|beforehand|for you))\b|"
        r"\b(?:if|who|should|in case) (?:you |they )?(?:do not|don't|does not|not) (?:want|wish|like|agree)|\bby (?:continuing|using|visiting|browsing)\b|\b(?:receive|get|send|sent)\b[^.;]*\buntil you (?:reply|unsubscribe|object|tell|opt|stop|say|ask|disable|switch)|"
        r"\b(?:refuse|disable|switch|turn|stop) (?:this|it|them) (?:off )?(?:in|under|at)\b|\b(?:every|each|all) (?:new )?(?:customers?|users?|subscribers?|calls?|accounts?|visitors?)\b[^.;]*\b(?:can|may|able to) (?:unsubscrib\w*|opt[- ]out|leave|object)|"
        r"\b(?:used?|uses|sends?|sent|recorded|records|shows?|shown|placed|set|drawn|draw|added|passed|collects?|collected|improved?|reads?)\b[^.]*[;,] ?(?:and |but )?you (?:can|may|could) (?:opt[- ]out|switch (?:it|this|them) off|turn (?:it|this|them) off|disable (?:it|this|them)|object (?:to this|at any time))\b|\byou have the right to object to this\b|\b(?:constitutes?|counts? as|is taken as|taken to be|deemed(?: to be| as)?|is) (?:no objection|consent|agreement|your consent)|"
        r"默认(?:开启|启用|用于|上传|收集|加入|勾选|订阅|同意|接收|发送|公开|显示|提供)?|自动(?:加入|订阅|开启|启用|列入|登记)|(?:即|便)(?:自动)?(?:列入|加入|视为同意)|直至[^。；，]{0,8}(?:反对|拒绝|退订)|除非您?(?:提出)?[^。；]{0,8}(?:反对|通知|拒绝|选择退出|声明|来信|另行)|如(?:您|果您)?不(?:愿|想|同意|希望)|预先勾选|已勾选|可[^。；，]{0,8}(?:关闭|退出)|可随时退订"
    ),
    Phrase(
        r"\b(?:consent(?:ed)?|agreed|opted in|only (?:if|after|when|with)|withdraw\w*|necessary cookies?|strictly necessary|service messages|switched off by default|off by default|disabled by default|not (?:be )?(?:set|collected|used|enabled|sent|recorded|added)|never|child\w*|parents?|again|registr(?:y|ies)|terms of (?:service|use)|if you (?:switch|enable|activate|subscribe|sign up))\b|"
        r"同意(?:后|之后)|已同意|撤回|必要的?cookie|再次|默认关闭|注册局|不会默认|经您"
    ),
)

_BARRING = r"(?:delet|eras|remov|clos|cancel|chang|correct|edit|export|transferr|withdraw|revok|mov|undo|download|object|appeal|opt)\w*"
# what people may do, and when, without conditions
UNHINDERED = Stance(
    Phrase(
        r"\b(?:at any time|any time|whenever|at all times|always|freely|informally|by any means|in any form)\b|\bwithout (?:any |giving |stating |having to |further )*(?:reasons?|conditions?|formalit\w+)\b|"
        r"\b(?:voluntary|optional|voluntarily)\b|\byourself\b|\bright to (?:have )?(?:[^.;]{0,30} )?(?:eras\w+|delet\w+)|"
        r"随时|自愿|选填|不附加(?:任何)?条件|无需说明|有权(?:要求)?删除|自行(?:更正|修改|导出|删除|注销)"
    ),
    Phrase(
        rf"{_UNLESS}|\b(?:provided|if (?:we|the law|required|necessary)|where (?:the law|we|it)|law|laws|legal\w*|lawful\w*|after the first|may affect|might affect|can affect|but|however|some|certain|parts?|features?|functions?|"
        r"we (?:may|can|reserve|will) (?:\w+ )?(?:change|modify|update|amend|terminate|suspend|delete|close|cancel))\b|法律|依法|部分|某些|可能|但|如需|满[^。；，]{1,6}(?:天|日)后|我们(?:可|有权)(?:以)?随时"
    ),
)
_KEPT_BACK = (
    rf"{_UNLESS}|\b(?:law|laws|legal\w*|invoices?|tax|court|identity|verify|verif\w+|prove|proof|within (?:the first )?60 days|icann|unauthori[sz]ed|spam|abuse|some|certain|parts?|features?|functions?|"
    r"may (?:not )?be (?:limited|impaired|restricted)|responsib\w+|already|backups?|anonymi[sz]\w+|identify|cannot (?:guarantee|be guaranteed|ensure|control)|necessary cookies|strictly necessary|required cookies)\b|"
    r"法律|依法|法规|发票|核验|验证|身份|部分|某些|备份|未满|逾期|可能|必要(?:的)?cookie"
)
HINDERED = Stance(
    Phrase(
        rf"\b(?:cannot|can not|can't|not possible to|impossible to|do not|does not|never)\b (?:be )?(?:\w+ )?{_BARRING}|\b(?:only|solely) (?:be )?(?:deactivated|hidden|{_BARRING[3:-4]})\w*|\bonly (?:after|against|at the end|by registered|by letter|by post|by fax|on our form|if made|if sent|if you pay)\b|"
        r"\bcustomers of the \w+ plan only\b|\bavailable\b[^.;]{0,40}\b(?:only|\w+ plan)\b|\bonly (?:by|to|for) (?:our (?:own )?staff|customers (?:of|on|with))|\bonly (?:available|possible|offered)\b|"
        r"\b(?:must|has to|have to|need to|needs to|required to|takes?)\b[^.;]{0,60}\b(?:reasons|registered|notari\w+|(?:signed|our|paper) form|fee|charge|paid|pay|letter|in writing|in person|passport)\b|"
        r"\b(?:is|are|will be|be) (?:rejected|refused|not considered|ignored)\b|\b(?:closing|closure|exit|administration|cancellation) (?:fee|charge)\b|\breserve the right to (?:refuse|close|terminate|suspend|cancel)\b|"
        r"仅(?:向|对|限)[^。；，]{0,14}(?:开放|提供|客户|用户|版)|(?:无法|不能|不可|不得)(?:再)?(?:被)?(?:删除|注销|导出|转出|更正|修改|撤回|退订)|不予(?:受理|处理|删除)|须先|须(?:缴纳|支付|提交|寄|填写)|手续费|管理费|只能(?:停用|由|在)"
    ),
    Phrase(_KEPT_BACK),
)
# what a choice does not cost
UNHARMED = Stance(
    Phrase(
        r"\bwithout (?:any |fear of |further )*(?:disadvantages?|consequences?|penalt\w+|detriment|negative)\b|\b(?:no|never|not|n't|any)\b[^.;]{0,40}\b(?:disadvantages?|effect on|affect|discriminat\w+|worse|penali[sz]\w*|consequences|negative|retaliat\w+|detriment)\b|"
        r"\b(?:voluntary|optional|voluntarily)\b|自愿|选填|不(?:会)?影响|不(?:会)?(?:因此)?(?:使您|给您)?[^。；，]{0,6}(?:受到|遭受|带来)?(?:任何)?(?:不利|损失|差别|歧视)"
    ),
    Phrase(
        rf"{_UNLESS}|\b(?:if (?:we|the law|required)|law|laws|legal\w*|lawful\w*|but|however|some|certain|parts?|features?|functions?|prior to|before (?:its|the|your) withdrawal)\b|法律|依法|部分|某些|可能|但|如需|撤回前|此前"
    ),
)
HARMED = Stance(
    Phrase(
        r"\b(?:lose|loses|forfeit|forfeits)\b|\bno longer (?:have|get|gets|receive|receives|entitled|eligible|able|use|access|enjoy|offered)\b|\breserve the right to (?:close|terminate|suspend|refuse|cancel)\b|"
        r"\b(?:cannot|can not|can't|unable to|not be able to)\b[^.;]{0,30}\b(?:use|open|order|log|register|access|buy|place|visit|continue|sign)\b|\b(?:is|are|will be|be) (?:rejected|refused|cancelled|canceled|suspended|revoked|charged|lost|forfeited|downgraded|terminated|closed|declined)\b|"
        r"\b(?:more|extra|surcharge|fee|charge)\b[^.;]{0,30}\bfor (?:users|customers|those|people|accounts) (?:who|that)\b|\bcosts? \w+ (?:dollars|euros|pounds) (?:a month )?more\b|"
        r"(?:无法|不能|不可|不得)[^。；，]{0,6}(?:登录|下单|使用|注册|访问|购买)|不予(?:受理|处理)|(?:将|会)被(?:收回|取消|拒绝|暂停|关闭)|不再享有|失去|须[^。；，]{0,4}(?:缴纳|支付)"
    ),
    Phrase(_KEPT_BACK),
)
