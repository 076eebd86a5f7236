"""Decisions: one by one with their explanation, and a million at once, beside cedarpy and pycasbin on the same 60 rules.

    python bench/decide.py

Prints our figure, the reference and the ratio from the same run. CPU seconds are of this process.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from itertools import cycle, islice

import numpy as np

from troth.decision.batch import Batch
from troth.decision.table import Table, table
from troth.model.condition import FactValue
from troth.model.policy import Policy
from troth.policy.bind import compile_file

VERBS = ("use", "share", "collect")
DATA = (
    "email-address",
    "name",
    "telephone-number",
    "ip-address",
    "server-usage",
    "dns-record",
    "payment-information",
    "order-information",
    "support-ticket",
    "physical-address",
)
PURPOSES = (
    "account-management",
    "payment-management",
    "customer-care",
    "direct-marketing",
    "enforce-security",
    "legal-compliance",
)
RECIPIENTS = ("", "payment-processor", "support-provider")
COUNT = 1_000_000


def rules(seed: int = 7) -> list[tuple[str, str, str, str, str, str]]:
    """Sixty rules: mode, verb, data, purpose, recipient ("" for any), condition."""
    chance = random.Random(seed)
    found: dict[tuple[str, str, str, str], tuple[str, str]] = {}
    while len(found) < 60:
        verb = chance.choice(VERBS)
        recipient = chance.choice(RECIPIENTS[1:]) if verb == "share" else ""
        key = (verb, chance.choice(DATA), chance.choice(PURPOSES), recipient)
        mode = "never" if len(found) % 10 == 9 else "may"
        found[key] = (mode, chance.choice(("", "", "consent is given", "not minor")))
    return [(mode, *key, condition) for key, (mode, condition) in found.items()]


def as_policy(rows: list[tuple[str, str, str, str, str, str]]) -> Policy:
    """The rules as a Troth policy."""
    lines = [
        "+++",
        'provider = "Bench"',
        'version = "1"',
        "+++",
        "",
        "We keep our promises. {#s1 p}",
        "",
        "```troth",
        'promise p use "Sixty rules"',
    ]
    for mode, verb, data, purpose, recipient, condition in rows:
        lines.append(
            f"  {mode} {verb} {data} for {purpose}"
            + (f" to {recipient}" if recipient else "")
            + (f" if {condition}" if condition else "")
        )
    lines += ["  prove refusal-test", "```", ""]
    return compile_file("\n".join(lines).encode(), "bench.troth.md").policy


def requests(count: int, seed: int = 11) -> list[tuple[str, str, str, str, dict[str, FactValue]]]:
    """Random requests with the facts the rules need."""
    chance = random.Random(seed)
    made = []
    for _ in range(count):
        verb = chance.choice(VERBS)
        recipient = chance.choice(RECIPIENTS[1:]) if verb == "share" else ""
        facts: dict[str, FactValue] = {
            "consent": chance.choice(("given", "refused")),
            "minor": chance.random() < 0.1,
        }
        made.append((verb, chance.choice(DATA), chance.choice(PURPOSES), recipient, facts))
    return made


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds of the best of five runs."""
    best = float("inf")
    for _ in range(5):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def singles(one: Table, asked: list[tuple[str, str, str, str, dict[str, FactValue]]]) -> float:
    """Decisions a CPU second, each with its explanation."""
    decide = one.decide

    def work() -> None:
        for verb, data, purpose, recipient, facts in asked:
            decide(verb, data, purpose, recipient, facts)

    return len(asked) / cpu(work)


def batch(
    one: Table, asked: list[tuple[str, str, str, str, dict[str, FactValue]]]
) -> tuple[float, float, list[bool]]:
    """Milliseconds for a million decisions on coded columns, for coding them, and the answers."""
    made = Batch(one)
    start = time.process_time()
    words = (
        [row[0] for row in asked],
        [row[1] for row in asked],
        [row[2] for row in asked],
        [row[3] for row in asked],
    )
    columns = [made.code(name, column) for name, column in zip(made.columns, words, strict=True)]
    facts = {name: made.code_fact(name, [row[4].get(name) for row in asked]) for name in made.facts}
    coding = time.process_time() - start
    answers = made.decide(columns[0], columns[1], columns[2], columns[3], facts)
    seconds = cpu(lambda: made.decide(columns[0], columns[1], columns[2], columns[3], facts))
    return seconds * 1000, coding * 1000, answers.allowed.tolist()


