"""The findings as one HTML page that needs nothing else: no script, no request, readable on a phone and on paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from assistant.errors import Language, in_language
from assistant.export.evidence import check_labels
from assistant.export.files import write_text
from assistant.export.markdown import counts_sentence, coverage_sentence, labels
from assistant.export.shown import ShownFinding, shown
from assistant.records import Block, Document, Span

if TYPE_CHECKING:
    from assistant.checking import CheckReport

SIGNS = {"error": "×", "warning": "!", "note": "·"}
_RANK = {"error": 0, "warning": 1, "note": 2}


def write_page(
    reports: Sequence[tuple[Document, CheckReport]],
    path: Path,
    *,
    compared: Sequence[str] = (),
    language: Language = "zh",
) -> Path:
    """Write the page of one or several drafts; `compared` are the titles of what they were compared with.

    Raises:
        ExportError: the page cannot be written.
    """
    return write_text(path, findings_page(reports, compared=compared, language=language))


def findings_page(
    reports: Sequence[tuple[Document, CheckReport]],
    *,
    compared: Sequence[str] = (),
    language: Language = "zh",
) -> str:
    """The page's HTML; everything that comes from a file is escaped."""
    body = [_draft(number, *one, compared, language) for number, one in enumerate(reports, start=1)]
    title = check_labels(language).say("page.title", title=reports[0][0].title)
    template = Template(files("assistant.export").joinpath("data", "findings.html").read_text("utf-8"))
    lang = "zh-CN" if language == "zh" else "en"
    return template.substitute(lang=lang, title=escape(title), body="\n".join(body))


def _draft(
    number: int, document: Document, report: CheckReport, compared: Sequence[str], language: Language
) -> str:
    say = check_labels(language).say
    found = shown(document, report.findings, language)
    about = [
        coverage_sentence(report.coverage, language),
        counts_sentence(report.findings, language) if found else labels(language).say("findings.none"),
        say("page.compared", titles="、".join(compared)) if compared else say("page.alone"),
        *(in_language(note, language) for note in report.notes),
    ]
    lines = [f"<h1>{escape(say('page.title', title=document.title))}</h1>"]
    lines += [f'<p class="about">{escape(line)}</p>' for line in about]
    lines.append(f'<p class="signs">{escape(say("page.made"))}</p>' if found else "")
    text = "\n".join(_blocks(number, document, found))
    items = "\n".join(_item(number, one, language) for one in found)
    lines.append(
        f'<div class="draft"><section class="text"><h2>{escape(say("page.text"))}</h2>\n{text}</section>'
        f'<section><h2>{escape(say("page.list"))}</h2>\n<ol class="findings">\n{items}\n</ol></section></div>'
    )
    return "\n".join(lines)


def _blocks(number: int, document: Document, found: Sequence[ShownFinding]) -> Iterator[str]:
    """The draft's text block by block, with its marks."""
    waiting = list(found)
    for block in document.blocks or (Block("paragraph", Span(0, len(document.text))),):
        inside = [one for one in waiting if one.span.start < block.span.end]
        waiting = waiting[len(inside) :] + [one for one in inside if one.span.end > block.span.end]
        if block.cells:
            yield _table(number, document.text, block, inside)
        else:
            marked = _marked(number, document.text, block.span, inside).replace("\n", "<br>")
            yield f'<p class="{block.kind}">{marked}</p>'


def _table(number: int, text: str, block: Block, found: Sequence[ShownFinding]) -> str:
    rows: dict[int, list[str]] = {}
    for cell in block.cells:
        inside = [one for one in found if one.span.overlaps(cell.span)]
        rows.setdefault(cell.row, []).append(f"<td>{_marked(number, text, cell.span, inside)}</td>")
    return "<table>" + "".join(f"<tr>{''.join(cells)}</tr>" for cells in rows.values()) + "</table>"


def _marked(number: int, text: str, stretch: Span, found: Sequence[ShownFinding]) -> str:
    """A stretch of the text, escaped; each piece between two edges of findings is marked once."""
    edges = {stretch.start, stretch.end}
    for one in found:
        edges.update(edge for edge in (one.span.start, one.span.end) if stretch.start < edge < stretch.end)
    ordered = sorted(edges)
    pieces = []
    for start, end in pairwise(ordered):
        over = [one for one in found if one.span.start <= start and end <= one.span.end and one.words]
        ending = [one for one in over if min(one.span.end, stretch.end) == end]
        pieces.append(_piece(escape(text[start:end]), over) + "".join(_link(number, one) for one in ending))
    return "".join(pieces)


def _piece(words: str, over: Sequence[ShownFinding]) -> str:
    if not over:
        return words
    worst = min(over, key=lambda one: _RANK[one.severity]).severity
    return f'<mark class="{worst}">{words}</mark>'


def _link(number: int, one: ShownFinding) -> str:
    name = f"{number}-{one.number}"
    said = escape(f"{one.severity_name} {one.number}")
    return f'<a class="number" id="t{name}" href="#f{name}" aria-label="{said}">{SIGNS[one.severity]}{one.number}</a>'


def _item(number: int, one: ShownFinding, language: Language) -> str:
    say = check_labels(language).say
    name = f"{number}-{one.number}"
    head = (
        f"<strong>{SIGNS[one.severity]}{one.number} {escape(one.severity_name)}</strong> "
        f'<span class="rule">{escape(one.rule)}</span> <a href="#t{name}">{escape(one.place)} ↑</a>'
    )
    lines = [f"<div>{head}</div>", f"<div>{escape(one.message)}</div>"]
    if one.words:
        quote = (
            f'{escape(one.before)}<mark class="{one.severity}">{escape(one.words)}</mark>{escape(one.after)}'
        )
        lines.append(f"<blockquote>{quote}</blockquote>")
    if one.formula:
        formula = labels(language).say("findings.formula", formula=one.formula)
        lines.append(f'<div class="formula">{escape(formula)}</div>')
    lines += [f'<div class="evidence">{escape(line)}</div>' for line in one.evidence]
    if one.fix:
        lines.append(f"<div>{escape(say('page.fix'))} <strong>{escape(one.fix)}</strong></div>")
    return f'<li class="{one.severity}" id="f{name}">' + "\n".join(lines) + "</li>"
