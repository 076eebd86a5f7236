"""Drafting a policy from a published text: what sentences seem to be, and what would keep them."""

from __future__ import annotations

import csv
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from troth.model.sentence import Sentence
from troth.model.vocabulary import load
from troth.policy.bind import compile_file
from troth.policy.check import check
from troth.policy.draft import Draft, draft, render
from troth.policy.front import guess_provider, guess_version
from troth.policy.intake import read_text
from troth.policy.publish import plain
from troth.policy.split import split

DATA = Path(__file__).parent / "data" / "intake"
FILES = {"heta": "hetacloud", "hansoken": "hansoken", "ccna": "ccna", "hkc": "hkcloud", "easy": "easycloud"}
# Kinds of the specification's list of sentences and the kinds of promises that say the same.
KINDS = {
    "collection": {"collect"},
    "purpose/use": {"use"},
    "marketing": {"use"},
    "sharing": {"share"},
    "disclosure-legal": {"share"},
    "retention": {"retain", "erase"},
    "security": {"protect"},
    "right": {"right"},
    "choice/opt-out": {"choice"},
    "consent": {"consent"},
    "cookies": {"cookie"},
    "children": {"child"},
    "notice/policy-change": {"notify"},
    "breach": {"notify"},
    "transfer/location": {"transfer"},
    "business-transfer": {"transfer"},
    "aggregate/anonymous": {"publish"},
    "complaint/contact": {"contact"},
}
FRONT: dict[str, str | list[str]] = {
    "provider": "Example",
    "version": "1",
    "language": "en",
    "vocab": ["dpv-2.3", "troth-cloud-1"],
}


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _draft(text: str | bytes) -> Draft:
    data = text.encode() if isinstance(text, str) else text
    return draft(split(read_text(data, "policy.txt")), load())


def _rules(sentence: str) -> tuple[str, ...]:
    promises = draft((Sentence("s1", 1, sentence),), load()).promises
    return promises[0].lines if promises else ()


def _squeezed(text: str) -> str:
    return "".join(text.split())


def test_operational_sentences_are_told_from_information() -> None:
    """Over the 467 units of the specification at least 97 % are told right (reached: 98.9 %)."""
    gold = _rows("gold.tsv")
    right = 0
    for prefix, name in FILES.items():
        rows = [row for row in gold if row["id"].startswith(prefix + "-")]
        suggestions = _draft((DATA / f"{name}.txt").read_bytes()).suggestions
        pairs = zip(rows, suggestions, strict=True)
        right += sum((row["operational"] == "yes") == one.operational for row, one in pairs)
    assert right / len(gold) >= 0.97


def test_kinds_agree_with_the_specification() -> None:
    """Of the operational units at least 85 % get the main kind (reached: 88 %)."""
    gold = _rows("gold.tsv")
    right = total = 0
    for prefix, name in FILES.items():
        rows = [row for row in gold if row["id"].startswith(prefix + "-")]
        for row, one in zip(rows, _draft((DATA / f"{name}.txt").read_bytes()).suggestions, strict=True):
            if row["operational"] == "yes":
                total += 1
                right += one.kind in KINDS[row["kind"]]
    assert right / total >= 0.85


def test_sentences_of_other_styles_are_told_too() -> None:
    """Sentences by themselves, in other styles and in Chinese: 95 % operational or not, 93 % of the kinds."""
    rows = _rows("styles.tsv")
    guessed = [draft((Sentence("s1", 1, row["text"]),), load()).suggestions[0] for row in rows]
    pairs = list(zip(rows, guessed, strict=True))
    told = sum((row["operational"] == "yes") == one.operational for row, one in pairs)
    kinds = [row["expected"] == one.kind for row, one in pairs if row["operational"] == "yes"]
    assert told / len(rows) >= 0.95
    assert sum(kinds) / len(kinds) >= 0.93


