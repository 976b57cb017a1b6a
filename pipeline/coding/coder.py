"""The coder: codes for statements, from a codebook, a lexicon and the rules over their clause.

What belongs here: the order of decisions, defaults, confidence, abstention, and argument links. What does not: finding
cues (`lexicon`), the rules of form (`form`) and role (`roles`), measuring (`reliability`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise, repeat
from typing import Literal, NamedTuple, TypeAlias

import numpy as np

from pipeline.coding import words as w
from pipeline.coding.codebook import Codebook, Dimension
from pipeline.coding.evidence import Evidence, gather, strongest, weigh
from pipeline.coding.form import WISHES, Judgement, Verdict, harm_alone, judge
from pipeline.coding.kinds import Kinds
from pipeline.coding.lexicon import Finder, Hit, Lexicon
from pipeline.coding.likely import Likely, Shown, likelies
from pipeline.coding.linear import Floats, Linear
from pipeline.coding.roles import acting, names_group
from pipeline.coding.signs import all_signs, ruled, scored
from pipeline.coding.syntax import Reading, read, tokens
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
_BY_SCORE = ("theme", "instrument")  # what a statement is about and with what, by the scores of its cues
_BY_FORM = ("statement_type", "modality", "direction")
_CORRECTED = ("horizon", "sdg")  # what the rules say of these may be corrected by what was learned
_UNTAUGHT = Likely(None, {}, {}, {}, 0)


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


_Choices: TypeAlias = dict[str, _Choice]


class _Looked(NamedTuple):
    """What is seen of a statement before anything learned is asked.

    Attributes:
        evidence: Its cues.
        verdict: What the rules say of its form.
        ruled: What they say where neither form nor a score decides.
        scores: The scores of its cues, where these decide.
        joined: Whether it goes on in the bullet of the statement before it.
    """

    evidence: Evidence
    verdict: Verdict
    ruled: _Choices
    scores: Mapping[str, Mapping[str, float]]
    joined: bool


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
        self._headings: dict[str, Floats] = {}

    def code(self, items: Sequence[CodingInput]) -> list[tuple[Coding, ...]]:
        """Return the codings of each statement.

        Args:
            items: Statements of one document, in reading order.
        """
        if not items:
            return []
        results: list[tuple[Coding, ...]] = []
        looked = self._looked_at(items)
        learned = self._learned
        likely = likelies(learned, self._shown(items, looked, learned)) if learned else repeat(_UNTAUGHT, len(items))
        previous: _Choices = {}
        for item, one, told in zip(items, looked, likely, strict=True):
            previous = self._choose(one, item, previous if one.joined else {}, told)
            results.append(self._codings(one.evidence, item, previous))
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
        """Return the kinds of words and the signs of each statement of a document: what its codes are learned from."""
        looked = self._looked_at(items)
        return [
            (self._kinds.of(one.evidence.reading.words), signs)
            for one, signs in zip(looked, self._signs(looked), strict=True)
        ]

    def _looked_at(self, items: Sequence[CodingInput]) -> list[_Looked]:
        """Return what is seen of each statement of a document."""
        looked: list[_Looked] = []
        bullet: int | None = None
        ruled: _Choices = {}
        for item in items:
            joined = bool(item.context) and item.bullet == bullet
            evidence = self.gather(item.text)
            verdict = judge(evidence)
            ruled = self._ruled(evidence, item, ruled if joined else {}, verdict.kind)
            scores = {dimension: weigh(evidence, dimension) for dimension in _BY_SCORE}
            looked.append(_Looked(evidence, verdict, ruled, scores, joined))
            bullet = item.bullet
        return looked

    def _ruled(
        self, evidence: Evidence, item: CodingInput, previous: Mapping[str, _Choice], kind: Judgement
    ) -> _Choices:
        """Return what the rules say where neither form nor a score decides: who must act, of whom, and by when."""
        wish = kind.code in WISHES
        choices: _Choices = {}
        for dimension in self.codebook.dimensions:
            name = dimension.id
            if name in _BY_FORM or name in _BY_SCORE:
                continue
            if name == "actor":
                choice = _actor(evidence, item, previous, wish=wish)
            elif name == "horizon":
                choice = _horizon(evidence, previous, wish=wish)
            else:
                choice = _set(evidence, name, previous, kind)
            if choice is None and dimension.default is not None:
                choice = _Choice((dimension.default,), (), _default_certainty(evidence, name), {})
            if choice is not None:
                choices[name] = choice
        return choices

    def _signs(self, looked: Sequence[_Looked]) -> list[dict[str, float]]:
        evidences, verdicts, _, _, joined = zip(*looked, strict=True)
        shown = all_signs(evidences, verdicts, joined)
        before: Mapping[str, _Choice] = {}
        for signs, one in zip(shown, looked, strict=True):
            for dimension, scores in one.scores.items():
                signs.update(scored(dimension, scores))
            kind = one.verdict.kind.code
            for dimension in _CORRECTED:
                if dimension in one.ruled:
                    earlier = before[dimension].primary if one.joined else ()
                    named = one.evidence.of(dimension)
                    signs.update(ruled(dimension, one.ruled[dimension].primary, named, earlier, kind))
            before = one.ruled
        return shown

    def _shown(self, items: Sequence[CodingInput], looked: Sequence[_Looked], model: Linear) -> Shown:
        titles = [item.section_title for item in items]
        turns = (not second or first != second for first, second in pairwise(titles))
        return Shown(
            [[word.form for word in one.evidence.reading.words] for one in looked],
            self._signs(looked),
            [self._kinds.of(one.evidence.reading.words) for one in looked],
            list(accumulate(not one.joined for one in looked)),
            list(accumulate(turns, initial=0)),
            np.stack([self._heading(title, model) for title in titles]),
        )

    def _heading(self, title: str, model: Linear) -> Floats:
        """Return the scores of a heading by the model; zeros for none."""
        if title not in self._headings:
            signs = scored("theme", self._section(title))
            rows = model.scores([tokens(title)], [signs]) if title else np.zeros((1, len(model.intercepts)), np.float32)
            self._headings[title] = rows[0]
        return self._headings[title]

    def _section(self, title: str) -> Mapping[str, float]:
        """Return the scores of the themes that a heading names."""
        if title not in self._sections:
            self._sections[title] = weigh(self.gather(title), "theme") if title else {}
        return self._sections[title]

    def _choose(self, looked: _Looked, item: CodingInput, previous: Mapping[str, _Choice], likely: Likely) -> _Choices:
        evidence, verdict, ruled, _, _ = looked
        kind = likely.judged("statement_type", verdict.kind)
        choices: _Choices = {}
        for dimension in self.codebook.dimensions:
            name = dimension.id
            choice: _Choice | None
            if name in ruled:
                choice = _corrected(evidence, dimension, likely, ruled[name]) if likely.knows(name) else ruled[name]
            elif name == "statement_type":
                choice = _judged(kind)
            elif name == "modality":
                choice = _judged(likely.judged(name, verdict.modality))
            elif name == "direction":
                choice = _directed(evidence, likely, verdict)
            elif name == "theme":
                choice = self._theme(looked, item, previous, likely)
            elif name == "instrument":
                choice = self._instrument(looked, kind, likely)
            else:
                continue
            if choice is None and dimension.default is not None:
                choice = _Choice((dimension.default,), (), _default_certainty(evidence, name), {})
            if choice is not None:
                choices[name] = choice
        return choices

    def _theme(
        self, looked: _Looked, item: CodingInput, previous: Mapping[str, _Choice], likely: Likely
    ) -> _Choice | None:
        dimension = self.codebook.by_id["theme"]
        evidence, scores = looked.evidence, looked.scores["theme"]
        if likely.knows("theme"):
            return _learned(evidence, "theme", scores, likely, dimension.secondary)
        section = self._section(item.section_title)
        before = previous["theme"].primary if "theme" in previous else ()
        choice = _scored(evidence, "theme", _tied(scores, section), dimension.secondary)
        if choice is not None:
            return choice
        context = _carried(before, section)
        if context:
            return _Choice((max(context, key=lambda code: context[code]),), (), 0.35, {})
        if "other" in dimension.by_id:
            return _Choice(("other",), (), 0.2, {})
        return None

    def _instrument(self, looked: _Looked, kind: Judgement, likely: Likely) -> _Choice | None:
        evidence, scores = looked.evidence, looked.scores["instrument"]
        if likely.knows("instrument"):
            return _learned(evidence, "instrument", scores, likely, 1)
        return _scored(evidence, "instrument", scores, 1) or self._implied(looked, kind)

    def _implied(self, looked: _Looked, kind: Judgement) -> _Choice | None:
        """Return the instrument that the theme's own words imply; a problem names none unless it says so."""
        if kind.code not in WISHES or "theme" not in self.codebook.by_id:
            return None
        theme = _scored(looked.evidence, "theme", looked.scores["theme"], 0)
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


