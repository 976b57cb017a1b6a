"""What carries a part of a sentence: which of its words.

What belongs here: the words of a part, the order of evidence for the one that carries it. What does not: what a head
says (`heads`), which words stand in the main clause (`subordination`), the finite verb among them (`finite`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from pipeline.text.finite import find_finite, subject_follows
from pipeline.text.imperatives import Beside, addressed, asks_for, asks_too, asks_what, governs_clause, is_imperative
from pipeline.text.subordination import Clause, Word, main_words
from pipeline.text.wordclasses import WordClasses

Kind = Literal["none", "imperative", "finite", "degree", "infinitive"]


@dataclass(frozen=True, slots=True)
class Part:
    """What of a part of a sentence is known before its head.

    Attributes:
        words: All its words.
        main: Those of its main clause.
        start: See `Head`; the length of `main` when nothing but connectors and adverbs stands there.
        subordinate: See `Head`.
        held: Words of `words` stand outside the main clause.
        fronted: A clause goes before the word at `start`.
    """

    words: Sequence[Word]
    main: Sequence[str]
    start: int
    subordinate: Clause
    held: bool
    fronted: bool


@dataclass(frozen=True, slots=True)
class Found:
    """The word that carries a part.

    Attributes:
        kind: What it is; `none` when there is none.
        position: Its place in the main clause; -1 when there is none.
        subject: A finite verb has its subject in this part.
        verb_first: It opens the part.
        closed: A verb ends the part.
        modal: A finite verb wants an infinitive.
        marked: It is a `te` infinitive, or a finite verb that governs one.
        clustered: See `Head`.
    """

    kind: Kind
    position: int = -1
    subject: bool = False
    verb_first: bool = False
    closed: bool = False
    modal: bool = False
    marked: bool = False
    clustered: bool = False


def part_of(words: Sequence[Word], classes: WordClasses) -> Part:
    """Return a part of a sentence, given its words."""
    main, subordinate = main_words(words, classes)
    start = next((i for i, word in enumerate(main) if not _leads(i, word, classes)), len(main))
    start += addressed(words, main, start, classes)
    # A clause that a comma closes is over, but the head has it all the same: "zorg dat er iemand is,".
    held = len(main) < sum(word.text not in ",;:" for word in words)
    fronted = start < len(main) and _clause_opens(words, main[start], classes)
    return Part(words, main, start, subordinate, held, fronted)


def _leads(place: int, word: str, classes: WordClasses) -> bool:
    """Return whether a word only leads to what follows it, as "of" does before what is asked instead."""
    return classes.listed(word, "leads") or (place == 0 and classes.listed(word, "alternatives"))


def _clause_opens(words: Sequence[Word], first: str, classes: WordClasses) -> bool:
    """Return whether a clause goes before the main clause's first word: "wat opvalt is", "als het kan, wordt"."""
    before = [word.text for word in words]
    before = before[: before.index(first)]
    opening = [word for word in before if not classes.listed(word, "leads")][:1]
    governed = any(classes.listed(word, "free_relatives", "subordinators", "complementizers") for word in opening)
    return len(before) > 2 and (before[-1] == "," or (governed and first != words[-1].text))


def carrier_of(part: Part, beside: Beside, classes: WordClasses) -> Found:
    """Return what carries a part: a word of its main clause, by itself or by the words around that clause."""
    words, main, start = part.words, part.main, part.start
    alone = start == len(main) - 1 or classes.listed(_after(words, main[start]), "complementizers")
    if part.held and alone and governs_clause(words, main[start], classes):
        return Found("imperative", start, verb_first=True)
    found = _find_head(part, classes)
    if found.kind != "none":
        return found
    if _judges(part, classes):
        return Found("finite", start, subject=True)
    asked = asks_what(words, main, start, classes) or asks_for(words, main, start, classes)
    if asked or (beside and asks_too(main, start, beside, classes)):
        return Found("imperative", start, verb_first=True)
    return found


