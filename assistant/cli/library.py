"""`assistant library list|show|remove`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.exits import OK
from assistant.cli.rim import AssistantGroup, add
from assistant.cli.terminal import Terminal
from assistant.export import plain

if TYPE_CHECKING:
    from assistant.records import Document

group = typer.Typer(name="library", cls=AssistantGroup, help="library.help")
Id = Annotated[str, typer.Argument(help="library.id", metavar="ID")]
Ids = Annotated[list[str], typer.Argument(help="library.id", metavar="ID...")]
_SHOWN_ID = 10
_COLUMNS = ("id", "title", "kind", "year", "place", "organisation", "passages", "source")


def list_(terminal: Terminal) -> int:
    """List what is in the archive."""
    from assistant.service.library import open_library

    with open_library(terminal.settings()) as library:
        documents = library.documents()
    rows = [
        (
            one.id[:_SHOWN_ID],
            one.title,
            terminal.text(f"genre.{one.genre}"),
            str(one.year or ""),
            one.place,
            one.organisation,
            str(one.passages),
            one.source_name,
        )
        for one in documents
    ]
    if rows:
        terminal.table([terminal.text(f"column.{name}") for name in _COLUMNS], rows)
    else:
        terminal.tell("library.list.empty")
    terminal.emit(documents=plain(documents))
    return OK


def show(terminal: Terminal, document: Id) -> int:
    """Show one document: what was read about it, and its text."""
    from assistant.service.library import open_library

    with open_library(terminal.settings()) as library:
        found = library.show(document)
    for name, value in _facts(terminal, found):
        if value:
            label = terminal.text(f"column.{name}")
            terminal.show(terminal.text("library.show.place", name=label, value=value))
    terminal.show()
    terminal.show(found.text)
    terminal.emit(document=plain(found))
    return OK


def _facts(terminal: Terminal, document: Document) -> tuple[tuple[str, str], ...]:
    readings = {
        "year": document.year,
        "place": document.place,
        "organisation": document.organisation,
        "number": document.number,
    }
    return (
        ("id", document.id),
        ("title", document.title),
        ("kind", terminal.text(f"genre.{document.genre}")),
        *((name, reading.value if reading else "") for name, reading in readings.items()),
        ("source", document.source.name),
        ("notes", " ".join(document.notes)),
    )


def remove(terminal: Terminal, documents: Ids) -> int:
    """Remove documents; the first unknown id ends it, what was removed before it stays removed."""
    from assistant.service.library import open_library

    removed = []
    with open_library(terminal.settings()) as library:
        for beginning in documents:
            title, passages = library.remove(beginning)
            removed.append({"id": beginning, "title": title, "passages": passages})
            terminal.show(terminal.text("library.remove.done", title=title, passages=passages))
    terminal.emit(removed=plain(removed))
    return OK


add(group, "list", list_)
add(group, "show", show)
add(group, "remove", remove)
