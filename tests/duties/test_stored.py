"""Scans of stores: passwords, encryption, card numbers, credentials; each once kept and once broken, on every engine."""

from __future__ import annotations

import base64
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from tests.duties.sighting import POLICY, shown, sighted
from tests.enforcement.scene import run, table
from troth.duties.proofs.cards import NONE, known, numbers
from troth.duties.proofs.hashes import random_looking, scheme, sealed
from troth.duties.proofs.leaks import leaks
from troth.policy.bind import compile_file

STRONG = "$2b$12$ZK17aT8XTNO1NTYsjSWVA2NsPWsUuPnX5sPph9E4MrJFiT1imeUSx"
ARGON = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ$RdescudvJCsgt3ub+b7dWRWJTmaaJObG"
SEALED = "enc:v1:9yo71V68reEeM0L4m2Pg2RkTZrnj8zIv2ZgsgFavHuEF"
CARD = "4111 1111 1111 1111"
MAP = (
    table("main.member", "subject", id="ident.id", mail="contact.email")
    + table("main.gate", "owned", paths=["gate.id -> member.id"], id="ident.id", word="secret//hash", token="secret//enc")
    + table("main.purse", "owned", paths=["purse.who -> member.id"], who="ident.id", card="payment//enc", ending="payment",
            kind="payment", paper="ident.official")
    + table("main.letter", "owned", paths=["letter.who -> member.id"], who="ident.id", body="content")
)  # fmt: skip
TERMS = {
    "word": "password", "token": "account-credential", "card": "payment-card-number", "ending": "payment-card-number",
    "kind": "payment-information", "paper": "supporting-material",
}  # fmt: skip
for column, term in TERMS.items():
    head, _, tail = MAP.partition(f"{column} = {{ ")
    MAP = f'{head}{column} = {{ terms = ["{term}"], {tail}'


