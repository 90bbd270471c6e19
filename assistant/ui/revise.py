"""The tab 修订·导出: earlier versions of the draft, and files made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast, get_args

from assistant.errors import RequestUnusable
from assistant.service.desk.exporting import ExportFormat, ExportOptions
from assistant.service.desk.views import ComparedSection, DraftView, RevisionRow
from assistant.ui.context import Page
from assistant.ui.given import Given
from assistant.ui.paperwork import component, offered, uploaded
from assistant.ui.write import draft

if TYPE_CHECKING:
    from assistant.service.desk.desk import Desk


def tab(page: Page) -> None:
    """The tab's one component."""
    component(
        page,
        tab="revise",
        mount="mountRevise",
        scripts=("pieces.js", "revise.js"),
        styles=("revise.css",),
        functions=(draft, revisions, compare, restore, export, bring_back),
    )


def revisions(desk: Desk, given: Given) -> tuple[RevisionRow, ...]:
    """All revisions, the newest first."""
    return desk.revisions(given.text("id"))


def compare(desk: Desk, given: Given) -> tuple[ComparedSection, ...]:
    """Two revisions, character by character."""
    return desk.compare(given.text("id"), given.number("a"), given.number("b"))


def restore(desk: Desk, given: Given) -> DraftView:
    """An earlier revision as the draft."""
    return desk.restore(given.text("id"), given.number("number"))


def export(desk: Desk, given: Given) -> dict[str, str]:
    """A file of the draft, for download."""
    form = given.text("format")
    if form not in get_args(ExportFormat):
        raise RequestUnusable(reason="format")
    options: ExportOptions = {"tracked": given.flag("tracked", False)}
    if given.text("addressee", ""):
        options["addressee"] = given.text("addressee")
    if given.text("signed", ""):
        options["signed"] = given.text("signed")
    return offered(desk, desk.export(given.text("id"), cast("ExportFormat", form), options))


def bring_back(desk: Desk, given: Given) -> DraftView:
    """A Word file that was edited elsewhere, as a revision."""
    return desk.bring_back(given.text("id"), given.number("version"), uploaded(desk, given.text("file")))
