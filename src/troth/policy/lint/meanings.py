"""Words of privacy policies by meaning, for `frames`.

A word with a star stands for all words that begin with it; words joined by "_" stand in that order.
"""

from __future__ import annotations

from functools import lru_cache

from troth.policy.lint.concepts import CONCEPTS

_ENGLISH: dict[str, str] = {
    "you": "you your yourself user users customer* client* visitor* member* subscriber* anyone anybody everyone everybody "
    "whoever individual* person persons registrant* people",
    "we": "we",
    "us": "we us our ourselves company operator provider group",
    "of-us": "our its the company's my",
    "visiting": "use uses using visit* access* brows* log_in logging_in logs_in log_on login sign* regist* order* purchas* "
    "submi* provid* supply* enter* interact* continu* stay* remain* keep* open opening creat* install* download* "
    "transmi* send* sending giving subscrib*",
    "plain-use": "use uses using visit* access* brows* log logging login continu*",
    "meaning": "deem* treat* regard* consider* constru* count* constitut* signif* indicat* mean* impl* taken show shows shown "
    "confirm* amount* understood presum* assum* evidenc* represent* evinc* equal*",
    "agreeing": "accept* agree agrees agreed agreeing consent* assent* approv* acquiesc* permission authori* yes bound",
    "agreement": "agreement",
    "when": "by through when if once where since upon as whenever in",
    "by-when": "by when once whenever as_soon_as",
    "asking": "ask* obtain* request* tick* checkbox* box separate* explicit* withdraw* revok* only unless newsletter* may can "
    "could could must without cookie* parent* guardian* child* already previously",
    "not-agree": "not_agree not_accept not_consent don't_agree don't_accept disagree not_wish_to_accept not_approve "
    "never_agree not_want_to_accept object_to_this",
    "leave": "not_use not_access not_visit leave discontinue stop cease refrain exit not_continue not_register not_provide "
    "not_submit not_proceed",
    "policy": "policy statement notice terms document page text agreement practices",
    "subject": "subject",
    "accepting": "accept* acceptance agree* approv*",
    "refusing": "not never no don't won't doesn't cannot can't nor neither without isn't aren't nothing nobody",
    "using": "use uses used using process* utili* employ* analy* exploit*",
    "for": "for to in towards with",
    "open": "other any various further additional general internal related lawful business commercial valid all similar "
    "miscellaneous incidental ancillary associated different sundry",
    "purpose": "purpose* reason reasons ends uses need needs operation* activit* function* matter matters objectives aims "
    "endeavo*",
    "own-business": "business operations operation activities enterprise",
    "commercial": "commercial business corporate economic",
    "interest": "interest interests advantage benefit gain profit",
    "related": "related relating connected relevant incidental ancillary pertaining associated linked",
    "necessary": "necessary needed required useful appropriate desirable",
    "permitted": "permitted allowed authorised authorized",
    "law": "law laws legislation regulation regulations statute*",
    "and": "and or",
    "other": "other further additional related similar more",
    "data": "parameters attributes metadata metrics characteristics content files identifiers preferences data information informations detail details particulars statistics identifiers fields records items material* "
    "facts documents",
    "whatever": "whatever anything everything",
    "limited": "limited restricted confined exhaustive",
    "not": "not without never",
    "choose": "choose elect decide wish opt care want",
    "giving": "share* sharing disclos* provid* transfer* pass passed passes passing giv* give* given suppl* releas* sell* sold "
    "rent* hand handed furnish* exchang* forward* convey* available assign* communicat* reveal* distribut* report "
    "reports reported sent send",
    "chosen": "selected chosen screened reputable trusted certain various other outside unaffiliated like-minded interested "
    "qualified responsible reliable",
    "body": "companies company organization* organisation* firms parties party partners partner businesses entities "
    "institutions vendors merchants brands suppliers affiliates sponsors advertisers associates",
    "marketing": "market marketing promot* advertis* offer offers mailings mailing campaigns sell_their their_products "
    "their_services",
    "getting": "receiv* obtain* get gets getting collect* acquir* purchas* buy* suppl* gather* enrich* augment* append* combin* "
    "pass passes passed gives learn* import*",
    "source": "sources source vendors brokers databases database firms agencies lists partners third-parties suppliers "
    "bureaus others parties providers networks platforms",
    "about-you": "about_you about_users about_customers on_you leads prospects prospective",
    "deciding": "decides decide determin* determin* judg* choos*",
    "alone": "alone solely sole own entirely exclusively",
    "see-fit": "see_fit sees_fit deem consider choose please",
    "refuse": "refus* declin* reject* den* ignor*",
    "right-ask": "request* access correction deletion erasure correct delete erase copy inquiry",
    "up-to-us": "up_to_us our_decision our_choice our_option our_call our_judgment our_judgement our_discretion",
    "keeping": "stay stays keep keeps kept retain* stor* hold held save saved preserv* maintain* archiv*",
    "erasing": "delet* eras* remov* purg* destroy* dispos* discard* clear*",
    "until": "until once when after as while",
    "no-longer": "no_longer not_any_longer not_needed no_further",
    "useful": "useful need* require* relevan* necess* use valuable help*",
    "while": "while whilst",
    "have": "have has retain",
    "need": "need needs purpose reason use requirement",
    "hazy-time": "temporarily briefly periodically",
    "period": "period duration length term time long",
    "appropriate": "appropriate necessary adequate reasonable suitable proper required needed minimum sufficient consider deem "
    "fit",
    "soon": "immediate immediately priority speed speedy haste fast shortest next earliest soonest quickly swift swiftly "
    "urgently instantly",
    "opportunity": "opportunity convenience chance occasion possible time moment",
    "duty": "answer* repl* respon* handl* notif* inform* tell delet* remov* correct* process* complaint* request* treated dealt "
    "list",
    "every": "every all any",
    "measure": "measure measures precaution* step steps effort efforts means care safeguard* power possible",
    "protecting": "protect* secur* safe safeguard* prevent* guard* shield* defend*",
    "make-sure": "ensur* guarant* assur* make_sure makes_sure making_sure warrant* certain promise",
    "safe": "safe secure private confidential protected intact secured",
    "always": "always permanently constantly at_all_times completely fully absolutely totally wholly entirely perfectly never "
    "100 forever",
    "best": "advanced latest modern strongest best cutting-edge leading-edge state-of-the-art toughest highest finest "
    "unrivalled ultimate",
    "security": "secur* protect* technolog* encrypt* safety firewall* defence* defense*",
    "no-one": "nobody no_one no-one none nothing no_third only_you only_be only_by",
    "reaching": "access* read reads see sees intercept* steal* obtain* reach* view* misuse* hack* breach* lost stolen leak*",
    "rest": "rest_assured rest_easy be_assured be_confident sleep_soundly be_certain be_sure",
    "risk-of": "at_risk wrong_hands",
    "lengths": "great_lengths in_our_power within_our_power our_utmost our_best",
    "against-all": "all_forms all_kinds all_types any_form any_kind every_kind all_attacks any_attack every_attack "
    "all_threats",
    "bearing": "bear bears assume assumes accept accepts take takes carry carries",
    "risk": "risk risks responsibility consequences liability liabilities",
    "harm": "disclos* loss losses leak* breach* theft hack* misuse* damage* unauthori* incident* intrusion* transmission "
    "interception alteration access security",
    "compensating": "compensat* indemnif* reimburs* refund*",
    "buyer": "purchaser* buyer* acquir* successor* new_owner* new_entity new_company new_owner assignee* surviving",
    "sale": "merg* acqui* sale sell selling sold bankrupt* insolven* reorgani* restructur* divest* liquidat* dissol* takeover "
    "consolidat* spin-off ownership negotiation* financing",
    "business": "business company assets asset division operations ownership stock shares unit part line website",
    "moving-x": "transfer* pass passes passed convey* assign* sold sell shar* disclos* included part move* hand* among include "
    "one_of",
    "your-data": "data information records details base lists list accounts account",
    "abroad": "abroad overseas international* internationally boundaries borders border countries foreign worldwide globally "
    "globe elsewhere jurisdictions jurisdiction world other_country another_country",
    "disclosing": "disclos* releas* reveal* shar* provid* report* hand handed giv* given pass passed passes furnish* turn",
    "authority": "police authorit* government* law_enforcement officials agencies investigator* court* anyone parties "
    "others",
    "suspicion": "suspicion suspect* suspected regard* unethical illegal questionable improper inappropriate objectionable",
    "our-option": "our_option our_discretion our_choice our_opinion our_judgment our_judgement our_view our_belief we_believe "
    "we_feel we_think we_regard we_consider we_deem we_determine we_judge we_find",
    "special-case": "special_circumstances exceptional_circumstances certain_circumstances special_cases exceptional_cases "
    "certain_cases special_situations certain_situations other_circumstances limited_circumstances",
    "our-interest": "our_interests interests_of company's_interests our_property our_rights our_reputation",
    "nameless": "anonym* aggregat* de-identif* deidentif* non-personal* non-identif* pseudonym* statistic* depersonal*",
    "identify": "identif* identity linked recogni*",
    "publishing": "publish* sell* sold shar* provid* disclos* releas* giv* licen* distribut* available",
    "anyone": "partner* advertis* third-part* third vendor* parties others public investor* sponsor* client* affiliat*",
    "change": "chang* modif* amend* updat* revis* alter* adjust* version*",
    "effective": "effective effect force apply applies binding valid",
    "posted": "post* publish* upload* put place* appear* online page site website",
    "submitting-of": "submission provision registration disclosure entry use",
    "keep-going": "keep keeps keeping leave remain stay continue",
    "purpose-other": "purpose* reason reasons ends uses need needs operation operations activities functions matters endeavo*",
    "wide": "internal business commercial various miscellaneous lawful any",
    "another": "another other",
    "reason": "reason reasons ground grounds",
    "conduct-of": "conduct running administration management furtherance",
    "general": "general ordinary normal own",
    "to-it": "to",
    "any-other": "any whatever",
    "choose-right": "right rights",
    "with-whom": "with which who whom whose",
    "dealings": "business relationship* deal dealings dealing cooperate* cooperat* partner* work collaborat*",
    "from": "from by",
    "passing": "pass passes passed suppl* send sends sent give gives given provid* furnish* tell tells forward* report* refer*",
    "to-us": "us",
    "others": "others third-parties someone somebody friends people parties colleagues",
    "enriching": "enrich* augment* append* supplement* combin* complet* match* merg*",
    "supplied": "suppl* provid* bought purchas* furnish*",
    "customer-said": "you your customer* client*",
    "not-needed": "not_needed not_required not_necessary isn't_needed no_need",
    "minimum": "minimum shortest least minimal",
    "needed": "needed required necessary need require",
    "without-any": "without",
    "delay": "delay delays hesitation",
    "undue": "undue",
    "with-a": "with",
    "priority": "priority speed haste urgency dispatch",
    "immediate": "immediate instant swift quick rapid",
    "in-our-hands": "in_our with_us",
    "legal-measure": "legal appropriate reasonable",
    "at-risk": "at_risk",
    "fall": "fall falls",
    "reach": "reach reaches",
    "everything": "everything all",
    "power": "power ability possible can",
    "always-time": "at_all_times always constantly round_the_clock permanently",
    "from-against": "against from",
    "only-you": "only_you only_be nobody_but only_yourself",
    "only-by": "only_by by_nobody_but",
    "all-of": "all any full",
    "exempt": "exempt exempted released discharged excused free relieved",
    "liability": "liability liabilities responsibility obligation claims",
    "to": "to into",
    "to|with": "to with",
    "business-thing": "business company assets asset division operations ownership stock shares unit control merger",
    "business-word": "business company assets asset division operations ownership stock shares unit control financing",
    "case-of": "case event during connection if should course result part",
    "new-thing": "new_owner new_entity new_company successor* buyer* acquirer* purchaser* assignee*",
    "moving-data": "transfer* stor* process* sent send access* transmit* maintain* move moved host* held handled",
    "handler": "provider* supplier* partner* vendor* subcontractor* processor* contractor* affiliate*",
    "process-word": "process* store* handle* keep* host* access* operat* located",
    "countries-word": "countries country jurisdictions territories",
    "lower": "lower weaker less lesser fewer no inadequate",
    "understand": "understand learn know see study",
    "preferences": "preferences interests behavior behaviour habits use",
    "compile": "compile gather collect produce build",
    "learn": "learn see know understand find",
    "popular": "popular visited clicked",
    "of": "of that about",
    "unlawful": "unlawful illegal criminal fraudulent improper wrongdoing",
    "improper": "improper unethical inappropriate objectionable illegal questionable harmful",
    "of-whom": "of",
    "company-word": "company group others business provider ours",
    "not-identify": "not never cannot",
    "statistics-word": "statistics statistical demographics trends metrics",
    "without-identity": "not without never",
    "identity-word": "identity identities",
    "partner-word": "partner* advertis* third-part* third vendors networks",
    "cookie-word": "cookie* beacon* pixel* tag tags",
    "only-word": "only",
    "elected": "elect* chosen opted asked requested subscrib*",
    "receive-word": "receive it them get",
    "as-if": "as if where",
    "as-well": "as_well_as along_with together_with plus",
    "regarding": "treat* regard* consider* taken deem* view* constru* understood",
    "as-of": "as to",
    "acceptance": "accept* agree agreed agreement consent* assent* approv*",
    "hereby": "hereby thereby herewith automatically",
    "such": "such",
    "as-word": "as that which",
    "numerous": "numerous many several countless multiple a_number_of",
    "other-word": "other others",
    "as-long": "as_long_as so_long_as for_as_long until_we",
    "reason-word": "reason reasons interest serves serve use useful purpose need needs want wish",
    "how-long": "how_long period duration length retention",
    "depends": "depend* vary varies determined",
    "serve": "serve serves",
    "assure": "assur* promis* guarant* warrant* pledge*",
    "safe-word": "safe secure confidential* private privacy protected security secrecy",
    "superlative": "safest strictest strongest toughest highest best finest greatest tightest securest most",
    "hands": "hands security protection safety encryption standards privacy",
    "immune": "immune impervious invincible unassailable",
    "hacker": "hacker* attack* intruder* criminal* intrusion* thieves",
    "beyond": "beyond out_of",
    "reach-word": "reach grasp",
    "accountable": "accountable responsible liable answer answerable blame blamed responsibility liability",
    "cont-abroad": "continents borders overseas globe",
    "continent": "continent* countries regions",
    "places": "places parts corners locations",
    "world": "world globe",
    "countries": "servers countries country jurisdictions territories nations",
    "lower-word": "without lacking lower weaker less",
    "adequate": "adequa* protection",
    "asking-they": "ask asks request* inquire* want* demand*",
    "whenever": "whenever if when",
    "proper": "proper advisable expedient fit best right prudent",
    "we-deem": "we_deem we_think we_consider we_find we_see we_regard we_believe we_feel company_finds company_considers company_deems it_considers it_deems",
    "erase-verb": "delet* eras* remov* copy copies correct* rectif* opt_out object* access withdraw* revok* restrict* unsubscrib* portability cancel*",
    "not-allowed": "not_possible not_be not_supported not_available not_accepted not_honored not_honoured not_granted impossible cannot can_not not_permitted not_allowed not_entertained",
    "obligation": "obligation right duty way option entitlement",
    "no-word": "no",
    "right-use": "opt_out opts_out opting_out complain* objects objecting erase erasure delete deletion close withdraw* refus* exercis* object",
    "losing": "lose loses lost forfeit* void expire* higher extra terminat* suspend* surcharge downgrad* cancelled slower penal*",
    "fax": "fax faxed letter post mail notar* certified registered courier person",
    "must-word": "must have_to required need only",
    "show": "show shown shows display* tell tells read look_up see sees dictate",
    "password": "password passwords passphrase",
    "login-data": "password passwords username usernames credentials login access_data log-in",
    "saving": "save saves saved keep keeps kept store stores stored hold holds held remember* contain* record* write*",
    "while-word": "while during",
    "sending": "sent sending transmitted transmission transit transferred",
    "encrypt": "encrypt*",
    "we-think": "we_think we_consider we_deem we_believe we_find",
    "monetise": "moneti* commerciali*",
    "commission": "commission fee fees payment money remuneration compensation royalt*",
    "machine": "artificial_intelligence ai algorithm* automat* machine software model system profile computer",
    "judge": "judge* judging decide* assess* evaluat* score* scored rate rates rank* classify grade* trustworth* determine*",
    "person-word": "customer* user* you visitor* applicant* sign-up* signup* order* account*",
    "buy": "buy buys bought purchase purchases purchased rent rents licence license",
    "market-data": "marketing lists leads contact prospect*",
    "external": "external public publicly outside commercial third-party",
    "check-verb": "check checks look_up compare compares match matches verify search enrich*",
    "publicly": "publicly_available publicly_accessible public_sources public_records public_registers",
    "trend": "trend trends statistical reports statistics insights benchmarks",
    "biometric": "fingerprint* biometric* retina* iris* facial selfie palm",
    "understood": "understood presumed assumed",
    "requirements": "requirements needs wants demands",
    "company-of": "company business our",
    "any-further": "further additional",
    "illustrative": "illustrative non-exhaustive exemplary not_exhaustive indicative",
    "our-need": "requirements needs business operational circumstances type",
    "to-word": "to against",
    "the-word": "the any",
    "but-word": "but except other_than besides",
    "never-word": "never",
    "be-word": "be",
    "all-word": "all every",
    "keep-out": "keep_out prevent exclude stop guarantee ensure",
    "sole-word": "sole solely entire entirely full",
    "unauthorised": "unauthori* breach* access disclosure leak*",
    "prospective": "prospective potential possible actual",
    "firm": "firm company business provider",
    "is-word": "is are be gets was",
    "bought": "purchased bought acquired sold",
    "insolven": "insolven* bankrupt* liquidat* receivership",
    "dispose": "dispos* sell sold transfer*",
    "takes-over": "takes_over take_over acquires",
    "share-word": "share shares access process*",
    "cross": "cross crosses travel* leave*",
    "they-word": "they it officials",
    "customer-data": "customer customers user users",
    "do-it": "honor* honour* grant* accept* process* entertain* support* possible deleted erased removed revoked withdrawn",
    "account-word": "account* profile* data information record* once",
    "not-possible": "not_possible impossible no_way",
    "consent-word": "consent permission authorization",
    "withdrawn": "revoked withdrawn retracted cancelled revoke withdraw",
    "who-word": "who that if",
    "pay-word": "pay pays charged",
    "higher": "higher more extra",
    "message": "message mail e-mail email letter phone sms chat telephone",
    "look-up": "look_up look",
    "your-word": "your the a their",
    "cookie": "cookie cookies",
    "where-word": "where when if",
    "give": "give provide pass share sell",
    "contact-data": "data information contact details",
    "by-machine": "by using with automatically through",
    "if-word": "if",
    "from-word": "from",
    "restructuring": "restructur* reorgani* amalgamat* succession",
    "to-judge": "judge judging rate score rank assess evaluate decide predict",
    "means-word": "means ways efforts",
    "safe-keeping": "keep protect secure safeguard",
    "send-word": "send sends sent receive",
    "mail-word": "e-mail email e-mails emails mail mailings messages",
    "news-word": "news event events announcements happenings",
    "inform-word": "announce announcing",
    "sensitive-data": "card cards bank payment financial sensitive password passwords",
    "not-notify": "not_notify not_inform not_tell not_announce without_notice without_telling no_notice without_notifying "
    "not_send not_e-mail not_email not_alert not_give_notice",
}

