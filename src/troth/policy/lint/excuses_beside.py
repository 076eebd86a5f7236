"""What makes an English sentence harmless: another sense of its words, the sentence after it, or a rule elsewhere in the text.

A newsletter is no complaint where the next sentence says how it stops, nor a score where a person decides what it flags.
"""

from __future__ import annotations

from troth.policy.lint.phrase import Phrase

_NOT = r"(?:\bnot\b|n't\b|\bnever\b|\bcannot\b|\bnobody\b|\bno one\b)"

# the words of the rule in another sense
SENSES: dict[str, Phrase] = {
    "absolute-claim": Phrase(
        r"^(?!.*\b(?:absolut\w*|100|hundred|impenetrable|unbreakable|perfect\w*|impossible|fully|totally|completely|never|guarante\w+)\b).*\b(?:each|every|all) (?:access|log-?in|opening|query|change|action|look-?up|visit)(?:es|s)? (?:is|are|gets?) (?:\w+ )?(?:written|logged|recorded|noted|entered)\b"
    ),
    # what the customer chooses to add is his own list, and the law's definition of personal data is none
    "list-open": Phrase(
        r"^(?!.*\b(?:such as|for (?:instance|example)|e\.g\.)).*\b(?:whatever|anything|everything)(?: else)? (?:that )?(?:you|the (?:customer|user|sender|caller)) (?:\w+ )?(?:attach|write|send|put|upload|enter|paste|type|post|add|share|tell|say)\w*\b|"
        r"\bidentif\w+ (?:\w+ )?from\b[^.;]{0,60}\b(?:data )?and (?:any )?other (?:information|data)\b[^.;]{0,60}\b(?:access|possession|likely to)\b"
    ),
    # a ticket is written in order to be read
    "content-monitoring": Phrase(
        r"^(?!.*\b(?:e-?mails?|mailbox\w*|messages?|files?|content|sites?|servers?|databases?|drafts?|documents?|workloads?|uploads?|forum|private)\b).*\b(?:support|help ?desk|service) (?:tickets?|chats?|requests?|enquir\w+|cases?)\b"
    ),
    # how long an address is kept is no hurdle
    "optout-burden": Phrase(
        r"^\|.*\|\W*until (?:you|they|the \w+) (?:unsubscribes?|opts? out|withdraws?|objects?)\W*$"
    ),
    # whose offers are advertised gets nothing by that
    "recipient-open": Phrase(
        r"^(?!.*\b(?:shar|disclos|giv|pass|provid|transfer|sell|sold|sent to|forward|hand)\w*\b).*\b(?:promot\w+|advertis\w+|tell you (?:about|of)|inform you (?:about|of)|news|e-?mails? (?:about|on))\b[^.;]{0,60}\b(?:offers?|products|services|events|goods) (?:of|from|by) (?:our |selected |chosen |its )+(?:vendors|suppliers|partners|manufacturers|sponsors|resellers)\b"
    ),
    # who comes in an emergency is a recipient like any other
    "disclosure-open": Phrase(
        r"^(?!.*\b(?:as we|think|believe|deem|consider|opinion|politely|appropriate|associates|necessary|reasonable|may require|discretion)\b).*\bemergency (?:services?|responders?|crews?|lines?|numbers?|call centres?)\b"
    ),
    # the wording of PIPEDA s. 10.1(6)
    "vague-timer": Phrase(
        r"\bas soon as (?:is |it is )?feasible\b(?=.*\b(?:canada|canadian|pipeda|commissioner of canada)\b)|\b(?:canada|canadian|pipeda)\b.*\bas soon as (?:is |it is )?feasible\b|\breal risk of significant harm\b.*\bas soon as (?:is |it is )?feasible\b|\bas soon as (?:is |it is )?feasible\b.*\breal risk of significant harm\b"
    ),
    # withdrawn consent leaves what needs none: PDPA s. 16(4)
    "law-misstated": Phrase(
        r"\bwithdr\w+\b[^.;]{0,60}\b(?:not|nor)\b[^.;]{0,60}\b(?:law|pdpa|act|statute)s? (?:allows?|permits?|authori[sz]es?|lets?|requires?)\b[^.;]{0,60}\bwithout (?:\w+ )?consent\b"
    ),
    "typo": Phrase(
        r"\b(?:of|and|to|about|for|on) (?:the |that )?(?:data|information) (?:which|that) (?:was|is|has)\b"
    ),
    "signals-missing": Phrase(
        r"\b(?:no|without(?: any)?|neither) (?:\w+ ){0,4}?(?:pixels?|beacons?|trackers?|tracking|advertis\w+|analytics)\b(?![^.;]*\b(?:but|except|other than|apart from|besides|unless)\b)"
    ),
}

