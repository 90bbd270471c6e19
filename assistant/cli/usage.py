"""Help texts and usage errors in the reader's language.

Commands carry keys (`search.help`) where Typer expects English text; `translate` puts the sentences in
before anything is shown. Typer raises its usage errors in English; `told` says them anew.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from typer import TyperException
from typer.core import TyperArgument

from assistant.wording import Wording

UsageProblem = TyperException
_KEYS = {
    "NoSuchOption": "usage.option",
    "MissingParameter": "usage.missing",
    "BadParameter": "usage.value",
    "BadOptionUsage": "usage.option_value",
    "CommandUnknown": "usage.command",
}
_TITLES = {
    "Usage": "title.usage",
    "Arguments": "title.arguments",
    "Options": "title.options",
    "Commands": "title.commands",
}


class CommandUnknown(TyperException):
    """A command that is not there. `known` are those that are."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(name)
        self.option_name = name
        self.known = ", ".join(known)


def translate(command: Any, wording: Wording) -> None:  # noqa: ANN401 - Typer's command classes are private
    """Replace the keys in the help of `command` and all below it by their sentences."""
    command.help = _said(command.help, wording)
    command.short_help = _said(command.short_help, wording)
    for parameter in command.params:
        parameter.help = _said(parameter.help, wording)
    for below in getattr(command, "commands", {}).values():
        translate(below, wording)


def retitled(text: str, wording: Wording) -> str:
    """A help text with its headings in the reader's language."""
    for title, key in _TITLES.items():
        text = re.sub(rf"^{title}:", f"{wording.say(key)}:", text, flags=re.MULTILINE)
    return text


def _said(text: str | None, wording: Wording) -> str | None:
    return wording.say(text) if text and text in wording else text


def told(error: TyperException, wording: Wording) -> tuple[str, str]:
    """The sentence and the hint of a usage error."""
    key = _KEYS.get(type(error).__name__, "usage.other")
    sentence = wording.say(key, name=_name(error), reason=error.message)
    if isinstance(error, CommandUnknown):
        return sentence, wording.say("usage.commands", known=error.known)
    path = getattr(getattr(error, "ctx", None), "command_path", "assistant")
    return sentence, wording.say("usage.hint", command=path)


def _name(error: TyperException) -> str:
    """What the error is about: an option as typed, or the name of a parameter."""
    parameter = getattr(error, "param", None)
    if parameter is None:
        return str(getattr(error, "option_name", ""))
    if isinstance(parameter, TyperArgument):
        return parameter.display_name_raw
    return "/".join(parameter.opts)
