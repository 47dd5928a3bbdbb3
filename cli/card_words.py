"""The words of the model card that no table can say. Figures never stand here: the page takes them from files."""

INTRODUCTION = """# How matching works

Written by `secondments card` from the code, the dated rules and stored figures. No figure is typed by hand.

This is the model card: what the score reads and never reads, how it is made, how good it is where that can be
measured, and where it fails. The [algorithmic transparency record](atrs.md) says how the tool is used.
"""

READS = """A score and a ruling on eligibility can read the fields below and nothing else.
The two classes stand in `matching/profiles.py`; tests hold them to this list.
Skills, missions and wishes are what people entered, levels what the tables say. No score reads an estimator's guess."""

APPLICANT_FIELDS = {
    "ref": "a reference, which orders nothing but exact ties",
    "organisation": "the employer, so that nobody is sent to their own",
    "direction": "from government outward, or from civil society inward",
    "level": "seniority from 1 to 10, from grade or role tables; empty while a person has to look",
    "missions": "what the person cares for, as weights",
    "skills": "skills held, each from level 1 to 4",
    "wants": "skills to learn, each from level 1 to 4",
    "text": "job title, summary, hopes and evidence of skills, in their own words",
    "regions": "where they can work",
    "remote_ok": "whether remote work suits them",
    "days_min": "fewest days a week",
    "days_max": "most days a week",
    "available_from": "first day",
    "available_to": "last day",
    "length_min": "shortest placement in months",
    "length_max": "longest placement in months",
    "kinds": "kinds of placement that they are open to",
    "contract_end": "when a fixed-term contract ends",
    "vetting_held": "vetting that they hold today",
    "meets_nationality": "one yes-or-no declaration, read only where a post is reserved",
    "placed_until": "the end of a placement that is running",
    "balance": "whether they would rather use what they know or learn; empty leaves it to the programme",
}

OFFER_FIELDS = {
    "ref": "a reference, which orders nothing but exact ties",
    "organisation": "the host, so that nobody is sent to their own employer",
    "direction": "whom it is for: civil servants, or people from civil society",
    "kind": "kind of placement",
    "level_min": "lowest level",
    "level_max": "highest level",
    "stretch_ok": "whether one level below is welcome",
    "missions": "what the work serves, as weights",
    "needs": "skills asked for, each from level 1 to 4, essential or not",
    "teaches": "skills that it develops, each from level 1 to 4",
    "text": "title, summary, tasks and what can be learnt, in the host's words",
    "region": "where the work is",
    "remote": "on site, hybrid or remote",
    "days": "days a week",
    "start_from": "first day on which it can start",
    "start_to": "last day on which it can start",
    "length_months": "length in months",
    "vetting": "vetting asked for",
    "vetting_ready_on": "first day on which that vetting could be done",
    "reserved": "whether nationality rules apply",
    "capacity_left": "places left",
}

NEVER_READ = """## What it never reads

Name, age, sex, ethnicity, any equality answer, school, salary, ability to pay, campaigning, past criticism,
and how small or large a host is. No field holds them, and tests fail if one is added.

Free text could still carry such a fact. Of the words in texts the score does not read those that name race, religion
or belief, sex, sexual orientation, gender reassignment or marriage, forms of address, and the common names that it
would know (`matching/protected_words.py`): the paired change is exactly 0. Words of age, disability, maternity,
schools and class are what whole missions are about, so they are read; below is how far one sentence of them moves
a score. A host's list shows people by reference until the host has saved a first assessment.
"""

POINTS = """The score runs from 0 to 100 and is the exact sum of six parts. Each part is a share from 0 to 1 times
its points. Host and person give their own points; the match score is the mean of the two, so neither side counts
for more."""

POINTS_DATED = """These points are dated rows (`score.*` of the rules), in force since {since}; source: {source}.
Nobody has validated them on real placements. Where one side has said nothing of a part, it earns half and the
explanation says so.

What shapes the shares:"""

PARTS = {
    "missions": "what the offer serves and the person cares for: a reason to go, more than a test",
    "skills": "skills asked for and held, level by level, essential ones more: what hosts can least do without",
    "learning": "skills wanted and taught: most of what a person takes home, and no concern of the host's ranking",
    "level": "seniority inside the range; below and above lose alike, and a person may reach one step up",
    "words": "likeness of what both wrote, by meaning: little, because words can mislead and carry what must not count",
    "place": "a region named, or remote work that suits: mostly the person's concern",
}

PRODUCT = """## One product of whole numbers

Both sides become rows of numbers, and the score of a pair is the inner product of its two rows.
Every feature is a whole number: {units} units make a point and {full} a full score. Each sum on the way then fits
into the 24 bits that single precision holds exactly. So the result is the same on any machine, in any order, with any
number of workers, and ties are real ties. A broken rule subtracts more than any score, so one product holds both the
score and the number of rules that say no. A plain-Python reference (`matching/reference.py`) is held to it by a
property test. Parts add up exactly, and "what would change this" comes from scoring again, not from a rule of thumb.
"""

HARD_RULES = """Each rule answers yes, no or needs a look, with why and the least change that would lift it.
Needs a look hides nobody. There is no cut-off score."""

