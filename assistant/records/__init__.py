"""The nouns of the program: frozen dataclasses without I/O and without third-party imports."""

from assistant.records.claim import Claim, ClaimKind, Comparator, Direction, Part, Status
from assistant.records.document import (
    Block,
    BlockKind,
    Cell,
    Citation,
    Document,
    Genre,
    Passage,
    Reading,
    SourceFile,
    Spelling,
)
from assistant.records.draft import Draft, Section, Sentence, SentenceRole
from assistant.records.fact import Fact, FactSection, FactsFile
from assistant.records.finding import Coverage, Evidence, Finding, Fix, Severity, SourceRole
from assistant.records.progress import Progress, Report, silent
from assistant.records.quantity import Approximation, Period, Quantity, QuantityKind
from assistant.records.span import Span

__all__ = [
    "Approximation",
    "Block",
    "BlockKind",
    "Cell",
    "Citation",
    "Claim",
    "ClaimKind",
    "Comparator",
    "Coverage",
    "Direction",
    "Document",
    "Draft",
    "Evidence",
    "Fact",
    "FactSection",
    "FactsFile",
    "Finding",
    "Fix",
    "Genre",
    "Part",
    "Passage",
    "Period",
    "Progress",
    "Quantity",
    "QuantityKind",
    "Reading",
    "Report",
    "Section",
    "Sentence",
    "SentenceRole",
    "Severity",
    "SourceFile",
    "SourceRole",
    "Span",
    "Spelling",
    "Status",
    "silent",
]
