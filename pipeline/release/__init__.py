"""Releases: from streams of rows to an immutable, verified version of the dataset, and its face for every portal.

What belongs here: writing, versioning, comparing, verifying and storing releases, and one module per portal format.
What does not: how rows come about (`pipeline.stages`), what columns mean (`schemas.tables`), Dagster.
"""
