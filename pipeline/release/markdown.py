"""Texts of others inside Markdown: nothing in them is taken for a mark, a tag or an entity.

What belongs here: escaping. What does not: any document.
"""

import re

_ENTITIES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;", "`": "&#96;", "~": "&#126;", "$": "&#36;"}
)
"""Readers of Markdown differ in which of these a backslash escapes; all of them know entities."""

_MARKS = re.compile(r"([\\*_\[\]#!{}])")
_OPENING = re.compile(r"^(\d+)([.)])|^([-+=])")
"""What begins a list or a heading when a line begins with it."""


def inline(text: str) -> str:
    r"""Return a text on one line that reads as it stands in any Markdown, also in a table or at the start of a line.

    >>> inline("1. <b>Samen</b> | *nu* & `straks`")
    '1\\. &lt;b&gt;Samen&lt;/b&gt; &#124; \\*nu\\* &amp; &#96;straks&#96;'
    """
    marked = _MARKS.sub(r"\\\1", " ".join(text.split())).translate(_ENTITIES)
    return _OPENING.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", marked)


def link(text: str, address: str) -> str:
    """Return a link; the address is a whole one without spaces, as `pipeline.release.origins.iri` makes it."""
    return f"[{inline(text)}](<{address}>)"
