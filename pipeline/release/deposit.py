"""Folders to deposit a release with: Zenodo and Hugging Face.

What belongs here: the files and metadata that each asks for. What does not: sending anything; people do that.

Zenodo knows no folders, so it gets the archive and the files about it. Hugging Face reads one format per configuration,
so it gets Parquet alone; its card is the head of the release's README.
"""

import hashlib
import html
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipeline.errors import PlainError
from pipeline.release.description import Creator, Dataset, Funding
from pipeline.release.files import DESCRIPTOR, json_bytes, non_empty, write_checksums
from pipeline.release.papers import FORMATS
from pipeline.release.rights import LICENCE_FILE, least
from pipeline.release.wordless import NOTE, sources_left_out, write_wordless

# Only what is whole by itself: what names other files is in the archive, beside them.
_FOR_ZENODO = ("README.md", "CITATION.cff", "CHANGES.md", "DICTIONARY.md")
_PARQUET_ONLY = "Every table is in `data/` as Parquet; the release itself also holds CSV, a workbook and a database."


def deposit(release: Path, dataset: Dataset, target: Path, *, without_texts: bool = False) -> list[Path]:
    """Prepare the deposits of a release, and return their folders.

    Args:
        release: Folder of the release.
        dataset: The dataset's description.
        target: Folder to make them in; it must not be there yet, or be empty.
        without_texts: Leave out the words of sources that may not be published once more.

    Raises:
        PlainError: when the target holds something.
        OSError: when it cannot be written.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise PlainError(f"{target} is there already; name another folder with --to, or remove it")
    place = Path(os.path.realpath(target))  # `resolve` raises on links that go round, in Python before 3.13
    with _beside(place, target) as scratch:
        made = scratch / place.name
        if without_texts and sources_left_out(release):
            write_wordless(release, dataset, scratch / "wordless")
            release = scratch / "wordless"
        descriptor = json.loads((release / DESCRIPTOR).read_bytes())
        _write_zenodo(release, dataset, descriptor, made / "zenodo")
        _write_hugging_face(release, made / "huggingface")
        if place.exists():
            place.rmdir()
        made.rename(place)
    return [target / "zenodo", target / "huggingface"]


@contextmanager
def _beside(place: Path, named: Path) -> Iterator[Path]:
    """Give a folder beside a place, to make it in and move it when it is whole.

    What is left of one that was stopped would be refused the next time.

    Args:
        place: Where it will stand.
        named: What the user calls that place; errors about the folder name it.
    """
    begin = f".{place.name}-"
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=begin, dir=place.parent) as scratch:
            yield Path(scratch)
    except OSError as error:
        if str(error.filename).startswith(str(place.parent / begin)):
            raise OSError(error.errno, error.strerror, str(named)) from error
        raise


def zenodo_metadata(dataset: Dataset, descriptor: Mapping[str, Any]) -> dict[str, object]:
    """Return the metadata of a Zenodo deposit, as its interface for deposits takes it."""
    paragraphs = "".join(f"<p>{html.escape(text)}</p>" for text in (dataset.description.en, dataset.description.nl))
    described: dict[str, object] = {
        "upload_type": "dataset",
        "title": dataset.title.en,
        "description": paragraphs,
        "creators": [_zenodo_creator(one) for one in dataset.authors("en")],
        "publication_date": descriptor["created"][:10],
        "access_right": "open",
        "license": _zenodo_licence(descriptor),
        "version": descriptor["version"],
        "language": next(iter(dataset.languages.values())).lower(),
        "keywords": [*dataset.keywords.en, *dataset.keywords.nl],
        "notes": html.escape("; ".join(_notes(descriptor))),
        "related_identifiers": _related(descriptor),
        "prereserve_doi": True,
    }
    if dataset.doi:
        described |= {"doi": dataset.doi, "prereserve_doi": False}
    if dataset.funding:
        described["grants"] = [{"id": _grant(one)} for one in dataset.funding if one.award]
    return {key: value for key, value in described.items() if value not in ("", [])}


def _zenodo_licence(descriptor: Mapping[str, Any]) -> str:
    """Return the one licence that a record takes: the one that allows least of all in it.

    A record under ours would give away words that are not; the notes say which licence is of what.
    """
    found = least(str(one["path"]) for one in descriptor["licenses"])
    return found.spdx.lower() if found.spdx else "other-closed" if not found.republishes else "other-pd"


def _notes(descriptor: Mapping[str, Any]) -> list[str]:
    """Return which licence is of what, and the titles of the sources."""
    stated = [descriptor[key] for key in ("rights", "rights@nl") if key in descriptor]
    return [*stated, *(str(one["title"]) for one in descriptor.get("sources", []))]


def _write_zenodo(release: Path, dataset: Dataset, descriptor: Mapping[str, Any], folder: Path) -> None:
    files = folder / "files"
    files.mkdir(parents=True)
    for name in (f"{dataset.name}.zip", *_FOR_ZENODO, *_there(release, LICENCE_FILE, NOTE)):
        shutil.copyfile(release / name, files / name)
    write_checksums(files)
    listed = [_file_facts(path) for path in sorted(files.iterdir())]
    (folder / "metadata.json").write_bytes(json_bytes({"metadata": zenodo_metadata(dataset, descriptor)}))
    (folder / "files.json").write_bytes(json_bytes({"files": listed}))


def _write_hugging_face(release: Path, folder: Path) -> None:
    (folder / "data").mkdir(parents=True)
    for path in sorted((release / "data").glob("*.parquet")):
        shutil.copyfile(path, folder / "data" / path.name)
    for name in ("CITATION.cff", "DICTIONARY.md", "CHANGES.md", *_there(release, LICENCE_FILE, NOTE)):
        shutil.copyfile(release / name, folder / name)
    card = (release / "README.md").read_text(encoding="utf-8").replace(FORMATS, _PARQUET_ONLY)
    (folder / "README.md").write_text(card, encoding="utf-8")


def _there(release: Path, *names: str) -> list[str]:
    """Return those files that there are: the first releases had no file of licences."""
    return [name for name in names if (release / name).is_file()]


def _file_facts(path: Path) -> dict[str, object]:
    with path.open("rb") as file:
        # Zenodo tells a file by its MD5; nothing is kept safe by it.
        digest = hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
    return {"filename": path.name, "filesize": path.stat().st_size, "checksum": f"md5:{digest}"}


def _zenodo_creator(one: Creator) -> dict[str, str]:
    found = {"name": one.name, "affiliation": one.affiliation}
    if one.uri and one.kind == "person":
        found["orcid"] = one.uri.rpartition("/")[2]
    return non_empty(found)


def _grant(one: Funding) -> str:
    return f"{one.funder}::{one.award}"


def _related(descriptor: Mapping[str, Any]) -> list[dict[str, str]]:
    sources = descriptor.get("sources", [])
    origins = [part for one in sources for part in (one, *one.get("documents", []))]
    pages = dict.fromkeys(one["path"] for one in origins if "path" in one)
    found = [{"identifier": page, "relation": "isDerivedFrom", "scheme": "url"} for page in pages]
    if "homepage" in descriptor:
        address = f"{descriptor['homepage']}releases/{descriptor['version']}/"
        found.append({"identifier": address, "relation": "isIdenticalTo", "scheme": "url"})
    return found