def _find_head(part: Part, classes: WordClasses) -> Found:
    """Return the head among the words of the main clause; the order of the questions is that of their certainty."""
    main, start, subordinate = part.main, part.start, part.subordinate
    if is_imperative(main, start, classes):
        return Found("imperative", start, verb_first=True)
    finite = _finite(main, start, part.fronted, classes, clause=subordinate == "other")
    # "in het verslag staat dat het lukt": the clause is the subject
    states = finite is not None and classes.listed(_after(part.words, main[finite.position]), "complementizers")
    if finite is not None and (subordinate or states or not _subjectless(main, start, finite, classes)):
        return finite
    infinitive = _infinitive(main, start, classes)
    if infinitive is not None and _states(part, infinitive, classes):
        return Found("finite", infinitive.position, subject=True, closed=True)
    if infinitive is not None:
        return infinitive
    degree = _degree(main, start, classes)
    return Found("none") if degree is None else Found("degree", degree)


def _states(part: Part, infinitive: Found, classes: WordClasses) -> bool:
    """Return whether what looks like an infinitive says something of a plural: "de gemeenten melden dat het lukt"."""
    main, start, verb = part.main, part.start, infinitive.position
    if verb != len(main) - 1 or verb < start + 2 or infinitive.marked:
        return False
    governs = classes.listed(_after(part.words, main[verb]), "complementizers")
    return governs and classes.listed(main[start], "determiners") and classes.plural(main[verb - 1])


def _subjectless(main: Sequence[str], start: int, finite: Found, classes: WordClasses) -> bool:
    """Return whether a verb that should have its subject behind it ends the part: "in drie jaar tijd is verzesvoudigd".

    So after a preposition, and after an adverb with more words. A passive needs no subject: "in de stad wordt gedeald".
    """
    before = main[start : finite.position]
    if not before or not finite.clustered or classes.listed(main[finite.position], "auxiliaries"):
        return False
    if classes.verb_plural(main[finite.position]) and any(map(classes.noun_plural, main[finite.position + 1 :])):
        return False  # "op dit moment lopen kerken"
    adverb = classes.listed(before[0], "adverbs") and not classes.listed(before[0], "pronouns", "determiners")
    return classes.listed(before[0], "prepositions") or (adverb and len(before) > 1)


def _judges(part: Part, classes: WordClasses) -> bool:
    """Return whether an adjective judges a clause, "it is" being left out: "fijn dat er aandacht is"."""
    first = part.main[part.start]
    return first in classes.adjectives and classes.listed(_after(part.words, first), "complementizers")


def _after(words: Sequence[Word], word: str) -> str:
    """Return the text of what follows the first word that reads so, or nothing."""
    texts = [other.text for other in words]
    return next(iter(texts[texts.index(word) + 1 :]), "")


def _finite(
    main: Sequence[str], start: int, fronted: bool, classes: WordClasses, *, clause: bool = False
) -> Found | None:
    """Return the finite verb as head, if there is one, and whether its subject, maybe a clause, is in this part."""
    position = find_finite(main, start, classes, fronted=fronted)
    if position is None:
        return None
    return Found(
        "finite",
        position,
        subject=_has_subject(main, start, position, classes)
        or subject_follows(main, start, classes)
        or (clause and position == len(main) - 1),  # "nergens staat hoe lang het duurt"
        verb_first=position == start,
        closed=_verb_final(main, position, classes) or position == len(main) - 1,
        clustered=position > start and all(classes.verb_form(word) for word in main[position + 1 :][:3]),
        modal=classes.listed(main[position], "modals") or classes.purpose_mark in main or _requests(main, classes),
        marked=classes.infinitive_mark in main[position:]
        and (classes.purpose_mark in main or _requests(main, classes)),
    )


