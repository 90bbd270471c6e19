"""The tab 起草: drafts, facts, outline, and the editor with its findings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast, get_args

from assistant.errors import DocumentUnknown, RequestUnusable
from assistant.records import Document
from assistant.service import resources
from assistant.service.desk.citing import Quoted
from assistant.service.desk.context import AroundView, text_around
from assistant.service.desk.views import (
    DraftRow,
    DraftView,
    EventsView,
    FactsView,
    Field,
    JobView,
    ReviewView,
    RuleView,
    Saved,
    WhyView,
)
from assistant.ui.context import Page
from assistant.ui.given import Given
from assistant.ui.paperwork import component, offered, uploaded

if TYPE_CHECKING:
    from assistant.service.desk.desk import Desk

SHARED = ("pieces.js", "marks.js", "margin.js", "basis.js")
"""Scripts that the tabs 起草 and 核对 both use."""
_SCRIPTS = (
    *SHARED,
    "opendraft.js",
    "section.js",
    "rewriting.js",
    "outline.js",
    "materials.js",
    "home.js",
    "source.js",
    "hovering.js",
    "paper.js",
    "draftbar.js",
    "editor.js",
)


def tab(page: Page) -> None:
    """The tab's one component."""
    component(
        page,
        tab="write",
        mount="mountWrite",
        scripts=_SCRIPTS,
        styles=("editor.css", "materials.css"),
        functions=(*_DRAFTS, *_TEXT, *_WORK, *_REVIEW),
    )


def drafts(desk: Desk, given: Given) -> tuple[DraftRow, ...]:
    """The list of drafts."""
    return desk.drafts()


def draft(desk: Desk, given: Given) -> DraftView:
    """One draft as it stands."""
    return desk.draft(given.text("id"))


def rename(desk: Desk, given: Given) -> DraftView:
    """Another title."""
    return desk.rename(given.text("id"), given.text("title"))


def discard(desk: Desk, given: Given) -> None:
    """Off the list."""
    desk.discard(given.text("id"))


def undiscard(desk: Desk, given: Given) -> DraftView:
    """Back on the list."""
    return desk.undiscard(given.text("id"))


def read_facts(desk: Desk, given: Given) -> FactsView:
    """Pasted facts as they were understood."""
    return desk.read_facts(given.text("text"), "")


def read_facts_file(desk: Desk, given: Given) -> FactsView:
    """Uploaded facts as they were understood."""
    return desk.read_facts_file(uploaded(desk, given.text("file")))


def sample_facts(desk: Desk, given: Given) -> FactsView:
    """The facts of the sample archive, to try with."""
    return desk.read_facts_file(resources.sample_facts())


def facts_template(desk: Desk, given: Given) -> dict[str, str]:
    """A facts file to fill in, for download."""
    return offered(desk, desk.facts_template(given.text("format")))


def new_from_facts(desk: Desk, given: Given) -> DraftView:
    """A draft with the outline that is proposed for these facts."""
    file = given.maybe("file")
    facts: str | Path = uploaded(desk, file) if file else given.text("text")
    return desk.new_from_facts(facts)


def facts(desk: Desk, given: Given) -> FactsView:
    """The facts of a draft."""
    return desk.facts(given.text("id"))


def set_facts(desk: Desk, given: Given) -> DraftView:
    """Other facts for a draft."""
    return desk.set_facts(given.text("id"), given.number("version"), given.text("text"))


def set_outline(desk: Desk, given: Given) -> DraftView:
    """Headings, their order and levels."""
    rows = [
        {"id": row.maybe("id"), "heading": row.text("heading"), "level": row.number("level")}
        for row in given.items_of("rows")
    ]
    return desk.set_outline(
        given.text("id"), given.number("version"), rows, renumber=given.flag("renumber", False)
    )


def set_target(desk: Desk, given: Given) -> DraftView:
    """How long a section should be; null for no target."""
    target = given.number("target") if given.get("target") is not None else None
    return desk.set_target(given.text("id"), given.text("section_id"), target)


def save(desk: Desk, given: Given) -> Saved:
    """One field as it reads in the browser."""
    field = given.text("field")
    if field not in get_args(Field):
        raise RequestUnusable(reason="field")
    return desk.save(
        given.text("id"),
        given.number("version"),
        given.text("section_id"),
        cast("Literal['title', 'heading', 'text']", field),
        given.text("text"),
        given.maybe("base"),
    )


