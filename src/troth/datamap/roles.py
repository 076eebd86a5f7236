"""What happens to the rows of a table when their person leaves."""

from __future__ import annotations

from dataclasses import dataclass, replace

from troth.datamap.edge import Claim, Edge, edge
from troth.datamap.groups import contact
from troth.datamap.inner import distinct
from troth.datamap.names import tokens
from troth.datamap.ours import mailbox_of_nobody
from troth.datamap.owners import Owners, has_empty
from troth.datamap.person import STAFF as STAFF_NOUNS
from troth.datamap.person import Persons
from troth.datamap.reach import FEW, reach
from troth.datamap.survey import Place, Survey, eav
from troth.datamap.values import ENOUGH, MOST
from troth.datamap.way import Way
from troth.model.datamap import Column, Role

MEETING = frozenset({"message", "tenancy", "pool"})  # tables where several people meet in a row
OWN_WORDS = frozenset({"sequence", "template", "preset", "default"})
SURE = 0.6  # confidence that a step to a row found by its text needs
_PAIRS = (
    "trustor trustee,sender recipient,buyer seller,payer payee,from to,lender borrower,source target,"
    "inviter invitee,yaoqingren beiyaoqingren,tuijianren beituijianren,fukuanren shoukuanren,邀请人 被邀请人,"
    "推荐人 被推荐人,付款人 收款人"
)
PARTNERS = tuple(frozenset(pair.split()) for pair in _PAIRS.split(","))


@dataclass(frozen=True, slots=True)
class Standing:
    """The role of a table with the way that gave it, and further ways that only the roles of other tables show."""

    role: Role
    confidence: float
    reason: str
    way: Way | None = None
    further: tuple[Way, ...] = ()


def find_roles(survey: Survey, persons: Persons, owners: Owners) -> dict[Place, Standing]:
    """The role of every table; those nearer to a person are decided first, children follow their parents."""
    order = sorted(
        survey.relations, key=lambda one: (owners.ways[one][0].price if one in owners.ways else 99.0, one)
    )
    found: dict[Place, Standing] = {}
    for place in order:
        found[place] = _standing(survey, persons, owners, found, place)
    for place in order:
        if (
            found[place].role == "none"
            and place not in owners.ways
            and (parent := _lone_parent(survey, owners, found, place))
        ):
            found[place] = Standing(found[parent].role, 0.5, f"part of {parent.table}")
    _found_by_text(survey, persons, owners, found)
    for place, original in survey.twins.items():
        if found[place].role == "none" and found[original].role in {"owned", "shared"}:
            found[place] = Standing(
                found[original].role, 0.6, f"keeps former rows of {original.table}", found[place].way
            )
    return found


def _found_by_text(survey: Survey, persons: Persons, owners: Owners, found: dict[Place, Standing]) -> None:
    """Rows that name the person only inside a text (tokens, workflow states) are found by her address in it."""
    for place, standing in sorted(found.items()):
        if standing.role != "owned" or standing.way is not None or survey.topic(place) in {"login", "web"}:
            continue
        if (field := _text_field(survey, place)) and (target := _text_target(survey, persons, place)):
            claim = Claim(
                "owner", "only the text of this column may name the person", 4.0, 0.3, inside="text"
            )
            found[place] = replace(standing, way=Way((edge((place, (field,)), "~>", target, claim),), 6.0))
    again = True
    while again:
        again = False
        for place, standing in sorted(found.items()):
            if standing.way is not None:
                continue
            if standing.role == "owned" and (step := _from_child(survey, owners, found, place)):
                found[place] = replace(standing, way=step[1])
                _beside(owners, found, step[0], place)
                again = True
            elif place not in owners.ways and (onward := _by_token(owners, found, place)):
                found[place] = onward
                again = True


