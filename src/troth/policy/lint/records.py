"""The records whose keeping a policy tells, by name in English and Chinese: logins, recordings, identity documents, backups and the like."""

from __future__ import annotations

from troth.policy.lint.phrase import Phrase

RECORDS: dict[str, Phrase] = {
    "logins": Phrase(
        r"\b(?:panel |portal |account |console |admin )?log-?ins?\b(?! (?:data|name|page|form|details|credentials|cookie|session|is|to|with))|\blog-?in (?:records?|times?|history|logs?)\b|\bsign-?ins?\b(?= (?:logs?|records?|times?|history|and))|"
        r"登录(?:时间|日志|记录)|登录[^。；，]{0,4}ip"
    ),
    "name server queries": Phrase(
        r"\bdns (?:quer\w+|logs?|requests?)\b|\bresolvers? (?:logs?|quer\w+)\b|\bquer(?:y|ies)\b[^.;]{0,20}\bresolvers?\b|dns查询|解析(?:日志|记录|请求)|查询日志"
    ),
    "server logs": Phrase(
        r"\b(?:server|access|web ?server|visitor|request|edge) logs?\b|\blog ?files?\b|\b(?:access|request) log lines?\b|\blogs (?:with|of)\b|(?<!登录)(?:访问|服务器|请求|网站)(?:日志|记录)|伺服器记录"
    ),
    "mail logs": Phrase(r"\b(?:mail|smtp|delivery|e-?mail) (?:server )?logs?\b|邮件(?:日志|收发记录)"),
    "connection records": Phrase(
        r"\b(?:connection|vpn|session) (?:logs?|records?|data)\b|\bnet ?flow\b|\bflow (?:data|records?|logs?)\b|连接(?:日志|记录)"
    ),
    "tickets": Phrase(
        r"\b(?:support )?tickets?\b|\b(?:support|help ?desk) (?:requests?|conversations?|cases?|correspondence)\b|工单|客服单据|支[援持]个案|服务单"
    ),
    "chats": Phrase(
        r"\b(?:live )?chats?\b(?! with)|\bconversations? with (?:our |the )?(?:help|support)\b|\bchat (?:transcripts?|logs?|histor\w+)\b|聊天记录|在线对话"
    ),
    "correspondence": Phrase(
        r"(?<!support )(?<!desk )(?<!help )\bcorrespondence\b|\be-?mails and (?:chats|letters|messages)\b|往来(?:信件|邮件|函件)"
    ),
    "feedback": Phrase(r"\bfeedback\b|反馈(?:意见|页)|意见反馈"),
    "call recordings": Phrase(
        r"\b(?:call|telephone|phone|voice) recordings?\b|\brecord(?:ed|ings?)\b[^.;|]{0,20}\bcalls?\b|\bcalls?\b[^.;|]{0,30}\brecord(?:ed|ings?)\b|录音"
    ),
    "video": Phrase(
        r"\b(?:cctv|video (?:recordings?|surveillance|footage)|camera (?:footage|images|recordings?))\b|监控(?:录像|视频|影像)|录像"
    ),
    "identity documents": Phrase(
        r"\b(?:identity|id) (?:cards?|documents?|scans?|papers)\b|\bpassports?\b|\b(?:scans?|copies|copy) of (?:your |the |an )?(?:id|identity|passport|driving)\w*|\bproofs? of identity\b|"
        r"身份证(?:件)?(?:照片|影像|副本|复印件|扫描件|号码?)?|证件(?:照片|影像|副本)|护照"
    ),
    "faces": Phrase(
        r"\b(?:face|facial) (?:images?|scans?|data|pictures?|templates?)\b|\bselfies?\b|人脸(?:图像|照片|信息|特征)?|手持[^。；，]{0,8}照片"
    ),
    "backups": Phrase(r"\bback-?ups?(?: cop\w+)?\b|备份|备援"),
    "snapshots": Phrase(r"\bsnapshots?\b|快照"),
    "applications": Phrase(
        r"\b(?:applicants?|candidates?|application documents?|cvs?|resum[eé]s?|job applications?)\b|应聘|求职|简历|应征"
    ),
    "enquiries": Phrase(r"\b(?:contact[- ]forms?|enquir(?:y|ies)|inquir(?:y|ies))\b|咨询记录|询价"),
    "deleted mail": Phrase(
        r"\b(?:deleted (?:e-?mails|messages|mail)|(?:messages|e-?mails|mail) (?:that )?you delete)\b|\b(?:you delete|deleted) (?:a |an )?(?:message|e-?mail)\b|已?删除的邮件"
    ),
    "messages": Phrase(
        r"(?<!deleted )\bmessages?\b(?=[^.;|]{0,30}\b(?:last|kept|keep|stored?|deleted|days)\b)|\b(?:keep|keeps|store|stores)\b[^.;|]{0,12}\bmessages\b|聊天消息|消息内容"
    ),
    "statistics cookies": Phrase(
        r"\b(?:analytics|statistics?|statistical|tracking|measurement) cookies?\b|\bcookies?\b[^.;|]{0,30}\b(?:analytics|statistics)\b|(?:统计|分析)(?:类|用)?的?cookie"
    ),
    "statistics": Phrase(
        r"\b(?:usage|traffic|visitor|bandwidth) (?:statistics|figures|records)\b|使用统计|流量统计|流量记录"
    ),
    "payment data": Phrase(
        r"\b(?:payment|card|bank) (?:data|details|information|numbers?)\b|银行卡(?:号|信息)?|支付信息"
    ),
    "registrant data": Phrase(
        r"\b(?:registrant|whois|domain holder|registration) (?:data|details|information|records?)\b|域名注册(?:信息|资料)|注册人(?:信息|资料)"
    ),
    "newsletter data": Phrase(
        r"\bnewsletter (?:data|addresses|subscri\w+|address)\b|\bmailing list\b|订阅(?:者|信息)"
    ),
    "crash reports": Phrase(
        r"\b(?:crash|error|diagnostic) (?:reports?|logs?|data)\b|崩溃(?:日志|报告)|错误(?:日志|报告)"
    ),
    "account data": Phrase(
        r"\b(?:account (?:data|information|details|records?)|personal details|customer (?:data|information|records|details|files?)|(?:copy|content) of your account|data in your account)\b|"
        r"账[户号](?:资料|信息|数据)|客户(?:资料|信息|数据)"
    ),
    "everything": Phrase(
        r"\b(?:all|everything|any) (?:of )?(?:your |the |our |their )?(?:personal )?(?:data|information|records|content)\b|\byour (?:personal )?(?:data|information)\b|\b(?:delete|erase|wipe)\b[^.;|]{0,10}\beverything\b|"
        r"(?:全部|所有|一切)(?:个人)?(?:数据|资料|信息)|您的(?:个人)?(?:数据|资料|信息)"
    ),
    "addresses": Phrase(
        r"\bip (?:address\w*|v4)\b|\bclient ips?\b|\bips\b|(?<![a-z])ip ?地址|(?<![a-z])ip(?![a-z])"
    ),
}

# what a row or a sentence names besides its records
COMPANIONS = frozenset({"addresses"})
WHOLE = frozenset({"account data", "everything"})


def records(low: str) -> frozenset[str]:
    """The records that a lower-case text names; one address among others does not count."""
    found = frozenset(name for name, phrase in RECORDS.items() if phrase.search(low))
    if "statistics cookies" in found:
        found -= {"statistics"}
    if "deleted mail" in found:
        found -= {"messages"}
    if "faces" in found:
        found -= {"identity documents"} if "手持" not in low else frozenset()
    named = found - COMPANIONS - WHOLE
    return named or found
