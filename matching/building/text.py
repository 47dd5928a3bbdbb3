"""Word vectors for `matching.text_vectors`, learnt from public texts without any label.

1. Count words of the background texts; keep those that at least three texts have.
2. Damp counts, weight by inverse document frequency, scale each text to length 1.
3. Take the 64 largest singular directions; each word's row, scaled to length 1, is its vector.
4. From texts that read like placements (charities, government, the demonstration, each group counting the
   same), take out the mean direction and half of the difference in spread between directions.
5. Keep the vectors as whole numbers from -127 to 127 with one scale a direction.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, diags_array
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS
from sklearn.preprocessing import normalize
from sklearn.utils.extmath import randomized_svd

from matching.building import background
from matching.text_vectors import DIMENSIONS, word_counter

FEWEST_TEXTS = 3
WHITENING = 0.5
_LEAST_SPREAD = 0.01

Floats = NDArray[np.floating[Any]]


def build(data: Path, reference: Path) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """The documents and arrays of `text/`. Raises FileNotFoundError where a source is missing."""
    style = [
        background.charities(data),
        background.government(data),
        background.placements(reference),
    ]
    texts = [
        *background.occupations(data),
        *background.skills(data),
        *(text for group in style for text in group),
    ]
    counter = word_counter(stop_words=sorted(ENGLISH_STOP_WORDS), min_df=FEWEST_TEXTS)
    counts = csr_array(counter.fit_transform(texts))
    idf = background.idf_of(counts)
    vectors = _word_vectors(_weighted(counts, idf))
    vectors = vectors @ _flattening([_weighted(counter.transform(group), idf) @ vectors for group in style])
    steps, scale = background.in_steps(vectors)
    return (
        {"text/words": counter.get_feature_names_out().tolist()},
        {
            "text/vectors": steps,
            "text/scale": scale,
            "text/idf": idf.astype(np.float32),
        },
    )


def _weighted(counts: Any, idf: Floats) -> csr_array[Any]:
    damped = csr_array(counts, copy=True)
    damped.data = 1 + np.log(damped.data)
    return csr_array(normalize(damped @ diags_array(idf)))


def _word_vectors(texts: csr_array[Any]) -> Floats:
    size = min(DIMENSIONS, min(texts.shape) - 1)
    _, _, directions = randomized_svd(texts, size, random_state=0, n_iter=4)
    padded = np.zeros((texts.shape[1], DIMENSIONS))
    padded[:, :size] = directions.T
    return np.asarray(normalize(padded))


def _flattening(groups: list[Floats]) -> Floats:
    """The (64, 64) map that takes out the mean direction and evens out the spread by half."""
    lengths = [normalize(np.asarray(group)) for group in groups]
    mean = np.mean([group.mean(axis=0) for group in lengths], axis=0)
    mean = mean / max(float(np.linalg.norm(mean)), np.finfo(float).tiny)
    without = np.eye(DIMENSIONS) - np.outer(mean, mean)
    rest = [normalize(group @ without) for group in lengths]
    spread, axes = np.linalg.eigh(np.mean([group.T @ group / len(group) for group in rest], axis=0))
    spread = np.maximum(spread, _LEAST_SPREAD * spread.max())
    return np.asarray(without @ (axes * spread ** (-WHITENING / 2)))
