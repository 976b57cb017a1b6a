"""What carries a part of a sentence: its words, its main clause, its head.

What belongs here: parsing one part as far as cutting needs it. What does not: judging two parts beside each other
(`clauses`), what a single word is (`wordclasses`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.text.sentences import brackets, within
from pipeline.text.wordclasses import WordClasses

Kind = Literal["none", "imperative", "finite", "degree", "infinitive"]
Clause = Literal["", "relative", "purpose", "other"]

_WORD = re.compile(r"[^\W_]+(?:[-./'’:][^\W_]+)*[-]?|[,;:]")
_QUOTED = re.compile(r"[\"“„][^\"“”„]*[\"”]|(?<!\w)['‘][^'‘’]*['’](?!\w)")
OBJECT_WORDS = 4  # words of a wish that opens with its object and ends with its infinitive
CONTRAST_WORDS = 3  # words besides the degree word in a part of a contrast pair


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a mark of a sentence: its lower-case text, and its first character and the one past its last."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Head:
    """What carries a part of a sentence.

    Attributes:
        kind: What the head is; `none` when the part has no head of its own.
        start: Index of the first word that is neither a connector nor an adverb that opens the part.
        subject: A finite verb has its subject in this part.
        fronted: The part opens with a preposition, so that its subject follows its verb.
        verb_first: The part opens with its finite verb, infinitive or imperative.
        verbed: A modal verb has its infinitive in this part.
        closed: The verb ends the part, so what follows cannot be its object.
        modal: The finite verb wants an infinitive.
        either: A plural and a verb that may be a clause or a wish: "aanbieders werken langs elkaar".
        own: The part names something besides its head.
        degree: The part opens with a word of degree.
        sign: 1 when the part opens with a word for more, -1 for less, else 0.
        bare: A degree word and a few naming words, nothing else.
        subordinate: `relative`, `purpose` or `other` when the part ends inside a subordinate clause, else empty.
        marked: A `te` infinitive.
        plural: The finite verb has the form of an infinitive.
        clustered: The finite verb stands last or has nothing but verbs after it, as in a subordinate clause.
        complement: Something follows the finite verb, so it does not wait for an object that comes later.
        names: Lemmas of the naming words.
    """

    kind: Kind
    start: int = 0
    subject: bool = False
    fronted: bool = False
    verb_first: bool = False
    verbed: bool = False
    closed: bool = False
    modal: bool = False
    either: bool = False
    own: bool = False
    degree: bool = False
    sign: int = 0
    bare: bool = False
    subordinate: Clause = ""
    marked: bool = False
    plural: bool = False
    clustered: bool = False
    complement: bool = False
    names: frozenset[str] = frozenset()


NO_HEAD = Head("none")


def words_of(sentence: str) -> tuple[Word, ...]:
    """Return the words and marks outside brackets and quotation marks."""
    pairs = brackets(sentence)
    quoted = [match.span() for match in _QUOTED.finditer(sentence)]
    return tuple(
        Word(match.group().lower(), match.start(), match.end())
        for match in _WORD.finditer(sentence)
        if within(pairs, match.start()) is None and within(quoted, match.start()) is None
    )


def head_of(words: Sequence[Word], classes: WordClasses) -> Head:
    """Return the head of a part of a sentence."""
    main, subordinate = main_words(words, classes)
    start = next((i for i, word in enumerate(main) if not classes.listed(word, "leads")), len(main))
    if start == len(main):
        return Head("none", subordinate=subordinate)
    found = _find_head(main, start, subordinate, classes)
    names = frozenset(
        classes.lemma(word) for index, word in enumerate(main) if index != found.position and classes.content(word)
    )
    own = _own(main, found, classes)
    return Head(
        kind=found.kind,
        start=start,
        subject=found.subject,
        fronted=classes.listed(main[start], "prepositions"),
        verb_first=found.verb_first,
        verbed=found.modal and any(classes.infinitive(word) for word in main[found.position + 2 :]),
        closed=found.closed and not subordinate,
        modal=found.modal,
        either=_either(main, start, found, classes),
        own=own or bool(subordinate),
        degree=classes.degree(main[start]),
        sign=classes.sign(main[start]),
        bare=found.kind == "degree" and not subordinate and _bare(main, classes),
        subordinate=subordinate,
        marked=found.marked,
        plural=found.kind == "finite" and classes.infinitive(main[found.position]),
        clustered=found.clustered,
        complement=found.position < len(main) - 1,
        names=names,
    )


@dataclass(frozen=True, slots=True)
class _Found:
    kind: Kind
    position: int = -1
    subject: bool = False
    verb_first: bool = False
    closed: bool = False
    modal: bool = False
    marked: bool = False
    clustered: bool = False


def _find_head(main: Sequence[str], start: int, subordinate: Clause, classes: WordClasses) -> _Found:
    """Return the head among the words of the main clause; the order of the questions is that of their certainty."""
    governs = subordinate and start == len(main) - 1 and classes.noun_or_imperative(main[start])  # "zorg dat"
    if governs or _imperative(main, start, classes):
        return _Found("imperative", start, verb_first=True)
    finite = _finite(main, start, classes)
    if finite is not None:
        return finite
    infinitive = _infinitive(main, start, classes)
    if infinitive is not None:
        return infinitive
    degree = _degree(main, start, classes)
    return _Found("none") if degree is None else _Found("degree", degree)


def _imperative(main: Sequence[str], start: int, classes: WordClasses) -> bool:
    word, after = main[start], main[start + 1] if start + 1 < len(main) else ""
    if after and (classes.finite(after) or classes.listed(after, "connectors") or _object_only(main, start, classes)):
        return False
    if classes.imperative(word) or after in classes.imperative_prepositions.get(word, ()):
        return True
    return bool(after) and classes.noun_or_imperative(word) and _asks(word, after, classes)


def _asks(word: str, after: str, classes: WordClasses) -> bool:
    """Return whether a noun or adjective that is also a verb's stem is an imperative before this word."""
    if classes.listed(after, "determiners", "pronouns", "object_pronouns", "negations"):
        return True
    if word in classes.adjectives:
        # "wijs per gemeente", "licht leraren voor" against "slecht verlicht": no adjective stands uninflected before a
        # preposition or a plural.
        return classes.listed(after, "prepositions") or (classes.plural(after) and classes.content(after))
    adverb = classes.listed(after, "adverbs") and not classes.listed(after, "prepositions")
    named = not classes.listed(after, "prepositions", "function") and classes.content(after)
    return (
        adverb
        or classes.degree(after)
        or classes.inflected(after)
        or (named and word not in classes.imperative_prepositions)
    )


