"""The writer's desk: drafts with their revisions, their check, the writing that goes on, and the files that come out."""
