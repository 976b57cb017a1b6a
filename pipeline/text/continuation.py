"""Where a sentence goes on although a mark stands there: pairs, conditions, asides, lists (rules U3c and U4c).

What belongs here: what can be told from the words around a mark and the head before it. What does not: whether two
finished parts are statements of their own (`clauses`).
"""

from collections.abc import Sequence
from itertools import pairwise

from pipeline.text.heads import Head, head_of
from pipeline.text.joint import Joint
from pipeline.text.subordination import Word, verbal
from pipeline.text.wordclasses import WordClasses

THEN_WORDS = 4  # words of a clause among which one may say that it is of the past
PAIRED = 4  # words in which the first of a pair stands before its "en"


def unfinished(mark: str, left: Head, before: Sequence[Word], after: Sequence[Word], classes: WordClasses) -> bool:
    """Return whether no statement can end at a mark, whatever follows: the clause or phrase before is not finished.

    Args:
        mark: The comma, semicolon or connecting word.
        left: Head of what stands before.
        before: The words before, from the last cut on, the comma included.
        after: The words after, the connecting word included.
        classes: The words of the language.
    """
    texts, following = [word.text for word in before], [*(word.text for word in after), ""]
    if mark != ",":
        return _waits_for_more(mark, left, texts, following[1], classes)
    return _phrase_open(texts, following, classes) or _clause_first(left, texts, following, classes)


def goes_on(joint: Joint, classes: WordClasses) -> bool:
    """Return whether a part that seems to have a head goes on with what stands before it.

    Args:
        joint: The part and what stands before it; its words are all that follow in the sentence.
        classes: The words of the language.
    """
    mark, left, right, before, part = joint
    adds = _only_adds(mark, part, classes)
    if adds or classes.listed(mark, "connectors"):
        name = right.verb_first and right.kind != "finite" and part[min(1, len(part) - 1)].capital
        return adds or name or (_lists(before, classes) and _may_be_listed(right, part, classes))
    then_and_now = _then_and_now(left, before, part, classes)
    if mark != "," or then_and_now:
        return then_and_now
    if _no_imperative(joint, classes) or _concedes(part, classes):
        return True
    if left.kind in ("infinitive", "degree") and not left.either and _takes_up_phrase(part, classes):
        return True  # "één team vormen, dat is mijn advies"
    clause = (
        right.kind == "finite" and right.clustered and head_of(before[:-1], classes).subordinate
    )  # "waarin X betaalt, Y"
    if clause or (classes.listed(part[0].text, "prepositions") and _clause_of_preposition(right, part, classes)):
        return True
    shared = right.kind == "finite" or (right.kind == "infinitive" and left.kind == "finite")
    # "straks schrijven we X, kiezen we Y": what opens the sentence is shared
    inverted = any(classes.listed(word.text, "subject_pronouns") for word in part[1:2])
    series = not inverted and _in_series(before, part, classes)
    return shared and right.verb_first and not right.start and not series


def _only_adds(mark: str, part: Sequence[Word], classes: WordClasses) -> bool:
    """Return whether a part opens as one that adds to what was said: ", zonder toezicht", ", ook als", "en dan"."""
    joined = classes.listed(mark, "connectors")
    first, second = [*(word.text for word in part[joined : joined + 2]), "", ""][:2]
    if joined:
        return classes.listed(first, "consequences")
    if mark != ",":
        return False
    clause = classes.listed(first, "additions") and classes.listed(second, "subordinators")
    return clause or classes.listed(first, "continuing") or f"{first} {second}" in classes.lists["let_alone"]


def _waits_for_more(mark: str, left: Head, texts: Sequence[str], after: str, classes: WordClasses) -> bool:
    """Return whether a connecting word joins what cannot be parted: a pair, or a clause without its verb."""
    if classes.listed(mark, "connectors") and _pairs(texts[-PAIRED:], classes):
        return True
    joins = classes.listed(mark, "joiners")
    if joins and texts[-1] == ",":
        return False  # "niemand houdt dat bij, dus": what a comma closes waits for nothing
    if joins and (left.waiting or classes.listed(texts[-1], "before_only")):
        return True  # "kon ik hun maar iets bieden", "nog maar twee": an adverb
    if classes.listed(texts[-1], "copulas") and classes.listed(after, "copulas"):
        return True  # "is en blijft een zorg"
    opener = any(classes.listed(word, "complementizers") for word in texts[-3:-1])
    if opener and not any(verbal(word, classes) for word in texts[-2:]):
        return True  # "zorg dat broers en"
    return bool(left.subordinate) and _verbless(left, texts, classes)