def _object_only(main: Sequence[str], start: int, classes: WordClasses) -> bool:
    """Return whether an infinitive ends the part, so that what opens it is its object: "misbruik bestraffen"."""
    last, before = main[-1], main[-2]
    if classes.listed(main[start], "imperatives_with_infinitive") or not classes.infinitive(last):
        return False
    if len(main) - start > OBJECT_WORDS:
        return False
    bound = before == classes.infinitive_mark or classes.listed(before, "nominalizers", "prepositions")
    bound = bound or classes.plural(last)
    return not bound and not classes.listed(last, "function")


def _finite(main: Sequence[str], start: int, classes: WordClasses) -> _Found | None:
    """Return the finite verb, if there is one, and whether its subject stands in this part."""
    for position in range(start, len(main)):
        word = main[position]
        swapped = position == start and _subject_after(main, start, classes)
        if not (classes.finite(word) or swapped or _plural_verb(main, start, position, classes)):
            continue
        if position and main[position - 1] == classes.infinitive_mark:
            continue  # "te worden"
        if classes.listed(word, "finite_only_after_subject") and not _subject_before(main[start:position], classes):
            continue  # "sneller kunnen melden": an infinitive
        return _Found(
            "finite",
            position,
            subject=position > start or swapped,
            verb_first=position == start,
            closed=_verb_final(main, position, classes) or position == len(main) - 1,
            clustered=position > start and all(classes.verb_form(word) for word in main[position + 1 :][:3]),
            modal=classes.listed(word, "modals") or classes.purpose_mark in main,
            marked=classes.purpose_mark in main and classes.infinitive_mark in main,
        )
    return None


def _subject_after(main: Sequence[str], start: int, classes: WordClasses) -> bool:
    """Return whether the opening verb has its subject after it: "heeft elke gemeente", "hierdoor mijden cliënten"."""
    word, after = main[start], main[start + 1] if start + 1 < len(main) else ""
    named = classes.listed(after, "pronouns", "determiners")
    adverb = start > 0 and not classes.listed(main[start - 1], "connectors", "joiners")
    if classes.finite(word):
        return named or adverb
    return adverb and classes.infinitive(word) and (named or classes.plural(after))


def _subject_before(words: Sequence[str], classes: WordClasses) -> bool:
    """Return whether the words before a plural form can be its subject; before a form that opens there are none."""
    return not words or any(
        classes.listed(word, "pronouns", "determiners", "connectors") or classes.plural(word) for word in words
    )


