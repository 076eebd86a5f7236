"""Data that is said to stay in a place, and a team, a copy or a helper in another one."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.gazetteer import EEA, countries
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import quoted, report

_STAYS = Phrase(
    r"\b(?:never|not|nothing|no|n't)\b[^.;]{0,50}\b(?:leaves?|transferred|transfers?|moved|sent|exported|accessible|stored|held)\b[^.;]{0,40}\b(?:outside|out of|abroad|third countr\w+|from outside|beyond)\b|\bnever leaves?\b|\bno transfer of\b[^.;]{0,30}\babroad\b|"
    r"\b(?:stays?|remains?|kept|stored|processed?|hosted|located|handled|held)\b[^.;]{0,30}\b(?:only|exclusively|solely|entirely)\b[^.;]{0,20}\b(?:in|within|on)\b|\b(?:only|exclusively|solely)\b[^.;]{0,24}\b(?:stored|processed|hosted|kept|held)\b[^.;]{0,20}\b(?:in|within)\b|"
    r"\bnowhere else\b|\bat all times\b[^.;]{0,6}$|\b(?:all|everything|both)\b[^.;]{0,40}\b(?:stays?|remains?|kept|stored|located|based|hosted|held)\b[^.;]{0,20}\b(?:in|within)\b|\b(?:keep|store|hold|process) (?:all|everything)\b[^.;]{0,30}\b(?:in|within)\b|"
    r"\b(?:data|information)\b[^.;]{0,40}\b(?:stays?|remains?) (?:in|within)\b|"
    r"(?:不|从不|绝不)(?:会)?(?:离开|出境|出)[^。；，]{0,8}|(?:仅|只|均|都|全部)[^。；，]{0,6}(?:存放|存储|储存|保存|留|设|处理)(?:在|于)|不(?:会)?(?:向|传输|转移|提供|传送|存储)[^。；，]{0,6}境外|不(?:会)?(?:传输|转移|传送|存储|存放)(?:至|到|于|在)?境外"
)
_DATA = Phrase(
    r"\b(?:data|information|records?|databases?|everything|content|processors|storage|backups?|files|servers|nothing)\b|数据|资料|信息|服务器|备份"
)
_HEDGED = Phrase(
    r"\b(?:unless|except|save (?:for|where)|without (?:safeguards|your|appropriate|adequate)|if you|you (?:choose|order|select)|region you|content|payment|hosted|other than|where possible|generally|as long as|cookies?|your (?:device|browser|computer)|personal use)\b|"
    r"除非|除外|未经|您选择|支付|付款|同意|安全评估|备份不"
)
_AWAY = Phrase(
    r"\b(?:stored?|stores|kept|held|holds?|written|copied|cop(?:y|ies)|mirror\w*|replicat\w*|backups?|backed up|runs?|run by|handled|processed|sent|saved|moved|receives?|log(?:s)? in(?:to)?|can open|access\w*|read|see|works? on|provider|company|tickets?|team|desk|engineers|support)\b|"
    r"存放|存储|储存|写入|复制|同步|处理|管理|发送|收到|登录|查看|团队|工程师|供应商|服务商|节点"
)
_HARMLESS = Phrase(
    r"\b(?:unless|if you|you (?:choose|order|select|pick|may|can)|ordered|customers (?:in|from|of)|office (?:in|at)|founded|registered (?:in|at)|incorporated|headquarter\w*|visitors|residents|citizens|regulator|authority|court|law|laws|act|registr(?:y|ies)|points? of presence|"
    r"for users in|consent|switch(?:ed)? on|not|never|no|clauses|address|street|road)\b|除非|您(?:可|选择|开启)|同意|开启|注册于|法律|法院|监管|注册局|居民|用户可|不会|办事处|外币"
)
_ROW = 90


def _home(doc: Document, reading: Reading) -> frozenset[str]:
    low = doc.bare(reading)
    home = countries(low)
    if "european" in low or _EU.search(low):
        home |= EEA
    return home


_EU = Phrase(r"\b(?:eu|eea)\b|欧盟|欧洲经济区")
_BORDER = Phrase(r"\b(?:abroad|third countr\w+|outside the (?:country|eu|eea))\b|境外|出境")
_ASIDE = Phrase(r"\([^)]*\)")
_OF_PLACE = {"CN": "cn", "HK": "hk", "TW": "tw", "SG": "sg", "UK": "gb", "US": "us"}
_REGION = Phrase(
    r"\bus[- ](?:west|east|central)\b|\busa\b|, us\b(?=\W*(?:$|[;(|]))|\bu\.s\.|\bus (?:company|provider|firm|server\w*|cloud)\b"
)


def _elsewhere(doc: Document, reading: Reading, home: frozenset[str]) -> bool:
    low = _ASIDE.sub(" ", doc.bare(reading))
    away = countries(low) | (frozenset({"us"}) if _REGION.search(low) else frozenset())
    return bool(away - home) and not (away & home and not reading.lead)


def kept_home(doc: Document) -> Iterator[Finding]:
    """Data stays in a place, and is somewhere else (rule transfer-conflict)."""
    stays = [
        hit
        for hit in doc.hits(_STAYS)
        if _DATA.search(hit.reading.low) and not _HEDGED.search(hit.reading.low) and not hit.reading.told
    ]
    claims: list[tuple[Hit, frozenset[str]]] = []
    for hit in stays:
        home = _home(doc, hit.reading)
        if not home and _BORDER.search(hit.reading.low):
            home = (
                EEA if doc.places & {"EU"} else frozenset(_OF_PLACE[p] for p in doc.places if p in _OF_PLACE)
            )
            home = home or frozenset({"none"})
        if home:
            claims.append((hit, home))
    if not claims:
        return
    known = {hit.reading.index for hit, _ in claims}
    for hit, home in claims:
        away = [
            reading
            for reading in doc.body
            if reading.index not in known
            and not reading.told
            and _elsewhere(doc, reading, home)
            and (_AWAY.search(reading.low) or (reading.lead and len(reading.low) < _ROW))
            and not _HARMLESS.search(reading.low)
        ]
        if away:
            yield report(
                "contradiction/transfer-conflict",
                "block",
                (hit.reading, *away),
                f"data stays in one place ({quoted([hit])}) and is handled elsewhere: {quoted([Hit(r, r.text) for r in away])}",
                hint="name every place where data is stored or can be read from",
                law="GDPR Art. 13(1)(f), 44-49; PIPL Art. 38-40; PDPO s. 33",
            )
