"""Filling the templates of pages: one environment, so that all of them are escaped and strict alike.

What belongs here: the environment, and JSON inside a page. What does not: what is on any page.
"""

import json
from functools import cache
from pathlib import Path

import jinja2

_TEMPLATES = Path(__file__).parent


def rendered(template: str, **values: object) -> bytes:
    """Return a page made of a template beside this module."""
    return _environment().get_template(template).render(**values).encode()


def json_inside(content: object) -> str:
    """Return a value as JSON that is safe in a `script` element, unescaped, whatever texts it holds."""
    text = json.dumps(content, ensure_ascii=False, allow_nan=False)
    # Only texts hold this sign, and there it may be written otherwise; so no text can end the element.
    return text.replace("<", "\\u003c")


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
