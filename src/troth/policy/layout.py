"""`fmt`: one layout for policy files. Words, tags and rules keep their meaning; running it twice changes nothing more."""

from __future__ import annotations

import re
from dataclasses import replace

from troth.model.policy import Policy
from troth.policy.source import FENCE, front_rows

_GROUP = re.compile(r"(?<!\\)\{([^{}]*)\}[ \t]*$")
_PIECE = re.compile(r'"(?:[^"\\]|\\.)*"|#.*|<=|>=|!=|[<>=,:\[\]()]|[^\s",:\[\]()<>=#!]+|\S')


def tidy(text: str) -> str:
    """The text of a policy file in the one layout."""
    rows = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    start = front_rows(rows)
    done: list[str] = []
    number = start
    while number < len(rows):
        row = rows[number].strip()
        if row.startswith(FENCE):
            end = _close(rows, number)
            done += [row.replace(" ", ""), *_rules(rows[number + 1 : end]), FENCE]
            number = end
        else:
            done.append(_prose(row))
        number += 1
    body = re.sub(r"\n{3,}", "\n\n", "\n".join(done)).strip("\n")
    return "\n".join([*_front(rows[:start]), body]) + "\n"


def meaning(policy: Policy) -> Policy:
    """The policy without its line numbers: what a change of layout must leave as it is."""
    return replace(
        policy,
        sentences=tuple(replace(one, sentence=replace(one.sentence, line=0)) for one in policy.sentences),
        promises=tuple(replace(one, line=0) for one in policy.promises),
        accepted=tuple(replace(one, line=0) for one in policy.accepted),
    )


def _front(rows: list[str]) -> list[str]:
    """The front matter as it stands, since a text in it may go over several lines; an empty line below it."""
    marks = [number for number, row in enumerate(rows) if row.strip() == "+++"]
    return ["+++", *rows[marks[0] + 1 : -1], "+++", ""] if marks else []


def _close(rows: list[str], start: int) -> int:
    for number in range(start + 1, len(rows)):
        if rows[number].strip() == FENCE:
            return number
    return len(rows)


def _prose(row: str) -> str:
    group = _GROUP.search(row)
    if not group:
        return " ".join(row.split())
    words = " ".join(row[: group.start()].split())
    return f"{words} {{{' '.join(group[1].split())}}}".strip()


def _rules(rows: list[str]) -> list[str]:
    """The rules with two spaces a step and one space between words; comments stay where they are."""
    done: list[str] = []
    depths: list[int] = []
    open_, continued = 0, False
    for row in rows:
        if not row.strip():
            if done and done[-1]:
                done.append("")
            continue
        lead = row[: len(row) - len(row.lstrip())]
        depth = lead.count(" ") + 4 * lead.count("\t")
        words, open_after = _line(row.strip(), open_)
        if open_ or continued:
            done.append("  " * (len(depths) + 1) + words)
        else:
            while depths and depth <= depths[-1] and not words.startswith("#"):
                depths.pop()
            if words.startswith("#"):
                step = sum(1 for one in depths if one < depth)
            else:
                step = len(depths)
                depths.append(depth)
            done.append("  " * step + words)
        bare = re.sub(r'"(?:[^"\\]|\\.)*"', '""', words)
        if not (continued and words.startswith("#")):
            continued = re.sub(r"\s*#.*", "", bare).endswith(",")
        open_ = open_after
    while done and not done[-1]:
        done.pop()
    return done


def _line(row: str, open_: int) -> tuple[str, int]:
    """The line with single spaces, and how many brackets are open after it."""
    out = ""
    for found in _PIECE.finditer(row):
        piece = found[0]
        open_ += {"[": 1, "]": -1}.get(piece, 0)
        tight_before = piece in {",", "]", ")", ":"}
        tight_after = out.endswith(("[", "("))
        space = "" if not out or tight_before or tight_after else " "
        out += ("  " if piece.startswith("#") and out else space) + piece
    return out, max(open_, 0)
