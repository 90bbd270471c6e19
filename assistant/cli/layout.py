"""`assistant layout` and `assistant export`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.dates import read_day, refuse_day
from assistant.cli.exits import FINDINGS, OK
from assistant.cli.terminal import Terminal
from assistant.errors import Said

if TYPE_CHECKING:
    from assistant.export.deviation import Deviation
    from assistant.service.layout import Layout

File = Annotated[Path, typer.Argument(help="layout.file", metavar="FILE.docx")]
Like = Annotated[Path | None, typer.Option("--like", help="layout.like", metavar="OLD.docx")]
Unrendered = Annotated[bool, typer.Option("--no-render", help="layout.no_render")]
Draft = Annotated[Path, typer.Argument(help="export.draft", metavar="DRAFT")]
Out = Annotated[Path, typer.Option("--out", "-o", help="export.out", metavar="OUT.docx")]
Letterhead = Annotated[Path | None, typer.Option("--letterhead", help="export.letterhead", metavar="FILE")]
To = Annotated[str, typer.Option("--to", help="export.to", metavar="TEXT", show_default=False)]
Attachments = Annotated[
    list[str] | None, typer.Option("--attachment", help="export.attachment", metavar="NAME")
]
Signed = Annotated[str, typer.Option("--date", help="export.date", metavar="DATE", show_default=False)]
_COLUMNS = ("clause", "item", "standard", "found", "place")


def layout(terminal: Terminal, file: File, like: Like = None, no_render: Unrendered = False) -> int:
    """Measure a Word file; 1 when it differs, else 0."""
    from assistant.service.layout import measure

    found = measure(file, like=like, render=not no_render)
    _show(terminal, found)
    terminal.emit(**payload(terminal, found))
    return OK if found.clean else FINDINGS


def export(
    terminal: Terminal,
    draft: Draft,
    out: Out,
    like: Like = None,
    letterhead: Letterhead = None,
    to: To = "",
    attachment: Attachments = None,
    signed: Signed = "",
) -> int:
    """Write any draft as a Word file in the layout of the standard, or of the office's own file."""
    from assistant.service.word_options import export_file, word_options

    day = read_day(signed)
    if signed and day is None:
        return refuse_day(terminal, signed)
    settings = terminal.settings()
    options = word_options(
        settings, like=like, letterhead=letterhead, signed=day, addressee=to, attachments=attachment or ()
    )
    written = export_file(draft, out, options, settings)
    if options.style.name:
        show_house(terminal, like or settings.word_like)
    terminal.tell("export.written", title=written.title, sections=len(written.sections), path=out)
    terminal.emit(title=written.title, sections=len(written.sections), output=str(out))
    return OK


def show_house(terminal: Terminal, like: Path | None) -> None:
    """Tell what an office's own file has otherwise than the standard."""
    from assistant.service.layout import house_style

    if like is not None:
        _, house = house_style(like)
        terminal.tell("layout.house", name=like.name, count=len(house))
        for one in house:
            terminal.tell("layout.house_item", **_words(terminal, one))


def _show(terminal: Terminal, found: Layout) -> None:
    if found.like:
        terminal.tell("layout.house", name=found.like, count=len(found.house))
        for one in found.house:
            terminal.tell("layout.house_item", **_words(terminal, one))
    rows = [tuple(_words(terminal, one)[name] for name in _COLUMNS) for one in found.deviations]
    if rows:
        terminal.table([terminal.text(f"layout.column.{name}") for name in _COLUMNS], rows)
        terminal.show()
    key = "layout.differs" if rows else "layout.clean"
    terminal.show(terminal.text(key, count=len(rows), paragraphs=found.paragraphs))
    if found.pages and found.pages.lines and found.pages.characters:
        terminal.show(
            terminal.text("layout.grid", lines=found.pages.lines, characters=found.pages.characters)
        )
    for note in found.unmeasured:
        terminal.tell("layout.note", text=_said(terminal, note))


def _words(terminal: Terminal, one: Deviation) -> dict[str, str]:
    """A deviation's cells in the reader's language."""
    from assistant.export.deviation import say

    place = one.place
    if one.count > 1:
        place = say("place.more", place=one.place, count=one.count, total=one.total)
    words = {"item": say(f"item.{one.item}"), "standard": one.standard, "found": one.found, "place": place}
    clause = one.clause or terminal.text("layout.own")
    return {"clause": clause, **{name: _said(terminal, said) for name, said in words.items()}}


def _said(terminal: Terminal, said: Said) -> str:
    return said.zh if terminal.language == "zh" else said.en


def payload(terminal: Terminal, found: Layout) -> dict[str, object]:
    """The JSON fields of a measured file."""
    from assistant.export import plain

    def told(one: Deviation) -> dict[str, object]:
        return {"id": one.item, **_words(terminal, one), "count": one.count, "total": one.total, "by": one.by}

    return {
        "name": found.name,
        "like": found.like,
        "clean": found.clean,
        "deviations": [told(one) for one in found.deviations],
        "house": [told(one) for one in found.house],
        "unmeasured": [_said(terminal, note) for note in found.unmeasured],
        "pages": plain(found.pages),
    }
