"""From a picture's reference in the data to a local file, without network and never outside the allowed folders."""

# ruff: noqa: PTH116, PTH118, PTH119, PTH120
# Strings and os.path on purpose: this runs once a file or a picture, where Path costs ten times as much.

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from functools import lru_cache
from urllib.parse import unquote

import msgspec

from pddlint.catalog.model import Listing, Picture

_IMAGE_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".avif", ".tif", ".tiff", ".jfif")


class Resolver:
    """Resolves references against the file's folder, the catalog root and the configured image roots."""

    def __init__(self, root: str, image_roots: Sequence[str] = ()) -> None:
        self._root = os.path.realpath(root)
        self._image_roots = [os.path.realpath(one) for one in image_roots]
        self._allowed = [self._root, *self._image_roots]

    def resolve(self, ref: str, folder: str) -> str:
        """Absolute path of the picture, "" when there is no such file inside the allowed folders."""
        ref = ref.strip()
        if not ref or ref.startswith("data:") or "\0" in ref:
            return ""
        remote = ref.startswith("//") or "://" in ref[:12]
        for candidate in self._remote(ref) if remote else self._local(ref, folder):
            if self._is_picture(candidate):
                return candidate
        return ""

    def _local(self, ref: str, folder: str) -> Iterator[str]:
        ref = ref.replace("\\", "/")
        for text in dict.fromkeys((ref, _bare(ref))):
            for start in (folder, self._root, *self._image_roots):
                yield os.path.normpath(os.path.join(start, text))
                if text.startswith("/"):
                    yield os.path.normpath(os.path.join(start, text.lstrip("/")))
        yield from self._by_name(_bare(ref))

    def _remote(self, ref: str) -> Iterator[str]:
        host, _, path = _bare(ref.split("//", 1)[1]).partition("/")
        for start in self._image_roots:
            yield os.path.normpath(os.path.join(start, path))
            yield os.path.normpath(os.path.join(start, host, path))
        yield from self._by_name(path)

    def _by_name(self, path: str) -> Iterator[str]:
        """The file of that base name below the image roots; of several the one sharing most folders with the path."""
        wanted = path.split("/")
        if not wanted[-1]:
            return
        best: list[tuple[int, str]] = []
        for start in self._image_roots:
            for full in _index(start).get(wanted[-1], ()):
                have = full.replace(os.sep, "/").split("/")
                same = next(
                    (i for i, (a, b) in enumerate(zip(reversed(wanted), reversed(have), strict=False)) if a != b), 99
                )
                best.append((same, full))
        best.sort(key=lambda one: (-one[0], one[1]))
        if best and (len(best) == 1 or best[0][0] > best[1][0]):
            yield best[0][1]

    def _is_picture(self, candidate: str) -> bool:
        try:
            real = os.path.join(_real_folder(os.path.dirname(candidate)), os.path.basename(candidate))
            status = os.lstat(real)
            if stat.S_ISLNK(status.st_mode):
                real = os.path.realpath(real)
                status = os.stat(real)
        except (OSError, ValueError):
            return False
        return stat.S_ISREG(status.st_mode) and any(
            real.startswith(top.rstrip(os.sep) + os.sep) for top in self._allowed
        )


def _bare(ref: str) -> str:
    """The path without query, fragment and percent escapes."""
    return unquote(ref.split("?", 1)[0].split("#", 1)[0])


@lru_cache(maxsize=4096)
def _real_folder(folder: str) -> str:
    return os.path.realpath(folder)


@lru_cache(maxsize=16)
def _index(root: str) -> dict[str, list[str]]:
    """Base name -> paths, of every picture below an image root."""
    found: dict[str, list[str]] = {}
    for folder, folders, names in os.walk(root):
        folders.sort()
        for name in sorted(names):
            if name.lower().endswith(_IMAGE_ENDINGS) or "." not in name:
                found.setdefault(name, []).append(os.path.join(folder, name))
    return found


def forget() -> None:
    """Forget which folders and pictures there are."""
    _real_folder.cache_clear()
    _index.cache_clear()


def with_paths(listing: Listing, resolver: Resolver, folder: str) -> tuple[Listing, list[Picture]]:
    """The listing with its pictures resolved, and those that were not."""
    if not listing.pictures and not listing.detail_pictures and not [sku for sku in listing.skus if sku.picture]:
        return listing, []
    known: dict[str, str] = {}
    missing: dict[str, Picture] = {}

    def find(picture: Picture) -> Picture:
        if picture.ref not in known:
            known[picture.ref] = resolver.resolve(picture.ref, folder)
        path = known[picture.ref]
        if not path:
            missing.setdefault(picture.ref, picture)
            return picture
        return msgspec.structs.replace(picture, path=path)

    pictures = tuple(find(picture) for picture in listing.pictures)
    details = tuple(find(picture) for picture in listing.detail_pictures)
    skus = tuple(
        msgspec.structs.replace(sku, picture=find(sku.picture)) if sku.picture and sku.picture.ref else sku
        for sku in listing.skus
    )
    changed = msgspec.structs.replace(listing, pictures=pictures, detail_pictures=details, skus=skus)
    return changed, list(missing.values())
