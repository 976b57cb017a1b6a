"""Lexicons: cues are checked on load and found by lemma, in compounds, over gaps, and not where they must not be."""

from pathlib import Path

import pytest
import yaml

from pipeline.coding.codebook import load_codebook
from pipeline.coding.lexicon import Finder, load_lexicon
from pipeline.coding.syntax import read
from pipeline.coding.vocabulary import Vocabulary
from pipeline.errors import FileError
from pipeline.text.language import load_language

SCHEMAS = Path(__file__).parents[3] / "schemas"
GOLD = Path(__file__).parents[2] / "gold" / "codings"


@pytest.fixture(scope="module")
def book():
    return load_codebook(SCHEMAS / "codebooks" / "mensenhandel.yaml")


@pytest.fixture(scope="module")
def shipped(book):
    return load_lexicon(SCHEMAS / "lexicons" / "mensenhandel.yaml", book)


def lexicon(tmp_path, book, cues):
    path = tmp_path / "mini.yaml"
    path.write_text(
        f"codebook: mensenhandel\nversion: 1.0.0\ndimensions:\n  theme:\n    protection.care:\n      3: [{cues}]\n",
        encoding="utf-8",
    )
    return load_lexicon(path, book)


def found(tmp_path, book, cues, text):
    vocabulary = Vocabulary(load_language("nl"))
    finder = Finder(lexicon(tmp_path, book, cues), vocabulary)
    reading = read(text, vocabulary)
    return sorted(
        {" ".join(word.form for word in reading.words[hit[2] : hit[3]]) for hit in finder.find(reading.shapes)}
    )


@pytest.mark.parametrize(
    ("before", "after", "line", "says"),
    [
        ("codebook: mensenhandel", "codebook: mensenhandl", 1, "is of codebook 'mensenhandl'"),
        ("dimensions:", "learned: {mensenhandel: [subject]}\ndimensions:", 3, "dimension 'subject' is not in codebook"),
        ("opvang", "~opvang", 6, "stands behind a word"),
    ],
)
def test_a_slip_in_a_new_lexicon_is_told_with_its_line(tmp_path, book, before, after, line, says):
    path = tmp_path / "mini.yaml"
    text = "codebook: mensenhandel\nversion: 1.0.0\ndimensions:\n  theme:\n    protection.care:\n      3: [opvang]\n"
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(FileError) as error:
        load_lexicon(path, book)
    assert f"{path}:{line}: " in str(error.value)
    assert says in str(error.value)


@pytest.mark.parametrize(
    ("cue", "text", "words"),
    [
        ("gemeente", "Alle gemeenten doen mee.", ["gemeenten"]),
        ("opvang~", "Meer crisisopvang en opvangplekken.", ["crisisopvang", "opvangplekken"]),
        ("opvang", "Meer crisisopvang.", []),
        ("wijk~", "Het wijkteam wijkt af.", ["wijkteam"]),
        ("melden", "De buren meldden niets.", ["meldden"]),
        ("inzetten", "Zet ervaren mensen in.", ["zet"]),
        ("optrekken", "De teams trekken samen op.", ["trekken"]),
        ("aan de bel", "Buren trekken aan de bel.", ["aan de bel"]),
        ("geen ... meer", "Er is geen enkele drempel meer.", ["geen enkele drempel meer"]),
        ("gehoord", "Zij horen ons.", []),
        ("gehoord", "Zij worden gehoord.", ["gehoord"]),
        ("horen", "Zij worden gehoord.", ["gehoord"]),
        ('"#year"', "In 2031 is het klaar.", ["2031"]),
    ],
)
def test_a_cue_is_found_in_the_forms_of_its_words(tmp_path, book, cue, text, words):
    assert found(tmp_path, book, cue, text) == words


def test_of_cues_that_end_together_the_longest_comes_first_after_those_inside_the_word(tmp_path, book):
    path = tmp_path / "mini.yaml"
    path.write_text(
        "codebook: mensenhandel\nversion: 1.0.0\ndimensions: {theme: {protection.care: "
        "{3: [crisis~], 2: [meer crisisopvang, opvang~]}}}\n",
        encoding="utf-8",
    )
    finder = Finder(load_lexicon(path, book), Vocabulary(load_language("nl")))
    ends = [hit[1:4] for hit in finder.find(("meer", "crisis|opvang"))]
    assert ends == [(3.0, 1, 2), (2.0, 0, 2), (2.0, 1, 2)]
    assert [hit[2:4] for hit in finder.find(("crisis",))] == [(0, 1)]
    assert finder.find(("en",)) == finder.find(()) == []


