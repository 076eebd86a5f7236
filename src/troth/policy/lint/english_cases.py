"""English kinds of statements whose cases, data or judges are not said."""

from __future__ import annotations

from troth.policy.lint.statement import Statement

_ACT = (
    r"\b(?:share|shared|disclos\w*|pass|passed|transfer\w*|look at|read|access|process|processed|collect\w*|kept|keep|retain\w*|declined?|refus\w*|monitor\w*|opened|combine|linked|delivered|made available|used|store[ds]?|"
    r"give out|take longer|extra time|demanded)\b"
)
UNSAID = (
    Statement(
        r"\b(?:in|under|for|at) (?:certain|particular|special|exceptional|limited|rare|individual|appropriate)(?: \w+)? (?:circumstances?|cases?|situations?|conditions?|instances?|occasions?)\b|"
        r"\bthere (?:are|may be) (?:times|situations|exceptions)\b|\b(?:when|where|if) (?:the )?(?:circumstances|conditions|our interests|need) (?:so )?(?:warrant|require|permit|arise)\w*|\bwhenever the need arises\b|"
        r"\bdepending on the situation\b|\bas the case may be\b|\bwhen it makes sense\b|\bif we have cause\b",
        _ACT,
        without=r"\b(?:such as|for example|e\.g|for instance|including|listed|following|described|explained|below|above|where the law|required by|by law|under (?:the )?gdpr|right|rights|entitled|"
        r"only in|you may|you can|you have|object\w*|cookies?|browsers?|not share|never|third[- ]party sites?|limited to|namely|[:(])|\b(?:law|legal|court)\b",
    ),
    Statement(
        r"\b(?:information|data|details|content|material|messages)\b[^.;,]{0,12}\b(?:that |which )?(?:we|us|the company|the provider) (?:may )?(?:consider|deem|regard|view|believe|think|classif)\w* (?:to be |as |is |are )?(?:personal|private|confidential|sensitive|identif\w+)",
    ),
)
