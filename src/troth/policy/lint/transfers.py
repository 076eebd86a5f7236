"""Where data is kept and sent: countries, safeguards, contradictions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint import english_opposites
from troth.policy.lint import english_transfers as kinds
from troth.policy.lint.chinese_words import ON_DEVICE
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.frames import Frame
from troth.policy.lint.gazetteer import EEA, countries
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quoted, report
from troth.policy.lint.statement import said

LAW = "GDPR Art. 13(1)(f), 44-49; PIPL Art. 38-40, 55; PDPO DPP5, s. 33; PDPA s. 26"

_STORED = Phrase(
    r"\b(?:nothing|stand|stands|sits?|racks?|let|operated|logs? in)\b|离开|团队|"
    r"\b(?:go(?:es)? out|hosting|providers?|e-?mails)\b|"
    r"\b(?:stor(?:e|ed|age|ing)|kept|hosted|located|process(?:ed)?|servers?|data ?cent(?:er|re)s?|transfer\w*|handled|sent|"
    r"maintained|leaves?|stays?|remains?|see|view|contractor|subsidiary|branch|desk|keeps?|lives?|moved|accessed|mirror\w*|replicat\w*|synchroni[sz]\w*|synced|"
    r"copied|copies|backed up|answered|routed|operated|supported|situated|recipients?|nodes?|vaults?|sites?)\b|存储|储存|存放|存于|保存|传输|转移|提供|同步|备份|复制|机房|数据中心|利用(?:之)?地区|地区[：:]",
)
_ABROAD = Phrase(
    r"\bbeyond (?:the )?(?:borders?|frontiers?)\b|\bout of (?:the )?(?:country|eu|eea|uk)\b|离开.{0,6}(?:中国|大陆|境内)|"
    r"\b(?:cross[- ]border|international(?:ly)? transfer|third countr(?:y|ies)|outside (?:of )?(?:the |your |mainland |"
    r"hong kong|singapore|china)(?:\w+ )?|other (?:countries|jurisdictions|places)|overseas|abroad|within (?:the )?(?:eea|"
    r"eu|hong kong)|your (?:home )?country)\b|境外|出境|跨境",
)
_GLOBAL = Phrase(
    r"\b(?:across|around|throughout|all over) (?:the )?(?:globe|world|continents)\b|\bany country\b|\b(?:other|multiple|"
    r"several|various) regions\b|\bwherever we\b|"
    r"\bglobal (?:infrastructure|network|company|operations|data|team|business)|\bglobally\b|\bworldwide\b|\baround the "
    r"world\b|\b(?:other|various|several|multiple|different) countries\b|\binternationally\b|\bmaintained directly or "
    r"indirectly\b",
)
_SAFE = Phrase(
    r"\bstandard contractual clauses\b|\bsccs?\b|\badequa(?:cy|te) (?:decision|level|protection)|\bbinding corporate "
    r"rules\b|\bdata privacy framework\b|\bstandard (?:of protection )?comparable|\bmodel clauses\b|\bcertif\w+ under the "
    r"(?:eu|data privacy|dpf)|"
    r"\bstandard contract\b|\bsecurity assessment\b|\bidta\b|\bby contract\b|\bsafeguards?\b.{0,30}\b(?:transfer|chapter v|"
    r"art)|标准合同|安全评估",
)
_NEVER = Phrase(
    r"\b(?:not|never|nothing|n't)\b.{0,40}\b(?:beyond (?:the )?(?:borders?|frontiers?)|out of (?:the )?(?:country|eu|eea|uk|[a-z]+ only))|\bnever let\w*\b.{0,30}\bout of\b|不(?:会)?离开|不(?:会)?出(?:国|境)|仅(?:存放|保存|存储)(?:在|于)|"
    r"\b(?:not|never|no|nothing|neither)\b.{0,40}\b(?:transfer\w*|leaves?|send|sent|stored?|provided?|mov\w+|process\w*|export\w*|travels?|goes|go)\b.{0,60}\b(?:outside|abroad|third countr|"
    r"other countr|other places|overseas|another country|border)|\bnever (?:\w+ )?(?:leaves?|goes|travels?|departs?)\b|\bnothing (?:\w+ )?(?:leaves|goes abroad)|\bnowhere else\b|\bin no other (?:country|place|location)|\bat all times\b(?=.{0,20}$)|\b(?:always|only) (?:stays?|remains?|kept) (?:in|within|on)\b|"
    r"\b(?:stays?|remains?) (?:in|within) (?:the )?(?:eu|eea|european|united|uk|germany|switzerland)|\b(?:stored|processed|"
    r"hosted|kept|remains?|stays?)\b.{0,20}\b(?:exclusively|only|solely)\b.{0,20}\b(?:in|within)\b|\b(?:exclusively|only|"
    r"solely)\b.{0,20}\b(?:stored|processed|hosted)\b.{0,20}\b(?:in|within)\b|不会?(?:向|传输(?:到|至)|提供(?:到|至)|存储(?:在|于)).{0,4}境外|不(?:会)?出境|境内存储|存储(?:在|于).{0,12}境内",
)


# the country in it is that of the law, or part of a company's name
_LAW_NAME = Phrase(r"《[^》]*》|[\u4e00-\u9fff（）()]{2,20}(?:有限|股份|责任)(?:责任)?公司")


# a telephone number or people of the mainland say nothing of where data lies
_HOME_NUMBER = Phrase(r"境内(?:的)?(?:手机|电话|用户|居民|号码)")


# staff at a place who log in to the records of customers
_SEEN_THERE = Phrase(r"(?:登入|登录|存取|访问|查看|查询)[^。；，]{0,8}(?:纪录|记录|资料|数据)")


def _find_placed(doc: Document) -> tuple[Reading, ...]:
    return tuple(
        r
        for r in doc.body
        if _STORED.search(r.low)
        and (countries(_LAW_NAME.regex.sub(" ", doc.bare(r))) or _ABROAD.search(r.low))
        and (
            r.personal
            or r.acts & {"retain", "share", "use"}
            or _SENT.search(r.low)
            or _SEEN_THERE.search(r.low)
        )
        and not _scope(r)
        and not (r.cjk and _HOME_NUMBER.search(r.low))
    )


def _placed(doc: Document) -> tuple[Reading, ...]:
    """Sentences that say in which country data is kept or where it goes."""
    return doc.once(_find_placed)


def _scope(reading: Reading) -> bool:
    rights = {
        "residents",
        "resident",
        "rights",
        "opt",
        "commissioner",
        "complain",
        "authority",
        "gdpr",
        "offered",
        "visitors",
        "registered",
    } & reading.words
    return (
        bool(rights) and not {"transfer", "transferred", "stored", "servers"} & reading.words
    ) or "located at" in reading.low


def _storage(doc: Document) -> list[Reading]:
    told = [
        r
        for r in doc.body
        if "retain" in r.acts
        and not r.heading
        and (
            {"store", "stored", "storage", "servers", "databases", "retain"} & r.words
            or (r.cjk and "保存" in r.low)
            or "存储" in r.low
        )
        and "cookie" not in r.low
        and "cookies" not in r.words
    ]
    return [r for r in told if r.personal or r.cjk][:2]


_FOREIGN = Phrase(
    r"\b(?:recipients?|providers?|partners?|parties|persons|entities|merchants|servers?|affiliates?|staff|contractors?|vendors?|processors?|companies|employees|teams?|offices?|some|facilities|data cent\w+|data|"
    r"information|it|pii|system|backups?|folder|files|copies)\b.{0,60}\b(?:located|based|established|situated|resident|transferred|sent|stored|processed|kept|held|hosted|moved|shipped|accessed|are|is|operating|working|providing [\w ]{0,24}from)\b.{0,30}\b(?:outside|abroad|overseas|"
    r"in (?:other|another|foreign|any|various|different|several) (?:countr|jurisdiction|part|place)\w*|offshore|somewhere|anywhere|around the globe|beyond the borders)|\bany (?:country|jurisdiction|place)\b|"
    r"(?:传输|转移|提供|存储|传送)(?:至|到|给|于)?.{0,6}(?:其他|其它|别的|境外)(?:国家|地区)|"
    r"(?:位于|存储(?:在|于)|传输(?:到|至)).{0,6}(?:海外|境外|国外)|"
    r"(?:传送|传输|转移|提供|发送)(?:至|到|给)?.{0,40}境外",
    Frame("moving-data 8 abroad", "refusing"),
    Frame("handler 3 process-word 8 abroad", "refusing"),
    Frame("moving-data 6 to 2 countries-word 3 with-a 2 lower", "refusing"),
    Frame("countries 2 lower-word 3 adequate"),
    Frame("continent 6 share-word 4 your-data"),
    Frame("your-data 4 cross 2 cont-abroad", "refusing"),
    Frame("moving-data 8 places 2 world", "refusing"),
)


_UNKNOWN = Phrase(
    r"\b(?:not possible|impossible) to (?:determine|know|say|tell) (?:exactly )?where\b[^.;]{0,60}\b(?:cop(?:y|ies)|data|information|backups?|files)\b"
)


# consent to a transfer to nobody knows where
_BY_CONSENT = Phrase(
    r"\b(?:provided|transferred|sent|disclosed|passed|given|moved|exported|made available) to (?:\w+ ){0,2}?(?:other|third|foreign) countries\b[^.;]{0,100}\b(?:with|upon|on|after|subject to) (?:your|the|their) (?:\w+ ){0,2}?consent"
)


def undisclosed(doc: Document) -> Iterator[Finding]:
    """Signs of a transfer without countries or safeguards (rule transfer-undisclosed)."""
    safe = any(not kinds.LACKING.search(h.reading.low) for h in doc.hits(_SAFE))
    foreign = [
        h
        for h in (*doc.hits(_FOREIGN), *doc.hits(_UNKNOWN))
        if "your world" not in h.reading.low  # a world of a game
        if not h.reading.refuses
        and not _NEVER.search(h.reading.low)
        and not h.reading.told
        and not _scope(h.reading)
        and not _SAFE.search(h.reading.low)
        and ("outside" not in h.reading.words or countries(h.reading.low) or _HOMELAND.search(h.reading.low))
        and not {"courts", "authorities"} & h.reading.words
    ]
    foreign += said(doc, kinds.ABROAD, foreign)
    known = {h.reading.index for h in foreign}
    foreign += [
        h
        for h in doc.hits(_BY_CONSENT)
        if h.reading.index not in known and not h.reading.refuses and not countries(h.reading.low)
    ]
    around = {
        r.index
        for h in foreign
        for r in doc.near(h.reading, 1, 2)
        if (_SAFE.search(r.low) and not kinds.LACKING.search(r.low)) or _where(r)
    }
    foreign = [
        h
        for h in foreign
        if _ANY_COUNTRY.search(h.reading.low) or not any(r.index in around for r in doc.near(h.reading, 1, 2))
    ]
    wide = foreign + [
        h
        for h in doc.hits(_GLOBAL)
        if _HELD.search(h.reading.low) and not countries(h.reading.low) - EEA and not h.reading.refuses
    ]
    third = [r for r in _placed(doc) if _outside(doc, r) and not r.refuses and not _NEVER.search(r.low)]
    named = [r for r in _placed(doc) if countries(r.low)]
    moved = [h for h in wide if h.reading.acts & {"retain", "share"} and not h.reading.told]
    if foreign or (wide and not safe and not named) or (moved and not safe):
        wide = moved or wide
        yield report(
            "risky-promise/transfer-undisclosed",
            "warn",
            (*of(wide), *_elsewhere(doc, wide)),
            f"data is handled in several countries ({quoted(wide)}), and neither the countries nor the safeguards are named",
            hint="name the countries, the recipients there and the safeguards",
            law=LAW,
        )
    elif third and not safe:
        yield report(
            "risky-promise/transfer-undisclosed",
            "warn",
            third,
            f"data goes to another country without a named safeguard: {quoted([Hit(r, r.text) for r in third])}",
            hint="name the adequacy decision, the contract clauses or the other safeguard, and where to get a copy",
            law=LAW,
        )


_HELD = Phrase(
    r"\b(?:data|information|records?|details|content|files|stor\w+|process\w*|transfer\w*|servers?|data ?cent\w+|infrastructure|backups?|copies|logs|pii|personal|network|team|staff|support|affiliates?|partners?|offices?|operations|nodes?|edge|replicat\w*|mirror\w*|copied|kept|held|host\w*)\b|数据|信息|服务器"
)
_HOMELAND = Phrase(
    r"\b(?:within|inside|in) (?:or|and|and/or) outside\b|\boutside (?:of )?(?:the |your |our |this )?(?:\w+ )?(?:country|eu|eea|uk|european|union|state|jurisdiction|territory|home)\b"
)


_ANY_COUNTRY = Phrase(
    r"\bany (?:country|jurisdiction|place|location)\b|\bsomewhere\b|\banywhere\b|\baround the (?:globe|world)\b"
)


def _where(reading: Reading) -> bool:
    """Whether it names the countries that data goes to."""
    return (
        bool(countries(reading.low))
        and not re.search(r"\boutside\b", reading.low)
        and _GOES.search(reading.low) is not None
    )


def _elsewhere(doc: Document, wide: list[Hit]) -> list[Reading]:
    known = {h.reading.index for h in wide}
    return [
        r
        for r in doc.body
        if ("indirectly" in r.words or ("databases" in r.words and _ABROAD.search(r.low)))
        and r.index not in known
        and "retain" in r.acts
    ]


def _outside(doc: Document, reading: Reading) -> bool:
    if not doc.places & {"EU", "UK"} or ("US" in doc.named and not doc.named & {"EU", "UK"}):
        return False
    return bool(countries(doc.bare(reading)) - EEA - _ADEQUATE) and _SENT.search(reading.low) is not None


_SENT = Phrase(
    r"\b(?:keeps?|copies|lives?|sits?|suppliers?|moved?|american|indian|chinese|russian|stor\w+|host\w*|providers?|go|goes|run|located|transfer\w*|process\w*|servers?|sent|send|data ?cent\w+|handled|"
    r"team|staff|office|"
    r"contractors?|subsidiary|branch|desk|see|view|kept|accessed?|provided?)\b"
    r".{0,40}\b(?:in|to|at|from|within)\b",
)


# where to write to; the town, or the street that bears its name, holds no data
_CONTACT = Phrase(r"\b(?:questions|requests|complaints|enquiries|contact|write to|address)\b.*\b\d{1,5}\b.*@")
# the key that stays says nothing on where the data goes
_ONLY_THE_KEY = Phrase(r"\bkeys? (?:\w+ ){0,3}?(?:stays?|remains?|(?:is|are) (?:kept|held|stored|left))\b")
_SOIL = Phrase(
    r"\b(canadian|german|swiss|french|dutch|british|american|australian|irish|austrian|indian) (?:soil|territory|ground|borders?)\b"
)
_SOILS = dict(
    zip(
        "canadian german swiss french dutch british american australian irish austrian indian".split(),
        "ca de ch fr nl gb us au ie at in".split(),
        strict=True,
    )
)


def _soil(reading: Reading) -> frozenset[str]:
    """The country on whose soil data is said to stay."""
    return frozenset(_SOILS[m[1]] for m in _SOIL.finditer(reading.low))


def _home(doc: Document, stays: Hit) -> frozenset[str]:
    """The countries in which data is said to stay, from the sentence or, where it names none, from its neighbours."""
    own = countries(doc.bare(stays.reading)) | _soil(stays.reading)
    near = frozenset().union(
        *(countries(doc.bare(r)) for r in doc.near(stays.reading, 2, 2) if "retain" in r.acts)
    )
    return own or near or frozenset(c for c in _REGIME if _REGIME[c] in doc.places)


_REGIME = {"cn": "CN", "hk": "HK", "sg": "SG", "gb": "UK", "us": "US"}
_ADEQUATE = frozenset("ch gb jp il ca nz kr".split())
_GOES = Phrase(
    r"\b(?:sits?|logs? in|operated|works? from|run from|handled by|looked after|administered|managed|served from)\b|团队|"
    r"\b(?:stor\w+|host\w*|kept|keep|held|transfer\w*|process\w*|sent|send|sends|go|goes|mirror\w*|replicat\w*|synchroni[sz]\w*|synced|copied|copies|backed|answered|"
    r"routed|handled|see|view|accessed|access|located|contractors?|subsidiary|maintained|shared?|"
    r"archived?|visible|available|passed?|flows?|outsourc\w*)\b|存储|保存|传输|提供|同步|备份|复制|处理|访问|发送",
)


_UNION = Phrase(r"\b(?:eu|eea|european)\b")


def _elsewhere_named(doc: Document, reading: Reading, homes: frozenset[str]) -> bool:
    low = doc.bare(reading)
    away = countries(low) - homes
    if away and "eea" in low and not away - EEA:
        return False
    if homes & EEA and away <= EEA and not homes & away and not homes:
        return False
    return bool(away) and _GOES.search(low) is not None and not _scope(reading)


_AMERICAN = Phrase(
    r"\bgoogle (?:analytics|ad\w*|tag)|\badwords\b|\bfacebook\b|\bmeta pixel|\bmailchimp\b|\bmixpanel\b|\bhubspot\b|\bzendesk\b|\bsalesforce\b"
)
_ANYWHERE = Phrase(
    r"\b(?:not|im)\s?possible to (?:determine|know|say|tell|establish) (?:exactly )?(?:where|in which (?:country|location|place))\b|\b(?:can ?not|do not|don't) (?:know|say|tell|determine) (?:exactly )?where (?:your |the |such |these )?(?:data|copies|information|backups|files)\b|"
    r"\b(?:regardless|irrespective) of where (?:it|they|the data|your data) (?:is|are)\b|\bwherever (?:it|they) (?:is|are) (?:stored|processed|kept)"
)


def loose(doc: Document) -> Iterator[Finding]:
    """Safeguards that hold only where it suits (rule transfer-loose)."""
    hits = said(doc, kinds.LOOSE)
    hits = [h for h in hits if any(kinds.MOVED.search(r.low) for r in doc.near(h.reading, 2, 0))]
    if hits:
        yield report(
            "risky-promise/transfer-loose",
            "warn",
            (*of(hits), *(r for h in hits for r in doc.near(h.reading, 2, 0) if kinds.MOVED.search(r.low))),
            f"the safeguard for transfers holds only where it suits: {quoted(hits)}",
            hint="name the safeguard that every transfer rests on",
            law=LAW,
        )


def conflict(doc: Document) -> Iterator[Finding]:
    """Data that stays, and data that leaves (rule transfer-conflict)."""
    stays = [
        h
        for h in doc.hits(_NEVER)
        if _STORED.search(h.reading.low)
        and not h.reading.exempted
        and (
            countries(h.reading.low)
            or _soil(h.reading)
            or _ABROAD.search(h.reading.low)
            or _UNION.search(h.reading.low)
        )
        and not {"salted", "hashes"} & h.reading.words
    ]
    stays += [
        h
        for h in said(doc, english_opposites.STAYS, stays)
        if countries(doc.bare(h.reading)) and not h.reading.exempted
    ]
    stays = [h for h in stays if not _ONLY_THE_KEY.search(h.reading.low)]
    if not stays:
        return
    known = {h.reading.index for h in stays}
    homes = frozenset().union(*(_home(doc, h) for h in stays))
    union = any(_UNION.search(h.reading.low) for h in stays)
    homes |= EEA if union else frozenset()
    leaves = [
        r
        for r in doc.body
        if r.index not in known
        and not r.refuses
        and not r.told
        and not _CONTACT.search(r.low)
        and (
            (homes and _elsewhere_named(doc, r, homes) and _moved(r))
            or (_GLOBAL.search(r.low) and r in _placed(doc))
            or (union and _AMERICAN.search(r.low) and r.does("collect", "use", "share"))
            or _ANYWHERE.search(r.low)
        )
    ]
    leaves += [
        h.reading for h in doc.hits(_GLOBAL) if h.reading.index not in known | {r.index for r in leaves}
    ]
    if leaves:
        yield report(
            "contradiction/transfer-conflict",
            "block",
            (*of(stays), *leaves),
            f"data stays in one place ({quoted(stays)}) and is handled elsewhere: {quoted([Hit(r, r.text) for r in leaves])}",
            hint="name every place where data is stored or can be read from",
            law=LAW,
        )


def _moved(reading: Reading) -> bool:
    about = reading.personal or reading.data or reading.cjk or reading.acts & {"retain", "share"}
    return bool(about) or _GOES.search(reading.low) is not None


_SITED = Phrase(
    r"\b(?:[Rr]acks?|[Ss]ervers?|[Dd]ata cent\w+|[Hh]osted|[Hh]osting|[Mm]achines)\b.{0,40} in (?:our |the )?(?:\w+ ){0,2}?[A-Z][a-z]+"
)


_FRAMEWORK = Phrase(r"\bsafe harbo|\bprivacy shield|\bdata privacy framework")


# "our providers are certified" says nothing on where data lies
_OF_PROVIDERS = Phrase(
    r"\b(?:they|providers?|services?|vendors?|partners?|processors?|companies)\b[^.;]{0,80}\b(?:certified|compliant|members?|participants?)\b"
)


def _sends(reading: Reading) -> bool:
    return not _OF_PROVIDERS.search(reading.low) or "transfer" in reading.low


_AT_HOME = Phrase(r"(?:存储|储存|存放|保存|部署)[^。；，]{0,4}(?:于|在)[^。；，]{0,4}(?:国内|境内|本国|本港)")

# the area of use, as the law of Taiwan asks for it
_AREA = Phrase(
    r"地区[^。；，]{0,4}(?:：|:|为|限于|包括)[^。；]{0,12}(?:台湾|中国|本国|国内|境内|香港|澳门|中华民国|全球|海外)"
)


def missing(doc: Document) -> Iterator[Finding]:
    """Nothing on countries or transfers (rule transfer-missing)."""
    if doc.places == {"US"} and "US" in doc.named:
        return  # federal law asks no company at home where it stores data
    if any(_SITED.search(r.text) and not r.does("share") for r in doc.body):
        return
    if any(_UNION.search(r.low) and _STORED.search(r.low) and r.acts & {"retain"} for r in doc.body):
        return
    if doc.says(ON_DEVICE) or (doc.chinese and (doc.says(_AT_HOME) or doc.says(_AREA))):
        return
    moved = any(_moved(h.reading) for h in doc.hits(_GLOBAL))
    if _placed(doc) or moved or doc.says(_SAFE) or any(_sends(h.reading) for h in doc.hits(_FRAMEWORK)):
        return
    if any(not {"post", "posted", "policy"} & h.reading.words for h in doc.hits(_ABROAD)):
        return
    yield report(
        "missing-mandatory/transfer-missing",
        "block",
        _storage(doc),
        "nothing says in which country the data is stored and whether it is transferred across borders",
        hint="name the countries of storage and of access, and the safeguards for transfers; say so if there are none",
        law=LAW,
    )


_SHIELD = Phrase(r"\b(?:privacy shield|safe harbo[u]?r)\b")
_RELIED = Phrase(
    r"\b(?:adher|certif|compl|rel(?:y|ies|ied)|particip|subscrib|based|self-certif|member|under|pursuant|joined|covered|protect|framework|principles|registered)\w*\b"
)
# under a heading of that name: "we fulfil the requirements of those principles"
_MET = Phrase(
    r"\b(?:fulfil(?:l?s|led)?|meets?|satisf(?:y|ies)|compl(?:y|ies) with|adheres? to|follows?|observes?)\b[^.;]{0,60}\b(?:principles|requirements|framework)\b"
)
_OVER = Phrase(r"\b(?:invalid\w*|no longer|former|replaced|repealed|not rely|struck down|ended|annulled)\b")


def shield(doc: Document) -> Iterator[Finding]:
    """A transfer that rests on a mechanism struck down (rule transfer-safeguard-invalid)."""
    hits = [h for h in doc.hits(_SHIELD) if not _OVER.search(h.reading.low) and _RELIED.search(h.reading.low)]
    hits += [
        Hit(r, m[0])
        for r in doc.body
        for m in (_MET.search(r.low),)
        if m and _SHIELD.search(" ".join(r.sentence.section[-1:]).lower()) and not _OVER.search(r.low)
    ]
    if hits:
        yield report(
            "risky-promise/transfer-safeguard-invalid",
            "block",
            of(hits),
            f"transfers rest on a mechanism that the court has struck down: {quoted(hits)}",
            hint="use the Data Privacy Framework if certified, or contract clauses",
            law="GDPR Art. 44-46; CJEU C-362/14 (Schrems I), C-311/18 (Schrems II)",
        )


# companies whose servers stand, or whose parents sit, in the United States
_AMERICAN_SERVICES = Phrase(
    r"\b(?:google (?:analytics|ads?|adsense|adwords|workspace|cloud|tag manager|fonts|recaptcha)|paypal|stripe|amazon web services|aws|microsoft (?:azure|365|clarity|teams)|facebook (?:pixel|ads?)|"
    r"mailchimp|twilio|sendgrid|zendesk|intercom|hubspot|openai|cloudflare|salesforce|braintree|bitpay|enom)\b"
)
_OF_TRANSFERS = Phrase(
    r"\boutside (?:of )?(?:the )?(?:eu|eea|uk|european|united kingdom|your (?:home )?country|your jurisdiction)\b|\bthird countr\w+|\babroad\b|\boverseas\b|\bunited states\b|\bu\.s\.|\busa\b|\bamerican\b|"
    r"\badequa(?:cy|te) (?:decision|level|protection)|\bcontractual clauses\b|\bprivacy shield\b|\bdata privacy framework\b|\b(?:international|cross-border|data) transfers?\b|\btransferr?\w* (?:\w+ ){0,4}to (?:\w+ ){0,3}countr"
)
_ON_THEIR_SITE = Phrase(
    r"\b(?:links?|linked|opt[- ]?out|learn more|read more|more information|visit|browser|chrome)\b"
)


def american(doc: Document) -> Iterator[Finding]:
    """American services get the data of Europeans, and nothing is said on transfers (rule transfer-undisclosed)."""
    if not doc.places & {"EU", "UK"} or doc.says(_GLOBAL) or doc.says(_SAFE) or doc.says(_FRAMEWORK):
        return
    hits = [
        h
        for h in doc.hits(_AMERICAN_SERVICES)
        if not h.reading.told and not _ON_THEIR_SITE.search(h.reading.low)
    ]
    if hits and not any(_OF_TRANSFERS.search(r.low) for r in doc.readings):
        yield report(
            "risky-promise/transfer-undisclosed",
            "warn",
            of(hits),
            f"American services get data, and nothing is said on transfers: {quoted(hits)}",
            hint="name the country of each service and the safeguard for the transfer",
            law=LAW,
        )


DETECTORS = (undisclosed, loose, conflict, missing, american, shield)
