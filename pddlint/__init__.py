"""pddlint: the linter for Pinduoduo (拼多多) product catalogs.

The public API, imported on first use so that `import pddlint` stays light:

    from pddlint import lint
    report = lint(["catalog/"], select=["DUP"])
    for finding in report.findings: print(finding.path, finding.line, finding.message)
"""

from __future__ import annotations

TYPE_CHECKING = False  # typing takes as long to import as the rest of this module; type checkers know the name
if TYPE_CHECKING:
    from pddlint.api import lint as lint
    from pddlint.catalog.model import Listing as Listing
    from pddlint.checkers.base import Context as Context
    from pddlint.checkers.base import Example as Example
    from pddlint.checkers.base import Option as Option
    from pddlint.checkers.base import Rule as Rule
    from pddlint.checkers.base import Text as Text
    from pddlint.checkers.examples import run_examples as run_examples
    from pddlint.checkers.registry import Checker as Checker
    from pddlint.findings import Finding as Finding
    from pddlint.findings import Place as Place
    from pddlint.findings import at_listing as at_listing
    from pddlint.findings import at_sku as at_sku
    from pddlint.report import Report as Report

__version__ = "0.1.0"

_HOMES = {
    "lint": "pddlint.api",
    "Listing": "pddlint.catalog.model",
    "Context": "pddlint.checkers.base",
    "Example": "pddlint.checkers.base",
    "Option": "pddlint.checkers.base",
    "Rule": "pddlint.checkers.base",
    "Text": "pddlint.checkers.base",
    "run_examples": "pddlint.checkers.examples",
    "Checker": "pddlint.checkers.registry",
    "Finding": "pddlint.findings",
    "Place": "pddlint.findings",
    "at_listing": "pddlint.findings",
    "at_sku": "pddlint.findings",
    "Report": "pddlint.report",
}
__all__ = ["__version__", *_HOMES]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
