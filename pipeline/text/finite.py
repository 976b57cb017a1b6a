"""Where the finite verb of a clause stands, among forms that look like infinitives, nouns or adjectives.

What belongs here: telling by its neighbours whether a word is the finite verb. What does not: what a word can be by
itself (`wordclasses`), what the verb does for its clause (`heads`).
"""

from collections.abc import Sequence

from pipeline.text.wordclasses import WordClasses

PHRASE_WORDS = 4  # words of a phrase that opens a clause, before its verb
SUBJECT_WORDS = 8  # words that may stand before a plural verb


def find_finite(main: Sequence[str], start: int, classes: WordClasses, *, fronted: bool = False) -> int | None:
    """Return the index of the finite verb of a part, or None.

    Args:
        main: The words of its main clause.
        start: Index of the first one that carries meaning.
        classes: The words of the language.
        fronted: A subordinate clause goes before, so that the verb comes first: "als het kan, slapen gezinnen".
    """
    if fronted and classes.verb_plural(main[start]) and _names_after(main, start, classes):
        return start
    for position in range(start, len(main)):
        word = main[position]
        if position and main[position - 1] == classes.infinitive_mark:
            continue  # "te worden"
        if not _can_be_finite(main, start, position, classes):
            continue
        after = main[position + 1] if position + 1 < len(main) else ""
        plain = classes.listed(word, "finite_only_after_subject") and not _subject_before(main[start:position], classes)
        second = position == start + 1 or (
            position <= start + PHRASE_WORDS and classes.listed(main[start], "prepositions")
        )
        inverted = classes.listed(after, "first_person")  # "zelf heb ik geen klachten"
        if plain and not inverted and not (second and classes.noun_plural(after) and not classes.infinitive(after)):
            continue  # "sneller kunnen melden": an infinitive
        return position
    return None


def _names_after(main: Sequence[str], position: int, classes: WordClasses) -> bool:
    after = main[position + 1] if position + 1 < len(main) else ""
    return classes.listed(after, "pronouns", "determiners") or classes.content(after)


def _can_be_finite(main: Sequence[str], start: int, position: int, classes: WordClasses) -> bool:
    word, before = main[position], main[position - 1] if position else ""
    after = main[position + 1] if position + 1 < len(main) else ""
    if position == start and classes.listed(word, "possessive_verbs") and classes.content(after):
        return classes.plural(after) and position + 2 < len(main)  # "en zijn vrienden"
    article = classes.listed(before, "articles") and not classes.listed(before, "pronouns")
    inflected = classes.inflected(before) and not classes.listed(before, "plural_subjects")
    definite = article and not classes.listed(before, "indefinite_articles", "quantities")
    if definite or ((article or inflected) and not classes.listed(word, "finite")):
        return False  # "de sociale kaart", "de staat": a noun
    if position > start + 1 and classes.listed(before, "prepositions") and classes.strong_past(word):
        return False  # "met een kind op schoot"
    swapped = position == start and subject_follows(main, start, classes)
    return (
        classes.finite(word)
        or swapped
        or _plural_verb(main, start, position, classes)
        or _beside_pronoun(main, start, position, classes)
        or _fronted_verb(main, start, position, classes)
        or _past_verb(main, start, position, classes)
        or _stem_in_t(main, position, classes)
    )


def _stem_in_t(main: Sequence[str], position: int, classes: WordClasses) -> bool:
    """Return whether a form that may be a participle too is a verb between a noun and an article: "gas verhit de"."""
    word, after = main[position], main[position + 1] if position + 1 < len(main) else ""
    verb = any(word + word[-1] + ending in classes.verbs for ending in classes.infinitive_endings)
    if not position or not classes.content(main[position - 1]) or not word.endswith(classes.finite_endings):
        return False
    # No two nouns stand side by side: "de voorzitter vat samen", "de bouw start in mei".
    simple = position == 2 and classes.listed(main[0], "determiners") and bool(after) and word not in classes.adjectives
    return (classes.listed(after, "articles") and verb) or (simple and classes.stem(word))


def subject_follows(main: Sequence[str], start: int, classes: WordClasses) -> bool:
    """Return whether the opening verb has its subject after it: "heeft elke gemeente", "hierdoor mijden cliënten"."""
    word, after = main[start], main[start + 1] if start + 1 < len(main) else ""
    named = classes.listed(after, "pronouns", "determiners")
    added = start > 0 and classes.listed(main[start - 1], "connectors", "joiners")
    added = added and not classes.listed(main[start - 1], "inverting")  # "dus komt er een bus"
    never = added and classes.listed(main[start - 1], "joiners") and classes.finite(word)
    if never or (added and classes.listed(after, "expletives")):
        return False  # "maar verplaatst het", "en deed er niets mee": what opens so shares its subject
    if start > 0 and _beside_pronoun(main, start, start, classes):
        return True
    adverb = start > 0 and not added
    if classes.finite(word):
        return named or adverb
    described = start + 2 < len(main) and classes.inflected(after) and classes.noun_plural(main[start + 2])
    named = named or described  # "nu volgen pijnlijke keuzes"
    return adverb and classes.infinitive(word) and (named or classes.plural(after))


def _subject_before(words: Sequence[str], classes: WordClasses) -> bool:
    """Return whether the words before a plural form can be its subject; before a form that opens there are none."""
    return not words or any(
        classes.listed(word, "pronouns", "determiners", "connectors") or classes.plural(word) for word in words
    )


