"""Terms and fideslang keys: what comes in, what goes out, and what is lost."""

from __future__ import annotations

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from troth.model.errors import NotFound, TrothError
from troth.model.term import Facet, Term
from troth.model.vocabulary import Vocabulary, load
from troth.policy.fideslang import SECTIONS, export_taxonomy, from_fides, import_taxonomy, to_fides

FACETS: tuple[Facet, ...] = tuple(SECTIONS)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    """Both shipped vocabularies."""
    return load()


@pytest.mark.parametrize(
    ("facet", "key", "term"),
    [
        ("data", "user.contact.email", "email-address"),
        ("data", "user.device", "device-information"),
        ("data", "user.financial.credit_card", "payment-card"),
        ("data", "user", "personal-data"),
        ("data", "system.operations", "usage-log"),
        ("purpose", "essential.service", "service-provision"),
        ("purpose", "marketing.communications", "direct-marketing"),
        ("subject", "customer", "customer"),
    ],
)
def test_known_keys(vocabulary: Vocabulary, facet: Facet, key: str, term: str) -> None:
    """A key that a term stands for is that term, exactly."""
    match = from_fides(vocabulary, key, facet)
    assert match is not None
    assert (match.term.key, match.key, match.exact) == (term, key, True)


def test_unknown_keys_are_broadened(vocabulary: Vocabulary) -> None:
    """A finer key of somebody's own is broadened to the nearest one above, and says so."""
    match = from_fides(vocabulary, "user.contact.email.newsletter_only")
    assert match is not None
    assert (match.term.key, match.key, match.exact) == ("email-address", "user.contact.email", False)
    assert from_fides(vocabulary, "user.device.cookies") == from_fides(vocabulary, "user.device.radio")


@pytest.mark.parametrize("key", ["", ".", "vehicle.speed", "User Contact", "train_ai_system"])
def test_keys_without_a_like(vocabulary: Vocabulary, key: str) -> None:
    """Keys that nothing is like have no term; a dotted prefix is not a prefix of letters."""
    assert from_fides(vocabulary, key, "purpose") is None


def test_a_term_says_its_keys(vocabulary: Vocabulary) -> None:
    """Going there is the list of nearest keys of the term."""
    assert to_fides(vocabulary.get("data", "email-address")) == ("user.contact.email",)
    assert to_fides(vocabulary.get("data", "aggregate-statistics")) == ()


@pytest.mark.parametrize("facet", FACETS)
def test_every_key_that_terms_name_comes_back(vocabulary: Vocabulary, facet: Facet) -> None:
    """Each key of the taxonomy that a term names means one term, and that term is a sound one."""
    for key in {key for term in vocabulary.terms(facet) for key in term.fides}:
        match = from_fides(vocabulary, key, facet)
        assert match is not None
        assert match.exact
        assert vocabulary.get(facet, match.term.key) is match.term


def test_export_stands_on_the_taxonomy(vocabulary: Vocabulary) -> None:
    """Own entries hang below a key that fideslang has, with name and description, in order, each once."""
    taxonomy = export_taxonomy(vocabulary)
    known = {key for facet in FACETS for term in vocabulary.terms(facet) for key in term.fides}
    for section, entries in taxonomy.document.items():
        keys = [entry["fides_key"] for entry in entries]
        assert keys == sorted(set(keys))
        for entry in entries:
            assert entry["name"]
            assert entry["description"]
            if section == "data_subject":
                assert "." not in entry["fides_key"]
            else:
                assert entry["parent_key"] in known
                assert entry["fides_key"].startswith(entry["parent_key"] + ".")
    assert "user.contact.email" not in {entry["fides_key"] for entry in taxonomy.document["data_category"]}


