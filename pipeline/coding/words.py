"""Words: what one word form is, looked up once and remembered.

What belongs here: lemma, compound parts and verb forms of a single form. What does not: words in their clause
(`syntax`), cues (`lexicon`), and any word of a language (data of the language).
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import product

from pipeline.text.language import Language

# Flags of a form. A form may have several: Dutch plurals look like infinitives, participles like finite verbs.
# Most are lists of the language's `coding.yaml`, named in `_CLASSES`. Others are told by the form: those of a verb,
# SEPARABLE (an infinitive with its part before it), PLURAL_SUBJECT (a verb whose plural takes no object), COMPARATIVE,
# PLURAL, INFLECTED (the ending of an adjective) and DERIVED (that, and the lemma is another form).
INFINITIVE, THIRD, STEM, PARTICIPLE = 1, 2, 4, 8
FINITE, OBLIGATION, DESIRE, ABILITY = 16, 32, 64, 128
SUBORDINATOR, PREPOSITION, DETERMINER, PRONOUN = 256, 512, 1024, 2048
NEGATION, PARTICLE, COORDINATOR, MEANS = 4096, 8192, 16384, 32768
RESULT, NOUN, SEPARABLE, REFLEXIVE = 65536, 131072, 262144, 524288
PLURAL_SUBJECT, ANAPHOR, AGENT_PREPOSITION, OPENER = 1 << 20, 1 << 21, 1 << 22, 1 << 23
PAUSE, STOP, NUMBER, PAREN = 1 << 24, 1 << 25, 1 << 26, 1 << 27
MARKER, DEMONSTRATIVE, BLOCKER, AMBIGUOUS = 1 << 28, 1 << 29, 1 << 30, 1 << 31
INFLECTED, PASSIVE, FIRST_PERSON, WILLING = 1 << 32, 1 << 33, 1 << 34, 1 << 35
EXISTENTIAL, INDEFINITE, CAUSATIVE, CONDITIONAL = 1 << 36, 1 << 37, 1 << 38, 1 << 39
WITHOUT, RECIPIENT, DERIVED, NEEDS_MARKER, COMPARATIVE = 1 << 40, 1 << 41, 1 << 42, 1 << 43, 1 << 44
SUBJECT, HAVING, PARTNER_PREPOSITION = 1 << 45, 1 << 46, 1 << 47
FRONTED, BYGONE = 1 << 48, 1 << 49
PLURAL, PERSON, HORTATIVE, COMPARING = 1 << 50, 1 << 51, 1 << 52, 1 << 53
COMPLEMENTIZER, POLITE = 1 << 54, 1 << 55
PAST = "@"  # ends the shape of a participle, so that a cue can ask for it
VERB = INFINITIVE | THIRD | STEM | PARTICIPLE

_CLASSES = {
    "finite": FINITE,
    "past": BYGONE | FINITE,
    "obligation": OBLIGATION | FINITE,
    "desire": DESIRE,
    "ability": ABILITY | FINITE,
    "subordinators": SUBORDINATOR,
    "openers": OPENER,
    "prepositions": PREPOSITION,
    "determiners": DETERMINER,
    "numbers": NUMBER,
    "pronouns": PRONOUN,
    "reflexives": REFLEXIVE,
    "anaphora": ANAPHOR,
    "negations": NEGATION,
    "coordinators": COORDINATOR,
    "particles": PARTICLE,
    "means": MEANS,
    "results": RESULT,
    "agent_prepositions": AGENT_PREPOSITION,
    "noun_stems": NOUN,
    "infinitive_marker": MARKER,
    "demonstratives": DEMONSTRATIVE,
    "plural_blockers": BLOCKER,
    "ambiguous_auxiliaries": AMBIGUOUS,
    "passive": PASSIVE,
    "first_persons": FIRST_PERSON,
    "willing": WILLING,
    "existential": EXISTENTIAL,
    "indefinite": INDEFINITE,
    "causative": CAUSATIVE,
    "causative_infinitives": CAUSATIVE,
    "conditional": CONDITIONAL,
    "without": WITHOUT,
    "recipients": RECIPIENT,
    "needs_marker": NEEDS_MARKER,
    "subjects": SUBJECT,
    "fronted": FRONTED,
    "having": HAVING,
    "partner_prepositions": PARTNER_PREPOSITION,
    "persons": PERSON,
    "hortative": HORTATIVE,
    "comparing": COMPARING,
    "complementizer": COMPLEMENTIZER,
    "polite": POLITE,
}
_PUNCTUATION = {
    ",": PAUSE, ";": PAUSE | STOP, ":": PAUSE | STOP, ".": STOP, "!": STOP, "?": STOP, "(": PAREN | PAUSE,
    ")": PAREN | PAUSE, "/": COORDINATOR, "–": PAUSE,
}  # fmt: skip
_SHORTEST_PART = 4
_SHORTEST_INFINITIVE = 4
_RARER = 1.5  # Zipf; a verb whose third person is so much rarer than a noun of its form is not what is meant
_COMMONER = 0.5  # a form that is so much commoner than its infinitive is a noun as well
_LONG, _KNOWN = 6, 2.0  # letters of a word whose end can be a plural's; Zipf of what is a word at all
_COMMON = 3.0  # Zipf; below it a "part" is as likely a chance string of letters as a word


@dataclass(frozen=True, slots=True)
class Word:
    """What is known of one form, whatever sentence it stands in.

    Attributes:
        form: The form in lower case.
        shape: Its lemma, with `|` between the parts of a compound: what cues are matched against.
        verb: The infinitive when it can be a form of a verb, else an empty string.
        flags: Classes of the form, a sum of this module's constants.
    """

    form: str
    shape: str
    verb: str
    flags: int


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
        self._classes = _class_flags(self._data)
        self._verbs = _read_verbs(language)
        self._cased: Mapping[str, str] = self._data["cased"]
        self._thirds = [(re.compile(pattern), by) for pattern, by in self._data["third_person"]]
        self._forms: Mapping[str, str] = self._data["forms"]
        nouns: Mapping[str, str] = self._data["nouns"]
        self._nouns = {**{lemma: lemma for lemma in nouns.values()}, **nouns}
        self._plural = frozenset(self._data["plural_subject"])
        self._suffixes = frozenset(self._data["suffixes"])
        self.imperative_pairs = frozenset(self._data["imperative_pairs"])
        self._cache: dict[str, Word] = {}
        self._splits: dict[str, tuple[str, ...]] = {}
        self._terms = frozenset(terms)
        self._deletions = _deletions(self._terms)

    def word(self, token: str) -> Word:
        """Return what is known of a token."""
        word = self._cache.get(token)
        if word is None:
            word = self._cache[token] = self._look_up(self._cased.get(token) or token.lower())
        return word

    def words(self, tokens: Iterable[str]) -> list[Word]:
        """Return what is known of each token."""
        known, word = self._cache, self.word
        return [known.get(token) or word(token) for token in tokens]

    def joined(self, base: str, particle: str) -> Word | None:
        """Return the separable verb made of a base verb and a particle, or None when there is no such verb."""
        infinitive = particle + base
        listed = self._verbs.get(infinitive, ("", 0))[1] & SEPARABLE
        common = base in self._verbs and self._language.zipf(infinitive) >= _COMMON - 1
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
            found.append(self._compound(word.form))
            if not word.flags & (INFINITIVE | PARTICIPLE):
                found.append(word.verb)
        return tuple(dict.fromkeys(found))

    def _look_up(self, form: str) -> Word:
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
        if form in _PUNCTUATION:
            return Word(form, form, "", _PUNCTUATION[form])
        if form[0].isdigit():
            numeral = self._data["numerals"].get(form)
            return Word(form, numeral or _number_shape(form), "", NUMBER)
        flags = self._classes.get(form, 0)
        if form in self._classes and form not in self._verbs:
            return Word(form, self._forms.get(form, form), "", flags)
        verb, verb_flags = self._verb(form)
        flags |= verb_flags
        if form in self._nouns:
            flags |= NOUN
            shape = self._compound(self._nouns[form])
        elif form in self._forms:
            shape = self._compound(self._forms[form])
        elif verb:
            shape = verb + PAST if verb_flags == PARTICIPLE else verb
        elif self._comparative(form):
            shape = min((form.removesuffix(self._data["inflected_ending"]), form), key=len)
            flags |= COMPARATIVE
        else:
            shape = self._compound(self._lemma(self._corrected(form)))
        if verb in self._plural:
            flags |= PLURAL_SUBJECT
        return Word(form, shape, verb, flags)

    def _verb(self, form: str) -> tuple[str, int]:
        """Return the infinitive that a form belongs to and the forms that it can be."""
        known = self._verbs.get(form)
        if known:
            return known
        loan, plural = self._data["loan_stem"]
        if form.endswith(loan) and form not in self._nouns and self._language.zipf(form) < 2:
            infinitive = form.removesuffix(loan) + plural
            if self._language.zipf(infinitive) > max(self._language.zipf(form), 1):
                return infinitive, STEM
        if form in self._nouns or form in self._forms:
            return "", 0
        lemma = self._lemma(form)
        third = self._third(lemma)
        if third:
            return (form, INFINITIVE) if lemma == form else (lemma, self._guess(form, third, lemma))
        return self._hidden(form)

    def _third(self, infinitive: str) -> str:
        """Return the third person of an infinitive; an empty string when it is none."""
        if not infinitive.endswith(tuple(self._data["infinitive_endings"])) or len(infinitive) < _SHORTEST_INFINITIVE:
            return ""
        for pattern, by in self._thirds:
            third: str = pattern.sub(by, infinitive)
            if third != infinitive and self._lemma(third) == infinitive:
                return third
        return ""

    def _hidden(self, form: str) -> tuple[str, int]:
        """Return the verb of a form whose dictionary lemma is a noun, where its third person is common enough."""
        least = max(self._language.zipf(form) - _RARER, _COMMON - 1)
        ending = self._data["third_person_ending"]
        options = ((form, INFINITIVE), (self._lemma(form + ending), STEM))
        for infinitive, flag in options:
            third = self._third(infinitive)
            if third and third.startswith(form if flag == STEM else third) and self._language.zipf(third) > least:
                return infinitive, flag | NOUN
        return "", 0

    def _guess(self, form: str, third: str, infinitive: str) -> int:
        """Return which form of a verb this is, by its ending and its prefix."""
        ge = self._data["participle_prefix"]
        if form.startswith(ge) and not third.startswith(ge):
            return PARTICIPLE
        inseparable = form.startswith(tuple(self._data["inseparable"]))
        if form == third:
            same = STEM if infinitive.startswith(form) else 0
            noun = NOUN if same and self._language.zipf(form) > self._language.zipf(infinitive) + _COMMONER else 0
            return THIRD | same | noun | (PARTICIPLE if inseparable else 0)
        if third.startswith(form):
            return STEM
        if form in [stem + ending for ending in self._data["past_endings"] for stem in (third, third[:-1])]:
            return THIRD | PARTICIPLE if inseparable else FINITE | BYGONE
        if form.endswith(tuple(self._data["infinitive_endings"])):
            return PARTICIPLE if inseparable or ge in form else FINITE | BYGONE
        noun = len(form) >= len(infinitive) or self._language.zipf(form) > self._language.zipf(infinitive) + _COMMONER
        return PARTICIPLE if noun or form[:-1] == third[:-1] else FINITE | BYGONE

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
        if len(form) < 7 or form in self._terms or self._language.zipf(form) > 1 or len(self._parts(form)) > 1:
            return form
        near = {term for cut in (form, *_cuts(form)) for term in self._deletions.get(cut, ())}
        return min(near) if len(near) == 1 else form

    def _compound(self, lemma: str) -> str:
        if "-" in lemma:
            return "|".join(self._compound(part) for part in lemma.split("-") if part)
        return "|".join(self._parts(lemma))

    def _parts(self, word: str) -> tuple[str, ...]:
        found = self._splits.get(word)
        if found is None:
            found = self._splits[word] = self._split(word)
        return found

    def _split(self, word: str) -> tuple[str, ...]:
        """Split a compound where the rarer of both parts is as common as can be; one part when there is none."""
        if len(word) < 2 * _SHORTEST_PART or word in self._verbs:
            return (word,)
        best, cut = _COMMON, 0
        for at in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            if word[at:] in self._suffixes:
                continue
            worth = min(self._language.zipf(self._modifier(word[:at])), self._language.zipf(word[at:]))
            if worth > best:
                best, cut = worth, at
        if not cut:
            return self._tail(word)
        return (*self._parts(self._modifier(word[:cut])), *self._parts(self._lemma(word[cut:])))

    def _tail(self, word: str) -> tuple[str, ...]:
        """Split a word that no list knows before its longest common end: a compound with a rare first part."""
        if self._language.zipf(word) > 1:
            return (word,)
        for at in range(_SHORTEST_PART, len(word) - _SHORTEST_PART):
            if word[at:] not in self._suffixes and self._language.zipf(word[at:]) > _COMMON + 0.5:
                return (word[:at], *self._parts(self._lemma(word[at:])))
        return (word,)

    def _modifier(self, part: str) -> str:
        """Return a compound's first part without its linking letters, when that is the commoner word."""
        if self._language.zipf(part) >= _COMMON + 1:
            return part
        bare = [part.removesuffix(link) for link in self._data["linking"] if part.endswith(link)]
        return max(
            (option for option in (part, *bare) if len(option) >= _SHORTEST_PART), key=self._language.zipf, default=part
        )


