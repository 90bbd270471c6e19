"""Text to quantities to claims: exact spans, exact decimals, no model."""

from assistant.quantities.compare import Comparison, agree, compare
from assistant.quantities.extract import extract
from assistant.quantities.sentences import sentences
from assistant.quantities.times import resolve

__all__ = ["Comparison", "agree", "compare", "extract", "resolve", "sentences"]
