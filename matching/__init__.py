"""Who suits whom: ranking, explaining, checking eligibility and assigning, as pure functions on values."""

from matching.assignment import METHODS, Assignment, assign, scenarios
from matching.best_for_one import OneSide
from matching.certificate import Certificate, Group, GroupShare, RankCounts
from matching.clearing import Cleared, clear, list_lifts
from matching.cohort import listed_pairs
from matching.comparison import Comparison, Move, OfferMove, after_withdrawal, compare
from matching.encoder import EncodedApplicants, EncodedOffers, Encoder
from matching.explanations import Change, Explanation, explain, what_would_change
from matching.fingerprints import CODE_VERSION, fingerprint, model_version
from matching.knowledge import version as knowledge_version
from matching.layout import UnseenCodeError
from matching.learnt_points import in_tenths, match_points, side_points
from matching.least_change import LeastChange, least_change
from matching.level_estimator import LevelEstimate, LevelEstimator
from matching.level_tables import LevelTables
from matching.market import Quota, Reserve, Rules
from matching.mission_classifier import MissionClassifier, MissionEvidence
from matching.outcome_learning import OutcomeModel
from matching.pairs import Pair, Pairs, pairs_from_dense, pairs_from_lists
from matching.part_words import PartExplanation
from matching.profile_rows import applicant_profile, offer_profile
from matching.profiles import MAX_SKILL_LEVEL, VETTING_RANKS, ApplicantProfile, OfferProfile, SkillNeed
from matching.quotas import QuotaResult
from matching.refusals import NextInLine, Refusal, next_in_line, refusals
from matching.rules import RULES, Ruling, check, eligible
from matching.scores import (
    PartScores,
    eligibility_mask,
    grid,
    parts,
    parts_of_pairs,
    score,
    scores_for_applicant,
    scores_for_offer,
)
from matching.shadow import RollBack, ShadowReport, shadow_report, should_roll_back
from matching.skill_relations import SkillRelations
from matching.skill_tagger import SkillTagger
from matching.tables import ApplicantTable, OfferTable, applicant_table, offer_table
from matching.text_similarity import TextSimilarity
from matching.weights import PART_NAMES, Weights

__all__ = [
    "CODE_VERSION",
    "MAX_SKILL_LEVEL",
    "METHODS",
    "PART_NAMES",
    "RULES",
    "VETTING_RANKS",
    "ApplicantProfile",
    "ApplicantTable",
    "Assignment",
    "Certificate",
    "Change",
    "Cleared",
    "Comparison",
    "EncodedApplicants",
    "EncodedOffers",
    "Encoder",
    "Explanation",
    "Group",
    "GroupShare",
    "LeastChange",
    "LevelEstimate",
    "LevelEstimator",
    "LevelTables",
    "MissionClassifier",
    "MissionEvidence",
    "Move",
    "NextInLine",
    "OfferMove",
    "OfferProfile",
    "OfferTable",
    "OneSide",
    "OutcomeModel",
    "Pair",
    "Pairs",
    "PartExplanation",
    "PartScores",
    "Quota",
    "QuotaResult",
    "RankCounts",
    "Refusal",
    "Reserve",
    "RollBack",
    "Rules",
    "Ruling",
    "ShadowReport",
    "SkillNeed",
    "SkillRelations",
    "SkillTagger",
    "TextSimilarity",
    "UnseenCodeError",
    "Weights",
    "after_withdrawal",
    "applicant_profile",
    "applicant_table",
    "assign",
    "check",
    "clear",
    "compare",
    "eligibility_mask",
    "eligible",
    "explain",
    "fingerprint",
    "grid",
    "in_tenths",
    "knowledge_version",
    "least_change",
    "list_lifts",
    "listed_pairs",
    "match_points",
    "model_version",
    "next_in_line",
    "offer_profile",
    "offer_table",
    "pairs_from_dense",
    "pairs_from_lists",
    "parts",
    "parts_of_pairs",
    "refusals",
    "scenarios",
    "score",
    "scores_for_applicant",
    "scores_for_offer",
    "shadow_report",
    "should_roll_back",
    "side_points",
    "what_would_change",
]
