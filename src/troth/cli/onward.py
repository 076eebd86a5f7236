"""What happens next with a request, in words for whoever has it on the desk."""

from __future__ import annotations

from collections.abc import Iterator

from troth.app.project import Opened
from troth.duties.carry import ready
from troth.duties.docket import sendings_of
from troth.duties.life import Life
from troth.duties.rights import JUDGED
from troth.enforcement.verdict import STANDS
from troth.stores.errors import StoreBusy, StoreGone, StoreRefused

AWAY = (StoreBusy, StoreGone, StoreRefused)
"""What a request ends with that asked a store for the person and had no answer."""
NOT_TAKEN = "the request was not taken down: enter it again"


def taken_down(life: Life) -> str:
    """What an error says besides that came after a request was taken down, so that nobody enters it again."""
    number = life.joined or life.id
    return f"request {number} is taken down, see troth request show {number}; what is left of it `troth keep` does"


def onward(opened: Opened, life: Life) -> Iterator[str]:
    """What happens next, or what somebody has to do."""
    first = opened.desk.due(life).first
    ledger, files = opened.project.ledger, opened.desk.files
    unsent = [one[0] for one in files.open(life.id).get("unsent", ())] if files.known(life.id) else []
    newest = {one.kind: one for one in sendings_of(ledger, life.id)}
    for kind in dict.fromkeys(unsent):
        why = f": {newest[kind].why}" if kind in newest and newest[kind].why else ""
        yield f"  the letter `{kind}` has not left{why}; `troth keep` tries again"
    if any(one.outcome == "no address" for one in newest.values()):
        yield "  no address of this person is on file, so nobody was told: tell them another way"
    if life.state == "received":
        known = opened.desk.files.open(life.id).get("addresses")
        why = "this person was sent too many codes today" if known else "no address of this person is on file"
        yield f"  {why}: confirm who they are another way"
        yield f"  troth request confirm {life.id} --method document"
    elif life.state == "identity asked":
        if "code" not in unsent:
            yield "  a code is on its way to the address on file"
        yield f"  troth request confirm {life.id} CODE"
    elif life.state == "waiting" and life.undo:
        yield f"  it can be taken back until {life.undo:%Y-%m-%d %H:%M} UTC; then `troth keep` carries it out"
    elif life.state == "held":
        said = opened.desk.files.open(life.id).get("facts") or {}
        noted = [one for one in life.holds if one.ends and not said.keys().isdisjoint(one.ends.split())]
        for hold in life.holds:
            if hold in noted:
                yield f"  {hold.name}: what it needs is said; `troth request run {life.id}` looks again, or `troth keep`"
                continue
            if hold.ends:
                yield f"  nothing is erased until {hold.ends}, which the hold {hold.name} needs"
                continue
            end = f", expected until {hold.until}" if hold.until else ""
            used = f"used only for {', '.join(hold.purposes)}" if hold.purposes else "not used meanwhile"
            yield f"  kept because of {hold.name}{end}; {used}"
        if any(hold.ends and hold not in noted for hold in life.holds):
            yield f"  say it: troth request fact {life.id} NAME=VALUE; then `troth keep` goes on"
            yield "  for everybody: `facts` of the map where a column tells it, else [facts] of troth.toml"
        elif not noted:
            yield "  `troth keep` finishes it when that ends"
    elif life.state == "partly" and not ready(opened.desk, life):
        yield "  nothing was changed; `troth keep` tries again once a day, and somebody must look at it"
        yield f"  troth request run {life.id} when the reason is gone, or troth request refuse {life.id} --ground ..."
    elif life.state == "partly":
        yield "  `troth keep` goes on with it"
        if STANDS in life.story[-1]:
            yield "  no path of the map leads to a row in which a value still stands: take the value out there by hand"
    elif life.state == "joined":
        yield f"  it repeats request {life.joined}, which answers it"
    elif life.right in JUDGED and not life.ended:
        yield f"  troth request answer {life.id} --text FILE"
    if first and first.date and not life.ended:
        yield f"  due {first.date} ({', '.join(first.cites)})"
