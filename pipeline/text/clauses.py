"""Where a sentence holds several statements: rules U3, U4 and U7 without knowing the codes.

What belongs here: judging `en`, commas, semicolons and reasons by the heads of the parts on either side. What does not:
finding these heads (`heads`), marks at which a sentence goes on (`continuation`), sentence ends (`sentences`), any
topic. The rules are in `docs/statements.md`.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.text.continuation import goes_on, unfinished
from pipeline.text.difference import differ, same_verb
from pipeline.text.heads import Head, head_of
from pipeline.text.imperatives import Beside
from pipeline.text.joint import Joint
from pipeline.text.language import Language
from pipeline.text.subordination import Word, main_words, verbal, words_of
from pipeline.text.wordclasses import WordClasses, word_classes

MAX_WORDS = 150  # a longer "sentence" is a table or lost punctuation; its clauses cannot be judged


def clause_starts(sentence: str, language: Language) -> tuple[int, ...]:
    """Return where statements after the first one start inside a sentence.

    Args:
        sentence: One sentence on one line.
        language: Whose words are known.

    Returns:
        Ascending character offsets, each of a non-space character. A connecting word belongs to the later statement.
    """
    classes = word_classes(language)
    words = [word._replace(text=classes.unstressed(word.text)) for word in words_of(sentence)]
    if not 3 < len(words) <= MAX_WORDS:
        return ()
    return tuple(words[index].start for index in _cuts(words, language))


def _cuts(words: Sequence[Word], language: Language) -> Iterator[int]:
    """Yield the indexes of the words that open a new statement."""
    classes = word_classes(language)
    places = _candidates(words, classes)
    last = 0
    beside: Beside = ""
    items = _items(words)
    for number, (mark, place) in enumerate(places):
        if place in items:
            yield place
            last, beside = place, ""
            continue
        ends = [other for _, other in places[number + 1 :]] + [len(words)]
        before, after = _after_colon(words[last:place], classes), words[place:]
        left = head_of(before, classes, beside)
        if unfinished(mark, left, before, after, classes) or _summed_up(left, after, classes):
            continue
        joints = (
            (Joint(mark, left, right, before, after), _reach(words, end, ends, right, classes))
            for end, right in _rights(words, place, ends, _beside(mark, left), classes)
        )
        cut = any(
            _separate(joint._replace(part=words[place:end]), classes)
            for joint, end in joints
            if not goes_on(joint, classes)
        )
        listing = mark == "," or classes.listed(mark, "connectors")
        if cut and not (listing and left.opening and _in_list(words, places, place, last, classes)):
            yield place
            last, beside = place, _beside(mark, left)


def _items(words: Sequence[Word]) -> frozenset[int]:
    """Return where later items of a list open that a colon leads in and semicolons part (U1a)."""
    texts = [word.text for word in words]
    if ":" not in texts:
        return frozenset()
    parted = [index + 1 for index, text in enumerate(texts) if text == ";" and texts.index(":") < index]
    return frozenset(parted if len(parted) > 1 else ())


def _in_list(
    words: Sequence[Word], places: Sequence[tuple[str, int]], place: int, last: int, classes: WordClasses
) -> bool:
    """Return whether a mark stands among three or more parts that list what is so or is to be done (U4).

    "X sluit, Y gaat en Z lekt", "om X op te nemen, Y te schrappen en Z te meten". A semicolon, "want", "maar" and "dus"
    end a list.
    """
    ends = [other for mark, other in places if mark == ";" or classes.listed(mark, "joiners")]
    low = max([last, *(end for end in ends if end < place)])
    high = min([len(words), *(end for end in ends if end > place)])
    bounds = [low, *(other for _, other in places if low < other < high), high]
    here = bounds.index(place)
    first = max(0, here - 2)
    parts = [words[start:end] for start, end in pairwise(bounds[first : here + 3])]
    for belongs in (_tells, _to_do):
        found = [belongs(part, classes) for part in parts]
        before, after = found[: here - first], found[here - first :]
        if before[-1] and after[0] and any(before[:-1] + after[1:]):
            return True
    return _of_one_subject(parts, here - first, classes)


def _of_one_subject(parts: Sequence[Sequence[Word]], place: int, classes: WordClasses) -> bool:
    """Return whether the part at a place is one of several that share a subject: "X zoekt Y, koppelt Z en geeft W"."""
    kinds = ["shared" if _shares(part, classes) else "own" if _tells(part, classes) else "" for part in parts]
    # "wie luistert | en doorvraagt": of a subordinate clause that no comma closes
    opens = [bool(head_of(part, classes).subordinate) and part[-1].text != "," for part in parts]
    for first in (place - 2, place - 1):
        run = kinds[first : first + 3] if first >= 0 else []
        if len(run) == 3 and run[0] and run[1:] == ["shared", "shared"] and not any(opens[first : first + 2]):
            return True
    return False


def _shares(part: Sequence[Word], classes: WordClasses) -> bool:
    """Return whether a part opens with the verb of a subject that stands before it."""
    head = head_of(part, classes)
    opens = head.start <= classes.listed(part[0].text, "connectors")  # "en dan krijg je" has a subject of its own
    return head.kind == "finite" and head.verb_first and opens and not head.subordinate


def _tells(part: Sequence[Word], classes: WordClasses) -> bool:
    """Return whether a part is a clause of its own that says what is so."""
    head = head_of(part, classes)
    return (head.kind == "finite" and head.subject) or head.either


def _to_do(part: Sequence[Word], classes: WordClasses) -> bool:
    """Return whether a part holds an infinitive with its mark: "een clausule op te nemen"."""
    return any(
        word.text == classes.infinitive_mark and classes.infinitive(after.text) for word, after in pairwise(part)
    )


def _after_colon(words: Sequence[Word], classes: WordClasses) -> Sequence[Word]:
    """Return what follows the last colon where that is a clause of its own: "geen pasje: dat is geen keuze"."""
    for index in range(len(words) - 2, 0, -1):
        if words[index].text == ":":
            after = words[index + 1 :]
            return after if head_of(after, classes).kind in ("finite", "imperative") else words
    return words


def _summed_up(left: Head, after: Sequence[Word], classes: WordClasses) -> bool:
    """Return whether a list goes on up to a colon: "griep hebben, een gebroken pols: dat heet vakantie"."""
    if left.kind not in ("infinitive", "degree"):
        return False
    colon = next((index for index, word in enumerate(after) if word.text == ":"), 0)
    if colon == 1:
        return True  # "panden, jachten, paarden: volg ze"
    item = head_of(after[:colon], classes) if colon else left
    return colon > 0 and (item.kind == "none" or (left.kind == item.kind == "degree" and item.bare))


def _candidates(words: Sequence[Word], classes: WordClasses) -> list[tuple[str, int]]:
    """Return the places where a part may open, each with what marks it; a connector after a comma counts once."""
    joiners = classes.lists["joiners"]
    connectors = classes.lists["connectors"] | joiners
    places: list[tuple[str, int]] = []
    for index, word in enumerate(words):
        if index == 0 or index + 1 == len(words):
            continue
        if word.text in connectors and words[index - 1].text.endswith("-"):
            continue  # "land- en tuinbouw"
        if word.text in joiners and index > 1 and words[index - 2].text in ",;":
            continue  # ", vergroot dus de riolering": an adverb
        if (
            word.text in joiners
            and words[index - 1].text not in ",;"
            and (classes.counts(words[index + 1].text) or classes.listed(words[index + 1].text, "indefinite_articles"))
        ):
            continue  # "als het er maar één is", "als er maar een flatje was"
        if word.text in connectors:
            places.append((word.text, index))
        elif word.text in ",;" and words[index + 1].text not in connectors:
            places.append((word.text, index + 1))
        elif word.text == ";":
            places.append((";", index + 1))
    return _unique(places)


def _unique(places: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    seen: dict[int, str] = {}
    for mark, place in places:
        seen.setdefault(place, mark)
    return [(mark, place) for place, mark in sorted(seen.items())]


def _beside(mark: str, left: Head) -> Beside:
    if left.kind != "imperative":
        return ""
    return "comma" if mark == "," else "word"


def _rights(
    words: Sequence[Word], place: int, ends: Sequence[int], beside: Beside, classes: WordClasses
) -> Iterator[tuple[int, Head]]:
    """Yield the part that opens here, and while it has no head, the part prolonged over the next `en`."""
    for end in ends[:3]:
        head = head_of(words[place:end], classes, beside)
        if head.kind == "infinitive" and _opens_list(words[place:end], words[end:], classes):
            continue
        yield end, head
        if head.kind != "none":
            return
        interrupted = _interrupted(words[place:end], words[end:], classes)
        waits = interrupted or _waits(head, words[place:end], classes)
        if end < len(words) and words[end - 1].text in ",;" and not waits:
            return
        following = head_of(words[end:], classes)
        own = following.kind == "finite" and following.subject and not interrupted
        if own and classes.listed(words[end + 1].text, "determiners"):
            return  # what follows has a subject of its own: "voor gezinnen evenmin en de plekken zitten vol"


def _opens_list(part: Sequence[Word], after: Sequence[Word], classes: WordClasses) -> bool:
    """Return whether a part is but a plural that looks like a verb, before "en": "kerken en buurthuizen staan leeg"."""
    joined = any(classes.listed(word.text, "connectors") for word in after[:1])
    return joined and len(part) == 1 and classes.plural(part[0].text)


def _reach(words: Sequence[Word], end: int, ends: Sequence[int], right: Head, classes: WordClasses) -> int:
    """Return where a part ends that a mark would end: what has no head after it is of it, as in a list of objects.

    "het werk en de hal", and where a verb governs it "geef voorrang aan daken, schermen en loodsen".
    """
    governed = right.kind in ("imperative", "finite", "infinitive")
    for later in ends[ends.index(end) + 1 :] if end < len(words) else ():
        listed = classes.listed(words[end].text, "connectors") or (governed and words[end - 1].text == ",")
        if not listed or head_of(words[end:later], classes).kind != "none":
            break
        end = later
    return end


def _waits(head: Head, part: Sequence[Word], classes: WordClasses) -> bool:
    """Return whether a part waits for its verb past a mark: "wie kiest, krijgt", "de regel die knelt, kan weg"."""
    first = next((word.text for word in part if not classes.listed(word.text, "leads")), "")
    return bool(head.subordinate) or classes.listed(first, "free_relatives", "conditionals")


def _interrupted(part: Sequence[Word], after: Sequence[Word], classes: WordClasses) -> bool:
    """Return whether a clause that a comma closes stands before the verb of a part, as its subject or within that.

    "iemand die ziek is, | loopt rond", "maar dat niemand belt, | gaat te ver".
    """
    if not after or part[-1].text != "," or not classes.finite(after[0].text):
        return False
    main = main_words(part, classes)[0]
    named = any(not classes.listed(word, "connectors", "leads") for word in main)
    said = any(classes.listed(word.text, "complementizers") for word in part[1:2])
    return (named or said) and len(main) < sum(word.text not in ",;:" for word in part)


def _separate(joint: Joint, classes: WordClasses) -> bool:
    """Return whether two neighbouring parts of a sentence are statements of their own."""
    mark, left, right, _, part = joint
    texts = [word for word in main_words(part, classes)[0] if not classes.listed(word, "connectors")]
    if classes.listed(mark, "reasons"):
        return len(part) > 2  # the word opens a main clause whatever stands before it
    if left.kind == "none" or not texts or _whole(joint, classes):
        return False
    beside = mark == "," and right.kind in ("none", "degree") and _adds_noun_phrase(left, texts, classes)
    if beside or right.kind == "none":
        return beside
    if not classes.listed(mark, "connectors") and _of_other_type(left, right, texts, classes):
        return True
    joins = classes.listed(mark, "joiners")  # "haal die twee uit elkaar, maar bel eerst": before it may be but pronouns
    named = (left.own or left.subject or joins) and (right.own or right.subject)
    if not named or _contrast(joint, texts, classes):
        return False
    stands = joins or not _same_matter(joint, texts, classes)
    stands = stands and (_parted(joint, classes) or _kinds_allow(joint, texts, classes))
    return stands and (joins or differ(joint, classes))


def _parted(joint: Joint, classes: WordClasses) -> bool:
    """Return whether a mark parts heads of any kind: a semicolon, or "dus" as in "de bus zit vol, dus meer bussen"."""
    concluded = classes.listed(joint.mark, "inverting") and joint.before[-1].text in ",;"
    return joint.mark == ";" or (concluded and joint.right.kind == "degree")


def _whole(joint: Joint, classes: WordClasses) -> bool:
    """Return whether two parts are one whatever they name: a condition, or a pair that no comma closes.

    "noem haar slachtoffer en ze loopt weg" (U4c), "bel niet de zoon maar moeder zelf", "mag wel soep, maar geen vuur
    stoken" (U4a).
    """
    mark, left, right, before, _ = joint
    if classes.listed(mark, "instead") and left.denied and before[-1].text not in ",;" and not right.subject:
        return True
    affirmed = any(classes.listed(word.text, "affirmations") for word in before)
    if classes.listed(mark, "instead") and right.kind == "infinitive" and right.lacking and affirmed:
        return True
    return classes.listed(mark, "connectors") and left.kind == "imperative" and right.kind == "finite" and right.subject


def _of_other_type(left: Head, right: Head, texts: Sequence[str], classes: WordClasses) -> bool:
    """Return whether one part says what is so and the other what is to be done (U3f), whatever they name."""
    # "aanbieders werken langs elkaar" beside an imperative: no wish
    kinds = {"finite" if head.either else head.kind for head in (left, right)}
    if (
        kinds != {"finite", "imperative"}
        or (left.subordinate and right.kind != "imperative" and not _main_clause(right))
        or classes.listed(texts[0], "references")
    ):
        return False
    asked = left if left.kind == "imperative" else right
    told = right if asked is left else left
    return (told.subject or told.either) and asked.complement


def _main_clause(head: Head) -> bool:
    """Return whether a clause has its verb second, as no subordinate one: "zorg dat hij komt, hij is nodig"."""
    return head.subject and not (head.clustered or head.late or (head.verb_first and not head.start))


def _contrast(joint: Joint, texts: Sequence[str], classes: WordClasses) -> bool:
    """Return whether the parts are a contrast pair (U4): "meer X, minder Y", "X, niet Y"."""
    left, right = joint.left, joint.right
    verbless = left.kind == right.kind == "degree" and (left.bare or right.bare)
    named = (left.own and not left.bare) or (right.own and not right.bare)
    opposed = left.sign * right.sign == -1 and (verbless or not named)
    # As in "niet alleen handhaven, maar ook voorlichting geven".
    instead = classes.listed(joint.mark, "instead") and left.denied and not right.subject
    # "sloop het niet, maar maak er wat van", but "wij willen dat niet, maar geef ons tijd"
    instead = instead and (right.kind != "imperative" or (left.kind == "imperative" and not right.denied))
    # "wij zijn geen nummers, wij zijn mensen", "vraag niet naar X, vraag naar Y"
    again = (
        left.opening == right.opening is not None
        and (left.denied or left.lacking)
        and not (right.denied or right.lacking)
    )
    # "minder formulieren en minder overleg", "zonder adres geen uitkering, geen zorgpas"
    governed = left.kind == right.kind == "degree" and left.fronted and left.lacking
    less = right.sign == -1 and right.bare and (governed or (left.sign == -1 and left.bare))
    # "minder regels, dunnere map", "kortere wachttijden en minder wissels van hulpverlener"
    bare = left.bare + right.bare >= (1 if classes.listed(joint.mark, "connectors") else 2)
    levels = left.kind == right.kind == "degree" and bare
    return opposed or instead or again or less or levels or classes.listed(texts[0], "negations")


def _same_matter(joint: Joint, texts: Sequence[str], classes: WordClasses) -> bool:
    """Return whether a part is about what the part before names: by a pronoun, a name or the verb that both share."""
    left, right = joint.left, joint.right
    pointing = _points_back(texts, classes) or _clause_points_back(left, joint.part, classes)
    return pointing or bool(left.names & right.names) or _carried_by_one(left, right, classes)


def _carried_by_one(left: Head, right: Head, classes: WordClasses) -> bool:
    """Return whether one full verb carries both parts: "het kost een middag, een procedure kost twee jaar"."""
    if left.kind != right.kind or left.opening is None or not same_verb(left, right, classes):
        return False
    return not classes.listed(classes.lemma(left.opening[1]), "light_verbs")


def _points_back(texts: Sequence[str], classes: WordClasses) -> bool:
    """Return whether a part takes its object or subject from the part before by a demonstrative that stands alone."""
    if _takes_up(texts, classes) or _stranded(texts, classes):
        return True
    for index, word in enumerate(texts[:8]):
        if classes.listed(word, "subordinators"):
            return False
        if not classes.listed(word, "demonstratives"):
            continue
        after = texts[index + 1] if index + 1 < len(texts) else ""
        before = texts[index - 1] if index else ""
        alone = not after or classes.listed(after, "prepositions", "adverbs", "negations")
        alone = alone or (verbal(after, classes) and not classes.plural(after))
        alone = alone or (
            classes.stem(after) and any(classes.listed(other, "pronouns") for other in texts[index + 2 :][:1])
        )
        alone = alone or (classes.judging(after) and index + 2 == len(texts))  # "iedereen vindt dat normaal"
        opening = all(classes.listed(other, "leads") for other in texts[: max(0, index - 1)])
        if alone and (opening or verbal(before, classes) or not classes.content(before)):
            return True
    return False


def _takes_up(texts: Sequence[str], classes: WordClasses) -> bool:
    """Return whether "het" or "er" takes up what was said: "verhaalt het op de dader", "krijgen er veertig betaald"."""
    for place, (word, after) in enumerate(pairwise(texts[:6])):
        if classes.listed(word, "expletives") and classes.counts(after):
            return True
        alone = classes.listed(word, "object_demonstratives") and classes.listed(after, "prepositions", "adverbs")
        if place == 1 and alone:
            return verbal(texts[0], classes) or classes.stem(texts[0])
    return False


def _stranded(texts: Sequence[str], classes: WordClasses) -> bool:
    """Return whether "daar" with a preposition apart takes up what was said: "daar schaam je je voor"."""
    opens = next((at for at, word in enumerate(texts[:4]) if classes.listed(word, "stranding")), 1)
    if opens == 1:
        return False  # "trek daar personeel voor aan": what is asked for is another thing
    return any(
        word != classes.infinitive_mark
        and (classes.listed(word, "prepositions") or word in classes.prefixes)
        and (not after or classes.verb_form(after))
        for word, after in pairwise([*texts[opens + 1 :], ""])
    )


def _clause_points_back(left: Head, part: Sequence[Word], classes: WordClasses) -> bool:
    """Return whether the clause that a part governs has what went before for its subject: "zorg dat deze werkt"."""
    for opens, subject, after in zip(part[:6], part[1:], part[2:], strict=False):
        if classes.listed(opens.text, "complementizers") and classes.listed(subject.text, "demonstratives"):
            known = classes.lemma(after.text) in left.names  # "zorg dat dit team"
            return known or classes.listed(after.text, "function") or verbal(after.text, classes)
    return False


def _adds_noun_phrase(left: Head, texts: Sequence[str], classes: WordClasses) -> bool:
    """Return whether a noun phrase stands beside a wish that its infinitive has closed (so it is not its object)."""
    if left.kind != "infinitive" or not left.closed or left.verb_first or len(texts) < 2:
        return False
    # "vast spreekuur in elke kern", "betere looproutes naar de winkels"
    described = (texts[0] in classes.adjectives or classes.inflected(texts[0])) and classes.content(texts[1])
    described = described or (classes.degree(texts[0]))
    if not (described or classes.content(texts[0]) or classes.listed(texts[0], "determiners")):
        return False
    return any(classes.listed(word, "prepositions") for word in texts[1:-1])


def _kinds_allow(joint: Joint, texts: Sequence[str], classes: WordClasses) -> bool:
    """Return whether heads of these kinds stand side by side rather than one inside the other."""
    left, right = joint.left, joint.right
    if left.subordinate and not _leaves_clause(joint, classes):
        return False
    if left.waiting and right.kind == "infinitive" and not right.marked and _awaited(joint.mark, right):
        return False
    if right.kind == "finite":
        return _clause_stands(joint, texts, classes)
    if right.kind == "degree":
        return left.kind == "degree" or ((left.kind == "infinitive" or left.either) and left.closed and not left.marked)
    return right.kind == "imperative" or _infinitive_stands(joint, objects=_object_follows(joint, texts, classes))


def _object_follows(joint: Joint, texts: Sequence[str], classes: WordClasses) -> bool:
    """Return whether a verb that opens a part has an object of its own behind it, a thing or a clause.

    "kunnen veel betekenen | en ontlasten de huisarts", "toeslagen vereenvoudigen | en uitleggen hoe het zit".
    """
    if not joint.right.verb_first:
        return False
    words = pairwise(joint.part)
    asked = any(word.text == texts[0] and classes.listed(after.text, "questions") for word, after in words)
    return asked or any(classes.listed(word, "articles") for word in texts[1:2])


def _awaited(mark: str, right: Head) -> bool:
    """Return whether an infinitive is the one that a verb waits for: "zouden de clubs dus | geld besparen"."""
    return mark == "," or (right.closed and not right.verb_first)  # but "moeten af van X | en kiezen voor Y"


def _clause_stands(joint: Joint, texts: Sequence[str], classes: WordClasses) -> bool:
    """Judge a later part with a finite verb: it needs a subject, or shares that of an earlier clause."""
    mark, left, right = joint[:3]
    if right.late or (left.waiting and (right.clustered or right.either) and not right.verb_first):
        # "van welke telers en pakhuizen zij betrekken", "zouden verlof van dochters en zonen moeten betalen"
        return False
    if left.kind == "infinitive" and left.closed and right.either:
        return True
    if left.kind in ("finite", "imperative") or left.either:
        goes_on = left.kind == "finite" and (left.complement or left.modal)
        return right.subject or (goes_on and right.verb_first)
    if classes.listed(mark, "joiners") and not classes.listed(mark, "inverting"):
        return right.subject
    # After a wish "en" may add to what looks like its noun phrase: "meer controle en regulering werkt averechts".
    own = classes.noun_plural(texts[0]) and any(classes.listed(word, "finite") for word in texts[1:2])
    return right.subject and (own or classes.listed(texts[0], "pronouns", "determiners")) and mark == ","


def _infinitive_stands(joint: Joint, *, objects: bool) -> bool:
    """Judge a later part with an infinitive: it must not be the second verb of an object that both share."""
    mark, left, right = joint[:3]
    if right.marked:
        return left.marked
    # "wachttijden verkorten, | dossiers overdragen": wishes, whatever they look like
    wishes = left.either and left.closed and mark == "," and not right.verb_first
    if wishes or (right.either and left.kind == "finite" and left.subject and not left.verbed):
        return True  # "investeringen blijven uit | en gebouwen verloederen"
    if left.kind == "finite" and left.modal:
        # "moeten plekken reserveren | en teams scholen", but "moeten signalen registreren en delen met X"
        return not left.marked and (objects or not left.closed if right.verb_first else left.verbed)
    if left.kind == "finite":
        return right.verb_first and left.complement and (left.plural or left.fronted)
    if left.kind == "infinitive":
        # "toeslagen vereenvoudigen | en uitleggen hoe het zit": a clause is an object of its own
        return objects or not (left.closed and right.verb_first and mark != ",")
    return left.kind == "degree" and (mark == "," or right.degree)


def _leaves_clause(joint: Joint, classes: WordClasses) -> bool:
    """Return whether a part can only be a main clause, although the part before ends in a subordinate one."""
    mark, left, right = joint[:3]
    if right.kind == "imperative":
        return True
    if right.kind == "degree":
        return left.subordinate == "relative"
    # "zij ziet wie er komt, alleen vraagt niemand het haar"
    inverted = right.verb_first and right.start > classes.listed(mark, "connectors", "joiners")
    if right.verb_first and not inverted and right.own and left.kind == "finite" and left.plural and not right.marked:
        return mark != ","  # "wij hopen dat u komt | en zien u graag": in the clause the verb would stand last
    if right.kind == "infinitive":
        return left.kind == "infinitive" and left.verb_first and left.subordinate != "relative"
    closed = mark != "," or left.kind in ("infinitive", "imperative")  # what a wish ends in stands after it
    return right.subject and not right.clustered and (inverted or (not right.verb_first and closed))