def lock(desk: Desk, given: Given) -> DraftView:
    """Lock the sentences of a stretch, or unlock them."""
    return desk.lock(given.text("id"), given.text("section_id"), *_stretch(given), given.flag("locked"))


def cite(desk: Desk, given: Given) -> DraftView:
    """Words put in from the archive rest on the passages that they came from."""
    quoted = [
        Quoted(one.text("document_id"), one.number("start"), one.number("end"))
        for one in given.items_of("citations")
    ]
    return desk.cite(given.text("id"), given.text("section_id"), given.text("text"), quoted)


def undo_draft(desk: Desk, given: Given) -> DraftView:
    """One revision back."""
    return desk.undo(given.text("id"))


def redo_draft(desk: Desk, given: Given) -> DraftView:
    """One revision forward."""
    return desk.redo(given.text("id"))


def write(desk: Desk, given: Given) -> JobView:
    """Write some sections, or all that have no text."""
    chosen = None if given.get("section_ids") is None else given.texts("section_ids")
    return desk.write(given.text("id"), chosen)


def rewrite(desk: Desk, given: Given) -> JobView:
    """Write a stretch of a section anew."""
    start, end = _stretch(given)
    return desk.rewrite(given.text("id"), given.text("section_id"), start, end, given.text("instruction"))


def stop_job(desk: Desk, given: Given) -> JobView:
    """Stop a job."""
    return desk.stop(given.text("job_id"))


async def job_events(desk: Desk, given: Given) -> EventsView:
    """What a job told since; waits for it."""
    return await desk.events(given.text("job_id"), given.number("since", 0))


def review(desk: Desk, given: Given) -> ReviewView:
    """The check of a draft."""
    return desk.review(given.text("id"))


def why(desk: Desk, given: Given) -> WhyView:
    """What the sentence at a position rests on."""
    return desk.why(given.text("id"), given.text("section_id"), given.number("position"))


def context(desk: Desk, given: Given) -> AroundView:
    """A cited span where it stands: in a document of the archive, or in one that is attached to the draft."""
    located = given.get("start") is not None and given.get("end") is not None
    start, end = _stretch(given) if located else (None, None)
    around = given.number("before", 0), given.number("after", 0)
    try:
        return desk.passage_context(given.text("document_id"), start, end, *around)
    except DocumentUnknown:
        document = _attached(desk, given.text("id"), given.text("document_id"))
        if document is None:
            raise
        return text_around(document, start, end, *around)


def _attached(desk: Desk, draft_id: str, document_id: str) -> Document | None:
    given = desk.sources(draft_id)
    attached = (
        desk.source_document(draft_id, one.id) for one in (*given.prior, *given.documents) if one.attached
    )
    return next((document for document in attached if document.id == document_id), None)


def adopt(desk: Desk, given: Given) -> Saved:
    """Apply the fix of a finding."""
    return desk.adopt(given.text("id"), given.number("version"), given.text("key"))


def ignore(desk: Desk, given: Given) -> ReviewView:
    """Set a finding aside."""
    return desk.ignore(given.text("id"), given.text("key"))


def unignore(desk: Desk, given: Given) -> ReviewView:
    """Count a finding again."""
    return desk.unignore(given.text("id"), given.text("key"))


def switch_rule(desk: Desk, given: Given) -> tuple[RuleView, ...]:
    """A rule on or off, for all drafts of the owner."""
    return desk.switch_rule(given.text("rule"), given.flag("on"))


def _stretch(given: Given) -> tuple[int, int]:
    return given.number("start"), given.number("end")


_DRAFTS = (drafts, draft, rename, discard, undiscard)
_TEXT = (
    read_facts,
    read_facts_file,
    sample_facts,
    facts_template,
    new_from_facts,
    facts,
    set_facts,
    set_outline,
    set_target,
    save,
    lock,
    cite,
    undo_draft,
    redo_draft,
)
_WORK = (write, rewrite, stop_job, job_events)
_REVIEW = (review, why, context, adopt, ignore, unignore, switch_rule)
