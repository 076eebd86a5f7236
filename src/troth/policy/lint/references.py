"""Documents and places that the text points to and that are not there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.english_documents import ELSEWHERE
from troth.policy.lint.foreign_titles import of_others
from troth.policy.lint.ordinals import CHINESE, IN_WORDS, value
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quoted, report

_POINTING = (
    r"(?:refer to|see|consult|read|review|visit|set (?:out|forth) in|described in|explained in|listed in|"
    r"specified in|provided in|"
    r"contained in|defined in|detailed in|laid down in|governed by|in accordance with|according to|"
    r"in line with|pursuant to|as per|under|"
    r"subject to|found in|available in|provisions of|section of|details? (?:in|are in)|check|form (?:in|"
    r"described in)|information in|outlined in|covered by)"
)
_DOCUMENT = (
    r"(?:cookies? (?:policy|notice|statement|declaration)|terms (?:of (?:use|service|sale)|and conditions|"
    r"& conditions)|user agreement|"
    r"service (?:level )?agreement|acceptable use policy|data (?:processing|protection) (?:agreement|"
    r"addendum|policy|notice)|"
    r"retention (?:policy|schedule)|security (?:policy|whitepaper|overview|statement)|subprocessor list|"
    r"list of sub-?processors|"
    r"(?:supplemental|regional|california|children'?s|employee|candidate) privacy (?:policy|notice|"
    r"statement)|california (?:privacy )?notice|"
    r"master (?:services? )?agreement|customer agreement|preference policy|registration agreement|"
    r"code of conduct|transparency report)"
)
_NAMED = Phrase(
    rf"\b{_POINTING} (?:\w+ ){{0,5}}?(?:the|our|its|these|this)?\s?(?:[\w.&']+ ){{0,4}}?{_DOCUMENT}",
)
_OWN_COOKIE = Phrase(
    r"\bour (?!privacy (?:policy|notice|statement))(?:\w+ ){1,3}?(?:policy|terms|procedure|schedule|guidelines) (?:explains?|describes?|sets? out|contains?|lists?|tells?|covers?|governs?)\b|"
    r"\bour (?:separate )?cookies? (?:policy|notice|statement)\b|《cookie[^》]*》|"
    r"\b(?:see|visit|consult|refer to|found (?:on|in)|listed on|check) (?:our|the) (?:[\w&'-]+ ){1,3}page\b(?! (?:specified|named|mentioned|described|referred to) above)",
)
_NUMBERED = Phrase(
    rf"\b(?:(?:section|clause|article|paragraph|part|chapter)s? |(?:item|point) (?=\d+ (?:of (?:this|our|the (?:policy|notice|statement))|above|below)))(\d{{1,2}}|[ivx]{{1,5}}|{IN_WORDS})(?:\.\d+)*\b"
    r"(?! (?:of (?!this|our|the (?:privacy )?(?:policy|notice|statement))|gdpr|dsgvo|uk gdpr|\(|pdpo|pipl|pdpa|ccpa|"
    r"[a-z]*\s?(?:act|code|law|ordinance)\b))|§ ?(\d{1,2})\b(?= ?(?:[.,;)]|$|of this|above|below|of our))|第 ?([一二三四五六七八九十]+|\d+)(?:\.\d+)? ?(?:条|章|节|部分)",
)
_ATTACHED = Phrase(
    r"\b(?:annex|appendix|schedule|exhibit|attachment|addendum) (?:[a-z]|\d{1,2}|[ivx]{1,4})\b|"
    r"附[件录表][一二三四五六七八九十\d](?!进[制位])",
)
_TITLED = Phrase(
    r"\b(?:section|chapter|heading|paragraph|part) (?:titled|entitled|called|named|headed|on|"
    r"about)? ?[\"']([^\"']{3,60})[\"']|[\"']([^\"']{3,60})[\"'] (?:section|chapter|paragraph|"
    r"heading)\b(?! of (?:our|the|your))",
)
_SEE_TITLE = Phrase(r"\bsee (?:the |our )?[\"']([^\"']{3,60})[\"'] (?:below|above)\b")
_BELOW = Phrase(
    r"\b(?:the |in the |at the )?(?:table|list|chart|map|form|link|address|contact details|"
    r"contact information)s? (?:set out |listed |shown |given |provided |described )?(?:below|above|"
    r"following)\b|"
    r"\bfollowing (?:table|chart|link|address)\b|\b(?:table|list|address|details) (?:below|above)\b",
)
_WHERE = Phrase(
    r"(?i)https?:|www\.|\.(?:com|net|org|io|eu|de|cloud|cn|hk|sg|ie|uk|ca|in|us|au|nl|fr|nz|jp|my|info|dev|app|tech|host)\b(?!\w)|available at|clicking|hyperlink"
)
_NUMBER = Phrase(
    r"(?i)^\W*(?:section|article|part|第)?\s*(\d{1,2}|[ivx]{1,5})(?:\\?[.):、 ]|$)|^第?([一二三四五六七八九十]+)(?:[、章条节. ]|部分)"
)
_PARAGRAPH = Phrase(
    rf"^\W*(\d{{1,2}})(?:\.\d|\\?[.)、 ] ?)|^第?({CHINESE})(?:[、章条节]|部分)|^\W*(?:part|section|chapter|article) (\d{{1,2}}|[ivx]{{1,5}}|{IN_WORDS})(?= ?(?:[:.–—-]|$))"
)
_LAWS = Phrase(
    r"(?i)\b(?:(?:uk|eu)?-?gdpr|safe harbou?r|regulations?|acts?\b|codes?\b|ordinances?|directives?|laws?\b|civil|pdp[oa]|pipl|rules)|法|条例"
)


_SITE = Phrase(r"(?i)https?:|www\.|/|available at|clicking|hyperlink|\bat [\w-]+\.")


def _linked(doc: Document, reading: Reading) -> bool:
    """Whether a sentence shows a link; the publisher's name, which may be a domain, is none."""
    if "@" in reading.low or not _WHERE.search(reading.text):
        return False
    text = reading.text
    for party in doc.parties:
        text = re.sub(rf"{re.escape(party.name)}(?:\.\w{{2,}})*", " ", text)
    return bool(_WHERE.search(text)) or bool(_SITE.search(reading.text))


