"""Picture matching: recall for each seller's edit, false-positive rates on different products, and cost.

    python -m tests.benchmarks.pictures                        on a few pictures of our own making
    python -m tests.benchmarks.pictures --photos DIR           on photographs

(`python -m tests.benchmarks.cold` measures a whole check of a catalog with pictures.)

Rivals in the same run: imagehash.phash, and pdqhash where it is installed. Photographs may be grouped by name:
`studio-STYLE-…` and `shelf-PRODUCT-N` show one product each, any other file is a product of its own. Cost is CPU time
as a multiple of a bare loop of libjpeg-turbo's scaled grey decode (simplejpeg where installed, else Pillow's draft).
"""

from __future__ import annotations

import argparse
import io
import random
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import combinations
from pathlib import Path
from typing import Any

import imagehash
import numpy as np
from PIL import Image

from pddlint.images.decode import PictureProblem, decode, raw_picture
from pddlint.images.features import SIDE, Features, describe, features_of, verify
from pddlint.images.hashes import PicturePrint, compare, picture_print, print_of
from tests.benchmarks.picture_edits import EDITS, TEMPLATES, drawn

BARS = (0.5, 0.9, 0.99)


@dataclass(frozen=True)
class Seen:
    """A picture as each method remembers it."""

    print: PicturePrint
    features: Features
    phash: Any
    pdq: Any


