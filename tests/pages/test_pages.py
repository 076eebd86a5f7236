"""The pages that people get, in a real browser: the published policy and the explained one."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it has no stubs
from playwright.sync_api import Page

from tests.house.tree import HOUSE
from troth.cli import main

SAMPLE = HOUSE / "samples" / "hkcloud" / "policy.troth.md"
SENTENCE = "hkc-080"
WIDTHS = {"telephone": 360, "tablet": 768, "desk": 1280}
CHINESE = """+++
provider = "示例云"
version = "2026-01-01"
language = "zh"
vocab = ["dpv-2.3", "troth-cloud-1"]
+++

# 您的账户 {#s1}

我们收集您的姓名和电子邮箱地址，用于创建账户。 {#s2 account}
希望您喜欢我们的服务。 {#s3 i:greeting}

```troth
promise account collect "注册所需信息"
  may collect name, email-address for account-management
  prove collection-gate
```
"""

Command = Literal["publish", "explain"]
Colours = Literal["light", "dark"]


def made(command: Command, policy: Path, folder: Path, *more: str) -> str:
    """Return the address of the page that a command writes."""
    page = folder / f"{command}.html"
    with pytest.raises(SystemExit) as ending:
        main(["policy", command, str(policy), "-f", "html", "-o", str(page), *more])
    assert ending.value.code == 0
    return page.as_uri()


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> dict[Command, str]:
    """The addresses of both pages of a complete policy."""
    folder = tmp_path_factory.mktemp("pages")
    return {"publish": made("publish", SAMPLE, folder), "explain": made("explain", SAMPLE, folder)}


def violations(page: Page) -> list[str]:
    """Return what keeps some people from using the page, each with the first element it is about."""
    found = Axe().run(page).response
    assert found["testEngine"]["name"] == "axe-core"
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found["violations"]]


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("command", ["publish", "explain"])
def test_everybody_can_use_the_page(
    command: Command, colours: Colours, addresses: dict[Command, str], browser_page: Page
) -> None:
    """Axe finds nothing, contrast included, in light and in dark colours, also on the sentence that a link leads to."""
    browser_page.emulate_media(color_scheme=colours)
    browser_page.goto(f"{addresses[command]}#{SENTENCE}")
    assert violations(browser_page) == []


def test_obstacles_are_found(browser_page: Page) -> None:
    """The search for obstacles finds a picture without words and grey letters on grey."""
    browser_page.set_content(
        '<html lang="en"><title>t</title><main><h1>h</h1><img src="data:,"><p style="color:#aaa;background:#bbb">grey words'
    )
    found = [line.partition(":")[0] for line in violations(browser_page)]
    assert found == ["color-contrast", "image-alt"]


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
@pytest.mark.parametrize("command", ["publish", "explain"])
def test_nobody_scrolls_sideways(
    command: Command, width: int, addresses: dict[Command, str], browser_page: Page
) -> None:
    """The page is as wide as the window, down to a small telephone."""
    browser_page.set_viewport_size({"width": width, "height": 740})
    browser_page.goto(addresses[command])
    assert browser_page.evaluate("document.documentElement.scrollWidth") == width
    over = "[...document.body.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)"
    assert browser_page.evaluate(f"{over}.map(e => e.outerHTML.slice(0, 120))") == []


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("command", ["publish", "explain"])
def test_link_leads_to_the_sentence(
    command: Command, width: int, addresses: dict[Command, str], browser_page: Page
) -> None:
    """A link to a sentence shows it in the upper half of the window, below nothing else, and marks it."""
    browser_page.set_viewport_size({"width": width, "height": 740})
    browser_page.goto(addresses[command])
    sentence = browser_page.locator(f"#{SENTENCE}")
    assert "In such cases, we will restrict" in sentence.inner_text()
    assert sentence.evaluate("one => one.getBoundingClientRect().top > innerHeight")
    colour = "one => getComputedStyle(one.querySelector('.said') ?? one).backgroundColor"
    plain = sentence.evaluate(colour)
    browser_page.goto(f"{addresses[command]}#{SENTENCE}")
    top = sentence.evaluate("one => one.getClientRects()[0].top")
    assert 0 <= top < 740 / 2
    seen = "one => { const r = one.getClientRects()[0]; return one.contains(document.elementFromPoint(r.left + 4, r.top + 4)) }"
    assert sentence.evaluate(seen)
    assert sentence.evaluate(colour) != plain


@pytest.mark.parametrize("command", ["publish", "explain"])
def test_links_within_the_page(command: Command, addresses: dict[Command, str], browser_page: Page) -> None:
    """Every link within the page leads to an element, and no element is named twice."""
    browser_page.goto(addresses[command])
    links = browser_page.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.getAttribute('href').slice(1))"
    )
    names = browser_page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    assert links
    assert set(links) - set(names) == set()
    assert len(names) == len(set(names))


@pytest.mark.parametrize("command", ["publish", "explain"])
def test_page_fetches_nothing(command: Command, addresses: dict[Command, str], browser_page: Page) -> None:
    """A page about privacy asks nobody for anything: it is one file."""
    asked: list[str] = []
    browser_page.on("request", lambda request: asked.append(request.url))
    browser_page.goto(addresses[command], wait_until="networkidle")
    assert asked == [addresses[command]]


def test_chinese_page(tmp_path: Path, browser_page: Page) -> None:
    """The page of a Chinese policy says so, to speech programs and in its own words, and stands in one line of text."""
    policy = tmp_path / "policy.troth.md"
    policy.write_text(CHINESE, "utf-8")
    browser_page.goto(made("publish", policy, tmp_path))
    assert browser_page.locator("html").get_attribute("lang") == "zh"
    assert browser_page.title() == "示例云：隐私政策"
    assert "用于创建账户。希望您" in browser_page.locator("main").inner_text()
    assert violations(browser_page) == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_explained_in_both_languages(language: str, tmp_path: Path, browser_page: Page) -> None:
    """A Chinese policy can be explained in either language, and every part of the page says which it is in."""
    policy = tmp_path / "policy.troth.md"
    policy.write_text(CHINESE, "utf-8")
    browser_page.goto(made("explain", policy, tmp_path, "--lang", language))
    said = "element => element.closest('[lang]').lang"
    row = browser_page.locator("#s2")
    assert row.get_by_text("我们收集您的姓名").evaluate(said) == "zh"
    head = {"en": "What the machine understood", "zh": "机器的理解"}[language]
    assert browser_page.get_by_text(head).first.evaluate(said) == language
    assert violations(browser_page) == []
