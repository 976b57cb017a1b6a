"""Before stage 1: the text of a PDF, stored beside it as a raw text like any other.

What belongs here: which PDFs need extracting, and writing the text in one step. What does not: how a PDF is read
(`pipeline.pdf`).

`report.pdf` gives `report.pdf.txt`, and `.report.pdf.json` records what it was made from. A PDF with a `report.txt` of
somebody else's making beside it is left alone (`pipeline.sources` says so).
"""

import hashlib
import json
from pathlib import Path

from pipeline.atomic import replace_file
from pipeline.errors import UnreadableError
from pipeline.identifiers import document_key
from pipeline.issues import Issue, Severity
from pipeline.pdf.extract import EXTRACTOR, extract
from pipeline.sources import DOCUMENT_SUFFIX, PDF_SUFFIX, is_document, text_of_pdf


def extract_source(raw: Path, source_id: str) -> list[Issue]:
    """Store the text of every PDF of a source that has none yet, or one that we made of another PDF.

    A text that is not as we wrote it is somebody's work and is left alone, with a warning once its PDF is another one.

    Args:
        raw: The folder of all sources.
        source_id: Name of the source's folder.

    Returns:
        A report per PDF that cannot be read, or whose text is no longer ours to follow it.
    """
    issues = []
    for path in sorted((raw / source_id).iterdir()):
        if is_document(path, PDF_SUFFIX) and not path.with_suffix(DOCUMENT_SUFFIX).exists():
            try:
                followed = _extract(path)
                if not followed:
                    message = f"changed, but {text_of_pdf(path).name} was edited and stays; remove that to have it read"
                    issues.append(_issue(source_id, path, "edited_text", message, "warning"))
            except UnreadableError as error:
                issues.append(_issue(source_id, path, error.kind, str(error)))
            except OSError as error:
                issues.append(
                    _issue(source_id, path, "cannot_open", f"cannot be read or its text stored: {error.strerror}")
                )
    return issues


def _extract(path: Path) -> bool:
    """Store the text of a PDF; return False when it is a new PDF beside a text that people edited."""
    target, record = text_of_pdf(path), path.with_name(f".{path.name}.json")
    content = path.read_bytes()
    made_from = {"pdf_sha256": _sha256(content), "extractor": EXTRACTOR}
    known = _read(record)
    if target.exists():
        if known.get("text_sha256") != _sha256(target.read_bytes()):
            return known.get("pdf_sha256") in (None, made_from["pdf_sha256"])
        if made_from.items() <= known.items():
            return True
    try:
        text = extract(content).encode()
    except UnreadableError:
        # What stands there is our text of an earlier PDF of this name.
        target.unlink(missing_ok=True)
        raise
    replace_file(target, text)
    replace_file(record, json.dumps(made_from | {"text_sha256": _sha256(text)}).encode())
    return True


def _issue(source_id: str, path: Path, kind: str, message: str, severity: Severity = "quarantined") -> Issue:
    document = document_key(source_id, text_of_pdf(path).name)
    return Issue(source_id, f"{source_id}/{path.name}", None, severity, kind, message, document)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _read(record: Path) -> dict[str, str]:
    try:
        found = json.loads(record.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError, UnicodeDecodeError):
        return {}
    return found if isinstance(found, dict) else {}
