"""Matters of messages: what an opt-out stops, who sends, what is kept of those who left, talk that is recorded."""

from __future__ import annotations

from troth.policy.lint.matters import Matter
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.statement import Statement

_OTHERS = r"(?:other|third|outside|unaffiliated|selected|chosen|partner|carefully \w+|reputable|our (?:\w+ )?partner|affiliated|sponsor\w*|advertiser)"
_BODIES = r"(?:compan(?:y|ies)|business(?:es)?|part(?:y|ies)|firms?|organi[sz]ations?|partners?|advertisers?|sponsors?|vendors|merchants|retailers|brands)"
_ASKED = r"\b(?:not|never|consent\w*|permission|opt(?:ed|ing)?[- ]in|if you (?:agree|ask|wish|choose|request|tick|sign)|have agreed|requested|signed up|subscrib\w+ to)\b"

ALL_STOPPED = Matter(
    "risky-promise/optout-scope",
    "warn",
    "who refuses advertising loses what people need to know too",
    "send security, billing and outage messages in any case, and let the opt-out stop nothing else than advertising",
    "GDPR Art. 7(4), 21(2)-(3); CAN-SPAM 15 USC 7704(a)(3); PDPO 35G",
    (
        Statement(
            r"\b(?:opt(?:s|ed|ing)?[- ]?out|unsubscrib\w+|remove)\b",
            r"\bfrom all (?:further |future |our )?(?:correspondence|communications?|e-?mails?|messages|contact)\b|\ball correspondence\b|\b(?:no (?:more|longer|further)|not|stop)\b[^.;]{0,60}\b(?:account|service|security|billing|important|outage|system)\w* (?:\w+ )?(?:notices?|alerts?|messages?|announcements?|e-?mails?|information|updates?)\b|\bincluding (?:notices?|alerts?|messages?|information) (?:about|on) your (?:account|service)",
        ),
        Statement(
            r"\bopt[- ]?out\b",
            r"\b(?:service|account|administrative|system|security) (?:messages?|notices?|announcements?|e-?mails?)\b",
            r"\b(?:marketing|advertis\w+|promotion\w*|newsletters?)\b",
            r"\b(?:alike|as well|both|all of them|applies to (?:all|both|surveys)|one opt[- ]?out)\b",
        ),
    ),
    harmless=Phrase(
        r"\b(?:still|continue to|cannot opt|can not opt|can't opt|may not opt|not able to opt|marketing (?:e-?mails?|messages|communications|lists?)|promotional|except|unless|without any effect|not affect|will not (?:stop|end|prevent))\b"
    ),
)
KEPT_WHOLE = Matter(
    "risky-promise/suppression-scope",
    "warn",
    "to remember an opt-out the whole record is kept, and without an end",
    "keep the address alone on a suppression list, and erase the rest",
    "GDPR Art. 5(1)(c), (e), 21(3); PDPO DPP2(2); PIPL Art. 6, 19",
    (
        Statement(
            r"\b(?:opt(?:s|ed|ing)?[- ]?out|unsubscrib\w+|no longer (?:want|wish)|not (?:want|wish) to (?:hear|receive|be contacted))\b",
            r"\b(?:keep|kept|retain\w*|store|stored|hold|maintain)\b (?:\w+ ){0,2}?(?:(?:full|whole|entire|complete) (?:record|file|profile|account)|(?:personal )?(?:data|information|details)|records?)\b",
            r"\b(?:so that|so as|in order|to (?:make sure|ensure|respect|honou?r|record|remember|note|prevent|avoid))\b",
        ),
    ),
    harmless=Phrase(
        r"\b(?:only|minimum|minimal|limited|hash\w*|suppression|e-?mail address(?:es)?|fact that|do[- ]not[- ]\w+ list|necessary|not (?:keep|retain|store)|up[- ]to[- ]date|accurate|law|legal)\b"
    ),
)
OF_OTHERS = Matter(
    "risky-promise/partner-marketing",
    "warn",
    "offers of others are sent, and nobody is asked",
    "ask for consent that names the kinds of goods and the senders",
    "ePrivacy Dir. Art. 13; GDPR Art. 6(1)(a); PDPO s. 35J-35K; PIPL Art. 23",
    (
        Statement(
            rf"\b(?:products?|services?|goods|offers?|deals|promotions?|news)\b[^.;]{{0,24}}\b(?:from|of|by|offered by)\b (?:\w+ )?{_OTHERS}\b (?:\w+ )?{_BODIES}\b",
            r"\b(?:let you know|tell you|inform you|send you|e-?mail you|contact you|notify you|mail you|keep you informed|share with you|you (?:may|will|might) (?:\w+ )?(?:receive|get))\b",
        ),
        Statement(
            rf"\byou (?:may|will|might|can) (?:\w+ )?hear from\b[^.;]{{0,30}}\b(?:partners?|sponsors?|advertisers?|affiliates|{_OTHERS} {_BODIES})\b",
        ),
        Statement(
            rf"\b{_BODIES}\b[^.;]{{0,30}}\b(?:that|which|whom) we (?:have )?(?:chosen|selected|trust|picked|like|work with)\b",
            r"\b(?:write|e-?mail|contact|call|send|approach|market|offer)\w*\b[^.;]{0,20}\byou\b",
        ),
        Statement(
            rf"\byou (?:may|will|might|could|can)(?: \w+)? (?:receive|get|be sent|be contacted)\b[^.;]{{0,40}}\b(?:from|by)\b (?:\w+ ){{0,2}}?{_OTHERS}\b (?:\w+ )?{_BODIES}\b",
            without=r"\bunsolicited\b|\bpublic(?:ly)?\b|\bspam\b",
        ),
        Statement(
            rf"\bon behalf of (?:\w+ )?{_OTHERS}\b (?:\w+ )?{_BODIES}\b",
            r"\b(?:send|e-?mail|mail|contact|offers?|promotions?|newsletters?)\b",
        ),
        Statement(
            rf"\b{_BODIES}\b[^.;]{{0,40}}\b(?:may|might|can|will) (?:\w+ )?(?:contact|e-?mail|call|write to|approach|send) (?:you|customers|users)\b",
            rf"\b{_OTHERS}\b",
            r"\b(?:products?|services?|offers?|promot\w+|market\w*|interest)\b",
        ),
    ),
    harmless=Phrase(
        rf"{_ASKED}|\b(?:domain|whois|cookies?|publicly|to the public|spam|auction|sellers?|buyers?|fraud|deliver\w*|payment|billing)\b"
    ),
)
ADVERTISED = Matter(
    "risky-promise/marketing-default",
    "warn",
    "marketing is sent to people who did not ask for it",
    "ask first, or keep to own similar products for customers, with a way to refuse at sign-up and in each message",
    "ePrivacy Dir. Art. 13; GDPR Art. 6(1)(a), 21(2); PDPO s. 35C-35G; PIPL Art. 13",
    (
        Statement(
            r"\b(?:phone|telephone|mobile|cell) numbers?\b[^.;]{0,40}\b(?:used|call\w*)\b[^.;]{0,30}\b(?:promotional|marketing|sales|advertising|offers)\b",
        ),
        Statement(
            r"\bwe (?:may|will|might|shall|would like to|can) (?:\w+ )?(?:phone|telephone|call|ring|text|e-?mail|mail|write to|contact|approach) you\b[^.;]{0,40}\b(?:about|with|on|regarding|concerning)\b[^.;]{0,40}\b(?:offers?|upgrades?|promotions?|deals|discounts|new (?:products|services|plans)|special)\b",
        ),
        Statement(
            r"\b(?:send you (?:an? |occasional )?e-?mails?|e-?mail you|contact you|write to you)\b[^.;]{0,60}\b(?:tell you about|inform you (?:of|about)|notify you (?:of|about)|about|regarding)\b[^.;]{0,40}\b(?:new|other|our|special) (?:and \w+ )?(?:features|services?|products?|offers?|promotions?|deals|events)\b",
            without=r"\b(?:your (?:order|account|request)|changes to)\b",
        ),
    ),
    harmless=Phrase(_ASKED),
)
BUNDLED = Matter(
    "risky-promise/consent-bundled",
    "block",
    "consent is bundled with something else",
    "ask for it separately, for one purpose, with a way to refuse",
    "GDPR Art. 7(2), 7(4), 49(1)(a); PIPL Art. 14, 16, 39; PDPA s. 14(2)",
    (
        Statement(
            r"\b(?:only|must|condition|required|requires|cannot|can not|unless|necessary)\b",
            r"\b(?:open|create|register|registration|account|sign[- ]?up|order|use (?:the|our) (?:service|site|website))\b",
            r"\b(?:agree|agrees|consent|consents|accept|acceptance)\b[^.;]{0,60}\b(?:marketing|promotional|advertis\w+|newsletters?|offers|mailings|sharing|share)\b",
        ),
        Statement(
            r"\byou hereby (?:\w+ )?(?:consent|authori[sz]e)\b",
            r"\b(?:shar\w+|transfer\w*|disclos\w+|process\w*|collect\w*|us(?:e|ing))\b",
        ),
    ),
    harmless=Phrase(
        r"\b(?:without|not (?:a )?(?:condition|required|necessary|need|have to)|separate\w*|tick\w*|withdraw\w*|check ?box)\b"
    ),
)
RECORDED = Matter(
    "risky-promise/recording-without-consent",
    "warn",
    "talk is recorded, and nothing says that people are told and can decline",
    "say it at the start of the call, and offer another way",
    "Cal. Penal 632; GDPR Art. 6, 13",
    (
        Statement(
            r"\b(?:calls?|telephone|phone|conversations?|chats?)\b[^.;]{0,60}\b(?:may be|are|will be|can be|might be)\b[^.;]{0,24}\brecord(?:ed)?\b",
        ),
        Statement(
            r"\b(?:we|us) (?:\w+ ){0,3}?(?:record|monitor|tape)\b[^.;]{0,40}\b(?:calls?|telephone|phone|conversations?|communications? with (?:our|us))\b"
        ),
    ),
    harmless=Phrase(
        r"\b(?:consent\w*|agree\w*|inform(?:ed)?|told|tell|announc\w+|notice|notif\w+|start|beginning|decline|not record|never|permission|log(?:ged)?|number|duration|records of|keep an? (?:\w+ )?record of)\b"
    ),
)
MATTERS = (ALL_STOPPED, KEPT_WHOLE, OF_OTHERS, ADVERTISED, BUNDLED, RECORDED)
