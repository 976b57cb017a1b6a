"""`python -m benchmarks.reading_order.topics`: learns what the text core knows of topics, and writes it.

What belongs here: the texts that it is learned from, fitting. What does not: how a reading is told by its topics
(`pipeline.text.layout.topics`).

A topic is a theme of the codebook, since thousands of statements are coded by these. Statements of the hands whose
reports are development or test pages here are left out, and so are those of no hand, which share sentences with both.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator

import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from benchmarks.coding.gold import PHRASES
from benchmarks.reading_order.texts import learned_from
from pipeline.text.language import load_language
from pipeline.text.layout.topics import FILE, all_features

COMMAND = "python -m benchmarks.reading_order.topics"
THEME = "theme"
# Tried on development reports: inverse strength of regularisation, and by how much log-odds are then too modest for it.
SOFTNESS, SHARPER = 2.0, 1.5
_ROUNDS, _TOLERANCE = 300, 1e-3  # of the optimiser
_STEPS = 127  # weights are shipped in eight bits


def examples() -> Iterator[tuple[str, str]]:
    """Yield the statements and phrases that have a theme, with it."""
    for document in learned_from():
        for item, codes in zip(document.inputs, document.codes, strict=True):
            yield from ((item.text, theme) for theme in codes.get(THEME, ())[:1])
    phrases = pd.read_csv(PHRASES, sep="\t", dtype=str).dropna(subset=[THEME])
    yield from zip(phrases["text"], phrases[THEME], strict=True)


def main() -> int:
    """Learn and write; return 0."""
    argparse.ArgumentParser(description=__doc__).parse_args()  # takes nothing, and says so before it learns
    found = list(examples())
    told, themes = [text for text, _ in found], [theme for _, theme in found]
    counter = TfidfVectorizer(analyzer=all_features, binary=True, min_df=2)
    model = LogisticRegression(C=SOFTNESS, max_iter=_ROUNDS, tol=_TOLERANCE)
    model.fit(counter.fit_transform(told).astype(np.float32), themes)
    weights = SHARPER * counter.idf_[:, None] * model.coef_.T
    steps = np.abs(weights).max(axis=0) / _STEPS
    path = load_language("nl").folder / FILE
    np.savez_compressed(
        path,
        terms=counter.get_feature_names_out().astype(str),
        weights=np.rint(weights / steps).astype(np.int8),
        steps=steps.astype(np.float32),
        idf=counter.idf_.astype(np.float32),
        constants=(SHARPER * model.intercept_).astype(np.float32),
        usual=np.array([themes.count(theme) / len(themes) for theme in model.classes_], np.float32),
    )
    provenance = {
        "file": path.name,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "command": COMMAND,
        "texts": [
            {"name": "tests/gold/codings, development documents of most hands", "licence": "of this project"},
            {"name": "benchmarks/coding/phrases.tsv", "licence": "of this project"},
        ],
        "texts_sha256": hashlib.sha256("\n".join(map("\t".join, found)).encode()).hexdigest(),
        "statements": len(found),
        "holds": "word forms, how words begin and end, and fitted weights; no text",
    }
    path.with_suffix(".json").write_text(json.dumps(provenance, indent=1) + "\n", encoding="utf-8")
    print(f"{path.name}: {len(counter.idf_)} features, {path.stat().st_size / 1e6:.1f} MB, {len(found)} statements")
    return 0


if __name__ == "__main__":
    sys.exit(main())
