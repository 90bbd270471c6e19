"""Findings that the writer set aside, by rule and sentence, in a small JSON file.

A finding stays set aside as long as its sentence stays as it is, whatever changes elsewhere in the draft;
once the sentence is edited, the finding is shown again.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.errors import FileUnreadable, QueryInvalid, Said
from assistant.export import write_text
from assistant.quantities import sentences
from assistant.records import Document, Finding, Span

VERSION = 1
_BLANKS = str.maketrans("", "", " \u3000\t\r\n")


@dataclass(frozen=True, slots=True)
class Entry:
    """One finding that is set aside: its rule, its sentence, and the words that it is about."""

    rule: str
    sentence: str
    words: str


class Ignored:
    """The file of one draft's ignored findings; read when made, written by `add` and `remove`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.entries = _read(path)

    def divide(
        self, document: Document, findings: Sequence[Finding]
    ) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
        """The findings that count, and those that are set aside."""
        known = set(self.entries)
        aside = [finding for finding in findings if entry_of(document, finding) in known]
        return tuple(finding for finding in findings if finding not in aside), tuple(aside)

    def add(self, drafts: Sequence[tuple[Document, Sequence[Finding]]], wanted: str) -> int:
        """Set aside the findings that `wanted` names, and write the list; returns how many.

        A number counts the findings in text order, those of a file's first report first.

        Raises:
            QueryInvalid: it names no finding.
        """
        pairs = [(document, finding) for document, found in drafts for finding in _in_order(found)]
        chosen = _chosen(pairs, wanted)
        self.entries += [entry for entry in dict.fromkeys(chosen) if entry not in self.entries]
        self._write()
        return len(chosen)

    def clear(self) -> int:
        """Count every finding again; returns how many entries there were."""
        count = len(self.entries)
        self.entries = []
        self._write()
        return count

    def _write(self) -> None:
        whole = {"version": VERSION, "ignored": [asdict(entry) for entry in self.entries]}
        write_text(self.path, json.dumps(whole, ensure_ascii=False, indent=2) + "\n")


def ignored_path(draft: Path, home: Path) -> Path:
    """Where the file is: beside the draft, or in the data folder for text on standard input."""
    if draft == Path("-"):
        return home / "stdin.ignored.json"
    return draft.with_name(f"{draft.name}.ignored.json")


def entry_of(document: Document, finding: Finding) -> Entry:
    """What a finding is known by, blanks apart."""
    sentence = sentence_at(document.text, finding.span)
    return Entry(finding.rule, _bare(sentence.of(document.text)), _bare(finding.span.of(document.text)))


def sentence_at(text: str, span: Span) -> Span:
    """The sentence that `span` begins in; a span outside of any sentence is its own."""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.start)
    line = text[start : end if end >= 0 else len(text)]
    for found in sentences(line):
        if found.start <= span.start - start < found.end:
            return found.shifted(start)
    return span


def _bare(text: str) -> str:
    return text.translate(_BLANKS)


def _in_order(findings: Sequence[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: (finding.span.start, finding.span.end))


def _chosen(pairs: Sequence[tuple[Document, Finding]], wanted: str) -> list[Entry]:
    if wanted.isdecimal():
        number = int(wanted)
        chosen = [entry_of(*pair) for pair in (pairs[number - 1 : number] if number else ())]
    else:
        rule, _, words = wanted.replace("：", ":", 1).partition(":")
        entries = [entry_of(*pair) for pair in pairs if pair[1].rule == rule.strip()]
        chosen = [entry for entry in entries if _bare(words) in entry.sentence]
    if not chosen:
        reason = Said(zh=f"没有与“{wanted}”对应的核对意见", en=f"no finding is named by “{wanted}”")
        raise QueryInvalid(reason=reason)
    return chosen


def _read(path: Path) -> list[Entry]:
    if not path.is_file():
        return []
    try:
        whole = json.loads(path.read_text(encoding="utf-8"))
        return [Entry(str(one["rule"]), str(one["sentence"]), str(one["words"])) for one in whole["ignored"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        reason = Said(zh="不是忽略清单", en="it is not a list of ignored findings")
        raise FileUnreadable(name=path.name, reason=reason) from error
