"""Verbs: of which infinitive a form is, and which of its forms.

What belongs here: the verbs that are listed, and telling others by their endings and by how common their forms are.
What does not: other classes of words (`vocabulary`), verbs in their clause (`heads`).
"""

import re
from collections.abc import Callable, Collection
from functools import cache

from pipeline.coding.words import (
    BYGONE,
    FINITE,
    INFINITIVE,
    NOUN,
    PARTICIPLE,
    SEPARABLE,
    STEM,
    THIRD,
)
from pipeline.text.language import Language

_SHORTEST_INFINITIVE = 4
_RARER = 1.5  # Zipf; a verb whose third person is so much rarer than a noun of its form is not what is meant
_COMMONER = 0.5  # a form that is so much commoner than its infinitive is a noun as well
_COMMON = 2.0  # Zipf of a third person that is one


class Verbs:
    """Tells verbs, for one language.

    Args:
        language: The language; its data `coding.yaml` and `verbs.tsv` are read.
        others: Forms that the data name with another lemma, or as nouns; they are no verbs, unless listed.
        lemma: Returns the lemma of a form.

    Attributes:
        listed: The forms of `verbs.tsv`, each with its infinitive and what it can be of that, as flags.
    """

    def __init__(self, language: Language, others: Collection[str], lemma: Callable[[str], str]) -> None:
        self.listed = _read_verbs(language)
        self._zipf, self._lemma, self._others = language.zipf, lemma, others
        self._data = language.data("coding")
        self._thirds = [(re.compile(pattern), by) for pattern, by in self._data["third_person"]]

    def find(self, form: str) -> tuple[str, int]:
        """Return the infinitive that a form is of and, as flags, what it can be of that; nothing when it is no verb."""
        known = self.listed.get(form)
        if known:
            return known
        if form in self._others:
            return "", 0
        loan, plural = self._data["loan_stem"]
        if form.endswith(loan) and self._zipf(form) < 2:
            infinitive = form.removesuffix(loan) + plural
            if self._zipf(infinitive) > max(self._zipf(form), 1):
                return infinitive, STEM
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
        least = max(self._zipf(form) - _RARER, _COMMON)
        ending = self._data["third_person_ending"]
        options = ((form, INFINITIVE), (self._lemma(form + ending), STEM))
        for infinitive, flag in options:
            third = self._third(infinitive)
            if third and third.startswith(form if flag == STEM else third) and self._zipf(third) > least:
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
            noun = NOUN if same and self._zipf(form) > self._zipf(infinitive) + _COMMONER else 0
            return THIRD | same | noun | (PARTICIPLE if inseparable else 0)
        if third.startswith(form):
            return STEM
        if form in [stem + ending for ending in self._data["past_endings"] for stem in (third, third[:-1])]:
            return THIRD | PARTICIPLE if inseparable else FINITE | BYGONE
        if form.endswith(tuple(self._data["infinitive_endings"])):
            return PARTICIPLE if inseparable or ge in form else FINITE | BYGONE
        noun = len(form) >= len(infinitive) or self._zipf(form) > self._zipf(infinitive) + _COMMONER
        return PARTICIPLE if noun or form[:-1] == third[:-1] else FINITE | BYGONE


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
