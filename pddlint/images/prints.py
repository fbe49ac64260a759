"""What is known of a picture file once it was looked at, apart from what looks at it: that takes long to load."""

from __future__ import annotations

from typing import Literal

import msgspec

ProblemKind = Literal["missing", "unreadable", "not-a-picture", "unsupported", "damaged", "too-large"]


class PictureProblem(msgspec.Struct, frozen=True, tag="problem"):
    """Why a picture file could not be looked at. `detail` is technical and in English (sizes, a decoder's message)."""

    kind: ProblemKind
    detail: str = ""


class PicturePrint(msgspec.Struct, frozen=True, gc=False, tag="print"):
    """What is kept of a picture. Hashes are in reading order, most significant bit first, like imagehash's hex."""

    digest: bytes  # of the file, 16 bytes: equal digests are equal files
    width: int
    height: int
    size: int  # bytes of the file
    format: str
    animated: bool
    phash: int  # 64 bits, of the whole picture
    phash_mirrored: int
    dhash: int  # 64 bits
    dhash_mirrored: int
    trimmed: bytes  # 256-bit pHash after cutting off the uniform border, 32 bytes
    trimmed_mirrored: bytes
    grid: bytes  # mean Y, Cb, Cr of GRID × GRID cells of the trimmed picture
    colours: bytes  # shares (sum 255) of 12 hues and 6 greys in what is not background
    contrast: int  # standard deviation of grey, 0..127
    content: int  # per mille of pixels that are not background

    @property
    def blank(self) -> bool:
        """Nearly nothing on it: hashes of such pictures agree by chance and prove nothing."""
        return self.contrast < 8 or self.content < 15
