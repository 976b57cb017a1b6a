"""The landing pages in a real Chromium: they fit phones, are legible in light and dark, and speak both languages."""

from pathlib import Path

import pytest

from benchmarks.chromium import CHROMIUM, MISSING
from benchmarks.release.constructed import DAY, constructed, described_in_full, inputs
from pipeline.release.publish import publish

from .looking import look

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason=MISSING),
]

MEASURE = """
<script>
const visible = selector => [...document.querySelectorAll(selector)].filter(one => one.offsetParent !== null).length;
const found = {
  overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  width: document.documentElement.clientWidth,
  dark: matchMedia("(prefers-color-scheme: dark)").matches,
  dutch: [visible("h2 .nl"), visible("h2 .en")],
};
document.getElementById("choose-en").click();
found.english = [visible("h2 .nl"), visible("h2 .en")];
document.body.dataset.found = JSON.stringify(found);
</script>
"""


MEASURE_CELLS = """
<script>
const names = [...document.querySelectorAll("#sources thead th")].map(cell => cell.textContent);
const place = names.indexOf("What it holds");
const rows = [...document.querySelectorAll("tbody tr")];
const cells = rows.map(row => row.children[place].getBoundingClientRect());
document.body.dataset.found = JSON.stringify({
  overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  width: document.documentElement.clientWidth,
  starts: Math.max(...cells.map(cell => cell.left)),
  ends: Math.max(...cells.map(cell => cell.right)),
  tallest: Math.max(...cells.map(cell => cell.height)),
});
</script>
"""


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("outputs")
    for statements in (20, 21):
        publish(inputs(constructed(statements), dataset=described_in_full()), folder, DAY)
    return folder


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1440])
@pytest.mark.parametrize(("path", "headings"), [("index.html", 2), ("releases/1.1.0/index.html", 7)])
def test_it_fits_and_speaks_both_languages(
    outputs: Path, tmp_path: Path, path: str, headings: int, width: int, *, dark: bool
) -> None:
    found = look((outputs / path).read_text(encoding="utf-8"), MEASURE, tmp_path, width, dark=dark)
    assert found["overflow"] <= 0
    assert found["dark"] is dark
    assert found["dutch"] == [headings, 0]
    assert found["english"] == [0, headings]


def test_the_dictionary_says_what_a_column_holds_within_a_phone_s_width(outputs: Path, tmp_path: Path) -> None:
    text = (outputs / "releases/1.1.0/DICTIONARY.html").read_text(encoding="utf-8")
    found = look(text, MEASURE_CELLS, tmp_path, 360, dark=False)
    assert found["overflow"] <= 0
    assert found["starts"] < found["width"] / 2
    assert found["ends"] <= found["width"]
    assert found["tallest"] < 500
