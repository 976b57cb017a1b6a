"""Where learning starts: what anyone would guess of the weights of reading order.

What belongs here: a first value of every weight. What does not: changing it by what pages show (`learning`).
"""

import numpy as np
from numpy.typing import NDArray

from pipeline.text.layout.weights import ENDS, FILL, MOST_APART, NAMES, OVER, SLACK, STARTS


def first_weights() -> NDArray[np.float64]:
    """Return where learning starts: what anyone would guess."""
    found = dict.fromkeys(NAMES, 0.0)
    for end in ENDS:
        for start in STARTS:
            stop, lower, heading = end in {"stop", "close"}, start == "lower", end.endswith("heading")
            complete = stop or end in {"heading", "short"}
            found[f"cont_{end}_{start}"] = 1.0 if lower and not stop else -1.5 if lower or heading else 0.0
            found[f"new_{end}_{start}"] = 1.0 if complete and not lower else -3.0 if lower else -1.0
            found[f"inside_{end}_{start}"] = 1.0 if lower and not stop else -1.0 if lower else 0.0 if stop else -0.5
    for start in STARTS:
        found[f"inside_mark_{start}"] = 2.0
    for n in range(len(SLACK) + 1):
        found[f"slack_{n}"] = -4.0 if n < 3 else -2.0 if n < 6 else 0.0 if n < 9 else 1.5
    for n in range(len(OVER) + 1):
        found[f"over_{n}"] = (0.0, -0.5, -1.0, -2.0, -4.0, -7.0)[n]
    for n in range(len(FILL) + 1):
        found[f"fill_{n}"] = 0.0 if n < len(FILL) - 1 else -0.5
        found[f"broken_fill_{n}"] = -3.0 if n < 3 else 1.0
    for n in range(1, MOST_APART + 1):
        found[f"cont_apart_{n}"] = found[f"new_apart_{n}"] = -0.5 * (n - 1)
    found |= {
        "cont_tail_bare": -2.0, "new_tail_spaced": -2.0, "cont_tail_spaced": 1.0, "new_tail_bare": 1.0,
        "words_cont_affinity": 1.0, "words_cont_after": 0.5, "words_inside_affinity": 1.0, "words_inside_after": 0.5,
        "words_cont_opening": -0.2, "words_new_opening": 0.3,
        "words_cont_closing": -0.2, "words_new_closing": 0.3, "words_inside_opening": -0.2,
        "join_known": 2.0, "join_far": -2.0, "cont_blank_present": -2.0, "new_blank_present": 1.0,
        "new_blank_absent": -1.0, "first_lower": -1.0, "first_upper": 0.3, "first_common": 0.5, "first_bullet": 0.5,
        "first_number": 0.5, "page_split": -2.0, "page_second_split": -0.5, "page_full_enter": -5.0,
        "page_full_leave": -3.0, "page_clash": -5.0, "page_jump": -2.5, "page_jump_number": -1.5, "page_late": -1.5,
        "page_hit": 0.6, "page_columns_two": -6.0, "page_columns_three": -11.0, "page_unmet": -15.0,
        "page_apart": -15.0, "page_misnumbered": -3.0, "page_full_ended": -1.0, "bare_page": -1.0, "bare_column": -1.0,
        "inner_stop": -2.5, "inner_common": -2.5, "inner_upper": -1.5, "inner_full_stop": -4.0,
        "inner_full_common": -4.0, "inner_full_upper": -3.0,
        # Found on development pages.
        "whole_title": 1.1, "whole_likely": 0.65, "whole_likeness": 0.4,
    }  # fmt: skip
    return np.array([found[name] for name in NAMES])
