"""A sentence copied from last year's report, with what in it is out of date.

What it does:
    Finds sentences of the draft that stand almost word for word in an earlier report. One that still names
    that report's year or the plan of then is a warning; one with the same figures, or none, is a note.

Why it matters:
    Copying is how reports are written; what is not brought up to date is how they embarrass.

Example:
    Last year and this year: 2024年，全县上下聚焦主攻方向，扎实推进创新平台建设，取得阶段性成效。

Use instead:
    The sentence with this year's content, or none.

Limits:
    Sentences under twenty characters, headings, and formulae of opening and closing are not compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from assistant.checking.case import Case
from assistant.checking.rule import Example, Rule
from assistant.errors import Said
from assistant.quantities import sentences
from assistant.records import Document, Evidence, Finding, Span

_SHORTEST = 20
_ALIKE = 94
_YEAR = re.compile(r"(?:19|20)\d{2}(?=年)")
_FORMULA = re.compile(r"^(?:现将|各位代表|以习近平|坚持以|.{0,12}指导)|汇报如下|请予审议|提出意见")


@dataclass(frozen=True, slots=True)
class _Earlier:
    document: Document
    span: Span


def find(case: Case) -> Iterator[Finding]:
    """Sentences with a near twin in a prior report."""
    earlier = [_Earlier(doc, span) for doc in case.sources.prior for span in _long(doc.text)]
    if not earlier:
        return
    texts = [place.span.of(place.document.text) for place in earlier]
    exact = {text: number for number, text in enumerate(texts)}
    for span in _long(case.text):
        number = _twin(span.of(case.text), exact, texts)
        if number is not None:
            yield _finding(case, span, earlier[number])


def _long(text: str) -> list[Span]:
    return [
        span
        for span in sentences(text)
        if len(span.of(text).strip()) >= _SHORTEST and not _FORMULA.search(span.of(text))
    ]


def _twin(sentence: str, exact: dict[str, int], texts: Sequence[str]) -> int | None:
    """The same sentence, or one that differs in a few characters and names an outdated year."""
    if sentence in exact:
        return exact[sentence]
    if not _YEAR.search(sentence):
        return None
    best = process.extractOne(sentence, texts, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return best[2] if best else None


def _finding(case: Case, span: Span, earlier: _Earlier) -> Finding:
    quote = earlier.span.of(earlier.document.text).strip()
    year = earlier.document.reviewed_year
    old = [
        found.group()
        for found in _YEAR.finditer(span.of(case.text))
        if case.reviewed_year and int(found.group()) < case.reviewed_year
    ]
    evidence = Evidence("prior_report", earlier.document.title, quote, earlier.span, "", earlier.document.id)
    if year is not None and str(year) in old:
        message = Said(
            f"此句与上年报告基本相同，且仍写“{year}年”，疑为沿用未改。",
            f"This sentence is nearly that of last year's report and still says “{year}年”; it may have been carried over.",
        )
        return RULE.finding(span, message, (evidence,), severity="warning")
    return RULE.finding(
        span,
        Said(
            "此句与上年报告基本相同，请确认内容仍然属实。",
            "This sentence is nearly that of last year's report; make sure that it is still true.",
        ),
        (evidence,),
    )


_SENTENCE = "全县上下聚焦主攻方向，扎实推进创新平台建设，企业研发能力持续增强。"
_DATED = "2024年，全县上下聚焦主攻方向，扎实推进创新平台建设，企业研发能力持续增强。"

RULE = Rule(
    id="text.carried_over",
    title=Said("沿用上年文字", "Carried over from last year"),
    severity="note",
    find=find,
    flagged=(
        Example(_SENTENCE, prior=_SENTENCE),
        Example(_DATED, prior=_DATED),
        Example("一、总结\n" + _SENTENCE + "有序推进。", prior="一、回顾\n" + _SENTENCE),
        Example(_DATED, prior=_DATED.replace("持续增强", "不断增强")),
        Example(
            "选任科技特派员126名，实现全县行政村科技服务全覆盖。",
            prior="选任科技特派员126名，实现全县行政村科技服务全覆盖。",
        ),
    ),
    passed=(
        Example(_SENTENCE),
        Example(_SENTENCE, prior="全年技术合同登记额达到五亿元，同比增长一成八，创造了新的纪录。"),
        Example(
            "现将有关情况汇报如下，请各位领导和同志们批评指正，谢谢大家。",
            prior="现将有关情况汇报如下，请各位领导和同志们批评指正，谢谢大家。",
        ),
        Example("有序推进各项工作。", prior="有序推进各项工作。"),
        Example(
            "选任科技特派员142名，实现全县行政村科技服务全覆盖。",
            prior="选任科技特派员126名，实现全县行政村科技服务全覆盖。",
        ),
    ),
)
