import os
import shutil
from pathlib import Path

import pytest

from pipeline import fingerprint
from pipeline.fingerprint import RememberedHashes, code_fingerprint, combined, content_hash
from pipeline.planning import make_plan, release_fingerprint, source_fingerprint
from pipeline.settings import Settings, SettingsError
from pipeline.sources import SourceError
from pipeline.stages.collect import accepted_sets
from pipeline.stages.frames import frame
from pipeline.storage import ACCEPTED_TABLES, Released, accept, write_frame, write_released

METADATA = "title: T\npublisher: {name: unknown}\nlicence: unknown\nlanguage: nl\ncodebook: mensenhandel\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    for name in ("een", "twee"):
        (tmp_path / "raw" / name).mkdir(parents=True)
        (tmp_path / "raw" / name / "a.txt").write_text(name)
        (tmp_path / "raw" / name / "source.yaml").write_text(METADATA)
    return Settings(tmp_path / "raw", tmp_path / "outputs")


def take_in(settings: Settings, source: str) -> None:
    tables = {name: settings.work / f"{name}.parquet" for name in ACCEPTED_TABLES}
    for name, path in tables.items():
        write_frame(path, frame(name, []))
    accept(settings.accepted, source, source_fingerprint(settings, source), tables, lambda _: [])


def publish(settings: Settings) -> None:
    """Note a release of all accepted sets, and show it."""
    (settings.outputs / "releases" / "1.0.0").mkdir(parents=True, exist_ok=True)
    (settings.outputs / "releases" / "versions.json").write_text('{"versions": [{"version": "1.0.0"}]}')
    (settings.outputs / "latest.json").write_text('{"version": "1.0.0"}')
    write_released(settings.home / "released.json", Released(release_fingerprint(accepted_sets(settings)), "1.0.0"))


def changed(settings: Settings) -> list[str]:
    return [name for name, _ in make_plan(settings).changed]


def test_all_is_to_do_at_first_and_nothing_in_the_end(settings):
    assert changed(settings) == ["een", "twee"]
    assert not make_plan(settings).release_due  # of nothing that was accepted
    take_in(settings, "een")
    assert changed(settings) == ["twee"]
    take_in(settings, "twee")
    assert make_plan(settings).release_due
    publish(settings)
    assert not make_plan(settings).changed
    assert not make_plan(settings).release_due


@pytest.mark.parametrize("name", ["latest.json", "releases/versions.json"])
@pytest.mark.parametrize("content", ['{"version": "0.9.0", "versions": [{"version": "0.9.0"}]}', "none of ours", None])
def test_a_release_that_is_not_shown_as_newest_is_due(settings, name, content):
    take_in(settings, "een")
    take_in(settings, "twee")
    publish(settings)
    assert not make_plan(settings).release_due
    path = settings.outputs / name
    path.unlink() if content is None else path.write_text(content)
    assert make_plan(settings).release_due


def test_a_changed_file_concerns_its_source_only(settings):
    take_in(settings, "een")
    take_in(settings, "twee")
    publish(settings)
    (settings.raw / "een" / "b.txt").write_text("nieuw")
    assert changed(settings) == ["een"]
    assert not make_plan(settings).release_due


def test_a_removed_source_makes_a_release_due(settings):
    take_in(settings, "een")
    take_in(settings, "twee")
    publish(settings)
    shutil.rmtree(settings.raw / "twee")
    assert not changed(settings)
    assert make_plan(settings).release_due


def test_another_limit_or_other_code_concerns_every_source(settings, monkeypatch):
    take_in(settings, "een")
    take_in(settings, "twee")
    assert changed(Settings(settings.raw, settings.outputs, 10)) == ["een", "twee"]
    monkeypatch.setattr("pipeline.planning.code_fingerprint", lambda *_: "other")
    assert changed(settings) == ["een", "twee"]


def test_an_empty_raw_folder_is_a_mistake_and_no_end_to_the_dataset(settings, tmp_path):
    (tmp_path / "leeg").mkdir()
    with pytest.raises(SourceError, match="holds no source that can be read"):
        make_plan(Settings(tmp_path / "leeg", settings.outputs))


def test_who_names_a_source_where_all_sources_are_asked_for_is_told_which_folder_to_name(settings):
    (settings.raw / "een" / "figuren").mkdir()
    with pytest.raises(SourceError, match=r"is itself a source, so name the folder that it stands in, .*raw$"):
        make_plan(Settings(settings.raw / "een", settings.outputs))


def test_folders_that_are_no_sources_are_a_mistake_too_and_one_that_is_is_enough(settings):
    (settings.raw / "een" / "source.yaml").unlink()
    assert make_plan(settings).sources == ("een", "twee")
    (settings.raw / "twee" / "source.yaml").write_text("titel: T\n")
    with pytest.raises(SourceError, match=r"no source that can be read.*2 folders: een/source.yaml: is missing"):
        make_plan(settings)


