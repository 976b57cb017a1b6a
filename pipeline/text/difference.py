"""What shows, before codes are known, that two parts of a sentence differ in theme or in type: rule U3b.

What belongs here: comparing two parts that both have a head. What does not: finding heads (`heads`), whether one part
stands inside the other (`clauses`), any theme. The means (money, knowledge, telling, ...) fit any field of policy.
"""

from collections.abc import Sequence
from itertools import pairwise, takewhile

from pipeline.text.heads import Head
from pipeline.text.joint import Joint
from pipeline.text.subordination import main_words
from pipeline.text.wordclasses import WordClasses

LONG_CLAUSE = 7  # words of a clause that is more than one side of a comparison
LONG_REQUEST = LONG_CLAUSE - 1  # an imperative does without a subject
DETAILS = {"paying": "taking_part"}
"""A means that is only a detail of another one: who takes part is paid for it, but what is funded is another matter."""


def differ(joint: Joint, classes: WordClasses) -> bool:
    """Return whether something in the words shows another theme or type; without such a sign two parts are one."""
    left, right = joint.left, joint.right
    before, part = [word.text for word in joint.before], [word.text for word in joint.part]
    joined = classes.listed(joint.mark, "connectors")
    # "leerkrachten trainen | en hun tijd geven": beside a wish a plural and its verb are one too
    wished = right.kind == "infinitive" and not right.either and left.kind != "finite"
    told = left.kind == "finite" or (not wished and (left.either or _may_tell(left, before, classes)))
    if told and not (left.modal and right.kind != "finite"):
        if _asks_later(joint, classes) and _means(part, classes) - _means(before, classes):
            return True  # what is asked for is no story, whatever stands before it
        if _other_means(before, part, classes, told=True):
            return True
        clause = right.kind == "finite" or right.either
        return not joined and clause and _clauses_differ(joint, classes)
    if right.kind == "finite" and not right.either:
        return not joined or _other_means(before, part, classes, told=True)
    # "meer inzet op X, minder wachttijd": what is to be done, and a level that is wished for
    levels = left.kind == right.kind == "degree" and left.lacking != right.lacking
    wishes = left.kind == right.kind == "imperative" or before[-1] == ";"  # a semicolon parts wishes of any form
    asked = not joined and wishes and not (left.denied or left.lacking)
    first = list(takewhile(lambda word: not classes.listed(word, "connectors"), part))
    return levels or (asked and _length(before, first) >= LONG_REQUEST) or _other_means(before, part, classes)


def _asks_later(joint: Joint, classes: WordClasses) -> bool:
    """Return whether only the later of two clauses says what ought to be, so that it tells of no fact."""
    if joint.right.kind != "finite" or joint.right.late:
        return False
    earlier, later = (_ought(main_words(words, classes)[0], classes) for words in (joint.before, joint.part))
    return later and not earlier


def same_verb(left: Head, right: Head, classes: WordClasses) -> bool:
    """Return whether two heads are verbs, and the same one."""
    if left.opening is None or right.opening is None:
        return False
    return classes.lemma(left.opening[1]) == classes.lemma(right.opening[1])


def _one_verb(left: Head, right: Head, classes: WordClasses) -> bool:
    """Return whether two heads are the same verb, and not one that only helps a participle: "wordt ontvangen"."""
    helps = left.opening is not None and classes.listed(left.opening[1], "auxiliaries")
    return same_verb(left, right, classes) and not helps


def _means(words: Sequence[str], classes: WordClasses, *, told: bool = False) -> frozenset[str]:
    opening = next((place for place, word in enumerate(words) if not classes.listed(word, "leads", "connectors")), 0)
    verbs = classes.means_verbs.get(words[opening], ()) if words else ()
    particles = {*classes.prefixes, *(particle for particle, _ in verbs if particle)} if verbs else set()
    apart = {particle for particle in particles if _apart(particle, words[opening:], classes)}
    other = apart & classes.stem_of_separated(words[opening]) if verbs else apart  # "deel grijpers uit" shares nothing
    asked = frozenset(name for particle, name in verbs if (particle in apart if particle else not other))
    means = asked.union(*(classes.means_of(word) for word in words))
    return means & classes.lists["means_in_clauses"] if told else means