def test_a_long_word_with_one_wrong_letter_is_taken_for_the_term(tmp_path, book):
    small = lexicon(tmp_path, book, "hulpverlening")
    vocabulary = Vocabulary(load_language("nl"), small.terms())
    finder = Finder(small, vocabulary)
    reading = read("Meer hulpverlenning.", vocabulary)
    assert len(finder.find(reading.shapes)) == 1


@pytest.mark.parametrize(
    ("cues", "says"),
    [
        ("een twee drie vier vijf", "one to 4"),
        ("opvang, opvang", "twice"),
        ("mooie opvang~", "drop the '~'"),
        ("opvang~ sluiten", "drop the '~'"),
    ],
)
def test_a_bad_cue_is_an_error_with_its_line(tmp_path, book, cues, says):
    with pytest.raises(FileError) as error:
        lexicon(tmp_path, book, cues)
    assert "mini.yaml:6: " in str(error.value)
    assert says in str(error.value)


def test_an_unknown_code_is_an_error(tmp_path, book):
    path = tmp_path / "mini.yaml"
    path.write_text(
        "codebook: mensenhandel\nversion: 1.0.0\ndimensions:\n  theme:\n    nonsense: {3: [a]}\n", encoding="utf-8"
    )
    with pytest.raises(FileError, match=r"mini.yaml:5: code 'nonsense' is not in dimension 'theme'"):
        load_lexicon(path, book)


def test_a_lexicon_says_below_what_the_coder_abstains_and_its_base_what_it_does_not(tmp_path, book):
    (tmp_path / "base.yaml").write_text("version: 1.0.0\nabstain_below: {theme: 0.5, actor: 0.25}\n", encoding="utf-8")
    path = tmp_path / "mini.yaml"
    path.write_text(
        "codebook: mensenhandel\nextends: base\nversion: 1.0.0\nabstain_below: {theme: 0}\n", encoding="utf-8"
    )
    assert load_lexicon(path, book).abstain_below == {"theme": 0, "actor": 0.25}


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("{nonsense: 0.5}", "dimension 'nonsense' is not in codebook"),
        ("{theme: 50}", "50 is no confidence"),
        ("{theme: hoog}", "theme"),
    ],
)
def test_a_wrong_confidence_to_abstain_below_is_an_error_with_its_line(tmp_path, book, given, says):
    path = tmp_path / "mini.yaml"
    path.write_text(f"codebook: mensenhandel\nversion: 1.0.0\nabstain_below: {given}\n", encoding="utf-8")
    with pytest.raises(FileError) as error:
        load_lexicon(path, book)
    assert "mini.yaml:3: " in str(error.value)
    assert says in str(error.value)


def test_no_shipped_cue_is_a_whole_statement_of_the_development_text(shipped):
    data = yaml.safe_load((GOLD / "samen-tegen-mensenhandel.yaml").read_text(encoding="utf-8"))
    texts = {
        statement["text"].strip(" .,!?").lower()
        for section in data["sections"]
        for bullet in section["bullets"]
        for statement in bullet
    }
    assert not texts & {cue.words for cue in shipped.cues}
    assert max(len([word for word in cue.words.split() if word != "..."]) for cue in shipped.cues) <= 4


def test_every_code_but_the_defaults_has_cues(shipped, book):
    ruled = {"statement_type", "modality"}  # these are told by form
    given = {(cue.dimension, cue.code) for cue in shipped.cues}
    missing = [
        (dimension.id, code.id)
        for dimension in book.dimensions
        if dimension.id not in ruled
        for code in dimension.codes
        if (dimension.id, code.id) not in given and code.id not in ("none", "unspecified", "other")
        if not any(child.parent == code.id for child in dimension.codes)
    ]
    assert missing == []


def test_weights_can_be_borrowed_of_one_codebook_only(tmp_path, book):
    path = tmp_path / "mini.yaml"
    path.write_text(
        "codebook: mensenhandel\nversion: 1.0.0\nlearned:\n  one: [direction]\n  other: [modality]\n", encoding="utf-8"
    )
    with pytest.raises(FileError, match="'other' is a second one") as caught:
        load_lexicon(path, book)
    assert (caught.value.path, caught.value.line) == (path, 5)