def test_confidence_means_something() -> None:
    """Suggestions with high confidence are right more often than those with low confidence."""
    gold = _rows("gold.tsv")
    marks: list[tuple[float, bool]] = []
    for prefix, name in FILES.items():
        rows = [row for row in gold if row["id"].startswith(prefix + "-") and row["operational"] == "yes"]
        known = {_squeezed(row["text"]): row["kind"] for row in rows}
        for one in _draft((DATA / f"{name}.txt").read_bytes()).suggestions:
            kind = known.get(_squeezed(one.sentence.text))
            if kind is not None:
                marks.append((one.confidence, one.kind in KINDS[kind]))
    sure = [good for confidence, good in marks if confidence >= 0.8]
    unsure = [good for confidence, good in marks if confidence < 0.65]
    assert sum(sure) / len(sure) > sum(unsure) / len(unsure) + 0.1


@pytest.mark.parametrize("name", FILES.values())
def test_rendered_draft_compiles_and_waits_for_a_person(name: str) -> None:
    """The file reads back without a problem; everything in it is a suggestion, nothing is accepted."""
    data = (DATA / f"{name}.txt").read_bytes()
    compiled = compile_file(render(_draft(data), FRONT).encode(), f"{name}.troth.md")
    assert compiled.problems == ()
    assert {finding.kind for finding in check(compiled)} - {"promise-empty"} == {"suggestion", "draft"}
    assert all(promise.draft is not None for promise in compiled.policy.promises)
    assert all(binding.suggested is not None for binding in compiled.policy.sentences)
    assert _squeezed(plain(compiled.source)) == _squeezed(data.decode())


def test_headings_by_markup_wait_for_nobody() -> None:
    """A heading by markup is taken as it is, unless it states something; a guessed one is a suggestion."""
    sentences = (
        Sentence("s1", 1, "Privacy", "heading"),
        Sentence("s2", 2, "We never sell your data", "heading"),
        Sentence("s3", 3, "Your Rights", "heading"),
    )
    rows = render(draft(sentences, load(), frozenset({"s1", "s2"})), FRONT).splitlines()
    assert [row for row in rows if row.startswith("#")] == [
        "# Privacy {#s1}",
        "# We never sell your data {#s2 ?0.50}",
        "# Your Rights {#s3 ?0.90}",
    ]


@pytest.mark.parametrize("name", FILES.values())
def test_most_headings_are_sure(name: str) -> None:
    """Nine of ten guessed headings of the published texts pass `accept --all --over 0.85`, so nobody reads them one by one."""
    draft_ = _draft((DATA / f"{name}.txt").read_bytes())
    sure = [one.confidence >= 0.85 for one in draft_.suggestions if one.sentence.element == "heading"]
    assert sum(sure) >= 0.85 * len(sure)


@pytest.mark.parametrize("name", FILES.values())
def test_draft_is_the_same_every_time(name: str) -> None:
    """Two drafts of one text are the same file."""
    data = (DATA / f"{name}.txt").read_bytes()
    assert render(_draft(data), FRONT) == render(_draft(data), FRONT)


