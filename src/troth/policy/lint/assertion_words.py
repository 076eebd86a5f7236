"""The words of assertions by kind: acts, kinds of data, parties, purposes, conditions.

Written as `word_kinds` reads them: a star ends the beginning of a word, "_" joins words that stand in a row.
"""

from __future__ import annotations

ACTS: dict[str, str] = {
    "share": "share shares shared sharing disclos* pass passes passed passing give gives given giving hand hands handed handing transfer* forward* provide provides provided providing releas* reveal* exchang* supply supplies supplied supplying divulg* circulat* furnish* expose* available surrender* distribut* goes_to go_to send sends sent trade trades traded outsourc* name_the swap swapped rent rented let_out lend lends lent turn_over turned_over turns_over communicated sharing entry_is_forwarded",
    "sell": "sell sells sold selling rent rents rented renting leas* moneti* trade trades traded trading sale licens* commerciali* licensing",
    "publish": "publish publishes published publishing display displayed displays shown posted listed looked_up appear appears visible searchable",
    "collect": "collect* gather* record records recorded recording obtain* receive receives received captur* acquir* ask asks asked "
    "request requests requested log logs logged logging measure* read reads tracks track register registers save saves "
    "saved buy buys bought purchase purchases purchased require requires required store stores stored process processes processed "
    "processing supplement* deriv* infer infers inferred monitor* know knows learn learns placed upload uploads uploaded sent "
    "detect* note notes scan* get gets harvest* accept accepts take takes retain retains retained held want wants count counts embed* "
    "compil* query queries pull pulls add adds added keep keeps keep_a_record identify identifies identified loads tells_us tell_us "
    "enter entered include includes access accesses accessed",
    "gather": "collect collects collected collecting gather gathers gathered gathering record records recorded recording store stores stored log logs logged save saves saved captur* harvest* keep keeps kept obtain* receive receives received process processes processed upload uploads uploaded know knows acquire* enter enters entered",
    "keep": "keep keeps kept keeping retain* store stores stored storing storage hold holds held save saves saved archiv* preserv* "
    "remain remains remained stay stays maintain* on_file persist* live lives cache* stockpil* warehous*",
    "erase": "delet* eras* wipe wiped wipes wiping destroy* destruct* remov* purg* discard* overwrit* gone expung* disappear* cleared "
    "scrub* shred* dispos* anonymis* anonymiz* vanish* dropped",
    "use": "use uses used using process processes processed processing utilis* utiliz* employ employs employed analy* evaluat* put_to serve serves exploit* need needed required handle* handling feed feeds fed take_into study studied mine mines mined",
    "contact": "contact contacts contacted contacting email emails emailed e-mail e-mails e-mailed mail mails mailed ring rings call calls called phone telephone write writes send sends sent sending receive receives received get gets reach reaches hear text texts texted solicit* approach* mailings notify notified go_to goes_to",
    "advertise": "advertis* promot* market markets marketed marketing solicit* target targets targeted tailor*",
    "track": "analytics track tracks tracked tracking follow follows followed following profil* trac* remarket* retarget* recognis* recogniz* monitor* observ* watch watches watched segment* scor* surveil* assign* measure measures count counts",
    "decide": "decide decides decided deciding decision decisions declined decline scored score blocked rejected approved suspended rated assess* judged judge locked screened",
    "look": "read reads reading look looks looking open opens opened view views viewed viewing see sees seen access accessed accesses accessing inspect* scan scans scanned monitor* review* log_in logs_in log_into moderat* screen* examin* peek* listen* filter filters filtered watch intercept* compared",
    "act-on": "remove removes removed delete deletes deleted block blocks blocked take_down taken_down reject rejects rejected disable* "
    "not_delivered filtered",
    "move": "transfer* leav* left move* moved stor* process* host* export* sent replicat* copied copy held kept remain* stay* goes go "
    "handled maintained mirror* transit run runs backed resid* accessed located provided flow flows travel* sit sits",
    "tell": "notif* inform informs informed informing tell tells told telling announc* let_you_know warn warns warned report reports reported advise advised hear alert* send write written",
    "charge": "charge charges charged cost costs pay paid payable subject_to apply applies enclose bill",
    "encrypt": "encrypt* tls ssl scrambled cipher* encod*",
    "protect": "secure secured secures secur* safe safely safeguard* protect* guarantee* warrant* ensure* back_up backed_up",
    "answer": "answer answers answered answering respond* response* repl* dealt deal handle handled carried_out completed honoured honored "
    "processed acted made take takes reach reaches",
    "combine": "combine combines combined combining merge merges merged merging matched match_up linked tied correlate* cross-referenc* kept_separate keep_separate pooled associate associated link",
    "identify": "identif* recognis* recogniz* traced tied linked link personally tell_us_who know_who says know_which recognise find_out "
    "tell see_who single_out",
    "train": "train trains trained training fine-tun* learn learns fed feed improve improves improving",
    "ask": "ask asks asked asking request requests requested require requires required include enter demand demands need needs want"
    " asks",
    "refuse": "refuse refuses refused decline declines deny denies denied reject rejects rejected",
    "set": "set sets use uses used using place places placed placing store stores stored put puts drop drops deliver* serve serves employ employs entered added subscribed",
    "work": "use uses used using work works run runs open available access accessed supply supplied provide provided served offered function functions enter create involve involved involves",
    "agree": "agree agrees agreed consent consents consented accept accepts accepted authoris* authoriz* deemed",
    "withdraw": "withdraw withdraws withdrawn revoke* revok* take_back retract* cancel*",
    "allow": "allow allows allowed allowing permit permits permitted permitting let lets",
    "limit": "limit limits limited restrict restricts restricted confine confined reduce",
    "export": "export exports exported download downloads",
    "bind": "bound responsible liable answerable accountable responsibility liability require requires oblige obliged must influence binding become becomes",
    "change": "chang* revis* amend* modif* update* updat* alter* alters apply applies applied affect affects",
    "describe": "describe* explain* cover* set_out state* stated lists",
    "reset": "restore restores reset recover recovers",
    "send-it": "send sends sent e-mail_it email_it email_you e-mail_you mail_it tell tells contains look_up",
    "log": "log logs logged logging record records recorded recording keep_a_record saved save",
    "know": "know knows see sees view look_up",
    "register": "register registers registration sign_up create_an",
    "censor": "censor censors censored",
    "liable": "liability warrant",
    "have": "have has carry carries contain contains show shows display displays is are",
    "need": "need needs require requires",
    "do": "done happens happen do_it nothing_is_done",
    "close": "close closes closed closing",
    "cover": "cover covers applies apply relates",
    "respect": "honour honor respect respects respond responds obey obeys follow react reacts",
    "check": "check checks checking verify verifies verified",
    "review": "review reviews reviewed",
    "retroactive": "retroactive retroactively",
    "lose": "reduce reduces lessen lessens restrict restricts weaken* curtail* diminish* limit limits",
    "get": "reach reaches get gets",
    "handle": "handle handled treat",
    "include": "include includes contain contains comprise comprises consist means mean treat treats treated",
    "back": "back",
    "accept-it": "accept accepts decline declines block refuse reject disable",
    "grant": "granted grant grants",
    "request": "ask asks asked request requests requested require requires",
    "point": "identify identifies",
    "treat-as": "treat treats regard regards consider",
    "profile-it": "build builds create creates compile compiles draw set use",
    "obtain": "receive receives received obtain obtains get gets have_access has_access gain given",
    "supply": "supplied supply delivered deliver served serve place places placed",
    "see-visit": "see allow allows",
    "hold": "collect collects collected collecting gather gathers gathered gathering record records recorded recording store stores stored log logs logged save saves saved captur* harvest* obtain obtained know knows on_file keep kept",
    "join": "combine combines combined combining merge merges merged merging matched linked tied match correlate*",
    "control": "controlling control edit edits screen screening",
    "amend": "chang* revis* amend* modif* updat* alter* take_effect effective delete add",
    "apply": "apply applies binding",
    "own-tell": "tell telling reveal revealing identify give giving register registering",
    "procure": "obtain obtains obtained buy buys bought purchase purchases purchased acquire acquires acquired collect collects collected get gets receive receives supplement supplements",
    "involve": "involve involved work works",
}

