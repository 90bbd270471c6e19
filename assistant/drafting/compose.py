"""Asking the model: phrases for the groups of a section, or whole sentences, and reading its answer.

The system message (role, rules, the report's style) is the same for all sections, byte for byte, so that a
server's prompt cache serves it from the second section on. Figures never reach the model in the phrase way:
they are masked, it has no use for them.
"""

from __future__ import annotations

import re
import secrets
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.runnables import Runnable

from assistant.drafting.grammar import ORDINALS, group_label, phrase_grammar, sentence_grammar
from assistant.drafting.masking import mask_figures
from assistant.drafting.plan import SectionPlan
from assistant.drafting.words import main_fields
from assistant.errors import ModelAnswerInvalid, Said
from assistant.llm import model_errors, prompt, supports_grammar, with_grammar
from assistant.settings import Settings

Way = Literal["phrases", "sentences"]
_T = TypeVar("_T")
_Model = Runnable[LanguageModelInput, AIMessage]

_LINE = re.compile(r"^\s*(?:第\s*([一二三四五六七八九十\d]{1,2})\s*组|(主题))\s*[：:]\s*(.+?)\s*$", re.M)
_MOST_PIECES = 4000
_MOST_TEXT = 40_000
_MOST_SHOWN = 72


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model offers for a paragraph: a theme, and for each group (from 0) its options, best unknown."""

    theme: str = ""
    options: dict[int, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Composer:
    """A chat model with the settings and the style (already fenced) that all sections share."""

    chat: BaseChatModel
    settings: Settings
    style: str = ""
    way: Way = "phrases"

    def ask(self, plan: SectionPlan, sample: str = "", *, again: frozenset[int] | None = None) -> Answer:
        """The model's answer for `plan`; `again` asks anew, more freely, for some groups only.

        Raises:
            ModelError: the model failed; nothing of its answer is used.
        """
        return _last(self.growing(plan, sample, again=again), Answer())

    def growing(
        self, plan: SectionPlan, sample: str = "", *, again: frozenset[int] | None = None
    ) -> Iterator[Answer]:
        """The answer as far as it has come, at each line that is complete, and whole at the end.

        Raises:
            ModelError: the model failed.
        """
        numbers = self._numbers(plan) if again is None else sorted(again)
        theme = plan.theme and again is None
        if not numbers and not theme:
            return
        messages = self.messages(plan, sample, numbers)
        model = self._model(len(numbers), theme=theme, temperature=0.3 if again is None else 0.9)
        text, lines = "", 0
        for text in self._said(model, messages):
            if text.count("\n") > lines:
                lines = text.count("\n")
                yield self._read(text[: text.rindex("\n")], numbers)
        yield self._read(text, numbers)

    def rewrite(self, facts: str, sentence: str, fault: str) -> str:
        """One sentence again, with its fault named; used with models that write whole sentences."""
        messages = prompt("draft-sentence-again").format_messages(facts=facts, sentence=sentence, fault=fault)
        return _last(self._said(self.chat.bind(temperature=0.3, max_tokens=800), messages), "").strip()

    def theme(self, plan: SectionPlan) -> str:
        """A theme alone for the section, more freely than the first time; empty when there is none.

        Raises:
            ModelError: the model failed.
        """
        messages = self.messages(plan, "", range(len(plan.groups)))
        text = _last(self._said(self._model(0, theme=True, temperature=0.9), messages), "")
        return self._read(text, ()).theme

    def reworded(self, sentence: str, literals: Sequence[str], instruction: str, fault: str) -> str:
        """A sentence as an instruction asks, with the fault of the last attempt named; unverified.

        Where the endpoint knows grammars, it has the `literals` once and in order.

        Raises:
            ModelError: the model failed.
        """
        messages = prompt("draft-rewrite").format_messages(
            instruction=instruction, sentence=sentence, fault=fault or "无", mark=secrets.token_hex(6)
        )
        temperature = 0.7 if fault else 0.3
        model: _Model = self.chat
        if supports_grammar(self.settings):
            model = with_grammar(self.chat, sentence_grammar(literals))
        limit = 2 * len(sentence) + 60
        return _last(self._said(model.bind(temperature=temperature, max_tokens=limit), messages), "").strip()

    def messages(self, plan: SectionPlan, sample: str, numbers: Sequence[int]) -> list[BaseMessage]:
        """The whole prompt for some groups of a paragraph; its first message is equal for all of a report."""
        name = "draft-phrases" if self.way == "phrases" else "draft-sentences"
        groups = "\n".join(
            f"{group_label(place)}{self._shown(plan.groups[number].text)}"
            for place, number in enumerate(numbers)
        )
        state = "（计划，尚未完成）" if plan.ahead else ""
        return prompt(name).format_messages(
            style=self.style, heading=f"{plan.heading}{state}", groups=f"{sample}\n{groups}".strip()
        )

    def _shown(self, text: str) -> str:
        if self.way == "sentences":
            return f"：{text}"
        names = main_fields(text)[:2]
        return (f"（{'、'.join(names)}）" if names else "") + f"：{_brief(mask_figures(text))}"

    def _numbers(self, plan: SectionPlan) -> list[int]:
        if self.way == "sentences":
            return list(range(len(plan.groups)))
        return [number for number, group in enumerate(plan.groups) if group.ask]

    def _read(self, text: str, numbers: Sequence[int]) -> Answer:
        """The answer with its groups numbered as in the plan."""
        answer = read_answer(text, options="｜" if self.way == "phrases" else "")
        placed = {numbers[at]: options for at, options in answer.options.items() if at < len(numbers)}
        return Answer(answer.theme, placed)

    def _model(self, count: int, *, theme: bool, temperature: float) -> _Model:
        limit = 60 * (count + theme) if self.way == "phrases" else 4000
        model: _Model = self.chat
        if self.way == "phrases" and supports_grammar(self.settings):
            model = with_grammar(self.chat, phrase_grammar(count, theme=theme))
        return model.bind(temperature=temperature, max_tokens=limit)

    def _said(self, model: _Model, messages: list[BaseMessage]) -> Iterator[str]:
        """The answer as far as it has come, piece by piece, up to a bound: an endpoint that never stops is left.

        A stream without a single piece is LangChain's `ValueError`, and no usable answer.
        """
        text = ""
        try:
            with model_errors(self.settings.chat_timeout):
                for number, piece in enumerate(model.stream(messages)):
                    text += str(piece.text)
                    yield text
                    if number >= _MOST_PIECES or len(text) > _MOST_TEXT:
                        return
        except ValueError as error:
            raise ModelAnswerInvalid(reason=Said("模型没有给出任何文字", "it said nothing at all")) from error


def read_answer(text: str, *, options: str) -> Answer:
    r"""The lines of an answer; lines of any other form are passed over.

    >>> read_answer("主题：强基础，促发展\n第一组：壮大队伍｜强化培训", options="｜").options
    {0: ('壮大队伍', '强化培训')}
    """
    theme = ""
    found: dict[int, tuple[str, ...]] = {}
    for match in _LINE.finditer(text):
        ordinal, is_theme, rest = match.groups()
        if is_theme:
            theme = theme or rest.rstrip("。")
            continue
        number = int(ordinal) - 1 if ordinal.isdecimal() else ORDINALS.index(ordinal[0])
        parts = re.split("[｜|]", rest) if options else [rest]
        found.setdefault(
            number, tuple(part.strip().rstrip("。；") if options else part.strip() for part in parts)
        )
    return Answer(theme, found)


def _brief(text: str) -> str:
    """As much of a group as its matter needs: a model reads 90 characters a second here."""
    if len(text) <= _MOST_SHOWN:
        return text
    cut = max(text.rfind(sign, 0, _MOST_SHOWN) for sign in "；，、")
    return text[: cut if cut > _MOST_SHOWN // 2 else _MOST_SHOWN]


def _last(growing: Iterator[_T], otherwise: _T) -> _T:
    """What has grown, once it is whole."""
    whole = deque(growing, maxlen=1)
    return whole[0] if whole else otherwise