def test_longest_text_is_drafted_in_a_second() -> None:
    """Splitting, drafting and rendering the longest text takes less than a second of CPU time."""
    data = (DATA / "hansoken.txt").read_bytes()
    load()
    start = time.process_time()
    render(_draft(data), FRONT)
    assert time.process_time() - start < 1.0


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("We may collect your name and email address.", "may collect name, email-address"),
        (
            "We do not knowingly collect personal information from children under 16 years of age.",
            "never knowingly collect personal-data if age < 16 years",
        ),
        (
            "We will never sell your personal data to third parties without your explicit consent.",
            "never sell personal-data to third-party",
        ),
        (
            "Access logs are kept for 90 days and then deleted.",
            "must erase audit-trail 90 days after collection",
        ),
        (
            "We use your email address to send you newsletters with your consent.",
            "may use email-address for newsletter on consent",
        ),
        (
            "We regularly provide information security training to employees.",
            "must train employee every ~12 months",
        ),
        (
            "Material changes to this policy will be communicated to you at least thirty (30) days before.",
            "must notify account-holder 30 days before policy-effective",
        ),
        ("You may request that we delete your personal data.", "must erase personal-data within ~30 days"),
        ("We will respond to your request within one month.", "must answer data-subject within 1 months"),
        ("You can withdraw your consent at any time.", "must stop consented within ~24 hours"),
        (
            "未经您的明确同意，我们不会向任何第三方共享您的个人信息。",
            "never share personal-data to third-party",
        ),
        (
            "我们不会在明知的情况下收集未满十四周岁儿童的个人信息。",
            "never knowingly collect personal-data if age < 14 years",
        ),
        ("您有权访问、更正和删除您的个人信息。", "must correct personal-data within ~30 days"),
        ("我们将在十五个工作日内答复您的请求。", "must answer data-subject within 15 business-days"),
        (
            "我们会在交易完成后三年内保存您的订单信息。",
            "must erase order-information 3 years after order-completed",
        ),
        (
            "If a customer wants to remove any personal data, we will permanently delete it.",
            "when request-erase",
        ),
        ("Credit card details are not stored with us.", "never retain credit-card-number"),
        (
            "Customers can ask to receive their personal data in a commonly used format.",
            "when request-portability",
        ),
        (
            "Upon request, we will provide you with information about whether we hold your personal data.",
            "must give copy-of-data within ~30 days",
        ),
        (
            "We will provide information you submit to the registry, to ICANN and to escrow agents.",
            "may share personal-data to domain-registry, icann, escrow-agent",
        ),
        (
            "Billing related data is required by law to be kept for 10 years.",
            "must erase billing-information 10 years after collection",
        ),
        (
            "We respond to requests within ten (10) business days, and we retain a record for at least two years.",
            "must retain personal-data at-least 2 years after collection",
        ),
        (
            "If personal data leaks, we notify the competent authority within 72 hours and you without undue delay.",
            "must notify data-protection-authority within 72 hours",
        ),
        (
            "We rely on the Standard Contractual Clauses for transfers to other countries.",
            "may transfer personal-data if transfer-safeguard is standard-clauses",
        ),
        (
            "We will post the new version 30 days before it takes effect and e-mail you.",
            "must notify account-holder by email 30 days before policy-effective",
        ),
        ("You have the right to access, port and erase your data.", "when request-portability"),
        ("Support tickets | 3 years | To answer you", "must erase support-ticket 3 years after collection"),
        (
            "我们不会故意收集任何未满 18 岁的人的个人信息。",
            "never knowingly collect personal-data if age < 18 years",
        ),
        ("我们的解析服务不存储个人信息。", "never retain personal-data"),
        ("我们将在三十（30）天内答复您的请求。", "must answer data-subject within 30 days"),
        ("我们会收集互联网协议（IP）地址。", "may collect ip-address"),
        ("我们会自动收集您的IP地址。", "may collect ip-address by automatic"),
        ("我们会收集您的手机号码和电子邮箱。", "may collect telephone-number, email-address"),
        ("工单记录自工单关闭之日起保存24个月。", "must erase support-ticket 24 months after ticket-closed"),
        ("登录日志保存不少于六个月，最长不超过12个月。", "must erase usage-log 12 months after collection"),
        ("身份证照片在实名认证通过后30日内删除。", "must erase identity-information within 30 days"),
        ("只有经授权的员工才能访问您的个人信息。", "must protect personal-data with access-control-method"),
        ("我们将在核实后10日内予以更正。", "must correct personal-data within 10 days"),
        ("您有权要求我们将您的个人信息转移至您指定的个人信息处理者。", "when request-portability"),
        ("您可以在控制台注销账号。", "when request-closure"),
        (
            "未经监护人同意，我们不会收集不满十四周岁未成年人的个人信息。",
            "never collect personal-data if age < 14 years",
        ),
        ("如我们发现误收集了儿童的个人信息，将尽快删除。", "when age-known if age < ~14 years"),
        (
            "我们不会向境外提供您的个人信息，除非取得您的单独同意。",
            "never transfer personal-data if place is not mainland-china",
        ),
        ("我们不会收集您的银行卡密码。", "never collect pin-code"),
        ("非经法院命令，我们不会披露您的身份信息。", "never disclose identity-information to third-party"),
        ("未得閣下書面同意，本公司不得將資料轉交其他公司。", "never share personal-data to third-party"),
        (
            "经您同意，我们会通过短信或电子邮件向您发送优惠活动信息。",
            "may use personal-data for direct-marketing on consent",
        ),
        ("手机号码仅用于身份验证。", "only use telephone-number for identity-verification"),
        ("本公司不會收集閣下的電郵地址。", "never collect email-address"),
        (
            "本公司會保存閣下的帳戶資料至帳戶關閉後 6 個月。",
            "must erase account-record 6 months after account-closed",
        ),
        (
            "未經閣下同意，本公司不會使用閣下的個人資料作直接促銷。",
            "never use personal-data for direct-marketing",
        ),
        ("閣下有權查閱及改正個人資料。", "must correct personal-data within ~30 days"),
        (
            "閣下可隨時免費要求停止，本公司會在 10 個工作天內停止。",
            "must stop direct-marketing within 10 business-days",
        ),
    ],
)
def test_rule_is_drafted_from_the_words(sentence: str, rule: str) -> None:
    """Mode, verb, terms, basis and deadline come from the words of the sentence; house numbers carry `~`."""
    assert rule in {line.strip() for line in _rules(sentence)}


