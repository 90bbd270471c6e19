"""What a person can do; the only thing the command line and the page call."""
