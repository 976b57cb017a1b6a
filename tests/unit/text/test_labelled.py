"""Questions and answers with labels: each opens a paragraph, and a question heads its answer."""

import pytest

from pipeline.text.labelled import labelled, labelled_questions
from pipeline.text.language import load_language
from tests.reading import read

NL = load_language("nl")
ASKED = [
    ("Vraag: Wie meet of het", "stil genoeg is?", "Antwoord: Een bureau dat niet van", "de exploitant is."),
    ("Vraag: Waarom hier?", "", "Antwoord: Andere plaatsen zijn te", "klein gebleken."),
    ("Vraag: Hoe doe ik mee?", "", "Antwoord: Word lid. Dat kan vanaf", "vijftig euro."),
]


@pytest.mark.parametrize("gap", [[], [""]])
def test_labelled_questions_head_their_answers(gap: list[str]) -> None:
    parts = [part for question in ASKED for part in ([*question[:2]], [*question[2:]], gap)]
    text = "\n".join(["Geluid en natuur", *(line for part in parts for line in part if line or gap)])
    found = read(text)
    titles = {section.key: section.heading.title for section in found.sections}
    assert list(titles.values())[-3:] == ["Wie meet of het stil genoeg is?", "Waarom hier?", "Hoe doe ik mee?"]
    sections = [titles[placed.section or ""] for placed in found.statements]
    assert sections[0] == "Wie meet of het stil genoeg is?"
    assert sections[-1] == "Hoe doe ik mee?"
    assert {placed.bullet for placed in found.statements} == {1, 2, 3}


def test_a_label_alone_proves_nothing() -> None:
    assert labelled({0: "Vraag: wie doet mee?", 1: "Wij: de buurt."}, NL) == frozenset()
    assert labelled({0: "Antwoord: ja.", 1: "Reactie gemeente: nee."}, NL) == frozenset({0, 1})
    assert labelled_questions({0: "Vraag: wie doet mee?", 1: "En wie niet?"}, NL) == {}


def test_what_people_ask_in_several_sentences_is_text() -> None:
    long = {place: f"Vraag: Wij missen plek {place}. Kan dat anders?" for place in range(3)}
    assert labelled_questions(long, NL) == {}
    assert list(labelled_questions({**long, **dict.fromkeys(range(3, 12), "Vraag: Wie betaalt?")}, NL)) == list(
        range(3, 12)
    )


def test_a_heading_that_an_extractor_marked_loses_the_label_of_its_question() -> None:
    found = read("## Vraag: Wie betaalt?\n\nDe gemeente betaalt.\n\n## Vraag: Wie meet?\n\nEen bureau meet.\n")
    assert [section.heading.title for section in found.sections] == ["Wie betaalt?", "Wie meet?"]
