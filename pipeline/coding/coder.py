"""The coder: codes for statements, from a codebook, a lexicon and the rules over their clause.

What belongs here: the order of decisions, defaults, confidence, abstention, and argument links. What does not: finding
cues (`lexicon`), the rules of form (`form`) and role (`roles`), measuring (`reliability`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from pipeline.coding import words as w
from pipeline.coding.codebook import Codebook
from pipeline.coding.evidence import Evidence, gather, strongest, weigh
from pipeline.coding.form import WISHES, Directed, Judgement, Verdict, harm_alone, judge
from pipeline.coding.kinds import Kinds
from pipeline.coding.lexicon import Finder, Hit, Lexicon
from pipeline.coding.likely import Likely, likelies
from pipeline.coding.roles import acting, names_group
from pipeline.coding.signs import all_signs
from pipeline.coding.syntax import Reading, read
from pipeline.coding.words import Vocabulary
from pipeline.text.language import Language

NAME = "rules-1"
Rank = Literal["primary", "secondary"]
Basis = Literal["explicit", "inferred"]
_PRIMARY: Rank = "primary"
_SECONDARY: Rank = "secondary"
RelationType = Literal["supports", "attacks"]

# A secondary code must carry at least this share of the primary one's score.
_SECONDARY_SHARE = 0.4
_LEAST_CONFIDENCE, _MOST_CONFIDENCE = 0.05, 0.99  # a rule is never all wrong or all right
_AS_IT_IS = (0.0, 1.0)  # intercept and slope of a certainty that is not calibrated
_LEAST_SCORE = 0.5
_SECTION_SHARE = 0.15  # a heading breaks ties, no more
_CARRIED = 5.0  # score of the theme before it in the bullet, or in the heading, where a statement has no cue
# What a point of score counts against a learned probability, tried on statements that were new to both.
_TRUST_IN_THEME, _TRUST_IN_INSTRUMENT = 0.2, 0.3


@dataclass(frozen=True, slots=True)
class CodingInput:
    """A statement to code.

    Attributes:
        statement_id: Its identifier.
        text: What it says.
        context: Texts before it in the same bullet, in reading order; the last one is all that is looked at.
        section_title: Title of the section it stands in; empty when there is none.
        bullet: Number of its bullet in the document.
    """

    statement_id: str
    text: str
    context: tuple[str, ...] = ()
    section_title: str = ""
    bullet: int = 0


class Coding(NamedTuple):
    """One code given to one statement.

    Attributes:
        statement_id: The statement.
        dimension: Dimension of the codebook.
        code: Code of that dimension.
        coder: Name of the coder with its version.
        rank: Whether it is a main code of the statement in this dimension.
        basis: Whether words of the statement name it.
        confidence: Probability, 0 to 1, that the dimension is coded rightly.
        evidence_start: First character of the evidence in the text; None when no words show it.
        evidence_end: One past the last.
        alternatives: Other codes that were considered, with weights that sum to at most one.
    """

    statement_id: str
    dimension: str
    code: str
    coder: str
    rank: Rank
    basis: Basis
    confidence: float
    evidence_start: int | None
    evidence_end: int | None
    alternatives: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """An argument link: the statement supports or attacks the related one."""

    statement_id: str
    related_id: str
    type: RelationType


class _Choice(NamedTuple):
    """What was decided for one dimension, before it becomes codings."""

    primary: tuple[str, ...]
    secondary: tuple[str, ...]
    certainty: float
    hits: Mapping[str, Hit]
    inferred: frozenset[str] = frozenset()
    alternatives: tuple[tuple[str, float], ...] = ()

    def ranked(self) -> tuple[tuple[Rank, tuple[str, ...]], ...]:
        """Return the codes of each rank that has any."""
        if self.secondary:
            return (_PRIMARY, self.primary), (_SECONDARY, self.secondary)
        return ((_PRIMARY, self.primary),)


class Coder:
    """Codes statements by rules.

    Args:
        codebook: The codes; dimensions that the rules do not know are coded from their cues alone.
        lexicon: The cues.
        language: The statements' language.
        threshold: The coder abstains from a dimension when its confidence is lower.
    """

    def __init__(self, codebook: Codebook, lexicon: Lexicon, language: Language, threshold: float = 0.0) -> None:
        """Build the automaton and the vocabulary."""
        self.codebook = codebook
        self.threshold = threshold
        self._vocabulary = Vocabulary(language, lexicon.terms())
        self._pairs = self._vocabulary.pairs()
        self._implies = lexicon.implied_instrument
        self._calibration = lexicon.calibration
        self._learned = lexicon.learned
        self._kinds = Kinds()
        self._finder = Finder(lexicon, self._vocabulary)
        self._sections: dict[str, Mapping[str, float]] = {}

    def code(self, items: Sequence[CodingInput]) -> list[tuple[Coding, ...]]:
        """Return the codings of each statement.

        Args:
            items: Statements of one document, in reading order.
        """
        results: list[tuple[Coding, ...]] = []
        previous: dict[str, _Choice] = {}
        found, verdicts, joined = self._looked_at(items)
        likely = likelies(self._learned, found, verdicts, joined, self._kinds)
        for item, evidence, verdict, goes_on, learned in zip(items, found, verdicts, joined, likely, strict=True):
            if not goes_on:
                previous = {}
            choices = self._choose(evidence, item, previous, verdict, learned)
            results.append(self._codings(evidence, item, choices))
            previous = choices
        return results

    def relate(self, items: Sequence[CodingInput], codings: Sequence[Sequence[Coding]]) -> tuple[Relation, ...]:
        """Return the argument links by U7: an argument to the nearest wish of its bullet, the one before it first."""
        types = [_primary(given, "statement_type") for given in codings]
        relations = []
        for at, target in enumerate(_nearest_wishes(items, types)):
            if types[at] != "argument" or target is None:
                continue
            attacks = _attacks(codings[at], codings[target])
            kind: RelationType = "attacks" if attacks else "supports"
            relations.append(Relation(items[at].statement_id, items[target].statement_id, kind))
        return tuple(relations)

    def read(self, text: str) -> Reading:
        """Return the reading of a text."""
        return read(text, self._vocabulary, self._pairs)

    def gather(self, text: str) -> Evidence:
        """Return the cues of a text with its reading."""
        return gather(self.read(text), self._finder)

    def formal(self, items: Sequence[CodingInput]) -> list[tuple[list[str], dict[str, float]]]:
        """Return the kinds of words and the signs of each statement of a document: what its form is learned from."""
        found, verdicts, joined = self._looked_at(items)
        shown = all_signs(found, verdicts, joined)
        return [(self._kinds.of(evidence.reading.words), signs) for evidence, signs in zip(found, shown, strict=True)]

    def _looked_at(self, items: Sequence[CodingInput]) -> tuple[list[Evidence], list[Verdict], list[bool]]:
        """Return the cues of each statement, the verdict of the rules, and whether it goes on in a bullet."""
        found = [self.gather(item.text) for item in items]
        bullets = [None, *(item.bullet for item in items)]
        joined = [bool(item.context) and item.bullet == before for item, before in zip(items, bullets, strict=False)]
        return found, [judge(evidence) for evidence in found], joined

    def _section(self, title: str) -> Mapping[str, float]:
        """Return the scores of the themes that a heading names."""
        if title not in self._sections:
            self._sections[title] = weigh(self.gather(title), "theme") if title else {}
        return self._sections[title]

    def _choose(
        self,
        evidence: Evidence,
        item: CodingInput,
        previous: Mapping[str, _Choice],
        verdict: Verdict,
        likely: Likely,
    ) -> dict[str, _Choice]:
        kind = likely.judged("statement_type", verdict.kind)
        wish = kind.code in WISHES
        ruled: dict[str, Callable[[], _Choice | None]] = {
            "statement_type": lambda: _judged(kind),
            "modality": lambda: _judged(likely.judged("modality", verdict.modality)),
            "direction": lambda: _directed(evidence, likely, verdict.direction),
            "theme": lambda: self._theme(evidence, item, previous, likely),
            "instrument": lambda: self._instrument(evidence, kind, likely),
            "horizon": lambda: _horizon(evidence, previous, wish=wish),
            "actor": lambda: _actor(evidence, item, previous, wish=wish),
        }
        choices: dict[str, _Choice] = {}
        for dimension in self.codebook.dimensions:
            rule = ruled.get(dimension.id)
            choice = rule() if rule else _set(evidence, dimension.id, previous, kind)
            if choice is None and dimension.default is not None:
                choice = _Choice((dimension.default,), (), _default_certainty(evidence, dimension.id), {})
            if choice is not None:
                choices[dimension.id] = choice
        return choices

    def _theme(
        self, evidence: Evidence, item: CodingInput, previous: Mapping[str, _Choice], likely: Likely
    ) -> _Choice | None:
        if "theme" not in self.codebook.by_id:
            return None
        dimension = self.codebook.by_id["theme"]
        section = self._section(item.section_title)
        before = previous["theme"].primary if "theme" in previous else ()
        scores = _scores(evidence, "theme", section)
        if likely.knows("theme"):
            found = scores or _carried(before, section)
            return _blended(evidence, "theme", found, likely, _TRUST_IN_THEME, dimension.secondary)
        choice = _scored(evidence, "theme", scores, dimension.secondary)
        if choice is not None:
            return choice
        context = _carried(before, section)
        if context:
            return _Choice((max(context, key=lambda code: context[code]),), (), 0.35, {})
        if "other" in dimension.by_id:
            return _Choice(("other",), (), 0.2, {})
        return None

    def _instrument(self, evidence: Evidence, kind: Judgement, likely: Likely) -> _Choice | None:
        scores = _scores(evidence, "instrument")
        if likely.knows("instrument"):
            return _blended(evidence, "instrument", scores, likely, _TRUST_IN_INSTRUMENT, 1)
        return _scored(evidence, "instrument", scores, 1) or self._implied(evidence, kind)

    def _implied(self, evidence: Evidence, kind: Judgement) -> _Choice | None:
        """Return the instrument that the theme's own words imply; a problem names none unless it says so."""
        if kind.code not in WISHES or "theme" not in self.codebook.by_id:
            return None
        theme = _scored(evidence, "theme", _scores(evidence, "theme"), 0)
        if theme is None or theme.primary[0] not in self._implies:
            return None
        code = self._implies[theme.primary[0]]
        return _Choice((code,), (), 0.4, {code: theme.hits[theme.primary[0]]}, frozenset((code,)))

    def _codings(self, evidence: Evidence, item: CodingInput, choices: Mapping[str, _Choice]) -> tuple[Coding, ...]:
        codings: list[Coding] = []
        name, threshold = item.statement_id, self.threshold
        for dimension, choice in choices.items():
            intercept, slope = self._calibration.get(dimension, _AS_IT_IS)
            confidence = round(intercept + slope * choice.certainty, 3)
            if not _LEAST_CONFIDENCE <= confidence <= _MOST_CONFIDENCE:
                confidence = _LEAST_CONFIDENCE if confidence < _LEAST_CONFIDENCE else _MOST_CONFIDENCE
            if confidence < threshold:
                continue
            hits, inferred, others = choice.hits, choice.inferred, choice.alternatives
            for rank, codes in choice.ranked():
                for code in codes:
                    start, end = evidence.span(hits[code]) if code in hits else (None, None)
                    basis: Basis = "inferred" if code in inferred else "explicit"
                    codings.append(Coding(name, dimension, code, NAME, rank, basis, confidence, start, end, others))
                others = ()
        return tuple(codings)


