"""Promises nobody can keep, pushed-away duties, passwords, recordings and cookies, in Chinese."""

from __future__ import annotations

from troth.policy.lint.chinese_wording import Wording
from troth.policy.lint.chinese_words import COLLECT, NEVER, NOTICE, OTHERS
from troth.policy.lint.phrase import Phrase

ABSOLUTE = Wording(
    "unenforceable/absolute-claim",
    "warn",
    "absolute or unmeasurable wording",
    "say what is done, not that nothing can happen",
    "GDPR Art. 32; PIPL Art. 51",
    Phrase(
        r"(?:任何(?:人|第三方|情况下)|没有任何人|所有人)[^。；]{0,10}(?:都|均)?(?:无法|不能|不可能|不会|能够追踪|能追踪)[^。；]{0,8}(?:查看|窃取|泄|获取|外泄|追踪|篡改|破解|破坏)?|"
        r"(?:一切|所有|全部)可能的?(?:手段|措施|努力|方法)|(?:竭尽|尽)(?:全力|一切)|(?:业界|行业|业内|全球|国内)(?:最|顶尖|顶级|领先)|最(?:强|周全|安全|严密|先进|高标准)的?[^。；，,]{0,6}(?:保安|防护|保护|安全|保障|系统|技术)|"
        r"(?:军工|银行|军事|国防)(?:级|级别)|(?:绝对|百分之百|100%|完全)(?:的)?安全|完全放心|放心使用|万无一失|固若金汤|滴水不漏|永不泄露|绝无[^。；，,]{0,8}(?:可能|风险|之虞)|安全无虞|百分百(?:安全|保密)|零(?:风险|泄露)|"
        r"(?:不会|不可能|绝不)(?:发生|出现|存在)?(?:任何)?(?:泄露|外泄|泄漏|被盗|丢失)(?!给|予)|不会留下任何|杜绝[^。；]{0,14}(?:可能|泄露|盗用|风险)|像[^。；]{1,10}一样(?:保护|守护|珍惜)|均不会外泄|(?:努力|尽力|尽量|尽可能)(?:地)?(?:确保|保证|促使|督促)[^。；]{0,12}(?:第三方|合作(?:方|伙伴)|接收方|供应商)|您的?[^。；，]{0,8}(?:置于|放在|摆在)(?:首位|第一位|首要|第一)|(?:以确定|确保|保证)其(?:将|会)?(?:确实|切实)?遵守|(?:确保|保证)(?:这些|该等|此类)[^。；，]{0,4}(?:公司|第三方|机构)|(?:众多|多项|多个|一系列)[^。；，]{0,10}(?:安全)?认证|(?:全方位|无死角|全天候)[^。；]{0,4}(?:保护|保障|防护)|"
        r"^[^。；]{0,14}(?:政策|声明|我们|产品|服务)[^。；，]{0,4}(?:完全|均)?(?:符合|遵守)了?《[^。；]{4,120}(?:的)?(?:要求|规定)"
    ),
    Phrase(
        r"让您[^。；，]{0,4}放心|无法(?:保证|确保)|不能(?:保证|确保)|没有百分之百|不存在|并非百分|(?:不可能|无法|不能|不)(?:始终)?(?:保证|确保)|不是百分|并非绝对|不是绝对|请(?:您)?(?:勿|不要)|cookie|披露|公开发表|讨论区"
    ),
)
_HARM = r"(?:泄露|泄漏|外泄|丢失|遗失|被窃|损失|滥用|盗用|篡改|竞改|失误|获取|风险|数据|资料|信息)"
DISCLAIMED = Wording(
    "unenforceable/disclaimer-overbroad",
    "warn",
    "responsibility for own data handling is pushed away",
    "answer for what is in your hands; limit only what the law lets you limit",
    "GDPR Art. 82; PIPL Art. 69; PDPO s. 66",
    Phrase(
        rf"{_HARM}[^。]{{0,50}}(?:(?:概不|不(?!限)|恕不|一律不|无须|毋须|无需|不予)(?:承担|负上?|予以)?[^。；，,]{{0,10}}(?:责任|负责(?!人)|赔偿)|免责(?!声明|条款)|与本(?:网站|公司|平台)无关|自负|自行承担|最多(?:退还|赔偿))|"
        r"(?:仅|只)在[^。；]{0,40}(?:范围内|情况下|情形下|限度内)[^。；]{0,10}承担[^。；，,]{0,4}责任|放弃[^。；]{0,30}(?:赔偿|索偿|追究|申索)|(?:一切|所有|全部)风险[^。；，,]{0,4}(?:由您|自行|自负)|(?:自行|自己)承担(?:一切|所有|全部)?风险"
    ),
    Phrase(
        rf"第三方网站|第三方网页|保管不善|填写错误|错误信息|因您(?:主动|的原因|自身)|您主动|依法承担|应当承担|相同的责任|插件|(?:您|用户)[^。；]{{0,60}}(?:来源|内容)[^。；]{{0,20}}违反|密码[^。；]{{0,20}}(?:透露|告知|提供)[^。；]{{0,10}}(?:第三|他人)|条例》?第|请勿张贴|保管[^。]{{0,30}}由您负责(?=。|$)|链接|{NEVER}因"
    ),
)
PASSWORDS = Wording(
    "risky-promise/password-encryption",
    "block",
    "passwords are readable, sent or asked for",
    "store only salted hashes, send links to set a new one, never ask for one",
    "GDPR Art. 32; PIPL Art. 51",
    Phrase(
        r"(?:密码|口令|密保|提示答案)[^。；]{0,24}(?:明文|发送(?:到|给|至)|寄回|(?<!不)可逆|还原|在后台|客服后台|直接传送|传送给|电邮寄|短信形式发送|(?:以|通过|用)(?:邮件|短信|电邮|邮箱)[^。；，,]{0,6}(?:发|寄|送|告知))|(?:明文|可逆加密|查询原|后台查看|记录[^。；]{0,8}输入的?|查看[^。；]{0,10}的?控制面板|载有[^。；]{0,16})[^。；，,]{0,8}密码|"
        r"(?:提供|要求[^。；，,]{0,6}提供|工单中提供)[^。；，，]{0,16}(?:密码|口令)(?!保护)"
    ),
    Phrase(
        r"哈希|不会|(?:注册|创建|登记)[^。；]{0,20}(?:账户|账号|会员|时)|无法获知|重置链接|请勿|不要|误填|毋须|无需|不提供|修改成功|索要|不得|不向|转移密码|妥善保管|保护(?:好)?(?:您|自己)|找回密码|密码(?:找回|重置|重设|修改)|(?:重置|重设|修改|更改)密码"
    ),
)
RECORDED = Wording(
    "risky-promise/recording-without-consent",
    "warn",
    "talks or screens are recorded, and nobody is asked",
    "say so before it begins, and give a way without it",
    "PIPL Art. 13, 17; Cal. Penal 632",
    Phrase(
        r"(?:通话|来电|电话|语音|会议|对话|聊天|客服|屏幕|画面|操作|滑鼠|鼠标)[^。；]{0,30}(?:录音|录屏|录制|监听|旁听|抽听|抽查|截图|录下|(?:系统|后台)[^。；]{0,4}(?:留存|保存))|(?:录音|录制|监听|旁听|录屏|收录)[^。；]{0,20}(?:来电|通话|对话|屏幕|电话|谈话|您)|"
        r"实时看到[^。；]{0,8}(?:输入|尚未)|(?:录音功能|录音)[^。；]{0,16}谈话|录屏工具|来电录音"
    ),
    Phrase(
        rf"语音提示|不会|(?:点击|征求|取得)[^。；]{{0,6}}同意|不带|仅用于实时|不含|不作保存|先(?:征|告知|询)|您可以按键|{NOTICE}"
    ),
)
COOKIES = Wording(
    "risky-promise/cookie-consent-missing",
    "warn",
    "analytics or advertising cookies without consent",
    "set them only after a yes, and let people take it back",
    "ePrivacy Dir. Art. 5(3); GDPR Art. 7; PIPL Art. 14",
    Phrase(
        r"(?:cookie|像素|信标|sdk|google analytics|facebook|百度统计|友盟|识别码|追踪技术|跟踪技术|透明的?小?图片)[^。]{0,60}(?:分析|广告|统计|跟踪|追踪|个性化|自动收集|归因|停留|佣金|成效|开启邮件|打开邮件|哪个页面)|"
        r"(?:分析|广告|统计|跟踪|推广)[^。；]{0,24}(?:cookie|像素|信标|追踪技术|识别码)|浏览器[^。；，]{0,10}(?:设置|设定)[^。；]{0,20}(?:即可|可以?)拒绝|(?:浏览器|浏览)(?:的)?(?:设置|设定)[^。；]{0,14}(?:拒绝|更改|禁用|停用|清除)|(?:不(?:希望|同意|愿)[^。；]{0,10}(?:cookie)?)[^。；]{0,12}(?:自行)(?:更改|清除|关闭)[^。；]{0,6}(?:浏览|。|$)|"
        r"默认启用[^。；]{0,6}cookie|(?:自行)(?:更改|修改)浏览器"
    ),
    Phrase(
        r"必需的?cookie|不(?:会)?使用(?:任何)?(?:广告|第三方|cookie ?(?:来)?(?:进行|用于|用作))|不投放|并无使用|没有使用|不会设置|dnt|同意[”\"]?后|之后才|不含|撤回同意|会话cookie|截去|只有在|开启[^。；]{0,8}之后|征得您的|cookie设[定置]"
    ),
)
SCORED = Wording(
    "missing-mandatory/profiling-undisclosed",
    "warn",
    "people are evaluated automatically, and nothing explains the logic, the effect or how to object",
    "explain logic and effect, and offer a human decision",
    "PIPL Art. 24; GDPR Art. 13(2)(f), 22",
    Phrase(
        r"(?:生成|形成|建立|构建)[^。；，,]{0,8}(?:画像|标签|兴趣报告)|自动(?:化)?(?:程序)?(?:进行)?[^。；，,]{0,4}(?:评分|评定|评级|评估|判定|推断|排序|决策|分析)|(?:智能|算法|机器|系统)[^。；，,]{0,8}(?:判定|评定|评分|计算|决定)[^。；]{0,24}(?:封|拒绝|不予公开|不能|付款|额度|价格|限制)?|"
        r"(?:信誉分|信用等级|风险评分)|人工智能(?:审核|判断)|预测[^。；]{0,20}(?:机会率|概率|可能性|行为)|不同用户[^。；]{0,8}不同价格|归入[^。；]{0,8}类别|分析[^。；]{0,8}(?:性格|喜好)|机器自动判定|分析您?的?(?:行为|使用|消费|偏好|习惯|浏览)[^。；]{0,24}(?:推荐|推送|预测|评估)"
    ),
    Phrase(
        r"不(?:会|作|进行)|人工(?:在|复核|审核|介入)|有权拒绝|可以拒绝|关闭个性化|由职员|所有用户相同|由人工|拒绝自动化|反对|统计分析|病毒|诈骗"
    ),
)
_SPECIAL = r"(?:身份证|(?<!设备)(?<!浏览器)(?<!硬件)指纹(?!标识|识别码)|人脸|面部|掌纹|声纹|虹膜|行踪|精确位置|体检|征信|银行(?:卡|账|帐)(?:号|户|账号)|安全码|健康状况|容貌|面容|证件信息|证件照|生物识别|病历)"
SENSITIVE = Wording(
    "missing-mandatory/sensitive-consent",
    "warn",
    "sensitive data is collected without separate, explicit consent",
    "ask separately, and say why it is needed and what follows from it",
    "PIPL Art. 28-30; GDPR Art. 9",
    Phrase(
        rf"(?:{COLLECT}|录入|采集|提供|保存|登记|存档|拍摄|获取|提交|上传)[^。；]{{0,60}}{_SPECIAL}(?!(?:户|号)?）)|{_SPECIAL}[^。；]{{0,40}}(?:{COLLECT}|采集|拍摄|登记|存档|保存|制成)|(?:收到|接收|获取|读取|收集)[^。；，]{{0,6}}(?:通信|通讯|短信|聊天)[^。；，]{{0,16}}内容"
    ),
    Phrase(
        rf"不(?:会)?(?:收集|获取|采集|存储|保存)|单独(?:征得|同意)|默认关闭|即删|专用于|仅保存在您|不会上传|可选用|(?:支付|第三方)机构(?:收集|处理)|请勿|本地完成|明示同意|另行签署|{OTHERS}[^。；]{{0,6}}查阅|{NOTICE}|明确同意"
    ),
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

WORDINGS = (ABSOLUTE, DISCLAIMED, PASSWORDS, RECORDED, COOKIES, SCORED, SENSITIVE, HEDGED)
