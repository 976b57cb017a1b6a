"""Inputs that nobody would write, from a seed.

What belongs here: making the bytes of one file. What does not: judging what becomes of them.
"""

import random
from collections.abc import Callable, Mapping
from itertools import zip_longest

from benchmarks.statements.gold import read_half

ENCODINGS = (*["utf-8"] * 3, "utf-8-sig", "windows-1252", "mac-roman", "utf-16", "utf-16-le", "utf-16-be")
LINE_ENDS = ("\n", "\r\n", "\r", "\n\n", "\f", "\n\f", "\x0b", "\x0e", "\x1f", "\x85", "\u2028", " \n")
ODD = (
    *("\ufb01", "\ufb03", "\u00ad", "\u200b", "\ufeff", "\u2060", "\u00a0", "\t", "\x00", "\x07", "\x1f", "\x7f"),
    *("\uf0b7", "•", "- ", "-", "…", "“", "”", "Ã«", "co√∂r", "e\u0301", "\U0001f600", "4.5 ", "Pagina 7 van 12"),
    *("Inhoud", "....... 3", "1)", "a. ", "(", ")", "  ", "ﬂ", "|", "\u202e", "㎡", "İ"),
)
MARKS = (
    *("**", "__", "*", "_", "***", "~~", "`", "```\n", "\\", "\\*", "&amp;", "<br>", "<sup>1</sup>", "[^1]", "|", "\n"),
    *("[verslag](https://example.org/a_(b).pdf)", "![](foto.png)", "<!-- image -->", "<!--", "-->", "</b>", "> "),
    *("\n\n---\n", "\n=====\n", "\n| a | b |\n|---|---|\n| c | d |\n", "\n\n**Kop**\n\n", "\n- [ ] ", "\n### ", "  \n"),
)
BLOCKS = (
    *("{}\n\n", "- {}\n", "* {}\n", "1. {}\n", "> {}\n", "## {}\n\n", "**{}**\n\n", "| Wonen | {} |\n", "- [x] {}\n"),
    *(
        "**Wonen.** {}\n\n",
        "[{}](https://example.org)\n\n",
        "Wonen\n=====\n\n{}\n\n",
        "| T | A |\n|:--|--:|\n| 1 | {} |\n\n",
    ),
)


def random_bytes(random: random.Random) -> bytes:
    """Return bytes without any sense, at times most of them printable."""
    printable = [*b"aeinrstv .,-4\n\r\f\t"] * 9
    pools = (range(256), [*printable, 0xC3, 0xA9, 0xE9, 0x80, 0x00], printable, [*printable, 0xE9, 0xEB, 0x92, 0x0E])
    return bytes(random.choices(random.choice(pools), k=random.randrange(400)))


def mutated_text(random: random.Random) -> bytes:
    """Return text in some encoding after some of its characters and bytes were changed, doubled or lost."""
    characters = list(_page(random))
    for _ in range(random.randrange(30)):
        place = random.randrange(len(characters) + 1)
        characters[place : place + random.randrange(3)] = random.choice(ODD)
    raw = bytearray(_encoded("".join(characters), random))
    for _ in range(random.choice((0, 0, 1, 5))):
        raw[random.randrange(len(raw))] = random.randrange(256)
    return bytes(raw[: random.randrange(len(raw) + 1)] if random.random() < 0.1 else raw)


def woven_page(random: random.Random) -> bytes:
    """Return two or three columns woven line by line, with furniture around them."""
    columns = [_wrapped(random, random.randrange(18, 50)) for _ in range(random.choice((2, 2, 3)))]
    space = random.choice((" ", "  ", "      ", "\t"))
    rows = [space.join(part for part in row if part).rstrip() for row in zip_longest(*columns, fillvalue="")]
    page = "\n".join(("Visie op opvang", *rows, f"7 | Visie op opvang {random.randrange(90)}"))
    return _encoded("\f".join([page] * random.choice((1, 1, 2, 3))), random)


def mixed_encodings(random: random.Random) -> bytes:
    """Return parts in several encodings, one after the other."""
    return b"\n".join(_encoded(_page(random)[:300], random) for _ in range(random.randrange(2, 5)))


def huge_lines(random: random.Random) -> bytes:
    """Return lines as long as a file may hold, and longer ones."""
    words = _page(random).split() or ["x"]
    glue = random.choice((" ", "", ". ", ", en ", " - ", "\u00ad"))
    (length,) = random.choices((300, 1_000, 4_000, 19_000, 25_000), (40, 30, 20, 5, 5))
    line = glue.join(random.choices(words, k=length // 6))[:length]
    return _encoded("\n".join([line] * random.choice((1, 2))), random)


def markdown(random: random.Random) -> bytes:
    """Return Markdown of which some marks, and characters that extractors spoil, stand where they may."""
    text = "".join(_marked(" ".join(bullet.lines), random) for bullet in random.choices(read_half("development"), k=6))
    characters = list("## Wonen\n\n**Betaalbaar.** Bouw meer.\n\n" + text)
    for _ in range(random.randrange(20)):
        place = random.randrange(len(characters) + 1)
        characters[place : place + random.randrange(2)] = random.choice((*MARKS, *ODD))
    return _encoded("".join(characters), random)


def table(random: random.Random) -> bytes:
    """Return a table in plain text between paragraphs, some of whose marks and characters are lost or doubled."""
    mark = random.choice(("\t", "\t", ";", " | ", "|"))
    rows = [mark.join(random.choices(_bullets(random), k=3)) for _ in range(random.randrange(3, 9))]
    characters = list("\n".join((*_bullets(random), mark.join(("Nr", "Thema", "Wens")), *rows, *_bullets(random))))
    for _ in range(random.choice((0, 0, 3, 10))):
        place = random.randrange(len(characters) + 1)
        characters[place : place + random.randrange(2)] = random.choice((*ODD, mark))
    return _encoded("".join(characters), random)


KINDS: Mapping[str, Callable[[random.Random], bytes]] = {
    "random bytes": random_bytes,
    "mutated texts": mutated_text,
    "woven pages": woven_page,
    "mixed encodings": mixed_encodings,
    "huge lines": huge_lines,
    "Markdown": markdown,
    "tables": table,
}


def make(kind: str, seed: int) -> bytes:
    """Return the input of a kind with this seed; the same bytes every time."""
    return KINDS[kind](random.Random(f"{kind} {seed}"))


def _marked(text: str, random: random.Random) -> str:
    words = text.split()
    for _ in range(random.randrange(4)):
        place = random.randrange(len(words))
        words[place] = random.choice(("**{}**", "*{}*", "_{}_", "`{}`", "{}\n", "{}  \n", "\\*{}")).format(words[place])
    return random.choice(BLOCKS).format(" ".join(words))


def _bullets(random: random.Random) -> list[str]:
    return [
        line for bullet in random.choices(read_half("development"), k=random.randrange(1, 9)) for line in bullet.lines
    ]


def _page(random: random.Random) -> str:
    """Return a few bullets with line ends of any kind between them."""
    end = random.choice(LINE_ENDS)
    return "".join(line + (end if random.random() < 0.8 else random.choice(LINE_ENDS)) for line in _bullets(random))


def _wrapped(random: random.Random, width: int) -> list[str]:
    lines = [""]
    for bullet in _bullets(random):
        for word in bullet.split():
            if len(lines[-1]) + len(word) >= width:
                lines.append("")
            lines[-1] += f" {word}" if lines[-1] else word
        lines += [""] * random.choice((1, 1, 2))
    return lines


def _encoded(text: str, random: random.Random) -> bytes:
    return text.encode(random.choice(ENCODINGS), "ignore")
