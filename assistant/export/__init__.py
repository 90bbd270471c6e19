"""Drafts and findings out of the program: Word, Markdown, tables."""
