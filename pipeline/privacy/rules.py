"""How one text is judged: what the finders say of it together.

What belongs here: asking every finder and the second opinion, and what their spans tell of each other. What does not:
any rule about what identifies a person, what becomes of spans (`redaction`), and failing (`gate`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from pipeline.privacy.foreign import load_foreign
from pipeline.privacy.lexicon import load_lexicon
from pipeline.privacy.model import Finding, Judgement
from pipeline.privacy.name_words import name_words
from pipeline.privacy.names import NameFinder
from pipeline.privacy.opinion import load_opinion
from pipeline.privacy.patterns import compile_patterns, fill, name_groups
from pipeline.privacy.places import PlaceFinder
from pipeline.privacy.redaction import Span, redact, settle
from pipeline.privacy.shouts import Shouts, is_jumbled
from pipeline.privacy.stories import PAST, load_stories
from pipeline.privacy.tokens import tokenize
from pipeline.privacy.unlisted import UnlistedFinder
from pipeline.text.language import Language

_NAMING = frozenset({"name", "detail"})
_NAMED = frozenset({"place", "name", "address", "shelter"})
_FORMED = frozenset({"number", "shelter", "date", "age"})


class Rules:
    """Judges one text after another by all finders of a language, and by the second opinion on what they found."""

    def __init__(self, language: Language, *, second: bool) -> None:
        """Load the lists of a language, and with `second` the weights of the second opinion.

        Raises:
            MissingListsError: when the word lists are not installed.
            MissingWeightsError: when the weights are not.
        """
        data, places = language.data("privacy"), language.data("privacy_places")
        lexicon = load_lexicon(language)
        self._placeholders: dict[str, str] = dict(data["placeholders"])
        self._patterns = compile_patterns(data)
        words = name_words(language)
        foreign = load_foreign(language)
        self._names = NameFinder(words, lexicon, foreign)
        self._unlisted = UnlistedFinder(data, words, places, lexicon, foreign)
        self._shouts = Shouts(words, lexicon)
        self._places = PlaceFinder(data, places, lexicon)
        stories = language.data("privacy_stories")
        shared = {"expressions": {"doer": data["expressions"]["doer"], **stories["expressions"]}}
        self._stories = load_stories({**stories, **shared}, places, lexicon)
        self._opinion = load_opinion(language, self._stories.verbs) if second else None
        self._lexicon = lexicon
        self._words = words
        frames = rf"(?:\W{{0,3}}(?:{'|'.join(data['frames'])})\s*){{1,4}}(?=\S)"
        self._frames = fill(frames, name_groups(data["words"], data["expressions"]), case=True)
        self._fixed, self._bridge, self._broken = words.fixed, re.compile(data["bridge"]), re.compile(data["broken"])

    def names(self, text: str, judgement: Judgement) -> Iterator[str]:
        """Yield the words of the names in a text that are nothing but names, wherever they stand."""
        found = (text[one.start : one.end] for one in judgement.findings if one.kind in _NAMING)
        for token in chain.from_iterable(map(tokenize, found)):
            ordinary = self._lexicon.is_word(token.text) or self._lexicon.is_excluded(token.text)
            if len(token.text) > 2 and token.capital and not ordinary:
                yield token.text

    def mentions(self, text: str, names: frozenset[str]) -> bool:
        """Whether a text has one of some names, as it stands or with the ending of whose something is."""
        return any(token.text in names or self._owner(token.text) in names for token in tokenize(text))

    def _owner(self, word: str) -> str:
        return self._lexicon.endings.owner(word).rstrip("'’")

    def judge(self, text: str, known: frozenset[str]) -> Judgement:
        """Return whether a text may be published, and what it then says, given names that stand elsewhere."""
        findings, triggers = self._found(text, known)
        if triggers:
            return Judgement("withheld", None, findings, triggers)
        if not findings:
            return Judgement("clear", text)
        left = redact(text, findings)
        # What was published is judged again by a blocking check: a rest that is not clear cannot be published at all.
        if any(self._found(left, known)):
            return Judgement("withheld", None, findings, ("rest",))
        return Judgement("redacted", left, findings)

    def _found(self, text: str, known: frozenset[str]) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
        """Return the details of a text and why it must be withheld, whatever stands before it in a transcript."""
        frame = self._frames.match(text)
        if not frame:
            return self._found_in(text, known)
        start = frame.end()
        findings, triggers = self._found_in(text[start:], known)
        return tuple(replace(one, start=one.start + start, end=one.end + start) for one in findings), triggers

    def _found_in(self, text: str, known: frozenset[str]) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
        """Return the details of a text and why it must be withheld; one in capitals is read as others are written."""
        if not text.isupper() and not is_jumbled(text):
            return self._findings(text, known), self._triggers(text)
        # What a noun says of a place or a house it says in capitals too, where words and names look the same.
        placed = [span for span in self._sure(text) if span[2] in _NAMED]
        said = self._shouts.calmed(text)
        return self._findings(said, known, placed), self._triggers(said)

    def _triggers(self, text: str) -> tuple[str, ...]:
        """Return why the rules withhold a text, or else that the second opinion does."""
        told = self._stories.triggers(text)
        if told or not self._opinion or not self._opinion.tells(text):
            return told
        # An account is one without what is said of meetings and work, too; what happened besides may be one.
        rest = self._stories.without_asides(text)
        kept = rest == text or PAST in self._stories.verbs.mark(rest)
        return ("opinion",) if kept or self._opinion.tells(rest) else ()

    def _findings(self, text: str, known: frozenset[str], placed: Sequence[Span] = ()) -> tuple[Finding, ...]:
        sure = [*self._sure(text), *placed]
        weak = list(self._by_capitals(text, [span for span in sure if span[2] in _NAMED]))
        known_names = [span for span in weak if span[2] == "name" and self._names.is_sure(text, span[0])]
        sure += [(start, end, "nationality") for start, end in self._stories.nationalities(text)]
        sure += [(start, end, "place") for start, end in self._stories.rare.towns(text)]
        # What is nothing but a first name, or is told to be a name, is one, whatever the second opinion is.
        sure += known_names
        spans = self._opinion.second(text, sure, weak) if self._opinion else sure + weak
        counted = self._names.counted(text)
        spans = [span for span in spans if span[2] != "detail" or span[1] > counted]
        spans += self._again(text, spans, known)
        if len(spans) > 1 or (spans and spans[0][2] == "place"):
            spans += self._bridged(text, spans)
        spans += [
            (start, match.end(), kind)
            for start, end, kind in spans
            if kind in _NAMED | _NAMING and (match := self._broken.match(text, end - (text[end - 1] == "-")))
        ]
        return settle(spans, self._placeholders)

    def _sure(self, text: str) -> Iterator[Span]:
        """Yield what has a form of its own, and what a noun says of a place."""
        held = self._words.held(text)
        for start, end, kind in self._patterns.find(text):
            # A number with the form of somebody's may be a book's, and a body may say what a person does.
            other = start in held if kind in _FORMED else kind == "name" and self._is_body(text[start:end])
            if not other and not (kind == "name" and (start, end) in self._phrases(text)):
                yield start, end, kind
        places = list(self._places.find(text))
        if places:
            fixed = self._fixed.spans(text)
            places = [
                one
                for one in places
                if not (one[2] == "address" and one[0] in held) and not any(_is_part(one, whole) for whole in fixed)
            ]
        yield from places

    def _phrases(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return the fixed phrases and the titles of a text."""
        return *self._fixed.spans(text), *self._words.titles.spans(text)

    def _is_body(self, word: str) -> bool:
        """Whether a word is in the lists of what is no person, and in none of names or words."""
        names = self._lexicon.surnames, self._lexicon.first_names
        return (
            self._lexicon.is_excluded(word)
            and not self._lexicon.is_word(word)
            and not any(word in several for several in names)
        )

    def _by_capitals(self, text: str, places: Sequence[Span]) -> Iterator[Span]:
        """Yield names, which little more than a capital may have given."""
        for start, end, kind in self._unlisted.find(text):
            # What a noun before it says of a place is better than a guess.
            yield start, end, next((known for first, last, known in places if first < end and start < last), kind)
        for start, end in self._names.find(text):
            yield start, end, "name"

    def _again(self, text: str, spans: Sequence[Span], known: frozenset[str]) -> Iterator[Span]:
        """Yield the other places where a part of a name that was found stands, such as at the start of a sentence."""
        parts = known | {
            token.text
            for start, end, kind in spans
            if kind in _NAMING
            for token in tokenize(text[start:end])
            if len(token.text) > 2 and token.text[0].isupper()
        }
        if parts:
            for token in tokenize(text):
                if token.text in parts or self._owner(token.text) in parts:
                    yield token.start, token.end, "name"

    def _bridged(self, text: str, spans: Sequence[Span]) -> Iterator[Span]:
        """Yield what a preposition makes one name: a place and what it lies at ("Wijk aan Duin")."""
        starts = {start for start, _, kind in spans if kind in _NAMED}
        for start, end, kind in spans:
            match = self._bridge.match(text, end) if kind in _NAMED else None
            if match and (kind == "place" or match.start("x") in starts):
                yield start, match.end(), kind


def _is_part(span: Span, whole: tuple[int, int]) -> bool:
    """Whether a span is less than the whole of another: "Capelle" of "Capelle aan den IJssel"."""
    return whole[0] <= span[0] and span[1] <= whole[1] and span[:2] != whole
