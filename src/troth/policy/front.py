"""What the front matter of a draft should say: the name of the provider and the version, guessed from the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from troth.model.sentence import Sentence


def guess_provider(sentences: Sequence[Sentence]) -> str:
    """The name the text gives its company most often, "" where it names none."""
    name = r"([A-Z][\w&.-]+(?:\s+(?:[A-Z][\w&.-]+|of))*)"
    after = (
        r"(?=\s+(?:may|will|collects|uses|understands|does|is committed|respects|values)\b|,\s+we\b|[’']s?\s)"
    )
    pattern = re.compile(name + after)
    counts = Counter(found for one in sentences for found in pattern.findall(one.text))
    common = [name for name, _ in counts.most_common() if name.split()[0] not in _NOT_NAMES]
    return common[0] if common else ""


_NOT_NAMES = frozenset(
    {
        "We",
        "You",
        "This",
        "The",
        "It",
        "If",
        "Your",
        "Our",
        "These",
        "They",
        "Cookies",
        "Personal",
        "Information",
        "In",
    }
)


def guess_version(sentences: Sequence[Sentence]) -> str:
    """The date that a line such as "Last updated: 1 May 2026" gives, as it stands; "" where there is none."""
    lead = r"(?:updated?|effective|revised|version|更新日期|生效日期|发布日期|版本)[^:：\d]{0,24}[:：]?\s*(?:date[:：]?\s*)?"
    date = r"(\d{4}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?|(?:\d{1,2}\s+)?[A-Z][a-z]{2,8}\.?\s+(?:\d{1,2},?\s+)?\d{4}|\d+(?:\.\d+)+)"
    for one in sentences:
        found = re.search(lead + date, one.text, re.IGNORECASE)
        if found:
            return found[1]
    return ""


def guess_language(sentences: Sequence[Sentence]) -> str:
    """`zh` where a quarter of the characters is Chinese, else `en`."""
    chinese = sum(len(re.findall(r"[\u4e00-\u9fff]", one.text)) for one in sentences)
    return "zh" if chinese * 4 > sum(len(one.text) for one in sentences) else "en"
