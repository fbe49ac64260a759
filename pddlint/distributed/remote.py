"""Catalogs and pictures in object storage (s3://, gs://, az:// …) and on the web, through Daft's own readers.

Nothing is fetched but what lies below a path named on the command line or a URL in `[images] roots`. Credentials and
endpoints are the ones Daft finds in the environment.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote

import msgspec

from pddlint.catalog.discover import ENDINGS, Refusal, Source, excluded
from pddlint.catalog.pictures import Resolver
from pddlint.distributed.dataflow import load
from pddlint.images.decode import PictureProblem, RawPicture, raw_picture

PARQUET = ".parquet"
_URL = re.compile(r"(?P<scheme>[a-z][a-z0-9+]{1,9}):/{1,2}(?P<rest>[^/].*)", re.DOTALL)
_WEB = ("http://", "https://")
_FETCHES = 16  # pictures fetched at once
_AHEAD: dict[str, RawPicture | PictureProblem] = {}  # fetched ahead of being looked at
_HELD = 64 << 20  # bytes of them


class Remote(msgspec.Struct, frozen=True):
    """A file in object storage."""

    source: Source
    size: int


def url_of(path: Path | str) -> str:
    """The URL that a path on the command line stands for ("s3:/bucket/key" is what Path makes of one), "" for none."""
    found = _URL.fullmatch(str(path).replace("\\", "/"))
    return f"{found['scheme']}://{found['rest']}" if found else ""


def discover(root: str, exclude: Sequence[str]) -> Iterator[Remote | Refusal]:
    """The catalog files below a URL, sorted by path; a URL that names a file or has wildcards is taken as it is."""
    named = root.lower().endswith((*ENDINGS, PARQUET)) or any(mark in root for mark in "*?[")
    top = root.rstrip("/")
    try:
        found = sorted(_listed(top if named else f"{top}/**"))
    except Exception as error:  # the storage's own errors: no such bucket, no access
        yield Refusal("unreadable", root, reason(error))
        return
    if named:
        top = re.split(r"[*?\[]", top, maxsplit=1)[0].rpartition("/")[0]
    for url, size in found:
        if url.lower().endswith((*ENDINGS, PARQUET)) and not excluded(url, exclude):
            yield Remote(Source(url, top, url), size)


def _listed(pattern: str) -> list[tuple[str, int]]:
    try:
        rows = load().from_glob_path(pattern).to_pydict()
    except RuntimeError as error:
        if "MicroPartition" in str(error):  # how Daft says that nothing matches
            return []
        raise
    return [(path, size or 0) for path, size in zip(rows["path"], rows["size"], strict=True)]


def holds_something(url: str) -> bool:
    """Whether anything is stored below a URL."""
    try:
        return bool(_listed(f"{url.rstrip('/')}/**"))
    except Exception:  # nothing there; where the storage cannot be reached, writing will say so
        return False


def store(url: str, data: bytes) -> None:
    """Write an object. Raises the storage's own errors."""
    daft = load()
    frame = daft.from_pydict({"data": [data], "url": [url]})
    frame.select(daft.functions.upload(daft.col("data"), daft.col("url"))).collect()


@contextmanager
def opened(url: str) -> Iterator[BinaryIO]:
    """The object as a seekable file, read by ranges. OSError when it cannot be read."""
    try:
        handle = load().File(url).open()
    except Exception as error:
        raise OSError(0, reason(error)) from error
    with handle as file:
        yield file


def fetch(url: str, limit: int) -> bytes:
    """The first `limit` bytes of an object. OSError when it cannot be read."""
    with opened(url) as file:
        try:
            return file.read(limit)
        except Exception as error:
            raise OSError(0, reason(error)) from error


def reason(error: Exception) -> str:
    """The first line of what went wrong."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return (lines[0] if lines else type(error).__name__)[:200]


def has_urls(root: str, image_roots: Sequence[str]) -> bool:
    """Whether pictures may have to be fetched."""
    return bool(url_of(root)) or any(url_of(one) for one in image_roots)


class RemoteResolver(Resolver):
    """Finds pictures in object storage: beside the catalog file, below the catalog's root, below the image roots."""

    def __init__(self, root: str, image_roots: Sequence[str]) -> None:
        local = [one for one in image_roots if not url_of(one)]
        super().__init__(root if not url_of(root) else "/dev/null/none", local)
        self._urls = [url_of(one).rstrip("/") for one in (root, *image_roots) if url_of(one)]
        self._has_local = bool(local) or not url_of(root)

    def resolve(self, ref: str, folder: str) -> str:
        """URL or absolute path of the picture, "" when it is in none of the allowed places."""
        if self._has_local and (found := super().resolve(ref, folder)):
            return found
        for candidate in self._candidates(ref.strip(), url_of(folder)):
            if any(candidate.startswith(top + "/") for top in self._urls) and _exists(candidate):
                return candidate
        return ""

    def _candidates(self, ref: str, folder: str) -> Iterator[str]:
        if not ref or ref.startswith("data:") or "\0" in ref:
            return
        if ref.startswith("//"):
            ref = "https:" + ref
        bare = unquote(ref.split("?", 1)[0].split("#", 1)[0])
        if url_of(ref) and "://" in ref[:12]:
            yield ref
            path = bare.split("://", 1)[1].partition("/")[2]
            starts = self._urls
        else:
            path = bare.replace("\\", "/").lstrip("/")
            starts = [folder, *self._urls] if folder else self._urls
        for start in starts:
            scheme, _, rest = start.partition("://")
            yield f"{scheme}://{posixpath.normpath(posixpath.join(rest, path))}"


@lru_cache(256)
def _names(folder: str) -> frozenset[str]:
    try:
        return frozenset(path.rpartition("/")[2] for path, _ in _listed(f"{folder}/*"))
    except Exception:  # no such folder
        return frozenset()


@lru_cache(1 << 14)
def _exists(url: str) -> bool:
    if url.startswith(_WEB):
        try:
            return bool(load().File(url).exists())
        except Exception:
            return False
    folder, _, name = url.rpartition("/")
    return name in _names(folder)


def forget() -> None:
    """List folders anew: they may have changed."""
    _names.cache_clear()
    _exists.cache_clear()
    _AHEAD.clear()


def picture(url: str, max_bytes: int) -> RawPicture | PictureProblem:
    """The picture at a URL, fetched unless it was fetched ahead."""
    ahead = _AHEAD.pop(url, None)
    return ahead if ahead is not None else _picture(url, max_bytes)


def _picture(url: str, max_bytes: int) -> RawPicture | PictureProblem:
    try:
        data = fetch(url, max_bytes + 1)
    except OSError as error:
        return PictureProblem("unreadable", error.strerror or str(error))
    if len(data) > max_bytes:
        return PictureProblem("too-large", f"more than {max_bytes} bytes")
    return raw_picture(data)


def fetch_ahead(paths: Iterable[str], max_bytes: int) -> None:
    """Fetch the pictures that are about to be looked at, many at once."""
    _AHEAD.clear()
    urls = [path for path in dict.fromkeys(paths) if "://" in path[:12]]
    if not urls:
        return
    held = 0
    with ThreadPoolExecutor(_FETCHES) as pool:
        for url, found in zip(urls, pool.map(lambda url: _picture(url, max_bytes), urls), strict=True):
            held += len(found.data) if isinstance(found, RawPicture) else 0
            if held > _HELD:
                break
            _AHEAD[url] = found
