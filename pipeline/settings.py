"""Where things are: folders and limits, from the command line or the environment.

What belongs here: every environment variable of the project but where releases are served
(`pipeline.release.description`). What does not: anything about a single source.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import PlainError
from pipeline.text.encoding import DEFAULT_MAX_BYTES

RAW, OUTPUTS, WORK, MAX_BYTES = "BLOEMLEZING_RAW", "BLOEMLEZING_OUTPUTS", "BLOEMLEZING_WORK", "BLOEMLEZING_MAX_BYTES"
KEEP_RUNS = "BLOEMLEZING_KEEP_RUNS"
HOME = "DAGSTER_HOME"
"""Dagster's own variable."""
DASK = "BLOEMLEZING_DASK"
"""Address of the scheduler of a Dask cluster (`pipeline.batches`)."""


_ONE_SLASH = re.compile(r"[a-z][a-z0-9+.-]+:/(?!/)", re.IGNORECASE)
"""How an address begins that lacks a slash; a single letter is a drive."""

DEFAULT_KEEP_RUNS = 200
"""A hundred megabytes of history at most, beside what is newest of every source."""


class SettingsError(PlainError):
    """A setting cannot be used; the message says which and what to do."""


def given(name: str, environment: Mapping[str, str] = os.environ) -> str | None:
    """Return the value of a setting, or None when it is not set.

    Raises:
        SettingsError: when it is empty. That comes of a shell variable that was not set, and is not taken for the
            default.
    """
    value = environment.get(name)
    if value is not None and not value.strip():
        raise SettingsError(f"{name} is empty; give it a value, or unset it for the default")
    return value


@dataclass(frozen=True, slots=True)
class Settings:
    """The folders and limits of a run.

    Attributes:
        raw: Folder of all sources.
        outputs: Folder of the releases; when they are elsewhere, of nothing but run history and working tables.
        max_bytes: Size above which a document is quarantined.
        target: URL of the releases when they are not in a folder of this machine.
        keep_runs: How many of the newest runs the run history keeps, beside those that made what is newest.
    """

    raw: Path
    outputs: Path
    max_bytes: int = DEFAULT_MAX_BYTES
    target: str = ""
    keep_runs: int = DEFAULT_KEEP_RUNS

    @property
    def address(self) -> str:
        """Where the releases are: a folder or a URL."""
        return self.target or str(self.outputs)

    @property
    def home(self) -> Path:
        """Dagster's home: run history, and everything below."""
        return self.outputs / ".dagster"

    @property
    def work(self) -> Path:
        """Tables that stages hand to each other."""
        return self.home / "tables"

    @property
    def accepted(self) -> Path:
        """Per source, the last set of tables that passed every check."""
        return self.home / "accepted"

    @classmethod
    def from_environment(
        cls, environment: Mapping[str, str] = os.environ, *, raw: Path | None = None, outputs: str | None = None
    ) -> "Settings":
        """Return the settings that the environment asks for, with `raw/` and `outputs/` here as defaults.

        Args:
            environment: Its variables.
            raw: Folder of all sources; goes before the variable.
            outputs: Folder or URL of the releases; goes before the variable.

        Raises:
            SettingsError: when a value cannot be used.
        """
        for name in (RAW, OUTPUTS, WORK, MAX_BYTES, KEEP_RUNS, DASK):
            given(name, environment)
        folder, target = _outputs(outputs or environment.get(OUTPUTS, "outputs"), environment)
        sources = Path(raw or environment.get(RAW, "raw")).absolute()
        _check_apart(Path(os.path.realpath(sources)), Path(os.path.realpath(folder)))
        return cls(
            sources,
            folder,
            _number(MAX_BYTES, "bytes", DEFAULT_MAX_BYTES, environment),
            target,
            _number(KEEP_RUNS, "runs", DEFAULT_KEEP_RUNS, environment),
        )

    def to_environment(self) -> Mapping[str, str]:
        """Return the variables that make `from_environment` return these settings in another process."""
        return {
            RAW: str(self.raw),
            OUTPUTS: self.address,
            WORK: str(self.outputs),
            MAX_BYTES: str(self.max_bytes),
            KEEP_RUNS: str(self.keep_runs),
            HOME: str(self.home),
        }


def _outputs(address: str, environment: Mapping[str, str]) -> tuple[Path, str]:
    """Return the folder of releases, or the one that stands in for it and their URL.

    Raises:
        SettingsError: when it is a URL but for a slash, which would be a folder of that name here.
    """
    if _ONE_SLASH.match(address):
        raise SettingsError(f"'{address}' is no URL; write two slashes after the colon, as in s3://bucket/folder")
    if "://" not in address:
        return Path(address).absolute(), ""
    name = re.sub(r"[^\w.-]+", "-", address)
    return Path(environment.get(WORK, f".bloemlezing/{name}")).absolute(), address


def _check_apart(sources: Path, folder: Path) -> None:
    """Check that releases do not go among the sources; sources may be below the releases.

    Raises:
        SettingsError: when the folder of the releases is that of the sources, or below it.
    """
    if sources == folder:
        problem = "is the folder of the sources too"
    elif folder.is_relative_to(sources):
        problem = f"is below the folder of the sources, {sources}, so it would be taken for one"
    else:
        return
    raise SettingsError(f"{folder} {problem}; name another one with --outputs or {OUTPUTS}")


def _number(name: str, of: str, default: int, environment: Mapping[str, str]) -> int:
    """Return a setting that counts something.

    Raises:
        SettingsError: when it is no number above zero.
    """
    value = environment.get(name, str(default))
    if not value.isdecimal() or int(value) == 0:
        raise SettingsError(f"{name} is '{value}'; give a number of {of}, for example {default}")
    return int(value)