THINGS: dict[str, str] = {
    # kinds of data
    "data": "data information informations detail details record records particulars pii profile profiles content contents file files what_you anything everything entry entries preferences database",
    "personal": "personal personally your customer customers user users member members' private visitor visitors client clients "
    "subscriber* you individual* buyers registrants",
    "email": "email_address* e-mail_address* e-mails email emails e-mail address addresses",
    "phone": "phone telephone number_you mobile ring rings call_you",
    "list": "mailing_list customer_list* member_list lists list addresses names_and_addresses database",
    "name": "name names who_registered registrant identity",
    "ip": "ip",
    "log": "log logs log_data logfile* log_file* server_log* access_log* log_entr* log-in logging",
    "cookie": "cookie* _ga phpsessid",
    "tracker": "pixel* beacon* script scripts tracker* analytics remarketing tracking matomo hotjar share_buttons embedded google_analytics "
    "session_replay",
    "location": "location* gps geolocation whereabouts",
    "card": "card cards payment_data payment_detail* payment_information credit-card bank_detail* payment_method card_number* financial_information financial_data",
    "sensitive": "sensitive special_categor* health religio* political politic* ethnic* racial sexual biometric* fingerprint* facial medical "
    "allerg* genetic union",
    "content": "content contents files file message* e-mails mail mailbox* conversation* chats photo photos document* stored servers server websites posts vault communications storage images prompts workspace material e-mail tickets correspondence hosted_websites",
    "password": "password* passphrase* credential* login_data",
    "child": "child children child's children's minor minors kid kids kids' pupil* student* teen* under-13s under-13 youngster* juvenile* "
    "infant* underage under_16 under_13 under_18 under_14 under_the_age below_the_age years_of_age below_18 thirteen persons_under "
    "anyone_under under_thirteen",
    "usage": "usage behaviour behavior browsing clicks pages clickstream movements habits activities visit visits surf* page_views "
    "interests viewed what_you_buy buy histor* cookie_data",
    "backup": "backup* archive archives residual",
    "identifier": "number identifier* id ids device_id user_id serial uuid unique user_name registration_data account",
    "account": "account accounts profile registration former_customer* former_user* customers_who_have_left",
    "bill": "invoice* accounting bookkeeping tax financial_records",
    "candidate": "applicant* candidate* cv cvs application_document* resum* applicants",
    "enquiry": "enquir* contact_form inquir* ticket tickets transcript* chat chats conversation* support_ticket*",
    "stat": "statistic statistics aggregate* aggregated non-personal de-identified anonymised anonymized anonymous identify_nobody "
    "identifies_nobody",
    # how much
    "all": "all any every everything anything each whole entire entirely whatsoever whatever anybody anyone nobody nothing complete "
    "fully completely always",
    "only": "only solely exclusively strictly merely alone sole purely just limited_to restricted_to confined_to entirely exclusive nothing_else",
    # parties
    "anyone": "third 3rd third-part* anyone anybody somebody others nobody no-one outsider* outside external everyone else another "
    "other_compan* other_organi* other_firms other_business* other_people other_parties",
    "partner": "partner* affiliat* subsidiar* sister parent_company sponsor* merchant* reseller* manufacturer* brands associates firm firms "
    "companies organisations organizations businesses retailers insurer* agencies institutions charit* sister_compan* other_compan* "
    "group_compan* outside_compan*",
    "ad-party": "advertiser* ad_network* ad-network* marketer* broker* advertising_network* marketing_agenc* advertising_partner* advertising_compan* ad_compan* ad_server* market_researcher* data_broker* third-party_ad* advertising_networks sponsors sponsor market_researchers",
    "helper": "provider* processor* supplier* subcontractor* contractor* courier* bank banks vendor* google facebook amazon stripe "
    "zendesk mailchimp twitter youtube paypal recaptcha freelancer* agents meta microsoft aws salesforce hubspot intercom hotjar "
    "sub-processor* subprocessor* carrier* intermediar*",
    "authority": "police authorit* government* law_enforcement officials investigator* agency agencies prosecutor* ministr*",
    "merged": "merger* merg* acquired acquisition takeover sale_of sold_with sold buyer* new_owner* another_owner bankruptcy "
    "insolvency assets asset",
    "asset": "asset assets customer_list* property customer_information customer_data",
    "members": "other_members other_users other_customers members",
    "own-staff": "employees staff own_employees own_staff team",
    "you-word": "you user users customer customers visitor visitors member members everybody subscriber*",
    # purposes
    "marketing": "marketing advertis* promot* offer offers newsletter* deal deals specials special_deal* direct_mail mailings solicit* campaign* upgrade* unsolicited commercial_communication* advert* news new_products special_promotions sales commercials products_that goods spam interest_you pitches market",
    "ads": "ad ads advertising advertisement advertisements banner banners commercials admob adsense sponsored",
    "tailored": "interest interests interest-based personalis* personaliz* matching match behaviour behavior remarketing retargeting "
    "viewed targeted relevant basis_of tailored visited",
    "other-purpose": "new_purpose* other_purpose* any_purpose any_new new_uses unanticipated other_reasons new_way new_ways not_listed "
    "without_stating business_lines useful_to opportunities own_purposes additional_purpose* further_purpose* other_uses "
    "other_ends unforeseen any_other_purpose new_use",
    "undescribed": "not_listed not_previously not_described without_stating not_mentioned unanticipated not_disclosed",
    "nothing-else": "nothing_else anything_else any_other other_use for_anything any_purpose nothing_more other_purpose* anything_other other_than except not_except",
    # manners and times
    "any-time": "any_time any_moment from_time whenever_we at_will whenever_you",
    "policy": "policy statement notice document page terms version change changes revision* amendment* modification* update updates",
    "changing": "chang* revis* amend* modif* updat* alter* new_version altered alter",
    "close": "close closes closed closing cancel* terminat* contract_ends ends end former unsubscrib* left expir* after_you following "
    "departed empty",
    # conditions
    "consent": "consent* permission agree* agreed opt_in opt-in opted_in you_allow authoris* authoriz* approval subscribe* sign_up signed_up tick_the tick ticks opt-ins expressly invite* requested your_request if_you_choose you_choose confirming",
    "law": "law laws legally court subpoena* warrant statut* obliges compels compel judge binding legal_order",
    "own-view": "we_believe we_think we_consider our_judgement our_judgment our_discretion sole_discretion necessary_to_protect our_interests deem* advisable deem_it our_reputation upon_request good_faith our_opinion see_fit justified our_view protect_our_rights protect_our_interests protect_our_property protect_the_rights defend_our_rights protect_or_defend protect_us is_appropriate be_appropriate consider_appropriate deem_appropriate necessary_or_appropriate or_appropriate that_this",
    "request": "request requests requested asks demand inquiries",
    "exception": "except unless other_than otherwise save_for apart_from subject_to excluding exception* besides described_below listed_below set_out_below as_described following_cases ways_different different_from in_ways as_noted as_disclosed not_disclosed_in",
    "third-site": "linked_websites linked_sites these_websites such_websites those_websites these_sites such_sites third-party_websites third-party_sites third_party_websites third_party_sites those_sites",
    "secret": "confidence confidential confidentiality secret private secrecy between_you",
    # places
    "abroad": "abroad overseas foreign india philippines usa america united_states u.s singapore manila worldwide global* third_countr* cross-border virginia california other_countries states china pakistan ukraine vietnam",
    # matters of single kinds
    "excess": "excessive repetitive unfounded additional further_copies",
    "anonymous": "anonym* non-identif* nameless identif* who_you_are who_are identifies_nobody personally individual personal",
    "merge-free": "separate",
    "breach": "breach* incident* leak* intrusion* security_incidents",
    "visitor-free": "browse browsing visit visiting our_pages our_site our_tools surf use_our read_our look_around",
    # further matters
    "access": "access accessed",
    "anonymous-word": "anonymous anonymously identifies_nobody nameless non-identifying non-personal not_identify nobody nothing_about",
    "copies": "copies copy residual backups backup",
    "copy": "copy copies",
    "free-of": "free_of without no do_without",
    "nobody": "nobody no-one nothing never",
    "only-you": "only_you you_alone nobody_but_you yourself_alone",
    "sharp-id": "user_id device_id user_name by_name e-mail_address email_address registration_data your_account unique_identifier unique_number serial your_name",
    "identity-free": "truncated shortened anonymised anonymized",
    "consent-word": "consent acceptance accept agree",
    "doc": "policy statement notice document page terms version",
    "rights-word": "access rights request requests copy correction deletion data erasure",
    "free-word": "free_of no_cost cost_you_nothing not_charge gratis without_charge at_no costs_you_nothing cost_nothing without_cost",
    "irrevocable": "irrevocabl* cannot_be_withdrawn cannot_be_revoked",
    "past": "already before earlier previously whenever in_our_possession retroactive* collected_before when_it_was when_it_is now",
    "account-thing": "account accounts profile content data information posts",
    "hard": "letter fax post only_be no_other_way written cannot deactivated inactive",
    "dnt-word": "do_not_track dnt",
    "permission": "permission permissions",
    "fee-limits": "excessive repetitive",
    "others": "others other quoted",
    "no-duty": "no_obligation not_obliged discretion whether under_no_obligation no_obligation_to under_no",
    "own-choice": "discretion whether_to",
    "policy-old": "in_force_when under_the_policy_in policy_under_which",
    "all-visitors": "all_visitors every_visitor everyone whatever visitors",
    "machine-readable": "machine-readable",
    "own-marketing": "marketing advertising promotional",
    "fee-amount": "fee_of fee_applies handling_fee administration_fee fee euros cheque",
    "no-fee": "not_charge no_fee no_charge no",
    "tell-word": "inform notify tell",
    "elsewhere-site": "other_websites other_sites external_websites other_services",
    "site-words": "link links linked policies practices responsible privacy control own",
    "alone-word": "on_its_own by_itself alone_cannot own_cannot by_themselves themselves",
    "who-word": "who person company_a",
    "it-word": "it them",
    "paid-version": "paid_version paid_plan premium paying",
    "free-version": "free_version free_plan trial",
    "order-thing": "order orders invoices",
    "cookie-thing": "cookie cookies analytics",
    "no-word": "no none",
    "aim-word": "aim aims strive strives committed commitment",
    "personal-account": "account personally personal customer_account profile names database accounts",
    "machine-thing": "browser computer device machine",
    "cases": "some_cases certain_cases may_not_be_able cases that_is_necessary that_are_necessary legal_obligation",
    "past-data": "already collected_before retroactive* earlier before previously gather_now whenever",
    "new-text": "new_policy new_version revision new revised in_effect",
    "ever": "never any ever it whatsoever",
}
