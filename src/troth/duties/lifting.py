"""End a restriction that a person asked for; they are told before it ends (GDPR Art. 18(3))."""

from __future__ import annotations

from typing import Any

from troth.duties import letters
from troth.duties.citing import citation_for
from troth.duties.desk import Desk
from troth.duties.intake import one_account
from troth.duties.post import PostRefused
from troth.enforcement.choices import release
from troth.enforcement.known import under
from troth.enforcement.onfile import Filed, filed
from troth.evidence.restriction import restrictions_of
from troth.model.entry import Entry, utc
from troth.model.errors import TrothError
from troth.model.outcome import Outcome, Person
from troth.model.plan import Citation


def lift(  # noqa: PLR0913 - whose, why, which, and how they are told
    desk: Desk, person: Person, why: str, *, reason: str = "", language: str = "", every: bool = False
) -> Outcome:
    """Tell the person that the restriction ends and why, and end it.

    Args:
        desk: the desk.
        person: whose.
        why: why it ends, in words for the person.
        reason: the reason it was restricted for; empty for every restriction that was asked for. A hold and an
            objection end by themselves, or by the person.
        language: "en" or "zh"; that of the house where it is empty.
        every: whether every account that the identities name is meant.

    Returns:
        `nothing found` where nothing of the kind is restricted; nobody is told then.

    Raises:
        TrothError: there is no reason, several accounts are named, or the person could not be told: it goes on then.
    """
    if not why.strip():
        raise TrothError(
            "nothing says why the restriction ends",
            hint='the person is told: --why "the address was corrected"',
        )
    found = filed(desk.project, person)
    if not every:
        one_account(found)
    cited = citation_for(desk.policy, "restrict")
    if _restricted(desk, found, reason):
        _tell(desk, found, why, language, cited)
    return release(desk.project, person, cited, reason=reason)


def _restricted(desk: Desk, found: Filed, reason: str) -> bool:
    current = restrictions_of(desk.project.ledger, under(desk.project, found.person))
    return any(one.action == "restrict" and (not reason or one.reason == reason) for one in current)


def _tell(desk: Desk, found: Filed, why: str, language: str, cited: Citation) -> None:
    subject = desk.project.pseudonym(found.person)
    facts = letters.Facts(
        request="", right="restrict", provider=desk.policy.provider, received=desk.now, place=desk.places[0],
        why=why, done=desk.now,
    )  # fmt: skip
    text = letters.letter(letters.RELEASED, language or desk.language, facts)
    detail: dict[str, Any] = {"about": "restriction"}
    outcome = "no address"
    if found.addresses:
        # Told again after a kill, it is the same message to a mail program.
        name = f"troth-released-{subject[-16:]}-{desk.now:%Y%m%d}"
        try:
            sent = desk.post.send(found.addresses[0], text, at=desk.now, name=name)
        except PostRefused as refused:
            raise TrothError(
                f"the restriction goes on, because the person could not be told: {refused.message}",
                hint=refused.hint,
            ) from None
        outcome, detail = "sent", {**detail, "channel": sent.channel, "proof": sent.proof}
    entry = Entry(
        time=utc(desk.now), kind="notice", actor=desk.project.actor, action=letters.RELEASED, subject=subject,
        outcome=outcome, detail=detail,
    )  # fmt: skip
    desk.append(entry, cited.promise, cited.sentences)
