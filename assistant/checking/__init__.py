"""A draft and its sources to findings; deterministic, no model."""

from assistant.checking.case import Case
from assistant.checking.check import FigureState, check, check_case, states
from assistant.checking.report import CheckReport
from assistant.checking.rule import Example, Rule
from assistant.checking.rules import RULES
from assistant.checking.sources import Sources
from assistant.checking.trace import FigureTrace, trace

__all__ = [
    "RULES",
    "Case",
    "CheckReport",
    "Example",
    "FigureState",
    "FigureTrace",
    "Rule",
    "Sources",
    "check",
    "check_case",
    "states",
    "trace",
]
