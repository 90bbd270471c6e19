"""`assistant draft`."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli import drafting
from assistant.cli.announce import announce
from assistant.cli.dates import read_day, refuse_day
from assistant.cli.exits import FINDINGS, OK
from assistant.cli.fetch import fetch
from assistant.cli.layout import show_house
from assistant.cli.terminal import Terminal
from assistant.errors import ModelError
from assistant.records import FactsFile

Facts = Annotated[Path, typer.Argument(help="draft.facts", metavar="FACTS")]
Out = Annotated[Path, typer.Option("--out", "-o", help="draft.out", metavar="OUT")]
Sections = Annotated[list[str] | None, typer.Option("--section", help="draft.section", metavar="HEADING")]
Signed = Annotated[str, typer.Option("--date", help="draft.date", metavar="DATE", show_default=False)]
Like = Annotated[Path | None, typer.Option("--like", help="layout.like", metavar="OLD.docx")]
Letterhead = Annotated[Path | None, typer.Option("--letterhead", help="export.letterhead", metavar="FILE")]


def draft(
    terminal: Terminal,
    facts: Facts,
    out: Out = Path("out"),
    section: Sections = None,
    signed: Signed = "",
    like: Like = None,
    letterhead: Letterhead = None,
) -> int:
    """Draft a report from a facts file; 1 when the check found errors or warnings."""
    from assistant.service.drafting import read
    from assistant.service.library import open_library
    from assistant.service.outputs import output_paths
    from assistant.service.word_options import word_options

    day = read_day(signed) if signed else date.today()
    if day is None:
        return refuse_day(terminal, signed)
    settings = terminal.settings()
    word = word_options(settings, like=like, letterhead=letterhead, signed=day)
    if word.style.name:
        show_house(terminal, like or settings.word_like)
    outputs = output_paths(out, facts)
    with open_library(settings) as library:
        given = read(facts, library)
        announce(terminal, settings, chat=True)
        counts = {"sections": len(given.sections), "facts": len(given.facts)}
        terminal.tell("draft.reading", name=given.name, **counts)
        for note in given.notes:
            terminal.aside(note)
        with suppress(
            ModelError
        ):  # it comes again from the first section, which is then written without the model
            fetch(terminal, settings)
        order = drafting.Order(given, outputs, tuple(section or ()), word)
        written = drafting.run(terminal, settings, library, order)
    return finish(terminal, given, written)


def finish(terminal: Terminal, facts: FactsFile, written: drafting.Written) -> int:
    """The exit code of a draft: that of the model's failure, else 1 with findings, else 0."""
    if written.watched.failures:
        return terminal.fail(written.watched.failures[0].error, **drafting.payload(facts, written))
    terminal.emit(**drafting.payload(facts, written))
    return OK if written.review.report.clean else FINDINGS
