"""Who suits whom: ranking, explaining, checking eligibility and assigning, as pure functions on values."""

from matching.assignment import METHODS, Assignment, assign, scenarios
from matching.certificate import Certificate, Group, GroupShare, RankCounts
from matching.clearing import Cleared, clear
from matching.comparison import Comparison, Move, OfferMove, after_withdrawal, compare
from matching.eligibility import RULES, Rule, Ruling, check, eligibility_mask, eligible
from matching.encoded import EncodedApplicants, EncodedOffers
from matching.explanations import Change, Explanation, explain, what_would_change
from matching.fingerprints import CODE_VERSION, fingerprint, model_version
from matching.least_change import LeastChange, least_change
from matching.market import Quota, Reserve, Rules
from matching.pairs import Pair, Pairs, pairs_from_dense, pairs_from_lists
from matching.part_words import PartExplanation
from matching.profiles import MAX_SKILL_LEVEL, VETTING_RANKS, ApplicantProfile, OfferProfile, SkillNeed
from matching.quotas import QuotaResult
from matching.ranking import SAME_SCORE_DECIMALS, Ranking, recommend
from matching.refusals import NextInLine, Refusal, next_in_line, refusals
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
    "Cleared",
    "Comparison",
    "EncodedApplicants",
    "EncodedOffers",
    "Explanation",
    "Group",
    "GroupShare",
    "LeastChange",
    "MatchScorer",
    "Move",
    "NextInLine",
    "OfferMove",
    "OfferProfile",
    "Pair",
    "Pairs",
    "PartExplanation",
    "PartScores",
    "Quota",
    "QuotaResult",
    "RankCounts",
    "Ranking",
    "Refusal",
    "Reserve",
    "Rule",
    "Rules",
    "Ruling",
    "SkillNeed",
    "Weights",
    "after_withdrawal",
    "assign",
    "check",
    "clear",
    "compare",
    "eligibility_mask",
    "eligible",
    "explain",
    "fingerprint",
    "least_change",
    "model_version",
    "next_in_line",
    "pairs_from_dense",
    "pairs_from_lists",
    "recommend",
    "refusals",
    "scenarios",
    "what_would_change",
]
