"""The two steps of a run that can be shared out: looking at one listing alone, and comparing a merchant's listings.

Each needs nothing but the settings and what it looks at (a listing; the fingerprints of one merchant), so both run
here, in a pool of processes or on a cluster alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

import msgspec

from pddlint.catalog.model import InlineSuppression, Listing, Origin, Sku
from pddlint.checkers.base import Context
from pddlint.checkers.registry import Checker, Registry
from pddlint.findings import Finding, ListingRef, Place, at_listing, listing_ref
from pddlint.profile import stage
from pddlint.settings import Settings

if TYPE_CHECKING:
    from pddlint.matching.fingerprint import Fingerprint
    from pddlint.matching.outcome import MerchantMatches
    from pddlint.matching.verification import Verifier


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


class Packed(msgspec.Struct, frozen=True, array_like=True):
    """A fingerprint as bytes, apart from where its listing stands: a fraction of its size, and the same bytes for a
    listing that only moved within its file."""

    shop: str
    id: str
    origin: Origin
    data: bytes


class Judge:
    """The active rules, ready to look at listings. `listing` and `merchant` need nothing else, in any process."""

    def __init__(self, registry: Registry, active: frozenset[str], settings: Settings) -> None:
        self.per_listing = [c for c in registry.checkers if c.check and c.rule.code in active]
        self.per_merchant = [c for c in registry.checkers if c.check_merchant and c.rule.code in active]
        self.known = frozenset(c.rule.code for c in registry.checkers)
        self.settings = settings
        self._families = [(name, list(own)) for name, own in groupby(self.per_listing, lambda c: c.rule.family)]
        self.contexts = {
            c.rule.code: Context(settings.rules.get(c.rule.code, {}), settings.rules) for c in registry.checkers
        }

    def wants(self, listing: Listing) -> bool:
        """Whether the listing is judged: it is on sale, or those off sale are asked for."""
        return listing.on_sale or self.settings.catalog.include_offline

    def listing(self, listing: Listing) -> Judged | None:
        """Judge a listing; None when it is not on sale and only those on sale are asked for."""
        if not self.wants(listing):
            return None
        if self.settings.catalog.include_offline:
            listing = as_on_sale(listing)
        findings: list[Finding] = []
        failures: list[Failure] = []
        place = at_listing(listing)
        for family, checkers in self._families:
            with stage(f"rules {family}"):
                for checker in checkers:
                    assert checker.check is not None
                    self._ask(checker, checker.check, listing, place, findings, failures)
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

    def merchant(self, fingerprints: Sequence[Fingerprint | Packed], verifier: Verifier | None = None) -> Matched:
        """Compare the listings of one merchant, and ask every rule that wants to know. `verifier` compares pictures."""
        from pddlint.matching.match import match_merchant

        try:
            with stage("matching"):
                matches = match_merchant([unpack(one) for one in fingerprints], verifier=verifier)
        except Exception as error:
            return Matched((), (Failure("matching", "pddlint", describe(error), Place("primary", Origin(""))),))
        return self.explain(matches)

    def explain(self, matches: MerchantMatches) -> Matched:
        """Ask every rule that wants to know about the duplicates among a merchant's listings."""
        findings: list[Finding] = []
        failures: list[Failure] = []
        place = Place("primary", Origin(""))
        for checker in self.per_merchant:
            assert checker.check_merchant is not None
            with stage(f"rules {checker.rule.family}"):
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
                findings.append(_plain(finding))
        except Exception as error:
            failures.append(Failure(checker.rule.code, checker.source, describe(error), place))

    def _fingerprint(self, listing: Listing, paths: Sequence[str], failures: list[Failure]) -> Fingerprint | None:
        from pddlint.matching.fingerprint import fingerprint
        from pddlint.pictures import look

        try:
            with stage("fingerprints"):
                return fingerprint(listing, {path: look(path) for path in paths})
        except Exception as error:
            failures.append(Failure("matching", "pddlint", describe(error), at_listing(listing)))
            return None


def pack(fingerprint: Fingerprint) -> Packed | Fingerprint:
    """The fingerprint packed; as it is when it holds what cannot be packed (a number beyond 64 bits)."""
    place = fingerprint.place
    bare = msgspec.structs.replace(place, origin=Origin(place.origin.path))
    try:
        data = msgspec.msgpack.encode(msgspec.structs.replace(fingerprint, place=bare))
    except (TypeError, ValueError, OverflowError):
        return fingerprint
    return Packed(fingerprint.shop, fingerprint.id, place.origin, data)


def unpack(packed: Packed | Fingerprint) -> Fingerprint:
    """The fingerprint again, standing where it stood."""
    if not isinstance(packed, Packed):
        return packed
    found = _decoder()(packed.data)
    return msgspec.structs.replace(found, place=msgspec.structs.replace(found.place, origin=packed.origin))


@cache
def _decoder() -> Callable[[bytes], Fingerprint]:
    from pddlint.matching.fingerprint import Fingerprint

    return msgspec.msgpack.Decoder(Fingerprint).decode


def _plain(finding: Finding) -> Finding:
    """The finding with lists for tuples in its evidence, so that it comes back the same from a file or a process."""
    evidence = _listed(finding.evidence)
    return finding if evidence is finding.evidence else msgspec.structs.replace(finding, evidence=evidence)


def _listed(value: Any) -> Any:
    """Lists for tuples, at any depth; the value itself where it has none."""
    if isinstance(value, dict):
        inner = {key: _listed(item) for key, item in value.items()}
        return inner if any(inner[key] is not item for key, item in value.items()) else value
    if isinstance(value, list):
        items = [_listed(item) for item in value]
        return items if any(new is not old for new, old in zip(items, value, strict=True)) else value
    return [_listed(item) for item in value] if isinstance(value, tuple) else value


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
