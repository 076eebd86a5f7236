"""What is learned from marked sentences: the tables belong to their sentences, and tell sentences that were never learned."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.likeness.learn import NONE, OTHER, digest, learn, read, read_policies, sources
from tests.house.tree import HOUSE
from tests.lint.lines import linted
from troth.policy.hanzi import simplified
from troth.policy.lint.broken_promises import MATTERS
from troth.policy.lint.learned import made, written
from troth.policy.lint.learned import read as loaded
from troth.policy.lint.likeness import Likeness, features, likeness, tokens, traits
from troth.policy.lint.marked_kinds import REMARKS
from troth.policy.lint.resembling import MARKED

LEARNING = HOUSE / "scripts" / "likeness"
LANGUAGES = ("en", "zh")


def held(language: str) -> list[tuple[frozenset[str], float, str]]:
    """The sentences that are never learned, with their kinds, odds, and the kind that they are taken for."""
    chinese = language == "zh"
    learned = likeness(chinese=chinese)
    found = []
    for kinds, text in read(LEARNING / f"held_{language}.tsv"):
        low = simplified(text.lower()) if chinese else text.lower().replace("’", "'")
        found.append(
            (kinds, learned.odds(low, chinese=chinese), learned.kinds_of(low, chinese=chinese)[0][0])
        )
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["likeness", "promises"])
def test_learned_from_these_sentences(name: str, language: str) -> None:
    """A file of weights names the sentences that it was learned from, so that nobody changes them without learning again."""
    data = (HOUSE / "src" / "troth" / "policy" / "lint" / f"{name}_{language}.npz").read_bytes()
    assert loaded(data)[1] == f"learned from sentences {digest(language)}", (
        f"run python scripts/likeness/learn.py {language}"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_never_learned(language: str) -> None:
    """What is held back is not among what is learned."""
    known = {text for path in sources(language) for _, text in read(path) if text}
    for name in ("held", "held_published"):
        assert not known & {text for _, text in read(LEARNING / f"{name}_{language}.tsv") if text}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["policies", "published", "held_published"])
def test_labels_of_policies(name: str, language: str) -> None:
    """Each sentence of the whole policies has labels that there are, and says either that it is fine or what is marked."""
    for labels, text in read(LEARNING / f"{name}_{language}.tsv"):
        if text:
            sides = {label for label in labels if label.startswith("@")}
            kinds = labels - sides
            assert all(side[1:-1] in MATTERS and side[-1] in "+-" for side in sides), text
            assert all(kind.lstrip("~") in {*REMARKS, NONE, OTHER} for kind in kinds), text
            assert all(kind.startswith("~") or kind == NONE for kind in kinds) or NONE not in kinds, text


def test_read_policies(tmp_path: Path) -> None:
    """A sentence says its kinds and its sides; what only breaks a promise is fine, and a slip is neither marked nor fine."""
    path = tmp_path / "policies.tsv"
    path.write_text("# a host\nnone ~sale @sale+\tNo.\nsale\tYes.\n@place-\tAbroad.\nother\tTyop.\n", "utf-8")
    marked, promises = read_policies(path)
    assert marked == [
        (frozenset({"none", "~sale"}), "No."),
        (frozenset({"sale"}), "Yes."),
        (frozenset({"none"}), "Abroad."),
    ]
    assert [(sorted(sides), text) for sides, text in promises] == [
        (["sale+"], "No."),
        (["sale-"], "Yes."),
        (["place-"], "Abroad."),
        (["none"], "Tyop."),
    ]


@pytest.mark.parametrize(("language", "found", "wrong"), [("en", 0.6, 0.12), ("zh", 0.65, 0.09)])
def test_sentences_that_were_never_learned(language: str, found: float, wrong: float) -> None:
    """Of sentences held back most of the marked ones are told, and few of those that only look like them."""
    sentences = held(language)
    marked = [odds for kinds, odds, _ in sentences if NONE not in kinds]
    alone = [odds for kinds, odds, _ in sentences if NONE in kinds]
    assert sum(odds >= MARKED[language == "zh"] for odds in marked) >= found * len(marked)
    assert sum(odds >= MARKED[language == "zh"] for odds in alone) <= wrong * len(alone)


@pytest.mark.parametrize(("language", "found", "right"), [("en", 0.6, 0.6), ("zh", 0.7, 0.65)])
def test_published_policies_that_were_never_learned(language: str, found: float, right: float) -> None:
    """In published policies most of the marked sentences are told by the weights alone, and most of what they tell is marked."""
    chinese = language == "zh"
    learned, marked, told, both = likeness(chinese=chinese), 0, 0, 0
    for kinds, text in read_policies(LEARNING / f"held_published_{language}.tsv")[0]:
        low = simplified(text.lower()) if chinese else text.lower().replace("’", "'")
        defect, said = NONE not in kinds, learned.odds(low, chinese=chinese) >= MARKED[chinese]
        marked, told, both = marked + defect, told + said, both + (defect and said)
    assert both >= found * marked
    assert both >= right * told


@pytest.mark.parametrize(("language", "right"), [("en", 0.55), ("zh", 0.65)])
def test_kinds_of_sentences_that_were_never_learned(language: str, right: float) -> None:
    """The kind is right far oftener than one in twenty-nine, which chance would give."""
    told = [
        (kinds, kind)
        for kinds, odds, kind in held(language)
        if NONE not in kinds and odds >= MARKED[language == "zh"]
    ]
    assert sum(kind in kinds for kinds, kind in told) >= right * len(told)


def test_published_policies_have_their_say() -> None:
    """What published policies mark counts beside what all others leave alone."""
    alone = [
        (frozenset({NONE}), f"we keep a record of {word}") for word in ("logins", "orders", "visits", "calls")
    ] * 4
    marked = [
        (frozenset({"sale"}), f"we trade in {word}") for word in ("logins", "orders", "visits", "calls")
    ] * 4
    real = [
        (frozenset({"sale"}), "we keep a record of calls for partners"),
        (frozenset({NONE}), "we trade in servers"),
    ] * 4
    low = "we keep a record of calls for partners"

    def odds(published: list[tuple[frozenset[str], str]]) -> float:
        weights = learn([*alone, *marked], (), published, chinese=False)
        return Likeness(weights).odds(low, chinese=False)

    assert odds(real) > odds([])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_a_remark(language: str) -> None:
    """Whatever kind a sentence is taken for, there is something to say about it."""
    assert set(likeness(chinese=language == "zh").kinds) == set(REMARKS)


def test_learning_tells_apart() -> None:
    """A word that only marked sentences hold speaks for a mark, one of the others against it; a table says the same again."""
    marked = [(frozenset({"sale"}), f"we sell list {word} to brokers") for word in ("a", "b", "c", "d")]
    alone = [(frozenset({NONE}), f"we keep list {word} in the office") for word in ("a", "b", "c", "d")]
    weights = learn([*marked, *alone], chinese=False)
    learned = Likeness(weights)
    assert (
        learned.odds("they sell it to brokers", chinese=False)
        > 0
        > learned.odds("in the office", chinese=False)
    )
    assert written(weights, "") == written(learn([*marked, *alone], chinese=False), "")
    assert learned.kinds == ("sale",)
    first, last = learned.telling("on tuesdays we sell list a", chinese=False)
    assert "sell" in "on tuesdays we sell list a"[first:last]


def test_tokens() -> None:
    """Numbers are one word whatever they are, addresses too, words lose their endings; the places are those of the text."""
    low = "writes to a.b@example.org within 30 days, or visiting https://example.org/x?y=1!"
    words = [one.text for one in tokens(low, chinese=False)]
    assert words == ["writ", "to", "@", "within", "#", "day", ",", "or", "visit", "@"]
    assert all(low[one.start] == one.text[0] or one.text in "#@" for one in tokens(low, chinese=False))
    assert [one.text for one in tokens("保存30天。", chinese=True)] == ["保", "存", "#", "天", "。"]


@given(st.text(max_size=80), st.booleans())
def test_any_text(text: str, chinese: bool) -> None:
    """Any text has finite odds, a kind, and a telling part inside of it."""
    low = text.lower()
    learned = likeness(chinese=chinese)
    assert abs(learned.odds(low, chinese=chinese)) < 1000
    assert {kind for kind, _ in learned.kinds_of(low, chinese=chinese)} == set(REMARKS)
    first, last = learned.telling(low, chinese=chinese)
    assert 0 <= first <= last <= len(low)


@given(st.lists(st.sampled_from("abcd"), max_size=6), st.booleans())
def test_features(words: list[str], chinese: bool) -> None:
    """All runs of one to three words are features, once a place; of English sentences also what stands apart and at the ends."""
    runs = {
        (start, end)
        for start in range(len(words))
        for end in range(start + 1, min(start + 3, len(words)) + 1)
    }
    found = list(features(words, chinese=chinese))
    plain = [one for one in found if not set("^$*") & set(one[0])]
    assert {(start, end) for _, start, end in plain} == runs
    assert len(plain) == len(runs)
    assert all(name == " ".join(words[start:end]) for name, start, end in plain)
    apart = [name for name, _, _ in found if "*" in name]
    assert apart == ([] if chinese else [f"{a} * {b}" for a, b in zip(words, words[2:], strict=False)])
    assert len(found) - len(plain) - len(apart) == (0 if chinese or not words else 4)
    assert all(0 <= start < end <= len(words) for _, start, end in found)


@given(st.text(alphabet="abes 1@.保存，x", max_size=40), st.booleans())
def test_traits(low: str, chinese: bool) -> None:
    """What is weighed quickly is what has places, too."""
    words = [one.text for one in tokens(low, chinese=chinese)]
    assert set(traits(low, chinese=chinese)) == {name for name, _, _ in features(words, chinese=chinese)}


def test_without_weights() -> None:
    """Without weights nothing is marked."""
    assert Likeness(made(("marked",), (-1.0,), {})).odds("anything", chinese=False) == -1.0


MARKED_LINES = (
    (
        "purpose-open",
        "Beyond that, personal information goes into whatever projects our product people consider worthwhile.",
    ),
    ("retention-vague", "Tickets are kept as long as they might still be of some value to us."),
    (
        "consent-by-use",
        "By having this page open, you are deemed to have agreed to all present and future versions.",
    ),
    ("data-sale", "资料清单每季打包卖给几家合作的广告公司，收入用来补贴机房。"),
)


@pytest.mark.parametrize(("rule", "line"), MARKED_LINES)
def test_marked(rule: str, line: str) -> None:
    """Sentences that no detector has a wording for are found, with the words that tell and with what to do."""
    found = [one for one in linted(line) if one.rule == rule]
    assert found
    assert all(one.hint and one.law for one in found)


@pytest.mark.parametrize(
    "line",
    [
        "A billing contact who is replaced leaves the customer file within thirty days and stays only on invoices issued.",
        "Customers get a note about similar things we sell, three times a year, and each note has a link that ends them.",
        "We don't collect any characteristics of protected classes, such as race, religion or sexual orientation.",
        "When we interview customers, we may ask for your permission to record the conversation for future use.",
        "您存放在云主机里的业务数据由您自行决定如何处理，我们只按您的指令提供存储与计算。",
    ],
)
def test_left_alone(line: str) -> None:
    """Not marked are wordings in sentences far from every marked one, what is denied, and what people are asked for first."""
    classes = {one.kind for one in linted(line)}
    assert not classes & {"open-ended", "risky-promise", "unenforceable", "undefined-term"}