def _plural_verb(main: Sequence[str], start: int, position: int, classes: WordClasses) -> bool:
    """Return whether a word with the form of an infinitive is the verb of a plural subject: "gemeenten registreren"."""
    word = main[position]
    if position == start or not classes.infinitive(word) or position > start + 8:
        return False
    before, after = main[position - 1], main[position + 1] if position + 1 < len(main) else ""
    if before == classes.infinitive_mark or classes.listed(before, "determiners") or classes.degree(main[start]):
        return False
    if classes.listed(before, "plural_verb_pronouns"):
        return True
    named = next((other for other in main[start:position] if classes.content(other)), "")
    subject = classes.plural(before) and not classes.infinitive(before)
    # "professionals in de zorg herkennen signalen": the first noun is the subject, whatever comes between.
    subject = subject or (classes.plural(named) and not classes.listed(main[start], "prepositions"))
    if not subject or not after:
        return False
    if position == len(main) - 2:
        return True  # "gemeenten voeren uit"
    # "cliënten betrekken bij beleid" is a wish, "de cliënten wonen bij elkaar" a clause.
    particle = classes.listed(main[position + 2], "prepositions")  # "groeien op in armoede"
    return particle or classes.listed(main[start], "determiners") or not classes.listed(after, "prepositions")


def _either(main: Sequence[str], start: int, found: _Found, classes: WordClasses) -> bool:
    """Return whether a bare plural and a verb may be a clause as well as a wish: "aanbieders werken langs elkaar"."""
    if found.kind not in ("finite", "infinitive") or found.marked or found.position != start + 1:
        return False
    noun, verb = main[start], main[start + 1]
    bare = classes.plural(noun) and not classes.listed(noun, "function")
    return bare and classes.infinitive(verb) and not classes.listed(verb, "finite")


def _infinitive(main: Sequence[str], start: int, classes: WordClasses) -> _Found | None:
    """Return the infinitive that heads the part, if there is one."""
    nominal = classes.plural(main[start]) and len(main) - start > 2 and classes.infinitive(main[-1])
    if classes.infinitive(main[start]) and not nominal:
        return _Found("infinitive", start, verb_first=True, closed=len(main) - start == 1)
    for position in range(len(main) - 1, start, -1):
        word, before = main[position], main[position - 1]
        if not classes.infinitive(word) or classes.listed(word, "function"):
            continue
        marked = before == classes.infinitive_mark
        if not marked and _noun(main, position, classes):
            continue
        if classes.listed(before, "nominalizers") and not marked:
            continue
        if position == len(main) - 1 or classes.listed(main[position + 1], "prepositions"):
            return _Found("infinitive", position, closed=position == len(main) - 1, marked=marked)
    return None


def _noun(main: Sequence[str], position: int, classes: WordClasses) -> bool:
    """Return whether a word with the form of an infinitive is a noun here: "strengere eisen", "meer kansen"."""
    word, before = main[position], main[position - 1]
    comparative = before.endswith(classes.inflection) and classes.degree(before)
    if comparative or classes.inflected(before):
        return True
    if not classes.plural(word):
        return False
    # Two nouns do not stand side by side: in "wijkteams scholen in" the second is a verb.
    return classes.degree(before) or (position < len(main) - 1 and not classes.content(before))


def _verb_final(main: Sequence[str], finite: int, classes: WordClasses) -> bool:
    last = len(main) - 1
    return last > finite + 1 and classes.infinitive(main[last]) and not classes.listed(main[last], "function")


def _degree(main: Sequence[str], start: int, classes: WordClasses) -> int | None:
    """Return where the degree word stands that heads a noun phrase, perhaps after a phrase with a preposition."""
    article = classes.listed(main[start], "indefinite_articles")  # "een kleinere afstand"
    if article and any(word in classes.comparatives for word in main[start + 1 : start + 2]):
        return start + 1
    if classes.degree(main[start]):
        # "meer op mensen" lacks its noun.
        return None if any(classes.listed(word, "prepositions") for word in main[start + 1 : start + 2]) else start
    if classes.listed(main[start], "prepositions"):
        for position in range(start + 2, min(start + 8, len(main) - 1)):
            if classes.degree(main[position]):
                return position
    return None


def _own(main: Sequence[str], found: _Found, classes: WordClasses) -> bool:
    """Return whether the part names something besides its head."""
    if found.kind == "degree":
        return any(not classes.listed(word, "function") for word in main[found.position + 1 :])
    person = found.kind == "imperative" and any(classes.listed(word, "object_pronouns") for word in main)
    return person or any(
        classes.content(word) or (position > 0 and _nominal(main, position, classes))
        for position, word in enumerate(main)
        if position != found.position
    )


