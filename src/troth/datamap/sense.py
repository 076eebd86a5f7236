"""What a column that points to a person means: its owner, its author, the agent who works on it, or who touched it last."""

from __future__ import annotations

from typing import Literal

Sense = Literal["owner", "author", "staff", "audit", "self", "part"]

STAFF = frozenset(
    "assigned assignee agent moderator approver approved reviewer handler resolver technician operator admin administrator "
    "salesperson salesman processed closed locked verifiedby staff employee manager supervisor dispatcher issuer signedby "
    "caseworker accepted granted revokedby support responsible inspector".split()  # noqa: SIM905 - a list of quoted words reads worse
)
AUDIT = frozenset("updated modified changed deleted edited editor updater modifier upd lastupdated archived".split())  # noqa: SIM905 - same
AUTHOR = frozenset("creator created author added inserted posted uploaded uploader poster writer entered crt originator".split())  # noqa: SIM905 - same
SELF = frozenset("parent root prev previous next merged effective child duplicate superior predecessor successor supersede original replaced".split())  # noqa: SIM905 - same
PEOPLE = frozenset(
    "user customer client account member person people subscriber contact patient student registrant owner creator author requestor "
    "requester submitter sender recipient trustor trustee actor principal participant buyer seller shopper holder assignee agent "
    "operator employee reviewer approver moderator editor payer payee borrower guest visitor poster uploader responder respondent "
    "beneficiary tenant follower friend watcher voter referrer sponsor party individual yonghu kehu huiyuan 用户 客户 会员".split()  # noqa: SIM905 - same
)
OFFICE = frozenset("reply forward notify notification box noreply support bounce bounces correspond abuse postmaster default".split())  # noqa: SIM905 - same
MINOR = frozenset({"default", "preferred", "current", "last", "favorite", "selected", "active"})  # a choice, not a belonging


def sense_of(words: tuple[str, ...], *, working: bool = False, authored: bool = False) -> Sense:
    """What a link to a person means by the words of its column.

    Args:
        words: the words of the column's name.
        working: whether the table is about tickets and messages, where an owner is the agent at work ...
        authored: ... if the table also names who wrote the row.
    """
    said = set(words)
    if AUDIT & said or OFFICE & said:
        return "audit"
    if STAFF & said or (working and authored and "owner" in said):
        return "staff"
    if AUTHOR & said:
        return "author"
    if SELF & said:
        return "self"
    return "owner"
