"""What the person is told: the answer texts in English and Chinese, from the templates beside the code.

The texts are plain. Every value is folded to one line, so nothing that somebody typed can look like a line of ours or
of a mail header.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from troth.duties.identity import MINUTES
from troth.duties.life import Hold
from troth.duties.rights import GROUNDS, RIGHTS
from troth.duties.workdays import Place
from troth.model.errors import NotFound, TrothError

if TYPE_CHECKING:
    from jinja2 import Environment

LANGUAGES = ("en", "zh")
KINDS = ("received", "code", "extended", "held", "refused", "done", "nothing found", "partly", "withdrawn")
"""The letters about a request."""
RELEASED = "released"
"""The letter that a restriction ends; it names no request."""

_NEEDS: Mapping[str, tuple[str, ...]] = {
    "code": ("code",),
    "extended": ("why",),
    "held": ("holds",),
    "refused": ("ground",),
    "partly": ("why",),
    "released": ("why",),
}
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]  # not from the locale, which differs from machine to machine
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_BLANK = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a letter is about.

    Attributes:
        request: name of the request.
        right: what was asked, one of `RIGHTS`.
        provider: the house, as its policy names it.
        received: when the request came in.
        place: the jurisdiction, for dates and for whom to complain to.
        due: last day for the answer.
        standing: the clock stands still until the person answers.
        undo: until when the request can be taken back.
        holds: reasons to keep data.
        ground: why it is refused, one of `GROUNDS`.
        why: more on that, or why it takes longer or is not complete; in the language of the letter.
        done: when it was finished.
        told: recipients that were told too.
        code: the one-time code.
        undone: nothing of it could be done, and a person must look at it.
        purpose: for which purpose, where the right is about one; in the language of the letter.
    """

    request: str
    right: str
    provider: str
    received: datetime
    place: Place
    due: date | None = None
    standing: bool = False
    undo: datetime | None = None
    holds: tuple[Hold, ...] = ()
    ground: str = ""
    why: str = ""
    done: datetime | None = None
    told: tuple[str, ...] = ()
    code: str = ""
    undone: bool = False
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A text to a person: one line of subject, and the body."""

    subject: str
    body: str


def letter(kind: str, language: str, facts: Facts) -> Letter:
    """The letter of a kind in a language.

    Args:
        kind: one of `KINDS`, or `RELEASED`.
        language: "en" or "zh".
        facts: what it is about.

    Raises:
        NotFound: there is no such letter or language.
        TrothError: the facts lack what such a letter must say.
    """
    if kind not in {*KINDS, RELEASED} or language not in LANGUAGES:
        hint = f"the letters are {', '.join((*KINDS, RELEASED))}, in {' and '.join(LANGUAGES)}"
        raise NotFound(f"there is no letter `{kind[:20]}` in `{language[:20]}`", hint=hint)
    for need in _NEEDS.get(kind, ()):
        if not getattr(facts, need):
            raise TrothError(f"the letter `{kind}` must say `{need}`")
    text = (
        _templates()
        .get_template(f"{language}/{kind.replace(' ', '-')}.txt.j2")
        .render(_words(facts, language))
    )
    subject, _, body = text.partition("\n")
    return Letter(subject, _BLANK.sub("\n\n", body).strip() + "\n")


def write_day(day: date, language: str) -> str:
    """A day as people write it: "22 November 2026", "2026年11月22日"."""
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def write_moment(moment: datetime, place: Place, language: str) -> str:
    """A moment in the time of a place: "22 November 2026, 09:30 (Asia/Hong_Kong)"."""
    local = moment.astimezone(place.calendar.tz)
    return f"{write_day(local.date(), language)} {local:%H:%M} ({place.calendar.zone})"


def remedy(place: Place, language: str) -> str:
    """Where a person can complain in a jurisdiction, as a sentence."""
    if language == "zh":
        court = "，也可以向法院提起诉讼" if place.court else ""
        return f"如果您不同意，可以向我们提出异议，向{place.authority['zh']}投诉{court}。"
    court = " You can also go to court." if place.court else ""
    return f"If you do not agree, answer us, or complain to {place.authority['en']}.{court}"


def _words(facts: Facts, language: str) -> dict[str, Any]:
    zh = language == "zh"
    zone = facts.place.calendar.tz

    def local(moment: datetime | None) -> str:
        return write_day(moment.astimezone(zone).date(), language) if moment else ""

    if facts.right not in RIGHTS or (facts.ground and facts.ground not in GROUNDS):
        raise TrothError("the letter names a right or a ground that does not exist")
    ground = GROUNDS[facts.ground] if facts.ground else None
    between = "、" if zh else ", "
    return {
        "request": _flat(facts.request),
        "right": RIGHTS[facts.right][zh] + _bracketed(facts.purpose, zh=zh),
        "provider": _flat(facts.provider),
        "undone": facts.undone,
        "received": local(facts.received),
        "due": write_day(facts.due, language) if facts.due else "",
        "standing": facts.standing,
        "undo": write_moment(facts.undo, facts.place, language) if facts.undo else "",
        "holds": [_hold_words(hold, language) for hold in facts.holds],
        "ground": (ground.zh if zh else ground.en) if ground else "",
        "basis": ground.basis.get(facts.place.code, "") if ground else "",
        "why": _flat(facts.why).rstrip(".。"),
        "done": local(facts.done),
        "told": between.join(_flat(name) for name in facts.told),
        "code": facts.code,
        "minutes": MINUTES,
        "complain": remedy(facts.place, language),
    }


def _hold_words(hold: Hold, language: str) -> dict[str, str]:
    """A hold with its expected end as a sentence."""
    zh, ends = language == "zh", _flat(hold.ends).rstrip(".。")
    day = write_day(date.fromisoformat(hold.until), language) if hold.until else ""
    if zh:
        end = f"预计于{day}结束" if day else "结束时间尚未确定，一经确定我们会通知您"
        end += f"（条件：{ends}）。" if ends else "。"
    else:
        end = (
            f"expected to end on {day}"
            if day
            else "when it ends is not known yet; we tell you as soon as it is"
        )
        end += f" (when {ends})." if ends else "."
    between = "、" if zh else ", "
    purposes = between.join(_flat(purpose) for purpose in hold.purposes)
    name = _flat(hold.name)
    if _NAME.fullmatch(name):  # a sentence of the policy stays as it is
        name = name.replace("-", " ")
    return {"name": name, "end": end, "purposes": purposes}


def _bracketed(text: str, *, zh: bool) -> str:
    flat = _flat(text)
    return (f"（{flat}）" if zh else f" ({flat})") if flat else ""


def _flat(text: str) -> str:
    return " ".join(text.split())


@cache
def _templates() -> Environment:
    from jinja2 import (  # noqa: PLC0415 - not needed until a letter is written
        Environment,
        PackageLoader,
        StrictUndefined,
        select_autoescape,
    )

    return Environment(
        loader=PackageLoader("troth.duties"),
        autoescape=select_autoescape(("html",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
