"""Drafting as the terminal shows it: sections streaming, then files, counts and findings. For `draft` and `demo`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.cli.terminal import Terminal, shown_path
from assistant.export import plain
from assistant.records import Draft, FactsFile
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.drafting import DraftEvent, SectionDone, SectionFailed
    from assistant.export import WordOptions
    from assistant.service.library import Library
    from assistant.service.outputs import Outputs
    from assistant.service.review import Review


@dataclass
class Watched:
    """What of a draft is there, while it is written and afterwards."""

    draft: Draft | None = None
    finished: bool = False
    failures: list[SectionFailed] = field(default_factory=list)


@dataclass(frozen=True)
class Written:
    """A draft that is on disk."""

    watched: Watched
    outputs: Outputs
    review: Review


def _word_options() -> WordOptions:
    from assistant.export import WordOptions

    return WordOptions()


@dataclass(frozen=True)
class Order:
    """What to draft, and where to."""

    facts: FactsFile
    outputs: Outputs
    only: tuple[str, ...] = ()
    word: WordOptions = field(default_factory=_word_options)


def run(terminal: Terminal, settings: Settings, library: Library, order: Order) -> Written:
    """Draft, check, write. Ctrl-C and errors keep the sections that were finished before they go on."""
    from assistant.service import drafting

    watched = Watched()
    try:
        events = drafting.draft(order.facts, library, settings, only=order.only)
        watch(terminal, events, watched)
    except BaseException:  # also Ctrl-C and what nobody foresaw: it goes on after the files are written
        if watched.draft and watched.draft.sections:
            _write(settings, library, order, watched)
            terminal.tell("draft.unfinished", done=len(watched.draft.sections))
            _show_outputs(terminal, order.outputs)
        raise
    written = _write(settings, library, order, watched)
    _show(terminal, order.facts, written)
    return written


def watch(terminal: Terminal, events: Iterator[DraftEvent], watched: Watched) -> None:
    """Show each event and keep what is finished in `watched`."""
    from assistant.drafting import DraftDone, SectionDone, SectionFailed, SectionStarted, TextPiece

    with closing(events):  # type: ignore[type-var]  # a generator, which can be closed
        for event in events:
            if isinstance(event, SectionStarted) and event.index >= 0:
                place = {"number": event.index + 1, "total": event.total, "heading": event.heading}
                terminal.tell("draft.section_started", **place)
            elif isinstance(event, TextPiece):
                terminal.piece(f"\n{event.text}" if event.paragraph else event.text)
            elif isinstance(event, SectionFailed):
                watched.failures.append(event)
                terminal.tell("draft.section_failed", reason=event.error.sentence(terminal.language))
            elif isinstance(event, SectionDone):
                watched.draft = event.draft
                _section_done(terminal, event)
            elif isinstance(event, DraftDone):
                watched.draft, watched.finished = event.draft, True
            if terminal.interrupted:
                raise KeyboardInterrupt


def _section_done(terminal: Terminal, event: SectionDone) -> None:
    terminal.aside("\n" if event.section.text else "")
    for note in event.section.notes:
        terminal.tell("draft.note", text=note)


def _write(settings: Settings, library: Library, order: Order, watched: Watched) -> Written:
    from assistant.service.outputs import write_outputs
    from assistant.service.review import review_draft

    assert watched.draft is not None
    review = review_draft(watched.draft, order.facts, library, settings)
    language = settings.language
    write_outputs(order.outputs, watched.draft, order.facts, review, word=order.word, language=language)
    return Written(watched, order.outputs, review)


def _show(terminal: Terminal, facts: FactsFile, written: Written) -> None:
    """Where the files are, what was carried, what was checked."""
    draft, report = written.watched.draft, written.review.report
    assert draft is not None
    _show_outputs(terminal, written.outputs)
    from assistant.export import counts_sentence, coverage_sentence, provenance_counts

    counts = provenance_counts(draft, facts)
    terminal.show(
        terminal.text(
            "draft.carried",
            facts=counts.facts,
            carried=counts.carried,
            sentences=counts.sentences,
            connective=counts.connective,
            placeholder=counts.placeholder,
        )
    )
    terminal.show(coverage_sentence(report.coverage, terminal.language))
    terminal.show(counts_sentence(report.findings, terminal.language))


def _show_outputs(terminal: Terminal, outputs: Outputs) -> None:
    for name, path in outputs.paths.items():
        terminal.show(
            terminal.text("draft.written", what=terminal.text(f"output.{name}"), path=shown_path(path))
        )


def payload(facts: FactsFile, written: Written) -> dict[str, object]:
    """The JSON fields of a finished draft."""
    from assistant.export import provenance_counts

    draft, report = written.watched.draft, written.review.report
    assert draft is not None
    return {
        "finished": written.watched.finished,
        "outputs": plain(written.outputs),
        "draft": plain(draft),
        "provenance": plain(provenance_counts(draft, facts)),
        "findings": plain(report.findings),
        "coverage": plain(report.coverage),
        "notes": plain(report.notes),
    }
