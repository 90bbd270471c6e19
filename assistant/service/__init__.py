"""What a person can do; the only thing the command line and the page call.

Whoever calls names the owner of the data it touches. The command line has one: `LOCAL`.
"""

LOCAL = "local"
"""The owner of everything that is done on the command line."""
