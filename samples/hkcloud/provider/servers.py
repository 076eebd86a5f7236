"""Cloud servers: what was ordered, who signed in to them, and what was measured."""

from __future__ import annotations

import json

from samples.hkcloud.provider.chance import DAY, HOUR, maybe, stamp
from samples.hkcloud.provider.world import Customer, Thing, World

PLANS = (
    ("cn2-1c-1g", 1, 1, 25),
    ("cn2-2c-4g", 2, 4, 60),
    ("cn2-4c-8g", 4, 8, 120),
    ("cn2-8c-16g", 8, 16, 240),
)
PRICES = {"cn2-1c-1g": 36_00, "cn2-2c-4g": 88_00, "cn2-4c-8g": 198_00, "cn2-8c-16g": 420_00}
_IMAGES = ("Debian 12", "Ubuntu 24.04", "Rocky 9", "Windows Server 2022")
_REGIONS = ("hk-1", "hk-2", "sz-1")
_USES = ("web", "mail", "db", "game", "shop", "test")
_STEP = 5 * DAY  # between two kept samples; the heavy customer keeps one every hour
REACH = 480 * DAY  # samples older than that were never kept


def server(world: World, made: Customer, account: int, at: int) -> tuple[int, str, Thing]:
    """Make a server that begins at `at`, with logins and samples; gives its number and plan."""
    luck = made.luck
    plan, cpus, memory, disk = luck.pick(PLANS)
    ended = made.closed
    if luck.happens(0.25):
        stop = luck.between(at + 20 * DAY, made.end)
        ended = stop if at + 20 * DAY < made.end else ended
    end = ended or world.now
    use = luck.pick(_USES)
    keys = [f"ssh-ed25519 AAAAC3{luck.letters(20)} {made.person.slug}@notebook"] if luck.happens(0.4) else []
    config = {"cpus": cpus, "disk_gb": disk, "memory_gb": memory, "ssh_keys": keys, "tags": [use]}
    name = f"{use}-{made.number}-{luck.letters(3)}"
    number = world.add(
        "servers", account, name, plan, luck.pick(_REGIONS),
        f"192.0.2.{luck.whole(1, 254)}", luck.pick(_IMAGES), "ended" if ended else "running", stamp(at), maybe(ended),
        json.dumps(config, sort_keys=True),
    )  # fmt: skip
    world.expires("server", "servers", ended)
    for _ in range(luck.few(3 * made.lively)):
        _login(world, made, number, (at, end))
    first = max(at + luck.whole(60, _STEP), end - REACH, world.now - REACH)
    samples(world, made, (number, memory, disk), range(first, end, _STEP))
    return number, plan, Thing("server", name, at, end)


def _login(world: World, made: Customer, server_number: int, time: tuple[int, int]) -> None:
    luck, (start, end) = made.luck, time
    at = luck.between(max(start, end - 470 * DAY), end)
    user = luck.weigh((("root", 0.5), ("ubuntu", 0.2), (made.person.slug.replace(".", "")[:20], 0.3)))
    lasted = min(luck.whole(20, 4 * HOUR), end - at) if luck.happens(0.95) else None
    world.add("server_logins", server_number, user, made.home.address(luck), stamp(at), lasted)
    world.expires("usage", "server_logins", at)


def samples(world: World, made: Customer, what: tuple[int, int, int], times: range) -> None:
    """One row for each moment; the busiest loop of the generator."""
    (number, memory, disk), put, random = what, world.put, made.luck.random.random
    level, most, used = 4 + 50 * random() ** 2, memory * 1024, int(disk * (0.2 + 0.5 * random()))
    for at in times:
        drawn = random()
        cpu = f"{level * (0.5 + drawn):.2f}"
        traffic = int(drawn * drawn * 4_000_000_000)
        row = (
            number,
            stamp(at),
            cpu,
            int(most * (0.3 + 0.6 * drawn)),
            used,
            traffic,
            int(traffic * (0.2 + drawn)),
        )
        put("usage_samples", row)
    cut = world.cuts["usage"]
    world.truth.expired["usage:usage_samples"] += sum(1 for at in times if at <= cut)


def crowd(world: World, made: Customer, account: int, rows: int) -> None:
    """The servers of the heavy customer, with `rows` samples together, one every hour."""
    luck, left = made.luck, rows
    while left > 0:
        some = min(left, 8000)
        start = max(made.created, world.now - (some + 1) * HOUR)
        number = world.add(
            "servers", account, f"farm-{made.number}-{luck.letters(4)}", "cn2-8c-16g", "hk-1",
            f"192.0.2.{luck.whole(1, 254)}", "Debian 12", "running", stamp(start), None,
            json.dumps({"cpus": 8, "disk_gb": 240, "memory_gb": 16, "ssh_keys": [], "tags": ["farm"]}),
        )  # fmt: skip
        step = max(1, min(HOUR, (world.now - start) // (some + 1)))
        samples(world, made, (number, 16, 240), range(start + step, start + step * (some + 1), step))
        left -= some
