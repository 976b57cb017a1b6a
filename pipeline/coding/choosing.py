"""Choices: the codes of one dimension for one statement, before they become codings.

What belongs here: choosing by the rules, by scores of cues or by what was learned, with how sure and by which words.
What does not: the order of decisions and confidence (`coder`), the rules of form (`verdict`) and role (`roles`).
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple, TypeAlias

from pipeline.coding import words as w
from pipeline.coding.codebook import Dimension
from pipeline.coding.evidence import Evidence, strongest
from pipeline.coding.form import WISHES, Judgement
from pipeline.coding.lexicon import Hit
from pipeline.coding.likely import Likely
from pipeline.coding.roles import Clause, acting, names_group
from pipeline.coding.verdict import Verdict, harm_alone

# A secondary code must carry at least this share of the primary one's score.
_SECONDARY_SHARE = 0.4
_LEAST_SCORE = 0.5
_SECTION_SHARE = 0.15  # a heading breaks ties, no more


class Choice(NamedTuple):
    """What was decided for one dimension, before it becomes codings."""

    primary: tuple[str, ...]
    secondary: tuple[str, ...]
    certainty: float
    hits: Mapping[str, Hit]
    inferred: frozenset[str] = frozenset()
    alternatives: tuple[tuple[str, float], ...] = ()


Choices: TypeAlias = dict[str, Choice]


def judged(judgement: Judgement) -> Choice:
    """Return a judgement as a choice."""
    hits = {judgement.code: judgement.hit} if judgement.hit else {}
    rest = round(1 - judgement.certainty, 3)
    return Choice((judgement.code,), (), judgement.certainty, hits, alternatives=((judgement.other, rest),))


def directed(evidence: Evidence, likely: Likely, verdict: Verdict) -> Choice:
    """Return the direction: that of the rules where all cues speak of a harm, else the likeliest one."""
    codes, certainty, hit = verdict.direction
    ruling = Judgement("+".join(sorted(codes)), certainty, "none", hit)
    given = ruling if harm_alone(evidence, verdict) else likely.judged("direction", ruling)
    if given.code != ruling.code:
        codes = tuple(given.code.split("+"))
    return Choice(codes, (), given.certainty, {codes[0]: given.hit} if given.hit else {})


def themed(
    evidence: Evidence,
    scores: Mapping[str, float],
    section: Mapping[str, float],
    before: Sequence[str],
    dimension: Dimension,
) -> Choice | None:
    """Return the theme by its cues, else that of the statement before, else that of the heading, else `other`.

    Args:
        evidence: The statement's cues.
        scores: Their scores per theme.
        section: Those of the heading: they add a little to themes that the statement names.
        before: The theme of the statement before it in its bullet.
        dimension: The themes.
    """
    tied = {code: score + _SECTION_SHARE * min(section.get(code, 0.0), 3.0) for code, score in scores.items()}
    choice = by_score(evidence, dimension, tied, dimension.secondary)
    if choice is not None:
        return choice
    carried = before[0] if before else max(section, key=lambda code: section[code], default=None)
    if carried is not None:
        return Choice((carried,), (), 0.35, {})
    return Choice(("other",), (), 0.2, {}) if "other" in dimension.by_id else None


def by_score(evidence: Evidence, dimension: Dimension, scores: Mapping[str, float], secondary: int) -> Choice | None:
    """Return the code with the highest score, and as secondary those that come near enough; None when none is enough.

    A code of which a part is named as well does not count: the part says more.

    Args:
        evidence: The statement's cues.
        dimension: A dimension that scores decide.
        scores: Of its codes, as `evidence.weigh` returns them: about 3 for one sure cue in the main clause.
        secondary: Most secondary codes.
    """
    wider = {above for code in scores for above in dimension.above(code)}
    scores = {code: score for code, score in scores.items() if code not in wider}
    order = sorted(scores, key=lambda code: -scores[code])
    if not order or scores[order[0]] < _LEAST_SCORE:
        return None
    top = scores[order[0]]
    runner = scores[order[1]] if len(order) > 1 else 0.0
    others = _runners_up(scores, order[0], secondary)
    certainty = 0.35 + 0.3 * (top - runner) / top + 0.1 * min(top, 3.0)
    total = sum(scores.values())
    alternatives = tuple((code, round(scores[code] / total, 3)) for code in order[1:4])
    return Choice(
        (order[0],), others, certainty, _shown(evidence, dimension.id, (order[0], *others)), alternatives=alternatives
    )


def likeliest(
    evidence: Evidence, dimension: str, scores: Mapping[str, float], likely: Likely, secondary: int
) -> Choice:
    """Return the code that the model finds likeliest; only cues give secondary codes.

    Args:
        evidence: The statement's cues.
        dimension: A dimension that the model was taught.
        scores: Of the cues, as above.
        likely: What the model thinks of the statement.
        secondary: Most secondary codes.
    """
    top, share = likely.best(dimension)
    others = _runners_up(scores, top, secondary)
    hits = _shown(evidence, dimension, (top, *others))
    if top not in hits:
        hits |= _spoken_for(evidence, dimension, top, likely)
    return Choice((top,), others, share, hits, alternatives=likely.alternatives(dimension))


def _spoken_for(evidence: Evidence, dimension: str, code: str, likely: Likely) -> dict[str, Hit]:
    """Return the word that speaks most for a code that no cue shows, as if it were a cue."""
    at = likely.word(evidence, dimension, code)
    return {code: Hit(-1, 0.0, at, at + 1, inferred=False)} if at >= 0 else {}


def corrected(evidence: Evidence, dimension: Dimension, likely: Likely, ruled: Choice) -> Choice:
    """Return what the model makes of the choice of the rules in a dimension that it was taught.

    The words that show a code stay where the code stays.

    Args:
        evidence: The statement's cues.
        dimension: The dimension.
        likely: What the model thinks of the statement.
        ruled: The choice of the rules; it has no secondary codes.
    """
    name = dimension.id
    primary, _, _, hits, inferred, _ = ruled
    default = dimension.default
    found = tuple([code for code in primary if code != default]) if default in primary else primary
    codes, certainty = likely.corrected(name, found)
    if found and (untaught := tuple([code for code in found if not likely.knows(name, code)])):
        if dimension.cardinality == "one":
            return ruled
        codes = (*codes, *untaught)
    if default and not codes:
        codes = (default,)
    if codes == primary:
        return Choice(primary, (), certainty, hits, inferred)
    kept = tuple(code for code in primary if code in codes)
    codes = (*kept, *(code for code in codes if code not in kept))
    hits = {code: hit for code, hit in hits.items() if code in codes}
    added = tuple(code for code in codes if code not in kept and code != default)
    hits |= _shown(evidence, name, added)
    unseen = frozenset(code for code in added if code not in hits)
    for code in unseen:
        hits |= _spoken_for(evidence, name, code, likely)
    return Choice(codes, (), certainty, hits, inferred.intersection(codes) | unseen)


def _runners_up(scores: Mapping[str, float], top: str, most: int) -> tuple[str, ...]:
    """Return the codes whose cues come near enough to the best ones to be secondary."""
    if not scores:
        return ()
    least = max(_SECONDARY_SHARE * max(scores.values()), _LEAST_SCORE)
    near = [code for code, score in scores.items() if score >= least and code != top]
    if len(near) > 1:
        near.sort(key=lambda code: -scores[code])
    return tuple(near[:most])


def _shown(evidence: Evidence, dimension: str, codes: Sequence[str]) -> dict[str, Hit]:
    """Return the cue that best shows each code, where one does."""
    found = evidence.of(dimension)
    return {code: strongest(found[code], evidence.reading.zones) for code in codes if code in found}


def horizon(evidence: Evidence, previous: Mapping[str, Choice], *, wish: bool) -> Choice | None:
    """Return the first horizon named; a term in a problem or argument is a term of nothing wished for.

    The programme's own horizon tells a wish by itself, and goes on into the next sentence.
    """
    found = evidence.of("horizon")
    for code in ("four_years", "dated", "event", "ongoing") if wish else ("four_years",):
        if code in found:
            return Choice((code,), (), 0.85, {code: strongest(found[code], evidence.reading.zones)})
    if "horizon" in previous and previous["horizon"].primary == ("four_years",):
        return Choice(("four_years",), (), 0.7, {})
    return None


def timely(chosen: Choice, dimension: Dimension, kind: str) -> Choice:
    """Return a horizon, or none where the type turned out to be no wish; the programme's own tells a wish by itself.

    Args:
        chosen: What was chosen before the type was known.
        dimension: The horizons.
        kind: The type.
    """
    if kind in WISHES or kind == "question" or chosen.primary == ("four_years",) or dimension.default is None:
        return chosen
    return Choice((dimension.default,), (), chosen.certainty, {})


def actor(evidence: Evidence, previous: Mapping[str, Choice], clause: Clause, *, cut_off: bool) -> Choice | None:
    """Return who must act.

    Args:
        evidence: The statement's cues.
        previous: What was chosen for the statement before it in its bullet.
        clause: What was decided of the statement.
        cut_off: Whether it was cut off from that statement inside a sentence: then it keeps the actor.
    """
    found = acting(evidence, "actor", clause) if evidence.of("actor") else {}
    if found:
        codes = tuple(sorted(found, key=lambda code: found[code][0].start))
        certainty = min(found[code][1] for code in codes)
        inferred = frozenset(code for code in codes if found[code][0].inferred)
        return Choice(codes, (), certainty, {code: found[code][0] for code in codes}, inferred)
    if cut_off and "actor" in previous and previous["actor"].primary != ("unspecified",):
        codes = previous["actor"].primary
        return Choice(codes, (), 0.6, {}, frozenset(codes))
    return None


def named(evidence: Evidence, dimension: str, previous: Mapping[str, Choice], kind: Judgement) -> Choice | None:
    """Return every code that a cue names; groups carry over where a statement goes on about them.

    Args:
        evidence: The statement's cues.
        dimension: A dimension whose cues name codes outright.
        previous: What was chosen for the statement before it in its bullet.
        kind: Its type.
    """
    found = evidence.of(dimension)
    if not found and dimension not in previous:
        return None
    codes = tuple(code for code, hits in found.items() if any(names_group(evidence, hit) for hit in hits))
    ordered = tuple(sorted(codes, key=lambda code: found[code][0].start))
    carried: tuple[str, ...] = ()
    if dimension == "target_group" and dimension in previous and previous[dimension].primary != ("unspecified",):
        first = found[ordered[0]][0].start if ordered else None
        carried = previous[dimension].primary if _goes_on(evidence, kind, first) else ()
    if codes:
        joined = (*carried, *(code for code in ordered if code not in carried))
        hits = {code: strongest(found[code], evidence.reading.zones) for code in ordered}
        certainty = 0.85 if len(joined) == 1 else 0.75
        return Choice(joined, (), certainty, hits, frozenset(carried).difference(codes))
    return Choice(carried, (), 0.6, {}, frozenset(carried)) if carried else None


def _goes_on(evidence: Evidence, kind: Judgement, first: int | None) -> bool:
    """Whether a statement goes on about the groups of the one before it.

    Args:
        evidence: The statement's cues.
        kind: Its type.
        first: Place of the first group that it names itself, if any: a pronoun behind it may mean that one.
    """
    words = evidence.reading.words
    if evidence.reading.classes & w.PERSON and any(word.flags & w.PERSON for word in words[:first]):
        return True
    opening = next((word.flags for word in words if not word.flags & w.COORDINATOR), 0)
    return first is None and (kind.code == "argument" or bool(opening & (w.ANAPHOR | w.PRONOUN)))


def or_default(choice: Choice | None, evidence: Evidence, dimension: Dimension) -> Choice | None:
    """Return a choice, else the dimension's default if it has one: less sure when cues were there but did not count."""
    if choice is not None or dimension.default is None:
        return choice
    return _default(dimension.default, 0.65 if evidence.of(dimension.id) else 0.9)


@cache
def _default(code: str, certainty: float) -> Choice:
    return Choice((code,), (), certainty, {})