def _pairs(texts: Sequence[str], classes: WordClasses) -> bool:
    """Return whether words hold the first of a pair alone: "tussen kliniek" before "en gemeente"."""
    opens = max((index for index, text in enumerate(texts) if classes.listed(text, "pairing")), default=len(texts))
    first = texts[opens + 1 :]
    joined = any(classes.listed(text, "connectors") for text in first)
    return bool(first) and not joined and not classes.plural(first[-1])


def _verbless(left: Head, texts: Sequence[str], classes: WordClasses) -> bool:
    """Return whether the clause that ends a part has no verb yet: "een wet waarmee de overheid paal en"."""
    words = 1 if left.subordinate == "relative" else 2
    openers = ("relatives", "subordinators")
    opens = max((index for index, text in enumerate(texts) if classes.listed(text, *openers)), default=len(texts))
    clause = texts[opens + 1 :]
    return len(clause) >= words and not any(classes.verb_form(word) or classes.past(word) for word in clause)


def _phrase_open(texts: Sequence[str], following: Sequence[str], classes: WordClasses) -> bool:
    """Return whether a comma stands inside a phrase, or before words that only close the sentence before it."""
    described = len(texts) > 2 and (classes.inflected(texts[-2]) or texts[-2] in classes.comparatives)
    goes = classes.inflected(following[0]) or following[0] in classes.comparatives
    if described and goes and classes.listed(texts[-3], "prepositions", "articles"):
        return True  # "op kleine, nachtelijke bedragen"
    particle = classes.listed(following[0], "separable_prefixes") and classes.listed(following[1], "connectors")
    said = classes.listed(following[0], "reports") and len(following) > 2
    said = said and classes.listed(following[1], "subject_pronouns", "second_person")  # "het is niets, hoor je dan"
    # "zo luidt het protest", "zo leert de ervaring"
    attributed = classes.listed(following[0], "attributions") or (
        classes.listed(following[0], "intensifiers")
        and (classes.finite(following[1]) or classes.listed(following[1], "auxiliaries", "reports"))
    )
    return particle or attributed or said  # "haalt zijn telefoon, een oude, op en belt"


def _clause_first(left: Head, texts: Sequence[str], following: Sequence[str], classes: WordClasses) -> bool:
    """Return whether what stands before a comma is a clause that goes before its main clause."""
    if classes.listed(texts[0], "conditionals"):
        return True  # "mocht u het vergeten zijn, X doet mee"
    subject = left.subject or any(classes.listed(word, "subject_pronouns") for word in texts[1:2])
    if left.kind == "finite" and left.verb_first and subject and not left.start:
        return True  # "wilt u dat mensen scheiden, maak het dan makkelijk": a question, or what the rest depends on
    if left.kind == "infinitive" and left.marked and left.fronted and not left.subordinate:
        return True  # "door het gesprek aan te gaan, win je vertrouwen"
    if classes.listed(following[0], "consequences") and _condition(left, texts, following, classes):
        return True
    opening = next((word for word in texts if not classes.listed(word, "leads")), "")
    governed = classes.listed(opening, "free_relatives", "clause_prepositions") and "," not in texts[:-1]
    # "wie werft, is een dader", "sinds zij meekijken, komen er": in a clause of its own the verb would not come first
    subject = any(classes.listed(word, "subject_pronouns") for word in following[1:2])
    return governed and verbal(following[0], classes) and (subject or not classes.imperative(following[0]))


def _condition(left: Head, texts: Sequence[str], following: Sequence[str], classes: WordClasses) -> bool:
    """Return whether "dan" takes up a condition: "komt er geen hulp, dan", "volg het geld, dan vind je de baas"."""
    asked = left.kind == "finite" and left.verb_first and left.subject and classes.finite(texts[0])
    inverted = len(following) > 3 and (verbal(following[1], classes) or classes.stem(following[1]))
    wished = left.kind not in ("finite", "none") and inverted
    return asked or wished or classes.listed(texts[0], "subordinators")


