"""Which licence is of what in a release, and which texts may be published once more: the one place that decides it.

What belongs here: the columns that hold words of sources, what each licence allows, and the statements of it in words.
What does not: the licences' names and addresses (`schemas/licences.yaml`), and how a format writes them (a module
each).

Codes, spans, identifiers and descriptions are ours and carry the dataset's licence. Words of a source stay under the
source's: whoever takes those has what its publisher allows, and nothing more. A format that takes one licence for a
file gets the one that allows least of those that the file holds, so that nobody takes more than there is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.errors import PlainError
from pipeline.release.description import Dataset, Words
from pipeline.release.model import Release
from schemas.licences import licences

SOURCE_TEXTS: Mapping[str, tuple[str, ...]] = {
    "sections": ("title",),
    "statements": ("text",),
    "recommendations": ("text", "section"),
    "repairs": ("before", "after"),
}
"""Columns that hold words of sources, by table. Titles and publishers of sources are facts about them."""

LICENCE_FILE = "LICENSE.md"
"""Where a release says which licence is of what, for people."""

_REPUBLISHED = frozenset({"CC0-1.0", "PDM-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC-BY-NC-SA-4.0"})
"""Licences that allow what is done with a text here: it is cut into statements, mended and redacted, and nothing like
that may be shared of a text under a licence without derivatives; of an unknown licence nobody can tell."""

_OPEN_DEFINITION = {"unknown": "notspecified", "closed": "other-closed"}
"""How the Open Definition's register, which data packages use, calls what has no licence of its own."""


@dataclass(frozen=True, slots=True)
class Terms:
    """A licence, as formats need it.

    Attributes:
        name: Its short name.
        title: Its title.
        dcat_uri: How the Dutch government's list writes it.
        page: Its page; that of the list when it has none.
        family: What CKAN's register calls it, of open licences only.
        place: Its place among all licences; those that allow less come later.
    """

    name: str
    title: Words
    dcat_uri: str
    page: str
    family: str | None
    place: int

    @property
    def spdx(self) -> str | None:
        """Its SPDX identifier, when it has one."""
        return self.name if self.name.startswith("CC") else None

    @property
    def register(self) -> str:
        """Its name in the register of the Open Definition."""
        return _OPEN_DEFINITION.get(self.name, self.name)

    @property
    def republishes(self) -> bool:
        """Whether texts under it may be published once more, cut and mended as they are here."""
        return self.name in _REPUBLISHED


@dataclass(frozen=True, slots=True)
class Rights:
    """Which licence is of what in a release.

    Attributes:
        ours: That of codes, spans, identifiers and descriptions.
        texts: Those of the words of sources, those that allow most first; none when there is no source.
    """

    ours: Terms
    texts: tuple[Terms, ...]

    @property
    def all(self) -> tuple[Terms, ...]:
        """Every licence of the release, ours first."""
        return tuple(dict.fromkeys((self.ours, *self.texts)))

    def of(self, table: str) -> tuple[Terms, ...]:
        """Return every licence of a table, ours first."""
        return self.all if table in SOURCE_TEXTS else (self.ours,)

    def least(self, table: str | None = None) -> Terms:
        """Return the licence that allows least of those of a table, or of the whole release."""
        return max(self.all if table is None else self.of(table), key=lambda one: one.place)

    @property
    def plain(self) -> bool:
        """Whether whoever keeps to our licence keeps to all of them."""
        return self.least() == self.ours

    def statement(self, table: str | None = None) -> Words:
        """Return in words which licence is of what in a table, or in the whole release."""
        if table is None:
            held = ", ".join(f"{name}.{column}" for name, columns in SOURCE_TEXTS.items() for column in columns)
        else:
            held = ", ".join(SOURCE_TEXTS.get(table, ()))
        ours = {"nl": self.ours.title.nl, "en": self.ours.title.en}
        if not held or not self.texts:
            return Words(nl=f"{ours['nl']}.", en=f"{ours['en']}.")
        nl, en = (" / ".join(getattr(one.title, language) for one in self.texts) for language in ("nl", "en"))
        return Words(
            nl=f"Coderingen, verwijzingen en beschrijvingen: {ours['nl']}. "
            f"Woorden uit bronnen ({held}): {nl}, per bron volgens tabel sources.",
            en=f"Codes, references and descriptions: {ours['en']}. "
            f"Words of sources ({held}): {en}, by source as in table sources.",
        )


def rights(release: Release) -> Rights:
    """Return which licence is of what in a release.

    Raises:
        PlainError: when a source has a licence that is not known.
    """
    return rights_of(release.dataset, (one.licence for one in release.sources))


def rights_of(dataset: Dataset, texts: Iterable[str]) -> Rights:
    """Return which licence is of what, given those of the words of sources.

    Args:
        dataset: Whose licence the rest is under.
        texts: URIs of the licences of the sources whose words are there.

    Raises:
        PlainError: when one of them is not known.
    """
    found = set(map(terms, texts))
    return Rights(terms(dataset.licence.dcat_uri), tuple(sorted(found, key=lambda one: one.place)))


def terms(dcat_uri: str) -> Terms:
    """Return what is known of a licence.

    Args:
        dcat_uri: Its URI, as in the table `sources`.

    Raises:
        PlainError: when it is not known.
    """
    for place, (name, known) in enumerate(licences().items()):
        if known["dcat_uri"] == dcat_uri:
            page = known.get("uri", dcat_uri)
            return Terms(name, Words(**known["title"]), dcat_uri, page, known.get("family"), place)
    raise PlainError(f"licence {dcat_uri} is not in schemas/licences.yaml; add it there")


def least(given: Iterable[str]) -> Terms:
    """Return the licence that allows least of those with these pages, as a release's data package names them.

    Raises:
        PlainError: when one of them is not known.
    """
    by_page = {one.page: one for one in (terms(known["dcat_uri"]) for known in licences().values())}
    addresses = list(given)
    unknown = [page for page in addresses if page not in by_page]
    if unknown:
        raise PlainError(f"licence {unknown[0]} is not in schemas/licences.yaml; add it there")
    return max((by_page[page] for page in addresses), key=lambda one: one.place)


def closed_sources(licences_by_source: Mapping[str, str]) -> tuple[str, ...]:
    """Return the sources whose words may not be published once more.

    Args:
        licences_by_source: The licence of each source, as in the table `sources`.
    """
    return tuple(one for one, licence in licences_by_source.items() if not terms(licence).republishes)


def pages(given: Iterable[Terms]) -> str | list[str]:
    """Return the pages of licences as JSON-LD has them: a single one without a list."""
    found = [one.page for one in given]
    return found[0] if len(found) == 1 else found