def _directed(evidence: Evidence, likely: Likely, verdict: Verdict) -> _Choice:
    codes, certainty, hit = verdict.direction
    ruling = Judgement("+".join(sorted(codes)), certainty, "none", hit)
    judged = ruling if harm_alone(evidence, verdict) else likely.judged("direction", ruling)
    if judged.code != ruling.code:
        codes = tuple(judged.code.split("+"))
    return _Choice(codes, (), judged.certainty, {codes[0]: judged.hit} if judged.hit else {})


def _tied(scores: Mapping[str, float], section: Mapping[str, float]) -> dict[str, float]:
    """Return scores to which a heading adds a little where it has cues for the same code."""
    return {code: score + _SECTION_SHARE * min(section.get(code, 0.0), 3.0) for code, score in scores.items()}


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


def _learned(
    evidence: Evidence, dimension: str, scores: Mapping[str, float], likely: Likely, secondary: int
) -> _Choice:
    """Return the code that the model finds likeliest; only cues give secondary codes."""
    shares = likely.ranked(dimension)
    share, top = shares[0]
    others = _runners_up(scores, top, secondary)
    hits = _shown(evidence, dimension, (top, *others))
    if top not in hits:
        hits |= _spoken_for(evidence, dimension, top, likely)
    alternatives = tuple((code, round(other, 3)) for other, code in shares[1:])
    return _Choice((top,), others, share, hits, alternatives=alternatives)


