"""`assistant repair`."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli.announce import announce
from assistant.cli.exits import FINDINGS, OK
from assistant.cli.terminal import Terminal
from assistant.export import plain

Check = Annotated[bool, typer.Option("--check", help="repair.check")]
ReEmbed = Annotated[bool, typer.Option("--re-embed", help="repair.re_embed")]


def repair(terminal: Terminal, check: Check = False, re_embed: ReEmbed = False) -> int:
    """Compare the indexes with the catalogue and mend them; with `--check` exit code 1 says that it is needed."""
    from assistant.service.library import open_library

    settings = terminal.settings()
    if re_embed:
        announce(terminal, settings)
    with open_library(settings) as library, terminal.progress() as report:
        state = library.repair(check=check, re_embed=re_embed, report=report)
    for key, texts in (("found", state.found), ("done", state.done)):
        for text in texts:
            terminal.show(terminal.text(f"repair.{key}", text=text))
    if state.sound:
        terminal.show(terminal.text("repair.sound"))
    terminal.show(terminal.text("repair.state", documents=state.documents, passages=state.passages))
    terminal.emit(check=check, sound=state.sound or not check, report=plain(state))
    return FINDINGS if check and not state.sound else OK