def _present(doc: Document) -> set[int]:
    """The numbers of headings and of numbered paragraphs."""
    numbers: set[int] = set()
    for reading in doc.readings:
        match = (_NUMBER if reading.heading else _PARAGRAPH).match(reading.low)
        if match:
            numbers.add(value(next(group for group in match.groups() if group)))
    return numbers


def _titles(doc: Document) -> list[str]:
    return [r.low.strip(" .:#") for r in doc.readings if r.heading] + [
        s.lower() for r in doc.readings for s in r.sentence.section
    ]


_ITSELF = Phrase(r"\b(?:this|the present) privacy (policy|notice|statement)\b")
_OWN_PRIVACY = Phrase(r"^our privacy (policy|notice|statement)\b")


def _about_itself(doc: Document, hit: Hit) -> bool:
    """Whether "our privacy policy" is the text itself, whatever stands in its first line."""
    own = _OWN_PRIVACY.search(hit.words.lower())
    return own is not None and any(h.words.lower().endswith(own[1]) for h in doc.hits(_ITSELF))


# a contract of a kind, and none that the reader is sent to
_ANY_ONE = re.compile(r"\b(?:a|an) (?:[\w-]+ ){0,2}(?:agreement|addendum)$")


def _resolved(doc: Document, hit: Hit) -> bool:
    name = re.search(_DOCUMENT, hit.words.lower())
    wanted = name[0] if name else ""
    titled = any(wanted and wanted in title for title in _titles(doc)) or _ANY_ONE.search(hit.words.lower())
    return (
        bool(titled) or _about_itself(doc, hit) or any(_linked(doc, r) for r in doc.near(hit.reading, 0, 1))
    )


