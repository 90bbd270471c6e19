"""Proving a text against its facts: every figure there once, bound as the fact binds it, and nothing else.

`sentence_fault` judges one freely written sentence before it is taken; `verify_section` goes over a finished
section, whoever wrote it, and gives findings.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from assistant.drafting.facts import bare_heading
from assistant.drafting.plan import is_ahead_text
from assistant.drafting.words import content_pairs, tags, word_list, word_table
from assistant.quantities import bind_text, extract
from assistant.records import Claim, Evidence, Fact, Finding, Part, Section, Span
from assistant.wording import Wording

_DEBRIS = re.compile(r"\*\*|__|^#+\s|^\s*[-*+]\s+|^>\s|```|\|\s*-|\]\(|https?://|[<>{}]|</?\w+>", re.M)
_TITLE = re.compile(r"《[^》\n]*》?")
_NUMBER = re.compile(r"[一-龥]{0,10}〔\d{4}〕\d+号|〔[^〕\n]*〕")
_QUOTED = re.compile(r"[“「『]([^”」』\n]+)[”」』]")
_LATIN = re.compile(r"[A-Za-z]{2,}")
_BLANKS = re.compile(r"\s+")
_SIGNS = frozenset("，。、；：（）“”《》〔〕％%·—")
_NUMERALS = re.compile(
    r"[0-9０-９零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬億半双廿卅几数余]+"
)
_PLAIN_WORDS = re.compile(
    r"队伍|大陆|陆续|内陆|收拾|一体化|一体|进一步|一步|统一|一致|一批|一系列|三农|双创|双碳|数字|数据|数智|数量|指数|业余|万众"
)
_PERSON = re.compile(r"同志|先生|女士|书记|局长|主任|县长|区长|市长|省长|部长|厅长|院士|教授|博士")
_MOST_FREE = 1.6
_MOST_EXTRA = 60
_say = Wording("assistant.drafting", "faults.yaml").both
_FOREIGN = (
    (_TITLE, _say("title")),
    (_NUMBER, _say("number")),
    (_QUOTED, _say("quoted")),
    (_LATIN, _say("latin")),
)


def sentence_fault(text: str, facts: Sequence[Fact], *, context: str = "", ahead: bool = False) -> str:
    """Why a freely written sentence can't carry `facts`, as a Chinese clause; empty when it can.

    `context` (the heading) may lend names. Figures must stand as the facts write them.
    """
    known = "；".join(fact.text for fact in facts)
    checks = (
        _form_fault(text, known),
        _foreign_fault(text, known + context),
        _figure_fault(text, facts),
        _wording_fault(text, known, ahead=ahead),
        _sign_fault(text, known + context),
        _numeral_fault(text, known + context),
        _name_fault(text, known + context),
    )
    return next((fault for fault in checks if fault), "")


def verify_section(section: Section, facts: Sequence[Fact]) -> list[Finding]:
    """Findings of one section against the facts that it should carry, in text order."""
    own = bind_text(section.text, part=_part(facts))
    findings = [
        *_omitted(section, facts, own),
        *_unsupported(section, facts, own),
        *_unknown_titles(section, facts),
        *_repeated(section),
        *(
            Finding("residue.markup", "error", Span(*match.span()), _say("markup", word=match.group()))
            for match in _DEBRIS.finditer(section.text)
        ),
    ]
    return sorted(findings, key=lambda finding: (finding.span, finding.rule))


def _form_fault(text: str, known: str) -> str:
    if "\n" in text or not text.endswith("。"):
        return _say("one_sentence")
    if _DEBRIS.search(text):
        return _say("signs")
    if len(text) > _MOST_FREE * len(known) + _MOST_EXTRA:
        return _say("too_long")
    return ""


def _foreign_fault(text: str, known: str) -> str:
    """Titles, numbers of documents, quoted names and Latin words that the facts don't have."""
    for pattern, name in _FOREIGN:
        for match in pattern.finditer(text):
            if match.group() not in known:
                return _say("foreign", word=match.group(), name=name)
    return ""


