"""Nothing is shown that its citations do not carry: figures, years, titles, document numbers, quoted words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from assistant.quantities import agree, bind_text, extract
from assistant.quantities.indicators import is_known
from assistant.records import Citation, Quantity

_TITLE = re.compile(r"《([^《》\n]{2,80})》")
_QUOTED = re.compile(r"“([^“”\n]{4,120})”")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年)")
_LINK = re.compile(r"https?://|www\.|\]\(|<[a-zA-Z/!]")
_BLANKS = re.compile(r"\s+")


def unsupported(
    text: str, citations: Sequence[Citation], known: str = "", computed: Sequence[str] = ()
) -> list[str]:
    """What of `text` no citation carries, as written; empty when all of it is carried.

    `known` is what may be said without a source: the question, as it was understood; its years only. A figure
    needs one in a quote that it agrees with, unless code `computed` it. Links and markup are never carried.
    """
    for result in sorted(computed, key=len, reverse=True):
        text = text.replace(result, "")
    quotes = [citation.quote for citation in citations]
    titles = [citation.title for citation in citations]
    return [
        *_figures(text, quotes, titles),
        *_years(text, [*quotes, *titles, *_headings(citations), known]),
        *_works(text, [*quotes, *titles]),
        *_words(text, [*quotes, *titles]),
        *(match[0] for match in _LINK.finditer(text)),
    ]


def carried(figure: Quantity, sources: Iterable[Quantity]) -> bool:
    """Whether some source says this figure: the same value by the written precision, with the same bounds.

    One-sided words must be kept: 超200亿元 is not carried as 200亿元, nor the reverse.
    """
    return any(
        agree(figure, source) and _same_number(figure, source)
        for source in sources
        if figure.kind == source.kind
    )


def _same_number(figure: Quantity, source: Quantity) -> bool:
    if figure.value is None or source.value is None:
        return True
    return abs(figure.value - source.value) <= max(figure.precision, source.precision)


def _figures(text: str, quotes: Sequence[str], titles: Sequence[str]) -> list[str]:
    bare = text
    for title in sorted(titles, key=len, reverse=True):
        bare = bare.replace(title, "")
    told = [figure for figure in extract(_TITLE.sub("", bare)) if figure.is_figure]
    if not told:
        return []
    sources = [figure for quote in quotes for figure in extract(quote) if figure.is_figure]
    return [figure.text for figure in told if not carried(figure, sources)]


def _headings(citations: Sequence[Citation]) -> list[str]:
    return [heading for citation in citations for heading in citation.heading_path]


def _years(text: str, sources: Sequence[str]) -> list[str]:
    held = {year for source in sources for year in re.findall(r"(?:19|20)\d\d", source)}
    return [f"{year}年" for year in _YEAR.findall(text) if year not in held]


def _works(text: str, sources: Sequence[str]) -> list[str]:
    bare = _folded("".join(sources))
    works = [f"《{title}》" for title in _TITLE.findall(text) if _folded(title) not in bare]
    held = {number.number for source in sources for number in _numbers(source)}
    return works + [number.text for number in _numbers(text) if number.number not in held]


def _numbers(text: str) -> list[Quantity]:
    return [found for found in extract(text) if found.kind == "document_number"]


def _words(text: str, sources: Sequence[str]) -> list[str]:
    bare = _folded("".join(sources))
    return [f"“{words}”" for words in _QUOTED.findall(text) if _folded(words) not in bare]


def _folded(text: str) -> str:
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text))


def misattributed(text: str, citations: Sequence[Citation]) -> list[str]:
    """Figures of `text` that the quotes have for another indicator only (张冠李戴); known indicators are compared."""
    told = [claim for claim in bind_text(text) if claim.indicator and is_known(claim.indicator)]
    sources = [claim for citation in citations for claim in bind_text(citation.quote)]
    wrong = []
    for claim in told:
        same = [one for one in sources if carried(claim.quantity, [one.quantity])]
        known = [one for one in same if is_known(one.indicator)]
        if known and all(one.indicator != claim.indicator for one in known):
            wrong.append(claim.quantity.text)
    return wrong
