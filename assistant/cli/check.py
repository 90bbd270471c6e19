"""`assistant check` and `assistant ignore`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.exits import FINDINGS, OK
from assistant.cli.terminal import Terminal
from assistant.export import plain

if TYPE_CHECKING:
    from assistant.checking import CheckReport
    from assistant.export import ShownFinding
    from assistant.records import Document
    from assistant.service.checking import Checked
    from assistant.service.ignored import Ignored

Draft = Annotated[Path, typer.Argument(help="check.draft", metavar="DRAFT")]
Facts = Annotated[list[Path] | None, typer.Option("--facts", help="check.facts", metavar="FILE")]
Prior = Annotated[list[Path] | None, typer.Option("--prior", help="check.prior", metavar="FILE")]
Sources = Annotated[list[Path] | None, typer.Option("--sources", help="check.sources", metavar="FILE")]
InArchive = Annotated[bool, typer.Option("--archive", help="check.archive")]
Page = Annotated[Path | None, typer.Option("--html", help="check.html", metavar="OUT")]
Word = Annotated[Path | None, typer.Option("--word", help="check.word", metavar="OUT")]
Tracked = Annotated[Path | None, typer.Option("--tracked", help="check.tracked", metavar="OUT")]
Evidence = Annotated[Path | None, typer.Option("--evidence", help="check.evidence", metavar="OUT")]
Ignore = Annotated[
    list[str] | None, typer.Option("--ignore", help="check.ignore", metavar="NUMBER|RULE:WORDS")
]
Everything = Annotated[bool, typer.Option("--all", help="check.all")]
Wanted = Annotated[list[str] | None, typer.Argument(help="ignore.wanted", metavar="[NUMBER|RULE:WORDS]...")]
Clear = Annotated[bool, typer.Option("--clear", help="ignore.clear")]
_COLUMNS = ("severity", "place", "sentence", "message")


def check(
    terminal: Terminal,
    draft: Draft,
    facts: Facts = None,
    prior: Prior = None,
    sources: Sources = None,
    archive: InArchive = False,
    html: Page = None,
    word: Word = None,
    tracked: Tracked = None,
    evidence: Evidence = None,
    ignore: Ignore = None,
    everything: Everything = False,
) -> int:
    """Check a draft; 1 when errors or warnings are left, else 0."""
    from assistant.service.checking import CheckOrder, check_order, set_aside
    from assistant.service.ignored import Ignored, ignored_path

    settings = terminal.settings()
    order = CheckOrder(draft, tuple(facts or ()), tuple(prior or ()), tuple(sources or ()), archive)
    ignored = Ignored(ignored_path(draft, settings.home))
    with terminal.progress() as report:
        found = check_order(order, settings, ignored=None if everything else ignored, report=report)
    if ignore:
        set_aside(found, ignored, ignore)
        found = tuple(one.without(ignored) for one in found)
    wanted = {"html": html, "word": word, "tracked": tracked, "evidence": evidence}
    outputs = _write(terminal, draft, found, wanted)
    _show(terminal, found, outputs)
    terminal.emit(drafts=[payload(one) for one in found], outputs=plain(outputs))
    return OK if all(one.clean for one in found) else FINDINGS


def ignore(
    terminal: Terminal,
    draft: Draft,
    wanted: Wanted = None,
    facts: Facts = None,
    prior: Prior = None,
    sources: Sources = None,
    archive: InArchive = False,
    clear: Clear = False,
) -> int:
    """Set findings aside by number or by rule and words, or count all again; lists what is set aside."""
    from assistant.service.checking import CheckOrder, check_order, set_aside
    from assistant.service.ignored import Ignored, ignored_path

    settings = terminal.settings()
    ignored = Ignored(ignored_path(draft, settings.home))
    if clear:
        terminal.show(terminal.text("ignore.cleared", count=ignored.clear()))
    if wanted:
        order = CheckOrder(draft, tuple(facts or ()), tuple(prior or ()), tuple(sources or ()), archive)
        with terminal.progress() as report:
            found = check_order(order, settings, ignored=ignored, report=report)
        set_aside(found, ignored, wanted)
    _show_ignored(terminal, ignored)
    terminal.emit(path=str(ignored.path), ignored=plain(ignored.entries))
    return OK


def _show_ignored(terminal: Terminal, ignored: Ignored) -> None:
    for entry in ignored.entries:
        terminal.show(
            terminal.text("ignore.entry", rule=entry.rule, words=entry.words, sentence=entry.sentence)
        )
    if not ignored.entries:
        terminal.tell("ignore.none")


def _write(
    terminal: Terminal, draft: Path, found: Sequence[Checked], wanted: dict[str, Path | None]
) -> dict[str, Path]:
    """Write the files that are asked for; returns them by name."""
    from assistant.export import write_evidence, write_page

    language = terminal.language
    reports = [(one.document, one.report) for one in found]
    html, evidence = wanted["html"], wanted["evidence"]
    if html:
        titles = list(dict.fromkeys(title for one in found for title in one.compared))
        write_page(reports, html, compared=titles, language=language)
    for name in ("word", "tracked"):
        _write_word(terminal, draft, reports, wanted[name], tracked=name == "tracked")
    if evidence:
        write_evidence(
            [(one.document, one.report.coverage, one.figures) for one in found], evidence, language
        )
    return {name: path for name, path in wanted.items() if path}


def _write_word(
    terminal: Terminal,
    draft: Path,
    reports: Sequence[tuple[Document, CheckReport]],
    path: Path | None,
    *,
    tracked: bool,
) -> None:
    """The draft with comments; `tracked`: what has a fix is also put in, as a change to accept or reject."""
    if path is None:
        return
    from assistant.export import write_comments

    original = draft if draft.suffix.lower() == ".docx" else None
    fixes = [finding for _, report in reports for finding in report.findings if tracked and finding.fix]
    lost = write_comments(reports, path, original=original, accepted=fixes, language=terminal.language)
    if lost:
        terminal.tell("check.lost", count=len(lost))


def _show(terminal: Terminal, found: Sequence[Checked], outputs: dict[str, Path]) -> None:
    from assistant.export import counts_sentence, coverage_sentence
    from assistant.export.shown import shown

    for one in found:
        if len(found) > 1:
            terminal.show(terminal.text("check.title", title=one.document.title))
        rows = [_row(item) for item in shown(one.document, one.report.findings, terminal.language)]
        if rows:
            terminal.table([terminal.text(f"check.column.{name}") for name in _COLUMNS], rows)
            terminal.show()
        terminal.show(
            counts_sentence(one.report.findings, terminal.language) if rows else terminal.text("check.none")
        )
        terminal.show(coverage_sentence(one.report.coverage, terminal.language))
        if not one.compared:
            terminal.tell("check.alone")
        for note in one.report.notes:
            terminal.tell("draft.note", text=note)
        if one.ignored:
            terminal.tell("check.ignored", count=len(one.ignored))
    for name, path in outputs.items():
        terminal.tell("draft.written", what=terminal.text(f"check.output.{name}"), path=path)


def _row(one: ShownFinding) -> tuple[str, ...]:
    """One finding as a row: severity with number and rule, place, marked sentence, everything else."""
    said = [one.message, *([f"= {one.formula}"] if one.formula else []), *one.evidence]
    said += [f"→ {one.fix}"] if one.fix else []
    return f"{one.number} {one.severity_name}\n{one.rule}", one.place, one.marked, "\n".join(said)


def payload(one: Checked) -> dict[str, object]:
    """The JSON fields of one checked draft."""
    document = one.document
    return {
        "name": document.source.name,
        "title": document.title,
        "organisation": document.organisation.value if document.organisation else "",
        "year": document.reported_year,
        "text": document.text,
        "clean": one.clean,
        "findings": plain(one.report.findings),
        "ignored": plain(one.ignored),
        "coverage": plain(one.report.coverage),
        "figures": [
            {
                "number": figure.number,
                "span": plain(figure.claim.quantity.span),
                "text": figure.claim.quantity.text,
                "indicator": figure.claim.indicator,
                "state": figure.state,
                "source": plain(figure.source),
                "derivation": figure.derivation,
            }
            for figure in one.figures
        ],
        "compared": plain(one.compared),
        "notes": plain(one.report.notes),
    }