@pytest.mark.parametrize(
    "sentence",
    [
        "This Privacy Policy governs the manner in which we collect information from users.",
        "This privacy policy applies to the site and all products.",
        "Your registration agreement requires you to correct this data promptly.",
        "Users can refuse to supply personally identification information, but it may prevent them from using parts.",
        "本政策适用于我们收集和披露以下类别的个人信息：",
    ],
)
def test_what_the_text_covers_or_asks_of_others_is_no_promise(sentence: str) -> None:
    """The scope of the text, duties and refusals of the reader are information."""
    assert [one.kind for one in _draft(sentence).suggestions] == [""]


@pytest.mark.parametrize(
    ("text", "provider", "version"),
    [
        ("Privacy Policy - KeyCDN\n\nLast updated May 25th, 2018\n", "KeyCDN", "May 25th, 2018"),
        (
            "Cloudflare 隐私政策\n\n本隐私政策自 2022 年 11 月 1 日起生效。\n",
            "Cloudflare",
            "2022 年 11 月 1 日",
        ),
        ("Privacy policy\n\nThis version applies from 1 March 2026.\n", "", "1 March 2026"),
        ("Privacy Policy of Nordwind Domains\n\nWelcome.\n", "Nordwind Domains", ""),
        (
            "云栈科技（杭州）有限公司（以下简称“我们”）重视您的隐私。\n",
            "云栈科技（杭州）有限公司",
            "",
        ),
        ("欢迎使用港雲科技有限公司（下稱「本公司」）的服務。\n", "港雲科技有限公司", ""),
        ("云栈个人信息保护政策\n\n欢迎。\n", "云栈", ""),
        ('A client ("Customer", our partner) reads this.\nPrivacy policy of Pork Inc\n', "Pork Inc", ""),
        (
            'Effective as of January 1st, 2025.\nPork Inc. ("Porkchop", "we") uses ICANN\'s rules. ICANN\'s agents help.\n',
            "Porkchop",
            "January 1st, 2025",
        ),
    ],
)
def test_provider_and_version_are_read_from_title_and_date(text: str, provider: str, version: str) -> None:
    """The title names the company and a sentence the day, as published policies write them."""
    sentences = split(read_text(text.encode(), "policy.txt"))
    assert (guess_provider(sentences), guess_version(sentences)) == (provider, version)


def test_exceptions_become_named_exceptions() -> None:
    """What stands after "unless" and "except" lifts the prohibition under a name."""
    lines = _rules(
        "We will not disclose your data to others unless required by law or with your explicit consent."
    )
    assert "  except legal-duty: required-by-law" in lines
    assert "  except explicit-consent: consent is explicit" in lines


