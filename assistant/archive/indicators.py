"""The indicator table: what each document says an indicator was, aimed at or foretold, with its place.

Rows are made from a Document's claims when it is taken in, in the transaction that writes its passages, and
go when it goes. They are derived: `BINDER` names the way of reading claims, and documents read in
another way (or before there was a table) are read anew by the next write or by `repair`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, delete, exists, insert, select

from assistant.archive.schema import bindings, documents, indicators
from assistant.quantities import bind
from assistant.quantities.counting import measure_of
from assistant.records import Block, Claim, Document, Span

BINDER = "3"  # raised when claims are read from the same text in another way
_NAMED = 190
_QUOTED = 400
_claim = TypeAdapter(Claim)


def put(connection: Connection, owner: str, key: str, document: Document) -> None:
    """Write the rows of a document in place of those it had; `key` is its key in the catalogue."""
    erase(connection, [key])
    rows = [{**row, "document_key": key, "owner": owner} for row in rows_of(document)]
    if rows:
        connection.execute(insert(indicators), rows)
    connection.execute(insert(bindings).values(document_key=key, binder=BINDER))


def erase(connection: Connection, document_keys: Sequence[str]) -> None:
    """Remove the rows of these documents (at most as many as fit one statement)."""
    for table in (indicators, bindings):
        connection.execute(delete(table).where(table.c.document_key.in_(document_keys)))


def unread(connection: Connection) -> list[tuple[str, str]]:
    """Owner and key of documents whose claims were never read, or in another way than now."""
    done = exists().where(bindings.c.document_key == documents.c.key, bindings.c.binder == BINDER)
    query = select(documents.c.owner, documents.c.key).where(~done, documents.c.state != "deleting")
    return [(row.owner, row.key) for row in connection.execute(query.order_by(documents.c.key))]


def read_claim(text: str) -> Claim:
    """The claim that a row keeps as JSON."""
    return _claim.validate_json(text)


def rows_of(document: Document) -> list[dict[str, Any]]:
    """The table's rows of one document, without its key and owner."""
    claims = [c for c in bind(document) if c.indicator and c.part != "definition" and c.quantity.is_figure]
    blocks = iter(document.blocks)
    block = next(blocks, None)
    rows = []
    for position, claim in enumerate(claims):
        while block is not None and block.span.end <= claim.quantity.span.start:
            block = next(blocks, None)
        rows.append(_row(document, position, claim, block))
    return rows


def _row(document: Document, position: int, claim: Claim, block: Block | None) -> dict[str, Any]:
    quantity, period = claim.quantity, claim.period
    quote = _quoted(document.text, claim)
    return {
        "position": position,
        "indicator": claim.indicator[:_NAMED],
        "measure": measure_of(claim, document.text),
        "subject": claim.subject,
        "organisation": document.organisation.value if document.organisation else "",
        "place": document.place.value if document.place else "",
        "year": period.years[-1] if period and period.years else document.reviewed_year,
        "period_start": _iso(period.start if period else None),
        "period_end": _iso(period.end if period else None),
        "value": _text(quantity.value),
        "unit": quantity.unit,
        "status": claim.status,
        "kind": claim.kind,
        "start": quote.start,
        "end": quote.end,
        "quote": quote.of(document.text),
        "heading_path": json.dumps(block.heading_path if block else (), ensure_ascii=False),
        "page": block.page if block else None,
        "paragraph": block.paragraph if block else None,
        "claim": _claim.dump_json(claim).decode(),
    }


def _quoted(text: str, claim: Claim) -> Span:
    """The claim's sentence; of one without an end, what is near the figure."""
    start = max(claim.sentence.start, claim.quantity.span.start - _QUOTED // 2)
    end = min(claim.sentence.end, max(claim.quantity.span.end, start + _QUOTED))
    return Span(start, end)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _text(value: Decimal | None) -> str:
    return "" if value is None else format(value, "f")
