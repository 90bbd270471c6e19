"""One difference between a file and a style, and the ways to find it among many paragraphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from assistant.errors import Language, Said
from assistant.export.gbt9704 import Type
from assistant.export.measured import MeasuredParagraph
from assistant.export.typefaces import family
from assistant.wording import Wording

SIZE_TOLERANCE = 0.3  # points
_INDENT_TOLERANCE = 0.35  # characters
_Value = TypeVar("_Value", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Deviation:
    """One difference. `clause` is of GB/T 9704-2012, empty where only an office's style is concerned.

    `count` of `total` places have it, `place` is the first. `by`: read in the file, or measured on the pages.
    """

    item: str
    clause: str
    standard: Said
    found: Said
    place: Said
    count: int = 1
    total: int = 1
    by: Literal["file", "page"] = "file"


def say(key: str, **details: object) -> Said:
    """Words of the layout check in both languages; a detail may itself be in both."""

    def told(language: Language) -> str:
        given = {
            name: getattr(value, language) if isinstance(value, Said) else value
            for name, value in details.items()
        }
        return Wording("assistant.export", "layout.yaml", language).say(key, **given)

    return Said(told("zh"), told("en"))


def typed(part: str, clause: str, rows: Sequence[MeasuredParagraph], wanted: Type) -> Iterator[Deviation]:
    """Font, size and weight of one part."""
    yield from odd_ones(
        f"{part}.font",
        clause,
        rows,
        lambda one: family(one.run.east) == family(wanted.font),
        lambda one: Said(one.run.east, one.run.east) if one.run.east else say("said.unnamed"),
        Said(wanted.font, wanted.font),
    )
    yield from odd_ones(
        f"{part}.size",
        clause,
        rows,
        lambda one: abs(one.run.size - wanted.size) <= SIZE_TOLERANCE,
        lambda one: size_said(one.run.size),
        size_said(wanted.size),
    )
    yield from odd_ones(
        f"{part}.bold",
        clause,
        rows,
        lambda one: one.run.bold == wanted.bold,
        lambda one: say("said.bold" if one.run.bold else "said.plain"),
        say("said.bold" if wanted.bold else "said.plain"),
    )


def indents(item: str, clause: str, rows: Sequence[MeasuredParagraph], wanted: float) -> Iterator[Deviation]:
    """First lines that begin elsewhere than `wanted` characters in."""

    def said(characters: float) -> Said:
        return say("said.characters", value=short(characters)) if characters else say("said.flush")

    yield from odd_ones(
        item,
        clause,
        rows,
        lambda one: abs(start_of(one) - wanted) <= _INDENT_TOLERANCE,
        lambda one: said(round(start_of(one), 1)),
        said(wanted),
    )


def start_of(one: MeasuredParagraph) -> float:
    """Where the first line begins, in characters from the margin."""
    own = one.form.left_chars
    return (one.form.left / one.run.size if own is None else own) + one.first_characters


def odd_ones(
    item: str,
    clause: str,
    rows: Sequence[MeasuredParagraph],
    fits: Callable[[MeasuredParagraph], bool],
    found: Callable[[MeasuredParagraph], Said],
    wanted: Said,
) -> Iterator[Deviation]:
    """One deviation for each value that differs, with how many paragraphs have it and where the first is."""
    odd = [(found(one), one) for one in rows if not fits(one)]
    for value, count in Counter(value for value, _ in odd).most_common():
        first = next(one for other, one in odd if other == value)
        place = say("place.paragraph", number=first.number, text=_opening(first.text))
        yield Deviation(item, clause, wanted, value, place, count, len(rows))


def most(values: Iterable[_Value]) -> _Value | None:
    """The value that is there most often."""
    common = Counter(values).most_common(1)
    return common[0][0] if common else None


def _opening(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 12 else f"{line[:12]}…"


def align_said(one: MeasuredParagraph) -> Said:
    """How a paragraph is aligned; justified text counts as left."""
    return side_said("left" if one.form.align in ("both", "distribute") else one.form.align)


def millimetres(value: float) -> Said:
    """A length."""
    return say("said.millimetres", value=f"{round(value, 1):g}")


def size_said(points: float) -> Said:
    """A type size, with its Chinese name where it has one."""
    key = f"size.{short(points)}"
    known = key in Wording("assistant.export", "layout.yaml")
    if known:
        return say("said.size", name=say(key), value=short(points))
    return say("said.points", value=short(points))


def short(value: float) -> str:
    """At most two decimals, none where there are none."""
    return f"{round(value, 2):g}"


def side_said(side: str) -> Said:
    """Left, centred or right."""
    return say(f"said.{side}") if side in ("left", "center", "right") else Said(side, side)