@pytest.mark.parametrize(
    ("sentence", "rules"),
    [
        ("We don't sell your name.", {"never sell name to third-party"}),
        (
            "We won’t share your e-mail address with third parties.",
            {"never share email-address to third-party"},
        ),
        (
            "At no time will we disclose your name to advertisers.",
            {"never disclose name to advertising-network"},
        ),
        (
            "Under no circumstances do we rent your data to anyone.",
            {"never sell personal-data to third-party"},
        ),
        ("Neither we nor our partners sell your data.", {"never sell personal-data to third-party"}),
        ("None of your data is sold.", {"never sell personal-data to third-party"}),
        ("We do not and will never sell your data.", {"never sell personal-data to third-party"}),
        ("We do not retain card numbers.", {"never retain credit-card-number"}),
        ("We keep no logs.", {"never retain usage-log"}),
        ("No cookies are used for advertising.", {"never use cookie-data for advertising"}),
        ("Your data is not transferred outside the EU.", {"only transfer personal-data at european-union"}),
        (
            "Your data is never transferred to our offices in Singapore.",
            {"never transfer personal-data at singapore"},
        ),
        (
            "Without your consent, we will not share your data with third parties.",
            {"never share personal-data to third-party", "except consent: consent is given"},
        ),
        (
            "Except as required by law, we do not disclose your name to third parties.",
            {"never disclose name to third-party", "except legal-duty: required-by-law"},
        ),
        (
            "We will not, except in an emergency, disclose your name to third parties.",
            {"never disclose name to third-party", "except emergency: emergency"},
        ),
        (
            "未经您同意，我们不会向第三方提供您的个人信息。",
            {"never share personal-data to third-party", "except consent: consent is given"},
        ),
        (
            "未获得您的授权，我们绝不会对外提供您的姓名。",
            {"never share name to third-party", "except consent: consent is given"},
        ),
        (
            "除法律法规另有规定外，我们不会向第三方披露您的姓名。",
            {"never disclose name to third-party", "except legal-duty: required-by-law"},
        ),
        ("我们概不出售您的姓名。", {"never sell name to third-party"}),
        ("我们既不出售也不出租您的姓名。", {"never sell name to third-party"}),
        ("我们无权出售您的姓名。", {"never sell name to third-party"}),
        ("我们将不再共享您的位置。", {"never share location to third-party"}),
        ("只有在您同意后，我们才会共享您的姓名。", {"only share name to third-party on consent"}),
        ("您的信息不会用于广告以外的目的。", {"only use personal-data for advertising"}),
        ("我们从不向广告主披露您的姓名。", {"never disclose name to advertising-network"}),
        ("我们不将您的手机号用于营销。", {"never use telephone-number for direct-marketing"}),
        ("您的个人信息不会被传输至境外。", {"only transfer personal-data at mainland-china"}),
    ],
)
def test_denial_is_drafted_as_denial(sentence: str, rules: set[str]) -> None:
    """Whatever form a denial has, the rule denies, and what lifts the denial is its exception."""
    assert {line.strip() for line in _rules(sentence)} == rules


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("If you do not object, we share your name with affiliates.", "may share name to affiliate"),
        ("We may share statistics that do not identify you with affiliates.", "may"),
        ("We share your name not only with affiliates.", "may share name to affiliate"),
        ("We keep access logs for no longer than 30 days.", "may retain"),
        ("如您不反对，我们会与关联公司共享您的姓名。", "may share name to affiliate"),
        ("我们不仅与关联公司共享您的姓名。", "may share name to affiliate"),
        ("我们保存您的姓名不超过30天。", "may retain name until 30 days"),
    ],
)
def test_denial_beside_the_deed_does_not_deny_it(sentence: str, rule: str) -> None:
    """A denial in a condition, a relative clause, a limit or an idiom leaves the main clause as it is."""
    assert _rules(sentence)[0].startswith(rule) or _rules(sentence)[0].startswith("only release")


@pytest.mark.parametrize(
    ("sentence", "rules"),
    [
        (
            "We only use your e-mail address to send invoices, and not for marketing.",
            ["only use email-address, invoice-information for payment-management",
             "never use email-address, invoice-information for direct-marketing"],
        ),
        (
            "We do not sell your name but may share it with affiliates.",
            ["never sell name to third-party", "may share name to affiliate"],
        ),
        (
            "我们不会出售您的姓名，但会与关联公司共享。",
            ["never sell name to third-party", "may share name to affiliate"],
        ),
    ],
)  # fmt: skip
def test_clauses_that_differ_are_drafted_apart(sentence: str, rules: list[str]) -> None:
    """Each clause gives a rule of its own mode and words, and a person is told to look."""
    result = draft((Sentence("s1", 1, sentence),), load())
    assert list(result.promises[0].lines) == rules
    assert result.suggestions[0].confidence <= 0.4
    assert result.promises[0].confidence <= 0.4


