"""The rules of the house that a machine can check: imports, sizes, names, errors, docstrings of tests.

An exception is a line in one of the tables below, with its reason; one that is no longer needed fails too.
"""

from __future__ import annotations

import ast
import re
from collections import Counter

import pytest
from importlinter.cli import lint_imports

from tests.house.tree import HOUSE, SOURCE, TESTS, functions, length, modules, place, tree

LONGEST_MODULE = 600
LONGEST_FUNCTION = 60
MOST_POSITIONAL = 5
DEEPEST_NAME = 4  # troth.room.folder.module

# place:function -> why it is longer than LONGEST_FUNCTION
LONG_FUNCTIONS: dict[str, str] = {}

# place:function -> why it has more than MOST_POSITIONAL positional parameters
MANY_PARAMETERS: dict[str, str] = {}

# place -> why it may catch every exception; `cli` may, so that a person never sees a traceback
BROAD_HANDLERS = {
    "src/troth/datamap/introspect.py": "a column type of an extension raises what it likes",
    "src/troth/duties/agenda.py": "one request that can not be carried out must not keep back all others",
    "src/troth/evidence/appender.py": "every waiting caller is told, and the thread lives on",
    "src/troth/policy/intake_docx.py": "the reader of a damaged Word file raises many kinds of error",
}

# Words that say nothing about what is inside.
VAGUE = {
    "manager",
    "util",
    "utils",
    "helper",
    "helpers",
    "service",
    "services",
    "base",
    "common",
    "core",
    "engine",
    "misc",
    "handler",
    "processor",
    "factory",
}

# A full stop after one of these does not end a sentence.
ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|cf|vs|etc|art|no|inc|ltd|co|mr|ms|dr|st)\.", re.IGNORECASE)


def broad(handler: ast.ExceptHandler) -> bool:
    """Return whether a handler catches everything and does not raise it again."""
    last = handler.body[-1]
    if isinstance(last, ast.Raise) and last.exc is None:
        return False
    if handler.type is None:
        return True
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(isinstance(kind, ast.Name) and kind.id in {"Exception", "BaseException"} for kind in kinds)


def fault_of(docstring: str | None) -> str:
    """Return what keeps a docstring from being one sentence, or an empty string."""
    if not docstring:
        return "no docstring"
    words = " ".join(docstring.split("\n\n")[0].split())
    if not words.endswith((".", "?", "!")):
        return "its first paragraph is no sentence"
    inside = ABBREVIATION.sub("", words[:-1])
    if re.search(r"[.?!] [A-Z]", inside):
        return "more than one sentence"
    return ""


def test_imports_go_one_way() -> None:
    """Every room imports only what the contract in pyproject.toml lets it import."""
    assert lint_imports(config_filename=str(HOUSE / "pyproject.toml"), no_cache=True, no_logo=True) == 0


def test_module_sizes() -> None:
    """No module is longer than a reader can hold."""
    lines = {place(path): len(path.read_text("utf-8").splitlines()) for path in modules(SOURCE)}
    assert {name: count for name, count in lines.items() if count > LONGEST_MODULE} == {}


def test_function_sizes() -> None:
    """No function is longer than the cap, except those that are listed with a reason."""
    found = {
        f"{place(path)}:{name}": length(function)
        for path in modules(SOURCE)
        for name, function in functions(tree(path))
        if length(function) > LONGEST_FUNCTION
    }
    assert {name: lines for name, lines in found.items() if name not in LONG_FUNCTIONS} == {}
    assert sorted(LONG_FUNCTIONS) == sorted(found), "an exception is no longer needed"


def test_positional_parameters() -> None:
    """A function takes few positional parameters and the others by name; commands are exempt."""
    found = {
        f"{place(path)}:{name}"
        for path in modules(SOURCE)
        if not path.is_relative_to(SOURCE / "cli")
        for name, function in functions(tree(path))
        if len([*function.args.posonlyargs, *function.args.args]) > MOST_POSITIONAL + ("." in name)
    }
    assert found == set(MANY_PARAMETERS)


