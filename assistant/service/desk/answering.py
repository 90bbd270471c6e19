"""Answers as the page shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from assistant.archive import Archive
from assistant.chat import Answer, Scope
from assistant.service.desk.plotting import series_view
from assistant.service.desk.showing import citation_view
from assistant.service.desk.talk import NamedDocument, ScopeView, StatementView, TableView, TurnView
from assistant.service.desk.views import SeriesView

Titles = Mapping[str, str]
"""Titles of the archive's documents by id."""
Points = tuple[tuple[int, float], ...]
"""Years and values, as a chart draws them."""


def turn_view(position: int, answer: Answer, archive: Archive, titles: Titles) -> TurnView:
    """One turn; its series is read anew from the indicator table, so that every point has its source."""
    numbers = {citation: number for number, citation in enumerate(answer.citations, start=1)}
    table = answer.table
    return TurnView(
        position=position,
        question=answer.question,
        asked=answer.asked,
        route=answer.route,
        scope=scope_view(answer.scope, titles),
        statements=tuple(
            StatementView(
                one.text,
                tuple(dict.fromkeys(numbers[citation] for citation in one.citations)),
                one.figures,
                one.formula,
                one.remark,
            )
            for one in answer.statements
        ),
        sources=tuple(map(citation_view, answer.citations)),
        nearest=tuple(map(citation_view, answer.nearest)),
        consulted=tuple(NamedDocument(one.document_id, one.title) for one in answer.consulted),
        notes=answer.notes,
        table=TableView(table.head, table.rows) if table else None,
        series=plotted(answer, archive) if answer.series else (),
        declined=answer.declined,
        incomplete=answer.incomplete,
        model=answer.model,
    )


def scope_view(scope: Scope, titles: Titles) -> ScopeView:
    """A scope with the titles of its documents; one that was removed keeps the beginning of its id."""
    documents = tuple(NamedDocument(one, titles.get(one, one[:8])) for one in scope.documents)
    return ScopeView(documents, scope.years, scope.organisations, scope.kinds)


def plotted(answer: Answer, archive: Archive) -> tuple[SeriesView, ...]:
    """The series of the indicator table that an answer's chart draws, with their targets."""
    drawn = answer.series
    found: list[SeriesView] = []
    if drawn is None:
        return ()
    candidates = [series_view(one) for one in archive.indicators(drawn.title)]
    for name, points in drawn.lines:
        wanted = {year for year, _ in points}
        owned = [one for one in candidates if name in (one.organisation, one.place)]
        best = max(owned, key=lambda one: _agreement(one, points), default=None)
        if best is not None and _agreement(best, points) > 0:
            found.append(_between(best, min(wanted), max(wanted)))
    return tuple(found)


def _agreement(view: SeriesView, points: Points) -> int:
    """How many of the drawn points a series has."""
    held = {(point.year, round(float(point.value), 4)) for point in view.points if point.status == "actual"}
    return sum((year, round(value, 4)) in held for year, value in points)


def _between(view: SeriesView, first: int, last: int) -> SeriesView:
    """The series of these years, with the targets of the year after."""
    kept = tuple(point for point in view.points if first <= point.year <= last + (point.status != "actual"))
    return replace(view, points=kept)
