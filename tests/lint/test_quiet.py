"""What a careful reader passes over: numbers under chapters, duties of readers, rows of one form, links that only tell more."""

from __future__ import annotations

import pytest

from troth.model.sentence import Sentence
from troth.policy.lint import lint_text


def _rules(*texts: str) -> set[str]:
    """The rules; lines that begin with a hash are headings."""
    section: tuple[str, ...] = ()
    units = []
    for n, text in enumerate(texts, 1):
        heading = text.startswith("# ")
        if heading:
            section = (text[2:],)
        units.append(
            Sentence(
                f"s{n}",
                n,
                text.removeprefix("# "),
                "heading" if heading else "sentence",
                () if heading else section,
                n,
            )
        )
    return {f"{f.kind}/{f.rule}" for f in lint_text(units)}


OWED = (
    "We want to ensure that you always comply with our terms and keep your data safe.",
    "So that we can guarantee our network to all customers, we measure traffic and secure it.",
    "Users must always keep their password secret.",
    "You should never share your account data.",
    "Rules help us to make sure that members always follow the law on private data.",
)
PROMISED = (
    "Your data is always safe with us.",
    "We guarantee complete security of your data.",
    "So that we can guarantee absolute security of your data, we encrypt it.",
    "Nobody can ever read your files.",
    "Our servers are fully secure.",
)


@pytest.mark.parametrize("text", OWED)
def test_owed(text: str) -> None:
    """What readers always have to do, and what a measure is meant to help with, is no promise."""
    assert "unenforceable/absolute-claim" not in _rules(text)


@pytest.mark.parametrize("text", PROMISED)
def test_promised(text: str) -> None:
    """What the company promises is one."""
    assert "unenforceable/absolute-claim" in _rules(text)


COMPETENT = (
    "We may release data to appropriate governmental authorities.",
    "We may disclose data to the appropriate law enforcement agencies.",
    "We report fraud and disclose records to the competent authority.",
    "We release names to appropriate regulatory bodies in these cases.",
    "Records are released to the appropriate police authorities after a court order.",
)
JUDGED = (
    "We disclose data to authorities where we believe this is appropriate.",
    "We may release data to the police as we see fit.",
    "We disclose records to authorities if we think it is necessary.",
    "We may release names to officials at our discretion.",
    "We share data with the police when in our opinion it is reasonable.",
)


@pytest.mark.parametrize("text", COMPETENT)
def test_competent(text: str) -> None:
    """The appropriate authorities are the competent ones."""
    assert "undefined-term/disclosure-open" not in _rules(text)


@pytest.mark.parametrize("text", JUDGED)
def test_judged(text: str) -> None:
    """What the company thinks appropriate is its own judgement."""
    assert _rules(text) & {"undefined-term/disclosure-open", "contradiction/disclosure-conflict"}


@pytest.mark.parametrize("chapter", ["III. Data", "3. Data", "三、信息", "Section 3. Data", "Part III. Data"])
def test_chapters(chapter: str) -> None:
    """A first section 3.1 has something to count from under a chapter three, in whatever figures, and else not."""
    parts = (
        "# 3.1 Members",
        "We keep names.",
        "# 3.2 Visitors",
        "We keep logs.",
        "# 3.3 Others",
        "We do not.",
    )
    assert "drafting-error/numbering" not in _rules(f"# {chapter}", *parts)
    assert "drafting-error/numbering" in _rules("# Data", *parts)


ITSELF = (
    "This privacy policy tells what we do.",
    "Our Privacy Policy applies to former and prospective customers.",
)


def test_itself() -> None:
    """The text is no other document, whatever stands in its first line."""
    assert "dangling-reference/reference-unresolved" not in _rules("# Frost Hosting", *ITSELF)


def test_read_by() -> None:
    """Who can read a cookie is no purpose; what it is for is one."""
    wide = "We use cookies to personalise your visit and for advertising."
    assert "contradiction/never-vs-may" not in _rules("Cookies can only be read by our servers.", wide)
    assert "contradiction/never-vs-may" in _rules("We only use cookies to keep you logged in.", wide)


def test_further() -> None:
    """A page of others that only tells more needs no https; one on which people choose does."""
    assert "dangling-contact/link-insecure" not in _rules(
        "For more information on the law, visit http://law.example.org/text."
    )
    assert "dangling-contact/link-insecure" in _rules("You can opt out at http://ads.example.org/optout.")


def test_rows() -> None:
    """Rows with labels of their own are one list, and sentences that say the same stand twice."""
    rows = "set by the plugin only if you click it or are logged in from other pages for connecting"
    assert "duplicate/duplicate-clause" not in _rules(
        f"6.1. Rimebook: {rows} with them.", "Tea is free.", f"6.2. Chirper: {rows} and sharing."
    )
    assert "duplicate/duplicate-clause" in _rules(
        f"Cookies are {rows} with them.", "Tea is free.", f"Cookies are {rows} and sharing."
    )


def test_forms() -> None:
    """What opens the entries of many services alike is their form; what opens two is a repetition."""
    line = "We process your data for billing, support and the provision of this service."
    many = [text for name in ("Mail", "Web", "Disks", "Names") for text in (f"# {name}", line)]
    assert "duplicate/duplicate-sentence" not in _rules(*many)
    assert "duplicate/duplicate-sentence" in _rules(*many[:4])


TIMELY = ("目的：第一时间收到账单。", "方便客户及时处理账单。", "以便您及时了解并处理告警。")
UNTIMED = ("我们会及时答复您的请求。", "我们将及时处理您的投诉。", "发生泄露时我们会及时告知您。")


@pytest.mark.parametrize("text", TIMELY)
def test_timely(text: str) -> None:
    """What users can do in time thanks to a service is a purpose."""
    assert "unenforceable/vague-timer" not in _rules(text)


@pytest.mark.parametrize("text", UNTIMED)
def test_untimed(text: str) -> None:
    """What the company does in time is a deadline without a number."""
    assert "unenforceable/vague-timer" in _rules(text)


def test_statistics() -> None:
    """Statistics that nobody gets are a purpose; passed on they need a method."""
    assert "undefined-term/anonymity-undefined" not in _rules(
        "Logs are used to run the shop and to compile statistics on visits."
    )
    assert "undefined-term/anonymity-undefined" in _rules(
        "We provide general statistics on visits to sponsors."
    )