_BUNDLING = Phrase(r"\bby accepting|\baccepting our|\bconsent")
_TITLE = Phrase(
    r"\b(?:[Ss]ee|[Rr]efer to|[Cc]onsult|[Rr]ead|[Rr]eview|described in|set out in|set forth in|listed in|explained in|"
    r"governed by|"
    r"accordance with|details in|subject to|contained in|found in|[Pp]lease check) (?:also )?(?:the |our |its |this |that "
    r")?(?:separate )?"
    r"((?:[A-Z][\w&-]+ (?:and |of |& )?){1,4}(?:Policy|Policies|Notices?|Statements?|Terms|Agreements?|Addendum|Schedule|"
    r"List|Guidelines|Guide|"
    r"Rules|Code|Manual|FAQs?|Charter|Handbook|Register|Whitepaper|Overview))\b"
)
_SELF_NAMED = Phrase(r"^(?:this |our )?(?:\w+ )?privacy (?:policy|notice|statement)$")


_ANY_TITLE = Phrase(
    r"(?<![\w.])((?:(?:[A-Z][\w&-]+|of|and|for) ){1,4}(?:Policy|Policies|Terms|Agreements?|Addendum|Schedules?|Directory|Procedures?|Statements?|"
    r"Notices?|Guidelines|Rulebook|Charter|Handbook|Manual|Protocol|Annex|Appendix|Matrix|Catalogue|Inventory|Whitepaper|Factsheet|Conditions|"
    r"Plan|Page|Annexure|Rules|FAQs?|Table|Supplement|Playbook|Register))\b(?! (?:Act|Code|of [A-Z]|[A-Z]))"
)
_ORDINARY = Phrase(
    r"^(?:the |our |this |its )?(?:\w+ )?(?:terms (?:of (?:service|use|sale)|and conditions)|privacy (?:policy|notice|statement)|user agreement|"
    r"service (?:terms|agreement)|cookies? (?:policy|notice)|(?:current|this|that|such|each|any|all|data protection|privacy) \w+)$|"
    r"internet protocol|transfer protocol|socket|nda|non-?disclosure|directive|national|incident response|gdpr|standard contract|accreditation|icann|protection (?:law|act)|level protection"
)


_CJK_ELSEWHERE = Phrase(
    r"(?:详见|参见|参阅|查阅|查看|请见|请访问|可访问|公布于|载于|载明于)[^。；，,《]{0,16}(?:栏目|页面|说明页|中心|官网|清单|附件|附录|手册|链接|其隐私政策)|(?:请|详情)?按此|"
    r"按(?:照)?(?:本)?(?:公司|我们|内部|平台)[^。；，,]{0,6}(?:规定|制度|管理办法|规则)[^。；，,]{0,2}执行|(?:依据|按照|根据|遵循)[^。；，,]{0,6}(?:内部|公司)[^。；，,]{0,8}(?:制度|办法|规范|规定|流程)|(?:请参见|参见|适用)其(?:自己的)?隐私(?:政策|声明)"
)
_CJK_TITLE = Phrase(
    r"(?:参见|详见|请见|参阅|查阅|阅读|见|遵守|按照|依据|适用|根据|执行|以|及|、)[^《》。]{0,10}《([^》]{3,30}(?:规范|规则|政策|协议|说明|声明|指引|清单|目录|细则|须知|手册|公告|条款|办法|附录|附件)(?:[（(][^》]*)?)》"
)


