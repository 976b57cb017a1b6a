"""The coder: codes for statements, from a codebook, a lexicon and the rules over their clause.

What belongs here: the order of decisions, defaults, confidence and abstention. What does not: finding cues (`lexicon`),
choosing codes (`choosing`), rules of form (`verdict`) and role (`roles`), links between statements (`relations`), how
well it does (`reliability`).
"""

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise, repeat
from typing import NamedTuple

import numpy as np

from pipeline.coding import choosing
from pipeline.coding.choosing import Choice, Choices
from pipeline.coding.codebook import Codebook
from pipeline.coding.collecting import collecting_later
from pipeline.coding.evidence import Evidence, gather, weigh
from pipeline.coding.form import WISHES, Judgement
from pipeline.coding.kinds import Kinds
from pipeline.coding.lexicon import Finder, Lexicon
from pipeline.coding.likely import Likely, Shown, likelies, likely_scores
from pipeline.coding.linear import Floats, Linear
from pipeline.coding.model import Basis, Coding, CodingInput, Rank
from pipeline.coding.roles import clause_of
from pipeline.coding.signs import all_signs, cued, ruled, scored
from pipeline.coding.syntax import Reading, read, tokens
from pipeline.coding.verdict import Verdict, judge
from pipeline.coding.vocabulary import Vocabulary
from pipeline.text.language import Language

NAME = "rules-1"

_LEAST_CONFIDENCE, _MOST_CONFIDENCE = 0.05, 0.99  # a rule is never all wrong or all right
_AS_IT_IS = (0.0, 1.0)  # intercept and slope of a certainty that is not calibrated
_BY_SCORE = ("theme", "instrument")  # what a statement is about and with what, by the scores of its cues
_BY_FORM = ("statement_type", "modality", "direction")
_CORRECTED = ("horizon", "sdg", "target_group")
"""What the rules say of these may be corrected by what was learned."""
_BY_WORDS = ("target_group",)
"""Of these what was learned sees the very words of the cues; they were learned with the lexicon as it is."""
_PARTY = "actor"
"""Who must act is asked last, when type and modality are known."""
_NOWHERE = (None, None)  # the place of evidence that no word shows
_UNTAUGHT = Likely(None, {}, (), (), (), {}, 0)


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
    ruled: Choices
    scores: Mapping[str, Mapping[str, float]]
    joined: bool


