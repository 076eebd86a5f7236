"""Slips of the pen: grammar, punctuation, left-over placeholders, names that change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from troth.model.finding import Finding
from troth.policy.lint.broken_signs import broken_signs
from troth.policy.lint.chinese_names import document_names
from troth.policy.lint.confusions import confused
from troth.policy.lint.contacts import CONTACT_LINE
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.grammar import slips
from troth.policy.lint.lexicon import ACT_OF, stem
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quote, quoted, report
from troth.policy.lint.spelling import misspelt
from troth.policy.lint.terms import document_names as english_names

_GRAMMAR = (
    Phrase(
        r"\b(?:is|are|am) commitment to\b|\bthese information\b(?! (?:systems?|technolog|services|channels|practices|assets|requests|sources|security))|\bthese data is\b|\binformations\b|"
        r"\bdatas\b|(?:^|[.!] )welcome to use\b|"
        r"\bin accordance to\b|\baccording with\b|\bcomply to\b|\bresponsible of\b|\binform to you\b|"
        r"\bdiscuss about\b|\bdepends of\b|"
        r"\bmore (?:better|easier)\b|\bcould of\b|\bless (?:users|customers)\b|\be- mail\b|"
        r"\bfeedback the\b|\bto protect the loss\b|"
        r"\blook forward to hear\b|\bused to used\b",
    ),
    Phrase(
        r"\bwe (?:collects|uses|shares|stores|has|is|provides|does|retains|processes|respects|keeps|discloses|protects|values|needs|takes|makes|sends|receives|gives|offers|maintains|reserves|transfers|obtains|requires|follows|ensures|allows|handles|deletes)\b|(?:^|"
        r"[.,;] )you (?:has|is|was|does)\b|"
        r"(?<!of )\b(?:they|these|those) (?:is|has|was)\b|(?<!regarding )(?<!about )(?<!to )(?<!on )(?<!from )(?<!in )(?<!of )(?<!under )(?<!with )(?<!by )(?<!and )\b(?:this|the|our) (?:privacy )?(?:policy|statement|notice) are\b(?! (?:the|in|to|of|available|subject|applicable))|\b(?:the|our|these|such) (?:cookies|users|customers|logs|servers|visitors|partners|providers) (?:allows|helps|enables|lets|makes|stores|needs|uses|keeps|provides|collects|gives|remembers)\b",
    ),
    Phrase(
        r"\ba (?:email|e-mail|individual|account|order|address|ip|authori[sz]ed|other|employee|app|"
        r"application|opt-out|identif\w+)\b",
    ),
    Phrase(
        r"\ban (?:user|customer|company|website|service|third|unique|european|cookie|person|policy|request)\b",
    ),
    Phrase(
        r"\b(?:can|will|may|must|should|shall) (?:to )?(?:collects|uses|shares|stores|processes|provides|"
        r"informs|contacts|prevails|applies|contains|includes|keeps|deletes|becomes|remains|gives|sends|receives|takes|makes|follows|governs|ensures|allows)\b",
    ),
    Phrase(
        r"\b(?:dont|doesnt|didnt|cant|wont|isnt|arent|wasnt|youre|theyre|weere|wouldnt|shouldnt|couldnt|havent|hasnt|thats)\b",
    ),
    Phrase(
        r"\b(?:details|services|products|terms|cookies|customers|users|rights|purposes|records|copies|logs|recordings|"
        r"numbers|addresses) "
        r"(?:(?:on|of|about) [\w ]{3,50}? )?(?:follows|is|was|has|does|operates|includes|"
        r"contains)\b(?! (?:of|to do))",
    ),
)
_SLIPS = (
    Phrase(
        r"\bit's (?:customers?|users?|clients?|own|services?|affiliates?|employees|partners?|website|subsidiaries|privacy|members|terms|"
        r"servers?|products|visitors|sole|privacy|policies|policy|network)\b",
    ),
    Phrase(
        r"\bmaybe (?:required|able|necessary|used|asked|engaged|collected|shared|subject|transferred|stored|processed|disclosed|liable|"
        r"contacted|changed|updated|limited)\b",
    ),
    Phrase(
        r"\b(?:concerning|regarding|of|with|in|on|via|using|from) you (?:registration|account|browser|device|computer|order|domain|request|"
        r"payment|password|website|identity|personal|information|data|consent)\b",
    ),
    Phrase(
        r"\bthem you (?:agree|are|consent)\b|\bthen? (?:a|an|the)n\b|\bhow (?:long|often|much) the (?:stay|visit|use|come|spend)\b|"
        r"\b(?:more|less|longer|rather|other|later|greater) then (?:the|we|you|a|is|necessary|required|what)\b|"
        r"\b(?:we|you|they|us) (?:can|will|may|must) of\b|\bour selves\b|\byour self\b|\balot\b|\bin regards to\b(?= (?:to|the the))|"
        r"\b(?:physical|technical|electronic|administrative|organi[sz]ational)(?:, (?:physical|technical|electronic|administrative|"
        r"organi[sz]ational))?,? and procedures to\b",
    ),
    # "from time to time to", "word for word for" are right
    Phrase(
        r"\b([a-z]+ [a-z]+) \1\b(?<!time to time to)(?<!day to day to)(?<!end to end to)(?<!one to one to)(?<!case by case by)(?<!step by step by)(?<!word for word for)"
    ),
    Phrase(
        r"\b(?:may|will|can|to) (?:not )?(?:collection|disclosure|retention|deletion|storage|usage|protection|modification) (?:information|data|your|personal|any|the)\b|\b(?:kept|maintained|held) confidentiality\b|"
        r"\bcan write/e-?mails? us\b|"
        r"\b(?:visitors|customers|users|clients) (?:preferences|browser|device|computer|privacy|information is)\b|\bbe \w+ed only be\b|\bvia both\b|\b(?:was|is|were|been) build\b|\ba requests\b|\bgdrp\b|\b(?:be|been) (?:purchases|changes|uses|shares|collects|stores|provides|requires|accesses)\b|\btechnology to the \w+s?\b|(?<!from )(?<!of )\btime to time\b|\bwith regards to\b|\bsent your (?:e-?)?mail\b|\bpersonally identification\b|\b(?:your|the|their) (?:computers|users|"
        r"customers|companys|visitors) (?:browsers?|computers?|devices?|data|information|personal|accounts?)\b|\ballows? (?:us|you|them) (?!noth|anyth|everyth|someth)\w+ing\b|"
        r"\b(?:be|been|was|were|gets?) (?:delete|remove|store|share|collect|process|send|transfer|provide|encrypt|protect|disclose|retain|inform)\b|"
        r"\bprotect(?:ed)? you (?:sensitive|personal|private|data|information)\b|\b(?:encrypt|collect|store|share|use|need|keep) you (?:sensitive|personal|private|data|"
        r"information|name|e-?mail|address|account)\b",
    ),
)
_DOUBLED = Phrase(
    r"\b(the|a|an|to|of|and|or|in|is|are|we|you|your|our|for|with|will|may|be|this|by|on|as|not|have|please|can|"
    r"it)[ ]+\1\b"
)
_AN_NAME = Phrase(r"\b[Aa]n ([B-DF-HJ-NP-TV-Z][a-z]{2,})|\b[Aa] ([AEIO][a-z]{2,})")
_AN_EXEMPT = frozenset(
    [
        "European",
        "Union",
        "Unix",
        "One",
        "Once",
        "Uniform",
        "Unique",
        "Hour",
        "Hourly",
        "Honest",
        "Honorable",
        "Honour",
    ]
)
_MISSPELT = frozenset(
    [
        "recieve",
        "recieved",
        "recieves",
        "reciever",
        "seperate",
        "seperately",
        "occured",
        "occuring",
        "adress",
        "adresses",
        "infomation",
        "informaton",
        "informtion",
        "acccount",
        "acount",
        "privcy",
        "pirvacy",
        "thrid",
        "persoanl",
        "personnal",
        "neccessary",
        "necesary",
        "neccesary",
        "committment",
        "comitted",
        "commited",
        "mantain",
        "maintainance",
        "maintenence",
        "accomodate",
        "acheive",
        "beleive",
        "definately",
        "enviroment",
        "goverment",
        "guarentee",
        "gaurantee",
        "independant",
        "indentify",
        "identifiy",
        "occassion",
        "occassionally",
        "ocurred",
        "priviledge",
        "publically",
        "recomend",
        "refered",
        "relevent",
        "responsability",
        "retreive",
        "succesful",
        "successfull",
        "sucessful",
        "tranfer",
        "transfered",
        "transfering",
        "untill",
        "useage",
        "wether",
        "whith",
        "garantee",
        "garanty",
        "benificial",
        "complience",
        "consistant",
        "correspondance",
        "dependancy",
        "disclousure",
        "exsiting",
        "existance",
        "freqently",
        "imediately",
        "immediatly",
        "inadvertant",
        "knowlege",
        "lawfull",
        "legitamate",
        "libary",
        "occurence",
        "parliment",
        "permision",
        "posible",
        "possesion",
        "prefered",
        "proccess",
        "procedings",
        "prupose",
        "purposses",
        "recipiant",
        "rectifiy",
        "registerd",
        "reponse",
        "reqest",
        "requst",
        "secruity",
        "servcie",
        "sensative",
        "statment",
        "subsidary",
        "technolgy",
        "teh",
        "thier",
        "truely",
        "unauthorised-ed",
        "unecessary",
        "unneccessary",
        "usefull",
        "writting",
        "encyption",
        "encripted",
        "passwrod",
        "passsword",
        "webiste",
        "wesbite",
        "cutomer",
        "custmer",
        "custommer",
        "emial",
        "e-mial",
        "anonymus",
        "annonymous",
        "agrement",
    ]
)
_SPACED = Phrase(r"\w (?:,|;|\.(?!\w|\.))|\w\.\.(?!\.)|,,|;;|[‘“] (?=\w)| [’](?= )|\( | \)")
_POSSESSIVE = Phrase(r"\b([A-Z]\w*[a-rt-z])[’'] (?=[A-Za-z])(?<!o[’'] )")
_HOLDER = Phrase(
    r"\[(?:insert|your|company|name|date|address|e-?mail|website|url|phone|xx+|●|•|tbd|placeholder|country|"
    r"state|product)[^\]]{0,40}\](?!\()|<(?:insert|your|company|name|date|address|e-?mail)[^>]{0,30}>|"
    r"\[(?:[a-z]+[ -])*(?:no|number|link|url|name|date|address|e-?mail|phone|here|id|ref|details|tbc|form|logo)\.?\](?!\()|\[(?:to be|please|fill|add|enter|check with|ask|complete)\b[^\]]{0,40}\](?!\()|"
    r"\[[\u4e00-\u9fff]{0,10}(?:名称|姓名|邮箱|地址|电话|日期|网址|域名|公司|机构|联系方式|说明)\](?!\()|"
    r"\{\{?[^}]{2,40}\}\}?|\blorem ipsum\b|\btb[dca]\b|\btodo\b|\bfixme\b|_{4,}|\bxxx+\b|"
    r"\byour company(?: name)?(?: here)?\b(?=,| (?:inc|ltd|llc|name|here))|\[\s*\]|【(?!必填|选填)[^】]{0,6}(?:填|公司名|"
    r"日期)[^】]*】|\b(?:date|updated|effective|revised|modified|version)\b\W{0,4}(?:of )?(?:dd|mm|day|month)[/. -](?:mm|dd|month|day)[/. -](?:yy(?:yy)?|year)\b|\bexample company\b|(?<![a-z])x{2,}(?:公司|网站|平台|股份|集团)|\[x{1,4}\] ?(?:days|months|years|weeks|hours|business|working)|\b(?:xx|nn|yy) (?:days|months|years|weeks|hours|business days|working days)\b|\binsert (?:the |your )?(?:company |legal )?name\b|【[x×]{1,4}】|×{2,}(?=公司|网站|平台|有限|科技)|x{2,}(?=有限|科技|网络)|[（(]具体(?:日期|期限|时间|名称|地址|金额)[）)]|(?:\bcin\b|\buen\b|registration (?:no|number)|company (?:no|number)|信用代码|注册号|icp备|备案号)[^,;，；。)）]{0,16}(?:x{4,}|0{6,}\b|×{3,})|[○〇]{2,}(?=网站|公司|股份|平台|商城|先生|有限|路)|请将此处|yyyy年|20xx年|替换为(?:您|你|贵)的(?:公司|网站|名称)",
)
_PROTECTED = Phrase(r"\[email.{0,3}protected\]")
_DATE_LINE = Phrase(r"^\W*(?:last |version|date|effective|updated|revised|生效|更新|版本)")
_CJK_RUN = Phrase(r"[\u4e00-\u9fff]{2,}")
_LATIN_RUN = Phrase(r"(?:[A-Za-z][a-z]+[ ,.]+){6,}")


# "(c) ...; (d) (d) contact you"
_LETTER_TWICE = Phrase(r"\(([a-z]|\d{1,2})\)\s?\(\1\)")


def typos(doc: Document) -> Iterator[Finding]:
    """Grammar and spelling (rule typo)."""
    hits = [h for phrase in _GRAMMAR for h in doc.hits(phrase) if not _fine(h)]
    for r in doc.body:
        match = _DOUBLED.search(r.low)
        if match and "that that" not in match[0]:
            hits.append(Hit(r, match[0]))
        wrong = r.words & _MISSPELT
        hits += [Hit(r, w) for w in sorted(wrong)]
        article = _AN_NAME.search(r.text) if "an " in r.low or "a " in r.low else None
        if article and (article[1] or article[2]) not in _AN_EXEMPT:
            hits.append(Hit(r, article[0]))
    hits += [h for phrase in _SLIPS for h in doc.hits(phrase)]
    hits += slips(doc)
    hits += confused(doc)
    hits += broken_signs(doc)
    hits += _headless(doc)
    hits += _plural_names(doc)
    hits += _same_verb_twice(doc)
    hits += list(doc.hits(_LETTER_TWICE))
    told = {h.reading.index for h in hits}
    hits += [h for h in misspelt(doc) if h.reading.index not in told]
    if hits:
        yield report(
            "drafting-error/typo",
            "info",
            of(hits),
            f"grammar or spelling: {quoted(hits)}",
            hint="have the text read by a native speaker",
        )


_VERBS = frozenset(stem(word) for word in ACT_OF)


def _headless(doc: Document) -> list[Hit]:
    """Sentences that begin with a small verb: their subject got lost."""
    found = []
    for before, reading in pairwise(doc.body):
        word = re.match(r"[a-z]{4,}s\b", reading.text)
        if (
            word
            and reading.sentence.element == "sentence"
            and before.sentence.paragraph == reading.sentence.paragraph
            and before.sentence.element == "sentence"
            and before.text.rstrip().endswith((".", "!", "?"))
            and stem(word[0]) in _VERBS
        ):
            found.append(Hit(reading, word[0]))
    return found


def _fine(hit: Hit) -> bool:
    words = hit.words.lower()
    if re.match(r"an? (?:user|unique|european)", words):
        return words.startswith("a ")
    before = hit.reading.low[max(0, hit.reading.low.find(words) - 30) : hit.reading.low.find(words)]
    odd = re.search(
        r"\b(?:one of|each of|either of|use of|list of|number of|which of|provision of|any of|about|purpose of|"
        r"sale of|some of|whether|security of|performance of|nature of|protection of|operation of|"
        r"quality of|exercise of|access to|to|in|for|from|with|through|by|on|under|\w{3,}ing|of (?:the|our|your|these|such|its|those)|of) (?:\w+ ){0,4}$|\b(?:and|or|"
        r",) (?:\w+ ){0,2}$",
        before,
    )
    subject = words.split()[0] in {
        "details",
        "services",
        "products",
        "terms",
        "cookies",
        "customers",
        "users",
        "rights",
        "purposes",
        "records",
        "copies",
        "logs",
        "recordings",
        "numbers",
        "addresses",
    }
    return subject and odd is not None


def _plural_names(doc: Document) -> list[Hit]:
    names = [p.name for p in doc.parties[:2] if len(p.name) > 3]
    found = []
    for name in names:
        singular = sum(
            f"{name} has" in r.text or f"{name} is " in r.text or f"{name} uses" in r.text for r in doc.body
        )
        for r in doc.body:
            spot = r.text.find(f"{name} have ")
            if (
                spot >= 0
                and singular > 1
                and not re.search(
                    r"\b(?:and|may|will|must|to|should|not|would|can) $", r.text[:spot].lower()[-9:]
                )
            ):
                found.append(Hit(r, f"{name} have"))
    return found


_REPEATED = Phrase(r"\b(\w{6,}ing)(?:,? (?:and )?\w+ing){1,4},? and \1\b")


def _same_verb_twice(doc: Document) -> list[Hit]:
    return [Hit(r, m[0]) for r in doc.body for m in (_REPEATED.search(r.low),) if m]


def _open_brackets(text: str) -> bool:
    plain = re.sub(
        r"(?:^|[;,:.] |and |or |[\u4e00-\u9fff，；：;、] ?)(?:[a-z]|[ivx]{1,4}|\d{1,2}(?:\.\d{1,2})*|[A-Z])[)）]",
        " ",
        text,
    )
    return any(
        sum(map(plain.count, a)) != sum(map(plain.count, b))
        for a, b in (("(（", ")）"), ("[", "]"), ("《", "》"))
    )


def _after_link(before: str) -> bool:
    """Whether the space stands after an address, where the page has set it off from the full stop."""
    return re.search(r"(?:@|https?:|www\.)\S+ [.,;]$", before) is not None


# a sentence that begins without a blank, and marks of the page that were left in
_GLUED = re.compile(
    r"(?<![/@.\w])[a-z]{2,}\.(?:The|We|You|This|That|If|Our|For|In|It|All|Any|When|To|Please|By|However|Such|These|They|Your|Some|There|As|With|Where|Personal|Information) [a-z]"
)
_MARKUP = re.compile(r"\bhref=\S|&(?:nbsp|amp|quot|lt|gt|apos|rsquo|lsquo|mdash|ndash);")


def punctuation(doc: Document) -> Iterator[Finding]:
    """Brackets, quotes and spaces (rule punctuation)."""
    about: list[Reading] = []
    words: list[str] = []
    names = {p.name.split()[-1] for p in doc.parties}
    paragraphs: dict[int, str] = {}
    for r in doc.body:
        paragraphs[r.sentence.paragraph] = f"{paragraphs.get(r.sentence.paragraph, '')} {r.text}"
    for r in doc.body:
        spaced = _SPACED.search(r.text)
        if spaced and _after_link(r.text[: spaced.end()]):
            spaced = next((m for m in _SPACED.finditer(r.text) if not _after_link(r.text[: m.end()])), None)
        if spaced and r.cjk and re.search(r"[(（] ?[\w.-]+ ?$|[\u4e00-\u9fff] ?\( $", r.text[: spaced.end()]):
            spaced = None  # a Latin word set off in brackets
        possessive = next((m for m in _POSSESSIVE.finditer(r.text) if m[1] in names), None)
        unbalanced = (
            _open_brackets(r.text)
            and _open_brackets(paragraphs[r.sentence.paragraph] if r.sentence.paragraph else r.text)
            # a line broken within brackets
            and _open_brackets(doc.readings[r.index - 1].text + r.text if r.index else r.text)
        )
        quotes = (
            r.low.count('"') % 2 == 1
            and (
                paragraphs[r.sentence.paragraph].count('"')
                + paragraphs[r.sentence.paragraph].count("“")
                + paragraphs[r.sentence.paragraph].count("”")
            )
            % 2
            == 1
        )
        glued = _GLUED.search(r.text) or (_MARKUP.search(r.text) if "&" in r.text or "=" in r.text else None)
        for found, shown in (
            (spaced, "space or sign"),
            (possessive, "possessive"),
            (glued, "space or markup"),
        ):
            if found:
                about.append(r)
                words.append(r.text[max(0, found.start() - 12) : found.end() + 12] if shown else "")
        if unbalanced or quotes:
            about.append(r)
            words.append("unbalanced brackets" if unbalanced else "unbalanced quotes")
    if about:
        yield report(
            "drafting-error/punctuation",
            "info",
            about,
            f"punctuation: {quote(words)}",
            hint="correct the signs",
        )


def placeholders(doc: Document) -> Iterator[Finding]:
    """Text that was to be filled in (rule placeholder)."""
    hits = [
        h
        for h in doc.hits(_HOLDER)
        if not _PROTECTED.search(h.words.lower())
        and not _DATE_LINE.search(h.reading.low)
        and not CONTACT_LINE.search(h.reading.low)
        and "@" not in h.reading.low
    ]
    hits += [Hit(r, m[0]) for r in doc.readings if r.heading for m in (_HOLDER.search(r.low),) if m]
    if hits:
        yield report(
            "drafting-error/placeholder",
            "block",
            of(hits),
            f"a placeholder was left in: {quoted(hits)}",
            hint="fill it in or remove it",
        )


def languages(doc: Document) -> Iterator[Finding]:
    """Sentences in another language (rule mixed-language)."""
    if doc.chinese:
        odd = [r for r in doc.body if not r.cjk and _LATIN_RUN.search(r.text)]
    else:
        odd = [
            r
            for r in doc.body
            if r.cjk and _CJK_RUN.search(re.sub(r"《[^》]*》|[（(][^）)]*[）)]", "", r.text))
        ]
    if odd and len(odd) * 3 < len(doc.body):
        yield report(
            "drafting-error/mixed-language",
            "info",
            odd,
            f"left in another language: {quote(r.text for r in odd)}",
            hint="translate it",
        )


def voices(doc: Document) -> Iterator[Finding]:
    """The name of the company in several spellings (rule name-inconsistent)."""
    names = [b.name for b in doc.parties]
    spelt: dict[str, set[str]] = {}
    squeezed = {re.sub(r"\W", "", n).lower() for n in names}
    for r in doc.body:
        for key in squeezed:
            pattern = r"\b" + r"[ -]?".join(re.escape(c) for c in key) + r"\b"
            spelt.setdefault(key, set()).update(
                m[0]
                for m in re.finditer(pattern, r.text, re.IGNORECASE)
                if "@" not in r.text[m.start() - 1 : m.start()]
                and "." not in r.text[m.end() : m.end() + 1] + r.text[m.start() - 1 : m.start()]
                and m[0].lower() != m[0]
            )
    several = [s for s in spelt.values() if len({x.lower().replace("-", " ") for x in s}) > 1]
    if several:
        shown = sorted(x for s in several for x in s)
        about = [r for r in doc.body if any(x in r.text for x in shown)]
        yield report(
            "drafting-error/name-inconsistent",
            "info",
            about,
            f"the company goes by several names: {quote(shown)}",
            hint="use one name and one voice",
        )


_SELF_EN = Phrase(
    r"\b(?:this|our|the present) (?:\w+ )?privacy (policy|statement|notice|declaration)\b(?! (?:of|for|on|at)\b)"
)
_SELF = Phrase(
    r"本(?:隐私|个人信息保护|用户隐私|用户个人信息保护|隐私权|隐私保护|个人资料)?(政策|声明|协议|条款|指引|通告|规则)(?!》)"
)
_NAMES = ("policy", "statement", "notice", "declaration")
_BOTH = re.compile(r"本(?:政策|声明)[和与及](?:政策|声明)")  # one name of two parts
# the policy and the terms of service under one name
_JOINED = re.compile(r"(?:合称|统称)(?:为)?[“\"「]本协议")
_CALLED = Phrase(r"(?:以下简称|下称|简称|以下统称)")


def own_names(doc: Document) -> Iterator[Finding]:
    """The text as "this policy" and as "this statement" (rule name-inconsistent)."""
    used: dict[str, list[Reading]] = {}
    for r in doc.body:
        for name in set((_SELF if doc.chinese else _SELF_EN).findall(_BOTH.sub("", r.low))):
            used.setdefault(name, []).append(r)
    kinds = [name for name in (*_NAMES, "政策", "声明", "指引", "通告", "协议") if name in used]
    if any(_JOINED.search(r.low) for r in doc.body):
        kinds = [name for name in kinds if name != "协议"]
    told = document_names(doc) if doc.chinese else english_names(doc)
    if len(kinds) < 2 or any(True for _ in told):
        return
    usual = max(kinds, key=lambda name: len(used[name]))
    odd = [r for name in kinds if name != usual for r in used[name] if not _CALLED.search(r.low)]
    if odd and (doc.chinese or len(odd) > 1):
        yield report(
            "drafting-error/name-inconsistent",
            "info",
            odd,
            f"the text calls itself by several names: {quote(('本' if doc.chinese else '') + name for name in kinds)}",
            hint="use one name",
        )


DETECTORS = (typos, punctuation, placeholders, languages, voices, own_names)