def _by_token(owners: Owners, found: dict[Place, Standing], place: Place) -> Standing | None:
    """A table that holds the token of a row which only a text leads to its person: the request that waits under it."""
    for one in owners.edges.get(place, ()):
        parent = found.get(one.target)
        if parent is None or parent.role != "owned" or parent.way is None or one.target in owners.ways:
            continue
        plain = one.sense == "part" and not one.link.conditions and one.confidence >= SURE
        passed = {place, *(step.source for step in parent.way.edges), parent.way.end}
        if plain and len(passed) > len(parent.way.edges) + 1 and one.target != place:
            way = Way((one, *parent.way.edges), one.price + parent.way.price, parent.way.backwards)
            return Standing("owned", 0.5, f"goes with its row of {one.target.table}", way)
    return None


def _from_child(
    survey: Survey, owners: Owners, found: dict[Place, Standing], place: Place
) -> tuple[Place, Way] | None:
    """The table whose rows point here and lead to a person, with the way over it."""
    for child, other in sorted(found.items()):
        if other.way is None or any(one.target == place for one in other.way.edges):
            continue
        named = other.way.edges[0].link.arrow == "~>"
        back = _back_to(owners, child, place) if named or other.role == "owned" else None
        if back is not None and (named or (_one_each(survey, back) and _only(owners, child, place))):
            return child, Way((back, *other.way.edges), 6.0 + back.price, backwards=True)
    return None


def _one_each(survey: Survey, back: Edge) -> bool:
    """Whether no two rows point to one row, so that what a row of a person points to is hers."""
    field = survey.relations[back.target].field(back.link.target_columns[0])
    values = [one for one in field.samples if one not in (None, "")] if field is not None else []
    return len(values) >= FEW and len(set(map(str, values))) == len(values)


def _only(owners: Owners, child: Place, parent: Place) -> bool:
    """Whether rows of one table alone point to a table: what others use as well is not the person's."""
    return all(
        one.target != parent or place in {child, parent}
        for place, edges in owners.edges.items()
        for one in edges
    )


def _beside(owners: Owners, found: dict[Place, Standing], child: Place, parent: Place) -> None:
    """Rows that hang on the same row as one that names the person go with it: a name beside the address of a pending request."""
    standing, way = found[child], found[parent].way
    steps = (
        one
        for one in owners.edges.get(child, ())
        if one.sense == "part" and one.target == parent and one.link.arrow == "->"
    )
    step = next(steps, None)
    if step is not None and way is not None and standing.role == "owned":
        beside = Way((step, *way.edges), step.price + way.price, backwards=True)
        found[child] = replace(standing, further=(*standing.further, beside))


def _named_in_text(survey: Survey, persons: Persons, place: Place) -> Standing | None:
    """A table where nothing else leads to a person but most values of a text hold her address."""
    if survey.topic(place) in {"config", "vault", "staff"} or STAFF_NOUNS & set(survey.words[place]):
        return None
    target = _text_target(survey, persons, place)
    if target is None:
        return None
    for field in survey.relations[place].fields:
        verdict = survey.verdicts[place][field.name]
        if field.kind not in {"text", "json"} or verdict.mentions < MOST or len(set(field.samples)) < ENOUGH:
            continue
        if verdict.form == "plain" and verdict.category:
            continue
        claim = Claim("owner", "most values of the column hold an address", 3.0, 0.5, inside="text")
        step = edge((place, (field.name,)), "~>", target, claim)
        found = reach(survey.relations[place], survey.relations[step.target], step.link)
        if found is None or found.hits:
            role: Role = "shared" if survey.topic(place) in MEETING else "owned"
            return Standing(role, 0.5, "only its texts name the person", Way((step,), 5.0))
    return None


def _text_field(survey: Survey, place: Place) -> str:
    """The text column of a row that may hold anything."""
    values = eav(survey.relations[place])
    for field in survey.relations[place].fields:
        guess = survey.guesses[place].get(field.name)
        verdict = survey.verdicts[place][field.name]
        if len(distinct(field.samples)) >= FEW and not verdict.mentions and verdict.telling:
            continue
        if (
            field.kind == "text"
            and (field.name in values or (guess and guess.category == "blob"))
            and "hash" not in tokens(field.name)
        ):
            return field.name
    return ""


