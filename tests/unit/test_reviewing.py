"""Reviews and comparisons on a small constructed release."""

import json
from pathlib import Path

import pytest

from pipeline.coding.coder import NAME
from pipeline.coding.decisions import read_decisions
from pipeline.coding.review import questions
from pipeline.comparing import compare_coders
from pipeline.errors import PlainError
from pipeline.reviewing import import_review, read_review, write_review
from pipeline.stages.codebooks import codebook
from pipeline.stages.frames import frame
from pipeline.storage import write_frame
from pipeline.text.language import load_language

BOOK = codebook("mensenhandel")
TEXTS = ("Zorg voor meer opvang.", "Meer geld.", "Minder regels voor opvang.", None)
SOURCES = ("eerste", "tweede")
TODAY = "2026-11-24"
HEADER = "statement_id,dimension,code,coder,date,reason,text\n"


def key(number: int) -> str:
    return f"stm-{number:016x}"


def coding(number: int, dimension: str, code: str, coder: str = NAME, rank: str = "primary") -> dict[str, object]:
    given = {"statement_id": key(number), "dimension": dimension, "code": code, "coder": coder, "rank": rank}
    return given | {"basis": "explicit", "confidence": 0.4, "evidence_start": 0, "evidence_end": 4}


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """Return a release of two sources with a document each: statements 0 and 1, and 2 and 3 (withheld)."""
    rows: dict[str, list[dict[str, object]]] = {"sources": [], "documents": [], "statements": [], "sections": []}
    for place, name in enumerate(SOURCES):
        source = {"source_id": name, "title": name, "publisher": "unknown", "publisher_uri": None, "issued": None}
        rows["sources"].append(
            source | {"licence": "http://x", "language": "nl", "homepage": None, "codebook": "mensenhandel"}
        )
        document = {"document_id": f"doc-{place}", "source_id": name, "path": f"{name}/a.txt", "sha256": "f" * 64}
        facts = {"bytes": 1, "encoding": "utf-8", "pages": 1, "lines": 1, "layout": "single", "reading_confidence": 1.0}
        rows["documents"].append(document | facts)
    for number, text in enumerate(TEXTS):
        place = {"document_id": f"doc-{number // 2}", "section_id": None, "position": number + 1, "page": 1}
        shown = {"text": text, "privacy": "clear" if text else "withheld", "reading_confidence": 1.0}
        rows["statements"].append({"statement_id": key(number)} | place | {"column": 1, "bullet": number + 1} | shown)
    rows["codings"] = [
        *(coding(number, "theme", "protection.care") for number in range(3)),
        *(coding(number, "theme", code, "anna") for number, code in enumerate(("protection.care", "prevention"))),
        coding(0, "theme", "prevention", "anna", "secondary"),
    ]
    folder = tmp_path / "release"
    for name, made in rows.items():
        write_frame(folder / "data" / f"{name}.parquet", frame(name, made))
    described = {"title": "Proef", "version": "1.0.0", "created": "2026-11-01T10:00:00Z"}
    (folder / "datapackage.json").write_text(json.dumps(described))
    return folder


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    for name in SOURCES:
        (tmp_path / "raw" / name).mkdir(parents=True)
    return tmp_path / "raw"


def decisions(raw: Path, source: str) -> dict[tuple[str, str, str], tuple[str, ...]]:
    content = (raw / source / "decisions.csv").read_bytes()
    found = read_decisions(content, source, "x", BOOK, load_language("nl"))
    assert found.issues == ()
    return {one.key: one.codes for one in found.decisions}


def sheet(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(["statement_id,text,dimension,code_1,code_2,coder,date,reason,evidence", *rows]) + "\n")
    return path


