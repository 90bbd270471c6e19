"""The rules, one module each; `RULES` is the registry (how to add one: see `assistant.checking.rule`)."""

from assistant.checking.rule import Rule
from assistant.checking.rules import number_transposed

RULES: tuple[Rule, ...] = (number_transposed.RULE,)

__all__ = ["RULES"]
