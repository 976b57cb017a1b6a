"""What a part of a sentence says with what carries it: its head.

What belongs here: what cutting needs to know of a head. What does not: finding the word that carries a part
(`carriers`), judging two parts beside each other (`clauses`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.text.carriers import Found, Kind, Part, carrier_of, part_of
from pipeline.text.imperatives import Beside
from pipeline.text.subordination import Clause, Word, verbal
from pipeline.text.wordclasses import WordClasses

CONTRAST_WORDS = 3  # words besides the degree word in a part of a contrast pair


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
        late: A subject stands between the first part of the clause and its verb, as only in a subordinate clause.
        waiting: The finite verb wants an infinitive or participle that this part does not hold.
        clustered: The finite verb stands last or has nothing but verbs after it, as in a subordinate clause.
        complement: Something follows the finite verb, so it does not wait for an object that comes later.
        denied: The part holds a negation.
        lacking: The part holds a word for less.
        opening: Its first word and its verb, when the head is a verb.
        first_person: The subject is "I", whose verbs look like imperatives.
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
    late: bool = False
    waiting: bool = False
    clustered: bool = False
    complement: bool = False
    denied: bool = False
    lacking: bool = False
    opening: tuple[str, str] | None = None
    first_person: bool = False
    names: frozenset[str] = frozenset()


NO_HEAD = Head("none")


def head_of(words: Sequence[Word], classes: WordClasses, beside: Beside = "") -> Head:
    """Return the head of a part of a sentence.

    Args:
        words: The words of the part.
        classes: The words of the language.
        beside: Whether an imperative goes before, and what parts it from this one; a noun that is also the stem of a
            verb is then the likelier to be an imperative too.
    """
    part = part_of(words, classes)
    if part.start == len(part.main):
        return Head("none", subordinate=part.subordinate)
    return _described(part, carrier_of(part, beside, classes), classes)


def _described(part: Part, found: Found, classes: WordClasses) -> Head:
    """Return the head of a part, given what carries it."""
    main, start, finite = part.main, part.start, found.kind == "finite"
    return Head(
        kind=found.kind,
        start=start,
        subject=found.subject or (finite and part.fronted),
        fronted=part.fronted or classes.listed(main[start], "prepositions"),
        verb_first=found.verb_first,
        verbed=found.modal and _verbed(main[found.position + 2 :], classes),
        closed=found.closed and not part.subordinate,
        modal=found.modal,
        either=_either(main, start, found, classes),
        own=part.held or _own(main, found, classes),
        degree=classes.degree(main[start]),
        sign=classes.sign(main[start]),
        bare=found.kind == "degree" and not part.held and _bare(main, classes),
        subordinate=part.subordinate,
        marked=found.marked,
        plural=finite and classes.verb_plural(main[found.position]),
        late=finite and _late(main[start : found.position], classes),
        waiting=finite and _waiting(main[found.position :], classes),
        clustered=found.clustered,
        complement=part.held or _complement(main[found.position + 1 :], classes),
        denied=any(classes.listed(word, "negations") for word in main),
        lacking=any(classes.sign(word) < 0 for word in main),
        opening=(main[start], main[found.position]) if found.kind in ("finite", "imperative") else None,
        first_person=finite and any(classes.listed(word, "first_person") for word in main),
        names=_names(main, found.position, classes),
    )


def _names(main: Sequence[str], head: int, classes: WordClasses) -> frozenset[str]:
    """Return the lemmas of the naming words besides the head."""
    return frozenset(
        classes.lemma(word)
        for at, word in enumerate(main)
        if at != head and (classes.content(word) or _made_noun(main, at, classes))
    )


def _made_noun(main: Sequence[str], position: int, classes: WordClasses) -> bool:
    """Return whether an article makes a noun of an infinitive: "het bouwen"."""
    return position > 0 and classes.listed(main[position - 1], "articles") and classes.infinitive(main[position])


def _complement(rest: Sequence[str], classes: WordClasses) -> bool:
    """Return whether a verb's own words follow it, not only the verbs beside it: "koken, begeleiden en"."""
    if rest and classes.listed(rest[0], "joiners"):
        rest = [word for word in rest[1:] if word not in classes.prefixes]  # "reken maar na" asks for nothing
    return any(classes.plural(word) or not verbal(word, classes) for word in rest)


