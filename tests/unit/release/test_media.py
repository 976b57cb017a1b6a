import pytest

from pipeline.release.landing import DESCRIPTIONS
from pipeline.release.media import UNKNOWN, media_type


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("latest.json", "application/json"),
        ("index.html", "text/html; charset=utf-8"),
        (".well-known/api-catalog", "application/linkset+json"),
        ("releases/1.0.0/data/codes.parquet", "application/vnd.apache.parquet"),
        ("releases/1.0.0/SHA256SUMS", "text/plain; charset=utf-8"),
        ("releases/1.0.0/CITATION.cff", "application/yaml"),
        ("elsewhere/api-catalog", UNKNOWN),
        ("x.pulse", UNKNOWN),
    ],
)
def test_files_are_served_with_their_type(path, expected):
    assert media_type(path) == expected


def test_a_description_is_served_as_what_the_landing_page_says_it_is():
    assert {name: media_type(f"releases/1.0.0/{name}") for name in DESCRIPTIONS} == DESCRIPTIONS
