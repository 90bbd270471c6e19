"""The command `assistant`: one file a group of commands, put together here.

The parts of the program are imported inside the commands: model and index libraries take seconds to
load, and `--help` needs none of them.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from assistant import __version__
from assistant.cli import (
    accounts,
    ask,
    check,
    demo,
    draft,
    ingest,
    layout,
    library,
    models,
    outline,
    repair,
    rules,
    search,
    series,
    serve,
)
from assistant.cli.rim import AssistantGroup, Debug, Json, Lang, add

app = typer.Typer(
    name="assistant",
    cls=AssistantGroup,
    help="app.help",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    invoke_without_command=True,
)


@app.callback()
def root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="option.version")] = False,
    lang: Lang = None,
    json: Json = False,
    debug: Debug = False,
) -> None:
    """Show the version, or the help when no command is given."""
    if version:
        terminal = context.obj
        terminal.show(__version__)
        terminal.emit(name="assistant", release=__version__)
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


for _name, _function in (
    ("ingest", ingest.ingest),
    ("search", search.search),
    ("ask", ask.ask),
    ("chat", ask.chat),
    ("outline", outline.outline),
    ("draft", draft.draft),
    ("check", check.check),
    ("ignore", check.ignore),
    ("layout", layout.layout),
    ("export", layout.export),
    ("rules", rules.rules),
    ("commitments", series.commitments),
    ("indicators", series.indicators),
    ("repair", repair.repair),
    ("demo", demo.demo),
    ("serve", serve.serve),
):
    add(app, _name, _function)
app.add_typer(library.group)
app.add_typer(models.group)
app.add_typer(accounts.group)


def main() -> None:
    """Run the command line; what a terminal cannot show becomes a question mark, never an error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    app()
