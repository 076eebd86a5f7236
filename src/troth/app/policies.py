"""What is done with policy files: checked, drafted, compared, exported."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from troth.model.errors import NotFound, Place, SourceError, TrothError
from troth.model.finding import Finding
from troth.model.policy import Policy, vocabulary_of
from troth.model.sentence import Sentence
from troth.model.term import FACETS, Term
from troth.model.vocabulary import load
from troth.policy.bind import VOCABULARY, Compiled, compile_file
from troth.policy.check import accept, check, idle
from troth.policy.explain import Row
from troth.policy.explain import read as read_promise
from troth.policy.front import (
    declared,
    guess_jurisdictions,
    guess_language,
    guess_provider,
    guess_version,
    regimes,
)
from troth.policy.layout import meaning, tidy
from troth.policy.outline import outline
from troth.policy.plain import LANGUAGES, Speech
from troth.policy.source import LIMIT, MOST, Source, decode, guard
from troth.policy.source import read as read_source
from troth.policy.translation import gap, told_otherwise

if TYPE_CHECKING:
    from troth.decision.compare import Comparison
    from troth.policy.block import Intake
    from troth.policy.draft import Draft
    from troth.policy.prose import Edit
    from troth.policy.review import Rebound, Unread

# Some imports stand inside functions: a command starts in half the time without what only others need.

SUFFIX = ".troth.md"
_SHARED = "translations share the ids of the policy's sentences; translate each under its id"
_ELSEWHERE = frozenset(
    {"unknown-promise", "unbound-sentence"}
)  # of a translation: its promises stand in the policy
_LANGUAGE = r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*"


@dataclass(frozen=True, slots=True)
class Inspection:
    """What `check` has to say about a policy file: about its binding, about its rules, about its words."""

    compiled: Compiled
    binding: tuple[Finding, ...]
    lint: tuple[Finding, ...]


def load_file(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        SourceError: there is no such file, it can not be read, or it is too large.
    """
    place = Place(str(path), 1)
    try:
        if path.is_dir():
            raise SourceError("this is a folder", place, hint="name the policy file in it")
        with path.open("rb") as file:
            data = file.read(LIMIT + 1)  # not read_bytes: a device or a pipe has no end
    except FileNotFoundError:
        raise SourceError("there is no such file", place, hint="check the path") from None
    except OSError as error:
        raise SourceError(
            f"the file can not be read: {error.strerror}", place, hint="check its permissions"
        ) from None
    if len(data) > LIMIT:
        raise SourceError(
            f"the file is larger than {LIMIT // 1024 // 1024} MiB", place, hint="split it by document"
        )
    return data


def inspect(data: bytes, file: str, jurisdictions: tuple[str, ...] = ()) -> Inspection:
    """Everything `check` finds in the bytes of a policy file.

    Raises:
        SourceError: it is not a policy file.
    """
    from troth.app.statutory import late  # noqa: PLC0415 - see above
    from troth.decision.conflict import conflicts  # noqa: PLC0415 - see above
    from troth.decision.table import table  # noqa: PLC0415 - see above
    from troth.policy.lint import lint_text  # noqa: PLC0415 - see above

    compiled = compile_file(data, file)
    policy = compiled.policy
    sentences = [binding.sentence for binding in policy.sentences]
    places = regimes(jurisdictions) or declared(compiled.source.front)
    words = [
        *lint_text(sentences, jurisdictions=places),
        *conflicts(table(policy), policy),
        *(late(policy, places) if places else ()),
    ]
    seen = accept(words, policy)
    translated = original_of(compiled, file) is not None
    own = [one for one in check(compiled) if one.rule not in _ELSEWHERE or not translated]
    tables = (*_missing_tables(policy, file), *_crossed_periods(policy))
    found = (*own, *tables, *_translations(compiled.source, Path(file)))
    binding = accept(found, policy)
    stale = idle([*seen, *binding], policy)
    return Inspection(compiled, (*binding, *stale), seen)


def checked(data: bytes, file: str) -> Policy:
    """The policy of a file, where nothing of it is open, so that it can be carried out.

    Raises:
        SourceError: it is not a policy file.
        TrothError: a sentence is not bound, a rule is none, or a table of periods is missing; the message names the first.
    """
    compiled = compile_file(data, file)
    policy = compiled.policy
    found = accept((*check(compiled), *_missing_tables(policy, file), *_crossed_periods(policy)), policy)
    wrong = [one for one in found if one.severity == "block" and not one.accepted]
    if wrong:
        more = f" (and {len(wrong) - 1} more)" if wrong[1:] else ""
        raise TrothError(
            f"the policy does not check: {wrong[0].message}{more}",
            hint=f"see all of it: troth policy check {file}",
        )
    return policy


