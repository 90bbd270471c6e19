"""Drafts, provenance and findings as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.checking import CheckReport
from assistant.errors import Language, in_language
from assistant.export.provenance import ProvenanceRow, provenance_counts, provenance_rows, unused_facts
from assistant.records import (
    Citation,
    Coverage,
    Document,
    Draft,
    Evidence,
    Fact,
    FactsFile,
    Finding,
    Section,
    Span,
)
from assistant.wording import Wording

_SIGNS = re.compile(r"([\\`*_\[\]<>|])")
_LINE_START = re.compile(r"^(\s*)([#+\-]|\d+[.)])(?=\s)")
_CLAUSE_ENDS = "，。；：！？、\n"
_CONTEXT = 30


def labels(language: Language = "zh") -> Wording:
    """The words of the exported tables."""
    return Wording("assistant.export", "labels.yaml", language)


def escape(text: str) -> str:
    r"""`text` so that Markdown shows it as it is, also a masked name (`***`) or a leading number sign.

    >>> print(escape("联系人***"))
    联系人\*\*\*
    """
    return _LINE_START.sub(r"\1\\\2", _SIGNS.sub(r"\\\1", text))


def draft_markdown(draft: Draft) -> str:
    """The draft: title as `#`, headings one level below their own, one paragraph a line, blank lines between."""
    parts = [f"# {escape(draft.title)}"] if draft.title else []
    for section in draft.sections:
        parts += _section(section)
    return "\n\n".join(parts) + "\n"


def _section(section: Section) -> list[str]:
    level = min(max(section.level, 1), 5) + 1
    heading = [f"{'#' * level} {escape(section.heading)}"] if section.heading else []
    return heading + [escape(line) for line in section.text.split("\n") if line.strip()]


def provenance_markdown(draft: Draft, facts: FactsFile, language: Language = "zh") -> str:
    """A table of every sentence with the facts and citations it rests on, and what was left out."""
    say = labels(language).say
    counts = provenance_counts(draft, facts)
    model = say("provenance.embedded") if draft.model == "embedded" else draft.model or "-"
    parts = [
        f"# {say('provenance.title')}",
        escape(say("provenance.about", title=draft.title, facts=facts.name, model=model)),
        say(
            "provenance.counts",
            sentences=counts.sentences,
            fact=counts.fact,
            policy=counts.policy,
            connective=counts.connective,
            placeholder=counts.placeholder,
            facts=counts.facts,
            carried=counts.carried,
        ),
        *_provenance_tables(provenance_rows(draft, facts), language),
        *_listed(say("provenance.unused"), (_fact(fact) for fact in unused_facts(draft, facts))),
        *_listed(say("provenance.notes"), _notes(draft, language)),
    ]
    return "\n\n".join(parts) + "\n"


def _provenance_tables(rows: Sequence[ProvenanceRow], language: Language) -> list[str]:
    """One table for each heading, so that a long report stays readable."""
    say = labels(language).say
    head = [say(f"provenance.{name}") for name in ("number", "sentence", "kind", "rests")]
    parts: list[str] = []
    for heading in dict.fromkeys(row.heading for row in rows):
        cells = [
            (str(row.number), escape(row.sentence), say(f"role.{row.role}"), rests_on(row, language))
            for row in rows
            if row.heading == heading
        ]
        parts += [f"## {escape(heading) or say('provenance.opening')}", table(head, cells)]
    return parts


def rests_on(row: ProvenanceRow, language: Language = "zh") -> str:
    """What a sentence rests on, as Markdown for one table cell."""
    say = labels(language).say
    lines = [_fact(fact) for fact in row.facts] + [_citation(cited, language) for cited in row.citations]
    if not lines:
        return say("provenance.nothing")
    if row.connecting:
        texts = say("provenance.join").join(say("provenance.quote", text=text) for text in row.connecting)
        lines.append(escape(say("provenance.connecting", texts=texts)))
    return "<br>".join(lines)


def _fact(fact: Fact) -> str:
    place = f"（{fact.place}）" if fact.place else ""
    return f"{fact.id} {escape(fact.text + place)}"


def _citation(citation: Citation, language: Language) -> str:
    say = labels(language).say
    title = citation.title if citation.title.startswith("《") else f"《{citation.title}》"
    places = [*citation.heading_path]
    if citation.page is not None:
        places.append(say("place.page", number=citation.page))
    if citation.paragraph is not None:
        places.append(say("place.paragraph", number=citation.paragraph))
    quote = say("provenance.quote", text=citation.quote)
    return escape(" · ".join([title, *places, quote]))


def _notes(draft: Draft, language: Language) -> list[str]:
    return [
        escape(f"{section.heading}：{in_language(note, language)}")
        for section in draft.sections
        for note in section.notes
    ]


def _listed(title: str, lines: Iterable[str]) -> list[str]:
    """A heading and a list, or nothing when there are no lines."""
    items = [f"- {line}" for line in lines]
    return [f"## {title}", "\n".join(items)] if items else []


def findings_markdown(report: CheckReport, document: Document, language: Language = "zh") -> str:
    """The findings on `document`, the most severe first, with evidence, counts, and what could not be compared."""
    say = labels(language).say
    parts = [f"# {say('findings.title')}", coverage_sentence(report.coverage, language)]
    if report.findings:
        names = ("severity", "rule", "place", "message", "evidence", "fix")
        cells = [_finding(finding, document, language) for finding in by_severity(report.findings)]
        parts += [
            counts_sentence(report.findings, language),
            table([say(f"findings.{name}") for name in names], cells),
        ]
    else:
        parts.append(say("findings.none"))
    parts += _listed(say("findings.notes"), (escape(in_language(note, language)) for note in report.notes))
    return "\n\n".join(parts) + "\n"


def by_severity(findings: Iterable[Finding]) -> list[Finding]:
    """Errors first, then warnings, then notes; each in text order."""
    order = {"error": 0, "warning": 1, "note": 2}
    return sorted(findings, key=lambda finding: (order[finding.severity], finding.span))


def coverage_sentence(coverage: Coverage, language: Language = "zh") -> str:
    """How many figures were seen and what became of them."""
    return labels(language).say(
        "findings.coverage",
        seen=coverage.seen,
        supported=coverage.supported,
        derived=coverage.derived,
        unsupported=coverage.unsupported,
        not_assessable=coverage.not_assessable,
    )


def counts_sentence(findings: Sequence[Finding], language: Language = "zh") -> str:
    """How many findings of which severity."""
    severities = [finding.severity for finding in findings]
    return labels(language).say(
        "findings.counts",
        all=len(severities),
        error=severities.count("error"),
        warning=severities.count("warning"),
        note=severities.count("note"),
    )


def _finding(finding: Finding, document: Document, language: Language) -> tuple[str, ...]:
    say = labels(language).say
    evidence = [_evidence(piece, language) for piece in finding.evidence]
    if finding.formula:
        evidence.append(escape(say("findings.formula", formula=finding.formula)))
    return (
        say(f"severity.{finding.severity}"),
        f"`{finding.rule}`",
        _place(finding.span, document, language),
        escape(in_language(finding.message, language)),
        "<br>".join(evidence),
        escape(finding.fix.text) if finding.fix else "",
    )


def _place(span: Span, document: Document, language: Language) -> str:
    """The heading that the span stands under, and its clause with the span in bold."""
    block = next((block for block in document.blocks if block.span.contains(span)), None)
    heading = block.heading_path[-1] if block and block.heading_path else ""
    start, end = _clause(span, document.text)
    before, after = document.text[start : span.start], document.text[span.end : end]
    marked = f"**{escape(span.of(document.text))}**" if span.end > span.start else ""
    quote = labels(language).say("provenance.quote", text=escape(before) + marked + escape(after))
    return f"{escape(heading)} {quote}".strip()


def _clause(span: Span, text: str) -> tuple[int, int]:
    """From the sign of punctuation before the span to the one after it, at most a line."""
    start = max(text.rfind(sign, 0, span.start) for sign in _CLAUSE_ENDS) + 1
    ends = [place for sign in _CLAUSE_ENDS if (place := text.find(sign, span.end)) >= 0]
    return max(start, span.start - _CONTEXT), min([*ends, len(text), span.end + _CONTEXT])


def _evidence(evidence: Evidence, language: Language) -> str:
    say = labels(language).say
    where = " · ".join(
        part for part in (say(f"source.{evidence.source}"), evidence.title, evidence.place) if part
    )
    return escape(f"{where} {say('provenance.quote', text=evidence.quote)}")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; cells are Markdown already, their line breaks become `<br>`."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(cell.replace("\n", "<br>") for cell in row) + " |" for row in rows]
    return "\n".join(lines)
