"""From the text of a `troth` block to its syntax tree, with errors in the user's words.

The grammar stands in grammar.lark; indentation is two spaces by custom, any consistent depth by rule.
"""

from __future__ import annotations

import os
import re
import unicodedata
from difflib import get_close_matches
from functools import cache
from importlib import resources
from pathlib import Path

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedEOF, UnexpectedInput, UnexpectedToken
from lark.indenter import DedentError, Indenter

from troth.model.errors import Place, SourceError
from troth.model.term import FACETS

DEPTH = 50  # brackets and `not` inside each other; a person never needs ten, and Python's stack must not be the limit
LARGEST = 1_000_000_000  # a number in a rule; a billion days is longer than there have been people

TURNS = "\\u202a-\\u202e\\u2066-\\u2069"
_HIDDEN = re.compile(rf"[\u00ad\u061c\u200b-\u200f\u2060-\u2065\ufeff{TURNS}]")
_SHOWN = {
    "NAME": "a word",
    "NUMBER": "a number",
    "STRING": "words in quotes",
    "DATE": "a date",
    "HEX": "a hash",
    "FILE": "a file name",
    "OP": "a comparison (<, <=, >, >=)",
    "_NL": "the end of the line",
    "_INDENT": "an indented line",
    "_DEDENT": "the end of the promise",
    "_COMMA": "`,`",
    "_LSQB": "`[`",
    "_RSQB": "`]`",
    "$END": "the end of the block",
}


_PRINTED = {
    "“": '"',
    "”": '"',
    "„": '"',
    "«": '"',
    "»": '"',
    "「": '"',
    "」": '"',
    "、": ",",
    "–": "-",
    "—": "-",
    "‑": "-",
}
_BEGINNINGS = ("may", "only", "never", "must", "block", "when", "covers", "note", "accept", "prove")
_MEANT = {
    "can": "may", "allow": "may", "permit": "may", "shall": "must", "will": "must", "should": "must", "have": "must",
    "cannot": "never", "forbid": "never", "no": "never", "not": "never", "on": "when", "after": "when", "if": "when",
    "proof": "prove", "proves": "prove",
}  # fmt: skip


class _Indentation(Indenter):
    NL_type = "_NL"
    OPEN_PAREN_types = ["_LSQB"]  # noqa: RUF012 - lark declares them as list properties
    CLOSE_PAREN_types = ["_RSQB"]  # noqa: RUF012
    INDENT_type = "_INDENT"
    DEDENT_type = "_DEDENT"
    tab_len = 4


@cache
def grammar() -> Lark:
    """The parser of the rule language, built once a process; its tables are kept in the user's cache folder."""
    text = resources.files("troth.policy").joinpath("grammar.lark").read_text("utf-8")
    kept = _kept()
    return Lark(
        text,
        parser="lalr",
        postlex=_Indentation(),
        maybe_placeholders=False,
        cache=str(kept) if kept else False,
    )


def _kept() -> Path | None:
    """Where the parser's tables may be kept between runs: a folder that only this user can write to; None for nowhere.

    The tables are read with pickle, so a folder that others can write to is not used. Lark checks that they belong to
    this grammar, this Python and this version of itself.
    """
    try:
        folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "troth"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        state = folder.stat()
    except (OSError, RuntimeError):
        return None
    mine = state.st_uid == os.getuid() and not state.st_mode & 0o022
    return folder / "grammar.tables" if mine and os.access(folder, os.W_OK) else None


def parse_block(text: str, file: str, line: int) -> Tree[Token]:
    """The syntax tree of a block; positions in it count from the first line of `text`.

    Args:
        text: the inside of the block, ending in a line end.
        file: name of the file, for messages.
        line: line of the file on which `text` begins.

    Raises:
        SourceError: the text is not a list of promises, with the word that is wrong and what could stand there.
    """
    _guard_depth(text, file, line)
    _guard_hidden(text, file, line)
    try:
        tree = grammar().parse(text)
    except UnexpectedInput as error:
        raise _explain(error, text, file, line) from None
    except DedentError:
        hint = "indent with two spaces a step, the same in the whole block"
        raise SourceError(
            "this block is indented unevenly", Place(file, _uneven(text) + line - 1), hint=hint
        ) from None
    _guard_numbers(tree, text, file, line)
    return tree


