"""Which vocabulary data terms and which fideslang categories a column counts as, by category and name.

A row without words is the term of the whole category; a row with words is narrower and goes to columns
whose name holds
one of them. Terms are those of the vocabulary `troth-cloud-1` (DPV 2.3 and the cloud terms); fideslang keys
those of 3.1.4.
"""

from __future__ import annotations

from troth.datamap.names import tokens

_TERMS: tuple[tuple[str, str, str], ...] = (
    ("ident.id", "", "account-number"),
    ("ident.username", "", "username"),
    ("ident.official", "", "official-id"),
    ("ident.official", "passport huzhao 护照 护照号", "passport"),
    ("ident.official", "ssn national shenfenzheng sfz 身份证 身份证号 hkid citizen aadhaar nric", "national-id"),
    ("ident.official", "tax vat tin taxpayer", "tax-id"),
    ("ident.birthdate", "", "birth-date"),
    ("ident.birthdate", "age nianling 年龄", "age"),
    ("ident.birthdate", "gender sex xingbie 性别", "gender"),
    ("ident.birthdate", "nationality", "nationality"),
    ("ident.birthdate", "marital", "marital-status"),
    ("ident.birthdate", "ethnicity minzu 民族", "ethnic-origin"),
    ("ident.photo", "", "picture"),
    ("ident.photo", "face selfie", "facial-print"),
    ("contact.name", "", "name"),
    ("contact.email", "", "email-address"),
    ("contact.phone", "", "telephone-number"),
    ("contact.address", "", "physical-address"),
    ("contact.address", "street 地址", "street"),
    ("contact.address", "city town chengshi 城市 市", "city"),
    ("contact.address", "zip postcode postal youbian 邮编", "postal-code"),
    ("contact.address", "country guojia 国家", "country"),
    ("contact.address", "state province sheng region county 省", "region"),
    ("contact.company", "", "company-name"),
    ("contact.company", "job occupation title 职位", "job"),
    ("secret", "", "account-credential"),
    ("secret", "password passwd pwd pass mima 密码", "password"),
    ("secret", "key api", "api-key"),
    ("secret", "pin", "pin-code"),
    ("secret", "ssh", "ssh-key"),
    ("payment", "", "payment-information"),
    ("payment", "iban bic swift bank 银行账号", "bank-account"),
    ("payment", "card cc pan cardholder 银行卡 银行卡号", "payment-card-number"),
    ("payment", "cvv cvc", "security-code"),
    ("payment", "expiry expiration exp", "payment-card-expiry"),
    ("payment", "balance", "amount-due"),
    ("payment", "alipay paypal stripe 支付宝", "payment-platform-account"),
    ("network", "", "ip-address"),
    ("network", "operator isp provider yunyingshang 运营商", "internet-provider"),
    ("network", "connection", "connection-information"),
    ("device", "", "device-information"),
    ("device", "mac hwaddr", "mac-address"),
    ("device", "uuid guid identifier", "device-identifier"),
    ("device", "os operating", "device-operating-system"),
    ("device", "type kind", "device-type"),
    ("device", "model", "device-model"),
    ("device", "imei imsi meid udid serial", "hardware-identifier"),
    ("device", "agent browser ua", "user-agent"),
    ("device", "idfa gaid advertising", "advertising-identifier"),
    ("location", "", "location"),
    ("location", "latitude longitude lat lng lon gps coordinates 经度 纬度", "gps-coordinate"),
    ("login", "", "authentication-history"),
    ("usage", "", "server-usage"),
    ("usage", "octets bytes traffic bandwidth bw", "traffic-volume"),
    ("usage", "duration time", "usage-duration"),
    ("usage", "cpu", "cpu-usage"),
    ("usage", "memory mem ram", "memory-usage"),
    ("usage", "disk", "disk-usage"),
    ("service", "", "server-information"),
    ("service", "license licence", "licence-key"),
    ("dns", "", "dns-record"),
    ("dns", "domain 域名", "domain-registration"),
    ("order", "", "order-information"),
    ("order", "invoice 发票", "invoice-information"),
    ("message", "", "communication-content"),
    ("message", "ticket", "support-ticket"),
    ("message", "signature", "signature"),
    ("preference", "", "preference"),
    ("preference", "language lang locale yuyan 语言", "language-preference"),
    ("preference", "newsletter marketing", "marketing-preference"),
    ("preference", "theme ui", "display-preference"),
    ("web", "", "browsing-behaviour"),
    ("web", "cookie cookies", "cookie-identifier"),
    ("web", "session", "session-record"),
    ("web", "referer referrer", "browsing-referral"),
    ("log", "", "usage-log"),
    ("blob", "", "personal-data"),
    ("content", "", "communication-content"),
)  # fmt: skip

