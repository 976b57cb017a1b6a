"""Before stage 1: the text of a PDF, stored beside it as a raw text like any other.

What belongs here: which PDFs need extracting, and writing the text in one step. What does not: how a PDF is read
(`pipeline.pdf`).

`report.pdf` gives `report.pdf.txt`, and `.report.pdf.json` records what it was made from. A PDF with a `report.txt` of
somebody else's making beside it is left alone.
"""

import hashlib
import json
import os
from pathlib import Path

from pipeline.issues import Issue
from pipeline.pdf.boxes import PdfError
from pipeline.pdf.extract import EXTRACTOR, extract
from pipeline.sources import PDF_SUFFIX


def extract_source(raw: Path, source_id: str) -> list[Issue]:
    """Store the text of every PDF of a source that has none yet, or one of another PDF or extractor.

    Args:
        raw: The folder of all sources.
        source_id: Name of the source's folder.

    Returns:
        A report per PDF that cannot be read.
    """
    issues = []
    for path in sorted((raw / source_id).glob(f"*{PDF_SUFFIX}")):
        if path.with_suffix(".txt").exists():
            continue
        content = path.read_bytes()
        made_from = {"pdf_sha256": hashlib.sha256(content).hexdigest(), "extractor": EXTRACTOR}
        target, record = path.with_name(f"{path.name}.txt"), path.with_name(f".{path.name}.json")
        if target.exists() and _read(record) == made_from:
            continue
        try:
            text = extract(content)
        except PdfError as error:
            target.unlink(missing_ok=True)
            issues.append(Issue(source_id, f"{source_id}/{path.name}", None, "quarantined", error.kind, str(error)))
            continue
        _write(target, text)
        _write(record, json.dumps(made_from))
    return issues


def _read(record: Path) -> object:
    try:
        return json.loads(record.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return None


def _write(path: Path, text: str) -> None:
    staged = path.with_name(f".{path.name}.{os.getpid()}")
    staged.write_text(text, encoding="utf-8", newline="")
    staged.replace(path)
