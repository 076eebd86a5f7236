"""The page of a bundle: what is in it and what the law says a person is told, in English and Chinese.

Written with plain functions: a template engine takes longer to start than reading a person's rows. Every value goes
through `_plain` where it enters the page; the words of a language were escaped when they were read.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import islice
from typing import Any

from markupsafe import escape

from troth.enforcement.bundle import SHOWN, Part

_GAP = "\x1f"  # stands between cells while they are escaped
_LONGEST = 300  # characters of a cell that the page shows
_SECTIONS = "<!-- sections -->\n"  # where in the frame the languages go
SUMS = "sha256sum -c SHA256SUMS"
SIGNATURE = "openssl pkeyutl -verify -pubin -inkey manifest.pem -rawin -in SHA256SUMS -sigfile manifest.sig"
"""The commands that check a bundle, as the page says them."""


def page(index: Mapping[str, Any], parts: Sequence[Part], verifier: str) -> str:
    """The HTML of the page: one file, no script, nothing from elsewhere.

    Args:
        index: what stands in index.json.
        parts: the files of rows, with their first rows.
        verifier: the public key of the ledger, as C2SP signed-note writes it.
    """
    shown = {part.step.place: _rows(part.sheet.columns, part.shown) for part in parts}
    before, _, after = _frame().partition(_SECTIONS)
    return "".join(
        [
            before,
            *(_Language(name, words).section(index, shown, verifier) for name, words in _words().items()),
            after,
        ]
    )


@dataclass(frozen=True, slots=True)
class _Language:
    """The page in one language.

    Attributes:
        name: `en` or `zh`.
        words: what it says, escaped; marks such as `{rows}` are filled with escaped values.
    """

    name: str
    words: Mapping[str, str]

    def section(self, index: Mapping[str, Any], shown: Mapping[str, str], verifier: str) -> str:
        """All that the page says in this language."""
        t, name = self.words, self.name
        purpose, notice = index["purpose"], index["notice"]
        title = t["title-portability" if purpose == "portability" else "title"]
        who = _plain(notice["controller"] or notice["provider"]) or t["us"]
        made = t["made"].format(when=_plain(index["created"]))
        if notice["version"]:
            made += self._either(", ", "，") + t["policy"].format(version=_plain(notice["version"]))
        return "".join(
            [
                f'<section id="{name}" lang="{self._either("en", "zh-Hans")}" aria-labelledby="{name}-title">\n',
                f'<h1 id="{name}-title">{title}</h1>\n<p>{t["lead"].format(who=who)}</p>\n<p>{made}</p>\n',
                self._list_of(index["files"]),
                *(self._file(number, one, shown) for number, one in enumerate(index["files"], 1)),
                self._recipients(index["recipients"]),
                self._receipts(index["receipts"]),
                self._missing(index["reasons"]),
                self._notice(notice),
                self._checks(verifier),
                self._machine(purpose),
                "</section>\n",
            ]
        )

    def _list_of(self, files: Sequence[Mapping[str, Any]]) -> str:
        t = self.words
        head = f"<h2>{t['files']}</h2>\n"
        if not files:
            return f"{head}<p>{t['nothing']}</p>\n"
        titles = "".join(f'<th scope="col">{t[one]}</th>' for one in ("file", "rows", "categories", "source"))
        return (
            f'{head}<div class="wide" tabindex="0" role="region" aria-label="{t["files"]}"><table>\n'
            f"<thead><tr>{titles}</tr></thead>\n<tbody>\n"
            f"{''.join(self._line(number, one) for number, one in enumerate(files, 1))}</tbody></table></div>\n"
        )

    def _line(self, number: int, one: Mapping[str, Any]) -> str:
        file = _link(one["file"], one["file"]) if one["file"] else "–"
        cards = f"<br>{_link(one['cards'], self.words['cards'], escaped=True)}" if one["cards"] else ""
        source = _link(f"#{self.name}-{number}", one["source"])
        return (
            f"<tr><td>{file}{cards}</td>\n<td>{one['rows']}</td><td>{_plain(', '.join(one['categories']))}</td>"
            f"<td>{source}</td></tr>\n"
        )

    def _file(self, number: int, one: Mapping[str, Any], shown: Mapping[str, str]) -> str:
        t = self.words
        title = t["table"].format(place=_plain(one["source"]))
        lines = [f'<h3 id="{self.name}-{number}">{title}</h3>\n<dl>\n']
        if "purposes" in one:
            for name, said in (
                ("categories", "terms"), ("purposes", "purposes"), ("basis", "basis"), ("promised", "promised_recipients"),
            ):  # fmt: skip
                lines.append(f"<dt>{t[name]}</dt><dd>{self._terms(one[said])}</dd>\n")
            kept = [_plain(line[self.name]) for line in one["retention"]] or [t["unknown"]]
            lines.append(f"<dt>{t['retention']}</dt>{''.join(f'<dd>{line}</dd>' for line in kept)}\n")
        if one["withheld"]:
            lines.append(f"<dt>{t['withheld']}</dt><dd>{_plain(', '.join(one['withheld']))}</dd>\n")
        if one["shared"]:
            lines.append(f"<dt>{t['shared'].format(count=one['shared'])}</dt>\n")
        lines.append("</dl>\n")
        if rows := shown[one["source"]]:
            some = t["all"] if one["rows"] <= SHOWN else t["first"]
            lines.append(
                f"<details><summary>{some.format(rows=one['rows'], count=SHOWN)}</summary>\n"
                f'<div class="wide" tabindex="0" role="region" aria-label="{title}"><table>\n{rows}\n'
                "</table></div></details>\n"
            )
        return "".join(lines)

    def _recipients(self, went: Sequence[Mapping[str, Any]]) -> str:
        t = self.words
        if not went:
            return f"<h2>{t['recipients']}</h2>\n<p>{t['nobody']}</p>\n"
        return f"<h2>{t['recipients']}</h2>\n<ul>\n{''.join(map(self._recipient, went))}</ul>\n"

    def _recipient(self, one: Mapping[str, Any]) -> str:
        t = self.words
        more = (
            ("for", "purposes"), ("data", "data"), ("country", "countries"), ("safeguard", "safeguards"),
        )  # fmt: skip
        details = "".join(f"; {t[name]} {_plain(', '.join(one[said]))}" for name, said in more if one[said])
        return (
            f"<li><strong>{_plain(one['name'])}</strong>{self._either(': ', '：')}{t['times']} {one['times']}, "
            f"{t['when']} {_plain(one['first'])} – {_plain(one['last'])}{details}</li>\n"
        )

    def _receipts(self, names: Sequence[str]) -> str:
        if not names:
            return ""
        links = "".join(f"<li>{_link(name, name)}</li>" for name in names)
        return f"<h2>{self.words['receipts']}</h2>\n<ul>{links}</ul>\n"

    def _missing(self, reasons: Sequence[Mapping[str, Any]]) -> str:
        if not reasons:
            return ""
        lines = "".join(f'<li lang="en">{_plain(one["place"])}: {_plain(one["why"])}</li>' for one in reasons)
        return f"<h2>{self.words['missing']}</h2>\n<ul>{lines}</ul>\n"

    def _notice(self, notice: Mapping[str, Any]) -> str:
        """The rights, and the sentences of the policy that a person is told besides."""
        t, spoken = self.words, notice["language"]
        heard = [_plain(one[self.name]) for one in notice["complaints_to"]] or [t["any"]]
        lines = [
            f"<h2>{t['rights']}</h2>\n<p>{t['rights-text']}</p>\n{_quoted(notice['rights'], 'en')}",
            f"<h2>{t['complain']}</h2>\n<p>{t['complain-text']} {self._either('; ', '；').join(heard)}",
            f"{self._either('.', '。')}</p>\n",
        ]
        for name, said, none in (
            ("contact", "contact", ""), ("automated", "automated_decisions", "no-automated"),
            ("transfers", "transfers", "no-transfers"), ("sources", "sources", ""),
        ):  # fmt: skip
            if notice[said] or none:
                text = _quoted(notice[said], spoken) or f"<p>{t[none]}</p>\n"
                lines.append(f"<h2>{t[name]}</h2>\n{text}")
        return "".join(lines)

    def _checks(self, verifier: str) -> str:
        t = self.words
        files = t["check-files"].format(command=f"<code>{SUMS}</code>")
        sign = t["check-sign"].format(
            key=f"<code>{_plain(verifier)}</code>", command=f"<code>{SIGNATURE}</code>"
        )
        return (
            f"<h2>{t['check']}</h2>\n<ul><li>{files}</li>\n<li>{sign}</li>\n<li>{t['check-key']}</li></ul>\n"
        )

    def _machine(self, purpose: str) -> str:
        t = self.words
        names, text = ["index.json", "processing.jsonld"], t["machine-text"]
        if purpose == "portability":
            names, text = [*names, "schema.json"], f"{text} {t['schema']}"
        links = " · ".join(_link(name, name) for name in names)
        return f"<h2>{t['machine']}</h2>\n<p>{text}</p>\n<p>{links}</p>\n"

    def _terms(self, terms: Sequence[Mapping[str, str]]) -> str:
        listed = self._either(", ", "、").join([one[self.name] for one in terms])
        return _plain(listed) if terms else self.words["unknown"]

    def _either(self, english: str, chinese: str) -> str:
        return chinese if self.name == "zh" else english


@lru_cache(4096, typed=True)
def _plain(value: object) -> str:
    """A value as text of the page; most of them come again on the next page, and what is in cells is not kept."""
    return str(escape(value))


def _link(target: str, text: str, *, escaped: bool = False) -> str:
    return f'<a href="{_plain(target)}">{text if escaped else _plain(text)}</a>'


def _quoted(sentences: Iterable[str], language: str) -> str:
    lines = "".join(f'<li lang="{_plain(language)}">{_plain(one)}</li>' for one in sentences)
    return f"<ul>{lines}</ul>\n" if lines else ""


def _rows(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> str:
    """A table of rows as HTML; all cells are escaped at once, because both languages show many of them."""
    if not rows:
        return ""
    cells = [*columns, *(_cell(row.get(name)) for row in rows for name in columns)]
    plain = iter(str(escape(_GAP.join(cells))).split(_GAP))
    head = '</th><th scope="col">'.join(islice(plain, len(columns)))
    lines = ["</td><td>".join(islice(plain, len(columns))) for _ in rows]
    body = "".join([f"<tr><td>{line}</td></tr>" for line in lines])
    return f'<thead><tr><th scope="col">{head}</th></tr></thead>\n<tbody>{body}</tbody>'


def _cell(value: object) -> str:
    if value is None:
        return ""
    if type(value) is int:
        return str(value)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = text.replace(_GAP, "")
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


@cache
def _words() -> dict[str, dict[str, str]]:
    """What the page says, by language; escaped once."""
    return {
        language: {name: _plain(line) for name, line in words.items()}
        for language, words in tomllib.loads(_template("bundle.toml")).items()
    }


@cache
def _frame() -> str:
    """The page around the languages."""
    return _template("bundle.html")


def _template(name: str) -> str:
    return resources.files("troth.enforcement").joinpath("templates", name).read_text("utf-8")
