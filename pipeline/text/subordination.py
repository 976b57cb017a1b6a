"""Which words of a sentence stand in its main clause.

What belongs here: the words of a sentence, where a subordinate clause opens and where it ends (U4). What does not: what
carries the main clause (`heads`).
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from pipeline.text.sentences import brackets, quotations, within
from pipeline.text.wordclasses import WordClasses

ROLE_WORDS = 9  # words from "als" on in which somebody tells as what he speaks
Clause = Literal["", "relative", "purpose", "other"]

_WORD = re.compile(r"['’]?([^\W_]+(?:[-./'’:][^\W_]+)*[-]?)|[,;:]")  # the mark of "'s nachts" is part of its word


class Word(NamedTuple):
    """A word or a mark of a sentence: its lower-case text, its first character, the one past its last, a capital."""

    text: str
    start: int
    end: int
    capital: bool = False


def words_of(sentence: str) -> tuple[Word, ...]:
    """Return the words and marks outside brackets and quotation marks."""
    outside = [around for around in (brackets(sentence), quotations(sentence)) if around]
    return tuple(
        Word(text.lower(), match.start(), match.end(), text[0].isupper())
        for match in _WORD.finditer(sentence)
        if not any(within(around, match.start()) for around in outside)
        for text in (match[1] or match[0],)
    )


def main_words(words: Sequence[Word], classes: WordClasses) -> tuple[list[str], Clause]:
    """Return the words outside subordinate clauses, and the kind of clause in which the part ends, if any."""
    main: list[str] = []
    inside: Clause = ""
    verb = finite = listed = compared = False
    opened = 0
    for index, word in enumerate(words):
        opens = _opens_clause(words, index, classes)
        if inside and not opens:
            listed = listed or word.text == ","
            before = words[index - 1].text
            # "als er niets te melden is": its own verb comes last
            last = not finite and index > 1 and words[index - 2].text == classes.infinitive_mark
            ended = verb and (
                (word.text == "," and not _clause_goes_on(words, index + 1, classes))
                or (
                    not last
                    and _verb_meets_verb(before, word.text, classes, first=index == opened + 2)
                    and not _nominal(words, index - 1, classes)
                )
                or (inside == "relative" and not listed and _verb_of_antecedent(main, words, index, classes))
                or (inside == "relative" and not listed and _infinitive_later(main, words, index, classes))
            )
            if not ended:
                verb = verb or verbal(word.text, classes)
                finite = finite or classes.finite(word.text)
                if inside == "purpose" and _purpose_met(words, index, classes):
                    inside = ""
                continue
            inside = ""
        if opens:
            inside, opened, verb, finite, listed = opens, index, False, False, False
            compared = classes.listed(word.text, "comparisons")
        elif word.text not in ",;:" and not classes.listed(word.text, "interjections"):
            main.append(word.text)
    return main, "" if compared and not verb else inside


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


def _verb_meets_verb(before: str, word: str, classes: WordClasses, *, first: bool) -> bool:
    """Return whether a clause ended with its verb and the main clause goes on with its own: "doen | krijgen"."""
    if not (verbal(before, classes) and classes.finite(word)):
        return False
    if classes.listed(before, "modals") and classes.infinitive(word):
        return False  # "gedeeld mogen worden"
    if first and classes.infinitive(before) and not classes.verb_plural(word):
        return False  # "niemand die stemmen hoort": a noun
    return classes.listed(word, "finite") or classes.listed(before, "finite") or not classes.plural(before)


def _nominal(words: Sequence[Word], index: int, classes: WordClasses) -> bool:
    """Return whether an infinitive is a noun here: "die men naar believen schrapt", "dat er voldoende bedden zijn"."""
    before, word = words[index - 1].text if index else "", words[index].text
    governed = classes.listed(before, "prepositions") and before != classes.infinitive_mark
    counted = classes.plural(word) and (classes.degree(before) or classes.inflected(before))
    return (governed or counted) and classes.infinitive(word)


def _verb_of_antecedent(main: Sequence[str], words: Sequence[Word], index: int, classes: WordClasses) -> bool:
    """Return whether the main clause goes on with its first verb: "slachtoffers die terugkeren naar huis | lopen"."""
    before, word = words[index - 1].text, words[index].text
    if any(other.text == "," for other in words[index + 1 : index + 2]):
        return False  # "kinderen die over liefde leren praten,": it closes the clause
    if not main or any(verbal(other, classes) for other in main):
        return False
    if _plural_verbs_meet(main[-1], words, index, classes):
        return True
    if not classes.content(before):
        return False
    return classes.finite(word) or (classes.noun_plural(main[-1]) and classes.infinitive(word))


def _infinitive_later(main: Sequence[str], words: Sequence[Word], index: int, classes: WordClasses) -> bool:
    """Return whether a modal verb before a clause has its infinitive behind it: "moeten X die vallen | helpen"."""
    before, word = words[index - 1].text, words[index].text
    if verbal(word, classes) or not verbal(before, classes) or classes.listed(before, "modals"):
        return False
    modal = next((at for at, other in enumerate(main) if classes.listed(other, "modals")), len(main))
    if modal == len(main) or any(
        classes.infinitive(other) and not classes.content(other) for other in main[modal + 1 :]
    ):
        return False
    rest = _up_to_mark([other.text for other in words[index:]], classes)
    return len(rest) > 1 and classes.infinitive(rest[-1]) and not any(map(classes.finite, rest[:-1]))


def _plural_verbs_meet(noun: str, words: Sequence[Word], index: int, classes: WordClasses) -> bool:
    """Return whether a clause about a plural ends in its verb and the next one goes on: "die zorg mijden | komen".

    Verbs that take an infinitive stand beside it in one clause: "die leren praten", "die werken willen".
    """
    before, word = words[index - 1].text, words[index].text
    both = classes.infinitive(before) and classes.infinitive(word)
    joined = classes.listed(before, "modals", "auxiliaries", "with_infinitive") or classes.listed(word, "modals")
    plural = classes.plural(noun) or classes.listed(noun, "plural_verb_pronouns", "plural_subjects")
    return both and not joined and plural and index + 1 < len(words) and words[index + 1].text not in ",;:"


def verbal(word: str, classes: WordClasses) -> bool:
    """Return whether a lower-case word can be a finite verb or an infinitive."""
    return classes.finite(word) or classes.infinitive(word)


def _opens_clause(words: Sequence[Word], index: int, classes: WordClasses) -> Clause:
    """Return the kind of subordinate clause that a word opens, if any."""
    word = words[index].text
    if word == classes.purpose_mark and not (index and words[index].capital):  # "het OM"
        rest = [other.text for other in words[index + 1 : index + 25]]
        requested = any(
            classes.listed(form, "requests")
            for other in words[:index]
            for form in (other.text, classes.lemma(other.text))
        )
        again = index == 1 and classes.listed(words[0].text, "connectors")  # "om X te doen | en om Y te doen"
        return "purpose" if classes.infinitive_mark in rest and not requested and not again else ""
    if classes.listed(word, "pointing_relatives"):
        return _relative(words, index, classes)
    if _embedded(words, index, classes):
        return "other"
    if classes.listed(word, "subordinators"):
        opens_none = (_asked_outright, _alternative, _asks_instead, _in_a_role)
        if any(question(words, index, classes) for question in opens_none):
            return ""
        # "zorg dat wie ontslagen wordt": a clause inside a clause, of no antecedent
        nested = classes.listed(word, "free_relatives") and classes.listed(words[index - 1].text, "complementizers")
        return "relative" if classes.listed(word, "relatives") and index and not nested else "other"
    return ""


def _asked_outright(words: Sequence[Word], index: int, classes: WordClasses) -> bool:
    """Return whether a question word opens a main clause: "maar waar moet het kind heen"."""
    after = [other.text for other in words[index + 1 : index + 3]]
    if len(after) < 2:
        return False
    if not classes.listed(words[index].text, "question_adverbs"):
        # "dus wat doen we dan", but "wat wij doen" and "wat opvalt is"
        known = classes.listed(words[index].text, "free_relatives") and index
        inverted = verbal(after[0], classes) and classes.listed(after[1], "subject_pronouns", "expletives")
        return bool(known) and inverted and all(classes.listed(other.text, "leads") for other in words[:index])
    opens = all(classes.listed(other.text, "leads") for other in words[:index])
    return opens and verbal(after[0], classes) and not verbal(after[1], classes)


def _in_a_role(words: Sequence[Word], index: int, classes: WordClasses) -> bool:
    """Return whether "als" says as what somebody speaks, verb and subject behind it: "als bewoner betaal ik mee"."""
    if not classes.listed(words[index].text, "comparisons"):
        return False
    rest = _up_to_mark([word.text for word in words[index + 1 : index + ROLE_WORDS]], classes)
    if not rest or not (classes.content(rest[0]) or classes.inflected(rest[0])):
        return False  # "als ik betaal", "als de bewoner betaalt"
    subjects = ("first_person", "second_person", "subject_pronouns")
    return any(
        (classes.stem(verb) or verbal(verb, classes)) and classes.listed(subject, *subjects)
        for verb, subject in pairwise(rest[1:])
    )


def _asks_instead(words: Sequence[Word], index: int, classes: WordClasses) -> bool:
    """Return whether "of" opens a part that asks for another thing than the sentence before: "of verbied het"."""
    asked, object_ = [*(word.text for word in words[1:3]), "", ""][:2]
    other = index == 0 and classes.listed(words[0].text, "alternatives") and classes.imperative(asked)
    return other and not classes.listed(object_, "subject_pronouns", "second_person")  # "of zet je de radio harder"


def _alternative(words: Sequence[Word], index: int, classes: WordClasses) -> bool:
    """Return whether "of" joins two of a kind before the verb: "de imam of de pastor komt"."""
    if index < 2 or not classes.listed(words[index].text, "alternatives") or index + 1 == len(words):
        return False
    governed = any(verbal(other.text, classes) or classes.stem(other.text) for other in words[:index])
    after, opens = words[index + 1].text, words[index - 2].text
    alike = classes.content(after) or (classes.listed(after, "articles") and classes.listed(opens, "articles"))
    return alike and not governed


def _embedded(words: Sequence[Word], index: int, classes: WordClasses) -> bool:
    """Return whether a word opens a clause, as it does not always: "welke hulp er is", "daar zij weten"."""
    word = words[index].text
    if not classes.listed(word, "causal_adverbs", "embedded_questions"):
        return False
    after = [other.text for other in words[index + 1 : index + 3]]
    if classes.listed(word, "causal_adverbs"):
        if index and verbal(words[index - 1].text, classes):
            return False  # "krijgen nu de rekening"
        added = after[1:] if index and classes.listed(after[0] if after else "", "additions") else after
        return any(classes.listed(other, "pronouns", "determiners") for other in added[:1])
    return len(after) == 2 and not classes.finite(after[1])


def _verb_second(words: Sequence[Word], classes: WordClasses) -> bool:
    """Return whether the verb follows a demonstrative or its noun: "dat kost meer", "die extra plekken zijn nodig".

    In "die zaterdag in de zaal werden bekroond" it does not.
    """
    texts = [word.text for word in words]
    verb = next((index for index, text in enumerate(texts) if verbal(text, classes) or classes.past(text)), len(texts))
    phrase = texts[:verb]
    if not phrase or verb == len(texts):
        return True
    described = all(classes.inflected(word) or classes.degree(word) for word in phrase[:-1])
    return described and classes.content(phrase[-1])


def _second(words: Sequence[Word], classes: WordClasses) -> bool:
    """Return whether the last of these words is the verb of a main clause: it opens the part or follows a pronoun."""
    texts = [word.text for word in words if not classes.listed(word.text, "leads")]
    if not texts or not (verbal(texts[-1], classes) or classes.past(texts[-1])) or classes.plural(texts[-1]):
        return False
    return len(texts) == 1 or (len(texts) == 2 and classes.listed(texts[0], "pronouns"))


def _points(words: Sequence[Word], index: int, classes: WordClasses) -> bool:
    """Return whether a demonstrative after a word that might govern a clause opens none, as no verb follows.

    After the verb of the main clause and after a preposition only "dat" can open one: "kunnen die verzilveren", "hij
    dreigde die te delen", "op die kamerhuur", "geven die module vorm"; it may not either: "iedereen vindt dat normaal".
    """
    before, after = words[index - 1].text, [word.text for word in words[index + 1 :]]
    governing = verbal(before, classes)
    if governing and not any(classes.verb_form(word) or classes.past(word) for word in after):
        return True
    if classes.listed(words[index].text, "complementizers"):
        return False
    near = _up_to_mark(after, classes)
    phrase = governing and not any(classes.verb_form(word) or classes.past(word) for word in near)
    return phrase or classes.listed(before, "prepositions") or _second(words[:index], classes)


def _governed(words: Sequence[Word], index: int, classes: WordClasses) -> bool:
    """Return whether "dat" after a verb opens a clause that ends in its verb: "bewaakt dat men in beroep gaat"."""
    if not classes.listed(words[index].text, "complementizers") or not verbal(words[index - 1].text, classes):
        return False
    rest = _up_to_mark([word.text for word in words[index + 2 :]], classes)
    verb = next((place for place, word in enumerate(rest) if place and classes.finite(word)), None)
    return verb is not None and all(classes.verb_form(word) for word in rest[verb:])


def _up_to_mark(words: Sequence[str], classes: WordClasses) -> Sequence[str]:
    """Return the words before the next mark, connecting word or clause."""
    for place, word in enumerate(words):
        if word in ",;:" or word == classes.purpose_mark or classes.listed(word, "connectors", "subordinators"):
            return words[:place]
    return words


def _asks_before(words: Sequence[Word], index: int, classes: WordClasses) -> bool:
    """Return whether an imperative stands right before a demonstrative: "gebruik dat"."""
    opens = all(classes.listed(word.text, "leads") for word in words[: index - 1])
    before = words[index - 1].text
    return classes.imperative(before) or (classes.noun_or_imperative(before) and opens)


def _after_plural(words: Sequence[Word], index: int, classes: WordClasses) -> list[str]:
    """Return the words after a demonstrative and the plural that may be its noun: "bouw die groepen af"."""
    rest = [word.text for word in words[index + 1 :]]
    return rest[1:] if rest and classes.plural(rest[0]) else rest


def _relative(words: Sequence[Word], index: int, classes: WordClasses) -> Clause:
    """Tell a relative or complement clause from a demonstrative."""
    if index + 1 >= len(words):
        return ""
    before, after = words[index - 1].text if index else "", words[index + 1].text
    opening = all(classes.listed(word.text, "leads") for word in words[:index])
    asked = bool(before) and _asks_before(words, index, classes)
    # "gebruik dat recht", "gebruik dat contact om te vragen"
    rest = _up_to_mark(_after_plural(words, index, classes), classes)
    if before and ((asked and not any(verbal(word, classes) for word in rest)) or _points(words, index, classes)):
        return ""
    joining = ("joiners",) if classes.listed(words[index].text, "complementizers") else ("connectors", "joiners")
    if not before or (opening and classes.listed(before, *joining)):
        return "" if _verb_second(words[index + 1 :], classes) else "other"  # "maar die cijfers zijn voorlopig"
    if index > 1 and words[index - 2].text == classes.infinitive_mark and classes.finite(after):
        return "relative"  # "er hoort een mens te zitten die luistert"
    governing = verbal(before, classes) and not _nominal(words, index - 1, classes)  # "voor bedrijven die"
    if opening or asked or governing or before == ",":
        adverb = classes.listed(after, "adverbs") and not classes.listed(after, "leads", "pronouns", "determiners")
        # "dat telkens eindigt": a main clause has its verb before the adverb
        adverb = adverb and not any(classes.finite(word.text) for word in words[index + 2 : index + 3])
        pointing = adverb or classes.listed(after, "prepositions", "negations") or classes.finite(after)
        return "" if pointing and not _governed(words, index, classes) else "other"
    antecedent = classes.content(before) or classes.listed(before, "subordinators", "plural_verb_pronouns")
    return "relative" if antecedent else "other"
