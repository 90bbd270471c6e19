"""Dates as options."""

from __future__ import annotations

from datetime import date

from assistant.cli.exits import USAGE
from assistant.cli.terminal import Terminal


def read_day(text: str) -> date | None:
    """A date such as 2026-01-08; `None` when it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def refuse_day(terminal: Terminal, text: str) -> int:
    """Say that `text` is no date; returns the exit code."""
    sentence = terminal.text("draft.no_date", name=text)
    terminal.refuse("usage", USAGE, sentence, terminal.text("draft.date_hint"))
    return USAGE
