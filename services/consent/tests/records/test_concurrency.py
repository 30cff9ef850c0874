"""Two at once come out as one after the other."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from chassis.testing.client import Client

AGREEMENT = "/service/individual/record/data-agreement/participation/"
RECORDS = "/service/individual/record/consent-record/"
Speak = Callable[[str], Client]


def test_many_at_once_make_one_record(make_agreement: Callable[[], Any], joining: Speak, administrator: Client) -> None:
    make_agreement()
    callers = [joining("ada") for _ in range(8)]

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda caller: caller.post(AGREEMENT), callers))

    assert [answer.status for answer in answers] == [200] * 8
    assert len({answer.body["consentRecord"]["id"] for answer in answers}) == 1
    assert administrator.get("/audit/verification/").body == {"unbroken": True, "revisions": 3, "rows": 3}


def test_giving_and_withdrawing_at_once_keeps_one_chain(
    make_agreement: Callable[[], Any], joining: Speak, person: Speak, administrator: Client
) -> None:
    make_agreement()
    record_id = joining("ada").post(AGREEMENT).body["consentRecord"]["id"]
    wishes = [number % 2 == 0 for number in range(10)]
    callers = [(person("ada"), wish) for wish in wishes]

    with ThreadPoolExecutor(5) as pool:
        answers = list(
            pool.map(lambda each: each[0].put(f"{RECORDS}{record_id}/", {"consentRecord": {"optIn": each[1]}}), callers)
        )

    assert {answer.status for answer in answers} == {200}
    assert administrator.get("/audit/verification/").body["unbroken"] is True