def _late(before: Sequence[str], classes: WordClasses) -> bool:
    """Return whether a subject stands between the first word of a clause and its verb: "en pakhuizen zij betrekken"."""
    return any(classes.listed(word, "subject_pronouns") for word in before[1:])


def _waiting(words: Sequence[str], classes: WordClasses) -> bool:
    """Return whether a verb waits for its infinitive or participle: "zouden verlof van dochters", "wordt dag"."""
    if classes.listed(words[0], "auxiliaries"):
        return not any(classes.verb_form(word) or classes.past(word) for word in words[1:])
    modal = classes.listed(words[0], "modals") and not classes.listed(words[0], "standing_alone")
    if len(words) == 2 and words[1] in classes.comparatives:
        return False  # "de toegang moet eenvoudiger"
    if not modal or _direction(words[1:], classes):
        return False
    # In "met een bescheiden budget" the word before the noun is no infinitive, whatever it may be elsewhere.
    return not any(
        classes.infinitive(word) and not classes.content(after) for word, after in pairwise([*words[1:], ""])
    )


def _verbed(rest: Sequence[str], classes: WordClasses) -> bool:
    """Return whether a modal verb has its infinitive, or does without as in "moet vaker de wijk in"."""
    return _direction(rest, classes) or any(classes.infinitive(word) for word in rest)


def _direction(rest: Sequence[str], classes: WordClasses) -> bool:
    return len(rest) > 2 and classes.listed(rest[-1], "prepositions")


def _either(main: Sequence[str], start: int, found: Found, classes: WordClasses) -> bool:
    """Return whether a bare plural and a verb may be a clause as well as a wish: "aanbieders werken langs elkaar"."""
    if found.kind not in ("finite", "infinitive") or found.marked or found.position <= start:
        return False
    if found.position > start + 1 and not classes.listed(main[start + 1], "prepositions"):
        return False
    noun, verb = main[start], main[found.position]
    bare = classes.plural(noun) and not classes.listed(noun, "function")
    return bare and classes.infinitive(verb) and not classes.listed(verb, "finite")


def _own(main: Sequence[str], found: Found, classes: WordClasses) -> bool:
    """Return whether the part names something besides its head."""
    if found.kind == "degree":
        return any(not classes.listed(word, "function") for word in main[found.position + 1 :])
    asked = found.kind == "imperative"
    person = asked and any(classes.listed(word, "object_pronouns") for word in main)
    after = main[found.position + 1 : found.position + 2]
    # "maak wonen betaalbaar"
    named = asked and len(main) > found.position + 2 and any(map(classes.infinitive, after))
    named = named and not classes.listed(main[found.position], "imperatives_with_infinitive")
    # "mag niets kosten": the last word is the verb, whatever noun it may be
    words = main[:-1] if found.modal and found.kind == "finite" and classes.infinitive(main[-1]) else main
    return (
        person
        or named
        or any(
            classes.content(word) or (position > 0 and _nominal(main, position, classes))
            for position, word in enumerate(words)
            if position != found.position
        )
    )


def _nominal(main: Sequence[str], position: int, classes: WordClasses) -> bool:
    """Return whether an infinitive or adjective names something: "stop met aanbesteden", "uit de politiek"."""
    before, word = main[position - 1], main[position]
    if classes.listed(before, "articles"):
        return not classes.listed(word, "prepositions")  # "draai het om"
    if before == classes.infinitive_mark or not classes.listed(before, "nominalizers"):
        return False
    after = main[position + 1] if position + 1 < len(main) else ""
    ends = not after or classes.listed(after, "prepositions", "connectors")
    return classes.infinitive(word) or (ends and word in classes.adjectives and classes.listed(before, "determiners"))


def _bare(main: Sequence[str], classes: WordClasses) -> bool:
    return len(main) <= 1 + CONTRAST_WORDS and not any(classes.listed(word, "prepositions") for word in main)