def test_a_review_goes_out_and_comes_back_into_the_decisions_of_each_source(release, raw, tmp_path):
    (raw / "eerste" / "decisions.csv").write_text(
        HEADER + f"{key(0)},theme,prevention,anna,2026-11-01,,{TEXTS[0]}\n{key(1)},actor,police,bert,2026-11-01,,Oud.\n"
    )
    review = read_review(release, raw)
    assert [one.key for one in review.decisions] == [(key(0), "theme", "anna")]
    paths = write_review(review, questions(review, 0.5, None), tmp_path / "uit", force=False)
    assert [path.name for path in paths] == ["review.xlsx", "review.csv", "review.qdpx"]
    with pytest.raises(PlainError, match="is there already"):
        write_review(review, [], tmp_path / "uit", force=False)
    for path in paths:
        taken, _ = import_review(path, review, raw, TODAY, None)
        assert [(one.source_id, one.new, one.changed, one.same, one.withdrawn) for one in taken] == [
            ("eerste", 0, 0, 1, 0)
        ]
    # A decision whose text changed is kept: it is the person's to mend.
    assert decisions(raw, "eerste") == {
        (key(0), "theme", "anna"): ("prevention",),
        (key(1), "actor", "bert"): ("police",),
    }
    back = sheet(
        tmp_path / "terug.csv",
        f"{key(0)},{TEXTS[0]},theme,governance,prevention,anna,2026-11-02,,",
        f"{key(2)},{TEXTS[2]},theme,abstain,,,,weet niet,",
    )
    taken, _ = import_review(back, review, raw, TODAY, "carla")
    assert [(one.new, one.changed, one.same) for one in taken] == [(0, 1, 0), (1, 0, 0)]
    assert decisions(raw, "eerste")[key(0), "theme", "anna"] == ("governance", "prevention")
    assert decisions(raw, "tweede") == {(key(2), "theme", "carla"): ()}

    gone = sheet(tmp_path / "weg.csv", f"{key(2)},{TEXTS[2]},theme,withdraw,,carla,,,")
    (taken,), _ = import_review(gone, read_review(release, raw), raw, TODAY, None)
    assert (taken.withdrawn, decisions(raw, "tweede")) == (1, {})
    with pytest.raises(PlainError, match="no decision to withdraw"):
        import_review(gone, read_review(release, raw), raw, TODAY, None)


def test_all_is_taken_in_or_nothing(release, raw, tmp_path):
    review = read_review(release, raw)
    back = sheet(
        tmp_path / "terug.csv",
        f"{key(0)},{TEXTS[0]},theme,governance,,anna,,,",
        f"{key(1)},Iets anders.,theme,governance,,anna,,,",
        f"{key(3)},,theme,governance,,anna,,,",
    )
    with pytest.raises(PlainError, match=r"row 3: .*text is now another[^$]*row 4: is about a statement that"):
        import_review(back, review, raw, TODAY, None)
    assert not (raw / "eerste" / "decisions.csv").exists()


def test_decisions_that_cannot_be_read_are_never_written_over(release, raw, tmp_path):
    path = raw / "eerste" / "decisions.csv"
    path.write_text(HEADER + f"{key(0)},theme,onzin,anna,2026-11-01,,{TEXTS[0]}\n")
    before = path.read_bytes()
    back = sheet(tmp_path / "terug.csv", f"{key(1)},{TEXTS[1]},theme,governance,,anna,,,")
    with pytest.raises(PlainError, match=r"first mend[^$]*decisions\.csv:2"):
        import_review(back, read_review(release, raw), raw, TODAY, None)
    assert path.read_bytes() == before


def test_two_coders_are_compared_on_what_both_coded(release):
    (theme,) = compare_coders("anna", NAME, release)
    assert (theme.dimension, theme.n, theme.only_a, theme.only_b) == ("theme", 2, 0, 1)
    assert theme.figures["accuracy"] == (0.5, None, None)
    (other,) = compare_coders(NAME, "anna", release)
    assert (other.only_a, other.only_b, other.figures["accuracy"]) == (1, 0, theme.figures["accuracy"])


def test_a_coder_may_be_a_file_of_codings_or_of_decisions(release, tmp_path):
    path = tmp_path / "bert.csv"
    rows = [f'{key(0)};theme;"protection.care;prevention";bert', f"{key(1)};theme;protection.care;bert"]
    path.write_text("\n".join(["statement_id;dimension;code;coder", *rows, f"{key(2)};theme;abstain;bert"]) + "\n")
    (theme,) = compare_coders(str(path), NAME, release)
    assert (theme.n, theme.only_b) == (2, 1)
    (same,) = compare_coders(NAME, str(_only(release, tmp_path)), release)
    assert (same.n, same.figures["accuracy"]) == (3, (1.0, 1.0, 1.0))
    assert "alpha" not in same.figures  # nobody gave another code, so it is not defined


def _only(release: Path, folder: Path) -> Path:
    codings = frame("codings", [coding(number, "theme", "protection.care") for number in range(3)])
    write_frame(folder / "codings.parquet", codings)
    return folder / "codings.parquet"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "coded nothing in the newest release; its coders are anna, rules-1"),
        ("statement_id,dimension,code\nx,y,z\n", "lacks the column coder"),
        (f"statement_id,dimension,code,coder\n{key(0)},theme,x,a\n{key(0)},theme,x,b\n", "holds the codings of a, b"),
        ("statement_id,dimension,code,coder\nstm-9,theme,prevention,a\n", "codes no statement of the newest release"),
        (f"statement_id,dimension,code,coder\n{key(0)},actor,police,a\n", "coded no statement both"),
    ],
)
def test_what_cannot_be_compared_is_said(content, message, release, tmp_path):
    name = "niemand"
    if content is not None:
        name = str(tmp_path / "codings.csv")
        Path(name).write_text(content)
    with pytest.raises(PlainError, match=message):
        compare_coders(name, NAME, release)
