"""The rules, one module each; `RULES` is the registry (how to add one: see `assistant.checking.rule`)."""

from assistant.checking.rule import Rule
from assistant.checking.rules import (
    date_impossible,
    date_year,
    number_transposed,
    residue_placeholder,
    residue_spelling,
    structure_enumerator,
    structure_heading,
)

RULES: tuple[Rule, ...] = (
    number_transposed.RULE,
    date_impossible.RULE,
    date_year.RULE,
    residue_placeholder.RULE,
    residue_spelling.RULE,
    structure_enumerator.RULE,
    structure_heading.RULE,
)

__all__ = ["RULES"]
