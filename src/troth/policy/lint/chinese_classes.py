"""Classes of customers that a Chinese text treats apart and never explains: core users, gold members."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quoted, report

_RANK = r"(?:核心|重点|重要|优质|尊享|尊贵|贵宾|vip|金级|银级|铜级|金牌|银牌|金卡|银卡|钻石|钻级|白金|黄金|铂金|黑卡|高级|高阶|资深|特约|特选|a类|b类)"
_CLASS = Phrase(
    rf"(?:{_RANK}级?(?:会员|用户|客户|伙伴|代理商?))(?=(?:之|的)?[^。；，]{{0,6}}(?:权利|请求|申请|要求|资料|信息|数据|查询|查阅|删除|另|按|依|适用|可|得|不受))"
)
# the class is explained: what it means, what it takes, where its levels stand
_MEANT = r"(?:[”\"」』]?(?:是|系|均)?(?:指|即)|[（(]|[:：]|须|需|资格|等级|门槛|年费|条件)"


def classes(doc: Document) -> Iterator[Finding]:
    """Classes of customers that are treated apart and explained nowhere (rule term-undefined)."""
    if not doc.chinese:
        return
    hits: list[Hit] = []
    for hit in doc.hits(_CLASS):
        found = _CLASS.search(hit.reading.low)
        name = re.escape(found[0]) if found else hit.words
        meant = re.compile(rf"{name}{_MEANT}|(?:称为|称作|成为|升为|列为|简称|称)[“\"「『]?{name}")
        if not any(meant.search(r.low) for r in doc.readings):
            hits.append(hit)
    if hits:
        yield report(
            "undefined-term/term-undefined",
            "warn",
            of(hits),
            f"a class of customers that nothing explains: {quoted(hits)}",
            hint="say who belongs to it, or treat all alike",
            law="PIPL Art. 17; PDPA (TW) Art. 3; GDPR Art. 12(1)",
        )


DETECTORS = (classes,)
