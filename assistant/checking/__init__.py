"""A draft and its sources to findings; deterministic, no model."""