@dataclass(frozen=True)
class Method:
    name: str
    accepts: Callable[[Seen, Seen], bool]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=Path, help="folder of photographs")
    parser.add_argument("--sample", type=int, default=40, help="pictures that are edited (default: 40)")
    parser.add_argument("--pairs", type=int, default=1000, help="pairs of different products (default: 1000)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    rng = random.Random(options.seed)
    products = _photographs(options.photos) if options.photos else {f"drawn-{n}": [drawn(n)] for n in range(12)}
    names = rng.sample(sorted(products), min(len(products), options.sample))
    print(f"{len(products)} products; {len(names)} edited; {options.pairs} pairs of different products\n")
    methods = _methods()
    _print_table(
        ["recall", *(m.name for m in methods)],
        [*_recalls(products, names, methods), *_false_positives(products, names, options.pairs, methods, rng)],
    )
    print()
    _print_table(["CPU", "ms", "× floor"], _costs([_image(products[n][0]) for n in names]))


def product_of(path: Path) -> str:
    parts = path.stem.split("-")
    kept = {"studio": parts[:2], "shelf": parts[:-1]}.get(parts[0], parts)
    return "-".join(kept)


def _photographs(folder: Path) -> dict[str, list[Path]]:
    products: dict[str, list[Path]] = {}
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in (".jpg", ".jpeg", ".png", ".webp"):
            products.setdefault(product_of(path), []).append(path)
    return products


def _image(source: Path | Image.Image) -> Image.Image:
    return source if isinstance(source, Image.Image) else Image.open(source).convert("RGB")


def _jpeg(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=88)
    return buffer.getvalue()


def look(image: Image.Image) -> Seen:
    data = _jpeg(image)
    raw = raw_picture(data)
    small, large = decode(raw), decode(raw, SIDE)
    assert not isinstance(small, PictureProblem)
    assert not isinstance(large, PictureProblem)
    return Seen(print_of(small), features_of(large), imagehash.phash(Image.open(io.BytesIO(data))), _pdq(image))


def _pdq(image: Image.Image) -> Any:
    try:
        import pdqhash  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        return None
    return pdqhash.compute(np.asarray(image))[0]


def _methods() -> list[Method]:
    methods = [Method("imagehash.phash ≤ 8", lambda a, b: a.phash - b.phash <= 8)]
    if _pdq(drawn(0)) is not None:
        methods.append(Method("pdqhash ≤ 60", lambda a, b: bool((a.pdq != b.pdq).sum() <= 60)))
    methods += [
        Method("trimmed ≤ 40", lambda a, b: compare(a.print, b.print).trimmed <= 40),
        *(Method(f"verify ≥ {bar}", partial(_verified, bar)) for bar in BARS),
    ]
    return methods


def _verified(bar: float, a: Seen, b: Seen) -> bool:
    return _score(a.features, b.features) >= bar


@lru_cache(1)
def _score(a: Features, b: Features) -> float:
    """Asked for by several methods in a row."""
    return verify(a, b).score


def _recalls(products: dict[str, list[Any]], names: list[str], methods: list[Method]) -> Iterable[list[str]]:
    originals = {name: look(_image(products[name][0])) for name in names}
    for edit, apply in EDITS.items():
        edited = {name: look(apply(_image(products[name][0]), random.Random(name + edit))) for name in names}
        hits = [sum(m.accepts(originals[name], edited[name]) for name in names) for m in methods]
        yield [edit, *(f"{hit / len(names):.2f}" for hit in hits)]


def _false_positives(
    products: dict[str, list[Any]], names: list[str], pairs: int, methods: list[Method], rng: random.Random
) -> Iterable[list[str]]:
    """Rates on any two products, on two of one kind of goods, and on two dressed in one template; each pair once."""
    seen: dict[tuple[str, str], Seen] = {}

    def dressed(name: str, edit: str) -> Seen:
        if (name, edit) not in seen:
            image = _image(products[name][0])
            seen[name, edit] = look(EDITS[edit](image, random.Random(name)) if edit else image)
        return seen[name, edit]

    every = list(combinations(sorted(products), 2))
    alike = [(a, b) for a, b in every if a[:9] == b[:9]]
    among = list(combinations(sorted(names), 2))
    for title, edits, chosen in (
        ("FPR, different products", ("",), rng.sample(every, min(pairs, len(every)))),
        ("FPR, same kind of goods", ("",), rng.sample(alike, min(pairs // 2, len(alike)))),
        ("FPR, same banner, badge or frame", TEMPLATES, rng.sample(among, min(pairs // 4, len(among)))),
    ):
        wrong = [0] * len(methods)
        for first, second in chosen:
            edit = rng.choice(edits)
            a, b = dressed(first, edit), dressed(second, edit)
            for number, method in enumerate(methods):
                wrong[number] += method.accepts(a, b)
        yield [f"{title} ({len(chosen)} pairs)", *(f"{w / max(len(chosen), 1):.5f}" for w in wrong)]


def _costs(images: list[Image.Image]) -> Iterable[list[str]]:
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}.jpg" for number in range(len(images))]
        for path, image in zip(paths, images, strict=True):
            path.write_bytes(_jpeg(image.resize((800, 800))))
        prints = [p for p in map(picture_print, paths) if isinstance(p, PicturePrint)]
        described = [f for f in map(describe, paths) if isinstance(f, Features)]
        jobs: list[tuple[str, Callable[[Any], Any], list[Any]]] = [
            ("read and scaled grey decode (floor)", _bare_decode, list(paths)),
            ("picture_print: read, decode, all hashes", picture_print, list(paths)),
            ("imagehash.phash, full decode", lambda path: imagehash.phash(Image.open(path)), list(paths)),
            ("describe: features of one picture", describe, list(paths)),
            ("compare: one pair of prints", lambda p: compare(p, prints[0]), prints),
            ("verify: one pair of pictures", lambda f: verify(f, described[0]), described[1:]),
        ]
        best = [float("inf")] * len(jobs)
        for _ in range(3):  # in turns, so that a noisy moment hits all of them
            for number, (_name, job, subjects) in enumerate(jobs):
                start = time.process_time()
                for subject in subjects:
                    job(subject)
                best[number] = min(best[number], (time.process_time() - start) / len(subjects))
        for (name, _job, _subjects), seconds in zip(jobs, best, strict=True):
            yield [name, f"{seconds * 1e3:.3f}", f"{seconds / best[0]:.2f}"]


def _bare_decode(path: Path) -> None:
    try:
        import simplejpeg
    except ImportError:
        with Image.open(path) as image:
            image.draft("L", (100, 100))
            image.load()
        return
    simplejpeg.decode_jpeg(path.read_bytes(), "GRAY", fastdct=True, fastupsample=True, min_height=1, min_factor=8)


def _print_table(head: list[str], rows: Iterable[list[str]]) -> None:
    print("| " + " | ".join(head) + " |")
    print("|---" * len(head) + "|")
    for row in rows:
        print("| " + " | ".join(row) + " |", flush=True)


if __name__ == "__main__":
    main()
