"""What a bundle says of itself: index, page, linked data, schema, receipts, checksums and signature.

index.json        every file: rows, checksum, categories, purposes, legal basis, retention, recipients
README.html       the same for people, English and Chinese, without a network
processing.jsonld the same in the terms of the Data Privacy Vocabulary
schema.json       what the columns hold (portability)
receipts/         what the person agreed to
SHA256SUMS        checksums of all files
manifest.sig      Ed25519 signature of SHA256SUMS with the signing key of the ledger; manifest.pem is its public key
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from troth.enforcement.about import About, Notice
from troth.enforcement.bundle import Part
from troth.enforcement.page import page
from troth.enforcement.project import Project
from troth.enforcement.receipts import receipts
from troth.enforcement.recipients import Recipient, recipients
from troth.enforcement.sink import Sink
from troth.model.entry import Entry, utc
from troth.model.errors import TrothError
from troth.model.outcome import Reason
from troth.model.plan import Plan
from troth.model.schema import Field

FORMAT = "troth-bundle/2"


@dataclass(frozen=True, slots=True)
class Said:
    """What a bundle has to tell.

    Attributes:
        subject: pseudonym of the person.
        entries: what the ledger holds of who received their data, and of what they agreed to, oldest first.
        word: outcome.
        parts: the files of rows.
        reasons: what is not in it, and why.
        about: by `store.table`, what the policy says of it.
        extra: by `store.table`, further members of its index entry.
        notice: what the policy says besides.
    """

    subject: str
    entries: Sequence[Entry]
    word: str
    parts: Sequence[Part]
    reasons: Sequence[Reason]
    about: Mapping[str, About] = field(default_factory=dict)
    extra: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    notice: Notice = field(default_factory=Notice)


def seal(project: Project, plan: Plan, sink: Sink, said: Said) -> str:
    """Write everything that stands beside the rows; gives the SHA-256 of the checksums, hex.

    Raises:
        TrothError: a file can not be written.
    """
    went = recipients(said.entries)
    index = _index(project, plan, said, went)
    files = {"processing.jsonld": _text(_linked(said, went))}
    if plan.purpose == "portability":
        files["schema.json"] = _text(_schema(project, said.parts))
    files |= receipts(said.entries, project.ring, said.notice)
    index["receipts"] = sorted(name for name in files if name.startswith("receipts/"))
    files["index.json"] = _text(index)
    signer = project.ring.signer
    files["manifest.pem"] = signer.pem
    files["README.html"] = page(index, said.parts, signer.verifier).encode()
    sums = {part.file: part.digest for part in said.parts if part.rows}
    sums |= {name: digest for part in said.parts for name, digest in [part.cards] if name}
    sums |= {name: hashlib.sha256(text).hexdigest() for name, text in files.items()}
    listed = "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items())).encode()
    files |= {"SHA256SUMS": listed, "manifest.sig": signer.signature(listed)}
    try:
        for name, text in files.items():
            sink.put(name, text)
        sink.finish()
    except OSError as error:
        raise TrothError("the index of the bundle can not be written", hint="is the disk full?") from error
    return hashlib.sha256(listed).hexdigest()


def _text(value: Mapping[str, Any]) -> bytes:
    return (laid_out(value) + "\n").encode()


def laid_out(value: Mapping[str, Any]) -> str:
    """JSON with a line for each member, and for each item of a list: to be looked at, and written quickly."""
    lines = [f"{_plain_json(name)}: {_member(one)}" for name, one in value.items()]
    return "{\n" + ",\n".join(lines) + "\n}"


def _member(value: Any) -> str:
    if isinstance(value, list | tuple) and value:
        return "[\n  " + ",\n  ".join(map(_plain_json, value)) + "\n]"
    return _plain_json(value)


_plain_json = json.JSONEncoder(ensure_ascii=False).encode


def _index(project: Project, plan: Plan, said: Said, went: Sequence[Recipient]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "purpose": plan.purpose,
        "subject": said.subject,
        "created": utc(project.clock()),
        "outcome": said.word,
        "promise": plan.citation.promise,
        "sentences": list(plan.citation.sentences),
        "notice": said.notice.as_json(),
        "recipients": [asdict(one) for one in went],
        "files": [_file(part, said) for part in said.parts],
        "reasons": [{"place": one.place, "why": one.why} for one in said.reasons],
    }


def _file(part: Part, said: Said) -> dict[str, Any]:
    place = part.step.place
    return {
        "file": part.file if part.rows else "",
        "cards": part.cards[0],
        "rows": part.rows,
        "sha256": part.digest,
        "source": place,
        "categories": list(part.sheet.categories),
        "columns": list(part.sheet.columns),
        "withheld": [*part.step.withheld, *part.secrets],
        "shared": part.shared,
        "promise": part.step.citation.promise,
        "sentences": list(part.step.citation.sentences),
        **(said.about[place].as_json() if place in said.about else {}),
        **said.extra.get(place, {}),
    }


def _linked(said: Said, went: Sequence[Recipient]) -> dict[str, Any]:
    """The processing as DPV: one process a table. The context stands in the document."""
    controller = said.notice.controller or said.notice.provider
    return {
        "@context": {
            "dpv": "https://w3id.org/dpv#",
            "dct": "http://purl.org/dc/terms/",
            "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
            "troth": "urn:troth:",
        },
        "@graph": [
            {
                "@id": f"troth:processing:{part.step.place}",
                "@type": "dpv:PersonalDataHandling",
                "dct:source": part.step.place,
                **({"dpv:hasDataController": controller} if controller else {}),
                "dpv:hasPersonalData": _labelled(said, part, "categories") or _plain(part),
                "dpv:hasPurpose": _labelled(said, part, "purposes"),
                "dpv:hasLegalBasis": _labelled(said, part, "basis"),
                "dpv:hasRecipient": _labelled(said, part, "recipients"),
                "dpv:hasStorageCondition": _labelled(said, part, "retention"),
            }
            for part in said.parts
        ]
        + [{"@id": f"troth:recipient:{n}", "@type": "dpv:Recipient", "rdfs:label": one.name,
            "dct:date": [one.first, one.last]} for n, one in enumerate(went, 1)],
    }  # fmt: skip


def _labelled(said: Said, part: Part, name: str) -> list[dict[str, Any]]:
    about = said.about.get(part.step.place)
    return [
        {
            "@id": f"troth:{one.key}",
            "rdfs:label": [{"@value": one.en, "@language": "en"}, {"@value": one.zh, "@language": "zh"}],
        }
        for one in (getattr(about, name) if about else ())
    ]


def _plain(part: Part) -> list[dict[str, Any]]:
    return [
        {"@id": f"troth:category:{one}"}
        for one in sorted({column.category for column in part.sheet.table.columns})
    ]


def _schema(project: Project, parts: Sequence[Part]) -> dict[str, Any]:
    """A JSON Schema (2020-12) for each file of rows."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "the rows of this bundle, by file",
        "type": "object",
        "properties": {
            part.file: {"type": "array", "items": _rows(project, part)} for part in parts if part.rows
        },
    }


def _rows(project: Project, part: Part) -> dict[str, Any]:
    step = part.step
    relation = project.schemas[step.store].relation(step.table)
    table = project.map.table(step.store, step.table)
    properties = {}
    for name in step.columns:
        one, known = relation.field(name), table.column(name)
        properties[name] = {
            **_type(one or Field(name)),
            "description": (known.category if known else "key of the row") + (f"; {one.type}" if one else ""),
        }
    for name, more in part.sheet.addresses.items():
        properties[more] = {
            "type": ["string", "null"],
            "description": f"the address that the bytes of {name} mean",
        }
    return {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "required": list(part.sheet.columns),
    }


def _type(one: Field) -> dict[str, Any]:
    match one.kind:
        case "integer":
            return {"type": ["integer", "null"]}
        case "number":
            return {"type": ["number", "string", "null"]}
        case "boolean":
            return {"type": ["boolean", "integer", "null"]}
        case "json" | "array" | "vector" | "other":
            return {}
        case _:
            text: dict[str, Any] = {"type": ["string", "null"]}
            return text | ({"maxLength": one.length} if one.kind == "text" and one.length else {})
