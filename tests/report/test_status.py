"""The algebra of statuses: checks to promises to sentences, against a slow and obvious oracle."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from tests.report import sample
from troth.model.policy import Binding, Policy, Promise, Proof
from troth.model.sentence import Sentence
from troth.model.showing import Shown, Status
from troth.report.pictures import Pictures
from troth.report.report import Book, Report, Words, report

NOW = datetime(2026, 11, 27, tzinfo=UTC)
ENDS: tuple[Status, ...] = ("broken", "not shown", "attested", "kept")
Checks = list[Status | None]


def built(promises: list[Checks], bound: list[list[int]], drafts: frozenset[int] = frozenset()) -> Report:
    """The report of a policy: statuses of the checks of each promise (None: not carried out), promises of each sentence."""
    shown, made = [], []
    for number, checks in enumerate(promises):
        proofs = tuple(Proof(f"c{place}") for place in range(len(checks)))
        made.append(Promise(f"p{number}", "use", "", proofs=proofs, draft=0.5 if number in drafts else None))
        shown += [
            Shown(f"p{number}", f"c{place}", one, f"{one} {number}.{place}", entries=(number * 10 + place,))
            for place, one in enumerate(checks)
            if one is not None
        ]
    sentences = tuple(
        Binding(
            Sentence(f"s{number}", 1, "We promise."),
            tuple(f"p{one}" for one in names),
            None if names else "aim",
        )
        for number, names in enumerate(bound)
    )
    policy = Policy("x", "1", "en", ("dpv-2.3", "troth-cloud-1"), sentences, tuple(made))
    return report(policy, shown, Words(), generated=NOW, book=Book(), pictures=Pictures())


def slow(statuses: list[Status]) -> Status:
    """The status of a whole, written out case by case."""
    if "broken" in statuses:
        return "broken"
    if not statuses or "not shown" in statuses:
        return "not shown"
    if "attested" in statuses:
        return "attested"
    return "kept"


@st.composite
def policies(draw: st.DrawFn) -> tuple[list[Checks], list[list[int]], frozenset[int]]:
    """Promises with statuses of checks, sentences with promises, and which promises are drafts."""
    one = st.lists(st.sampled_from([*ENDS, None]), max_size=4)
    promises = draw(st.lists(one, min_size=1, max_size=5))
    names = st.integers(0, len(promises) - 1)
    bound = draw(st.lists(st.lists(names, unique=True, max_size=3), min_size=1, max_size=6))
    return promises, bound, draw(st.frozensets(names, max_size=2))


@given(policies())
def test_as_its_gravest(case: tuple[list[Checks], list[list[int]], frozenset[int]]) -> None:
    """Promises are as their gravest check and sentences as their gravest promise; nothing is kept by default."""
    promises, bound, drafts = case
    found = built(promises, bound, drafts)
    expected = []
    for number, checks in enumerate(promises):
        seen: list[Status] = ["not shown" if one is None else one for one in checks]
        expected.append(slow([*seen, "not shown"] if number in drafts else seen))
    assert [one.status for one in found.promises] == expected
    for line, names in zip(found.lines, bound, strict=True):
        assert line.status == (slow([expected[one] for one in names]) if names else "information")
        assert line.why or not names
        own = {
            one * 10 + place for one in names for place, each in enumerate(promises[one]) if each is not None
        }
        assert set(line.evidence) == own
    assert sum(found.counts.values()) == len(bound)


@given(policies())
def test_attested_by_an_attestation(case: tuple[list[Checks], list[list[int]], frozenset[int]]) -> None:
    """A sentence is attested only where a check of it is attested and no check is graver."""
    promises, bound, drafts = case
    for line, names in zip(built(promises, bound, drafts).lines, bound, strict=True):
        ends = [each for one in names for each in promises[one]]
        if line.status == "attested":
            assert "attested" in ends
            assert not {"broken", "not shown", None} & set(ends)


def test_why() -> None:
    """The reason of a sentence is that of its gravest checks, said once; a draft and a missing check say so."""
    found = built([["kept", "broken"], [], ["kept"], [None]], [[0, 2], [1], [2], [3]], frozenset({2}))
    assert [line.why for line in found.lines] == [
        "broken 0.1", "the promise names no check", "nobody has accepted this draft", "it was not looked at",
    ]  # fmt: skip


def test_unbound_sentence() -> None:
    """A sentence that nobody bound is not shown, and one that is information keeps its reason."""
    sentences = (Binding(Sentence("a", 1, "We act.")), Binding(Sentence("b", 2, "Hello."), reason="greeting"))
    policy = Policy("x", "1", "en", (), sentences, ())
    words = Words(reasons={"a": "nobody has bound this sentence yet", "b": "a greeting"})
    found = report(policy, (), words, generated=NOW, book=Book(), pictures=Pictures())
    assert [(one.status, one.why) for one in found.lines] == [
        ("not shown", "nobody has bound this sentence yet"), ("information", "a greeting"),
    ]  # fmt: skip
    assert found.operational == ()


def test_same_check_twice() -> None:
    """A promise that names a check twice has two ends of it, in order."""
    promise = Promise("p", "use", "", proofs=(Proof("scan", ("1",)), Proof("scan", ("2",))))
    policy = Policy("x", "1", "en", (), (Binding(Sentence("s", 1, "We act."), ("p",)),), (promise,))
    ends = (Shown("p", "scan", "kept", "first"), Shown("p", "scan", "broken", "second"))
    found = report(policy, ends, Words(), generated=NOW, book=Book(), pictures=Pictures())
    assert [one.why for one in found.promises[0].checks] == ["second", "first"]


def test_json_shape() -> None:
    """The JSON has the shape that the issue and the page of the report promise, for all 101 sentences."""
    found = sample.sample().as_json()
    assert list(found)[:2] == ["policy", "sentences"]
    assert found["policy"] == sample.policy().hash
    keys = {"id", "text", "operational", "status", "why", "figures", "evidence"}
    assert all(set(one) == keys for one in found["sentences"])
    assert len(found["sentences"]) == 101
    assert sum(one["operational"] for one in found["sentences"]) == 67
    assert {one["status"] for one in found["sentences"]} == {
        "kept",
        "broken",
        "attested",
        "not shown",
        "information",
    }
    assert all((one["status"] == "information") != one["operational"] for one in found["sentences"])
    broken = next(one for one in found["sentences"] if one["status"] == "broken")
    assert {"name": "rows past their period", "value": 3, "of": 1203441, "unit": "rows"}.items() <= next(
        one for one in broken["figures"] if one["value"] == 3
    ).items()
    assert 500 in broken["evidence"]


def test_last_evidence() -> None:
    """The last evidence of a sentence is the newest entry that this run of the checks did not write itself."""
    assert {line.last for line in sample.sample().operational} == {500}
