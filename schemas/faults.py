"""What pandera found wrong, in words.

What belongs here: turning failure cases into lines for a person. What does not: running the models.
"""

from collections.abc import Sequence

import pandas as pd

_SHOWN = 5
"""Examples that a line shows of each kind of fault."""


def in_words(cases: pd.DataFrame) -> list[str]:
    """Return a line per column and check, from the `failure_cases` of a `SchemaErrors`."""
    messages = []
    for (column, check), part in cases.groupby(["column", "check"], dropna=False):
        where = f"column {column}: " if isinstance(column, str) else ""
        messages.append(f"{where}{check} fails for {len(part)} values: {some(part['failure_case'].tolist())}")
    return messages


def some(values: Sequence[object]) -> str:
    """Return the first few values, and a sign when there are more."""
    shown = ", ".join(repr(value) for value in values[:_SHOWN])
    return f"{shown}, …" if len(values) > _SHOWN else shown
