"""Sums of cells, and their shares, unweighted and weighted."""

from collections.abc import Sequence

from engagement.statistics.estimates import effective, wilson
from engagement.survey_results.model import NONE, Share, Sums


def shares(of: Sums, base: Sums) -> tuple[Share, Share]:
    """Unweighted and weighted, each with Wilson's interval; the weighted one is that of the effective number."""
    plain = of.n / base.n if base.n else 0.0
    weighted = of.weight / base.weight if base.weight > 0 else 0.0
    return (
        Share(of.n, plain, wilson(plain, base.n)),
        Share(of.weight, weighted, wilson(weighted, effective(base.weight, base.weight_squares))),
    )


def together(parts: Sequence[Sums]) -> Sums:
    """Several cells as one."""
    return Sums(*(sum(each) for each in zip(*parts, strict=True))) if parts else NONE