def lint(data: bytes, file: str, jurisdictions: tuple[str, ...] = ()) -> tuple[Finding, ...]:
    """The lint of a policy file, or of a raw text, page or Word file; `jurisdictions` apply besides what the text shows.

    Raises:
        SourceError: it can not be read as a text.
    """
    if file.endswith(SUFFIX):
        return inspect(data, file, jurisdictions).lint
    from troth.policy.lint import lint_text  # noqa: PLC0415 - see above

    return lint_text(sentences_of(data, file), jurisdictions=regimes(jurisdictions))


def sentences_of(data: bytes, file: str) -> tuple[Sentence, ...]:
    """The sentences of a raw text, page or Word file.

    Raises:
        SourceError: it can not be read as a text.
    """
    return _taken_in(data, file)[1]


def _taken_in(data: bytes, file: str) -> tuple[Intake, tuple[Sentence, ...]]:
    """The blocks of a raw text and its sentences.

    Raises:
        SourceError: it can not be read as a text.
    """
    from troth.policy.intake import read_text  # noqa: PLC0415 - see above
    from troth.policy.split import split  # noqa: PLC0415 - see above

    intake = read_text(data, file)
    if len(intake.blocks) > MOST:  # a block is one sentence at least
        guard("", MOST, Place(file, intake.blocks[MOST].line))
    sentences = split(intake)
    for count, sentence in enumerate(sentences):
        guard(sentence.text, count, Place(file, sentence.line))
    return intake, sentences


def _missing_tables(policy: Policy, file: str) -> Iterator[Finding]:
    """A finding for every table of periods that a rule looks up and that does not stand beside the policy."""
    for promise in policy.promises:
        for rule in promise.rules:
            name = rule.deadline.table if rule.deadline else ""
            if name and not Path(file).with_name(name).is_file():
                message = f"`{rule.id}` looks periods up in `{name}`, which does not stand beside the policy"
                hint = "put the table of legal periods there, or write the period into the rule"
                yield Finding(
                    "missing-table",
                    "missing-table",
                    "warn",
                    message,
                    hint,
                    promise=promise.id,
                    line=promise.line,
                )


def _crossed_periods(policy: Policy) -> Iterator[Finding]:
    """A finding for every least period that is longer than the time in which the same data has to be gone."""
    rules = [rule for promise in policy.promises for rule in promise.rules]
    if not any(rule.deadline and rule.deadline.kind == "at-least" for rule in rules):
        return
    from troth.plan.periods import contradictions, periods_of  # noqa: PLC0415 - few policies have least periods

    vocabulary = vocabulary_of(policy)

    def broadest(terms: Iterable[str]) -> str:
        known = [one for one in terms if vocabulary.find("data", one)]
        return max(sorted(known), key=lambda one: len(vocabulary.covers("data", one)), default=min(terms))

    for finding in contradictions(periods_of(policy), broadest):
        promise = policy.by_id[finding.promise]
        sentences = tuple(policy.by_sentence[name].sentence for name in promise.sentences)
        yield replace(finding, sentences=sentences, line=promise.line)


def _translations(source: Source, file: Path) -> Iterator[Finding]:
    """A finding for every translation beside the policy that does not say all of it, or says more."""
    name = re.escape(file.name.removesuffix(SUFFIX))
    pattern = re.compile(rf"{name}\.({_LANGUAGE}){re.escape(SUFFIX)}")
    for path in sorted(file.parent.iterdir()) if file.name.endswith(SUFFIX) and file.parent.is_dir() else ():
        found = pattern.fullmatch(path.name)
        if not found or not path.is_file():
            continue
        rule = "translation-incomplete"
        try:
            translated = read_source(decode(load_file(path), str(path)), str(path))
        except SourceError as error:
            message = f"the translation `{path.name}` can not be read: {error.message}"
            yield Finding(rule, rule, "warn", message, error.hint, line=1)
            continue
        if str(translated.front.get("language", "")).lower() != found[1].lower():
            continue
        apart = gap(source, translated)
        if apart:
            message = f"the translation `{path.name}` {apart}"
            yield Finding(rule, rule, "warn", message, _SHARED, apart.missing, line=0 if apart.missing else 1)
        rule, hint = "translation-number", "correct the one that is wrong: people rely on either"
        for sentence, ours, theirs in told_otherwise(source, translated):
            message = f"the translation `{path.name}` says {theirs}, the sentence says {ours}"
            yield Finding(rule, rule, "warn", message, hint, (sentence,))