def test_sources_without_any_document_are_a_mistake_and_one_with_a_document_is_enough(settings):
    (settings.raw / "een" / "a.txt").unlink()
    assert make_plan(settings).sources == ("een", "twee")
    (settings.raw / "twee" / "a.txt").rename(settings.raw / "twee" / "a.docx")
    with pytest.raises(
        SourceError, match=r"no document.*nothing was done.*een/source\.yaml: has no documents beside it"
    ):
        make_plan(settings)
    (settings.raw / "een" / "b.PDF").write_bytes(b"%PDF-")
    assert make_plan(settings).sources == ("een", "twee")


def test_code_fingerprints_follow_parts():
    assert code_fingerprint(("pipeline/text",)) != code_fingerprint(("pipeline/coding",))
    assert combined("a", "b") != combined("ab")


def test_settings_of_the_environment(tmp_path):
    given = {"BLOEMLEZING_RAW": str(tmp_path), "BLOEMLEZING_OUTPUTS": "o", "BLOEMLEZING_MAX_BYTES": "10"}
    given["BLOEMLEZING_KEEP_RUNS"] = "7"
    settings = Settings.from_environment(given)
    assert (settings.raw, settings.outputs.name, settings.max_bytes, settings.keep_runs) == (tmp_path, "o", 10, 7)
    assert Settings.from_environment(dict(settings.to_environment())) == settings
    assert Settings.from_environment({}).raw.name == "raw"


@pytest.mark.parametrize(
    "name",
    [
        "BLOEMLEZING_RAW",
        "BLOEMLEZING_OUTPUTS",
        "BLOEMLEZING_WORK",
        "BLOEMLEZING_MAX_BYTES",
        "BLOEMLEZING_KEEP_RUNS",
        "BLOEMLEZING_DASK",
    ],
)
def test_an_empty_setting_is_not_the_default(name):
    with pytest.raises(SettingsError, match=f"{name} is empty"):
        Settings.from_environment({name: ""})


@pytest.mark.parametrize("value", ["0", "veel", "-1", "1e6"])
@pytest.mark.parametrize(("name", "of"), [("BLOEMLEZING_MAX_BYTES", "bytes"), ("BLOEMLEZING_KEEP_RUNS", "runs")])
def test_a_limit_must_be_a_number(name, of, value):
    with pytest.raises(SettingsError, match=f"{name} is '{value}'; give a number of {of}"):
        Settings.from_environment({name: value})


def test_what_did_not_change_is_not_read_again(settings, monkeypatch):
    hashes, read = RememberedHashes(), []
    monkeypatch.setattr(fingerprint, "content_hash", lambda path: read.append(path.name) or content_hash(path))
    path = settings.raw / "een" / "a.txt"
    for one in settings.raw.rglob("a.txt"):
        os.utime(one, ns=(1, 1))
    monkeypatch.setattr(fingerprint, "_TICK", -1)  # as if all had been written long ago
    first = make_plan(settings, hashes)
    assert make_plan(settings, hashes) == first == make_plan(settings)
    assert read.count("a.txt") == 2
    path.write_text("eén")
    os.utime(path, ns=(1, 1))
    assert make_plan(settings, hashes) == make_plan(settings) != first


def test_a_file_that_was_written_just_now_is_read_again(settings, monkeypatch):
    hashes, read = RememberedHashes(), []
    monkeypatch.setattr(fingerprint, "content_hash", lambda path: read.append(path.name) or content_hash(path))
    assert make_plan(settings, hashes) == make_plan(settings, hashes)
    assert read.count("a.txt") == 4


@pytest.mark.parametrize(
    ("outputs", "problem"),
    [("link", "is the folder of the sources too"), ("link/out", "is below the folder of the sources")],
)
def test_releases_do_not_go_among_the_sources(tmp_path, outputs, problem):
    (tmp_path / "link").symlink_to(tmp_path)
    with pytest.raises(SettingsError, match=problem):
        Settings.from_environment({}, raw=tmp_path, outputs=str(tmp_path / outputs))


def test_sources_may_stand_below_the_releases(tmp_path):
    assert Settings.from_environment({}, raw=tmp_path / "raw", outputs=str(tmp_path)).outputs == tmp_path


@pytest.mark.parametrize("address", ["s3:/bucket/folder", "GS:/bucket"])
def test_a_url_that_lacks_a_slash_is_no_folder_of_that_name(tmp_path, address):
    with pytest.raises(SettingsError, match="write two slashes"):
        Settings.from_environment({}, raw=tmp_path, outputs=address)
