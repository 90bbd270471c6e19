"""A free answer by a model: it writes sentences with passage numbers; each is verified before it is shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from langchain_core.language_models import BaseChatModel
from langchain_core.output_parsers import StrOutputParser
from langchain_core.runnables import Runnable

from assistant import llm
from assistant.chat.answer import Statement
from assistant.chat.asked import Asked
from assistant.chat.extracts import extracts
from assistant.chat.fence import Evidence, fenced, is_order
from assistant.chat.matching import SURE, match
from assistant.chat.overlap import coverage, pairs, telling
from assistant.chat.reading import cite
from assistant.chat.verify import misattributed, unsupported
from assistant.errors import ModelAnswerInvalid, ModelError, Said
from assistant.quantities import bind_text, extract
from assistant.records import Citation, Passage

_SENTENCE = re.compile(r"\s*(.+?(?:[。！？；\n]+|$))((?:\s*\[\d{1,2}\])*)", re.S)
_READY = re.compile(r"[。！？；\n](?:\s*\[\d{1,2}\])*\s*(?=[^\[\s。！？；\d\]])")
_REFERENCE = re.compile(r"\s*\[(\d{1,2})\]")
_WHETHER = re.compile("吗|是否|是不是|有没有|了没|能否|可否")
_NONE = re.compile(r"没有找到|未找到|没有相关|无法回答|没有提到|未提及|无相关")
_SHARE = 0.4
"""A sentence must have this share of its character pairs from what it cites."""
_CARRIED = 0.7
"""A sentence whose passage is found by code must have this share of its character pairs from one sentence."""
_ABOUT = 0.3
"""A sentence and what it quotes must have this share of the question's telling pairs."""
_LONGEST = 4_000  # characters of a whole answer; more is a model that runs away


@dataclass(slots=True)
class Writing:
    """One answer being written; iterate `stream`, then read what was left out and whether it broke off or was stopped."""

    asked: Asked
    passages: Sequence[Passage]
    model: BaseChatModel
    stopped: Callable[[], bool] = field(default=lambda: False)
    left_out: list[str] = field(default_factory=list)
    dropped_orders: int = 0
    fault: ModelError | None = None
    refused: bool = False
    halted: bool = False

    def stream(self) -> Iterator[Statement]:
        """The sentences that hold, one by one as the model writes them; a broken model ends it, kept in `fault`."""
        evidence = fenced(self.passages)
        self.dropped_orders = evidence.dropped
        if not evidence.passages:
            return
        said: set[str] = set()
        try:
            for sentence, numbers in self._sentences(evidence):
                statement = self._verified(sentence, numbers, evidence)
                if statement is not None and statement.text not in said:
                    said.add(statement.text)
                    yield statement
        except ModelError as error:
            self.fault = error

    def _sentences(self, evidence: Evidence) -> Iterator[tuple[str, tuple[int, ...]]]:
        """Whole sentences out of the streamed pieces, with the passage numbers that they name."""
        question = {"question": self.asked.text, "mark": evidence.mark, "evidence": evidence.text}
        waiting, length = "", 0
        with llm.model_errors():
            for piece in _pieces(self.model, question):
                self.halted = self.stopped()
                if self.halted:
                    return
                length += len(piece)
                waiting += piece
                while ready := _READY.search(waiting):
                    yield from _split(waiting[: ready.end()])
                    waiting = waiting[ready.end() :]
                if length > _LONGEST:
                    return  # what waits is the beginning of a sentence
        yield from _split(waiting)

    def _verified(self, sentence: str, numbers: Sequence[int], evidence: Evidence) -> Statement | None:
        """The sentence with the spans that carry it, or None with the reason in `left_out`."""
        if _NONE.search(sentence):
            self.refused = True
            return None
        cited = [evidence.passages[n - 1] for n in numbers if 1 <= n <= len(evidence.passages)]
        named = tuple(_best(sentence, passage) for passage in cited)
        reason = self._reason(sentence, named) if named else Said("没有注明依据", "it names no source")
        carried = named if not reason else _carrier(sentence, evidence.passages)
        if reason and (not carried or self._reason(sentence, carried)):
            self.left_out.append(reason)
            return None
        return Statement(sentence, carried)

    def _reason(self, sentence: str, citations: Sequence[Citation]) -> str:
        """Why a sentence with these citations is not shown; empty when it is."""
        return _fault(sentence, citations, self.asked.text) or _aside(sentence, citations, self.asked)


