"""The folders of a run, as a Dagster resource.

What belongs here: handing `Settings` to assets, checks, sensors and schedules. What does not: reading the folders.
"""

from pathlib import Path

import dagster as dg

from pipeline.settings import DEFAULT_KEEP_RUNS, Settings


class Folders(dg.ConfigurableResource):  # type: ignore[type-arg]
    """Where raw texts come from and releases go.

    Attributes:
        raw: Folder of all sources.
        outputs: Folder of the releases; run history and working tables are in its `.dagster`.
        max_bytes: Size above which a document is quarantined.
        target: URL of the releases when they are not in that folder.
        keep_runs: How many of the newest runs are kept.
    """

    raw: str
    outputs: str
    max_bytes: int
    target: str = ""
    keep_runs: int = DEFAULT_KEEP_RUNS

    @property
    def settings(self) -> Settings:
        """The same, as the plain functions take it."""
        return Settings(Path(self.raw), Path(self.outputs), self.max_bytes, self.target, self.keep_runs)

    @classmethod
    def of(cls, settings: Settings) -> "Folders":
        """Return the resource for these settings."""
        return cls(
            raw=str(settings.raw),
            outputs=str(settings.outputs),
            max_bytes=settings.max_bytes,
            target=settings.target,
            keep_runs=settings.keep_runs,
        )
