"""`assistant demo`: the whole program on the sample archive."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli import drafting
from assistant.cli.announce import announce
from assistant.cli.exits import OK
from assistant.cli.fetch import fetch
from assistant.cli.ingest import show_rows
from assistant.cli.terminal import Terminal, program, shown_path
from assistant.export import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.archive import IngestRow
    from assistant.service.library import Library

Out = Annotated[Path, typer.Option("--out", "-o", help="demo.out", metavar="OUT")]
_STEPS = 3
_NEXT = (
    "search 2024年新认定高新技术企业多少家 --place 云溪县",
    "ask 云溪县2024年技术合同登记额是多少",
    "library list",
    "outline {facts}",
    "check {draft} --facts {facts} --archive",
    "draft {facts} -o out --section 聚焦创新主体",
)


def demo(terminal: Terminal, out: Out = Path("out")) -> int:
    """Fetch the model, ingest the sample archive, draft the sample report; what is there already is reused."""
    from assistant.export import WordOptions
    from assistant.service.drafting import read
    from assistant.service.library import open_library
    from assistant.service.outputs import output_paths
    from assistant.service.resources import sample_facts

    settings = terminal.settings()
    announce(terminal, settings, chat=True)
    _step(terminal, 1, "fetch")
    fetch(terminal, settings)
    with open_library(settings) as library:
        rows = _ingest(terminal, library)
        _step(terminal, 3, "draft")
        facts = read(sample_facts(), library)
        order = drafting.Order(
            facts, output_paths(out, sample_facts()), word=WordOptions(signed=date.today())
        )
        written = drafting.run(terminal, settings, library, order)
    terminal.show()
    terminal.show(terminal.text("demo.next"))
    places = {"facts": shown_path(sample_facts()), "draft": shown_path(written.outputs.draft_word)}
    for command in _NEXT:
        terminal.show(f"  {program()} {command.format(**places)}")
    if written.watched.failures:
        failed = written.watched.failures[0].error
        return terminal.fail(failed, files=plain(rows), **drafting.payload(facts, written))
    terminal.emit(files=plain(rows), **drafting.payload(facts, written))
    return OK


def _step(terminal: Terminal, number: int, name: str) -> None:
    terminal.tell("demo.step", number=number, steps=_STEPS, text=terminal.text(f"demo.{name}"))


def _ingest(terminal: Terminal, library: Library) -> Sequence[IngestRow]:
    """Reports and policies; the facts files are what is drafted from, not what is looked up."""
    from assistant.service.resources import sample_archive

    _step(terminal, 2, "ingest")
    folders = [sample_archive() / name for name in ("reports", "policies")]
    with terminal.progress() as report:
        rows = library.ingest(folders, report)
    show_rows(terminal, rows)
    return rows