# papers that only a company writes, however the sentence points to them
_CJK_OWN = Phrase(
    r"《([^》]{3,30}(?:清单|目录|手册|名单|说明|对照表|期限表|一览表|流程|公约|须知))》|(?:我们|我司|公司|内部|本站|平台)[^《》。；]{0,8}《([^》]{3,30}(?:办法|制度|规范|规定|规程|细则|标准))》"
)
# standards of the state, and laws, which everybody can find
_CJK_STANDARD = re.compile(
    r".*(?:互联网|网络|电信|儿童|未成年|出境|国家|算法推荐|深度合成|应用程序)[^》]{0,16}(?:规定|办法|条例|规范|标准)|信息安全技术|网络安全|数据安全|中华人民共和国|个人信息安全规范|互联网"
)
# the text itself, given its short name
_CJK_CALLED = re.compile(r"[（(][^）)]{0,8}(?:简称|称)[^）)]{0,4}本")


def _own_title(doc: Document, name: str) -> bool:
    """Whether a title is that of the text with the publisher's name before it."""
    first = doc.readings[0].low.strip("# ")
    kind = re.search(r"(?:隐私|个人信息)[\u4e00-\u9fff]{0,6}(?:政策|声明|条款|协议|说明)$", name)
    if kind is None or kind[0][-_KIND:] != first[-_KIND:]:
        return False
    return name[: -len(kind[0])] in doc.low.replace(name, "")


_KIND = 2


def _chinese(doc: Document) -> Iterator[Hit]:
    """Documents named in book-title marks that are neither here nor linked."""
    for reading in doc.body:
        if not reading.cjk:
            continue
        match = _CJK_TITLE.search(reading.low) or _CJK_OWN.search(reading.low)
        name = next((g for g in match.groups() if g), "") if match else ""
        if (
            match
            and not any(name in r.low for r in doc.readings if r.heading)
            and not _WHERE.search(reading.text)
            and not _CJK_CALLED.match(reading.low[match.end() :])
            and not _own_title(doc, name)
            and not _CJK_STANDARD.match(name)
        ):
            yield Hit(reading, name)
            continue
        other = _CJK_ELSEWHERE.search(reading.low)
        if (
            other
            and not _WHERE.search(reading.text)
            and not _CJK_HERE.search(reading.low)
            and "网站" not in other[0] + reading.low[other.end() : other.end() + 4]
        ):
            yield Hit(reading, other[0])


_CJK_HERE = Phrase(r"(?:下文|上文|本政策|本声明|本页|以下|下列|账户|个人中心|控制台|退订)")


def _mentioned(doc: Document) -> Iterator[Hit]:
    """Special terms, procedures and directories named in capitals or quotes that are nowhere in the text."""
    own = " ".join(r.low for r in doc.readings[:3])
    for reading in doc.body:
        for match in _ANY_TITLE.finditer(reading.text):
            words = match[1].split()
            while words and (words[0].lower() in _LEADING or not words[0][0].isupper()):
                words.pop(0)
            title = " ".join(words)
            if (
                len(words) < 2
                or _ORDINARY.search(title.lower())
                or _LAW_TITLE.search(title)
                or title.lower() in own
                or reading.text.startswith(f"{title}:")  # a label
            ):
                continue
            if of_others(reading.text[: match.start()], title, reading.text[match.end() :]):
                continue
            titled = any(title.lower() in t for t in _titles(doc))
            linked = any(_linked(doc, r) for r in doc.near(reading, 0, 1))
            public = {"forums", "testimonials", "public"} & reading.words
            if not titled and not linked and not public and not _explained(doc, title):
                yield Hit(reading, title)


_LEADING = frozenset(
    "the this these our its your their a an any see under in by for with of and to if when where each such as all".split()
)


def _explained(doc: Document, title: str) -> bool:
    spot = re.compile(
        rf"[\"“]{re.escape(title)}[\"”]\)|{re.escape(title)}[\"”]? (?:means|is the|is a|is an)\b"
    )
    return any(title in r.text and spot.search(r.text) for r in doc.readings)