def test_export_of_chosen_terms_says_what_is_lost(vocabulary: Vocabulary) -> None:
    """Second parents, missing counterparts and unsaid things are listed; exact terms need no entry."""
    taxonomy = export_taxonomy(
        vocabulary,
        {
            "data": ["cpu", "email", "account-number", "aggregate-statistics", "tattoo"],
            "subject": ["registrant"],
        },
    )
    assert [entry["fides_key"] for entry in taxonomy.document["data_category"]] == [
        "system.operations.cpu_usage",
        "user.account.account_number",
        "user.tattoo",
    ]
    assert taxonomy.losses == (
        'data "account-number": that it stands below identifier and account-record',
        'data "aggregate-statistics": fideslang has nothing like it',
        'data "tattoo": placed below "user", the key of a broader term',
        'subject "registrant": that it is a kind of "customer"',
        "fideslang has no place for Chinese labels, aliases and sensitivity",
    )
    assert export_taxonomy(vocabulary, {"data": ["email"]}).document == {}
    with pytest.raises(NotFound):
        export_taxonomy(vocabulary, {"data": ["no-such-data"]})


def test_files_are_read_by_anybody(vocabulary: Vocabulary) -> None:
    """The YAML and the JSON text say the same, also to a reader of YAML 1.1."""
    taxonomy = export_taxonomy(vocabulary)
    assert yaml.safe_load(taxonomy.as_yaml()) == json.loads(taxonomy.as_json()) == taxonomy.document


def test_there_and_back(vocabulary: Vocabulary) -> None:
    """What was exported for a policy's own term is imported as the same word in the same place."""
    rack = Term(
        "rack-photo", "data", "own:rack-photo", ("picture",), "Rack photo", "机柜照片", "picture of a rack"
    )
    taxonomy = export_taxonomy(vocabulary.extend([rack]), {"data": ["rack-photo"]})
    imported, losses = import_taxonomy(vocabulary, taxonomy.document)
    back = imported.get("data", "rack-photo")
    assert losses == ()
    assert (back.parents, back.en, back.definition) == (rack.parents, rack.en, rack.definition)
    assert from_fides(imported, taxonomy.document["data_category"][0]["fides_key"]) is not None


def test_import_of_a_file(vocabulary: Vocabulary) -> None:
    """Default and known entries add nothing, new ones stand below the nearest term, the rest is told."""
    document = {
        "data_category": [
            {
                "fides_key": "user.contact.email",
                "name": "Email",
                "parent_key": "user.contact",
                "is_default": True,
            },
            {
                "fides_key": "user.shoe",
                "name": "Shoe size",
                "description": "size of shoes",
                "parent_key": "user",
            },
            {"fides_key": "user.zebra.stripe", "name": "Stripe", "parent_key": "user.zebra"},
            {"fides_key": "planet.mars", "parent_key": "planet"},
        ],
        "data_use": [{"fides_key": "marketing.balloons", "name": "Balloons", "parent_key": "marketing"}],
        "data_subject": [{"fides_key": "astronaut", "name": "Astronaut"}],
        "policy": [{"fides_key": "something else"}],
    }
    imported, losses = import_taxonomy(vocabulary, document)
    assert imported.get("data", "shoe").parents == ("personal-data",)
    assert imported.get("purpose", "balloons").parents == ("marketing",)
    assert imported.get("subject", "astronaut").parents == ("human-subject",)
    assert losses == (
        'data "user.zebra.stripe": "user.zebra" broadened to "personal-data"',
        'data "planet.mars": nothing here is like "planet"',
    )


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({"data_category": {}}, ""),
        ({"data_category": {"a": 1}}, "not a list of entries"),
        ({"data_use": ["a"]}, "not a list of entries"),
        ({"data_use": [{"name": "nameless"}]}, "has no fides_key"),
        ({"data_category": [{"fides_key": "user.email", "parent_key": "user"}]}, "means something else here"),
    ],
)
def test_bad_files_are_refused(vocabulary: Vocabulary, document: dict[str, object], message: str) -> None:
    """A file of another form, or a name that is taken, is an error in words; an empty section is not."""
    if not message:
        assert import_taxonomy(vocabulary, document) == (vocabulary, ())
        return
    with pytest.raises(TrothError, match=message):
        import_taxonomy(vocabulary, document)


@given(st.text(max_size=30))
def test_any_key_can_be_asked_for(key: str) -> None:
    """No text makes the look-up fail, and what it finds is a prefix of what was asked for."""
    match = from_fides(load(), key)
    assert match is None or (key.strip().lower() + ".").startswith(match.key + ".")
