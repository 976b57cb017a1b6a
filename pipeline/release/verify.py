"""Whether a release is still what was published.

What belongs here: comparing a release's folder with its own checksums and descriptor. What does not: whether the rows
obey their schema (`pipeline.release.checks`, before a release is shown).

Data Package clients do not notice a wrong checksum of a Parquet file, so this is the only place that does.
"""

import json
from pathlib import Path

from pipeline.release.files import CHECKSUMS, DESCRIPTOR, listed_files, read_checksums, sha256


def verify(release: Path) -> list[str]:
    """Return what is wrong with a release: files missing, changed or added; an empty list when nothing is.

    Args:
        release: Its folder.
    """
    problems = damage(release)
    if not (release / CHECKSUMS).is_file():
        return problems
    added = set(listed_files(release)) - read_checksums(release).keys() - {CHECKSUMS}
    return sorted([*problems, *(f"{path}: not part of the release" for path in added)])


def damage(release: Path) -> list[str]:
    """Return which of a release's own files are missing or changed; what others laid beside them does no harm.

    Args:
        release: Its folder.
    """
    if not release.is_dir():
        return [f"{release.name}: there is no such release"]
    if not (release / CHECKSUMS).is_file():
        return [f"{CHECKSUMS}: missing"]
    expected = read_checksums(release)
    found = set(listed_files(release))
    problems = [f"{path}: missing" for path in expected.keys() - found]
    problems += [f"{path}: changed" for path in expected.keys() & found if _differs(release, path, expected)]
    return sorted(problems) or _descriptor_problems(release, expected)


def _differs(release: Path, path: str, expected: dict[str, str]) -> bool:
    return sha256(release / path) != expected[path]


def _descriptor_problems(release: Path, expected: dict[str, str]) -> list[str]:
    """Return where the descriptor and the checksums disagree; then SHA256SUMS itself was changed."""
    path = release / DESCRIPTOR
    if not path.is_file():
        return [f"{DESCRIPTOR}: missing"]
    try:
        resources = json.loads(path.read_bytes())["resources"]
        claimed = {resource["path"]: resource["hash"].removeprefix("sha256:") for resource in resources}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return [f"{DESCRIPTOR}: cannot be read ({type(error).__name__}: {error})"]
    return [f"{path}: {DESCRIPTOR} has another checksum" for path in claimed if expected.get(path) != claimed[path]]
