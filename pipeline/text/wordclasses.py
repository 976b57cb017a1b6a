"""What kind of word is this? Word classes from closed lists and from the forms in a dictionary.

What belongs here: deciding about one word at a time. What does not: finding classes in the dictionary (`dictionary`),
what words do in a sentence (`clauses`).
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, wraps
from typing import Any, TypeVar

from pipeline.text.dictionary import SHORT_VERB, is_known, lemma_apart, open_classes
from pipeline.text.language import Language, lemma_of

LONG_WORD = 9  # letters
T = TypeVar("T")
STRESS = "\u0301"  # the acute accent
MEMORY = 100_000  # words whose classes are kept
_DOUBLED = re.compile(r"([aeiou])\1")
_FUNCTION = (
    *("pronouns", "determiners", "prepositions", "leads", "adverbs", "subordinators", "finite", "negations"),
    *("plural_subjects", "connectors"),
)
"""Closed classes whose words name nothing."""


def _remembered(method: Callable[["WordClasses", str], T]) -> Callable[["WordClasses", str], T]:
    """Keep the answers about the words asked last; texts use few words often."""
    question = method.__name__

    @wraps(method)
    def ask(self: "WordClasses", word: str) -> T:
        answers = self.memory[question]
        try:  # asked a hundred times a sentence, and nearly always known
            answer: T = answers[word]
        except KeyError:
            if len(answers) >= MEMORY:
                answers.clear()
            answer = answers[word] = method(self, word)
        return answer

    return ask


@dataclass(frozen=True, slots=True)
class WordClasses:
    """The words of a language by class.

    Attributes:
        code: ISO 639-1 code.
        lists: Closed classes by name, as in `statements.yaml`.
        verbs: Infinitives.
        adjectives: Adjectives, uninflected.
        comparatives: Comparative forms, with and without ending.
        finite_endings: Endings of a present-tense form other than the infinitive's.
        past_endings: Endings of the past of weak verbs.
        vowels: What a vowel is in writing.
        infinitive_endings: Endings of infinitives.
        plural_endings: Endings of plural nouns.
        voiced: Consonants at the end of a stem, and what they are before an ending.
        participle: How past participles begin.
        participle_endings: How those of weak verbs end that do not end as the finite verb does.
        inflection: Ending of an adjective before a noun.
        prefixes: Parts that stand apart from their verb in a main clause.
        infinitive_mark: The word before an infinitive that is no noun ("te").
        purpose_mark: The word that opens a clause with such an infinitive ("om").
        means: Means of policy, each with what its words look like.
        means_verbs: Verbs that speak of a means where they open a part, each with what belongs to it and the means.
        imperative_prepositions: For a noun that is also an imperative, the words after it that show the imperative.
        memory: What has been asked, by question and word.
    """

    code: str
    lists: Mapping[str, frozenset[str]] = field(repr=False)
    verbs: frozenset[str] = field(repr=False)
    adjectives: frozenset[str] = field(repr=False)
    comparatives: frozenset[str] = field(repr=False)
    finite_endings: tuple[str, ...]
    past_endings: tuple[str, ...]
    vowels: re.Pattern[str] = field(repr=False)
    infinitive_endings: tuple[str, ...]
    plural_endings: tuple[str, ...]
    voiced: Mapping[str, str] = field(repr=False)
    participle: str
    participle_endings: tuple[str, ...]
    inflection: str
    prefixes: tuple[str, ...] = field(repr=False)
    infinitive_mark: str
    purpose_mark: str
    imperative_prepositions: Mapping[str, list[str]] = field(repr=False)
    means: Mapping[str, re.Pattern[str]] = field(repr=False)
    means_verbs: Mapping[str, list[tuple[str, str]]] = field(repr=False)
    memory: dict[str, dict[str, Any]] = field(default_factory=lambda: defaultdict(dict), repr=False, compare=False)

    def listed(self, word: str, *names: str) -> bool:
        """Return whether a lower-case word is in one of the closed classes."""
        for name in names:  # noqa: SIM110 - asked a hundred times a sentence, and three times as fast
            if word in self.lists[name]:
                return True
        return False

    def counts(self, word: str) -> bool:
        """Return whether a word says how many, in letters or in figures: "veertig", "41", "1.200"."""
        return self.listed(word, "quantities") or word[:1].isdigit()

    @_remembered
    def unstressed(self, word: str) -> str:
        """Return a word without the marks of stress that no dictionary has: "wél", "níet"."""
        if word.isascii() or word in self.lists["quantities"] or is_known(word, self.code):
            return word
        bare = "".join(letter for letter in unicodedata.normalize("NFD", word) if letter != STRESS)
        plain = unicodedata.normalize("NFC", bare)
        return plain if is_known(plain, self.code) else word

    @_remembered
    def lemma(self, word: str) -> str:
        """Return the dictionary form of a word, as itself when unknown.

        Of a verb that the dictionary holds only with its separable prefix, the part without: "kondigde" is "kondigen".
        """
        if is_known(word, self.code):
            return lemma_of(word, self.code)
        # A bare stem with a prefix that makes verbs is one: "ontschot"; others may be nouns.
        bare = ("",) if word.startswith(tuple(self.lists["verb_making_prefixes"])) else ()
        for ending in (*self.past_endings, *self.finite_endings, *bare):
            found = self._infinitives(word.removesuffix(ending)) & self.verbs if word.endswith(ending) else None
            if found:
                return min(found)
        return lemma_apart(word, self.code, self.prefixes)

    @_remembered
    def infinitive(self, word: str) -> bool:
        """Return whether a word can be an infinitive (or the plural of the present tense)."""
        if word in self.verbs:
            return word not in self.lists["nouns"]
        return self._new_verb(word)

    def verb_plural(self, word: str) -> bool:
        """Return whether a word can be the plural of the present or past, a noun's other looks aside: "leven"."""
        return word in self.verbs or self.infinitive(word) or self.strong_past(word)

    def _new_verb(self, word: str) -> bool:
        """Return whether a word that the dictionary lacks is a verb with a prefix before a verb or adjective it has."""
        if len(word) < LONG_WORD or not word.endswith(self.infinitive_endings) or is_known(word, self.code):
            return False
        return any(
            word.startswith(p) and word.removeprefix(p) in self.verbs for p in self.lists["verb_prefixes"]
        ) or any(
            word.startswith(p) and self.lemma(word.removeprefix(p)) in self.adjectives
            for p in self.lists["verb_making_prefixes"]
        )

    @_remembered
    def finite(self, word: str) -> bool:
        """Return whether a word can only be a finite verb: listed, or a verb form with a finite ending."""
        if word in self.lists["finite"] or word in self.lists["short_finite"]:
            return True
        return (
            len(word) > 3
            and word.endswith(self.finite_endings)
            and self.lemma(word) in self.verbs
            and not self._past_participle(word)
        )

    @_remembered
    def strong_past(self, word: str) -> bool:
        """Return whether a word is a verb's past with another vowel than its present: "gaf", "kregen"."""
        if word in self.lists["more_pasts"]:
            return True
        lemma = self.lemma(word)
        ending = next((e for e in self.infinitive_endings if word.endswith(e)), "")
        plural = bool(ending) and word[-len(ending) - 1 :][:1] != ending[0]  # but "verdween"
        if lemma not in self.verbs or word in self.verbs or len(word) < 3 or self._past_participle(word):
            return False
        present = (lemma[:-1] + ending for ending in self.finite_endings)  # "ziet", "gaat"
        if word in self.lists["irregular_imperatives"] or word in present:
            return False
        if plural and word.startswith(tuple(self.lists["unstressed_prefixes"])):
            return False  # "besproken", "verloren": participles too
        stem = self._vowels(lemma.removesuffix(self.infinitive_endings[0]))
        own = self._vowels(word)
        return len(own) == len(stem) + plural and own[len(stem) - 1 :][:1] != stem[-1:]

    def _vowels(self, word: str) -> list[str]:
        """Return the vowels of a word in order, a doubled one as one and without marks, as in "subsidiëren"."""
        plain = "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))
        return [_DOUBLED.sub(r"\1", vowel) for vowel in self.vowels.findall(plain)]

    def past(self, word: str) -> bool:
        """Return whether a word can be a verb's past; it may be an adjective too: "verplichte"."""
        return self.strong_past(word) or self.weak_past(word)

    @_remembered
    def weak_past(self, word: str) -> bool:
        """Return whether a word can be a verb's past with an ending: "meldde"."""
        lemma = self.lemma(word)
        if not word.endswith(self.past_endings) or lemma not in self.verbs or word.startswith(lemma):
            return False  # "passende" is a present participle
        return not self._past_participle(word)

    def stem(self, word: str) -> bool:
        """Return whether a word can be the first person of a verb: "werk", "denk"."""
        return self.imperative(word) or self.noun_or_imperative(word)

    @_remembered
    def verb_form(self, word: str) -> bool:
        """Return whether a word can be any form of a verb."""
        return self.finite(word) or self.infinitive(word) or self.lemma(word) in self.verbs

    @_remembered
    def _past_participle(self, word: str) -> bool:
        """Return whether a verb form has a participle's prefix, not from its verb: "(aan)gevuld", but not "geeft"."""
        return any(
            word.startswith(prefix + self.participle) and not self.lemma(word).startswith(prefix + self.participle)
            for prefix in ("", *self.prefixes)
        )

    @_remembered
    def _participle(self, word: str) -> bool:
        """Return whether a word is a participle of a weak verb: "gemaakt", "beheerd"."""
        if self._past_participle(word):
            return True
        stem = self.lemma(word).removesuffix(self.infinitive_endings[0])
        return word.endswith(self.participle_endings) and _DOUBLED.sub(r"\1", word[:-1]) == _DOUBLED.sub(r"\1", stem)

    @_remembered
    def stem_as_participle(self, word: str) -> bool:
        """Return whether the stem of a verb may be its participle too: "verspreid"."""
        prefixed = word.startswith(tuple(self.lists["unstressed_prefixes"]))
        return prefixed and word.endswith(self.participle_endings) and self.lemma(word) in self.verbs

    @_remembered
    def imperative(self, word: str) -> bool:
        """Return whether a word has the form of an imperative and is no more common as something else."""
        if word in self.lists["irregular_imperatives"]:
            return True
        if self.listed(word, "never_imperative", "numbers", "function", "invariable_adjectives"):
            return False
        lemma = self.lemma(word)
        inflected = word.endswith(self.inflection) or word.startswith(lemma)  # "bestaande", "werkte"
        if inflected or len(word) > len(lemma) or lemma not in self.verbs or self.past(word) or self._participle(word):
            return False
        # "zet" and "vergroot" are stems, "slinkt" is a stem with an ending; a doubled vowel is a matter of spelling.
        return not word.endswith(self.finite_endings) or lemma.startswith((word, _DOUBLED.sub(r"\1", word)))

    @_remembered
    def noun_or_imperative(self, word: str) -> bool:
        """Return whether a word that the dictionary knows as a noun is also the stem of a verb."""
        never = self.listed(word, "never_imperative", "numbers", "function", "invariable_adjectives")
        if never or word in self.verbs or len(word) < 3:
            return False
        if self.strong_past(word):
            return False  # "trok", "gaf"
        if any(lemma_of(word + ending, self.code) in self.verbs for ending in self.finite_endings):
            return True
        # "ontzorg": a prefix that makes verbs, before the stem of a verb.
        prefixes = () if is_known(word, self.code) else self.lists["verb_making_prefixes"]
        return any(word.startswith(p) and self.noun_or_imperative(word.removeprefix(p)) for p in prefixes)

    @_remembered
    def stem_of_separated(self, word: str) -> frozenset[str]:
        """Return the parts with which a stem makes a verb: "op" for "ruim", as in "ruim afval op"."""
        infinitives = self._infinitives(word)
        return frozenset(p for p in self.prefixes if any(p + infinitive in self.verbs for infinitive in infinitives))

    def _infinitives(self, stem: str) -> frozenset[str]:
        """Return how the infinitive of a verb with this stem may be written: "geef" gives "geven", "zet" "zetten"."""
        before, last = stem[:-1], stem[-1:]
        single = _DOUBLED.sub(r"\1", before) + self.voiced.get(last, last)
        return frozenset(form + self.infinitive_endings[0] for form in (stem, stem + last, single))

    def sign(self, word: str) -> int:
        """Return 1 for a word for more, -1 for a word for less, 0 for any other."""
        return int(word in self.lists["more"]) - int(word in self.lists["less"])

    def degree(self, word: str) -> bool:
        """Return whether a word makes a wish of a noun phrase: more, less or a comparative."""
        if self.listed(word, "more", "less", "better"):
            return True
        return word in self.comparatives and word not in self.lists["no_degree"]

    @_remembered
    def means_of(self, word: str) -> frozenset[str]:
        """Return the means of policy that a word speaks of, such as money or knowledge."""
        return frozenset(name for name, pattern in self.means.items() if pattern.search(word))

    @_remembered
    def content(self, word: str) -> bool:
        """Return whether a word names something: no function word, adjective or pure verb form."""
        letters = sum(character.isalpha() for character in word)
        if letters < 3 or word in self.lists["function"] or word in self.lists["quantities"]:
            return False
        if word in self.lists["nouns"]:
            return True
        lemma = self.lemma(word)
        if lemma in self.verbs and (lemma == word or self._participle(word)):
            return False
        if self.inflected(word) or word in self.adjectives or word in self.comparatives:
            return False
        return not (self.finite(word) or self.weak_past(word))

    @_remembered
    def inflected(self, word: str) -> bool:
        """Return whether a word is an adjective as it stands before a noun."""
        if word in self.lists["invariable_adjectives"]:
            return True
        if word in self.adjectives or not word.endswith(self.inflection):
            return False
        return self.lemma(word) in self.adjectives or self._past_participle(word)

    def judging(self, word: str) -> bool:
        """Return whether a word is an adjective, perhaps one that denies another: "onmogelijk"."""
        denying = self.lists["denying_prefixes"]
        return word in self.adjectives or any(
            word.startswith(prefix) and word.removeprefix(prefix) in self.adjectives for prefix in denying
        )

    def noun_plural(self, word: str) -> bool:
        """Return whether a word is a plural that names something."""
        return self.plural(word) and self.content(word)

    @_remembered
    def plural(self, word: str) -> bool:
        """Return whether a word looks like a plural noun."""
        irregular = self.lists["irregular_plurals"]
        if word in irregular or not word.endswith(self.plural_endings):
            # "distributiecentra"
            return word in irregular or any(word.endswith(p) for p in irregular if len(word) >= len(p) + SHORT_VERB)
        if self._past_participle(word) and self.lemma(word) in self.verbs:
            return False  # "gezien"
        # A long word that the dictionary does not hold is a compound, and compounds are nouns.
        return self.lemma(word) != word or (len(word) >= LONG_WORD and not is_known(word, self.code))