def _judged(judgement: Judgement) -> _Choice:
    hits = {judgement.code: judgement.hit} if judgement.hit else {}
    rest = round(1 - judgement.certainty, 3)
    return _Choice((judgement.code,), (), judgement.certainty, hits, alternatives=((judgement.other, rest),))


def _directed(evidence: Evidence, likely: Likely, ruled: Directed) -> _Choice:
    codes, certainty, hit = ruled
    ruling = Judgement("+".join(sorted(codes)), certainty, "none", hit)
    judged = ruling if harm_alone(evidence) else likely.judged("direction", ruling)
    if judged.code != ruling.code:
        codes = tuple(judged.code.split("+"))
    return _Choice(codes, (), judged.certainty, {codes[0]: judged.hit} if judged.hit else {})


def _scores(evidence: Evidence, dimension: str, section: Mapping[str, float] | None = None) -> dict[str, float]:
    """Return the scores of a dimension's cues; a heading adds a little where it has cues for the same code."""
    scores = weigh(evidence, dimension)
    if section:
        scores = {code: score + _SECTION_SHARE * min(section.get(code, 0.0), 3.0) for code, score in scores.items()}
    return scores


def _carried(before: Sequence[str], section: Mapping[str, float]) -> dict[str, float]:
    """Return scores of the themes of the statement before, else of the heading, for a statement that names none."""
    return dict.fromkeys(before, _CARRIED) or {code: min(score, _CARRIED) for code, score in section.items()}


