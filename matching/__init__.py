"""Who suits whom: ranking, explaining, checking eligibility and assigning, as pure functions on values."""

from matching.assignment import (
    METHODS,
    Assignment,
    Certificate,
    Unmatched,
    assign,
    blocking_pairs,
    why_unmatched,
)
from matching.eligibility import RULES, Rule, Ruling, check, eligibility_mask, eligible
from matching.encoded import EncodedApplicants, EncodedOffers
from matching.explanations import Change, Explanation, explain, what_would_change
from matching.fingerprints import CODE_VERSION, fingerprint, model_version
from matching.level_estimator import LevelEstimate, LevelEstimator
from matching.level_tables import LevelTables
from matching.mission_classifier import MissionClassifier, MissionEvidence
from matching.part_words import PartExplanation
from matching.profiles import MAX_SKILL_LEVEL, VETTING_RANKS, ApplicantProfile, OfferProfile, SkillNeed
from matching.ranking import SAME_SCORE_DECIMALS, Ranking, recommend
from matching.scorer import MatchScorer, PartScores
from matching.weights import PART_NAMES, Weights

__all__ = [
    "CODE_VERSION",
    "MAX_SKILL_LEVEL",
    "METHODS",
    "PART_NAMES",
    "RULES",
    "SAME_SCORE_DECIMALS",
    "VETTING_RANKS",
    "ApplicantProfile",
    "Assignment",
    "Certificate",
    "Change",
    "EncodedApplicants",
    "EncodedOffers",
    "Explanation",
    "LevelEstimate",
    "LevelEstimator",
    "LevelTables",
    "MatchScorer",
    "MissionClassifier",
    "MissionEvidence",
    "OfferProfile",
    "PartExplanation",
    "PartScores",
    "Ranking",
    "Rule",
    "Ruling",
    "SkillNeed",
    "Unmatched",
    "Weights",
    "assign",
    "blocking_pairs",
    "check",
    "eligibility_mask",
    "eligible",
    "explain",
    "fingerprint",
    "model_version",
    "recommend",
    "what_would_change",
    "why_unmatched",
]
