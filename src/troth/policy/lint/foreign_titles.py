"""Titles in capitals that name no document of the company: those of laws, regulators, registries and contracts."""

from __future__ import annotations

import re

# a schedule of a statute, a tariff that people are on, and the contract that they signed themselves
_SCHEDULE_OF = re.compile(
    r"^,? (?:of|to|in|under) (?:the |that )?(?:[A-Z][\w.]* ){0,6}?(?:Act|Ordinance|Regulations?|Law|Code|Statute|Rules|P[DI]P\w+|PIPEDA|APPI|GDPR|FADP|POPIA|LGPD)\b"
)
_ON_TARIFF = re.compile(
    r"^ (?:customers?|users?|subscribers?|members?|holders?|accounts?|mailboxes|servers?|prices?)\b"
)
_SIGNED = re.compile(
    r"(?:sign(?:s|ed)|enter(?:s|ed) into|conclude[sd]?|(?:is|are) (?:a )?party to|countersigned|executed) (?:a|an|one|the|its|their|his) (?:\w+ )?$"
)
# "the IT (Intermediary Guidelines) Rules"
_STATUTE = re.compile(r"^\)? (?:Rules|Regulations|Act|Order)\b")
# rules of regulators and of the body that looks after domain names, which everybody can find
_REGULATOR = re.compile(
    r"\b(?:ICANN|Commission|Commissioner|Authority|Office|Registry|Ministry|Nominet|CNNIC|Regulator)(?:'s|’s) $"
)
_OF_ICANN = re.compile(
    r"(?:Expired Registration Recovery|Transfer Dispute Resolution|Registration Data|Uniform [\w ]+) Policy$|Registration Data Access Protocol$"
)


def of_others(before: str, title: str, after: str) -> bool:
    """Whether a title in capitals is no document of the company that the reader is sent to."""
    return (
        _SCHEDULE_OF.match(after) is not None
        or _STATUTE.match(after) is not None
        or _REGULATOR.search(before) is not None
        or _OF_ICANN.search(title) is not None
        or title.startswith("My ")  # a page of the account
        or (title.endswith("Plan") and _ON_TARIFF.match(after) is not None)
        or (title.endswith("Agreement") and _SIGNED.search(before) is not None)
    )