def _no_imperative(joint: Joint, classes: WordClasses) -> bool:
    """Return whether what looks like an imperative is a wish or a verb of "I", as those before it show."""
    _, left, right, before, part = joint
    if right.kind != "imperative" or left.kind == "imperative":
        return False
    if classes.finite(part[0].text) and _subject_waits(left, before, classes):
        return True
    first = part[0].text
    described = first in classes.adjectives or classes.stem_as_participle(first)
    described = described and not classes.listed(first, "irregular_imperatives")
    if described and any(classes.listed(word.text, "prepositions") for word in part[1:2]):
        return True  # "een huiskamer, open van ochtend tot avond", "kleine locaties, verspreid over de stad"
    last = before[-2].text if len(before) > 2 else ""
    if len(part) == 2 and classes.infinitive(part[1].text) and classes.infinitive(last):
        return True  # "bomen planten, water tappen"
    # "ik woon hier, ken de buren en help"
    return left.first_person and any(classes.listed(word.text, "connectors") for word in part)


def _subject_waits(left: Head, before: Sequence[Word], classes: WordClasses) -> bool:
    """Return whether a comma closes a clause that is of a subject without its verb: "en wie zakt, sluit achteraan"."""
    opens = [at for at, word in enumerate(before[:-1]) if word.text == "," or classes.listed(word.text, "connectors")]
    last = head_of(before[max(opens, default=-1) + 1 : -1], classes)
    return (last.kind == "none" and bool(last.subordinate)) or (left.clustered and left.closed)


def _concedes(part: Sequence[Word], classes: WordClasses) -> bool:
    """Return whether a clause concedes something: "ook al neemt niemand op", "al is de uitkomst onzeker"."""
    first, second = part[0].text, part[1].text if len(part) > 1 else ""
    added = classes.listed(first, "additions") and classes.listed(second, "additions")
    return added or (classes.listed(first, "concessions") and (verbal(second, classes) or classes.stem(second)))


def _then_and_now(left: Head, before: Sequence[Word], part: Sequence[Word], classes: WordClasses) -> bool:
    """Return whether two clauses are a contrast in time: "vroeger kwam de agent langs, nu krijg je een nummer"."""
    words = before[: THEN_WORDS if left.kind == "finite" else 1]  # "zorg eerst voor een bed" tells nothing of the past
    earlier = any(classes.listed(word.text, "then") for word in words)
    return earlier and classes.listed(part[0].text, "now")


def _takes_up_phrase(part: Sequence[Word], classes: WordClasses) -> bool:
    """Return whether a clause opens with a demonstrative that stands for the phrase before it, and with its verb."""
    verb = any(classes.finite(word.text) for word in part[1:2])
    return verb and classes.listed(part[0].text, "demonstratives")


def _clause_of_preposition(right: Head, part: Sequence[Word], classes: WordClasses) -> bool:
    """Return whether a preposition opens no phrase: "te beginnen in mei", "vóór er iets wordt afgesloten"."""
    if part[0].text == classes.infinitive_mark:
        return True
    subject = any(classes.listed(word.text, "subject_pronouns", "expletives") for word in part[1:2])
    return subject and right.kind == "finite" and right.clustered


def _in_series(before: Sequence[Word], part: Sequence[Word], classes: WordClasses) -> bool:
    """Return whether a verb after a comma is one of several of a subject: "houden vast aan X, evalueren Y en heffen".

    Elsewhere it ends what an aside interrupts, or says whose words these are: "zijn partij, de X, heeft geen leden".
    """
    joined = next((later.text for word, later in pairwise(part) if classes.listed(word.text, "connectors")), "")
    return verbal(joined, classes) and not any(word.text == "," for word in before[:-1])


def _lists(before: Sequence[Word], classes: WordClasses) -> bool:
    """Return whether a part ends in an item of a list, one word after a comma or colon: "geld, liefde"."""
    texts = [word.text for word in before]
    return len(texts) > 2 and texts[-2] in ",:" and not classes.finite(texts[-1]) and not classes.imperative(texts[-1])


def _may_be_listed(right: Head, part: Sequence[Word], classes: WordClasses) -> bool:
    """Return whether what follows "en" may be the last item of a list although some word of it looks like a verb."""
    first = next((word.text for word in part if not classes.listed(word.text, "leads")), "")
    if right.kind == "imperative":
        return classes.noun_or_imperative(first)
    return right.kind == "infinitive" or (right.kind == "finite" and right.plural and classes.plural(first))
