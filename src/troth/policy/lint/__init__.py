"""Lint of a policy text: contradictions, dangling terms and contacts, open ends, risks, missing content.

The text is read once into a `Document`; every detector is a function from the document to findings. Nothing is
keyed to a company or a text: detectors look for wordings, for who does what to which data, and for topics
that the law asks for and the text does not have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from troth.model.finding import SEVERITIES, Finding
from troth.model.sentence import Sentence
from troth.policy.lint import (
    abbreviations,
    acceptance,
    access,
    addresses,
    admissions,
    affiliates,
    again,
    ages,
    anonymity,
    anonymous_visits,
    borrowed,
    bounds,
    breadth,
    broken_promises,
    capitals,
    changes,
    channels,
    chinese,
    chinese_classes,
    chinese_deadlines,
    chinese_fragments,
    chinese_gaps,
    chinese_grounds,
    chinese_holding,
    chinese_identifiers,
    chinese_law,
    chinese_marketing,
    chinese_minors,
    chinese_nameless,
    chinese_names,
    chinese_opposites,
    chinese_pointers,
    chinese_refusals,
    chinese_repeats,
    chinese_rights,
    chinese_secrecy,
    chinese_terms,
    chinese_unsaid,
    chinese_will,
    circle,
    claims,
    clashes,
    closed_lists,
    closed_promise,
    closing,
    conditions,
    confidentiality,
    consent,
    contacts,
    contacts_elsewhere,
    contracts,
    cookie_choice,
    cookie_lists,
    cookies,
    counters,
    definitions,
    degrees,
    disclosure,
    distance,
    drafting,
    duplicates,
    duties_compared,
    exceptions,
    exhibits,
    hardened,
    headings,
    hong_kong,
    identity,
    items,
    kept_home,
    lacking,
    later_texts,
    laws,
    leadins,
    leftovers,
    lists,
    lists_given,
    loopholes,
    mailboxes,
    mainly,
    marketing,
    matters_custody,
    matters_discretion,
    matters_grounds,
    matters_messages,
    matters_promises,
    matters_rights,
    matters_safety,
    matters_words,
    misfits,
    monitoring,
    national,
    nearby,
    numbering,
    obstacles,
    offers,
    only_given,
    opposed,
    opposites,
    optouts,
    parallels,
    particulars,
    partners,
    people,
    pointers,
    precedence,
    profiling,
    purposes,
    recipients,
    references,
    registrations,
    repeats,
    resembling,
    residence,
    retention,
    rights,
    rulebooks,
    scope_channels,
    scope_sites,
    scripts,
    security,
    sharing,
    signals,
    statutes,
    strangers,
    tables,
    terms,
    terms_compared,
    things_denied,
    third_persons,
    titles,
    too_long,
    transfers,
    unlinked,
    visitors,
    vouching,
    wholes,
)
from troth.policy.lint.bystanders import company_only
from troth.policy.lint.document import Document, open_document
from troth.policy.lint.excuses import excused
from troth.policy.lint.matters import Matter, joined
from troth.policy.lint.overlap import distinct, merged

Detector = Callable[[Document], Iterable[Finding]]

DETECTORS: tuple[Detector, ...] = (
    *retention.DETECTORS,
    *precedence.DETECTORS,
    *identity.DETECTORS,
    *contacts.DETECTORS,
    *contacts_elsewhere.DETECTORS,
    *channels.DETECTORS,
    *references.DETECTORS,
    *leadins.DETECTORS,
    *pointers.DETECTORS,
    *purposes.DETECTORS,
    *breadth.DETECTORS,
    *confidentiality.DETECTORS,
    *circle.DETECTORS,
    *access.DETECTORS,
    *monitoring.DETECTORS,
    *disclosure.DETECTORS,
    *distance.DETECTORS,
    *marketing.DETECTORS,
    *offers.DETECTORS,
    *claims.DETECTORS,
    *consent.DETECTORS,
    *acceptance.DETECTORS,
    *cookies.DETECTORS,
    *visitors.DETECTORS,
    *cookie_choice.DETECTORS,
    *signals.DETECTORS,
    *security.DETECTORS,
    *changes.DETECTORS,
    *terms.DETECTORS,
    *anonymity.DETECTORS,
    *capitals.DETECTORS,
    *abbreviations.DETECTORS,
    *lists.DETECTORS,
    *transfers.DETECTORS,
    *sharing.DETECTORS,
    *recipients.DETECTORS,
    *people.DETECTORS,
    *ages.DETECTORS,
    *profiling.DETECTORS,
    *rights.DETECTORS,
    *obstacles.DETECTORS,
    *residence.DETECTORS,
    *laws.DETECTORS,
    *duplicates.DETECTORS,
    *repeats.DETECTORS,
    *items.DETECTORS,
    *drafting.DETECTORS,
    *leftovers.DETECTORS,
    *statutes.DETECTORS,
    *strangers.DETECTORS,
    *numbering.DETECTORS,
    *chinese.DETECTORS,
    *chinese_gaps.DETECTORS,
    *chinese_names.DETECTORS,
    *chinese_pointers.DETECTORS,
    *chinese_classes.DETECTORS,
    *chinese_repeats.DETECTORS,
    *chinese_rights.DETECTORS,
    *chinese_marketing.DETECTORS,
    *chinese_minors.DETECTORS,
    *chinese_law.DETECTORS,
    *chinese_identifiers.DETECTORS,
    *chinese_secrecy.DETECTORS,
    *chinese_holding.DETECTORS,
    *chinese_will.DETECTORS,
    *chinese_opposites.DETECTORS,
    *chinese_deadlines.DETECTORS,
    *chinese_unsaid.DETECTORS,
    *chinese_grounds.DETECTORS,
    *chinese_refusals.DETECTORS,
    *admissions.DETECTORS,
    *optouts.DETECTORS,
    *counters.DETECTORS,
    *degrees.DETECTORS,
    *headings.DETECTORS,
    *loopholes.DETECTORS,
    *parallels.DETECTORS,
    *registrations.DETECTORS,
    *rulebooks.DETECTORS,
    *wholes.DETECTORS,
    *tables.DETECTORS,
    *hong_kong.DETECTORS,
    *conditions.DETECTORS,
    *closing.DETECTORS,
    *bounds.DETECTORS,
    *again.DETECTORS,
    *addresses.DETECTORS,
    *affiliates.DETECTORS,
    *titles.DETECTORS,
    *scripts.DETECTORS,
    *unlinked.DETECTORS,
    *only_given.DETECTORS,
    *vouching.DETECTORS,
    *national.DETECTORS,
    *cookie_lists.DETECTORS,
    *scope_sites.DETECTORS,
    *exceptions.DETECTORS,
    *anonymous_visits.DETECTORS,
    *lacking.DETECTORS,
    *third_persons.DETECTORS,
    *later_texts.DETECTORS,
    *too_long.DETECTORS,
    *nearby.DETECTORS,
    *chinese_fragments.DETECTORS,
    *chinese_nameless.DETECTORS,
    *hardened.DETECTORS,
    *misfits.DETECTORS,
    *partners.DETECTORS,
    *closed_promise.DETECTORS,
    *definitions.DETECTORS,
    *contracts.DETECTORS,
    *scope_channels.DETECTORS,
    *mainly.DETECTORS,
    *closed_lists.DETECTORS,
    *mailboxes.DETECTORS,
    *exhibits.DETECTORS,
    *borrowed.DETECTORS,
    *particulars.DETECTORS,
    *chinese_terms.DETECTORS,
)

MATTERS: tuple[Matter, ...] = (
    *matters_rights.MATTERS,
    *matters_custody.MATTERS,
    *matters_safety.MATTERS,
    *matters_grounds.MATTERS,
    *matters_messages.MATTERS,
    *matters_words.MATTERS,
    *matters_discretion.MATTERS,
    *matters_promises.MATTERS,
)


# What compares sentences in general, and leaves alone what stands already.
LATER = (
    *opposites.LATE,
    duties_compared.duties,
    terms_compared.compared,
    opposed.opposed,
    kept_home.kept_home,
    lists_given.lists_given,
    things_denied.things_denied,
)


def lint_text(sentences: Sequence[Sentence], *, jurisdictions: Sequence[str] = ()) -> tuple[Finding, ...]:
    """What a careful reader should look at in a policy text.

    Args:
        sentences: the units of the text in text order.
        jurisdictions: codes of the regimes that apply ("EU", "UK", "US", "US-CA", "HK", "CN", "SG"); they decide
            which content is mandatory. Empty: inferred from the laws, places and numbers the text names.

    Returns:
        The findings, `block` before `warn` before `info`, then in text order; findings about the text as a whole
        come last in their severity.
    """
    if not sentences:
        return ()
    document = open_document(sentences, jurisdictions)
    place = {id(s): n for n, s in enumerate(sentences)}

    def order(finding: Finding) -> tuple[int, int, str]:
        first = min((place[id(s)] for s in finding.sentences), default=len(sentences))
        return SEVERITIES.index(finding.severity), first, finding.rule

    read = tuple(f for detect in DETECTORS for f in detect(document))
    matters = tuple(f for matter in MATTERS for f in matter(document))
    odds = resembling.weighed(document)
    seen = excused(document, company_only(document, joined(read, matters)))
    found = list(resembling.unlike(tuple(seen), odds))
    told = [frozenset(s.id for s in f.sentences) for f in found if f.kind == "contradiction"]
    later = resembling.unlike([f for detect in LATER for f in detect(document)], odds)
    found += [f for f in later if not any({s.id for s in f.sentences} <= ids for ids in told)]
    found += clashes.clashes(document, found)
    found += broken_promises.broken(document, found)
    alike = tuple(resembling.resembling(document, found, odds))
    found += excused(document, company_only(document, alike))
    return tuple(sorted(distinct([*merged(found)]), key=order))