def _text_target(survey: Survey, persons: Persons, place: Place) -> tuple[Place, tuple[str, ...]] | None:
    for there in persons.of(place.store):
        if there not in survey.twins and (columns := survey.having(there, "contact.email")):
            return there, (columns[0],)
    return None


def _back_to(owners: Owners, child: Place, parent: Place) -> Edge | None:
    """The key of a child walked backwards from its parent."""
    for one in owners.edges.get(child, ()):
        if one.sense == "part" and one.target == parent:
            claim = Claim("part", f"the key of {child.table} points here", 2.0, 0.5)
            return edge((parent, one.link.target_columns), "=>", (child, one.link.columns), claim)
    return None


def _lone_parent(survey: Survey, owners: Owners, found: dict[Place, Standing], place: Place) -> Place | None:
    """The personal table without a way that this one is a part of and adds values to."""
    if survey.topic(place) == "config" or not (survey.guesses[place] or eav(survey.relations[place])):
        return None
    for one in owners.edges.get(place, ()):
        if (
            one.sense == "part"
            and one.target in found
            and found[one.target].role in {"owned", "shared"}
            and one.target not in owners.ways
        ):
            return one.target
    return None


def _standing(
    survey: Survey, persons: Persons, owners: Owners, found: dict[Place, Standing], place: Place
) -> Standing:
    ways = owners.ways.get(place, ())
    way = ways[0] if ways else None
    if place in persons.tables:
        return Standing("subject", 0.9, persons.reasons.get(place, "a person"), way)
    if place in persons.staff:
        return Standing("staff", 0.8, "the operator's own people by its name")
    if place in owners.house and way is None:
        return Standing(
            "none", 0.6, "rows of several persons point to one row, so its address is the house's"
        )
    if way is None:
        if any(one.target in persons.staff for one in owners.edges.get(place, ())):
            return Standing("staff", 0.6, "points to the operator's own people only")
        if _in_workspace(owners, place):
            return Standing("staff", 0.6, "part of a workspace of the operator's own people")
        return _named_in_text(survey, persons, place) or _alone(survey, place)
    if _not_owned(survey, place, way):
        return Standing("none", 0.6, "only notes who of the staff made it")
    if _in_workspace(owners, place) and _kept_by_staff(survey, persons, owners, place):
        return Standing("staff", 0.6, "what a workspace of the operator's own people is set up with")
    if mailbox_of_nobody(survey, place, ways):
        if _in_workspace(owners, place):
            return Standing("staff", 0.6, "a mailbox of the operator's own people")
        return _alone(survey, place)
    if survey.topic(place) == "vault" and not _part_of_hers(found, way):
        return Standing("secret-store", 0.6, "keys of the system by its name", way)
    about = next((one for one in ways if _about_persons(persons, one)), None)
    if survey.topic(place) == "staff" and about is not None:
        return Standing("shared", 0.6, "staff write about persons in it", about)
    if survey.topic(place) == "staff" or (
        way.edges[0].target in found and found[way.edges[0].target].role == "staff"
    ):
        return Standing("staff", 0.7, "written by the operator's own people", way)
    if _at_work(survey, persons, owners, found, place):
        return Standing("none", 0.6, "says who of the staff works on a row that stays")
    standing = _owned(survey, owners, found, ways)
    if place in owners.parts and standing.role == "owned":
        return replace(standing, role="shared", reason="several persons may take part in it")
    return standing