def _guard_depth(text: str, file: str, line: int) -> None:
    """Refuses conditions that are nested too deeply; they stand on one line each."""
    for number, row in enumerate(text.split("\n")):
        if row.count("(") + row.count("[") + row.count("not") <= DEPTH:
            continue
        depths = [0]  # the depth inside each open bracket
        depth = 0
        for found in re.finditer(r'"(?:[^"\\]|\\.)*"|#.*|[\[(]|[\])]|[^\s\[\]()"#]+', row):
            if found[0] in {"[", "("}:
                depths.append(depth := depth + 1)
            elif found[0] in {"]", ")"}:
                depth = depths.pop() if len(depths) > 1 else 0
            depth = depth + 1 if found[0] == "not" else depths[-1]
            if depth > DEPTH:
                at = Place(file, line + number, found.start() + 1)
                hint = "name parts of it with `define ... means`"
                raise SourceError(f"this condition is nested deeper than {DEPTH}", at, hint=hint)


def _guard_hidden(text: str, file: str, line: int) -> None:
    """Refuses what is not seen: turns of direction anywhere (CVE-2021-42574), other hidden characters outside quotes."""
    if not _HIDDEN.search(text):
        return
    for found in re.finditer(rf'"(?:[^"\\\n{TURNS}]|\\.)*"|#[^\n{TURNS}]*|{_HIDDEN.pattern}', text):
        if _HIDDEN.fullmatch(found[0]):
            start = found.start()
            at = Place(file, line + text.count("\n", 0, start), start - text.rfind("\n", 0, start))
            message = f"a hidden character (U+{ord(found[0]):04X}) stands here"
            raise SourceError(message, at, hint="take it out: what is shown must be what is executed")


def _guard_numbers(tree: Tree[Token], text: str, file: str, line: int) -> None:
    if not re.search(r"\d{10}", text):
        return
    for node in tree.iter_subtrees():
        for token in node.children:
            if (
                isinstance(token, Token)
                and token.type == "NUMBER"
                and node.data != "seal"
                and float(token.lstrip("~")) > LARGEST
            ):
                at = Place(file, line + (token.line or 1) - 1, token.column or 1)
                raise SourceError("this number is too large", at, hint=f"the largest is {LARGEST}")


def _uneven(text: str) -> int:
    depths = [0]
    for number, row in enumerate(text.split("\n"), 1):
        if not row.strip() or row.lstrip().startswith("#"):
            continue
        depth = len(row.expandtabs(4)) - len(row.expandtabs(4).lstrip())
        if depth > depths[-1]:
            depths.append(depth)
        while depth < depths[-1]:
            depths.pop()
        if depth != depths[-1]:
            return number
    return 1


