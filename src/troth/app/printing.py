"""The report and the record of processing as files: HTML, JSON, PDF, CSV, XLSX, JSON-LD."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from troth.model.errors import TrothError
from troth.model.policy import Policy
from troth.report.linked import as_dpv
from troth.report.page import page
from troth.report.records import Record, as_csv, rows
from troth.report.report import Report
from troth.report.sheet import workbook

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
"""Programs that print a page to PDF, the first that is installed is taken."""

PATIENCE = 180
"""Seconds after which a browser that does not print is given up."""

RECORDS = (".csv", ".xlsx", ".jsonld")
"""Endings of the file of a record, each a form of its own."""


def printer() -> str:
    """The program that prints a page to PDF: an installed browser.

    Raises:
        TrothError: there is none.
    """
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        raise TrothError(
            "PDFs are printed by a browser, and none is installed",
            hint="install chromium, or write HTML and print it where a browser is",
        )
    return found


def as_html(report: Report, record: Record) -> bytes:
    """The page of a report."""
    return page(report, record).encode()


def as_pdf(report: Report, record: Record) -> bytes:
    """The page of a report on paper, as a browser prints it; the page runs no script and fetches nothing.

    Raises:
        TrothError: no browser is installed, or it does not print.
    """
    browser = printer()
    # a browser refuses its own sandbox to the superuser, as in a container; the page can not run anything
    more = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory(prefix="troth-print-") as folder:
        place = Path(folder)
        (place / "report.html").write_bytes(as_html(report, record))
        words = [
            browser, "--headless", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer", *more,
            f"--user-data-dir={place / 'profile'}", f"--print-to-pdf={place / 'report.pdf'}",
            (place / "report.html").as_uri(),
        ]  # fmt: skip
        try:
            subprocess.run(words, check=True, capture_output=True, timeout=PATIENCE)
            return (place / "report.pdf").read_bytes()
        except (OSError, subprocess.SubprocessError):
            raise TrothError(
                f"the browser {Path(browser).name} does not print", hint="write HTML and print it by hand"
            ) from None


def as_json(report: Report) -> bytes:
    """The JSON of a report."""
    return (json.dumps(report.as_json(), ensure_ascii=False, indent=2) + "\n").encode()


def record_file(record: Record, policy: Policy, ending: str) -> bytes:
    """A record in the form that the ending of its file names.

    Raises:
        TrothError: it is none of `RECORDS`.
    """
    match ending.lower():
        case ".csv":
            return b"\xef\xbb\xbf" + as_csv(record).encode()  # the mark lets spreadsheets read Chinese
        case ".xlsx":
            return workbook(f"{record.provider} Art. 30", tuple(rows(record)), head=len(record.about) + 1)
        case ".jsonld":
            return (json.dumps(as_dpv(record, policy), ensure_ascii=False, indent=2) + "\n").encode()
        case _:
            raise TrothError(
                f"`{ending}` is no form of a record", hint="end the file in .csv, .xlsx or .jsonld"
            )


def write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; a link leads to its file, and the permissions stay.

    Raises:
        TrothError: the file can not be written.
    """
    try:
        if path.exists() and not path.is_file():  # a pipe, /dev/null: nothing to replace
            path.write_bytes(data)
            return
        whole = path.resolve()
        fresh = whole.with_name(f".{whole.name[:200]}.{os.getpid()}.new")
        try:
            fresh.write_bytes(data)
            if whole.exists():
                shutil.copymode(whole, fresh)
            fresh.replace(whole)
        except OSError:
            fresh.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise TrothError(
            f"`{path}` can not be written: {error.strerror}", hint="check the folder and its permissions"
        ) from None
