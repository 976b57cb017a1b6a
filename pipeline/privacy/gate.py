"""The gate: no text is published before it is clear, redacted or withheld.

What belongs here: judging the texts of a document, remembering what is clear, failing closed. What does not: how one
text is judged (`rules`).
"""

import logging
from collections.abc import Sequence
from functools import cache, cached_property
from hashlib import blake2b

from pipeline.privacy.model import Judgement
from pipeline.privacy.rules import Rules
from pipeline.text.language import Language, load_language

_LOG = logging.getLogger(__name__)
_REMEMBERED = 1_000_000
"""Clear texts that a gate remembers, in a hundred megabytes; then it forgets all of them, since a daemon lives on."""


class Gate:
    """Judges texts of one language; the same text always gets the same answer. Loads at the first text, not before."""

    def __init__(self, language: Language, *, rules_alone: bool = False) -> None:
        """Take a language; the rules alone are what the second opinion is learned beside."""
        self._language, self._rules_alone = language, rules_alone
        self._clear: set[bytes] = set()

    def is_clear(self, text: str) -> bool:
        """Return whether a text may be published as it stands.

        What this gate found clear before it knows again by the whole text; any other text it judges.
        """
        return _digest(text) in self._clear or self.judge(text).privacy == "clear"

    def judge_all(self, texts: Sequence[str]) -> list[Judgement]:
        """Return the judgements of the texts of one document: a name that is found in one goes from the others too."""
        judged = [self.judge(text) for text in texts]
        pairs = list(zip(texts, judged, strict=True))
        names = frozenset(part for text, one in pairs for part in self._rules.names(text, one))
        if not names:
            return judged
        return [self.judge(text, names) if self._rules.mentions(text, names) else one for text, one in pairs]

    def judge(self, text: str, known: frozenset[str] = frozenset()) -> Judgement:
        """Return whether a text may be published, and what it then says.

        Args:
            text: The text.
            known: Names that stand elsewhere in the document.

        Whatever the text, an error while judging it withholds it with the trigger `error`, and says so in the log
        without the text.

        Raises:
            MissingListsError: when the word lists are not installed: then no text can be judged at all.
            MissingWeightsError: when the weights of the second opinion are not: the same.
        """
        rules = self._rules
        try:
            judgement = rules.judge(text, known)
        except Exception as error:  # noqa: BLE001 - whatever goes wrong, the text must not pass
            _LOG.error(
                "privacy gate failed (%s); the text of %d characters is withheld", type(error).__name__, len(text)
            )
            return Judgement("withheld", None, triggers=("error",))
        if judgement.privacy == "clear" and not known:
            self._remember(text)
        return judgement

    def _remember(self, text: str) -> None:
        if len(self._clear) >= _REMEMBERED:
            self._clear.clear()
        self._clear.add(_digest(text))

    @cached_property
    def _rules(self) -> Rules:
        return Rules(self._language, second=not self._rules_alone)


@cache
def load_gate(language: str) -> Gate:
    """Return the gate of the language of a code; one a process, since its lists and weights take seconds to load."""
    return Gate(load_language(language))


def _digest(text: str) -> bytes:
    # Half of a surrogate pair is a text too.
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
