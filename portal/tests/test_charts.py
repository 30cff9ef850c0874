"""Charts say in words what they show, and are drawn to scale."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import pytest
from flask import Flask

from portal.charts import drawing
from portal.charts.bars import share_bar
from portal.charts.histogram import histogram
from portal.charts.stacked import shade, stacked_bar

from .structure import Reader


@pytest.fixture(autouse=True)
def page(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def drawn(picture: str) -> Element:
    """The picture, as a browser reads it."""
    read = Reader(picture)
    assert read.errors == []
    return next(read.root.iter("svg"))


def boxes(svg: Element) -> list[tuple[float, float]]:
    """`(x, width)` of each rectangle."""
    return [(float(each.get("x", "")), float(each.get("width", ""))) for each in svg.iter("rect")]


def test_a_bar_is_as_long_as_its_share_and_shows_its_reach() -> None:
    svg = drawn(share_bar(0.6, 0.5, 0.7))

    assert boxes(svg) == [(0, 60), (50, 20)]
    assert svg.get("aria-hidden") == "true"
    assert len(boxes(drawn(share_bar(0.6)))) == 1


def test_parts_of_a_stacked_bar_follow_one_another_from_light_to_dark() -> None:
    svg = drawn(stacked_bar("How is it?", "Bad 25 %, good 75 %", [0.25, 0.0, 0.75]))

    assert boxes(svg) == [(0, 25), (25, 75)]
    assert [each.get("class") for each in svg.iter("rect")] == ["tone-0", "tone-6"]
    assert shade(0, 1) == drawing.TONES // 2


def test_the_area_of_a_histogram_s_bar_is_its_share() -> None:
    svg = drawn(histogram("Age", "Ranges", [(0, 10, 0.5), (10, 30, 0.5)]))

    one, other = svg.iter("rect")
    assert float(one.get("height", "")) == 2 * float(other.get("height", ""))
    assert float(other.get("width", "")) == pytest.approx(2 * float(one.get("width", "")), abs=0.5)
    assert histogram("Age", "Ranges", []) == ""


def test_a_picture_is_named_and_described_and_no_two_have_one_name() -> None:
    pictures = [drawn(stacked_bar("<b>Title</b>", "What it shows", [1.0])) for _ in range(2)]

    ids = [each.get("id") for svg in pictures for each in svg.iter() if each.get("id")]
    assert len(ids) == len(set(ids)) == 4
    for svg in pictures:
        assert svg.get("role") == "img"
        assert str(svg.get("aria-labelledby")).split() == [each.get("id") for each in svg if each.get("id")]
        assert svg[0].text == "<b>Title</b>"


@pytest.mark.parametrize(("share", "tone"), [(0, 0), (0.1, 0), (0.5, 3), (0.99, 6), (1, 6)])
def test_the_more_the_darker(share: float, tone: int) -> None:
    assert drawing.tone(share) == tone