def _nominal(main: Sequence[str], position: int, classes: WordClasses) -> bool:
    """Return whether an infinitive or adjective names something: "stop met aanbesteden", "uit de politiek"."""
    before, word = main[position - 1], main[position]
    if before == classes.infinitive_mark or not classes.listed(before, "nominalizers"):
        return False
    after = main[position + 1] if position + 1 < len(main) else ""
    ends = not after or classes.listed(after, "prepositions", "connectors")
    return classes.infinitive(word) or (ends and word in classes.adjectives and classes.listed(before, "determiners"))


def _bare(main: Sequence[str], classes: WordClasses) -> bool:
    return len(main) <= 1 + CONTRAST_WORDS and not any(classes.listed(word, "prepositions") for word in main)


def main_words(words: Sequence[Word], classes: WordClasses) -> tuple[list[str], Clause]:
    """Return the words outside subordinate clauses, and the kind of clause in which the part ends, if any."""
    main: list[str] = []
    inside: Clause = ""
    verb = False
    for index, word in enumerate(words):
        opens = _opens_clause(words, index, classes)
        if inside and not opens:
            before = words[index - 1].text
            ended = verb and (
                (word.text == "," and not _clause_goes_on(words, index + 1, classes))
                or _verb_meets_verb(before, word.text, classes)
            )
            if not ended:
                verb = verb or verbal(word.text, classes)
                if inside == "purpose" and _purpose_met(words, index, classes):
                    inside = ""
                continue
            inside = ""
        if opens:
            inside, verb = opens, False
        elif word.text not in ",;:":
            main.append(word.text)
    return main, inside


def _purpose_met(words: Sequence[Word], index: int, classes: WordClasses) -> bool:
    """Return whether the infinitive that closes a purpose clause stands here: "om maatwerk te leveren"."""
    marked = any(word.text == classes.infinitive_mark for word in words[max(0, index - 2) : index])
    after = words[index + 1].text if index + 1 < len(words) else ""
    return marked and classes.infinitive(words[index].text) and not classes.infinitive(after)


def _clause_goes_on(words: Sequence[Word], start: int, classes: WordClasses) -> bool:
    """Return whether the part after a comma ends in its verb as only subordinate clauses do: "formulieren invult"."""
    end = start
    while end < len(words) and words[end].text not in ",;:" and not classes.listed(words[end].text, "connectors"):
        end += 1
    part = [word.text for word in words[start:end]]
    if len(part) < 2 or not classes.finite(part[-1]) or any(classes.finite(word) for word in part[:-1]):
        return False
    return len(part) > 2 or (classes.plural(part[0]) and not classes.infinitive(part[-1]))


def _verb_meets_verb(before: str, word: str, classes: WordClasses) -> bool:
    """Return whether a clause ended with its verb and the main clause goes on with its own: "doen | krijgen"."""
    if not (verbal(before, classes) and classes.finite(word)):
        return False
    return classes.listed(word, "finite") or not classes.plural(before)


def verbal(word: str, classes: WordClasses) -> bool:
    """Return whether a lower-case word can be a finite verb or an infinitive."""
    return classes.finite(word) or classes.infinitive(word)


def _opens_clause(words: Sequence[Word], index: int, classes: WordClasses) -> Clause:
    """Return the kind of subordinate clause that a word opens, if any."""
    word = words[index].text
    if word == classes.purpose_mark:
        rest = [other.text for other in words[index + 1 : index + 25]]
        requested = any(
            classes.listed(form, "requests")
            for other in words[:index]
            for form in (other.text, classes.lemma(other.text))
        )
        return "purpose" if classes.infinitive_mark in rest and not requested else ""
    if classes.listed(word, "pointing_relatives"):
        return _relative(words, index, classes)
    if classes.listed(word, "subordinators"):
        return "relative" if classes.listed(word, "relatives") and index else "other"
    return ""


def _relative(words: Sequence[Word], index: int, classes: WordClasses) -> Clause:
    """Tell a relative or complement clause from a demonstrative."""
    if index == 0 or index + 1 >= len(words):
        return ""
    before, after = words[index - 1].text, words[index + 1].text
    opening = all(classes.listed(word.text, "leads") for word in words[:index])
    asked = classes.imperative(before) or (
        classes.noun_or_imperative(before) and all(classes.listed(word.text, "leads") for word in words[: index - 1])
    )
    if opening or asked or verbal(before, classes) or before == ",":
        adverb = classes.listed(after, "adverbs") and not classes.listed(after, "leads", "pronouns", "determiners")
        pointing = adverb or classes.listed(after, "prepositions", "negations") or classes.finite(after)
        return "" if pointing else "other"
    return "relative" if classes.content(before) or classes.listed(before, "subordinators") else "other"
