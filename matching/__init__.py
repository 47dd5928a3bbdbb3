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
from matching.encoder import EncodedApplicants, EncodedOffers, Encoder
from matching.explanations import Change, Explanation, explain, what_would_change
from matching.fingerprints import CODE_VERSION, fingerprint, model_version
from matching.knowledge import version as knowledge_version
from matching.layout import UnseenCodeError
from matching.learnt_points import in_tenths, match_points, side_points
from matching.outcome_learning import OutcomeModel
from matching.part_words import PartExplanation
from matching.profile_rows import applicant_profile, offer_profile
from matching.profiles import MAX_SKILL_LEVEL, VETTING_RANKS, ApplicantProfile, OfferProfile, SkillNeed
from matching.rules import RULES, Ruling, check, eligible
from matching.scores import PartScores, eligibility_mask, grid, parts, score
from matching.shadow import RollBack, ShadowReport, shadow_report, should_roll_back
from matching.skill_relations import SkillRelations
from matching.tables import ApplicantTable, OfferTable, applicant_table, offer_table
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
    "EncodedApplicants",
    "EncodedOffers",
    "Encoder",
    "Explanation",
    "OfferProfile",
    "OfferTable",
    "OutcomeModel",
    "PartExplanation",
    "PartScores",
    "RollBack",
    "Ruling",
    "ShadowReport",
    "SkillNeed",
    "SkillRelations",
    "Unmatched",
    "UnseenCodeError",
    "Weights",
    "applicant_profile",
    "applicant_table",
    "assign",
    "blocking_pairs",
    "check",
    "eligibility_mask",
    "eligible",
    "explain",
    "fingerprint",
    "grid",
    "in_tenths",
    "knowledge_version",
    "match_points",
    "model_version",
    "offer_profile",
    "offer_table",
    "parts",
    "score",
    "shadow_report",
    "should_roll_back",
    "side_points",
    "what_would_change",
    "why_unmatched",
]
