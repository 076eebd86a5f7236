"""Invented people: names in the ways people of Hong Kong, the mainland and elsewhere write them, and how to reach them.

Domains are reserved (.example, .test: RFC 2606), telephone numbers lie in ranges that nobody is given, identity numbers have
a right check digit and a prefix that is not issued.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from samples.hkcloud.provider.chance import Chance

_HK_FAMILY = (
    "Chan 陳|Wong 黃|Lee 李|Cheung 張|Lau 劉|Leung 梁|Ng 吳|Ho 何|Lam 林|Yeung 楊|Cheng 鄭|Tang 鄧|Kwok 郭|Tsang 曾|Chow 周|"
    "Yip 葉|Fung 馮|Poon 潘|Mak 麥|Tam 譚|Hui 許|Choi 蔡|Law 羅|Kwan 關|So 蘇|Chiu 趙|Tse 謝|Siu 蕭|Lo 盧|Yuen 袁"
)
_HK_GIVEN = (
    "Ka 嘉|Wai 偉|Man 文|Ming 明|Yan 欣|Ling 玲|Kit 傑|Ho 浩|Yin 賢|Sze 思|Hoi 海|Tsz 子|Chun 俊|Wing 詠|Mei 美|Lok 樂|Kin 健|"
    "Shan 珊|Yuk 玉|Fai 輝|Chi 志|Hin 軒|Yee 怡|Lai 麗|Kwong 光|Sum 心"
)
_ENGLISH = (
    "Jason|Ivy|Kelvin|Vivian|Eric|Carmen|Raymond|Winnie|Alan|Joyce|Ricky|Phoebe|Edmund|Queenie|Tony|Cherry|Felix|Ada|"
    "Gordon|Mandy"
)
_CN_FAMILY = (
    "Wang 王|Li 李|Zhang 张|Liu 刘|Chen 陈|Yang 杨|Huang 黄|Zhao 赵|Wu 吴|Zhou 周|Xu 徐|Sun 孙|Ma 马|Zhu 朱|Hu 胡|Guo 郭|He 何|"
    "Gao 高|Lin 林|Luo 罗|Ouyang 欧阳|Zheng 郑"
)
_CN_GIVEN = (
    "Wei 伟|Fang 芳|Na 娜|Min 敏|Jing 静|Qiang 强|Lei 磊|Yang 洋|Yong 勇|Yan 艳|Jie 杰|Tao 涛|Chao 超|Xiuying 秀英|Guiying 桂英|"
    "Zihan 子涵|Haoran 浩然|Yutong 雨桐|Xinyi 欣怡|Jianguo 建国|Xiaoming 晓明|Peng 鹏"
)
_ABROAD = (
    "GB:Oliver Hughes|GB:Amelia Clarke|GB:Siân Prosser|DE:Jürgen Brandt|DE:Anneliese Vogt|FR:Chloé Marchand|FR:Étienne Roux|"
    "IN:Ananya Iyer|IN:Rohan Deshpande|JP:Haruto Mori|JP:Yuki Ishikawa|KR:Seo-yeon Bae|KR:Min-jun Noh|VN:Nguyen Thi Hoa|"
    "SG:Nur Aisyah|SG:Marcus Teo|BR:João Carvalho|NG:Chidinma Okafor|AU:Hamish Doyle|US:Renée O'Brien|US:Tyrone Fields|"
    "PL:Łukasz Wrona|TH:Somchai Boonmee|PH:Maricel Santos"
)
_HK_STREETS = (
    "Nathan Road, Mong Kok|Queen's Road West, Sai Ying Pun|Hennessy Road, Wan Chai|Castle Peak Road, Tsuen Wan|"
    "Tai Po Road, Sha Tin|Argyle Street, Mong Kok|King's Road, North Point|Kwun Tong Road, Kwun Tong|"
    "Des Voeux Road, Central|Castle Peak Road, Yuen Long"
)
_CN_PLACES = (
    "518深圳市南山区|510广州市天河区|200上海市徐汇区|100北京市海淀区|"
    "310杭州市西湖区|523东莞市南城区|361厦门市思明区|610成都市武侯区"
)
_CN_STREETS = "科技路|学院路|中山路|人民路|解放路|文一路|建设路"
_ABROAD_CITIES = {
    "GB": "Leeds|Bristol", "DE": "Kassel|Bremen", "FR": "Lyon|Nantes", "IN": "Pune|Kochi", "JP": "Sendai|Osaka",
    "KR": "Daegu|Seoul", "VN": "Da Nang", "SG": "Singapore", "BR": "Recife", "NG": "Ibadan", "AU": "Hobart",
    "US": "Tulsa|Portland", "PL": "Poznań", "TH": "Chiang Mai", "PH": "Cebu",
}  # fmt: skip
_WORDS = (
    "Harbour|Lion Rock|Jade|Bauhinia|Victoria|Pearl|Northern|Silver Dragon|Kowloon|Star Ferry|Lantau|Peak"
)
_TRADES = (
    "Trading|Studio|Logistics|Design|Foods|Garments|Electronics|Tuition Centre|Travel|Dental|Games|Media"
)
MAIL_DOMAINS = ("mail.example", "post.example", "hkmail.example", "cnmail.test", "inbox.test")
_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


@dataclass(frozen=True, slots=True)
class Person:
    """A person as the stores know them; `chinese` is the name in Chinese characters, None for who has none."""

    origin: str
    name: str
    chinese: str | None
    slug: str
    phone: str
    address: str
    city: str
    postal: str | None
    country: str
    language: str


def person(luck: Chance) -> Person:
    """A person: six of ten from Hong Kong, three from the mainland, one from elsewhere."""
    origin = luck.weigh((("HK", 0.6), ("CN", 0.28), ("", 0.12)))
    if origin == "HK":
        return _of_hong_kong(luck)
    return _of_the_mainland(luck) if origin == "CN" else _from_abroad(luck)


def _of_hong_kong(luck: Chance) -> Person:
    family, sign = _split(luck, _HK_FAMILY)
    first, first_sign = _split(luck, _HK_GIVEN)
    second, second_sign = _split(luck, _HK_GIVEN)
    english = luck.pick(_ENGLISH.split("|"))
    name = luck.weigh((
        (f"{family} {first} {second}", 0.4), (f"{family.upper()} {first} {second}", 0.15),
        (f"{english} {family}", 0.25), (f"{family} {first} {second}, {english}", 0.1),
        (f"{sign}{first_sign}{second_sign}", 0.1),
    ))  # fmt: skip
    flat = f"Flat {luck.pick('ABCDEFGH')}, {luck.whole(2, 38)}/F, {luck.whole(1, 780)}"
    address = f"{flat} {luck.pick(_HK_STREETS.split('|'))}"
    language = luck.weigh((("zh-HK", 0.6), ("en", 0.4)))
    slug = f"{english}.{family}" if luck.happens(0.5) else f"{family}.{first}{second}"
    chinese = f"{sign}{first_sign}{second_sign}"
    return Person(
        "HK", name, chinese, slug.lower(), phone(luck, "HK"), address, "Hong Kong", None, "HK", language
    )


def _of_the_mainland(luck: Chance) -> Person:
    family, sign = _split(luck, _CN_FAMILY)
    given, given_sign = _split(luck, _CN_GIVEN)
    chinese = sign + given_sign
    name = chinese if luck.happens(0.8) else f"{family} {given}"
    said = luck.pick(_CN_PLACES.split("|"))
    postal, place = said[:3] + luck.digits(3), said[3:]
    street = f"{luck.pick(_CN_STREETS.split('|'))}{luck.whole(1, 999)}号{luck.whole(1, 28)}栋{luck.whole(101, 2808)}室"
    slug = f"{given}{family}" if luck.happens(0.5) else f"{family}_{given}"
    return Person(
        "CN", name, chinese, slug.lower(), phone(luck, "CN"), place + street, place.partition("市")[0] + "市",
        postal, "CN", "zh-CN",
    )  # fmt: skip


def _from_abroad(luck: Chance) -> Person:
    country, _, name = luck.pick(_ABROAD.split("|")).partition(":")
    latin = unicodedata.normalize("NFKD", name.lower().replace("ł", "l"))
    plain = "".join(one for one in latin.replace(" ", ".") if one.isalpha() or one == "." if one.isascii())
    city = luck.pick(_ABROAD_CITIES[country].split("|"))
    address = f"{luck.whole(1, 240)} {luck.pick(('Mill Lane', 'Station Road', 'Garden Street', 'Park Avenue'))}, {city}"
    return Person(
        "", name, None, plain, phone(luck, country), address, city, luck.digits(5), country, "en"
    )  # fmt: skip


def _split(luck: Chance, names: str) -> tuple[str, str]:
    latin, _, sign = luck.pick(names.split("|")).partition(" ")
    return latin, sign


def phone(luck: Chance, country: str) -> str:
    """A number that nobody is given: Hong Kong has no numbers with 0 in front, the mainland no mobile numbers with 100.

    Elsewhere the numbers that regulators keep for films are used (Ofcom 07700 900, NANPA 555-01).
    """
    if country == "HK":
        number = "0" + luck.digits(7)
        return luck.weigh(
            ((f"+852 {number[:4]} {number[4:]}", 0.7), (f"+852{number}", 0.2), (f"852-{number}", 0.1))
        )
    if country == "CN":
        number = "100" + luck.digits(8)
        return luck.weigh(((f"+86 {number[:3]} {number[3:7]} {number[7:]}", 0.7), (f"+86{number}", 0.3)))
    if country in {"US", "BR", "NG", "PH"}:
        return f"+1 {luck.whole(201, 989)} 555 01{luck.digits(2)}"
    return f"+44 7700 900{luck.digits(3)}"


def company(luck: Chance) -> str:
    """A company that does not exist."""
    name = f"{luck.pick(_WORDS.split('|'))} {luck.pick(_TRADES.split('|'))}"
    return name + luck.pick((" Ltd", " Limited", " Company Limited", ""))


def untidy(luck: Chance, address: str) -> str:
    """An e-mail address as people type it: capitals, blanks around it, full-width letters."""
    return luck.weigh((
        (address, 0.8), (address.title(), 0.08), (address.upper(), 0.05), (f" {address} ", 0.03),
        (address.translate(_FULL_WIDTH), 0.04),
    ))  # fmt: skip


def capitals(luck: Chance, address: str) -> str:
    """An e-mail address with the capitals somebody liked; most people like none."""
    return address if luck.happens(0.94) else address.title()


def hk_identity(luck: Chance) -> str:
    """A Hong Kong identity number with the prefix ZZ, which is not issued, and a right check digit."""
    digits = luck.digits(6)
    total = (
        35 * 9 + 35 * 8 + sum(int(one) * weight for one, weight in zip(digits, range(7, 1, -1), strict=True))
    )
    return f"ZZ{digits}({'0123456789A'[-total % 11]})"


def cn_identity(luck: Chance, year: int) -> str:
    """A Chinese identity number of a region that does not exist (99), with a right check digit (GB 11643)."""
    head = f"99{luck.digits(4)}{year}{luck.whole(1, 12):02}{luck.whole(1, 28):02}{luck.digits(3)}"
    total = sum(int(one) * pow(2, 17 - place, 11) for place, one in enumerate(head))
    return head + "10X98765432"[total % 11]
