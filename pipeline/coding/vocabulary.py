"""The vocabulary of a language: what one word form is, looked up once and remembered.

What belongs here: lemma and classes of a single form. What does not: whether it is a verb (`verbs`), its parts
(`compounds`), words in their clause (`syntax`), cues (`lexicon`).
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from itertools import product
from sys import intern

from pipeline.coding.compounds import Compounds
from pipeline.coding.remembered import Remembered
from pipeline.coding.verbs import Verbs
from pipeline.coding.words import (
    ASKING,
    COMPARATIVE,
    DERIVED,
    INFINITIVE,
    INFLECTED,
    NOUN,
    NUMBER,
    PARTICIPLE,
    PAST,
    PLURAL,
    PLURAL_SUBJECT,
    PUNCTUATION,
    SEPARABLE,
    Word,
    class_flags,
)
from pipeline.text.language import Language

_LONG, _KNOWN = 6, 2.0  # letters of a word whose end can be a plural's; Zipf of what is a word at all
_CORRECTED = 7  # letters; a shorter word is too near to others
_YEAR = re.compile(r"(19|20)\d\d")


class Vocabulary:
    """Looks forms up and remembers them, for one language.

    Args:
        language: The language; its data `coding.yaml` and `verbs.tsv` are read.
        terms: Single words that a lexicon knows; an unknown long word one edit from one of them is taken for it.

    Attributes:
        imperative_pairs: Stems that are nouns too, each with a next word before which they are imperatives.
    """

    def __init__(self, language: Language, terms: Collection[str] = ()) -> None:
        """Read the language's data."""
        self._language = language
        self._data = language.data("coding")
        self._classes = class_flags(self._data)
        self._cased: Mapping[str, str] = self._data["cased"]
        self._forms: Mapping[str, str] = self._data["forms"]
        nouns: Mapping[str, str] = self._data["nouns"]
        self._nouns = {**{lemma: lemma for lemma in nouns.values()}, **nouns}
        self._plural = frozenset(self._data["plural_subject"])
        self._asking = frozenset(self._data["asking"])
        self.imperative_pairs = frozenset(self._data["imperative_pairs"])
        self._known = Remembered(self._look_up)
        self._flags: dict[int, int] = {}
        self._verbs = Verbs(language, self._nouns.keys() | self._forms.keys(), self._lemma)
        self._compounds = Compounds(language, self._verbs.listed.keys(), self._lemma)
        self._terms = frozenset(terms)
        self._deletions = _deletions(self._terms)

    def word(self, token: str) -> Word:
        """Return what is known of a token."""
        return self._known[token]

    def words(self, tokens: Iterable[str]) -> list[Word]:
        """Return what is known of each token."""
        return self._known.all_of(tokens)

    def joined(self, base: str, particle: str) -> Word | None:
        """Return the separable verb made of a base verb and a particle, or None when there is no such verb."""
        infinitive = particle + base
        listed = self._verbs.listed.get(infinitive, ("", 0))[1] & SEPARABLE
        common = base in self._verbs.listed and self._language.zipf(infinitive) >= _KNOWN
        return self.word(infinitive) if listed or common else None

    def shapes(self, phrase: str) -> frozenset[str]:
        """Return the shapes under which the words of a cue can stand in an analysed statement, joined by spaces.

        A word that is noun and verb can stand as either; an infinitive also finds its participle, but not the reverse.
        """
        options = [self._cue_shapes(token) for token in phrase.split()]
        return frozenset(" ".join(choice) for choice in product(*options))

    def _cue_shapes(self, token: str) -> tuple[str, ...]:
        word = self.word(token)
        if token in self._nouns:
            return (word.shape,)
        found = [word.shape]
        if word.verb == word.form:
            found.append(word.verb + PAST)
        if word.verb:
            found.append(self._compounds.shape(word.form))
            if not word.flags & (INFINITIVE | PARTICIPLE):
                found.append(word.verb)
        return tuple(dict.fromkeys(found))

    def _look_up(self, token: str) -> Word:
        """Return what is known of a token, of parts that words share: what few objects hold is looked up faster."""
        word = self._inflected(token)
        flags = self._flags.setdefault(word.flags, word.flags)
        return Word(intern(word.form), intern(word.shape), intern(word.verb), flags)

    def _inflected(self, token: str) -> Word:
        form = self._cased.get(token) or token.lower()
        word = self._plain(form)
        if self._is_plural(form, word):
            return replace(word, flags=word.flags | PLURAL)
        ending = self._data["inflected_ending"]
        if not form.endswith(ending):
            return word
        plain = word.verb or form.endswith(self._data["diminutive_ending"])
        derived = DERIVED if word.shape.replace("|", "") != form and not plain else 0
        return replace(word, flags=word.flags | INFLECTED | derived)

    def _is_plural(self, form: str, word: Word) -> bool:
        """Whether a form ends as a plural does and its lemma does not, or is as good as no word without that end."""
        if not form.endswith(tuple(self._data["plural_endings"])):
            return False
        if not form.endswith(word.shape.rpartition("|")[2]):
            return True
        if word.verb or form in self._classes or len(form) < _LONG:
            return False
        return max(self._language.zipf(form[:-1]), self._language.zipf(form[:-2])) > _KNOWN

    def _plain(self, form: str) -> Word:
        if form in PUNCTUATION:
            return Word(form, form, "", PUNCTUATION[form])
        if form[0].isdigit():
            numeral = self._data["numerals"].get(form)
            return Word(form, numeral or _number_shape(form), "", NUMBER)
        flags = self._classes.get(form, 0)
        if form in self._classes and form not in self._verbs.listed:
            return Word(form, self._forms.get(form, form), "", flags)
        verb, verb_flags = self._verbs.find(form)
        flags |= verb_flags
        if form in self._nouns:
            flags |= NOUN
            shape = self._compounds.shape(self._nouns[form])
        elif form in self._forms:
            shape = self._compounds.shape(self._forms[form])
        elif verb:
            shape = verb + PAST if verb_flags == PARTICIPLE else verb
        elif self._comparative(form):
            shape = min((form.removesuffix(self._data["inflected_ending"]), form), key=len)
            flags |= COMPARATIVE
        else:
            shape = self._compounds.shape(self._lemma(self._corrected(form)))
        if verb in self._plural:
            flags |= PLURAL_SUBJECT
        if verb in self._asking:
            flags |= ASKING
        return Word(form, shape, verb, flags)

    def _comparative(self, form: str) -> bool:
        """Whether a form is an adjective in the comparative, which its dictionary lemma hides."""
        lemma = self._lemma(form)
        endings: list[str] = self._data["comparative_endings"]
        if lemma == form or not form.endswith(tuple(endings)) or lemma.endswith(endings[0]):
            return False
        return len(lemma) < len(form) and form[:2] == lemma[:2]

    def _lemma(self, form: str) -> str:
        if form in self._forms:
            return self._forms[form]
        return self._language.lemma(form)

    def _corrected(self, form: str) -> str:
        """Return the term of the lexicon one edit away from an unknown long word, else the word itself."""
        if (
            len(form) < _CORRECTED
            or form in self._terms
            or self._language.zipf(form) > 1
            or len(self._compounds.parts(form)) > 1
        ):
            return form
        near = {term for cut in (form, *_cuts(form)) for term in self._deletions.get(cut, ())}
        return min(near) if len(near) == 1 else form


def _number_shape(form: str) -> str:
    return "#year" if _YEAR.fullmatch(form) else "#number" if form.isdigit() else form


def _cuts(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


def _deletions(terms: Collection[str]) -> dict[str, set[str]]:
    """Map every long term, also with one letter left out, to the term: near words share such a cut."""
    found: dict[str, set[str]] = {}
    for term in terms:
        if len(term) >= _CORRECTED:
            for cut in (term, *_cuts(term)):
                found.setdefault(cut, set()).add(term)
    return found