def _apart(particle: str, words: Sequence[str], classes: WordClasses) -> bool:
    """Return whether a part of a verb stands behind it and governs nothing itself: "licht de klas in over rechten"."""
    return any(
        word == particle
        and (
            classes.listed(after, "complementizers")  # "wijs mensen er op dat"
            or not (classes.content(after) or classes.listed(after, "determiners"))
        )
        for word, after in pairwise([*words, ""])
    )


def _other_means(before: Sequence[str], part: Sequence[str], classes: WordClasses, *, told: bool = False) -> bool:
    """Return whether one part speaks of a means (money, knowledge, ...) and the other of none or another one."""
    second = _means(part, classes, told=told)
    if told and not second:
        return False
    first = _means(before, classes)
    funded = any(classes.listed(word, "funding") for word in part)
    detail = len(second) == 1 and not funded and any(DETAILS.get(means) in first for means in second)
    # "geef inzage in het dossier en laat hen fouten verbeteren": the later part goes on about the same
    governing = takewhile(lambda word: not classes.listed(word, "subordinators"), part)
    leans = any(classes.listed(word, "object_pronouns") for word in governing) or _object_first(part, classes)
    leans = leans or any(classes.listed(word, "pointing_adverbs") for word in part)
    return not detail and (bool(second - first) or bool(first and not second and not leans))


def _object_first(part: Sequence[str], classes: WordClasses) -> bool:
    """Return whether a pronoun that may be a subject elsewhere is the object of the verb that opens: "maak ze vrij"."""
    texts = [word for word in part if not classes.listed(word, "leads", "connectors")]
    return any(
        classes.stem(verb) and classes.listed(after, "plural_verb_pronouns") for verb, after in pairwise(texts[:2])
    )


def _clauses_differ(joint: Joint, classes: WordClasses) -> bool:
    """Return whether two clauses beside a comma differ: what ought to be, what is wrong, or matters told at length."""
    _, left, right, earlier, later = joint
    if _ought(main_words(earlier, classes)[0], classes) != _ought(main_words(later, classes)[0], classes):
        return True
    before, part = [word.text for word in earlier], [word.text for word in later]
    if _wrong(part, classes):
        return not _troubled(before, classes) and not _one_verb(left, right, classes)
    if _wrong(before, classes):
        return False  # what is said at length after a lack goes on about it
    # "voor hen is er een bed": of the people of the clause before
    about = classes.listed(part[0], "prepositions") and any(classes.listed(w, "object_pronouns") for w in part[1:2])
    # "zij vertrekt met twee kinderen en een tas, hij houdt het huis": a contrast of persons
    persons = all(head.opening and classes.listed(head.opening[0], "subject_pronouns") for head in (left, right))
    long = _length(before, part) >= LONG_CLAUSE - (before[-1] == ";")  # a semicolon parts more than a comma
    return long and not persons and not about


def _length(before: Sequence[str], part: Sequence[str]) -> int:
    """Return how many words the shorter of two parts has."""
    return min(len(before) - (before[-1] in ",;:"), len(part))


def _ought(words: Sequence[str], classes: WordClasses) -> bool:
    asked = any(classes.listed(w, "speakers") and classes.listed(after, "requests") for w, after in pairwise(words))
    duty = classes.infinitive_mark in words and any(classes.listed(word, "duties") for word in words)
    return asked or duty or any(classes.listed(word, "obligations") for word in words)


def _troubled(words: Sequence[str], classes: WordClasses) -> bool:
    """Return whether a clause tells of a lack or of other trouble, so that a lack after it only goes on."""
    return _wrong(words, classes) or any(classes.listed(word, "troubles") for word in words)


def _wrong(words: Sequence[str], classes: WordClasses) -> bool:
    """Return whether a clause tells of a lack or of too much: "niemand", "te laat"."""
    if any(classes.listed(word, "deficits") for word in words):
        return True
    if any(word == classes.infinitive_mark and after in classes.adjectives for word, after in pairwise(words)):
        return True
    denying = classes.lists["denying_prefixes"]
    return any(word.startswith(p) and word.removeprefix(p) in classes.adjectives for word in words for p in denying)


def _may_tell(left: Head, before: Sequence[str], classes: WordClasses) -> bool:
    """Return whether a plural before an infinitive may be its subject: "kleine scholen sluiten"."""
    texts = [word for word in before if word not in ",;"]
    if left.kind != "infinitive" or not left.closed or len(texts) < 2:
        return False
    return classes.infinitive(texts[-1]) and classes.noun_plural(texts[-2])
