"""What a person corrected of a document's metadata. It wins over what is read, also when the file is read anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import cast, get_args

from sqlalchemy import Connection, delete, insert, select

from assistant.archive.schema import corrections
from assistant.errors import QueryInvalid, Said
from assistant.records import Document, Genre, Passage, Reading

_LONGEST = 60
_YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class Correction:
    """The right values; `None` leaves one as it was read, an empty text or the year 0 says that there is none.

    Raises:
        QueryInvalid: a value that cannot be right.
    """

    year: int | None = None
    organisation: str | None = None
    genre: Genre | None = None
    place: str | None = None

    def __post_init__(self) -> None:
        if self.year and self.year not in _YEARS:
            raise QueryInvalid(reason=Said(f"“{self.year}”不是年份", f"{self.year} is no year"))
        if self.genre is not None and self.genre not in get_args(Genre):
            raise QueryInvalid(reason=Said(f"没有体裁“{self.genre}”", f"there is no genre “{self.genre}”"))
        for name in (self.organisation, self.place):
            if name and (len(name) > _LONGEST or "\n" in name):
                raise QueryInvalid(reason=Said("单位或地区的名称太长", "the name is too long"))

    @property
    def values(self) -> dict[str, str]:
        """The corrected values by name, as they are kept."""
        named = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: str(value).strip() for name, value in named.items() if value is not None}

    def of(self, document: Document) -> Document:
        """The document with the right values."""
        years = set(document.years)
        if self.year is not None and self.year != document.reported_year:
            years = (years - {document.reported_year}) | ({self.year} if self.year else set())
        return replace(
            document,
            organisation=_reading(self.organisation, document.organisation),
            place=_reading(self.place, document.place),
            year=_reading(None if self.year is None else str(self.year or ""), document.year),
            years=tuple(sorted(year for year in years if year)),
            genre=self.genre or document.genre,
        )


def put(connection: Connection, key: str, correction: Correction) -> Correction:
    """Keep what was corrected of a document beside what was corrected before; all of it together."""
    values = {**held(connection, key).values, **correction.values}
    erase(connection, [key])
    rows = [{"document_key": key, "name": name, "value": value} for name, value in values.items()]
    if rows:
        connection.execute(insert(corrections), rows)
    return held(connection, key)


def held(connection: Connection, key: str) -> Correction:
    """What was corrected of a document until now."""
    query = select(corrections.c.name, corrections.c.value).where(corrections.c.document_key == key)
    values = {row.name: row.value for row in connection.execute(query)}
    return Correction(
        year=int(values["year"] or 0) if "year" in values else None,
        organisation=values.get("organisation"),
        genre=cast("Genre | None", values.get("genre")),
        place=values.get("place"),
    )


def erase(connection: Connection, keys: Sequence[str]) -> None:
    """Forget what was corrected of these documents (at most as many as fit one statement)."""
    connection.execute(delete(corrections).where(corrections.c.document_key.in_(keys)))


def relabelled(passages: Sequence[Passage], document: Document) -> list[Passage]:
    """The passages with their document's metadata as it is now."""
    return [
        replace(
            passage,
            genre=document.genre,
            organisation=document.organisation.value if document.organisation else "",
            place=document.place.value if document.place else "",
            year=document.reported_year,
        )
        for passage in passages
    ]


def _reading(corrected: str | None, read: Reading | None) -> Reading | None:
    if corrected is None:
        return read
    return Reading(corrected.strip(), "given") if corrected.strip() else None