_LAW_TITLE = Phrase(
    r"\b(?:Safe Harbou?r|Privacy Shield|Act|Ordinance|Regulations?|Directive|Law|Convention|Treaty|GDPR|PIPL|PDPO|PDPA|CCPA|Framework|Protection Regulation|Standard Contractual)\b"
)
_SHORT = re.compile(
    r"\b(?:see|the|our|in|under|of|to|and|per) (AUP|ToS|TOS|EULA|SLA|MSA|DPA|T&Cs?|AUPs)\b(?! [A-Z])|\b((?:pgp|gpg|public) key|table|map|form|address|list) (?:printed|shown|given|set out|reproduced) below\b"
)


def _short(doc: Document) -> Iterator[Hit]:
    """Abbreviated documents and things "printed below" that are not there."""
    for reading in doc.body:
        match = _SHORT.search(reading.text)
        if not match:
            continue
        word = match[1] or match[2]
        explained = any(f"({word})" in r.text or f'"{word}"' in r.text for r in doc.readings)
        after = " ".join(r.low for r in doc.readings[reading.index + 1 : reading.index + 4])
        there = match[2] is not None and ("begin pgp" in after or "|" in after)
        if not explained and not there and not _WHERE.search(reading.text):
            yield Hit(reading, word)


_CLICK = Phrase(
    r"\bclick(?:ing)?(?: on)? (?:here|this link|the (?:following )?link|the button)\b(?! (?:in|at|on|we|within|included|that))(?! to (?:confirm|agree|accept|save|unsubscrib))|\b(?:available|found|download\w*|see|(?<!as )set out) here\b|"
    r"点击(?:此处|这里|此链接|链接)",
)


_ONLY_ADDRESS = re.compile(r"^\W*(?:https?://|www\.)\S+\W*$")


def _address_next(doc: Document, reading: Reading) -> bool:
    """Whether the address stands on the next line."""
    return any(_ONLY_ADDRESS.match(r.text) for r in doc.readings[reading.index + 1 : reading.index + 2])


def clicks(doc: Document) -> Iterator[Finding]:
    """A link that leads nowhere in the text (rule reference-unresolved)."""
    hits = [
        h
        for h in doc.hits(_CLICK)
        if not _WHERE.search(h.reading.text.replace("hyperlink", "").replace("clicking", ""))
        and not _address_next(doc, h.reading)
    ]
    if hits:
        yield report(
            "dangling-reference/reference-unresolved",
            "warn",
            of(hits),
            f"the text sends the reader to a link that it does not show: {quoted(hits)}",
            hint="write the address out, so that the text also works in print and by mail",
            law="GDPR Art. 12(1); PIPL Art. 17(1)",
        )


def _titled(doc: Document) -> Iterator[Hit]:
    """Titles in capitals that the reader is sent to and that no heading carries."""
    for reading in doc.body:
        match = _TITLE.search(reading.text)
        if match and not _SELF_NAMED.search(match[1].lower()) and not _LAWS.search(match[1]):
            titled = any(match[1].lower() in title for title in _titles(doc))
            linked = any(_linked(doc, r) for r in doc.near(reading, 0, 1))
            label = reading.text.startswith(f"{match[1]}:")
            if not titled and not linked and not label:
                yield Hit(reading, match[1])


def _headed(doc: Document, hit: Hit) -> bool:
    """Whether a heading carries the last two words of the name."""
    name = " ".join(hit.words.lower().split()[-2:])
    return any(name in title for title in _titles(doc))


_KEEPING_RULES = Phrase(r"\bretention (?:rules|periods?|terms|policy|practices)\b")
_KEEPING_PART = Phrase(r"\bretain|\bretention|\bhow long\b|\bstorage periods?\b|\bkeep\b")


def _told_here(hit: Hit) -> bool:
    """Whether the rules on storage that are meant stand in the same part of the text."""
    return _KEEPING_RULES.search(hit.words.lower()) is not None and any(
        _KEEPING_PART.search(title.lower()) for title in hit.reading.sentence.section[-1:]
    )


