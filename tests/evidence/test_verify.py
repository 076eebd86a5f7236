"""Tests of the verifier: whatever is done to a ledger or bundle is found, and named by number and kind."""

from __future__ import annotations

import ast
import json
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from base64 import b64decode, b64encode
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.evidence.lines import ORIGIN, entries, entry, ring
from troth.evidence import verify as verifier
from troth.evidence.bundle import export
from troth.evidence.keyring import create, rotate
from troth.evidence.open import open_ledger
from troth.evidence.sqlite import SqliteLedger
from troth.evidence.verify import UnreadableError, Verdict, ed25519, verify
from troth.model.entry import encode, numbered
from troth.model.errors import TrothError

if TYPE_CHECKING:
    from collections.abc import Callable

BATCHES = (1, 1, 6, 10, 2)
SIZE = sum(BATCHES)
SCRIPT = Path(verifier.__file__)


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of 20 entries in five batches, closed."""
    path = tmp_path_factory.mktemp("honest") / "ledger.db"
    with SqliteLedger(path, signer=ring().signer) as ledger:
        for size in BATCHES:
            ledger.append(entries(size, start=ledger.size()))
    return path


@pytest.fixture(scope="module")
def bundle(honest: Path) -> Path:
    """The same as a bundle in a folder."""
    path = honest.with_name("bundle")
    with open_ledger(str(honest)) as ledger:
        export(ledger, path)
    return path


@pytest.fixture
def copies(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """Makes copies to spoil."""

    def copy(path: Path) -> Path:
        target = tmp_path_factory.mktemp("copy") / path.name
        return Path(shutil.copytree(path, target) if path.is_dir() else shutil.copy(path, target))

    return copy


def sql(path: Path, *statements: str) -> Path:
    """Change a ledger behind its back."""
    direct = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        direct.execute(statement)
    direct.close()
    return path


def lines_of(path: Path) -> list[bytes]:
    """The lines of the entries of a bundle."""
    return (path / "entries.jsonl").read_bytes().splitlines()


def with_lines(path: Path, lines: list[bytes]) -> Path:
    """A bundle with other entries."""
    (path / "entries.jsonl").write_bytes(b"".join(line + b"\n" for line in lines))
    return path


def named(verdict: Verdict) -> list[tuple[str, int, int]]:
    """Kind and numbers of what was found."""
    return [(found.kind, found.first, found.last) for found in verdict.findings]


def forged(seq: int) -> bytes:
    """An entry that nobody wrote, with the number of one that somebody did."""
    return numbered(encode(entry(outcome="nothing found")), seq)


def test_honest(honest: Path, bundle: Path, tmp_path: Path) -> None:
    """An untouched ledger and its bundles, as folder and as zip file, are intact, with a given key too."""
    with open_ledger(str(honest)) as ledger:
        export(ledger, tmp_path / "b.zip")
    for path in (honest, bundle, tmp_path / "b.zip"):
        for keys in ((), ring().verifiers):
            verdict = verify(path, keys=keys)
            assert verdict.ok
            assert (verdict.origin, verdict.size) == (ORIGIN, SIZE)
            assert verdict.key == ring().verifiers[0]
            assert verdict.key_given == bool(keys)


def test_the_same_ledger_gives_the_same_bundle(honest: Path, tmp_path: Path) -> None:
    """A bundle is deterministic: exported twice, the bytes are equal."""
    with open_ledger(str(honest)) as ledger:
        export(ledger, tmp_path / "a.zip")
        export(ledger, tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, SIZE - 1), byte=st.integers(0, 200), flip=st.integers(1, 127))
def test_any_changed_byte_of_an_entry(
    bundle: Path, copies: Callable[[Path], Path], at: int, byte: int, flip: int
) -> None:
    """One changed byte anywhere in an entry is found and the entry is named."""
    lines = lines_of(bundle)
    changed = bytearray(lines[at])
    changed[byte % len(changed)] ^= flip
    if b"\n" in changed:
        return
    lines[at] = bytes(changed)
    assert named(verify(with_lines(copies(bundle), lines))) == [("changed", at, at)]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.integers(0, SIZE - 1), count=st.integers(1, 4))
def test_any_removed_entries(bundle: Path, copies: Callable[[Path], Path], first: int, count: int) -> None:
    """Removed entries are named, at the end as cut off."""
    lines = lines_of(bundle)
    last = min(first + count, SIZE) - 1
    kind = "truncated" if last == SIZE - 1 else "removed"
    del lines[first : last + 1]
    assert named(verify(with_lines(copies(bundle), lines))) == [(kind, first, last)]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, SIZE), claim=st.integers(-1, SIZE + 3))
def test_any_inserted_entry(bundle: Path, copies: Callable[[Path], Path], at: int, claim: int) -> None:
    """An inserted entry is found where it stands, whatever number it bears."""
    lines = lines_of(bundle)
    lines.insert(at, forged(claim))
    assert named(verify(with_lines(copies(bundle), lines))) == [("inserted", at, at)]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(source=st.integers(0, SIZE - 1), target=st.integers(0, SIZE - 1))
def test_any_moved_entry(bundle: Path, copies: Callable[[Path], Path], source: int, target: int) -> None:
    """An entry that was moved is named; of two neighbours either may be."""
    lines = lines_of(bundle)
    lines.insert(target, lines.pop(source))
    found = named(verify(with_lines(copies(bundle), lines)))
    if source == target:
        assert found == []
    elif abs(source - target) == 1:
        assert found in [[("reordered", n, n)] for n in (source, target)]
    else:
        assert found == [("reordered", source, source)]


def test_several_things_at_once(bundle: Path, copies: Callable[[Path], Path]) -> None:
    """Several changes are each named."""
    lines = lines_of(bundle)
    lines[3] = forged(3)
    lines.insert(16, lines.pop(7))
    del lines[11]  # entry 12, after the move
    lines.append(forged(20))
    assert named(verify(with_lines(copies(bundle), lines))) == [
        ("reordered", 7, 7),
        ("changed", 3, 3),
        ("removed", 12, 12),
        ("inserted", 19, 19),
    ]


@pytest.mark.parametrize(
    ("statements", "found"),
    [
        (["update ledger_entry set body = replace(body, 'done', 'don') where seq = 5"], [("changed", 5, 5)]),
        (["update ledger_entry set body = cast(x'ff' as text) where seq = 5"], [("changed", 5, 5)]),
        (["delete from ledger_entry where seq = 5"], [("removed", 5, 5)]),
        (["delete from ledger_entry where seq between 4 and 9"], [("removed", 4, 9)]),
        (["delete from ledger_entry where seq >= 18"], [("truncated", 18, 19)]),
        (
            [
                "delete from ledger_entry where seq = 5",
                "update ledger_entry set seq = -seq where seq > 5",
                "update ledger_entry set seq = -seq - 1 where seq < 0",
            ],
            [("removed", 5, 5)],
        ),
        (
            [
                "update ledger_entry set seq = 100 where seq = 3",
                "update ledger_entry set seq = 3 where seq = 9",
                "update ledger_entry set seq = 9 where seq = 100",
            ],
            [("reordered", 3, 3), ("reordered", 9, 9)],
        ),
        (
            [
                "create table x as select seq, body from ledger_entry where seq in (3, 9)",
                """update ledger_entry set body = (select body from x where x.seq = 12 - ledger_entry.seq)
                where seq in (3, 9)""",
            ],
            [("reordered", 3, 3), ("reordered", 9, 9)],
        ),
        (["insert into ledger_entry values (20, '{\"seq\":20}', x'00')"], [("inserted", 20, 20)]),
        (["delete from ledger_head where size = 8"], [("head", 2, 17)]),
        (["delete from ledger_head where size = 1"], [("head", 0, 1)]),
        (["update ledger_head set note = 'x' where size = 8"], [("head", 0, 0), ("head", 2, 17)]),
        (["update ledger_head set note = replace(note, 'previous', 'previoux') where size = 20"], None),
    ],
)
def test_what_sql_can_do(
    honest: Path,
    copies: Callable[[Path], Path],
    statements: list[str],
    found: list[tuple[str, int, int]] | None,
) -> None:
    """What somebody with rights on the database can do is found and named."""
    verdict = verify(sql(copies(honest), *statements))
    assert not verdict.ok
    if found is not None:
        assert named(verdict) == found


def test_an_insider_who_rewrites_hashes_too(honest: Path, copies: Callable[[Path], Path]) -> None:
    """An entry changed together with its stored hash is named by its batch, since the head gives it away."""
    path = copies(honest)
    direct = sqlite3.connect(path, isolation_level=None)
    leaf = sha256(b"\x00" + forged(5)).digest()
    direct.execute("update ledger_entry set body = ?, hashes = ? where seq = 5", (forged(5).decode(), leaf))
    direct.close()
    assert named(verify(path)) == [("changed", 2, 7)]


def test_a_ledger_cut_back_to_an_older_head(honest: Path, copies: Callable[[Path], Path]) -> None:
    """Entries and heads cut off together leave a valid shorter ledger; an older head kept elsewhere shows it."""
    with open_ledger(str(honest)) as ledger:
        heads = list(ledger.heads())
    path = sql(
        copies(honest), "delete from ledger_entry where seq >= 8", "delete from ledger_head where size > 8"
    )
    assert verify(path).ok
    assert verify(path, head=heads[2].note).ok
    assert named(verify(path, head=heads[4].note)) == [("truncated", 8, 19)]


def test_a_ledger_written_anew_with_the_same_key(honest: Path, tmp_path: Path) -> None:
    """Whoever holds the signing key can write another history, but not one that continues a kept head."""
    with open_ledger(str(honest)) as ledger:
        kept = list(ledger.heads())[3].note
    with SqliteLedger(tmp_path / "other.db", signer=ring().signer) as ledger:
        ledger.append([entry(outcome="nothing found"), *entries(30)])
    assert verify(tmp_path / "other.db").ok
    assert named(verify(tmp_path / "other.db", head=kept)) == [("rewritten", 0, 17)]


def test_a_stranger_s_key(honest: Path, tmp_path: Path) -> None:
    """A ledger of somebody else's key is intact in itself, and not what the given key signed."""
    with SqliteLedger(tmp_path / "other.db", signer=create(ORIGIN).signer) as ledger:
        ledger.append(entries(3))
    assert verify(tmp_path / "other.db").ok
    assert named(verify(tmp_path / "other.db", keys=ring().verifiers)) == [("head", 0, 2)]


