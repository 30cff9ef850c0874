"""What is measured. A row more is a function from the crowd and a number to the request of that number, and a line in
`ROWS`."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.load.crowd import Crowd, Story
from tests.load.surveys import ANSWERS


@dataclass(frozen=True)
class Row:
    """`request(crowd, i)` is the i-th request; `share` of the usual number is made. Only `processes` are accounted for;
    all that are touched when it is empty."""

    name: str
    request: Callable[[Crowd, int], Story]
    share: float = 1.0
    processes: tuple[str, ...] = ()

    def stories(self, crowd: Crowd, usual: int) -> list[Story]:
        """The requests, in order."""
        return [self.request(crowd, i) for i in range(int(usual * self.share))]


def small_call(crowd: Crowd, i: int) -> Story:
    return crowd.call(i, "GET", "/service/policy/participation/", application="consent")


def endorse(crowd: Crowd, i: int) -> Story:
    return crowd.call(i, "POST", f"/v1/proposals/{crowd.proposals[i // crowd.people]}/endorsements", expect=201)


def comment(crowd: Crowd, i: int) -> Story:
    body = {"body": {"en": f"A remark of some length, number {i}, on what was said before."}, "position": "neutral"}
    return crowd.call(i, "POST", f"/v1/proposals/{crowd.proposals[i % 1000]}/comments", body, expect=201)


def respond(crowd: Crowd, i: int) -> Story:
    path = f"/v1/surveys/{crowd.surveys[i // crowd.people]}/responses"
    return crowd.call(i, "POST", path, {"answers": ANSWERS}, expect=201)


def listed(crowd: Crowd, i: int) -> Story:
    return crowd.call(i, "GET", f"/v1/processes/{crowd.process['id']}/proposals")


def list_page(crowd: Crowd, _: int) -> Story:
    return crowd.page(f"{crowd.pages}/ideas")


def idea_page(crowd: Crowd, i: int) -> Story:
    return crowd.page(f"{crowd.portal}/ideas/{crowd.proposals[i]}")


ROWS = (
    Row("gateway alone: its share of a small call", small_call, processes=("gateway",)),
    Row("endorse, through the gateway", endorse),
    Row("comment, through the gateway", comment),
    Row("answer a survey of ten questions, through the gateway", respond),
    Row("list of 20, API through the gateway", listed),
    Row("idea list as a page", list_page, share=0.5),
    Row("idea as a page", idea_page, share=0.5),
)
