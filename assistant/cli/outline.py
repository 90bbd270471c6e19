"""`assistant outline`."""

from __future__ import annotations

from assistant.cli.draft import Facts
from assistant.cli.exits import OK
from assistant.cli.terminal import Terminal
from assistant.export import plain


def outline(terminal: Terminal, facts: Facts) -> int:
    """Show which facts go under which heading before anything is written."""
    from assistant.service.drafting import read
    from assistant.service.library import open_library

    with open_library(terminal.settings()) as library:
        given = read(facts, library)
    terminal.show(given.title)
    for section in given.sections:
        terminal.show(f"{'  ' * section.level}{section.heading}")
        for fact in section.facts:
            terminal.show(f"{'  ' * (section.level + 1)}{fact.id} {fact.text}")
    terminal.emit(
        title=given.title, organisation=given.organisation, year=given.year, sections=plain(given.sections)
    )
    return OK