def _scored(evidence: Evidence, dimension: str, scores: Mapping[str, float], secondary: int) -> _Choice | None:
    """Return the code with the highest score, and as secondary those that come near enough."""
    order = sorted(scores, key=lambda code: -scores[code])
    if not order or scores[order[0]] < _LEAST_SCORE:
        return None
    top = scores[order[0]]
    runner = scores[order[1]] if len(order) > 1 else 0.0
    others = _runners_up(scores, order[0], secondary)
    certainty = 0.35 + 0.3 * (top - runner) / top + 0.1 * min(top, 3.0)
    total = sum(scores.values())
    alternatives = tuple((code, round(scores[code] / total, 3)) for code in order[1:4])
    return _Choice(
        (order[0],), others, certainty, _shown(evidence, dimension, (order[0], *others)), alternatives=alternatives
    )


def _blended(
    evidence: Evidence, dimension: str, scores: Mapping[str, float], likely: Likely, trust: float, secondary: int
) -> _Choice:
    """Return the code that cues and the learned model together find likeliest; only cues give secondary codes."""
    shares = likely.blended(dimension, scores, trust)
    share, top = shares[0]
    others = _runners_up(scores, top, secondary)
    hits = _shown(evidence, dimension, (top, *others))
    if top not in hits and (at := likely.word(evidence, dimension, top)) >= 0:
        hits[top] = (-1, share, at, at + 1, False)
    alternatives = tuple((code, round(other, 3)) for other, code in shares[1:4])
    return _Choice((top,), others, share, hits, alternatives=alternatives)


