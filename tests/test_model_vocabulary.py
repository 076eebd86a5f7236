"""The vocabulary: terms are sound, words lead to one term, coverage is a closure, suggestions help."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troth.model.errors import NotFound, TrothError
from troth.model.term import FACETS, PROOFS, SENSITIVITIES, Facet, Term
from troth.model.vocabulary import Vocabulary, fold, load
from troth.model.vocabulary.likeness import distance, likeness

INVENTORY = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "data" / "inventory.tsv")
    .read_text(encoding="utf-8")
    .splitlines()[1:]
]
WORDS = Path(__file__).parent / "data" / "language_words.txt"
# What the grammar of the policy language takes as a name.
NAME = re.compile(r"[^\W\d_](?:[\w]|-(?=\w)|\.(?=\w))*\Z")
SHIPPED_FROM_W3C = ("dpv:", "pd:", "eu-gdpr:")


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    """Both shipped vocabularies."""
    return load()


def keys(vocabulary: Vocabulary, facet: Facet) -> frozenset[str]:
    """All keys of a facet."""
    return frozenset(term.key for term in vocabulary.terms(facet))


@pytest.mark.parametrize("facet", FACETS)
def test_every_broader_term_exists(vocabulary: Vocabulary, facet: Facet) -> None:
    """No term names a broader term that is not in its facet."""
    known = keys(vocabulary, facet)
    assert [
        (term.key, set(term.parents) - known) for term in vocabulary.terms(facet) if set(term.parents) - known
    ] == []


@pytest.mark.parametrize("facet", FACETS)
def test_no_term_is_below_itself(vocabulary: Vocabulary, facet: Facet) -> None:
    """Broader terms never lead back to where they began."""
    assert [t.key for t in vocabulary.terms(facet) if t in vocabulary.above(facet, t.key)] == []


@pytest.mark.parametrize("facet", FACETS)
def test_one_root_covers_everything(vocabulary: Vocabulary, facet: Facet) -> None:
    """A rule about the root of a facet is a rule about all of it."""
    assert [term.key for term in vocabulary.terms(facet) if not term.parents] == [vocabulary.root(facet).key]
    assert vocabulary.covers(facet, vocabulary.root(facet).key) == keys(vocabulary, facet)


@pytest.mark.parametrize("facet", FACETS)
def test_every_word_leads_to_one_term(vocabulary: Vocabulary, facet: Facet) -> None:
    """Keys and aliases are unambiguous inside a facet, and each finds its term."""
    words = [word for term in vocabulary.terms(facet) for word in (term.key, *term.aliases)]
    assert sorted({word for word in words if words.count(word) > 1}) == []
    for term in vocabulary.terms(facet):
        assert all(vocabulary.get(facet, word) is term for word in (term.key, *term.aliases))


@pytest.mark.parametrize("facet", FACETS)
def test_words_can_be_written_in_a_policy(vocabulary: Vocabulary, facet: Facet) -> None:
    """Keys, aliases and values are names of the policy language in their folded form."""
    for term in vocabulary.terms(facet):
        assert [w for w in (term.key, *term.aliases, *term.values) if not NAME.match(w) or fold(w) != w] == []


@pytest.mark.parametrize("facet", FACETS)
def test_own_terms_are_complete(vocabulary: Vocabulary, facet: Facet) -> None:
    """Troth's own terms have both labels, a definition, and stand on the Data Privacy Vocabulary."""
    for term in vocabulary.terms(facet):
        assert term.en
        assert term.definition, term.key
        assert term.facet == facet
        if not term.iri.startswith(SHIPPED_FROM_W3C):
            assert term.iri == f"troth-cloud:{term.key}"
            assert term.zh, term.key
            assert any(a.iri.startswith(SHIPPED_FROM_W3C) for a in vocabulary.above(facet, term.key)), (
                term.key
            )


def test_linked_data_names_are_used_once(vocabulary: Vocabulary) -> None:
    """Inside a facet no two terms share an IRI, so an export can be read back."""
    for facet in FACETS:
        iris = [term.iri for term in vocabulary.terms(facet)]
        assert len(iris) == len(set(iris)), facet


def test_facts_have_types(vocabulary: Vocabulary) -> None:
    """Every fact below a group can be compared: choices with their values, numbers with their unit."""
    term_valued = {"purpose", "recipient", "data", "channel", "basis", "place", "source", "subject", "inside"}
    for fact in vocabulary.terms("fact"):
        narrower = vocabulary.covers("fact", fact.key) - {fact.key}
        assert (fact.kind is None) == bool(narrower), fact.key
        if fact.kind == "choice":
            assert (fact.values == ()) == (fact.key in term_valued), fact.key
            assert len(fact.values) == len(set(fact.values))
        else:
            assert fact.values == ()
        assert bool(fact.unit) == (fact.kind == "number"), fact.key
    assert all(t.kind is None for facet in FACETS if facet != "fact" for t in vocabulary.terms(facet))


