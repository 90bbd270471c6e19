"""`assistant accounts add|list|disable|password`: who may log in to the page."""

from __future__ import annotations

import getpass
import sys
from typing import Annotated

import typer

from assistant.cli.exits import OK
from assistant.cli.rim import AssistantGroup, add
from assistant.cli.terminal import Terminal
from assistant.errors import AccountInvalid, Said
from assistant.export import plain

group = typer.Typer(name="accounts", cls=AssistantGroup, help="accounts.help")
Name = Annotated[str, typer.Argument(help="accounts.name", metavar="NAME")]
Stdin = Annotated[bool, typer.Option("--password-stdin", help="accounts.password_stdin")]
Undo = Annotated[bool, typer.Option("--undo", help="accounts.disable.undo")]


def add_(terminal: Terminal, name: Name, password_stdin: Stdin = False) -> int:
    """Add an account."""
    from assistant.service.accounts import Accounts

    with Accounts(terminal.settings()) as accounts:
        made = accounts.add(name, _password(terminal, password_stdin))
    terminal.show(terminal.text("accounts.add.done", name=made.name))
    terminal.emit(account=plain(made))
    return OK


def list_(terminal: Terminal) -> int:
    """List the accounts."""
    from assistant.service.accounts import Accounts

    with Accounts(terminal.settings()) as accounts:
        listed = accounts.listed()
    for one in listed:
        state = terminal.text("accounts.list.disabled" if one.disabled else "accounts.list.enabled")
        terminal.show(f"{one.name}\t{state}")
    if not listed:
        terminal.tell("accounts.list.none")
    terminal.emit(accounts=plain(listed))
    return OK


def disable(terminal: Terminal, name: Name, undo: Undo = False) -> int:
    """Keep a person out, or let them in again."""
    from assistant.service.accounts import Accounts

    with Accounts(terminal.settings()) as accounts:
        changed = accounts.disable(name, disabled=not undo)
    key = "accounts.disable.undone" if undo else "accounts.disable.done"
    terminal.show(terminal.text(key, name=changed.name))
    terminal.emit(account=plain(changed))
    return OK


def password(terminal: Terminal, name: Name, password_stdin: Stdin = False) -> int:
    """Set a new password."""
    from assistant.service.accounts import Accounts

    with Accounts(terminal.settings()) as accounts:
        changed = accounts.set_password(name, _password(terminal, password_stdin))
    terminal.show(terminal.text("accounts.password.done", name=changed.name))
    terminal.emit(account=plain(changed))
    return OK


def _password(terminal: Terminal, from_stdin: bool) -> str:
    """From a terminal twice and unseen; never from an argument, which other programs can read."""
    if from_stdin or not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass(terminal.text("accounts.ask"))
    if getpass.getpass(terminal.text("accounts.repeat")) != first:
        raise AccountInvalid(reason=Said("两次输入的密码不同", "the two passwords differ"))
    return first


add(group, "add", add_)
add(group, "list", list_)
add(group, "disable", disable)
add(group, "password", password)