def _kept_by_staff(survey: Survey, persons: Persons, owners: Owners, place: Place) -> bool:
    """Whether only an address leads from a row that has a secret, or that rows name beside their person: an inbox."""
    if any(
        len(one.edges) > 1 or one.edges[0].link.arrow != "~>"
        for one in owners.ways[place]
        if not one.edges[0].link.conditions
    ):
        return False
    if survey.having(place, "secret"):
        return True
    named = {
        source
        for source, edges in owners.edges.items()
        for one in edges
        if one.target == place and one.sense == "part"
    }
    return any(
        one.target in persons.tables and one.sense == "owner" and one.link.arrow != "~>"
        for source in named
        for one in owners.edges[source]
    )


def _in_workspace(owners: Owners, place: Place) -> bool:
    """Whether a table is a workspace of the operator's own people, or its rows name theirs."""
    worked = owners.groups.worked
    return place in worked or any(
        one.target in worked and one.sense == "part" for one in owners.edges.get(place, ())
    )


def _at_work(
    survey: Survey, persons: Persons, owners: Owners, found: dict[Place, Standing], place: Place
) -> bool:
    """Whether a row ties one of the staff to a case of several persons, and says nothing more: who follows it, who was named."""
    first = owners.ways[place][0].edges[0]
    parent = found.get(first.target)
    staffed = any(
        one.target in persons.staff and not one.link.conditions for one in owners.edges.get(place, ())
    )
    shared = parent is not None and parent.role == "shared" and first.sense == "part"
    return staffed and shared and not survey.guesses[place] and not eav(survey.relations[place])


def _about_persons(persons: Persons, way: Way) -> bool:
    """Whether a type beside the id says that rows of a table of staff are about persons: a log of what was done to them."""
    first = way.edges[0]
    return bool(first.link.conditions) and first.sense == "owner" and first.target in persons.tables


def _part_of_hers(found: dict[Place, Standing], way: Way) -> bool:
    """Whether keys are those of a row that goes with its person, such as the signing keys of a zone."""
    first = way.edges[0]
    parent = found.get(first.target)
    by_key = (
        first.link.arrow != "~>" and first.sense == "part" and not way.backwards and not first.link.conditions
    )
    return by_key and parent is not None and parent.role == "owned"


def _not_owned(survey: Survey, place: Place, way: Way) -> bool:
    first = way.edges[0]
    weak = first.sense == "author" or way.backwards or first.link.arrow == "~>"
    if first.link.inside and first.sense == "owner":
        weak = False  # people stand in its lists
    if (
        survey.topic(place) == "config"
        and weak
        and not first.outside
        and len(_strong_kinds(survey, place)) < 3
    ):
        return True
    if "pool" in survey.topics[place] and not _lent(survey, place) and not _hers(survey, way):
        return True
    return (
        bool(OWN_WORDS & set(survey.words[place]))
        and first.sense in {"author", "part"}
        and not survey.strong(place)
    )


def _kinds(survey: Survey, place: Place) -> set[str]:
    """The categories that columns speak for at all."""
    return {one.category for one in survey.guesses[place].values()}


def _hers(survey: Survey, way: Way) -> bool:
    """Whether every row names one person as its owner by key: a pool of hers, and not one that is lent to her."""
    first = way.edges[0]
    if len(way.edges) > 1 or way.backwards or first.sense != "owner" or first.link.arrow == "~>":
        return False
    fields = [survey.relations[first.source].field(name) for name in first.link.columns]
    return all(one is not None and not one.nullable and not has_empty(one) for one in fields)


def _strong_kinds(survey: Survey, place: Place) -> set[str]:
    """The categories that speak for persons by themselves."""
    return {survey.guesses[place][one].category for one in survey.strong(place)}


def _lent(survey: Survey, place: Place) -> bool:
    """Whether the rows of a pool are lent to persons: addresses, logins or devices stand in it."""
    return any(
        one.category in {"network", "ident.username", "device"}
        or (one.category == "contact.address" and tokens(name)[-1:] in {("address",), ("addr",)})
        for name, one in survey.guesses[place].items()
    )


