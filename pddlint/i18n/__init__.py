"""Which language to speak, and the few helpers for text that exists in both.

Every sentence is a `Text(zh, en)` beside its use; there is no message catalogue to drift out of step.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import cast

from pddlint.checkers.base import Lang, Text


def language(choice: str | None = None, environ: Mapping[str, str] | None = None) -> Lang:
    """The language of the output: `choice` if given, else that of LC_ALL, LC_MESSAGES or LANG, first set one first.

    A locale that names no language (C, POSIX, unset) gives Chinese, the language of the catalogs.
    """
    if choice in ("zh", "en"):
        return cast(Lang, choice)
    environ = os.environ if environ is None else environ
    locale = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    locale = locale.split(".")[0].lower()
    return "zh" if locale in ("", "c", "posix") or locale.startswith(("zh", "chinese")) else "en"


def fill(text: Text, lang: Lang, **arguments: object) -> str:
    """`text` in `lang` with `{name}` replaced; names without an argument stay as they stand."""
    return text.in_(lang).format_map(_Lenient(arguments))


class _Lenient(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def sentence(text: Text, lang: Lang) -> str:
    """A phrase as a sentence: a capital at the start, a full stop at the end, where they are missing."""
    phrase = text.in_(lang)
    if not phrase or phrase.endswith((".", "。", "！", "？", "!", "?")):
        return phrase
    return f"{phrase}。" if lang == "zh" else f"{phrase[0].upper()}{phrase[1:]}."
