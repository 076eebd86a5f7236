"""Cut table and column names into words: snake case, camel case, glued lower case, pinyin and Chinese characters."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib import resources
from typing import Any

from troth.model.errors import TrothError

_PARTS = re.compile(r"ipv[46]|[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[\u4e00-\u9fff]+")
_IPV = re.compile(r"ipv[46]", re.IGNORECASE)  # the only words of data names that end in a digit they can not lose
_UNCUT = 2.2  # cost of a letter that no word covers, against 1 for a word: words win as soon as they cover the most
_SHORT = 1.6  # cost of a word of two letters, which turns up inside other words by chance
# Words of names that no rule lists by themselves, so that glued names ("lastupdatedby") can be cut.
_MORE = """
acceptable access acct accounting account action active actor actual added agent all api app application approved archive assigned attempt
attr attribute auth author authorizing authorized automatic available base basket batch begin billing birth body book box build by
cached called caller calling category change changed check child city class client close closed cloud code codename column company
completion condition config connect contact content context control convert copy cost count counter country created creation
creator credit cron currency current custom customer cycle daily data date day db default deleted delivery depends destination device
digest direction disabled display dns domain domainname due duration dynamic editor effective element email enabled encoding end entity entry
env error event exec expiration expire expires expiry extension external factor failed family field file filename final finish first flag floating
folder follow following followup form format framed free from full function gateway gecos general group groupname hash header height
history home host hostname house html icon id ident identity idp image immediate inbox index info initial inner input instance
interface internal interval invoice ip is issued item job join joined json key kind label language large last layout lease level limit line link
list local location lock locked log login logo mac mail main manager manual map master max member merged message meta method mime min
mobile mode model modified modify module moderator month multi name namespace nas nasname native network new next node note notify number object octet
offset old one op open operator option order origin output outer owner page parent part pass passport password path pattern pay payment pending
period permission person phone photo pid place plan platform point policy pool port position post postal preferred prefix price primary
principal priority privacy private process product profile project protocol provider public purchase query queue quota raw read
realm reason received record recordset recovery redirect ref reference region register relation release reload remember remote render reply request
reset resolved resource response result return reverse role root route row rule sales scheduled schema scope score search secret section
secure security sent sequence serial server servername service session setting share ship shipping short shortname sign signature site size slug smime
snapshot social sort source start state station status step stock stop street string style sub subject subscriber sum summary support
suspended system table tag target task tax team template tenant term terminate text thread ticket time timestamp title to token tool top
total trace track traffic transaction transfer transport tree trust type unique unit unix until update updated upload uri url usage use used user user
userdata username uuid valid validity value vendor verified version via view virtual visible vm volume vote wallet web weight wiki
window word work worked worker year zone freeform certificate reset values estimated initial final told starts started canonicalize applicable
condition argument based entry hint lookup uniquevalues correspond station prepare commit trans ticket custom object principal instance
""".split()  # noqa: SIM905 - a list of eight hundred quoted words is not read by anybody


@lru_cache(maxsize=1)
def lexicon() -> tuple[dict[str, object], ...]:
    """The rules of `lexicon.toml`, as they stand in the file."""
    return tuple(load("lexicon.toml")["rule"])


@lru_cache(maxsize=1)
def topics() -> dict[str, tuple[tuple[str, ...], ...]]:
    """The phrases of `topics.toml`, cut into words, by topic."""
    return {topic: tuple(tuple(one.split()) for one in str(names).split("|")) for topic, names in load("topics.toml").items()}


def load(name: str) -> dict[str, Any]:
    """A data file of this package.

    Raises:
        TrothError: the file is missing from the installation.
    """
    try:
        text = resources.files("troth.datamap").joinpath(name).read_text("utf-8")
    except FileNotFoundError:
        raise TrothError(f"the installation is not complete: {name} is missing", hint="install troth again") from None
    return tomllib.loads(text)


@lru_cache(maxsize=1)
def words() -> frozenset[str]:
    """Every word that names are cut into."""
    listed = {word for rule in lexicon() for phrase in str(rule["names"]).split("|") for word in phrase.split()}
    tabled = {word for phrases in topics().values() for phrase in phrases for word in phrase}
    return frozenset(word for word in {*listed, *tabled, *_MORE} if len(word) > 1)


@lru_cache(maxsize=65536)
def tokens(name: str) -> tuple[str, ...]:
    """The words of a name, in lower case and singular, in their order.

    `calledStationId`, `called_station_id` and `calledstationid` all give `called station id`.
    """
    found: list[str] = []
    for part in _PARTS.findall(_IPV.sub(_spaced, name)):
        low = part.lower()
        found += [low] if low.isdigit() else _cut(low)
    return tuple(singular(one) for one in found)


def _spaced(match: re.Match[str]) -> str:
    return f"_{match.group(0).lower()}_"


@lru_cache(maxsize=4096)
def singular(word: str) -> str:
    """An English word without its plural ending."""
    if word in {"ids", "ips"}:
        return word[:-1]
    if word.isascii() and len(word) > 3 and word not in _NOT_PLURAL:
        if word.endswith("ies"):
            return word[:-3] + "y"
        if word.endswith(("sses", "xes", "ches", "shes", "uses")) and not word.endswith("ouses"):
            return word[:-2]
        if word.endswith("s") and not word.endswith(("ss", "us", "is", "as")):
            return word[:-1]
    return word


_NOT_PLURAL = frozenset(
    "dns sms gps news gecos nas status address class access business process alias sales always previous "
    "os cvs https aws tls css js ous series species yes gas attributes properties".split()  # noqa: SIM905 - same
)


@lru_cache(maxsize=16384)
def _cut(word: str) -> list[str]:
    """Cut glued lower case into known words; a word that is known, or that no words cover, stays whole."""
    known = words()
    if word in known or singular(word) in known or len(word) < (6 if word.isascii() else 3):
        return [word]
    best: list[tuple[float, list[str]]] = [(0.0, [])]
    for end in range(1, len(word) + 1):
        choices = [(best[end - 1][0] + _UNCUT, [*best[end - 1][1], "?" + word[end - 1]])]
        for start in range(max(0, end - 14), end - 1):
            piece = word[start:end]
            if piece in known or (len(piece) > 3 and singular(piece) in known):
                cost = best[start][0] + (_SHORT if end - start == 2 else 1.0)
                choices.append((cost, [*best[start][1], piece]))
        best.append(min(choices, key=lambda one: one[0]))
    return _joined(word, best[-1][1])


def _joined(word: str, pieces: list[str]) -> list[str]:
    """Join the letters that no word covers; keep the cut only when words cover enough of them."""
    out: list[str] = []
    loose = ""
    for piece in [*pieces, ""]:
        if piece.startswith("?"):
            loose += piece[1]
            continue
        if loose:
            out.append(loose)
            loose = ""
        if piece:
            out.append(piece)
    covered = sum(len(piece) for piece in pieces if not piece.startswith("?"))
    least = 3 if word.isascii() else 1
    chopped = any(len(piece) < least and piece not in words() for piece in out)
    return out if covered * 3 >= len(word) and not chopped else [word]


def ends_with(name: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    """Whether the words of `phrase` are the last words of `name`."""
    return len(phrase) <= len(name) and name[len(name) - len(phrase) :] == phrase


def within(name: tuple[str, ...], phrase: tuple[str, ...]) -> int:
    """Where `phrase` ends in `name`, counted from the end (0 is the last word); -1 when it is not there."""
    for back in range(len(name) - len(phrase) + 1):
        stop = len(name) - back
        if name[stop - len(phrase) : stop] == phrase:
            return back
    return -1
