"""Question -> events -> answer: the one way in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from langchain_core.language_models import BaseChatModel

from assistant.archive import Archive
from assistant.chat.answer import Answer, Consulted, Reply, RouteName, Statement
from assistant.chat.asked import Asked, understand
from assistant.chat.commitment import commitment
from assistant.chat.english import ADVICE, in_chinese
from assistant.chat.extracts import candidates, free, nearest, section_passages, summary, where
from assistant.chat.followup import written_out
from assistant.chat.policy import policy
from assistant.chat.reading import Reader
from assistant.chat.router import route
from assistant.chat.scope import Scope
from assistant.chat.series import series
from assistant.chat.values import comparison, value
from assistant.chat.verify import unsupported
from assistant.chat.words import simplified
from assistant.chat.writing import Writing
from assistant.errors import Said, in_language

NOTHING = "资料库中没有找到"
_EMPTY = Said("资料库是空的。", "The archive is empty.")
_MOST_READ = 12
_EVERYWHERE = Scope()
Routes = dict[RouteName, Callable[[Asked, Reader], Reply]]
ROUTES: Routes = {
    "value": value,
    "series": series,
    "comparison": comparison,
    "policy": policy,
    "commitment": commitment,
    "summary": summary,
    "find": where,
    "free": free,
}
"""What answers each kind of question without a model."""
_NEXT: dict[RouteName, RouteName] = {"value": "policy", "policy": "value"}
"""Where to look next when a kind of question found nothing and has the words of another."""
WRITTEN: tuple[RouteName, ...] = ("free", "summary")
"""The kinds that a model puts into words; figures, policies and places are not left to it."""


@dataclass(frozen=True, slots=True)
class Understood:
    """The question was understood so; comes first."""

    asked: str
    route: RouteName


@dataclass(frozen=True, slots=True)
class Told:
    """One verified statement, as soon as there is one."""

    statement: Statement


@dataclass(frozen=True, slots=True)
class Finished:
    """The whole answer; comes last."""

    answer: Answer


ChatEvent = Understood | Told | Finished


def _going_on() -> bool:
    return False


class Chat:
    """Answers questions out of one archive within a scope.

    Without `model` everything is answered by code; with one, the kinds of question in `written` are put into
    words by it, sentence by sentence verified. `today` dates 去年. `stopped` is asked while the model writes: once
    it is true, nothing more is asked of the model, and what was verified is the answer.
    """

    def __init__(
        self,
        archive: Archive,
        *,
        model: BaseChatModel | None = None,
        scope: Scope = _EVERYWHERE,
        today: Callable[[], date] = date.today,
        written: Collection[RouteName] = WRITTEN,
        stopped: Callable[[], bool] = _going_on,
    ) -> None:
        self._reader = Reader(archive, scope)
        self._model = model
        self._today = today
        self._written = frozenset(written)
        self._stopped = stopped

    def answer(self, question: str, last: str = "") -> Answer:
        """The answer in one piece; `last` is the question before it, as it was understood.

        Raises:
            QueryInvalid: the question is empty or longer than 2,000 characters.
        """
        events = list(self.stream(question, last))
        finished = events[-1]
        assert isinstance(finished, Finished)
        return finished.answer

    def stream(self, question: str, last: str = "") -> Iterator[ChatEvent]:
        """The events of answering; every statement is verified before it is given out.

        Raises:
            QueryInvalid: as `answer`.
        """
        reader = self._reader
        chinese = in_chinese(question.strip())
        whole = written_out(simplified(chinese.text), last, reader.documents, self._today())
        asked = understand(whole, reader.documents, self._today())
        asked = replace(asked, strangers=(*asked.strangers, *chinese.unknown))
        kind = route(asked)
        yield Understood(whole, kind)
        base = Answer(question=question.strip(), asked=whole, route=kind, scope=reader.scope)
        if not reader.documents:
            yield Finished(
                replace(
                    base,
                    notes=(
                        _EMPTY
                        if not reader.scope
                        else Said("所选范围内没有资料。", "There is nothing in the chosen scope."),
                    ),
                )
            )
            return
        if self._model is not None and not asked.strangers and kind in self._written:
            yield from self._write(self._model, base, asked)
        else:
            yield from self._read(base, asked)

    def _read(self, base: Answer, asked: Asked) -> Iterator[ChatEvent]:
        """Answer by code alone."""
        base, reply = self._replied(base, asked)
        kept, notes = _verified(reply.statements, asked)
        for statement in kept:
            yield Told(statement)
        yield Finished(self._finished(base, asked, replace(reply, statements=kept), notes))

    def _replied(self, base: Answer, asked: Asked) -> tuple[Answer, Reply]:
        """What the route says, or the next one that the words allow; nothing about places that are not here."""
        if asked.strangers:
            return base, Reply(notes=_unknown(asked.strangers))
        reply = ROUTES[base.route](asked, self._reader)
        other = _NEXT.get(base.route)
        if reply.statements or other is None or not asked.wants(other):
            return base, reply
        following = ROUTES[other](asked, self._reader)
        return (replace(base, route=other), following) if following.statements else (base, reply)

    def _write(self, model: BaseChatModel, base: Answer, asked: Asked) -> Iterator[ChatEvent]:
        """Answer in a model's words; what is left when it fails at once is answered by code."""
        passages = section_passages(asked, self._reader) if base.route == "summary" else []
        passages = passages or candidates(asked, self._reader, 6)
        writing = Writing(asked, passages, model, self._stopped)
        statements: list[Statement] = []
        for statement in writing.stream():
            statements.append(statement)
            yield Told(statement)
        notes = _notes(writing)
        if not statements and not writing.halted and (writing.fault or writing.left_out):
            base, reply = self._replied(base, asked)
            kept, more = _verified(reply.statements, asked)
            for statement in kept:
                yield Told(statement)
            notes = [
                *notes,
                *more,
                *(
                    [Said("以下为资料原文摘录。", "What follows are the very words of the sources.")]
                    if kept
                    else []
                ),
            ]
            yield Finished(self._finished(base, asked, replace(reply, statements=kept), notes))
            return
        read = tuple(dict.fromkeys(passage.document_id for passage in passages))
        finished = self._finished(base, asked, Reply(tuple(statements), read=read), notes)
        name = str(getattr(model, "model_name", "") or model._llm_type)
        broken = writing.halted or writing.fault is not None
        yield Finished(replace(finished, incomplete=broken, model=name))

    def _finished(self, base: Answer, asked: Asked, reply: Reply, notes: Sequence[Said]) -> Answer:
        declined = not reply.statements
        return replace(
            base,
            statements=reply.statements,
            nearest=nearest(asked, self._reader) if declined else (),
            consulted=self._consulted(reply),
            notes=(*reply.notes, *notes, *(self._missing(asked) if declined else ())),
            table=reply.table,
            series=reply.series,
        )

    def _consulted(self, reply: Reply) -> tuple[Consulted, ...]:
        """The documents that were cited, then the others that were read."""
        cited = [one.document_id for statement in reply.statements for one in statement.citations]
        by_id = {item.id: item for item in self._reader.documents}
        ids = [found for found in dict.fromkeys((*cited, *reply.read)) if found in by_id]
        return tuple(Consulted(found, by_id[found].title, by_id[found].year) for found in ids[:_MOST_READ])

    def _missing(self, asked: Asked) -> list[Said]:
        """Which year the archive has nothing of, and which years it has."""
        items = self._reader.about(asked)
        held = sorted({item.year for item in items if item.year})
        missing = [year for year in asked.years if not self._reader.of_year(asked, year)]
        if not missing or not held:
            return []
        years = "、".join(f"{year}年" for year in missing)
        have = Said.joined((f"{year}年" for year in held), "、", ", ")
        english = f"Nothing on “{', '.join(map(str, missing))}”; there is “{have.en}”."
        return [Said(f"没有{years}的资料；现有{have}。", english)]


