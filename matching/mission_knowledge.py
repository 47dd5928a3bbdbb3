"""A fitted mission classifier as documents and arrays, and back, for the missions of today.

Weights are kept as whole numbers from -127 to 127 with one scale for each mission.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.knowledge import Knowledge, shipped
from matching.mission_classifier import MissionClassifier, vectoriser

_STEPS = 127


def pack(
    model: MissionClassifier,
    *,
    tag_terms: Mapping[str, Sequence[str]],
    causes: Mapping[str, Sequence[str]],
    name_words: Mapping[str, Sequence[str]],
) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """What `from_knowledge` needs. Raises ValueError for a model that no labelled text taught."""
    words = model.vectoriser_
    if words is None:
        raise ValueError("No labelled text taught this model: there is nothing to keep.")
    largest = np.abs(model.coef_).max(axis=0)
    scale = np.where(largest > 0, largest, 1.0) / _STEPS
    documents = {
        "missions/codes": list(model.missions_),
        "missions/terms": words.get_feature_names_out().tolist(),
        "missions/labelled": model.labelled_.tolist(),
        "missions/causes": {code: list(tags) for code, tags in causes.items()},
        "missions/tag_terms": {code: list(terms) for code, terms in tag_terms.items()},
        "missions/name_words": {code: list(words) for code, words in name_words.items()},
    }
    arrays = {
        "missions/weights": np.rint(model.coef_ / scale).astype(np.int8),
        "missions/scale": scale.astype(np.float32),
        "missions/idf": words.idf_.astype(np.float16),
        "missions/curves": np.vstack([model.curves_, model.untaught_curve_]).astype(np.float32),
    }
    return documents, arrays


def from_knowledge(
    knowledge: Knowledge | None = None,
    *,
    missions: Sequence[str] | None = None,
    causes: Mapping[str, Sequence[str]] | None = None,
    came_from: Mapping[str, str] | None = None,
    name_words: Mapping[str, Sequence[str]] | None = None,
    **parameters: Any,
) -> MissionClassifier:
    """A ready classifier for the current missions.

    Parameters:
        knowledge: What was built; None takes what ships with the project.

        missions: Current codes; None takes those it was built with. A code that no text taught is judged
            by the words of its cause tags, or of its name, and is seldom sure.

        causes: Cause tags of each mission today; None takes those it was built with.

        came_from: For a renamed mission, the code it was taught under.

        name_words: Words of the name of each mission without cause tags.

        parameters: Of MissionClassifier, as `min_probability`.
    """
    known = knowledge or shipped()
    held = {key.removeprefix("missions/"): value for key, value in known.documents.items()}
    current = tuple(missions if missions is not None else held["codes"])
    lexicon = {
        code: _lexicon(code, causes or held["causes"], name_words or held["name_words"], held["tag_terms"])
        for code in current
    }
    model = MissionClassifier(missions=current, lexicon=lexicon, **parameters).fit([], [])
    words = vectoriser(vocabulary=held["terms"])
    words.idf_ = known.arrays["missions/idf"].astype(np.float64)
    model.vectoriser_ = words
    _teach(model, held, known.arrays, came_from or {})
    return model


def _lexicon(
    code: str,
    causes: Mapping[str, Sequence[str]],
    name_words: Mapping[str, Sequence[str]],
    tag_terms: Mapping[str, Sequence[str]],
) -> list[str]:
    by_tags = [term for tag in causes.get(code, ()) for term in tag_terms.get(tag, ())]
    return by_tags or list(name_words.get(code, ()))


def _teach(
    model: MissionClassifier,
    held: Mapping[str, Any],
    arrays: Mapping[str, NDArray[Any]],
    came_from: Mapping[str, str],
) -> None:
    """Put the learnt weights and curves of each mission in its column of today."""
    weights = arrays["missions/weights"] * arrays["missions/scale"].astype(np.float64)
    curves = arrays["missions/curves"].astype(np.float64)
    learnt_at = {code: column for column, code in enumerate(held["codes"])}
    model.coef_ = np.zeros((len(weights), len(model.missions_)))
    model.untaught_curve_ = curves[-1]
    model.curves_ = np.tile(curves[-1], (len(model.missions_), 1))
    for column, code in enumerate(model.missions_):
        learnt = learnt_at.get(came_from.get(code, code))
        if learnt is not None:
            model.labelled_[column] = held["labelled"][learnt]
            model.coef_[:, column], model.curves_[column] = weights[:, learnt], curves[learnt]
    model.taught_ = model.labelled_ >= model.min_labelled
