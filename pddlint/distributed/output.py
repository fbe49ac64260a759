"""Findings as tables: a folder of Parquet or JSON Lines files, local or in object storage, written by Daft."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from pddlint.checkers.base import Text
from pddlint.distributed import remote
from pddlint.distributed.dataflow import load
from pddlint.errors import UsageError
from pddlint.report import Report, Reported, Spot
from pddlint.reports.json import encode, finding_data

PART = 50_000  # findings of a file
Asked = tuple[str | None, str | None]  # (format, output) as on the command line


class Folder(msgspec.Struct, frozen=True):
    """A folder to fill: its format, and its path or URL."""

    format: str
    where: str


def apart(asked: Sequence[Asked]) -> tuple[list[Folder], list[Asked]]:
    """The reports that are folders of tables, and the ordinary ones. UsageError for a folder that is not empty: what
    is in it would mix with the findings.
    """
    folders: list[Folder] = []
    rest: list[Asked] = []
    for name, output in asked:
        where = remote.url_of(output or "") or output or ""
        spread = "://" in where or where.endswith(("/", os.sep)) or (where != "" and Path(where).is_dir())
        if name == "parquet" or (name == "jsonl" and spread):
            folders.append(Folder(name, where))
        else:
            rest.append((name, output))
    for folder in folders:
        _check(folder)
    return folders, rest


def _check(folder: Folder) -> None:
    if folder.where in ("", "-"):
        raise UsageError(
            Text(
                "--format parquet 要写进文件夹：请在它后面写 --output 文件夹",
                "--format parquet is written to a folder: name it with --output FOLDER right after it",
            )
        )
    if "://" not in folder.where:
        path = Path(folder.where)
        if path.exists() and not (path.is_dir() and not any(path.iterdir())):
            raise UsageError(
                Text(
                    f"--output：{folder.where} 已有内容，请换一个空的或不存在的文件夹",
                    f"--output: {folder.where} is not empty; name an empty or a new folder",
                )
            )
    elif remote.holds_something(folder.where):
        raise UsageError(
            Text(
                f"--output：{folder.where} 下已有内容，请换一个地方",
                f"--output: there is something below {folder.where} already; name another place",
            )
        )


def write(report: Report, folders: Sequence[Folder]) -> None:
    """Write the findings. UsageError when the storage refuses."""
    for folder in folders:
        try:
            (_write_parquet if folder.format == "parquet" else _write_lines)(report.findings, folder.where)
        except (OSError, RuntimeError) as error:
            reason = remote.reason(error)
            raise UsageError(
                Text(f"写不了 {folder.where}：{reason}", f"cannot write {folder.where}: {reason}")
            ) from error


def _parts(findings: Sequence[Reported]) -> Iterator[Sequence[Reported]]:
    for start in range(0, max(len(findings), 1), PART):
        yield findings[start : start + PART]


def _write_parquet(findings: Sequence[Reported], where: str) -> None:
    import pyarrow

    daft = load()
    for part in _parts(findings):
        rows = [_row(finding) for finding in part]
        daft.from_arrow(pyarrow.Table.from_pylist(rows, _schema())).write_parquet(where, write_mode="append")


def _write_lines(findings: Sequence[Reported], where: str) -> None:
    for number, part in enumerate(_parts(findings)):
        data = b"".join(encode(finding_data(finding)) + b"\n" for finding in part)
        name = f"{where.rstrip('/')}/part-{number:05d}.jsonl"
        if "://" in where:
            remote.store(name, data)
        else:
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_bytes(data)


def _schema() -> Any:
    import pyarrow as pa

    place = [
        ("path", pa.string()),
        ("document", pa.int64()),
        ("pointer", pa.string()),
        ("line", pa.int64()),
        ("column", pa.int64()),
        ("merchant", pa.string()),
        ("shop", pa.string()),
        ("listing", pa.string()),
        ("title", pa.string()),
    ]
    return pa.schema(
        [
            ("code", pa.string()),
            ("name", pa.string()),
            ("severity", pa.string()),
            ("confidence", pa.float64()),
            ("message", pa.string()),
            ("help", pa.string()),
            *place,
            ("skus", pa.list_(pa.string())),
            ("related", pa.list_(pa.struct([("role", pa.string()), *place]))),
            ("evidence", pa.string()),
            ("fingerprint", pa.string()),
            ("suppressed_by", pa.string()),
            ("suppressed_reason", pa.string()),
        ]
    )


def _row(finding: Reported) -> dict[str, Any]:
    by = finding.suppressed
    row = {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "message": finding.message,
        "help": finding.help,
        **_place(finding.spot),
        "skus": list(finding.skus),
        "related": [{"role": spot.role, **_place(spot)} for spot in finding.related],
        "evidence": encode(finding.evidence).decode(),
        "fingerprint": finding.fingerprint,
        "suppressed_by": by.by if by else None,
        "suppressed_reason": by.reason if by else None,
    }
    plain: dict[str, Any] = msgspec.json.decode(encode(row))  # lone surrogates, which no table can carry, mended
    return plain


def _place(spot: Spot) -> dict[str, Any]:
    listing = spot.listing
    return {
        "path": spot.path,
        "document": spot.document,
        "pointer": spot.pointer,
        "line": spot.line,
        "column": spot.column,
        "merchant": listing.merchant if listing else None,
        "shop": listing.shop if listing else None,
        "listing": listing.id if listing else None,
        "title": listing.title if listing else None,
    }
