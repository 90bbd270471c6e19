"""Catalogue (the truth), vectors and keywords (derived), ingest, search, repair."""