# the policies of other people's sites stand on those sites
_THEIRS = Phrase(
    r"\bicann (?:registrar|registry|polic\w+|agreement)|\bnot (?:form |a |be )?part of\b|\b(?:previous|prior|earlier) versions?\b|\babove[- ]stated\b|\bpolic(?:y|ies) of the (?:\w+ ){0,2}(?:providers?|registrars?|gateways?|processors?|compan(?:y|ies)|compan(?:y|ies))\b|(?:该|其|各|相关|对应|相应)等?第三方[^。；，,]{0,12}(?:隐私|政策|条款|说明)|"
    r"\b(?:policies|policy|statements?|terms|conditions|notices?)\b[^.;]{0,40}\bof (?:those|these|such|any|other|the|linked|external|that|each|another|whichever) (?:linked |other |third[- ]party )?(?:part(?:y|ies)|advertisers?|vendors?|compan(?:y|ies) (?:that|which|who|concerned)|web ?sites?|sites?|applications?|pages?)\b"
)


# conditions of the text itself, and pages that are only looked at
_THIS = Phrase(
    r"\b(?:terms|conditions|provisions)\b[^.;]{0,20}\bof this (?:\w+ )?(?:policy|notice|statement)\b|您(?:查看|访问|浏览|点击|单击)的(?:网页|页面|链接)"
)


def documents(doc: Document) -> Iterator[Finding]:
    """A document the reader is sent to, without a link or a title (rule reference-unresolved)."""
    chosen: dict[int, Hit] = {}
    for hit in (
        *doc.hits(_NAMED),
        *doc.hits(_OWN_COOKIE),
        *_titled(doc),
        *_mentioned(doc),
        *_short(doc),
        *_chinese(doc),
    ):
        if (
            not _resolved(doc, hit)
            and not _BUNDLING.search(hit.reading.low)
            and not _THEIRS.search(hit.reading.low)
        ):
            chosen.setdefault(hit.reading.index, hit)
    for hit in (h for kind in ELSEWHERE for h in kind.found(doc)):
        if (
            not any(_linked(doc, r) for r in doc.near(hit.reading, 0, 1))
            and not hit.reading.low[: hit.reading.low.find(hit.words.lower())].rstrip().endswith(" not")
            and not _headed(doc, hit)
            and not _told_here(hit)
            and not _about_itself(doc, hit)
            and not _THEIRS.search(hit.reading.low)
            and not _THIS.search(hit.reading.low)
        ):
            chosen.setdefault(hit.reading.index, hit)
    by_name: dict[str, list[Hit]] = {}
    for hit in chosen.values():
        name = re.search(_DOCUMENT, hit.words.lower())
        by_name.setdefault(name[0] if name else hit.words.lower(), []).append(hit)
    for hits in by_name.values():
        yield report(
            "dangling-reference/reference-unresolved",
            "block",
            of(hits),
            f"the reader is sent to a document that is neither linked nor part of the text: {quoted(hits)}",
            hint="link the document, or say here what it says",
            law="GDPR Art. 12(1); PIPL Art. 17(1)",
        )


def sections(doc: Document) -> Iterator[Finding]:
    """Sections, annexes, tables and titles that do not exist (rule reference-unresolved)."""
    wrong = [
        *_wrong_numbers(doc),
        *_wrong_letters(doc),
        *_wrong_parts(doc),
        *_wrong_annexes(doc),
        *_wrong_titles(doc),
        *_nothing_below(doc),
        *_left_out(doc),
    ]
    if wrong:
        yield report(
            "dangling-reference/reference-unresolved",
            "block",
            of(wrong),
            f"the text points to a part of itself that is not there: {quoted(wrong)}",
            hint="correct the reference or add the missing part",
            law="GDPR Art. 12(1); PIPL Art. 17(1)",
        )


