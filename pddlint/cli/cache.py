"""`pddlint cache`: where the cache is and what it holds; `pddlint cache clean` removes it."""

from __future__ import annotations

import argparse
from pathlib import Path

from pddlint import __version__, config
from pddlint.cache import folder, versions
from pddlint.cache.store import KEPT_DAYS, LIMIT, Kind
from pddlint.checkers.base import Lang, Text
from pddlint.errors import UsageError
from pddlint.settings import Settings

_KINDS = {
    Kind.RECORD: Text("商品", "listings"),
    Kind.MATCH: Text("商户内的比较", "merchants compared"),
    Kind.PRINT: Text("图片", "pictures"),
    Kind.PAIR: Text("图片两两比对", "picture pairs"),
    Kind.STAT: Text("图片文件状态", "picture files"),
}


def run(arguments: argparse.Namespace, lang: Lang) -> int:
    settings = config.resolve([Path()], arguments.config, arguments.isolated)
    if arguments.cache_dir:
        settings = config.override(settings, {"cache_dir": str(arguments.cache_dir.absolute())})
    place = folder.place(settings)
    return _clean(place, lang) if arguments.action == "clean" else _show(place, settings, lang)


def _show(place: Path, settings: Settings, lang: Lang) -> int:
    def say(zh: str, en: str, text: str) -> None:
        print(f"{zh}：{text}" if lang == "zh" else f"{en}: {text}")

    found = folder.contents(place)
    say("位置", "location", str(place))
    if not settings.cache:
        say(
            "状态", "state", "配置里关闭了（cache = false）" if lang == "zh" else "off by configuration (cache = false)"
        )
    if found is None:
        say("内容", "contents", "还没有缓存" if lang == "zh" else "there is none yet")
    else:
        say("大小", "size", f"{_size(found.size)} / {_size(LIMIT)}")
        for kind, name in _KINDS.items():
            number, size = found.entries.get(kind, (0, 0))
            print(f"  {name.in_(lang)}{'：' if lang == 'zh' else ': '}{number} ({_size(size)})")
    say(
        "清理",
        "kept",
        f"{KEPT_DAYS} 天没有用到的自动删除" if lang == "zh" else f"what was not used for {KEPT_DAYS} days is dropped",
    )
    say(
        "版本",
        "versions",
        f"pddlint {__version__}, code {versions.code().hex()[:12]}, pictures {versions.pictures().hex()[:12]}",
    )
    return 0


def _clean(place: Path, lang: Lang) -> int:
    if not place.exists():
        print(f"没有缓存：{place}" if lang == "zh" else f"there is no cache: {place}")
        return 0
    if not folder.is_ours(place):
        raise UsageError(
            Text(
                f"{place} 里没有 pddlint 的 {folder.TAG}，不像是它的缓存，没有删除",
                f"{place} lacks pddlint's {folder.TAG}, so it does not look like its cache; nothing was removed",
            )
        )
    try:
        size = folder.clean(place)
    except OSError as error:
        raise UsageError(
            Text(f"删不掉 {place}：{error.strerror}", f"cannot remove {place}: {error.strerror}")
        ) from error
    print(f"已删除 {place}（{_size(size)}）" if lang == "zh" else f"removed {place} ({_size(size)})")
    return 0


def _size(number: int) -> str:
    return f"{number / 2**20:.1f} MiB" if number >= 2**20 else f"{number / 2**10:.1f} KiB"
