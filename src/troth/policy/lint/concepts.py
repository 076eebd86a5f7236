"""Words of privacy policies by what they are about, for `meetings`: what people do, what happens to them, and how.

Written like `meanings`: a star stands for all words that begin so, an underscore joins words that follow each other.
"""

from __future__ import annotations

CONCEPTS: dict[str, str] = {
    "break": ". ; :",
    # people and their choices
    "stopping": "opt_out opt-out opt-outs opts_out opting_out unsubscrib* stop_receiving stop_getting stop_sending stop_mailings stop_these "
    "stop_such not_wish_to_receive not_want_to_receive not_like_to_receive not_wish_to_be_contacted don't_want_to rather_not no_longer_wish "
    "no_longer_want removed_from remove_your_name remove_you remove_yourself removal taken_off deleted_from decline_to_receive "
    "not_to_receive not_be_contacted not_wish_us object_to_marketing withdraw_consent withdraw_your_consent revoke_your_consent",
    "ending-consent": "withdraw* revok* retract* take_back cancel_your_consent",
    "consent-noun": "consent* permission authori*",
    "closing-account": "close_your_account account_closed accounts_closed account_be_closed account_can_only_be_closed accounts_can_only_be_closed "
    "delete_your_account cancel_your_account account_deleted account_cancelled close_an_account closed_by",
    "staff": "staff employee* personnel agent agents technician* administrator* engineer* operator* representative* team support",
    "by-paper": "post letter letters postal fax faxing facsimile by_mail registered_mail courier write_to write_us_at writing_to_us_at",
    "by-voice": "call calling telephone telephoning phone phoning ring in_person visit_our_office",
    "oblige": "must required need needs require requires only shall necessary have_to has_to obliged can_only",
    "id-paper": "passport* identity_card id_card id identification driver's licence license notari* notary certified_copy",
    "strange-proof": "notari* notary certified_copy notarised notarized sworn affidavit apostille",
    "long-wait": "weeks months 30_days 45_days 60_days 90_days thirty_days forty-five_days sixty_days ninety_days 30_business 20_business",
    "using-right": "access cop* correct* rectif* amend* delet* eras* remov* request* disclosure portability object*",
    "asking-right": "ask asks request requests requested requesting right rights entitled apply application",
    "seldom": "once_a_year once_per_year once_a_month once_every twice once_in every_twelve_months per_calendar_year annually once_only one_time_only",
    "bad-data": "incomplete incorrect inaccurate outdated wrong erroneous no_longer_accurate not_accurate out_of_date",
    "erasing-mine": "delet* eras* remov* purg* destroy* destruction",
    "if-practical": "where_practical if_practical practicable where_feasible if_feasible where_possible if_possible where_it_is_practical "
    "when_practical reasonably_possible commercially_reasonable technically_feasible where_it_is_practicable",
    "conditional": "legal_or_contractual contractual_restrictions contractual_or_legal reasonable_notice provided_that prior_notice days'_notice "
    "notice_period months'_notice contractual_limits contractual_limitations",
    "turn-down": "refus* declin* reject* den* turned_down turn_down not_honor not_honour not_grant ignore disregard",
    "own-reasons": "unjustified unreasonable inconvenient burdensome impractical business_reason business_reasons business_purposes "
    "we_consider we_deem we_believe we_think we_feel disruptive frivolous vexatious disrupt* discretion",
    "fee-word": "fee fees a_charge small_charge charge charges charged chargeable payment cost costs eur euro euros usd dollars",
    "mine": "your you their his her",
    "information-word": "data information details records record profile",
    # other people
    "other-person": "third_party third_parties third_person third_persons third-party third-parties friend friends friend's colleague* employee* other_people other_person other_persons others "
    "other_individual other_individuals another individual* family someone somebody everyone whoever persons people data_subject data_subjects spouse staff recipients "
    "customers contact_person contact_persons",
    "vouching": "represent represents warrant warrants confirm confirms guarantee guarantees ensure ensures make_sure undertake undertakes "
    "responsible_for_obtaining responsible_for_ensuring responsible_for_informing obtain_the_consent obtain_their obtained_the obtained_their have_obtained obtained_all must_have "
    "you_have_their acknowledge certify assure declare responsible_for_getting",
    "agreed-to": "consent* permission* authori* informed agreed agree happy entitled approv* notif* aware inform",
    "handing-us": "provid* submi* upload* suppl* giv* gave disclos* enter* name names data information contact* detail* add refer*",
    "you-subject": "you your customer* reseller* client* user* subscriber* registrant* member*",
    "inviting": "invit* refer refers referral referring tell_a_friend tell-a-friend address_book address_books email_a_friend e-mail_a_friend "
    "send_to_a_friend import_your_contacts contact_list contacts_list recommend* refer-a-friend",
    "friends": "friend friends friend's friends' contacts acquaintance* recipient recipient's colleague* people_you persons_you third_party third_parties whose_address",
    "their-address": "name names email e-mail address addresses e-mails emails details contact phone number numbers",
    "we-take": "collect* store stores stored keep keeps use uses used retain* save saved send sends sent contact automatically",
    # breach
    "breach-word": "breach* data_breach security_incident incident* compromis* hacked leak intrusion",
    "tell-people": "notif* inform* tell told alert* contact* announce* advis*",
    "fast": "hour hours 1_business 2_business 3_business 5_business 7_business 1_day 2_days 3_days 7_days one_business two_business three_business "
    "five_business seven_business 24_hours 1_working one_working",
    "only-if-ours": "our_fault our_negligence negligen* caused_by_us our_own_fault gross_negligence attributable_to_us responsible_for_it",
    "on-page-only": "status_page our_blog our_website our_site our_page status_site twitter",
    # protection
    "not-do": "not_use not_perform not_run not_conduct not_carry not_test not_employ not_have not_scan not_encrypt not_currently_use "
    "don't_use don't_test never_test not_need_an not_apply not_implement not_provide not_offer not_operate",
    "control": "ssl tls https encryption encrypt firewall* malware vulnerabilit* scanning scan scans antivirus penetration weaknesses audit* "
    "certificate backup* intrusion",
    "encrypted-word": "encrypt* ssl tls https secure_socket secure_sockets secured",
    "unencrypted-word": "unencrypted not_encrypted not_be_encrypted without_encryption not_secured in_clear clear_text plain_text not_protected in_the_clear "
    "unsecured non-secure not_use_ssl",
    "rest-word": "other others remaining rest except everything apart non-sensitive",
    "only": "only solely exclusively just",
    "card-word": "card cards payment* financial sensitive password*",
    "secret": "password passwords passcode pin login credentials secret_question secret_answer security_question",
    "saving-it": "store stored stores hold holds contain contains written write save saved saves remember remembers keeps kept placed",
    "cookie-noun": "cookie cookies",
    "foreign-account": "e-mail_account email_account e-mail_accounts email_accounts other_hosting previous_provider former_provider previous_host banking "
    "social_network facebook twitter ftp cpanel other_accounts other_account gmail another_provider online_banking web_mail webmail",
    "take-in": "collect* ask asks asked request* require* record store stores stored obtain* need include* provide hold",
    "see-word": "see sees view views read reads access know knows look reveal visible ask asks",
    # contents and messages of customers
    "private-content": "e-mails emails messages communications private_messages content contents files communication chats mailboxes e-mail email",
    "watching": "monitor* inspect* read reads review* scan* examin* intercept* look_at look_into view screen*",
    "right-to": "may reserve reserves right can entitled will",
    "message-noun": "message* communication* e-mail e-mails email emails question* comment* submission* transmit* correspondence anything_you material* "
    "information_you",
    "not-secret": "non-confidential not_confidential nonconfidential not_be_confidential not_be_treated_as_confidential not_treated_as_confidential as_public "
    "public_information non-proprietary not_be_considered_confidential no_obligation_of_confidentiality",
    "our-property": "our_property property_of sole_owner owner_of own_the owned_by owns exclusive_owner exclusive_property sole_property joint_owner "
    "our_sole_property ownership belongs_to_us belong_to_us owners_of",
    "gathered": "collected gathered obtained submit submitted submissions provide provided provides transmit transmitted received collect gather supply supplied "
    "information_you data_you enter post send",
    "licence": "licence license right_to_use royalty-free perpetual irrevocable worldwide",
    "everlasting": "perpetual irrevocable royalty-free unrestricted",
    # others on the page
    "ad-party": "advertiser* ad_partner ad_partners partners third_party third_parties sponsors ad_servers ad_networks networks affiliates third-party "
    "advertising_company advertising_companies ad_server business_partners",
    "tracker": "cookie cookies beacon beacons pixel pixels tags tracking_technology tracking_technologies trackers",
    "no-hold": "no_control not_control no_access not_have_access not_have_control not_cover not_covered no_responsibility not_responsible "
    "disclaim* not_governed not_apply not_have_any_control no_knowledge not_liable neither beyond_our_control not_subject",
    # where people are
    "whereabouts": "precise_location geolocation gps location_data exact_location location geo-location real-time_location whereabouts",
    "constant": "background at_all_times continuously constantly real-time always all_times even_when periodically",
    "ad-buyer": "advertiser* third_party third_parties partners marketers ad_networks",
    "take-place": "collect* track* determin* record* gather* use share* receive* access* monitor*",
    # joining of data
    "joining": "combin* merg* match* link* append* enhanc* supplement* correlat* enrich* aggregate_it",
    "elsewhere-data": "other_companies other_sources third_party third_parties outside_sources offline other_data other_information data_brokers partners "
    "public_databases publicly_available commercially_available other_purposes social_media other_users external_sources other_services",
    # the text
    "this-text": "policy statement notice privacy_policy privacy_statement privacy_notice document",
    "no-right": "not_create not_intended_to_create not_confer no_rights not_binding not_a_contract not_form_part no_contract not_intended_to "
    "not_constitute_a_contract no_legal_rights nothing not_create_any not_contractual no_obligation not_legally_binding",
    "legal-claim": "right rights binding contract contractual obligation* enforce* legal",
    # grounds
    "police": "police law_enforcement authorities authority government governmental agencies officials regulators",
    "on-request": "upon_request on_request when_asked that_ask that_asks who_ask who_asks if_they_ask at_their_request when_requested on_demand request_it "
    "that_requests ask_for_it asks_for_it",
    "passing-on": "share shares shared sharing disclos* provid* give gives given giving hand handed pass passed releas* furnish* transfer* co-operate cooperate sell sold",
    "any-party": "any_third_party any_third_parties any_other_party any_person anyone anybody any_company any_entity any_organization any_organisation any_others",
    "rereading": "review check revisit consult reread re-read visit reviewing checking return",
    "this-page": "page website_for site_for web_site",
    "often": "regularly periodically time_to_time frequently often periodic updates changes latest",
    "customers-sites": "customers'_sites customers'_websites customers'_web clients'_sites clients'_websites customers'_pages customers'_applications "
    "clients'_applications customers'_domains sites_of_our websites_of_our pages_of_our sites_hosted_by websites_hosted_by pages_hosted_by sites_we_host "
    "websites_we_host applications_of_our",
    "onlooker": "visitor* user users people those who end-user* ip_addresses ip_address",
    "noting": "log logs logged collect* record* gather* process* statistics",
    # publicity
    "publish": "publish* post display* list print use feature announce* disclose",
    "your-face": "your_name your_photo your_picture your_image your_likeness your_logo your_testimonial your_testimonials testimonial* your_company company_name winner* "
    "likeness your_names name_and_logo your_trademarks",
    "promo-place": "website site customer_list reference* publicity marketing promotional press case_studies customer_lists advertising materials winners",
}
