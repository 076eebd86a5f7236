"""Kinds of statements about the sale of the company and the change of its text."""

from __future__ import annotations

from troth.policy.lint.statement import Statement

_DEAL = (
    r"\b(?:sell up|sells? (?:the|our|its) (?:business|company)|buys? (?:us|the business|our)|buyer|purchaser|acquirer|acquir(?:es?|ed|ing)|acquisition|merg(?:e[srd]?|ers?|ing)|take(?:s|n)? (?:us )?over|takeover|absorb\w*|successors?|spin-?off|insolven\w+|bankrupt\w*|liquidat\w*|administrator|dissol\w+|disposition|business deal|closing|lender|"
    r"change of (?:control|ownership)|new owners?|reorgani[sz]\w+|restructur\w*|sale of (?:the |our |a |all |any )?\w+|sell our assets|wind(?:s|ing)?[- ]up|divested|disposal of|dispose of|cease trading|m&a|auction of|resulting entit\w+|controlling entity|steps? into our shoes|succession of business|purchaser|acquires our|restructurings?|assign(?:ee|ment)|divest\w*|if we did|selling the \w+|another (?:outfit|host|company|firm|provider)|sell \w+ clients|due diligence|joint venture|investors?|corporate transaction|business transfer)\b"
)
_DATA = r"\b(?:data|mailboxes|particulars|mailing list|client list|assets conveyed|information|details|info|records?|files?|profiles?|database|accounts|customer base|lists?|stats|you'd|yours|it goes|them)\b"
_MOVE = r"\b(?:transfer\w*|pass(?:es|ed)?|goes|go (?:with|to)|move[sd]?(?: over)?|hand(?:ed|s)? over|hand over|include[sd]?|part of|receive[sd]?|inherit\w*|theirs|vests?|continue to use|may use|export\w*|shar(?:e|ed)|disclos\w+|sold|sell|convey\w*|assets?|charged|realise|become\w*|come with|assign\w*|means selling|decides|provided?|reveal\w*|access|look at|be among|available|accompan(?:y|ies)|transferable|deal with|have the right to|in possession|obtain|communicated|follow|put in|delivered|naturally receive|hand-over|recipients|extends? to|permitted ground|right to use)\b"
_KEPT = (
    r"\b(?:notif\w+|notice|inform\w*|tell you|told|e-?mail you|hear from us|announc\w*|consent(?! of the)|opt-in|choice|ask(?:ed)?|object|bound|binds?|honou?r|undertak\w+|same (?:level|protection)|under this policy|protective|promises|require[sd]? (?:to|the|by)|anonymi[sz]ed|aggregated|not (?:be )?(?:transferred|sold|an asset)|never|\w+n't|deleted|erase|return(?:ed)?|wipe|excluded|written consent|"
    r"duplicate accounts|domain (?:names?|to)|server to|hardware|registrar|was founded|have been acquired|not for sale|confidentiality|remain\w*|governed by|contract with|your domain|transfer your|escrow|seller|rather than|contain no|not an asset|only with)\b"
)
SOLD = (Statement(_DEAL, _MOVE, _DATA, without=_KEPT),)

_TEXT = r"\b(?:policy|notice|statement|page|document|text|terms|declaration|rules|polic(?:y|ies)|it|this|version|alterations?|how we (?:treat|handle)|amend\w*|here|table|clauses|edits?)\b"
_NEW = r"\b(?:chang\w+|modif\w+|amend\w*|updat\w+|revis\w+|alter\w*|edit(?:ed|s)?|adapt\w*|variation|vary|varied|new (?:text|wording|rules|version|edition|terms)|moving target|depart from|version in force|up[- ]to[- ]date|bring the page|evolv\w+|replace\w*|rewrit\w+|adjust\w*)\b"
_ALONE = (
    r"\b(?:no (?:individual|advance|prior|separate|further)? ?(?:announcement|notice|notification|reasons?)|without (?:\w+ ){0,2}(?:notice|announcement|notification|warning|telling|informing)|only notification|by upload|keep (?:themselves|yourself) informed|moving target|swing by|do(?:n't| not) send|will not (?:notify|announce|inform)|not (?:be )?(?:notified|announced|informed)|monitor the|read it again|check (?:back|it|this|the)|counts? (?:from )?the moment|the moment they|"
    r"always the one|need not|at once|at any time|any time|any moment|immediately|himself|in future|on this (?:page|site|website)|appearance on|shall publish|publish(?:ed)? (?:\w+ )?here|posting|posted|uploaded|on our (?:web)?site|as we (?:see|like|please)|whenever|footer|changelog|will (?:always )?be (?:found|available)|regular intervals|from time to time|occasionally|visit (?:this|the)|come back|look (?:in|here)|in due course|free to)\b"
)
_TOLD = (
    r"\b(?:we (?:will|shall|'ll)? ?(?:\w+ )?(?:notify|inform|e-?mail|tell|write|send|alert|let you know)|you (?:will|'ll) (?:be (?:told|notified|informed)|see a banner|get|receive|hear)|notified|\d+ days|thirty|sixty|weeks?|month|consent|banner|pop-?up|in advance|before (?:it|they|the|any)|beforehand|agree(?! to monitor)|never|not like that|prices?|price list|settings|account details|your (?:details|data|profile|account|information|consent)|sub-?processors?|"
    r"registry|third[- ]party|other sites|their own|data cent\w+|status page|access rights|profile|level of protection|law changes|in writing|annex|last updated|was last|was updated|reviewed (?:every|each|once)|free tier|suspend|terminate|withdraw|accurate|archived?|log formats|software|printing|e-?mailed?|prominent\w*|notif(?:y|ication) you|material(?:ly)?|significant\w*|substan\w+|correct(?:ion|ly)?|send (?:you )?(?:important )?notices)\b"
)
CHANGED = (Statement(_ALONE, _NEW, _TEXT, without=_TOLD),)
