"""A policy as linked data: DPV and ODRL documents that other programs read without the network."""

from __future__ import annotations

import json

import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, RDF, SKOS, XSD

from troth.model.policy import Deadline, Policy, Span
from troth.policy.bind import compile_file
from troth.policy.jsonld import CONTEXT, as_dpv, duration, policy_iri, verb_iri
from troth.policy.odrl import as_odrl

# rdflib's own reader of JSON-LD uses a class that rdflib calls deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

DPV = Namespace("https://w3id.org/dpv#")
PD = Namespace("https://w3id.org/dpv/pd#")
ODRL = Namespace("http://www.w3.org/ns/odrl/2/")
TROTH = Namespace("urn:troth:")

TEXT = """+++
provider = "Example Cloud"
version = "2026-01-01"
language = "en"
vocab = ["dpv-2.3", "troth-cloud-1"]
+++

We use your email address to tell you about your domains. {#s1 remind}
We do not show your messages to others, except to a court. {#s2 content}
If you ask, we delete your data within 30 days. {#s3 erase}
We may keep things. {#s4 vague}

```troth
define "Server Notes" = cpu-usage, dns-record

promise remind use "Reminders"
  may use email-address, server-notes for expiry-reminder on contract by email if account-status is active
  only share email-address to payment-processor for billing with tls, data-map
  prove refusal-test

promise content share "Contents"
  never share communication-content to outside-party
    except court: document in [court-order, warrant] and (legal-review is valid-and-enforceable or emergency)
      record document, reviewer
  prove refusal-test

promise erase right "Erasure"
  when request-erase
    must erase all-of-subject within 30 days
      hold open-order: order-status is open
      while held only use for legal-compliance
  must publish policy every ~6 months
  block publish policy until not weakens
  prove request-timeline

promise vague retain "Not accepted"
  draft 0.4 "nobody looked"
  may store personal-data for any-purpose
```
"""


@pytest.fixture(scope="module")
def policy() -> Policy:
    """A small policy with every kind of rule."""
    compiled = compile_file(TEXT.encode(), "policy.troth.md")
    assert [p for p in compiled.problems if p.rule in {"unknown-term", "syntax", "wrong-type"}] == []
    return compiled.policy


def graph(document: object) -> Graph:
    """The triples of a JSON-LD document."""
    return Graph().parse(data=json.dumps(document), format="json-ld")


def rule(policy: Policy, number: str) -> URIRef:
    """The name of a rule in linked data."""
    return URIRef(policy_iri(policy).replace("troth:", CONTEXT["troth"], 1) + ":" + number)


def test_dpv_says_what_the_rules_say(policy: Policy) -> None:
    """Permissions, prohibitions and obligations carry processing, data, purpose, recipient and basis."""
    found = graph(as_dpv(policy))
    may = rule(policy, "remind/1")
    assert (may, RDF.type, DPV.Permission) in found
    assert (may, DPV.hasProcessing, DPV.Use) in found
    assert (may, DPV.hasPersonalData, PD.EmailAddress) in found
    assert (may, DPV.hasPersonalData, TROTH["data:server-notes"]) in found
    assert (may, DPV.hasPurpose, TROTH["purpose:expiry-reminder"]) in found
    assert (may, DPV.hasLegalBasis, DPV.Contract) in found
    assert (rule(policy, "content/1"), RDF.type, DPV.Prohibition) in found
    must = rule(policy, "erase/1")
    assert (must, RDF.type, DPV.Obligation) in found
    assert (must, DPV.hasDuration, Literal("P30D", datatype=XSD.duration)) in found
    assert (must, TROTH.when, TROTH["event:request-erase"]) in found


def test_dpv_describes_words_of_its_own(policy: Policy) -> None:
    """Every name outside DPV is a concept with labels in both languages and a way up to DPV."""
    found = graph(as_dpv(policy))
    reminder = TROTH["purpose:expiry-reminder"]
    assert (reminder, SKOS.prefLabel, Literal("到期提醒", lang="zh")) in found
    described = set(found.subjects(RDF.type, SKOS.Concept))
    parts = {DPV.hasPersonalData, DPV.hasPurpose, DPV.hasRecipient, TROTH.about, TROTH.when, TROTH.provedBy}
    named = {name for part in parts for name in found.objects(None, part) if str(name).startswith("urn:")}
    assert named
    assert named <= described
    for concept in described:
        above = set(found.transitive_objects(concept, SKOS.broader))
        assert any(str(name).startswith("https://w3id.org/dpv") for name in above), concept


