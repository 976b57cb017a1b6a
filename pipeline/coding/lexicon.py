"""Lexicons: the cues that speak for a code, as data, and what finds them all.

What belongs here: reading and checking cues, and finding them in the shapes of a statement's words. What does not: what
a cue's place in the clause does to its weight (`evidence`, `form`, `direction`, `roles`), and any cue.

A cue is up to four words, matched by lemma. `opvang~` is also found as a part of a compound. `geen ... meer` leaves a
gap. Marks are cues for forms of speech (a deficit, an effect, a harm) that no code stands for by itself.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import ahocorasick

from pipeline.coding.codebook import Codebook
from pipeline.coding.linear import TOGETHER, Linear, load_linear
from pipeline.coding.remembered import Remembered
from pipeline.coding.vocabulary import Vocabulary
from pipeline.errors import FileError
from pipeline.located import Located, read_located

MARKS = "marks"
LONGEST_CUE = 4
_WIDEST_GAP = 7
_KEPT = 1 << 16  # hits of a shape at a place of a statement that are remembered; the same ones come again and again
_BITS = 32  # of the number of a shape, beside that of a place
_PREFIX_LENGTH = 6  # a shorter string opens or ends too many words that have nothing to do with it
_KEYS = frozenset(
    (
        "codebook", "extends", "version", "learned", "dimensions", "marks",
        "calibration", "abstain_below", "implied_instrument",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that speak for a code.

    Attributes:
        dimension: The code's dimension, or `marks`.
        code: The code or mark.
        words: The cue as written, without the sign for compounds.
        weight: How strongly; negative when it speaks against the code.
        compound: Whether it is also found as a part of a compound.
        inferred: Whether it only lets the code be inferred.
    """

    dimension: str
    code: str
    words: str
    weight: float
    compound: bool
    inferred: bool


@dataclass(frozen=True)
class Lexicon:
    """All cues for a codebook.

    Attributes:
        codebook: Identifier of the codebook.
        version: Version of the cues.
        cues: Every cue, those of the extended lexicon first.
        sha256: Hash of the files it was read from: what a measured figure is a figure of.
        implied_instrument: Per theme the instrument that speaking of it implies when no instrument is named.
        learned: What was learned from these cues and from coded statements, for words that no cue knows.
        calibration: Per dimension intercept and slope that turn a rule's certainty into a probability.
        abstain_below: Per dimension the confidence below which the coder gives no code; it gives any where none stands.
    """

    codebook: str
    version: str
    cues: tuple[Cue, ...]
    sha256: str
    calibration: Mapping[str, tuple[float, float]] = field(default_factory=dict, hash=False)
    abstain_below: Mapping[str, float] = field(default_factory=dict, hash=False)
    implied_instrument: Mapping[str, str] = field(default_factory=dict, hash=False)
    learned: Linear | None = field(default=None, hash=False)

    def terms(self) -> frozenset[str]:
        """Return the single words of all cues."""
        return frozenset(word for cue in self.cues for word in cue.words.split() if word.isalpha())


class Hit(NamedTuple):
    """A cue found in a statement.

    Attributes:
        slot: Which dimension and code it speaks for, in `Finder.slots`; -1 for a word that no cue knows.
        weight: How strongly; negative when it speaks against the code.
        start: Place of its first word.
        end: Place past its last word.
        inferred: Whether it only lets the code be inferred.
    """

    slot: int
    weight: float
    start: int
    end: int
    inferred: bool


_LEARN = "learn the weights again with `python -m benchmarks.coding.train`"


def load_lexicon(path: Path, codebook: Codebook, *, cues_only: bool = False) -> Lexicon:
    """Read a lexicon, the one that it extends, and what was learned from it (`<codebook>.npz` beside it, if there).

    Where nothing was, the weights that the nearest lexicon names under `learned` are borrowed, if they are there.

    Args:
        path: Its file.
        codebook: The codes.
        cues_only: Leave out what was learned, to learn it anew.

    Raises:
        FileError: when it is of another codebook, a code is not in the codebook, a cue is too long or stands twice for
            one code, a confidence is not from 0 to 1, or weights of more than one codebook are to be borrowed.
    """
    tops = list(_chain(path))
    for top in tops:
        _check_book(top, codebook)
    cues = [cue for top in reversed(tops) for cue in _cues(top, codebook)]
    weights, dimensions = path.with_suffix(".npz"), None
    if not weights.is_file():
        weights, dimensions = _borrowed(tops, codebook)
    learned_too = weights.is_file() and not cues_only
    files = [top.path for top in tops] + ([weights] if learned_too else [])
    digest = hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()
    calibration = {name: line for top in reversed(tops) for name, line in _calibration(top, codebook).items()}
    least = {name: value for top in reversed(tops) for name, value in _abstain_below(top, codebook).items()}
    learned = learned_from(weights, codebook, dimensions) if learned_too else None
    implied = _implied(tops[0], codebook)
    return Lexicon(codebook.id, tops[0].text("version"), tuple(cues), digest, calibration, least, implied, learned)