def test_after_a_rotation(tmp_path: Path) -> None:
    """A ledger with an older and a newer signing key is intact under both keys."""
    newer = rotate(ring(), "signing")
    with SqliteLedger(tmp_path / "l.db", signer=ring().signer) as ledger:
        ledger.append(entries(3))
        kept = ledger.head().note
    with SqliteLedger(tmp_path / "l.db", signer=newer.signer, verifiers=newer.verifiers) as ledger:
        ledger.append(entries(3))
    assert verify(tmp_path / "l.db").ok
    assert verify(tmp_path / "l.db", keys=newer.verifiers, head=kept).ok


def test_many_entries_and_heads(tmp_path: Path) -> None:
    """Heads fall inside, on and across the chunks that are hashed at a time."""
    chunk = 1 << verifier.CHUNK_LEVEL
    with SqliteLedger(tmp_path / "l.db", signer=ring().signer) as ledger:
        for size in (5, chunk - 5, 1, chunk - 1, 3 * chunk, 7):
            ledger.append(entries(size))
        heads = list(ledger.heads())
    for head in heads:
        assert verify(tmp_path / "l.db", head=head.note).ok
    at = chunk + 17
    sql(tmp_path / "l.db", f"update ledger_entry set body = replace(body, 'keep', 'kept') where seq = {at}")
    assert named(verify(tmp_path / "l.db")) == [("changed", at, at)]