def _sign_fault(text: str, known: str) -> str:
    """Signs that are neither those of prose nor the facts' own: a model's mark-up in whatever form."""
    for sign in text:
        if not "一" <= sign <= "龥" and sign not in _SIGNS and sign not in known:
            return _say("sign", word=sign)
    return ""


def _numeral_fault(text: str, known: str) -> str:
    """Words of number that are no figure to the extractor (伍佰, 双百, 逾半) and stand in no fact."""
    facts = _PLAIN_WORDS.sub("，", known)
    for match in _NUMERALS.finditer(_PLAIN_WORDS.sub("，", text)):
        if match.group() not in facts:
            return _say("numeral", word=match.group())
    return ""


def _name_fault(text: str, known: str) -> str:
    """Persons and places that the facts don't name; a doubtful word only costs the free wording."""
    for match in _PERSON.finditer(text):
        if match.group() not in known:
            return _say("person", word=match.group())
    places = word_list("places.txt")
    for word, tag in tags(text):
        if (
            len(word) >= 2
            and word not in known
            and not is_ahead_text(word)
            and (tag in ("nr", "ns", "nt", "nz") or word in places)
        ):
            return _say("name", word=word)
    return ""


def _figure_fault(text: str, facts: Sequence[Fact]) -> str:
    surplus = Counter(_figures(text))
    surplus.subtract(Counter(figure for fact in facts for figure in _figures(fact.text)))
    for figure, count in surplus.items():
        if count > 0:
            return _say("surplus", word=figure)
        if count < 0:
            return _say("missing", word=figure)
    faults = (_misread(text, *reading) for reading in _readings(text, facts))
    return next((fault for fault in faults if fault), "")


def _readings(text: str, facts: Sequence[Fact]) -> Iterator[tuple[Sequence[Fact], Sequence[Claim]]]:
    """Facts, and the claims of `text` that have to state theirs.

    Of a plan a second reading follows, without the part: a fact that says by its own words that it is aimed at
    (力争) keeps such a word.
    """
    part = _part(facts)
    yield facts, bind_text(text, part=part)
    if part == "plan":
        own = (tuple(claim for claim in bind_text(fact.text) if claim.status != "actual") for fact in facts)
        yield [replace(fact, claims=claims) for fact, claims in zip(facts, own, strict=True)], bind_text(text)


def _misread(text: str, facts: Sequence[Fact], found: Sequence[Claim]) -> str:
    for claim in _unmatched([claim for fact in facts for claim in fact.claims], found):
        if any(_stands(claim, fact, text, found) for fact in facts if claim in fact.claims):
            continue
        return _say("misread", word=claim.quantity.text, indicator=claim.indicator)
    return ""


def _wording_fault(text: str, known: str, *, ahead: bool) -> str:
    table = word_table("banned.txt")
    for kind in ("filler", "claim", "chat", "named", *(("done",) if ahead else ())):
        for word in sorted(table[kind]):
            if word in text and word not in known:
                return _say("wording", word=word)
    pairs = content_pairs(known)
    kept = len(pairs & content_pairs(text))
    return _say("incomplete") if pairs and kept * 10 < 7 * len(pairs) else ""


def _part(facts: Sequence[Fact]) -> Part:
    """The part that the facts stand in: their text stands in the same, and is read as it."""
    return next((claim.part for fact in facts for claim in fact.claims), "")


def _figures(text: str) -> list[str]:
    """Quantities of every kind as written; periods and dates too, for these can be invented as well."""
    return [_flat(quantity.text) for quantity in extract(text)]


def _unmatched(wanted: Iterable[Claim], found: Iterable[Claim]) -> list[Claim]:
    """The wanted claims that no found one states alike: figure, indicator and status."""
    left = list(found)
    missing = []
    for claim in wanted:
        match = next((other for other in left if _same(claim, other)), None)
        if match is None:
            missing.append(claim)
        else:
            left.remove(match)
    return missing


