"""Text to quantities to claims: exact spans, exact decimals, no model."""
