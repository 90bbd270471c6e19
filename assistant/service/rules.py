"""The rules as a reader sees them: their pages and examples, and which are switched off."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.checking import RULES, Rule
from assistant.errors import QueryInvalid, Said
from assistant.records import Severity
from assistant.service.checking import rules_off
from assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class RulePage:
    """One rule: `page` maps the headings of its explanation to their texts, "" to its first line."""

    id: str
    title: str
    severity: Severity
    off: bool
    page: dict[str, str]
    flagged: tuple[str, ...]
    passed: tuple[str, ...]


def listed(settings: Settings) -> tuple[RulePage, ...]:
    """Every rule in the order in which they are applied."""
    off = rules_off(settings)
    return tuple(_page(rule, rule.id in off) for rule in RULES)


def find(rule_id: str, settings: Settings) -> RulePage:
    """The rule with this id.

    Raises:
        QueryInvalid: there is none; the ids that look like it are told.
    """
    known = listed(settings)
    for page in known:
        if page.id == rule_id:
            return page
    near = "、".join(page.id for page in known if page.id.split(".")[0] == rule_id.split(".")[0])
    zh = f"没有规则“{rule_id}”" + (f"；相近的有 {near}" if near else "；运行 assistant rules 查看全部")
    en = f"there is no rule “{rule_id}”" + (f"; near it: {near}" if near else "; see `assistant rules`")
    raise QueryInvalid(reason=Said(zh=zh, en=en))


def _page(rule: Rule, off: bool) -> RulePage:
    return RulePage(
        id=rule.id,
        title=rule.title,
        severity=rule.severity,
        off=off,
        page=dict(rule.page),
        flagged=tuple(example.draft for example in rule.flagged),
        passed=tuple(example.draft for example in rule.passed),
    )
