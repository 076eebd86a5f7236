"""What counts as agreeing to a version of the policy, for decisions, sweeps and checks alike.

A yes is to a version where it was said under that version or a later one, and stands: whoever took it back has not agreed.
A yes to one purpose is about that purpose alone. To the whole version agrees who explicitly says yes to every purpose, or
accepts the version itself; going on using the service is no agreement. The newest of these words counts.
"""

from __future__ import annotations

from collections.abc import Collection

from troth.enforcement.standing import form_of
from troth.evidence.ledger import Tables
from troth.model.entry import decode

EVERYTHING = "purpose"
"""The purpose above all others: who says yes to it agrees to the whole version."""


def counts(policy: str, since: Collection[str]) -> bool:
    """Whether a yes under a version is one to the versions whose hashes are given."""
    return policy in since


def agreed_to(tables: Tables, since: Collection[str]) -> set[str]:
    """Who agreed to the whole of one of some versions: their pseudonyms.

    Args:
        tables: a ledger opened with the projections of consents and acceptances.
        since: the hashes of the versions.
    """
    words = tables.query(
        """select s.subject, s.status, s.policy, s.seq, case when s.status = 'given' then e.body end
        from consent_state s join ledger_entry e on e.seq = s.seq where s.purpose = ? and s.scope = ''""",
        (EVERYTHING,),
    )
    newest: dict[str, tuple[int, bool]] = {}
    for subject, status, policy, seq, body in words:
        explicit = body is not None and form_of(decode(body).detail) == "explicit"
        newest[subject] = seq, status == "given" and explicit and counts(policy, since)
    accepted = "select subject, policy, seq from acceptance_state where action = 'accept'"
    for subject, policy, seq in tables.query(accepted):
        if counts(policy, since) and seq > newest.get(subject, (-1, False))[0]:
            newest[subject] = seq, True
    return {subject for subject, (_, yes) in newest.items() if yes}


def said_yes(tables: Tables, since: Collection[str]) -> set[str]:
    """Who said yes, and has not taken it back, to anything under one of some versions, or accepted one: their pseudonyms."""
    given = tables.query("select subject, policy from consent_state where status = 'given'")
    some = {subject for subject, policy in given if counts(policy, since)}
    return some | agreed_to(tables, since)
