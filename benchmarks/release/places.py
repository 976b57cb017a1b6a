"""Where test releases go: a folder, or a bucket on a server of this machine that answers as S3 does.

What belongs here: places that other processes can be told of. What does not: what is done to them.
"""

import contextlib
import logging
import os
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import fsspec

from pipeline.release.bucket import BucketStore
from pipeline.release.disk import DiskStore
from pipeline.release.remote import Remote
from pipeline.release.store import Store

LEASE = 3.0
"""Seconds after which a publisher to a bucket counts as dead here: tests should not wait a minute for each."""


@dataclass(frozen=True)
class Place:
    """Where releases go, in a shape that can be handed to another process.

    Attributes:
        address: Folder or URL.
        environment: Variables that the URL needs.
    """

    address: str
    environment: Mapping[str, str] = field(default_factory=dict)

    def store(self) -> Store:
        """Return the store that is there."""
        os.environ.update(self.environment)
        if "://" in self.address:
            return BucketStore(Remote(self.address), LEASE)
        return DiskStore(Path(self.address))


@contextlib.contextmanager
def local_s3() -> Iterator[Place]:
    """Give a folder of an empty bucket, on a server of this machine that answers as S3 does."""
    from moto.server import ThreadedMotoServer  # noqa: PLC0415  only developers have it

    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # a line a request
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    environment = {
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
    }
    before, bucket = dict(os.environ), uuid.uuid4().hex  # servers of one process share their buckets
    try:
        os.environ.update(environment)
        fsspec.filesystem("s3", skip_instance_cache=True).mkdir(bucket)
        yield Place(f"s3://{bucket}/data", environment)
    finally:
        os.environ.clear()
        os.environ.update(before)
        server.stop()
        fsspec.filesystem("s3").clear_instance_cache()
