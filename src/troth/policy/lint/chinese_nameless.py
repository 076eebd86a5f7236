"""Chinese: counted together and linked to nobody, and single people analysed; numbers of persons said to name nobody."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.chinese_sides import Sides, clashes, done
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import quoted, report

LAW = "PIPL Art. 4, 7; PDPA (TW) Art. 2; GDPR Art. 4(1), Rec. 26, 30"
SIDES = (
    Sides(
        "nameless-conflict",
        "block",
        "people are only counted together or linked to nobody ({}), and single people are analysed ({})",
        Phrase(
            r"不(?:会|得|能)?(?:和|与|跟|同)(?:任何)?(?:特定|个别|具体|单个)?的?(?:个人|用户|身份|自然人)[^。；，]{0,6}(?:联系|连系|关联|关连|结合|对应|连结|链接)|"
            r"(?:仅|只)(?:会)?(?:作|供|用|做|进行)[^。；，]{0,12}(?:总量|总体|整体|汇总|群体)[^。；，]{0,8}(?:分析|统计)|"
            r"不(?:会|得)?(?:针对|对)(?:单一|个别|单个|特定|任何)?(?:个人|用户|会员|个体)(?:的)?(?:行为|习惯|活动|资料)?[^。；，]{0,4}(?:分析|画像|追踪|跟踪|识别)"
        ),
        Phrase(r"未成年|儿童|未经|同意|第三方|cookie[^。]{0,6}本身"),
        done(
            r"分析(?:您|用户|会员)?的?(?:个人|个别)[^。；，]{0,8}(?:习惯|行为|偏好|喜好|消费)|(?:用户|会员|个人)画像|(?:根据|依据|分析)(?:您|用户)的?(?:浏览|使用|消费|购买|游戏|搜索)[^。；，]{0,10}(?:习惯|偏好|记录|行为)[^。；]{0,30}(?:推荐|推送|投放|分析|优惠)|"
            r"(?:习惯|偏好|行为)[^。；，]{0,4}(?:分析|特征)[^。；，]{0,10}(?:个性化|推荐|推送)",
            r"不(?:会|得)|拒绝|关闭",
        ),
    ),
)
_NOBODY = Phrase(
    r"(?:不能|无法|不会|不足以|不可)[^。；，]{0,10}(?:识别|辨识|辨认|确定|定位到)[^。；，]{0,4}(?:特定|具体|某一)?的?(?:自然人|个人|您|用户)(?:的)?(?:个人)?(?:身份)?"
)
_PERSONAL = Phrase(
    r"身份证|银行卡|护照|手机号|电话号码|open ?id|user ?id|真实姓名|电子邮箱|邮箱地址|人脸|指纹|imei|(?:ip|mac) ?地址"
)
_MERGED = Phrase(r"匿名化|去标识|汇总|聚合|脱敏|加密|除非|未经")
_BACK = 2


def persons(doc: Document) -> Iterator[Finding]:
    """Cards, accounts or numbers of a person that are said to name nobody (rule nameless-conflict)."""
    for hit in doc.hits(_NOBODY):
        if not hit.reading.cjk or _MERGED.search(hit.reading.low) or doc.explains(hit.reading):
            continue
        near = [
            r for r in doc.near(hit.reading, _BACK, 0) if _PERSONAL.search(r.low) and not r.refuses - {"use"}
        ]
        held = [r for r in near if r.does("collect", "use", "retain") or r is hit.reading]
        if held:
            yield report(
                "contradiction/nameless-conflict",
                "block",
                (hit.reading, *held),
                f"this names persons, and is said to name nobody: {quoted([hit])}",
                hint="treat cards, accounts and numbers as the personal data that they are",
                law=LAW,
            )


def contradictions(doc: Document) -> Iterator[Finding]:
    """Counted together, and analysed one by one (rule nameless-conflict)."""
    yield from clashes(doc, SIDES)


DETECTORS = (contradictions, persons)
