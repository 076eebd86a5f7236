"""How well abnormal sign-ins are found, and how fast: recall by kind of attack, false alarms by kind of owner.

    .venv/bin/python -m bench.signins [--accounts 3000] [--days 300] [--seed 7] [--budget 2]

The sign-ins are invented and labelled here. Owners have homes, offices behind one address, mobile networks that change
their addresses, trips, new telephones, VPNs and bad memories; strangers come in five ways, some of them careful.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from troth.duties.habits import DAY, HOUR, Everybody, SignIn, watch

START = 1_750_000_000
ABROAD = ("JP", "TW", "TH", "GB", "SG", "US", "FR")
STRANGE = ("RO", "BR", "NL", "RU", "VN", "US", "CN", "HK")
ATTACKS = {
    "takeover from abroad": 0.010,
    "takeover nearby, at the usual hour": 0.005,
    "guessing, then in": 0.008,
    "guessing, never in": 0.008,
    "copied session, far away": 0.006,
}
"""Kind of attack and the share of accounts that it happens to; stuffing comes from one network to many accounts."""


@dataclass(slots=True)
class Made:
    """Sign-ins with what they are: `labels` says by row, "owner" or an attack; `episode` which attack it belongs to."""

    rows: list[SignIn] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    episodes: dict[str, int] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    numbers: int = 1000

    def number(self) -> int:
        """A number that nothing else has."""
        self.numbers += 1
        return self.numbers

    def put(self, one: SignIn, label: str, episode: int = -1) -> None:
        """One more sign-in."""
        self.rows.append(one)
        self.labels[one.row] = label
        if episode >= 0:
            self.episodes[one.row] = episode


@dataclass(slots=True)
class Owner:
    """How somebody signs in."""

    number: int
    devices: list[int]
    home: tuple[int, int, str]
    office: tuple[int, int, str] | None
    mobile: list[tuple[int, int, str]]
    hour: float
    forgets: float
    vpn: tuple[int, int, str] | None


def make(accounts: int, days: int, luck: random.Random) -> Made:
    """Invent the sign-ins of so many accounts over so many days, in the order of time."""
    made = Made()
    operators = [made.number() for _ in range(6)]
    towers = [[made.number() for _ in range(60)] for _ in range(2)]
    offices = [(made.number(), luck.choice(operators), "HK") for _ in range(max(3, accounts // 40))]
    vpns = [(made.number(), made.number(), country) for country in ("SG", "NL", "US")]
    owners = []
    for number in range(accounts):
        mobile = luck.randrange(2)
        owners.append(
            Owner(
                number, [made.number() for _ in range(luck.choice((1, 2, 2, 3)))],
                (made.number(), luck.choice(operators), luck.choice(("HK", "HK", "HK", "CN", "MO"))),
                luck.choice(offices) if luck.random() < 0.5 else None,
                [(one, operators[mobile], "HK") for one in luck.sample(towers[mobile], 25)],
                luck.gauss(6, 3) % 24, luck.choice((0.01, 0.02, 0.1)),
                luck.choice(vpns) if luck.random() < 0.05 else None,
            )
        )  # fmt: skip
    for owner in owners:
        _lives(made, owner, days, luck)
    _attacks(made, owners, days, luck)
    for _ in range(3):
        _stuffing(made, owners, days, luck)
    made.rows.sort(key=lambda one: one.at)
    return made


def _lives(made: Made, owner: Owner, days: int, luck: random.Random) -> None:
    pace = luck.expovariate(1 / 0.35)
    joined = luck.uniform(0, days * 0.7)
    trips = [(luck.uniform(joined, days), luck.uniform(2, 12)) for _ in range(luck.choice((0, 0, 1, 2)))]
    moves = luck.uniform(joined, days * 4)
    abroad: dict[int, tuple[int, int, str]] = {}
    day = joined
    while (day := day + luck.expovariate(pace + 0.02)) < days:
        at = START + int(day) * DAY + ((owner.hour + luck.gauss(0, 2.2)) % 24) * HOUR
        if luck.random() < 0.004:
            owner.devices.append(made.number())
        if day > moves:
            owner.home, moves = (made.number(), owner.home[1], owner.home[2]), days * 9
        place = owner.home
        roll = luck.random()
        if owner.office and roll < 0.4:
            place = owner.office
        elif roll < 0.55:
            place = luck.choice(owner.mobile)
        elif owner.vpn and roll < 0.8:
            place = owner.vpn
        for number, (when, long) in enumerate(trips):
            if when < day < when + long:
                place = abroad.setdefault(number, (made.number(), made.number(), luck.choice(ABROAD)))
        device = luck.choice(owner.devices[-3:])
        while luck.random() < owner.forgets:
            _row(made, owner.number, at, (device, place), ok=False)
            at += luck.uniform(5, 60)
        _row(made, owner.number, at, (device, place), ok=True)


def _row(  # noqa: PLR0913 - what a sign-in is, and what it is in truth
    made: Made,
    account: int,
    at: float,
    origin: tuple[int, tuple[int, int, str]],
    *,
    ok: bool,
    label: tuple[str, int] = ("owner", -1),
) -> None:
    device, (network, operator, country) = origin
    one = SignIn(str(len(made.rows)), account, at, device, network, operator, country, ok)
    made.put(one, *label)


def _attacks(made: Made, owners: list[Owner], days: int, luck: random.Random) -> None:
    for kind, share in ATTACKS.items():
        for owner in luck.sample(owners, max(5, int(len(owners) * share))):
            _attack(made, owner, (kind, days), luck)


def _attack(made: Made, owner: Owner, what: tuple[str, int], luck: random.Random) -> None:
    kind, days = what
    episode = made.number()
    made.counts[kind] += 1
    at = START + luck.uniform(days * 0.5, days) * DAY
    place = (made.number(), made.number(), luck.choice(STRANGE))
    device, label = made.number(), (kind, episode)
    if kind.startswith("takeover nearby"):
        at = at - at % DAY + ((owner.hour + luck.gauss(0, 1.5)) % 24) * HOUR
        place = (made.number(), owner.home[1], owner.home[2])
    if kind.startswith("guessing"):
        for _ in range(luck.randrange(3, 12)):
            _row(made, owner.number, at, (device, place), ok=False, label=label)
            at += luck.uniform(2, 120)
        if kind.endswith("never in"):
            return
    if kind.startswith("copied"):
        # the owner has just signed in; the copy of the session carries the same device
        device, place = owner.devices[0], (place[0], place[1], luck.choice(("RO", "BR", "NL", "RU")))
        _row(made, owner.number, at - luck.uniform(300, 7200), (device, owner.home), ok=True)
    _row(made, owner.number, at, (device, place), ok=True, label=label)


def _stuffing(made: Made, owners: list[Owner], days: int, luck: random.Random) -> None:
    """One network tries stolen passwords on many accounts, once each; one of fifty fits."""
    kind, network = "stuffing: the network", (made.number(), made.number(), luck.choice(STRANGE))
    at, episode = START + luck.uniform(days * 0.5, days) * DAY, made.number()
    made.counts[kind] += 1
    for place, owner in enumerate(luck.sample(owners, min(200, len(owners) // 4))):
        at += luck.uniform(1, 20)
        inside = place % 50 == 49
        if inside:
            made.counts["stuffing: who was in"] += 1
        label = ("stuffing: who was in", made.number()) if inside else (kind, episode)
        _row(made, owner.number, at, (made.number(), network), ok=inside, label=label)


def main() -> None:
    """Invent, look, and print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--accounts", type=int, default=3000)
    parser.add_argument("--days", type=int, default=300)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--budget", type=float, default=2.0)
    options = parser.parse_args()
    luck = random.Random(options.seed)
    made = make(options.accounts, options.days, luck)
    world = Everybody(budget=options.budget)
    began = time.process_time()
    alarms = list(watch(world, made.rows))
    seconds = time.process_time() - began
    found: dict[str, set[int]] = defaultdict(set)
    false = []
    for alarm in alarms:
        label = made.labels[alarm.of.row]
        if label == "owner":
            false.append(alarm)
        else:
            found[label].add(made.episodes[alarm.of.row])
    print(
        f"{len(made.rows):,} sign-ins of {options.accounts:,} accounts, {len(made.rows) / seconds:,.0f} rows/s"
    )
    for kind, count in made.counts.items():
        print(f"  {kind:36} {len(found[kind]):4} of {count:4} found  {100 * len(found[kind]) / count:5.1f} %")
    owners = sum(label == "owner" for label in made.labels.values())
    print(f"false alarms: {len(false):,}, {1000 * len(false) / owners:.2f} for 1,000 sign-ins of owners")
    for kind, count in Counter(one.kind for one in false).most_common():
        print(f"  {kind:36} {count:4}")
    print(f"threshold at the end: {world.threshold:.1f}")
    for words, count in Counter(one.reasons[0].split(",")[0] for one in false if one.reasons).most_common(6):
        print(f"  {words:60} {count}")


if __name__ == "__main__":
    main()
