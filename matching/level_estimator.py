"""The level from 1 to 10 that a job title speaks for, with the evidence, or that a person should look.

1. A grade code decides: the organisation's own code first, then the standard Civil Service grade.
2. In a civil society body, the role and the income band decide: a director of a micro charity is not a
   director of a large one.
3. Otherwise the title ladder gives a level that is not sure, since departments use words differently.
4. Prose (duties, behaviours) is supporting evidence. It never gives a level; where it reads far from the
   level of the title, a person should look.

What none of these knows has no level and needs a look.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.utils import Tags
from sklearn.utils.validation import check_is_fitted

from matching.knowledge import Knowledge, shipped
from matching.level_tables import Grade, LevelTables, Role, Rung, find_grade, find_role, find_rung
from matching.level_titles import charity_role, named_grades
from matching.protected_words import PROTECTED_WORDS
from matching.text_ridge import dual_weights

LOWEST, HIGHEST = 1, 10
TOP_ROLE = "chief_executive"


@dataclass(frozen=True, slots=True)
class LevelEstimate:
    """What a title says of seniority.

    Attributes:
        level: From 1 to 10; None where nothing is known.

        sure: True where a table of grades or roles decides.

        needs_a_look: True where a person should settle it.

        evidence: What was read, in plain words.
    """

    level: int | None
    sure: bool
    needs_a_look: bool
    evidence: tuple[str, ...]


UNKNOWN = LevelEstimate(None, False, True, ("No grade, role or title word is known here.",))


class LevelEstimator(BaseEstimator):  # type: ignore[misc]
    """Levels from grade codes, charity roles and title words; never from prose alone.

    Parameters:
        far: Levels between the title and the prose from which a person should look.

        strength: Ridge penalty of the words of behaviour statements.

    Attributes:
        tables_: The rows that levels come from.

        vectoriser_: Words of the statements; None without statements.

        weights_: (n_terms,) what each word adds to the seniority that prose reads like.

        middle_: Mean level of the statements.

    Examples:
        >>> tables = LevelTables(grades=[Grade("*", "SEO", 5)], rungs=[Rung("head of", 7)])
        >>> model = LevelEstimator().fit(tables)
        >>> [found.level for found in model.predict(["Policy lead (SEO)", "Head of policy", "Wizard"])]
        [5, 7, None]
    """

    def __init__(self, *, far: float = 3.0, strength: float = 0.5) -> None:
        self.far = far
        self.strength = strength

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.input_tags.string, tags.input_tags.one_d_array = True, True
        tags.input_tags.two_d_array = False
        return tags

    @classmethod
    def from_knowledge(cls, knowledge: Knowledge | None = None, **parameters: Any) -> Self:
        """A ready estimator from what was built (None: from what ships with the project)."""
        held = (knowledge or shipped()).documents
        return cls(**parameters).fit(
            LevelTables(
                grades=[Grade(*row) for row in held["levels/grades"]],
                roles=[Role(*row) for row in held["levels/roles"]],
                rungs=[Rung(*row) for row in held["levels/rungs"]],
                statements=[(text, level) for text, level in held["levels/statements"]],
            )
        )

    def fit(self, tables: LevelTables, y: None = None) -> Self:
        """Keep the tables and learn how the statements of each level are worded."""
        self.tables_ = tables
        self.vectoriser_, self.weights_, self.middle_ = None, np.zeros(0), 0.0
        if tables.statements:
            texts, levels = zip(*tables.statements, strict=True)
            self.vectoriser_ = TfidfVectorizer(
                ngram_range=(1, 2),
                sublinear_tf=True,
                strip_accents="unicode",
                stop_words=sorted(PROTECTED_WORDS),
            )
            read = self.vectoriser_.fit_transform(texts)
            targets = np.asarray(levels, dtype=float).reshape(-1, 1)
            gram = np.asarray((read @ read.T).todense())
            self.weights_ = (read.T @ dual_weights(gram, targets, self.strength)).ravel()
            self.middle_ = float(targets.mean())
        return self

    def predict(
        self,
        titles: Sequence[str],
        *,
        organisation: str | Sequence[str | None] | None = None,
        income_band: str | Sequence[str | None] | None = None,
        prose: str | Sequence[str | None] | None = None,
    ) -> list[LevelEstimate]:
        """The level of each title.

        Parameters:
            titles: n job titles, or grade codes.

            organisation: Key of the grade table of each organisation (as `DfT`), or one for all.

            income_band: Band of a civil society body; None for government.

            prose: Duties or behaviours, as supporting evidence.

        Raises:
            ValueError: a sequence has another length than the titles.
        """
        check_is_fitted(self, "tables_")
        columns = [_each(values, len(titles)) for values in (organisation, income_band, prose)]
        return [self._estimate(*row) for row in zip(titles, *columns, strict=True)]

    def seniority(self, titles: Sequence[str]) -> NDArray[np.float64]:
        """Numbers that order titles of one line of work, junior first; not levels to show anyone.

        Within a level the order of the ladder's rows decides: lead comes after senior.
        """
        check_is_fitted(self, "tables_")
        place = {row.word: (row.level, order) for order, row in enumerate(self.tables_.rungs)}
        found = [find_rung(self.tables_.rungs, title) for title in titles]
        order = [place[rung.word] if rung else (0, 0) for rung in found]
        return np.array([level + row / (1 + len(place)) for level, row in order])

    def prose_level(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """The level that duties or behaviours read like, (n,): evidence beside a title, never a level."""
        check_is_fitted(self, "tables_")
        if self.vectoriser_ is None or not len(texts):
            return np.full(len(texts), np.nan)
        return np.asarray(self.vectoriser_.transform(texts) @ self.weights_ + self.middle_)

    def _estimate(
        self, title: str, organisation: str | None, income_band: str | None, prose: str | None
    ) -> LevelEstimate:
        if income_band is None:
            found = self._by_grade(title, organisation) or self._by_rung(title)
        else:
            found = self._by_role(title, income_band)
        return self._beside(found or UNKNOWN, prose)

    def _by_grade(self, title: str, organisation: str | None) -> LevelEstimate | None:
        whole = find_grade(self.tables_.grades, organisation, title)
        rows = [whole] if whole else named_grades(self.tables_.grades, organisation, title)
        if not rows:
            return None
        words = tuple(f"The grade {row.native_code} is level {row.level}." for row in rows)
        levels = {row.level for row in rows}
        if len(levels) > 1:
            return LevelEstimate(None, False, True, words)
        return LevelEstimate(levels.pop(), True, False, words[:1])

    def _by_role(self, title: str, income_band: str) -> LevelEstimate | None:
        role, steps = charity_role(title) or (title, 0)
        row = find_role(self.tables_.roles, role, income_band)
        if row is None:
            return None
        top = find_role(self.tables_.roles, TOP_ROLE, income_band)
        level = min(max(row.level + steps, LOWEST), top.level if top else HIGHEST)
        name = role.replace("_", " ").lower()
        words = f"The role {name} is level {row.level} in a charity of this income ({income_band})."
        if not steps:
            return LevelEstimate(level, True, False, (words,))
        return LevelEstimate(level, False, False, (words, f"A word before it moves it to level {level}."))

    def _by_rung(self, title: str) -> LevelEstimate | None:
        rung = find_rung(self.tables_.rungs, title)
        if rung is None or not rung.word:
            return None
        words = f"The title word “{rung.word}” usually means level {rung.level}; departments differ."
        return LevelEstimate(rung.level, False, False, (words,))

    def _beside(self, found: LevelEstimate, prose: str | None) -> LevelEstimate:
        if not prose or not prose.strip() or self.vectoriser_ is None:
            return found
        read = float(self.prose_level([prose])[0])
        words = f"The duties read like level {min(max(round(read), LOWEST), HIGHEST)}."
        far = found.level is not None and abs(read - found.level) >= self.far
        return replace(found, needs_a_look=found.needs_a_look or far, evidence=(*found.evidence, words))


def _each(values: str | Sequence[str | None] | None, count: int) -> list[str | None]:
    """One value for each title."""
    if values is None or isinstance(values, str):
        return [values] * count
    if len(values) != count:
        raise ValueError("Give one value for each title, or one for all.")
    return list(values)
