"""English kinds of duties whose time is not said."""

from __future__ import annotations

from troth.policy.lint.statement import Statement

_DUTY = (
    r"\b(?:reply|replies|respond\w*|response|answer\w*|handl\w+|process(?:ed|ing)?|inform\w*|notif\w*|told|tell\w*|let you know|delet\w*|eras\w*|remov\w*|rectif\w*|correct\w*|amend\w*|update (?:the|your)|act on|complaints?|disputes?|"
    r"requests?|report|contacted|hear from us|disappear|take you(?:r \w+)? (?:off|out)|provided to the applicant|pull your data|become effective|destroy)\b"
)
_NOT_OURS = (
    r"\b(?:you (?:must|should|shall|need|are)|users are asked|the customer shall|tenants?|registrant,|court may|pages?|packets|mailbox|website will|\d+ (?:\w+ )?(?:days?|hours?|weeks?|months?)|"
    r"(?:one|two|three|ten|thirty) (?:\w+ )?(?:days?|hours?|weeks?|months?)|app \d+|same second|we (?:may|can) (?:suspend|terminate|delete|remove) (?:your|the) account|without prior notice|midnight|any moment)\b|^please"
)
UNTIMED = (
    Statement(
        r"\b(?:in due course|(?:at|within) an? (?:suitable|appropriate|convenient|proper) (?:moment|time)|a little while|forthwith|soon after|speedily|after a short (?:delay|while|time)|may not be immediate|eventually|"
        r"in (?:a )?timely (?:fashion|manner)|rapidly|once practicable|usual processing time|in the order in which|depends on the (?:workload|volume)|reasonably in advance|time that(?:'s| is) reasonable|no later than is reasonable|"
        r"sufficient time|follows early|prompt(?:ly)? (?:corrective )?action|be quick about|when one of us finds|could take longer|after we have completed|worked its way through|without delay|as time permits|in good time|"
        r"within a (?:reasonable|suitable|short|sensible) (?:period|time)|before long|(?:earliest|speedy|prompt|early|immediate|swift) attention)\b",
        _DUTY,
        without=_NOT_OURS,
    ),
)