RELATED = """## Related skills

A skill counts for another by how closely they are related, never for more than it is; a person's best skill counts
once. {pairs} pairs over {skills} skills are related. Each pair has the value of its strongest evidence and says why:

1. stated: relations of ESCO, and pairs that this programme calls close;
2. one skill described for two roles of the Government Digital and Data framework;
3. names and descriptions that share rare words;
4. one small ESCO group;
5. being asked for together in that framework's roles (normalised pointwise mutual information, shrunk).

The weights of these kinds are our proposal (`matching/building/skill_evidence.py`).
Sources: ESCO, European Commission; Government Digital and Data Profession Capability Framework, OGL v3.
"""

ORDER = """## The order of lists

When everybody reads their best match first, the same few offers get all the applications. So a list is ordered by the
score and a number of points for each offer and each person that would clear the market, the same for every reader.
The score that people see is never moved, the page says that the order is, and an assignment reads none of it
([decision 6](decisions/0006-lists-clear-the-market.md))."""

METHODS = {
    "stable": "no person and host would both rather have each other than what they were given; no person gains "
    "by saying another order than their own; reserves for groups are kept",
    "most_total_fit": "no other assignment has a higher sum of scores; share quotas are met by bonus points, "
    "shown in words",
    "worst_served_first": "as many as can be are placed, and the lowest fits are lifted first, in bands of score",
}

ASSIGNING = """A round only proposes: people approve pairs, one by one. The certificate of a round counts its blocking
pairs and says what stability and each quota cost. Everybody without a place is told why, in facts that can be
checked."""

LEARNING = """## Learning from outcomes

Points may be learnt from what became of the pairs that lists showed, carefully: held to the points in force, in shadow,
and put in force only when the guard below is met and a programme manager decides so with a reason. It can be undone.
[Learning from outcomes](learning.md) says more and shows a simulation."""

QUALITY = """## How good it is

Each model on labelled sets, beside honest baselines, in the same run. Intervals are bootstraps over queries or texts.
Rows in bold are ours. No public set of real secondments exists: these sets measure the estimators that read titles,
texts, skills and levels, not whether a placement goes well."""

_GDAD = "Its labels come from one profession of government."
_TUNED = (
    "**Tuned on this set:** the weights of the tagger were chosen on the same 128 role levels, so its figures here "
    "are better than they would be on new ones."
)

TASKS = {
    "skills from text, known profession": f"{_TUNED} {_GDAD} The family of the role is told unless the row says not.",
    "skills from text, new profession": f"{_TUNED} {_GDAD} No label of the family is seen.",
    "text matched with skill lists": f"The tagger in it was tuned on these role levels. {_GDAD}",
    "missions": "Charities tagged by hand (UK-CAT). How far a second person agrees is shown where two coded the same.",
    "cause tags": "The same charities; tags with enough examples.",
    "sectors": "The same charities; exactly one sector each.",
    "seniority of statements": "Statements of the nine Civil Service behaviours, by a model of the other eight.",
    "seniority of roles": "Order inside each role. Titles are what the estimator relies on; prose alone never decides.",
    "title similarity": "Job titles that people judged similar (Avature, Apache-2.0).",
    "title linking": "Occupation titles of the United States, linked with ESCO's forms of the same (MELO, MIT).",
}

FAIRNESS = """## Fairness and robustness

Measured on invented people and offers of the demonstration: the same person or host twice with one thing changed, and
the cohort assigned once. Invented people prove nothing of real ones, and their texts are among those that the map of
words was built from; the checks are there to be run at each change of the model. A group's share below {ratio} of the
highest prompts a review; it is no pass mark, and groups under {fewest} are left out. A low share beside few eligible
pairs may be a matter of supply rather than of the score."""

NOT_STORED = "No figures are stored of: {names}. `secondments evaluate` measures them."

NOT_MEASURED = "Not measured yet: nothing is stored beside this page."

KNOWN_FAILURES = """## Known failures

- Nothing here shows that a high score makes a good placement. Nobody has measured that yet.
- One sentence about an age, a school, a condition or a home can move a score by the points shown above, and so change
  who comes first where two offers are close.
- First names and surnames that are also words (Grace, Hope, Green) are read as words.
- Somebody who writes little earns half of the words part; somebody who claims skills freely earns the skills part.
  The score believes what people enter.
- A skill that is typed wrongly or said in unusual words may not be suggested: see the rows on both sectors' words.
- Relations between skills come mostly from digital and data roles and from ESCO; charities' own words are thin.
- Levels of charity roles rest on our own table. An unknown grade waits for a person.
- Where a table above says "level with" or "behind", a simpler method may do as well or better.
"""

COSTS = """## What it costs

Ratios to plain baselines in the same run, by `make bench`, on invented arrays."""

REPRODUCIBLE = """## Reproducibility

This page is of model version {version}: the day of the points, and the versions of the code and of
the knowledge. Each stored score names its model version and a fingerprint of the data that it was computed from.
`secondments build-knowledge` makes the knowledge anew, byte for byte. The figures stand in `docs/evaluation.json`
(`secondments evaluate --record docs/evaluation.json`) and `docs/benchmarks.json` (`--json` of the benchmarks).
"""
