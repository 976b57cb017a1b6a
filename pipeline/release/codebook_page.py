"""`codebook.html`: the codebooks as a page for people, in Dutch and English, that needs nothing else.

What belongs here: filling the page. What does not: its looks (`codebook.html.jinja`) and any code.
"""

from collections.abc import Iterator
from pathlib import Path

import jinja2

from pipeline.coding.codebook import Code, Dimension
from pipeline.release.model import Release

_TEMPLATE = Path(__file__).with_name("codebook.html.jinja")
_LONGEST_NAME = 24


def codebook_html(release: Release) -> bytes:
    """Return the codebooks in use as a page: dimensions, codes, definitions, examples and rules."""
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["tail"] = lambda uri: uri.rstrip("/").rpartition("/")[2]
    template = environment.from_string(_TEMPLATE.read_text(encoding="utf-8"))
    return template.render(release=release, depth=depth, elsewhere=elsewhere).encode()


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
