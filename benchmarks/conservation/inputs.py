"""Inputs that nobody would write, from a seed.

What belongs here: making the bytes of one file. What does not: judging what becomes of them.
"""

import random
from collections.abc import Callable, Mapping, Sequence
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
PDF_MARKS = ("\x0e", "\x1f", "\x1f", "\n\x0e", "\n\x1f", "\n\n", "\n\n\x1f", "\f", "\n\f", "\x02")
NAMES = ("Nr.", "Thema", "Actie", "Wie", "Wanneer", "Aantal", "Stand van zaken", "Verantwoordelijke", "Toelichting", "")
TITLES = ("Wonen", "Zorg en opvang", "Samen aan de slag", "Wat is er nodig?", "Inleiding", "Bijlage 1", "Conclusies:")
QUESTIONS = (
    "Wat moet anders?",
    "Wat gaat goed?",
    "Wie betaalt dat",
    "Heeft u nog tips voor de gemeente?",
    "Toelichting:",
)
OPENINGS = (
    "Geachte leden van de raad,",
    "Beste mensen,",
    "Aanwezig: de werkgroep",
    "Datum: 3 maart 2024",
    "Betreft: wonen",
)
CLOSINGS = (
    "Met vriendelijke groet,",
    "Namens de werkgroep,",
    "de voorzitter",
    "Bron: enquête",
    "info@voorbeeld.example",
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


def text_of_pdf(random: random.Random) -> bytes:
    """Return what is stored beside a PDF: paragraphs, columns, cells and pages, some of whose marks strayed."""
    pages = [
        random.choice(("\n\x0e", "\x0e", "\n\n\x0e")).join(_column(random) for _ in range(random.choice((1, 1, 2, 3))))
        for _ in range(random.choice((1, 1, 2, 4)))
    ]
    return _encoded(_spoilt("\n\f".join(pages), random, (*ODD, *PDF_MARKS)), random)


def stacked_table(random: random.Random) -> bytes:
    """Return tables in plain text of which every cell stands on lines of its own, at times with a name that is lost."""
    parts = []
    for _ in range(random.choice((1, 1, 2))):
        names = random.sample(NAMES, random.randrange(2, 5))
        gap = random.choice(("\n", "\n", "\n\n"))
        rows = [_cells(random, len(names)) for _ in range(random.randrange(2, 8))]
        head = random.choice((gap, " ")).join(names)
        parts += [*random.choice((_bullets(random), [])), head, *(gap.join(row) for row in rows)]
    return _encoded(_spoilt("\n".join(parts), random, (*ODD, "\n", "\n\n", *NAMES)), random)


def markdown_table(random: random.Random) -> bytes:
    """Return tables of Markdown whose cells are broken over lines, hold marks, or stand in rows of other lengths."""
    parts = []
    for _ in range(random.choice((1, 1, 2, 3))):
        width = random.randrange(1, 5)
        rows = [
            _cells(random, max(1, width + random.choice((0, 0, 0, 0, 1, -1)))) for _ in range(random.randrange(1, 7))
        ]
        rule = ["|".join(random.choices(("---", ":--", "--:", ":-:"), k=width))] if random.random() < 0.9 else []
        glue = random.choice(("|", " | ", " | "))
        lines = [glue.join(random.sample(NAMES, min(width, 4))), *rule, *(glue.join(row) for row in rows)]
        edge = random.choice(("|", "| ", ""))
        parts += [
            random.choice(("## Acties\n", "**Acties**\n", "")),
            *(f"{edge}{line}{edge[::-1]}" for line in lines),
            "",
        ]
    return _encoded(_spoilt("\n".join(parts), random, (*MARKS, *ODD)), random)


def answers(random: random.Random) -> bytes:
    """Return questions with their answers, by label, by number or in turn, among the formalities of letters."""
    questions = random.sample(QUESTIONS, random.randrange(1, 4))
    groups = [(question, _bullets(random)) for question in questions * random.choice((1, 1, 2))]
    label = random.choice(("", "Vraag: ", "Vraag {}: ", "{}. ", "## ", "## Vraag: ", "V{}. ", "**"))
    reply = random.choice(("", "Antwoord: ", "- ", "A: ", "“"))
    gap = random.choice(("\n", "\n\n"))
    parts = [
        part
        for number, (question, texts) in enumerate(groups, 1)
        for part in (f"{label.format(number)}{question}", *(f"{reply}{text}" for text in texts))
    ]
    head, foot = (random.sample(lines, random.randrange(len(lines) + 1)) for lines in (OPENINGS, CLOSINGS))
    return _encoded(_spoilt(gap.join((*head, *parts, *foot)), random, (*ODD, *OPENINGS, *CLOSINGS)), random)


def report(random: random.Random) -> bytes:
    """Return pages with numbers of headings, a list of contents, notes, and headers and footers that run."""
    header, footer = (
        random.choice(("", "Visie op opvang", "{n}.1 Wonen")),
        random.choice(("", "{p}", "Pagina {p} van 9")),
    )
    pages, contents = [], []
    for page in range(1, random.randrange(2, 7)):
        number = random.choice(("{n}", "{n}.1", "{n}.", "Hoofdstuk {n}", "§ {n}.2", "Thema {n}:")).format(n=page)
        title = f"{number} {random.choice(TITLES)}"
        contents.append(f"{title} {random.choice(('.....', '  ', ' . . . '))} {page}")
        note = random.choice((f"{page} Zie het verslag van {2000 + page}.", ""))
        body = [title, random.choice(("", " ")), *_wrapped(random, random.randrange(25, 90)), note]
        pages.append("\n".join((header.format(n=page), *body, footer.format(p=page))))
    listed = random.choice(("\n".join(("Inhoud", *contents)) + random.choice(("\f", "\n")), ""))
    return _encoded(_spoilt(listed + random.choice(("\f", "\n\f", "\n")).join(pages), random, ODD), random)


KINDS: Mapping[str, Callable[[random.Random], bytes]] = {
    "random bytes": random_bytes,
    "mutated texts": mutated_text,
    "woven pages": woven_page,
    "mixed encodings": mixed_encodings,
    "huge lines": huge_lines,
    "Markdown": markdown,
    "tables": table,
    "texts of PDFs": text_of_pdf,
    "stacked tables": stacked_table,
    "Markdown tables": markdown_table,
    "answers": answers,
    "reports": report,
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


def _spoilt(text: str, random: random.Random, marks: Sequence[str]) -> str:
    """Return a text in which a few characters, or none, were replaced by marks, doubled or lost."""
    characters = list(text)
    for _ in range(random.choice((0, 0, 3, 10, 30))):
        place = random.randrange(len(characters) + 1)
        characters[place : place + random.randrange(3)] = random.choice(marks)
    return "".join(characters)


def _cells(random: random.Random, count: int) -> list[str]:
    """Return the cells of a row: texts, at times on several lines, counts, short words, or nothing."""
    return [
        random.choice(("{text}", "{text}", "{half}\n{half}", "{number}", "gemeente", "", "- {half}\n- {half}")).format(
            text=random.choice(_bullets(random)),
            half=random.choice(_bullets(random))[: random.randrange(8, 60)],
            number=random.randrange(1, 90),
        )
        for _ in range(count)
    ]


def _column(random: random.Random) -> str:
    """Return a column of a PDF: paragraphs of several lines, and at times a table, each cell behind a mark."""
    blocks = ["\n".join(_wrapped(random, random.randrange(20, 70))) for _ in range(random.randrange(1, 3))]
    if random.random() < 0.6:
        width = random.randrange(1, 4)
        named = random.sample(NAMES, width) if random.random() < 0.7 else []
        cells = [*named, *(cell for _ in range(random.randrange(1, 6)) for cell in _cells(random, width))]
        table = random.choice(("\n\n", "\n\n", "\n", "")).join(f"\x1f{cell}" for cell in cells)
        blocks.insert(random.randrange(len(blocks) + 1), table)
    return "\n\n".join(blocks)


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
