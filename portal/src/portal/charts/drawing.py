"""What all charts are drawn with. Sizes are those of the picture's own grid; the page stretches it."""

from collections.abc import Iterable
from itertools import count

from flask import g
from markupsafe import Markup

WIDTH = 100.0
TONES = 7
"""Shades that a chart has; the style sheet names them tone-0 (lightest) to tone-6."""


def picture(kind: str, title: str, description: str, height: float, shapes: Iterable[Markup]) -> Markup:
    """A picture that says in words what it shows. It is mirrored where the page runs from right to left."""
    number = next(_numbers())
    return Markup(
        '<svg class="chart {kind}" viewBox="0 0 {width:g} {height:g}" preserveAspectRatio="none" role="img"'
        ' focusable="false" aria-labelledby="chart-{number}-title chart-{number}-text">'
        '<title id="chart-{number}-title">{title}</title><desc id="chart-{number}-text">{description}</desc>'
        "{shapes}</svg>"
    ).format(
        kind=kind,
        width=WIDTH,
        height=height,
        number=number,
        title=title,
        description=description,
        shapes=Markup().join(shapes),
    )


def box(x: float, y: float, width: float, height: float, kind: str = "") -> Markup:
    """A rectangle; `kind` is a class of the style sheet."""
    marked = Markup(' class="{}"').format(kind) if kind else Markup()
    return Markup('<rect{} x="{:g}" y="{:g}" width="{:g}" height="{:g}"/>').format(
        marked, round(x, 2), round(y, 2), round(width, 2), round(height, 2)
    )


def tone(share: float) -> int:
    """The shade of a share: the more, the darker."""
    return min(int(max(share, 0.0) * TONES), TONES - 1)


def _numbers() -> "count[int]":
    """Pictures of one page have numbers of their own, for the names of their parts."""
    if "charts" not in g:
        g.charts = count(1)
    numbers: count[int] = g.charts
    return numbers
