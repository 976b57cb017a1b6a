"""Names, places and ordinary words, loaded once per language.

What belongs here: reading word lists. The lists of first names, surnames, villages and streets are those of the
`deduce` package; only its data are read, since building its own matcher takes twenty seconds. What does not: judging.
"""

import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path

from simplemma.strategies.dictionaries.dictionary_factory import DEFAULT_DICTIONARY_FACTORY

from pipeline.privacy.endings import Endings, endings_of, inflect
from pipeline.text.language import Language

UNSEEN = 2.0
"""Below this Zipf frequency a word with a capital that is in no list is taken for a name. Of 56 first names of many
languages 1.0 missed 14 and 2.0 three, for one more clean sentence of 737; 2.6 missed two, for three sentences more."""
COMMON = 4.95
"""From here on a word in small letters is some other word: "anders" is a name too."""
SHORTEST = 3
"""Nouns of so few letters are rare."""
LONG = 5
"""Of so many letters a word is no abbreviation."""
# Words this common (Zipf) are no names at the start of a sentence, whatever a list of names says: "aan", "met".
_FUNCTION_WORD = 5.8
# A word that is seen this often (Zipf) is one, though no dictionary has it.
_SEEN = 1.5
_LONGEST = 60
"""No word of the dictionary has more letters, nor has a compound twice as many."""
_SHORT = 3
"""A word that is no longer than this is no second part of a compound."""
_LISTS = Path("data", "lookup", "src")


class MissingListsError(RuntimeError):
    """The word lists that the gate cannot do without are not installed."""


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """What is known about single words.

    Attributes:
        language: For word frequencies.
        first_names: As written, with a capital.
        surnames: As written, without what stands before them (`van der`).
        villages: Named places smaller than a municipality.
        streets: Names of streets.
        municipalities: As written.
        never: Lower-cased words that are no names of persons.
        sooner: Those of them that are far sooner a first name when they are written as one: "Sam", but not "GRETA".
        endings: How words end.
        dictionary: Ordinary words, lower case, with their lemmas; also holds some names.
    """

    language: Language
    first_names: frozenset[str] = field(repr=False)
    surnames: frozenset[str] = field(repr=False)
    villages: frozenset[str] = field(repr=False)
    streets: frozenset[str] = field(repr=False)
    municipalities: frozenset[str] = field(repr=False)
    never: frozenset[str] = field(repr=False)
    sooner: frozenset[str] = field(repr=False)
    endings: Endings
    dictionary: Mapping[str, str] = field(repr=False)

    def is_word(self, word: str) -> bool:
        """Whether it is an ordinary word, or a compound of two."""
        return _is_word(word.casefold(), self)

    def ends_as_many(self, word: str) -> bool:
        """Whether a word, lower case, ends as plurals and infinitives do."""
        return word.endswith(self.endings.many)

    def is_infinitive(self, word: str) -> bool:
        """Whether a word, lower case, may be an infinitive: it ends as these do and is a lemma."""
        return self.ends_as_many(word) and self.dictionary.get(word) == word

    def is_finite(self, word: str) -> bool:
        """Whether a word, lower case, is a form of a verb, and neither an infinitive nor a plural."""
        lemma = self.dictionary.get(word, word)
        return lemma != word and lemma.endswith(self.endings.doing) and not self.ends_as_many(word)

    def ends_in_word(self, word: str, letters: int = 5) -> bool:
        """Whether its end is an ordinary word of so many letters or more: then it may be a compound."""
        lower = word.casefold()
        first = max(2, len(lower) - _LONGEST)
        return any(lower[cut:] in self.dictionary for cut in range(first, len(lower) - letters + 1))

    def is_long_compound(self, word: str) -> bool:
        """Whether it starts with an ordinary word of four letters or more and ends in one of five or more."""
        lower = word.casefold()
        if self.ends_in_word(lower, 7):
            return True  # a long ordinary word at the end is enough: "Istanbulverdrag"
        return self.ends_in_word(lower) and any(
            lower[:cut] in self.dictionary for cut in range(4, min(_LONGEST + 1, len(lower) - 4))
        )

    def is_made_of(self, word: str, starts: tuple[str, ...], ends: frozenset[str]) -> bool:
        """Whether a word, lower case, is one of some starts and a word of four letters or more, not of some ends."""
        if not word.startswith(starts):
            return False
        rests = (word[len(start) :].removeprefix("-") for start in starts if word.startswith(start))
        return any(len(rest) > _SHORT and rest in self.dictionary and rest not in ends for rest in rests)

    def last_part(self, word: str) -> int:
        """Return how many letters the last part of a compound of two ordinary words has at most; 0 when it is none."""
        return _last_part(word.casefold(), self)

    def is_seen_compound(self, word: str) -> bool:
        """Whether it is a word with one behind it that texts have and the dictionary has not.

        A plural ("webcrawlers") may follow a word of three letters, any other ("gijzelsoftware") one of four: of the
        listed surnames that are no words one in 270 has this form, and one in 70 would after three letters.
        """
        lower = word.casefold()
        many = lower.endswith(self.endings.loaned)
        first = 3 if many else 4
        return any(
            lower[:cut] in self.dictionary
            and self.language.zipf(lower[cut:]) >= _SEEN
            and (many or not self._is_listed(lower[cut:]))
            for cut in range(first, min(_LONGEST, len(lower)) - 5)
        )

    def is_term(self, word: str, thing: str, things: tuple[str, ...]) -> bool:
        """Whether a word that texts have and a word behind it that ends as things do are a term: "Haags Verdrag"."""
        ends = thing[:1].isupper() and thing.lower().endswith(things) and len(thing) > LONG
        return ends and thing not in self.surnames and self.language.zipf(word) >= UNSEEN

    def _is_listed(self, word: str) -> bool:
        """Whether a word, lower case, is a name of a person when it has a capital."""
        name = capitalized(word)
        return name in self.surnames or name in self.first_names

    def is_first_name(self, word: str) -> bool:
        """Whether it is a first name; a double one when its first part is."""
        listed = word in self.first_names or word.split("-", maxsplit=1)[0] in self.first_names
        return listed and not self.is_excluded(word) and self.language.zipf(word) < _FUNCTION_WORD

    def is_surname(self, word: str) -> bool:
        """Whether it is a surname; a double one when its first part is."""
        listed = word in self.surnames or word.split("-", maxsplit=1)[0] in self.surnames
        return listed and not self.is_excluded(word)

    def is_excluded(self, word: str) -> bool:
        """Whether it is known to be something else than a person: a country, a city, a ministry, an organisation."""
        if word in self.sooner:
            return False
        return word.casefold() in self.never or word.casefold().split("-")[0] in self.never


