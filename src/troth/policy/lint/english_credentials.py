"""Kinds of statements about passwords and secret answers that somebody else gets to see."""

from __future__ import annotations

from troth.policy.lint.statement import Statement

_PROOF = r"\b(?:passwords?|pass ?phrases?|passcodes?|pins?(?: codes?)?|credentials?|(?:cpanel|root|panel|admin|ftp|ssh|your) log-?ins?|(?:secret|security|hint|challenge) (?:questions?|answers?)|question and answer|answers? to the (?:secret|security|question)|maiden name|memorable (?:word|information)|administrator names)\b"
_SAFE = (
    r"\b(?:never|hash(?:ed|es)?(?! ?ing)|salted|bcrypt|argon2?\w*|not (?:ask|see|know|store|request|stored|visible|able|have|be asked|even)|no (?:employee|one|staff|agent|need)|nobody|cannot|can't|do(?:es)? not|don't|doesn't|won't|will not|reset link|resets (?:are|is)|links?|one-time|temporary|zero-knowledge|only you|only encrypted|"
    r"(?:you|users?|customers?) (?:should|must|shall|are responsible)|responsible for|keep (?:your|it|them) (?:secret|safe|confidential)|choose a|change (?:your|it)|forget it|unable|stays on|neither|password manager|you need to provide|we (?:will |may )?collect (?:the|your|certain|personal)|link (?:that|to)|valid for|master password|has been changed|no password|impossible|without (?:seeing|knowing))\b"
)
SHOWN = (
    Statement(
        _PROOF,
        r"\b(?:staff|support|agents?|employees?|operators?|engineers?|technicians?|representatives?|personnel|team|help ?desk|one of us|sales|desk|by phone|over the phone|by telephone|live chat|by e-mail|phone banking\S*|telephone support|reseller|in the ticket|police)\b",
        r"\b(?:see|sees|seen|view\w*|read|reads|readable|know|known|ask\w*|request\w*|require\w*|look (?:it )?up|look it up|retriev\w+|reveal\w*|tell|told|give|quote\w*|authenticat\w+|verif\w+|compare\w*|confirm\w*|identif\w+|furnish\w*|provide\w*|visible|shown|copied|take the|keep)\b",
        without=_SAFE,
    ),
    Statement(
        _PROOF,
        r"\b(?:unencrypted|plain ?text|clear ?text|in clear|readable|base64\w*|without hashing|not hashed|unhashed|reversibl\w+|as you typed|in our (?:database|crm|files)|on the order (?:sheet|form)|write down|written down|file it|sent together|body of the mail)\b",
        r"\b(?:we|our|is|are|kept|stor\w+|collect|sends?|sent)\b",
        without=_SAFE.replace(
            "not (?:ask|see|know|store|request|stored|visible|able|have|be asked|even)|", "not store|"
        )
        .replace("hash(?:ed|es)?(?! ?ing)", "salted hash")
        .replace("|impossible|", "|"),
    ),
    Statement(
        r"\b(?:secret|security|hint|challenge) (?:questions?|answers?)|\bquestion and answer\b|\bmaiden name\b",
        r"\b(?:authenticat\w+|verif\w+|reset|recover\w*|generat\w+|prove|identif\w+|new passwords?|lost passwords?)\b",
        r"\b(?:e-?mail|phone|telephone|call|support|staff|assist)\b",
        without=_SAFE,
    ),
)
