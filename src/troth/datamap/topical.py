"""Columns whose names mean something only in a table about something: name, date, value, content, counters."""

from __future__ import annotations

from troth.datamap.classify import Guess
from troth.datamap.names import tokens
from troth.datamap.survey import EVENT_TIMES, NUMERIC, TIMES, Place, Survey, eav, keeps_books
from troth.model.schema import Field

EVENTS = {
    "log": "log",
    "message": "login",
    "usage": "usage",
    "order": "order",
    "payment": "payment",
    "web": "web",
}
NAMES = {
    "tenancy": "contact.company", "dns": "dns", "service": "service", "network": "service", "content": "content",
    "order": "order", "payment": "payment", "pool": "", "usage": "usage", "preference": "preference", "log": "log",
}  # fmt: skip
VALUES = {
    "credential": "secret",
    "preference": "preference",
    "message": "message",
    "service": "service",
    "network": "network",
    "order": "order",
}
HOLDERS = frozenset(
    {
        "contact",
        "registrant",
        "recipient",
        "holder",
        "owner",
        "participant",
        "subscriber",
        "guest",
        "lianxiren",
        "联系人",
    }
)
"""Whose row a table holds by its last word, whatever hangs on it: the contacts of a domain."""
NAMED = 30  # names in a sample below which few different ones may be chance
AGAIN = 10  # rows that each of them has on the average where nobody chose it
HANDED = frozenset({"transfer", "invitation", "invite", "confirmation", "activation", "reset"})
"""Tables of requests that somebody else answers with a key that was sent to them."""
MAILISH = frozenset({"alias", "whitelist", "blacklist", "ban", "suppression"})


def by_value_column(survey: Survey, place: Place, field: Field) -> Guess | None:
    """The value column of an attribute-value table: it holds whatever the attribute says."""
    if field.name not in eav(survey.relations[place]) or field.kind not in {"text", "json", "binary"}:
        return None
    category = VALUES.get(survey.topic(place), "blob")
    if tokens(field.name)[0] == "large":
        category = "content"
    if category == "secret" and not survey.having(place, "ident.username"):
        category = "blob"
    return Guess(category, "eav", "weak", 0.6, "holds what the attribute column names")


def by_switch(survey: Survey, place: Place, field: Field) -> Guess | None:
    """A flag: a choice of the person in a table of preferences, otherwise nothing about her."""
    if survey.topic(place) == "preference" and tokens(field.name)[:1] != ("is",):
        return Guess("preference", "plain", "weak", 0.6, "a choice of the person")
    return None


def by_topic(survey: Survey, place: Place, field: Field) -> Guess | None:
    """Names that mean something only in a table about something: name, date, content, counters."""
    return next(
        (guess for rule in (_time, _name, _counter, _text) if (guess := rule(survey, place, field))), None
    )


def _time(survey: Survey, place: Place, field: Field) -> Guess | None:
    words = tokens(field.name)
    if field.kind not in TIMES or not words:
        return None
    topic = survey.topic(place)
    if topic in {"login", "web"} and UPDATED & set(words):
        return Guess("login", "plain", "weak", 0.6, "when the person was there")
    if (
        "pool" in survey.topics[place]
        and {"expiry", "expire", "lease"} & set(words)
        and survey.having(place, "ident.username")
    ):
        return Guess("login", "plain", "weak", 0.55, "when the person's lease ends")
    event = set(words) & set(EVENT_TIMES) or {"start", "stop", "end", "started", "finished"} & set(words)
    rest = set(words) - set(EVENT_TIMES) - AROUND - set(survey.words[place])
    if rest:
        return None
    ends = {
        "expire",
        "expires",
        "expiration",
        "expiry",
        "due",
        "deleted",
        "valid",
        "before",
        "until",
        "scheduled",
        "updated",
        "modified",
    } & set(words)
    if not event or ends or keeps_books(survey.relations[place]):
        return None
    return Guess(EVENTS.get(topic, "login"), "plain", "weak", 0.55, "when something happened to the person")


AROUND = frozenset(
    {
        "at",
        "on",
        "gmt",
        "utc",
        "by",
        "start",
        "stop",
        "end",
        "started",
        "finished",
        "action",
        "event",
        "entry",
        "request",
        "session",
        "acct",
    }
)
FIRST = frozenset({"firstname", "givenname", "forename", "fname", "middlename", "namefirst", "mingzi"})
UPDATED = frozenset({"updated", "accessed", "changed"})