# what the sentence or the next one adds
BESIDE: dict[str, Phrase] = {
    "marketing-optout": Phrase(
        rf"^(?!.*{_NOT}).*(?:\b(?:untick|uncheck|unselect|switch (?:it|them|this) off|switch off|turn (?:it|them|this) off|turn off|cancel|leave the list|take yourself off|end (?:it|them)|stop (?:it|them|this|these))\b|"
        r"\b(?:newsletter|mailing|mails?|messages?|letter|news|they|it) (?:then )?(?:stops?|ends?|ceases?)\b)"
    ),
    "recording-without-consent": Phrase(
        r"\btold (?:so|this|of it|about (?:it|this)|beforehand)\b[^.;]{0,60}\b(?:may|can|free to)\b[^.;]{0,40}\b(?:without|unrecorded|refuse|decline|say no|object|stop|off)\b|"
        r"\b(?:announced?|announces|told|warned|informed)\b[^.]{0,90}\b(?:without (?:being |a |any )?record\w+|unrecorded|not (?:to )?be recorded|switch(?:ed)? (?:\w+ )?off|decline|say no)\b"
    ),
    "business-transfer-unconditional": Phrase(
        rf"^(?!.*(?:{_NOT} (?:\w+ )?(?:tell|told|notif|inform|write|warn)|\bno (?:e-?mail|notice|letter|message|warning))).*(?:\b(?:told|tell|notif\w+|inform\w*|write|warn\w*|e-?mail\w*|message|letter|notice|hear)\b[^.;]{{0,60}}\b(?:\d+|two|three|four|six|eight|ten|thirty|sixty|ninety|one) (?:\w+ )?(?:days?|weeks?|months?)(?:'s?)? (?:ahead|before|beforehand|earlier|prior|in advance)\b|"
        r"\b(?:section 17|s\. ?17|first schedule)\b[^.;]{0,80}\b(?:pdpa|personal data protection act|business asset)\b)"
    ),
    "anonymity-undefined": Phrase(
        r"\b(?:(?:at least|fewer than|less than|smaller than|minimum of|no less than|not less than|under|below) (?:\d[\d,]*|ten|twenty|fifty|(?:a|one|five) hundred|a thousand)|(?:\d[\d,]*|ten|twenty|fifty|a hundred) or more) (?:\w+ )?(?:customers|users|people|persons|visitors|mailboxes|accounts|subscribers|domains|individuals|registrants|members|households|records)\b"
    ),
}

# what the text says elsewhere
ELSEWHERE: dict[str, Phrase] = {
    "profiling-undisclosed": Phrase(
        r"^(?!.*\b(?:may ask|without)\b).*\b(?:member of (?:our )?staff|(?:staff|team) members?|colleagues?|employees?|person|people|human|agents?|operators?|one of us)\b[^.;]{0,30}\b(?:looks? at|checks?|reviews?|examines?|reads?|decides?|makes the decision|goes through)\b[^.]{0,80}\b(?:only|before|within|decid\w+|decision|refus\w+|reject\w*|held|flagged|each|every)\b"
    ),
    "basis-undefined": Phrase(r"^\|.*\|\W*(?:your |explicit |prior |opt-in )*consent\b[^|]{0,60}\|"),
}
