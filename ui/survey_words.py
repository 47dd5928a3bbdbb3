"""The words of the outcome surveys: when they are asked, and what can be answered."""

from collections.abc import Mapping

SURVEY_LABELS: Mapping[str, Mapping[str, str]] = {
    "objective_result": {
        "met": "Met",
        "part": "Met in part",
        "not_met": "Not met",
        "changed": "The objective changed",
    },
    "wave": {
        "t0": "At the start",
        "t1": "Half way",
        "t2": "At the end",
        "t3": "Six months after return",
        "t4": "Twelve months after return",
    },
    "mood": {"1": "Very badly", "2": "Badly", "3": "So-so", "4": "Well", "5": "Very well"},
    "scale5": {
        "1": "Strongly disagree",
        "2": "Disagree",
        "3": "Neither agree nor disagree",
        "4": "Agree",
        "5": "Strongly agree",
    },
    "survey_option": {
        "yes": "Yes",
        "no": "No",
        "unsure": "Not sure",
        "weekly": "Every week",
        "monthly": "Every month",
        "rarely": "Rarely",
        "never": "Never",
        "none": "None",
        "person_only": "Only between individuals",
        "team": "Between teams",
        "formal": "A formal agreement or joint work",
        "same_post": "In the same post",
        "promoted": "Promoted at home",
        "left": "Left for another employer",
        "joined_host": "Joined the host",
        "other": "Somewhere else",
        "met": "Met",
        "part": "Met in part",
        "not": "Not met",
        "changed": "The objective changed",
    },
}
