"""Published texts come in from plain text, HTML and DOCX; anything else is refused in plain words."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import docx.oxml
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from tests.cli.terminal import policy
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


def _page(body: str) -> Intake:
    return read_text(f"<html><body>{body}</body></html>".encode(), "p.html")


@pytest.mark.parametrize(
    ("page", "texts"),
    [
        ("<ol><li>a</li><li>b</li></ol>", ["1. a", "2. b"]),
        ('<ol start="3"><li>a</li><li value="7">b</li><li>c</li></ol>', ["3. a", "7. b", "8. c"]),
        ("<ol reversed><li>a</li><li>b</li></ol>", ["2. a", "1. b"]),
        (
            '<ol type="a"><li>a<ol type="I" start="4"><li>b</li></ol></li><li>c</li></ol>',
            ["a. a", "IV. b", "b. c"],
        ),
        ("<ol><li><p>a</p><p>b</p></li><li></li><li>c</li></ol>", ["1. a", "b", "3. c"]),
        ('<ol style="list-style: none"><li>a</li></ol><ul><li>b</li></ul>', ["a", "b"]),
    ],
)
def test_ordered_lists_keep_their_numbers(page: str, texts: list[str]) -> None:
    """The numbers that a browser shows stand in the text, since other sentences refer to them."""
    assert [block.text for block in _page(page).blocks] == texts


@pytest.mark.parametrize(
    "menu",
    [
        '<div class="nav"><a href="/">Home</a><a href="/p">Pricing</a></div>',
        '<ul id="main-menu"><li><a href="/">Home</a></li></ul>',
        '<p class="breadcrumb"><a href="/">Home</a> &gt; <a href="/p">Policy</a></p>',
        '<div role="navigation">Home</div>',
    ],
)
def test_menus_are_no_text(menu: str) -> None:
    """What is called a menu and holds only links is left out, and named."""
    intake = _page(f"{menu}<p>We use data.</p>")
    assert [block.text for block in intake.blocks] == ["We use data."]
    assert len(intake.lost) == 1
    assert "Home" in intake.lost[0]


@pytest.mark.parametrize(
    "text",
    [
        '<div class="nav-body"><a href="/">Terms</a> We use data.</div>',
        '<div class="menu">We use data.</div>',
    ],
)
def test_text_in_a_menu_is_kept(text: str) -> None:
    """An element that says something outside of links is text, whatever it is called."""
    assert _page(text).blocks[0].text.endswith("We use data.")


def test_links_above_and_below_the_page_are_menus() -> None:
    """A header or footer of links is a menu; one with words, such as an address, is kept."""
    page = _page(
        '<header><a href="/">Home</a> <a href="/in">Login</a></header><p>We use data.</p><footer>12 Main Street</footer>'
    )
    assert [one.text for one in page.blocks] == ["We use data.", "12 Main Street"]


def test_marks_of_footnotes_are_no_words() -> None:
    """A raised link to a note, and the arrow back, are left out and named, so that sentences end where they end."""
    page = _page(
        '<p>We keep it as long as needed.<sup><a href="#fn1">1</a></sup> We delete it then.'
        '<a role="doc-noteref" href="#n2">[2]</a></p><p>10 m<sup>2</sup>, see <a href="#s4">4</a>.</p>'
        '<ol><li id="fn1">By law. <a href="#ref1">\u21a9</a></li></ol>'
    )
    assert [one.text for one in page.blocks] == [
        "We keep it as long as needed. We delete it then.",
        "10 m2, see 4.",
        "1. By law.",
    ]
    assert page.lost == ("2 marks of a footnote",)


def test_hidden_passages_are_named() -> None:
    """What a page may show on a click is not lost in silence; what scripts hold is no text at all."""
    page = '<p>We use data.</p><div style="display:none">We sell it.</div><script>x()</script><iframe src="/x"></iframe>'
    assert _page(page).lost == ("1 embedded page", 'hidden or a menu: "We sell it."')


def test_tables_that_lay_out_the_page_are_no_rows() -> None:
    """A table of one cell a row, or with headings in its cells, is the page; a table in it is a table."""
    page = (
        "<table><tr><td><h2>Use</h2><p>We use it.</p><table><tr><td>Name</td><td>Billing</td></tr></table></td>"
        "<td><p>Beside.</p></td></tr><tr><td><p>Below.</p></td></tr></table>"
    )
    assert [(block.kind, block.text) for block in _page(page).blocks] == [
        *(("heading", "Use"), ("paragraph", "We use it."), ("row", "Name\tBilling")),
        *(("paragraph", "Beside."), ("paragraph", "Below.")),
    ]


def test_import_names_what_it_leaves_out(tmp_path: Path) -> None:
    """Losses go to standard error, the draft to standard output."""
    page = tmp_path / "p.html"
    page.write_text("<html><body><p>We use data.</p><p hidden>We sell it.</p></body></html>", "utf-8")
    outcome = policy("import", page)
    assert outcome.code == 0
    assert 'left out: hidden or a menu: "We sell it."' in outcome.err
    assert "We sell it" not in outcome.out


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


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def _para(inside: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def _word(*elements: str, notes: str = "") -> Intake:
    """A Word file with these elements in its body and these footnotes, read again."""
    document = docx.Document()
    for element in elements:
        head, tag, rest = element.partition(">")
        declared = f'{head} {_W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        document.element.body.insert(-1, docx.oxml.parse_xml(declared + tag + rest))
    if notes:
        uri, kind = (
            PackURI("/word/footnotes.xml"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml",
        )
        blob = f"<w:footnotes {_W}>{notes}</w:footnotes>".encode()
        part = Part(uri, f"{kind}.footnotes+xml", blob, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    out = io.BytesIO()
    document.save(out)
    return read_text(out.getvalue(), "policy.docx")


_BOX = f"<w:txbxContent>{_para(_run('In a box.'))}</w:txbxContent>"


@pytest.mark.parametrize(
    ("element", "texts"),
    [
        (_para(f"{_run('Kept.')}<w:ins>{_run(' Added.')}</w:ins>"), ["Kept. Added."]),
        (f"<w:ins>{_para(_run('Added.'))}</w:ins>", ["Added."]),
        (f"<w:sdt><w:sdtContent>{_para(_run('Controlled.'))}</w:sdtContent></w:sdt>", ["Controlled."]),
        (_para(f"<w:sdt><w:sdtContent>{_run('Controlled.')}</w:sdtContent></w:sdt>"), ["Controlled."]),
        (_para(f"<w:smartTag>{_run('Smart.')}</w:smartTag>"), ["Smart."]),
        (_para(f"<w:hyperlink>{_run('Linked.')}</w:hyperlink>"), ["Linked."]),
        (_para(f"{_run('Text.')}<w:r><w:pict>{_BOX}</w:pict></w:r>"), ["Text.", "In a box."]),
        (
            _para(
                f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{_BOX}</w:drawing></mc:Choice>"
                f"<mc:Fallback><w:pict>{_BOX}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
            ),
            ["In a box."],
        ),
        (
            (
                "<w:tbl><w:tr><w:tc><w:tbl><w:tr>"
                f"<w:tc>{_para(_run('Name'))}</w:tc><w:tc>{_para(_run('Billing'))}</w:tc></w:tr></w:tbl>{_para('')}</w:tc>"
                f"<w:tc>{_para(_run('Beside.'))}</w:tc></w:tr></w:tbl>"
            ),
            ["Name\tBilling", "Beside."],
        ),
        (
            (
                f"<w:tbl><w:sdt><w:sdtContent><w:tr><w:tc>{_para(_run('A.'))}{_para(_run('B.'))}</w:tc>"
                f"<w:tc>{_para(_run('C'))}</w:tc></w:tr></w:sdtContent></w:sdt></w:tbl>"
            ),
            ["A.\nB.\tC"],
        ),
    ],
)
def test_docx_text_is_found_wherever_it_stands(element: str, texts: list[str]) -> None:
    """Tracked insertions, controls, smart tags, links, text boxes and tables in tables are text of the file, once."""
    intake = _word(element)
    assert [block.text for block in intake.blocks] == texts
    assert intake.lost == ()


@pytest.mark.parametrize(
    ("inside", "lost"),
    [
        (f"<w:del><w:r><w:delText>Gone.</w:delText></w:r></w:del>{_run('Here.')}", "1 deleted passage"),
        (f"<w:moveFrom>{_run('Gone.')}</w:moveFrom>{_run('Here.')}", "1 deleted passage"),
        (_run("Secret.", "<w:vanish/>") + _run("Here."), "1 hidden passage"),
        (f"{_run('Here.')}<w:r><w:drawing/></w:r><w:r><w:pict/></w:r>", "2 pictures"),
        (
            f"{_run('Here.')}<w:r><w:footnoteReference w:id='9'/></w:r>",
            "1 footnote that the file does not hold",
        ),
    ],
)
def test_docx_says_what_it_leaves_out(inside: str, lost: str) -> None:
    """Deleted and hidden words and pictures are no text, and what was left out is named."""
    intake = _word(_para(inside))
    assert [block.text for block in intake.blocks] == ["Here."]
    assert intake.lost == (lost,)


def test_docx_words_that_are_not_hidden_stay() -> None:
    """A property that is switched off is off."""
    assert [b.text for b in _word(_para(_run("Shown.", '<w:vanish w:val="0"/>'))).blocks] == ["Shown."]


def test_docx_notes_follow_the_text_in_its_order() -> None:
    """Footnotes are sentences of the policy: they stand behind the text in the order it refers to them."""
    body = [
        _para(f"{_run(word)}<w:r><w:footnoteReference w:id='{number}'/></w:r>")
        for word, number in (("First.", 3), ("Second.", 2))
    ]
    notes = "".join(
        f"<w:footnote w:id='{number}'>{_para(_run(word))}</w:footnote>"
        for number, word in ((2, "We sell it."), (3, "We share it."))
    )
    intake = _word(*body, notes=notes)
    assert [block.text for block in intake.blocks] == ["First.", "Second.", "We share it.", "We sell it."]


@pytest.mark.parametrize("following", [[_para(_run("for a year."))], []])
def test_docx_paragraphs_joined_by_a_tracked_deletion(following: list[str]) -> None:
    """Where the end of a paragraph is deleted, its words go on in the next one, or stand alone where none follows."""
    joined = _word(_para(_run("We keep it "), "<w:rPr><w:del/></w:rPr>"), *following)
    assert [block.text for block in joined.blocks] == ["We keep it" + " for a year." * len(following)]


def test_docx_kinds_come_from_styles_levels_and_bold_words() -> None:
    """An outline level makes a heading, bold words a bold paragraph, a plain paragraph stays one."""
    intake = _word(
        _para(_run("Use"), '<w:outlineLvl w:val="1"/>'),
        _para(_run("Billing", "<w:b/>")),
        _para(_run("We ", "<w:b/>") + _run("bill you.")),
    )
    assert [(b.kind, b.level) for b in intake.blocks] == [("heading", 2), ("bold", 0), ("paragraph", 0)]


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
