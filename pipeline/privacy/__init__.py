"""Keeps what identifies a person out of what is published.

What belongs here: finding identifying details in one text and saying whether it may be published, changed or not. What
does not: removing the same characters from other tables (the release does, by offsets), coding, and any word in any
language: those are data under `pipeline/text/languages/<code>/privacy*.yaml`.
"""
