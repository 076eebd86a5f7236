"""Matters of whose the data is, who reads it, where it comes from and who else looks on."""

from __future__ import annotations

from troth.policy.lint.matters import Matter
from troth.policy.lint.meetings import Meeting
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.statement import Statement

_REFUSED = r"\b(?:not|never|no|nor|neither|without your|nobody|none|cannot|won't|don't|doesn't)\b"
_ASKED = r"\b(?:consent\w*|permission|permit|agree\w*|allow|opt[- ]?in|at your request|ask us|you ask|(?:has|have) (?:asked|requested|given)|asks? for help)\b"

OWNED = Matter(
    "risky-promise/data-ownership",
    "warn",
    "the company claims to own what people tell it about themselves",
    "say who is responsible for the data and what it may be used for; data about people is not owned",
    "GDPR Art. 4(7), 5(1)(b), 15-22; PDPO DPP3",
    (
        Meeting("our-property gathered information-word|message-noun", within=16),
        Meeting("everlasting licence gathered information-word", within=24),
    ),
    harmless=Phrase(
        r"\b(?:you (?:own|are the owner|retain|keep|remain)|customers? (?:own|remain|retain)\w*|not (?:claim|own)|your property|content|feedback|suggestions?|ideas|intellectual|copyright|trademark|website is|domain|ownership or control|change (?:in|of) (?:\w+ )?(?:ownership|control)|owners? of (?:an|the|your|that|each) (?:\w+ )?(?:accounts?|mailbox|sites?))\b"
    ),
)
WATCHED = Matter(
    "risky-promise/content-monitoring",
    "warn",
    "what customers write or store can be read, and nothing says when and why",
    "name the occasions (abuse reports, a court order, support that the customer asks for), who may look and how it is recorded",
    "GDPR Art. 5(1)(b)-(c), 6; ePrivacy Dir. Art. 5(1); 18 USC 2511, 2702",
    (
        Meeting("watching private-content right-to", within=12),
        Meeting("staff watching private-content", within=10),
    ),
    harmless=Phrase(
        rf"{_REFUSED}|{_ASKED}|\b(?:you (?:may|can|should|will)|opened|whether you|law|legal|court|clicked|virus\w*|spam|malware|abuse|fraud|violat\w+|complain\w*|policy|terms|tracking|calls?|quality|posted|public|forums?|comments?|may harm|read (?:our|the|this|more|your)|respond|inquir\w+|questions?)\b"
    ),
)
OPEN_MESSAGES = Matter(
    "risky-promise/messages-unprotected",
    "warn",
    "what people write is treated as open to everybody",
    "keep what people write under the same protection as their other data; say it of public posts alone",
    "GDPR Art. 5(1)(f), 32",
    (
        Meeting("not-secret message-noun", within=20),
        Statement(
            r"\bnothing (?:that )?you (?:write|send|say|tell|submit|upload)\b[^.;]{0,40}\b(?:confidential|private|secret)\b|\b(?:communications?|messages?|e-?mails?|correspondence)\b[^.;]{0,30}\b(?:will|shall|is|are) (?:not|never) (?:be )?(?:\w+ )?(?:confidential|private|secret)\b",
        ),
        Meeting("our-property message-noun gathered", within=12),
        Statement(
            r"\b(?:reserves? the right to|may|will) publish\b",
            r"\b(?:send us|sent to us|your) (?:an? )?(?:\w+ )?(?:requests?|e-?mails?|messages?|questions?|inquir\w+)\b",
        ),
    ),
    harmless=Phrase(
        r"\b(?:forums?|blogs?|chat rooms?|bulletin|public areas?|posted|posts?|reviews|ideas?|suggestions?|confidential and not|profile|whois|inventions?)\b"
    ),
)
FRIENDS = Matter(
    "risky-promise/friend-data",
    "warn",
    "data of people who never dealt with the company is taken from others",
    "let the customer send the invitation, or use the address once, name who gave it, and delete it at once",
    "GDPR Art. 6, 14; ePrivacy Dir. Art. 13; CAN-SPAM; PIPL Art. 13, 17",
    (Meeting("inviting friends their-address we-take", within=24),),
    harmless=Phrase(
        r"\b(?:once|one[- ]time|single|at once|immediately delet\w+|not (?:store|keep|retain|use|save)|never (?:store|keep|use)|own mail program|consent\w*|domain)\b"
    ),
)
ONLOOKERS = Matter(
    "unenforceable/disclaimer-overbroad",
    "warn",
    "others track people on these pages, and the company says that it has no part in it",
    "name them, ask for consent before their cookies are set, and agree with them who answers for what",
    "GDPR Art. 26; ePrivacy Dir. Art. 5(3); CJEU C-40/17; Cal. B&P 22575(b)(6)",
    (
        Meeting("ad-party tracker no-hold", within=26),
        Meeting("no-hold ad-party tracker", within=26),
    ),
    harmless=Phrase(
        r"\bother (?:web)?sites\b|\blinked (?:web)?sites\b|\btheir (?:own )?(?:web)?sites\b|\byour browser\b"
    ),
    allowed=frozenset({"US", "US-CA"}),
)
LOCATED = Matter(
    "risky-promise/location-tracking",
    "warn",
    "people are located all the time, or for others, without a choice",
    "ask before, keep to what the service needs, and say how to switch it off",
    "ePrivacy Dir. Art. 9; GDPR Art. 5(1)(c), 6; PIPL Art. 28-29; Cal. Civ. 1798.121",
    (
        Meeting("whereabouts constant take-place", within=18),
        Meeting("whereabouts ad-buyer take-place", within=14),
    ),
    harmless=Phrase(
        rf"{_REFUSED}|{_ASKED}|\b(?:disable|turn(?:ed|ing)? (?:it )?off|switch|settings?|approximate|country|ip address)\b"
    ),
)
JOINED = Matter(
    "open-ended/data-combination",
    "warn",
    "what people give is joined with what comes from elsewhere, and nothing limits it",
    "say which data is joined, for what purpose and on what basis",
    "GDPR Art. 5(1)(b)-(c), 6(4), 14; PDPO s. 30",
    (
        Meeting("joining elsewhere-data information-word take-in|gathered|we-take|mine", within=20),
        Meeting("joining elsewhere-data information-word", within=16),
    ),
    harmless=Phrase(
        rf"{_REFUSED}|{_ASKED}|\b(?:personal data about you that google|google analytics|advertising id|cookies?|ip address|identif\w*|combination|aggregate(?:d)?|only (?:to|for)|anonym\w+|third-party accounts?|they (?:may|have|collect)|third[- ]part(?:y|ies) may combine|links?|linked (?:to|from)|sites?)\b"
    ),
)
PUBLISHED = Matter(
    "risky-promise/publicity-use",
    "warn",
    "names or pictures of people are published without asking them",
    "ask for consent to each publication, and let people take it back",
    "GDPR Art. 6(1)(a), 7; Cal. Civ. 3344",
    (
        Meeting("publish your-face right-to promo-place|agreeing", within=18),
        Meeting("publish your-face agreeing right-to", within=18),
        Meeting("your-face publish right-to mine", within=12),
    ),
    harmless=Phrase(
        r"\b(?:remov\w+|not|never|with your (?:prior |written |express )*consent|your consent|permission|you may|you can|if you (?:agree|choose|post)|whois|registr\w+|directory|law|"
        r"such as your name|process your (?:payment|order)|user account|billing)\b"
    ),
)
UNBINDING = Matter(
    "unenforceable/policy-nonbinding",
    "warn",
    "the text says that nobody can rely on it",
    "take the sentence out: what a privacy policy promises binds whoever publishes it",
    "FTC Act 5; GDPR Art. 12-14; UCPD Art. 6",
    (Meeting("no-right this-text legal-claim", within=18),),
    harmless=Phrase(
        r"\b(?:limits?|limited|restrict\w*|affects?|waive\w*|reduce\w*|your rights under|prevent\w*|third[- ]part(?:y|ies)|partnership|employment|refus\w+)\b"
    ),
)

READ_FOR_WHOM = Matter(
    "risky-promise/role-unclear",
    "warn",
    "visitors of customers' websites are read, and nothing says on whose behalf",
    "say that the customer decides and the host acts on instructions, or inform these visitors too",
    "GDPR Art. 4(7)-(8), 14, 28; POPIA s. 20-21",
    (Meeting("customers-sites onlooker noting", within=20),),
    harmless=Phrase(
        r"\b(?:on behalf|processors?|instruct\w*|mandate|not|never|controllers?|responsible|you (?:may|can|should)|privacy (?:policy|practices))\b"
    ),
    unless=Phrase(
        r"\b(?:on behalf of (?:our|the) (?:customers?|clients?)|as (?:a |their |your )?(?:data )?processor|acts? (?:only )?on (?:their|your|the customer's) instructions)\b"
    ),
)
MATTERS = (
    READ_FOR_WHOM,
    OWNED,
    WATCHED,
    OPEN_MESSAGES,
    FRIENDS,
    ONLOOKERS,
    LOCATED,
    JOINED,
    PUBLISHED,
    UNBINDING,
)
