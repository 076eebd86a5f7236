"""Input that a nasty user would try: what is said, where, and that it does not take long."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.oracle import READERS, WRITERS, assert_plain, assert_read
from tests.cli.small import SMALL, small
from tests.cli.terminal import FAULT, policy
from troth.policy.source import LARGEST, LONGEST, MOST

HEAD = '+++\nprovider = "T"\nversion = "1"\n+++\n\n'
RULE = 'We keep it. {#s1 p}\n\n```troth\npromise p use "U"\n  may use name '
WORST = 30.0  # seconds for one command on the worst file we know; a second here, more on a busy machine

REFUSED: list[tuple[str, bytes, str, str]] = [
    ("not UTF-8", b"Hello.\nCaf\xe9 {i}\n", "2:4", "this byte is not UTF-8 text"),
    ("UTF-16", "Hello. {i}".encode("utf-16"), "1:1", "this byte is not UTF-8 text"),
    ("NUL", b"Hello.\nA\0B {i}", "2:2", "there is a control character (U+0000) here"),
    ("escape", b"Hello \x1b[31m {i}", "1:7", "there is a control character (U+001B) here"),
    ("open front matter", b"\n+++\na = 1\n", "2:1", "the front matter is not closed"),
    ("no TOML", b"+++\nprovider = Example\n+++\n", "2:12", "the front matter is not TOML"),
    ("deep TOML", b"+++\na = " + b"[" * 5000 + b"\n+++\n", "2:1", "nested too deeply"),
    ("huge number in TOML", b"+++\na = " + b"9" * 5000 + b"\n+++\n", "2:1", "the front matter is not TOML"),
    ("strange tag", b"Hello. {#a b!}", "1:12", "`b!` is not a tag"),
    ("two ids", b"Hello. {#s4 #s5 p}", "1:13", "this tag has two ids"),
    ("two suggestions", b"Hello. {#s4 ? p ?0.5}", "1:17", "this tag has two suggestions"),
    ("two reasons", b"Hello. {#s4 i i:aim}", "1:15", "this tag has two reasons"),
    ("two tags", b"Hello. {#a p} {#b q}", "1:8", "this line has two tags"),
    ("printed quotes", "+++\nprovider = “T”\n+++\n".encode(), "2:12", "the front matter is not TOML"),
    ("tag without words", b"Hello. {i}\n{#a}", "2:1", "this line has a tag but no words"),
    ("empty heading", b"# {#a}", "1:1", "this heading is empty"),
    ("open block", b"Hello. {i}\n```troth\npromise", "2:1", "this block is not closed"),
    ("block of another language", b"```python\n```", "1:1", "a block of `python` is not part of a policy"),
    ("endless sentence", b"word " * LONGEST, "1:1", f"more than {LONGEST}"),
    ("endless line of rules", b"```troth\n" + b"a" * (LONGEST + 1) + b"\n```", "2:1", f"longer than {LONGEST}"),
    ("too many sentences", b"Hello. {i}\n" * (MOST + 1), f"{MOST + 1}:1", f"more than {MOST} sentences"),
    ("too large", b"a\n" * (LARGEST // 2 + 1), "1:1", "larger than 2 MiB"),
]  # fmt: skip

BLOCKED: list[tuple[str, str, str, str]] = [
    ("brackets", "if " + "(" * 3000 + "minor" + ")" * 3000, "10:69", "nested deeper than 50"),
    ("brackets that open again", "if " + "((minor) and " * 300 + "minor" + ")" * 300, "", "nested deeper than 50"),
    ("not", "if " + "not " * 2000 + "minor", "", "nested deeper than 50"),
    ("lists in lists", "if minor in " + "[" * 300, "", "nested deeper than 50"),
    ("huge number", "if age >= " + "9" * 400, "10:26", "this number is too large"),
    ("hidden direction in a note", '\n  note "a\u202eb"', "11:10", "a hidden character (U+202E)"),
    ("hidden direction", "# \u202e eman \u2066", "10:18", "a hidden character (U+202E)"),
    ("zero width", "fo\u200br payment", "10:18", "a hidden character (U+200B)"),
    ("open quotes", 'if purpose is "x', "10:30", "can not be read"),
    ("no list", "for ,", "10:20", "`,` is not expected here"),
    ("early end", "for", "10:19", "the line ends too early"),
    ("half an opt-out", "for payment no te", "", "`te` is not expected here"),
    ("denied permission", "\n  may not share name", "11:3", "`may not` is no rule"),
    ("denied duty", "\n  when request-erase\n    must not share name", "12:5", "`must not` is no rule"),
    ("word written apart", "\n  may share email address", "11:19", "`address` is not expected here"),
    ("no step in", "\n  when request-erase\n  must erase name", "12:3", "`must` is not indented"),
    ("deep lines", "\n      never use name", "11:7", "`never` is not expected here"),
]  # fmt: skip


def written(folder: Path, data: bytes | str) -> Path:
    """A policy file with this in it."""
    path = folder / "policy.troth.md"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


@pytest.mark.parametrize(
    ("data", "place", "words"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_refused(tmp_path: Path, data: bytes, place: str, words: str) -> None:
    """What is no policy file is refused by every command with the place, what is wrong, and what to do."""
    file = written(tmp_path, data)
    for command in (("check",), ("fmt",), ("publish",), ("export",), ("accept", "--all")):
        outcome = policy(command[0], file, *command[1:])
        assert outcome.code == 2
        assert outcome.err.startswith(f"error: {file}:{place}: ")
        assert words in outcome.err
        assert_plain(outcome, file)


@pytest.mark.parametrize(
    ("rule", "place", "words"), [row[1:] for row in BLOCKED], ids=[row[0] for row in BLOCKED]
)
def test_blocked(tmp_path: Path, rule: str, place: str, words: str) -> None:
    """A rule that can not be parsed is a finding of `check` with its place, and stops what would need the rule."""
    file = written(tmp_path, f"{HEAD}{RULE}{rule}\n  prove timer\n```\n")
    outcome = policy("check", file, "--json")
    (finding,) = [one for one in outcome.json["findings"] if one["rule"] == "grammar"]
    assert outcome.code == 1
    assert words in finding["message"]
    assert finding["hint"]
    assert place in {"", f"{finding['line']}:{finding['column']}"}
    assert policy("publish", file).code == 0
    for command in ("export", "explain", "seal", "fmt"):
        refused = policy(command, file)
        assert refused.code == 2
        assert_plain(refused, file)


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("  may not share name", "write `never`"),
        ("  may share email address", "is it one word? `email-address`"),
        ("  when request-erase\n  must erase name", "two spaces further in"),
        ('  seal 0123456789abcdef by "A" on 2026-02-30', "YYYY-MM-DD"),
    ],
)
def test_what_to_do(tmp_path: Path, line: str, hint: str) -> None:
    """Slips of who begins with the language are answered with what to write instead."""
    file = written(tmp_path, f"{HEAD}{RULE}\n{line}\n  prove timer\n```\n")
    assert any(hint in one["hint"] for one in policy("check", file, "--json").json["findings"])


def test_promises_that_nobody_signed_are_told_in_one_line(tmp_path: Path) -> None:
    """A new policy has many unsealed promises; they do not hide what is wrong."""
    promises = "".join(f'promise p{n} use "U"\n  may use name\n  prove timer\n\n' for n in range(9))
    tags = "".join(f"We keep it, number {n}. {{#s{n} p{n}}}\n" for n in range(9))
    out = policy("check", written(tmp_path, f"{HEAD}{tags}\n```troth\n{promises}```\n")).out
    assert out.count("[unsealed]") == 1
    assert "9 promises were never sealed: p0, p1, p2, p3, p4 and 4 more" in out


def nested(step: str) -> str:
    """A policy whose definitions name each other over and over."""
    rows = [f"define a{n} means {step.format(n - 1)}" for n in range(1, 400)]
    return f"{HEAD}{RULE}if a399\n  prove timer\n\ndefine a0 means minor\n" + "\n".join(rows) + "\n```\n"


HARD: list[tuple[str, str]] = [
    ("definitions that double", nested("a{0} and not a{0}")),
    ("definitions that deepen", nested("not a{0}")),
    ("unknown words", f"{HEAD}{RULE}" + ",\n".join(["", *(f"nonsense{n}" for n in range(3000))])[1:] + "\n```\n"),
    ("sentences without end marks", "we collect names and addresses and share them " * 200),
    ("the same sentence", "We collect your name and share it with partners for 30 days. {i}\n" * 2000),
    ("one letter", "a" * LONGEST),
    ("digits", "We keep it for " + "1" * 9000 + " days."),
    ("braces", "{" * LONGEST),
    ("open tags", "x {#a " * 1600),
    ("headings", "# a\n" * MOST),
    ("fences", "```troth\n```\n" * 20000),
    ("capitals", "Aa Bb " * 1600),
    ("addresses", "a@b." * 2400),
    ("mixed scripts", "Мы collect 您的 имя، ونحن نشاركه. " * 100),
    ("marks", "e" + "\u0301" * 9000),
    ("directions", "\u202e\u2066We collect\u2069 your name.\u202c " * 100),
]  # fmt: skip


@pytest.mark.parametrize("text", [row[1] for row in HARD], ids=[row[0] for row in HARD])
def test_hard_to_read(tmp_path: Path, text: str) -> None:
    """What makes careless programs slow or deep is answered within seconds by every command."""
    file = written(tmp_path, text)
    for command in (
        ("check", "--json"),
        ("publish",),
        ("explain", "--json"),
        ("export",),
        ("fmt", "--check"),
    ):
        start = time.perf_counter()
        assert_read(file, command)
        assert time.perf_counter() - start < WORST


@pytest.mark.parametrize("text", [row[1] for row in HARD[3:]], ids=[row[0] for row in HARD[3:]])
def test_hard_to_draft(tmp_path: Path, text: str) -> None:
    """The same as raw texts: linted and drafted within seconds, or refused."""
    file = tmp_path / "raw.txt"
    file.write_text(text, "utf-8")
    for words in (("lint", file), ("import", file, "-o", tmp_path / "draft.troth.md", "--force")):
        start = time.perf_counter()
        assert_plain(policy(*map(str, words)), file)
        assert time.perf_counter() - start < WORST


@pytest.mark.parametrize("unit", ["We share it. ", "x\n", "{", "# a\n", "我们收集。", "\n"])
def test_five_megabytes(tmp_path: Path, unit: str) -> None:
    """Five megabytes of anything are answered or refused soon."""
    data = (unit * (5_000_000 // len(unit.encode()))).encode()
    raw, file = tmp_path / "raw.txt", written(tmp_path, data)
    raw.write_bytes(data)
    start = time.perf_counter()
    assert_plain(policy("check", file), file)
    assert_plain(policy("import", raw, "-o", tmp_path / "draft.troth.md", "--force"), raw)
    assert time.perf_counter() - start < 2 * WORST


def test_five_megabytes_as_lines(tmp_path: Path) -> None:
    """Lines that a program wrapped at one width are one paragraph, however many there are."""
    raw = tmp_path / "raw.txt"
    raw.write_text(
        ("We collect your name and your address when you open an account with us. " + "x" * 30 + "\n")
        * 45_000,
        "utf-8",
    )
    start = time.perf_counter()
    assert_plain(policy("lint", raw), raw)
    assert time.perf_counter() - start < WORST


def test_words_that_look_like_marks(tmp_path: Path) -> None:
    """Indented marks of the layout mean what they mean without the indentation."""
    file = written(
        tmp_path,
        SMALL.replace("```troth", "  ```troth")
        .replace("\n```\n", "\n  ```\n")
        .replace("## Your", "   ## Your"),
    )
    assert policy("check", file).code == 0
    assert policy("export", file).json["hash"] == policy("export", small(tmp_path, "b.troth.md")).json["hash"]


def test_sentences_can_not_move_the_cursor(tmp_path: Path) -> None:
    """Control characters of a raw text or a file name are shown, not executed."""
    raw = tmp_path / "a\x1b[2Jb.txt"
    raw.write_text("We keep your data forever \u202eand ever. We sell your data to anyone.", "utf-8")
    outcome = policy("lint", raw)
    assert "\x1b" not in outcome.out
    assert "\u202e" not in outcome.out
    assert "a\\x1b[2Jb.txt" in outcome.out


def test_file_name_that_is_no_text(tmp_path: Path) -> None:
    """A file name of bytes that are no text can be named in an answer."""
    name = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    Path(os.fsdecode(name)).write_text("We collect your name.", "utf-8")
    done = run(["lint", os.fsdecode(name)])
    assert done.returncode == 1
    assert done.stderr == b""


def run(words: list[str], **options: object) -> subprocess.CompletedProcess[bytes]:
    """The real program, in a process of its own."""
    command = [sys.executable, "-c", "from troth.cli import main; main()", "policy", *words]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    return subprocess.run(command, capture_output=True, check=False, env=environment, **options)  # type: ignore[call-overload,no-any-return]


def test_reader_that_leaves(tmp_path: Path) -> None:
    """When the reader of the output goes away, nothing is said about it."""
    command = f"{sys.executable} -c 'from troth.cli import main; main()' policy export {small(tmp_path)} | head -n 1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, check=False)
    assert (done.stdout, done.stderr) == (b"{\n", b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_full_disk(tmp_path: Path) -> None:
    """When the output can not be written, that is said and the exit code is 2."""
    command = f"{sys.executable} -c 'from troth.cli import main; main()' policy export {small(tmp_path)} > /dev/full"
    done = subprocess.run(["sh", "-c", command], capture_output=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith(b"error: the output can not be written: ")


def test_terminal_of_another_encoding(tmp_path: Path) -> None:
    """Chinese words reach a terminal that asks for ASCII."""
    done = run(["explain", str(small(tmp_path)), "s4", "--lang", "zh", "--json"])
    assert done.returncode == 0
    assert "问候".encode() in done.stdout


def test_files_that_are_no_files(tmp_path: Path) -> None:
    """A device without end is refused, and writing to a device does not replace it."""
    outcome = policy("check", "/dev/zero")
    assert outcome.code == 2
    assert "larger than" in outcome.err
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE) as reader:
        assert policy("publish", small(tmp_path), "-o", pipe).code == 0
        assert reader.stdout is not None
        assert b"We hope you enjoy" in reader.stdout.read()
    assert pipe.is_fifo()


def test_links_and_permissions_stay(tmp_path: Path) -> None:
    """A file that is reached by a link is changed in place and keeps its permissions."""
    file = small(tmp_path, "real.troth.md")
    file.chmod(0o640)
    link = tmp_path / "link.troth.md"
    link.symlink_to(file)
    assert policy("seal", link).code == 0
    assert link.is_symlink()
    assert "seal " in file.read_text("utf-8")
    assert file.stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.troth.md", "real.troth.md"]


def test_faults_are_admitted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Should Troth itself fail, a person reads one sentence and learns how to see more; no words of the file are shown."""
    file = small(tmp_path)
    monkeypatch.setattr("troth.app.policies.check_language", lambda language: {}[language])
    outcome = policy("explain", file)
    assert outcome.code == 2
    assert FAULT in outcome.err
    assert "KeyError in test_bad_input.py:" in outcome.err
    monkeypatch.setenv("TROTH_TRACE", "1")
    with pytest.raises(KeyError):
        policy("explain", file)


def test_every_command_is_tried() -> None:
    """The commands that the tests above try are all that take a policy file."""
    tried = {command[0] for command in READERS + WRITERS} | {"import", "diff"}
    listed = {"import", "check", "lint", "accept", "seal", "fmt", "publish", "explain", "diff", "export"}
    assert tried == listed