FIDES = {
    "ident.id": "user.unique_id", "ident.username": "user.account.username", "ident.official":
    "user.government_id",
    "ident.birthdate": "user.demographic.date_of_birth", "ident.photo": "user.content.self_image",
    "contact.name": "user.name",
    "contact.email": "user.contact.email", "contact.phone": "user.contact.phone_number", "contact.address":
    "user.contact.address",
    "contact.company": "user.contact.organization", "secret": "user.authorization.credentials", "payment":
    "user.financial",
    "network": "user.device.ip_address", "device": "user.device", "location": "user.location", "login":
    "user.behavior",
    "usage": "user.telemetry", "service": "user.account", "dns": "user.account", "order":
    "user.behavior.purchase_history",
    "message": "user.content.private", "preference": "user.account.settings", "web":
    "user.behavior.browsing_history", "log": "user.behavior",
    "blob": "user", "content": "user.content",
}  # fmt: skip
"""The fideslang category that a column is exported as."""

_FROM_FIDES = {
    "user.behavior": "log", "user.biometric": "ident.photo",
    "user.contact.address.city": "contact.address", "user.device.cookie_id": "web", "user.device.cookie":
    "web",
    "user.financial.bank_account": "payment", "user.financial.credit_card": "payment",
    "user.authorization.password": "secret",
    "user.authorization": "secret", "user.authorization.biometric": "secret", "user.name.first":
    "contact.name", "user.name.last": "contact.name",
    "user.demographic": "ident.birthdate", "user.demographic.gender": "ident.birthdate", "user.contact.url":
    "web", "user.contact": "contact.address",
    "user.payment": "payment", "user.behavior.search_history": "web", "user.behavior.browsing_history":
    "web", "user.telemetry": "usage",
    "user.user_sensor": "device", "user.sensor": "device", "user.content.public": "message",
    "user.content.self_image": "ident.photo",
    "user.device.ip_address": "network", "user.device.device_id": "device", "user.job_title":
    "contact.company", "user.workplace": "contact.company",
    "user.government_id.national_identification_number": "ident.official",
    "user.government_id.passport_number": "ident.official",
    "user.account.username": "ident.username", "user.account": "ident.username", "user.account.settings":
    "preference",
    "user.unique_id": "ident.id", "user.unique_id.pseudonymous": "ident.id", "user": "blob",
    "user.privacy_preferences": "preference",
}  # fmt: skip


def terms_of(category: str, column: str) -> tuple[str, ...]:
    """The vocabulary terms of a column, sorted; a narrower term replaces the one of the whole category."""
    words = set(tokens(column))
    narrow = {term for kind, listed, term in _TERMS if kind == category and words & set(listed.split())}
    whole = {term for kind, listed, term in _TERMS if kind == category and not listed}
    return tuple(sorted(narrow or whole))


def all_terms() -> frozenset[str]:
    """Every vocabulary term that a column may count as."""
    return frozenset(term for _, _, term in _TERMS)


def from_fides(key: str) -> str:
    """The category of a fideslang key, by its nearest known parent; empty for keys not about a person."""
    reverse = {
        fides: category
        for category, fides in FIDES.items()
        if fides not in {"user.behavior", "user.account", "user"}
    }
    parts = key.split(".")
    for end in range(len(parts), 0, -1):
        known = ".".join(parts[:end])
        if found := _FROM_FIDES.get(known) or reverse.get(known):
            return found
    return ""