@lru_cache(maxsize=100_000)
def _is_word(word: str, lexicon: Lexicon) -> bool:
    return word in lexicon.dictionary or _last_part(word, lexicon) > 0


def _last_part(word: str, lexicon: Lexicon) -> int:
    """Return how many letters the last of two parts of some length has at most, when both are words; else 0."""
    for cut in range(max(4, len(word) - _LONGEST), min(_LONGEST + 2, len(word) - 3)):
        if word[cut:] in lexicon.dictionary and any(
            first in lexicon.dictionary for first in lexicon.endings.unlinked(word[:cut])
        ):
            return len(word) - cut
    return 0


def capitalized(word: str) -> str:
    """Return a word as a name is written: "IJzendoorn"."""
    return word.title() if not word.startswith("ij") else f"IJ{word[2:]}"


@cache
def load_lexicon(language: Language) -> Lexicon:
    """Return the lexicon of a language; a quarter of a second the first time.

    Raises:
        MissingListsError: when the word lists are not installed. There is no gate without them.
    """
    data, places = language.data("privacy"), language.data("privacy_places")
    cities = frozenset(_read("locations/lst_placename/lst_municipality")) | frozenset(places["municipalities"])
    outside = frozenset(places["no_residence"]) | frozenset(places["countries"]) | frozenset(places["foreign"]) | cities
    provinces = _read("locations/lst_placename/lst_province")
    names = language.data("privacy_names")
    first_names = frozenset(_read("names/lst_first_name")) | _all_of(names["first"])
    # "Noor" is a people and a girl: the girl must not leak.
    peoples = inflect(places["demonyms"], places["demonym_forms"]) - {name.casefold() for name in first_names}
    never = {str(word).casefold() for word in data["names"]["never"]} | peoples
    never |= {name.casefold() for name in (*outside, *provinces)}
    never |= {str(word).casefold() for words in language.data("privacy_known").values() for word in words}
    never |= {name.casefold() + ending for name in cities for ending in places["city_ends"]}
    return Lexicon(
        language=language,
        first_names=first_names,
        surnames=frozenset(_read("names/lst_surname"))
        | frozenset(_read("names/lst_interfix_surname"))
        | _all_of(names["last"]),
        villages=(frozenset(_read("locations/lst_placename/lst_residence")) - outside) | frozenset(places["quarters"]),
        streets=frozenset(_read("locations/lst_street")) - outside,
        municipalities=cities,
        never=frozenset(never),
        sooner=frozenset(data["names"]["sooner"]),
        endings=endings_of(data["endings"]),
        dictionary=DEFAULT_DICTIONARY_FACTORY.get_dictionary(language.code),
    )


def _all_of(names: Mapping[str, str]) -> frozenset[str]:
    """Return the names of all origins, which stand in a text each."""
    return frozenset(chain.from_iterable(text.split() for text in names.values()))


def _read(name: str) -> list[str]:
    spec = importlib.util.find_spec("deduce")
    if spec is None or not spec.submodule_search_locations:
        raise MissingListsError("the privacy gate needs the word lists of the package 'deduce': install it")
    path = Path(spec.submodule_search_locations[0]) / _LISTS / name / "items.txt"
    return [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
