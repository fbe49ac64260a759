"""Thumbnails for the HTML report, as data URIs: each picture once, whatever shows it, up to a total size."""

from __future__ import annotations

import base64
import io

SIDE = 160  # pixels, the longer side
TOTAL = 16_000_000  # characters of all thumbnails together; pictures beyond that are left out
_QUALITY = 72


class Thumbnails:
    """Numbers for pictures; `uris` are the pictures by number."""

    def __init__(self, total: int = TOTAL) -> None:
        self.uris: list[str] = []
        self.left = total
        self.omitted = 0
        self._by_path: dict[str, int] = {}
        self._by_content: dict[bytes, int] = {}

    def number(self, path: str) -> int:
        """The number of the picture file at an absolute path; -1 when it has none (unreadable, or no room left)."""
        if not path:
            return -1
        if path not in self._by_path:
            self._by_path[path] = self._made(path)
        return self._by_path[path]

    def _made(self, path: str) -> int:
        from pddlint.images.decode import PictureProblem, decode, read_picture

        raw = read_picture(path)
        if isinstance(raw, PictureProblem):
            return -1
        known = self._by_content.get(raw.digest)
        if known is not None:
            return known
        number = -1
        if self.left <= 0:
            self.omitted += 1
        elif not isinstance(decoded := decode(raw, SIDE), PictureProblem):
            decoded.image.thumbnail((SIDE, SIDE))
            file = io.BytesIO()
            decoded.image.save(file, "JPEG", quality=_QUALITY, optimize=True)
            uri = "data:image/jpeg;base64," + base64.b64encode(file.getvalue()).decode()
            self.left -= len(uri)
            number = len(self.uris)
            self.uris.append(uri)
        self._by_content[raw.digest] = number
        return number
