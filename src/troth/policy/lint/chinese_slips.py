"""Slips of the pen in Chinese: wrong characters, signs beside each other, sentences without an end or a predicate."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.policy.hanzi import TRADITIONAL
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading

_ACCOUNT = r"(?:账号|帐号|账户|帐户|支付宝|微信|网站|平台|系统|后台|控制台|密码|页面|界面|会员|用户|用户中心|app|客户端|日志|状态|记录|时间|ip|名|企业|信息|您的|我们|本)"
_WRONG = Phrase(
    rf"登陆(?:到|至|了)?{_ACCOUNT}|(?:账号|账户|用户|您|再次|首次|重新|自动|快捷|一键|授权|异地|方式|后|时|进行|注册、|注册和|注册或)登陆(?!市场|作战|月球|港|美|a股)|"
    r"登陆(?=官网|客户|本站)|[日天月]内容(?=回复|答复|处理|删除|完成)|既使|不既|账户户|反溃|隐私政測|个人信自|己(?=经|阅读|同意|收集)|"
    r"以(?=经(?:收集|阅读|同意))|权力(?=，|。|包括)|(?<![与和同跟向])我们取得联系|"
    r"(?:发出|发布|作出|进行)(?:公告|通知|说明|声明|告知)(?:您|你|用户)(?!的|协议)|(?:以及|或者|并且|及)(?=[。；])|"
    r"(?<![\u4e00-\u9fff])服务服务|我们我们|(?:信息信息|数据数据|资料资料|内容内容)(?![化主者库类源系安处网技传])|(?:会将会(?!员|议|计)|将会将|可以可|能够能)|您您|我我们|或或|"
    r"做为(?:一|我们|用户|您|个人|本|证据|依据|条件|数据|合同)|"
    r"(?<![所非])必需(?:提供|同意|遵守|收集|填写|使用|经过|进行|向|在|由|为)(?!的)|"
    r"截至日期|按装(?!箱)|附合(?!契约|物|权)|目项目|提供予拒|(?<!继)承但|标示符|"
    r"(?:用户|您|个人|客户|会员|消费者|合法|行使|享有|享受)的?(?:[^，。；]{0,6}的)?(?<!公)权力(?!机关|机构|部门)|"
    r"登陆[^。；，]{1,10}(?:官网|网站|平台|账户|账号|系统)|(?:包括|包含)不(?:仅)?限于|接受(?:本|我们的?|我司的?)[^。；，]{1,8}(?:推广|推送|营销|广告)(?:的)?(?:信息|短信|邮件|通知)|"
    r"起用(?:本|该|此|新|cookie|账号|账户|服务|功能)|"
    r"(?<!目)(?<!有)的的(?!确|士|话)|了了(?!解|结)|(?<![于就但可只])是是(?!否|非)|(?<![现存正潜所内])在在(?!线|途|场)|"
    r"和和(?!谐|平|解)|(?<![参给赋])与与(?!会)|(?<!麻)将将(?!来|要)|(?<![核反校比应])对对(?!方|应|象|账|外)|"
    r"(?<![\d一二三四五六七八九十])、(?:和|及|与(?!您|你|用户|我们)|并且)(?!其|平|谐|解|会|国|否)(?=[\u4e00-\u9fffa-z])|"
    r"[,;]，|，[,;]|,。|。,|，。|。，|、，|，、|、。|；。|。；|，，|。。(?!。)|、、|：。|，；|；，|：：|；；"
)
# 接收 (to get) and 接受 (to accept), 必需 (needed) and 必须 (must), a character left out
_MIXED = Phrase(
    r"(?<!拒绝)(?<!同意)(?<!愿意)(?<!是否)(?<!选择)接受(?:到)?(?:验证码|校验码|短信验证|(?:我们|平台|系统)?(?:发送|发出|推送)的|(?:相关|业务|服务|系统|账户|产品)*(?:通知|消息)(?!的?(?:内容)?约束))|"
    r"接收(?:并(?:同意|遵守))?(?:本|以上|上述|该等?|全部|所有)[^，。；]{0,10}(?:条款|协议|政策|声明)(?:的)?(?:全部|所有)?(?:内容|约束)?(?=[，。；]|$)|(?:阅读|理解|同意)并接收(?:本|以上|上述|该|《)|"
    r"(?<!所)必须的(?:个人)?(?:信息|数据|资料|权限|cookie|功能|服务)|所必须(?:的|[，。；])|"
    r"(?:包括|包含)但不(?:仅)?限(?![于於])|"
    r"(?<![改促推引跟增先演前递行走迁挺])进(?:操作|处理|验证|认证|注册|查询|修改|删除|设置|下载|核实|沟通)(?!系统)|"
    r"(?:您|你|用户)(?:可以|可|有权)?通过(?:(?!联系|提出|提交|行使|申请|要求|反馈|投诉|更正|删除|查询|访问|告知|通知|撤回|注销|咨询|获取)[^，。；]){2,40}@[a-z\d.-]+[，, ]\s*(?:我们|我司|本公司|客服)"
)
# characters that sound alike
_HOMOPHONES = Phrase(
    r"(?:会|可能|将|需要?|来|不)手机(?:您|你|用户|客户)|手机(?:您|你|用户)的?(?:个人)?(?:信息|姓名|资料|数据|位置)|注消|(?:未经|征得|取得|获得)[^。；，]{0,6}同义|"
    r"(?:您|你|用户)得(?:个人|信息|资料|数据|账|帐|手机|同意|隐私|权|设备|位置)|泻露|泄路|协义|(?:收及|搜及|采及)(?=您|用户|个人|信息)|受权(?=我们|您|后|同意)|既时(?=通知|删除|停止)|"
    r"在必须的(?:范围|限度)|匿名话处理|去标识话|隐似|陷私|个人新息|信息按全|按全措施"
)
# a character too few or too many, a word of another meaning, words in the wrong order
_ODD = Phrase(
    r"合法、(?:正规|正当性|正式)、必要|(?:可以|能够?)(?P<verb>[\u4e00-\u9fff]{2})是否(?P=verb)|(?:我们|平台|本公司)不能泄露(?=[^。；]{0,8}(?:您|用户))|(?:产品|服务|商品|功能)与或(?=服务|产品|商品|功能)|"
    r"[（(]以下(?:简?称|统称)(?:为)?[“\"]我们[”\"][）)]我们|(?:服务|产品|内容)都?适用于本(?:政策|声明|条款)如果|(?:共享|提供|披露)包括[^，。；、]{2,8}(?:信息|数据|资料)，以|"
    r"或(?:删除|关闭|停用)您在[^。；，]{2,20}之间(?:建立|设置)|(?:用户|访客)[^。；，]{0,10}(?:访问|浏览)过?您的?网站|单独或者与其[他它]信息，\s?结合|除非您授予(?:我们|本公司)(?:这样|如此)做|您所描述的(?:个人)?(?:身份)?信息[。；]|"
    r"通本(?:平台|网站|公司|应用|政策)|权利(?:机构|机关)|(?:其他|其它)我们的?(?:用户|客户)|不应单(?:将|把|独将)|加速传感器|"
    r"在(?:提交|提供|填写|上传)的[^。；，]{0,8}之前|一经[^。；，]{1,16}后的?\d{1,3} ?[日天](?:后|起|内)|会在(?:要求|通知|告知|征得|取得)(?![^。；，]*(?:时|后|前|中|内|上))|"
    r"(?:如何|怎样)适用 ?cookie|除非(?:适用的)?(?:法律法规|法律|法规)(?:要求|规定)[。；]|^\W*本?[^。；，]{2,14}(?<!知)(?<!解)(?<!白)(?<!视)(?<!识到)(?:个人信息|隐私)对您的重要性，(?:并|将|会)|"
    r"更好的(?:向|为)(?:您|用户|客户)(?:提供)?服务|第条(?:规定|约定|之规定)|(?:网页|网站|连结|链接)知(?:连结|链接|内容)|更(?:好|有效|方便|快|准确|及时|全面|深入|精准|便捷|加有效|加方便)的(?:保障|保护|提供|服务于|了解|帮助|处理|使用|满足|完成|分析|维护)(?=您|用户|我们|本|信息|各|和)|可以(?:方便|快速|轻松|自由)的[\u4e00-\u9fff]{2}(?=[\u4e00-\u9fff])"
)
_PURPOSE = Phrase(
    r"(?:^|[，。：；]|\d[)）.、]? ?)(?:为了|为便于|为方便|为使|为确保|为保障|为满足|为实现|为完成)[^，。；]{2,30}，"
    r"(?:必须|必需|需要|所需|所必需|应当|我们(?:所)?(?:需要)?)(?:收集|提供|获取|采集|使用|处理)(?:到)?的[^，。；！]{0,18}(?:信息|数据|资料|内容)。"
)
# "services or services"; and a sentence that the full stop before it has torn off
_TWICE = re.compile(r"([\u4e00-\u9fff]{2,5})(?:或者?|和|及|以及|与|、)\1(?=[，。；、最等]| ?cookie)")
_TORN = re.compile(r"^(?:或(?![者许])|以及|及其?(?!时)|和(?=[\u4e00-\u9fff]{2,12}。$))[^，。；]{2,40}")
_PAIRS = (("预订", "预定"), ("登录", "登陆"))


# a blank inside a sentence of characters; where a text has many, it is its manner
# of writing, and the name of an officer stands behind one
_GAP = re.compile(
    r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff]{2})(?<!XX. )(?<!主任 )(?<!人 )(?<![经經專专]理 )(?<![專专][員员] )"
    r"(?![\u4e00-\u9fff]{1,5}(?:先生|女士|小姐|太太|律[師师]|博士|教授|主任|[經经]理))"
)
_FEW_GAPS = 2
_HEAD = 3


# a blank between the number of an item and its sign, where the other items have none
_LOOSE = re.compile(r"^\W*[一二三四五六七八九十]{1,2}\s+、")
_TIGHT = re.compile(r"^\W*[一二三四五六七八九十]{1,2}、")
_VERB = re.compile(r"[是有会请可为不谢见等如无需须应将能用]|处理|收集|保存|删除|联系|同意")
_SHORT = 8
_RUN = 4


def _marks(doc: Document) -> Iterator[Hit]:
    """Signs that differ from those of the other items, and words left over between two sentences."""
    tight = sum(_TIGHT.match(r.low) is not None for r in doc.readings)
    items: dict[tuple[str, ...], list[Reading]] = {}
    for r in doc.body:
        loose = _LOOSE.match(r.low) if tight > 2 else None
        if loose:
            yield Hit(r, loose[0])
        if re.match(r"^\W*\d{1,2}、", r.low) and r.cjk:
            items.setdefault(r.sentence.section, []).append(r)
        before = doc.readings[r.index - 1] if r.index else None
        if (
            r.cjk
            and before is not None
            and r.sentence.element == "sentence"
            and before.sentence.paragraph == r.sentence.paragraph
            and before.text.rstrip().endswith("。")
            and r.text.rstrip().endswith("。")
            and len(r.low.strip("。 ")) <= _SHORT
            and not _VERB.search(r.low)
        ):
            yield Hit(r, r.text)
    for run in items.values():
        odd = [r for r in run[:-1] if r.text.rstrip().endswith("。")]
        even = [r for r in run[:-1] if r.text.rstrip().endswith(("；", ";"))]
        if len(even) >= _RUN and len(odd) == 1:
            yield Hit(odd[0], odd[0].text[-6:])


def chinese(doc: Document) -> Iterator[Hit]:
    """Every Chinese slip, with the words that show it."""
    written = [reading for reading in doc.body if reading.cjk]
    if not written:
        return
    for phrase in (_WRONG, _MIXED, _HOMOPHONES, _ODD, _PURPOSE):
        for hit in doc.hits(phrase):
            # written with traditional characters, the other verb is as right, and so is the sign before "and"
            old = hit.words.startswith("做為") or (
                hit.words.startswith("、") and not TRADITIONAL.isdisjoint(hit.reading.text)
            )
            if hit.reading.cjk and not old:
                yield hit
    gaps = [r.index for r in written for _ in _GAP.finditer(r.text)]
    spaced = gaps if len(gaps) <= _FEW_GAPS else ()
    yield from _marks(doc)
    for reading in written:
        if twice := _TWICE.search(reading.low):
            yield Hit(reading, twice[0])
        if reading.sentence.element == "sentence" and (torn := _TORN.match(reading.low)):
            before = doc.readings[reading.index - 1] if reading.index else None
            if before and not before.heading and before.sentence.paragraph == reading.sentence.paragraph:
                yield Hit(reading, torn[0])
        # a line of facts at the head of the text sets them apart by blanks
        running = reading.index > _HEAD or reading.text.rstrip().endswith("。")
        if running and reading.index in spaced and (gap := _GAP.search(reading.text)):
            yield Hit(reading, reading.text[max(0, gap.start() - 4) : gap.end() + 4])
        # Two spellings of one word in one sentence: one of them is wrong, whichever was meant.
        for one, other in _PAIRS:
            if one in reading.low and other in reading.low:
                yield Hit(reading, other)
