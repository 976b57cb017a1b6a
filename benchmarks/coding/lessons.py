"""What is learned of each dimension, and the examples that it is learned from.

What belongs here: statements of the gold, phrases, settled cases of the codebook and cues, each as a text with codes.
What does not: fitting weights to them (`fitting`), which model is learned from what (`train`).
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from benchmarks.coding.around import Place
from benchmarks.coding.gold import PHRASES, GoldDocument
from pipeline.coding import words as w
from pipeline.coding.codebook import Codebook
from pipeline.coding.coder import Coder
from pipeline.coding.lexicon import Lexicon
from pipeline.coding.linear import TOGETHER
from pipeline.coding.model import CodingInput
from pipeline.coding.second import DIMENSIONS
from pipeline.coding.syntax import tokens

_BY_CUES = ("theme", "instrument")  # cues are short texts of their code here
_CUE_WEIGHT = 0.3  # of an example, against 1 for a statement; tried on statements that were new to the model
_SETTLED = 5.0  # what an example of the codebook weighs: it is the law, where statements are cases
_REAL = 10.0  # what a statement of a real document weighs, of which there are few
_LEAST_CUE = 1.5  # weaker cues are too vague to stand for a code alone
_NO_FORM: tuple[list[str], dict[str, float]] = ([], {})
NO_CODE = "+"  # of a set: a statement that has none of its codes


@dataclass(frozen=True)
class Lesson:
    """How a dimension is learned: from words, and from signs that count for it alone, and from what is named here.

    Attributes:
        name: The dimension, or two with a slash between that are learned together, since each mostly fixes the other.
        softness: Inverse strength of regularisation.
        form: Learn from the signs of form, too.
        kinds: Learn from the kinds of words, too.
        members: A statement can have any number of the codes.
        strangers: Learn from documents of other hands only. Cues were written from those of the author's own hand, so
            that the rules, which choose first in these dimensions, are right there too often.
        ruled: Codes that are left to the rules.
        shared: Learn what tells a part of codes, or their parent, from all codes that hold it (`shared`).
        around: Learn from the codes of the statements around, too.
        across: Lessons whose likely codes for the same statement it is learned from, too, at the end.
        phrase: What a phrase weighs; phrases say form less well than what stands in a document.
    """

    name: str
    softness: float
    form: bool = False
    kinds: bool = False
    members: bool = False
    strangers: bool = False
    ruled: tuple[str, ...] = ()
    shared: bool = False
    around: bool = False
    across: tuple[str, ...] = ()
    phrase: float = 1.0


_FORM = "statement_type/modality"
FIRST = (
    Lesson(_FORM, 0.5, form=True, kinds=True, shared=True, around=True, phrase=0.5),
    Lesson("direction", 0.2, form=True, kinds=True, shared=True, across=(_FORM,)),
    Lesson("theme", 0.2, shared=True, across=(_FORM, "direction", "instrument")),
    Lesson("instrument", 0.2, shared=True, across=(_FORM, "direction", "theme")),
    Lesson("horizon", 1.0, form=True, strangers=True, ruled=("four_years",)),
    Lesson("sdg", 1.0, form=True, members=True, strangers=True),
    Lesson("target_group", 1.0, form=True, members=True, strangers=True),
)
SECOND = tuple(Lesson(name, 20.0) for name in DIMENSIONS)


@dataclass(frozen=True)
class Example:
    """A text with codes; `weight` is what it counts against a statement, `place` where it stands in a document."""

    forms: tuple[str, ...]
    codes: Mapping[str, str]
    weight: float = 1.0
    signs: Mapping[str, float] = field(default_factory=dict)
    kinds: tuple[str, ...] = ()
    place: Place | None = None
    phrase: bool = False


def statements(
    documents: Iterable[GoldDocument], codebook: Codebook, lessons: Sequence[Lesson], coder: Coder | None = None
) -> Iterator[Example]:
    """Yield the statements of the gold; with a coder also what it sees of them."""
    for document in documents:
        formal = coder.formal(document.inputs) if coder else [_NO_FORM] * len(document.inputs)
        taught = [lesson for lesson in lessons if document.hand or not (document.constructed and lesson.strangers)]
        places = _places(document)
        for item, codes, (kinds, signs), place in zip(document.inputs, document.codes, formal, places, strict=True):
            given = {one.id: "+".join(sorted(codes.get(one.id, (one.default or "",)))) for one in codebook.dimensions}
            for lesson in taught:
                if lesson.members and given[lesson.name] == codebook.by_id[lesson.name].default:
                    given[lesson.name] = NO_CODE
            weight = 1.0 if document.constructed else _REAL
            yield Example(tokens(item.text), _together(given, taught), weight, signs, tuple(kinds), place)


def _places(document: GoldDocument) -> list[Place]:
    """Return where each statement of a document stands."""
    titles = [item.section_title for item in document.inputs]
    sections = accumulate((not second or first != second for first, second in pairwise(titles)), initial=0)
    return [
        Place(document.id, document.hand, item.bullet, section)
        for item, section in zip(document.inputs, sections, strict=True)
    ]


def phrases(lessons: Sequence[Lesson], coder: Coder | None = None) -> Iterator[Example]:
    """Yield the phrases of `phrases.tsv`; with a coder also what it sees of them."""
    with PHRASES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            kinds, signs = coder.formal([CodingInput("phrase", row["text"])])[0] if coder else _NO_FORM
            yield Example(tokens(row["text"]), _together(row, lessons), 1.0, signs, tuple(kinds), phrase=True)


def settled(codebook: Codebook, lessons: Sequence[Lesson], coder: Coder) -> Iterator[Example]:
    """Yield the examples by which the codebook settles doubtful cases, but those that go on about what stood before.

    Of dimensions that are learned together only an example that settles both tells anything.
    """
    for lesson in lessons:
        cases: dict[str, dict[str, str]] = {}
        for name in lesson.name.split(TOGETHER):
            for rule in codebook.by_id[name].rules if name in codebook.by_id else ():
                for one in rule.examples:
                    default = lesson.members and one.code == codebook.by_id[name].default
                    cases.setdefault(one.text, {})[name] = NO_CODE if default else one.code
        for text, given in cases.items():
            codes = _together(given, [lesson])
            if not codes or coder.read(text).words[0].flags & (w.PRONOUN | w.ANAPHOR | w.COORDINATOR):
                continue
            kinds, signs = coder.formal([CodingInput("example", text)])[0]
            yield Example(tokens(text), codes, _SETTLED, signs, tuple(kinds))


def _together(codes: Mapping[str, str], lessons: Sequence[Lesson]) -> dict[str, str]:
    """Return the codes of dimensions that are learned together as one, where all are given."""
    split = {one.name: [codes.get(part) or "" for part in one.name.split(TOGETHER)] for one in lessons}
    return {name: TOGETHER.join(parts) for name, parts in split.items() if all(parts)}


def cues(lexicon: Lexicon) -> Iterator[Example]:
    """Yield the cues that name a code plainly, each as a short text of its code."""
    for cue in lexicon.cues:
        if cue.weight < _LEAST_CUE or cue.inferred:
            continue
        forms = tuple(word for word in cue.words.split() if word != "...")
        if cue.dimension in _BY_CUES:
            yield Example(forms, {cue.dimension: cue.code}, _CUE_WEIGHT)
