"""Coverage-guided fuzzing of everything that reads a policy file or a raw text (atheris).

    python bench/fuzz_policy.py [SECONDS] [FOLDER]

SECONDS: how long, 20 when left out. FOLDER: where inputs that reached new code are kept from run to run; a temporary
one when left out. Seeds are the samples, cut into sections, and the cases of the tests. Anything but a refusal in
words, or a change of meaning by `fmt`, ends the run, and the input is left in the folder as `crash-...`.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from pathlib import Path

try:
    import atheris  # type: ignore[import-untyped]  # it carries no types
except ImportError:  # it is made for x86-64 and for Pythons of some age
    print("atheris is not installed here: nothing is fuzzed")
    sys.exit(0)

HOUSE = Path(__file__).resolve().parent.parent
LONGEST = 2_000  # bytes of an input

with atheris.instrument_imports(include=["troth.policy", "troth.app"]):
    from troth.app import policies as app
    from troth.model.errors import TrothError
    from troth.policy.adopt import adopt
    from troth.policy.bind import compile_file
    from troth.policy.check import check
    from troth.policy.explain import as_json, explain
    from troth.policy.layout import tidy
    from troth.policy.page import explained, published
    from troth.policy.publish import plain
    from troth.policy.seal import digest, seal_text
    from troth.policy.source import decode


def seeds(folder: Path) -> None:
    """Write the texts that the run starts from."""
    texts = []
    for path in sorted(HOUSE.glob("samples/*/policy.troth.md")):
        sections = path.read_text("utf-8").split("\n## ")
        texts += [f'+++\nprovider = "A"\nversion = "1"\n+++\n\n## {section}' for section in sections]
    for path in sorted(HOUSE.glob("tests/policies/*.cases")):
        cases = path.read_text("utf-8").split("\n=== ")
        texts += ["Hello. {#s1 p}\n\n```troth\n" + case.partition("\n")[2] + "\n```\n" for case in cases]
    texts += [path.read_text("utf-8")[:4000] for path in sorted(HOUSE.glob("tests/data/intake/*.txt"))]
    for text in texts:
        data = text.encode()[:LONGEST]
        (folder / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)


def read_policy(data: bytes) -> None:
    """Read, check, lay out, seal and accept a policy file."""
    compiled = compile_file(data, "a.troth.md")
    check(compiled)
    plain(compiled.source)
    text = decode(data, "a.troth.md")
    done = app.tidied(data, "a.troth.md")
    assert tidy(done) == done
    digests = {one.id: digest(compiled.policy, one) for one in compiled.policy.promises if one.sentences}
    sealed = seal_text(compiled.source, text, digests, "A")
    assert compile_file(sealed.encode(), "a.troth.md").policy.hash == compiled.policy.hash
    adopt(text, "a.troth.md", set(), True, 0.0)


def show_policy(data: bytes) -> None:
    """Explain a policy file in both languages and as pages."""
    compiled = compile_file(data, "a.troth.md")
    published(compiled.source, compiled.policy)
    for language in ("en", "zh"):
        rows = explain(compiled.policy, language)
        as_json(rows)
        explained(compiled.policy, rows, language)


def export_policy(data: bytes) -> None:
    """Export a policy file in every shape, and compare it with itself."""
    policy = compile_file(data, "a.troth.md").policy
    for shape in ("json", "jsonld", "odrl"):
        app.exported(policy, shape)
    assert not app.diff(policy, policy).comparison.changes


def lint_policy(data: bytes) -> None:
    """Check and lint a policy file."""
    app.inspect(data, "a.troth.md")


def draft_text(data: bytes) -> None:
    """Take a raw text through drafting; the draft must be the text again."""
    drafted = app.draft_file(data, "a.txt").text
    words = "".join(plain(compile_file(drafted.encode(), "a.troth.md").source).split())
    assert words == "".join("".join(one.text.split()) for one in app.sentences_of(data, "a.txt"))


TURNS = (show_policy, export_policy, lint_policy, draft_text)


def try_input(data: bytes) -> None:
    """One input: read as a policy file, and one of the other commands in turn, by its length."""
    for work in (read_policy, TURNS[len(data) % len(TURNS)]):
        try:
            work(data)
        except TrothError as error:
            if not (error.message and error.hint):
                raise AssertionError("a refusal must say what is wrong and what to do") from error


def main() -> None:
    """Run for the seconds that were asked for."""
    seconds = sys.argv[1] if len(sys.argv) > 1 else "20"
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp(prefix="fuzz-policy-"))
    folder.mkdir(parents=True, exist_ok=True)
    seeds(folder)
    options = [
        f"-max_total_time={seconds}",
        f"-max_len={LONGEST}",
        "-timeout=30",
        f"-artifact_prefix={folder}/",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], *options, os.fspath(folder)], try_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
