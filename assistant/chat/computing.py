"""Differences and growth of two cited values: computed by code, with the formula, never by a model."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from assistant.quantities.compare import conversion
from assistant.quantities.render import digits
from assistant.records import Quantity

_SCALES = {Decimal(10**12): "万亿", Decimal(10**8): "亿", Decimal(10**4): "万"}
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Computed:
    """A result with its unit (“12家”, “0.61亿元”, “19.7%”), its sign, and the formula that gives it."""

    text: str
    sign: int
    formula: str


def difference(later: Quantity, earlier: Quantity) -> Computed | None:
    """Later − earlier, in the later one's unit; None when they cannot be subtracted exactly.

    The difference of two percentages is in 个百分点. Bounds and ranges (超200亿元, 3至5家) are not subtracted.

    >>> from assistant.quantities import extract
    >>> difference(*extract("73家61家")).formula
    '73−61=12'
    """
    pair = _operands(later, earlier)
    if pair is None:
        return None
    one, other = pair
    result = one - other
    unit = "个百分点" if later.kind == "percent" else _scale(later) + later.unit
    formula = f"{digits(one)}−{digits(other)}={digits(result)}"
    return Computed(digits(abs(result)) + unit, _sign(result), formula)


def growth(later: Quantity, earlier: Quantity) -> Computed | None:
    """(later − earlier) ÷ earlier in per cent, to one decimal; None for percentages and where nothing divides.

    >>> from assistant.quantities import extract
    >>> growth(*extract("73家61家")).text
    '19.7%'
    """
    pair = _operands(later, earlier)
    if pair is None or pair[1] <= 0 or later.kind == "percent":
        return None
    one, other = pair
    rate = ((one - other) / other * 100).quantize(_TENTH, ROUND_HALF_UP)
    formula = f"（{digits(one)}−{digits(other)}）÷{digits(other)}={digits(rate)}%"
    return Computed(f"{digits(abs(rate))}%", _sign(rate), formula)


def _operands(later: Quantity, earlier: Quantity) -> tuple[Decimal, Decimal] | None:
    """Both values, counted in the scale of the later one (4.73亿元 and 4120万元: 4.73 and 0.412)."""
    factor = conversion(earlier, later)
    exact = later.approximation == earlier.approximation == "exact"
    if factor is None or later.value is None or earlier.value is None or not exact:
        return None
    if later.kind not in ("money", "count", "physical", "percent"):
        return None
    return later.value / later.scale, earlier.value * factor / later.scale


def _scale(quantity: Quantity) -> str:
    return _SCALES.get(quantity.scale, "")


def _sign(value: Decimal) -> int:
    return (value > 0) - (value < 0)
