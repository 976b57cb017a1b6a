"""What the text core knows of a language, as data.

What belongs here: loading the files of `languages/<code>/` and looking words up. What does not: any word, in any
language, written in code. A language is supported when its folder exists.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import simplemma
import wordfreq
import yaml

from pipeline.errors import PlainError

LANGUAGES = Path(__file__).parent / "languages"
YAML_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Reads data files ten times as fast where libyaml is."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its ISO 639-1 code, with its data folder.

    Attributes:
        code: ISO 639-1 code in lower case, for example `nl`.
        folder: Folder with one YAML (or binary weights) file per module of the text core that needs data.
    """

    code: str
    folder: Path = field(repr=False)

    def __hash__(self) -> int:
        """Return a hash by the code alone: what is asked of a language again and again is kept by it."""
        return hash(self.code)

    def data(self, name: str) -> Mapping[str, Any]:
        """Return the parsed `<name>.yaml` of the language; the same object on every call, so do not change it.

        Raises:
            PlainError: when the language has no such file.
        """
        return _read_yaml(self.folder, name)

    def words(self, name: str, words: str) -> frozenset[str]:
        """Return the words of a list in `<name>.yaml`, to be looked up."""
        return _words(self, name, words)

    def any_of(self, name: str, words: str) -> str:
        """Return a regular expression that matches any word of a list in `<name>.yaml`."""
        return _any_of(self, name, words)

    def zipf(self, word: str) -> float:
        """Return how common a word is on the Zipf scale (0 unknown, 8 most common), from wordfreq's lists."""
        return _zipf(word, self.code)

    def lemma(self, word: str) -> str:
        """Return the dictionary form of a word by simplemma, in lower case; the word itself when it is unknown."""
        return lemma_of(word, self.code)


def supported_languages() -> tuple[str, ...]:
    """Return the codes of the languages that have data, in alphabetical order."""
    return tuple(
        sorted(folder.name for folder in LANGUAGES.iterdir() if folder.is_dir() and not folder.name.startswith("_"))
    )


@cache
def load_language(code: str) -> Language:
    """Return the language with this code.

    Raises:
        PlainError: when there is no data for it; the message names the languages that there are.
    """
    folder = LANGUAGES / code
    if code not in supported_languages():
        known = ", ".join(supported_languages())
        raise PlainError(f"language '{code}' has no data in pipeline/text/languages; there is: {known}")
    return Language(code, folder)


@cache
def _read_yaml(folder: Path, name: str) -> Mapping[str, Any]:
    path = folder / f"{name}.yaml"
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        remedy = 'write it; see "Adding a language" in CONTRIBUTING.md'
        raise PlainError(f"language '{folder.name}' has no {path.name}; {remedy}") from error
    loaded: Mapping[str, Any] = yaml.load(text, Loader=YAML_LOADER)  # noqa: S506  a kind of SafeLoader
    return loaded


@cache
def _words(language: Language, name: str, words: str) -> frozenset[str]:
    return frozenset(language.data(name)[words])


@cache
def _any_of(language: Language, name: str, words: str) -> str:
    return "|".join(map(re.escape, language.data(name)[words]))


@lru_cache(maxsize=200_000)
def lemma_of(word: str, code: str) -> str:
    """Return the dictionary form of a word in the language of a code: what `Language.lemma` asks; of none, none."""
    return str(simplemma.lemmatize(word, lang=code)).lower().replace("_", "") if word else ""


@lru_cache(maxsize=200_000)
def _zipf(word: str, code: str) -> float:
    # Most parts of broken words that are tried make no word. To see that, plain letters need no tokenizer, which takes
    # twenty times as long.
    if word.isascii() and word.isalpha() and word.lower() not in wordfreq.get_frequency_dict(code):
        return 0.0
    return float(wordfreq.zipf_frequency(word, code))
