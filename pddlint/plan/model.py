"""What a plan is made of: groups of steps, what stands in their way, and the calls that carry them out."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from pddlint.catalog.model import Listing, Spec
from pddlint.checkers.base import Lang, Text
from pddlint.report import Reported, Spot, Summary

Kind = Literal["duplicates", "bait", "other"]
# merge: add SKUs to the keeper, then take the listing down. advise: something for a person to do.
Action = Literal["merge", "take-down", "remove", "list-apart", "reprice", "advise"]
# certain: `--apply` makes it. likely: nothing stands against it, a person decides. open: conflicts to be settled first.
Certainty = Literal["certain", "likely", "open"]

Key = tuple[str, str, str]  # merchant, shop, id: one listing


class Record(msgspec.Struct, frozen=True):
    """A listing with the record it was read from. `start` and `end` count bytes of the file's UTF-8 text."""

    listing: Listing
    data: dict[str, Any]  # the record, decoded
    text: bytes  # the record, as it was read
    shape: str  # name of the format
    path: str  # absolute
    root: str  # absolute: the catalog the file belongs to
    start: int
    end: int
    whole: bool  # the record is one stretch of the file: neither inside a string nor joined from tables
    refused: Text | None = None  # why its file, or it alone, cannot be edited
    shared: bool = False  # another file gives SKUs of the listing too
    copies: tuple[Record, ...] = ()  # the other records of the same listing


class Conflict(msgspec.Struct, frozen=True):
    """What stands in the way, or should at least be known. Those that block must be settled first."""

    kind: str
    text: Text
    skus: tuple[str, ...] = ()
    blocking: bool = True


class Addition(msgspec.Struct, frozen=True):
    """A SKU to add to the keeper. `sku` is its id in the listing it comes from; money in fen."""

    sku: str
    specs: tuple[Spec, ...]
    price_fen: int | None
    single_price_fen: int | None
    stock: int | None
    code: str
    picture: str
    pointer: str  # in the record it comes from

    @property
    def name(self) -> str:
        return " ".join(spec.value for spec in self.specs if spec.value)


class Dimension(msgspec.Struct, frozen=True):
    """The spec dimension that tells the added SKUs apart. `own` is the value the keeper's own SKUs get in a new one."""

    name: str
    new: bool = False
    values: tuple[str, ...] = ()
    own: str = ""


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """What to do about one finding. `id` is made from the finding's fingerprint and stays the same from run to run."""

    id: str
    finding: Reported
    action: Action
    certainty: Certainty
    say: Text  # the step in a sentence
    conflicts: tuple[Conflict, ...] = ()
    notes: tuple[Text, ...] = ()
    dimension: Dimension | None = None
    add: tuple[Addition, ...] = ()
    present: tuple[str, ...] = ()  # ids of the SKUs that the keeper has already
    alternatives: tuple[Action, ...] = ()
    price_fen: int | None = None  # suggested
    doubt: Text | None = None  # why `--apply` leaves it alone

    @property
    def blocked(self) -> bool:
        return any(conflict.blocking for conflict in self.conflicts)


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """A call of the Open Platform, without the signature. `missing` says what must be filled in before it is sent."""

    number: int = 0
    type: str
    shop: str  # whose access token it needs
    body: dict[str, Any]
    missing: tuple[Text, ...] = ()
    steps: tuple[str, ...] = ()
    open: bool = False  # belongs to a step with conflicts

    @property
    def ready(self) -> bool:
        return not self.missing and not self.open

    @property
    def file(self) -> str:
        return f"{self.number:03d}-{self.type}{'' if self.ready else '.todo'}.json"


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Steps that belong together: the duplicates of one keeper, the bait SKUs of one listing, or a file's findings."""

    kind: Kind
    spot: Spot
    steps: tuple[Step, ...]
    record: Record | None = None  # of the keeper, or of the listing with bait
    sources: dict[str, Record] = {}  # step id -> record of the listing to take down
    requests: tuple[Request, ...] = ()


class Plan(msgspec.Struct, frozen=True):
    """Everything to do, in order."""

    groups: tuple[Group, ...]
    summary: Summary
    lang: Lang
    unread: bool = False

    @property
    def steps(self) -> tuple[Step, ...]:
        return tuple(step for group in self.groups for step in group.steps)

    @property
    def requests(self) -> tuple[Request, ...]:
        return tuple(request for group in self.groups for request in group.requests)


def step_id(finding: Reported) -> str:
    """A short name for what is to be done about a finding."""
    return finding.fingerprint[:10]


def yuan(fen: int | None) -> str:
    return "–" if fen is None else f"¥{fen / 100:.2f}"
