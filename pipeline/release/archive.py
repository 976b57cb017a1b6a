"""`<dataset>.zip`: the whole of a release in one file, for people who want one download.

What belongs here: packing a folder, the same bytes every time, and checking that. What does not: what is in the folder.

Unpacked, it is a folder with checksums of its own, which `bloemlezing verify` accepts.
"""

import shutil
import zipfile
from pathlib import Path

from pipeline.release.files import listed_files, write_checksums
from pipeline.release.model import Release

_NO_DATE = (1980, 1, 1, 0, 0, 0)
_PACKED = {".parquet", ".xlsx"}
"""Files that are compressed already."""


def archive_name(release: Release) -> str:
    """Return the name of a release's archive."""
    return f"{release.dataset.name}.zip"


def write_archive(release: Release, folder: Path) -> None:
    """Pack all files of a release's folder, a file at a time, so that memory does not grow with them."""
    pack(folder, archive_name(release), f"{release.dataset.name}-{release.version}")


def pack(folder: Path, name: str, inside: str) -> None:
    """Pack all files of a folder into an archive in it, with checksums.

    Args:
        folder: The folder.
        name: Of the archive.
        inside: Name of the folder that unpacking it makes.
    """
    path = folder / name
    write_checksums(folder)
    names = listed_files(folder)
    with zipfile.ZipFile(path, "w") as archive:
        for one in names:
            entry = zipfile.ZipInfo(f"{inside}/{one}", _NO_DATE)
            entry.compress_type = zipfile.ZIP_STORED if Path(one).suffix in _PACKED else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3  # the same on Windows
            entry.file_size = (folder / one).stat().st_size  # tells whether the large format is needed
            with (folder / one).open("rb") as source, archive.open(entry, "w") as target:
                shutil.copyfileobj(source, target, 1 << 20)


def archive_problems(release: Release, folder: Path) -> list[str]:
    """Return what is wrong with a release's archive."""
    path = folder / archive_name(release)
    with zipfile.ZipFile(path) as archive:
        damaged = archive.testzip()
        packed = {name.partition("/")[2] for name in archive.namelist()}
    missing = sorted(set(listed_files(folder)) - packed - {path.name})
    problems = [f"{path.name}: {damaged} is damaged"] if damaged else []
    return [*problems, *(f"{path.name}: {name} is not in it" for name in missing)]
