"""The two derived indexes of an archive: which numbered folder is current, and the swap to a new one."""

from __future__ import annotations

import threading
from pathlib import Path

from assistant.archive.catalogue import Catalogue, next_generation, put
from assistant.archive.keywords import Keywords
from assistant.archive.vectors import Vectors, chroma_version

_VECTORS, _KEYWORDS = "vectors", "keywords"


class Indexes:
    """Current vectors and keywords.

    The catalogue's `meta` says which number is current, so that a rebuild fills a new folder (or collection
    on a server) and takes its place in one write.
    """

    def __init__(self, catalogue: Catalogue, folder: Path, chroma_url: str = "") -> None:
        self._catalogue = catalogue
        self._folder = folder
        self._url = chroma_url
        self._lock = threading.RLock()
        self._generation = catalogue.generation
        self._numbers = self._read_numbers()
        self.vectors = self._vectors(self._numbers[0])
        self.keywords = self._keywords(self._numbers[1])

    def refresh(self) -> int:
        """Look again when another process has changed the archive; returns the generation now shown."""
        with self._lock:
            generation = self._catalogue.generation
            if generation != self._generation:
                self._generation = generation
                numbers = self._read_numbers()
                if numbers != self._numbers:
                    self.close()
                    self._numbers = numbers
                    self.vectors, self.keywords = self._vectors(numbers[0]), self._keywords(numbers[1])
                else:
                    self.vectors.reopen()
                    self.keywords.reopen()
            return generation

    def written(self, generation: int) -> None:
        """Note a change that was made through these very indexes: they show it already."""
        self._generation = generation

    def new_vectors(self) -> tuple[int, Vectors]:
        """An empty vector index beside the current one, with its number."""
        number = self._numbers[0] + 1
        fresh = self._vectors(number)
        fresh.drop()
        return number, fresh

    def new_keywords(self) -> tuple[int, Keywords]:
        """An empty keyword index beside the current one, with its number."""
        number = self._numbers[1] + 1
        fresh = self._keywords(number)
        fresh.drop()
        return number, fresh

    def swap_vectors(self, number: int, fresh: Vectors) -> None:
        """Make a filled vector index the current one and remove the former."""
        former = self.vectors
        self._swap({_VECTORS: str(number), "chroma": chroma_version()})
        self.vectors, self._numbers = fresh, (number, self._numbers[1])
        former.drop()

    def swap_keywords(self, number: int, fresh: Keywords) -> None:
        """Make a filled keyword index the current one and remove the former."""
        former = self.keywords
        self._swap({_KEYWORDS: str(number)})
        self.keywords, self._numbers = fresh, (self._numbers[0], number)
        former.drop()

    def leftovers(self) -> list[Path]:
        """Folders of a rebuild that was broken off."""
        current = {f"{_VECTORS}-{self._numbers[0]}", f"{_KEYWORDS}-{self._numbers[1]}"}
        found = (*self._folder.glob(f"{_VECTORS}-*"), *self._folder.glob(f"{_KEYWORDS}-*"))
        return sorted(path for path in found if path.name not in current)

    def close(self) -> None:
        """Let both go."""
        self.vectors.close()
        self.keywords.close()

    def _swap(self, values: dict[str, str]) -> None:
        with self._catalogue.write() as connection:
            put(connection, values)
            self._generation = next_generation(connection)

    def _read_numbers(self) -> tuple[int, int]:
        return int(self._catalogue.value(_VECTORS, "1")), int(self._catalogue.value(_KEYWORDS, "1"))

    def _vectors(self, number: int) -> Vectors:
        name = f"archive-{self._catalogue.value('archive')}-{number}"
        return Vectors(self._folder / f"{_VECTORS}-{number}", name, self._url)

    def _keywords(self, number: int) -> Keywords:
        return Keywords(self._folder / f"{_KEYWORDS}-{number}")
