"""A figure without a fact, source or derivation.

What it does:
    Looks for a source sentence in the words around each figure. Reports a figure that no source sentence
    tells of, and one that differs from its source without a cause that another rule names.

Why it matters:
    A report may state only what its office can prove.

Example:
    Fact: 新认定高新技术企业23家. Draft: 新认定高新技术企业23家，培育瞪羚企业7家.

Use instead:
    Leave the figure out, or add the fact.

Limits:
    A figure that follows from supported ones is derived and silent. A stretch of eight figures or more
    that the sources do not cover (an annex) is reported once, at its first figure; the rest are notes. Ranks, ratios, and things that
    neither the facts nor reports in general count (data/units.txt) are notes; counts in Chinese numerals (办好两件大事) are not assessed, nor is
    what 名词解释 define.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checking.case import Case
from assistant.checking.conflicts import in_conflict
from assistant.checking.rule import Example, Rule
from assistant.checking.words import words
from assistant.errors import Said
from assistant.records import Finding, Quantity, Severity

_FIRM = ("money", "percent", "points", "multiple")
_STRETCH = 8
_COUNTED = ("count", "physical")


def find(case: Case) -> Iterator[Finding]:
    """Figures that differ from their source, then those without one."""
    for conflict in in_conflict(case, "differs"):
        message = Said(
            f"来源中该处为“{conflict.source.text}”，此处写作“{conflict.figure.text}”，不一致。",
            f"The source has “{conflict.source.text}” there, not “{conflict.figure.text}”.",
        )
        yield RULE.finding(conflict.figure.span, message, conflict.evidence, fix=conflict.fix)
    for run in _runs(case):
        severities = [_severity(case, case.figures[number]) for number in run]
        stretch = len(run) >= _STRETCH
        if stretch:
            firm: Severity = "error" if 2 * severities.count("error") >= len(run) else "note"
            severities = [firm] + ["note"] * (len(run) - 1)
        for place, (number, severity) in enumerate(zip(run, severities, strict=True)):
            figure, line = case.figures[number], case.verdicts[number].line
            message = Said(f"“{figure.text}”在来源材料中找不到依据。", f"No source has “{figure.text}”.")
            if stretch and not place:
                message = Said(
                    f"自“{figure.text}”起连续{len(run)}个数据在来源材料中找不到依据。",
                    f"No source has the {len(run)} figures in a row from “{figure.text}” on.",
                )
            yield RULE.finding(figure.span, message, (line.evidence,) if line else (), severity=severity)


def _runs(case: Case) -> Iterator[list[int]]:
    """Figures without a source, in stretches without a supported figure between."""
    run: list[int] = []
    for number, verdict in enumerate(case.verdicts):
        if verdict.cause == "unsupported" and number not in case.derived:
            run.append(number)
        elif verdict.state in ("supported", "conflict"):
            yield run
            run = []
    yield run


def _severity(case: Case, figure: Quantity) -> Severity:
    """An error for what offices report as results, or what the sources measure at all; else a note."""
    if not any(sign.isdigit() for sign in figure.text) or figure.text.endswith("成"):
        return "note"
    counted = (
        figure.kind in _COUNTED
        and bool(figure.unit)
        and ((figure.kind, figure.unit) in case.measured or figure.unit in words("units.txt", "reported"))
    )
    return "error" if figure.kind in _FIRM or counted else "note"


_FACTS = (
    "新认定高新技术企业23家，有效高新技术企业总量达86家",
    "技术合同登记额5.6亿元，同比增长18.3%",
    "争取省级项目资金2.3亿元",
)

RULE = Rule(
    id="number.unsupported",
    title=Said("来源缺失", "Figure without a source"),
    severity="error",
    find=find,
    flagged=(
        Example("新认定高新技术企业23家，培育瞪羚企业7家。", _FACTS),
        Example("技术合同登记额5.6亿元，发放创新券1.2亿元。", _FACTS),
        Example("开展科技培训，普惠性幼儿园覆盖率95%以上。", _FACTS),
        Example("有效高新技术企业总量达91家。", _FACTS),
        Example("技术合同登记额9.7亿元。", _FACTS),
    ),
    passed=(
        Example("新认定高新技术企业23家。", _FACTS),
        Example("争取省级项目资金2.3亿元，技术合同登记额5.6亿元。", _FACTS),
        Example("有效高新技术企业总量达86家，办好两件大事。", _FACTS),
        Example("争取省级项目资金超2亿元。", _FACTS),
        Example("技术合同登记额5.6亿元，同比增长18%。", _FACTS),
    ),
)
