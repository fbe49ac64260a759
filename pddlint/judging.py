"""The two steps of a run that can be shared out: looking at one listing alone, and comparing a merchant's listings.

Each needs nothing but the settings and what it looks at (a listing; the fingerprints of one merchant), so both run
here, in a pool of processes or on a cluster alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from pddlint.catalog.model import InlineSuppression, Listing, Origin, Sku
from pddlint.checkers.base import Context
from pddlint.checkers.registry import Checker, Registry
from pddlint.findings import Finding, ListingRef, Place, at_listing, listing_ref
from pddlint.settings import Settings

if TYPE_CHECKING:
    from pddlint.matching.fingerprint import Fingerprint


class Failure(msgspec.Struct, frozen=True):
    """A rule raised. `place` is where it was looking."""

    code: str
    source: str
    error: str
    place: Place
    times: int = 1


class Judged(msgspec.Struct, frozen=True):
    """What remains of a listing once it has been looked at alone."""

    findings: tuple[Finding, ...]
    failures: tuple[Failure, ...]
    fingerprint: Fingerprint | None  # None when no active rule compares listings
    suppressions: tuple[InlineSuppression, ...]
    origin: Origin
    listing: ListingRef
    skus: int
    images: int


class Matched(msgspec.Struct, frozen=True):
    """What comparing a merchant's listings brought up."""

    findings: tuple[Finding, ...]
    failures: tuple[Failure, ...]


class Judge:
    """The active rules, ready to look at listings."""

    def __init__(self, registry: Registry, active: frozenset[str], settings: Settings) -> None:
        self.per_listing = [c for c in registry.checkers if c.check and c.rule.code in active]
        self.per_merchant = [c for c in registry.checkers if c.check_merchant and c.rule.code in active]
        self.known = frozenset(c.rule.code for c in registry.checkers)
        self.settings = settings
        self.contexts = {
            c.rule.code: Context(settings.rules.get(c.rule.code, {}), settings.rules) for c in registry.checkers
        }

    def listing(self, listing: Listing) -> Judged | None:
        """Judge a listing; None when it is not on sale and only those on sale are asked for."""
        if self.settings.catalog.include_offline:
            listing = as_on_sale(listing)
        elif not listing.on_sale:
            return None
        findings: list[Finding] = []
        failures: list[Failure] = []
        for checker in self.per_listing:
            assert checker.check is not None
            self._ask(checker, checker.check, listing, at_listing(listing), findings, failures)
        paths = picture_paths(listing)
        fingerprint = self._fingerprint(listing, paths, failures) if self.per_merchant else None
        return Judged(
            tuple(findings),
            tuple(failures),
            fingerprint,
            listing.suppressions,
            listing.origin,
            listing_ref(listing),
            len(listing.skus),
            len(paths),
        )

    def merchant(self, fingerprints: Sequence[Fingerprint]) -> Matched:
        """Compare the listings of one merchant, and ask every rule that wants to know."""
        from pddlint.matching.match import match_merchant

        findings: list[Finding] = []
        failures: list[Failure] = []
        place = Place("primary", Origin(""))
        try:
            matches = match_merchant(fingerprints)
        except Exception as error:
            return Matched((), (Failure("matching", "pddlint", describe(error), place),))
        for checker in self.per_merchant:
            assert checker.check_merchant is not None
            self._ask(checker, checker.check_merchant, matches, place, findings, failures)
        return Matched(tuple(findings), tuple(failures))

    def _ask(
        self,
        checker: Checker,
        function: Callable[[Any, Context], Iterable[Finding]],
        subject: Any,
        place: Place,
        findings: list[Finding],
        failures: list[Failure],
    ) -> None:
        """Run one rule on one subject. Whatever it raises becomes a failure; what it found before that counts."""
        try:
            for finding in function(subject, self.contexts[checker.rule.code]) or ():
                if not isinstance(finding, Finding) or finding.code not in self.known:
                    raise TypeError(f"yielded {finding!r:.120}, not a Finding of a known rule")
                findings.append(finding)
        except Exception as error:
            failures.append(Failure(checker.rule.code, checker.source, describe(error), place))

    def _fingerprint(self, listing: Listing, paths: Sequence[str], failures: list[Failure]) -> Fingerprint | None:
        from pddlint.matching.fingerprint import fingerprint
        from pddlint.pictures import look

        try:
            return fingerprint(listing, {path: look(path) for path in paths})
        except Exception as error:
            failures.append(Failure("matching", "pddlint", describe(error), at_listing(listing)))
            return None


def picture_paths(listing: Listing) -> tuple[str, ...]:
    """Absolute paths of the gallery's and the SKUs' pictures, each once, the main image first."""
    pictures = [*listing.pictures, *(sku.picture for sku in listing.skus if sku.picture)]
    return tuple(dict.fromkeys(p.path for p in pictures if p.path))


def as_on_sale(listing: Listing) -> Listing:
    """The listing as if everything in it were on sale."""
    skus: tuple[Sku, ...] = tuple(msgspec.structs.replace(sku, on_sale=True) for sku in listing.skus)
    return msgspec.structs.replace(listing, on_sale=True, skus=skus)


def describe(error: BaseException) -> str:
    """An exception in one line, with the place in the code that raised it."""
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    where = f" ({frame.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{frame.tb_lineno})" if frame else ""
    return f"{type(error).__name__}: {' '.join(str(error).split())[:300]}{where}"
