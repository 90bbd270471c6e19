"""`assistant draft`."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli import drafting
from assistant.cli.announce import announce
from assistant.cli.exits import FINDINGS, OK, USAGE
from assistant.cli.fetch import fetch
from assistant.cli.terminal import Terminal
from assistant.errors import ModelError
from assistant.records import FactsFile

Facts = Annotated[Path, typer.Argument(help="draft.facts", metavar="FACTS")]
Out = Annotated[Path, typer.Option("--out", "-o", help="draft.out", metavar="OUT")]
Sections = Annotated[list[str] | None, typer.Option("--section", help="draft.section", metavar="HEADING")]
Signed = Annotated[str, typer.Option("--date", help="draft.date", metavar="DATE", show_default=False)]


def draft(
    terminal: Terminal, facts: Facts, out: Out = Path("out"), section: Sections = None, signed: Signed = ""
) -> int:
    """Draft a report from a facts file; 1 when the check found errors or warnings."""
    from assistant.service.drafting import read
    from assistant.service.library import open_library
    from assistant.service.outputs import output_paths

    day = _day(signed)
    if day is None:
        sentence = terminal.text("draft.no_date", name=signed)
        terminal.refuse("usage", USAGE, sentence, terminal.text("draft.date_hint"))
        return USAGE
    settings = terminal.settings()
    outputs = output_paths(out, facts)
    with open_library(settings) as library:
        given = read(facts, library)
        announce(terminal, settings, chat=True)
        counts = {"sections": len(given.sections), "facts": len(given.facts)}
        terminal.tell("draft.reading", name=given.name, **counts)
        with suppress(
            ModelError
        ):  # it comes again from the first section, which is then written without the model
            fetch(terminal, settings)
        order = drafting.Order(given, outputs, tuple(section or ()), day)
        written = drafting.run(terminal, settings, library, order)
    return finish(terminal, given, written)


def finish(terminal: Terminal, facts: FactsFile, written: drafting.Written) -> int:
    """The exit code of a draft: that of the model's failure, else 1 with findings, else 0."""
    if written.watched.failures:
        return terminal.fail(written.watched.failures[0].error, **drafting.payload(facts, written))
    terminal.emit(**drafting.payload(facts, written))
    return OK if written.review.report.clean else FINDINGS


def _day(text: str) -> date | None:
    """The date as given, today when none is; `None` when it is no date."""
    if not text:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