def lends(survey: Survey, place: Place, column: Column) -> bool:
    """Whether a column holds what a pool lends, such as an address: the next person gets it, so it has to stay."""
    words = set(tokens(column.name))
    return (
        "pool" in survey.topics[place]
        and column.category == "network"
        and bool(words & {"ip", "address", "addr", "ipv4", "ipv6", "prefix", "subnet", "cidr"})
        and not words & {"nas", "client", "server", "remote", "source", "peer", "last", "gateway"}
    )


def _held_in_common(survey: Survey, way: Way) -> bool:
    """Whether a table of pairs says whose a row is: what hangs on the row is not the last owner's alone."""
    if not way.backwards or len(way.edges) < 2:
        return False
    key = set(survey.relations[way.edges[0].target].key)
    mine, theirs = set(way.edges[0].link.target_columns), set(way.edges[1].link.columns)
    return bool(mine and theirs) and mine != theirs and mine | theirs == key


def _joins(owners: Owners, place: Place, parent: Place) -> bool:
    """Whether a row ties two rows of one table: it is as much a part of the other one."""
    steps = {
        one.link.columns
        for one in owners.edges.get(place, ())
        if one.target == parent and one.sense == "part"
    }
    return len(steps) > 1


def _owned(survey: Survey, owners: Owners, found: dict[Place, Standing], ways: tuple[Way, ...]) -> Standing:
    way, groups = ways[0], owners.groups
    first = way.edges[0]
    place = first.source
    parent = found.get(first.target) if not first.outside else None
    personal = _holds(survey, place)
    if parent and parent.role == "none" and not survey.strong(place):
        return Standing("none", 0.6, f"part of {first.target.table}, which holds nothing personal")
    if "pool" in survey.topics[place] and not (_hers(survey, way) and not _lent(survey, place)):
        return Standing("shared", 0.8, "rows of a pool that go to the next person", way)
    joined = place in groups.joined and survey.topic(place) != "preference"  # choices are not a group
    if joined or (
        place in groups.named and (way.backwards or first.sense != "owner" or contact(survey, first))
    ):
        return Standing("shared", 0.7, "several persons may belong to it", way)
    if _held_in_common(survey, way):
        return Standing("shared", 0.7, f"{first.target.table} ties any number of persons to a row", way)
    if parent and parent.role == "shared" and not personal and _joins(owners, place, first.target):
        return Standing("shared", 0.6, f"joins rows of {first.target.table}, which stay", way)
    if parent and parent.role == "shared" and not personal:
        child = survey.topic(first.target) == "tenancy"
        return Standing(
            "none" if child else "owned",
            0.6,
            f"follows {first.target.table}, holds nothing of its own",
            None if child else way,
        )
    if parent and parent.role == "shared":
        return Standing("shared", 0.7, f"part of {first.target.table}, where several persons meet", way)
    if survey.topic(place) == "config" and first.link.inside:
        return Standing("shared", 0.6, "settings that name persons", way)
    entries = survey.topic(place) == "message" and not eav(survey.relations[place])
    if entries and any(in_case_by_type(survey, one) for one in ways[1:]):
        return Standing(
            "shared", 0.65, "some rows are entries of a case that other persons take part in", way
        )
    if _partners(ways):
        return Standing("shared", 0.75, "two persons stand in one row", way)
    if _chosen_from(survey, owners, ways):
        return Standing("none", 0.6, "a list that cases choose from; only notes who made it")
    if survey.topic(place) == "message" and first.sense == "author":
        return Standing("shared", 0.65, "correspondence that other persons take part in", way)
    if survey.topic(place) == "message" and _is_case(survey, place):
        return Standing("shared", 0.65, "a case that other persons take part in", way)
    if first.sense == "author" and survey.topic(place) == "service":
        return Standing("shared", 0.55, "made by a person, used by others", way)
    return Standing("owned", max(0.5, way.confidence), "the way leads to one person", way)


