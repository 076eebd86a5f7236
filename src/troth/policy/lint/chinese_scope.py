"""Purposes, lists, interests, discretion and terms that stay open, in Chinese."""

from __future__ import annotations

from troth.policy.lint.chinese_wording import Wording
from troth.policy.lint.chinese_words import COLLECT, DATA, NEVER, NOTICE, OTHERS, USE, WE
from troth.policy.lint.phrase import Phrase

_PURPOSES = "GDPR Art. 5(1)(b), 13(1)(c); PIPL Art. 6, 17(1)(2); PDPO DPP1(3), DPP3"
PURPOSES = Wording(
    "open-ended/purpose-open",
    "block",
    "a purpose that can be anything",
    "name the purposes, each with the data it needs",
    _PURPOSES,
    Phrase(
        rf"{USE}[^。]{{0,70}}(?:其他|其它|别的|任何|一切|各种|新的?|相关|有关)[^。；，,]{{0,16}}(?:用途|目的|用场|业务(?:场景)?(?=[，,。；]|$)|需要|用处|事项)|(?:其他|其它|任何|一切|别的)[^。；，,]{{0,14}}(?:用途|目的)[^。；]{{0,12}}{USE}|"
        rf"作[^。；，,]{{0,8}}(?:其他|任何|一切|直接或间接)[^。；，,]{{0,8}}(?:用途|目的)|派上别的|{USE}[^。；]{{0,50}}等(?:各种|其他|相关|内部|业务|商业|类似)?(?:目的|用途|方面|事宜)|"
        rf"(?:任何|一切|各种)(?:方式|形式)的?(?:{USE})|用途[^。；]{{0,8}}(?:举例|列举|示例)|不代表[^。；]{{0,14}}(?:全部|所有)场景|"
        rf"(?:根据|因应|视|按)[^。；，,]{{0,8}}(?:业务|经营|发展|运营)[^。；，,]{{0,8}}(?:需要|情况)[^。；，,]{{0,6}}{USE}|"
        rf"^\W*(?:\d+[.、）)]\s*)?(?:其他|其它)[^。；]{{0,24}}(?:场景|用途|目的)|^\W*(?:\d+[.、）)]\s*)?(?:其他|其它)(?:与|跟|和)?[^。；，,]{{0,14}}(?:相关|有关)的?(?:利用|使用|处理|事项|活动)|"
        rf"等(?:其他|其它)?的?(?:合法|正当|合理|必要)的?(?:目的|用途|理由|原因)|其他(?:方面|类型)的?(?:回应|服务|处理)|不再另行[^。；]{{0,4}}列明"
    ),
    Phrase(
        rf"{NEVER}|禁止|订立的协议|与(?:您|用户)(?:沟通|联系|联络)|不用于|不作|无权|方式|委托[^。]{{0,20}}处理|仅用|(?:只|仅)(?:会)?(?:将|用|为)|为限|未经|(?:未载明|未列明|未提及|未说明|以外|之外)[^。]{{0,60}}(?:同意|授权)|需要(?:访问|查询|更正|删除|注销)|如需[^。；]{{0,40}}{NOTICE}|原来|任何员工|(?:事先|另行|再次|重新)[^。；，,]{{0,4}}(?:征求|征得|取得)[^。；，,]{{0,6}}同意|不应单?(?:将|把)|{NOTICE}(?!您?的?同意[^。]{{0,2}}$)|^您可将"
    ),
)
_LATER = Wording(
    "open-ended/purpose-open",
    "warn",
    "services that do not exist yet are included beforehand",
    "ask again when they come, with their own purposes and data",
    _PURPOSES,
    Phrase(
        r"(?:包括|含|涵盖|适用于|现有|目前)[^。；）)]{0,10}(?:以及|及|和|或|、|与)[^。；）)]{0,4}(?:未来|将来|今后|日后|后续)[^。；，,）)]{0,10}(?:提供|推出|新增|上线|开发|开通|增加)|(?:未来|将来|今后|日后)(?:可能)?(?:提供|推出|新增|上线|开发)的[^。；，,]{0,10}(?:服务|功能|产品|业务)[^。；，,]{0,16}(?:收集|使用|处理)|"
        r"[（(]如?(?:未来|将来|日后|今后)[^）)]{0,10}(?:实现|接入|上线|推出|开通|提供)[^）)]{0,8}[）)]|(?:未来|将来|日后)(?:将|会|计划|拟)(?:实现|推出|上线|支持|接入)"
    ),
    Phrase(rf"{NEVER}|再次|另行|重新|届时|单独|法律"),
)
_SCENE = Wording(
    "open-ended/purpose-open",
    "block",
    "a purpose that can be anything",
    "name the purposes, each with the data it needs",
    _PURPOSES,
    Phrase(r"^\W*(?:\d+[.、）)]\s*)?(?:其他|其它)[^。；，,]{0,24}(?:场景|用途|目的)(?=[，。；]|$)"),
    Phrase(r"法律|法规|法定"),
)
LISTS = Wording(
    "open-ended/list-open",
    "warn",
    "a list of data that stays open",
    "list everything, or say by which rule more is collected",
    "GDPR Art. 13-14; PIPL Art. 17(1)(2)",
    Phrase(
        rf"{COLLECT}[^。]{{0,80}}等(?:各类|各种|其他|相关|必要|有关)?[^。；，,]{{0,6}}(?:信息|资料|数据|情况|内容|[）)])|等(?:各类|各种|其他|相关|必要)?(?:信息|资料|数据|内容)[^。；]{{0,14}}{COLLECT}|"
        rf"{COLLECT}[^。]{{0,80}}(?:其他|其它|类似|任何|各种|各类|一切)(?:类似|必要|相关|各类|有关|的)*[^。；，,]{{0,8}}(?:信息|资料|数据|情况)|"
        rf"(?:{COLLECT}|{DATA})[^。；]{{0,20}}(?:包括|包含)[（(]?但不限于|(?:包括|包含)[^。；]{{0,60}}(?:其他|类似)(?:类似|相关|必要)?(?:资料|信息|数据)|{DATA}[^。；]{{0,14}}(?:诸如|之类)|(?:诸如|之类)[^。；]{{0,20}}(?:{COLLECT}|{DATA})|"
        rf"列举[^。；]{{0,8}}(?:并非|不是|非)[^。；]{{0,4}}(?:全部|穷尽)|(?:任何|一切)(?:资料|信息|数据)(?!时)[^。；，,]{{0,4}}(?:诸如|，|均)|等(?:途径|渠道)[^。；]{{0,8}}{COLLECT}|^\W*(?:例如|比如|譬如)[^。；]{{0,20}}(?:{COLLECT}|收到)[^。；]{{0,12}}[：:]$|例如[^。；]{{2,30}}都?属于[^。；]{{0,8}}{COLLECT}|(?:填写|提交)[^。]{{2,60}}等(?:资料|信息|材料)[，,。]|"
        r"(?<!与)(?:收集|获取|记录|采集)(?:您的|一些|某些)*(?:与[^。；，]{1,8})?(?:相关|有关)的?(?:信息|资料|数据)(?=[，。；]|$)"
    ),
    Phrase(
        rf"{NEVER}|不收集|不再收集|是指|(?:了解|说明)[^。；]{{0,8}}(?:如何|哪些|为什么)|更新|修改|查询|不会收集|仅收集|只(?:收集|限)|请勿|{NOTICE}|病毒|从其他|其他来源|第三方处|您有权|权利|安全措施|访问控制|(?:访问|查询|查看|更正)[^。；，]{{0,4}}(?:、|和|及)?(?:修改|更新|删除)|并无其他|(?:未载明|未列明|未提及)[^。]{{0,60}}(?:同意|授权)"
    ),
)
INTERESTS = Wording(
    "open-ended/interest-unspecified",
    "warn",
    "legitimate interests that are not named (and no ground at all under the law of the mainland)",
    "name the interest, and the data it needs",
    "GDPR Art. 13(1)(d)",
    Phrase(
        r"(?:基于|依据|法律依据|处理依据|法律基础|理据|作为依据|为依据)[^。]{0,90}(?:合法|正当)(?:的)?(?:商业)?(?:利益|权益)|(?:合法|正当)(?:商业)?(?:利益|权益)[^。；]{0,12}(?:为依据|作为[^。；]{0,4}(?:依据|理据|基础)|构成|可能构成)|"
        r"(?:出于|为实现|为了实现|符合|乃按|按)[^。；，,]{0,10}(?:合法|正当)(?:的)?(?:商业)?(?:利益|权益)|[:：]\s?(?:合法|正当)利益|合法理由[^。；]{0,6}(?:保留|处理)|第\s?6\s?条第\s?1\s?款[（(]?(?:第)?[（(]?f|"
        r"为?(?:追求|实现)(?:我们的)?(?:合法|正当)(?:的)?(?:商业)?利益"
    ),
    Phrase(
        rf"(?:利益|权益)(?:在于|为追讨|是(?:防|保))|[（(]此为|有权反对|{NEVER}|侵害|维护(?:用户|您|你|我们)|为防止|保护用户|提出反对|保障[^。；]{{1,10}}的正当|即(?:防|为)|欺诈|诈骗|《|提起"
    ),
)
_DECIDE = r"(?:决定|认定|厘定|判断|裁定|确定|为准)"
DISCRETION = Wording(
    "open-ended/sole-discretion",
    "warn",
    "the provider decides as it likes",
    "name the criteria, and a way to object",
    "GDPR Art. 12(5); PIPL Art. 50",
    Phrase(
        rf"{WE}[^。；]{{0,16}}(?:自行|单方面?|独立|全权|酌情|随意|任意|自身判断|依其独立)[^。；，,]{{0,6}}(?:{_DECIDE}|判断|查看|删除|处置)|由{WE}[^。；，,]{{0,6}}(?:单方面?|全权|自行)?{_DECIDE}|以{WE}[^。；，,]{{0,4}}{_DECIDE}为准|(?:视情况(?:而定|决定|处理)|最终解释权|绝对酌情权|全权酌情|最终决定)|"
        rf"{WE}[^。；，,]{{0,4}}(?:认为|认定)[^。；，,]{{0,4}}(?:有必要|适合|合适|不合理|适当|不适宜)[^。；]{{0,14}}(?:拒绝|查看|修改|移除|删除|索取|不予)|"
        rf"(?:毋须|无须|无需|不)[^。；，,]{{0,4}}(?:说明|给予|提供)(?:任何)?(?:理由|原因)|保留[^。；]{{0,8}}(?:拒绝|删除)[^。；]{{0,24}}权利|(?:管理员|员工)[^。；，,]{{0,4}}(?:随意|任意)(?:查看|删除)|酌情(?:不予|处理|拒绝)"
    ),
    Phrase(
        r"您可以?自行|用户自主|可以自行|法律规定的情形|您有权|无权|月费|取消订阅|(?:您|你|阁下|用户)(?:可|可以)?(?:随时|自行)|投诉|选择"
    ),
)
ANONYMOUS = Wording(
    "undefined-term/anonymity-undefined",
    "warn",
    "data is called anonymous, and no method or group size is told",
    "say what is removed, how, and how small a group may be",
    "GDPR Rec. 26; PIPL Art. 4, 73",
    Phrase(
        rf"(?:匿名|去标识|脱敏|统计(?:数据|资料|分析|结果|信息)|聚合|汇总|整体数据|(?:不能|无法|不会)(?:识别|辨识|辨认)|去掉[^。；，,]{{1,6}}后|不透露(?:单个|个别))[^。；]{{0,60}}"
        rf"(?:共享|提供|出售|发布|公开|用于|使用|利用|交给|销售|{OTHERS}|不属于个人|不受|训练|研究|商业|识别到)|(?:将|把)[^。；]{{0,16}}(?:匿名|脱敏)[^。；]{{0,6}}(?:处理)?(?:并|后)|提供[^。；]{{0,12}}(?:不能识别|统计(?:数据|资料))|(?:出售|提供|共享|公布)[^。；，]{{0,4}}(?:脱敏|匿名|去标识)|(?:去除|去掉|隐去)[^。；，]{{0,8}}(?:姓名|身份|标识)[^。；，]{{0,4}}后的?[^。；，]{{0,4}}(?:数据|信息|资料)|"
        rf"整合为[^。；]{{0,10}}统计|匿名方式[^。；]{{0,16}}(?:交|提供)"
    ),
    Phrase(
        r"方法[：:]|字段|少于|统计分析服务|k ?[-–]?匿名|[≥>] ?\d|截去|密钥|不会(?:向|将|提供|被用)|从不|从未|绝不|也不|仍(?:视为|属于)|可以?匿名浏览|上传[^。；]{0,6}前，请|除非[^。；]{0,10}匿名|提供给我们|去标识化处理的(?:个人)?(?:信息|数据)[^。；]{0,4}(?:无法|不能|不会)|安全性|安全措施|展示|假名|禁止|删除或|删除您|删除或者|或者?(?:进行|做|作)?匿名|法律|停止运营|最后一段|拒绝不影响|分析类cookie"
    ),
)
CASES = Wording(
    "undefined-term/term-undefined",
    "warn",
    "cases, data or people that are not said",
    "list them",
    "GDPR Art. 12(1); PIPL Art. 17",
    Phrase(
        rf"(?:某些|特定|个别|若干|特殊|适当)(?:的|特殊|特定)*(?:情况|情形|场景|条件|场合|时候)|(?:一些|若干|某些|少数|有限的?)例外|(?:某些|部分合作|个别)[^。，,；、]{{0,6}}(?:功能|合作方|信息|资料)[^。；]{{0,20}}|(?:有限的)(?:数据|信息|资料)|(?<![\"”」』])(?:部分|某些|若干)(?:所述|上述|前述|所列)(?:的)?(?:目的|用途|情形)|条件成熟|(?:视|视乎|按)(?:情况|实际)(?:需要|情况)?(?:，|决定|而定)|"
        rf"(?:如有需要|有需要时|必要时|必要的时候|如有必要|有必要时)[^。；]{{0,30}}(?:{COLLECT}|{DATA}|收费|费用)|{WE}认为(?:合适|适合|适当)|(?:在)?必要(?:的)?(?:情况|情形)下[^。；]{{0,20}}{DATA}|精确(?:的)?(?:或|和|及|、)(?:大致|粗略|模糊)(?:的)?(?:地理)?位置"
    ),
    Phrase(
        rf"(?:例如|如下|以下|下列|包括|比如)[^。]|[:：]$|某些功能需要|仅在|无法(?:完整)?使用|{NEVER}|法律|法规|条例|可要求|有权|请|浏览器|cookie|未经|公开"
    ),
)

