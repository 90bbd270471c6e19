"""A Word file as its zip parts: what is not touched is written again byte for byte.

A word processor's own parts (styles, settings, headers, others' comments) are never parsed and written anew
unless something in them has to change.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docx.oxml.ns import nsmap
from lxml import etree

from assistant.errors import ExportError, InputError, Said
from assistant.export.files import replacing
from assistant.loaders.guard import accept

MAIN = "word/document.xml"
Element = Any  # lxml has no types for mypy
MAX_PART = 80 * 1024 * 1024  # parsing takes several times as much
_MAX_BYTES = 100 * 1024 * 1024
_TYPES = "[Content_Types].xml"
_TYPES_NS = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONS_NS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


class WordFile:
    """The parts of one file, by name.

    `tree` parses a part once; the parts that were asked for with it are serialised anew by `save`, so ask
    with `read` where nothing is to be changed.
    """

    def __init__(self, data: bytes, name: str = "") -> None:
        self._name = name
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self._entries = {entry.filename: (entry, archive.read(entry)) for entry in archive.infolist()}
        self._trees: dict[str, Element] = {}
        self._new: list[str] = []

    @classmethod
    def open(cls, path: Path) -> WordFile:
        """The file at `path`, within the limits of the loaders.

        Raises:
            ExportError: it is no sound Word file.
        """
        try:
            data, kind = accept(path, _MAX_BYTES)
            if kind.name != "docx":
                raise ExportError(name=path.name, reason=_NO_DOCX)
            found = cls(data, path.name)
            if found.tree(MAIN).find(f"{{{nsmap['w']}}}body") is None:
                raise ExportError(name=path.name, reason=_UNSOUND)
        except InputError as error:
            details = error.details.get("reason")
            raise ExportError(name=path.name, reason=details or _UNSOUND) from error
        except (zipfile.BadZipFile, zlib.error, KeyError) as error:
            raise ExportError(name=path.name, reason=_UNSOUND) from error
        return found

    def tree(self, name: str) -> Element:
        """The root element of a part, to be changed in place.

        Raises:
            KeyError: there is no such part.
            ExportError: its XML is broken.
        """
        if name not in self._trees:
            self._trees[name] = self._parsed(name)
        return self._trees[name]

    def read(self, name: str) -> Element | None:
        """A root element that is only looked at; `None` when there is no such part."""
        if name in self._trees:
            return self._trees[name]
        return self._parsed(name) if name in self._entries else None

    def _parsed(self, name: str) -> Element:
        """A part's root; entities are never resolved and nothing is fetched. Raises ExportError."""
        data = self._entries[name][1]
        if len(data) > MAX_PART:
            limit = MAX_PART // 1024 // 1024
            raise ExportError(
                name=self._name, reason=Said(f"正文超过 {limit} MB", f"its text is larger than {limit} MB")
            )
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise ExportError(name=self._name, reason=_UNSOUND) from error

    def related(self, kind: str) -> str | None:
        """The name of the part that the document relates to as `kind` (`comments`, `footnotes`)."""
        return self._relation(lambda one: one.get("Type", "").endswith(f"/relationships/{kind}"))

    def target(self, relation: str) -> str | None:
        """The name of the part that the document relates to by this id."""
        return self._relation(lambda one: one.get("Id") == relation)

    def _relation(self, wanted: Callable[[Element], bool]) -> str | None:
        relations = self.read(_relations_of(MAIN))
        for relation in relations.iterchildren("*") if relations is not None else ():
            if wanted(relation):
                folder = posixpath.dirname(MAIN)
                name = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
                return name if name in self._entries or name in self._trees else None
        return None

    def add(self, name: str, root: Element, kind: str, content_type: str) -> None:
        """A new part that the document relates to as `kind`."""
        self._trees[name] = root
        self._new.append(name)
        types = self.tree(_TYPES)
        if not any(one.get("PartName") == f"/{name}" for one in types.iterchildren("*")):
            etree.SubElement(types, f"{_TYPES_NS}Override", PartName=f"/{name}", ContentType=content_type)
        relations = self.tree(_relations_of(MAIN))
        taken = {relation.get("Id") for relation in relations.iterchildren("*")}
        number = next(number for number in range(1, len(taken) + 2) if f"rIdA{number}" not in taken)
        etree.SubElement(
            relations,
            f"{_RELATIONS_NS}Relationship",
            Id=f"rIdA{number}",
            Type=_RELATION + kind,
            Target=posixpath.relpath(name, posixpath.dirname(MAIN)),
        )

    def save(self, path: Path) -> None:
        """Write the file, whole or not at all.

        Raises:
            ExportError: the folder or the file cannot be written.
        """
        with replacing(path) as temporary, zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, (entry, data) in self._entries.items():
                fresh = zipfile.ZipInfo(name, entry.date_time)  # its other fields tell of the old bytes
                fresh.compress_type, fresh.external_attr = entry.compress_type, entry.external_attr
                archive.writestr(fresh, self._bytes(name) if name in self._trees else data)
            for name in self._new:
                archive.writestr(name, self._bytes(name))

    def _bytes(self, name: str) -> bytes:
        found: bytes = etree.tostring(
            self._trees[name], xml_declaration=True, encoding="UTF-8", standalone=True
        )
        return found


_NO_DOCX = Said(zh="不是 .docx 文件，请先另存为 .docx", en="it is no .docx file; save it as .docx first")
_UNSOUND = Said(zh="原文不是完好的 Word 文件", en="the draft is not a sound Word file")


def _relations_of(name: str) -> str:
    folder, base = posixpath.split(name)
    return f"{folder}/_rels/{base}.rels"