@pytest.mark.parametrize(
    "sentence",
    [
        "We share your name with partners, not your e-mail address.",
        "We may use your name to contact you, but never your phone number.",
        "We will not share your name with third parties except as set forth below.",
        "We refrain from sharing your name with insurers.",
        "本公司不會將個人資料轉移至香港以外地方，惟為註冊域名而向註冊局提供者除外。",
        "我们会收集您的身份证号码；经您单独同意，我们还会收集您的人脸信息。",
    ],
)
def test_what_a_denial_names_and_the_rule_does_not_lowers_the_confidence(sentence: str) -> None:
    """A rule that leaves out a denied part, an exception, a recipient or a consent to a part is no sure one."""
    result = draft((Sentence("s1", 1, sentence),), load())
    assert result.promises[0].confidence <= 0.4
    assert result.suggestions[0].confidence <= 0.4


@pytest.mark.parametrize(
    "sentence",
    [
        "We rarely share your name with affiliates.",
        "We stopped sharing your name with partners.",
        "We never refuse to share your name with partners.",
        "We may share your name with partners without your consent.",
        "Personal information we collect does not include anonymous data.",
        "We can't access or edit your personal data.",
        "We will not notify you of a data breach.",
        "We do not encrypt your data.",
        "We do not respond to requests to opt in and we don't use your data to do what you ask.",
        "无须征得您的同意，我们可以共享您的姓名。",
        "We collect personal information from children under 13.",
        "Cookie不会收集您的姓名。",
    ],
)
def test_uncertain_denial_gives_no_rule(sentence: str) -> None:
    """Where the reach of a denial is not certain, or a duty is denied, there is a note with low confidence and no rule."""
    result = draft((Sentence("s1", 1, sentence),), load())
    for promise in result.promises:
        assert [line.split()[0] for line in promise.lines] == ["note"]
        assert promise.confidence <= 0.4
    assert all(one.confidence <= 0.4 or not one.promise for one in result.suggestions)


def test_note_in_place_of_a_rule_reads_back() -> None:
    """A draft without a rule compiles, and `check` asks for the rule also when everything was accepted."""
    text = render(_draft("We rarely share your name with affiliates.\n"), FRONT)
    compiled = compile_file(text.encode(), "p.troth.md")
    assert compiled.problems == ()
    assert "promise-empty" in {finding.rule for finding in check(compiled)}


def test_list_of_purposes_is_one_promise() -> None:
    """A lead-in and its bullets are kept by one promise that names all their purposes."""
    text = "We only use your data:\n• To process orders.\n• To prevent fraud.\n• To send newsletters.\n"
    result = _draft(text)
    assert {one.promise for one in result.suggestions} == {result.promises[0].name}
    assert {"customer-order-management", "fraud-prevention-and-detection", "newsletter"} <= set(
        re.findall(r"[a-z-]+", result.promises[0].lines[0])
    )


def test_cases_of_sharing_have_a_rule_each() -> None:
    """A list of cases hands each recipient its own data: none gets what another item names."""
    text = (
        "We share your data with third parties only in these cases:\n"
        "1. with our payment provider your order information, to process payments;\n"
        "2. with the domain registry your name and email address.\n"
    )
    (promise,) = _draft(text).promises
    assert promise.lines == (
        "only share order-information for payment-management to payment-processor",
        "only share name, email-address to domain-registry",
    )


def test_articles_in_a_row_are_no_list() -> None:
    """Each numbered article has its own promises, whatever the one above introduces."""
    text = (
        "第八条　我们仅在以下情形向第三方提供您的个人信息：\n1. 向支付机构提供订单信息；\n2. 向注册局提供您的姓名。\n\n"
        "第九条　未经您的单独同意，我们不会公开披露您的个人信息。\n\n第十条　您可以随时撤回同意。\n"
    )
    result = _draft(text)
    assert [one.sentences for one in result.promises] == [("s1", "s2", "s3"), ("s4",), ("s5",)]
    assert [one.lines[0].split()[0] for one in result.promises] == ["only", "never", "when"]


