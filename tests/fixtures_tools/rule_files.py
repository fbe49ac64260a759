"""Folders of the rules on files: what is wrong as a file, and what merely looks odd."""

from __future__ import annotations

import gzip
import json
import struct
import zlib
from typing import Any

_WELL = {
    "title": "雪尼尔抱枕纯色沙发靠垫",
    "category": ["家纺家饰", "靠垫/抱枕", "抱枕"],
    "skus": [{"id": "1", "specs": {"尺寸": "45x45cm"}, "price": 22.9}],
}


_OTHER = {
    "title": "加厚珊瑚绒毛巾吸水不掉毛洗脸巾",
    "category": ["居家布艺", "毛巾"],
    "skus": [{"id": "1", "specs": {"颜色": "米白"}, "price": 9.9}],
}


def _well(id_: str, listing: dict[str, Any] = _WELL) -> str:
    return json.dumps({"id": id_, **listing}, ensure_ascii=False) + "\n"


def _png_header(width: int, height: int) -> bytes:
    """The first bytes of a picture that would take gigabytes to unpack."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = b"IDAT" + zlib.compress(bytes(64))
    chunks = b"".join(
        struct.pack(">I", len(c) - 4) + c + struct.pack(">I", zlib.crc32(c)) for c in (header, body, b"IEND")
    )
    return b"\x89PNG\r\n\x1a\n" + chunks


# Files that are wrong as files, and files that merely look odd: folder -> name -> content.
RAW: dict[str, dict[str, bytes]] = {
    "CAT001-unreadable-file": {
        "violating.json/.keep": b"",  # a folder with the name of a data file
        "clean.json": _well("703100110012").encode("utf-8-sig"),
    },
    "CAT002-bad-encoding": {
        "violating.json": b'{"id": "703200110021", "title": "\xff\xfe\x80\x80", "skus": []}\n',
        "clean.json": _well("703200110022").encode("gb18030"),
    },
    "CAT003-syntax-error": {
        "violating.json": '{"id": "703300110031", "title": "雪尼尔抱枕",\n "skus": [{"price": 22.9},]}\n'.encode(),
        "clean.json": (_well("703300110032") + "\n" + _well("703300110033", _OTHER)).encode(),
    },
    "CAT004-unknown-shape": {
        "violating.json": '{"店名": "安居百货", "营业时间": "9:00-23:00"}\n'.encode(),
        "clean.json": _well("703400110042").encode(),
    },
    "CAT006-ill-typed-field": {
        "violating.json": _well("703600110061").replace("22.9", '"面议"').encode(),
        "clean.json": _well("703600110062", _OTHER).replace("9.9", '"9.90"').encode(),
    },
    "CAT007-duplicate-key": {
        "violating.json": _well("703700110071").replace('"category"', '"title": "灯芯绒抱枕", "category"').encode(),
        "clean.json": _well("703700110072", _OTHER).encode(),
    },
    "CAT008-conflicting-ids": {
        "violating.json": (_well("703800110081") + _well("703800110081").replace("22.9", "29.9")).encode(),
        "clean.json": (_well("703800110082", _OTHER) * 2).encode(),
    },
    "CAT021-unreadable-picture": {"images/page.jpg": b"<html><body>404 Not Found</body></html>\n"},
    "CAT022-oversized-picture": {"images/poster.png": _png_header(50_000, 50_000)},
    "CAT010-unsafe-file": {
        "violating.json.gz": gzip.compress(b"[" + b" " * (65 << 20), 9, mtime=0),
        "clean.json.gz": gzip.compress(_well("703010110102").encode(), 9, mtime=0),
    },
}
LINKS = {"CAT009-outside-link/violating.json": "../../demo-shop/cats.json"}
LINKED = {"CAT009-outside-link/clean.json": _well("703900110092").encode()}
