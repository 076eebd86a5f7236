"""Kinds of statements that refuse, narrow or misstate what people may ask for."""

from __future__ import annotations

from troth.policy.lint.statement import Statement

_RIGHT = (
    r"\b(?:access|cop(?:y|ies)|correct\w*|rectif\w*|put right|delet\w+|eras\w+|remov\w+|purg\w+|restrict\w*|objection|object|portab\w+|opt[- ]?out|withdraw\w*|"
    r"complain\w*|see their data|data request|requests?|subject requests|disclosure of stored|export\w*|inspect\w*|forgotten|gdpr requests|revok\w+|rights?)\b"
)
_COST = r"\b(?:burden\w*|expens\w+|cost(?:s|ly)?|effort|inconvenien\w+|impractica\w+|impracticable|reasonably practicable|too much work|time-consuming|onerous|hours? to|disproportionate)\b"
_FAIR = r"\b(?:manifestly|unfounded|excessive|free of charge|no cost|without cost|at no|art(?:icle|\.)|gdpr (?:allows|permits)|one copy|first copy|not affect|law requires|required by law|tax|statut\w+|shipping|cost(?:s)? of (?:the )?(?:service|hosting|delivery)|our costs|unauthori[sz]ed|proof of identity|verify)\b"
REFUSED = (
    Statement(
        _COST,
        r"\b(?:except|unless|refus\w+|declin\w+|den(?:y|ied|ies)|reject\w*|turn(?:ed)? down|not (?:be )?(?:comply|required|obliged|provid\w+|grant\w*|able)|where (?:this|it) is|only (?:if|where|when)|as long as|so long as|to the extent|provided)\b",
        r"\b(?:access|cop(?:y|ies)|correct\w*|rectif\w*|delet\w+|eras\w+|requests?|cease processing|remov\w+)\b",
        r"\b(?:you|your|users?|customers?|individuals?|persons?|data|information|requests?)\b",
        without=_FAIR.replace("disproportionate", "zzz"),
    ),
)
NARROWED = (
    Statement(
        r"\bright\b.{0,40}\b(?:restrict\w*|object\w*|eras\w+|delet\w+)\b",
        r"\b(?:where|if|when|only where) (?:there (?:is|are)|we have|we do not have|the company has)\b.{0,12}\b(?:no )?(?:legitimate|lawful|legal|valid)\b.{0,20}\b(?:interests?|reasons?|grounds?|basis)\b",
        without=r"\boverrid\w+|\bcompelling\b|\bunless\b|\bno longer\b",
    ),
    Statement(
        r"\b(?:delet\w+|eras\w+|remov\w+)\b(?:,? (?:or )?\w+){0,2} (?:inaccurate|incorrect|wrong|outdated|out[- ]of[- ]date|erroneous) (?:\w+ )?(?:data|information|details|records)\b",
        without=r"\bwe (?:will |shall )?(?:take|delete|erase|make|regularly|review)\b",
    ),
)
