"""Chinese sentences that look alike because each is about another recipient or sends to another page."""

from __future__ import annotations

from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading

_TAKER = Phrase(
    r"(?:主体|公司|机构|接收方|运营方|开发者|提供方|名称)(?:名称)?(?:为)?[:：]([^；。，;,]{4,30})|[\u4e00-\u9fff]{4,20}(?:有限|股份)公司"
)
_PAGE = Phrase(r"(?:https?[：:]//|www\.)[^\s)）。，]+")


def counterparts(one: Reading, other: Reading) -> bool:
    """Whether two sentences name recipients or pages, and none in common: each of them is owed."""
    held = [[set(phrase.findall(r.low)) for r in (one, other)] for phrase in (_TAKER, _PAGE)]
    return any(all(pair) and not pair[0] & pair[1] for pair in held)