CHINESE: dict[str, tuple[str, ...]] = {
    "visiting": (
        "使用",
        "登录",
        "登陆",
        "浏览",
        "访问",
        "注册",
        "点击",
        "下单",
        "购买",
        "进入",
        "继续",
        "提交",
        "勾选",
    ),
    "plain-use": ("使用", "登录", "浏览", "访问", "继续"),
    "meaning": ("视为", "视同", "表示", "表明", "意味", "代表", "认为", "等同", "构成", "认定"),
    "agreeing": ("同意", "接受", "认可", "授权", "认同"),
    "asking": ("征得", "单独同意", "勾选", "明示", "撤回"),
    "refusing": ("不会", "不得", "无法", "不能", "不"),
    "using": ("使用", "用于", "处理"),
    "change": ("修改", "更新", "修订", "变更", "调整"),
}


def _sorted() -> tuple[dict[str, set[str]], dict[str, set[str]], dict[str, list[tuple[list[str], str]]]]:
    exact: dict[str, set[str]] = {}
    stems: dict[str, set[str]] = {}
    phrases: dict[str, list[tuple[list[str], str]]] = {}
    for label, listed in (*_ENGLISH.items(), *CONCEPTS.items()):
        for word in listed.split():
            if "_" in word:
                parts = word.split("_")
                phrases.setdefault(parts[0], []).append((parts, label))
            elif word.endswith("*"):
                stems.setdefault(word[:-1], set()).add(label)
            else:
                exact.setdefault(word, set()).add(label)
    return exact, stems, phrases


_EXACT, _STEMS, PHRASES = _sorted()
_SHORTEST = 3


@lru_cache(maxsize=8192)
def labels(word: str) -> tuple[str, ...]:
    """The kinds that a lower-case word belongs to."""
    found = set(_EXACT.get(word, ()))
    for end in range(_SHORTEST, len(word) + 1):
        found |= _STEMS.get(word[:end], set())
    return tuple(sorted(found))
