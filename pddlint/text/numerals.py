"""Numbers as sellers write them: 2.5, 1万, 2w, 半, 两, 十二, 三百."""

from __future__ import annotations

from pddlint.text.patterns import not_before

NUMBER = rf"\d+(?:\.\d+)?(?:万|千{not_before('克瓦米')}|百|w(?=毫安|ma))?"
CHINESE = r"(?:[一二两三四五六七八九十百]{1,4}|半)"

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10000, "w": 10000}


def to_number(text: str) -> float | None:
    """The value of a numeral of either script, None when it is none: 1万 -> 10000, 十二 -> 12, 半 -> 0.5."""
    if not text:
        return None
    if text == "半":
        return 0.5
    if text[0].isdigit():
        factor = _POWERS.get(text[-1], 1)
        try:
            return float(text[:-1] if factor > 1 else text) * factor
        except ValueError:
            return None
    total, digit = 0, 0
    for position, char in enumerate(text):
        if char in _DIGITS:
            if position and text[position - 1] in _DIGITS:
                return None  # 一二: an enumeration, no number
            digit = _DIGITS[char]
        elif char in _POWERS:
            total += (digit or 1) * _POWERS[char]
            digit = 0
        else:
            return None
    return float(total + digit)


def canonical(value: float) -> str:
    """`value` as a decimal string without exponent or trailing zeros, rounded to 4 decimals."""
    return f"{value:.4f}".rstrip("0").rstrip(".")
