"""The provider's own people and papers: staff, training, versions of the policy, incidents, weaknesses."""

from __future__ import annotations

from samples.hkcloud.provider.chance import DAY, HOUR, Chance, chance, maybe, stamp
from samples.hkcloud.provider.world import BEGAN, World

VERSIONS = (
    ("2015-03-01", BEGAN, "business"),
    ("2019-06-01", 1_559_347_200, "law"),
    ("2022-03-15", 1_647_302_400, "practice"),
    ("2025-05-14", 1_747_180_800, "law"),
)
_ROLES = (
    "support",
    "support",
    "support",
    "billing",
    "security",
    "legal",
    "administrator",
    "data-protection-officer",
)
_NAMES = (
    "Ivy Tam|Kelvin Poon|Carmen Siu|Raymond Mak|Joyce Kwan|Alan Tse|Phoebe Lo|Edmund Hui|Liu Yang|Chen Jing|Gordon Fung|"
    "Queenie Yip|Zhou Lei|Mandy So|Tony Law|Ada Choi"
)
_FINDINGS = (
    "TLS 1.0 still offered by the mail gateway", "administration page without second factor", "old library in the console",
    "backup share readable by all staff", "verbose errors of the order page", "missing rate limit at sign-in",
)  # fmt: skip


def house(world: World, seed: int) -> None:
    """Everything that is there before the first customer comes, and the incidents, which come later."""
    luck = chance(seed, "house")
    for name, effective, reason in VERSIONS:
        world.put("policy_versions", (name, stamp(effective), reason, luck.letters(64, "0123456789abcdef")))
    for name in _NAMES.split("|"):
        _member(world, luck, name)
    for title in _FINDINGS:
        severity = luck.pick(("low", "medium", "high"))
        at = luck.between(world.now - 700 * DAY, world.now - 100 * DAY)
        late = world.fault("finding-not-repaired-in-time", luck, 0.2)
        repaired = None if late else at + luck.whole(2, 25) * DAY
        found_by = luck.pick(("scan", "penetration-test"))
        world.add("security_findings", severity, title, found_by, stamp(at), maybe(repaired))


def _member(world: World, luck: Chance, name: str) -> None:
    number = world.next("staff")
    joined = BEGAN - 30 * DAY if number <= len(_ROLES) else luck.between(BEGAN, world.now - 400 * DAY)
    left = luck.between(joined + 200 * DAY, world.now - 20 * DAY) if number > 12 else None
    closed = None if left is None else left + luck.whole(1, 20) * HOUR
    if left and world.fault("access-of-leaver-open", luck, 0.25):
        closed = None
    email = f"{name.lower().replace(' ', '.')}@staff.example"
    role = _ROLES[(number - 1) % len(_ROLES)]
    signed = joined + luck.whole(1, 6) * HOUR
    world.put("staff", (number, name, email, role, stamp(joined), maybe(left), maybe(closed), stamp(signed)))
    world.team.append((number, role, joined, left or world.now))
    _trained(world, luck, number, (signed, left))


def _trained(world: World, luck: Chance, number: int, time: tuple[int, int | None]) -> None:
    """A training every year; somebody may have missed the last one."""
    at, left = time
    end = left or world.now
    stop = end - 400 * DAY if left is None and world.fault("training-overdue", luck, 0.1) else end
    while at < stop:
        world.add("trainings", number, "information security", stamp(at), stamp(at + 365 * DAY))
        at += luck.whole(330, 360) * DAY


def incidents(world: World, seed: int) -> None:
    """Two incidents: an old one that is over, and one of last month whose persons are not all told yet."""
    luck = chance(seed, "incidents")
    for place, at in enumerate((world.now - 420 * DAY, world.now - 26 * DAY)):
        number = world.add(
            "incidents", f"INC-{place + 1:04}", ("medium", "high")[place],
            ("a lost notebook with an export of tickets", "a support mailbox was read by a stranger")[place],
            "keys withdrawn, passwords reset", stamp(at), stamp(at + luck.whole(2, 20) * HOUR),
        )  # fmt: skip
        for one in world.some:
            if one.created < at < one.end and luck.happens(0.4):
                told: int | None = at + luck.whole(4, 22) * HOUR
                if place and world.fault("breach-not-told", luck, 0.15):
                    told = None
                world.put("incident_persons", (number, one.number, maybe(told)))
