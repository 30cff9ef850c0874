"""One bar of parts that make a whole, for answers that have an order."""

from collections.abc import Sequence

from markupsafe import Markup

from portal.charts.drawing import TONES, WIDTH, box, picture

_HEIGHT = 10.0


def stacked_bar(title: str, description: str, shares: Sequence[float]) -> Markup:
    """Parts from the first answer to the last, lightest to darkest. Shares are of one; what is left is left empty."""
    shapes, start = [], 0.0
    for place, share in enumerate(shares):
        width = share * WIDTH
        if width:
            shapes.append(box(start, 0, width, _HEIGHT, f"tone-{shade(place, len(shares))}"))
        start += width
    return picture("stacked", title, description, _HEIGHT, shapes)


def shade(place: int, count: int) -> int:
    """Of one part among so many."""
    return round(place * (TONES - 1) / (count - 1)) if count > 1 else TONES // 2
