"""Figures that follow from others: growth, difference, sum, share, completion, multiple."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.records import Claim

Operation = Literal["growth", "difference", "sum", "share", "completion", "multiple"]


@dataclass(frozen=True, slots=True)
class Derivation:
    """The figure number `stated` recomputed from the figures `operands`; `formula` shows it with its result."""

    operation: Operation
    stated: int
    operands: tuple[int, ...]
    formula: str
    expected: str
    holds: bool


def derive(text: str, claims: Sequence[Claim]) -> Iterator[Derivation]:
    """Every derivation that the sentences of `text` state, whether it holds or not."""
    yield from ()