def _plural_verb(main: Sequence[str], start: int, position: int, classes: WordClasses) -> bool:
    """Return whether a word with the form of an infinitive is the verb of a plural subject: "gemeenten registreren"."""
    word = main[position]
    if position == start or not classes.verb_plural(word) or position > start + SUBJECT_WORDS:
        return False
    before, after = main[position - 1], main[position + 1] if position + 1 < len(main) else ""
    if not classes.infinitive(word) and not classes.content(before):
        return False  # "het leven", "veel vertrouwen"
    if before == classes.infinitive_mark or classes.listed(before, "determiners") or classes.degree(main[start]):
        return False
    if classes.listed(before, "plural_verb_pronouns"):
        return True
    named = next((other for other in main[start:position] if classes.content(other)), "")
    subject = classes.plural(before) and not classes.infinitive(before)
    # "professionals in de zorg herkennen signalen": the first noun is the subject, whatever comes between.
    subject = subject or (classes.plural(named) and not classes.listed(main[start], "prepositions"))
    return subject and bool(after) and _verb_of_clause(main, start, position, classes)


def _verb_of_clause(main: Sequence[str], start: int, position: int, classes: WordClasses) -> bool:
    """Return whether what follows a plural noun and a verb shows a clause rather than a wish."""
    if position == len(main) - 2:
        return True  # "gemeenten voeren uit"
    if classes.listed(main[position], "objectless"):
        return True  # "vluchtelingen staan aan de kant"
    after = main[position + 1]
    # "cliënten betrekken bij beleid" is a wish, "de cliënten wonen bij elkaar" a clause.
    particle = classes.listed(main[position + 2], "prepositions")  # "groeien op in armoede"
    return particle or classes.listed(main[start], "determiners") or not classes.listed(after, "prepositions")


def _beside_pronoun(main: Sequence[str], start: int, position: int, classes: WordClasses) -> bool:
    """Return whether a pronoun makes a verb of the word beside it: "ik werk", "komen we er niet", "er gelden"."""
    word, before = main[position], main[position - 1] if position else ""
    after = main[position + 1] if position + 1 < len(main) else ""
    inverted = after if position else ""
    if classes.listed(before, "first_person") or classes.listed(inverted, "first_person", "second_person"):
        apart = classes.stem_of_separated(word) & {*main[position + 1 :]}  # "dat los je niet op"
        return classes.stem(word) or classes.past(word) or bool(apart)
    if classes.past(word) and not word.endswith(classes.infinitive_endings):
        named = classes.listed(inverted, "pronouns", "determiners") and not classes.listed(inverted, "expletives")
        adverb = position == start > 0 and not classes.listed(before, "connectors", "joiners")
        named = named or (adverb and classes.listed(after, "expletives"))  # "toch gebeurde er niets"
        return named or classes.listed(before, "pronouns")
    named = classes.listed(inverted, "expletives")  # "elk jaar verdrinken er twee"
    plural = (
        named
        or classes.listed(after, "plural_verb_pronouns")
        or classes.listed(before, "expletives", "plural_subjects")
    )
    spoken = classes.weak_past(word) and classes.listed(
        after, "plural_verb_pronouns"
    )  # "in mei stuurden wij een brief"
    timed = position == start + 2 and classes.listed(before, "times") and classes.noun_plural(after)
    return spoken or ((plural or timed) and classes.verb_plural(word))  # "ieder jaar verdwijnen jongeren"


def _fronted_verb(main: Sequence[str], start: int, position: int, classes: WordClasses) -> bool:
    """Return whether a plural verb stands between what opens the clause and its subject: "in veel wijken gelden de"."""
    adverb = position == start + 1 and _opens_as_adverb(main[start], classes)
    if not adverb and (position < start + 2 or not classes.listed(main[start], "prepositions")):
        return False
    before, after = main[position - 1], main[position + 1] if position + 1 < len(main) else ""
    subject = classes.listed(after, "determiners", "pronouns", "object_pronouns") or classes.counts(after)
    subject = subject or (
        classes.plural(after) and not (classes.inflected(after) or (adverb and classes.finite(after)))
    )
    word = main[position]
    plural = classes.verb_plural(word) or (classes.weak_past(word) and word.endswith(classes.infinitive_endings))
    return subject and (adverb or classes.content(before)) and plural


def _opens_as_adverb(word: str, classes: WordClasses) -> bool:
    """Return whether a clause may open with a word as its adverb, its subject behind the verb: "elders betalen zij"."""
    other = classes.listed(
        word, "pronouns", "determiners", "object_pronouns", "prepositions", "subordinators", "negations"
    )
    return classes.listed(word, "adverbs") and not other and not classes.degree(word)


def _past_verb(main: Sequence[str], start: int, position: int, classes: WordClasses) -> bool:
    """Return whether a past form, which may be an adjective or a noun too, is a verb here: "de prijs steeg"."""
    word, before = main[position], main[position - 1] if position > start else ""
    after = main[position + 1] if position + 1 < len(main) else ""
    if not classes.past(word):
        return False
    follows = not classes.content(after) and not classes.inflected(after)
    if word.endswith(classes.infinitive_endings):
        # "en hoorden pas achteraf", "en kregen geen toestemming"
        shared = position == start and (classes.listed(after, "determiners") or (classes.weak_past(word) and follows))
        return shared or classes.plural(before) or classes.listed(before, "plural_verb_pronouns")
    if position == start:  # shares the subject of the clause before: "en trof bij de helft"
        counted = classes.counts(after)  # "en verdiende drie euro"
        named = counted or (classes.strong_past(word) and classes.listed(after, "determiners"))
        return named or classes.listed(after, "prepositions")
    # No participle stands between a noun and another one: "de wethouder beloofde verbetering".
    simple = position == start + 2 and classes.listed(main[start], "determiners")
    if classes.listed(before, "adverbs"):
        return follows and classes.strong_past(word)  # "jaren geleden lag hier een weiland"
    return classes.content(before) and (follows or simple or classes.strong_past(word))
