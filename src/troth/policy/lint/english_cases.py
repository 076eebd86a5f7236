"""English kinds of statements whose cases, data or judges are not said."""

from __future__ import annotations

from troth.policy.lint.statement import Statement

_ACT = (
    r"\b(?:share|shared|disclos\w*|pass|passed|transfer\w*|look at|read|access|process|processed|collect\w*|kept|keep|retain\w*|declined?|refus\w*|monitor\w*|opened|combine|linked|delivered|made available|used|store[ds]?|"
    r"give out|hand(?:ed)? over|ask(?:ed)? for|look into|reveal\w*|restrict\w*|take longer|extra time|demanded)\b"
)
UNSAID = (
    Statement(
        r"\b(?:in|under|for|at) (?:certain|some|particular|special|exceptional|limited|rare|individual|appropriate)(?: \w+)? (?:circumstances?|cases?|situations?|conditions?|instances?|occasions?)\b|"
        r"\bthere (?:are|may be) (?:times|situations|exceptions)\b|\b(?:when|where|if) (?:the )?(?:circumstances|conditions|our interests|need) (?:so )?(?:warrant|require|permit|arise|demand|dictate|justif|call for)\w*|\bwhenever the need arises\b|"
        r"\bdepending on the situation\b|\bas the case may be\b|\bwhen it makes sense\b|\bif we have cause\b",
        _ACT,
        without=r"\b(?:such as|for example|e\.g|for instance|including|listed|following|described|explained|below|above|where the law|required by|by law|under (?:the )?gdpr|right|rights|entitled|proof of identity|"
        r"only in|you may|you can|you have|object\w*|cookies?|browsers?|not share|never|third[- ]party sites?|limited to|namely|[:(])|\b(?:law|legal|court)\b",
    ),
    Statement(
        r"\b(?:where|when|if|as|whenever) (?:it is |it seems |deemed )?(?:appropriate|needed|suitable|sensible|called for|expedient)\b(?! (?:to|for|in|by|under))|\bas and when (?:needed|required)\b|\bif there is (?:a )?(?:good )?reason\b",
        r"\b(?:shared?|transferred|passed|disclosed?|look at|look into|combined?|monitor\w*|made available|reach the|obtain|hand(?:ed)? over|exchanged)\b",
        r"\b(?:data|information|details|mailbox|server|database|particulars|records|usage)\b",
        without=r"\b(?:safeguards?|law|legal|court|consent|anonym\w*|your (?:choice|request|instruction)|you may|you can|right|rights|never|not share)\b",
    ),
    Statement(
        r"\b(?:may|might|can|could|will|would|is|are|be) (?:at times|on occasion|occasionally|sometimes|from time to time|every now and then)\b|\b(?:at times|on occasion|every now and then|most of the time|as a rule|in the normal course of things|in the usual way|in the individual case)\b|"
        r"\b(?:some|limited|selected|various|other|certain) (?:parts? of )?(?:your )?(?:data|information|details)\b[^.;]{0,40}\b(?:when|if|as|various|for (?:operational|management|various)|about clients|gets? collected)\b|\bsome (?:customers|requests|countries|cases)\b",
        r"\b(?:shared?|passed|disclosed?|look|looks|monitor\w*|access|read|reads|collected|sent|obtain|apply|longer|exceptions|exchanged|recorded|used)\b",
        r"\b(?:your|customers?|users?|usage|mailbox|clients|players?|requests?|data|information)\b",
        without=r"\b(?:you may|you can|law|legal|court|right|rights|never|proof of identity|such as|for example|e\.g|including|namely|survey\w*|newsletter\w*|offers?|e-?mails?|update\w*|change\w*|cookies?|third[- ]party (?:sites|websites)|notif\w+|notices?|polic\w+|service providers?|visit|visits|contact\w*|"
        r"statistic\w*|research|promotion\w*|marketing|advertis\w*)\b",
    ),
    Statement(
        r"\b(?:collects?|stores?|gathers?|receives?|records?|keeps?|retains?|saves?)\b (?:only )?some of (?:its|the|your|their|this|these) (?:\w+ )?(?:details|data|information)\b",
        without=r"\b(?:such as|for example|e\.g|includ\w+|namely|listed|following|below|not|never|[:(])",
    ),
    Statement(
        r"\b(?:certain|some|limited|specific) (?:\w+ ){0,2}?(?:information|data)\b",
        r"\b(?:collects?|stores?|gathers?|receives?|records?|obtains?|tracks?|transmits?|requests?|asks? (?:you )?for|requires?)\b (?:and \w+ )?(?:(?:from|of) (?:you|users|customers) )?(?:certain|some|limited|specific)\b|\bcertain (?:\w+ ){0,2}?(?:information|data) is (?:collected|recorded|stored|kept|gathered|requested)\b",
        without=r"\b(?:such as|for example|for instance|e\.g|like|includ\w+|namely|listed|following|below|rights?|law|legal|if you|you may|you can|choose|not|never|only|describ\w+|explain\w+|your (?:browser|computer|device)|cookies? (?:is|are)|small (?:\w+ )?files?|aggregat\w+|anonym\w+|[:(])",
    ),
    Statement(
        r"\bcertain (?:customers|users|clients|persons|members|employees|staff|countries|companies)\b",
        r"\b(?:asked|shared?|collect\w*|disclos\w*|access|provide[ds]?|made available|apply)\b",
        without=r"\b(?:such as|for example|e\.g|including|namely|listed|following|right|rights|law|legal)\b",
    ),
    Statement(
        r"\b(?:information|data|details|content|material|messages)\b[^.;,]{0,12}\b(?:that |which )?(?:we|us|the company|the provider) (?:may )?(?:consider|deem|regard|view|believe|think|classif)\w* (?:to be |as |is |are )?(?:personal|private|confidential|sensitive|identif\w+)",
    ),
)
