"""What a rule is, and how to add one.

A rule is one module in `assistant/checking/rules/`, named like its id with `_` for `.`:

1. Its docstring is its page: a title line, then the headings *What it does*, *Why it matters*,
   *Example*, *Use instead*, *Limits*, each on a line of its own followed by `:`.
2. A function `find(case: Case) -> Iterator[Finding]`; `case` (see `case.py`) holds the document, its
   figures and claims, the sources, and the alignment of the one with the others. Findings may be made with
   `RULE.finding(span, message, ...)`, which fills in id and severity; `message` is a `Said`, one sentence in
   Chinese and in English, in which words of the draft and its sources stay Chinese, between “” or 《》.
3. `RULE = Rule(id=…, title=…, severity=…, find=find, flagged=(…), passed=(…))` with at least five examples
   that must be flagged and five that must pass (`Example`: draft, facts, prior, year, others).
4. One line in the tuple `RULES` of `assistant/checking/rules/__init__.py`.

A test runs every example and fails when a heading or an example is missing. Word lists are data files in
`assistant/checking/data/`. Severity "error" means that a careful editor would change the text.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from inspect import cleandoc
from typing import TYPE_CHECKING

from assistant.errors import Said
from assistant.records import Evidence, Finding, Fix, Severity, Span

if TYPE_CHECKING:
    from assistant.checking.case import Case

HEADINGS = ("What it does", "Why it matters", "Example", "Use instead", "Limits")


@dataclass(frozen=True, slots=True)
class Example:
    """A draft and what it is checked against; `year` is the draft's reported year, `others` policy texts."""

    draft: str
    facts: tuple[str, ...] = ()
    prior: str = ""
    year: int | None = 2025
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One check. `title` is its name; `find` yields findings in any order."""

    id: str
    title: Said
    severity: Severity
    find: Callable[[Case], Iterator[Finding]]
    flagged: tuple[Example, ...]
    passed: tuple[Example, ...]

    def finding(
        self,
        span: Span,
        message: Said,
        evidence: tuple[Evidence, ...] = (),
        *,
        formula: str = "",
        fix: Fix | None = None,
        severity: Severity | None = None,
    ) -> Finding:
        """A finding of this rule; `severity` only where it differs from the rule's own."""
        return Finding(self.id, severity or self.severity, span, message, evidence, formula, fix)

    @property
    def page(self) -> Mapping[str, str]:
        """The sections of the module's docstring: heading -> text; "" -> the title line."""
        return sections(sys.modules[self.find.__module__].__doc__ or "")


def sections(docstring: str) -> dict[str, str]:
    r"""Cut a rule's docstring at its headings.

    >>> sections("Title.\n\nLimits:\n    None.")["Limits"]
    'None.'
    """
    page: dict[str, list[str]] = {"": []}
    current = ""
    for line in cleandoc(docstring).splitlines():
        if line.rstrip().endswith(":") and line.rstrip()[:-1] in HEADINGS:
            current = line.rstrip()[:-1]
            page[current] = []
        else:
            page[current].append(line)
    return {heading: cleandoc("\n".join(lines)).strip() for heading, lines in page.items()}
