"""The page on learning from outcomes, written from the lines of one simulation."""

from collections.abc import Callable, Sequence

from cli.line_chart import Panel, line_chart
from matching.outcome_simulation import DEFAULTS, HARM, POLICY, Line, by_method

WORLDS = {
    0.0: "The points are right",
    0.5: "The points are somewhat wrong",
    1.2: "The points are badly wrong",
}

INTRODUCTION = """# Learning from outcomes

Written by `secondments simulate`. The figures are of a simulated world, not of people: they compare methods and
promise nothing about any programme.

## What is learnt, and when it may change anything

- The score's points are the prior. A logistic regression with weights of 0 or more is held to them and moves only as
  far as the outcomes ask (`matching/outcome_learning.py`).
- Under 50 outcomes nothing but the calibration is fitted. From 50 on, points are learnt in shadow: they are shown to
  programme managers and rank nobody.
- Learnt points may replace those in force from 200 outcomes on, when the log loss on people that the fit has not seen
  falls by more than one standard error, and when a programme manager decides so, with a reason. They hold from the next
  day. Going back is advised when later outcomes are predicted worse by more than two standard errors, and is possible
  at any time.
- Every version is kept with all its settings, so that it can rank the past as it was ranked.
- From 200 outcomes on, how closely the points are held is chosen from the outcomes (Laplace's approximation of the
  marginal likelihood), but each looser hold must be four times as credible as the next closer one. With two times,
  2 of 24 simulated programmes with 200 outcomes lost 0.04 nDCG where there was nothing to learn; with four, none did.
- All these numbers are dated rows of the rules, `learning.*`.

## What counts as an outcome

- Every pair that a person's or a host's list shows is logged once a day, with its place on the list and the share of
  each part on that day. Nothing is worked out again later.
- **Accepted**: of the pairs shown, those that both sides said yes to. A pair that nobody took up in 28 days counts as a
  no; one that neither of the two decided (a release declined, an application that lapsed) says nothing.
- **Went well**: of the placements that ended, those that ran their course and of which everybody who answered the end
  survey says that they would do it again. This is a second model of accepted pairs only. It sets no points, and the
  programme refuses to say it of a pair that nobody accepted.
- Outcomes are not weighted by how likely a pair was to be shown: that was measured to do harm.

## The simulated world

The true weights are the points in force, each times exp(sigma x a normal number). The truth also has what no sum of
parts has: a skill counts less the more of it is covered, and level matters more where skills are covered. Outcomes are
seen only for the ten offers of forty that the points in force put in front of each person."""

METHODS = """| Method | Is |
| --- | --- |
| Points in force, calibrated | the points as they are, with Platt's calibration |
| Plain logistic regression | scikit-learn's, C = 1 |
| Shrunk, tau 3 and tau 10 | ours, held loosely and closely, always used |
| Our policy | the points in force until the rule above allows the learnt ones (a manager who always agrees) |"""


def learning_page(lines: Sequence[Line], *, runs: int, seed: int, picture: str) -> str:
    """The page as Markdown, with ``picture`` as the address of the chart."""
    parts = [INTRODUCTION, "", METHODS, "", f"![nDCG at 10 by number of outcomes]({picture})", ""]
    for sigma in dict.fromkeys(line.sigma for line in lines):
        parts += [f"## {_world(sigma)} (sigma {sigma:g})", ""]
        parts += ["nDCG at 10 / excess Brier x 1,000, means over runs:", ""]
        parts += _table(lines, sigma, lambda line: f"{line.ndcg:.3f} / {line.excess_brier:.1f}")
        parts += ["", f"Runs that did harm (nDCG lower than the points in force by more than {HARM:g}):", ""]
        parts += _table(lines, sigma, lambda line: f"{line.harm:.0%}", without=(DEFAULTS,))
        parts += ["", _reading(lines, sigma), ""]
    parts += [
        f"{runs} runs for each number of outcomes, seed {seed}: `secondments simulate --runs {runs} --seed {seed}` "
        "gives this page again.",
        "",
    ]
    return "\n".join(parts)


def learning_chart(lines: Sequence[Line]) -> str:
    """nDCG at 10 against the number of outcomes, a panel for each sigma, as SVG."""
    sigmas = list(dict.fromkeys(line.sigma for line in lines))
    panels = [
        Panel(
            f"{_world(sigma)} ({sigma:g})",
            {
                name: [(line.n, line.ndcg) for line in found]
                for name, found in by_method(lines, sigma).items()
            },
        )
        for sigma in sigmas
    ]
    return line_chart(
        panels, title="nDCG at 10 of each method by the number of outcomes learnt from, in three worlds",
        x="outcomes", y="nDCG at 10", lowest=0.8, highest=1.0,
    )  # fmt: skip


def _world(sigma: float) -> str:
    return WORLDS.get(sigma, "Another world")


def _table(
    lines: Sequence[Line], sigma: float, cell: Callable[[Line], str], *, without: Sequence[str] = ()
) -> list[str]:
    methods = by_method(lines, sigma)
    sizes = [f"{line.n:,}" for line in next(iter(methods.values()))]
    head = [f"| Outcomes | {' | '.join(sizes)} |", "| --- |" + " ---: |" * len(sizes)]
    return head + [
        f"| {name} | {' | '.join(cell(line) for line in found)} |"
        for name, found in methods.items()
        if name not in without
    ]


def _reading(lines: Sequence[Line], sigma: float) -> str:
    """What our policy did, from its own lines."""
    found = by_method(lines, sigma)[POLICY]
    most = found[-1]
    change = f"{'gained' if most.loss < 0 else 'lost'} {abs(most.loss):.4f}"
    return (
        f"With {most.n:,} outcomes our policy changed the points in {most.changed:.0%} of runs and {change} nDCG on "
        f"average. Over all numbers of outcomes the largest mean loss was {max(0.0, *(x.loss for x in found)):.4f}, "
        f"and harm was done in {max(line.harm for line in found):.0%} of runs at most."
    )