def test_checks_have_a_proof_class(vocabulary: Vocabulary) -> None:
    """Every check but the root says how strong a proof it is; terms of other facets say nothing."""
    for check in vocabulary.terms("check"):
        assert (check.proof in PROOFS) == bool(check.parents), check.key
    assert all(t.proof == "" for facet in FACETS if facet != "check" for t in vocabulary.terms(facet))


def test_bases_are_ordered_by_the_protection_they_give(vocabulary: Vocabulary) -> None:
    """Explicit consent protects best, then consent, contract, legal duty; implied consent least."""
    order = [
        "explicit-consent",
        "consent",
        "contract",
        "legal-obligation",
        "legitimate-interest",
        "implied-consent",
    ]
    strengths = [vocabulary.get("basis", word).strength for word in order]
    assert strengths == sorted(strengths, reverse=True)
    assert len(set(strengths)) == len(order)
    assert all(basis.strength > 0 for basis in vocabulary.terms("basis"))
    assert (
        vocabulary.get("basis", "gdpr-a6-1-f").strength
        == vocabulary.get("basis", "legitimate-interest").strength
    )


@pytest.mark.parametrize(
    ("word", "sensitivity"),
    [
        ("email-address", "normal"),
        ("purchase-history", "normal"),
        ("credit-card-number", "financial"),
        ("api-key", "credential"),
        ("mental-health", "sensitive"),
        ("facial-recognition-data", "biometric"),
        ("children-data", "children"),
        ("aggregate-statistics", "normal"),
    ],
)
def test_sensitivity_passes_down(vocabulary: Vocabulary, word: str, sensitivity: str) -> None:
    """A term without a class of its own takes the most protected one of its broader terms."""
    assert vocabulary.get("data", word).sensitivity == sensitivity
    assert {term.sensitivity for term in vocabulary.terms("data")} == set(SENSITIVITIES)


@pytest.mark.parametrize(("facet", "key"), [(row[0], row[1]) for row in INVENTORY])
def test_inventories_resolve(vocabulary: Vocabulary, facet: Facet, key: str) -> None:
    """Every data item, purpose and recipient that the five policies name is a word of the vocabulary."""
    assert vocabulary.find(facet, key) is not None


def test_data_items_keep_their_fideslang_category(vocabulary: Vocabulary) -> None:
    """What the inventory says about fideslang is what the term says."""
    wrong = [
        (key, fides, term.fides)
        for facet, key, _, _, fides in INVENTORY
        if facet != "recipient" and fides and fides not in (term := vocabulary.get(facet, key)).fides  # type: ignore[arg-type]
    ]
    assert wrong == []


def test_words_of_the_language_page_resolve(vocabulary: Vocabulary) -> None:
    """The words that the language was designed with exist, each in its facet."""
    for line in WORDS.read_text(encoding="utf-8").splitlines():
        facet, _, words = line.partition(": ")
        missing = [word for word in words.split() if vocabulary.find(facet, word) is None]  # type: ignore[arg-type]
        assert missing == [], facet


def test_words_of_the_page_exist(vocabulary: Vocabulary) -> None:
    """The examples and roots that docs/vocabulary.md shows for each facet are words of that facet."""
    page = (Path(__file__).parent.parent / "docs" / "vocabulary.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| `([\w-]+)` \| ([^|]+) \|$", page, re.MULTILINE)
    assert [row[0] for row in rows] == list(FACETS)
    for facet, root, examples in rows:
        assert vocabulary.root(facet).key == root
        assert [
            word for word in re.findall(r"`([\w-]+)`", examples) if vocabulary.find(facet, word) is None
        ] == []


@given(st.data())
def test_coverage_is_a_closure(data: st.DataObject) -> None:
    """What a term covers is covered by everything above it, and nothing covers what is beside it."""
    vocabulary = load()
    facet = data.draw(st.sampled_from(FACETS))
    term = data.draw(st.sampled_from(vocabulary.terms(facet)))
    covered = vocabulary.covers(facet, term.key)
    for parent in term.parents:
        assert covered <= vocabulary.covers(facet, parent)
    other = data.draw(st.sampled_from(vocabulary.terms(facet)))
    above = {broader.key for broader in vocabulary.above(facet, other.key)}
    assert (other.key in covered) == (term.key in above or term is other)


