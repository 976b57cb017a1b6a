"""What carries a part of a sentence: its words, its main clause, its head.

What belongs here: parsing one part as far as cutting needs it. What does not: judging two parts beside each other
(`clauses`), which words stand in the main clause (`subordination`), the finite verb among them (`finite`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from pipeline.text.finite import find_finite, subject_follows
from pipeline.text.imperatives import Beside, addressed, asks_too, asks_what, governs_clause, is_imperative
from pipeline.text.subordination import Clause, Word, main_words, verbal
from pipeline.text.wordclasses import WordClasses

Kind = Literal["none", "imperative", "finite", "degree", "infinitive"]

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
    part = _part_of(words, classes)
    if part.start == len(part.main):
        return Head("none", subordinate=part.subordinate)
    return _described(part, _carrier(part, beside, classes), classes)


@dataclass(frozen=True, slots=True)
class _Part:
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


def _part_of(words: Sequence[Word], classes: WordClasses) -> _Part:
    main, subordinate = main_words(words, classes)
    start = next((i for i, word in enumerate(main) if not classes.listed(word, "leads")), len(main))
    start += addressed(words, main, start, classes)
    # A clause that a comma closes is over, but the head has it all the same: "zorg dat er iemand is,".
    held = len(main) < sum(word.text not in ",;:" for word in words)
    fronted = start < len(main) and _clause_opens(words, main[start], classes)
    return _Part(words, main, start, subordinate, held, fronted)


def _carrier(part: _Part, beside: Beside, classes: WordClasses) -> "_Found":
    """Return what carries a part: a word of its main clause, by itself or by the words around that clause."""
    words, main, start = part.words, part.main, part.start
    if part.held and start == len(main) - 1 and governs_clause(words, main[start], classes):
        return _Found("imperative", start, verb_first=True)
    found = _find_head(part, classes)
    if found.kind != "none":
        return found
    if _judges(part, classes):
        return _Found("finite", start, subject=True)
    if (beside and asks_too(main, start, beside, classes)) or asks_what(words, main, start, classes):
        return _Found("imperative", start, verb_first=True)
    return found


def _described(part: _Part, found: "_Found", classes: WordClasses) -> Head:
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
        bare=found.kind == "degree" and not part.subordinate and _bare(main, classes),
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
    return frozenset(classes.lemma(word) for at, word in enumerate(main) if at != head and classes.content(word))


def _clause_opens(words: Sequence[Word], first: str, classes: WordClasses) -> bool:
    """Return whether a clause goes before the main clause's first word: "wat opvalt is", "als het kan, wordt"."""
    before = [word.text for word in words]
    before = before[: before.index(first)]
    opening = [word for word in before if not classes.listed(word, "leads")][:1]
    governed = any(classes.listed(word, "free_relatives", "subordinators", "complementizers") for word in opening)
    return len(before) > 2 and (before[-1] == "," or (governed and first != words[-1].text))


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


def _find_head(part: _Part, classes: WordClasses) -> _Found:
    """Return the head among the words of the main clause; the order of the questions is that of their certainty."""
    main, start, subordinate = part.main, part.start, part.subordinate
    if is_imperative(main, start, classes):
        return _Found("imperative", start, verb_first=True)
    finite = _finite(main, start, part.fronted, classes, clause=subordinate == "other")
    if finite is not None and (subordinate or not _subjectless(main, start, finite, classes)):
        return finite
    infinitive = _infinitive(main, start, classes)
    if infinitive is not None:
        return infinitive
    degree = _degree(main, start, classes)
    return _Found("none") if degree is None else _Found("degree", degree)


def _subjectless(main: Sequence[str], start: int, finite: _Found, classes: WordClasses) -> bool:
    """Return whether a verb that should have its subject behind it ends the part: "in drie jaar tijd is verzesvoudigd".

    So after a preposition, and after an adverb with more words. A passive needs no subject: "in de stad wordt gedeald".
    """
    before = main[start : finite.position]
    if not before or not finite.clustered or classes.listed(main[finite.position], "auxiliaries"):
        return False
    adverb = classes.listed(before[0], "adverbs") and not classes.listed(before[0], "pronouns", "determiners")
    return classes.listed(before[0], "prepositions") or (adverb and len(before) > 1)


def _judges(part: _Part, classes: WordClasses) -> bool:
    """Return whether an adjective judges a clause, "it is" being left out: "fijn dat er aandacht is"."""
    texts, first = [word.text for word in part.words], part.main[part.start]
    after = texts[texts.index(first) + 1 :][:1]
    return first in classes.adjectives and any(classes.listed(word, "complementizers") for word in after)


def _finite(
    main: Sequence[str], start: int, fronted: bool, classes: WordClasses, *, clause: bool = False
) -> _Found | None:
    """Return the finite verb as head, if there is one, and whether its subject, maybe a clause, is in this part."""
    position = find_finite(main, start, classes, fronted=fronted)
    if position is None:
        return None
    return _Found(
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


def _either(main: Sequence[str], start: int, found: _Found, classes: WordClasses) -> bool:
    """Return whether a bare plural and a verb may be a clause as well as a wish: "aanbieders werken langs elkaar"."""
    if found.kind not in ("finite", "infinitive") or found.marked or found.position <= start:
        return False
    if found.position > start + 1 and not classes.listed(main[start + 1], "prepositions"):
        return False
    noun, verb = main[start], main[found.position]
    bare = classes.plural(noun) and not classes.listed(noun, "function")
    return bare and classes.infinitive(verb) and not classes.listed(verb, "finite")


def _infinitive(main: Sequence[str], start: int, classes: WordClasses) -> _Found | None:
    """Return the infinitive that heads the part, if there is one."""
    nominal = classes.plural(main[start]) and len(main) - start > 2
    # "afspraken maken", "stenen vliegen door ruiten"
    nominal = nominal and (
        classes.infinitive(main[start + 1]) or (classes.infinitive(main[-1]) and main[-2] != classes.infinitive_mark)
    )
    if classes.infinitive(main[start]) and not nominal:
        return _Found("infinitive", start, verb_first=True, closed=len(main) - start == 1)
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
        if classes.listed(before, "nominalizers") and not marked:
            continue
        if position == len(main) - 1 or classes.listed(main[position + 1], "prepositions"):
            return _Found("infinitive", position, closed=position == len(main) - 1, marked=marked)
    return None


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


def _own(main: Sequence[str], found: _Found, classes: WordClasses) -> bool:
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
