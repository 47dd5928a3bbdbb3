"""A small drawing of lines in panels, as SVG text: no library of the service writes pictures without a browser."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

INKS = ("#12436D", "#A8320A", "#28A197", "#801650", "#0b0c0c")
DASHES = ("2 4", "8 4", "", "8 3 2 3", "")
WIDTH, HEIGHT, LEFT, TOP, BOTTOM, LEGEND = 320, 260, 48, 40, 40, 30
FONT = 'font-family="arial, Helvetica, sans-serif" fill="#0b0c0c"'

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel: its title, and its lines by name, each as (x, y) points in the order of x."""

    title: str
    lines: Mapping[str, Sequence[Point]]


def line_chart(panels: Sequence[Panel], *, title: str, x: str, y: str, lowest: float, highest: float) -> str:
    """Panels side by side over one scale from ``lowest`` to ``highest``; x is drawn by its logarithm.

    What lies below the scale is drawn at its foot. ``title`` is what a screen reader says of the picture.
    """
    names = list(panels[0].lines)
    width, height = WIDTH * len(panels), HEIGHT + LEGEND * math.ceil(len(names) / 3)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">',
        f"<title>{escape(title)}</title>",
        '<rect width="100%" height="100%" fill="#ffffff"/>',
    ]
    for place, panel in enumerate(panels):
        parts.append(f'<g transform="translate({place * WIDTH} 0)">')
        parts += _frame(panel, x, y if place == 0 else "", lowest, highest)
        parts += [_line(panel, name, INKS[i], DASHES[i], lowest, highest) for i, name in enumerate(names)]
        parts.append("</g>")
    parts += [_key(i, name, width) for i, name in enumerate(names)]
    return "\n".join([*parts, "</svg>", ""])


def _frame(panel: Panel, x: str, y: str, lowest: float, highest: float) -> list[str]:
    """The title, the grid with its numbers, and the names of the axes."""
    parts = [f'<text x="{LEFT}" y="24" {FONT} font-size="14" font-weight="bold">{escape(panel.title)}</text>']
    steps = 5
    for step in range(steps + 1):
        value = lowest + (highest - lowest) * step / steps
        at = _down(value, lowest, highest)
        parts.append(f'<line x1="{LEFT}" x2="{WIDTH - 12}" y1="{at:.1f}" y2="{at:.1f}" stroke="#d8d8d8"/>')
        parts.append(
            f'<text x="{LEFT - 6}" y="{at + 4:.1f}" {FONT} font-size="11" text-anchor="end">{value:.2f}</text>'
        )
    for value in _xs(panel):
        parts.append(
            f'<text x="{_across(value, panel):.1f}" y="{HEIGHT - BOTTOM + 16}" {FONT} font-size="11" '
            f'text-anchor="middle">{value:g}</text>'
        )
    middle = (LEFT + WIDTH) / 2
    parts.append(f'<text x="{middle}" y="{HEIGHT - 6}" {FONT} font-size="12" text-anchor="middle">{x}</text>')
    if y:
        parts.append(f'<text x="4" y="{TOP - 6}" {FONT} font-size="12">{y}</text>')
    return parts


def _line(panel: Panel, name: str, ink: str, dash: str, lowest: float, highest: float) -> str:
    points = " ".join(
        f"{_across(x, panel):.1f},{_down(y, lowest, highest):.1f}" for x, y in panel.lines[name]
    )
    return (
        f'<polyline points="{points}" fill="none" stroke="{ink}" stroke-width="2.5" stroke-dasharray="{dash}">'
        f"<title>{escape(name)}</title></polyline>"
    )


def _key(place: int, name: str, width: int) -> str:
    x, y = 24 + place % 3 * width / 3, HEIGHT + 16 + place // 3 * LEGEND
    return (
        f'<line x1="{x:.0f}" x2="{x + 36:.0f}" y1="{y}" y2="{y}" stroke="{INKS[place]}" stroke-width="2.5" '
        f'stroke-dasharray="{DASHES[place]}"/>'
        f'<text x="{x + 44:.0f}" y="{y + 4}" {FONT} font-size="13">{escape(name)}</text>'
    )


def _xs(panel: Panel) -> list[float]:
    return [x for x, _ in next(iter(panel.lines.values()))]


def _across(value: float, panel: Panel) -> float:
    first, last = _xs(panel)[0], _xs(panel)[-1]
    share = (math.log(value) - math.log(first)) / ((math.log(last) - math.log(first)) or 1)
    return LEFT + 10 + share * (WIDTH - LEFT - 34)


def _down(value: float, lowest: float, highest: float) -> float:
    share = (max(value, lowest) - lowest) / (highest - lowest)
    return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP)
