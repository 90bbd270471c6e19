"""Report drafting assistant: facts in, a draft whose every figure walks back to its source out."""

__version__ = "0.1.0"
