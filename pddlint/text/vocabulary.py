"""The combined vocabulary: every word lexicon in one scanner, with colours and flavours composed from their parts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import repeat

from pddlint.text.lexicon import Extra, Lexicon, load
from pddlint.text.scanner import Scanner

# Lexicon -> (facet kind, groups; () for all), in order of precedence for words that several lists hold.
_PLAN: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("services", "service", ()),
    ("products", "product", ()),
    ("audience", "audience", ("adult", "child", "pet")),
    ("sizes", "size", ()),
    ("materials", "material", ()),
    ("fitment", "marker", ("marker",)),
    ("fitment", "universal", ("universal",)),
    ("fitment", "car_model", ("car_model",)),
    ("fitment", "series", ("named",)),
    ("brands", "brand", ()),
    ("seasons", "season", ("season",)),
    ("seasons", "festival", ("festival",)),
    ("seasons", "year", ("zodiac",)),
    ("forms", "form", ("form",)),
    ("forms", "package", ("package",)),
    ("forms", "grade", ("grade",)),
    ("forms", "edition", ("edition",)),
    ("forms", "processing", ("processing",)),
    ("marketing", "marketing", ("marketing",)),
    ("marketing", "scene", ("scene",)),
    ("marketing", "style", ("style",)),
)


@lru_cache(maxsize=8)
def vocabulary(extras: tuple[tuple[str, Extra], ...] = ()) -> Scanner:
    """The scanner over all lexicons; `extras` are a user's changes by lexicon name.

    Words to pass over have the kind trap.
    """
    changes = dict(extras)
    scanner = Scanner()
    colours = load("colours", changes.get("colours"))
    scanner.add(((name, bare_colour(name), "") for name in colours.groups["fixed"]), "colour")
    flavours = load("flavours", changes.get("flavours"))
    scanner.add(
        ((w, flavours.canonical[w].removesuffix("味") or w, "strong") for w in flavours.groups["strong"]), "flavour"
    )
    for name, kind, groups in _PLAN:
        lexicon = load(name, changes.get(name))
        for group in groups or lexicon.groups:
            words = lexicon.groups.get(group, ())
            scanner.add(zip(words, map(lexicon.canonical.__getitem__, words), repeat(group)), kind)
    for name in ("colours", "audience", "seasons", "marketing"):
        lexicon = load(name, changes.get(name))
        scanner.add_plain(lexicon.groups.get("traps", ()), "traps", "trap")
    _add_composed_colours(scanner, colours)
    scanner.add(_composed_flavours(flavours), "flavour")
    return scanner.freeze()


def _add_composed_colours(scanner: Scanner, lexicon: Lexicon) -> None:
    """Modifier + base for all pairs, as (name, name without 色, base)."""
    poetic, edible = lexicon.groups["poetic"], lexicon.groups["edible"]
    for base in lexicon.groups["bases"]:
        scanner.add([(base + "色", base, base)], "colour")
        if base == "米":
            continue  # 珍珠米 is rice
        scanner.add_plain([modifier + base for modifier in poetic], base, "colour")
        if base != "粉":
            scanner.add_plain([modifier + base for modifier in edible], base, "colour")
    scanner.add(((modifier + "色", modifier, "") for modifier in (*edible, *lexicon.groups["spec_only"])), "colour")


def bare_colour(name: str) -> str:
    """A colour's name without its final 色, when something remains: 黑色 -> 黑."""
    return name[:-1] if len(name) > 1 and name.endswith("色") and name not in ("彩色", "双色", "拼色", "撞色") else name


def _composed_flavours(lexicon: Lexicon) -> Iterator[tuple[str, str, str]]:
    for base in lexicon.groups["bases"]:
        for ending in ("味", "口味"):
            yield base + ending, base, "bases"
    for scent in lexicon.groups["scents"]:
        for ending in ("香", "香氛", "香型", "花香", "香味", "味"):
            yield scent + ending, scent, "scents"
