"""The licences that are known: `licences.yaml` as a value.

What belongs here: reading that file. What does not: which licence anything has.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def licences() -> Mapping[str, Mapping[str, Any]]:
    """Return every licence by its short name: `dcat_uri`, `title` in two languages, of some `uri` and `family`."""
    found: Mapping[str, Mapping[str, Any]] = yaml.safe_load(
        Path(__file__).with_name("licences.yaml").read_text(encoding="utf-8")
    )
    return found
