"""`assistant indicators` and `assistant commitments`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.exits import FINDINGS, OK
from assistant.cli.terminal import Terminal
from assistant.export import plain

if TYPE_CHECKING:
    from assistant.archive import Point, Series
    from assistant.checking.commitments import Commitment
    from assistant.service.commitments import Compared

Name = Annotated[str, typer.Argument(help="indicators.name", metavar="NAME")]
Organisation = Annotated[
    str, typer.Option("--organisation", help="indicators.organisation", show_default=False)
]
Place = Annotated[str, typer.Option("--place", help="indicators.place", show_default=False)]
Years = Annotated[
    str, typer.Option("--years", help="indicators.years", metavar="2022-2024", show_default=False)
]
Plot = Annotated[Path | None, typer.Option("--plot", help="indicators.plot", metavar="OUT")]
Draft = Annotated[Path, typer.Argument(help="check.draft", metavar="DRAFT")]
Prior = Annotated[list[Path] | None, typer.Option("--prior", help="check.prior", metavar="FILE")]
InArchive = Annotated[bool, typer.Option("--archive", help="check.archive")]
_POINT = ("year", "period", "status", "figure", "quote", "place")
_COMMITMENT = ("state", "indicator", "target", "outcome", "said", "now")
_QUOTED = 60


def indicators(
    terminal: Terminal,
    name: Name,
    organisation: Organisation = "",
    place: Place = "",
    years: Years = "",
    plot: Plot = None,
) -> int:
    """Print the series of an indicator with a citation for each value, and draw it."""
    from assistant.service.indicators import find_series, years_of
    from assistant.service.library import open_library

    wanted = years_of(years)
    with open_library(terminal.settings()) as library:
        found = find_series(library, name, organisation=organisation, place=place, years=wanted)
    for one in found:
        _show_series(terminal, one)
    if not found:
        terminal.tell("indicators.none", name=name)
    elif plot:
        from assistant.export.plot import write_plot

        write_plot(found, plot, title=name, language=terminal.language)
        terminal.tell("draft.written", what=terminal.text("indicators.drawing"), path=plot)
    terminal.emit(name=name, series=[series_payload(one) for one in found])
    return OK


def _show_series(terminal: Terminal, one: Series) -> None:
    from assistant.export.plot import series_name

    terminal.show(terminal.text("indicators.series", name=series_name(one)))
    head = [terminal.text(f"indicators.column.{column}") for column in _POINT]
    terminal.table(head, [_point(terminal, point) for point in one.points])
    if one.conflicts:
        years = "、".join(map(str, one.conflicts))
        terminal.show(terminal.text("indicators.conflict", years=years))
    terminal.show()


def _point(terminal: Terminal, point: Point) -> tuple[str, ...]:
    cited = point.citation
    where = [cited.title, *cited.heading_path[-1:]]
    if cited.paragraph is not None:
        where.append(terminal.text("indicators.paragraph", number=cited.paragraph))
    status = terminal.text(f"indicators.status.{point.claim.status}")
    return str(point.year), point.months, status, point.text, _short(cited.quote), " · ".join(where)


def _short(quote: str) -> str:
    quote = " ".join(quote.split())
    return quote if len(quote) <= _QUOTED else f"{quote[:_QUOTED]}…"


def series_payload(one: Series) -> dict[str, object]:
    """The JSON fields of one series; values are exact decimals as text, in `unit`."""
    return {
        "indicator": one.indicator,
        "organisation": one.organisation,
        "place": one.place,
        "subject": one.subject,
        "measure": one.measure,
        "qualifiers": plain(one.qualifiers),
        "kind": one.kind,
        "unit": one.unit,
        "conflicts": plain(one.conflicts),
        "points": [
            {
                "year": point.year,
                "months": point.months,
                "status": point.claim.status,
                "value": plain(point.claim.quantity.value),
                "written": point.text,
                "citation": plain(point.citation),
            }
            for point in one.points
        ],
    }


def commitments(terminal: Terminal, draft: Draft, prior: Prior = None, archive: InArchive = False) -> int:
    """Last year's targets beside the draft's outcomes; 1 when one is missed or not reported."""
    from assistant.service.commitments import compare_plans

    found = compare_plans(draft, tuple(prior or ()), terminal.settings(), archive=archive)
    for one in found:
        _show_compared(terminal, one)
    terminal.emit(
        drafts=[
            {"title": one.document.title, "commitments": plain(one.commitments), "notes": plain(one.notes)}
            for one in found
        ]
    )
    states = {item.state for one in found for item in one.commitments}
    return FINDINGS if states & {"missed", "unreported"} else OK


def _show_compared(terminal: Terminal, one: Compared) -> None:
    for note in one.notes:
        terminal.tell("draft.note", text=note)
    if not one.prior:
        terminal.tell("commitments.no_prior")
        return
    if not one.commitments:
        terminal.tell("commitments.none")
        return
    head = [terminal.text(f"commitments.column.{column}") for column in _COMMITMENT]
    terminal.table(head, [_commitment(terminal, item) for item in one.commitments])
    terminal.show(_counts(terminal, one.commitments))


def _commitment(terminal: Terminal, item: Commitment) -> tuple[str, ...]:
    state = terminal.text(f"commitments.state.{item.state}")
    outcome = item.outcome.text if item.outcome else ""
    if item.expected:
        outcome = terminal.text("commitments.expected", figure=outcome)
    said = f"{item.evidence.quote}（{item.evidence.title}{_where(item.evidence.place)}）"
    now = f"{item.told.quote}{_where(item.told.place)}" if item.told else ""
    return state, item.indicator, item.target.text, outcome, " ".join(said.split()), " ".join(now.split())


def _where(place: str) -> str:
    return f" · {place}" if place else ""


def _counts(terminal: Terminal, items: Sequence[Commitment]) -> str:
    states = [item.state for item in items]
    return terminal.text(
        "commitments.counts",
        all=len(states),
        **{name: states.count(name) for name in ("met", "missed", "told", "unreported")},
    )