def _spoken_for(evidence: Evidence, dimension: str, code: str, likely: Likely) -> dict[str, Hit]:
    """Return the word that speaks most for a code that no cue shows, as if it were a cue."""
    at = likely.word(evidence, dimension, code)
    return {code: (-1, 0.0, at, at + 1, False)} if at >= 0 else {}


def _corrected(evidence: Evidence, dimension: Dimension, likely: Likely, ruled: _Choice) -> _Choice:
    """Return what the model makes of the choice of the rules; the words that show a code stay where the code stays."""
    name = dimension.id
    codes, certainty = likely.members(name)
    if codes == ruled.primary:
        return _Choice(codes, (), certainty, ruled.hits, ruled.inferred)
    untaught = tuple(code for code in ruled.primary if code != dimension.default and not likely.knows(name, code))
    if untaught and dimension.cardinality == "one":
        return ruled
    codes = (*codes, *untaught)
    if dimension.default and not codes:
        codes = (dimension.default,)
    if set(codes) == set(ruled.primary):
        return ruled._replace(certainty=certainty)
    kept = tuple(code for code in ruled.primary if code in codes)
    codes = (*kept, *(code for code in codes if code not in kept))
    hits = {code: hit for code, hit in ruled.hits.items() if code in codes}
    added = tuple(code for code in codes if code not in kept and code != dimension.default)
    hits |= _shown(evidence, name, added)
    unseen = frozenset(code for code in added if code not in hits)
    for code in unseen:
        hits |= _spoken_for(evidence, name, code, likely)
    return _Choice(codes, (), certainty, hits, ruled.inferred.intersection(codes) | unseen)


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
