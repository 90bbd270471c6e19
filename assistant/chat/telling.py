"""An answer as text: Markdown with numbered sources, for the terminal, the page and the export of a history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.chat.answer import Answer, Statement, Table
from assistant.errors import Said
from assistant.records import Citation

_NOTHING = "资料库中没有找到。"
_INCOMPLETE = "（回答没有写完。）"
_QUOTE = 120
_SPECIAL = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>|#"})


def answer_markdown(answer: Answer) -> str:
    """Statements with numbers of their sources, table, notes, sources with quotes, and what was read."""
    sources = answer.citations
    parts = [_body(answer, sources)]
    if answer.table:
        parts.append(table_markdown(answer.table))
    parts += [f"> {_plain(note)}" for note in answer.notes]
    if sources:
        parts.append("来源：\n" + "\n".join(_source(n, one) for n, one in enumerate(sources, start=1)))
    if answer.nearest:
        parts.append(
            "最接近的段落：\n" + "\n".join(_source(n, one) for n, one in enumerate(answer.nearest, start=1))
        )
    if answer.consulted:
        names = "；".join(
            f"《{_plain(one.title)}》" + (f"（{one.year}年）" if one.year else "") for one in answer.consulted
        )
        parts.append(f"查阅：{names}。")
    return "\n\n".join(parts)


def _body(answer: Answer, sources: Sequence[Citation]) -> str:
    if answer.declined:
        return _NOTHING
    lines = [numbered(statement, sources) for statement in answer.statements]
    return "\n\n".join([*map(_plain, lines), *([_INCOMPLETE] if answer.incomplete else [])])


def numbered(statement: Statement, sources: Sequence[Citation]) -> str:
    """A statement with the numbers of its sources behind it: 73家。[1][2]."""
    numbers = (sources.index(one) + 1 for one in statement.citations)
    return statement.text + "".join(f"[{number}]" for number in dict.fromkeys(numbers))


def place_of(citation: Citation) -> Said:
    """“一、工作情况 > （二）企业 · 第3页 · 第18段”."""
    page = Said(f"第{citation.page}页", f"page {citation.page}") if citation.page else ""
    number = citation.paragraph
    paragraph = Said(f"第{number}段", f"paragraph {number}") if number else ""
    parts = (" > ".join(citation.heading_path), page, paragraph)
    return Said.joined((part for part in parts if part), " · ", " · ")


def source_line(number: int, citation: Citation) -> Said:
    """One source in one line: number, title, place, quoted words."""
    quote = " ".join(citation.quote.split())
    shown = quote if len(quote) <= _QUOTE else quote[:_QUOTE] + "……"
    place = place_of(citation)
    zh = f"[{number}] 《{citation.title}》{f'（{place}）' if place else ''}：“{shown}”"
    return Said(zh, f"[{number}] 《{citation.title}》{f' ({place.en})' if place else ''}: “{shown}”")


def table_markdown(table: Table) -> str:
    """The table in Markdown."""
    rows = [table.head, tuple("---" for _ in table.head), *table.rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in row) + " |" for row in rows)


def conversation_markdown(title: str, turns: Iterable[Answer]) -> str:
    """A whole conversation: each question as a heading, its answer under it."""
    parts = [f"# {_plain(title)}"]
    for turn in turns:
        parts.append(f"## {_plain(turn.question)}")
        if turn.asked != turn.question:
            parts.append(f"（理解为：{_plain(turn.asked)}）")
        parts.append(answer_markdown(turn))
    return "\n\n".join(parts) + "\n"


def _source(number: int, citation: Citation) -> str:
    return "- " + _plain(source_line(number, citation))


def _plain(text: str) -> str:
    """One line in which nothing works as Markdown or HTML: names and quotes come from documents."""
    return " ".join(text.split()).translate(_SPECIAL)


def _cell(text: str) -> str:
    return text if set(text) == {"-"} else _plain(text)
