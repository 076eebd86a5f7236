"""Absolute and unmeasurable claims, timers without numbers, disclaimers that go too far."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint import english_security as kinds
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.english_timers import UNTIMED
from troth.policy.lint.frames import Frame
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quoted, report
from troth.policy.lint.spans import spans
from troth.policy.lint.statement import said

_LOUD = Phrase(
    r"\bcan(?:not|'t| not) (?:ever )?(?:leak|fail|break|be beaten)\b|\b(?:nobody|no one|no-one|nothing|no hacker|no outsider) (?:ever )?(?:gets? (?:in|out|through|past)|leaks?|breaks? in)\b|\binvulnerable\b|\bsafer than\b|\b(?:no|zero) (?:chance|possibility|danger)\b|万无一失|(?:任何|所有).{0,8}(?:都|均)?(?:无法|不能|不可能)(?:攻破|窃取|破解|入侵)|百分(?:之)?百(?:安全|保密)|100%安全|"
    r"\b(?:hundred|cent) per ?cent (?:secure|safe|protected)|"
    r"\bensur(?:e|es|ing) (?:that )?[\w ]{2,50}\bwill (?:not|never) be \w+|"
    r"\b(?:ensur|guarante|warrant|assur)\w*\b[^.;]{0,60}\b(?:at all times|no (?:unauthori[sz]ed|one|person|third|data|breach|"
    r"leak|harm|loss)|(?:never|not) (?:be|get|fall|happen|occur)|under all circumstances|complete(?:ly)?|absolute(?:ly)?)\b|"
    r"\b(?:gdpr|pdpo|pipl|pdpa|ccpa|dpdp\w*|iso|government|police)[- ](?:certified|approved|accredited|proof)\b|\b(?:fully|100 ?%|completely|totally) (?:\w+[- ])?(?:compliant|certified|complian\w+)|\b(?:make|makes|making) it impossible\b|\bimpossible for (?:an? |any )?(?:outsider|hacker|attacker|intruder|third|anyone|anybody|criminal)|\b(?:every|all|any) (?:last )?(?:trace|copy|copies)\b.{0,60}\b(?:blockchain|internet|everywhere|search engines?|anywhere|web)\b|\b(?:nobody|no one|no-one|hackers?) (?:will|can|could) (?:ever )?(?:get|find|reach|crack|trace)\b|\buntraceable\b|\b(?:impregnable|impenetrable|invulnerable|unassailable|infallible|uncrackable|unhackable|unbreakable|foolproof|"
    r"leak-?proof|tamper-?proof|fail-?safe|ironclad|flawless|bombproof|failproof)\b|\bcan(?:not|'t)? (?:never |not )?(?:possibly )?be "
    r"(?:lost|stolen|hacked|breached|leaked|intercepted|altered|compromised|cracked)|"
    r"\b(?:completely|perfectly|absolutely|totally|entirely|fully|utterly|wholly|always) (?:\w+ )?(?:safe|secure|protected|"
    r"private|immune|anonymous|confidential)\b|\bspares? no (?:effort|expense)|\bimpossible (?:for|to)\b[^.;]{0,60}\b(?:hack|"
    r"access|read|steal|breach|intercept)|\bno risk\b|\b(?:never|not once) (?:had|suffered|been) (?:a |any )?(?:breach|hack|"
    r"leak)\w*|\b(?:most|the) (?:advanced|secure|stringent|rigorous)\b.{0,20}\b(?:known|available|possible|in the (?:world|"
    r"industry))\b|固若金汤|坚不可摧|滴水不漏|杜绝(?:一切|任何|信息)|永不泄露|(?:绝不|不会)(?:发生)?(?:泄露|泄漏|丢失)|最(?:高|严格|先进)(?:级别)?的?安全|"
    r"\b(?:hack|bullet|fool)[- ]?proof\b|\b(?:watertight|airtight|iron-?clad|flawless|unbeatable|risk-free)\b|\b(?:maximum|"
    r"total|complete|utmost|full) (?:security|safety|protection)\b|\bcan(?:not| never) be (?:hacked|breached|stolen|leaked|"
    r"lost)|\bzero risk\b|"
    r"\brest assured\b|\bstate[- ]of[- ]the[- ]art\b(?! and)|\b(?:every|utmost|all possible|"
    r"best possible) (?:effort|care|step|measure)s?\b|\bevery effort\b|"
    r"\bto the fullest extent\b(?! (?:permitted|allowed))|"
    r"\b(?:all|every) (?:steps?|measures?) (?:reasonably )?(?:necessary|needed|possible) to ensure|"
    r"\bfully (?:protect\w*|secure\w*|guarantee\w*|safe|encrypted|anonym\w*)|"
    r"\b(?:100 ?%|completely|absolutely|totally|perfectly|entirely|always) (?:secure|safe|protected|"
    r"confidential|private|anonymous)|\babsolute (?:security|safety|protection|confidentiality)|"
    r"\b(?:bank|military|enterprise)[- ](?:grade|level)\b|\bworld[- ]class\b|\bbest[- ]in[- ]class\b|"
    r"\bsecond to none\b|\b(?:un)?(?:breakable|hackable|impenetrable)\b|\bhighest (?:possible )?(?:level|"
    r"standard|degree)s? of (?:\w+ )?(?:security|protection|safety|confidentiality|integrity)|"
    r"\bnever be (?:lost|breached|compromised|hacked|accessed|stolen|leaked)|\b(?:nobody|no one|"
    r"no-one) (?:\w+ ){0,3}can (?:ever )?(?:see|read|access)|\bguarantee(?:s|d)? (?:that |the |your |full |"
    r"complete |total )?\w+|\b(?:very )?best (?:and \w+ )?security\b|\b(?:can|do|"
    r"we) promise (?:you )?that (?:no|your|nobody)|\bno (?:hackers?|attackers?|intruders?|"
    r"criminals?) (?:will|can) (?:ever )?|"
    r"绝对安全|百分之百的?(?:保障|保护|保密)|永远?不会(?:发生)?[^。；，]{0,4}(?:泄露|丢失)|(?:保证|确保).{0,12}(?:绝对|百分之百|万无一失)|绝对保障|"
    r"(?:尽|竭尽|尽到)(?:一切|最大|所有|全部)?(?:的)?努力|一切(?:必要|可能|合理)?(?:的)?措施|全力(?:保护|保障|确保)|(?:不被|不会)(?:泄露|泄漏|窃取|丢失)|业界最|最先进|(?:确保|保证)(?:或者?|和|、|及)担保|"
    r"(?:绝对|一定|肯定)不会|"
    r"(?:确保|保证)[^。；]{0,14}不(?:会)?(?:丢失|泄露|泄漏|被)|使[^。；，]{0,4}(?:您|用户)的?(?:个人)?(?:信息|资料|数据)[^。；，]{0,3}不会被?(?:泄|毁损|丢失|窃)|"
    r"\bonly you (?:can|will be able to|are able to) (?:log|sign|get) ?-?(?:in|on)\b|\b(?:users?|you|customers?|visitors?)\b[^.;]{0,20}\balways (?:be )?(?:notified|informed|told|warned) (?:when|if|before|of)\b|"
    r"\butmost (?:in |level of )?(?:\w+ and )?(?:security|privacy|confidentiality|protection)\b",
    Frame("every 2 measure 8 protecting", "refusing legal-measure"),
    Frame("make-sure 8 safe 1 in-our-hands"),
    Frame("best 3 security", "refusing"),
    Frame("rest 8 safe", "refusing"),
    Frame("rest 10 not 3 fall|reach"),
    Frame("not 1 at-risk"),
    Frame("everything 4 power 8 protecting"),
    Frame("lengths 8 protecting|safe|make-sure"),
    Frame("protecting 3 against-all"),
    Frame("make-sure 2 no-one 4 reaching"),
    Frame("protecting 2 always-time 4 from-against", "refusing"),
    Frame("only-you 4 reaching", "refusing"),
    Frame("reaching 1 only-by 1 you"),
    Frame("assure 10 safe-word", "refusing legal-measure"),
    Frame("superlative 1 hands", "refusing legal-measure", ""),
    Frame("immune 2 to-word 3 hacker", "refusing"),
    Frame("beyond 1 the-word 0 reach-word"),
    Frame("no-one 1 but-word 6 reaching"),
    Frame("never-word 1 be-word 2 reaching"),
    Frame("all-word 1 measure 6 keep-out"),
    Frame("all-word 2 means-word 3 safe-keeping"),
)
_EFFORT = Phrase(r"\b(?:every|utmost|all possible|best possible|maximum) (?:\w+ )?efforts?\b")
_EFFORT_FOR = Phrase(
    r"\b(?:protect|secur|safe|priva|confiden|data|information|account|compl[iy]|law|ensur|prevent|resolv|respond|answer|request|concern|complain|accura|integrity|servic|delet|remov|notif|keep|maintain)\w*"
)
_QUIET = Phrase(
    r"\b(?:any|all|every) (?:\w+ ){0,5}?(?:data|information|communications?|traffic)\b[^.;]{0,40}\b(?:transmit\w*|sen[dt]|transfer\w*|exchang\w*)\b[^.;]{0,20}\b(?:is|are) (?:\w+ )?encrypted\b|"
    r"\bwe are (?:the|one of the) (?:internet|world|industry|market|country|nation|web|region|india|uk|asia|europe)\w*(?:'s)? (?:leading|largest|best|number one|no\.? ?1|most trusted|foremost|premier|safest|fastest)\b|"
    r"\ball (?:\w+ ){0,4}(?:is|are|will be|remains?|stays?) (?:\w+ )?(?:kept |stored |held |handled |treated )?(?:\w+ )?(?:secure|safe|safely|securely|confidential|private)\b(?! (?:server|socket|connection|site|network|data ?cent))|"
    r"\bensur(?:e|es|ing) (?:that )?(?:your|the|all|our|any)[\w ,]{0,80}?\b(?:is|are|be|remains?|kept|stays?) (?:\w+ ){0,3}?(?:secure|safe|"
    r"protected|confidential|private)\b|"
    r"\bensur(?:e|es|ing) (?:that )?[\w ]{2,50}\b(?:is|are|be|remains?) (?:\w+ ){1,4}?(?:secure|safe|protected|confidential)\b|"
    r"\b(?:policy|service|services|company|website|practices|we)\b[^.;]{0,30}\b(?:is|are) (?:\w+ (?:to )?and )?(?:\w+ )?compliant with (?:the |all |any )?(?:applicable )?(?:laws?|guidelines|regulations?|rules|gdpr|legislation|requirements)\b|"
    r"\bensur(?:e|es|ed|ing) (?:that )?(?:the |your |our |full |data |information |network )*(?:security|"
    r"safety|confidentiality|integrity|protection)\b|"
    r"\bensur(?:e|es|ing) (?:that )?(?:your|the|all|our)?[\w ]{0,40}\b(?:is|are|be|"
    r"remains?) (?:\w+ )?(?:secure|safe|protected|confidential)|\bindustry[- ](?:standard|leading|best)\b|"
    r"\b(?:generally|commonly) accepted (?:\w+ )?standards?\b|\bdesigned to ensure\b|"
    r"\b(?:current|present|latest|available) state of (?:the )?(?:technology|technique|art|science)\b|\b(?:use|uses|take|takes|exercise|exercises) (?:all )?(?:reasonable|due|great|good|the greatest) care (?:to|in) (?:protect\w*|secur\w*|safeguard\w*|prevent\w*|keep\w*)|"
    r"(?:确保|保证|保障).{0,12}(?:信息|数据|账号)?安全",
)
_DENIED = Phrase(
    r"\bno (?:\w+ ){1,5}(?:is|are|can be) (?:ever )?(?:impenetrable|unbreakable|foolproof|infallible|invulnerable)\b|\b(?:not|no(?! effort| expense| unauthori| one)|never(?! be)|cannot(?! be)|can't|(?<!it )impossible(?! for)|unable|neither|nor|without|isn't|"
    r"aren't)\b[^.;]{0,90}(?:guarantee|warrant|ensur|assur|secure|safe|100|complete|total|full |absolute|perfect)|"
    r"appropriate (?:to|level)|无法保证|"
    r"(?:不能|不可能|难以|无法)[^。；]{0,8}保证|并非绝对|(?:不|未)(?:作|予|提供)?(?:保证|担保|确保)|(?:并非|不是|没有)[^。；，]{0,4}(?:绝对|百分)",
)
_FITTING = Phrase(
    r"\blevel of (?:security|protection|\w+) appropriate|\bappropriate to the risk|\bart(?:icle|\.) ?32|"
    r"by contract",
)


# the goods are guaranteed, no data
_GOODS = Phrase(
    r"\bguarantee(?:s|d|ing)? (?:an? |the |your |our |you )?(?:\w+ )?(?:uptime|availability|refunds?|satisfaction|delivery|quality|money|price|performance)\b|\b(?:uptime|money[- ]back|satisfaction|price) guarantee\b"
)
# what the reader has to see to
_READERS_DUTY = Phrase(
    r"^\W*(?:please (?:ensure|make)|you (?:\w+ )?(?:need|have|ought|agree|undertake|are (?:\w+ )?(?:responsible|required|obliged|expected))\b|you (?:must|should|shall)\b)"
)


def _claimed(doc: Document, phrase: Phrase) -> list[Hit]:
    return [
        h
        for h in doc.hits(phrase)
        if not _DENIED.search(h.reading.low)
        and not _FITTING.search(h.reading.low)
        and not _questioned(h.reading)
        and not _GOODS.search(h.reading.low)
        and not _READERS_DUTY.search(h.reading.low)
    ]


_AIM = Phrase(
    r"\b(?:collect|use|need|require|process|gather)\w* (?:\w+ ){0,5}?(?:information|data|it|this|details) to (?:help )?(?:\w+ )?ensure\b(?! (?:the )?(?:\w+ )?(?:security|safety|confidentiality))|\b(?:in order|so as|measures|designed|procedures|steps|intended|policies|controls|safeguards) to (?:help )?(?:\w+ )?ensure\b(?! (?:the )?(?:absolute|complete|total|100|full))"
)


# the words of the law itself, in Australia and Malaysia among others: reasonable steps that data is accurate or destroyed
_STATUTORY = Phrase(
    r"\btake (?:\w+ )?steps to (?:help )?(?:ensure|make sure) (?:that )?[^.;]{0,80}\b(?:accurate|up[- ]to[- ]date|current)\b|\breasonable (?:steps|measures|efforts|precautions|endeavours) to (?:help )?(?:ensure|make sure) (?:that )?[^.;]{0,80}\b(?:accurate\w*|complete(?:ly)?|up[- ]to[- ]date|current|correct|destroyed|deleted|erased|de-identified|anonymi[sz]ed)\b"
)


# what readers always have to do is no promise, and neither is what something is meant to help with
_READERS = Phrase(
    r"\b(?:you|users?|customers?|members?|visitors?|everyone)(?: (?:must|should|shall|will|can|do))? (?:always|never) (?:\w+ )?(?:adhere|comply|follow|observe|obey|abide|respect|keep|use|check|log|sign|know|have|see|find|act|stick)\w*\b"
)
_AIMED = Phrase(
    r"\b(?:so (?:that )?|in order that |enabl\w+ |allow\w* |help\w* )(?:we|us|it|the \w+)(?: (?:can|may|could|to|are able to|will be able to))+ (?:better |always |continue to )?(?:guarantee|ensure|assure)\b(?![^.;]{0,60}\b(?:100|complete|total|absolut\w+|full|perfect\w*))"
)


# Chinese: what something is done for is no promise, and neither is a measure that only bears the name
_PURPOSE = re.compile(
    r"(?:为(?:了)?|以|用于|旨在|有助|帮助|协助|便于|需要|要求、?|基于|出于|关系到|有关)[^，。；]{0,24}(?:确保|保证|保障)|安全(?:保障|保证措施)|让您放心|标准包括|不存在|没有任何(?:一种)?[^。；]{0,24}(?:100%|百分之百|绝对)|(?:确保|保证)安全(?:的)?原则|(?:确保|保证|保障)[^，。；]{0,24}(?:至关重要|非常重要|首要任务|目标|宗旨|使命|重中之重)|(?:努力|尽力|尽量|如何)[^，。；]{0,4}(?:确保|保证|保障)(?![^，。；]{0,8}(?:第三方|合作|接收方|供应商))|使用cookie"
)


# the items of a list of purposes or criteria
_PURPOSES = re.compile(r"(?:目的|用途|标准)[^。；，]{0,6}[：:]")
_AIMS_BELOW = re.compile(r"(?:使用|利用|处理|蒐集|收集)?(?:目的|用途)|如何使用")


def _questioned(reading: Reading) -> bool:
    titles = " ".join(reading.sentence.section[-1:])
    if reading.cjk and (
        _PURPOSE.search(reading.low)
        or _PURPOSES.search(reading.lead)
        or (reading.sentence.element == "bullet" and _AIMS_BELOW.search(titles))
    ):
        return True
    return "parental" in reading.words or _STATUTORY.search(reading.low) is not None


# readers who always know or choose, and what is completed, are no promise
_EVERYDAY = Phrase(
    r"\balways (?:be )?(?:aware|informed|know|refuse|choose|opt|contact|welcome|able|free|able to|up[- ]to[- ]date|possible|recommended?)\b|\bto complete (?:the|your|an?|this)\b|\bcomplete (?:confidence|the|your|an?|this|our|address)\b"
)


# a technique with a name can be measured
_NAMED_MEASURE = Phrase(
    r"\bindustry[- ]standard (?:\w+ )?(?:\(?ssl|\(?tls|secure socket|transport layer|aes|256|128|encryption|https|firewalls?)\b"
)


# an item among the purposes
_AIM_ITEM = Phrase(r"^\W*保障[^。；，]{0,8}安全[。；]?$")


def absolute(doc: Document) -> Iterator[Finding]:
    """Wording that promises a result or can not be measured (rule absolute-claim)."""
    loud = _claimed(doc, _LOUD)
    loud += [
        h
        for h in said(doc, kinds.ABSOLUTE, loud)
        if not _STATUTORY.search(h.reading.low) and not _READERS.search(h.reading.low)
    ]
    loud = [
        h
        for h in loud
        if not _AIMED.search(h.reading.low)
        and not (h.words.lower() in {"always", "complete"} and _EVERYDAY.search(h.reading.low))
    ]
    told = {h.reading.index for h in loud}
    loud += [
        h
        for h in doc.hits(_EFFORT)
        if h.reading.index not in told and not h.reading.told and _EFFORT_FOR.search(h.reading.low)
    ]
    quiet = [
        h
        for h in _claimed(doc, _QUIET)
        if not any(h.reading is x.reading for x in loud)
        and not _AIM.search(h.reading.low)
        and not _NAMED_MEASURE.search(h.reading.low)
        and not (h.reading.sentence.element == "bullet" and _AIM_ITEM.search(h.reading.low))
    ]
    if loud or quiet:
        disclaimed = any(
            _DENIED.search(r.low) and ("guarantee" in r.low or "secure" in r.low) for r in doc.body
        )
        tail = "; elsewhere the text says that it can not guarantee security" if disclaimed else ""
        yield report(
            "unenforceable/absolute-claim",
            "warn" if loud else "info",
            of((*loud, *quiet)),
            f"absolute or unmeasurable wording: {quoted((*loud, *quiet))}{tail}",
            hint="say which measures are taken instead of which result is promised",
            law="GDPR Art. 5(1)(a), 32; FTC Act s. 5; PIPL Art. 51",
        )


_TIMER = Phrase(
    r"\bas (?:fast|quick\w*|soon|swiftly) as (?:\w+ )?(?:possible|we can|can be)\b|\bin due course\b|第一时间|尽可能快|"
    r"\b(?:prompt|speedy|timely|quick|swift) (?:repl(?:y|ies)|responses?|answers?|attention|resolution)\b|"
    r"\basap\b|\bpronto\b|\bat the earliest\b|\b(?:in|within) (?:no time|a jiffy|a flash)\b|\b(?:when|once|as soon as) (?:we|the team) (?:\w+ )?(?:find|get|have) (?:the |a |some )?(?:time|chance|minute|moment)\b|\bas soon as (?:we |it )?(?:\w+ )?(?:can|is possible)\b|\ba\.s\.a\.p\b|\bwith(?:out)? (?:all |any |the )?(?:due |reasonable |convenient |possible |unnecessary |proper "
    r")+(?:dispatch|speed|haste|expedition|diligence|promptness|delay)\b(?<!undue delay)|\bwith all (?:speed|haste|dispatch)\b|"
    r"\bas (?:soon|quickly|fast|early|promptly|rapidly|swiftly|speedily) as (?:is |it is |reasonably |we |our |may be |"
    r"practically |humanly |circumstances |the |\w+ (?=permits?|allows?)){0,3}(?:possible|practicable|practical|feasible|can|"
    r"convenient|permits?|permit|allows?|able|manage)\b|"
    r"\b(?:at|in) (?:the |our |a )?(?:earliest|first|soonest|next|convenient|suitable) (?:possible )?(?:time|moment|date|"
    r"opportunity|convenience|occasion)\b|\bin (?:a )?(?:due|good|reasonable|proper|short|speedy|prompt|expeditious) (?:course|"
    r"time|order|manner|fashion)\b|\bwithin (?:a |an |the )?(?:reasonable|appropriate|suitable|acceptable|short|certain|"
    r"brief|normal|usual|necessary|reasonably short)\b(?: \w+)?|\bbefore (?:too )?long\b|\bin a while\b|\bsooner or later\b|"
    r"\bwhen (?:time|resources|workload|staff\w*|capacity|circumstances) (?:permits?|allows?)|\bwhen(?:ever)? (?:it is )?"
    r"(?:convenient|practicable|possible)\b|\bin the ordinary course\b|\bexpeditiously\b|\b(?:the )?next convenient\b|"
    r"\bevery so often\b|\bnow and then\b|\bfrom time to time\b(?=.{0,60}(?:delet|purg|clean|clear|remov))|"
    r"\b(?:a|any|some) reasonable (?:period|time|amount of time|timeframe|time frame)\b|"
    r"\bat (?:our|the) earliest (?:convenience|opportunity)\b|\brapidly\b|\bin good time\b|\bin the near future\b|\b(?:as|"
    r"when) time permits\b|\bwhen we can\b|"
    r"\bpromptly\b|\bin a timely (?:manner|fashion|way)\b|\btimely (?:respon|notif|inform|repl)\w*|"
    r"\bas (?:soon|quickly|fast) as (?:is |reasonably |we )*(?:possible|practicable|feasible|can)|"
    r"\b(?:within|after|in) (?:a|an|any) (?:reasonable|certain|appropriate) (?:period|time|amount of time|"
    r"timeframe|time frame)|\bactively monitored\b|\b(?:shortly|soon|speedily|expeditiously|"
    r"swiftly)\b(?! as)|\bin due (?:course|time)\b|"
    r"\b(?:periodically|regularly|from time to time) (?:delete|destroy|erase|purge|remove|review)|"
    r"\binstantly\b|\bquickly\b|及时|尽快|尽早|从速|适时|不日|(?:合理|适当|一定|较短)(?:的)?(?:期限|时间|期间)(?:内)?|定期(?:删除|清理)|第一时间|"
    r"\b(?:take|within|in|after) some time\b|\ba few moments\b|\bswift(?:ly)?\b|"
    r"\bwithin the (?:\w+ ){0,2}?(?:applicable|legal|statutory|prescribed|required|usual|legally \w+) (?:\w+ ){0,2}?(?:time|period|deadline|term|limit)s?\b|法定(?:期限|时限)内",
    Frame("without-any 1 delay", "undue"),
    Frame("with-a 1 priority"),
    Frame("soon 2 opportunity"),
    Frame("immediate 2 measure"),
)
_DUTY = Phrase(
    r"\b(?:furnish|attention|flag|objections?|let (?:you|people) know)\b|"
    r"\b(?:respond|repl(?:y|ies)|redress|grievance|attend|communicat|announc|answer|notif|inform|delete|erase|destroy|"
    r"correct|assist|assistance|"
    r"address|handle|process|request|remed|unsubscrib|verify|feedback|tell|back to you|stop|complaint|"
    r"inbox|monitored|deal|dealt|shout|let you know|get back|come back|sort|attend|quer|look into|deletion|remov|contact you|review|purge)\w*|答复|回复|告知|通知|删除|处理|反馈|响应|更正",
)
_NO_DUTY = Phrase(
    r"\b(?:process|ship|deliver|fulfil|dispatch|activat)\w* (?:\w+ ){0,2}?(?:orders?|payments?|purchases?|accounts?|services?)\b|\b(?:tickets?|orders?|payments?) (?:are |is |\w+ )?(?:promptly|quickly|swiftly|instantly)\b|\bhelp ?desk\b|\b(?:shortly|soon) (?:to )?be (?:dispatched|shipped|delivered|sent)|"
    r"\b(?:when(?:ever)?|where(?:ver)?|if) possible,? (?:we (?:will )?)?(?:attempt|try|seek|endeavou?r)|\bwhen(?:ever)? possible\b(?!.{0,30}\b(?:answer|respond|reply|delet))|"
    r"\b(?:tell|contact|inform|notify|e-?mail|call|write) us\b.{0,30}\b(?:as soon|promptly|immediately|quickly)|\baccurate and timely|\bconsent (?:cannot|can ?not|could not|may not) be (?:obtained|given|sought)|\bpromptly (?:remind|discover)|\bsoon as you|\bhow (?:soon|quickly)|"
    r"\b(?:requires?|obliges?|asks?|expects?) (?:you|users?|customers?|registrants?) to\b|\byou (?:are|will be) (?:required|obliged|asked) to\b|"
    r"\bnotify us|\bcontact us (?:immediately|promptly)|\byou (?:must|should|agree to) (?:promptly|notify)",
)
_PERIOD = Phrase(
    r"(?:reasonable|certain|appropriate) (?:period|time|amount)|合理|适当",
)


_LATEST = Phrase(
    r"^\W*(?:in any (?:case|event)|at the latest|no later|that is|within|usually|normally|this (?:means|takes|will)|we aim|our "
    r"(?:target|aim)|if (?:this|it|we) (?:takes|need))|\b(?:in any (?:case|event)|at the latest|no later than)\b|最迟|最长|不超过"
)


def _measured(doc: Document, reading: Reading) -> bool:
    return any(
        spans(r.low) and (r is reading or _LATEST.search(r.low))
        for r in doc.near(reading, 0, 1)
        if r.sentence.paragraph == reading.sentence.paragraph or r is reading
    )


# what people can do in time thanks to a service is a purpose and no deadline of the company
_READERS_TIME = Phrase(
    r"设法尽快删除|(?:及时|第一时间)(?:地)?[^。；，]{0,6}(?:发送|推送)[^。；，]{0,10}通知|(?:便于|以便|方便|帮助|使|让|提醒|供|令)(?:您|你|用户|客户|使用者)?[^。；，]{0,12}(?:及时|尽快|尽早|第一时间)(?:地)?[^。；，]{0,6}(?:收到|接收|获取|获知|了解|知晓|处理|查看|发现|掌握)|"
    r"按照法律法规的要求[，,]\s?及时向您告知[:：]|请(?:您|你)?(?:立即|及时|尽快|尽早)|(?:您|你|用户)(?:应|须|需)(?:当|要)?(?:立即|及时|尽快)|目的(?:是|在于|为)?[:：][^。；]{0,30}(?:及时|第一时间)|"
    r"\b(?:so that|enabl\w+|allow\w*|help\w*|let) (?:you|users?|customers?)(?: (?:can|may|to))? (?:\w+ )?(?:promptly|quickly|swiftly|respond (?:\w+ )?(?:promptly|quickly|in (?:a )?timely))"
)


# what may take longer elsewhere is no deadline
_MIGHT_NOT = Phrase(
    r"\b(?:might|may|can|will) not (?:be )?(?:\w+ )?(?:instantly|quickly|promptly|immediately)\b"
)


def timers(doc: Document) -> Iterator[Finding]:
    """Duties with a deadline that has no number (rule vague-timer)."""
    hits = [
        h
        for h in doc.hits(_TIMER)
        if _DUTY.search(h.reading.low)
        and not _NO_DUTY.search(h.reading.low)
        and not (h.reading.told and "allow" not in h.reading.words)
        and not _measured(doc, h.reading)
        and not _keeps(h)
        and not _READERS_TIME.search(h.reading.low)
        and not _MIGHT_NOT.search(h.reading.low)
    ]
    hits += [
        h
        for h in said(doc, UNTIMED, hits)
        if not _NO_DUTY.search(h.reading.low) and not _measured(doc, h.reading) and not _keeps(h)
    ]
    if hits:
        period = any(_PERIOD.search(h.words.lower()) for h in hits)
        yield report(
            "undefined-term/vague-timer" if period else "unenforceable/vague-timer",
            "warn",
            of(hits),
            f"a deadline without a number: {quoted(hits)}",
            hint="state the number of days, and the statutory limit where there is one",
            law="GDPR Art. 12(3), 33, 34; PDPO s. 19; PIPL Art. 50, 57; Cal. Civ. 1798.130(a)(2)",
        )


def _keeps(hit: Hit) -> bool:
    if (
        hit.words.lower() in {"in due course", "eventually"}
        and hit.reading.does("erase")
        and not {"request", "requests"} & hit.reading.words
    ):
        return True
    return (hit.words.lower().startswith("after") and hit.reading.does("retain")) or (
        hit.reading.does("retain")
        and _PERIOD.search(hit.words.lower()) is not None
        and "answer" not in hit.reading.acts
    )


_NOT_LIABLE = Phrase(
    r"\b(?:not|never|cannot)\b[^.]{0,140}\b(?:disclosed|used|shared|processed) in (?:other )?ways? not (?:otherwise )?(?:described|set out|stated|mentioned|foreseen|covered)\b|"
    r"\b(?:cannot|can not|not|no|never)\b[^.;]{0,30}\b(?:responsibility|responsible|liable|liability)\b[^.;]{0,12}\bfor (?:any |all )?(?:injury|injuries|harm|death|suffering)\b|"
    r"\byou (?:should|must|have to|need to),?(?: however,?)? (?:verify|check|confirm|ascertain|make sure of) (?:this|that|it)(?: for)? yourself|"
    r"\b(?:not|never|nor) (?:be )?answer(?:able)? for\b|\bdo(?:n't| not) come to us\b|\bno (?:compensation|claims?|refunds?|damages)\b.{0,60}\b(?:leak|loss|breach|hack|theft|data)\w*|\b(?:do not|don't|never|not) (?:pay|owe|offer)\b.{0,30}\b(?:compensation|damages)\b|"
    r"\b(?:leaks?|leaked|lost|stolen|hacked|happens|breach\w*|goes wrong|damage)\b.{0,60}\b(?:is|are|'s) (?:entirely |all )?(?:on you|your (?:problem|fault|risk|business|lookout)|not (?:on|down to) us|down to you)\b|\b(?:don't|do not|can't|cannot) (?:blame|sue|hold) us\b|\b(?:can't|cannot|not) be (?:blamed|sued)\b|"
    r"\b(?:under no circumstances|in no (?:event|case|way)|at no time)\b.{0,60}\b(?:responsib|liab|answerable|accountable)\w*|"
    r"\b(?:exclude|excludes|disclaim|disclaims|decline|declines|reject|rejects|waive|waives|exempt|exempts|renounce)\b"
    r".{0,60}\b(?:liabilit|responsib)\w*|\b(?:liabilit|responsib)\w*\b.{0,110}\b(?:is|are|be) (?:hereby |expressly |fully |"
    r"entirely )?(?:excluded|disclaimed|rejected)|\b(?:liabilit|responsib)\w*\b.{0,120}\b(?:we|it) exclude|"
    r"\b(?:not|never|no|nor|neither)\b.{0,25}\b(?:answerable|accountable|responsible|liable|liability|responsibility|blame|to "
    r"answer)\b.{0,140}\b(?:loss|damages?|breach|unauthori[sz]ed|security|disclosure|leak\w*|theft|hack\w*|virus\w*|misuse|"
    r"access|negligence|data|information)|\b(?:loss|breach|leak\w*|theft|hack\w*|misuse|damage)\b.{0,60}\b(?:not our|is your own|"
    r"not the) (?:responsib|liab|problem|fault|risk)\w*|\b(?:your|user's|customer's) (?:own |sole )+(?:risk|responsib)\w*|"
    r"\b(?:not|never|no) (?:be |accept \w+ |assume \w+ |bear \w+ |have \w+ )?(?:held )?(?:responsible|"
    r"liable|liability|responsibility)\b.{0,140}\b(?:loss|damages?|breach|unauthori[sz]ed|security|"
    r"disclosure|leak|theft|protecting|data|information)|"
    r"\bshall not be liable\b|\bsolely responsible\b|\bat your own risk\b|\bdisclaims? (?:any|"
    r"all) (?:and all )?(?:liability|responsibility|warrant)|\bcannot be (?:held )?(?:responsible|liable)|"
    r"不承担(?:任何|相应|法律|赔偿)*责任|不负(?:任何|法律)?责任|概不负责|概不承担|免责(?!声明|条款)|风险自负|自行承担(?:全部)?(?:风险|责任|后果)|与(?:本公司|我们)无关|"
    r"(?:免于|免除|不承担|无须承担|不予承担|免承担).{0,8}责任|由(?:用户|您|客户)(?:自行|自己)?(?:承担|负责)|(?:后果|风险|损失).{0,8}自行承担|"
    r"不负(?:任何|法律|相应)?责任",
    Frame("we 4 not 3 compensating 10 harm"),
    Frame("you 6 bearing 3 risk 10 harm"),
    Frame("you 6 bearing 4 all-of 2 risk"),
    Frame("exempt 4 from 2 liability 14 harm"),
    Frame("harm 16 not 4 accountable"),
    Frame("not 4 accountable 16 harm"),
    Frame("hacker 14 not 4 accountable"),
    Frame("sole-word 1 accountable 6 unauthorised"),
)
_ELSEWHERE = Phrase(
    r"\b(?:third[- ]party|other|these|those|such|external|linked|their)\b.{0,30}\b(?:sites?|websites?|"
    r"services|apps?|policies|policy|links?)\b|第三方网站",
)


# where the publisher is the processor, its customers do answer for what they collect
_OF_CLIENTS = Phrase(r"\bpolic(?:y|ies) of (?:our|its|the) (?:clients?|customers?|resellers?)\b")


# a host answers for what it stores, also where its customers make it public
_UNGUARDED = Phrase(
    r"\b(?:can ?not|do(?:es)? not|will not) (?:\w+ )?(?:safeguard|protect|secure|guard) (?:any|the|such) (?:\w+ )?(?:information|data|content)\b"
)
_HOSTED = Phrase(
    r"\b(?:sites?|websites?|pages|spaces?)\b[^.;]{0,40}\b(?:we|us|\w+) (?:may |might )?hosts?(?:ed)?\b[^.;]{0,12}\b(?:for you|by us|for our customers|for customers)\b|\bhost for you\b"
)


# what people themselves told wrongly or let out, and what the law lets a company limit
_OWN_FAULT = Phrase(
    r"(?:信息|资料|内容)?(?:不真实|不准确|虚假|不实|错误)[^。；]{0,24}(?:由您|由用户|您自行|自行承担)|(?:保管不善|因您(?:自己|自身|的原因)|您(?:主动|自行)(?:泄露|公开|告知))|法律规定的范围内"
)


def disclaimers(doc: Document) -> Iterator[Finding]:
    """Responsibility for security pushed away (rule disclaimer-overbroad)."""
    hits = [
        h
        for h in doc.hits(_NOT_LIABLE)
        if not _ELSEWHERE.search(h.reading.low)
        and not h.reading.refuses & {"encrypt"}
        and not (h.reading.cjk and _OWN_FAULT.search(h.reading.low))
    ]
    hits += [
        h
        for h in said(doc, kinds.DISCLAIMED, hits)
        if not _ELSEWHERE.search(h.reading.low) and not _OF_CLIENTS.search(h.reading.low)
    ]
    known = {h.reading.index for h in hits}
    hits += [
        h
        for h in doc.hits(_UNGUARDED)
        if h.reading.index not in known and any(_HOSTED.search(r.low) for r in doc.near(h.reading, 1, 0))
    ]
    if hits:
        yield report(
            "unenforceable/disclaimer-overbroad",
            "warn",
            of(hits),
            f"responsibility that the law leaves with the company is pushed away: {quoted(hits)}",
            hint="say what the user should do, and leave liability to the law",
            law="GDPR Art. 5(2), 24, 32, 82; PIPL Art. 69; PDPO s. 66",
        )


_WAIVED = Phrase(
    r"\b(?:you|users?) (?:\w+ )?(?:waive|release us|give up|relinquish|forfeit)\b|\bwaive(?:s|r)? (?:any|"
    r"all|your)|\b(?:perpetual|irrevocable)\b.{0,60}\b(?:licen[cs]e|consent|right)|"
    r"\birrevocabl\w+ (?:agree|consent)|\bhold (?:us )?harmless|(?<!求您)(?<!求你)(?<!求用户)放弃.{0,10}权利|不可撤销",
)


def waivers(doc: Document) -> Iterator[Finding]:
    """Rights the person is made to give up (rule rights-waiver)."""
    hits = [h for h in doc.hits(_WAIVED) if not h.reading.refuses and "not waive" not in h.reading.low]
    if hits:
        yield report(
            "risky-promise/rights-waiver",
            "block",
            of(hits),
            f"people are made to give up rights that can not be given up: {quoted(hits)}",
            hint="remove the waiver",
            law="GDPR Art. 7(3), 77-82; Cal. Civ. 1798.192; PIPL Art. 44, 69",
        )


DETECTORS = (absolute, timers, disclaimers, waivers)
