"""Parts of a release's `datapackage.json`, for tests that change one and look what follows.

What belongs here: finding a part by its name. What does not: changing it.
"""

from typing import Any

Descriptor = dict[str, Any]


def table(descriptor: Descriptor, name: str) -> Descriptor:
    """Return the resource of this name."""
    found: Descriptor = next(one for one in descriptor["resources"] if one["name"] == name)
    return found


def field(descriptor: Descriptor, name: str, column: str) -> Descriptor:
    """Return a column of the resource of this name."""
    found: Descriptor = next(one for one in table(descriptor, name)["schema"]["fields"] if one["name"] == column)
    return found
