"""Numbered sequences: which member is out of order, told by the cheapest explanation of the whole.

A sequence is a run of 1, 2, 3 …, that may start anew. Every other reading costs: a member with a wrong
number, a number left out, a fresh start. The cheapest reading (dynamic programming over the members) names
the faulty members, so that 1 2 4 4 5 blames the first 4, and 1 2 4 5 the place where 3 is missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_WRONG = 1.0
_LEFT_OUT = 1.15
_RESTART = 0.3
_HIDDEN_START = 1.25  # a list whose first members are not written as numbers
_ALONE = 0.8  # a list of one member
_RETURN = 0.2  # back from an inner list of the same writing to the outer one

_State = tuple[int, int]  # the last number, and that of the outer list which a restart broke off
_Reading = tuple[_State, float, "Misnumbered | None"]


@dataclass(frozen=True, slots=True)
class Misnumbered:
    """Member `index` has `found` where `expected` belongs; `left_out`: the ones between are missing."""

    index: int
    found: int
    expected: int
    left_out: bool


@dataclass(frozen=True, slots=True)
class _Path:
    cost: float
    faults: tuple[Misnumbered, ...]


def misnumbered(
    numbers: Sequence[int], starts: Sequence[bool] = (), *, alone: float = _ALONE
) -> list[Misnumbered]:
    """The faulty members of `numbers`; `starts[i]`: a shallower heading stands before member i.

    `alone` is the cost of a list with one member only: small where such lists are usual.

    >>> [(m.index, m.expected) for m in misnumbered([1, 2, 4, 4, 5])]
    [(2, 3)]
    >>> [(m.index, m.expected, m.left_out) for m in misnumbered([1, 2, 4, 5, 6])]
    [(2, 3, True)]
    >>> misnumbered([1, 2, 3, 1, 2]), misnumbered([1, 1, 2, 3, 2, 1, 2, 3])
    ([], [])
    """
    paths: dict[_State, _Path] = {(0, 0): _Path(0.0, ())}
    for index, found in enumerate(numbers):
        free = index == 0 or (index < len(starts) and starts[index])
        step: dict[_State, _Path] = {}
        for state, path in paths.items():
            leaving = 0.0 if free else alone * (state[0] == 1)
            for now, cost, fault in _readings(index, found, state, leaving, free):
                faults = (*path.faults, fault) if fault else path.faults
                if now not in step or path.cost + cost < step[now].cost:
                    step[now] = _Path(path.cost + cost, faults)
        cheapest = min(path.cost for path in step.values())
        paths = {now: path for now, path in step.items() if path.cost <= cheapest + 2 * _WRONG}
    best = min(paths.items(), key=lambda item: item[1].cost + (alone if item[0][0] == 1 else 0))
    return list(best[1].faults)


def _readings(index: int, found: int, state: _State, leaving: float, free: bool) -> list[_Reading]:
    """What member `found` can be after `state`: (the state then, cost, fault)."""
    last, outer = state
    expected = last + 1
    readings: list[_Reading] = []
    if found == expected:
        readings.append(((found, outer), 0.0, None))
    else:
        readings.append(((expected, outer), _WRONG, Misnumbered(index, found, expected, left_out=False)))
        if found > expected:
            missing = Misnumbered(index, found, expected, left_out=True)
            readings.append(((found, outer), _LEFT_OUT, missing))
    if outer and found == outer + 1:
        readings.append(((found, 0), leaving + _RETURN, None))
    if found == 1 and last:
        readings.append(((1, 0 if free else last), leaving + (0.0 if free else _RESTART), None))
    elif last and found <= last:
        readings.append(((found, 0), _HIDDEN_START, None))
    if free and last and found != 1:
        readings.append(((1, 0), _WRONG, Misnumbered(index, found, 1, left_out=False)))
    return readings
