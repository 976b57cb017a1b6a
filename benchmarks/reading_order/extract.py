"""What real extractors make of a typeset PDF.

What belongs here: calling them as their users do. What does not: typesetting, judging.
"""

import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pdfplumber
import pypdf
import pypdfium2

from pipeline.pdf.extract import extract as extract_pdf


def _pdfplumber(path: Path) -> list[str]:
    with pdfplumber.open(path) as document:
        return [page.extract_text() or "" for page in document.pages]


def _pypdf(path: Path) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(path).pages]


def _pypdfium2(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def _poppler(path: Path, *options: str) -> list[str]:
    if shutil.which("pdftotext") is None:
        raise FileNotFoundError("pdftotext is missing; run: apt-get install poppler-utils")
    done = subprocess.run(["pdftotext", *options, str(path), "-"], check=True, capture_output=True)
    return done.stdout.decode("utf-8").split("\f")[:-1]


def _plain(path: Path) -> list[str]:
    return _poppler(path)


def _layout(path: Path) -> list[str]:
    return _poppler(path, "-layout")


def _bloemlezing(path: Path) -> list[str]:
    """This project's own: columns come from the boxes of the words."""
    return extract_pdf(path.read_bytes()).split("\f")


EXTRACTORS: Mapping[str, Callable[[Path], list[str]]] = {
    "pdfplumber": _pdfplumber,
    "pypdf": _pypdf,
    "pypdfium2": _pypdfium2,
    "pdftotext": _plain,
    "pdftotext -layout": _layout,
    "bloemlezing": _bloemlezing,
}


def extract(path: Path, name: str) -> list[list[str]]:
    """Return the lines of each page as an extractor gives them.

    Args:
        path: A PDF.
        name: One of `EXTRACTORS`.

    Raises:
        FileNotFoundError: when the extractor is not installed; the message says how to.
    """
    return [text.replace("\r\n", "\n").split("\n") for text in EXTRACTORS[name](path)]
