"""Countries by the names that policies use for them, their regions and the cities where servers and offices stand."""

from __future__ import annotations

import re
from functools import lru_cache

_PLACES = {
    "at": "austria|vienna|奥地利",
    "au": "australia|sydney|melbourne|perth|brisbane|canberra|adelaide|new south wales|queensland|victoria|tasmania|澳大利亚|悉尼",
    "be": "belgium|brussels|antwerp|比利时",
    "bg": "bulgaria|sofia",
    "br": "brazil|sao paulo|são paulo|rio de janeiro|巴西|圣保罗",
    "by": "belarus|minsk",
    "ca": "canada|toronto|montreal|vancouver|ottawa|winnipeg|calgary|quebec|ontario|manitoba|british columbia|alberta|kamloops|halifax|加拿大",
    "ch": "switzerland|zurich|geneva|basel|瑞士|苏黎世",
    "cl": "chile|santiago",
    "cn": "china|mainland china|prc|people's republic of china|beijing|shanghai|shenzhen|guangzhou|hangzhou|zhangjiakou|chengdu|境内|中国大陆|"
    "中华人民共和国|北京|上海|深圳|广州|杭州|张家口|成都|乌兰察布|贵州|宁夏",
    "co": "colombia|bogota",
    "cy": "cyprus|nicosia|limassol",
    "cz": "czech republic|czechia|prague",
    "de": "germany|frankfurt|berlin|munich|hamburg|nuremberg|falkenstein|dusseldorf|düsseldorf|cologne|leipzig|德国|法兰克福",
    "dk": "denmark|copenhagen",
    "ee": "estonia|tallinn",
    "eg": "egypt|cairo",
    "es": "spain|madrid|barcelona",
    "fi": "finland|helsinki",
    "fr": "france|paris|marseille|roubaix|strasbourg|gravelines|法国|巴黎",
    "gb": "united kingdom|uk|great britain|england|scotland|wales|london|manchester|leeds|edinburgh|slough|英国|伦敦",
    "gr": "greece|athens",
    "hk": "hong kong|kowloon|香港",
    "hr": "croatia|zagreb",
    "hu": "hungary|budapest",
    "id": "indonesia|jakarta|印度尼西亚|雅加达",
    "ie": "ireland|dublin|cork|爱尔兰",
    "il": "israel|tel aviv",
    "in": "india|indian|mumbai|bangalore|bengaluru|chennai|hyderabad|delhi|new delhi|pune|kolkata|noida|gurgaon|gurugram|印度|孟买",
    "is": "iceland|reykjavik",
    "it": "italy|milan|rome",
    "jp": "japan|tokyo|osaka|日本|东京|大阪",
    "ke": "kenya|nairobi",
    "kr": "south korea|korea|seoul|韩国|首尔",
    "kz": "kazakhstan|almaty",
    "lt": "lithuania|vilnius",
    "lu": "luxembourg",
    "lv": "latvia|riga",
    "ma": "morocco|casablanca",
    "md": "moldova|chisinau",
    "mo": "macau|macao|澳门",
    "mx": "mexico|queretaro",
    "my": "malaysia|kuala lumpur|johor|cyberjaya|马来西亚|吉隆坡",
    "ng": "nigeria|lagos",
    "nl": "netherlands|amsterdam|rotterdam|the hague|荷兰|阿姆斯特丹",
    "no": "norway|oslo",
    "nz": "new zealand|auckland|wellington",
    "pa": "panama",
    "ph": "philippines|manila|cebu|菲律宾|马尼拉",
    "pk": "pakistan|karachi|lahore",
    "pl": "poland|warsaw|krakow|gdansk",
    "pt": "portugal|lisbon|porto",
    "ro": "romania|bucharest|cluj",
    "rs": "serbia|belgrade",
    "ru": "russia|russian|moscow|st petersburg|saint petersburg|俄罗斯",
    "sa": "saudi arabia|riyadh|jeddah",
    "sc": "seychelles",
    "se": "sweden|stockholm|gothenburg",
    "sg": "singapore|新加坡",
    "si": "slovenia|ljubljana",
    "sk": "slovakia|bratislava",
    "th": "thailand|bangkok|泰国|曼谷",
    "tr": "turkey|türkiye|istanbul",
    "tw": "taiwan|taipei|台湾|台北",
    "ua": "ukraine|kyiv|kiev|lviv",
    "ae": "united arab emirates|uae|dubai|abu dhabi|sharjah|迪拜",
    "us": "american|united states|united states of america|usa|u.s.|u.s|america|california|oregon|texas|virginia|ohio|indiana|florida|nevada|arizona|utah|"
    "colorado|illinois|iowa|georgia|new jersey|new york|massachusetts|pennsylvania|north carolina|south carolina|michigan|minnesota|missouri|kansas|"
    "delaware|tennessee|wisconsin|maryland|connecticut|idaho|montana|wyoming|nebraska|oklahoma|louisiana|alabama|kentucky|washington|seattle|spokane|"
    "san francisco|san jose|los angeles|chicago|dallas|houston|austin|atlanta|miami|ashburn|phoenix|denver|boston|portland|las vegas|salt lake city|"
    "silicon valley|philadelphia|columbus|美国|硅谷|弗吉尼亚|洛杉矶",
    "vn": "vietnam|hanoi|ho chi minh city|越南",
    "za": "south africa|johannesburg|cape town|南非",
}
EEA = frozenset("at be bg cy cz de dk ee es fi fr gr hr hu ie is it lt lu lv nl no pl pt ro se si sk".split())
_WORDS = {
    name: code
    for code, names in _PLACES.items()
    for name in names.split("|")
    if name.isascii() or not "\u4e00" <= name[0] <= "\u9fff"
}
_CJK = {
    name: code
    for code, names in _PLACES.items()
    for name in names.split("|")
    if "\u4e00" <= name[0] <= "\u9fff"
}
_LONGEST = 4
_TOKEN = re.compile(r"[a-zà-ÿ]+(?:\.[a-z])*\.?(?:'s (?=republic))?")


def place_alone(low: str) -> str | None:
    """The code of the country where a lower-case line is the name of a place and nothing else."""
    return _WORDS.get(low.strip(" .,-•*")) or _CJK.get(low.strip(" 。，"))


@lru_cache(maxsize=4096)
def countries(low: str) -> frozenset[str]:
    """The codes (ISO 3166-1) of the countries that a lower-case sentence names, itself or by a city or region."""
    tokens = [t if t == "u.s." else t.rstrip(".") for t in _TOKEN.findall(low)]
    found = set()
    for place, token in enumerate(tokens):
        if place and tokens[place - 1 : place + 1] == ["the", "us"]:  # the pronoun has no article
            found.add("us")
        if token not in _FIRST:
            continue
        for length in range(min(_LONGEST, len(tokens) - place), 0, -1):
            code = _WORDS.get(" ".join(tokens[place : place + length]))
            if code:
                found.add(code)
                break
    if not low.isascii():
        found |= {code for name, code in _CJK.items() if name in low}
    return frozenset(found)


_FIRST = frozenset(name.split()[0] for name in _WORDS)