def _chosen_from(survey: Survey, owners: Owners, ways: tuple[Way, ...]) -> bool:
    """Whether cases point to the rows of a table that names nobody but its maker: states, priorities and kinds of tickets."""
    place = ways[0].edges[0].source
    return (
        not _is_case(survey, place)
        and not survey.strong(place)
        and all(len(one.edges) == 1 and one.edges[0].sense == "author" for one in ways)
        and any(
            one.target == place and one.sense == "part" and _is_case(survey, source)
            for source, edges in owners.edges.items()
            for one in edges
        )
    )


def in_case_by_type(survey: Survey, way: Way) -> bool:
    """Whether rows of one type hang on a ticket or thread."""
    first = way.edges[0]
    return bool(first.link.conditions) and first.sense == "part" and _is_case(survey, first.target)


def _is_case(survey: Survey, place: Place) -> bool:
    """A ticket or thread: others answer in it, but for copies that a program keeps of a mail box."""
    return "cache" not in survey.words[place] and survey.words[place][-1] in {
        "ticket",
        "thread",
        "conversation",
        "case",
        "issue",
        "chat",
        "gongdan",
        "工单",
    }


def _partners(ways: tuple[Way, ...]) -> bool:
    """Whether two columns name two different persons of equal standing."""
    keyed = (
        len(ways[0].edges) == 1 and ways[0].edges[0].link.arrow != "~>" and ways[0].edges[0].sense == "owner"
    )
    # Beside her key an address says how she or the house was written to: the seller of an invoice is no customer.
    meant = [one for one in ways if not keyed or one.edges[0].link.arrow != "~>" or one.edges[0].outside]
    said = {word for way in meant if len(way.edges) == 1 for word in tokens(way.edges[0].link.columns[0])}
    return any(pair <= said for pair in PARTNERS)


def _holds(survey: Survey, place: Place) -> bool:
    return (
        bool(survey.guesses[place])
        or bool(eav(survey.relations[place]))
        or any(
            tokens(one.name) in {("name",), ("tag",), ("title",)} for one in survey.relations[place].fields
        )
    )


def _alone(survey: Survey, place: Place) -> Standing:
    """A table that no way leads from: personal by what it holds itself, or not at all."""
    topic = survey.topic(place)
    strong = survey.strong(place)
    relation = survey.relations[place]
    if topic == "vault" and survey.having(place, "secret"):
        return Standing("secret-store", 0.7, "keys of the system by its name")
    if STAFF_NOUNS & set(survey.words[place]) and strong:
        return Standing("staff", 0.65, "about the operator's own people by its name")
    machine = topic in {"service", "network", "pool"}
    if machine and strong and _strong_kinds(survey, place) <= {"ident.username", "secret"}:
        return Standing("none", 0.6, "a machine of the operator with its own login")
    if topic == "config" and len(_strong_kinds(survey, place)) < 3:
        return Standing("none", 0.8, "settings by its name")
    if strong:
        return Standing(
            "shared" if topic in MEETING else "owned",
            0.6,
            f"{strong[0]} is personal by itself; no way to a person was found",
        )
    if topic == "pool" and survey.guesses[place]:
        return Standing("shared", 0.5, "a pool whose rows are given to persons")
    if topic in {"login", "web"} and survey.guesses[place]:
        return Standing("owned", 0.55, "sessions or visits; found by value only")
    if topic == "message" and _kinds(survey, place) - {"dns"} and not eav(relation):
        return Standing("owned", 0.5, "correspondence; found by value only")
    if topic == "credential" and survey.having(place, "secret"):
        return Standing("owned", 0.5, "tokens given to persons; found by value only")
    if any(
        tokens(one.name) == ("token",) and one.kind == "text" for one in relation.fields
    ) and topic not in {"config", "vault"}:
        return Standing("owned", 0.5, "a token given to a person; found by value only")
    return Standing("none", 0.8, "no personal column and no way to a person")
