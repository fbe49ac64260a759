"""What matching keeps of a listing's words: hashed title bigrams and attributes, a few hundred bytes a listing.

Hashes are 32 bits, little-endian, sorted and unique, packed into bytes; the same text gives the same print on every
machine. Character bigrams suit Chinese, where words have no borders and sellers reshuffle them.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from zlib import crc32

import msgspec
import numpy as np
from numpy.typing import NDArray

from pddlint.catalog.model import Attribute, Listing
from pddlint.text.lexicon import document
from pddlint.text.normalise import fold
from pddlint.text.patterns import Pattern

Ids = NDArray[np.uint32]

KINDS = ("shape", "material", "taste", "season", "price", "other")  # of attributes; style and brand stand apart
_FILLER = 128  # added to an attribute's kind when its value says nothing (其他, 如图)

_NOISE = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_YEAR = Pattern(r"(?:19|20)\d\d(?:年|新|款|春|夏|秋|冬|\b)", needs="12")
_MODEL = re.compile(r"[0-9a-z]+(?:-[0-9a-z]+)*")
_BRAND_PARTS = re.compile(r"[/()\[\]|,;]+")
_ENTITY = re.compile(r"&\w+;?")


class TextPrint(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The words of one listing.

    `title` is a digest of the whole folded title without blanks and punctuation (0: no title); `grams` its character
    bigrams, `core` those of the title without facets (colours, sizes, gifts …). `names`, `values` and `kinds` are
    parallel: hashed attribute name, hashed value, index into KINDS (+128 for a value that says nothing). `style` is a
    digest of the style number (货号; 0: none), `models` are hashed letter-digit tokens of title and style number,
    `numbers` the title's numbers but for years, `brands` hashed spellings of the brand, `category` the path, root
    first.
    """

    title: int = 0
    grams: bytes = b""
    core: bytes = b""
    names: bytes = b""
    values: bytes = b""
    kinds: bytes = b""
    style: int = 0
    models: bytes = b""
    numbers: bytes = b""
    brands: bytes = b""
    category: bytes = b""


def text_print(listing: Listing, core: str | None = None) -> TextPrint:
    """The print of `listing`; `core` is its title with the facets taken out (`Facets.core`), None for the whole
    title."""
    folded = fold(listing.title)
    title, undated = _NOISE.sub("", folded), _YEAR.sub(" ", folded)
    names, values, kinds, style = _attributes(listing.attributes)
    brands = _brands(listing)
    return TextPrint(
        title=_digest(title),
        grams=_bigrams(title),
        core=_bigrams(_NOISE.sub("", core)) if core is not None else b"",
        names=names,
        values=values,
        kinds=kinds,
        style=_digest(style),
        models=_pack(_models(undated) | _models(style)),
        numbers=_pack(_NUMBER.findall(undated)),
        brands=_pack(brands),
        category=_category(listing.category),
    )


def unpack(packed: bytes) -> Ids:
    """The hashes in a print's field."""
    return np.frombuffer(packed, np.uint32)


def unpack_all(packed: Sequence[bytes]) -> tuple[Ids, NDArray[np.int64]]:
    """The hashes in the same field of many prints, one after the other, and how many are each print's."""
    return unpack(b"".join(packed)), np.fromiter(map(len, packed), np.int64, len(packed)) // 4


