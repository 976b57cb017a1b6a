"""What the privacy gate must do with a text, for tests that give many.

What belongs here: a text stays, its details go, or it is withheld. What does not: texts.
"""

from collections.abc import Sequence

from pipeline.privacy.gate import load_gate


def assert_stays(text: str) -> None:
    judged = load_gate("nl").judge(text)
    assert judged.privacy == "clear", judged.text


def assert_go(text: str, details: Sequence[str]) -> None:
    judged = load_gate("nl").judge(text)
    assert judged.privacy == "withheld" or not any(one in (judged.text or "") for one in details), judged.text


def assert_withheld(text: str) -> None:
    assert load_gate("nl").judge(text).privacy == "withheld"
