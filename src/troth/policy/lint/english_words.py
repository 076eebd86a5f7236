"""Words that the kinds of statements share."""

from __future__ import annotations

GIVE = (
    r"\b(?:shar(?:e|es|ed|ing)|disclos\w+|provid(?:e|es|ed|ing)|pass(?:es|ed|ing)?|giv(?:e|es|en|ing)|hand(?:s|ed|ing)?|transfer\w*|"
    r"sell\w*|sold|rent(?:s|ed|ing)?|releas\w+|reveal\w*|suppl(?:y|ies|ied|ying)|furnish\w*|forward\w*|send\w*|sent|convey\w*|exchang\w+|"
    r"circulat\w+|distribut\w+|report(?:s|ed|ing)?|deliver\w*|publish\w*|expos(?:e|es|ed|ing)|made public|let (?:\w+ )?know|inform(?:s|ed)?|"
    r"goes to|go to|get|gets|receives?|see|sees|seen|known to|open to)\b"
)
DATA = (
    r"\b(?:data|info|information|details|records?|particulars|profiles?|address(?:es)?|logs?|files?|histor(?:y|ies)|lists?|contacts?|pii|"
    r"identity|names?|e-?mails?|numbers?|content|cop(?:y|ies)|recordings?|transcripts?)\b"
)
REFUSED = (
    r"\b(?:not|never|no|nor|neither|without|nobody|none|nothing|cannot|can't|won't|don't|doesn't|isn't|aren't|wouldn't|rather than|instead of|"
    r"refrain\w*|prohibit\w*|forbid\w*)\b"
)
ASKED = (
    r"\b(?:consent\w*|permission|opt(?:ed|ing|s)?[ -]?in|asked for|ask(?:s|ed)? (?:you|for|us|to)|agreed|tick(?:s|ed|ing)?|request\w*|subscrib(?:e|es|ing) to|"
    r"subscribers who|signed up (?:for|to)|if you (?:want|wish|like|choose)|only (?:if|after|when|with|where|those|to those|people)|your choice|separate(?:ly)? (?:box|tick|agree\w*))\b"
)
