"""Question -> cited, verified answer."""

from assistant.chat.answer import Answer, Consulted, RouteName, Series, Statement, Table
from assistant.chat.chat import NOTHING, ROUTES, Chat, ChatEvent, Finished, Told, Understood
from assistant.chat.scope import Scope

__all__ = [
    "NOTHING",
    "ROUTES",
    "Answer",
    "Chat",
    "ChatEvent",
    "Consulted",
    "Finished",
    "RouteName",
    "Scope",
    "Series",
    "Statement",
    "Table",
    "Told",
    "Understood",
]