def chain(model: BaseChatModel) -> Runnable[dict[str, str], str]:
    """The answering chain: prompt, model, text."""
    return llm.prompt("chat-answer") | model | StrOutputParser()


def _pieces(model: BaseChatModel, question: dict[str, str]) -> Iterator[str]:
    """The streamed answer; LangChain tells an answer without any piece as a ValueError."""
    try:
        yield from chain(model).stream(question)
    except ValueError as error:
        raise ModelAnswerInvalid(reason=Said("没有内容", "it is empty")) from error


def _split(text: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    for found in _SENTENCE.finditer(text):
        numbers = tuple(int(number) for number in _REFERENCE.findall(found[1] + found[2]))
        sentence = _REFERENCE.sub("", found[1]).strip()
        if len(sentence) > 1:
            yield sentence.rstrip("。；！？\n") + "。", tuple(dict.fromkeys(numbers))


def _best(sentence: str, passage: Passage) -> Citation:
    """The sentence of the passage that carries the statement best."""
    found = extracts(pairs(sentence), [passage])
    return cite(passage, found[0].span) if found else cite(passage)


def _carrier(sentence: str, passages: Sequence[Passage]) -> tuple[Citation, ...]:
    """The one sentence of the passages that carries a statement which named none, or a wrong one; empty: there is none.

    Small models forget the numbers. What is cited is found by code then, and asked to carry nearly all of it.
    """
    wanted = pairs(sentence)
    found = max(extracts(wanted, passages), key=lambda one: coverage(wanted, one.text), default=None)
    if found is None or coverage(wanted, found.text) < _CARRIED:
        return ()
    return (cite(found.passage, found.span),)


def _fault(sentence: str, citations: Sequence[Citation], known: str) -> str:
    """Why a sentence is not shown; empty when it is carried by what it cites."""
    if is_order(sentence):
        return Said("含有指令文字", "it holds an order to a model")
    missing = unsupported(sentence, citations, known)
    if missing:
        return Said(f"“{missing[0]}”在引用处查不到", f"“{missing[0]}” is not in what it cites")
    wrong = misattributed(sentence, citations)
    if wrong:
        return Said(
            f"“{wrong[0]}”在引用处说的是别的指标", f"“{wrong[0]}” is of another indicator in what it cites"
        )
    held = " ".join(f"{one.title} {one.quote}" for one in citations)
    return (
        ""
        if coverage(pairs(sentence), f"{held} {known}") >= _SHARE
        else Said("引用处没有这个意思", "what it cites does not say so")
    )


def _aside(sentence: str, citations: Sequence[Citation], asked: Asked) -> str:
    """Why a true sentence is no answer; empty when it is one.

    A question for a figure wants the figure of its own matter, named in the sentence; the question's own words
    alone (中央财政赤字，某县，2013年。) are no answer to anything.
    """
    if not pairs(sentence) - pairs(asked.text) and not _WHETHER.search(asked.text):
        return Said("只是重复了问题", "it only repeats the question")
    if asked.matter and asked.wants("value") and extract(sentence):
        claims = bind_text(sentence)
        found = (match(asked, sentence, claim, None) for claim in claims)
        return (
            ""
            if any(one is not None and one.score >= SURE for one in found)
            else Said("说的不是所问的指标", "it is not of the indicator asked for")
        )
    held = " ".join(
        (sentence, *(f"{one.title} {' '.join(one.heading_path)} {one.quote}" for one in citations))
    )
    return "" if coverage(telling(asked.rest), held) >= _ABOUT else "答非所问"
