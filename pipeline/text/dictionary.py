"""The dictionary of a language (simplemma's): which words it knows, and which of them are verbs and adjectives.

What belongs here: reading the dictionary, by the marks that the language data gives of its forms. What does not: what a
word is that it lacks, and closed classes (`wordclasses`).
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import simplemma
from simplemma.strategies.dictionaries.dictionary_factory import DEFAULT_DICTIONARY_FACTORY

from pipeline.text.language import lemma_of

SHORT_VERB = 5  # letters; what is left of a verb without its prefix may be no word when it is as short


class OpenClasses(NamedTuple):
    """The verbs, adjectives and comparatives of a language."""

    verbs: frozenset[str]
    adjectives: frozenset[str]
    comparatives: frozenset[str]


@lru_cache(maxsize=200_000)
def is_known(word: str, code: str) -> bool:
    """Return whether the dictionary holds a word; it holds no empty one."""
    return bool(word) and bool(simplemma.is_known(word, lang=code))


@lru_cache(maxsize=200_000)
def lemma_apart(word: str, code: str, prefixes: tuple[str, ...]) -> str:
    """Return the lemma, without its prefix, of a verb that the dictionary has only with one; else that of the word."""
    for prefix in prefixes:
        lemma = lemma_of(prefix + word, code)
        if is_known(prefix + word, code) and lemma.startswith(prefix) and lemma != prefix + word:
            return lemma.removeprefix(prefix)
    return lemma_of(word, code)


def open_classes(code: str, forms: Mapping[str, Any], prefixes: Sequence[str], no_verbs: Sequence[str]) -> OpenClasses:
    """Return the words of the open classes that the marks of the language find in the dictionary.

    Args:
        code: ISO 639-1 code of the language.
        forms: What its forms look like, as in `statements.yaml`.
        prefixes: Parts that stand apart from their verb in a main clause.
        no_verbs: Words that look like verbs and are none.
    """
    entries = DEFAULT_DICTIONARY_FACTORY.get_dictionary(code)  # the one that simplemma looks words up in
    pairs = [(form.lower(), lemma.lower().replace("_", "")) for form, lemma in entries.items()]
    verbs = _verbs(pairs, forms, prefixes) - {*forms["no_verbs"], *no_verbs}
    lemmas, begins = dict(pairs), tuple(prefix + forms["participle"] for prefix in ("", *prefixes))
    verbs -= {verb for verb in verbs if verb.startswith(begins) and lemmas.get(verb, verb) in verbs - {verb}}
    return OpenClasses(frozenset(verbs), *_adjectives(pairs, forms, verbs))


def _verbs(pairs: Sequence[tuple[str, str]], forms: Mapping[str, Any], prefixes: Sequence[str]) -> set[str]:
    """Return the infinitives that forms show, with their prefix and without."""
    infinitives, finite = tuple(forms["infinitive"]), tuple(forms["finite"])
    verbs = {lemma for form, lemma in pairs for mark in forms["verb"] if form == lemma + mark} | {
        lemma
        for form, lemma in pairs
        if lemma.endswith(infinitives) and form.endswith(finite) and not form.startswith(forms["participle"])
    }
    known = {word for pair in pairs for word in pair}
    apart = {verb.removeprefix(p) for verb in verbs for p in prefixes if verb.startswith(p)}
    verbs |= {
        verb
        for verb in apart - known
        if len(verb) > SHORT_VERB and verb.endswith(infinitives) and verb.removesuffix(infinitives[0]) not in known
    }
    return verbs | set(forms["more_verbs"])


def _adjectives(
    pairs: Sequence[tuple[str, str]], forms: Mapping[str, Any], verbs: set[str]
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the adjectives, and the comparatives with and without the ending before a noun."""
    endings, inflection = tuple(forms["comparative"]), forms["inflection"]
    suffixes = tuple(forms["adjective_suffixes"])
    compared = {(form, lemma) for form, lemma in pairs if form.endswith(endings) and lemma not in verbs}
    derived = {lemma for form, lemma in pairs if form == lemma + inflection and lemma.endswith(suffixes)}
    adjectives = frozenset(derived | {lemma for form, lemma in compared if len(form) > len(lemma)})
    comparatives = {form.removesuffix(inflection) for form, lemma in compared if lemma in adjectives and form != lemma}
    return adjectives, frozenset(comparatives | {form + inflection for form in comparatives})
