"""One bar in a row of a table, with the interval in which the true value lies."""

from markupsafe import Markup

from portal.charts.drawing import WIDTH, box

_HEIGHT, _THIN = 8.0, 1.6


def share_bar(share: float, low: float | None = None, high: float | None = None) -> Markup:
    """For the eye alone: the numbers stand in the row. Shares are of one."""
    shapes = [box(0, 0, share * WIDTH, _HEIGHT)]
    if low is not None and high is not None:
        middle = (_HEIGHT - _THIN) / 2
        shapes.append(box(low * WIDTH, middle, (high - low) * WIDTH, _THIN, "reach"))
    return Markup(
        '<svg class="bar" viewBox="0 0 {:g} {:g}" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        "{}</svg>"
    ).format(WIDTH, _HEIGHT, Markup().join(shapes))
