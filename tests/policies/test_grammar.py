"""Every alternative of the grammar is used by some case, and every error of the parser has a place."""

from __future__ import annotations

from lark import Lark, Token, Tree

from tests.policies.cases import cases, policy_file
from troth.policy.parse import grammar, parse_block
from troth.policy.source import decode, read


def used(parser: Lark, texts: list[str]) -> set[str]:
    """The rules (with their expansions) that parsing the texts reduces by."""
    seen: set[str] = set()
    inner = parser.parser.parser.parser
    callbacks = inner.callbacks
    inner.callbacks = {rule: _noting(rule, call, seen) for rule, call in callbacks.items()}
    try:
        for text in texts:
            parser.parse(text)
    finally:
        inner.callbacks = callbacks
    return seen


def _noting(rule: object, call: object, seen: set[str]):  # type: ignore[no-untyped-def] # noqa: ANN202 - lark's callback
    def note(children: list[Tree[Token]]) -> object:
        seen.add(str(rule))
        return call(children)  # type: ignore[operator]

    return note


def blocks() -> list[str]:
    """The blocks of every case that can be parsed."""
    found = []
    for name in ("check.cases", "diff.cases"):
        for case in cases(name):
            for part in case.parts[: 1 if name == "check.cases" else 2]:
                for block in read(decode(policy_file(part).encode(), "case"), "case").blocks:
                    try:
                        parse_block(block.text, "case", 1)
                    except Exception:  # noqa: BLE001, S112 - cases that are wrong on purpose
                        continue
                    found.append(block.text)
    return [
        *found,
        "",
        "\n",
        "# nothing but a remark\n",
        'define a = name\naccept b "c"\n',
        '\npromise p use "Use"\n  may use name\n',
        *SEALS,
    ]


SEALS = tuple(
    f'promise p use "Use"\n  seal {hashes}{words}\n'
    for hashes in ("0123456789", "deadbeef e7d999ac")
    for words in ("", ' by "Ms Lee"', " on 2026-01-01", ' by "Ms Lee" on 2026-01-01')
)


def test_every_alternative_of_the_grammar_is_used() -> None:
    """No line of grammar.lark is without a case."""
    parser = grammar()
    everything = {str(rule) for rule in parser.rules}
    assert sorted(everything - used(parser, blocks())) == []