def original_of(compiled: Compiled, file: str) -> Path | None:
    """The policy that a file without rules is the translation of: its promises stand there; None where it is none."""
    found = re.fullmatch(rf"(.+)\.({_LANGUAGE}){re.escape(SUFFIX)}", Path(file).name)
    if found is None or compiled.policy.promises:
        return None
    original = Path(file).with_name(found[1] + SUFFIX)
    spoken = str(compiled.source.front.get("language", "")).lower()
    return original if spoken == found[2].lower() and original.is_file() else None


def tidied(data: bytes, file: str) -> str:
    """The text of a policy file in the one layout, with the same meaning.

    Raises:
        SourceError: the file, or a block in it, can not be read.
    """
    before = compile_file(data, file)
    outline(before.source)
    done = tidy(decode(data, file))
    if meaning(compile_file(done.encode(), file).policy) != meaning(before.policy):
        raise TrothError(
            f"the layout of `{file}` could not be changed without changing its meaning",
            hint="please report this file",
        )
    return done


@dataclass(frozen=True, slots=True)
class Drafted:
    """A drafted policy file, the suggestions in it, and what of the text could not be taken, in words."""

    text: str
    draft: Draft
    lost: tuple[str, ...] = ()


def draft_file(data: bytes, file: str, provider: str = "", version: str = "") -> Drafted:
    """The draft of a policy file for a published text, page or Word file.

    Raises:
        SourceError: it can not be read as a text.
    """
    if file.endswith(SUFFIX):
        hint = "edit it, or give the published text; `troth policy publish` gives it back"
        raise SourceError("this is a policy file already", Place(file, 1), hint=hint)
    from troth.policy.draft import draft, render  # noqa: PLC0415 - see above
    from troth.policy.split import marked  # noqa: PLC0415 - see above

    intake, sentences = _taken_in(data, file)
    drafted = draft(sentences, load(VOCABULARY), marked(intake, sentences))
    front: dict[str, str | list[str]] = {
        "provider": provider or guess_provider(sentences, intake.title) or Path(file).stem,
        "version": version or guess_version(sentences) or "undated",
        "language": guess_language(sentences),
        "vocab": list(VOCABULARY),
    }
    if places := guess_jurisdictions(sentences):
        front["jurisdictions"] = places
    return Drafted(render(drafted, front), drafted, intake.lost)


@dataclass(frozen=True, slots=True)
class Difference:
    """Two versions compared: their words, their rules, what a person has to compare, and the hashes of both."""

    prose: tuple[Edit, ...]
    comparison: Comparison
    unread: tuple[Unread, ...]
    rebound: tuple[Rebound, ...]
    old: str
    new: str


def diff(old: Policy, new: Policy) -> Difference:
    """The difference of two compiled policies."""
    from troth.decision.compare import compare  # noqa: PLC0415 - see above
    from troth.policy.prose import edits  # noqa: PLC0415 - see above
    from troth.policy.review import rebound, unread  # noqa: PLC0415 - see above

    prose = edits(old, new)
    by_eye = (unread(prose, old, new), rebound(old, new))
    return Difference(prose, compare(old, new), *by_eye, old.hash, new.hash)


def translation(file: Path, language: str) -> Path:
    """The file of a translation: policy.zh.troth.md beside policy.troth.md.

    Raises:
        NotFound: there is none, or `language` is not a tag such as "zh" or "zh-Hant".
    """
    if not re.fullmatch(_LANGUAGE, language):
        raise NotFound(f"`{language}` is not a language", hint="write a tag such as en, zh or zh-Hant")
    name = file.name.removesuffix(SUFFIX)
    if not file.name:
        load_file(file)  # a folder, which is refused
    found = file.with_name(f"{name}.{language}{SUFFIX}")
    if found.exists():
        return found
    raise NotFound(
        f"there is no translation `{found}`",
        hint="translations share the ids of sentences and stand beside the policy",
    )


def translated(file: Path, language: str) -> Path:
    """The file of a translation that says every sentence of the policy, and no other.

    Raises:
        NotFound: there is none, or `language` is not a tag such as "zh" or "zh-Hant".
        SourceError: one of the files can not be read, or sentences are missing or too many.
    """
    found = translation(file, language)
    original, other = (read_source(decode(load_file(path), str(path)), str(path)) for path in (file, found))
    apart = gap(original, other)
    if apart:
        line = apart.extra[0].line if apart.extra else 1
        raise SourceError(f"the translation {apart}", Place(str(found), line), hint=_SHARED)
    return found