def learned_from(path: Path, codebook: Codebook, dimensions: Sequence[str] | None = None) -> Linear:
    """Read weights and check that the codebook still has every code of theirs.

    Args:
        path: Their file.
        codebook: The codes.
        dimensions: What to take of them; all when left out.

    Raises:
        FileError: when it has not, or when the file is of another layout.
    """
    try:
        model = load_linear(path)
    except (KeyError, ValueError, OSError) as error:
        raise FileError(f"{path}: no weights of this version ({error}); {_LEARN}") from error
    if dimensions is not None:
        model = model.only([name for name in model.columns if set(name.split(TOGETHER)) <= set(dimensions)])
    for dimension, codes in model.codes.items():
        known = codebook.by_id[dimension].by_id if dimension in codebook.by_id else {}
        gone = [code for name in codes for code in name.split("+") if code not in known]
        if gone:
            raise FileError(
                f"{path}: learned code '{gone[0]}' is not in dimension '{dimension}' of codebook '{codebook.id}'; "
                f"{_LEARN}"
            )
    return model


def _check_book(top: Located, codebook: Codebook) -> None:
    """Check that a lexicon, if it says of which codebook it is, is of this one or of one that it extends."""
    name = top.optional_text("codebook")
    if name is not None and name not in (codebook.id, *codebook.lineage):
        raise top.fail(
            f"is of codebook '{name}', which {codebook.path.name} neither is nor extends; mend the name, "
            f"or write 'extends: {name}' there",
            "codebook",
        )


def _borrowed(tops: Sequence[Located], codebook: Codebook) -> tuple[Path, tuple[str, ...]]:
    """Return the weights that the nearest lexicon of a chain borrows (none may be there), and for which dimensions.

    Raises:
        FileError: when a lexicon names more than one codebook to borrow of, or a dimension that is not there.
    """
    for top in tops:
        learned = top.mapping("learned")
        names = list(learned)
        if len(names) > 1:
            raise learned.fail(f"'{names[1]}' is a second one; weights are borrowed of one, keep one", names[1])
        if names:
            for dimension in learned.texts(names[0]):
                if dimension not in codebook.by_id:
                    raise learned.fail(
                        f"dimension '{dimension}' is not in codebook '{codebook.id}'; mend the name", names[0]
                    )
            return top.path.with_name(f"{names[0]}.npz"), tuple(learned.texts(names[0]))
    return tops[0].path.with_suffix(".npz"), ()


def _implied(top: Located, codebook: Codebook) -> dict[str, str]:
    implied = top.mapping("implied_instrument")
    for theme in implied:
        if theme not in codebook.by_id["theme"].by_id:
            raise implied.fail(f"'{theme}' is no theme of codebook '{codebook.id}'; mend the name", theme)
        if implied.text(theme) not in codebook.by_id["instrument"].by_id:
            raise implied.fail(f"'{implied.text(theme)}' is no instrument of codebook '{codebook.id}'", theme)
    return {theme: implied.text(theme) for theme in implied}


def _calibration(top: Located, codebook: Codebook) -> dict[str, tuple[float, float]]:
    lines = _by_dimension(top, "calibration", codebook)
    return {name: (lines.mapping(name).number("intercept"), lines.mapping(name).number("slope")) for name in lines}


def _abstain_below(top: Located, codebook: Codebook) -> dict[str, float]:
    least = _by_dimension(top, "abstain_below", codebook)
    for name in least:
        if not 0 <= least.number(name) <= 1:
            raise least.fail(f"{least.number(name)} is no confidence; those are from 0 to 1", name)
    return {name: least.number(name) for name in least}


def _by_dimension(top: Located, key: str, codebook: Codebook) -> Located:
    """Return a mapping whose keys are dimensions of the codebook."""
    found = top.mapping(key)
    for name in found:
        if name not in codebook.by_id:
            raise found.fail(f"dimension '{name}' is not in codebook '{codebook.id}'; mend the name", name)
    return found