def _unknown(names: Sequence[str]) -> tuple[Said, ...]:
    """That these places or words are not in the archive; English ones together, with what to do about it."""
    english = [name for name in names if name.isascii()]
    told = [
        Said(f"资料库中没有“{name}”的资料。", f"The archive has nothing on “{name}”.")
        for name in names
        if not name.isascii()
    ]
    words = Said.joined(english[:6], "、", ", ")
    unread = Said(f"没有读懂“{words}”。{ADVICE}", f"“{words.en}” was not understood. {ADVICE.en}")
    return (*told, unread) if english else tuple(told)


def unfinished(reason: Said) -> Said:
    """The note of an answer that broke off for `reason`, a whole sentence without its stop."""
    return Said(f"回答没有写完：{reason}", f"The answer is not finished: {reason.en}")


def _verified(statements: Sequence[Statement], asked: Asked) -> tuple[tuple[Statement, ...], list[Said]]:
    """The statements that their citations carry; what is left out is said."""
    kept, notes = [], []
    for one in statements:
        missing = unsupported(one.text, one.citations, asked.text, one.computed)
        if missing or not one.citations:
            notes.append(
                Said(
                    f"略去一句：“{(missing or [one.text])[0]}”在引用处查不到。",
                    f"One sentence was left out: “{(missing or [one.text])[0]}” is not in what it cites.",
                )
            )
        else:
            kept.append(one)
    return tuple(kept), notes


def _notes(writing: Writing) -> list[Said]:
    notes = []
    if writing.dropped_orders:
        notes.append(
            Said(
                f"资料中有{writing.dropped_orders}句像是写给模型的指令，没有采用。",
                f"{writing.dropped_orders} sentences of the sources looked like orders to a model and were not used.",
            )
        )
    if writing.left_out:
        count, why = len(writing.left_out), writing.left_out[0]
        told = f"{count} sentences that could not be verified were left out ({in_language(why, 'en')})."
        notes.append(Said(f"略去{count}句不能核实的话（{why}）。", told))
    if writing.halted:
        notes.append(Said("回答没有写完：已按要求停止。", "The answer is not finished: it was stopped."))
    if writing.fault is not None:
        notes.append(unfinished(writing.fault.said))
    return notes
