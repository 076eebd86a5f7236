"""What a reviewer says of a sentence that is like marked ones, by the kind that it is most like."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Remark:
    """A kind of mark.

    Attributes:
        label: class and rule.
        said: what is wrong, in plain words.
        hint: what to do.
        law: the articles that ask for it.
    """

    label: str
    said: str
    hint: str
    law: str


REMARKS: dict[str, Remark] = {
    "purpose-open": Remark(
        "open-ended/purpose-open",
        "a purpose that nobody can foresee",
        "name each purpose, and what is done for it",
        "GDPR Art. 5(1)(b), 13(1)(c); PIPL Art. 6; PDPO DPP1(3), DPP3",
    ),
    "recipient-open": Remark(
        "open-ended/recipient-open",
        "recipients that nobody can name",
        "name the recipients or their kinds, with the purpose of each",
        "GDPR Art. 13(1)(e); PIPL Art. 23; PDPO DPP1(3)(b)",
    ),
    "source-open": Remark(
        "open-ended/source-open",
        "data from places that nobody can name",
        "name the sources and what comes from each",
        "GDPR Art. 14(2)(f); PIPL Art. 17; Cal. Civ. 1798.110(c)(2)",
    ),
    "collection-open": Remark(
        "open-ended/list-open",
        "kinds of data that nobody can foresee",
        "name the kinds of data",
        "GDPR Art. 5(1)(c), 14(1)(d); PIPL Art. 6, 17; PDPO DPP1",
    ),
    "retention-open": Remark(
        "undefined-term/retention-vague",
        "no number and no test by which somebody could tell how long data is kept",
        "state a period, or the event that ends it, for each kind of data",
        "GDPR Art. 5(1)(e), 13(2)(a); PIPL Art. 17, 19; PDPO DPP2(2)",
    ),
    "retention-excess": Remark(
        "risky-promise/retention-excess",
        "data is kept longer than any purpose needs",
        "keep what a law or a claim needs, name it, and delete the rest",
        "GDPR Art. 5(1)(c), (e); PIPL Art. 19; PDPO DPP2(2)",
    ),
    "discretion-open": Remark(
        "open-ended/sole-discretion",
        "the company decides by no test that others can check",
        "name the criteria, and a way to object",
        "GDPR Art. 5(1)(a), 12(5); PIPL Art. 50",
    ),
    "answer-vague": Remark(
        "unenforceable/vague-timer",
        "an answer without a day by which it comes, or too late",
        "state days, within what the law allows",
        "GDPR Art. 12(3); PIPL Art. 50; PDPO s. 19; Cal. Civ. 1798.130(a)(2)",
    ),
    "absolute-claim": Remark(
        "unenforceable/absolute-claim",
        "a promise that nobody can keep in every case",
        "say what is done; one incident makes the sentence untrue",
        "GDPR Art. 32; FTC Act s. 5; PIPL Art. 51",
    ),
    "credential-sent": Remark(
        "risky-promise/credential-shown",
        "what proves who somebody is becomes known to others",
        "store only salted hashes, send links that end soon, and ask nobody for a password",
        "GDPR Art. 32; PIPL Art. 51; PDPO DPP4",
    ),
    "consent-implied": Remark(
        "risky-promise/consent-by-use",
        "something else is taken for consent",
        "ask for a clear act, apart from everything else, that can be refused",
        "GDPR Art. 4(11), 7; PIPL Art. 14; PDPO s. 35E",
    ),
    "change-unnoticed": Remark(
        "risky-promise/unilateral-change",
        "the text changes, and those concerned are not told beforehand",
        "announce changes to the people concerned before they apply, and ask for consent where a purpose is new",
        "GDPR Art. 5(1)(a), 13(3); PIPL Art. 14, 17(2)",
    ),
    "rights-obstacle": Remark(
        "risky-promise/optout-burden",
        "using a right is made hard, slow or dear",
        "let people use it the way they signed up, free of charge, within the days of the law",
        "GDPR Art. 7(3), 12(2)-(6); PIPL Art. 15, 50; PDPO s. 19, 28",
    ),
    "rights-penalty": Remark(
        "risky-promise/rights-retaliation",
        "who uses a right loses something",
        "take nothing away for the use of a right",
        "GDPR Art. 7(4), 12(2); PIPL Art. 16; Cal. Civ. 1798.125",
    ),
    "optout-denied": Remark(
        "risky-promise/right-denied",
        "people can not refuse or stop what the law lets them refuse",
        "grant it, or name the exception of the law",
        "GDPR Art. 7(3), 21; PIPL Art. 15, 24, 44; PDPO s. 35G",
    ),
    "sale": Remark(
        "risky-promise/data-sale",
        "personal data is given for something in return",
        "say to whom and for what, ask for separate consent, or stop it",
        "Cal. Civ. 1798.120; PDPO s. 35I-35K; PIPL Art. 10, 23; GDPR Art. 6",
    ),
    "sharing-unlimited": Remark(
        "risky-promise/partner-marketing",
        "who gets the data may do with it what they like",
        "bind each recipient to the purpose by contract, and name them",
        "GDPR Art. 5(1)(b), 28; PIPL Art. 21, 23; PDPO DPP2(3), DPP3",
    ),
    "content-read": Remark(
        "risky-promise/content-monitoring",
        "what customers write, say or store is looked into without a narrow limit",
        "name the occasions, who may look and how it is recorded",
        "GDPR Art. 5(1)(b)-(c), 6; ePrivacy Dir. Art. 5(1); PIPL Art. 6",
    ),
    "authority-informal": Remark(
        "risky-promise/disclosure-open",
        "data is handed out without an order or a test that others can check",
        "ask for a lawful order, check it, and record it",
        "GDPR Art. 6(1)(c), 48; PIPL Art. 13, 41; PDPO DPP3, s. 58",
    ),
    "breach-late": Remark(
        "risky-promise/breach-narrowed",
        "people hear of a breach late, in few cases or not at all",
        "tell the authority and the people concerned of every breach that can harm them, within the days of the law",
        "GDPR Art. 33-34; PIPL Art. 57; PDPA s. 26D",
    ),
    "liability-shifted": Remark(
        "unenforceable/disclaimer-overbroad",
        "responsibility for own data handling is pushed away",
        "answer for what is in your hands; limit only what the law lets you limit",
        "GDPR Art. 82; PIPL Art. 69; PDPO s. 66",
    ),
    "transfer-unsafe": Remark(
        "risky-promise/transfer-undisclosed",
        "data goes to other countries, and no safeguard is named",
        "name the countries, and the decision, clauses or consent for each",
        "GDPR Art. 13(1)(f), 44-49; PIPL Art. 38-39; PDPO s. 33; PDPA s. 26",
    ),
    "automated-alone": Remark(
        "risky-promise/automated-decision",
        "a machine decides alone, and nobody can be asked to look again",
        "explain the logic, and let a person decide on request",
        "GDPR Art. 13(2)(f), 22; PIPL Art. 24",
    ),
    "children-unsafe": Remark(
        "risky-promise/children-consent",
        "data of children is used without their parents",
        "check the age, and ask a parent each time",
        "GDPR Art. 8; PIPL Art. 28, 31; COPPA; DPDP Act s. 9",
    ),
    "sensitive-unsafe": Remark(
        "risky-promise/data-surplus",
        "sensitive data, or more than the service needs, is taken or kept",
        "leave it out, or name the need, ask for separate consent and delete it after use",
        "GDPR Art. 5(1)(c), 9; PIPL Art. 6, 28-30; PDPO DPP1",
    ),
    "security-weak": Remark(
        "risky-promise/security-lacking",
        "data lies or travels open to those who have no business with it",
        "encrypt it, and give each person access of their own to what they need",
        "GDPR Art. 5(1)(f), 32; PIPL Art. 51; PDPO DPP4",
    ),
    "succession-unlimited": Remark(
        "risky-promise/business-transfer-unconditional",
        "data moves with the business without notice, consent or duty of the one who takes over",
        "tell the people concerned who takes over, and bind the new owner to this policy",
        "GDPR Art. 5(1)(b), 14; PIPL Art. 22",
    ),
    "tracking-unasked": Remark(
        "risky-promise/cookie-consent-missing",
        "people are tracked, or their devices read, without being asked",
        "set and load only after a yes, and let people take it back",
        "ePrivacy Dir. Art. 5(3); GDPR Art. 7; PIPL Art. 14",
    ),
    "sentence-broken": Remark(
        "drafting-error/sentence-incomplete",
        "the sentence is broken",
        "write it to its end",
        "GDPR Art. 12(1); PIPL Art. 17(1)",
    ),
}
