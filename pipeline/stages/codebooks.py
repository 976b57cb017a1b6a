"""Codebooks by the names that sources give, and the coders that code with them; each is read once a process.

What belongs here: where codebooks and lexicons are, and what a name stands for. What does not: reading and checking
them (`pipeline.coding`), coding (`pipeline.stages.code`).
"""

from collections.abc import Mapping
from functools import cache

from pipeline.coding.codebook import Codebook, load_codebook
from pipeline.coding.coder import NAME as PROGRAM
from pipeline.coding.coder import Coder
from pipeline.coding.lexicon import Lexicon, learned_from, load_lexicon
from pipeline.coding.second import SecondCoder
from pipeline.source_metadata import CODEBOOKS
from pipeline.text.language import load_language

LEXICONS = CODEBOOKS.parent / "lexicons"


@cache
def codebook(name: str) -> Codebook:
    """Return the codebook of this name.

    Raises:
        FileError: when its file is not what it must be.
    """
    return load_codebook(CODEBOOKS / f"{name}.yaml")


@cache
def coder_of(name: str, language: str) -> Coder:
    """Return the coder of a codebook.

    Args:
        name: Of the codebook.
        language: ISO 639-1 code of the texts.

    Raises:
        FileError: when the lexicon's file is not what it must be.
    """
    return Coder(codebook(name), _lexicon(name), load_language(language))


@cache
def second_coder(name: str) -> SecondCoder | None:
    """Return the second coder of a codebook; None when none was learned for it."""
    path = LEXICONS / f"{name}.second.npz"
    return SecondCoder(learned_from(path, codebook(name))) if path.is_file() else None


def program_of(name: str) -> Mapping[str, str]:
    """Return what the codes of a codebook are given with, as a row of the working table `programs`."""
    book, lexicon = codebook(name), _lexicon(name)
    made_with = {"lexicon_version": lexicon.version, "lexicon_sha256": lexicon.sha256}
    return {"coder": PROGRAM, "codebook": book.id, "codebook_version": book.version, **made_with}


@cache
def _lexicon(name: str) -> Lexicon:
    return load_lexicon(LEXICONS / f"{name}.yaml", codebook(name))
