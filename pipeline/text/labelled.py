"""Questions and answers that say themselves that they are: "Vraag: …", "Antwoord: …".

What belongs here: which lines open with such a label, and which labelled questions are headings. What does not:
questions without a label (`standing`), labels of speakers (`openings`, `formalities`), numbered ones, which are
headings by their keyword (`headings`).

One label proves little, as any word may stand before a colon. Several that ask, or several that answer, are believed.
"""

import re
from collections.abc import Mapping
from functools import cache

from pipeline.text.language import Language

LABELS = 2  # lines of a document that open with labels of one kind, from where on these open paragraphs
LONGEST = 160  # characters of a question that is a heading
SINGLE = 0.7  # share of the labelled questions that are one question each, from where on such ones are headings
_QUESTION = re.compile(r"[^.!?]*\?")


def labelled(texts: Mapping[int, str], language: Language) -> frozenset[int]:
    """Return which lines open with the label of a question or an answer, where labels of its kind come again.

    Args:
        texts: Lines by their places.
        language: Whose labels are known.
    """
    found = frozenset[int]()
    for kind in ("question_labels", "answer_labels"):
        places = [place for place, text in texts.items() if ":" in text and _form(language, kind).match(text)]
        found |= frozenset(places) if len(places) >= LABELS else frozenset()
    return found


def labelled_questions(texts: Mapping[int, str], language: Language) -> dict[int, str]:
    """Return the labelled questions that are headings, without their label, by their place.

    They are where most are one question each, and answers or further questions bear a label as well. Where people
    ask in several sentences, what they ask is text as much as the answer is.

    Args:
        texts: Paragraphs by their places.
        language: Whose labels are known.
    """
    said = {place: without_label(text, language) for place, text in texts.items() if ":" in text}
    said = {place: text for place, text in said.items() if text != texts[place].strip()}
    asked = {place: text for place, text in said.items() if len(text) <= LONGEST and _QUESTION.fullmatch(text)}
    return asked if len(asked) >= max(LABELS, SINGLE * len(said)) else {}


def without_label(text: str, language: Language) -> str:
    """Return a text without the label of a question that it opens with.

    >>> from pipeline.text.language import load_language
    >>> without_label("Vraag: Wie meet het geluid?", load_language("nl"))
    'Wie meet het geluid?'
    """
    match = _form(language, "question_labels").match(text.strip())
    return text.strip()[match.end() :] if match else text.strip()


@cache
def _form(language: Language, kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?i:{language.any_of('headings', kind)})\s?:\s+(?=[^\W_]|[\"'“‘„])")
