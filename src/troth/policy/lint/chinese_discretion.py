"""Chinese texts in which recipients, uses and refusals are whatever the company thinks fit, and results nobody can promise."""

from __future__ import annotations

from troth.policy.lint.chinese_wording import Wording
from troth.policy.lint.phrase import Phrase

_WE = r"(?:我们|我司|本公司|公司|本站|平台|管理层|董事会|运营方|集团)"
_THINK = r"(?:不时|随时)?(?:认为|视为|选定|[拣揀]选|挑选|批准|指定|决定|同意|认可)"
_REFUSED = Phrase(
    r"不会|绝不|不得|不向|未经|依法|法院|法律(?:法规)?(?:要求|规定)|征得|取得您|您(?:可以?|有权)?自行|公布的名单|第[一二三四五六七八九十\d]+条"
)
ANYONE = Wording(
    "open-ended/recipient-open",
    "warn",
    "whoever the company thinks of can be a recipient",
    "name the recipients or their kinds, with the purpose of each",
    "PIPL Art. 17, 23; PDPO DPP1(3)(b)(i)(B); GDPR Art. 13(1)(e)",
    Phrase(
        rf"{_WE}{_THINK}(?:为)?(?:合适|适当|有需要|需要|必要|有益|恰当)?的?(?:任何|其他|其它|任意)*(?:人士?|第三方|第三者|机构|公司|单位|各方|组织|接收方)|"
        rf"与{_WE}有(?:业务|商业|商务|合作)?(?:往来|关系|联系|合作)的(?:任何|其他|各)?(?:人士|第三方|机构|公司|单位|商户)[^。；]{{0,20}}(?:获得|取得|获取|得到|接收|查阅|使用|共享|提供)|"
        r"(?:提供|转移|转交|披露|共享|同步|发送|交)(?:给|予|至|与)?[^。；，]{0,10}(?:生态|战略|优质|精选|相关|关联)(?:合作)?(?:伙伴|商家|商户|企业)|(?:视情况|视需要|酌情|在有需要时|必要时)[^。；]{0,20}(?:提供|披露|转交|交|移交|分享|共享)(?:给|予|至|与)[^。；，]{0,10}(?:任何|其他|有关|相关)(?:人士|第三方|机构|各方|单位|方)"
    ),
    _REFUSED,
)
ANYTHING = Wording(
    "open-ended/purpose-open",
    "warn",
    "a use for whatever the company thinks of",
    "name each purpose, and ask again before a new one",
    "PIPL Art. 6, 17; PDPO DPP1(3), DPP3; GDPR Art. 5(1)(b)",
    Phrase(
        rf"{_WE}{_THINK}(?:为)?(?:合适|适当|有需要|需要|必要|有益|恰当|合理)?的?(?:任何|其他|其它|相关|一切)*(?:用途|目的|使用|方式)"
    ),
    _REFUSED,
)
AS_IT_IS = Wording(
    "open-ended/source-open",
    "warn",
    "the channels, kinds or ways are left to what happens to be the case",
    "name the sources, the kinds of data and the ways",
    "PIPL Art. 7, 17; GDPR Art. 14(2)(f)",
    Phrase(
        r"(?:具体)?(?:以|依)(?:实际|实际情况|我们的实际需要|系统实际|当时情况)(?:情况|需要|业务|收集)?(?:为准|而定)|(?:通过|从|经由|自)(?:合作|其他|各种|第三方|外部|多种|公开)+(?:的)?(?:渠道|途径|来源)[^。；，]{0,12}(?:了解|获取|获得|收集|取得)(?:您|用户|阁下)"
    ),
    Phrase(
        r"价格|费用|账单|优惠|页面展示|到账|服务期限|功能|《|例如|包括|如下|以下|(?:渠道|途径|来源)[（(]|合法"
    ),
)
RESULTS = Wording(
    "unenforceable/absolute-claim",
    "warn",
    "a result that nobody can promise",
    "say what is done, not that nothing can happen",
    "PIPL Art. 51; GDPR Art. 32",
    Phrase(
        r"(?:阻断|抵御|拦截|防御|阻止|消除|化解|杜绝|击退)(?:并[^。；，]{0,4})?(?:了)?(?:一切|所有|任何|全部)[^。；]{0,14}(?:攻击|入侵|威胁|漏洞|风险|黑客)|(?:发现|识别)(?:并|和|、)(?:阻断|阻止|消除|修复)(?:一切|所有|任何|全部)|"
        r"(?:永远|永久|绝|根本|绝对)[^。；，]{0,4}(?:无法|不能|不会|不可能)[^。；，]{0,4}(?:攻破|入侵|破解|攻入|突破|丢失|泄露|被盗)|(?:泄露|泄漏|丢失|被盗|入侵)[^。；]{0,10}(?:绝?不可能|绝不会)(?:发生|出现)|(?:担保|保证|承诺|确保)[^。；，]{0,10}(?:任何|没有)[^。；]{0,12}(?:人|方|者)[^。；]{0,6}(?:不会|无法|不能|可以?|能够?)(?:接触|获取|访问|看到|窃取)|(?:从未|从来没有)[^。；]{0,12}(?:泄露|泄漏|事故|事件)[^。；]{0,12}(?:今后|将来|未来|以后)[^。；]{0,6}(?:不会|不可能)"
    ),
    Phrase(r"无法(?:保证|确保)|不能(?:保证|确保)|并非|没有任何|尽力|努力|帮助|协助|旨在|用于(?:抵御|拦截)"),
)
_TAKE_BACK = r"(?:撤回|撤销|收回|取消)(?:您的|该|上述)?(?:同意|授权)"
HARDER = Wording(
    "risky-promise/optout-burden",
    "block",
    "consent is harder to withdraw than to give",
    "let people withdraw the way they agreed, at once and free of charge",
    "PIPL Art. 15; PDPO s. 35G; GDPR Art. 7(3)",
    Phrase(
        rf"{_TAKE_BACK}[^。]{{0,20}}(?:须|需|应|必须|仅|只)[^。；]{{0,20}}(?:公证|邮寄|书面|到(?:我司|公司|本公司|现场)|亲自|原件|手持|传真|人工热线|审核|批准|说明理由|手续费|本人到)|"
        rf"{_TAKE_BACK}[^。]{{0,20}}(?:将|会)?(?:在|于|自)?[^。；，]{{0,8}}(?:[3-9]\d|一百|[三四五六七八九]十)(?:个)?(?:工作)?[日天](?:后|之后)(?:才)?(?:生效|处理|停止)"
    ),
    Phrase(r"无需|毋须|不必|或(?:者)?(?:通过)?(?:邮件|电子邮件|在线|设置|控制台)|设置”?中"),
)
_SURPLUS = r"(?:营销|广告|推广|推送|画像|个性化|资讯|合作方|合作伙伴|短信|分析)"
TIED = Wording(
    "risky-promise/consent-bundled",
    "block",
    "consent is the price of something else, or one consent is taken for several things",
    "ask for it separately, for one purpose, with a way to refuse that costs nothing",
    "PIPL Art. 14, 16, 23, 29, 39; GDPR Art. 7(4)",
    Phrase(
        rf"(?:不同意|不授权|拒绝|未同意|不接受)[^。；]{{0,16}}{_SURPLUS}[^。]{{0,20}}(?:无法|不能|不得|不予|将?停止|拒绝)[^。；]{{0,10}}(?:使用|开通|注册|登录|提供|服务|控制台|下单)|"
        rf"(?:签署|提交|勾选|接受|同意|点击|注册|下单)[^。；]{{0,20}}(?:即|视为|等同于|即表示|即视为)(?:视为|表示|代表)?[^。；]{{0,10}}(?:同意|授权|作出单独同意|单独同意)[^。；]{{0,24}}(?:{_SURPLUS}|单独同意|出境|敏感|提供给)|(?:接受|签署|同意|点击|注册)[^。；]{{0,16}}(?:即|视为|即表示|即视为)[^。；]{{0,20}}单独同意|"
        r"(?:一次|一并|概括|统一)(?:性)?(?:同意|授权)[^。；]{0,30}(?:涵盖|适用于|覆盖|包括|及于)[^。；]{0,40}(?:全部|一切|所有|和|及|、)|同意[^。；]{0,30}不得(?:部分|分别|单独)同意"
    ),
    Phrase(
        r"不影响|可以(?:分别|单独)|不构成|并不|不会因|分别勾选|不代表|不视为|不属于|阅读本|为您提供(?:支付|登录)"
    ),
)

WORDINGS = (ANYONE, ANYTHING, AS_IT_IS, RESULTS, HARDER, TIED)
