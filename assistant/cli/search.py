"""`assistant search`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.exits import OK
from assistant.cli.terminal import Terminal
from assistant.export import plain
from assistant.records import Genre

if TYPE_CHECKING:
    from assistant.archive import Hit

Question = Annotated[str, typer.Argument(help="search.question", metavar="QUESTION")]
Year = Annotated[int | None, typer.Option("--year", help="search.year", min=1949, max=2100)]
Place = Annotated[str, typer.Option("--place", help="search.place", show_default=False)]
Organisation = Annotated[str, typer.Option("--organisation", help="search.organisation", show_default=False)]
Kind = Annotated[Genre | None, typer.Option("--kind", help="search.kind")]
Limit = Annotated[int, typer.Option("--limit", help="search.limit", min=1, max=100)]


def search(
    terminal: Terminal,
    question: Question,
    year: Year = None,
    place: Place = "",
    organisation: Organisation = "",
    kind: Kind = None,
    limit: Limit = 10,
) -> int:
    """Search the archive; the best passage first."""
    from assistant.archive import Filters
    from assistant.service.library import open_library

    filters = Filters(year=year, place=place, organisation=organisation, genre=kind)
    with open_library(terminal.settings()) as library:
        hits = library.search(question, filters, limit)
    for rank, hit in enumerate(hits, start=1):
        show_hit(terminal, rank, hit)
    if not hits:
        terminal.tell("search.none")
    terminal.emit(question=question, filters=plain(filters), hits=plain(hits))
    return OK


def show_hit(terminal: Terminal, rank: int, hit: Hit) -> None:
    """Title, heading path, year, place and kind, and the passage under them."""
    passage = hit.passage
    facts = [
        str(passage.year or ""),
        passage.place,
        passage.organisation,
        terminal.text(f"genre.{passage.genre}"),
    ]
    terminal.show(
        terminal.text(
            "search.hit",
            rank=rank,
            title=passage.title,
            path="".join(f" > {heading}" for heading in passage.heading_path),
            facts=" · ".join(fact for fact in facts if fact),
        )
    )
    terminal.show(f"   {' '.join(passage.text.split())}")
    terminal.show()
