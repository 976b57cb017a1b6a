"""The file of weights, and the file beside it that says what it was made of.

What belongs here: writing both, and reading what an older file holds. What does not: learning.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.reading_order import texts
from benchmarks.reading_order.first import first_weights
from pipeline.text.layout.weights import NAMES, Weights

COMMAND = "python -m benchmarks.reading_order.train"


def save(path: Path, weights: Weights) -> None:
    """Write a weights file; the bytes depend on nothing but the weights."""
    arrays = {
        "opening": weights.opening, "closing": weights.closing, "words": np.array(list(weights.words)),
        "suffixes": np.array(list(weights.suffixes)), "features": np.array(list(weights.features)),
        **weights.network._asdict(), "title_words": weights.titles.words, "title_shapes": weights.titles.shapes,
        "names": np.array(NAMES), "values": np.round(weights.values, 4),
        "faces": np.array([list(face.values()) for face in weights.faces], dtype=np.int32),
        "alphabet": np.array([ord(c) for c in weights.faces[0]]),
        "levels": np.array(weights.levels), "worth": np.array(weights.worth),
    }  # fmt: skip
    with path.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **arrays)


def stored(path: Path) -> NDArray[np.float64]:
    """Return the weights that a file holds; those that it does not know yet are what anyone would guess."""
    with np.load(path, allow_pickle=False) as held:
        known = dict(zip(map(str, held["names"]), held["values"].tolist(), strict=True))
    return np.array([known.get(name, guess) for name, guess in zip(NAMES, first_weights().tolist(), strict=True)])


def write_provenance(
    path: Path, corpus: Sequence[str], arguments: Sequence[str], told_apart: Mapping[str, float]
) -> None:
    """Write what a weights file was made of.

    Args:
        path: The weights file.
        corpus: What words were learned from.
        arguments: Those of the command.
        told_apart: As `words_from` takes it.
    """
    _write(
        path,
        {
            "file": path.name,
            "sha256": _digest(path),
            "command": " ".join([COMMAND, *arguments]),
            "seeds": "fixed in the code; texts, arguments and library versions decide the rest",
            "holds": "word forms and endings, a network over them, character widths and fitted weights; no text",
            **words_from(corpus, told_apart),
        },
    )


def add_provenance(path: Path, arguments: str, words: Mapping[str, object] | None = None) -> None:
    """Add to what a weights file was made of that it was trained on, and what words were learned from, if anew."""
    known = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    command = f"{known['command']}; {COMMAND} {arguments}"
    _write(path, {**known, "sha256": _digest(path), "command": command, **(words or {})})


def words_from(corpus: Sequence[str], told_apart: Mapping[str, float]) -> dict[str, object]:
    """Return what words were learned from, and how well.

    Args:
        corpus: The texts.
        told_apart: By development texts, the share of true neighbours that are told from random words.
    """
    return {
        "texts": [{"name": name, "licence": licence} for name, licence in texts.LICENCES.items()],
        "texts_sha256": hashlib.sha256("\n".join(corpus).encode()).hexdigest(),
        "characters": sum(map(len, corpus)),
        "true_neighbours_told_from_random_words": dict(told_apart),
    }


def _write(path: Path, about: Mapping[str, object]) -> None:
    path.with_suffix(".json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
