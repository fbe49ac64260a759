"""A whole cold check of a catalog with pictures, as multiples of the least that its pictures can cost.

    python -m tests.benchmarks.cold [--photos DIR] [--pictures 1000] [--gallery 10 4] [--rounds 3] [--families]
                                    [--rival PYTHON]

The pictures are photographs of DIR (else drawn ones) at 800 × 800 pixels. There is a catalog for each size of gallery:
the same pictures, ten or four a listing (a gallery holds ten at most), in five shops, and no two titles of a shop
resemble each other. The fewer a listing has, the more listings there are to read and judge, and the less tells them
apart: a listing with one picture that may be another's copy has it compared by local features. `--families` adds a
catalog with the titles of `catalogs`, whose families keep the matcher in doubt, so that it compares far more of them.
"Rules on single listings" leaves DUP out, and with it all comparing. The floor is a bare loop of libjpeg-turbo's scaled
grey decode over the same files. `--rival` names a Python that has imagededup. All numbers are CPU time of whole process
trees, medians of rounds in turns; Linux only.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
from PIL import Image

from tests.benchmarks.catalogs import records
from tests.benchmarks.picture_edits import drawn

_SIDE, _QUALITY = 800, 85
_SHOPS = 5
_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER of <sys/prctl.h>: orphans, such as a fork server, become ours to count
_FLOOR = (
    "import sys, simplejpeg\n"
    "for path in sys.argv[1:]:\n"
    "    with open(path, 'rb') as file:\n"
    "        simplejpeg.decode_jpeg(file.read(), 'GRAY', True, True, min_height=1, min_factor=8)\n"
)
_PRINTS = "import sys\nfrom pddlint.images.hashes import picture_print\nfor p in sys.argv[1:]: picture_print(p)\n"
_FULL = "import sys, imagehash\nfrom PIL import Image\nfor p in sys.argv[1:]: imagehash.phash(Image.open(p))\n"
_RIVAL = (
    "import sys\nfrom imagededup.methods import PHash\nif len(sys.argv) > 1:\n"
    "    m = PHash(verbose=False)\n    m.find_duplicates(encoding_map=m.encode_images(image_dir=sys.argv[1]))\n"
)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=Path, help="folder of photographs")
    parser.add_argument("--pictures", type=int, default=1000)
    parser.add_argument("--gallery", type=int, nargs="+", default=[10, 4], help="pictures of a listing")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--families", action="store_true", help="also a catalog of resembling titles")
    parser.add_argument("--rival", help="a Python with imagededup")
    options = parser.parse_args(arguments)
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder)
        files = write_pictures(top / "pictures", options.photos, options.pictures)
        size = sum(Path(file).stat().st_size for file in files) / len(files) / 1000
        print(
            f"{len(files)} JPEGs of {_SIDE} × {_SIDE}, {size:.0f} kB on average; medians of {options.rounds} rounds\n"
        )
        jobs: list[tuple[str, list[str]]] = [
            ("bare scaled grey decode (floor)", [sys.executable, "-c", _FLOOR, *files]),
            ("picture_print alone", [sys.executable, "-c", _PRINTS, *files]),
            ("imagehash.phash, full decode", [sys.executable, "-c", _FULL, *files]),
        ]
        check = ["check", "--isolated", "--no-cache", "--exit-zero", "--format", "json"]
        catalogs = [(f"galleries of {each}", each, False) for each in options.gallery]
        if options.families:
            catalogs.append(("families of titles", options.gallery[-1], True))
        for title, gallery, families in catalogs:
            write_catalog(top / title, top / "pictures", gallery, families)
            for name, flags in (
                ("--jobs 1", ["--jobs", "1"]),
                ("--jobs 2", ["--jobs", "2"]),
                ("--jobs 1, rules on single listings", ["--jobs", "1", "--ignore", "DUP"]),
            ):
                command = [sys.executable, "-m", "pddlint", *check, *flags, str(top / title)]
                jobs.append((f"check {name}: {title}", command))
        if options.rival:
            jobs.append(("imagededup PHash + find_duplicates", [options.rival, "-c", _RIVAL, str(top / "pictures")]))
            jobs.append(("  of that: importing it", [options.rival, "-c", _RIVAL]))
        report([name for name, _ in jobs], _measured([command for _, command in jobs], options.rounds), len(files))


def write_pictures(folder: Path, photos: Path | None, count: int) -> list[str]:
    """`count` JPEGs; photographs that are too few come again, mirrored and cropped."""
    folder.mkdir(parents=True)
    sources = sorted(p for p in photos.iterdir() if p.suffix.lower() in (".jpg", ".jpeg", ".png")) if photos else []
    files = []
    for number in range(count):
        if sources:
            with Image.open(sources[number % len(sources)]) as opened:
                image = _varied(opened.convert("RGB"), number // len(sources))
        else:
            grain = Image.effect_noise((_SIDE, _SIDE), 40).convert("RGB")  # as many bytes as a photograph
            image = Image.blend(drawn(number, _SIDE), grain, 0.15)
        path = folder / f"{number:05d}.jpg"
        image.resize((_SIDE, _SIDE), Image.Resampling.BICUBIC).save(path, "JPEG", quality=_QUALITY)
        files.append(str(path))
    return files


def _varied(image: Image.Image, turn: int) -> Image.Image:
    if turn % 2:
        image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    width, height = image.size
    cut = turn // 2 * 0.03
    return image.crop((round(width * cut), round(height * cut), width, height))


def write_catalog(folder: Path, pictures: Path, gallery: int, families: bool) -> None:
    """A catalog in pddlint's own shape whose galleries of so many use the pictures, each once."""
    (folder / "pictures").mkdir(parents=True)
    names = sorted(path.name for path in pictures.iterdir())
    for name in names:
        (folder / "pictures" / name).hardlink_to(pictures / name)
    left = iter(names)
    for shop in range(1, _SHOPS + 1):
        lines = []
        for record in _listings(shop, len(names) // gallery // _SHOPS, families):
            record["images"] = [f"pictures/{next(left)}" for _ in range(gallery)]
            lines.append(msgspec.json.encode(record) + b"\n")
        (folder / f"shop{shop}.jsonl").write_bytes(b"".join(lines))


def _listings(shop: int, count: int, families: bool) -> Iterator[dict[str, Any]]:
    name = f"shop{shop}"
    found = records(name, count, 5, shop) if families else records(name, count * 40, 5, shop)
    if families:
        yield from found
        return
    every = list(found)
    random.Random(shop).shuffle(every)
    words: list[set[str]] = []
    for record in every:
        pairs = {record["title"][at : at + 2] for at in range(len(record["title"]) - 1)}
        if all(len(pairs & other) < 0.3 * len(pairs | other) for other in words):
            words.append(pairs)
            yield record
            if len(words) == count:
                return
    raise SystemExit(f"only {len(words)} titles without likeness; ask for fewer pictures")


def _measured(commands: list[list[str]], rounds: int) -> list[list[float]]:
    seconds: list[list[float]] = [[] for _ in commands]
    for _ in range(rounds):
        for number, command in enumerate(commands):
            seconds[number].append(cpu(command))
    return seconds


def cpu(command: list[str]) -> float:
    """User and system seconds of a command and every process it starts, orphans included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    while True:
        try:
            os.wait()
        except ChildProcessError:
            break
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def report(names: list[str], seconds: list[list[float]], pictures: int) -> None:
    """Prints the table; ratios are medians of each round's own."""
    print("| CPU | s | ms a picture | × floor |\n|---|---|---|---|")
    for name, each in zip(names, seconds, strict=True):
        ratio = statistics.median(a / b for a, b in zip(each, seconds[0], strict=True))
        middle = statistics.median(each)
        print(f"| {name} | {middle:.2f} | {1000 * middle / pictures:.2f} | {ratio:.2f} |")


if __name__ == "__main__":
    main()
