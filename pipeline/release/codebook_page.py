"""`codebook.html`: the codebooks as a page for people, in Dutch and English, that needs nothing else.

What belongs here: filling the page. What does not: its looks (`codebook.html.jinja`) and any code.
"""

from collections.abc import Iterator

from pipeline.coding.codebook import Code, Dimension
from pipeline.release.model import Release
from pipeline.release.pages import rendered

_LONGEST_NAME = 24


def codebook_html(release: Release) -> bytes:
    """Return the codebooks in use as a page: dimensions, codes, definitions, examples and rules."""
    told = {"depth": depth, "elsewhere": elsewhere, "schemes": schemes, "tail": _tail}
    return rendered("codebook.html.jinja", release=release, **told)


def depth(dimension: Dimension, code: Code) -> int:
    """Return how many codes a code is below, two at most: deeper ones are shown no further in."""
    above = dimension.by_id.get(code.parent or "")
    return 0 if above is None else min(1 + depth(dimension, above), 2)


def elsewhere(dimension: Dimension, code: Code) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the schemes in which a code has equivalents, by name, with their notations or addresses."""
    if code.uri:
        yield "URI", (code.uri,)
    for scheme, notations in code.mappings.items():
        name = dimension.external.get(scheme) or dimension.external.get("scheme") or scheme
        # A long name is a description; its first part says which scheme it is.
        yield (name if len(name) <= _LONGEST_NAME else scheme), notations


def schemes(dimension: Dimension) -> dict[str, str]:
    """Return what the schemes are to which codes of a dimension are mapped and whose names need words to say it."""
    used = {scheme for code in dimension.codes for scheme in code.mappings}
    return {scheme: name for scheme, name in dimension.external.items() if scheme in used and len(name) > _LONGEST_NAME}


def _tail(uri: str) -> str:
    """Return the last part of an address."""
    return uri.rstrip("/").rpartition("/")[2]
