"""Source file to Documents; one format a file, limits checked before parsing."""
