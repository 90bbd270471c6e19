"""The only door to models: chat, embeddings, the embedded defaults and the deterministic doubles.

Names are loaded when they are first used: model libraries take seconds to import, and `--help` needs none.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.llm.chat import chat_model, supports_grammar, with_grammar
    from assistant.llm.embedded import shutdown
    from assistant.llm.embeddings import embedding_model
    from assistant.llm.faults import model_errors
    from assistant.llm.prompts import prompt
    from assistant.llm.pulling import pull
    from assistant.llm.scripted import Fault, HashingEmbeddings, ObedientChatModel, ScriptedChatModel
    from assistant.llm.weights import WeightsStatus, status

_HOMES = {
    "Fault": "scripted",
    "HashingEmbeddings": "scripted",
    "ObedientChatModel": "scripted",
    "ScriptedChatModel": "scripted",
    "WeightsStatus": "weights",
    "chat_model": "chat",
    "embedding_model": "embeddings",
    "model_errors": "faults",
    "prompt": "prompts",
    "pull": "pulling",
    "shutdown": "embedded",
    "status": "weights",
    "supports_grammar": "chat",
    "with_grammar": "chat",
}

__all__ = [
    "Fault",
    "HashingEmbeddings",
    "ObedientChatModel",
    "ScriptedChatModel",
    "WeightsStatus",
    "chat_model",
    "embedding_model",
    "model_errors",
    "prompt",
    "pull",
    "shutdown",
    "status",
    "supports_grammar",
    "with_grammar",
]


def __getattr__(name: str) -> object:
    """The public name, from the module that holds it."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
