"""`pddlint schema`: the JSON Schema of pddlint's own listing format."""

from __future__ import annotations

import argparse

from pddlint.checkers.base import Lang


def run(arguments: argparse.Namespace, lang: Lang) -> int:
    from pddlint.catalog.formats.plain import schema_text

    print(schema_text(), end="")
    return 0
