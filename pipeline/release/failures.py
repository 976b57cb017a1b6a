"""`failed.json`: why the last run published nothing, for whoever looks at the outputs and not at the run.

What belongs here: the record. What does not: deciding that a run failed. It stands at the root of the outputs, away
from every release, and is gone after the next run that succeeds.
"""

import contextlib
import json
from datetime import datetime

from pipeline.errors import PlainError
from pipeline.release.files import json_bytes
from pipeline.release.model import timestamp
from pipeline.release.store import Store, StoreError, standing

FAILED = "failed.json"


def record_failure(store: Store, when: datetime, step: str, error: Exception) -> None:
    """Write down why a run failed; where even that cannot be written, the error alone must do.

    Args:
        store: Of the releases.
        when: The moment of the run, with its time zone.
        step: What failed: a source, or `release`.
        error: Why.
    """
    plain = isinstance(error, PlainError | OSError | ValueError | RuntimeError)
    record = {
        "failed": timestamp(when),
        "step": step,
        "reason": str(error) if plain else f"{type(error).__name__}: {error}",
        "standing": None,
    }
    with contextlib.suppress(OSError, StoreError, ValueError, KeyError):
        last = standing(store)
        record["standing"] = last.version if last else None
    with contextlib.suppress(OSError, StoreError):
        store.replace(FAILED, json_bytes(record))


def recorded_failure(store: Store) -> tuple[datetime, str] | None:
    """Return when which step failed, as it is written down; None when nothing is."""
    try:
        record = json.loads(store.read(FAILED))
        return datetime.fromisoformat(record["failed"]), str(record["step"])
    except (OSError, StoreError, ValueError, KeyError, TypeError):
        return None


def clear_failure(store: Store) -> None:
    """Remove the record after a run that succeeded."""
    with contextlib.suppress(OSError, StoreError):  # the release stands; a stale note must not make it a failure
        store.remove(FAILED)
