"""Print what leaks by class: `python -m benchmarks.privacy.classes [fills] [--wrong]`.

What belongs here: filling the templates of `tests/gold/privacy/classes.yaml` from its lists, and counting. What does
not: any word, and batches that were written as they are (`benchmarks.privacy`).

A template says a class of detail in a form, a list what may stand in it; so many fills of each are judged. The same
number gives the same sentences. `--wrong` prints what leaks and what is touched, with its template.
"""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

from benchmarks.options import parser_of
from benchmarks.privacy.gold import GOLD, Sentence, read_braced
from pipeline.privacy.gate import Gate
from pipeline.text.language import load_language

FILLS = 8
_SLOT = re.compile(r"<([A-Za-z]+?(?:_(?!lc>|bare>)[a-z]+)?)(\d?)(_lc|_bare)?>")
_FIRST_BEFORE = re.compile(r"<(?:first|initials)\d?(?:_lc)?> $")
_ARTICLE = re.compile(r"^(?:de|het) ")


class Filler:
    """Fills the slots of one template after another."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._people = [tuple(one.split("|")) for one in data["people"]]
        self._lists: Mapping[str, Sequence[str]] = data["lists"]

    def fill(self, template: str, count: int) -> Iterator[str]:
        """Yield sentences with braces; one when there is nothing to fill."""
        choice = random.Random(template)
        for _ in range(count if _SLOT.search(template) else 1):
            chosen: dict[str, str] = {}
            people: dict[str, tuple[str, ...]] = {}

            def one(
                match: re.Match[str], chosen: dict[str, str] = chosen, people: dict[str, tuple[str, ...]] = people
            ) -> str:
                name, which, change = match[1], match[2], match[3] or ""
                if name in {"first", "last", "initials", "letter", "shouted", "s"}:
                    person = people.setdefault(which, choice.choice(self._people))
                    alone = not _FIRST_BEFORE.search(template[: match.start()])
                    word = _of(person, name, alone=alone)
                else:
                    known = self._lists.get(name) or self._lists[name[0].lower() + name[1:]]
                    word = choice.choice([entry for entry in known if entry not in chosen.values()] or known)
                    chosen[name + which] = word
                    word = word if name in self._lists else word[0].upper() + word[1:]
                word = _ARTICLE.sub("", word) if change == "_bare" else word
                return word.lower() if change == "_lc" else word

            text = _SLOT.sub(one, template)
            yield text[0].upper() + text[1:] if template[0] == "<" else text


def _of(person: tuple[str, ...], name: str, *, alone: bool) -> str:
    """Return a part of the name of a person; a surname by itself has a capital."""
    first, last = person
    if name == "s":
        return "'" if first[-1] in "sxzç" else "'s" if first[-1] in "aouiyé" else "s"
    if name == "initials":
        return ".".join(part[0] for part in re.split("[ -]", first)) + "."
    if name == "letter":
        return last.split()[-1][0].upper() + "."
    if name == "shouted":
        return last.upper()
    return first if name == "first" else last[0].upper() + last[1:] if alone else last


def main() -> None:
    """Print a row for each kind, and one for clean sentences."""
    parser = parser_of("benchmarks.privacy.classes", __doc__)
    parser.add_argument("fills", type=int, nargs="?", default=FILLS, help="of each template (%(default)s)")
    parser.add_argument("--wrong", action="store_true", help="print what leaks and what is touched")
    options = parser.parse_args()
    count, wrong = options.fills, options.wrong
    data = yaml.safe_load((GOLD / "classes.yaml").read_text(encoding="utf-8"))
    gate, filler = Gate(load_language("nl")), Filler(data)
    print("| kind | templates | leaks |\n|---|---|---|")
    for kind, templates in data["identifying"].items():
        sentences = [
            (read_braced(kind, text), template) for template in templates for text in filler.fill(template, count)
        ]
        leaks = [(one, template) for one, template in sentences if one.leaks(gate.judge(one.text))]
        print(f"| {kind} | {len(templates)} | {len(leaks)} of {len(sentences)} |")
        _show([(one, template) for one, template in leaks], gate, wrong=wrong)
    texts = [
        (Sentence("clean", text, ()), template) for template in data["clean"] for text in filler.fill(template, count)
    ]
    touched = [(one, template) for one, template in texts if gate.judge(one.text).privacy != "clear"]
    print(f"| clean | {len(data['clean'])} | {len(touched)} of {len(texts)} touched |")
    _show(touched, gate, wrong=wrong)


def _show(sentences: Sequence[tuple[Sentence, str]], gate: Gate, *, wrong: bool) -> None:
    for one, template in sentences if wrong else ():
        print("  ", template, "|", one.text, "|", gate.judge(one.text).text)


if __name__ == "__main__":
    main()
