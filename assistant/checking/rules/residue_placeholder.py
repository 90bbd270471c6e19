"""Placeholders left in a draft: xx, ××, ***, □□, ____, ??, 【待补】, XXXX年.

What it does:
    Reports every mark that stands for a figure still to be filled in.

Why it matters:
    A forgotten “xx家” tells the reader that the report was copied and never finished.

Example:
    新认定高新技术企业xx家。

Use instead:
    The figure itself, or the sentence taken out.

Limits:
    Masked names (××县, ×××同志, 某公司) are only noted, for an office may want them so; blanks of an
    attached form (姓名：____) are left alone, and in a policy ×× may describe how a number is formed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checking.case import Case
from assistant.checking.rule import Example, Rule
from assistant.checking.words import words
from assistant.errors import Said
from assistant.records import Finding, Severity, Span

_LIST = "placeholders.txt"
_SURE = re.compile(
    r"[【\[〔（(]\s*(?:待|此处|请)(?:[补填核定]|确认|完善|更新|统计)[^】\]〕）)\n]{0,16}[】\]〕）)]|□{2,}|\(\s{2,}\)[%％]"
)
_LETTERS = re.compile(
    r"(?<![A-Za-z0-9])(?:[xX×ｘＸ]{2,}(?:[.．·][xX×ｘＸ]+)?|[xX×ｘＸ][.．·][xX×ｘＸ]+)(?![A-Za-z])"
    r"|(?<=[0-9][.．·])[xX×ｘＸ]{2,}(?![A-Za-z])|(?<![A-Za-z0-9+＋])[xX×ｘＸ](?=[%％‰家个项名户座件亿万]|个百分点)"
)
_BLANKS = re.compile(r"[*＊]{2,}|_{2,}|＿{2,}|[?？]{2,}|[●○]{2,}|…{1,2}(?=[%％])")
_FORM = re.compile(r"[：:]\s*$")


def find(case: Case) -> Iterator[Finding]:
    """All three sorts of marks, in text order."""
    for found in _SURE.finditer(case.text):
        yield _finding(case, Span(*found.span()), "error")
    for found in _LETTERS.finditer(case.text):
        yield _finding(case, Span(*found.span()), _severity(case, found))
    for found in _BLANKS.finditer(case.text):
        if _stands_for_a_figure(case.text, found):
            yield _finding(case, Span(*found.span()), "error")


def _severity(case: Case, found: re.Match[str]) -> Severity:
    """A masked name is a matter of taste, a masked figure is not; a policy may describe a form of number."""
    if case.document.genre == "policy":
        return "note"
    after = case.text[found.end() : found.end() + 6].lstrip()
    return "note" if after.startswith(words(_LIST, "name")) else "error"


def _stands_for_a_figure(text: str, found: re.Match[str]) -> bool:
    """Before a unit, or behind the digits or the word that a figure follows; not in a form."""
    before = text[max(0, found.start() - 8) : found.start()]
    after = text[found.end() : found.end() + 6].lstrip()
    if _FORM.search(before):
        return False
    if after.startswith(words(_LIST, "unit")):
        return True
    return found.group()[0] not in "?？" and before.endswith(words(_LIST, "before"))


def _finding(case: Case, span: Span, severity: Severity) -> Finding:
    mark = span.of(case.text)
    if severity == "note":
        message = Said(
            f"“{mark}”是隐去的名称，请确认是否应写出。",
            f"“{mark}” stands for a name that was left out; should it be written?",
        )
    else:
        message = Said(
            f"“{mark}”是未填写的占位符，请补上数字或删去该句。",
            f"“{mark}” is a placeholder; fill in the figure or remove the sentence.",
        )
    return RULE.finding(span, message, severity=severity)


RULE = Rule(
    id="residue.placeholder",
    title=Said("遗留占位符", "Placeholder left over"),
    severity="error",
    find=find,
    flagged=(
        Example("新认定高新技术企业xx家，增长x.x%。"),
        Example("完成投资□□亿元。"),
        Example("技术合同登记额【待补充】亿元。"),
        Example("占全县的比重为（待核）%。"),
        Example("培训科技人员**人次，覆盖＿＿个乡镇。"),
        Example("XXXX年以来，全县新增平台??家。"),
    ),
    passed=(
        Example("新认定高新技术企业23家，增长18.3%。"),
        Example("姓名：____ 电话：____"),
        Example("我们的目标能否实现？？值得深思。"),
        Example("建成5G基站860座，引进PXE设备。"),
        Example("加强与高校的合作（见附件）。"),
    ),
)