def _runners_up(scores: Mapping[str, float], top: str, most: int) -> tuple[str, ...]:
    """Return the codes whose cues come near enough to the best ones to be secondary."""
    if not scores:
        return ()
    least = max(_SECONDARY_SHARE * max(scores.values()), _LEAST_SCORE)
    near = [code for code, score in scores.items() if score >= least and code != top]
    return tuple(sorted(near, key=lambda code: -scores[code])[:most])


def _shown(evidence: Evidence, dimension: str, codes: Sequence[str]) -> dict[str, Hit]:
    """Return the cue that best shows each code, where one does."""
    found = evidence.of(dimension)
    return {code: strongest(found[code], evidence.reading.zones) for code in codes if code in found}


def _horizon(evidence: Evidence, previous: Mapping[str, _Choice], *, wish: bool) -> _Choice | None:
    """Return the first horizon named; a term in a problem or argument is a term of nothing wished for.

    The programme's own horizon tells a wish by itself, and goes on into the next sentence.
    """
    found = evidence.of("horizon")
    for code in ("four_years", "dated", "event", "ongoing") if wish else ("four_years",):
        if code in found:
            return _Choice((code,), (), 0.85, {code: strongest(found[code], evidence.reading.zones)})
    if "horizon" in previous and previous["horizon"].primary == ("four_years",):
        return _Choice(("four_years",), (), 0.7, {})
    return None