def _has_subject(main: Sequence[str], start: int, position: int, classes: WordClasses) -> bool:
    """Return whether the words before a verb may hold its subject: no adverb, no lone plural before a singular verb.

    When there are but adverbs, as in "meestal gebruikt voor recepties", it may come after: "alleen weet niemand het".

    "en burgers tegelijk vergt": the burghers are part of the subject that stands before "en".
    """
    words, verb = main[start:position], main[position]
    others = [
        word
        for word in words
        if classes.listed(word, "pronouns", "determiners") or not classes.listed(word, "adverbs", "leads")
    ]
    if words and not others:
        after = main[position + 1] if position + 1 < len(main) else ""
        return classes.listed(after, "pronouns", "determiners") or classes.content(after)
    if _disagrees(words, main[position:], classes):
        return False
    lone = len(others) == 1 and classes.noun_plural(others[0]) and classes.lemma(others[0]) != others[0]
    lone = lone and not classes.infinitive(others[0])  # "wachten maakt ziek"
    return bool(others) and not (lone and classes.finite(verb) and not classes.verb_plural(verb))


def _disagrees(before: Sequence[str], rest: Sequence[str], classes: WordClasses) -> bool:
    """Return whether a single thing stands before a plural verb: "een kok | en een psycholoog kunnen volstaan"."""
    verb, after = rest[0], rest[1] if len(rest) > 1 else ""
    single = bool(before) and classes.listed(before[0], "indefinite_articles") and not any(map(classes.plural, before))
    plural = verb in classes.verbs or (classes.strong_past(verb) and verb.endswith(classes.infinitive_endings))
    # "een week later komen de ...": the subject follows
    subject = classes.listed(after, "determiners", "pronouns") or classes.noun_plural(after)
    return single and plural and not subject


def _requests(main: Sequence[str], classes: WordClasses) -> bool:
    """Return whether a request governs an infinitive without its mark of purpose: "wij stellen voor X te doen"."""
    asked = any(classes.listed(word, "requests") for word in main)
    return asked and any(
        before == classes.infinitive_mark and classes.infinitive(word) for before, word in pairwise(main)
    )


def _verb_final(main: Sequence[str], finite: int, classes: WordClasses) -> bool:
    last = len(main) - 1
    return last > finite + 1 and classes.infinitive(main[last]) and not classes.listed(main[last], "function")


def _infinitive(main: Sequence[str], start: int, classes: WordClasses) -> Found | None:
    """Return the infinitive that heads the part, if there is one."""
    nominal = classes.plural(main[start]) and len(main) - start > 1
    # "afspraken maken", "stenen vliegen door ruiten"
    nominal = nominal and (
        classes.infinitive(main[start + 1]) or (classes.infinitive(main[-1]) and main[-2] != classes.infinitive_mark)
    )
    if classes.infinitive(main[start]) and not nominal:
        return Found("infinitive", start, verb_first=True, closed=len(main) - start == 1)
    for position in range(len(main) - 1, start, -1):
        word, before = main[position], main[position - 1]
        helps = classes.listed(word, "finite_only_after_subject")  # "toegang hebben tot"
        if not classes.infinitive(word) or (classes.listed(word, "function") and not helps):
            continue
        marked = before == classes.infinitive_mark or _under_mark(main, position, classes)
        if len(main) == start + 2 and classes.sign(main[start]):
            continue  # "minder verhoren": as good as a noun
        if not marked and _noun(main, position, classes):
            continue
        if classes.listed(before, "nominalizers") and not (marked or _stands_apart(main, start, position, classes)):
            continue
        if position == len(main) - 1 or classes.listed(main[position + 1], "prepositions"):
            return Found("infinitive", position, closed=position == len(main) - 1, marked=marked)
    return None


def _stands_apart(main: Sequence[str], start: int, position: int, classes: WordClasses) -> bool:
    """Return whether the preposition before an infinitive is of "er" or "daar": "er budget voor reserveren"."""
    opens = any(classes.listed(word, "expletives", "stranding") for word in main[: start + 1])
    return opens and position > start + 2 and classes.listed(main[position - 1], "prepositions")


def _under_mark(main: Sequence[str], position: int, classes: WordClasses) -> bool:
    """Return whether an infinitive stands under another one that has the mark: "te laten verrichten"."""
    return position > 1 and main[position - 2] == classes.infinitive_mark and classes.infinitive(main[position - 1])


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