# laws that a text names, and documents whose articles are meant where theirs is the name before the number
_STATUTES = Phrase(r"\b(?:act|ordinance|gdpr|pdp[ao]|popia|pipl|code|law)\b|法(?:》|规|律)?|条例|gdpr")
_OF_OTHER = re.compile(r"(?:(?:政策|协议|条款|规则|办法|准则|声明|法|条例)》?|》)的?\s?$")
_OF_THIS = re.compile(r"本[^。；，,]{0,8}$")
_FEWEST = 3  # numbers that make a numbering


def _of_statute(doc: Document, reading: Reading, start: int, counted: int) -> bool:
    """Whether a number is that of a law named elsewhere: the text has none of its own, and the word is not set like a title."""
    before = reading.low[:start]
    if reading.cjk and _OF_THIS.search(before):
        return False
    if reading.cjk and _OF_OTHER.search(before):
        return True
    named = reading.text[start : start + 1]
    return counted < _FEWEST and not named.isupper() and doc.says(_STATUTES)


def _wrong_numbers(doc: Document) -> Iterator[Hit]:
    present = _present(doc)
    for hit in doc.hits(_NUMBERED):
        low = hit.reading.low
        for match in _NUMBERED.finditer(low):
            article = match[0].startswith("article") and not _has_articles(doc)
            around = low[max(0, match.start() - 40) : match.end() + 45]
            if article or _LAWS.search(around) or _OF_LAW.match(low[match.end() :]):
                continue
            if _of_statute(doc, hit.reading, match.start(), len(present)):
                continue
            cited = [value(next(g for g in match.groups() if g)), *_cited_next(low[match.end() :])]
            if any(number and number not in present for number in cited):
                yield Hit(hit.reading, hit.reading.text[match.start() : match.end()])
                break


_NEXT = re.compile(r"(?:(?:, | and | or | to |-)(\d{1,2}))+(?![\d(%]| (?:days|months|years|hours|weeks))")


def _cited_next(after: str) -> list[int]:
    """The other numbers of "sections 4, 7 and 13"."""
    match = _NEXT.match(after)
    return [int(n) for n in re.findall(r"\d+", match[0])] if match else []


_LETTERED = Phrase(r"\b(?:section|paragraph|clause|part|item)s? ([a-z]) ?[(.](\d{1,2})\)?")
_LETTER_HEAD = Phrase(r"^\W*(?:section |part )?([a-z])(?:[.):]| -| \W)")
_ITEM = re.compile(r"^\W*(\d{1,2})[.)]")


def _wrong_letters(doc: Document) -> Iterator[Hit]:
    """Items like B(9) of lettered sections that count only to seven."""
    last: dict[str, int] = {}
    letter = ""
    for reading in doc.readings:
        titled = reading.heading or reading.text.startswith("**")
        head = _LETTER_HEAD.match(reading.low) if titled else None
        item = _ITEM.match(reading.low)
        letter = head[1] if head else "" if titled else letter
        if head:
            last.setdefault(letter, 0)
        elif item and letter:
            last[letter] = max(last[letter], int(item[1]))
    for hit in doc.hits(_LETTERED):
        match = _LETTERED.search(hit.reading.low)
        if (
            match
            and 0 < last.get(match[1], 0) < int(match[2])
            and not _LAWS.search(hit.reading.low[: match.end() + 45])
        ):
            yield Hit(hit.reading, match[0])


_OF_LAW = Phrase(
    r"^(?:\([^)]{1,4}\))*(?: ?(?:no|nr)\.? ?\d+)?(?:,? (?:and|or) [\d()]+)* (?:of|under) (?:the |that |such |our )?[\w ]{0,70}?(?:act|code|law|regulation|"
    r"ordinance|directive|statute|rules|constitution|treaty)\b|^(?:\([^)]{1,4}\))* ?[A-Z]{3,6}\b"
)
_PART = Phrase(r"\b(?:section|clause|paragraph|article)s? (\d{1,2})\.(\d{1,2})\b")
_OWN_PART = Phrase(r"^\W*(\d{1,2})\.(\d{1,2})\b")