def test_dpv_keeps_text_and_rule(policy: Policy) -> None:
    """The sentence stands in its language, and the compiled rule stands complete beside its DPV form."""
    document = as_dpv(policy)
    found = graph(document)
    text = "If you ask, we delete your data within 30 days."
    assert (rule(policy, "erase"), DCTERMS.description, Literal(text, lang="en")) in found
    held = next(
        node
        for one in document["@graph"]
        for node in one.get("dpv:hasObligation", [])
        if node["@id"].endswith("erase/1")
    )
    assert held["troth:rule"]["@value"]["holds"][0]["name"] == "open-order"


def test_drafts_are_not_published(policy: Policy) -> None:
    """What nobody has accepted is in neither document; ODRL says that it was left out."""
    assert "vague" not in {promise.get("dct:identifier") for promise in as_dpv(policy)["@graph"]}
    exported = as_odrl(policy)
    assert "vague" not in json.dumps(exported.document)
    assert "vague: a draft that nobody has accepted" in exported.losses


def test_odrl_rules(policy: Policy) -> None:
    """Actions, targets, purposes and recipients come out as ODRL names them, and a prohibition wins."""
    found = graph(as_odrl(policy).document)
    name = URIRef(policy_iri(policy).replace("troth:", CONTEXT["troth"], 1))
    assert (name, RDF.type, ODRL.Set) in found
    assert (name, ODRL.conflict, ODRL.prohibit) in found
    assert {
        len(list(found.objects(name, kind))) for kind in (ODRL.permission, ODRL.prohibition, ODRL.obligation)
    } == {2}
    share = rule(policy, "remind/2")
    assert (share, ODRL.action, DPV.Share) in found
    assert (share, ODRL.target, PD.EmailAddress) in found
    operands = {
        found.value(constraint, ODRL.leftOperand): found.value(constraint, ODRL.rightOperand)
        for constraint in found.objects(share, ODRL.constraint)
    }
    assert operands == {
        ODRL.purpose: DPV.PaymentManagement,
        ODRL.recipient: TROTH["recipient:payment-processor"],
    }


def test_odrl_exceptions_are_negated(policy: Policy) -> None:
    """A prohibition with an exception holds when the exception does not; only comparisons are negated."""
    document = as_odrl(policy).document
    never = next(one for one in document["odrl:prohibition"] if one["@id"].endswith("content/1"))
    logical = never["odrl:constraint"][-1]
    parts = logical["odrl:or"]["@list"]
    assert [part.get("odrl:operator", {}).get("@id") for part in parts] == ["odrl:isNoneOf", None]
    assert parts[0]["odrl:rightOperand"] == ["court-order", "warrant"]
    both = parts[1]["odrl:and"]["@list"]
    assert [part["odrl:leftOperand"]["@id"] for part in both] == [
        "troth:fact:legal-review",
        "troth:fact:emergency",
    ]
    assert both[1]["odrl:rightOperand"] == [True]
    assert both[1]["odrl:operator"]["@id"] == "odrl:isNoneOf"


def test_odrl_says_what_it_lost(policy: Policy) -> None:
    """Closing the rest, holds, records and measures have no place in ODRL and are listed by rule."""
    losses = as_odrl(policy).losses
    assert "remind/2: that everything else of this verb on this data is refused" in losses
    assert "remind/2: the protective measures" in losses
    assert "content/1: what is recorded and told" in losses
    assert "erase/1: the holds, and what happens while they last and after" in losses
    assert not any(lost.startswith("remind/1:") for lost in losses)


def test_documents_are_stable(policy: Policy) -> None:
    """Equal policies give equal documents."""
    again = compile_file(TEXT.encode(), "elsewhere.troth.md").policy
    assert as_dpv(again) == as_dpv(policy)
    assert as_odrl(again) == as_odrl(policy)


@pytest.mark.parametrize(
    ("number", "unit", "text"),
    [
        (30, "day", "P30D"),
        (2, "quarter", "P6M"),
        (72, "hour", "PT72H"),
        (10, "second", "PT10S"),
        (10, "business-day", ""),
        (1.5, "month", ""),
    ],
)
def test_durations(number: float, unit: str, text: str) -> None:
    """Lengths are ISO 8601 durations where it has them; it has no business days."""
    assert duration(Deadline("within", Span(number, unit))) == text
    assert duration(Deadline("at-once")) == ""


def test_unknown_verbs_have_names_of_their_own() -> None:
    """A verb that DPV has is its name; any other is one of Troth's."""
    assert verb_iri("disclose") == "dpv:Disclose"
    assert verb_iri("remind") == "troth:verb:remind"
