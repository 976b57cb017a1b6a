import json
from pathlib import Path

import pytest

from pipeline.agreement import Share, agreement, read_gold
from pipeline.errors import PlainError
from pipeline.stages.frames import frame

GOLD = {
    "document": {"sha256": "f" * 64},
    "statements": [
        {"key": "S1", "text": "Meer opvang.", "section_number": None, "alternatives": {}},
        {
            "key": "S2",
            "text": "Meer zorg.",
            "section_number": "2",
            "alternatives": {"theme": ["b"], "actor": [["x", "y"]]},
        },
        {"key": "S3", "text": "Minder regels.", "section_number": "2", "alternatives": {"section_number": [None]}},
        {"key": "S4", "text": "Meer geld.", "section_number": "2", "alternatives": {"segmentation": "or in two"}},
    ],
}
for one in GOLD["statements"]:
    one |= {"statement_type": "measure", "theme": "a", "instrument": "none", "modality": "ellipsis", "horizon": "none"}
    one |= {"actor": ["x"], "target_group": ["u"], "exploitation": ["u"], "direction": ["more"], "sdg": ["none"]}


def statement(number: int, text: str, section: str | None, position: int) -> dict[str, object]:
    return {
        "statement_id": f"stm-{number:016x}",
        "document_id": "d",
        "section_id": section,
        "position": position,
        "page": 1,
        "column": 1,
        "bullet": position,
        "text": text,
        "privacy": "clear",
        "reading_confidence": 1.0,
    }


def coding(number: int, dimension: str, code: str) -> dict[str, object]:
    return {
        "statement_id": f"stm-{number:016x}",
        "dimension": dimension,
        "code": code,
        "coder": "c",
        "rank": "primary",
        "basis": "explicit",
        "confidence": 1.0,
        "evidence_start": None,
        "evidence_end": None,
    }


@pytest.fixture
def release(tmp_path: Path) -> Path:
    document = {
        "document_id": "d",
        "source_id": "s",
        "path": "p",
        "sha256": "f" * 64,
        "bytes": 1,
        "encoding": "utf-8",
        "pages": 1,
        "lines": 1,
        "layout": "single",
        "reading_confidence": 1.0,
    }
    section = {"section_id": "h", "document_id": "d", "position": 1, "number": "2", "title": "T", "level": 1}
    tables = {
        "documents": [document],
        "sections": [section],
        "statements": [
            statement(4, "Meer geld.", "h", 1),
            statement(1, "Meer opvang.", None, 2),
            statement(2, "Meer zorg.", None, 3),
            statement(3, "Minder regels. En meer.", "h", 4),
        ],
        "codings": [coding(1, "theme", "a"), coding(2, "theme", "b"), coding(2, "actor", "y"), coding(2, "actor", "x")],
    }
    (tmp_path / "data").mkdir()
    for name, rows in tables.items():
        frame(name, rows).to_parquet(tmp_path / "data" / f"{name}.parquet")
    return tmp_path


def test_every_kind_of_difference_is_counted_where_it_belongs(release):
    shares = {share.name: share for share in agreement(GOLD, release)}
    assert shares["texts verbatim"] == Share("texts verbatim", 4, 4, ())
    assert shares["in order (settled lines)"].right == 2
    assert shares["in the right section (settled lines)"].wrong == ("S2",)
    assert shares["cut exactly alike"].wrong == ("S3",)
    assert shares["theme"].wrong == ("S2", "S4")
    assert shares["theme, or an alternative"].wrong == ("S4",)
    assert shares["actor, or an alternative"].wrong == ("S1", "S4")


def test_gold_of_another_document_is_refused(release):
    other = GOLD | {"document": {"sha256": "0" * 64}}
    with pytest.raises(PlainError, match="publish it first"):
        agreement(other, release)


@pytest.mark.parametrize(
    ("text", "words"), [("{", "is not JSON: .+; mend that line"), ("{}", "is no gold file"), ("[]", "is no gold file")]
)
def test_a_bad_gold_file_is_one_line(tmp_path, text, words):
    (tmp_path / "g.json").write_text(text)
    with pytest.raises(PlainError, match=words):
        read_gold(tmp_path / "g.json")


def test_a_good_gold_file_is_read_as_it_is(tmp_path):
    (tmp_path / "g.json").write_text(json.dumps(GOLD))
    assert read_gold(tmp_path / "g.json") == GOLD
