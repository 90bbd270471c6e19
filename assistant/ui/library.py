"""The tab “library”: files in, what is there, what it says of an indicator over the years."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast, get_args

import gradio as gr

from assistant.archive import Filters
from assistant.errors import RequestUnusable
from assistant.records import Genre
from assistant.ui.ask import context, reading_script
from assistant.ui.context import Page
from assistant.ui.given import Given
from assistant.ui.paperwork import readable, uploaded

if TYPE_CHECKING:
    from assistant.service.desk.desk import Desk

SCRIPTS = ("library.js", "shelf.js", "reader.js", "explorer.js")
_MOST = 1000


def tab(page: Page) -> None:
    """The component; everything in it is made by its scripts."""
    parts = (rows, describe, correct, remove, put_back, forget, search, names, series, table, health, mend)
    work = (ingest, ingested, cancel, ongoing, context)
    gr.HTML(
        html_template='<div class="library"></div>',
        css_template=page.asset("library.css") + page.asset("reading.css"),
        js_on_load=f'const accepted = "{readable()}";\n{reading_script(page, "library", SCRIPTS)}',
        server_functions=[page.call(function) for function in (*parts, *work)],
        elem_id="library",
        apply_default_css=False,
    )


def rows(desk: Desk, given: Given) -> object:
    """All documents, and the files that could not be taken in."""
    return desk.shelves.rows()


def describe(desk: Desk, given: Given) -> object:
    """One document to read."""
    return desk.shelves.describe(given.text("id"))


def correct(desk: Desk, given: Given) -> object:
    """Set a document's metadata right; the document as it is then."""
    genre = given.text("genre")
    if genre not in get_args(Genre):
        raise RequestUnusable(reason="genre")
    changed: dict[str, Any] = {"year": given.number("year", 0), "genre": cast("Genre", genre)}
    changed |= {name: given.text(name) for name in ("organisation", "place")}
    desk.correct(given.text("id"), **changed)
    return desk.shelves.describe(given.text("id"))


def remove(desk: Desk, given: Given) -> object:
    """Remove documents; how many, with how many passages."""
    return desk.shelves.remove(_ids(given))


def put_back(desk: Desk, given: Given) -> object:
    """Take in again what was removed last."""
    return {"documents": desk.shelves.put_back()}


def forget(desk: Desk, given: Given) -> object:
    """Take failed files off the list."""
    desk.shelves.forget_failed(given.texts("paths"))
    return {}


def search(desk: Desk, given: Given) -> object:
    """The best passages with the question's words marked."""
    genre = given.text("genre", "")
    if genre and genre not in get_args(Genre):
        raise RequestUnusable(reason="genre")
    filters = Filters(
        year=given.number("year", 0) or None,
        organisation=given.text("organisation", ""),
        genre=cast("Genre", genre) if genre else None,
    )
    return desk.shelves.search(given.text("question"), filters)


def names(desk: Desk, given: Given) -> object:
    """Indicators whose name has these words."""
    return desk.shelves.indicator_names(given.text("part", ""))


def series(desk: Desk, given: Given) -> object:
    """The series of an indicator."""
    return desk.shelves.indicator_series(given.text("name"), given.texts("organisations", []), _years(given))


def table(desk: Desk, given: Given) -> object:
    """The same as the text of a CSV file."""
    chosen = given.texts("organisations", [])
    return {"text": desk.shelves.series_table(given.text("name"), chosen, _years(given))}


def health(desk: Desk, given: Given) -> object:
    """Whether the indexes are as they should be."""
    return desk.shelves.health()


def mend(desk: Desk, given: Given) -> object:
    """Mend what differs."""
    return desk.shelves.repair()


def ingest(desk: Desk, given: Given) -> object:
    """Take uploads into the archive, in a job."""
    return desk.ingest([uploaded(desk, one) for one in given.texts("files")])


async def ingested(desk: Desk, given: Given) -> object:
    """What a job told since."""
    return await desk.events(given.text("id"), given.number("since", 0))


def cancel(desk: Desk, given: Given) -> object:
    """Stop a job; what is finished stays."""
    desk.stop(given.text("id"))
    return {}


def ongoing(desk: Desk, given: Given) -> object:
    """The jobs that take files in just now."""
    return [
        one for one in desk.jobs() if one.kind == "ingest" and one.state in ("queued", "running", "stopping")
    ]


def _ids(given: Given) -> list[str]:
    ids = given.texts("ids")
    if not 1 <= len(ids) <= _MOST:
        raise RequestUnusable(reason="ids")
    return ids


def _years(given: Given) -> list[int]:
    years = given.get("years") or []
    if not isinstance(years, list) or not all(type(year) is int for year in years):
        raise RequestUnusable(reason="years")
    return years
