"""Contents in S3-compatible storage."""

from collections.abc import Iterator
from typing import IO, Any
from urllib.parse import urlsplit

import structlog
import urllib3
from minio import Minio
from minio.error import MinioException, S3Error
from urllib3.exceptions import HTTPError

from app.config import Settings
from app.core.errors import Unavailable
from app.files.storage.contract import BLOCK, FileGone

log = structlog.get_logger(__name__)
_PART = 64 * 1024 * 1024
"""Larger than any file that is taken: each is sent whole, in one signed request."""
_MISSING = {"NoSuchKey", "NoSuchObject", "NotFound"}


class S3Store:
    """A bucket with a folder per company."""

    def __init__(self, settings: Settings) -> None:
        address = urlsplit(settings.s3_endpoint)
        self._bucket = settings.s3_bucket
        self._client = Minio(
            address.netloc,
            access_key=settings.s3_access_key,
            secret_key=settings.s3_secret_key,
            secure=address.scheme == "https",
            region=settings.s3_region,
            http_client=urllib3.PoolManager(
                timeout=urllib3.Timeout(connect=5, read=30), retries=urllib3.Retry(2, backoff_factor=0.2)
            ),
        )

    def has(self, key: str) -> bool:
        """Whether something lies there."""
        try:
            self._client.stat_object(self._bucket, key)
        except S3Error as error:
            if error.code in _MISSING:
                return False
            raise _unavailable(error) from error
        except (MinioException, HTTPError) as error:
            raise _unavailable(error) from error
        return True

    def put(self, key: str, stream: IO[bytes], size: int) -> None:
        """Lay a content there."""
        stream.seek(0)
        try:
            self._client.put_object(self._bucket, key, stream, size, part_size=_PART)  # type: ignore[arg-type]
        except (MinioException, HTTPError, OSError) as error:
            raise _unavailable(error) from error

    def read(self, key: str) -> Iterator[bytes]:
        """The content, block by block."""
        try:
            answer = self._client.get_object(self._bucket, key)
        except S3Error as error:
            if error.code in _MISSING:
                raise FileGone from None
            raise _unavailable(error) from error
        except (MinioException, HTTPError) as error:
            raise _unavailable(error) from error
        return _blocks(answer)

    def delete(self, key: str) -> None:
        """Remove what lies there."""
        try:
            self._client.remove_object(self._bucket, key)
        except (MinioException, HTTPError) as error:
            raise _unavailable(error) from error


def _blocks(answer: Any) -> Iterator[bytes]:
    try:
        yield from answer.stream(BLOCK)
    finally:
        answer.close()
        answer.release_conn()


def _unavailable(error: Exception) -> Unavailable:
    # Its text may carry the address of a file; its kind says enough.
    log.warning("file-store.unavailable", error=type(error).__name__, code=getattr(error, "code", None))
    return Unavailable()
