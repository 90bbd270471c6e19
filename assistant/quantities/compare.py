"""Whether a figure as stated is what a source says: by written precision, one-sided words and convertible units."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from assistant.quantities import lexicon
from assistant.records import Quantity

Agreement = Literal[
    "equal",  # the same value
    "rounded",  # the same within the written precision of the coarser of the two
    "bounded",  # 超, 近, 约, 以上 hold
    "differs",  # comparable, and not the same
    "incomparable",  # other kind or unit
]
_ONE = Decimal(1)
_HALF = Decimal("0.5")
_GENERAL = frozenset({"thing", ""})
_DIRECTIONS = {"over": "up", "at_least": "up", "nearly": "down", "at_most": "down", "about": "both"}
_NEAR = Decimal("0.1")  # 约 and 近 reach a tenth down or up
_ABOVE = Decimal("0.2")  # 超, 余 and 多 reach a fifth up
_AT_LEAST = Decimal("0.5")  # 以上 reaches half as much again: nobody writes 20家以上 for 35
_SEVERAL = 10  # 十几, 数百: up to the next power of ten


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a stated figure compares: `factor` turns the source's unit into the stated one's (None: impossible)."""

    agreement: Agreement
    factor: Decimal | None = None
    difference: Decimal | None = None  # stated - source, in the stated unit

    @property
    def agrees(self) -> bool:
        """Whether a careful reader would let the statement stand."""
        return self.agreement in ("equal", "rounded", "bounded")


def agree(stated: Quantity, source: Quantity) -> bool:
    """Whether `stated` says what `source` says.

    18.3% agrees with 18.34%, 5.6亿元 with 56021万元, 超2000亿元 with 2013.6亿元 but not with 1987亿元;
    % never agrees with 个百分点, nor 家 with 元.
    """
    return compare(stated, source).agrees


def compare(stated: Quantity, source: Quantity) -> Comparison:
    """The comparison in full, for a message that says how far two figures are apart."""
    if stated.kind in ("document_number", "period", "date"):
        return Comparison("equal" if _named(stated) == _named(source) else "differs")
    factor = conversion(source, stated)
    if factor is None or "masked" in (stated.kind, source.kind):
        return Comparison("incomparable")
    if stated.parts or source.parts:
        return _parts(stated, source)
    if stated.value is None or source.value is None:
        return _ranges(stated, source, factor)
    value = source.value * factor
    difference = stated.value - value
    agreement = _agreement(stated, source, value, factor)
    return Comparison(agreement, factor, difference)


def _named(quantity: Quantity) -> tuple[object, ...]:
    """What makes two numbers of documents or two stretches of time the same."""
    if quantity.kind == "document_number":
        return quantity.kind, quantity.number
    resolved = quantity.period if quantity.period and quantity.period.start else None
    return "time", resolved or quantity.text


def conversion(source: Quantity, stated: Quantity) -> Decimal | None:
    """The factor from the source's unit to the stated one's; `None` when they do not measure the same."""
    if source.kind != stated.kind:
        return None
    if source.unit == stated.unit:
        return _ONE
    known = lexicon.units().by_name
    left, right = known.get(source.unit), known.get(stated.unit)
    if stated.kind == "rank":
        return _ONE
    if stated.kind == "count":
        return (
            _ONE if _counts_alike(left.dimension if left else "", right.dimension if right else "") else None
        )
    if left is None or right is None or left.dimension != right.dimension:
        return _ONE if not (source.unit and stated.unit) else None
    return left.factor / right.factor


def _counts_alike(left: str, right: str) -> bool:
    """个 and a missing measure word go with every class, but people are only counted as people."""
    if left == right or not left or not right:
        return True
    return (
        (left in _GENERAL or right in _GENERAL)
        and "person" not in (left, right)
        and "visits" not in (left, right)
    )


def _agreement(stated: Quantity, source: Quantity, value: Decimal, factor: Decimal) -> Agreement:
    assert stated.value is not None
    if stated.approximation == source.approximation and stated.value == value:
        return "equal"
    if stated.approximation == "exact" and source.approximation == "exact":
        tolerance = max(stated.precision, source.precision * factor)
        return _rounded(stated.value, value, tolerance)
    if _DIRECTIONS.get(stated.approximation) == _DIRECTIONS.get(source.approximation, ""):
        return _rounded(stated.value, value, max(stated.precision, source.precision * factor))
    if {stated.approximation, source.approximation} == {"over", "exact"} and stated.value == value:
        return "differs"  # 超2000亿元 is not 2000亿元
    return "bounded" if _overlap(_reach(stated), _reach(source, factor)) else "differs"


def _rounded(stated: Decimal, value: Decimal, tolerance: Decimal) -> Agreement:
    if stated == value:
        return "equal"
    return "rounded" if abs(stated - value) <= tolerance else "differs"


def _reach(quantity: Quantity, factor: Decimal = _ONE) -> tuple[Decimal, Decimal]:
    """The lowest and highest value that the words allow."""
    assert quantity.value is not None
    value, half = quantity.value * factor, quantity.precision * factor
    size = abs(value)
    if quantity.approximation == "exact":
        half = half if quantity.scale > 1 or quantity.precision < _HALF else Decimal(0)
        return value - half, value + half
    if quantity.approximation == "over":
        return value, value + max(_last_place(quantity.value) * factor, size * _ABOVE)
    near = max(half, size * _NEAR)
    return {
        "about": (value - near, value + near),
        "nearly": (value - near, value),
        "at_least": (value, value + max(_last_place(quantity.value) * factor, size * _AT_LEAST)),
        "at_most": (Decimal("-Infinity"), value),
    }.get(quantity.approximation, (value, value * _SEVERAL))


def _last_place(value: Decimal) -> Decimal:
    """The place of the last digit that is not zero: 10 in 560, 1000 in 2000."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else _ONE


def _overlap(left: tuple[Decimal, Decimal], right: tuple[Decimal, Decimal]) -> bool:
    return left[0] <= right[1] and right[0] <= left[1]


def _parts(stated: Quantity, source: Quantity) -> Comparison:
    return Comparison("equal" if stated.parts == source.parts else "differs")


def _ranges(stated: Quantity, source: Quantity, factor: Decimal) -> Comparison:
    """A range agrees with the same range, and with a value inside it."""
    if stated.low is None or stated.high is None:
        if stated.value is None or source.low is None or source.high is None:
            return Comparison("differs", factor)
        inside = source.low * factor <= stated.value <= source.high * factor
        return Comparison("bounded" if inside else "differs", factor)
    if source.low is not None and source.high is not None:
        same = (stated.low, stated.high) == (source.low * factor, source.high * factor)
        return Comparison("equal" if same else "differs", factor)
    inside = source.value is not None and stated.low <= source.value * factor <= stated.high
    return Comparison("bounded" if inside else "differs", factor)
