"""`assistant rules`."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli.exits import OK
from assistant.cli.terminal import Terminal
from assistant.errors import Said
from assistant.export import plain

Id = Annotated[str, typer.Argument(help="rules.id", metavar="[ID]", show_default=False)]


def rules(terminal: Terminal, rule: Id = "") -> int:
    """List the rules, or explain one."""
    from assistant.service.rules import find, listed

    settings = terminal.settings()
    if rule:
        found = find(rule, settings)
        terminal.show(Said.joined((found.id, found.title), " · ", " · "))
        state = "rules.off" if found.off else f"rules.severity.{found.severity}"
        terminal.show(terminal.text(state))
        for heading, text in found.page.items():
            terminal.show()
            terminal.show(f"{terminal.text(f'rules.heading.{heading}')}\n{text}" if heading else text)
        for name, examples in (("flagged", found.flagged), ("passed", found.passed)):
            terminal.show()
            terminal.show(terminal.text(f"rules.{name}"))
            for example in examples:
                terminal.show(f"  - {example}")
        terminal.emit(rule=plain(found))
        return OK
    known = listed(settings)
    head = [terminal.text(f"rules.column.{name}") for name in ("id", "title", "severity", "about")]
    rows = [
        (
            one.id,
            one.title,
            terminal.text("rules.off" if one.off else f"rules.severity.{one.severity}"),
            one.page[""],
        )
        for one in known
    ]
    terminal.table(head, rows)
    terminal.emit(rules=plain(known))
    return OK
