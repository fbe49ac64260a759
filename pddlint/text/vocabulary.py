"""The combined vocabulary: every word lexicon in one scanner, with colours composed from their parts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from pddlint.text.lexicon import Extra, Lexicon, load
from pddlint.text.scanner import Scanner

# Lexicon group -> facet kind, in order of precedence for words that several lists hold.
_PLAN: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("services", (("service", "service"),)),
    ("audience", (("adult", "audience"), ("child", "audience"), ("pet", "audience"))),
    ("sizes", (("word", "size"),)),
    ("flavours", (("strong", "flavour"),)),
    ("materials", tuple((g, "material") for g in ("fabric", "leather", "metal", "plastic", "wood", "mineral", "paper"))),
    ("fitment", (("marker", "marker"), ("universal", "universal"), ("car_model", "car_model"))),
    ("brands", tuple((g, "brand") for g in (
        "phone", "computer", "audio", "appliance", "car", "bike", "sport", "fashion", "beauty", "daily", "food",
        "toy", "tool"))),
    ("seasons", (("season", "season"), ("festival", "festival"), ("zodiac", "year"))),
    ("forms", (("form", "form"), ("package", "package"), ("grade", "grade"), ("edition", "edition"),
               ("processing", "processing"))),
    ("marketing", (("marketing", "marketing"),)),
)


@lru_cache(maxsize=8)
def vocabulary(extras: tuple[tuple[str, Extra], ...] = ()) -> Scanner:
    """The scanner over all lexicons; `extras` are a user's changes by lexicon name. Words to pass over have kind trap."""
    changes = dict(extras)
    scanner = Scanner()
    for name in ("colours", "audience", "seasons"):
        lexicon = load(name, changes.get(name))
        scanner.add(((word, word, "traps") for word in lexicon.groups.get("traps", ())), "trap")
    scanner.add(colour_names(load("colours", changes.get("colours"))), "colour")
    flavours = load("flavours", changes.get("flavours"))
    scanner.add(_flavour_names(flavours), "flavour")
    for name, groups in _PLAN:
        lexicon = load(name, changes.get(name))
        for group, kind in groups:
            words = lexicon.groups.get(group, ())
            scanner.add(((word, lexicon.canonical[word], group) for word in words), kind)
    return scanner.freeze()


def colour_names(lexicon: Lexicon) -> Iterator[tuple[str, str, str]]:
    """All colour names as (name, name without 色, base character): fixed ones, and modifiers before bases."""
    bases = lexicon.groups["bases"]
    for name in lexicon.groups["fixed"]:
        yield name, bare_colour(name), ""
    for base in bases:
        yield base + "色", base, base
        for modifier in lexicon.groups["poetic"]:
            yield modifier + base, modifier + base, base
        if base not in "粉米":
            for modifier in lexicon.groups["edible"]:
                yield modifier + base, modifier + base, base
    for modifier in (*lexicon.groups["edible"], *lexicon.groups["spec_only"]):
        yield modifier + "色", modifier, ""


def bare_colour(name: str) -> str:
    """A colour's name without its final 色, when something remains: 黑色 -> 黑."""
    return name[:-1] if len(name) > 1 and name.endswith("色") and name not in ("彩色", "双色", "拼色", "撞色") else name


def _flavour_names(lexicon: Lexicon) -> Iterator[tuple[str, str, str]]:
    for base in lexicon.groups["bases"]:
        for ending in ("味", "口味", "风味"):
            yield base + ending, base, "bases"
    for scent in lexicon.groups["scents"]:
        for ending in ("香", "香氛", "香型", "花香", "香味", "味"):
            yield scent + ending, scent, "scents"
    for word in lexicon.groups["strong"]:
        yield word, lexicon.canonical[word].removesuffix("味") or word, "strong"
