"""Names that a Chinese text gives in quotes or as titles of people, and that it explains nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quoted, report

# a name in quotes that acts, holds data or gets it
_QUOTED = Phrase(
    r"(?:^|[。；，]|同步(?:至|到)|传(?:至|到|入)|发送(?:至|给|到)|存入|存放(?:于|在)|(?:存储|保存)(?:于|在|至)|提供给|披露给|交由|经|由|向|将|把|仅|只有|与)[“\"「『]([\u4e00-\u9fffA-Za-z]{2,10})[”\"」』](?=的?(?:可|会|将|数据|记录|资料|信息|收集|查看|处理|审核|达标|接收|使用|存储|共享|评级|批准|决定|访问)|$|[。，；])"
)
# a circle of people, or a degree that has to be reached
_COINED = Phrase(
    r"[“\"「『]([\u4e00-\u9fff]{3,10})[”\"」』]的?(?:成员|参与者|参与方|伙伴)|(?:达到|满足)[“\"「『]([\u4e00-\u9fff]{3,10})[”\"」』](?:后|时|的|，|。)"
)
_COMMON = re.compile(
    r"法$|条例$|办法$|协议$|政策$|规定$|标准$|年满|周岁|等保|必要|同意|实名|家长|家庭|公司|用户"
)
_BODY = Phrase(
    r"((?:[\u4e00-\u9fff]{2,8})(?:治理|管理|审查|评审|安全|伦理|监督|隐私)?(?:委员会|理事会|专家组|工作组|评审组))[^。；]{0,8}(?:批准|决定|审批|审核|同意|裁定|可以?|有权|查看|授权)|"
    r"((?:金牌|银牌|白金|钻石|铂金|认证|特约|优选|战略|核心|指定|高级|精选|签约)(?:合作伙伴|合作商|服务商|代理商|伙伴|商家|会员|节点|供应商|渠道商))(?=[^。；]{0,8}(?:可|会|将|有权|查看|访问|获得|接收|使用|能))"
)
_STATE = re.compile(r"人大|常务委员会|国家|监督管理委员会|证监|消费者|仲裁委员会|中国|欧盟|标准化|居民委员会")
_SHOWN = re.compile(
    r"点击|选择|进入|路径|打开|勾选|设置|菜单|按钮|页面|功能|栏目|选项|标题|字样|一词|以下简称|下称|简称"
)
_PLAIN = frozenset("我们 您 本政策 本公司 用户 平台 本平台 个人信息 同意 服务 本服务 公司 本声明".split())


def _explained(doc: Document, name: str) -> bool:
    spot = re.compile(
        rf"{re.escape(name)}[”\"」』]?\s*(?:是指|指|即|[：:（(]|包括|系指|是[^否])|(?:称|称为|即|简称为?)[“\"「『]?{re.escape(name)}"
    )
    return any(name in r.low and (r.heading or spot.search(r.low)) for r in doc.readings)


def _names(doc: Document, phrase: Phrase) -> Iterator[Hit]:
    """The names that a phrase finds and the text does not explain."""
    for hit in doc.hits(phrase):
        match = phrase.search(hit.reading.low)
        name = next(filter(None, match.groups()), "") if match else ""
        if name and not _explained(doc, name):
            yield Hit(hit.reading, name)


def unexplained(doc: Document) -> Iterator[Finding]:
    """Names and titles on which rules depend, and that nothing explains (rule term-undefined)."""
    if not doc.chinese:
        return
    found = [h for h in _names(doc, _QUOTED) if h.words not in _PLAIN and not _SHOWN.search(h.reading.low)]
    found += [
        h for h in _names(doc, _COINED) if not _COMMON.search(h.words) and not _SHOWN.search(h.reading.low)
    ]
    found += [h for h in _names(doc, _BODY) if not _STATE.search(h.words)]
    lost: dict[str, Hit] = {}
    for hit in found:
        lost.setdefault(hit.words, hit)
    if lost:
        yield report(
            "undefined-term/term-undefined",
            "warn",
            of(lost.values()),
            f"a name that nothing explains: {quoted(list(lost.values()))}",
            hint="say who or what it is where it is first used",
            law="PIPL Art. 17(1); GDPR Art. 12(1)",
        )


DETECTORS = (unexplained,)
