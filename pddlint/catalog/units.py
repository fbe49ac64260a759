"""Money to integer fen, flags to booleans, counts to integers, whatever the source wrote.

Which unit a price is in is decided by its field first and its form second:

| field | unit |
|---|---|
| `multi_price`, `price`, `single_price`, `market_price`, `min_group_price` of the Open Platform | fen |
| `group_price`, `single_price` of `goods_info_get_response` | yuan |
| `groupPrice`, `normalPrice`, `linePrice`, `minGroupPrice` of goods pages | yuan as text; integers: see `page_price` |
| `oldGroupPrice` of goods pages; `price`, `normal_price`, `market_price` of search pages | fen |
| pddlint's plain shape, Taobao, JD, Suning, Shopify | yuan |
| WeChat shop | fen |

An amount with a decimal point is yuan whatever the field says: there is no fraction of a fen, and real files mix both.
0, "0", "" and null mean that no price is set.
"""

from __future__ import annotations

import math
import re
from typing import Any, Literal

from pddlint.text.patterns import Pattern

Unit = Literal["fen", "yuan"]
MAX_FEN = 10**12  # ten billion yuan: beyond it a number is a mistake, not a price
_AMOUNT = Pattern(r"(\d{1,15})(?:\.(\d*))?")
_COUNT = Pattern(r"[+-]?\d{1,18}")
_SALES = Pattern(r"(\d+(?:\.\d+)?)\s*(万|亿|[wW])?")
_TRUE = {"1", "true", "yes", "y", "on", "是"}
_FALSE = {"0", "false", "no", "n", "off", "否", ""}


class IllTyped(ValueError):
    """A value that cannot be what its field calls for."""


def money(value: Any, unit: Unit) -> int | None:
    """The amount in fen, None for unset. Raises IllTyped for text, negative, not finite or absurdly large amounts."""
    if value is None or value == "" or value is False:
        return None
    if value is True:
        raise IllTyped("boolean")
    if isinstance(value, int):
        fen = value if unit == "fen" else value * 100
    elif isinstance(value, float):
        if not math.isfinite(value) or abs(value) > MAX_FEN:
            raise IllTyped("out of range")
        fen = int(value) if unit == "fen" and value == int(value) else math.floor(value * 100 + 0.5 + 1e-7)
    elif isinstance(value, str):
        fen = _written(value, unit)
    else:
        raise IllTyped("not an amount")
    if fen < 0:
        raise IllTyped("negative")
    if fen > MAX_FEN:
        raise IllTyped("out of range")
    return fen or None


def _written(text: str, unit: Unit) -> int:
    match = _AMOUNT.fullmatch(text.strip(" \t\r\n¥￥元").replace(",", ""))
    if match is None:
        if not text.strip():
            return 0
        raise IllTyped("negative" if re.fullmatch(r"\s*-\d+(\.\d*)?\s*", text) else "not an amount")
    whole, fraction = match[1], match[2]
    if fraction is None and unit == "fen":
        return int(whole)
    digits = (fraction or "").ljust(3, "0")
    return int(whole) * 100 + int(digits[:2]) + (digits[2] >= "5")


def page_price(value: Any, old: Any) -> int | None:
    """`groupPrice` of a goods page in fen, judged beside `oldGroupPrice` (always fen, 0 when absent).

    Text is yuan. An integer is fen in older pages and yuan in some crawlers' copies: it is yuan when a hundred times it
    is nearer to `oldGroupPrice` than itself is.
    """
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        if isinstance(old, int) and old > 0:
            as_fen, as_yuan = abs(math.log(value / old)), abs(math.log(value * 100 / old))
            return money(value, "fen" if as_fen <= as_yuan else "yuan")
        return money(value, "fen")
    return money(value, "yuan")


def count(value: Any) -> int | None:
    """A stock or a number of pieces; None for unset. Raises IllTyped."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        raise IllTyped("boolean")
    if isinstance(value, int):
        return value
    if isinstance(value, float) and math.isfinite(value) and value == int(value):
        return int(value)
    if isinstance(value, str) and _COUNT.fullmatch(value.strip()):
        return int(value)
    raise IllTyped("not a number")


def sales(value: Any) -> int | None:
    """Pieces sold, from a number or from 已拼10万+件; None when nothing can be read. Raises IllTyped."""
    if isinstance(value, str) and not _COUNT.fullmatch(value.strip()):
        match = _SALES.search(value)
        if match is None:
            return None
        factor = {"万": 10**4, "w": 10**4, "W": 10**4, "亿": 10**8}.get(match[2] or "", 1)
        return int(float(match[1][:15]) * factor)
    return count(value)


def flag(value: Any) -> bool | None:
    """True or false from 0/1, "0"/"1", true/false and their spellings; None for unset. Raises IllTyped."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value != 0
    if isinstance(value, str):
        word = value.strip().lower()
        if word in _TRUE:
            return True
        if word in _FALSE:
            return False if word else None
    raise IllTyped("not a flag")
