"""Facts in, a draft out, every sentence with what it rests on.

`read_facts` reads what the writer gives, `propose_outline` finds headings where there are none, `Drafter`
writes: it plans sentences, locks the writer's clauses, lets the model add a theme and phrases (or whole
sentences that are verified claim by claim), and falls back to the plain facts where the model fails.
"""

from assistant.drafting.drafter import Drafter
from assistant.drafting.events import (
    DraftDone,
    DraftEvent,
    SectionDone,
    SectionFailed,
    SectionStarted,
    TextPiece,
)
from assistant.drafting.facts import facts_from_items, read_facts
from assistant.drafting.outline import has_outline, propose_outline
from assistant.drafting.verify import verify_section

__all__ = [
    "DraftDone",
    "DraftEvent",
    "Drafter",
    "SectionDone",
    "SectionFailed",
    "SectionStarted",
    "TextPiece",
    "facts_from_items",
    "has_outline",
    "propose_outline",
    "read_facts",
    "verify_section",
]