@pytest.fixture(scope="module")
def selection(honest: Path) -> Path:
    """A bundle of three entries with proofs, and the proof of growth from two older heads."""
    path = honest.with_name("selection")
    with open_ledger(str(honest)) as ledger:
        export(ledger, path, [12, 3, 19], older=[2, 8])
    return path


def test_honest_selection(honest: Path, selection: Path) -> None:
    """A selection is proven by itself, and continues the heads that it has proofs for."""
    with open_ledger(str(honest)) as ledger:
        heads = list(ledger.heads())
    assert verify(selection, keys=ring().verifiers).ok
    for at in (1, 2, 4):
        assert verify(selection, head=heads[at].note).ok
    with pytest.raises(UnreadableError, match="no proof from a head over 18 entries"):
        verify(selection, head=heads[3].note)


def test_spoilt_selection(selection: Path, copies: Callable[[Path], Path]) -> None:
    """Changed, removed, inserted and reordered entries of a selection are named."""
    three, twelve, last = lines_of(selection)
    cases = {
        (three, forged(12), last): [("changed", 12, 12)],
        (three, last): [("removed", 12, 12)],
        (three, forged(5), twelve, last): [("inserted", 5, 5)],
        (three, three, twelve, last): [("inserted", 3, 3)],
        (twelve, three, last): [("reordered", 3, 3)],
    }
    for lines, found in cases.items():
        assert named(verify(with_lines(copies(selection), list(lines)))) == found


def test_a_selection_of_another_history(selection: Path, tmp_path: Path) -> None:
    """A selection does not continue a head of another history, even of the same key."""
    with SqliteLedger(tmp_path / "l.db", signer=ring().signer) as ledger:
        ledger.append(entries(8, start=100))
        other = ledger.head().note
    assert named(verify(selection, head=other)) == [("rewritten", 0, 7)]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(part=st.sampled_from(["proofs.jsonl", "growth.jsonl"]), data=st.data())
