from pathlib import Path

import pytest

from pipeline import sources
from pipeline.sources import SourceError, fingerprint, read_source, source_issue, source_names, stray_files

GOOD = "title: T\npublisher: {name: P}\nlicence: CC-BY-4.0\nlanguage: nl\ncodebook: mensenhandel\n"


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "bron"
    folder.mkdir()
    (folder / "source.yaml").write_text(GOOD)
    (folder / "a.txt").write_text("Meer opvang.\n")
    return tmp_path


def test_a_good_source_gives_its_row_and_its_files(raw):
    (raw / "bron" / "source.yaml").write_text(GOOD + "issued: 2024-05-01\ndocuments: {a.txt: {title: Eerste}}\n")
    source = read_source(raw, "bron")
    assert source.row()["licence"] == "http://creativecommons.org/licenses/by/4.0/deed.nl"
    assert source.row()["issued"] == "2024-05-01"
    assert [(file.name, file.title) for file in source.files] == [("bron/a.txt", "Eerste")]
    assert source.issues == ()


@pytest.mark.parametrize("issued", ["2024", "2024-05", "2024-05-01", "'2024'"])
def test_a_date_is_as_precise_as_it_is_known(raw, issued):
    (raw / "bron" / "source.yaml").write_text(GOOD + f"issued: {issued}\n")
    assert read_source(raw, "bron").metadata.issued == issued.strip("'")


@pytest.mark.parametrize(
    ("licence", "end"),
    [
        ("unknown", "licentieonbekend"),
        ("cc0-1.0", "zero/1.0/deed.nl"),
        ("https://creativecommons.org/licenses/by-sa/4.0/", "by-sa/4.0/deed.nl"),
        ("http://standaarden.overheid.nl/owms/terms/licentieonbekend", "licentieonbekend"),
    ],
)
def test_licences_by_name_or_uri(raw, licence, end):
    (raw / "bron" / "source.yaml").write_text(GOOD.replace("CC-BY-4.0", licence))
    assert read_source(raw, "bron").metadata.licence.endswith(end)


@pytest.mark.parametrize(
    ("yaml", "line", "words"),
    [
        (None, None, "is missing"),
        ("", 1, "must hold keys"),
        ("- a\n", 1, "must hold keys"),
        ("title: T\npublisher: [\n", 3, "is not YAML"),
        (GOOD.replace("CC-BY-4.0", "gratis"), 3, "'gratis' is not on the licence list"),
        (GOOD.replace("language: nl", "language: fr"), 4, "'fr' has no language data"),
        (GOOD.replace("mensenhandel", "onbekend"), 5, "'onbekend' has no file in schemas/codebooks"),
        (GOOD.replace("{name: P}", "{naam: P}"), 2, "publisher.name: field required"),
        (GOOD + "licentie: x\n", 6, "licentie: is no key here; use one of: title, publisher, licence"),
        (GOOD.replace("{name: P}", "{name: P, url: x}"), 2, "publisher.url: is no key here; use one of: name, uri"),
        (GOOD + "kleur: x\nmaat: x\n", 6, r"maat \(line 7\): is no key"),
        (GOOD + "issued: voorjaar\n", 6, r"issued: 'voorjaar' is no date; write a year"),
        (GOOD + "homepage: x.nl\n", 6, "homepage: 'x.nl' is no address; write it whole, with https://"),
        (GOOD.replace("{name: P}", "P"), 2, "publisher: must have keys of its own, below it: name, uri"),
        (GOOD.replace("{name: P}", ""), 2, "publisher: is empty; give it a value"),
        (GOOD.replace("title: T", 'title: ""'), 1, "title: is empty; give it a value"),
        (GOOD.replace("title: T", "title: 12"), 1, "title: is no text; write it in quotes"),
        (GOOD + "documents: [a.txt]\n", 6, "documents: must have keys of its own, below it, each with a colon"),
        (GOOD + "documents:\n  a.txt: Deel\n", 7, r"a\.txt: must have keys of its own, below it: title, issued"),
        (GOOD + "documents:\n  title: {naam: x}\n", 7, r"is no key here; use one of: title, issued, homepage, desc"),
        (GOOD + "1: x\n", 6, "1: is no key here; use one of: title, publisher"),
        (GOOD + "issued: 2024-02-30\n", 6, "'2024-02-30' is no date"),
        (GOOD + "issued: 2024-13\n", 6, "'2024-13' is no date"),
        (GOOD + "title: Twee\n", 6, "'title' is given twice"),
        (GOOD + "description: !!int 'a'\n", 6, "cannot be read"),
        (GOOD + f"description: {'[' * 200_000}{']' * 200_000}\n", None, "nested too deeply"),
        (GOOD + "description: &a {b: *a}\n", None, "part of itself"),
        (GOOD.replace("title: T", 'title: "a\\nb"'), 1, "line break or control character"),
        (GOOD + "".join(f"k{n}: 1\n" for n in range(9)), 6, "and 4 more"),
        (GOOD.replace("title: T\n", ""), None, "title: field required"),
    ],
)
def test_a_bad_source_says_what_and_where(raw, yaml, line, words):
    path = raw / "bron" / "source.yaml"
    path.unlink() if yaml is None else path.write_text(yaml)
    with pytest.raises(SourceError, match=words) as caught:
        read_source(raw, "bron")
    assert caught.value.line == line
    assert "\n" not in str(source_issue("bron", caught.value))