def test_wider_words_do_not_reach_what_they_should_not(vocabulary: Vocabulary) -> None:
    """Words that policies use loosely stay clear of the data and purposes that need a rule of their own."""
    apart: list[tuple[Facet, str, str]] = [
        ("data", "user-communications", "communication-content"),
        ("data", "preferences", "suppression-entry"),
        ("data", "contact-information", "domain-registration"),
        ("data", "personal-data", "aggregate-statistics"),
        ("purpose", "provide-service", "sell-data-to-third-parties"),
        ("purpose", "marketing-own", "marketing-third-party"),
        ("purpose", "direct-marketing", "service-notice"),
        ("purpose", "analytics", "targeted-advertising"),
        ("recipient", "third-party", "law-enforcement"),
        ("recipient", "outside-party", "employee"),
    ]
    for facet, wide, narrow in apart:
        assert vocabulary.get(facet, narrow).key not in vocabulary.covers(facet, wide), (wide, narrow)


@pytest.mark.parametrize(
    ("facet", "wide", "narrow"),
    [
        ("data", "personal-data", "email-address"),
        ("data", "registration-data", "email-address"),
        ("data", "server-usage", "cpu-usage"),
        ("data", "all-of-subject", "dns-record"),
        ("purpose", "direct-marketing", "newsletter"),
        ("recipient", "outside-party", "law-enforcement-organisation"),
        ("event", "request", "request-erase"),
        ("place", "european-economic-area", "european-union"),
    ],
)
def test_wider_words_reach_what_they_should(
    vocabulary: Vocabulary, facet: Facet, wide: str, narrow: str
) -> None:
    """A rule about a wide word is a rule about the narrow ones below it."""
    assert narrow in vocabulary.covers(facet, wide)


@pytest.mark.parametrize(
    "word", ["Email_Address", "EMAIL ADDRESS", " email-address ", "e-mail", "contact email"]
)
def test_words_are_found_however_they_are_written(vocabulary: Vocabulary, word: str) -> None:
    """Case, spaces, underscores and aliases make no difference."""
    assert vocabulary.get("data", word).key == "email-address"


@pytest.mark.parametrize(
    ("facet", "word", "best"),
    [
        ("data", "emial", "email-address"),
        ("data", "e mail adress", "email-address"),
        ("data", "telefone", "telephone-number"),
        ("data", "billng", "billing-information"),
        ("data", "姓名", "name"),
        ("purpose", "direct marketing emails", "direct-marketing"),
        ("purpose", "recomendations", "provide-personalised-recommendations"),
        ("check", "refusal-tset", "refusal-test"),
        ("event", "erase-request", "request-erase"),
    ],
)
def test_nearest_words(vocabulary: Vocabulary, facet: Facet, word: str, best: str) -> None:
    """Misspelled and reordered words lead to the term that was meant."""
    assert vocabulary.nearest(facet, word)[0] == best


def test_nearest_has_nothing_to_say_about_nonsense(vocabulary: Vocabulary) -> None:
    """A word like no other gets no suggestion, and an empty one neither."""
    assert vocabulary.nearest("data", "xqzzyv") == ()
    assert vocabulary.nearest("data", "") == ()
    assert len(vocabulary.nearest("data", "address", count=2)) == 2


def test_unknown_word_says_what_to_do(vocabulary: Vocabulary) -> None:
    """The error of an unknown word names near ones, or the facets that know it."""
    with pytest.raises(NotFound, match='"emial" is not a known data') as near:
        vocabulary.get("data", "emial")
    assert '"email-address"' in near.value.hint
    with pytest.raises(NotFound) as elsewhere:
        vocabulary.covers("data", "direct-marketing")
    assert "purpose has that word" in elsewhere.value.hint
    with pytest.raises(NotFound) as nowhere:
        vocabulary.get("place", "xqzzyv")
    assert "docs/vocabulary.md" in nowhere.value.hint


@given(st.text(max_size=40))
def test_any_text_can_be_asked_for(word: str) -> None:
    """No text makes a look-up fail in another way than "not known"."""
    vocabulary = load()
    found = vocabulary.find("thing", word)
    if found is None:
        with pytest.raises(NotFound):
            vocabulary.get("thing", word)


def own(key: str, parent: str = "personal-data", *aliases: str) -> Term:
    """A term as a policy would define it."""
    return Term(key, "data", f"own:{key}", (parent,), key, "", f"what the policy calls {key}", tuple(aliases))


def test_a_policy_adds_terms(vocabulary: Vocabulary) -> None:
    """New terms are found and covered in the new vocabulary; the old one stays as it was."""
    wider = vocabulary.extend([own("rack", "server-information", "cabinet"), own("rack-photo", "rack")])
    assert wider.get("data", "cabinet").key == "rack"
    assert wider.covers("data", "server-information") >= {"rack", "rack-photo"}
    assert wider.names == (*vocabulary.names, "local")
    assert wider.extend([own("rack-video")]).names == wider.names
    assert vocabulary.find("data", "rack") is None


