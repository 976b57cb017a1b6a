r"""Forms of Markdown that several modules here know: lines below titles and tables, items, pictures, links.

What belongs here: patterns, and questions about one line. What does not: what follows from them.
"""

import re

UNDERLINE = re.compile(r"\s{0,3}(?:={2,}|-{3,})\s*$")
_TABLE_RULE = re.compile(r"\|?(?:\s*:?-+:?\s*\|)*(?:\s*:?-+:?)?$")
ITEM = re.compile(r"\s*(?:[-*+•●▪◦–]|(?P<number>\d{1,2})[.)])\s+(?=\S)")
_PICTURE_MARK = r"\*\*(?:==> picture .{1,80}? <==|-----\s*(?:Start|End) of picture text\s*-----)\*\*"
PICTURE = rf"!\[[^\]\n]{{0,300}}\]\([^)\n]{{0,1000}}\)|<!--.{{0,1000}}?-->|{_PICTURE_MARK}"
_ADDRESS = r"(?:\w+:|[#/.]|[^()\s]*\.\w{2,5}(?:[#?/)\s]))"  # how an address begins; "[klant](en)" holds none
LINK = rf"\[(?P<label>[^\[\]]*)(?P<target>\]\((?={_ADDRESS})[^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"\n]*\")?\))"
ENDED = re.compile(r"[.!?…:;][\"'”’»)\]*_]*\s*$")


def is_table_rule(line: str) -> bool:
    """Return whether a line is the rule below the first row of a table."""
    line = line.strip()
    return {"|", "-"} <= set(line) <= set("|-: ") and _TABLE_RULE.match(line) is not None


def behind_space(text: str) -> int:
    """Return how many white characters a line opens with."""
    return len(text) - len(text.lstrip())
