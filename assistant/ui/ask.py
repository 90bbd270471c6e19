"""The tab “ask”: questions to the archive, with the source of every sentence beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast, get_args

import gradio as gr

from assistant.chat import Scope
from assistant.errors import RequestUnusable
from assistant.records import Genre
from assistant.ui.context import Page
from assistant.ui.given import Given

if TYPE_CHECKING:
    from assistant.service.desk.desk import Desk

SCRIPTS = ("ask.js", "answer.js", "asking.js")
_MOST_CHOSEN = 200


def tab(page: Page) -> None:
    """The component; everything in it is made by its scripts."""
    functions = (conversations, talk, ask, turn, halt, rename, remove, markdown, context, shelf, suggest)
    gr.HTML(
        html_template='<div class="ask"></div>',
        css_template=page.asset("ask.css") + page.asset("reading.css"),
        js_on_load=reading_script(page, "ask", SCRIPTS),
        server_functions=[page.call(function) for function in functions],
        elem_id="ask",
        apply_default_css=False,
    )


def reading_script(page: Page, words: str, scripts: Sequence[str]) -> str:
    """The scripts of a tab in one scope, with the source panel and the chart, which find their sentences as `shared`."""
    shared = f"const shared = {page.words('reading')};"
    parts = [page.script(scripts[0], words), *map(page.asset, (*scripts[1:], "source.js", "chart.js"))]
    return "\n".join([shared, *parts])


def conversations(desk: Desk, given: Given) -> object:
    """The list on the left."""
    return desk.asking.conversations()


def talk(desk: Desk, given: Given) -> object:
    """A whole conversation."""
    return desk.asking.talk(given.text("id"))


def ask(desk: Desk, given: Given) -> object:
    """Begin to answer a question."""
    return desk.asking.ask(
        given.text("question"), given.text("id", ""), scope_of(Given.of(given.get("scope")))
    )


async def turn(desk: Desk, given: Given) -> object:
    """The answer as soon as there is more of it."""
    return await desk.asking.turn(given.text("id"), given.number("position"), given.number("step", 0))


def halt(desk: Desk, given: Given) -> object:
    """End the answer that is being given."""
    desk.asking.stop(given.text("id"))
    return {}


def rename(desk: Desk, given: Given) -> object:
    """Give a conversation another title."""
    desk.asking.rename(given.text("id"), given.text("title"))
    return {}


def remove(desk: Desk, given: Given) -> object:
    """Forget a conversation."""
    desk.asking.remove(given.text("id"))
    return {}


def markdown(desk: Desk, given: Given) -> object:
    """A conversation as a file's text."""
    return {"text": desk.asking.markdown(given.text("id"))}


def context(desk: Desk, given: Given) -> object:
    """A quoted span where it stands."""
    located = given.get("start") is not None
    return desk.passage_context(
        given.text("id"),
        given.number("start") if located else None,
        given.number("end") if located else None,
        given.number("before", 0),
        given.number("after", 0),
    )


def shelf(desk: Desk, given: Given) -> object:
    """What a question can be narrowed to."""
    return {"documents": desk.library()}


def suggest(desk: Desk, given: Given) -> object:
    """Questions to begin with."""
    return desk.asking.suggestions()


def scope_of(given: Given) -> Scope:
    """What the page narrows a question to. Raises RequestUnusable."""
    years = given.get("years") or []
    kinds = given.texts("kinds", [])
    if not isinstance(years, list) or not all(type(year) is int for year in years):
        raise RequestUnusable(reason="years")
    if not set(kinds) <= set(get_args(Genre)):
        raise RequestUnusable(reason="kinds")
    documents = given.texts("documents", [])
    if len(documents) > _MOST_CHOSEN:
        raise RequestUnusable(reason="documents")
    organisations = tuple(given.texts("organisations", []))
    return Scope(tuple(documents), tuple(years), organisations, tuple(cast("list[Genre]", kinds)))
