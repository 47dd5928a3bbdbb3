"""A small folder of data in the form of the public sets; every line is invented."""

import csv

import pytest

WORK = ["grants", "housing", "museum", "policy", "data", "shelter", "school", "garden", "clinic", "records"]
RANKS = ["officer", "manager", "assistant", "adviser"]


def write(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def onet(folder):
    codes = {word: f"11-{row:04}.00" for row, word in enumerate(WORK)}
    named = [(codes[word], f"{word} {rank}") for word in WORK for rank in RANKS]
    write(
        folder / "occupation_data.csv",
        [
            {"O*NET-SOC Code": codes[w], "Title": f"{w} workers", "Description": f"Look after {w}."}
            for w in WORK
        ],
    )
    write(
        folder / "alternate_titles.csv",
        [{"O*NET-SOC Code": code, "Alternate Title": f"{title} (the {title})"} for code, title in named],
    )
    write(
        folder / "sample_of_reported_titles.csv",
        [{"O*NET-SOC Code": code, "Reported Job Title": title.title()} for code, title in named],
    )
    write(
        folder / "related_occupations.csv",
        [{"O*NET-SOC Code": codes["housing"], "Related O*NET-SOC Code": codes["shelter"], "Index": 1}],
    )


def esco(folder):
    write(
        folder / "occupations_en.csv",
        [
            {
                "preferredLabel": f"{w} lead",
                "altLabels": f"head of {w}\n{w} chief",
                "description": f"Lead {w} work.",
            }
            for w in WORK
        ],
    )
    write(folder / "skills_pypi.csv", [{"description": f"plan {w} work with people"} for w in WORK])
    write(
        folder / "skillGroups_en.csv",
        [{"preferredLabel": f"{w} skills", "description": f"Know {w}."} for w in WORK],
    )


def government(folder):
    levels = {
        level: f"You can do {level} work." for level in ("Awareness", "Working", "Practitioner", "Expert")
    }
    write(
        folder / "gdad_dev" / "skills.csv",
        [{"Skill Name": w, "Skill Description": f"Understand {w}.", **levels} for w in WORK],
    )
    write(
        folder / "gdad_dev" / "roles.csv",
        [
            {
                "Role": w,
                "Role Level": r,
                "Role Description": f"Run {w}.",
                "Role Level Description": f"A {r} of {w}.",
            }
            for w in WORK
            for r in RANKS
        ],
    )
    write(folder / "success_profiles" / "behaviours.csv", [{"statement": f"Care about {w}."} for w in WORK])


def charities(folder):
    write(
        folder / "sample.csv",
        [{"org_id": w, "activities": f"We run a {w} project.", "objects": f"To advance {w}."} for w in WORK],
    )
    write(folder / "ukcat.csv", [{"tag": w, "Notes": ""} for w in WORK])


@pytest.fixture(scope="package")
def data(tmp_path_factory):
    """The folder; it holds no benchmark of titles, so that a builder that read one would fail."""
    folder = tmp_path_factory.mktemp("data")
    onet(folder / "onet")
    esco(folder / "esco")
    government(folder)
    charities(folder / "ukcat_dev")
    return folder