def _explain(error: UnexpectedInput, text: str, file: str, line: int) -> SourceError:
    if isinstance(error, UnexpectedEOF):
        return SourceError(
            "the block ends too early", Place(file, line + text.count("\n")), hint="finish the last line"
        )
    column = max(error.column or 1, 1)
    place = Place(file, line + max(error.line or 1, 1) - 1, column)
    if isinstance(error, UnexpectedCharacters):
        rows = text.split("\n")
        row = rows[error.line - 1] if error.line <= len(rows) else ""
        word = re.match(r"\S+", row[column - 1 :])
        shown = word[0][:40] if word else error.char
        if not error.char.isprintable():
            message = f"an invisible character (U+{ord(error.char):04X}) can not be read"
            return SourceError(message, place, hint="take it out")
        plain = _plain(error.char)
        if plain:
            hint = f"write `{plain}`, the plain sign of the keyboard"
            return SourceError(f"`{error.char}` can not be read", place, hint=hint)
        return SourceError(
            f"`{shown}` can not be read", place, hint=_hint(sorted(error.allowed or ()), shown)
        )
    if isinstance(error, UnexpectedToken):
        token = error.token
        expected = sorted(error.accepts or error.expected or ())
        row = text.split("\n")[max(error.line or 1, 1) - 1]
        if token.type in {"_NL", "$END", "_DEDENT"}:
            counts = expected == ["NAME"] and re.search(r"[\d.]\s*(#.*)?$", row)
            hint = "here can stand a unit of time, such as days or months" if counts else _hint(expected, "")
            return SourceError("the line ends too early", place, hint=hint)
        if token.type == "_INDENT":
            hint = "two spaces a step; only `when`, rules and `except` have lines below them"
            return SourceError("this line is indented too far", Place(file, place.line + 1), hint=hint)
        first = row.split()[0] if row.split() else ""
        if expected == ["MEANS"] and first not in {"define", str(token)}:
            at = Place(file, place.line, len(row) - len(row.lstrip()) + 1)
            return SourceError(f"`{first[:40]}` begins no rule", at, hint=_beginning(first))
        shown = str(token).strip()[:40]
        if (denied := re.match(r"\s*(may|must|shall|will|can|only)\s+not\b", row)) is not None:
            at = Place(file, place.line, denied.start(1) + 1)
            hint = "write `never`, and what must not be done: `never share email-address`"
            return SourceError(f"`{denied[1]} not` is no rule", at, hint=hint)
        if expected == ["_INDENT"]:
            hint = "what belongs to the line above stands below it, two spaces further in"
            return SourceError(f"`{shown}` is not indented", place, hint=hint)
        hint = _joined(row[: column - 1], shown) or _hint(expected, shown)
        return SourceError(f"`{shown}` is not expected here", place, hint=hint)
    return SourceError("this can not be read", place, hint=_hint([], ""))


def _joined(before: str, shown: str) -> str:
    """A hint where a word and those before it are one word of the vocabulary written apart; "" where they are none."""
    from troth.model.vocabulary import load  # noqa: PLC0415 - only for messages

    words = [*re.findall(r"[\w-]+", re.split(r"[,\[\]()\"]", before)[-1]), shown]
    for number in (3, 2):
        whole = "-".join(words[-number:]).lower()
        if len(words) >= number and any(load().find(facet, whole) for facet in FACETS):
            return f"is it one word? `{whole}`"
    return ""


def _plain(sign: str) -> str:
    """The plain sign for a full-width or printed one, as Chinese keyboards and Word write them; "" where there is none."""
    if sign in _PRINTED:
        return _PRINTED[sign]
    plain = unicodedata.normalize("NFKC", sign)
    return plain if plain != sign and plain.isascii() and len(plain) == 1 else ""


def _beginning(word: str) -> str:
    """What may begin a line of a promise; the one that is meant, where a word of contracts is used."""
    near = _MEANT.get(word) or next(iter(get_close_matches(word, _BEGINNINGS, 1)), "")
    meant = f"did you mean `{near}`? " if near else ""
    return f"{meant}a line begins with {', '.join(f'`{one}`' for one in _BEGINNINGS)}"


def _hint(expected: list[str], shown: str) -> str:
    if shown.startswith('"'):
        return 'close the quotes on the same line; write \\" for a quote inside'
    words = sorted(_SHOWN.get(name) or _keyword(name) for name in expected)
    names = [word for word in dict.fromkeys(words) if word]
    if not names:
        return "take it out, or compare the line with the examples of the policy language"
    return "here can stand " + (", ".join(names[:-1]) + " or " + names[-1] if len(names) > 1 else names[0])


def _keyword(name: str) -> str:
    for terminal in grammar().terminals:
        if terminal.name == name and terminal.pattern.type == "str":
            return f"`{terminal.pattern.value}`"
    return ""
