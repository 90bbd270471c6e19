"""Text to quantities to claims: exact spans, exact decimals, no model."""

from assistant.quantities.claims import bind, bind_text
from assistant.quantities.compare import Comparison, agree, compare
from assistant.quantities.extract import extract
from assistant.quantities.indicators import canonical, synonyms
from assistant.quantities.render import STYLES, render
from assistant.quantities.sentences import sentences
from assistant.quantities.times import resolve

__all__ = [
    "STYLES",
    "Comparison",
    "agree",
    "bind",
    "bind_text",
    "canonical",
    "compare",
    "extract",
    "render",
    "resolve",
    "sentences",
    "synonyms",
]