@pytest.mark.parametrize("row", ["Data | Retention period | Purpose", "資料種類 | 保留期限 | 備註"])
def test_the_head_of_a_table_promises_nothing(row: str) -> None:
    """The names of columns are no period of keeping."""
    (one,) = draft((Sentence("s1", 1, row, "label"),), load()).suggestions
    assert (one.promise, one.reason) == ("", "intro")


def test_these_data_are_those_of_the_same_section() -> None:
    """What a section denies to collect is not what the next one uses."""
    text = "# Payment\n\nWe do not collect your password.\n\n# Logs\n\nThis information is used to provide the service.\n"
    assert not any("password" in line for one in _draft(text).promises[1:] for line in one.lines)


def test_repeated_sentence_is_bound_to_the_same_promise() -> None:
    """A sentence that stands twice gives one promise and a repeating tag."""
    text = "We collect your email address and your name.\nWe collect your email address and your name.\n"
    rows = [row for row in render(_draft(text), FRONT).splitlines() if row.startswith("We collect")]
    assert re.search(r"\{#s1 \?0\.\d\d (collect[\w-]*)\}$", rows[0])
    assert re.search(r"\{#s2 \?0\.\d\d =collect[\w-]*\}$", rows[1])


def test_provider_is_recognised_by_its_name() -> None:
    """A company that speaks of itself by name is understood as if it said "we"."""
    text = "Example Cloud may use data to provide services.\nExample Cloud may share data with affiliates.\n"
    assert [one.kind for one in _draft(text).suggestions] == ["use", "share"]


@pytest.mark.parametrize(
    "line",
    [
        "# not a heading of ours, it says.",
        "```troth is how a block begins.",
        "+++ and more.",
        "We use {curly} braces.",
        "We end in braces {i:define}",
        "We end in braces {",
        "\\# a backslash begins this.",
        'A quote " and a backslash \\ in the title of this sentence, which we collect.',
    ],
)
def test_text_that_looks_like_markup_stays_text(line: str) -> None:
    """Lines that begin like markup or end like a tag are escaped and come back as they were."""
    text = f"We collect your name.\n\n{line}\n\nWe keep it for a year.\n"
    compiled = compile_file(render(_draft(text), FRONT).encode(), "p.troth.md")
    assert compiled.problems == ()
    assert _squeezed(plain(compiled.source)) == _squeezed(text)


def test_front_matter_is_toml_whatever_the_names() -> None:
    """Quotes, backslashes and line ends in the front matter are escaped."""
    front = FRONT | {"provider": 'A "B" \\ C\n', "language": "zh"}
    compiled = compile_file(render(_draft("We collect your name."), front).encode(), "p.troth.md")
    assert compiled.source.front["provider"] == front["provider"]


def test_small_vocabulary_gives_fewer_words_and_no_errors() -> None:
    """A vocabulary without events, checks and facts gives drafts that still read back."""
    small = load(("dpv-2.3",))
    sentences = split(read_text((DATA / "hkcloud.txt").read_bytes(), "hkcloud.txt"))
    text = render(draft(sentences, small), FRONT | {"vocab": ["dpv-2.3"]})
    assert compile_file(text.encode(), "p.troth.md").problems == ()


_PIECES = st.sampled_from(
    [row["text"] for row in _rows("styles.tsv")] + [row["text"] for row in _rows("gold.tsv")][::3]
)
_ODD = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=30)
_LINES = st.lists(
    st.tuples(st.one_of(_PIECES, _PIECES, _PIECES, _ODD), st.sampled_from([" ", "\n", "\n\n"])), max_size=12
)


@settings(max_examples=60, deadline=None)
@given(_LINES.map(lambda pairs: "Policy.\n" + "".join(text + gap for text, gap in pairs)))
def test_any_text_gives_a_file_that_reads_back(text: str) -> None:
    """Generated texts in English, Chinese and nonsense: the draft compiles and publishes the same text."""
    compiled = compile_file(render(_draft(text), FRONT).encode(), "p.troth.md")
    assert compiled.problems == ()
    assert _squeezed(plain(compiled.source)) == _squeezed(text)
