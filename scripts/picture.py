"""Make the pictures of the documents: explained.png and report.png in docs/pictures.

python scripts/picture.py            the explained page of samples/hkcloud where the right to deletion begins
python scripts/picture.py report     the report of the demo, which `make demo` has to have made
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

HOUSE = Path(__file__).resolve().parent.parent
PICTURES = HOUSE / "docs" / "pictures"
DEMO = HOUSE / "build" / "demo" / "report.html"
POLICY = HOUSE / "samples" / "hkcloud" / "policy.troth.md"
FIRST = "hkc-076"
"""The row at the top of the picture: VI (III), deletion."""
SIZE = {"width": 1200, "height": 800}


def page(folder: Path) -> Path:
    """Return the explained page, written to a folder by the command that people use."""
    written = folder / "explained.html"
    troth = Path(sys.executable).with_name("troth")
    subprocess.run([troth, "policy", "explain", POLICY, "-f", "html", "-o", written], check=True)
    return written


def shoot(written: Path, browser: str, picture: Path, first: str) -> None:
    """Photograph the page in light colours, with an element at the top, or from its beginning where none is named."""
    with sync_playwright() as playwright:
        window = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        sheet = window.new_page(
            viewport={"width": SIZE["width"], "height": SIZE["height"]}, color_scheme="light"
        )
        sheet.goto(written.as_uri())
        if first:
            sheet.locator(f"#{first}").evaluate("row => row.scrollIntoView()")
        picture.parent.mkdir(exist_ok=True)
        sheet.screenshot(path=picture)
        window.close()


def main() -> None:
    """Make the picture; the exit code is 1 without a browser."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        sys.exit("no browser on the path (Debian, Ubuntu: apt-get install chromium)")
    if sys.argv[1:] == ["report"]:
        picture = PICTURES / "report.png"
        if not DEMO.is_file():
            sys.exit(f"there is no {DEMO.relative_to(HOUSE)}: run make demo first")
        shoot(DEMO, browser, picture, "")
    else:
        picture = PICTURES / "explained.png"
        with tempfile.TemporaryDirectory() as folder:
            shoot(page(Path(folder)), browser, picture, FIRST)
    print(f"{picture.relative_to(HOUSE)}: {picture.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