def test_metadata_that_is_not_utf_8(raw):
    (raw / "bron" / "source.yaml").write_bytes(GOOD.encode() + b"# caf\xe9\n")
    with pytest.raises(SourceError, match="not UTF-8"):
        read_source(raw, "bron")


def test_a_folder_name_must_be_an_identifier(raw):
    (raw / "bron").rename(raw / "Bron 1")
    with pytest.raises(SourceError, match="no identifier"):
        read_source(raw, "Bron 1")


def test_what_is_not_read_is_reported(raw):
    (raw / "bron" / "b.docx").write_text("x")
    (raw / "bron" / "sub").mkdir()
    (raw / "bron" / ".verborgen").write_text("x")
    (raw / "los.txt").write_text("x")
    (raw / "bron" / "source.yaml").write_text(GOOD + "documents: {weg.txt: {}}\n")
    kinds = [(issue.path, issue.kind) for issue in read_source(raw, "bron").issues]
    assert kinds == [
        ("bron/b.docx", "not_a_document"),
        ("bron/sub", "not_a_document"),
        ("bron/source.yaml", "no_such_document"),
    ]
    assert [issue.path for issue in stray_files(raw)] == ["los.txt"]


@pytest.mark.parametrize("name", ["b.pdf", "b.pdf.txt"])
def test_a_pdf_may_be_described_by_its_own_name(raw, name):
    (raw / "bron" / "source.yaml").write_text(GOOD + f"documents: {{{name}: {{title: Verslag, issued: 2024}}}}\n")
    (raw / "bron" / "b.pdf").write_bytes(b"%PDF-1.7")
    assert read_source(raw, "bron").issues == ()
    (raw / "bron" / "b.pdf.txt").write_text("Meer opvang.\n")
    source = read_source(raw, "bron")
    assert source.issues == ()
    assert [(file.name, file.title) for file in source.files] == [("bron/a.txt", None), ("bron/b.pdf.txt", "Verslag")]
    assert [row["issued"] for row in source.descriptions() if row["path"]] == ["2024"]


def test_a_pdf_with_a_text_of_somebody_elses_beside_it_is_told(raw):
    (raw / "bron" / "a.pdf").write_bytes(b"%PDF-1.7")
    (issue,) = read_source(raw, "bron").issues
    assert (issue.path, issue.kind, issue.severity) == ("bron/a.pdf", "text_beside", "warning")
    assert "a.txt beside it" in issue.message


