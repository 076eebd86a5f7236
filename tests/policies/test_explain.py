"""`explain`: each sentence beside what the machine understood."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.small import small
from tests.cli.terminal import policy
from tests.house.tree import HOUSE
from tests.policies.cases import policy_file
from troth.model.condition import Test as Condition
from troth.model.term import Term
from troth.model.vocabulary import load
from troth.policy.plain import Speech

SAMPLES = sorted(HOUSE.glob("samples/*/policy.troth.md"))


def test_two_columns(tmp_path: Path) -> None:
    """A person sees each sentence, its rules in words, its proof, and why a sentence is information only."""
    outcome = policy("explain", small(tmp_path))
    assert outcome.code == 0
    words = " ".join(outcome.out.replace("│", " ").split())
    for part in (
        "What the policy says",
        "What the machine understood",
        "Name and e-mail for the account (account)",
        "We may collect name and e-mail address for account management.",
        "information: a greeting",
        "within 30 days",
    ):
        assert part.split()[0] in words, part
    assert "Erasure on request (erase)" in words


def test_one_sentence(tmp_path: Path) -> None:
    """With the name of a sentence only that row is shown, its promises told in full."""
    file = small(tmp_path, "policy.troth.md", ("{#s4 i:greeting}", "{#s4 erase}"))
    (row,) = policy("explain", file, "s4", "--json").json["sentences"]
    assert (row["id"], row["promises"]) == ("s4", ["erase"])
    assert [one["promise"] for one in row["understood"]] == ["erase"]


def test_one_promise(tmp_path: Path) -> None:
    """With the name of a promise every sentence bound to it is shown."""
    file = small(tmp_path, "policy.troth.md", ("{#s4 i:greeting}", "{#s4 erase}"))
    rows = policy("explain", file, "erase", "--json").json["sentences"]
    assert [row["id"] for row in rows] == ["s3", "s4"]


def test_unknown_name(tmp_path: Path) -> None:
    """A name that is not there is refused with the nearest ones."""
    outcome = policy("explain", small(tmp_path), "acount")
    assert outcome.code == 2
    assert outcome.err == "error: there is no sentence or promise `acount`\n  did you mean account?\n"


def test_languages(tmp_path: Path) -> None:
    """The same explanation in Chinese; a language that is not there is refused."""
    file = small(tmp_path)
    rows = policy("explain", file, "--lang", "zh", "--json").json["sentences"]
    assert rows[0]["information"] == "标题"
    assert rows[1]["understood"][0]["rules"][0][0].startswith("我们可以")
    assert (
        policy("explain", file, "--lang", "fr").err
        == "error: there are no explanations in `fr`\n  languages: en, zh\n"
    )


def test_unbound_sentence(tmp_path: Path) -> None:
    """A sentence that nobody has bound says so."""
    file = small(tmp_path, "policy.troth.md", ("{#s4 i:greeting}", "{#s4}"))
    (row,) = policy("explain", file, "s4", "--json").json["sentences"]
    assert (row["information"], row["promises"]) == ("nobody has bound this sentence yet", [])


@pytest.mark.parametrize("form", ["text", "html"])
def test_output_file(tmp_path: Path, form: str) -> None:
    """`-o` writes to a file what would be shown, and nothing to the terminal."""
    file, target = small(tmp_path), tmp_path / "out"
    outcome = policy("explain", file, "s2", "-f", form, "-o", target)
    assert (outcome.code, outcome.out) == (0, "")
    text = target.read_text("utf-8")
    assert "We collect your name" in text
    assert "If you ask us" not in text


def test_page(tmp_path: Path) -> None:
    """The page holds every sentence with its id, each promise once, words escaped, and a place to sign."""
    file = small(
        tmp_path,
        "policy.troth.md",
        ("Erasure on request", "Erasure on <b>request</b>"),
        ("{#s4 i:greeting}", "{#s4 erase}"),
    )
    page = policy("explain", file, "-f", "html").out
    assert page.count('id="promise-erase"') == 1
    assert page.count('href="#promise-erase"') == 1
    assert "<b>request" not in page
    assert all(f'id="s{number}"' in page for number in (1, 2, 3, 4))
    assert f"Policy: {policy('export', file).json['hash']}" in page


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_samples(path: Path, language: str) -> None:
    """Every sentence of the samples has its row, and every bound one says what was understood."""
    answer = policy("explain", path, "--json", "--lang", language).json
    exported = policy("export", path).json
    assert answer["policy"] == exported["hash"]
    assert [(row["id"], row["text"]) for row in answer["sentences"]] == [
        (one["id"], one["text"]) for one in exported["sentences"]
    ]
    told = {one["promise"] for row in answer["sentences"] for one in row["understood"]}
    assert told == {name for one in exported["sentences"] for name in one["promises"]}
    assert all(row["promises"] or row["information"] for row in answer["sentences"])
    assert all(
        one["rules"] and all(rule[0] for rule in one["rules"])
        for row in answer["sentences"]
        for one in row["understood"]
    )


def said(folder: Path, rule: str, language: str = "en") -> str:
    """The words that a rule is explained with; the file has only this promise."""
    file = folder / "said.troth.md"
    file.write_text(policy_file(f'promise p use "Use"\n  {rule}\n  prove timer\n'), "utf-8")
    outcome = policy("explain", file, "--json", "--lang", language)
    (row,) = outcome.json["sentences"]
    return " ".join(line for rule in row["understood"][0]["rules"] for line in rule)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("must anonymise name with k-anonymity ~10", "k-anonymity ~10"),
        ("must anonymise name with k-anonymity 10", "k-anonymity 10"),
        (
            "never use name\n    except told: minor\n      record ~2 approvers, reason",
            "On record: ~2 approvers, reason.",
        ),
        ("may use name if age >= ~13", "age is at least ~13 years"),
        ("may use name until ~24 months after account-closed", "~24 months after account closed"),
        ("may use name if since account-closed <= ~24 months", "is at most ~2 years"),
    ],
)
def test_what_the_house_chose(tmp_path: Path, rule: str, words: str) -> None:
    """A number that the house chose is told from one that the text says, wherever it stands in a rule."""
    assert words in said(tmp_path, rule)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (
            "may use name for attack-prevention on contract",
            "use name in order to prevent attacks on the basis of",
        ),
        ("may use name for newsletter, attack-prevention", "for newsletter or in order to prevent attacks."),
        ("must share name to domain-registry every 1 week", "to domain registry every week."),
        ("must offer marketing-opt-out by email, phone", "by e-mail and telephone"),
        ("may use name for newsletter by email, phone", "by e-mail or telephone"),
        ("must store name at hong-kong, singapore", "at Hong Kong or Singapore"),
        ("may use name until since opt-out-withdrawn >= 0 days", "until opt-out withdrawn has happened."),
        ("may use name if not since opt-out-withdrawn >= 0 days", "if opt-out withdrawn has not happened."),
    ],
)
def test_english(tmp_path: Path, rule: str, words: str) -> None:
    """Purposes that say what is done, periods of one, and events that have happened read as English."""
    assert words in said(tmp_path, rule)


@pytest.mark.parametrize(
    ("length", "words"),
    [
        ("24 months", "2 years"),
        ("18 months", "18 months"),
        ("1 years", "1 year"),
        ("2 quarters", "6 months"),
        ("90 days", "90 days"),
        ("2 weeks", "14 days"),
        ("12 hours", "12 hours"),
        ("90 minutes", "90 minutes"),
        ("1.5 days", "36 hours"),
    ],
)
def test_lengths(tmp_path: Path, length: str, words: str) -> None:
    """A length that an event is compared with is said as a text would say it, not in fractions of days."""
    rule = f"may use name if since account-closed <= {length}"
    assert f"time since account closed is at most {words}." in said(tmp_path, rule)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("may use name if age < 13", "年龄小于 13 周岁"),
        ("may use name if child-age-limit <= 16", "同意年龄界限不超过 16 周岁"),
        ("may use name if record-age < 24 months", "记录存续时间小于 2 年"),
        ("may use name if consent is given", "同意为已给予"),
        ("may use name if policy-change is material", "政策变更为重大"),
        ("may use name if order-status in [open, unpaid]", "订单状态为未完成或未付款"),
        ("may use name if dispute-status is open", "争议状态为未结"),
        ("must erase name\n    record reason, ~2 approvers, template", "留存记录：理由、~2 审批人、模板。"),
        ("must erase name\n    tell account-holder hold-name, expected-end", "保留名称、预计结束时间。"),
        ("must publish policy at version-register", "版本登记册"),
        ("never disclose name of complainant to account-holder", "我们绝不向账户持有人披露投诉人的姓名。"),
        ("must share name to domain-registry every 1 week", "我们必须每周向域名注册局共享姓名。"),
        ("must offer marketing-opt-out by email, sms", "通过电子邮件和短信"),
        ("may use name until since opt-out-withdrawn >= 0 days", "直到已撤销退出。"),
    ],
)
def test_chinese(tmp_path: Path, rule: str, words: str) -> None:
    """Values of facts, ages, what is told and what is recorded are said in Chinese too."""
    assert words in said(tmp_path, rule, "zh")


def test_every_value_in_chinese() -> None:
    """Every value that a fact of the vocabulary can have is said in Chinese."""
    vocabulary = load()
    speech = Speech(vocabulary, "zh")
    choices = [fact for fact in vocabulary.terms("fact") if fact.kind == "choice" and fact.values]
    english = {
        f"{fact.key} {value}"
        for fact in choices
        for value in fact.values
        if not re.search(
            "[\u4e00-\u9fff]", speech.condition(Condition(fact.key, "in", (value,))).partition("为")[2]
        )
    }
    assert english == {"changed-kind cookie"}


def test_table_in_chinese(tmp_path: Path) -> None:
    """The table in the terminal is Chinese but for ids and the words of the house."""
    file = small(
        tmp_path, "policy.troth.md", ("{#s4 i:greeting}", "{#s4 erase}"), ("## Your account {#s1}\n", "")
    )
    out = policy("explain", file, "--lang", "zh").out
    assert "证明方式：" in out
    assert "见 erase" in out
    assert not re.search(r"shown by|information|\bsee\b", out)


def test_a_word_of_ones_own_in_chinese_letters_stays_chinese() -> None:
    """A term whose key is Chinese and whose only label is English is told by its key where Chinese is spoken."""
    words = load().extend(
        (Term("巡检", "purpose", "own:巡检", ("service-provision",), "inspection", "", "inspection"),)
    )
    assert Speech(words, "zh").label("巡检", "purpose") == "巡检"
    assert Speech(words, "en").label("巡检", "purpose") == "inspection"
