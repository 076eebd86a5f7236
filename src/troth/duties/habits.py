"""How strange a sign-in is, in numbers and in words: what an account is used to against what somebody else would do.

For each part of a sign-in the model asks how probable it is for the owner, learned from the account and, while the
account is young, from all accounts, and how probable for a stranger; the score is the sum of the logarithms of the
ratios (Freeman et al., "Who are you? A statistical approach to measuring user authenticity", NDSS 2016). A score of 4.6
says: a hundred times likelier for a stranger. Nothing is learned from a sign-in that raised an alarm, until a person
has called it harmless; so nobody teaches the model that they belong.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from math import asin, cos, log, radians, sin, sqrt
from typing import Literal

Alarming = Literal["strange sign-in", "impossible travel", "password guessing", "password spraying"]

HOUR, DAY = 3600, 86_400
FLOOR = log(100.0)
"""Below this nothing alarms, however quiet it is otherwise."""
CEILING = log(20_000.0)
"""From here on everything alarms, whatever the budget: a flood of attacks must not raise the bar for itself."""

_AT_FIRST = log(1000.0)  # the bar until enough is seen to place it
_SPRAYED = 8  # accounts of which one network guesses passwords in an hour
_MANY = 64  # accounts remembered of a failing network before old ones are forgotten
_GUESSED = 3  # failures of one account in an hour
_FAST = 1000.0  # km/h; an airliner is slower
_FAR = 500.0  # km; nearer, the middles of two countries say nothing
_NAMES = ("device", "network", "network operator", "country")
_NEW_DEVICE, _NEW_NETWORK, _NEW_OPERATOR, _NEW_COUNTRY = 1, 2, 4, 8
# How often a stranger comes with something new to the account: device, network, operator, country; first who has a
# password, then who has copied a session with its device.
_STRANGERS = ((0.8, (0.97, 0.96, 0.8, 0.6)), (0.2, (0.03, 0.98, 0.9, 0.8)))
_OWNER = (0.06, 0.12, 0.06, 0.02)  # what is believed of owners before anybody was seen
_BELIEF = 40.0  # that belief weighs as much as so many sign-ins
_FAILED = (0.5, 0.12, 0.1, 0.13, 0.15)  # strangers with 0, 1, 2, 3-4, 5 or more failures in the hour before
_OWN_FAILED = (0.93, 0.05, 0.01, 0.007, 0.003)
_OTHERS = (
    0.65,
    0.1,
    0.1,
    0.15,
)  # strangers whose network failed with 0, 1-2, 3-9, 10 or more other accounts that day
_OWN_OTHERS = (0.96, 0.03, 0.008, 0.002)
_TRAVEL = (0.8, 0.2)
_OWN_TRAVEL = (0.9998, 0.0002)
_AGES = (0, 1, 3, 6, 11, 21, 51)  # sign-ins of an account, from which on it is of an age
_STEPS = 400  # bins of scores, a tenth each, from -10


@dataclass(frozen=True, slots=True)
class SignIn:
    """A sign-in, or an attempt at one. Devices, networks and operators are numbers that stand for their values.

    Attributes:
        row: what names it.
        account: number of the account; -1 where there is none.
        at: seconds since 1970.
        device, network, operator: 0 where the log does not say.
        country: ISO 3166 code, empty where the log does not say.
        ok: whether it succeeded.
    """

    row: str
    account: int
    at: float
    device: int
    network: int
    operator: int
    country: str
    ok: bool


@dataclass(frozen=True, slots=True)
class Alarm:
    """A sign-in that a person has to look at.

    Attributes:
        of: the sign-in.
        kind: what it looks like.
        score: logarithm of how much likelier it is for a stranger.
        threshold: from which score on it alarms at that moment.
        reasons: why, in words, without any value of the row.
    """

    of: SignIn
    kind: Alarming
    score: float
    threshold: float
    reasons: tuple[str, ...]


@dataclass(slots=True)
class Account:
    """What one account is used to; only sign-ins that are believed count."""

    count: int = 0
    devices: dict[int, int] = field(default_factory=dict)
    networks: dict[int, int] = field(default_factory=dict)
    operators: dict[int, int] = field(default_factory=dict)
    countries: dict[str, int] = field(default_factory=dict)
    hours: list[int] = field(default_factory=lambda: [0] * 48)
    days: list[int] = field(default_factory=lambda: [0, 0])
    last: float = 0.0
    country: str = ""
    failures: deque[tuple[float, int]] = field(default_factory=deque)
    told: dict[tuple[str, int, int], float] = field(default_factory=dict)


@dataclass(slots=True)
class Everybody:
    """What is known of all accounts together, and the accounts.

    Attributes:
        budget: alarms that people can look at, for each 1,000 sign-ins that succeed.
        accounts: by number.
        failing: by network, the accounts it failed to sign in to, with the last time.
        patterns, ages: sign-ins by what was new in them, for each age of an account, and their sums.
        hours, failed, others, travel: sign-ins by hour, by failures before, by failures of the network, by journey.
        learned: sign-ins learned from, on working days and at weekends.
        scores: how many sign-ins had which score, in bins of a tenth.
    """

    budget: float = 2.0
    accounts: dict[int, Account] = field(default_factory=dict)
    patterns: list[list[float]] = field(default_factory=lambda: [_believed(_OWNER) for _ in _AGES])
    hours: list[float] = field(default_factory=lambda: [1.0] * 48)
    failed: list[float] = field(default_factory=lambda: [_BELIEF * one for one in _OWN_FAILED])
    others: list[float] = field(default_factory=lambda: [_BELIEF * one for one in _OWN_OTHERS])
    travel: list[float] = field(default_factory=lambda: [10 * _BELIEF * one for one in _OWN_TRAVEL])
    failing: dict[int, dict[int, float]] = field(default_factory=dict)
    sprayed: dict[int, float] = field(default_factory=dict)
    scores: list[int] = field(default_factory=lambda: [0] * _STEPS)
    learned: list[int] = field(default_factory=lambda: [0, 0])
    ages: list[float] = field(default_factory=lambda: [_BELIEF] * len(_AGES))
    seen: int = 0
    threshold: float = _AT_FIRST


@dataclass(frozen=True, slots=True)
class Weighed:
    """The parts of a score: the pattern of what is new, the hour, failures before, the network, the journey."""

    new: int
    age: int
    failures: int
    others: int
    journey: int
    parts: tuple[float, float, float, float, float]

    @property
    def score(self) -> float:
        """Their sum."""
        return sum(self.parts)


def _never(_row: str) -> bool:
    return False


def watch(
    world: Everybody,
    signed: Iterable[SignIn],
    *,
    since: float = 0.0,
    harmless: Callable[[str], bool] = _never,
) -> Iterator[Alarm]:
    """Look at sign-ins in the order of time, learn from them, and raise alarms.

    Args:
        world: what is known so far; it is changed.
        signed: sign-ins, none earlier than the one before it.
        since: alarms are raised from this moment on; before, it is only learned.
        harmless: whether a person has called a row harmless: then it does not alarm, and is learned.
    """
    for one in signed:
        account = world.accounts.get(one.account)
        if account is None:
            account = world.accounts[one.account] = Account()
        found = _looked(world, account, one, harmless)
        if found is not None and one.at >= since:
            yield found


def _looked(world: Everybody, account: Account, one: SignIn, harmless: Callable[[str], bool]) -> Alarm | None:
    if not one.ok:
        return _failed(world, account, one)
    weighed = weigh(world, account, one)
    score = weighed.score
    if account.count:
        _noted(world, score)
    if score >= world.threshold and not harmless(one.row):
        kind: Alarming = "impossible travel" if weighed.journey else "strange sign-in"
        return _told(account, Alarm(one, kind, score, world.threshold, reasons(account, one, weighed)))
    _learn(world, account, one, weighed)
    return None


def _failed(world: Everybody, account: Account, one: SignIn) -> Alarm | None:
    """A failure: one of many of this account, or one of many of this network."""
    if one.account >= 0:
        account.failures.append((one.at, one.network))
    around = world.failing.setdefault(one.network, {})
    if len(around) >= _MANY:
        for who in [who for who, at in around.items() if at < one.at - DAY]:
            del around[who]
    around[one.account] = one.at
    hit = [who for who, at in around.items() if at > one.at - HOUR] if len(around) >= _SPRAYED else []
    if one.network and len(hit) >= _SPRAYED and world.sprayed.get(one.network, -DAY) < one.at - DAY:
        world.sprayed[one.network] = one.at
        words = f"a network failed to sign in to {len(hit):,} accounts within an hour"
        return Alarm(one, "password spraying", float(len(hit)), float(_SPRAYED), (words,))
    if one.account < 0:
        return None
    weighed = weigh(world, account, one)
    if weighed.failures < _GUESSED or weighed.score < world.threshold:
        return None
    kind: Alarming = "password guessing"
    return _told(
        account, Alarm(one, kind, weighed.score, world.threshold, reasons(account, one, weighed)), span=DAY
    )


def _told(account: Account, alarm: Alarm, span: float = 30 * DAY) -> Alarm | None:
    """The alarm, unless the same origin has just raised it: a person looks at it once."""
    origin = (alarm.kind, alarm.of.device, alarm.of.network)
    if alarm.kind == "password guessing":
        origin = (alarm.kind, 0, alarm.of.network)
    if account.told.get(origin, float("-inf")) > alarm.of.at - span:
        return None
    account.told[origin] = alarm.of.at
    return alarm


def weigh(world: Everybody, account: Account, one: SignIn) -> Weighed:
    """The parts of the score of a sign-in, before anything is learned from it."""
    count = account.count
    new = (
        (_NEW_DEVICE if one.device not in account.devices else 0)
        | (_NEW_NETWORK if one.network not in account.networks else 0)
        | (_NEW_OPERATOR if one.operator and one.operator not in account.operators else 0)
        | (_NEW_COUNTRY if one.country and one.country not in account.countries else 0)
    )
    age = _age(count)
    failures = account.failures
    while failures and failures[0][0] < one.at - HOUR:
        failures.popleft()
    failing = bisect_left((0, 1, 2, 4), len(failures)) if failures else 0
    others = 0
    if around := world.failing.get(one.network):
        day = one.at - DAY
        others = bisect_left((0, 2, 9), sum(at > day and who != one.account for who, at in around.items()))
    journey = int(bool(new & _NEW_NETWORK) and _too_fast(account, one))
    learned = world.learned[0] + world.learned[1]
    free = (0 if one.operator else _NEW_OPERATOR) | (0 if one.country else _NEW_COUNTRY)
    pattern = 0.0
    if count:
        stranger, owner = _mass(_strangers(), new, free), _mass(world.patterns[age], new, free)
        pattern = log(stranger * world.ages[age] / owner)
    return Weighed(
        new, age, len(failures), others, journey,
        (
            pattern,
            _hour(world, account, one.at) if count else 0.0,
            log(_FAILED[failing] * (_BELIEF + learned) / world.failed[failing]),
            log(_OTHERS[others] * (_BELIEF + learned) / world.others[others]),
            log(_TRAVEL[journey] * (10 * _BELIEF + learned) / world.travel[journey]),
        ),
    )  # fmt: skip


def _mass(table: Sequence[float], new: int, free: int) -> float:
    """What a table of patterns says of this one, where it does not matter whether the free parts are new."""
    if not free:
        return table[new]
    return sum(one for place, one in enumerate(table) if place & ~free == new)


def _learn(world: Everybody, account: Account, one: SignIn, weighed: Weighed) -> None:
    if account.count:
        world.patterns[weighed.age][weighed.new] += 1
        world.ages[weighed.age] += 1
    world.failed[bisect_left((0, 1, 2, 4), weighed.failures)] += 1
    world.others[weighed.others] += 1
    world.travel[weighed.journey] += 1
    slot = _slot(one.at)
    world.hours[slot] += 1
    world.learned[slot // 24] += 1
    account.hours[slot] += 1
    account.days[slot // 24] += 1
    account.count += 1
    account.devices[one.device] = account.devices.get(one.device, 0) + 1
    account.networks[one.network] = account.networks.get(one.network, 0) + 1
    if one.operator:
        account.operators[one.operator] = account.operators.get(one.operator, 0) + 1
    if one.country:
        account.countries[one.country] = account.countries.get(one.country, 0) + 1
        account.last, account.country = one.at, one.country
    account.failures.clear()


def _noted(world: Everybody, score: float) -> None:
    """Count a score, and now and then move the bar to where the budget of alarms is."""
    world.scores[min(_STEPS - 1, max(0, int((score + 10) * 10)))] += 1
    world.seen += 1
    if world.seen % 256:
        return
    left, place = world.seen * world.budget / 1000, _STEPS
    while place and left >= world.scores[place - 1]:
        place -= 1
        left -= world.scores[place]
    world.threshold = min(CEILING, max(FLOOR, place / 10 - 10))


def _hour(world: Everybody, account: Account, at: float) -> float:
    slot = _slot(at)
    kind, hour = divmod(slot, 24)
    own, everybody, first, other = account.hours, world.hours, 24 * kind, 24 - 24 * kind
    before, after = (hour - 1) % 24, (hour + 1) % 24
    seen: float = own[first + before] + own[slot] + own[first + after]
    seen += 0.5 * (own[other + before] + own[other + hour] + own[other + after])
    usual = everybody[first + before] + everybody[slot] + everybody[first + after]
    total = account.days[kind] + 0.5 * account.days[1 - kind]
    return log((3 / 24) * (total + 4.0) / (seen + 4.0 * usual / (24 + world.learned[kind])))


def _too_fast(account: Account, one: SignIn) -> bool:
    if not one.country or not account.country or one.country == account.country:
        return False
    far = distance(account.country, one.country)
    return far > _FAR and far / max(one.at - account.last, 60.0) * HOUR > _FAST


def reasons(account: Account, one: SignIn, weighed: Weighed) -> tuple[str, ...]:
    """What is strange about a sign-in, the gravest first, in words and without any value of it."""
    pattern, hour, failures, others, _ = weighed.parts
    found: list[tuple[float, str]] = []
    new = [name for place, name in enumerate(_NAMES) if weighed.new >> place & 1]
    if new and pattern > 0:
        words = f"{', '.join(new[:-1])} and {new[-1]}" if len(new) > 1 else new[0]
        found.append((pattern, f"new {words}, not seen in {_times(account.count)}"))
    if hour > log(2):
        slot = _slot(one.at)
        seen = account.hours[slot % 24] + account.hours[24 + slot % 24]
        often = "at an hour never seen" if not seen else "at an unusual hour"
        found.append((hour, f"{often}: {seen:,} of {_times(account.count)} at that hour"))
    if weighed.failures and failures > 0:
        found.append((failures, f"{_times(weighed.failures, 'failed attempt')} in the hour before"))
    if weighed.others and others > 0:
        found.append((others, "the same network failed to sign in to other accounts that day"))
    if weighed.journey:
        far = round(distance(account.country, one.country), -2)
        span = _long(one.at - account.last)
        found.append((9.0, f"about {far:,.0f} km from the last sign-in, {span} before"))
    return tuple(words for _, words in sorted(found, reverse=True))


def _times(count: int, what: str = "sign-in") -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _long(seconds: float) -> str:
    if seconds < 2 * HOUR:
        return _times(max(1, round(seconds / 60)), "minute")
    return _times(round(seconds / HOUR), "hour")


def distance(here: str, there: str) -> float:
    """Kilometres between the middles of two countries; 0 where one of them is not known."""
    one, other = centres().get(here), centres().get(there)
    if one is None or other is None:
        return 0.0
    (north, east), (up, right) = map(_radians, (one, other))
    half = sin((up - north) / 2) ** 2 + cos(north) * cos(up) * sin((right - east) / 2) ** 2
    return 12_742 * asin(sqrt(half))


def _radians(place: tuple[float, float]) -> tuple[float, float]:
    return radians(place[0]), radians(place[1])


@cache
def centres() -> dict[str, tuple[float, float]]:
    """The middle of each country in degrees north and east, by ISO 3166 code; good to some hundred kilometres."""
    lines = files("troth.duties").joinpath("law", "centres.tsv").read_text("utf-8").splitlines()
    return {code: (float(north), float(east)) for code, north, east in map(str.split, lines)}


def _slot(at: float) -> int:
    """The hour of the day, UTC, on one of two kinds of days: 0 to 23 from Monday to Friday, 24 to 47 at weekends."""
    day = int(at // DAY)
    return int(at % DAY // HOUR) + (24 if (day + 3) % 7 >= 5 else 0)  # 1970 began on a Thursday


@cache
def _age(count: int) -> int:
    return bisect_left(_AGES, count + 1) - 1


@cache
def _strangers() -> tuple[float, ...]:
    return tuple(sum(share * _chance(pattern, often) for share, often in _STRANGERS) for pattern in range(16))


def _believed(often: tuple[float, ...]) -> list[float]:
    """Sign-ins of owners by pattern, as believed before any was seen; new things come together now and then."""
    alone = [_chance(pattern, often) for pattern in range(16)]
    return [_BELIEF * (0.97 * one + 0.03 / 16) for one in alone]


def _chance(pattern: int, often: tuple[float, ...]) -> float:
    found = 1.0
    for place, one in enumerate(often):
        found *= one if pattern >> place & 1 else 1 - one
    return found
