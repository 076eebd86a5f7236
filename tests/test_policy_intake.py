"""Published texts come in from plain text, HTML and DOCX; anything else is refused in plain words."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from troth.model.errors import SourceError
from troth.policy.intake import LIMIT_BYTES, Intake, read_text
from troth.policy.split import split

CHINESE = "隐私政策\n\n我们重视您的个人信息。我们会收集您的姓名、电话和地址，用于提供服务。\n"
TRADITIONAL = "隱私政策\n\n我們重視您的個人資料。我們會收集您的姓名、電話和地址，用於提供服務。\n"
PAGE = """<!DOCTYPE html><html><head><title>Privacy  notice</title><style>p {color: red}</style></head>
<body><nav><a href="/">Home</a></nav><script>track()</script>
<h1>Privacy notice</h1><p>We collect <b>your name</b> and
your address.<br>We keep it. <span style="display: none">secret</span></p>
<h2>Use</h2><p>We use it:</p><ul><li>to serve you;</li><li>to bill you. You may object.</li></ul>
<table><tr><th>Data</th><th>Purpose</th></tr><tr><td>Name</td><td>Billing</td></tr></table>
<!-- a comment --><div>Text <p hidden>not shown</p> in a box</div></body></html>"""


def _docx(build: list[tuple[str, str]]) -> bytes:
    document = docx.Document()
    for style, text in build:
        document.add_paragraph(text, style=style or None)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Name", "Billing"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (CHINESE.encode("utf-8"), CHINESE),
        (CHINESE.encode("utf-8-sig"), CHINESE),
        (CHINESE.encode("utf-16"), CHINESE),
        (CHINESE.encode("gb18030"), CHINESE),
        (TRADITIONAL.encode("big5"), TRADITIONAL),
        ("Privacy\n\nWe log café visits.\n".encode("utf-16-le"), "Privacy We log café visits."),
        ("We don’t sell “data”. Café owners may.".encode("cp1252"), "We don’t sell “data”. Café owners may."),
        (b"One.\r\nTwo.\rThree.\n", "One. Two. Three."),
    ],
)
def test_encodings_are_told_by_themselves(data: bytes, text: str) -> None:
    """UTF-8 and UTF-16 with and without mark, both Chinese encodings and Windows-1252 give the same text."""
    joined = " ".join(block.text for block in read_text(data, "policy.txt").blocks)
    assert joined.split() == text.split()


def test_page_declares_its_encoding() -> None:
    """A page that is not UTF-8 is read in the encoding it declares."""
    page = f'<html><head><meta charset="gb2312"></head><body><p>{CHINESE}</p></body></html>'
    assert "我们重视您的个人信息" in read_text(page.encode("gbk"), "p.html").blocks[0].text


def test_html_gives_headings_bullets_and_visible_text_only() -> None:
    """Markup decides the kinds; scripts, navigation and hidden elements are no part of the text."""
    intake = read_text(PAGE.encode(), "page.html")
    assert intake.title == "Privacy notice"
    assert [(block.kind, block.level, " ".join(block.text.split())) for block in intake.blocks] == [
        ("heading", 1, "Privacy notice"),
        ("paragraph", 0, "We collect your name and your address."),
        ("paragraph", 0, "We keep it."),
        ("heading", 2, "Use"),
        ("paragraph", 0, "We use it:"),
        ("bullet", 1, "to serve you;"),
        ("bullet", 1, "to bill you. You may object."),
        ("row", 0, "Data Purpose"),
        ("row", 0, "Name Billing"),
        ("paragraph", 0, "Text in a box"),
    ]


def test_html_is_told_by_its_content() -> None:
    """A page is read as a page whatever its name."""
    assert read_text(PAGE.encode(), "policy.txt").blocks[0].kind == "heading"


_TAGS = st.sampled_from(["p", "div", "li", "h2", "b", "span", "ul", "td", "br", "em", "section"])
_TREES = st.recursive(
    st.sampled_from(["We use data. ", "您好。", "a &amp; b ", "x", " ", "\n"]),
    lambda inner: st.tuples(_TAGS, st.lists(inner, max_size=4)).map(
        lambda node: f"<{node[0]}>{''.join(node[1])}</{node[0]}>"
    ),
    max_leaves=25,
)


@settings(max_examples=150, deadline=None)
@given(_TREES)
def test_page_text_is_kept(tree: str) -> None:
    """The sentences of a page are its text content, up to white space."""
    page = f"<html><body><p>Begin.</p>{tree}</body></html>"
    content = "".join(map(str, lxml_html.document_fromstring(page).itertext()))
    units = split(read_text(page.encode(), "p.html"))
    assert "".join("".join(unit.text.split()) for unit in units) == "".join(str(content).split())


def test_docx_gives_headings_bullets_and_rows() -> None:
    """Styles of Word decide the kinds; a table row is a line."""
    paragraphs = [
        ("Title", "Privacy"),
        ("Heading 1", "Use"),
        ("", "We use it."),
        ("List Bullet", "to serve you"),
    ]
    data = _docx(paragraphs)
    assert [(block.kind, block.level, block.text) for block in read_text(data, "policy.docx").blocks] == [
        ("heading", 1, "Privacy"),
        ("heading", 1, "Use"),
        ("paragraph", 0, "We use it."),
        ("bullet", 1, "to serve you"),
        ("row", 0, "Name\tBilling"),
    ]


def test_docx_entities_are_not_expanded() -> None:
    """An entity declared in a Word file is never expanded, so that it can neither grow nor read files."""
    with zipfile.ZipFile(io.BytesIO(_docx([("", "MARK")]))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    body = parts["word/document.xml"].decode()
    entity = '<!DOCTYPE w:document [<!ENTITY big "EXPANDED">]><w:document'
    parts["word/document.xml"] = body.replace("<w:document", entity, 1).replace("MARK", "&big;").encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    assert "EXPANDED" not in " ".join(block.text for block in read_text(out.getvalue(), "p.docx").blocks)


def _zip(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "p.txt", "holds no text"),
        (b"  \n\n ", "p.txt", "holds no text"),
        (b"x" * (LIMIT_BYTES + 1), "p.txt", "more than the 8 MiB"),
        (b"%PDF-1.7 ...", "p.pdf", "is a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "p.doc", "old Word file"),
        (b"{\\rtf1 hello}", "p.rtf", "RTF"),
        (b"We\x00 keep\x00\x00 it", "p.txt", "control characters"),
        (b"Hello", "p.docx", "not a Word file"),
        (_zip({"a.txt": b"x"}), "a.zip", "not a Word file"),
        (b"PK\x03\x04 broken", "p.docx", "damaged"),
        (_zip({"word/document.xml": b"<broken"}), "p.docx", "damaged"),
        (_zip({"word/document.xml": bytes(70 * 1024 * 1024)}), "p.docx", "unpacks to more than 64 MiB"),
        (bytes(range(128, 256)) * 20, "p.txt", "encoding"),
        (b"<html><body><script>x</script></body></html>", "p.html", "holds no text"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, name: str, words: str) -> None:
    """The refusal names the file, says what is wrong and what to do."""
    with pytest.raises(SourceError, match=words) as caught:
        read_text(data, name)
    assert str(caught.value).startswith(f"{name}:1:1: ")
    assert caught.value.hint


def _read_or_refuse(data: bytes, name: str) -> Intake:
    """The blocks of the file, none where it is refused with a hint; anything else is the test's failure."""
    try:
        return read_text(data, name)
    except SourceError as error:
        return Intake(()) if error.hint else pytest.fail("a refusal without a hint")


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from([b"", b"PK\x03\x04", b"<html>", b"\xff\xfe", b"\xef\xbb\xbf", b"<!doctype html><p>"]),
    st.binary(max_size=400),
    st.sampled_from(["p.txt", "p.html", "p.docx", "p.md", "p"]),
)
def test_any_bytes_are_read_or_refused(start: bytes, data: bytes, name: str) -> None:
    """No bytes whatever give anything but blocks or a refusal."""
    intake = _read_or_refuse(start + data, name)
    assert all(block.text.strip() for block in intake.blocks)
    assert all(unit.text for unit in split(intake))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 4000), st.binary(min_size=1, max_size=40))
def test_damaged_word_files_are_refused(at: int, junk: bytes) -> None:
    """A Word file with bytes overwritten anywhere is read or refused."""
    whole = _docx([("Title", "Privacy"), ("", "We use it.")])
    at %= len(whole)
    intake = _read_or_refuse(whole[:at] + junk + whole[at + len(junk) :], "p.docx")
    assert all(block.text for block in intake.blocks)


def test_deep_pages_are_read_or_refused() -> None:
    """A thousand nested elements are read; what is too deep is refused, never lost in silence."""
    page = "<html><body>" + "<div>" * 1_000 + "We use data." + "</div>" * 1_000
    assert read_text(page.encode(), "p.html").blocks[-1].text == "We use data."
    with pytest.raises(SourceError, match="nested too deeply"):
        read_text(page.replace("<div>", "<div><div><b>" * 3).encode(), "p.html")