_STRANGERS = Wording(
    "undefined-term/term-undefined",
    "warn",
    "others who count as unrelated, and nothing says who does not",
    "say who belongs to the group and who is a helper; everybody else is a third party",
    "GDPR Art. 12(1); PIPL Art. 17, 23",
    Phrase(r"(?:无关|非关联|不相关)的?(?:第三方|第三人|公司|机构)"),
    Phrase(
        r"不受[^。；，]{0,8}控制的?(?:无关|非关联|不相关)|无关(?:第三方|公司|机构)(?:是)?指|与(?:本|您|该)[^。；，]{0,8}无关"
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
SURPLUS = Wording(
    "risky-promise/data-surplus",
    "warn",
    "data that no hosted service or app needs",
    "leave it out, or name the function that needs it and ask for consent",
    "PIPL Art. 6; GDPR Art. 5(1)(c)",
    Phrase(
        r"(?:曾经?|正在|已)?(?:使用|安装)(?:过)?的?(?:移动)?(?:应用|app|软件)[^。；，]{0,10}(?:和|及|、)[^。；，]{0,4}其他软件的?信息|社交媒体(?:页面|账号的?内容)|"
        r"(?:曾)?通讯的?(?:账号|对象|号码)[^。；]{0,14}(?:通讯)?(?:时间|时长|内容)|设备序列号|(?:手机|设备)的?(?:硬件)?序列号|"
        r"(?:设备|手机)上?(?:已)?安装的(?:应用|app|软件|程序)[^。；]{0,20}(?:使用情况|列表|清单|$)|应用(?:程序)?的使用情况|监控[^。；，]{0,8}(?:活动|运行)[^。；，]{0,4}(?:应用|程序)|(?:imei|imsi)[^。；]{0,20}(?:idfa|android ?id)|注册[^。；]{0,24}(?:生日|出生日期)[^。；，]{0,8}性别|(?:生日|性别)[^。；]{0,12}注册|"
        r"^\W*(?:家庭(?:情形|情况|成员|状况)|家庭其他成员[^：:]{0,8}|住家及?设施|财产(?:状况|情形)?|身体描述|(?:生活)?习惯|个性|性生活|健康(?:纪录|记录)|旅行及[^：:]{0,10})[：:。][^。]{2,}"
    ),
    Phrase(
        rf"{NEVER}|登录(?:方式)?|分享到|不收集|授权后|同意后|维修|保修|质保|选填|可选|自愿|防(?:作弊|欺诈|刷)"
    ),
)

INSIDE = Wording(
    "undefined-term/recipient-undefined",
    "info",
    "a group of companies gets data, and nothing says who they are",
    "name the companies of the group, or point to the list of them",
    "PIPL Art. 17, 23; GDPR Art. 13(1)(e)",
    Phrase(r"(?:集团|关联公司)(?:内部|内|之间)[^。；，]{0,6}(?:共享|分享|流转|共用|转移)"),
    Phrase(rf"{NEVER}|未经|名单|清单|同意"),
)
SESSIONS = Wording(
    "undefined-term/cookie-period",
    "warn",
    "session cookies that are said to last",
    "call them persistent, or let them end with the session",
    "ePrivacy Dir. Art. 5(3)",
    Phrase(
        r"(?:会话|session|工作阶段|临时)[^。；，]{0,3}cookie[^。；]{0,16}(?:\d+|[一二三六十]+) ?个?(?:年|月|天|日)"
    ),
    Phrase(r"永久|持久|持续"),
)
WORDINGS = (
    PURPOSES,
    _LATER,
    _SCENE,
    LISTS,
    INTERESTS,
    DISCRETION,
    ANONYMOUS,
    CASES,
    _STRANGERS,
    NOT_ALL,
    BY_SCENE,
    SURPLUS,
    INSIDE,
    SESSIONS,
)
