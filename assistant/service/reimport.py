"""A draft that was edited in a word processor, back as sections, with what changed and what reviewers said.

A pure function: old sections and a file in, new sections and a report out. Tracked changes count as accepted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from rapidfuzz import fuzz

from assistant.export.reviewed import Comment, TrackedChange, read_reviewed
from assistant.loaders import MAX_BYTES, load
from assistant.quantities import sentences
from assistant.records import Draft, Section, Sentence, Span
from assistant.service.sections_of_file import bare, sections_under, without_frame

SectionFate = Literal["same", "edited", "added", "removed"]
CommentFate = Literal["open", "resolved", "answered", "deleted", "new"]
_LIKE = 55.0  # how alike (of 100) two sections must be to be the same one
_LIKE_SENTENCE = 60.0


@dataclass(frozen=True, slots=True)
class SectionChange:
    """What became of one section. `old` and `new` count in the old and the new sections, `None` where it is not.

    `edits` are sentences before and after; an empty one was added or deleted.
    """

    fate: SectionFate
    heading: str
    old: int | None
    new: int | None
    moved: bool = False
    renamed: bool = False
    edits: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CommentState:
    """A comment and what became of it; without the file that was given out, every comment is open or done."""

    comment: Comment
    fate: CommentFate


@dataclass(frozen=True, slots=True)
class Reimported:
    """The draft as it came back. `origins` name for each section the old one it was, or `None`.

    `kept` of `known` sentences survived with what they rest on. `frame` are lines around the text that a
    draft does not hold (主送机关, 附件说明, signature, date, 版头 and 版记).
    """

    title: str
    sections: tuple[Section, ...]
    origins: tuple[int | None, ...]
    changes: tuple[SectionChange, ...]
    comments: tuple[CommentState, ...]
    tracked: tuple[TrackedChange, ...]
    kept: int
    known: int
    frame: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def unchanged(self) -> bool:
        """Whether every section came back as it was, in its place."""
        return all(change.fate == "same" and not change.moved for change in self.changes)


def reimport(
    old: Sequence[Section],
    path: Path,
    *,
    title: str = "",
    organisation: str = "",
    given_out: Path | None = None,
    max_bytes: int = MAX_BYTES,
) -> Reimported:
    """The file at `path` as the next state of a draft whose sections were `old`.

    `title` and `organisation` are the draft's: lines that say only these are no text. `given_out` is the file
    that was sent to the reviewers: with it, comments that are gone are told.

    Raises:
        FileUnreadable, FileRefused, FormatUnknown: the file cannot be read.
        ExportError: `given_out` is no sound Word file.
    """
    documents = load(path, max_bytes=max_bytes)
    first = documents[0]
    blocks = [(document, block) for document in documents for block in document.blocks]
    body, frame, notes = without_frame(blocks, old, title, organisation)
    fresh = sections_under(body, old)
    origins = _origins(old, fresh)
    pairs = zip(fresh, (None if origin is None else old[origin] for origin in origins), strict=True)
    sections = tuple(_with_provenance(section, before, old) for section, before in pairs)
    comments, tracked = _review(path, given_out)
    return Reimported(
        title=first.title,
        sections=sections,
        origins=origins,
        changes=tuple(_changes(old, sections, origins)),
        comments=comments,
        tracked=tracked,
        kept=sum(len(section.sentences) for section in sections),
        known=sum(len(section.sentences) for section in old),
        frame=frame,
        notes=(*first.notes, *notes),
    )


def differences(draft: Draft, path: Path) -> tuple[str, ...]:
    """What the file at `path` does not say as `draft` does, one line each; none after a true round trip."""
    found = reimport(draft.sections, path, title=draft.title, organisation=draft.organisation)
    lines = [] if bare(found.title) == bare(draft.title) else [f"title: {draft.title} → {found.title}"]
    for change in found.changes:
        if change.fate != "same" or change.moved:
            lines.append(f"{change.fate}: {change.heading}")
            lines += [f"  {before} → {after}" for before, after in change.edits]
    if found.kept < found.known:
        lines.append(f"sentences: {found.known} → {found.kept}")
    return tuple(lines)


# -- matching ----------------------------------------------------------------------------------------


def _origins(old: Sequence[Section], fresh: Sequence[Section]) -> tuple[int | None, ...]:
    """For each new section the old one: equal headings first, in order, then the most alike that is left."""
    left = list(range(len(old)))
    found: list[int | None] = []
    for section in fresh:
        same = [at for at in left if bare(old[at].heading) == bare(section.heading)]
        best = max(same, key=lambda at: (fuzz.ratio(old[at].text, section.text), -at), default=None)
        found.append(best)
        if best is not None:
            left.remove(best)
    for number, section in enumerate(fresh):
        if found[number] is None and left:
            best = max(left, key=lambda at: _alike(old[at], section))
            if _alike(old[best], section) >= _LIKE:
                found[number] = best
                left.remove(best)
    return tuple(found)


def _alike(section: Section, other: Section) -> float:
    words = fuzz.ratio(section.heading, other.heading) if section.heading and other.heading else 0.0
    text = fuzz.ratio(section.text, other.text) if section.text and other.text else 0.0
    return max(words, text) if section.text and other.text else words


# -- sentences --------------------------------------------------------------------------------------


def _with_provenance(section: Section, origin: Section | None, old: Sequence[Section]) -> Section:
    """The section with the known sentences that survived in it; those of its origin first, then moved ones."""
    known = [(one, origin.text) for one in origin.sentences] if origin else []
    known += [(one, other.text) for other in old if other is not origin for one in other.sentences]
    taken: list[Span] = []
    kept: list[Sentence] = []
    own = len(origin.sentences) if origin else 0
    for number, (sentence, _) in enumerate(known):
        span = _found(section.text, sentence.text, taken, anywhere=number < own)
        if span is not None:
            taken.append(span)
            kept.append(_shifted(sentence, span))
    kept.sort(key=lambda one: one.span.start)
    notes = origin.notes if origin and origin.text == section.text else ()
    return replace(section, sentences=tuple(kept), notes=notes)


def _found(text: str, words: str, taken: Sequence[Span], *, anywhere: bool) -> Span | None:
    """Where `words` stand in `text` and nothing else was found; short ones of other sections are no proof."""
    if not words or (not anywhere and len(words) < 12):
        return None
    at = text.find(words)
    while at >= 0:
        span = Span(at, at + len(words))
        if not any(one.start < span.end and span.start < one.end for one in taken):
            return span
        at = text.find(words, at + 1)
    return None


def _shifted(sentence: Sentence, span: Span) -> Sentence:
    by = span.start - sentence.span.start
    spans = tuple(Span(one.start + by, one.end + by) for one in sentence.connective_spans)
    return replace(sentence, span=span, connective_spans=spans)


# -- what changed -----------------------------------------------------------------------------------


def _changes(
    old: Sequence[Section], sections: Sequence[Section], origins: Sequence[int | None]
) -> list[SectionChange]:
    found: list[SectionChange] = []
    highest = -1
    for number, (section, origin) in enumerate(zip(sections, origins, strict=True)):
        if origin is None:
            edits = tuple(("", one) for one in _sentences(section.text))
            found.append(SectionChange("added", section.heading, None, number, edits=edits))
            continue
        before = old[origin]
        edits = _edits(before.text, section.text)
        renamed = bare(before.heading) != bare(section.heading)
        fate: SectionFate = "edited" if edits or renamed else "same"
        moved = origin < highest
        highest = max(highest, origin)
        found.append(SectionChange(fate, section.heading, origin, number, moved, renamed, edits))
    gone = [at for at in range(len(old)) if at not in origins and (old[at].heading or old[at].text.strip())]
    return found + [
        SectionChange(
            "removed", old[at].heading, at, None, edits=tuple((one, "") for one in _sentences(old[at].text))
        )
        for at in gone
    ]


def _edits(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """Sentences that are not in both: each old one with the new one that is most like it."""
    old, new = _sentences(before), _sentences(after)
    gone = _less(old, new)
    come = _less(new, old)
    found: list[tuple[str, str]] = []
    for words in gone:
        best = max(come, key=lambda one: fuzz.ratio(words, one), default="")
        if best and fuzz.ratio(words, best) >= _LIKE_SENTENCE:
            come.remove(best)
            found.append((words, best))
        else:
            found.append((words, ""))
    return (*found, *(("", one) for one in come))


def _less(these: Sequence[str], those: Sequence[str]) -> list[str]:
    """`these` without those that stand in `those` too, each counted once."""
    left = [bare(one) for one in those]
    kept = []
    for one in these:
        if bare(one) in left:
            left.remove(bare(one))
        else:
            kept.append(one)
    return kept


def _sentences(text: str) -> list[str]:
    return [
        words
        for line in text.split("\n")
        for span in sentences(line)
        if (words := line[span.start : span.end].strip())
    ]


# -- comments ---------------------------------------------------------------------------------------


def _review(path: Path, given_out: Path | None) -> tuple[tuple[CommentState, ...], tuple[TrackedChange, ...]]:
    """Comments with what became of them, and tracked changes; a file that is no .docx has neither."""
    if path.suffix.lower() != ".docx":
        return (), ()
    found = read_reviewed(path)
    before = list(read_reviewed(given_out).comments) if given_out else []
    left = {(one.author, one.text) for one in before}
    now = {(one.author, one.text) for one in found.comments}
    states = [CommentState(one, _fate(one, left, bool(given_out))) for one in found.comments]
    states += [CommentState(one, "deleted") for one in before if (one.author, one.text) not in now]
    return tuple(states), found.changes


def _fate(comment: Comment, before: set[tuple[str, str]], compared: bool) -> CommentFate:
    if comment.resolved:
        return "resolved"
    if comment.answers:
        return "answered"
    return "new" if compared and (comment.author, comment.text) not in before else "open"