def check_language(language: str) -> None:
    """Refuses a language that explanations are not written in.

    Raises:
        NotFound: it is not one of them.
    """
    if language not in LANGUAGES:
        raise NotFound(
            f"there are no explanations in `{language}`", hint=f"languages: {', '.join(LANGUAGES)}"
        )


def check_date(text: str) -> None:
    """Refuses what is not a date.

    Raises:
        TrothError: it is neither "" nor YYYY-MM-DD.
    """
    try:
        if text:
            date.fromisoformat(text)
    except ValueError:
        raise TrothError(f"`{text}` is not a date", hint="write YYYY-MM-DD") from None


def pick(rows: tuple[Row, ...], policy: Policy, name: str, language: str) -> tuple[Row, ...]:
    """The rows of one sentence or promise, with its promises told in full; all rows for "".

    Raises:
        NotFound: there is no such sentence or promise.
    """
    if not name:
        return rows
    if name in policy.by_id:
        chosen = [row for row in rows if name in row.binding.promises]
    else:
        chosen = [row for row in rows if row.binding.sentence.id == name]
    if not chosen:
        near = get_close_matches(name, [*policy.by_sentence, *policy.by_id], 3, 0.5)
        raise NotFound(
            f"there is no sentence or promise `{name}`",
            hint=f"did you mean {', '.join(near)}?" if near else "",
        )
    speech = Speech(vocabulary_of(policy), language)
    return tuple(
        replace(
            row,
            readings=tuple(read_promise(policy.by_id[one], speech) for one in row.binding.promises),
            seen=(),
        )
        for row in chosen
    )


@dataclass(frozen=True, slots=True)
class Exported:
    """A compiled policy in the shape of another standard, and what that shape has no place for, one sentence each."""

    document: dict[str, Any]
    losses: tuple[str, ...] = ()


def exported(policy: Policy, shape: str) -> Exported:
    """The compiled policy in one of its shapes: json, jsonld (DPV) or odrl."""
    from troth.policy.jsonld import as_dpv  # noqa: PLC0415 - see above
    from troth.policy.odrl import as_odrl  # noqa: PLC0415 - see above

    match shape:
        case "jsonld":
            drafts = [promise.id for promise in policy.promises if promise.draft is not None]
            return Exported(
                as_dpv(policy), tuple(f"{name}: a draft that nobody has accepted" for name in drafts)
            )
        case "odrl":
            found = as_odrl(policy)
            return Exported(found.document, found.losses)
        case _:
            return Exported(policy.as_json() | {"hash": policy.hash})


def fides_import(data: bytes, file: str) -> tuple[tuple[Term, ...], tuple[str, ...]]:
    """The terms that a fideslang taxonomy (JSON) adds to the vocabulary, and what was lost.

    Raises:
        SourceError: the file is not JSON.
        TrothError: it is no taxonomy.
    """
    try:
        document = json.loads(decode(data, file))
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        hint = "give the taxonomy as JSON; a YAML file can be converted first"
        raise SourceError("this is not JSON", Place(file, line), hint=hint) from None
    if not isinstance(document, dict):
        raise SourceError(
            "this is not a fideslang taxonomy", Place(file, 1), hint="it has sections such as data_category"
        )
    before = load(VOCABULARY)
    from troth.policy.fideslang import import_taxonomy  # noqa: PLC0415 - see above

    after, losses = import_taxonomy(before, document)
    new = [term for facet in FACETS for term in after.terms(facet) if before.find(facet, term.key) is None]
    return tuple(new), losses


def save(path: Path, text: str) -> None:
    """Writes a text file whole or not at all; a link leads to its file, and the permissions stay.

    Raises:
        TrothError: the file can not be written.
    """
    try:
        if path.exists() and not path.is_file():  # a terminal, a pipe, /dev/null: nothing to replace
            path.write_text(text, encoding="utf-8", newline="\n")
        else:
            _replace(path.resolve(), text)
    except OSError as error:
        raise TrothError(
            f"`{path}` can not be written: {error.strerror}", hint="check the folder and its permissions"
        ) from None


def _replace(path: Path, text: str) -> None:
    temporary = path.with_name(f".{path.name[:200]}.{os.getpid()}.new")
    try:
        temporary.write_text(text, encoding="utf-8", newline="\n")
        if path.exists():
            shutil.copymode(path, temporary)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
