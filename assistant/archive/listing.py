"""What an archive can list: the indicators to choose from, and the files that could not be taken in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import Connection, delete, func, select

from assistant.archive.schema import documents, indicators, sources
from assistant.archive.series import KINDS
from assistant.quantities import canonical


@dataclass(frozen=True, slots=True)
class IndicatorName:
    """One indicator: how many values, of which years and organisations (places where a document has none)."""

    name: str
    values: int
    years: tuple[int, ...]
    organisations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FailedFile:
    """A file that could not be taken in, with its code and Chinese reason."""

    path: str
    name: str
    code: str
    reason: str


@dataclass(slots=True)
class _Sum:
    values: int = 0
    years: set[int] = field(default_factory=set)
    organisations: set[str] = field(default_factory=set)


def indicator_names(connection: Connection, owner: str, part: str = "") -> tuple[IndicatorName, ...]:
    """The indicators of an owner's ready documents whose name has `part` in it, the most told first."""
    columns = (indicators.c.indicator, indicators.c.year, indicators.c.organisation, indicators.c.place)
    query = select(*columns, func.count().label("values")).select_from(
        indicators.join(documents, documents.c.key == indicators.c.document_key)
    )
    query = query.where(indicators.c.owner == owner, documents.c.state == "ready")
    query = query.where(
        indicators.c.year.is_not(None), indicators.c.value != "", indicators.c.kind.in_(KINDS)
    )
    sums: dict[str, _Sum] = defaultdict(_Sum)
    wanted = {name for name in (part, canonical(part)) if name}
    for row in connection.execute(query.group_by(*columns)):
        if not wanted or any(name in row.indicator for name in wanted):
            found = sums[row.indicator]
            found.values += row.values
            found.years.add(row.year)
            found.organisations.add(row.organisation or row.place)
    names = (
        IndicatorName(name, one.values, tuple(sorted(one.years)), tuple(sorted(one.organisations - {""})))
        for name, one in sums.items()
    )
    return tuple(sorted(names, key=lambda one: (-one.values, one.name)))


def failed_files(connection: Connection, owner: str) -> tuple[FailedFile, ...]:
    """An owner's files that could not be taken in, by name."""
    query = select(sources).where(sources.c.owner == owner, sources.c.state == "failed")
    rows = connection.execute(query.order_by(sources.c.name, sources.c.key))
    return tuple(FailedFile(row.path, row.name, row.code, row.reason) for row in rows)


def forget_failed(connection: Connection, owner: str, paths: Collection[str]) -> None:
    """Take the rows of these failed files away; files that are in the archive are left alone."""
    chosen = sources.c.path.in_(list(paths))
    connection.execute(delete(sources).where(sources.c.owner == owner, sources.c.state == "failed", chosen))
