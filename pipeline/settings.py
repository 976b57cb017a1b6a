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
DASK = "BLOEMLEZING_DASK"
"""Address of the scheduler of a Dask cluster (`pipeline.batches`)."""


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
    """

    raw: Path
    outputs: Path
    max_bytes: int = DEFAULT_MAX_BYTES
    target: str = ""

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
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Return the settings that the environment asks for, with `raw/` and `outputs/` here as defaults.

        Raises:
            SettingsError: when a value cannot be used.
        """
        for name in (RAW, OUTPUTS, WORK, MAX_BYTES, DASK):
            given(name, environment)
        limit = environment.get(MAX_BYTES, str(DEFAULT_MAX_BYTES))
        if not limit.isdecimal() or int(limit) == 0:
            raise SettingsError(f"{MAX_BYTES} is '{limit}'; give a number of bytes, for example {DEFAULT_MAX_BYTES}")
        return cls.of(environment.get(RAW, "raw"), environment.get(OUTPUTS, "outputs"), int(limit), environment)

    @classmethod
    def of(
        cls, raw: str, outputs: str, max_bytes: int = DEFAULT_MAX_BYTES, environment: Mapping[str, str] = os.environ
    ) -> "Settings":
        """Return the settings for these folders; outputs may be a URL."""
        if "://" not in outputs:
            return cls(Path(raw).absolute(), Path(outputs).absolute(), max_bytes)
        name = re.sub(r"[^\w.-]+", "-", outputs)
        work = environment.get(WORK, f".bloemlezing/{name}")
        return cls(Path(raw).absolute(), Path(work).absolute(), max_bytes, outputs)

    def to_environment(self) -> Mapping[str, str]:
        """Return the variables that make `from_environment` return these settings in another process."""
        return {
            RAW: str(self.raw),
            OUTPUTS: self.address,
            WORK: str(self.outputs),
            MAX_BYTES: str(self.max_bytes),
            "DAGSTER_HOME": str(self.home),
        }
