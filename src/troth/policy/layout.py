"""`fmt`: one layout for policy files. Words, tags and rules keep their meaning; running it twice changes nothing more."""

from __future__ import annotations

import re

from troth.policy.source import FENCE

_GROUP = re.compile(r"(?<!\\)\{([^{}]*)\}[ \t]*$")
_PIECE = re.compile(r'"(?:[^"\\]|\\.)*"|#.*|<=|>=|!=|[<>=,:\[\]()]|[^\s",:\[\]()<>=#!]+|\S')


def tidy(text: str) -> str:
    """The text of a policy file in the one layout."""
    rows = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    done: list[str] = []
    number, front = 0, bool(rows) and rows[0].rstrip() == "+++"
    while number < len(rows):
        row = rows[number].rstrip()
        if front:
            done.append(row)
            front = number == 0 or row != "+++"
        elif row.startswith(FENCE):
            end = _close(rows, number)
            done += [row.replace(" ", ""), *_rules(rows[number + 1 : end]), FENCE]
            number = end
        else:
            done.append(_prose(row))
        number += 1
    return re.sub(r"\n{3,}", "\n\n", "\n".join(done)).strip("\n") + "\n"


def _close(rows: list[str], start: int) -> int:
    for number in range(start + 1, len(rows)):
        if rows[number].rstrip() == FENCE:
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
        depth = len(row.expandtabs(4)) - len(row.expandtabs(4).lstrip())
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