def test_an_empty_source_is_a_warning(raw):
    (raw / "bron" / "a.txt").unlink()
    source = read_source(raw, "bron")
    assert [issue.kind for issue in source.issues] == ["no_documents"]
    assert not source.has_documents


def test_a_source_whose_only_pdf_has_no_text_yet_is_not_empty(raw):
    (raw / "bron" / "a.txt").rename(raw / "bron" / "a.pdf")
    source = read_source(raw, "bron")
    assert source.issues == ()
    assert source.has_documents


def test_a_link_out_of_the_raw_folder_is_not_followed(raw, tmp_path_factory):
    outside = tmp_path_factory.mktemp("elders") / "geheim.txt"
    outside.write_text("Geheim.")
    (raw / "bron" / "link.txt").symlink_to(outside)
    source = read_source(raw, "bron")
    assert [file.path.name for file in source.files] == ["a.txt"]
    assert [(issue.path, issue.severity, issue.kind) for issue in source.issues] == [
        ("bron/link.txt", "quarantined", "outside")
    ]


def test_a_source_that_is_a_link_out_of_the_raw_folder_is_said_to_be_one(raw, tmp_path_factory):
    (raw / "bron").rename(outside := tmp_path_factory.mktemp("elders") / "bron")
    (raw / "bron").symlink_to(outside)
    with pytest.raises(SourceError, match=r"is a link to one outside the raw folder.*put the folder itself there"):
        read_source(raw, "bron")


def test_a_link_within_the_raw_folder_and_to_it_is_followed(raw, tmp_path):
    (raw / "tweede").symlink_to(raw / "bron")
    assert [file.path.name for file in read_source(raw, "tweede").files] == ["a.txt"]
    (tmp_path / "naar").symlink_to(raw)
    assert [file.path.name for file in read_source(tmp_path / "naar", "bron").files] == ["a.txt"]


def test_what_is_no_document_is_called_what_it_is_and_what_to_do_is_said(raw):
    (raw / "bron" / "kwijt.txt").symlink_to(raw / "bron" / "nergens.txt")
    (raw / "bron" / "lus.txt").symlink_to("lus.txt")
    (raw / "bron" / "map.txt").mkdir()
    (raw / "bron" / "z.docx").write_text("x")
    messages = [issue.message for issue in read_source(raw, "bron").issues]
    nowhere = "a file that is not there"
    for message, what in zip(messages, (nowhere, nowhere, "is a folder", "documents are .txt"), strict=True):
        assert what in message
        assert "; " in message


def test_a_source_that_is_a_link_to_nowhere_is_told(raw):
    (raw / "weg").symlink_to(raw / "nergens")
    (raw / "lus").symlink_to("lus")
    (raw / "los.txt").write_text("x")
    assert [(issue.path, "leads nowhere" in issue.message) for issue in stray_files(raw)] == [
        ("los.txt", False),
        ("lus", True),
        ("weg", True),
    ]
    assert source_names(raw) == ("bron",)


def test_a_suffix_may_be_written_in_capitals(raw):
    (raw / "bron" / "B.TXT").write_text("Meer zorg.")
    assert [file.path.name for file in read_source(raw, "bron").files] == ["B.TXT", "a.txt"]


def test_names_and_a_missing_folder(raw):
    (raw / ".git").mkdir()
    assert source_names(raw) == ("bron",)
    with pytest.raises(SourceError, match="--raw"):
        source_names(raw / "nergens")


def test_the_fingerprint_follows_names_and_contents(raw):
    first = fingerprint(raw, "bron")
    (raw / "bron" / "a.txt").write_text("Meer zorg.\n")
    second = fingerprint(raw, "bron")
    (raw / "bron" / "a.txt").rename(raw / "bron" / "b.txt")
    assert len({first, second, fingerprint(raw, "bron")}) == 3
    assert sources.DOCUMENT_SUFFIX == ".txt"