def _chain(path: Path, seen: frozenset[Path] = frozenset()) -> Iterator[Located]:
    top = read_located(path)
    top.only(_KEYS)
    yield top
    name = top.optional_text("extends")
    if name is None:
        return
    base = path.with_name(f"{name}.yaml")
    if base in seen or not base.is_file():
        raise top.fail(f"extends '{name}', but {base.name} is not there or extends this file; mend the name", "extends")
    yield from _chain(base, seen | {path})


def _cues(top: Located, codebook: Codebook) -> Iterator[Cue]:
    dimensions = _by_dimension(top, "dimensions", codebook)
    for name in dimensions:
        group = dimensions.mapping(name)
        for code in group:
            if code not in codebook.by_id[name].by_id:
                raise group.fail(f"code '{code}' is not in dimension '{name}'; mend the name", code)
        yield from _code_cues(group, name)
    yield from _code_cues(top.mapping("marks"), MARKS)


def _code_cues(group: Located, dimension: str) -> Iterator[Cue]:
    for code in group:
        weights = group.mapping(code)
        seen: set[str] = set()
        for key in weights:
            inferred = key.startswith("inferred")
            weight = _weight(weights, key.removeprefix("inferred").strip() or "2")
            for written in weights.texts(key):
                words = written.removesuffix("~").strip()
                cue = Cue(dimension, code, words.lower(), weight, written.endswith("~"), inferred)
                if fault := _fault_of(cue):
                    raise weights.fail(f"cue '{written}'{fault}", key)
                yield cue
                if written in seen:
                    raise weights.fail(f"cue '{written}' stands twice for code '{code}'; remove one", key)
                seen.add(written)


def _weight(weights: Located, key: str) -> float:
    try:
        return float(key)
    except ValueError as error:
        raise weights.fail(f"'{key}' must be a weight, or 'inferred' with a weight", key) from error


def _fault_of(cue: Cue) -> str:
    """Return what is wrong with a cue by itself and what to do, to be read after its words; empty when it is right."""
    count = len([word for word in cue.words.split() if word != "..."])
    if not 0 < count <= LONGEST_CUE:
        return f" has {count} words; a cue has one to {LONGEST_CUE}"
    if cue.words.startswith("~"):
        return ": '~' stands behind a word and finds it anywhere in a compound; write it there"
    if count > 1 and (cue.compound or "~" in cue.words):
        return ": only a single word can be a part of a compound; drop the '~'"
    return ""


@dataclass(frozen=True, slots=True, eq=False)  # each is itself, which is looked up faster
class _Entry:
    """A cue, or a part of one with a gap, as it is looked for."""

    slot: int
    weight: float
    words: int
    inferred: bool
    gap: int  # 0, or the number of a gapped cue
    part: int


class _Ending(NamedTuple):
    """What ends in a word.

    Attributes:
        number: Its own.
        plain: Cues without a gap.
        inside: How many of these, at the start, end before the word does, as a part of it.
        openers: First parts of gapped cues, by the number of the cue.
        closers: Their second parts, likewise.
        longer: By the shape of the word before, what has one word more.
    """

    number: int
    plain: tuple[_Entry, ...]
    inside: int
    openers: Mapping[int, _Entry]
    closers: Mapping[int, _Entry]
    longer: Mapping[str, "_Ending"]