def _stands(claim: Claim, fact: Fact, text: str, found: Sequence[Claim]) -> bool:
    """Whether the writer's own clause with the figure stands in `text`, told as done or planned as the writer does."""
    span = claim.quantity.span
    start = max((fact.text.rfind(sign, 0, span.start) for sign in "，；。"), default=-1) + 1
    ends = [at for sign in "，；。" if (at := fact.text.find(sign, span.end)) >= 0]
    clause = fact.text[start : min(ends, default=len(fact.text))]
    planned = {
        other.status == "actual"
        for other in found
        if _flat(other.quantity.text) == _flat(claim.quantity.text)
    }
    return _flat(clause) in _flat(text) and planned == {claim.status == "actual"}


def _same(claim: Claim, other: Claim) -> bool:
    return (
        _flat(claim.quantity.text) == _flat(other.quantity.text)
        and claim.quantity.approximation == other.quantity.approximation
        and (claim.indicator == other.indicator or not claim.indicator)
        and claim.direction == other.direction
        and (claim.status == "actual") == (other.status == "actual")
    )


def _omitted(section: Section, facts: Sequence[Fact], own: Sequence[Claim]) -> Iterator[Finding]:
    flat = _flat(section.text)
    figures = {_flat(claim.quantity.text): claim for claim in own}
    for fact in facts:
        if _flat(fact.text) in flat:
            continue
        missing = _unmatched(fact.claims, own)
        if fact.claims and not missing:
            continue
        evidence = (Evidence("facts", fact.id, fact.text, place=fact.place),)
        moved = next(
            (figures[text] for claim in missing if (text := _flat(claim.quantity.text)) in figures), None
        )
        if moved is None:
            message = _say("omitted", fact=fact.id, text=fact.text)
            yield Finding("facts.omitted", "error", Span(0, 0), message, evidence)
        else:
            message = _say("misplaced", word=moved.quantity.text, fact=fact.id)
            yield Finding("number.misattributed", "error", moved.quantity.span, message, evidence)


def _unsupported(section: Section, facts: Sequence[Fact], own: Sequence[Claim]) -> Iterator[Finding]:
    known = Counter(figure for fact in facts for figure in _figures(fact.text))
    cited = {
        figure
        for sentence in section.sentences
        for citation in sentence.citations
        for figure in _figures(f"{citation.title} {citation.quote}")
    }
    for claim in own:
        figure = _flat(claim.quantity.text)
        if not known[figure] and figure not in cited and claim.quantity.kind != "masked":
            message = _say("unsupported", word=claim.quantity.text)
            yield Finding("number.unsupported", "error", claim.quantity.span, message)


def _unknown_titles(section: Section, facts: Sequence[Fact]) -> Iterator[Finding]:
    known = "".join(fact.text for fact in facts) + section.heading
    known += "".join(
        f"《{citation.title}》{citation.quote}"
        for sentence in section.sentences
        for citation in sentence.citations
    )
    for pattern in (_TITLE, _NUMBER):
        for match in pattern.finditer(section.text):
            if match.group() not in known:
                message = _say("unsupported", word=match.group())
                yield Finding("cite.unknown", "error", Span(*match.span()), message)


def _repeated(section: Section) -> Iterator[Finding]:
    seen: set[str] = set()
    for sentence in section.sentences:
        text = _flat(sentence.text)
        if len(text) >= 8 and text in seen:
            yield Finding("text.repeated", "warning", sentence.span, _say("repeated"))
        seen.add(text)
    heading = bare_heading(section.heading)
    if heading and section.sentences and _flat(section.sentences[0].text).rstrip("。") == _flat(heading):
        yield Finding("text.repeated", "warning", section.sentences[0].span, _say("heading_again"))


def _flat(text: str) -> str:
    """Text without blanks and with half-width signs and digits, for comparing."""
    return _BLANKS.sub("", text).translate(_WIDTHS)


_WIDTHS = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF1A)} | {ord("％"): "%", ord("．"): "."}
