"""`assistant ask` and `assistant chat`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from assistant.cli.announce import announce
from assistant.cli.exits import FINDINGS, OK
from assistant.cli.terminal import Terminal
from assistant.errors import InputError, in_language
from assistant.export import plain
from assistant.records import Genre

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from assistant.chat import Answer, Scope, Statement
    from assistant.service.chat import Conversations
    from assistant.service.library import Library
    from assistant.settings import Settings

Kind = Enum("Kind", {name: name for name in get_args(Genre)}, type=str)  # type: ignore[misc]
"""The kinds as an enumeration: Typer takes no list of literals."""
Question = Annotated[str, typer.Argument(help="ask.question", metavar="QUESTION")]
Years = Annotated[list[int] | None, typer.Option("--year", help="ask.year", min=1949, max=2100)]
Organisations = Annotated[list[str] | None, typer.Option("--organisation", help="ask.organisation")]
Kinds = Annotated[list[Kind] | None, typer.Option("--kind", help="ask.kind")]
Documents = Annotated[list[str] | None, typer.Option("--document", help="ask.document", metavar="ID")]
Plot = Annotated[Path | None, typer.Option("--plot", help="ask.plot", metavar="OUT")]
NoModel = Annotated[bool, typer.Option("--no-model", help="ask.no_model")]
Resume = Annotated[str, typer.Option("--resume", help="chat.resume", metavar="ID", show_default=False)]
Listing = Annotated[bool, typer.Option("--list", help="chat.list")]
Export = Annotated[Path | None, typer.Option("--export", help="chat.export", metavar="OUT")]
_LEAVE = ("/q", "/quit", "/exit", "退出", "再见")


def ask(
    terminal: Terminal,
    question: Question,
    year: Years = None,
    organisation: Organisations = None,
    kind: Kinds = None,
    document: Documents = None,
    plot: Plot = None,
    no_model: NoModel = False,
) -> int:
    """Answer one question, with sources; 1 when the model broke off."""
    from assistant.service import chat
    from assistant.service.library import open_library

    settings = terminal.settings()
    with open_library(settings) as library:
        scope = _scope(library, year, organisation, kind, document)
        model = _model(settings, no_model)
        announce(terminal, settings, chat=model is not None)
        answer = chat.ask(question, library, scope=scope, model=model, plot=plot)
    for statement in answer.statements:
        _say(terminal, statement, answer)
    _show(terminal, answer)
    if plot and not answer.series:
        terminal.tell("ask.no_series")
    terminal.emit(answer={**_object(answer), "declined": answer.declined, "text": answer.text})
    return FINDINGS if answer.incomplete else OK


def chat(
    terminal: Terminal,
    year: Years = None,
    organisation: Organisations = None,
    kind: Kinds = None,
    document: Documents = None,
    resume: Resume = "",
    listing: Listing = False,
    export: Export = None,
    no_model: NoModel = False,
) -> int:
    """Ask in turns, each kept; or list what was asked, or write a conversation to a file."""
    from assistant.service.chat import Conversations
    from assistant.service.library import open_library

    settings = terminal.settings()
    with open_library(settings) as library, closing(Conversations(library, settings)) as conversations:
        if listing:
            return _list(terminal, conversations)
        if export:
            return _export(terminal, conversations, resume, export)
        scope = _scope(library, year, organisation, kind, document)
        if resume and not scope:
            scope = conversations.history.last_scope(resume)
            _tell_scope(terminal, library, scope)
        model = _model(settings, no_model)
        announce(terminal, settings, chat=model is not None)
        turns = _converse(terminal, conversations, resume, scope, model)
    terminal.emit(turns=[_object(turn) for turn in turns])
    return OK


def _converse(
    terminal: Terminal, conversations: Conversations, resume: str, scope: Scope, model: BaseChatModel | None
) -> list[Answer]:
    """Questions line by line until the end of input; a question that cannot be used does not end it."""
    turns: list[Answer] = []
    name = resume
    for question in _lines(terminal):
        name = name or conversations.history.begin(question)
        try:
            turns.append(_turn(terminal, conversations, question, name, scope, model))
        except InputError as error:
            terminal.aside(error.sentence(terminal.language))
    if turns:
        terminal.tell("chat.kept", id=name)
    return turns


def _turn(
    terminal: Terminal,
    conversations: Conversations,
    question: str,
    name: str,
    scope: Scope,
    model: BaseChatModel | None,
) -> Answer:
    """One turn, shown sentence by sentence as it comes."""
    from assistant.chat import Finished, Told, Understood

    for event in conversations.stream(question, name, scope=scope, model=model):
        if isinstance(event, Understood) and event.asked != question:
            terminal.tell("chat.understood", text=event.asked)
        elif isinstance(event, Told):
            terminal.show(event.statement.text)
        elif isinstance(event, Finished):
            _show(terminal, event.answer)
            return event.answer
    raise AssertionError("unreachable: a turn ends with its answer")


def _lines(terminal: Terminal) -> Iterator[str]:
    """Questions from standard input, up to its end or a word of leave."""
    if sys.stdin.isatty():
        terminal.tell("chat.welcome")
    for line in sys.stdin:
        question = line.strip()
        if question in _LEAVE:
            return
        if question:
            yield question


def _list(terminal: Terminal, conversations: Conversations) -> int:
    found = conversations.listed()
    head = [terminal.text(f"chat.column.{name}") for name in ("id", "title", "created", "turns")]
    terminal.table(head, [(one.id, one.title, one.created, str(one.turns)) for one in found])
    terminal.emit(conversations=plain(found))
    return OK


def _export(terminal: Terminal, conversations: Conversations, name: str, path: Path) -> int:
    newest = next(iter(conversations.listed()), None)
    written = conversations.export(name or (newest.id if newest else ""), path)
    terminal.tell("chat.exported", path=written)
    terminal.emit(path=str(written))
    return OK


def _scope(
    library: Library,
    years: list[int] | None,
    organisations: list[str] | None,
    kinds: list[Kind] | None,
    documents: list[str] | None,
) -> Scope:
    """The scope that the options give; a document by the beginning of its id. Raises DocumentUnknown."""
    from assistant.chat import Scope

    ids = tuple(library.show(beginning).id for beginning in documents or ())
    return Scope(
        ids, tuple(years or ()), tuple(organisations or ()), tuple(kind.value for kind in kinds or ())
    )


def _tell_scope(terminal: Terminal, library: Library, scope: Scope) -> None:
    """What a resumed conversation is narrowed to, when it is."""
    titles = {one.id: f"《{one.title}》" for one in library.documents()}
    kinds = [terminal.text(f"genre.{kind}") for kind in scope.kinds]
    named = [titles.get(name, name) for name in scope.documents]
    if scope:
        told = (*map(str, scope.years), *scope.organisations, *kinds, *named)
        terminal.tell("chat.scope", scope="、".join(told))


def _model(settings: Settings, no_model: bool) -> BaseChatModel | None:
    from assistant.service.chat import usable_model

    return None if no_model else usable_model(settings)


def _say(terminal: Terminal, statement: Statement, answer: Answer) -> None:
    from assistant.chat.telling import numbered

    remark = in_language(statement.remark, terminal.language)
    beside = (
        f" ({remark})" if remark and terminal.language == "en" else ""
    )  # the Chinese one stands in the text
    terminal.show(numbered(statement, answer.citations) + beside)


def _show(terminal: Terminal, answer: Answer) -> None:
    """All but the statements: that nothing was found, table, notes, sources, what was read, the chart."""
    from assistant.chat.telling import source_line

    if answer.declined:
        terminal.show(terminal.text("ask.nothing"))
    if answer.incomplete:
        terminal.show(terminal.text("ask.incomplete"))
    if answer.table:
        terminal.show()
        terminal.table(answer.table.head, answer.table.rows)
    for note in answer.notes:
        terminal.show(terminal.text("ask.note", text=note))
    found = answer.citations or answer.nearest
    if found:
        terminal.show()
        terminal.show(terminal.text("ask.sources" if answer.citations else "ask.nearest"))
    for number, citation in enumerate(found, start=1):
        terminal.show(f"  {in_language(source_line(number, citation), terminal.language)}")
    if answer.consulted:
        titles = "；".join(f"《{one.title}》" for one in answer.consulted)
        terminal.show(terminal.text("ask.consulted", titles=titles))
    if answer.chart:
        terminal.tell("ask.chart", path=answer.chart)


def _object(answer: Answer) -> dict[str, object]:
    return {"figures": list(answer.figures), **dict(plain(answer).items())}  # type: ignore[union-attr]
