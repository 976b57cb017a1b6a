"""The codebook page in a real Chromium: it fits phones, is legible in light and dark, and speaks both languages."""

import re
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from benchmarks.chromium import CHROMIUM, MISSING
from pipeline.coding.codebook import load_codebook
from pipeline.release.codebook_page import codebook_html
from pipeline.release.description import load_dataset
from pipeline.release.model import Release
from pipeline.source_metadata import CODEBOOKS

from .looking import look

BOOK = load_codebook(CODEBOOKS / "mensenhandel.yaml")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason=MISSING),
]

# Luminance and contrast as WCAG 2.1 defines them.
MEASURE = """
<script>
function luminance(colour) {
  const parts = colour.match(/[\\d.]+/g).slice(0, 3).map(Number).map(one => one / 255)
    .map(one => one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
  return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
}
function behind(element) {
  for (let one = element; one; one = one.parentElement) {
    const colour = getComputedStyle(one).backgroundColor;
    if (!/, 0\\)$/.test(colour)) return colour;
  }
}
function contrast(element) {
  const [a, b] = [luminance(getComputedStyle(element).color), luminance(behind(element))].sort((x, y) => y - x);
  return (a + 0.05) / (b + 0.05);
}
function visible(selector) {
  return [...document.querySelectorAll(selector)].filter(one => one.offsetParent !== null).length;
}
const found = {
  overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  width: document.documentElement.clientWidth,
  contrast: Math.min(...[...document.querySelectorAll("h1, h2, h3 span, p, dd, dt, code, a, legend")].map(contrast)),
  dark: matchMedia("(prefers-color-scheme: dark)").matches,
  dutch: [visible("nav .nl"), visible("nav .en")],
};
document.getElementById("choose-en").click();
found.english = [visible("nav .nl"), visible("nav .en")];
found.both = [visible(".label .nl"), visible(".label .en")];
document.body.dataset.found = JSON.stringify(found);
</script>
"""


@pytest.fixture(scope="module")
def page() -> str:
    dataset = load_dataset()
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    return codebook_html(Release(dataset, "1.0.0", moment, dataset.notes.first, "", (), (BOOK,), ())).decode()


def test_two_codebooks_are_told_apart_by_headings_and_regions():
    base = load_codebook(CODEBOOKS / "base.yaml")
    dataset = load_dataset()
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    both = codebook_html(Release(dataset, "1.0.0", moment, dataset.notes.first, "", (), (BOOK, base), ())).decode()
    ids = re.findall(r'\bid="([^"]+)"', both)
    names = re.findall(r'<section id="[^"]+" aria-labelledby="([^"]+)"', both)
    assert len(ids) == len(set(ids))
    assert len(names) == len(set(names)) == both.count("<section")
    heading = r"id=\"{}\">(.+?)</h"
    told = {one for name in names for one in name.split()}
    titles = {one: "".join(re.findall(heading.format(re.escape(one)), both)) for one in told}
    spoken = [" ".join(titles[one] for one in name.split()) for name in names]
    assert len(spoken) == len(set(spoken)), "two regions are called the same"
    levels = [int(level) for level in re.findall(r"<h(\d)", both)]
    assert levels[0] == 1
    assert levels.count(2) == 2
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1440])
def test_it_fits_is_legible_and_speaks_both_languages(page, tmp_path, width, dark):
    found = look(page, MEASURE, tmp_path, width, dark=dark)
    assert found["overflow"] <= 0
    assert found["dark"] is dark
    assert found["contrast"] >= 4.5
    links = 1 + len(BOOK.dimensions) + 1
    assert found["dutch"] == [links, 0]
    assert found["english"] == [0, links]
    assert found["both"] == [sum(len(dimension.codes) for dimension in BOOK.dimensions)] * 2


def test_it_needs_nothing_but_itself(page):
    assert not re.findall(r"<(?:script|link|img|iframe)\b|@import|url\(", page)


def test_the_short_names_of_schemes_are_explained_once_a_dimension(page):
    named = [f"<dt>{scheme}</dt><dd" for scheme in ("palermo", "cets197", "nlprog")]
    described = re.findall(r'<dl class="schemes">(.*?)</dl>', page, re.DOTALL)
    assert len(described) == 1
    assert all(name in described[0] for name in named)
    assert "UN TOC Trafficking Protocol" in described[0]


def test_every_link_inside_leads_somewhere(page):
    ids = re.findall(r'id="([^"]+)"', page)
    assert len(set(ids)) == len(ids)
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
