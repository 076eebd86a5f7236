"""Lists: left open, or mixing uses with disclosures."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.frames import Frame
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quote, quoted, report

# what people may see and change is no list of what is taken
_RIGHTS = Phrase(
    r"(?:您|你|用户)(?:可以|可|有权|在)[^。；]{0,24}(?:访问|查询|查阅)[^。；，]{0,4}(?:修改|更正|更新)[^。；，]{0,4}删除"
)
_OPEN = Phrase(
    r"\b(?:collect|request|ask for|record|hold|need|require|store)\w*\b[^.;]{0,30}\b(?:some or all|any or all|all or some|all or part|parts? or all|some, or all,?) of (?:the |this |that |these |such )?(?:above|foregoing|same|aforementioned|\w+ (?:data|information|details) (?:above|listed|mentioned))|"
    r"\b(?:further|other|additional|more) (?:particulars|details|information|data|documents)\b.{0,30}\b(?:of any|requested|asked|called for|wanted|later|from time to time)|(?:视情况|根据需要|必要时).{0,6}(?:采集|收集|获取)|其他(?:必要|相关|有关)?的?(?:资料|材料|内容)|"
    r"\b(?:any |such |all |and |or )?(?:other|additional|further|related) (?:\w+ ){0,2}?(?:data|information|informations|"
    r"particulars|details|items?|records|materials?|matters|things|facts),? (?:\w+ ){0,2}?(?:that|which|as|we|it|of|you may|may|"
    r"found|deemed|useful|helpful|needed)\b.{0,50}?\b(?:may|might|deems?|find|finds|helpful|useful|necessary|relevant|required|"
    r"need|interest(?:s|ed|ing)?|consider|think|convenient|handy|nature|kind|description|want|choose|like)\b|"
    r",? or other (?:financial|payment|identifying|billing|technical|personal) (?:information|data|details)\b|\bor give us in any other way\b|"
    r"\b(?:along|together) with (?:any )?other (?:information|data|details)\b|\b(?:and|or) other (?:\w+ )?(?:information|data)\)|"
    r"\bof (?:any|whatever|whatsoever|every) (?:nature|kind|sort|type|description)\b|"
    r"\b(?:and|or) any other (?:personal )?(?:information|data|details) (?:that |which )?you (?:\w+ )?(?:provide|give|submit|supply|send|enter|share)\b|"
    r"\b(?:and|or) (?:any )?(?:other )?(?:similar|comparable|like|related|such) (?:interactions?|items?|things?|data|information|"
    r"details|purposes?|means|activities|matters|identifiers|sources|records|events|materials?|documents?|"
    r"circumstances|parties|persons|entities|companies)\b(?! (?:as|described|listed|set))|"
    r"\b(?:and|or) (?:anything|everything|something|whatever) (?:else|similar|related|we|you)\b|\b(?:and|or) other (?:relevant|"
    r"related|such|necessary|useful) (?:data|information|details|particulars|materials?)\b|"
    r"\band (?:others(?! \w+ing)|much more|lots more|a host of|all kinds of|all sorts of)\b|\bamongst other|\bby way of example|"
    r"\bby (?:any |other |various |certain |some )*means such as\b|\band so forth\b|\bsuch like\b|\bor otherwise obtain|"
    r"\binter alia\b|, and more\b|\band more[.)]|\bto name (?:but )?a few\b|\bwhatever else\b|\band various other\b|"
    r"\b(?:including|include|includes|included),? but (?:is |are )?not limited to\b|\b(?:including|"
    r"includes?),? without limitation\b|\bwithout limitation\b|\betc\b\.?|\band so (?:on|forth)\b|"
    r"\band the like\b|\bamong (?:others|other things)\b|"
    r"\b(?:mainly|primarily|chiefly|principally)(?: for)? but (?:is |are )?not limited to\b|\bexamples of (?:the |such )?(?:\w+ ){0,2}?(?:data|information) (?:that )?(?:we |is |are )?(?:\w+ )?collect(?:ed)?\b|"
    r"\b(?:data|information)(?: (?:that )?(?:you provide|we collect|we gather))? (?:may )?ranges? from\b|\bcollects? a (?:wide )?(?:variety|range) of (?:personal )?(?:data|information)\b|"
    r"\b(?:as well as|and) (?:any )?(?:other )?similar (?:information|data)\b|\bnot limited to\b|包括但不限于|"
    r"等(?:其他|相关|必要|有关)?(?:的)?(?:个人)?(?:信息|数据|资料|机构|第三方|合作伙伴|内容|情况|用途)|等等|(?:以及|和|及)其他(?:相关|必要|有关)?(?:的)?(?:个人)?(?:信息|数据|资料|内容)|"
    r"(?:包含|包括)(?:但)?不限于|等[^。，；措保方]{0,8}(?:信息|数据|资料|材料)|等[。；;.）)]|等$|\band more\b|\bbut other (?:data|information)\b|"
    r"\b(?:or|and) similar[.;,)]|\bthings like (?:that|this|these)\b|\b(?:or|and) so on\b|之类(?:的)?|诸如|"
    r"\bas well as (?:any )?other (?:\w+ )?(?:information|data|details)\b|"
    r"\bamong other (?:data|information|details|things)\b",
    Frame("and 0 other 2 data", "choose-right"),
    Frame("not 2 limited 1 to-it"),
    Frame("any-other 1 data 1 you 1 choose", "if-word"),
    Frame("as-well 1 other 2 data", "choose-right"),
    Frame("and 1 numerous 1 other-word"),
    Frame("and 1 any-further 1 data"),
    Frame("illustrative"),
)
_IDENTIFYING = Phrase(
    r"\b(?:data|information|details) that (?:may|can|could) (?:be used to )?(?:\w+ ){0,3}?(?:identify|identified)\b"
)
# a list of what protects, or of what readers must not do, may stay open
_GUARDS = Phrase(
    r"\b(?:measures|safeguards|controls|precautions|mechanisms|practices|procedures|features)\b[^.;]{0,30}\b(?:includ\w+|such as)\b"
)
# what is counted together, a promise that begins so, and examples of acts in brackets leave no kind of data open
_NO_ITEMS = Phrase(
    r"\b(?:information|data|answers|replies)\b[^.;]{0,80} (?:is|are) (?:then )?(?:aggregated|anonymi[sz]ed|pooled)\b|^\W*without limitation,|"
    r"\([a-z]+ing [^()]*,? etc\.?\)|\bwithout (?:limitation|qualification) or (?:limitation|qualification)\b(?!.*\b(?:etc|other)\b)|"
    r"\byou and others (?:may |can )?(?:use|visit|access|interact|navigate)\b"
)
_ASKED_FOR = Phrase(r"\brequest\w* (?:[\w,]+ ){0,4}(?:and|or) (?:any )?other\b")
_REFUSED = Phrase(r"(?:不会|不得|绝不|不)[^。；]{0,40}$")
_MATTER = frozenset({"collect", "use", "share", "retain"})
_CHANGE = Phrase(r"\b(?:liab|warrant|damages|law|jurisdiction|indemn)\w*")


def open_lists(doc: Document) -> Iterator[Finding]:
    """Lists of data, recipients or grounds that stay open (rule list-open)."""
    hits = [
        h
        for h in doc.hits(_OPEN)
        if not (h.reading.cjk and _RIGHTS.search(h.reading.low))
        and (
            h.reading.acts & _MATTER
            or h.reading.lead
            or "information" in h.reading.words
            or h.reading.data
            or _collected_part(h.reading)
            or {"grounds", "actions", "circumstances", "reasons", "cases"} & h.reading.words
        )
        and not h.reading.told
        and not ({"responsible", "secrecy"} <= h.reading.words)
        and not ({"believe", "believes"} & h.reading.words and h.reading.does("share"))
        and not _IDENTIFYING.search(h.reading.low)
        and not _GUARDS.search(h.reading.low)
        and not (h.reading.refuses & {"collect"} and "other data" in h.words.lower())
        and not _NO_ITEMS.search(h.reading.low)
        and not _ASKED_FOR.search(h.reading.low)
        and not ({"send", "bulletins"} <= h.reading.words)
        and not (h.reading.cjk and _no_list_of_data(h))
    ]
    if hits:
        yield report(
            "open-ended/list-open",
            "warn",
            of(hits),
            f"the list stays open, so anything can be added silently: {quoted(hits)}",
            hint="close the list, or name the criterion that decides what else belongs to it",
            law="GDPR Art. 5(1)(a)-(c), 13(1)(e), 14(1)(d); PIPL Art. 6, 17(1)(2), 23; PDPO DPP1",
        )


# what a text explains, the principles it follows, what a service is made of, and in which ways data is got
_NO_DATA = Phrase(
    r"(?:了解|说明|阐述|解释|告知)[^。；]{0,12}(?:如何|为什么|哪些)[^。]*等|原则[^。；]{0,4}等|指[^。；]{0,24}(?:产品|服务)[^。；]{0,8}包括但不限于|(?:存储|保存)[^。；，]{0,6}(?:偏好|设置)[^。]*等(?:数据|信息)|"
    r"标准包括[^。]*等|(?:安全|信息|隐私|保护)[^。；，]{0,12}(?:设备|措施|技术)[^。；]{0,8}等"
)


def _no_list_of_data(hit: Hit) -> bool:
    low = hit.reading.low
    return bool(_REFUSED.search(low[: low.find(hit.words.lower())]) or _NO_DATA.search(low))


def _collected_part(reading: Reading) -> bool:
    return any(
        "collect" in title.lower() or "data" in title.lower() for title in reading.sentence.section[-1:]
    )


_USES = Phrase(
    r"\b(?:uses?|purposes?)\b.{0,30}\b(?:include|are|following)\b.{0,20}:|\bwe (?:may )?use\b.{0,60}(?::$|"
    r"following)",
)
_DISCLOSES = Phrase(
    r"^\W*(?:shar(?:e|ing)|disclos(?:e|ing|ure)|transfer(?:ring)?|sell(?:ing)?|"
    r"compliance with .{0,50}requests|providing (?:it|your|data|information) to|to (?:share|disclose|"
    r"transfer|sell))\b"
)
_LABEL = Phrase(r"^[A-Z][^.:!?]{2,70}: ")
_REACH = 40


def _items(doc: Document, intro: Reading) -> Iterator[Reading]:
    for r in doc.readings[intro.index + 1 : intro.index + _REACH]:
        if r.heading:
            return
        if r.sentence.element == "bullet" or _LABEL.match(r.text):
            yield r


def mixed(doc: Document) -> Iterator[Finding]:
    """A list of uses with disclosures among them (rule list-mixed)."""
    for hit in doc.hits(_USES):
        items = list(_items(doc, hit.reading))
        odd = [r for r in items if _DISCLOSES.match(r.low)]
        if odd and len(items) > len(odd):
            yield report(
                "drafting-error/list-mixed",
                "info",
                (hit.reading, *items[:1], *odd),
                f"a list of uses holds disclosures: {quote(r.text for r in odd)}",
                hint="list uses and disclosures apart, each with its recipients",
                law="GDPR Art. 12(1), 13(1)(c), 13(1)(e)",
            )


DETECTORS = (open_lists, mixed)
