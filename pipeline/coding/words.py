"""Words: what can be known of one word form, and which classes it can be of.

What belongs here: the classes, and what a language's lists say of them. What does not: telling what a form is
(`vocabulary`), words in their clause (`syntax`), and any word of a language (data of the language).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

# Flags of a form. A form may have several: Dutch plurals look like infinitives, participles like finite verbs.
# Most are lists of the language's `coding.yaml`, named in `_CLASSES`. Others are told by the form: those of a verb,
# SEPARABLE (an infinitive with its part before it), PLURAL_SUBJECT (a verb whose plural takes no object), ASKING,
# COMPARATIVE, PLURAL, INFLECTED (the ending of an adjective) and DERIVED (that, and the lemma is another form).
INFINITIVE, THIRD, STEM, PARTICIPLE = 1, 2, 4, 8
FINITE, OBLIGATION, DESIRE, ABILITY = 16, 32, 64, 128
SUBORDINATOR, PREPOSITION, DETERMINER, PRONOUN = 256, 512, 1024, 2048
NEGATION, PARTICLE, COORDINATOR, MEANS = 4096, 8192, 16384, 32768
RESULT, NOUN, SEPARABLE, REFLEXIVE = 65536, 131072, 262144, 524288
PLURAL_SUBJECT, ANAPHOR, AGENT_PREPOSITION, OPENER = 1 << 20, 1 << 21, 1 << 22, 1 << 23
PAUSE, STOP, NUMBER, PAREN = 1 << 24, 1 << 25, 1 << 26, 1 << 27
MARKER, DEMONSTRATIVE, BLOCKER, AMBIGUOUS = 1 << 28, 1 << 29, 1 << 30, 1 << 31
INFLECTED, PASSIVE, FIRST_PERSON, WILLING = 1 << 32, 1 << 33, 1 << 34, 1 << 35
EXISTENTIAL, INDEFINITE, CAUSATIVE, CONDITIONAL = 1 << 36, 1 << 37, 1 << 38, 1 << 39
WITHOUT, RECIPIENT, DERIVED, NEEDS_MARKER, COMPARATIVE = 1 << 40, 1 << 41, 1 << 42, 1 << 43, 1 << 44
SUBJECT, HAVING, PARTNER_PREPOSITION = 1 << 45, 1 << 46, 1 << 47
FRONTED, BYGONE = 1 << 48, 1 << 49
PLURAL, PERSON, HORTATIVE, COMPARING = 1 << 50, 1 << 51, 1 << 52, 1 << 53
COMPLEMENTIZER, POLITE, ASKING = 1 << 54, 1 << 55, 1 << 56
PAST = "@"  # ends the shape of a participle, so that a cue can ask for it
VERB = INFINITIVE | THIRD | STEM | PARTICIPLE

_CLASSES = {
    "finite": FINITE,
    "past": BYGONE | FINITE,
    "obligation": OBLIGATION | FINITE,
    "desire": DESIRE,
    "ability": ABILITY | FINITE,
    "subordinators": SUBORDINATOR,
    "openers": OPENER,
    "prepositions": PREPOSITION,
    "determiners": DETERMINER,
    "numbers": NUMBER,
    "pronouns": PRONOUN,
    "reflexives": REFLEXIVE,
    "anaphora": ANAPHOR,
    "negations": NEGATION,
    "coordinators": COORDINATOR,
    "particles": PARTICLE,
    "means": MEANS,
    "results": RESULT,
    "agent_prepositions": AGENT_PREPOSITION,
    "noun_stems": NOUN,
    "infinitive_marker": MARKER,
    "demonstratives": DEMONSTRATIVE,
    "plural_blockers": BLOCKER,
    "ambiguous_auxiliaries": AMBIGUOUS,
    "passive": PASSIVE,
    "first_persons": FIRST_PERSON,
    "willing": WILLING,
    "existential": EXISTENTIAL,
    "indefinite": INDEFINITE,
    "causative": CAUSATIVE,
    "causative_infinitives": CAUSATIVE,
    "conditional": CONDITIONAL,
    "without": WITHOUT,
    "recipients": RECIPIENT,
    "needs_marker": NEEDS_MARKER,
    "subjects": SUBJECT,
    "fronted": FRONTED,
    "having": HAVING,
    "partner_prepositions": PARTNER_PREPOSITION,
    "persons": PERSON,
    "hortative": HORTATIVE,
    "comparing": COMPARING,
    "complementizer": COMPLEMENTIZER,
    "polite": POLITE,
}
PUNCTUATION = {
    ",": PAUSE, ";": PAUSE | STOP, ":": PAUSE | STOP, ".": STOP, "!": STOP, "?": STOP, "(": PAREN | PAUSE,
    ")": PAREN | PAUSE, "/": COORDINATOR, "–": PAUSE,
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)  # there is one of each form, so it can be remembered by itself
class Word:
    """What is known of one form, whatever sentence it stands in.

    Attributes:
        form: The form in lower case.
        shape: Its lemma, with `|` between the parts of a compound: what cues are matched against.
        verb: The infinitive when it can be a form of a verb, else an empty string.
        flags: Classes of the form, a sum of this module's constants.
    """

    form: str
    shape: str
    verb: str
    flags: int


def class_flags(data: Mapping[str, Collection[str]]) -> dict[str, int]:
    """Return the flags of every form that the lists of a language's `coding.yaml` name."""
    flags: dict[str, int] = {}
    for name, flag in _CLASSES.items():
        forms = data[name]
        for form in [forms] if isinstance(forms, str) else forms:
            flags[form] = flags.get(form, 0) | flag
    return flags