class _Several(dict[str, "_Several"]):
    """What has more words than one, by the shape of its last word, then by that of the word before, and so on."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[_Entry] = []

    def add(self, words: Sequence[str], entry: _Entry) -> None:
        """Add what is looked for in some words."""
        node = self
        for word in reversed(words):
            node = node.setdefault(word, _Several())
        node.entries.append(entry)


class Finder:
    """Finds every cue in one pass over the shapes of a statement's words.

    What ends in a word is worked out once per shape, so the time does not follow the number of the cues.

    Args:
        lexicon: The cues.
        vocabulary: Gives the cues the shapes that the statement's words have.

    Attributes:
        slots: The dimension and code of each slot that a hit names.
    """

    def __init__(self, lexicon: Lexicon, vocabulary: Vocabulary) -> None:
        """Build the automaton of what is found in one word, and the tree of what has more."""
        self.slots = tuple(dict.fromkeys((cue.dimension, cue.code) for cue in lexicon.cues))
        patterns: dict[str, list[_Entry]] = {}
        self._several = _Several()
        for entry, part, compound in self._parts(lexicon):
            for shape in sorted(vocabulary.shapes(part)):
                if entry.words > 1:
                    self._several.add(shape.split(), entry)
                    continue
                for pattern in _patterns(shape, compound=compound):
                    patterns.setdefault(pattern, []).append(entry)
        self._automaton = ahocorasick.Automaton()
        for pattern, entries in patterns.items():
            self._automaton.add_word(pattern, entries)
        self._automaton.make_automaton()
        self._numbered: list[_Ending] = []
        self._endings = Remembered(self._ending)
        self._standing = Remembered(self._hits, _KEPT)

    def _parts(self, lexicon: Lexicon) -> Iterator[tuple[_Entry, str, bool]]:
        """Yield what to look for: each cue, or each part of one with a gap, and whether also inside a compound."""
        slot_of = {key: slot for slot, key in enumerate(self.slots)}
        for gap, cue in enumerate(lexicon.cues, 1):
            parts = [part.strip() for part in cue.words.split("...")]
            slot = slot_of[cue.dimension, cue.code]
            for number, part in enumerate(parts):
                gapped = gap if len(parts) > 1 else 0
                yield _Entry(slot, cue.weight, len(part.split()), cue.inferred, gapped, number), part, cue.compound

    def find(self, shapes: Sequence[str]) -> list[Hit]:
        """Return the cues in the order in which they end, of those that end together the longest first."""
        hits: list[Hit] = []
        standing = self._standing
        opened: list[tuple[int, Mapping[int, _Entry]]] = []
        closed: list[tuple[int, Mapping[int, _Entry]]] = []
        for end, of_word in enumerate(self._endings.all_of(shapes), 1):
            ending, before, place = of_word, end - 1, len(hits)
            while ending is not None:
                number, plain, inside, openers, closers, longer = ending
                if plain:
                    hits[place:place] = standing[end << _BITS | number]
                    place += inside
                if openers:
                    opened.append((end, openers))
                if closers:
                    closed.append((end, closers))
                if not longer or not before:
                    break
                before -= 1
                ending = longer.get(shapes[before])
        if opened and closed:
            hits.extend(_bridged(opened, closed))
        return hits

    def _ending(self, shape: str) -> _Ending | None:
        """Return what ends in a word, None for nothing; what is found in it twice counts once."""
        found = list(self._automaton.iter(f" {shape} ")) if len(self._automaton) else []
        entries = dict.fromkeys(entry for _, entries in found for entry in entries)
        inside = {entry for end, entries in found for entry in entries if end <= len(shape)}
        several = self._several.get(shape)
        return self._number(entries, len(inside), several or _Several()) if entries or several else None

    def _number(self, entries: Collection[_Entry], inside: int, several: _Several) -> _Ending:
        """Return entries, of which some end inside a word, as what ends in it, with all that has more words."""
        longer = {word: self._number(more.entries, 0, more) for word, more in several.items()}
        plain = tuple(one for one in entries if not one.gap)
        openers, closers = ({one.gap: one for one in entries if one.gap and one.part == part} for part in (0, 1))
        self._numbered.append(_Ending(len(self._numbered), plain, inside, openers, closers, longer))
        return self._numbered[-1]

    def _hits(self, key: int) -> tuple[Hit, ...]:
        """Return the cues that end before a place of a statement; the key is a number for what ends and the place."""
        end, number = divmod(key, 1 << _BITS)
        plain = self._numbered[number].plain
        return tuple(Hit(one.slot, one.weight, end - one.words, end, one.inferred) for one in plain)


def _patterns(shape: str, *, compound: bool) -> Iterable[str]:
    """Return what to look for in a word between spaces."""
    if not compound:
        return [f" {shape} "]
    if len(shape.replace("|", "")) >= _PREFIX_LENGTH:
        return [f" {shape}", f"{shape} ", f"|{shape}|"]
    return [f" {shape} ", f" {shape}|", f"|{shape}|", f"|{shape} "]


def _bridged(
    opened: Sequence[tuple[int, Mapping[int, _Entry]]], closed: Sequence[tuple[int, Mapping[int, _Entry]]]
) -> Iterator[Hit]:
    """Yield the cues of which both parts stand near enough; of each first part the second part that ends first."""
    for start, firsts in opened:
        behind = [(end, seconds) for end, seconds in closed if end > start and not firsts.keys().isdisjoint(seconds)]
        for gap, first in firsts.items() if behind else ():
            for end, seconds in behind:
                if gap in seconds and start <= end - seconds[gap].words <= start + _WIDEST_GAP:
                    yield Hit(first.slot, first.weight, start - first.words, end, first.inferred)
                    break
