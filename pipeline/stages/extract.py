"""Before stage 1: the text of a PDF, stored beside it as a raw text like any other.

What belongs here: which PDFs need extracting, and writing the text in one step. What does not: how a PDF is read
(`pipeline.pdf`).

`report.pdf` gives `report.pdf.txt`, and `.report.pdf.json` records what it was made from. A PDF with a `report.txt` of
somebody else's making beside it is left alone.
"""

import hashlib
import json
from pathlib import Path

from pipeline.errors import UnreadableError
from pipeline.issues import Issue
from pipeline.pdf.extract import EXTRACTOR, extract
from pipeline.sources import DOCUMENT_SUFFIX, PDF_SUFFIX, is_document
from pipeline.storage import replace_file


def extract_source(raw: Path, source_id: str) -> list[Issue]:
    """Store the text of every PDF of a source that has none yet, or one that we made of another PDF.

    A text that is not as we wrote it is somebody's work and is left alone.

    Args:
        raw: The folder of all sources.
        source_id: Name of the source's folder.

    Returns:
        A report per PDF that cannot be read.
    """
    issues = []
    for path in sorted((raw / source_id).iterdir()):
        if is_document(path, PDF_SUFFIX) and not path.with_suffix(DOCUMENT_SUFFIX).exists():
            try:
                _extract(path)
            except UnreadableError as error:
                issues.append(_issue(source_id, path, error.kind, str(error)))
            except OSError as error:
                issues.append(
                    _issue(source_id, path, "cannot_open", f"cannot be read or its text stored: {error.strerror}")
                )
    return issues


def _extract(path: Path) -> None:
    target, record = path.with_name(f"{path.name}{DOCUMENT_SUFFIX}"), path.with_name(f".{path.name}.json")
    content = path.read_bytes()
    made_from = {"pdf_sha256": _sha256(content), "extractor": EXTRACTOR}
    known = _read(record)
    if target.exists() and (
        known.get("text_sha256") != _sha256(target.read_bytes()) or made_from.items() <= known.items()
    ):
        return
    try:
        text = extract(content).encode()
    except UnreadableError:
        # What stands there is our text of an earlier PDF of this name.
        target.unlink(missing_ok=True)
        raise
    replace_file(target, text)
    replace_file(record, json.dumps(made_from | {"text_sha256": _sha256(text)}).encode())


def _issue(source_id: str, path: Path, kind: str, message: str) -> Issue:
    return Issue(source_id, f"{source_id}/{path.name}", None, "quarantined", kind, message)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _read(record: Path) -> dict[str, str]:
    try:
        found = json.loads(record.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError, UnicodeDecodeError):
        return {}
    return found if isinstance(found, dict) else {}
