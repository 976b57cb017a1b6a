"""Where things are: folders and limits, from the command line or the environment.

What belongs here: every environment variable of the project but the address of a Dask cluster (`pipeline.batches`).
What does not: anything about a single source.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import PlainError
from pipeline.text.encoding import DEFAULT_MAX_BYTES

RAW, OUTPUTS, MAX_BYTES = "BLOEMLEZING_RAW", "BLOEMLEZING_OUTPUTS", "BLOEMLEZING_MAX_BYTES"


class SettingsError(PlainError):
    """A setting cannot be used; the message says which and what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The folders and limits of a run.

    Attributes:
        raw: Folder of all sources.
        outputs: Folder of the releases.
        max_bytes: Size above which a document is quarantined.
    """

    raw: Path
    outputs: Path
    max_bytes: int = DEFAULT_MAX_BYTES

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
        limit = environment.get(MAX_BYTES, str(DEFAULT_MAX_BYTES))
        if not limit.isdecimal() or int(limit) == 0:
            raise SettingsError(f"{MAX_BYTES} is '{limit}'; give a number of bytes, for example {DEFAULT_MAX_BYTES}")
        return cls(
            Path(environment.get(RAW) or "raw").absolute(),
            Path(environment.get(OUTPUTS) or "outputs").absolute(),
            int(limit),
        )

    def to_environment(self) -> Mapping[str, str]:
        """Return the variables that make `from_environment` return these settings in another process."""
        return {
            RAW: str(self.raw),
            OUTPUTS: str(self.outputs),
            MAX_BYTES: str(self.max_bytes),
            "DAGSTER_HOME": str(self.home),
        }