def test_any_spoilt_proof(
    honest: Path, selection: Path, copies: Callable[[Path], Path], part: str, data: st.DataObject
) -> None:
    """No changed, shortened or lengthened proof passes."""
    with open_ledger(str(honest)) as ledger:
        older = list(ledger.heads())[2].note
    path = copies(selection)
    proofs = [json.loads(line) for line in (path / part).read_text().splitlines()]
    proof = proofs[-1]["path"]
    at = data.draw(st.integers(0, len(proof) - 1))
    spoilt = bytearray(b64decode(proof[at]))
    spoilt[data.draw(st.integers(0, 31))] ^= data.draw(st.integers(1, 255))
    other = b64encode(bytes(spoilt)).decode()
    proofs[-1]["path"] = data.draw(
        st.sampled_from(
            [[*proof[:at], other, *proof[at + 1 :]], proof[:at] + proof[at + 1 :], [*proof, other]]
        )
    )
    (path / part).write_text("".join(json.dumps(each) + "\n" for each in proofs))
    expected = {"proofs.jsonl": ("changed", 19, 19), "growth.jsonl": ("rewritten", 0, 7)}[part]
    assert named(verify(path, head=older)) == [expected]


def test_what_can_not_be_checked(bundle: Path, copies: Callable[[Path], Path], tmp_path: Path) -> None:
    """What is no ledger, or comes with a head or key that is none, is refused in words."""
    (tmp_path / "text.db").write_text("no ledger")
    (tmp_path / "empty").mkdir()
    later = copies(bundle)
    (later / "manifest.json").write_text('{"format": "troth-bundle/2"}')
    cases: list[tuple[Path, dict[str, Any], str]] = [
        (tmp_path / "none.db", {}, "there is no none.db"),
        (tmp_path / "text.db", {}, "not a ledger"),
        (tmp_path / "empty", {}, "missing or no JSON"),
        (later, {}, "not a bundle that this verifier knows"),
        (bundle, {"head": "no head"}, "no tree head"),
        (bundle, {"keys": ["no key"]}, "public key must read"),
    ]
    for path, options, message in cases:
        with pytest.raises(UnreadableError, match=message):
            verify(path, **options)


@pytest.mark.parametrize("statement", ["set seq = 50 where seq = 19", "set seq = seq - 1"])
def test_numbers_that_do_not_run_on(honest: Path, copies: Callable[[Path], Path], statement: str) -> None:
    """Entries whose numbers in the table were changed, and nothing else, are not called intact."""
    path = copies(honest)
    direct = sqlite3.connect(path, isolation_level=None)
    direct.execute(f"update ledger_entry {statement}")
    direct.close()
    assert not verify(path).ok


def test_addresses(honest: Path) -> None:
    """A ledger is found by its address too; for one on a server the bundle is named, and the password is not."""
    assert verify(f"sqlite:///{honest}").ok
    with pytest.raises(UnreadableError, match="export one and verify that") as refused:
        verify("postgresql://ann:geheim@db.example/x")
    assert "geheim" not in str(refused.value)


def test_a_damaged_file(honest: Path, copies: Callable[[Path], Path], tmp_path: Path) -> None:
    """A file that is cut short is never called intact."""
    path = copies(honest)
    whole = path.read_bytes()
    for size in range(4096, len(whole), 4096):
        path.write_bytes(whole[:size])
        try:
            assert not verify(path).ok
        except UnreadableError:
            continue


def run(*arguments: str | Path, text: bool = False) -> tuple[int, Any]:
    """Run the verifier as an auditor would: bare Python, no packages, another folder."""
    command = [sys.executable, "-I", "-S", *map(str, arguments)]
    if not text:
        command.append("--json")
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
    assert done.stderr == ""
    return done.returncode, done.stdout if text else json.loads(done.stdout)


