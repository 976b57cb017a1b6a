"""Which store an address names.

What belongs here: telling folders from URLs. What does not: what a store does.
"""

from pathlib import Path

from fsspec.implementations.local import LocalFileSystem

from pipeline.release.bucket import BucketStore
from pipeline.release.disk import DiskStore
from pipeline.release.remote import Remote
from pipeline.release.store import Store


def open_store(address: str) -> Store:
    """Return the store at a folder or an fsspec URL.

    Raises:
        pipeline.release.store.StoreError: when the URL is of a kind that is not known, or its library is not installed.
    """
    scheme, separator, _ = address.partition("://")
    if not separator:
        return DiskStore(Path(address))
    if scheme in LocalFileSystem.protocol:
        return DiskStore(Path(str(LocalFileSystem._strip_protocol(address))))
    return BucketStore(Remote(address))
