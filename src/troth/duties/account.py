"""The account that a request is about, also when the address that the request named is corrected or somebody else's by now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from troth.duties.citing import citation_for
from troth.duties.desk import Desk
from troth.duties.docket import entries_of
from troth.duties.identity import Address, address_for
from troth.enforcement.meaning import CATEGORIES
from troth.enforcement.onfile import Filed, filed
from troth.enforcement.rectify import plan_rectification
from troth.model.errors import TrothError
from troth.model.outcome import Identity, Person
from troth.stores.errors import StoreBusy, StoreGone


def account_of(desk: Desk, request: str) -> tuple[Person, Filed]:
    """Whom a request is about now, and what is on file of them.

    What the request names counts while it still names the account it named when it came in, alone. Otherwise the account
    is taken by its key, and evidence goes on under the first name: else an erasure would find nobody after a correction,
    would not see what holds it, or would mean whoever has got the address since.

    Raises:
        TrothError: the identities are of different accounts, and the account is not there any more; or another account has
            what they name, and nothing of the one they named was erased yet; or its number may be another's.
        StoreGone: a store can not be reached.
    """
    return account_in(desk, desk.files.open(request), desk.person(request), Matter(request))


@dataclass(frozen=True, slots=True)
class Matter:
    """What somebody asked for who has to be found again.

    Attributes:
        request: its number; the entry of a closing.
        closing: whether it is a closing that waits, and no request.
    """

    request: str
    closing: bool = False

    def __str__(self) -> str:
        return f"closing {self.request}" if self.closing else f"request {self.request}"

    @property
    def hint(self) -> str:
        """What a person can do where nobody can tell whose the account is."""
        again = "for the account that is there now the person has to ask again"
        return again if self.closing else f"troth request refuse {self.request} --ground ...; {again}"

    def since(self, desk: Desk) -> int:
        """The entry that it began with."""
        return int(self.request) if self.closing else next(entries_of(desk.project.ledger, self.request)).seq


def account_in(desk: Desk, file: Mapping[str, Any], named: Person, matter: Matter) -> tuple[Person, Filed]:
    """The same for what a file holds: whom it names, and the keys and traits of their account.

    Raises:
        TrothError, StoreGone: see `account_of`.
    """
    keyed = () if file.get("every_account") else identities(file.get("keyed", ()))
    refused: TrothError | None = None
    found = Filed(named, (), {})
    try:
        found = filed(desk.project, named)
    except (StoreBusy, StoreGone):
        raise
    except TrothError as error:
        refused = error
    if not keyed:
        _unmoved(desk, file, named, found, matter)
    if not keyed or set(found.keyed) == set(keyed):
        return _or_raise(named, found, refused)
    account = Person(keyed, name=named.name or named.identities[0])
    again = filed(desk.project, account)
    if not again.keyed and found.rows and set(keyed).isdisjoint(found.keyed):
        # What named it is a new customer's by now.
        if _begun(desk, named):
            return account, again
        raise TrothError(
            f"the account that {matter} is about is gone, and what it names is another account's now",
            hint=matter.hint,
        )
    # Where less of the account is left, but all of it is named and nobody else is, nothing has changed.
    if not again.keyed or (set(again.keyed) <= set(found.keyed) and not found.accounts):
        return _or_raise(named, found, refused)
    if not _same(desk, file, named, again, matter):
        raise TrothError(
            f"the number of the account that {matter} is about may be another's by now: nothing else is as it was",
            hint=matter.hint,
        )
    return account, again


def _begun(desk: Desk, named: Person) -> bool:
    """Whether an erasure has deleted something of a person, or may have before it was killed."""
    journal, subject = desk.project.journal, desk.project.pseudonym(named)
    jobs = (job.id for job in journal.jobs() if job.purpose == "erasure")
    return journal.begun(subject, 0) or any(subject in journal.subjects(job) for job in jobs)


def _unmoved(desk: Desk, file: Mapping[str, Any], named: Person, now: Filed, matter: Matter) -> None:
    """Make sure that a name still leads to the account that it led to, where no request can name its key.

    Raises:
        TrothError: it leads to another account, or to none although nothing was erased yet.
    """
    before = set(file.get("rows", ()))
    if file.get("every_account") or not before or not before.isdisjoint(now.rows):
        return
    if _begun(desk, named):
        return
    what = "is another account's now" if now.rows else "is nobody's any more"
    raise TrothError(f"what {matter} names {what}, and it named an account when it came in", hint=matter.hint)


def _same(desk: Desk, file: Mapping[str, Any], named: Person, now: Filed, matter: Matter) -> bool:
    """Whether an account that only its number finds has a name, a login or an address of the one that was asked about.

    A correction that was asked for here may have changed all of them, and a row that stays without a name has none.
    """
    before = set(file.get("traits", ()))
    if not before or not now.traits or not before.isdisjoint(now.traits):
        return True
    names = {desk.project.pseudonym(named), *file.get("aliases", ())}
    entries = desk.project.ledger.read(matter.since(desk))
    return any(one.kind == "rectified" and one.subject in names for one in entries)


def all_there(desk: Desk, request: str) -> None:
    """Make sure that a request about all accounts of a person still names each of them that is there.

    Raises:
        TrothError: one has another address by now; what it holds would be left.
        StoreGone: a store can not be reached.
    """
    named = filed(desk.project, desk.person(request))
    for one in identities(desk.files.open(request).get("keyed", ())):
        if one not in named.keyed and filed(desk.project, Person((one,))).keyed:
            raise TrothError(
                f"an account of request {request} is not found by what it names any more",
                hint=f"make a request for that one: -s {one.kind}={one.value}; then this one goes on",
            )


def go_by_new(desk: Desk, request: str) -> None:
    """After a correction of what names all accounts of a person, go on by the new value, with the letters as well.

    Raises:
        StoreGone: a store can not be reached.
    """
    file, named = desk.files.open(request), desk.person(request)
    plan = plan_rectification(desk.project, list(file["changes"]), citation_for(desk.policy, "rectify"))
    new = {
        target.category: value for target, value in zip(plan.targets, file["changes"].values(), strict=True)
    }
    pairs = [[one.kind, new.get(CATEGORIES.get(one.kind, ""), one.value)] for one in named.identities]
    found = filed(desk.project, Person(identities(pairs)))
    if not set(identities(file.get("keyed", ()))) <= set(found.keyed):
        return
    name = named.name or named.identities[0]
    addresses = [[one.kind, one.value] for one in addresses_of(found, Person(identities(pairs)))]
    now = {"person": pairs, "name": [name.kind, name.value], "addresses": addresses or file["addresses"]}
    desk.files.write(request, {**file, **now})


def addresses_of(found: Filed, asked: Person) -> tuple[Identity, ...]:
    """The addresses of an account in the order in which they are written to: one that the request named comes first."""
    mails = [Address("email", one.value) for one in found.addresses if one.kind == "email"]
    wanted = [Address("email", one.value) for one in asked.identities if one.kind == "email"]
    if not mails or not wanted:
        return found.addresses
    first = Identity("email", address_for(mails, wanted[0]).value)
    return (first, *(one for one in found.addresses if one != first))


def identities(pairs: Sequence[Sequence[str]]) -> tuple[Identity, ...]:
    """Identities as the file of a request holds them."""
    return tuple(Identity(kind, value) for kind, value in pairs)


def _or_raise(named: Person, found: Filed, refused: TrothError | None) -> tuple[Person, Filed]:
    if refused is not None:
        raise refused
    return named, found