def cedar(
    rows: list[tuple[str, str, str, str, str, str]],
    asked: list[tuple[str, str, str, str, dict[str, FactValue]]],
) -> tuple[float, list[bool]]:
    """Decisions a CPU second of cedarpy, and its answers."""
    import cedarpy  # noqa: PLC0415 - only installed for benchmarks

    text = []
    for mode, verb, data, purpose, recipient, condition in rows:
        effect = "forbid" if mode == "never" else "permit"
        parts = [f'context.purpose == "{purpose}"'] + (
            [f'context.recipient == "{recipient}"'] if recipient else []
        )
        parts += {"consent is given": ['context.consent == "given"'], "not minor": ["!context.minor"]}.get(
            condition, []
        )
        text.append(
            f'{effect}(principal, action == Action::"{verb}", resource == Data::"{data}") when {{ {" && ".join(parts)} }};'
        )
    policies = "\n".join(text)
    calls = [
        {
            "principal": 'Actor::"a"',
            "action": f'Action::"{verb}"',
            "resource": f'Data::"{data}"',
            "context": {"purpose": purpose, "recipient": recipient, **facts},
        }
        for verb, data, purpose, recipient, facts in asked
    ]
    answers: list[bool] = []

    def work() -> None:
        answers[:] = [result.allowed for result in cedarpy.is_authorized_batch(calls, policies, [])]

    return len(asked) / cpu(work), answers


def casbin(
    rows: list[tuple[str, str, str, str, str, str]],
    asked: list[tuple[str, str, str, str, dict[str, FactValue]]],
) -> tuple[float, list[bool]]:
    """Decisions a CPU second of pycasbin, and its answers."""
    import casbin as peer  # noqa: PLC0415 - only installed for benchmarks

    model = peer.Model()
    model.add_def("r", "r", "verb, data, purpose, recipient, consent, minor")
    model.add_def("p", "p", "verb, data, purpose, recipient, need, eft")
    model.add_def("e", "e", "some(where (p.eft == allow)) && !some(where (p.eft == deny))")
    need = '(p.need == "-" || (p.need == "consent" && r.consent == "given") || (p.need == "adult" && r.minor == "no"))'
    same = "r.verb == p.verb && r.data == p.data && r.purpose == p.purpose"
    to = '(p.recipient == "-" || r.recipient == p.recipient)'
    model.add_def("m", "m", f"{same} && {to} && {need}")
    enforcer = peer.Enforcer(model)
    for mode, verb, data, purpose, recipient, condition in rows:
        wanted = {"consent is given": "consent", "not minor": "adult"}.get(condition, "-")
        enforcer.add_policy(
            verb, data, purpose, recipient or "-", wanted, "deny" if mode == "never" else "allow"
        )
    calls = [(v, d, p, r, f["consent"], "yes" if f["minor"] else "no") for v, d, p, r, f in asked]
    answers: list[bool] = []

    def work() -> None:
        answers[:] = [enforcer.enforce(*call) for call in calls]

    return len(asked) / cpu(work), answers


def main() -> int:
    """Prints the table; exit code 1 when answers differ."""
    rows = rules()
    one = table(as_policy(rows))
    few = requests(20_000)
    many = list(islice(cycle(few), COUNT))
    ours = [one.decide(*row).allowed for row in few]
    rate = singles(one, few)
    milliseconds, coding, answers = batch(one, many)
    peer_asked = few[:500]
    cedar_rate, cedar_answers = cedar(rows, peer_asked)
    casbin_rate, casbin_answers = casbin(rows, peer_asked)
    print(f"{'what':54}{'troth':>14}{'reference':>14}{'ratio':>10}")
    print(
        f"{'single decisions with explanation, per CPU second':54}{rate:14,.0f}{1_000_000:14,.0f}{rate / 1_000_000:10.2f}  (goal)"
    )
    print(
        f"{'1,000,000 decisions in a batch, ms CPU':54}{milliseconds:14.1f}{25:14.1f}{25 / milliseconds:10.2f}  (goal)"
    )
    print(f"{'  coding the million rows once, ms CPU':54}{coding:14.1f}")
    print(
        f"{'single decisions beside cedarpy (batch call)':54}{rate:14,.0f}{cedar_rate:14,.0f}{rate / cedar_rate:10.0f}"
    )
    print(
        f"{'single decisions beside pycasbin':54}{rate:14,.0f}{casbin_rate:14,.0f}{rate / casbin_rate:10.0f}"
    )
    same = answers[: len(few)] == ours and cedar_answers == ours[:500] and casbin_answers == ours[:500]
    print(f"answers of all four: {'identical' if same else 'DIFFERENT'} ({np.mean(ours):.0%} allowed)")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