def test_a_policy_groups_terms(vocabulary: Vocabulary) -> None:
    """A definition that lists terms covers them, aliases included, and what is below them."""
    wider = vocabulary.group(own("server-facts"), ["cpu", "dns-record", "cpu-usage", "domain-operation"])
    assert wider.covers("data", "server-facts") == {
        "server-facts",
        "cpu-usage",
        "dns-record",
        "domain-operation",
        "dns-change",
    }
    assert wider.get("data", "cpu").parents == ("server-usage", "server-facts")
    assert "server-facts" not in vocabulary.get("data", "cpu").parents
    with pytest.raises(NotFound):
        vocabulary.group(own("server-facts"), ["no-such-data"])


def test_a_clash_is_refused(vocabulary: Vocabulary) -> None:
    """A policy can not give a known key, or a second word of its own, another meaning."""
    with pytest.raises(TrothError, match='"email-address" already means the data "email-address"'):
        vocabulary.extend([own("email-address")])
    with pytest.raises(TrothError, match='"e-mail" already means the data "email-address"'):
        vocabulary.extend([own("mail-thing", "contact", "e-mail")])
    with pytest.raises(TrothError, match='"twin" already means'):
        vocabulary.extend([own("twin"), own("twin")])


def test_a_policy_may_define_what_was_an_alias(vocabulary: Vocabulary) -> None:
    """Where a policy defines "Customer Data" itself, the word means that and no longer the shared term."""
    narrower = vocabulary.group(own("customer-data"), ["email-address", "name"])
    assert narrower.covers("data", "customer-data") == {
        "customer-data",
        *vocabulary.covers("data", "email-address"),
        *vocabulary.covers("data", "name"),
    }
    assert "customer-data" not in narrower.get("data", "personal-data").aliases
    assert vocabulary.get("data", "customer-data").key == "personal-data"


def test_a_circle_is_refused(vocabulary: Vocabulary) -> None:
    """Terms below each other, below nothing, or below what is not there are refused."""
    with pytest.raises(TrothError, match="go in a circle"):
        vocabulary.extend([own("hen", "egg"), own("egg", "hen")])
    with pytest.raises(TrothError, match="go in a circle"):
        vocabulary.group(own("all-server-data", "cpu-usage"), ["server-usage"])
    with pytest.raises(TrothError, match='broader term "nowhere", which does not exist'):
        vocabulary.extend([own("lost", "nowhere")])
    orphan = Term("orphan", "data", "own:orphan", (), "orphan", "", "without a broader term")
    with pytest.raises(TrothError, match="terms without a broader term: data, orphan"):
        vocabulary.extend([orphan])


def test_one_vocabulary_alone() -> None:
    """The Data Privacy Vocabulary can be loaded without the cloud terms, in any order of names, once."""
    alone = load(["dpv-2.3"])
    assert alone.find("data", "email-address") is not None
    assert alone.find("data", "cpu-usage") is None
    assert load(["troth-cloud-1", "dpv-2.3"]) is load()


def test_unknown_names_are_refused(vocabulary: Vocabulary) -> None:
    """A vocabulary or facet that does not exist is an error that names those that do."""
    with pytest.raises(NotFound, match='no vocabulary "dpv-9"') as missing:
        load(["dpv-9"])
    assert "dpv-2.3" in missing.value.hint
    with pytest.raises(NotFound, match='no facet "colour"'):
        vocabulary.find("colour", "red")  # type: ignore[arg-type]


@given(st.text("abc-", max_size=8), st.text("abc-", max_size=8))
def test_distance_is_symmetric_and_bounded(one: str, other: str) -> None:
    """Edit distance is 0 for the same word only, the same both ways, and at most the longer word."""
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)
    assert abs(len(one) - len(other)) <= distance(one, other) <= max(len(one), len(other))
    assert 0.0 <= likeness(one, other) <= 1.0


def test_swapped_letters_count_once() -> None:
    """A swap of neighbours is one mistake, not two."""
    assert distance("emial", "email") == 1
    assert distance("ca", "ac") == 1


def test_tables_are_sorted_and_clean() -> None:
    """The shipped tables stay reviewable: sorted, without blanks around values or doubled rows."""
    folder = Path(__file__).parent.parent / "src" / "troth" / "model" / "vocabulary"
    for name, columns in (("dpv.tsv", 6), ("cloud.tsv", 9)):
        rows = [line.split("\t") for line in (folder / name).read_text(encoding="utf-8").splitlines()[1:]]
        assert all(len(row) == columns for row in rows)
        assert all(value == value.strip() for row in rows for value in row)
        order = [(row[0], row[1].lstrip("+")) for row in rows]
        assert order == sorted(set(order))
