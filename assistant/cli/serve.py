"""`assistant serve`: the page, in the place of this process, so that signals and the exit code are the page's."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from assistant.cli.terminal import Terminal

Host = Annotated[str, typer.Option("--host", help="serve.host")]
Port = Annotated[int, typer.Option("--port", help="serve.port", min=0, max=65535)]
Open = Annotated[bool, typer.Option("--open/--no-open", help="serve.open")]
Samples = Annotated[bool, typer.Option("--samples/--no-samples", help="serve.samples")]


def serve(
    terminal: Terminal,
    host: Host = "127.0.0.1",
    port: Port = 7860,
    open_: Open = False,
    samples: Samples = True,
) -> int:
    """Start the page; does not come back."""
    terminal.settings()
    arguments = ["--host", host, "--port", str(port), "--language", terminal.language]
    arguments += ["--open" if open_ else "--no-open", "--samples" if samples else "--no-samples"]
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(sys.executable, [sys.executable, "-m", "assistant.ui", *arguments])  # noqa: S606 - our own module
