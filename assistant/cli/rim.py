"""The rim of the command line: every command runs in here, and every error ends in here, told and coded."""

from __future__ import annotations

import inspect
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial, wraps
from types import FrameType
from typing import Annotated, Any, Literal, NoReturn, get_type_hints

import typer
from typer.core import TyperCommand, TyperGroup

from assistant.cli import usage
from assistant.cli.exits import INTERRUPTED, OK, USAGE
from assistant.cli.terminal import Terminal
from assistant.errors import AssistantError

Lang = Annotated[Literal["zh", "en"] | None, typer.Option("--lang", help="option.lang", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="option.json")]
Debug = Annotated[bool, typer.Option("--debug", help="option.debug")]
_COMMON = {"lang": (Lang, None), "json": (Json, False), "debug": (Debug, False)}


def add(group: typer.Typer, name: str, function: Callable[..., int]) -> None:
    """Put a command into a group; its help is the message `<group>.<name>.help`, or `<name>.help` at the root."""
    prefix = "" if group.info.name == "assistant" else f"{group.info.name}."
    group.command(name, help=f"{prefix}{name}.help", cls=AssistantCommand)(command(function))


def command(function: Callable[..., int]) -> Callable[..., int]:
    """A Typer command out of `function(terminal, …) -> exit code`.

    It also takes `--lang`, `--json` and `--debug`; the Terminal has read these from the arguments already.
    """
    hints = get_type_hints(function, include_extras=True)
    own = list(inspect.signature(function).parameters.values())[1:]

    @wraps(function)
    def run(context: typer.Context, **given: Any) -> int:  # noqa: ANN401 - each command has its own parameters
        terminal: Terminal = context.find_root().obj
        terminal.command = ".".join(context.command_path.split()[1:])
        for name in _COMMON:
            given.pop(name)
        return function(terminal, **given)

    keyword = inspect.Parameter.KEYWORD_ONLY
    parameters = [
        inspect.Parameter("context", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)
    ]
    parameters += [one.replace(kind=keyword, annotation=hints[one.name]) for one in own]
    for name, (annotation, default) in _COMMON.items():
        parameters.append(inspect.Parameter(name, keyword, default=default, annotation=annotation))
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {one.name: one.annotation for one in parameters}
    return run


class _Told:
    """Help in the reader's language, for commands and groups alike."""

    def get_help_option(self, ctx: Any) -> Any:  # noqa: ANN401 - Typer's classes are private
        """The option `--help`."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        option.help = ctx.find_root().obj.text("option.help")
        return option

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401 - Typer's context is private
        """The help text."""
        text: str = super().get_help(ctx)  # type: ignore[misc]
        return usage.retitled(text, ctx.find_root().obj.wording)


class AssistantCommand(_Told, TyperCommand):
    """One command."""


class AssistantGroup(_Told, TyperGroup):
    """The root and each group of commands: texts by key, unknown commands told in the reader's language."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,  # noqa: ANN401 - as in Typer
    ) -> NoReturn:
        """Run the command line and leave the process with its exit code, in standalone mode or not."""
        arguments = list(sys.argv[1:] if args is None else args)
        terminal = Terminal.of(arguments)
        usage.translate(self, terminal.wording)
        run = partial(
            super().main,
            arguments,
            prog_name or "assistant",
            complete_var,
            False,
            windows_expand_args,
            **extra,
        )
        sys.exit(_settled(terminal, partial(run, obj=terminal)))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - Typer's context is private
        """The command that `args` name. Raises CommandUnknown."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            raise usage.CommandUnknown(args[0], self.list_commands(ctx))
        return super().resolve_command(ctx, args)


def _settled(terminal: Terminal, run: Callable[[], object]) -> int:
    """The exit code of `run`, with every error told."""
    try:
        with _interruptible(terminal):
            status = run()
    except usage.UsageProblem as error:
        terminal.refuse("usage", USAGE, *usage.told(error, terminal.wording))
        return USAGE
    except AssistantError as error:
        return terminal.fail(error)
    except Exception as error:  # noqa: BLE001 - the rim: what nobody foresaw still ends in a coded message
        return terminal.bug(error)
    if status == INTERRUPTED:
        terminal.tell("error.interrupted")
    return status if isinstance(status, int) else OK


@contextmanager
def _interruptible(terminal: Terminal) -> Iterator[None]:
    """SIGTERM ends like Ctrl-C: what is open is closed, what is finished is kept.

    Both are remembered in the terminal: Python drops an interrupt that arrives while a weakref's callback runs.
    A process that was started with Ctrl-C switched off keeps it so.
    """

    def interrupt(number: int, frame: FrameType | None) -> None:
        terminal.interrupted = True
        raise KeyboardInterrupt

    kinds = [signal.SIGTERM]
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        kinds.append(signal.SIGINT)
    former = {kind: signal.signal(kind, interrupt) for kind in kinds}
    try:
        yield
    finally:
        for kind, handler in former.items():
            signal.signal(kind, handler)