def _name(survey: Survey, place: Place, field: Field) -> Guess | None:
    words = tokens(field.name)
    if field.kind != "text" or words not in {
        ("name",),
        ("tag",),
        ("alias",),
        ("label",),
        (*survey.words[place][-1:], "name"),
    }:
        return None
    topic = survey.topic(place)
    if words[-1:] == ("name",) and _of_people(survey, place):
        return Guess("contact.name", "plain", "strong", 0.7, f"the name in {survey.relations[place].name}")
    if words == ("alias",):
        return (
            Guess("contact.email", "mixed", "weak", 0.5, "another address")
            if MAILISH & set(survey.words[place])
            else None
        )
    if topic == "staff" and survey.having(place, "secret") and survey.having(place, "contact.email"):
        return Guess("contact.name", "plain", "strong", 0.7, "the name of one of the staff, who sign in")
    if topic == "person":
        other = survey.having(place, "contact.name")
        first = survey.relations[place].name
        # A contact has its names in parts and in one; a name beside a first name alone is the last one.
        entry = not HOLDERS.isdisjoint(survey.words[place][-1:]) or _first_alone(other)
        category = "ident.username" if (other or _extends(survey, place)) and not entry else "contact.name"
        return Guess(category, "plain", "strong", 0.7, f"the name in {first}")
    if _repeats(field):
        return None
    category = NAMES.get(topic, "message") if "pool" not in survey.topics[place] else ""
    if topic == "tenancy" and survey.words[place][-1] == "tag":
        category = "message"
    form = "free" if category == "message" else "mixed" if category == "contact.company" else "plain"
    return Guess(category, form, "weak", 0.55, "a name that the person chose") if category else None


def _first_alone(names: list[str]) -> bool:
    """Whether the other names of a person are first names and no last or whole name is among them."""
    said = [tokens(one) for one in names]
    return bool(said) and all("".join(one) in FIRST for one in said)


def _of_people(survey: Survey, place: Place) -> bool:
    """Whether a table, of whatever else it speaks, has a row for each contact or holder with an address or number."""
    if survey.topic(place) == "person" or HOLDERS.isdisjoint(survey.words[place][-1:]):
        return False
    return bool(survey.having(place, "contact.email") or survey.having(place, "contact.phone"))


def _repeats(field: Field) -> bool:
    """Whether the names of a sample are few and come again and again: those that the software gives, as "Owner" of a group."""
    said = [one for one in field.samples if one]
    return len(said) >= NAMED and len(set(said)) * AGAIN <= len(said)


def _extends(survey: Survey, place: Place) -> bool:
    """Whether the table adds a login to persons that stand in another table."""
    return len(survey.words[place]) > 1


def _counter(survey: Survey, place: Place, field: Field) -> Guess | None:
    """Counters of usage records are about the person."""
    words = tokens(field.name)
    if (
        survey.topic(place) != "usage"
        or field.kind not in NUMERIC
        or words[-1] in {"id", "deleted", "version"}
    ):
        return None
    return (
        Guess("usage", "plain", "weak", 0.55, "a counter of a usage record")
        if field.name not in survey.relations[place].key
        else None
    )


def _text(survey: Survey, place: Place, field: Field) -> Guess | None:
    words = tokens(field.name)
    topic = survey.topic(place)
    if (
        topic == "log"
        and field.kind in {"text", "integer"}
        and words[-1] in {"action", "event", "result", "context", "reason", "activity", "status code"}
    ):
        return Guess("log", "plain", "weak", 0.55, "what happened, in a log of the person")
    if (
        words == ("key",)
        and field.kind == "text"
        and (topic == "credential" or HANDED & set(survey.words[place]))
        and not eav(survey.relations[place])
    ):
        return Guess("secret", "plain", "weak", 0.6, "a key given to the person")
    if words == ("content",) and topic == "vault":
        return Guess("secret", "plain", "weak", 0.6, "a key of the system")
    if words == ("content",) and field.kind in {"text", "binary", "json"}:
        category = {"message": "message", "dns": "dns", "content": "content", "staff": "message"}.get(
            topic, "blob"
        )
        return Guess(
            category, "free" if category == "message" else "plain", "weak", 0.6, "the content of the row"
        )
    if (
        topic == "dns"
        and field.kind == "text"
        and words
        in {("name",), ("content",), ("data",), ("domain",), ("account",), ("ordername",), ("order", "name")}
    ):
        return Guess("dns", "plain", "weak", 0.6, "part of a DNS record")
    if topic == "dns" and words in {("host",), ("master",), ("masters",), ("primary",), ("primaries",)}:
        return Guess("network", "plain", "weak", 0.6, "the server that a zone is copied from")
    if words == ("guid",) and field.kind == "text" and (field.length or 0) > 64:
        return Guess("web", "plain", "weak", 0.5, "the address of what the person wrote")
    if topic == "dns" and words == ("options",) and field.kind in {"text", "json"}:
        return Guess("blob", "json", "weak", 0.5, "what else was set for a zone")
    if topic == "network" and words[-1] in {"address", "host"} and field.kind in {"text", "network"}:
        return Guess("network", "plain", "weak", 0.6, "an address in a network")
    if topic in {"login", "web"} and field.name in survey.relations[place].key and field.kind == "text":
        return Guess("web", "plain", "weak", 0.6, "the key of the session")
    return None