def name_values(prints: Sequence[TextPrint]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """The attributes of prints, name and value in one number each, and how many are each print's."""
    names, size = unpack_all([words.names for words in prints])
    values = unpack(b"".join([words.values for words in prints]))
    return names.astype(np.uint64) << np.uint64(32) | values, size


def _pack(words: Iterable[str]) -> bytes:
    return array("I", sorted({crc32(word.encode()) for word in words})).tobytes() if words else b""


@lru_cache(maxsize=1 << 12)
def _category(names: tuple[str, ...]) -> bytes:
    return array("I", [crc32(fold(name).encode()) for name in names]).tobytes()


def _digest(text: str) -> int:
    """64 bits that stand for `text`, 0 for no text."""
    raw = text.encode("utf-8", "surrogatepass")
    return (crc32(raw) << 32 | crc32(raw[::-1])) if raw else 0


def _bigrams(text: str) -> bytes:
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    if points.size < 2:
        return points.tobytes()
    hashes = points[:-1] * np.uint32(0x9E3779B1) + points[1:] * np.uint32(0x85EBCA6B)
    hashes.sort()
    packed: bytes = hashes[:1].tobytes() + hashes[1:][hashes[1:] != hashes[:-1]].tobytes()  # half of np.unique's cost
    return packed


def _models(text: str) -> set[str]:
    """Tokens that name an article: four characters or more with a digit among them, separators left out."""
    found = set()
    for token in _MODEL.findall(text):
        whole = token.replace("-", "")
        if len(whole) >= 4 and any(c.isdigit() for c in whole):
            found.add(whole)
        found.update(part for part in token.split("-") if len(part) >= 4 and any(c.isdigit() for c in part))
    return found


def _attributes(attributes: Iterable[Attribute]) -> tuple[bytes, bytes, bytes, str]:
    """Hashed names, hashed values and kinds, ordered by name and value; and the style number, "" for none."""
    rows: set[tuple[int, int, int]] = set()
    style = ""
    for attribute in attributes:
        found = _attribute(attribute)
        if isinstance(found, str):
            style = style or found
        else:
            rows.add(found)
    names, values, kinds = zip(*sorted(rows), strict=True) if rows else ((), (), ())
    return array("I", names).tobytes(), array("I", values).tobytes(), bytes(kinds), style


@lru_cache(maxsize=1 << 12)
def _attribute(attribute: Attribute) -> tuple[int, int, int] | str:
    """An attribute's name and value, hashed, and its kind; of one that is no row of its own, the style number it tells
    or "". Listings of a shop have many in common."""
    name, value = fold(attribute.name), fold(attribute.value).replace(" ", "")
    kind = kind_of(name)
    if kind == "style":
        return _style(value)
    if not value or kind in ("brand", "ware"):
        return ""
    code = KINDS.index(kind) + (_FILLER if value in _fillers() else 0)
    return crc32((name or attribute.key).encode()), crc32(value.encode("utf-8", "surrogatepass")), code


def _style(value: str) -> str:
    """The style number reduced to letters and digits; "" when too short or without a digit to tell one article from
    another."""
    if "&" in value:
        import html  # loads the names of two thousand entities; hardly any value has one

        value = _ENTITY.sub("", html.unescape(value))
    kept = re.sub(r"[^0-9a-z-]+", "", value)
    return kept.strip("-") if len(kept) >= 3 and any(c.isdigit() for c in kept) else ""


def _brands(listing: Listing) -> frozenset[str]:
    own = [a.value for a in listing.attributes if kind_of(fold(a.name)) == "brand"]
    return _spellings(listing.brand).union(*map(_spellings, own))


@lru_cache(maxsize=1 << 12)
def _spellings(brand: str) -> frozenset[str]:
    """A brand's spellings, without blanks and punctuation."""
    parts = {part.strip() for part in _BRAND_PARTS.split(fold(brand))}
    joined = {_NOISE.sub("", part) for part in parts if part not in _fillers()}
    return frozenset(part for part in joined if part and part not in _fillers())


@lru_cache(maxsize=1 << 14)
def kind_of(name: str) -> str:
    """What an attribute of this folded name speaks of: one of KINDS, or "style", "brand", "ware"."""
    whole, parts = _lexicon()
    if name in whole:
        return whole[name]
    return next((kind for part, kind in parts if part in name), "other")


@cache
def _lexicon() -> tuple[dict[str, str], list[tuple[str, str]]]:
    groups = _document()["groups"]
    whole = {w: group for group, words in groups.items() if not group.endswith("_part") for w in words.split()}
    parts = [(w, g.removesuffix("_part")) for g, words in groups.items() if g.endswith("_part") for w in words.split()]
    return whole, parts


@cache
def _fillers() -> frozenset[str]:
    return frozenset(_document()["values"]["empty"].split())


def _document() -> dict[str, dict[str, str]]:
    return document("attribute_kinds")
