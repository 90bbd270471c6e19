"""`python -m assistant.ui`: serve the page until it is stopped. `assistant serve` starts it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from assistant.errors import AssistantError, Language
from assistant.settings import read_settings
from assistant.ui.running import Order, serve

FAILED = 7


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve; 0 when it was stopped in order, 7 when it could not start (told on stderr)."""
    order = _order(arguments)
    try:
        serve(read_settings(**({"language": order.language} if order.language else {})), order)
    except AssistantError as error:
        language: Language = "en" if order.language == "en" else "zh"
        sys.stderr.write(f"{error.sentence(language)}\n{error.hint(language)}\n{error.code}\n")
        return FAILED
    return 0


def _order(arguments: Sequence[str] | None) -> Order:
    parser = argparse.ArgumentParser(prog="python -m assistant.ui", allow_abbrev=False)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=7860)
    parser.add_argument("--open", action=argparse.BooleanOptionalAction, default=False)
    parser.add_argument("--samples", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--language", choices=("zh", "en"), default=None)
    parser.add_argument("--scripted", default="", help=argparse.SUPPRESS)
    return Order(**vars(parser.parse_args(arguments)))


if __name__ == "__main__":
    sys.exit(main())
