"""Sentences of a text: where they end, what they are, and that nothing is lost."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from troth.policy.intake import read_text
from troth.policy.split import marked, sentences_of, split

DATA = Path(__file__).parent / "data" / "intake"
FILES = {"heta": "hetacloud", "hansoken": "hansoken", "ccna": "ccna", "hkc": "hkcloud", "easy": "easycloud"}


def _gold(prefix: str) -> list[tuple[int, str, str]]:
    with (DATA / "gold.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            (int(row["line"]), row["element"], row["text"])
            for row in rows
            if row["id"].startswith(prefix + "-")
        ]


def _pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences_of(text)]


def _units(text: str) -> list[tuple[str, str]]:
    return [(unit.element, unit.text) for unit in split(read_text(text.encode(), "policy.txt"))]


@pytest.mark.parametrize("prefix", FILES)
def test_published_text_is_split_as_the_specification_says(prefix: str) -> None:
    """All units of the five published texts come out in order, with line and element."""
    data = (DATA / f"{FILES[prefix]}.txt").read_bytes()
    units = split(read_text(data, f"{FILES[prefix]}.txt"))
    assert [(unit.line, unit.element, unit.text) for unit in units] == _gold(prefix)


def test_ids_count_in_text_order() -> None:
    """Units are named s1, s2, ... without gaps."""
    units = split(read_text((DATA / "ccna.txt").read_bytes(), "ccna.txt"))
    assert [unit.id for unit in units] == [f"s{n}" for n in range(1, len(units) + 1)]


@pytest.mark.parametrize(
    "text",
    [
        "We use providers (e.g. Example Inc. and others) to run the site.",
        "At Example, Inc., we care.",
        "See Art. 6(1)(b) and No. 5 of the list.",
        "The U.S. Department of Commerce runs it.",
        "Mr. Smith and Dr. J. Miller answer.",
        "Version 2.5 costs 3.50 a month.",
        "Write to privacy@example.com or see https://example.com/a.b/c?d=1 for more.",
        "We keep it (as the law asks. It is short.) for a year.",
        "Use i.e. the public address, etc. as needed.",
        "我们会收集您的信息（例如：姓名。电话。），用于提供服务。",
        "我们可能收集；使用；共享您的信息。",
    ],
)
def test_stop_inside_a_sentence_does_not_end_it(text: str) -> None:
    """Abbreviations, numbers, addresses, brackets and Chinese semicolons do not end a sentence."""
    assert _pieces(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We may ask (“Personal Information”). You can refuse!", 2),
        ("It is sold by Example Inc. We never sell it.", 2),
        ("We store name, address, etc. You may object.", 2),
        ("They said “No.” We agreed.", 2),
        ("Is it safe? Yes.", 2),
        ("The data is yours.We only keep it.", 2),
        ("我们重视您的隐私。我们会保护它！您同意吗？", 3),
        ("他说：“请删除。”我们照办。", 2),
        ("我们使用 Cookie。You can refuse. 您可以拒绝。", 3),
        ("我们收集信息.您可以拒绝.", 2),
        ("See the page. (https://example.com/choices)", 2),
        ("We keep it as long as needed.[1] We delete it then.[2][3] It is gone.", 3),
        ("我们保存数据。[1] 我们随后删除。", 2),
    ],
)
def test_stop_ends_a_sentence(text: str, expected: int) -> None:
    """A stop before a new beginning ends the sentence, with the quotes and brackets that close after it."""
    assert len(_pieces(text)) == expected


def test_unmarked_headings_have_depth_by_style() -> None:
    """Roman headings hold bracketed ones; both stand above the sentences below them."""
    text = (
        "Welcome to us!\nI. Collection\n(I) Registration Data\nWe collect your name.\n"
        "(II) Usage\nWe log use.\nII. Use\nWe use it."
    )
    units = split(read_text(text.encode(), "p.txt"))
    sections = {unit.text: unit.section for unit in units if unit.element == "sentence"}
    assert sections["We collect your name."] == ("I. Collection", "(I) Registration Data")
    assert sections["We log use."] == ("I. Collection", "(II) Usage")
    assert sections["We use it."] == ("II. Use",)


def test_chinese_text_has_headings_bullets_and_labels() -> None:
    """Chinese numbering, list numbers and label lines are told apart."""
    text = (
        "隐私政策\n\n一、我们如何收集信息\n我们会收集以下信息：\n（1）姓名；\n（2）电话号码。\n\n"
        "二、联系我们\n如有疑问，请联系我们。\n客服邮箱：help@example.com\n更新日期：2025年5月14日\n"
    )
    assert [element for element, _ in _units(text)] == [
        *("heading", "heading", "sentence", "bullet", "bullet"),
        *("heading", "sentence", "label", "label"),
    ]


def test_numbered_sections_are_headings_and_numbered_items_are_bullets() -> None:
    """An arabic number before a title heads a section; a run of numbered clauses is a list."""
    text = (
        "1. Information We Collect\nWe collect what you give us, such as:\n1. your name\n2. your address\n\n"
        "2. How We Use It\nWe use it to serve you.\n"
    )
    assert [element for element, _ in _units(text)] == [
        "heading",
        "sentence",
        "bullet",
        "bullet",
        "heading",
        "sentence",
    ]


def test_bullet_line_with_two_sentences() -> None:
    """The first sentence of a bullet line is the bullet, the next a sentence."""
    text = "We use it:\n• To write to you. You may object.\n• To bill you.\n"
    assert [element for element, _ in _units(text)] == ["sentence", "bullet", "sentence", "bullet"]


def test_wrapped_lines_are_one_paragraph_with_the_right_lines() -> None:
    """Wrapped lines are read as paragraphs, and a sentence knows the line it begins on."""
    text = (
        "Privacy Policy\n\n"
        "We collect the information that you give us when you register for an account\n"
        "with us, and the information that our servers write down when you use what we\n"
        "offer. We do not sell any of it, whoever asks, and whatever is offered to us in\n"
        "return for it. You can ask us at any time which information about you we have\n"
        "and why.\n\n"
        "We keep the information for as long as your account exists and for one year\n"
        "after you close it.\n"
    )
    units = split(read_text(text.encode(), "p.txt"))
    assert [(unit.line, unit.element) for unit in units] == [
        *((1, "heading"), (3, "sentence"), (5, "sentence"), (6, "sentence"), (9, "sentence")),
    ]
    assert units[1].text.endswith("when you use what we offer.")
    assert units[3].paragraph != units[4].paragraph


@pytest.mark.parametrize(
    ("cells", "units"),
    [
        (["Name", "Billing", "2 years"], ["Name | Billing | 2 years"]),
        (
            ["Name", "To serve you. To bill you.", "2 years"],
            ["Name | To serve you.", "To bill you. | 2 years"],
        ),
        (["We use it.", "We keep it."], ["We use it.", "| We keep it."]),
        (["Name<br>Address", "Billing"], ["Name", "Address | Billing"]),
        (["姓名", "创建账号。客户支持。"], ["姓名 | 创建账号。", "客户支持。"]),
    ],
)
def test_cells_keep_their_borders_and_sentences(cells: list[str], units: list[str]) -> None:
    """The borders of a row show, and each sentence of a cell is a unit of its own."""
    row = "".join(f"<td>{cell}</td>" for cell in cells)
    page = f"<html><body><table><tr>{row}</tr></table><p>We use it.</p></body></html>"
    found = split(read_text(page.encode(), "p.html"))
    assert [unit.text for unit in found[:-1]] == units
    assert len({unit.paragraph for unit in found[:-1]}) == 1


def test_rows_of_a_markdown_table_are_no_headings() -> None:
    """The rows of a Markdown table keep their strokes and are labels; the line below the head holds nothing."""
    text = "We keep data so long:\n\n| Data | Kept for |\n| --- | --- |\n| Invoices | 10 years |\n| Logs | 14 days |\n"
    assert _units(text)[1:] == [
        ("label", "| Data | Kept for |"),
        ("fragment", "| --- | --- |"),
        ("label", "| Invoices | 10 years |"),
        ("label", "| Logs | 14 days |"),
    ]


def test_chinese_lines_that_are_not_wrapped_stay_apart() -> None:
    """A Chinese text has no spaces, so a long next line does not make a heading or a short line carry on in it."""
    parts = (
        "您有权查询、更正、删除您的个人信息，有权注销账号，可通过平台的客服来行使这些权利。",
        "我们会处理。",
    )
    lines = [line for n in range(1, 7) for line in (f"## {n}、您的权利", *parts)]
    units = split(read_text("\n".join(lines).encode(), "policy.md"))
    assert [u.text for u in units if u.element == "heading"] == [f"## {n}、您的权利" for n in range(1, 7)]
    assert sum(u.text == parts[1] for u in units) == 6


def test_chinese_wrapped_by_the_file_has_no_spaces() -> None:
    """A line break inside a Chinese sentence of a page is none of its characters; in English it is a space."""
    page = "<html><body><p>我们保存您的\n信息至 <b>2030</b>\n年。</p><p>We keep\nit.</p></body></html>"
    texts = [unit.text for unit in split(read_text(page.encode(), "p.html"))]
    assert texts == ["我们保存您的信息至 2030 年。", "We keep it."]


_STATED = "We sell your personal data to advertising partners"


@pytest.mark.parametrize(
    "page",
    [
        f"<p>{_STATED}</p>",
        f"<div>{_STATED}</div>",
        f"<p>{_STATED}",
        f"<dl><dt>Sale</dt><dd>{_STATED}</dd></dl>",
        f"<pre>{_STATED}</pre>",
        f"<label>{_STATED}</label>",
        f"<p><b>{_STATED}</b></p>",
        "<p>Sale to Advertising Partners</p>",
    ],
)
def test_page_says_what_its_headings_are(page: str) -> None:
    """Text of a page that no markup calls a heading is none, with or without a full stop, whatever stands below it."""
    data = f"<html><body><h1>Privacy</h1>{page}<p>You may ask us to erase all of your data at any time.</p>"
    units = split(read_text(data.encode(), "p.html"))
    assert [unit.text for unit in units if unit.element == "heading"] == ["Privacy"]


@pytest.mark.parametrize(
    "line", [_STATED, "Your data is shared with insurers", "我们会把您的信息出售给广告商"]
)
def test_line_that_states_something_is_no_heading(line: str) -> None:
    """A line of a plain text that reads as a statement is a sentence where a heading could stand."""
    units = _units(f"Privacy\n\n{line}\n\nYou may ask us to erase all of the data that we have about you.\n")
    assert units[:2] == [("heading", "Privacy"), ("sentence", line)]


def test_bold_paragraphs_and_roles_are_headings() -> None:
    """A paragraph that is bold as a whole heads what is below it, as does an element with that role."""
    page = (
        "<html><body><h2>Privacy</h2><p><strong>Data we collect</strong></p><p>We collect <b>names</b>.</p>"
        "<p role=heading aria-level=2>Use</p><p style='font-weight: 700'>Billing</p><p>We bill you.</p>"
    )
    units = split(read_text(page.encode(), "p.html"))
    assert [(unit.text, unit.section) for unit in units if unit.element == "heading"] == [
        ("Privacy", ()),
        ("Data we collect", ("Privacy",)),
        ("Use", ()),
        ("Billing", ("Use",)),
    ]


def test_headings_by_markup_are_told_from_guessed_ones() -> None:
    """Headings that the file calls so are named; bold and plain lines are not among them."""
    page = read_text(b"<html><body><h1>Privacy</h1><p><b>Use</b></p><p>We use it.</p>", "p.html")
    text = read_text(b"Privacy\n\nWe use it.\n", "p.txt")
    assert marked(page, split(page)) == {"s1"}
    assert marked(text, split(text)) == frozenset()


_SAMPLES = (
    "We|collect|data|e.g.|Inc.|U.S.|you|(if any|)|“Site”|3.5|a@b.c|我们|收集|您的|信息|（姓名|）|https://a.b/c|etc.|•|(1)|"
    "I.|Title|?|一、|…"
)
_WORDS = st.sampled_from(_SAMPLES.split("|"))
_ENDS = st.sampled_from([". ", "。", "! ", "？", ": ", "\n", "\n\n", "; ", "；", "\r\n", "\u3000", "."])
_TEXTS = st.lists(
    st.tuples(st.lists(_WORDS, min_size=1, max_size=8).map(" ".join), _ENDS).map("".join),
    min_size=1,
    max_size=20,
)


@settings(max_examples=200, deadline=None)
@given(_TEXTS.map("".join))
def test_units_put_together_are_the_text(text: str) -> None:
    """Nothing is lost, added or moved, in English, Chinese and mixed texts."""
    units = split(read_text(text.encode(), "p.txt"))
    assert "".join("".join(unit.text.split()) for unit in units) == "".join(text.split())


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_spans_are_in_order_and_hold_every_character(text: str) -> None:
    """Spans never overlap, never begin or end with white space, and leave only white space out."""
    spans = sentences_of(text)
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    assert all(start < end for start, end in spans)
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())


def test_same_words_same_sentences_in_long_texts() -> None:
    """Splitting takes time in proportion to the text: a megabyte in seconds, whatever its brackets."""
    for text in (
        "(" * 100_000,
        "We do (so. " * 10_000,
        "a.b." * 30_000,
        "。" * 100_000,
        "(We. " * 9_000 + ")" * 9_000,
    ):
        assert sum(end - start for start, end in sentences_of(text)) <= len(text)


def test_number_behind_a_bullet_sign() -> None:
    """A bullet sign and a number begin an item together."""
    units = split(read_text("我们保存：\n\n- 1. 发票；\n- 2. 工单。\n".encode(), "policy.txt"))
    assert [(one.element, one.text) for one in units][1:] == [
        ("bullet", "- 1. 发票；"),
        ("bullet", "- 2. 工单。"),
    ]


def test_rows_of_a_table_are_units_and_never_headings() -> None:
    """A row says something: it wants a tag, and lint reads it."""
    page = (
        b"<h1>Privacy</h1><table><tr><th>Data</th><th>Purpose</th></tr>"
        b"<tr><td>Name</td><td>Billing</td></tr></table><p>We collect it. We keep it.</p>"
    )
    units = split(read_text(page, "page.html"))
    assert [(one.element, one.text) for one in units] == [
        ("heading", "Privacy"),
        ("label", "Data | Purpose"),
        ("label", "Name | Billing"),
        ("sentence", "We collect it."),
        ("sentence", "We keep it."),
    ]


def test_chinese_lines_are_paragraphs() -> None:
    """A Chinese line that ends in a stop or a colon ends its paragraph, so a list of periods is published line by line."""
    text = "我们按照下列期限保存：\n账号信息保存六个月。\n订单信息保存三年。\n\nWe keep data.\nWe erase it.\n"
    sentences = split(read_text(text.encode(), "policy.txt"))
    assert [one.paragraph for one in sentences] == [1, 2, 3, 4, 4]
