"""Where contents lie: on disk below the data directory, or in S3-compatible storage."""

from app.config import Settings
from app.files.storage.contract import FileGone, Store
from app.files.storage.disk import DiskStore
from app.files.storage.s3 import S3Store

__all__ = ["FileGone", "Store", "configure", "key_of", "store", "thumbnail_of"]

_store: Store | None = None


def configure(settings: Settings) -> None:
    """Say where contents lie; called once by the factory."""
    global _store  # noqa: PLW0603
    on_disk = settings.file_store == "disk"
    _store = DiskStore(settings.data_dir / "files") if on_disk else S3Store(settings)


def store() -> Store:
    """Where contents lie."""
    assert _store is not None, "the factory configures it"  # noqa: S101
    return _store


def key_of(slug: str, sha256: str) -> str:
    """The key of a content: its company's folder, and the hash of what it is."""
    return f"{slug}/{sha256[:2]}/{sha256}"


def thumbnail_of(slug: str, sha256: str) -> str:
    """The key of a picture's thumbnail."""
    return f"{key_of(slug, sha256)}.thumb"
