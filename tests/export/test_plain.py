from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.export import plain
from assistant.records import Draft, Quantity, Span


def test_records_become_objects(draft: Draft) -> None:
    data = json.loads(json.dumps(plain(draft), ensure_ascii=False))
    assert data["sections"][1]["sentences"][0]["fact_ids"] == ["F01"]
    assert data["sections"][1]["sentences"][0]["span"] == [0, 22]


def test_decimals_stay_exact() -> None:
    figure = Quantity("percent", Span(0, 5), "18.30%", Decimal("18.30"), "%")
    assert plain(figure)["value"] == "18.30"  # type: ignore[index, call-overload]


def test_dates_and_paths() -> None:
    assert plain([date(2026, 1, 8), Path("a.md"), None, True]) == ["2026-01-08", "a.md", None, True]


def test_what_has_no_form_is_refused() -> None:
    with pytest.raises(TypeError):
        plain(object())
