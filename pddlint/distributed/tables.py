"""Listings in Parquet: each row is a record as one line of JSON Lines would be, in any shape the reader knows.

A table of one text or binary column holds the records as JSON; otherwise its columns are the record's keys, null for
absent.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from pddlint.catalog.decode import Document, Splitter, Trouble

_NOWHERE = 1 << 60  # an offset past the end of any file: rows of a table have no line and column
_ROWS = 1024


def documents(file: BinaryIO, groups: tuple[int, int] | None = None) -> Iterator[Document | Trouble]:
    """The rows of a table, or of some of its row groups (first, one past the last), as documents of a file."""
    import pyarrow
    import pyarrow.parquet

    try:
        table = pyarrow.parquet.ParquetFile(file)
        first, stop = groups or (0, table.num_row_groups)
        number = sum(table.metadata.row_group(group).num_rows for group in range(first))
        text = _is_text(table.schema_arrow)
        for batch in table.iter_batches(_ROWS, list(range(first, stop))):
            for row in batch.to_pylist():
                for found in Splitter(iter([_encoded(row, text)])).run():
                    if isinstance(found, Document):
                        yield Document(found.data, _NOWHERE, number)
                    else:
                        yield Trouble("syntax", found.reason, _NOWHERE)
                number += 1
    except (pyarrow.ArrowException, OSError) as error:
        yield Trouble("unreadable", " ".join(str(error).split())[:200])


def row_groups(file: BinaryIO) -> list[tuple[int, int]]:
    """(first row group, bytes) of a table's row groups. Raises what pyarrow raises."""
    import pyarrow.parquet

    metadata = pyarrow.parquet.ParquetFile(file).metadata
    return [(group, metadata.row_group(group).total_byte_size) for group in range(metadata.num_row_groups)]


def _is_text(schema: Any) -> bool:
    import pyarrow

    kinds = (pyarrow.string(), pyarrow.large_string(), pyarrow.binary(), pyarrow.large_binary())
    return len(schema) == 1 and schema.field(0).type in kinds


def _encoded(row: dict[str, Any], text: bool) -> bytes:
    if text:
        value = next(iter(row.values()))
        data: bytes = value.encode("utf-8", "replace") if isinstance(value, str) else bytes(value or b"null")
        return data
    return msgspec.json.encode(_present(row), enc_hook=str)


def _present(value: Any) -> Any:
    """The value without what is null in it: a table has a column for every key that any row has."""
    if isinstance(value, dict):
        return {key: _present(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_present(item) for item in value if item is not None]
    return value