def _has_articles(doc: Document) -> bool:
    return any(r.low.lstrip(" #").startswith("article ") for r in doc.readings if r.heading)


def _wrong_parts(doc: Document) -> Iterator[Hit]:
    """Numbers like 10.7 where the text numbers its paragraphs in two steps and has no such one."""
    there = {(m[1], m[2]) for r in doc.readings for m in (_OWN_PART.match(r.low),) if m}
    chapters = {chapter for chapter, _ in there}
    for reading in doc.body:
        for match in _PART.finditer(reading.low) if "." in reading.low else ():
            if (
                match[1] in chapters
                and (match[1], match[2]) not in there
                and not _OF_LAW.match(reading.low[match.end() :])
            ):
                yield Hit(reading, match[0])


def _wrong_annexes(doc: Document) -> Iterator[Hit]:
    for hit in doc.hits(_ATTACHED):
        defined = any(
            r.low.lstrip(" #").startswith(hit.words.lower()) for r in doc.readings if r is not hit.reading
        )
        if not defined and not _LAWS.search(hit.reading.low) and not _WHERE.search(hit.reading.text):
            yield hit


def _wrong_titles(doc: Document) -> Iterator[Hit]:
    titles = _titles(doc)
    for hit in (*doc.hits(_TITLED), *doc.hits(_SEE_TITLE)):
        match = _TITLED.search(hit.reading.low)
        named = _SEE_TITLE.search(hit.reading.low)
        title = ((match[1] or match[2]) if match else named[1] if named else "").strip(" .?")
        labels = any(r.low.startswith(title) for r in doc.readings if r is not hit.reading)
        if title and titles and not labels and not any(title in t for t in titles):
            yield hit


_ABOVE = Phrase(
    r"\b(?:telephone |phone )?numbers? (?:provided|given|listed|shown|set out|stated) (?:above|below)\b|\b(?:urls?|links|numbers) (?:listed|given|shown|provided) (?:in this|below|above)\b"
)
_OPEN_END = Phrase(
    r"\b(?:polic(?:y|ies)|links?|websites?|sites?|companies|pages?) (?:of|at|for):$|\b(?:see|visit|consult):$"
)


def _left_out(doc: Document) -> Iterator[Hit]:
    """A number "provided above" that nobody gave, and a colon after which nothing comes."""
    if not any(sum(c.isdigit() for c in r.low) > 8 and "@" not in r.low for r in doc.readings):
        yield from (h for h in doc.hits(_ABOVE) if "url" not in h.words.lower() or "http" not in doc.low)
    for hit in doc.hits(_OPEN_END):
        after = doc.readings[hit.reading.index + 1 : hit.reading.index + 2]
        if not after or (after[0].sentence.element == "sentence" and not _WHERE.search(after[0].text)):
            yield hit


def _follows(doc: Document, reading: Reading) -> bool:
    rest = doc.readings[reading.index + 1 : reading.index + 4]
    return any(not r.heading for r in rest[:1])


def _nothing_below(doc: Document) -> Iterator[Hit]:
    for hit in doc.hits(_BELOW):
        pointed = hit.words.lower()
        if "above" in pointed:
            continue
        listed = any(
            r.sentence.element in {"bullet", "label"} or "|" in r.low
            for r in doc.readings[hit.reading.index + 1 :]
        )
        reached = "@" in doc.low or "contact" in pointed or "address" in pointed
        if (
            (("table" in pointed or "chart" in pointed) and not listed)
            or ("list" in pointed and not listed and not _follows(doc, hit.reading))
            or (not reached and not doc.low.count("http"))
        ):
            yield hit


DETECTORS = (documents, sections, clicks)
