"""Numbers in bars side by side. Bars may differ in width; then their area tells how many they hold."""

from collections.abc import Sequence

from markupsafe import Markup

from portal.charts.drawing import WIDTH, box, picture

_HEIGHT = 40.0
_GAP = 0.4

Bar = tuple[float, float, float]  # from, up to, share of one


def histogram(title: str, description: str, bars: Sequence[Bar]) -> Markup:
    """From the smallest number to the largest."""
    if not bars:
        return Markup()
    low, span = bars[0][0], bars[-1][1] - bars[0][0]
    density = [share / (high - start) for start, high, share in bars]
    most = max(density) or 1.0
    shapes = [
        box(
            (start - low) / span * WIDTH + _GAP / 2,
            _HEIGHT * (1 - thick / most),
            max((high - start) / span * WIDTH - _GAP, _GAP),
            _HEIGHT * thick / most,
        )
        for (start, high, _), thick in zip(bars, density, strict=True)
    ]
    return picture("histogram", title, description, _HEIGHT, shapes)
