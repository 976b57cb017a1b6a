"""Whether a text is Markdown.

What belongs here: signs of Markdown in a whole text, and how many of them are enough. What does not: reading it.
"""

import re
from collections.abc import Sequence

from pipeline.text.markdown.forms import LINK, PICTURE, UNDERLINE, is_table_rule

BOLD_PAIRS, BOLD_LINES, LINKS, UNDERLINED, FENCES = 3, 2, 2, 2, 2
"""Of these signs, as many as leave no doubt that a document is Markdown."""

_LINKED = re.compile(LINK)
_BOLD = re.compile(r"(?<![\w*])(\*\*|__)(?=[^\s*_])(?:[^*_\n]|\n(?!\s*\n)){1,300}?(?<=[^\s*_])\1(?![\w*_])")
_BOLD_LINE = re.compile(r"^\*\*[^\s*](?:[^*\n]*[^\s*])?\*\*[ \t]*$", re.MULTILINE)
_HASHED_LINE = re.compile(r"^#{1,6} \S", re.MULTILINE)
_FENCE_LINE = re.compile(r"^(?:`{3}|~{3})[\w-]*[ \t]*$", re.MULTILINE)
_ESCAPE = re.compile(r"\\[*_#\[\]&<>`.|-]")
_FOOTNOTE = re.compile(r"\w[.,;:!?]?\[\^\w+\]|^\[\^\w+\]: ", re.MULTILINE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TASK = re.compile(r"^[ \t]*[-*+] \[[ xX]\] \S", re.MULTILINE)


def is_markdown(text: str) -> bool:
    r"""Return whether a text is Markdown: a sign that leaves no doubt, or two of different kinds.

    Hashes alone do not tell: the text of a PDF has them from this program. Lists, stars and lines between words are
    found in plain texts too.

    >>> is_markdown("## Wonen\n\n**Betaalbaar.** Bouw meer woningen."), is_markdown("Bouw 2 * 3 woningen | a_b_c")
    (True, False)
    """
    bold, links = _count(_BOLD, text), _count(_LINKED, text)
    underlined, table = _underlined(text.split("\n"))
    lines = _count(_BOLD_LINE, text) >= BOLD_LINES or _count(_FENCE_LINE, text) >= FENCES
    sure = table or lines or bold >= BOLD_PAIRS or links >= LINKS or underlined >= UNDERLINED
    if sure or re.search(PICTURE, text):
        return True
    strong = (
        bold,
        links,
        _count(_ESCAPE, text) > 1,
        _count(_FOOTNOTE, text),
        _count(_BREAK, text),
        _count(_TASK, text),
    )
    weak = (underlined, _count(_HASHED_LINE, text))
    return any(strong) and sum(map(bool, (*strong, *weak))) > 1


def _count(pattern: re.Pattern[str], text: str) -> int:
    return sum(1 for _ in pattern.finditer(text))


def _underlined(lines: Sequence[str]) -> tuple[int, bool]:
    """Return how many titles have a line below them as long as they are, and whether there is a table."""
    titles, table = 0, False
    for above, title, line in zip(["", *lines], lines, lines[1:], strict=False):
        titles += not above.strip() and bool(UNDERLINE.match(line)) and len(line.strip()) == len(title.strip()) > 0
        table = table or ("|" in title and is_table_rule(line))
    return titles, table
