"""`python -m assistant.ui`: serve the page until it is stopped. `assistant serve` starts it."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.errors import Language
    from assistant.ui.running import Order

FAILED = 7


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve; 0 when it was stopped in order, 7 when it could not start (told on stderr)."""
    from assistant.errors import AssistantError
    from assistant.settings import read_settings
    from assistant.ui.running import serve

    order = _order(arguments)
    try:
        serve(read_settings(**({"language": order.language} if order.language else {})), order)
    except AssistantError as error:
        language: Language = "en" if order.language == "en" else "zh"
        sys.stderr.write(f"{error.sentence(language)}\n{error.hint(language)}\n{error.code}\n")
        return FAILED
    return 0


def _order(arguments: Sequence[str] | None) -> Order:
    from assistant.ui.running import Order

    parser = argparse.ArgumentParser(prog="python -m assistant.ui", allow_abbrev=False)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=7860)
    parser.add_argument("--open", action=argparse.BooleanOptionalAction, default=False)
    parser.add_argument("--samples", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--language", choices=("zh", "en"), default=None)
    parser.add_argument("--scripted", default="", help=argparse.SUPPRESS)
    return Order(**vars(parser.parse_args(arguments)))


def _alone() -> None:
    """Serve as this whole process, and end it at once.

    Before there is anything to end in order, Ctrl-C ends it as a signal does. What was ended in order does not wait
    for a thread that is still importing Gradio: Python would, for seconds.
    """
    if (
        signal.getsignal(signal.SIGINT) is signal.default_int_handler
    ):  # else it was switched off, and stays so
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    status = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    _alone()
