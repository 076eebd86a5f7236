"""Words of privacy policies by what they are about, for `meetings`: what people do, what happens to them, and how.

Written like `meanings`: a star stands for all words that begin so, an underscore joins words that follow each other.
"""

from __future__ import annotations

CONCEPTS: dict[str, str] = {
    "break": ". ; :",
    # people and their choices
    "stopping": "be_taken_off be_removed_from end_these stop_our stop_promotional stop_marketing stop_receipt cease_receiving discontinue_receiving no_more_mail no_more_e-mails leave_the_list get_off_our get_off_the unsubscription not_want_us not_want_e-mails not_wish_e-mails opt_out opt-out opt-outs opts_out opting_out unsubscrib* stop_receiving stop_getting stop_sending stop_mailings stop_these "
    "stop_such not_wish_to_receive not_want_to_receive not_like_to_receive not_wish_to_be_contacted don't_want_to rather_not no_longer_wish "
    "no_longer_want removed_from remove_your_name remove_you remove_yourself removal taken_off deleted_from decline_to_receive "
    "not_to_receive not_be_contacted not_wish_us object_to_marketing withdraw_consent withdraw_your_consent revoke_your_consent",
    "ending-consent": "withdraw* revok* retract* take_back cancel_your_consent",
    "consent-noun": "consent* permission authori*",
    "closing-account": "close_your_account account_closed accounts_closed account_be_closed account_can_only_be_closed accounts_can_only_be_closed "
    "delete_your_account cancel_your_account account_deleted account_cancelled close_an_account closed_by",
    "staff": "administrators admins moderators technicians personnel_can support_personnel staff employee* personnel agent agents technician* administrator* engineer* operator* representative* team support",
    "by-paper": "reply_card card_by return_card written_letter signed_request signed_letter hand_delivery telegram registered_letter certified_mail post letter letters postal fax faxing facsimile by_mail registered_mail courier write_to write_us_at writing_to_us_at",
    "by-voice": "dial hotline office_hours business_hours customer_care_between call calling telephone telephoning phone phoning ring in_person visit_our_office",
    "oblige": "must required need needs require requires only shall necessary have_to has_to obliged can_only",
    "id-paper": "passport* identity_card id_card id identification driver's licence license notari* notary certified_copy",
    "strange-proof": "notarial legalised legalized certified_passport witnessed notari* notary certified_copy notarised notarized sworn affidavit apostille",
    "long-wait": "weeks months 30_days 45_days 60_days 90_days thirty_days forty-five_days sixty_days ninety_days 30_business 20_business",
    "using-right": "compile compiling provide providing retrieving access cop* correct* rectif* amend* delet* eras* remov* request* disclosure portability object*",
    "asking-right": "withdrawal entitlement may_be_requested can_be_requested ask_us ask_for be_had demand obtain ask asks request requests requested requesting right rights entitled apply application",
    "seldom": "once_a_year once_per_year once_a_month once_every twice once_in every_twelve_months per_calendar_year annually once_only one_time_only",
    "bad-data": "incomplete incorrect inaccurate outdated wrong erroneous no_longer_accurate not_accurate out_of_date",
    "erasing-mine": "delet* eras* remov* purg* destroy* destruction",
    "if-practical": "technically_possible technically_feasible feasible_for practicable_for reasonably_practicable practical_for where_this_is is_practical is_feasible is_practicable where_practical if_practical practicable where_feasible if_feasible where_possible if_possible where_it_is_practical "
    "when_practical reasonably_possible commercially_reasonable technically_feasible where_it_is_practicable",
    "conditional": "month's_notice week's_notice weeks'_notice notice_of subject_to_notice prior_written a_notice legal_or_contractual contractual_restrictions contractual_or_legal reasonable_notice provided_that prior_notice days'_notice "
    "notice_period months'_notice contractual_limits contractual_limitations",
    "turn-down": "not_answer not_comply not_respond not_process not_provide withhold dismiss refus* declin* reject* den* turned_down turn_down not_honor not_honour not_grant ignore disregard",
    "own-reasons": "in_our_view in_our_opinion commercial_reasons operational_reasons commercially inappropriate unnecessary trivial onerous not_worth unjustified unreasonable inconvenient burdensome impractical business_reason business_reasons business_purposes "
    "we_consider we_deem we_believe we_think we_feel disruptive frivolous vexatious disrupt* discretion",
    "fee-word": "bill billed invoice reimburse pays pay gbp hk expense expenses fee fees a_charge small_charge charge charges charged chargeable payment cost costs eur euro euros usd dollars",
    "mine": "your you their his her",
    "information-word": "data information details records record profile",
    # other people
    "other-person": "everyone's everybody somebody's third_persons relatives relative family_members household staff workers contacts colleagues those_persons end_users end-users visitors recipients neighbours participants members people third_party third_parties third_person third_persons third-party third-parties friend friends friend's colleague* employee* other_people other_person other_persons others "
    "other_individual other_individuals another individual* family someone somebody everyone whoever persons people data_subject data_subjects spouse staff recipients "
    "customers contact_person contact_persons",
    "vouching": "up_to_you your_responsibility your_duty see_to it_is_for_you you_have_everyone promise pledge vouch verify attest responsible_for it_is_your responsible_to represent represents warrant warrants confirm confirms guarantee guarantees ensure ensures make_sure undertake undertakes "
    "responsible_for_obtaining responsible_for_ensuring responsible_for_informing obtain_the_consent obtain_their obtained_the obtained_their have_obtained obtained_all must_have "
    "you_have_their acknowledge certify assure declare responsible_for_getting",
    "agreed-to": "tell told permission approval consent* permission* authori* informed agreed agree happy entitled approv* notif* aware inform",
    "handing-us": "particulars upload import importing enter contacts details process provid* submi* upload* suppl* giv* gave disclos* enter* name names data information contact* detail* add refer*",
    "you-subject": "you your customer* reseller* client* user* subscriber* registrant* member*",
    "inviting": "address_book friend-referral referral_program referral_programme refer_a_friend share_with_a_friend know_and people_you_know gift invit* refer refers referral referring tell_a_friend tell-a-friend address_book address_books email_a_friend e-mail_a_friend "
    "send_to_a_friend import_your_contacts contact_list contacts_list recommend* refer-a-friend",
    "friends": "people_you_know people you_know them contacts addressee* referee* colleague someone friend friends friend's friends' contacts acquaintance* recipient recipient's colleague* people_you persons_you third_party third_parties whose_address",
    "their-address": "address_book him them her contacts name names email e-mail address addresses e-mails emails details contact phone number numbers",
    "we-take": "them import imports write contact keeps reach add uploads upload collect* store stores stored keep keeps use uses used retain* save saved send sends sent contact automatically",
    # breach
    "breach-word": "hack hacker_attack hacks security_breach leaked stolen data_loss data_theft attack breach* data_breach security_incident incident* compromis* hacked leak intrusion",
    "tell-people": "gets get receives receive e-mail e-mailed written informed announce notif* inform* tell told alert* contact* announce* advis*",
    "fast": "two_hours one_hour one_hours 12_hours 48_hours an_hour a_day same_day one_day two_days few_hours 6_hours 2_hours 4_hours hour hours 1_business 2_business 3_business 5_business 7_business 1_day 2_days 3_days 7_days one_business two_business three_business "
    "five_business seven_business 24_hours 1_working one_working",
    "only-if-ours": "our_fault our_negligence negligen* caused_by_us our_own_fault gross_negligence attributable_to_us responsible_for_it",
    "on-page-only": "status_page our_blog our_website our_site our_page status_site twitter",
    # protection
    "not-do": "no_ssl no_encryption no_firewall no_backups no_antivirus no_certificate not_possess not_install not_maintain not_make_use without_ssl lacks has_no have_no not_protected_by not_protect not_monitor not_use not_perform not_run not_conduct not_carry not_test not_employ not_have not_scan not_encrypt not_currently_use "
    "don't_use don't_test never_test not_need_an not_apply not_implement not_provide not_offer not_operate",
    "control": "disks passwords security_test tests pen-test hardening patches https-only ssl tls https encryption encrypt firewall* malware vulnerabilit* scanning scan scans antivirus penetration weaknesses audit* "
    "certificate backup* intrusion",
    "encrypted-word": "encrypt* ssl tls https secure_socket secure_sockets secured",
    "unencrypted-word": "unencrypted not_encrypted not_be_encrypted without_encryption not_secured in_clear clear_text plain_text not_protected in_the_clear "
    "unsecured non-secure not_use_ssl",
    "rest-word": "other others remaining rest except everything apart non-sensitive",
    "only": "only solely exclusively just",
    "card-word": "card cards payment* financial sensitive password*",
    "secret": "access_data access_codes access_code password passwords passcode pin login credentials secret_question secret_answer security_question",
    "saving-it": "store stored stores hold holds contain contains written write save saved saves remember remembers keeps kept placed",
    "cookie-noun": "cookie cookies",
    "foreign-account": "e-mail_account email_account e-mail_accounts email_accounts other_hosting previous_provider former_provider previous_host banking "
    "social_network facebook twitter ftp cpanel other_accounts other_account gmail another_provider online_banking web_mail webmail",
    "take-in": "collect* ask asks asked request* require* record store stores stored obtain* need include* provide hold",
    "see-word": "learn look_up see sees view views read reads access know knows look reveal visible ask asks",
    # contents and messages of customers
    "private-content": "mailbox mailboxes chats chat letters conversations inbox documents databases private_messages private_areas uploads e-mails emails messages communications private_messages content contents files communication chats mailboxes e-mail email",
    "watching": "look_into look_at looking open opens opened scrutin* listen check checks checking access accesses monitor* inspect* read reads review* scan* examin* intercept* look_at look_into view screen*",
    "right-to": "may reserve reserves right can entitled will",
    "message-noun": "whatever everything material anything message* communication* e-mail e-mails email emails question* comment* submission* transmit* correspondence anything_you material* "
    "information_you",
    "not-secret": "non-confidential not_confidential nonconfidential not_be_confidential not_be_treated_as_confidential not_treated_as_confidential as_public "
    "public_information non-proprietary not_be_considered_confidential no_obligation_of_confidentiality",
    "our-property": "belong_to belongs_to becomes_our become_our own_all owns_all our_exclusive are_ours is_ours proprietary_to shall_own will_own property_rights our_property property_of sole_owner owner_of own_the owned_by owns exclusive_owner exclusive_property sole_property joint_owner "
    "our_sole_property ownership belongs_to_us belong_to_us owners_of",
    "gathered": "tell enter entered type upload uploaded share shared supplied sent write disclose collected gathered obtained submit submitted submissions provide provided provides transmit transmitted received collect gather supply supplied "
    "information_you data_you enter post send",
    "licence": "licence license right_to_use royalty-free perpetual irrevocable worldwide",
    "everlasting": "perpetual irrevocable royalty-free unrestricted",
    # others on the page
    "ad-party": "advertiser* ad_partner ad_partners partners third_party third_parties sponsors ad_servers ad_networks networks affiliates third-party "
    "advertising_company advertising_companies ad_server business_partners",
    "tracker": "cookie cookies beacon beacons pixel pixels tags tracking_technology tracking_technologies trackers",
    "no-hold": "no_influence not_influence not_monitor not_endorse outside_our exclusive_responsibility sole_responsibility no_control not_control no_access not_have_access not_have_control not_cover not_covered no_responsibility not_responsible "
    "disclaim* not_governed not_apply not_have_any_control no_knowledge not_liable neither beyond_our_control not_subject",
    # where people are
    "whereabouts": "coordinates position movements gps_position location_information location-based where_you_are location_of your_location precise_location geolocation gps location_data exact_location location geo-location real-time_location whereabouts",
    "constant": "continually permanently round_the_clock every_few every_minute 24_hours ongoing even_if whenever background at_all_times continuously constantly real-time always all_times even_when periodically",
    "ad-buyer": "advertising advertisers brokers media advertiser* third_party third_parties partners marketers ad_networks",
    "take-place": "sends sent send transmits transmit reports reported knows log logs stores collect* track* determin* record* gather* use share* receive* access* monitor*",
    # joining of data
    "joining": "links linked linking combines pool pooled cross-referenc* integrat* join joined fuse tie tied combin* merg* match* link* append* enhanc* supplement* correlat* enrich* aggregate_it",
    "elsewhere-data": "others social_networks social_network bought_from purchased brokers third-party third-parties publicly offline_purchases offline_data elsewhere outside other_websites other_devices data_bought partner_companies other_companies other_sources third_party third_parties outside_sources offline other_data other_information data_brokers partners "
    "public_databases publicly_available commercially_available other_purposes social_media other_users external_sources other_services",
    # the text
    "this-text": "policy statement notice privacy_policy privacy_statement privacy_notice document",
    "no-right": "creates_no gives_no confers_no creates_neither no_contractual not_legally not_enforceable does_not_give not_give not_grant without_legal no_claim not_a_promise not_a_legal no_binding not_create not_intended_to_create not_confer no_rights not_binding not_a_contract not_form_part no_contract not_intended_to "
    "not_constitute_a_contract no_legal_rights nothing not_create_any not_contractual no_obligation not_legally_binding",
    "legal-claim": "claim claims promise enforceable right rights binding contract contractual obligation* enforce* legal",
    # grounds
    "police": "prosecutors tax_office court_officials state_bodies public_bodies investigators police law_enforcement authorities authority government governmental agencies officials regulators",
    "on-request": "whenever_they when_they if_they whenever_it at_the_request request_them want_it ask_us inquire demand_it asks_us upon_request on_request when_asked that_ask that_asks who_ask who_asks if_they_ask at_their_request when_requested on_demand request_it "
    "that_requests ask_for_it asks_for_it",
    "passing-on": "hand_out give_out released turn turned reveal reveals show share shares shared sharing disclos* provid* give gives given giving hand handed pass passed releas* furnish* transfer* co-operate cooperate sell sold",
    "any-party": "any_third_party any_third_parties any_other_party any_person anyone anybody any_company any_entity any_organization any_organisation any_others",
    "rereading": "look_at look reread browse come_back check_back refer read review check revisit consult reread re-read visit reviewing checking return",
    "this-page": "this_page here page website_for site_for web_site",
    "often": "often_as now_and_then every_now as_often each_time whenever_you every_time again_and_again regularly periodically time_to_time frequently often periodic updates changes latest",
    "customers-sites": "customers'_sites customers'_websites customers'_web clients'_sites clients'_websites customers'_pages customers'_applications "
    "clients'_applications customers'_domains sites_of_our websites_of_our pages_of_our sites_hosted_by websites_hosted_by pages_hosted_by sites_we_host "
    "websites_we_host applications_of_our",
    "onlooker": "visitor* user users people those who end-user* ip_addresses ip_address",
    "noting": "see sees store stores count counts log logs logged collect* record* gather* process* statistics",
    # publicity
    "publish": "posted published appear shown display displayed quote quoted mention mentioned show feature featured publish* post display* list print use feature announce* disclose",
    "your-face": "winners' winner's winners'_names your_comments your_quote your_praise your_reviews photographs photos names_of your_company_name customer's_name customers'_names users'_names your_name your_photo your_picture your_image your_likeness your_logo your_testimonial your_testimonials testimonial* your_company company_name winner* "
    "likeness your_names name_and_logo your_trademarks",
    "promo-place": "our_website our_site our_page social_media newsletters brochures advertisements marketing_materials press_releases website site customer_list reference* publicity marketing promotional press case_studies customer_lists advertising materials winners",
}