def test_alone(honest: Path, bundle: Path, copies: Callable[[Path], Path], tmp_path: Path) -> None:
    """The file alone, on bare Python without any package, gives the verdict, in words and as JSON."""
    alone = tmp_path / "verify.py"
    shutil.copy(SCRIPT, alone)
    (tmp_path / "key.txt").write_text(ring().verifiers[0])
    with open_ledger(str(honest)) as ledger:
        (tmp_path / "head.txt").write_text(next(iter(ledger.heads())).note)
    code, said = run(alone, honest, "--key", tmp_path / "key.txt", "--head", tmp_path / "head.txt")
    assert (code, said["verdict"], said["size"], said["findings"]) == (0, "intact", SIZE, [])
    spoilt = with_lines(copies(bundle), [b"{}", *lines_of(bundle)[1:]])
    code, said = run(alone, spoilt)
    assert (code, said["verdict"]) == (1, "broken")
    assert said["findings"][0] | {"message": ""} == {"kind": "changed", "first": 0, "last": 0, "message": ""}
    assert run(alone, spoilt, text=True)[1].startswith("entry 0 was changed\n")
    code, said = run(alone, tmp_path / "nothing")
    assert (code, said) == (2, {"verdict": "unreadable", "reason": "there is no nothing"})
    assert run(alone, honest, "--head", tmp_path / "no.txt")[0] == 2


def test_imports_nothing_of_troth() -> None:
    """The verifier's file names only the standard library."""
    tree = ast.parse(SCRIPT.read_text("utf-8"))
    names = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert names <= sys.stdlib_module_names | {"__future__"}


RFC_8032 = [  # section 7.1: secret key, public key, message, signature
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize(("secret", "public", "message", "signature"), RFC_8032)
def test_ed25519_vectors(secret: str, public: str, message: str, signature: str) -> None:
    """The plain arithmetic agrees with the vectors of RFC 8032 section 7.1."""
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret))
    assert key.public_key().public_bytes_raw().hex() == public
    assert ed25519(bytes.fromhex(public), bytes.fromhex(signature), bytes.fromhex(message))


@settings(max_examples=15)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=40), st.integers(0, 511), st.data())
def test_ed25519_against_the_library(secret: bytes, message: bytes, bit: int, data: st.DataObject) -> None:
    """A real signature holds; with any bit of signature, key or message turned it does not."""
    key = Ed25519PrivateKey.from_private_bytes(secret)
    public, signature = key.public_key().public_bytes_raw(), key.sign(message)
    assert ed25519(public, signature, message)
    spoilt = bytearray(signature)
    spoilt[bit // 8] ^= 1 << bit % 8
    assert not ed25519(public, bytes(spoilt), message)
    assert not ed25519(public, signature, message + b"x")
    other = Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key().public_bytes_raw()
    assert ed25519(other, signature, message) == (other == public)


@pytest.mark.parametrize("length", [0, 31, 63, 65])
def test_ed25519_of_the_wrong_length(length: int) -> None:
    """Signatures and keys of another length are invalid, without an exception."""
    assert not ed25519(bytes(32), bytes(length), b"")
    assert not ed25519(bytes(length), bytes(64), b"")


def test_ed25519_refuses_a_shifted_scalar() -> None:
    """A signature with its scalar raised by the group order is refused (RFC 8032 section 5.1.7, step 1)."""
    _, public, message, signature = RFC_8032[1]
    raw = bytes.fromhex(signature)
    raised = int.from_bytes(raw[32:], "little") + 2**252 + 27742317777372353535851937790883648493
    shifted = raw[:32] + raised.to_bytes(32, "little")
    assert not ed25519(bytes.fromhex(public), shifted, bytes.fromhex(message))


def test_export_refusals(honest: Path, bundle: Path, tmp_path: Path) -> None:
    """Nothing is overwritten, and an entry or ledger that is not there can not be exported."""
    with open_ledger(str(honest)) as ledger:
        with pytest.raises(TrothError, match="bundle is there already"):
            export(ledger, bundle)
        with pytest.raises(TrothError, match="some of these are not there"):
            export(ledger, tmp_path / "b.zip", [SIZE])
        with pytest.raises(TrothError, match="can not continue one of 21"):
            export(ledger, tmp_path / "b.zip", [1], older=[21])
        with pytest.raises(TrothError, match="can not be written"):
            export(ledger, tmp_path / "no" / "b.zip")
    with SqliteLedger(tmp_path / "empty.db", signer=ring().signer) as ledger:
        with pytest.raises(TrothError, match="nothing to export"):
            export(ledger, tmp_path / "b.zip")
        assert verify(tmp_path / "empty.db").ok
    assert [p.name for p in tmp_path.iterdir() if not p.name.startswith("empty.db")] == []


def test_a_bundle_of_postgresql(postgres_url: str, tmp_path: Path) -> None:
    """A ledger on a server is checked through its bundle."""
    with open_ledger(postgres_url, signer=ring().signer) as ledger:
        for size in BATCHES:
            ledger.append(entries(size))
        export(ledger, tmp_path / "b.zip")
    assert verify(tmp_path / "b.zip", keys=ring().verifiers).ok
    assert zipfile.is_zipfile(tmp_path / "b.zip")
