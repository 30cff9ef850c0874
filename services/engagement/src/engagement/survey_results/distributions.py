"""From running cells to what each question came to."""

from collections.abc import Mapping
from dataclasses import replace

from engagement.statistics.disclosure import K, hidden_in_line, small
from engagement.statistics.estimates import Moments, effective, mean_interval, median, moments
from engagement.survey_results.histograms import histogram
from engagement.survey_results.model import NONE, Answer, Audience, Distribution, Summary, Sums
from engagement.survey_results.shares import shares
from engagement.survey_tally.model import ANSWERED, MISSING, SKIPPED, Measure, Variable

Cells = Mapping[str, Sums]  # {code: sums}
_NOT_ANSWERS = frozenset({ANSWERED, MISSING, SKIPPED})
_LISTED = frozenset({Measure.CHOICE, Measure.CHOICES, Measure.SCALE, Measure.RANK, Measure.MONTH})


def distribution(variable: Variable, cells: Cells, audience: Audience) -> Distribution:
    """As this audience may see it."""
    base = cells.get(ANSWERED, NONE)
    hidden = hidden_codes(variable, cells) if audience is Audience.PUBLIC else frozenset()
    too_few = audience is Audience.PUBLIC and small(base.n)
    told = Distribution(
        variable=variable.name,
        part=variable.part,
        answered=base.n,
        missing=cells.get(MISSING, NONE).n,
        skipped=cells.get(SKIPPED, NONE).n,
        weight=base.weight,
        effective=effective(base.weight, base.weight_squares),
        answers=tuple(_answer(code, cells, hidden) for code in codes(variable, cells)),
        withheld=bool(hidden) or too_few,
    )
    if told.withheld or not base.n:
        return told
    if variable.measure in (Measure.SCALE, Measure.RANK):
        return _with_summaries(told, *_scale(variable, cells))
    if variable.measure is Measure.NUMBER:
        least = K if audience is Audience.PUBLIC else 1
        return replace(_with_summaries(told, *_number(cells)), histogram=histogram(numbers(cells), base, least))
    return told


def codes(variable: Variable, cells: Cells) -> tuple[str, ...]:
    """What is listed of a variable: its codes, or those that occur where they are not known before."""
    if variable.measure not in _LISTED:
        return ()
    return variable.codes or tuple(sorted(code for code, sums in cells.items() if code not in _NOT_ANSWERS and sums.n))


def hidden_codes(variable: Variable, cells: Cells) -> frozenset[str]:
    """Codes that few people gave, and as many others as it takes that nobody can tell how many."""
    listed, answered = codes(variable, cells), cells.get(ANSWERED, NONE).n
    counts = [cells.get(code, NONE).n for code in listed]
    if small(answered):
        return frozenset(listed)
    if variable.measure is Measure.CHOICES:  # who ticked it, and who did not
        return frozenset(
            code for code, count in zip(listed, counts, strict=True) if small(count) or small(answered - count)
        )
    return frozenset(listed[place] for place in hidden_in_line(counts))


def numbers(cells: Cells) -> list[tuple[float, Sums]]:
    """Numbers that were given, with how often, smallest first."""
    return sorted((float(code), sums) for code, sums in cells.items() if code not in _NOT_ANSWERS and sums.n)


def _answer(code: str, cells: Cells, hidden: frozenset[str]) -> Answer:
    if code in hidden:
        return Answer(code, None, None)
    return Answer(code, *shares(cells.get(code, NONE), cells.get(ANSWERED, NONE)))


def _scale(variable: Variable, cells: Cells) -> tuple[Summary | None, Summary | None]:
    """Codes are the numbers."""
    given = [(float(code), cells.get(code, NONE)) for code in variable.codes]
    base = cells.get(ANSWERED, NONE)
    highest = len(variable.codes) if variable.measure is Measure.RANK else None

    def of(often: list[tuple[float, float]], count: float) -> Summary | None:
        total, squares = (sum(value**power * n for value, n in often) for power in (1, 2))
        return _summary(moments(sum(n for _, n in often), total, squares, count), median(often), count, highest)

    weighing = effective(base.weight, base.weight_squares)
    return of([(value, sums.n) for value, sums in given], base.n), of(
        [(value, sums.weight) for value, sums in given], weighing
    )


def _number(cells: Cells) -> tuple[Summary | None, Summary | None]:
    """Means are of the numbers themselves; the median is of their three leading digits."""
    base, given = cells.get(ANSWERED, NONE), numbers(cells)
    weighing = effective(base.weight, base.weight_squares)
    plain = moments(base.n, base.total, base.squares)
    weighted = moments(base.weight, base.weighted_total, base.weighted_squares, weighing)
    return (
        _summary(plain, median((value, sums.n) for value, sums in given), base.n),
        _summary(weighted, median((value, sums.weight) for value, sums in given), weighing),
    )


def _summary(of: Moments | None, middle: float | None, count: float, highest: int | None = None) -> Summary | None:
    if of is None:
        return None
    borda = None if highest is None else of.count * (highest - of.mean)
    return Summary(of.mean, middle, of.deviation, mean_interval(of, count), borda)


def _with_summaries(of: Distribution, plain: Summary | None, weighted: Summary | None) -> Distribution:
    return replace(of, plain=plain, weighted=weighted)