@pytest.fixture(params=["sqlite", "postgresql", "mariadb"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database that keeps everything, on each engine in turn."""
    if request.param == "sqlite":
        (tmp_path / "main.db").touch()
        made = f"sqlite:///{tmp_path / 'main.db'}"
    else:
        made = str(
            request.getfixturevalue("postgres_url" if request.param == "postgresql" else "mariadb_url")
        )
    run(
        made,
        "create table member (id int primary key, mail varchar(80))",
        "insert into member values (1, 'ada@x.example'), (2, 'bob@x.example'), (3, null)",
        "create table gate (id int primary key references member (id), word varchar(200), token varchar(200))",
        f"insert into gate values (1, '{STRONG}', '{SEALED}'), (2, '{ARGON}', null), (3, null, '')",
        "create table purse (id int primary key, who int references member (id), card varchar(90), ending varchar(4),"
        " kind varchar(20), paper varchar(80), added timestamp null)",
        f"insert into purse values (1, 1, '{SEALED}', '1111', 'card', 'passport', '2026-01-02 03:04:05'),"
        f" (2, 2, null, null, 'platform', '{SEALED}', null)",
        "create table letter (id int primary key, who int references member (id), body text)",
        "insert into letter values (1, 1, 'my password does not work, order 4111111111111111 is open'),"
        " (2, 2, 'please reset the password: thanks'), (3, 2, null)",
    )
    return made


def test_passwords(url: str, tmp_path: Path) -> None:
    """Slow hashes keep the promise, and one fast digest or one plain password breaks it, counted by scheme."""
    with sighted(tmp_path, {"main": url}, MAP) as sight:
        kept = shown(sight, "secrets", "password-hash-scan")
        run(url, "update gate set word = '5f4dcc3b5aa765d61d8327deb882cf99' where id = 2")
        fast = shown(sight, "secrets", "password-hash-scan")
        run(url, "update gate set word = 'hunter2 horse' where id = 1")
        plain = shown(sight, "secrets", "password-hash-scan")
    assert (kept.status, kept.figures[0].value, kept.figures[0].of) == ("kept", 0, 2)
    assert {one.name: one.value for one in kept.figures[1:]} == {
        "stored as argon2id": 1,
        "stored as bcrypt cost 12": 1,
    }
    assert (fast.status, fast.why) == ("broken", "1 of 2 passwords are stored as md5")
    assert fast.places == ("main.gate.word",)
    assert plain.why == "2 of 2 passwords are stored as md5, plain"
    assert "hunter2" not in str(plain)


def test_encryption(url: str, tmp_path: Path) -> None:
    """Ciphertext keeps the promise; a card, a token or a document number in clear breaks it, words beside them do not."""
    with sighted(tmp_path, {"main": url}, MAP) as sight:
        kept = shown(sight, "secrets", "encryption-scan")
        run(url, "update purse set paper = 'P1234567' where id = 1")
        paper = shown(sight, "secrets", "encryption-scan")
        run(
            url,
            f"update purse set card = '{CARD}', kind = '{CARD}' where id = 2",
            "update gate set token = 'JBSWY3DPEHPK3PXP'",
        )
        more = shown(sight, "secrets", "encryption-scan")
    assert kept.status == "kept", kept.why
    assert (paper.status, paper.places) == ("broken", ("main.purse.paper",))
    assert more.places == ("main.gate.token", "main.purse.card", "main.purse.kind", "main.purse.paper")
    assert more.figures[0].value == 6


def test_cards(url: str, tmp_path: Path) -> None:
    """A card number in a letter breaks the promise, an order number that looks like one does not."""
    with sighted(tmp_path, {"main": url}, MAP) as sight:
        kept = shown(sight, "secrets", "card-scan")
        run(url, f"insert into letter values (9, 1, 'please charge {CARD}, it is a visa')")
        broken = shown(sight, "secrets", "card-scan")
        run(url, "delete from letter where id = 9")
        (tmp_path / "outbox").mkdir()
        (tmp_path / "outbox" / "one.eml").write_text(
            "Your card 5555-5555-5555-=\n4444 was charged\n", "utf-8"
        )
        mailed = shown(sight, "secrets", "card-scan")
    assert kept.status == "kept", kept.why
    assert kept.figures[2].value == 1
    assert (broken.status, broken.places, broken.figures[0].value) == ("broken", ("main.letter.body",), 1)
    assert "4111" not in str(broken)
    assert mailed.places == ("outbox",)


def test_credentials(url: str, tmp_path: Path) -> None:
    """A password or key in a message breaks the promise, talk about passwords does not."""
    with sighted(tmp_path, {"main": url}, MAP) as sight:
        kept = shown(sight, "secrets", "credential-hygiene")
        run(url, "insert into letter values (9, 1, 'the root password is: Tr0ub4dor&3')")
        broken = shown(sight, "secrets", "credential-hygiene")
    assert kept.status == "kept", kept.why
    assert broken.status == "broken"
    assert broken.why == "1 texts hold a credential (password in words) in main.letter.body"
    assert "Tr0" not in str(broken)


def test_sampled(url: str, tmp_path: Path) -> None:
    """A scan of some rows says of how many, and counts all of them."""
    run(url, "insert into letter values " + ", ".join(f"({number}, 1, 'hello')" for number in range(10, 60)))
    text = POLICY.read_text("utf-8").replace("encryption-scan, card-scan,", "encryption-scan, card-scan 10,")
    with sighted(tmp_path, {"main": url}, MAP, policy=compile_file(text.encode(), "p").policy) as sight:
        found = shown(sight, "secrets", "card-scan")
    figure = next(one for one in found.figures if one.name == "rows looked at")
    letters = 10 + 10 + 6  # of 53: the first ten, ten of every second up to 30, then every fourth
    assert (figure.value, figure.of) == (3 + 3 + 2 + letters, 61)


def test_nothing_to_look_at(url: str, tmp_path: Path) -> None:
    """Without columns of the categories nothing is said to be kept."""
    bare = table("main.member", "subject", id="ident.id", mail="contact.email")
    with sighted(tmp_path, {"main": url}, bare) as sight:
        assert shown(sight, "secrets", "password-hash-scan").status == "not shown"
        assert shown(sight, "secrets", "encryption-scan").status == "not shown"


SCHEMES = [
    (ARGON, "argon2id", True),
    ("$argon2id$v=19$m=4096,t=1,p=1$c29tZXNhbHQ$RdescudvJCsgt3ub", "argon2id", False),
    ("$argon2i$v=19$m=65536,t=3,p=4$c29tZXNhbHQ$RdescudvJCsgt3ub", "argon2i", False),
    (STRONG, "bcrypt cost 12", True),
    (STRONG.replace("$12$", "$05$"), "bcrypt cost 5", False),
    ("scrypt:32768:8:1$salt$00ff", "scrypt", False),
    ("$scrypt$ln=17,r=8,p=1$c2FsdA$aGFzaA", "scrypt", True),
    ("pbkdf2_sha256$870000$salt$aGFzaA==", "pbkdf2-sha256 870,000 rounds", True),
    ("pbkdf2:sha256:150000$salt$00ff", "pbkdf2-sha256 150,000 rounds", False),
    ("$pbkdf2-sha512$25000$c2FsdA$aGFzaA", "pbkdf2-sha512 25,000 rounds", False),
    ("$y$j9T$F5Jx5fExrKuPp53xLKQ..1$X3DX6M9", "yescrypt", True),
    ("$6$saltsalt$" + "a" * 86, "sha512-crypt 5,000 rounds", False),
    ("$1$salt$" + "a" * 22, "md5-crypt", False),
    ("{SSHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=", "ldap digest", False),
    ("*" + "A" * 40, "mysql digest", False),
    ("a" * 64, "sha-256", False),
    ("correct horse", "plain", False),
    ("12345678", "plain", False),
    (SEALED, "encrypted", False),
    ("", "plain", False),
    (
        base64.b64encode(bytes([1, 0, 0, 0, 1, 0, 9, 39, 192, 0, 0, 0, 16]) + bytes(48)).decode(),
        "pbkdf2-sha256 600,000 rounds",
        True,
    ),
]


@pytest.mark.parametrize(("value", "name", "strong"), SCHEMES)
def test_schemes(value: str, name: str, strong: bool) -> None:
    """A stored password tells its scheme and cost, and only slow, salted hashes with enough of it are strong."""
    found = scheme(value)
    assert (found.name, found.strong) == (name, strong)


@given(st.text(max_size=80))
def test_no_text_is_strong_by_accident(text: str) -> None:
    """What nobody made with a scheme is not taken for a strong one."""
    assert not scheme(text).strong


@given(st.binary(min_size=20, max_size=200))
def test_text_is_never_ciphertext(raw: bytes) -> None:
    """Words are told from ciphertext also when they are written in base64."""
    words = " ".join(f"{one % 90 + 10} Nathan Road" for one in raw[:6])
    assert not sealed(words)
    assert not sealed(base64.b64encode(words.encode()).decode())


@given(st.integers(0, 2**32))
def test_ciphertext_is_seen(seed: int) -> None:
    """Bytes of chance, as a cipher makes them, are taken for ciphertext in binary, hex and base64."""
    raw = random.Random(seed).randbytes(48)
    assert random_looking(raw)
    assert sealed(raw)
    assert sealed(raw.hex())
    assert sealed(base64.b64encode(raw).decode())


def oracle(digits: str) -> bool:
    """Luhn as its patent says it: double every second digit from the right, add the digits up."""
    total = 0
    for place, one in enumerate(reversed(digits)):
        value = int(one) * (2 if place % 2 else 1)
        total += sum(map(int, str(value)))
    return total % 10 == 0


@given(st.integers(0, 10**12 - 1), st.booleans())
def test_cards_against_the_rule(middle: int, right: bool) -> None:
    """A number is a card just where its range, length and check digit say so, however it is grouped."""
    head = f"453{middle:012}"
    digits = head + luhn.calc_check_digit(head)
    if not right:
        digits = digits[:-1] + str((int(digits[-1]) + 1) % 10)
    grouped = " ".join(digits[at : at + 4] for at in range(0, 16, 4))
    for text in (digits, f"pay with {grouped}.", f"卡号{digits}"):
        assert bool(numbers(text).cards) == oracle(digits) == right


@pytest.mark.parametrize(
    "text",
    [
        "order no 4111111111111111", "IMEI 490154203237518", "call +86 139 1234 5678 please", "订单4111111111111111",
        "id-4111111111111111", "4111111111111112", "0000000000000000", "2026-01-02 03:04:05.123456", "41111111111111111111",
    ],
)  # fmt: skip
def test_other_numbers(text: str) -> None:
    """Order numbers, telephones, device numbers, times and longer numbers are no cards."""
    assert numbers(text).cards == 0


def test_chance_is_no_card() -> None:
    """A column of random numbers, of which one in ten passes Luhn, is no column of cards; a column of cards is one."""
    luck = random.Random(3)
    found, cards = NONE, NONE
    for _ in range(400):
        head = f"4{luck.randrange(10**14):014}"
        found += numbers(head + str(luck.randrange(10)))
        cards += numbers(head + luhn.calc_check_digit(head))
    assert found.valid > 20
    assert found.cards == 0
    assert cards.cards == 400


@pytest.mark.parametrize(
    ("digits", "answer"),
    [("378282246310005", True), ("6222021234567890123", True), ("9999999999999999", False)],
)
def test_ranges(digits: str, answer: bool) -> None:
    """The ranges of the networks say which numbers can be cards."""
    assert known(digits) is answer


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl", "private key"), ("key AKIAIOSFODNN7EXAMPLE", "cloud key"),
        ("use ghp_" + "a1B2" * 9, "access token"), ("postgresql://app:s3cret!@db.example/x", "password in an address"),
        ("Authorization: Bearer abcdefghijklmnop1234567890", "bearer token"), ("密码是：Abc12345!", "password in words"),
        ("my password is: hunter2!", "password in words"), ("pwd=Pa55word", "password in words"),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N", "signed token"),
    ],
)  # fmt: skip
def test_leaks(text: str, what: str) -> None:
    """Keys, tokens and passwords in texts are found and named by their kind."""
    assert list(leaks(text)) == [what]


@pytest.mark.parametrize(
    "text",
    [
        "I forgot my password, please help", "password: ********", "the password is required", "password = [hidden]",
        "the new password is: please choose one", "密码是：您自己设置的那个", "see https://console.example/login?next=/a",
        "password reset: a link was sent", "AKIA is a prefix", "",
    ],
)  # fmt: skip
def test_talk_is_no_leak(text: str) -> None:
    """Talk about passwords and keys is no leak."""
    assert list(leaks(text)) == []