def test_names_say_something() -> None:
    """No file or folder has a name that would fit any project."""
    names = {path.with_suffix("") for path in [*modules(SOURCE), *modules(TESTS)]}
    parts = {part for name in names for part in name.relative_to(HOUSE).parts}
    assert {part for part in parts if VAGUE & set(part.lower().split("_"))} == set()


def test_constants_are_given_once() -> None:
    """No constant of a module is given a second value further down, which the code above would read as well."""
    twice = {}
    for path in modules(SOURCE):
        given = Counter(
            target.id
            for node in tree(path).body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        )
        if again := sorted(name for name, times in given.items() if times > 1):
            twice[place(path)] = again
    assert twice == {}


def test_folders_are_flat() -> None:
    """A module is found within three steps from the front door."""
    deep = [
        place(path) for path in modules(SOURCE) if len(path.relative_to(SOURCE.parent).parts) > DEEPEST_NAME
    ]
    assert deep == []


def test_errors_are_named() -> None:
    """Only the command line catches every exception; everything else names what it expects."""
    found = {
        place(path)
        for path in modules(SOURCE)
        if not path.is_relative_to(SOURCE / "cli")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler) and broad(node)
    }
    assert found == set(BROAD_HANDLERS)


def test_refused_files_come_with_advice() -> None:
    """Whoever is told that a file can not be read is told what to do."""
    mute = {
        f"{place(path)}:{node.lineno}"
        for path in modules(SOURCE)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "SourceError"
        and "hint" not in {word.arg for word in node.keywords}
    }
    assert mute == set()


def test_tests_say_what_they_test() -> None:
    """Every test has a docstring of one sentence."""
    faults = {
        f"{place(path)}:{name}": fault
        for path in modules(TESTS)
        for name, function in functions(tree(path))
        if function.name.startswith("test_") and (fault := fault_of(ast.get_docstring(function)))
    }
    assert faults == {}


def test_tests_do_not_pretend() -> None:
    """No test replaces a part of the house by a mock."""
    pretending = re.compile(
        r"^\s*(?:from|import) (?:unittest\.mock|unittest import mock|pytest_mock)", re.MULTILINE
    )
    assert [place(path) for path in modules(TESTS) if pretending.search(path.read_text("utf-8"))] == []


@pytest.mark.parametrize(
    ("docstring", "fault"),
    [
        ("The answer is yes.", ""),
        ("Terms such as e.g. Art. 15 and Inc. Ltd. stay one sentence.", ""),
        ("A sentence\nover two lines.", ""),
        ("A sentence.\n\nAnd why it matters. Twice.", ""),
        (None, "no docstring"),
        ("the answer", "its first paragraph is no sentence"),
        ("One. Two.", "more than one sentence"),
    ],
)
def test_sentence_rule(docstring: str | None, fault: str) -> None:
    """The rule for docstrings tells one sentence from none and from several."""
    assert fault_of(docstring) == fault


def test_length_rule() -> None:
    """The rule for length leaves out docstrings and finds nested functions by their dotted name."""
    source = (
        "class A:\n"
        "    def b(self):\n"
        '        """One.\n\n        Two.\n        """\n'
        "        def c():\n"
        "            return 1\n"
        "        return c\n"
    )
    assert {name: length(function) for name, function in functions(ast.parse(source))} == {
        "A.b": 4,
        "A.b.c": 2,
    }


@pytest.mark.parametrize(
    ("clause", "answer"),
    [
        ("except: pass", True),
        ("except Exception: pass", True),
        ("except (OSError, Exception) as e: pass", True),
        ("except BaseException: pass", True),
        ("except Exception as e: raise ValueError from e", True),
        ("except BaseException: raise", False),
        ("except OSError: pass", False),
        ("except (OSError, ValueError): pass", False),
    ],
)
def test_broad_rule(clause: str, answer: bool) -> None:
    """The rule for handlers knows every way to catch everything."""
    (handler,) = [
        node for node in ast.walk(ast.parse(f"try: pass\n{clause}")) if isinstance(node, ast.ExceptHandler)
    ]
    assert broad(handler) is answer
