"""Errors for people.

What belongs here: the base of every error whose message is written for the user of the command. What does not: the
errors themselves; each stands beside the code that raises it.
"""


class PlainError(Exception):
    """Something that the user can mend; the message is one line that says what and how, and is printed as it is."""
