"""What sampled values look like."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troth.datamap import values
from troth.datamap.classify import classify
from troth.datamap.names import tokens
from troth.model.datamap import CATEGORIES, FORMS
from troth.model.schema import Field, Relation

ANY = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.binary()
    | st.dates()
    | st.uuids(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)
KINDS = st.sampled_from(
    [
        "text",
        "integer",
        "number",
        "boolean",
        "time",
        "date",
        "json",
        "binary",
        "uuid",
        "network",
        "array",
        "vector",
        "other",
    ]
)

SAMPLES: list[tuple[str, str, list[object]]] = [
    ("contact.email", "plain", ["a@example.org", "b.c+d@mail.example.com", "e_f@example.net"]),
    ("network", "plain", ["192.0.2.1", "2001:db8::1", "198.51.100.0/24"]),
    ("device", "plain", ["00:00:5e:00:53:01", "00-00-5e-00-53-02", "0000.5e00.5303"]),
    ("device", "plain", ["490154203237518", "356938035643809", "353918052107063"]),
    ("payment", "plain", ["4111111111111111", "5500005555555559", "4012 8888 8888 1881"]),
    ("payment", "plain", ["DE89370400440532013000", "GB82WEST12345698765432", "NL91ABNA0417164300"]),
    ("ident.official", "plain", ["11010519491231002X", "110105198803050116", "A123456(3)"]),
    ("contact.phone", "plain", ["+49 30 123456", "13800138000", "(212) 555-0100"]),
    ("secret", "hash", ["$2b$12$abcdefghijklmnopqrstuv", "pbkdf2_sha256$600000$abc$def=", "$argon2id$v=19$m=65536$x"]),
    ("secret", "plain", ["eyJhbGciOiJub25l.eyJzdWIiOiIxMjM0.sig", "AKIAIOSFODNN7EXAMPLE", "-----BEGIN PRIVATE KEY-----"]),
    ("contact.name", "plain", ["Ada Lovelace", "Grace Hopper", "王小明", "Emily Clark"]),
    ("contact.address", "plain", ["Main Street 12, Springfield", "Rue de la Paix 5, Paris", "北京市朝阳区建国路88号"]),
    ("web", "plain", ["https://example.org/a", "http://example.net/", "https://example.com/?q=1"]),
    ("device", "plain", ["Mozilla/5.0 (X11; Linux)", "curl/8.5.0", "okhttp/4.9"]),
    (
        "message",
        "free",
        ["this is a rather long text", "please call me back as you can", "my server is down since noon"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("category", "form", "sample"), SAMPLES)
def test_formats(category: str, form: str, sample: list[object]) -> None:
    """Every format is recognised by its own values."""
    verdict = values.judge(sample)
    assert (verdict.category, verdict.form) == (category, form)


@pytest.mark.parametrize(
    "wrong",
    ["4111111111111112", "DE89370400440532013001", "110105194912310021", "490154203237519", "A123456(4)"],
)
def test_wrong_check_digit(wrong: str) -> None:
    """A number with a wrong check digit is no card, account, identity or device number."""
    assert not (values.is_card(wrong) and len(wrong) == 16)
    assert not values.is_iban(wrong)
    assert not values.is_official(wrong)
    assert not values.is_imei(wrong)


def test_containers() -> None:
    """JSON, serialized PHP, pickles and encoded binaries are told apart, with the member names inside."""
    found = values.judge(
        ['{"email": "a@example.org", "age": 3}', '{"email": "b@example.org"}', '{"email": null}']
    )
    assert (found.form, found.members, found.emails) == ("json", ("email", "age"), True)
    found = values.judge(
        ['a:1:{s:4:"name";s:3:"Ada";}', 'a:1:{s:4:"name";s:3:"Bob";}', 'a:1:{s:4:"name";s:1:"C";}']
    )
    assert (found.form, found.members) == ("php", ("name",))
    assert (
        values.judge(
            [pickle.dumps([one]) for one in ("a@example.org", "b@example.org", "c@example.org")]
        ).form
        == "pickle"
    )


def test_few_values_say_nothing() -> None:
    """Two values are no evidence."""
    assert values.judge(["a@example.org", "b@example.org"]).category == ""


def test_mixed_values_say_nothing() -> None:
    """A column where most values are something else is not judged by the rest."""
    assert values.judge(["a@example.org", *(f"item {number}" for number in range(20))]).category == ""


@given(st.lists(ANY, max_size=30))
def test_judge_takes_anything(sample: list[object]) -> None:
    """No value of any type makes the judge fail, and its answer is always a known one."""
    verdict = values.judge(sample)
    assert verdict.category in {"", *CATEGORIES}
    assert verdict.form in {*FORMS, "uuid"}


@given(st.text(min_size=1), KINDS, st.lists(ANY, max_size=10), st.text())
def test_classify_takes_anything(name: str, kind: str, sample: list[object], comment: str) -> None:
    """No name, type or value makes the classification fail, and a guess is always a known category and form."""
    field = Field(name, kind=kind, samples=tuple(sample), comment=comment)  # type: ignore[arg-type]  # drawn from the kinds
    guess = classify(field, Relation("some", (field,)))
    assert guess is None or (guess.category in CATEGORIES and guess.form in FORMS)


@given(st.text())
def test_tokens_take_anything(name: str) -> None:
    """Names are cut into words in lower case, and cutting is stable."""
    words = tokens(name)
    assert all(word == word.lower() for word in words)
    assert tokens(name) == words


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("emailaddress", "email address"),
        ("lastUpdatedBy", "last updated by"),
        ("callingstationid", "calling station id"),
        ("IPAddress", "ip address"),
        ("framedipv6prefix", "framed ipv6 prefix"),
        ("用户手机号", "用户 手机号"),
        ("namespace", "namespace"),
        ("particle", "particle"),
    ],
)
def test_glued_names(name: str, words: str) -> None:
    """Glued and camel-cased names are cut where a reader would cut them, and words are not broken."""
    assert " ".join(tokens(name)) == words


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("email", "contact.email"), ("shouji", "contact.phone"), ("xingming", "contact.name"), ("身份证号", "ident.official"),
        ("DateOfBirth", "ident.birthdate"), ("user_agent", "device"), ("client_ip", "network"), ("iban", "payment"),
        ("passwordHash", "secret"), ("postal_code", "contact.address"), ("last_login_at", "login"), ("lang", "preference"),
    ],
)  # fmt: skip
def test_empty_column_by_name(name: str, category: str) -> None:
    """A column without values is classified by its name, in English, pinyin and Chinese."""
    kind = "time" if name.endswith("_at") else "text"
    field = Field(name, kind=kind)  # type: ignore[arg-type]  # one of two kinds
    guess = classify(field, Relation("users", (field,)))
    assert guess is not None
    assert guess.category == category


@pytest.mark.parametrize(
    "name", ["nas_ip_address", "email_template", "mime_type", "vm_state", "hostname_length", "email_verified"]
)
def test_harmless_names(name: str) -> None:
    """Names that only contain a personal word are left alone."""
    field = Field(name)
    assert classify(field, Relation("things", (field,))) is None


def test_values_beat_vague_names() -> None:
    """Addresses in a column that is named after nothing are addresses of persons."""
    field = Field("value2", samples=("a@example.org", "b@example.org", "c@example.org", "d@example.org"))
    guess = classify(field, Relation("things", (field,)))
    assert guess is not None
    assert (guess.category, guess.strength) == ("contact.email", "strong")
