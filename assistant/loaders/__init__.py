"""Source file to Documents; one format a file, limits checked before parsing."""

from assistant.loaders.formats import FORMATS, Format, format_of
from assistant.loaders.load import MAX_BYTES, load, load_text

__all__ = ["FORMATS", "MAX_BYTES", "Format", "format_of", "load", "load_text"]
