"""`assistant ingest`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.announce import announce
from assistant.cli.exits import FINDINGS, INPUT, OK
from assistant.cli.terminal import Terminal
from assistant.export import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.archive import IngestRow

Paths = Annotated[list[Path], typer.Argument(help="ingest.paths", metavar="PATH...")]


def ingest(terminal: Terminal, paths: Paths) -> int:
    """Take files or folders into the archive."""
    from assistant.service.library import open_library

    settings = terminal.settings()
    announce(terminal, settings)
    with open_library(settings) as library, terminal.progress() as report:
        rows = library.ingest(paths, report)
    show_rows(terminal, rows)
    terminal.emit(files=plain(rows), summary=plain(dict(counted(rows))))
    return outcome(rows)


def show_rows(terminal: Terminal, rows: Sequence[IngestRow]) -> None:
    """A line for each file that is new or failed, and the sum."""
    for row in rows:
        details = {"name": row.name, "documents": len(row.documents), "passages": row.passages}
        if row.status != "unchanged":
            terminal.show(
                terminal.text(
                    f"ingest.{row.status}", reason=row.reason, hint=row.hint, code=row.code, **details
                )
            )
    terminal.show(terminal.text("ingest.summary", files=len(rows), **counted(rows)))


def counted(rows: Sequence[IngestRow]) -> dict[str, int]:
    """How many files became ready, were unchanged, or failed."""
    counts = Counter(row.status for row in rows)
    return {"ready": counts["ready"], "unchanged": counts["unchanged"], "failed": counts["failed"]}


def outcome(rows: Sequence[IngestRow]) -> int:
    """0 when no file failed, 1 when some did, 3 when none could be used."""
    counts = counted(rows)
    if not counts["failed"]:
        return OK
    return FINDINGS if counts["ready"] or counts["unchanged"] else INPUT