class Coder:
    """Codes statements by rules.

    Args:
        codebook: The codes; dimensions that the rules do not know are coded from their cues alone.
        lexicon: The cues.
        language: The statements' language.
    """

    def __init__(self, codebook: Codebook, lexicon: Lexicon, language: Language) -> None:
        """Build the automaton and the vocabulary."""
        self.codebook = codebook
        self._vocabulary = Vocabulary(language, lexicon.terms())
        self._implies = lexicon.implied_instrument
        self._calibration = lexicon.calibration
        self._abstain_below = lexicon.abstain_below
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
        with collecting_later():
            return self._coded(items)

    def _coded(self, items: Sequence[CodingInput]) -> list[tuple[Coding, ...]]:
        looked = self._looked_at(items)
        learned = self._learned
        likely = likelies(learned, self._shown(items, looked, learned)) if learned else repeat(_UNTAUGHT, len(items))
        chosen: list[Choices] = []
        for item, one, told in zip(items, looked, likely, strict=True):
            chosen.append(self._choose(one, item, chosen[-1] if one.joined else {}, told))
        return [self._codings(*given) for given in zip(looked, items, chosen, strict=True)]

    def read(self, text: str) -> Reading:
        """Return the reading of a text."""
        return read(text, self._vocabulary)

    def gather(self, text: str) -> Evidence:
        """Return the cues of a text with its reading."""
        return gather(self.read(text), self._finder)

    def formal(self, items: Sequence[CodingInput]) -> list[tuple[list[str], dict[str, float]]]:
        """Return the kinds of words and the signs of each statement of a document: what its codes are learned from."""
        looked = self._looked_at(items)
        kinds = self._kinds_of(looked)
        return list(zip(kinds, self._signs(looked, kinds), strict=True))

    def scores(self, items: Sequence[CodingInput]) -> Floats:
        """Return the scores of each statement of a document before its dimensions are heard of each other.

        Args:
            items: Statements of one document, in reading order.

        Raises:
            ValueError: when nothing was learned.
        """
        if self._learned is None:
            raise ValueError("the lexicon has no weights; learn them with `python -m benchmarks.coding.train`")
        return likely_scores(self._learned, self._shown(items, self._looked_at(items), self._learned))

    def _kinds_of(self, looked: Sequence[_Looked]) -> list[list[str]]:
        """Return the kinds of the words of each statement."""
        return [self._kinds.of(one.evidence.reading.words) for one in looked]

    def _looked_at(self, items: Sequence[CodingInput]) -> list[_Looked]:
        """Return what is seen of each statement of a document."""
        looked: list[_Looked] = []
        bullet: int | None = None
        ruled: Choices = {}
        readings = [self.read(item.text) for item in items]  # one step for all statements is faster than all for one
        evidences = [gather(reading, self._finder) for reading in readings]
        verdicts = [judge(evidence) for evidence in evidences]
        weighed = [{dimension: weigh(evidence, dimension) for dimension in _BY_SCORE} for evidence in evidences]
        for item, evidence, verdict, scores in zip(items, evidences, verdicts, weighed, strict=True):
            joined = bool(item.context) and item.bullet == bullet
            ruled = self._ruled(evidence, ruled if joined else {}, verdict.kind)
            looked.append(_Looked(evidence, verdict, ruled, scores, joined))
            bullet = item.bullet
        return looked

    def _ruled(self, evidence: Evidence, previous: Mapping[str, Choice], kind: Judgement) -> Choices:
        """Return what the rules say where neither form nor a score decides: of whom, and by when."""
        wish = kind.code in WISHES
        choices: Choices = {}
        for dimension in self.codebook.dimensions:
            name = dimension.id
            if name in _BY_FORM or name in _BY_SCORE or name == _PARTY:
                continue
            if name == "horizon":
                choice = choosing.horizon(evidence, previous, wish=wish)
            elif dimension.cardinality == "one":
                choice = choosing.by_score(evidence, dimension, weigh(evidence, name), dimension.secondary)
            else:
                choice = choosing.named(evidence, name, previous, kind)
            choice = choosing.or_default(choice, evidence, dimension)
            if choice is not None:
                choices[name] = choice
        return choices

    def _signs(self, looked: Sequence[_Looked], kinds: Sequence[Sequence[str]]) -> list[dict[str, float]]:
        evidences, verdicts, _, _, joined = zip(*looked, strict=True)
        shown = all_signs(evidences, verdicts, joined, kinds)
        before: Mapping[str, Choice] = {}
        for signs, one in zip(shown, looked, strict=True):
            for dimension, scores in one.scores.items():
                signs.update(scored(dimension, scores))
            kind = one.verdict.kind.code
            for dimension in _CORRECTED:
                if dimension in one.ruled:
                    earlier = before[dimension].primary if one.joined else ()
                    named = tuple(one.evidence.of(dimension))
                    signs.update(ruled(dimension, one.ruled[dimension].primary, named, earlier, kind))
                    if named and dimension in _BY_WORDS:
                        signs.update(cued(dimension, one.evidence))
            before = one.ruled
        return shown

    def _shown(self, items: Sequence[CodingInput], looked: Sequence[_Looked], model: Linear) -> Shown:
        titles = [item.section_title for item in items]
        kinds = self._kinds_of(looked)
        turns = (not second or first != second for first, second in pairwise(titles))
        return Shown(
            [[word.form for word in one.evidence.reading.words] for one in looked],
            self._signs(looked, kinds),
            kinds,
            list(accumulate(not one.joined for one in looked)),
            list(accumulate(turns, initial=0)),
            self._scored_headings(titles, model),
        )

    def _scored_headings(self, titles: Sequence[str], model: Linear) -> Floats:
        """Return the scores of each heading by the model, a row each; zeros for none."""
        new = [title for title in dict.fromkeys(titles) if title not in self._headings]
        signs = [scored("theme", self._section(title)) for title in new]
        self._headings.update(zip(new, model.scores([tokens(title) for title in new], signs), strict=True))
        return np.stack([self._headings[title] for title in titles])

    def _section(self, title: str) -> Mapping[str, float]:
        """Return the scores of the themes that a heading names."""
        if title not in self._sections:
            self._sections[title] = weigh(self.gather(title), "theme") if title else {}
        return self._sections[title]

    def _choose(self, looked: _Looked, item: CodingInput, previous: Mapping[str, Choice], likely: Likely) -> Choices:
        evidence, verdict, ruled, _, _ = looked
        kind = likely.judged("statement_type", verdict.kind)
        modality = likely.judged("modality", verdict.modality)
        clause = clause_of(kind.code, modality.code if likely.knows("modality") else "", evidence.reading)
        choices: Choices = {}
        for dimension in self.codebook.dimensions:
            name = dimension.id
            if name in ruled:
                knows = name in _CORRECTED and likely.knows(name)
                told = choosing.corrected(evidence, dimension, likely, ruled[name]) if knows else ruled[name]
                choices[name] = choosing.timely(told, dimension, kind.code) if name == "horizon" else told
                continue
            choice: Choice | None = None
            if name == "statement_type":
                choice = choosing.judged(kind)
            elif name == "modality":
                choice = choosing.judged(modality)
            elif name == "direction":
                choice = choosing.directed(evidence, likely, verdict)
            elif name == "theme":
                choice = self._theme(looked, item, previous, likely)
            elif name == "instrument":
                choice = self._instrument(looked, kind, likely)
            elif name == _PARTY:
                choice = choosing.actor(evidence, previous, clause, cut_off=_cut_off(item))
            choice = choosing.or_default(choice, evidence, dimension)
            if choice is not None:
                choices[name] = choice
        return choices

    def _theme(
        self, looked: _Looked, item: CodingInput, previous: Mapping[str, Choice], likely: Likely
    ) -> Choice | None:
        dimension = self.codebook.by_id["theme"]
        evidence, scores = looked.evidence, looked.scores["theme"]
        if likely.knows("theme"):
            return choosing.likeliest(evidence, "theme", scores, likely, dimension.secondary)
        before = previous["theme"].primary if "theme" in previous else ()
        return choosing.themed(evidence, scores, self._section(item.section_title), before, dimension)

    def _instrument(self, looked: _Looked, kind: Judgement, likely: Likely) -> Choice | None:
        evidence, scores = looked.evidence, looked.scores["instrument"]
        if likely.knows("instrument"):
            return choosing.likeliest(evidence, "instrument", scores, likely, 1)
        return choosing.by_score(evidence, self.codebook.by_id["instrument"], scores, 1) or self._implied(looked, kind)

    def _implied(self, looked: _Looked, kind: Judgement) -> Choice | None:
        """Return the instrument that the theme's own words imply; a problem names none unless it says so."""
        if kind.code not in WISHES or "theme" not in self.codebook.by_id:
            return None
        theme = choosing.by_score(looked.evidence, self.codebook.by_id["theme"], looked.scores["theme"], 0)
        if theme is None or theme.primary[0] not in self._implies:
            return None
        code = self._implies[theme.primary[0]]
        return Choice((code,), (), 0.4, {code: theme.hits[theme.primary[0]]}, frozenset((code,)))

    def _codings(self, looked: _Looked, item: CodingInput, choices: Mapping[str, Choice]) -> tuple[Coding, ...]:
        codings: list[Coding] = []
        evidence = looked.evidence
        name, calibration, least = item.statement_id, self._calibration, self._abstain_below
        for dimension, (primary, secondary, certainty, hits, inferred, others) in choices.items():
            intercept, slope = calibration.get(dimension, _AS_IT_IS)
            confidence = round(intercept + slope * certainty, 3)
            if not _LEAST_CONFIDENCE <= confidence <= _MOST_CONFIDENCE:
                confidence = _LEAST_CONFIDENCE if confidence < _LEAST_CONFIDENCE else _MOST_CONFIDENCE
            if confidence < least.get(dimension, 0.0):
                continue
            for code in (*primary, *secondary):
                start, end = evidence.span(hits[code]) if code in hits else _NOWHERE
                basis: Basis = "inferred" if start is None or code in inferred else "explicit"
                rank: Rank = "primary" if code in primary else "secondary"
                alternatives = others if code in primary else ()
                codings.append(Coding(name, dimension, code, NAME, rank, basis, confidence, start, end, alternatives))
        return tuple(codings)


def _cut_off(item: CodingInput) -> bool:
    """Whether a statement was cut off from the one before it inside a sentence."""
    return bool(item.context) and not item.context[-1].rstrip().endswith((".", "!", "?"))