@cache
def word_classes(language: Language) -> WordClasses:
    """Return the word classes of a language; built once per process in about half a second."""
    data = language.data("statements")
    forms = data["forms"]
    prefixes, quantities = data["words"]["separable_prefixes"], data["words"]["quantities"]
    found = open_classes(language.code, forms, prefixes, quantities)
    return WordClasses(
        code=language.code,
        lists=_closed_classes(data),
        verbs=found.verbs,
        adjectives=found.adjectives,
        comparatives=found.comparatives,
        finite_endings=tuple(forms["finite"]),
        past_endings=tuple(forms["past"]),
        vowels=re.compile(forms["vowels"]),
        infinitive_endings=tuple(forms["infinitive"]),
        plural_endings=tuple(forms["plural"]),
        voiced=forms["voiced"],
        participle=forms["participle"],
        participle_endings=tuple(forms["participle_endings"]),
        inflection=forms["inflection"],
        prefixes=tuple(prefixes),
        infinitive_mark=data["words"]["infinitive_mark"],
        purpose_mark=data["words"]["purpose_mark"],
        imperative_prepositions=data["words"]["imperative_prepositions"],
        means={name: re.compile("|".join(map(_shape, shapes))) for name, shapes in data["means"].items()},
        means_verbs=_verbs_of_means(data["means_verbs"]),
    )


def _closed_classes(data: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """Return the listed words by class, those that connect parts and all function words among them."""
    lists = {name: frozenset(words) for name, words in data["words"].items() if isinstance(words, list)}
    lists |= {name: frozenset(words) for name, words in data["marks"].items()}
    lists["function"] = frozenset[str]().union(*(lists[name] for name in _FUNCTION))
    return lists


def _verbs_of_means(data: Mapping[str, Sequence[str]]) -> Mapping[str, list[tuple[str, str]]]:
    """Return for every verb the words that belong to it, empty when it needs none, each with the means it speaks of."""
    verbs: dict[str, list[tuple[str, str]]] = {}
    for name, entries in data.items():
        for verb, _, particle in (entry.partition(" ") for entry in entries):
            verbs.setdefault(verb, []).append((particle, name))
    return verbs


def _shape(entry: str) -> str:
    """Return as a pattern how a word looks: "-" stands before an ending, "=" before a whole word."""
    marked = re.escape(entry.lstrip("-="))
    return {"-": f"{marked}$", "=": f"^{marked}$"}.get(entry[0], f"^{marked}")