def _class_flags(data: Mapping[str, Collection[str]]) -> dict[str, int]:
    flags: dict[str, int] = {}
    for name, flag in _CLASSES.items():
        forms = data[name]
        for form in [forms] if isinstance(forms, str) else forms:
            flags[form] = flags.get(form, 0) | flag
    return flags


@cache
def _read_verbs(language: Language) -> dict[str, tuple[str, int]]:
    """Return the forms of `verbs.tsv`, each with its infinitive and what it can be of that, as flags."""
    forms: dict[str, tuple[str, int]] = {}

    def add(form: str, infinitive: str, flag: int) -> None:
        known = forms.get(form)
        if known is None:
            forms[form] = (infinitive, flag)
        elif known[0] == infinitive:
            forms[form] = (infinitive, known[1] | flag)

    rows = [
        line.split("\t")
        for line in (language.folder / "verbs.tsv").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    for infinitive, particle, _base, stem, third, participle in rows:
        add(infinitive, infinitive, INFINITIVE | (SEPARABLE if particle != "-" else 0))
        if particle != "-":
            add(particle + "te" + infinitive[len(particle) :], infinitive, INFINITIVE | SEPARABLE)
        else:
            add(stem, infinitive, STEM)
            add(third, infinitive, THIRD)
        add(participle, infinitive, PARTICIPLE)
    return forms


_YEAR = re.compile(r"(19|20)\d\d")


def _number_shape(form: str) -> str:
    return "#year" if _YEAR.fullmatch(form) else "#number" if form.isdigit() else form


def _cuts(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


def _deletions(terms: Collection[str]) -> dict[str, set[str]]:
    """Map every long term, also with one letter left out, to the term: near words share such a cut."""
    found: dict[str, set[str]] = {}
    for term in terms:
        if len(term) >= 7:
            for cut in (term, *_cuts(term)):
                found.setdefault(cut, set()).add(term)
    return found
