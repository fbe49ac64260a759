"""Request bodies as files, one a call, numbered in the order to send them. Nothing that is there is overwritten."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import msgspec

from pddlint.checkers.base import Text
from pddlint.errors import UsageError
from pddlint.plan.json import request_data
from pddlint.plan.model import Plan
from pddlint.reports.json import encode

INDEX = "requests.json"


def check(folder: Path, roots: Sequence[Path]) -> None:
    """UsageError when the folder cannot take the files: it is a file, holds some already, or lies in the catalog, where
    bodies would be read as listings."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(Text(f"--requests：{folder} 不是文件夹", f"--requests: {folder} is no folder"))
    if folder.is_dir() and any(folder.iterdir()):
        raise UsageError(
            Text(
                f"--requests：{folder} 里已有文件，不覆盖；换一个空的或还没有的文件夹",
                f"--requests: {folder} has files in it, which are not overwritten; name an empty or a new folder",
            )
        )
    inside = Path(os.path.realpath(folder))
    for root in roots:
        if root.is_dir() and inside.is_relative_to(os.path.realpath(root)):
            raise UsageError(
                Text(
                    f"--requests：{folder} 在商品目录里，请求体会被当成商品来读；换一个目录以外的文件夹",
                    f"--requests: {folder} lies in the catalog, where the bodies would be read as listings; name a "
                    "folder outside of it",
                )
            )


def write(plan: Plan, folder: Path) -> int:
    """Write each call's body and an index of all; returns how many calls there are."""
    files = {request.file: request.body for request in plan.requests}
    index = {
        "format": "pddlint-plan-requests",
        "version": 1,
        "requests": [request_data(request, plan.lang) for request in plan.requests],
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in {**files, INDEX: index}.items():
            with (folder / name).open("xb") as out:
                out.write(msgspec.json.format(encode(data), indent=2) + b"\n")
    except OSError as error:
        raise UsageError(
            Text(
                f"--requests：写不了 {folder}：{error.strerror}", f"--requests: cannot write {folder}: {error.strerror}"
            )
        ) from error
    return len(files)
