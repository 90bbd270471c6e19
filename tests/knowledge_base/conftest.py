"""The sample archive, read once for all of its tests."""

from __future__ import annotations

import pytest
from sample_archive import ROOT, Ledger, Relation, Stated, rows_of, text_of


@pytest.fixture(scope="session")
def ledger() -> Ledger:
    rows = tuple(Stated(**{**row, "year": int(row["year"])}) for row in rows_of("ledger.csv"))  # type: ignore[arg-type]
    relations = tuple(Relation(**{**row, "year": int(row["year"])}) for row in rows_of("relations.csv"))  # type: ignore[arg-type]
    return Ledger(rows, relations)


@pytest.fixture(scope="session")
def texts() -> dict[str, str]:
    """Text by path below knowledge_base/, of reports and facts; the templates of facts tell of nobody."""
    paths = [*(ROOT / "reports").iterdir(), *(ROOT / "facts").iterdir()]
    return {path.relative_to(ROOT).as_posix(): text_of(path) for path in paths if path.stem != "template"}


@pytest.fixture(scope="session")
def reports(texts: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in texts.items() if name.startswith("reports/")}
