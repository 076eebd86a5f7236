"""The page of the report in a real browser: for everybody, on every width, on paper, alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it has no stubs
from playwright.sync_api import Page

from tests.report import sample
from troth.report.page import faults, page


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The address of the page in each language."""
    folder = tmp_path_factory.mktemp("report")
    found = {}
    for language in ("en", "zh"):
        path: Path = folder / f"{language}.html"
        path.write_text(page(sample.sample(language), sample.processing(language)), "utf-8")
        found[language] = path.as_uri()
    return found


def unfold(window: Page) -> None:
    """Open everything that is folded."""
    window.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_everybody_can_use_the_page(
    language: str, colours: str, addresses: dict[str, str], browser_page: Page
) -> None:
    """Axe finds nothing, contrast included, in both colours and languages, with everything unfolded."""
    browser_page.emulate_media(color_scheme="dark" if colours == "dark" else "light")
    browser_page.goto(addresses[language])
    unfold(browser_page)
    found = Axe().run(browser_page).response
    assert found["testEngine"]["name"] == "axe-core"
    assert [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found["violations"]] == []


@pytest.mark.parametrize("width", [360, 390, 768, 1280])
def test_nobody_scrolls_sideways(width: int, addresses: dict[str, str], browser_page: Page) -> None:
    """The page is as wide as the window, also unfolded, down to a small telephone."""
    browser_page.set_viewport_size({"width": width, "height": 740})
    browser_page.goto(addresses["en"])
    unfold(browser_page)
    assert browser_page.evaluate("document.documentElement.scrollWidth") == width


def test_one_file(addresses: dict[str, str], browser_page: Page) -> None:
    """The page asks nobody for anything, runs no script, and its own content policy lets its style through."""
    asked: list[str] = []
    said: list[str] = []
    browser_page.on("request", lambda request: asked.append(request.url))
    browser_page.on("console", lambda message: said.append(message.text))
    browser_page.goto(addresses["en"], wait_until="networkidle")
    assert asked == [addresses["en"]]
    assert said == []
    assert browser_page.locator("script").count() == 0
    assert browser_page.locator("body").evaluate("one => getComputedStyle(one).maxWidth") != "none"


def test_links_lead_somewhere(addresses: dict[str, str], browser_page: Page) -> None:
    """Every link leads to an element of the page, and no element is named twice."""
    browser_page.goto(addresses["en"])
    links = browser_page.evaluate("[...document.querySelectorAll('a')].map(a => a.getAttribute('href'))")
    names = browser_page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    assert links
    assert {link.removeprefix("#") for link in links} - set(names) == set()
    assert len(names) == len(set(names))


def test_the_page_is_the_policy(addresses: dict[str, str], browser_page: Page) -> None:
    """Every sentence stands on the page in order, with the word of its status, and what is broken stands before them."""
    browser_page.goto(addresses["en"])
    report = sample.sample()
    for line in report.lines:
        here = browser_page.locator(f"#{line.id}")
        assert line.binding.sentence.text in here.inner_text()
        if line.promises:
            assert here.locator(".mark").inner_text() == line.status
    top = browser_page.locator("#part-broken").bounding_box()
    text = browser_page.locator("#part-text").bounding_box()
    assert top is not None
    assert text is not None
    assert top["y"] < text["y"]
    said = browser_page.locator("#part-broken").inner_text()
    assert all(line.id in said for line in report.broken)
    assert "3 of 1,203,441" in said
    assert len(faults(report)) == 1


def test_a_figure_leads_to_its_entry(addresses: dict[str, str], browser_page: Page) -> None:
    """A person unfolds a sentence, follows the number of an entry, and sees the entry as the ledger holds it."""
    browser_page.goto(addresses["en"])
    sentence = browser_page.locator("#hkc-007")
    sentence.locator("summary").first.click()
    link = sentence.locator(".figures .bad + .seqs a").first
    number = link.inner_text()
    link.click()
    entry = browser_page.locator(f"#entry-{number}")
    entry.locator("summary").click()
    assert f'"seq":{number}' in entry.locator("pre").inner_text()


def test_paper(addresses: dict[str, str], browser_page: Page) -> None:
    """On paper there is no menu, nothing to unfold, and why a sentence counts as kept stands below it."""
    browser_page.goto(addresses["en"])
    assert not browser_page.locator(".paper").first.is_visible()
    browser_page.emulate_media(media="print")
    assert browser_page.locator(".paper").first.is_visible()
    assert not browser_page.locator("nav").is_visible()
    assert not browser_page.locator(".s summary").first.is_visible()
    assert browser_page.pdf(format="A4").startswith(b"%PDF-")


def test_pictures_on_a_telephone(addresses: dict[str, str], browser_page: Page) -> None:
    """The drawing of the flows is a list on a telephone, where its letters would be too small."""
    browser_page.goto(addresses["en"])
    for width, drawn in ((390, False), (1280, True)):
        browser_page.set_viewport_size({"width": width, "height": 740})
        assert browser_page.locator(".flow").is_visible() is drawn
        assert browser_page.locator(".lines").is_visible() is not drawn
    assert "payment institutions" in (browser_page.locator(".lines").text_content() or "")
