"""The programs that code, by the names that `codings.coder` gives them: no person may use one.

What belongs here: which they are. What does not: how they code (`coder`, `second`).
"""

from pipeline.coding.coder import NAME
from pipeline.coding.second import NAME as SECOND

PROGRAMS = frozenset({NAME, SECOND})
"""Only the codes of the first are published; the second is asked where codes are reviewed."""
