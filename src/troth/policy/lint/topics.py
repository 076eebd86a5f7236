"""What a promise or an act is about: rights, messages, recordings, decisions and the like, in English and Chinese.

Two sentences can only contradict each other where they are about the same topic, or where one of them is about all of its kind.
Chinese words are those of the mainland in simplified characters, as readings have them.
"""

from __future__ import annotations

from collections.abc import Iterable

from troth.policy.lint.phrase import Phrase

_DATA = r"(?:data|information|details|records?|files?)"

TOPICS: dict[str, Phrase] = {
    # what people may ask for
    "rights": Phrase(
        r"\b(?:your|their|these|any of these|privacy|data protection|all) (?:\w+ )?rights\b|\bfor (?:having asked|asking|exercising|making (?:a|such) request)|\brights (?:request|under)|"
        r"\b(?:privacy|data subject) requests?\b|行使[^。；，]{0,10}权利|(?:您的|上述|各项)权利"
    ),
    "copy": Phrase(
        rf"\baccess to (?:your|the|their|personal) (?:own |personal )?{_DATA}|\bcop(?:y|ies) of (?:your|the|their|personal|all) (?:own |personal )?{_DATA}|"
        rf"\baccess requests?\b|\brequests? for (?:access|information|a copy)|\bsubject access\b|\bright of access\b|\bdata requests?\b|"
        r"\binspect (?:your|the) \w+|(?:查询|查阅|复制|副本)[^。；，]{0,12}(?:信息|资料|数据)|(?:信息|资料|数据)[^。；，]{0,4}(?:查询|查阅|复制|副本)"
    ),
    "export": Phrase(
        rf"\bexport(?:s|ed|ing)?\b|\btake your (?:\w+ )?{_DATA} with you|\bdownload(?:s|ed|ing)? (?:a copy of |all )?(?:your|the|their) {_DATA}|"
        r"\bportab(?:le|ility)\b|导出|带走[^。；，]{0,6}数据|可携"
    ),
    "correction": Phrase(
        r"\bcorrect(?:ion|ions|ed|s|ing)?\b(?=[^.;]{0,40}\b(?:data|details|information|records?|name|address|panel|entry|entries|free|cost)\b)|\brectif\w+|"
        r"\bchanges? of (?:your )?(?:name|address|contact)|\b(?:change|update|edit|amend) (?:your|their) (?:contact |personal |own )?(?:details|data|information)|"
        r"更正|修改[^。；，]{0,6}(?:资料|信息|数据)"
    ),
    "erasure": Phrase(
        rf"\b(?:delet|eras)\w*\b[^.;]{{0,40}}\b(?:{_DATA[3:-1]}|accounts?)\b|\b(?:{_DATA[3:-1]}|accounts?)\b[^.;]{{0,40}}\b(?:delet|eras)(?:e|ed|ion|ure)\b|"
        r"\bright to (?:erasure|deletion|be forgotten)|删除[^。；，]{0,10}(?:信息|资料|数据)|(?:信息|资料|数据)[^。；，]{0,10}(?:删除|抹除)"
    ),
    "closing": Phrase(
        r"\b(?:clos(?:e|ed|ing|ure)|cancel\w*|terminat\w*)\b[^.;]{0,24}\baccounts?\b|\baccounts?\b[^.;]{0,24}\b(?:clos(?:e|ed|ing|ure)|cancel\w*|terminat\w*)\b|"
        r"注销[^。；，]{0,6}(?:账户|账号|帐号|帐户)|(?:账户|账号|帐号|帐户)[^。；，]{0,6}注销"
    ),
    "domain transfer": Phrase(
        r"\btransfer\w*\b[^.;]{0,40}\b(?:domains?|registrar)\b|\bdomains?\b[^.;]{0,40}\btransfer\w*|\b(?:outgoing|outbound) transfers?\b|\bauth(?:ori[sz]ation)?[- ]?(?:info )?codes?\b|\bepp codes?\b|"
        r"\ba transfer (?:is|will|can|may|to another)\b|\bmov(?:e|ing) (?:your|a|the) domains?\b|转出|域名[^。；，]{0,8}(?:转移|迁移)|转移域名|转移码"
    ),
    "whois privacy": Phrase(
        r"\b(?:whois|domain|registration|id) (?:privacy|protection|masking|proxy|guard)\b|\bprivacy (?:service|protection|proxy)\b|\bhid(?:e|ing|den)\b[^.;]{0,30}\bwhois\b|"
        r"\bwhois\b[^.;]{0,30}\bhid(?:e|ing|den)\b|隐私保护服务|域名隐私|隐私保护(?=[^。；]{0,8}(?:免费|收费|每年|费用))|隐藏[^。；，]{0,8}(?:whois|注册信息)"
    ),
    "withdrawal of consent": Phrase(
        r"\b(?:withdr[ae]w\w*|revok\w*|revocation|take back)\b[^.;]{0,30}\b(?:consent|permission|agreement)\b|\b(?:consent|permission)\b[^.;]{0,30}\b(?:withdr[ae]w\w*|revok\w*)|(?:撤回|撤销|收回)[^。；，]{0,6}(?:同意|授权)|(?:同意|授权)[^。；，]{0,6}(?:撤回|撤销)"
    ),
    "objection": Phrase(
        r"\b(?:object(?:s|ed|ion|ions)?|opt(?:s|ed)?[- ]out|unsubscrib\w*|refus\w+|declin\w+)\b[^.;]{0,24}\b(?:marketing|advertis\w+|mailings?|newsletters?|offers?|promotion\w*)|"
        r"\b(?:stop|end) (?:our |the |receiving )?(?:mailings?|newsletters?|advertis\w+|marketing)|(?:退订|拒绝|拒收|反对)[^。；，]{0,8}(?:营销|推广|广告|邮件|短信|资讯)"
    ),
    "complaint": Phrase(r"\b(?:complain|complains|complaints?)\b|投诉|申诉"),
    "officer": Phrase(
        r"\b(?:data protection|privacy) (?:officer|team|contact)\b|\bdpo\b|个人信息保护负责人|数据保护(?:官|专员)|隐私专员"
    ),
    "sale opt-out": Phrase(
        r"\bopt(?:s|ed|ing)?[- ]out of (?:the |any )?(?:sale|sharing)\b|\b(?:sale|sharing) opt[- ]?outs?\b|\bdo not sell\b"
    ),
    # what people may leave out or refuse
    "cookie choice": Phrase(
        r"\b(?:declin\w*|refus\w*|reject\w*|block\w*|disabl\w*|turn(?:ing)? off|without|choices?|settings|preferences)\b[^.;]{0,40}\bcookies?\b|"
        r"\bcookies?\b[^.;]{0,40}\b(?:declin\w*|refus\w*|reject\w*|block\w*|disabl\w*|turned off|choices?)\b|(?:拒绝|禁用|不接受|关闭|停用)[^。；，]{0,10}cookie"
    ),
    "phone number": Phrase(r"\b(?:tele)?phone numbers?\b|\bmobile numbers?\b|手机号|电话号码"),
    "date of birth": Phrase(r"\bdates? of birth\b|\bbirth ?dates?\b|\bbirthdays?\b|生日|出生日期"),
    "survey": Phrase(r"\bsurveys?\b|\bquestionnaires?\b|问卷|调查"),
    # messages and publicity
    "newsletter": Phrase(
        r"\bnewsletters?\b|\bmailing lists?\b|\bmarketing (?:e-?mails?|messages?|communications?|list)\b|\bpromotional (?:e-?mails?|messages?|mail|material|communications?)\b|"
        r"\be-?mail (?:marketing|advertis\w+|offers)\b|\b(?:e-?mail address\w*|e-?mails?)\b[^.;]{0,50}\b(?:advertis\w+|marketing|promot\w+|similar (?:products|services|offers)|offers|discounts|deals|new products)\b|"
        r"\b(?:advertis\w+|promot\w+|offers|discounts)\b[^.;]{0,20}\bby e-?mail\b|(?:营销|推广|促销|广告)[^。；，]{0,4}(?:邮件|电邮|资讯|消息)|电子报|(?:营销|推广|促销)名单|邮件[^。；，]{0,6}(?:营销|推广|广告|促销)|营销邮件"
    ),
    "text messages": Phrase(
        r"\b(?:text messages?|sms|texts)\b(?=[^.;]{0,60}\b(?:offers?|promot\w+|advertis\w+|marketing|deals|stop)\b)|\b(?:offers?|promot\w+|advertis\w+|marketing|deals)\b[^.;]{0,30}\b(?:text messages?|sms)\b|短信(?:营销|推广|广告)|(?:营销|推广|促销|广告)短信"
    ),
    "sales calls": Phrase(
        r"\b(?:marketing|advertising|sales|promotional|telemarketing|advertisement) calls?\b|\bcalls?\b[^.;]{0,40}\b(?:offers?|upgrades?|promot\w+|marketing)\b|\b(?:marketing|advertising) by (?:tele)?phone|(?:营销|推销)电话|电话(?:营销|推销)"
    ),
    "marketing": Phrase(
        r"\bmarketing (?:is|messages|purposes|communications|of)\b|\bfor (?:\w+ )?marketing\b|\b(?:direct|all) marketing\b|\bpromotional\b|直接(?:营销|促销)|营销信息|(?:作|用于|用作)[^。；，]{0,4}(?:营销|促销|推广)"
    ),
    "reference": Phrase(
        r"\breference (?:customers?|clients?|list)\b|\bas a (?:reference|customer)\b|\b(?:names?|logos?)\b[^.;]{0,40}\b(?:on our (?:web ?site|site|home ?page)|in our advertis\w+|presentations?)\b|案例客户|客户案例|客户(?:名称|标志)|名称和标志"
    ),
    "directory": Phrase(
        r"\b(?:public )?director(?:y|ies)\b|\bwhois\b|\bpublicly (?:listed|visible|searchable)\b|公开(?:目录|名录)|whois"
    ),
    # recordings and measurements
    "call recording": Phrase(
        r"\bcalls?\b[^.;]{0,40}\brecord(?:ed|ing|ings)\b|\brecord(?:ed|ing|ings|s)?\b[^.;]{0,40}\b(?:tele)?(?:phone )?calls?\b|录音"
    ),
    "statistics cookies": Phrase(
        r"\b(?:analytics|statistics?|statistical|tracking|measurement|advertising|marketing|optional|performance|non-essential) cookies?\b|\bcookies?\b[^.;]{0,40}\b(?:analytics|statistics|tracking|marketing|advertising)\b|"
        r"\ball cookies\b|(?:统计|分析|广告|追踪|跟踪|营销|非必要)(?:类|型|性|用)?的?cookie|cookie[^。；，]{0,8}(?:统计|分析|广告|追踪)|(?:所有|全部)cookie"
    ),
    "usage statistics": Phrase(
        r"\busage (?:statistics|data|reports?|information|figures)\b|\btelemetry\b|\bdiagnostic data\b|\bcrash reports?\b|使用(?:统计|数据|情况)|遥测|诊断数据|崩溃报告"
    ),
    "profile": Phrase(
        r"\bprofiling\b|\b(?:usage|customer|user|interest|behaviou?ral) profiles?\b|\bprofiles? of\b|用户画像|画像"
    ),
    "location": Phrase(r"\blocation(?: data)?\b(?! of (?:our|the server))|\bgps\b|\bwhereabouts\b|位置|定位"),
    "personalisation": Phrase(
        r"\bpersonali[sz](?:ed|ation)\b[^.;]{0,30}\b(?:recommendations?|suggestions?|content|ads?|advertis\w+|offers)|个性化(?:推荐|广告|内容|展示)"
    ),
    "training": Phrase(
        r"\b(?:train|trained|training|improv\w+|teach)\b[^.;]{0,50}\b(?:assistants?|models?|ai|chat ?bots?|machine learning|artificial intelligence)\b|\b(?:assistants?|models?|ai|machine learning)\b[^.;]{0,30}\b(?:train|trained|training)\b|"
        r"(?:训练|改进|优化)[^。；，]{0,10}(?:模型|智能|客服|助手|算法|人工智能)|(?:模型|人工智能|智能客服)[^。；，]{0,8}训练"
    ),
    "passing on": Phrase(
        r"\b(?:pass\w*|shar\w+|giv\w+|transfer\w*|disclos\w+|provid\w+)\b[^.;]{0,40}\b(?:partners?|third part(?:y|ies)|affiliates?|advertisers?|other (?:compan\w+|firms))\b|"
        r"(?:与|向|给|提供|分享|共享)[^。；，]{0,14}(?:合作伙伴|第三方|合作方|合作商|广告商|关联公司)"
    ),
    "trial programme": Phrase(
        r"\bbeta (?:programm?e?s?|tests?|features?)\b|\bexperiment(?:s|al features?)\b|\btest programm?es?\b|测试(?:计划|项目)|内测"
    ),
    # what is told
    "policy change": Phrase(
        r"\b(?:chang\w+|amend\w*|modif\w+|revis\w+|updat\w+|new version)\b[^.;]{0,40}\b(?:policy|statement|notice of privacy|terms)\b|\b(?:policy|statement|terms)\b[^.;]{0,40}\b(?:chang\w+|amend\w*|modif\w+|revis\w+|updat\w+)\b|"
        r"新版(?:政策|声明|条款)|(?:政策|声明|条款)[^。；，]{0,10}(?:修改|修订|变更|更新|调整)|(?:修改|修订|变更|更新)[^。；，]{0,6}(?:政策|声明|条款)"
    ),
    "authorities": Phrase(
        r"\b(?:authorit(?:y|ies)|police|law enforcement|government|courts?|prosecutors?|investigators?)\b|\blegal (?:requests?|process|orders?)\b|司法机关|主管机关|公安|执法|政府"
    ),
    "processors": Phrase(
        r"\bsub-?processors?\b|\bsub-?contractors?\b|\b(?:data )?processors\b|\bservice providers\b(?=[^.;]{0,50}\b(?:replac|add|chang|new)\w*)|\b(?:replac|add|chang|new)\w*[^.;]{0,30}\bservice providers\b|受托(?:处理者|方|人)|分包商|子处理者"
    ),
    "breach": Phrase(
        r"\b(?:breach(?:es)?|security incidents?|data leaks?|incidents?|intrusions?)\b(?! of (?:this|these|the|our|contract))|数据(?:泄露|泄漏)|信息泄露|安全事件|安全事故"
    ),
    "idle accounts": Phrase(
        r"\b(?:inactive|idle|dormant|unused|abandoned) (?:\w+ )?(?:accounts?|mailbox(?:es)?|profiles?)\b|\baccounts?\b[^.;]{0,40}\b(?:not (?:been )?used|inactiv\w+|idle|dormant|nobody has logged in|no log-?in)\b|闲置(?:的)?账[户号]|(?:长期|连续)[^。；]{0,14}未(?:登录|使用)"
    ),
    "suspension": Phrase(
        r"\b(?:suspen\w+|block(?:ed|s|ing)?|lock(?:ed|s|ing)?|terminat\w+|disabl\w+)\b[^.;]{0,40}\b(?:accounts?|customers?|servers?|services?|domains?|websites?)\b|\b(?:accounts?|customers?|servers?|services|domains?|websites?)\b[^.;]{0,60}\b(?:suspend\w*|blocked|locked|terminated|disabled|taken offline)\b|"
        r"\b(?:every|each|any|all|no) (?:suspension|block|termination)\b|\bblocks? (?:are|is|of|on)\b|(?:封停|封禁|冻结|停用|限制)[^。；，]{0,6}(?:账[户号]|服务|客户|资源)|账[户号][^。；，]{0,12}(?:封停|封禁|冻结)"
    ),
    "content check": Phrase(
        r"\b(?:inspect\w*|access\w*|open\w*|look(?:ing)? (?:at|into))\b[^.;]{0,30}\b(?:your )?(?:servers?|files|mailbox\w*|contents?)\b|(?:查看|进入|检查)[^。；，]{0,10}(?:主机|服务器|文件|邮箱)"
    ),
    # what is decided
    "any decision": Phrase(
        r"\bdecisions?\b[^.;]{0,60}\b(?:automat\w+|algorithm\w*|machines?|solely)\b|\b(?:automat\w+|algorithm\w*)\b[^.;]{0,40}\bdecisions?\b|自动化(?:决策|方式)|自动决策"
    ),
    "orders": Phrase(
        r"\b(?:orders?|applications?|registrations?|sign-?ups?|requests for credit|payments?)\b[^.;]{0,50}\b(?:accept\w*|reject\w*|refus\w*|declin\w*|approv\w*|cancel\w*|review\w*|check\w*|assess\w*|decid\w*)\b|"
        r"\b(?:accept|reject|refus|declin|approv|cancel|review|check|assess)\w*\b[^.;]{0,40}\b(?:orders?|applications?|registrations?|sign-?ups?|payments?)\b|订单[^。；]{0,16}(?:拒绝|接受|审核|取消|通过)|(?:拒绝|审核|取消)[^。；，]{0,6}订单"
    ),
    "fraud checks": Phrase(
        r"\bfraud (?:checks?|filters?|detection|prevention|screening|scoring|reviews?)\b|风控|反欺诈|欺诈(?:检测|审核)"
    ),
    "credit": Phrase(
        r"\bcredit(?:worthiness)?(?: (?:checks?|limits?|scor\w+|rating|decisions?))\b|\bcreditworthiness\b|信用(?:评分|额度|评估|评级)"
    ),
}

# topics that are part of a wider one
_PARTS: dict[str, frozenset[str]] = {
    "rights": frozenset({"copy", "export", "correction", "erasure", "objection", "sale opt-out"}),
    "any decision": frozenset({"orders", "suspension", "fraud checks", "credit"}),
    "marketing": frozenset({"newsletter", "text messages", "sales calls"}),
}


def topics(low: str, among: Iterable[str]) -> frozenset[str]:
    """Which of some topics a lower-case text is about."""
    return frozenset(name for name in among if TOPICS[name].search(low))


def shared(promised: frozenset[str], done: frozenset[str]) -> frozenset[str]:
    """What a promise and an act are both about: the same topic, or a part of what is promised as a whole."""
    parts = {part for name in promised for part in _PARTS.get(name, ())}
    return done & (promised | parts)