def _actor(evidence: Evidence, item: CodingInput, previous: Mapping[str, _Choice], *, wish: bool) -> _Choice | None:
    found = acting(evidence, "actor", wish=wish)
    if found:
        codes = tuple(sorted(found, key=lambda code: found[code][0][2]))
        certainty = min(found[code][1] for code in codes)
        inferred = frozenset(code for code in codes if found[code][2])
        return _Choice(codes, (), certainty, {code: found[code][0] for code in codes}, inferred)
    cut_off = item.context and not item.context[-1].rstrip().endswith((".", "!", "?"))
    if cut_off and "actor" in previous and previous["actor"].primary != ("unspecified",):
        codes = previous["actor"].primary
        return _Choice(codes, (), 0.6, {}, frozenset(codes))
    return None


def _set(evidence: Evidence, dimension: str, previous: Mapping[str, _Choice], kind: Judgement) -> _Choice | None:
    """Return every code that a cue names; groups carry over where a statement goes on about them."""
    found = evidence.of(dimension)
    codes = tuple(code for code, hits in found.items() if any(names_group(evidence, hit) for hit in hits))
    ordered = tuple(sorted(codes, key=lambda code: found[code][0][2]))
    carried: tuple[str, ...] = ()
    if dimension == "target_group" and dimension in previous and previous[dimension].primary != ("unspecified",):
        first = found[ordered[0]][0][2] if ordered else None
        carried = previous[dimension].primary if _goes_on(evidence, kind, first) else ()
    if codes:
        joined = (*carried, *(code for code in ordered if code not in carried))
        hits = {code: strongest(found[code], evidence.reading.zones) for code in ordered}
        certainty = 0.85 if len(joined) == 1 else 0.75
        return _Choice(joined, (), certainty, hits, frozenset(carried).difference(codes))
    return _Choice(carried, (), 0.6, {}, frozenset(carried)) if carried else None


def _goes_on(evidence: Evidence, kind: Judgement, first: int | None) -> bool:
    """Whether a statement goes on about the groups of the one before it.

    Args:
        evidence: The statement's cues.
        kind: Its type.
        first: Place of the first group that it names itself, if any: a pronoun behind it may mean that one.
    """
    words = evidence.reading.words
    if any(word.flags & w.PERSON for word in words[:first]):
        return True
    opening = next((word.flags for word in words if not word.flags & w.COORDINATOR), 0)
    return first is None and (kind.code == "argument" or bool(opening & (w.ANAPHOR | w.PRONOUN)))


def _default_certainty(evidence: Evidence, dimension: str) -> float:
    """Return how sure a default is: less so when cues were there but did not count."""
    return 0.65 if evidence.of(dimension) else 0.9


def _primary(codings: Sequence[Coding], dimension: str) -> str | None:
    return next((coding.code for coding in codings if coding.dimension == dimension and coding.rank == "primary"), None)


def _nearest_wishes(items: Sequence[CodingInput], types: Sequence[str | None]) -> list[int | None]:
    """Return for every statement the last wish before it in its bullet, else the first one after it."""
    places = list(range(len(items)))
    before, after = (_last_wishes(items, types, order) for order in (places, places[::-1]))
    return [before[at] if before[at] is not None else after[at] for at in places]


def _last_wishes(
    items: Sequence[CodingInput], types: Sequence[str | None], order: Sequence[int]
) -> dict[int, int | None]:
    """Return for every statement the last wish of its bullet that was passed, going in an order."""
    found: dict[int, int | None] = {}
    last: int | None = None
    bullet: int | None = None
    for at in order:
        if items[at].bullet != bullet:
            last, bullet = None, items[at].bullet
        found[at] = last
        if types[at] in WISHES:
            last = at
    return found


def _attacks(argument: Sequence[Coding], wish: Sequence[Coding]) -> bool:
    """Whether an argument advocates less of what the wish wants more of, on the same theme."""
    if _primary(argument, "theme") != _primary(wish, "theme"):
        return False
    return _primary(argument, "direction") in ("less", "stop") and _primary(wish, "direction") in (
        "more", "start", "maintain",
    )  # fmt: skip
