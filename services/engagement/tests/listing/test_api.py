"""Lists of proposals: orders, pages, filters, what they cost and what they never show."""

from collections.abc import Callable
from datetime import timedelta
from types import ModuleType
from typing import Any

import pytest

from chassis.app import App
from chassis.paging import encode
from chassis.testing.client import Client, assert_problem
from engagement.contributions import Status
from engagement.counts import store as counts
from engagement.evaluation import store as evaluation
from engagement.listing.model import wilson
from engagement.proposals import store as proposals
from engagement.proposals.model import Decision, Endorsement, State, Verification


@pytest.fixture
def many(app: App, world: Any, make: ModuleType) -> Callable[[int], Any]:
    """A process with so many proposals of one author, of which half were published at the same instant, and noise."""

    def fill(number: int) -> Any:
        process = world.process()
        author = world.participant(process, "ana")
        noise = world.process()
        with app.runtime.transaction() as tx:
            for each in range(1, number + 1):
                at = make.NOON + timedelta(seconds=each // 2)
                content = make.content(f"Proposal of tree {each}", category=None)
                proposal = make.proposal(process.id, author, number=each, published_at=at, content=content)
                proposals.add(tx, proposal)
                counts.add_to_proposal(tx, proposal.id, process.id, endorsements=each % 3)
            proposals.add(tx, make.proposal(noise.id))
            proposals.add(tx, make.draft(process.id, author))
            hidden = {"state": State.HIDDEN, "status": Status.HIDDEN, "number": number + 1}
            proposals.add(tx, make.proposal(process.id, author, **hidden))
        return process

    return fill


@pytest.mark.parametrize("order", ["newest", "most_supported", "best", "random&seed=7"])
def test_pages_hold_each_proposal_once_however_equal_they_are(
    public: Client, many: Callable[[int], Any], order: str
) -> None:
    process = many(23)

    seen = _all(public, f"/v1/processes/{process.id}/proposals?order={order}&limit=5")

    assert len(seen) == len({each["id"] for each in seen}) == 23
    if order == "newest":
        assert [each["publishedAt"] for each in seen] == sorted((each["publishedAt"] for each in seen), reverse=True)
    if order == "most_supported":
        assert [each["endorsements"] for each in seen] == sorted((each["endorsements"] for each in seen), reverse=True)


def test_a_seed_is_one_order_and_another_seed_another(public: Client, many: Callable[[int], Any]) -> None:
    its = f"/v1/processes/{many(30).id}/proposals?order=random"

    first, again, other = ([each["id"] for each in _all(public, f"{its}&seed={seed}")] for seed in (3, 3, 4))

    assert first == again
    assert first != other
    assert sorted(first) == sorted(other)


def test_a_proposal_that_comes_while_someone_reads_on_is_not_seen_twice(
    public: Client, many: Callable[[int], Any], world: Any, make: ModuleType
) -> None:
    process = many(10)
    its = f"/v1/processes/{process.id}/proposals?limit=5"
    first = public.get(its).body

    world.proposal(process, number=99, published_at=make.NOON + make.HOUR)
    second = public.get(f"{its}&cursor={first['next']}").body

    assert not {each["id"] for each in first["items"]} & {each["id"] for each in second["items"]}
    assert len(second["items"]) == 5


@pytest.mark.parametrize("reader", ["public", "ana", "ben"])
def test_a_page_costs_the_same_however_many_there_are(
    public: Client,
    citizen: Callable[..., Client],
    many: Callable[[int], Any],
    statements: Any,
    reader: str,
) -> None:
    costs = []
    for number in (20, 200):
        process = many(number)
        asks = public if reader == "public" else citizen(reader)
        with statements() as said:
            page = asks.get(f"/v1/processes/{process.id}/proposals")
        assert len(page.body["items"]) == 20
        costs.append(len(said))

    assert costs == [2, 2]


def test_a_reader_sees_her_own_part(app: App, citizen: Callable[..., Client], world: Any, make: ModuleType) -> None:
    process = world.process()
    ana, ben = world.participant(process, "ana"), world.participant(process, "ben")
    proposal = world.proposal(process, ana)
    with app.runtime.transaction() as tx:
        proposals.add_endorsement(tx, Endorsement(make.new_id(), proposal.id, ben.id, ben.actor_key, make.NOON))

    parts = {}
    for name in ("ana", "ben", "eve"):
        (shown,) = citizen(name).get(f"/v1/processes/{process.id}/proposals").body["items"]
        parts[name] = (shown["author"], shown["mine"], shown["endorsedByMe"])

    assert parts == {"ana": ("Ana", True, False), "ben": ("Ana", False, True), "eve": ("Ana", False, False)}


def test_lists_are_filtered_by_category_words_and_outcome(
    app: App, public: Client, world: Any, make: ModuleType
) -> None:
    process = world.process(categories=[{"code": "parks", "name": {"en": "Parks"}}])
    park = world.proposal(process, number=1, content=make.content("Benches (100%) for all", category="parks"))
    world.proposal(process, number=2)
    _decide(app, park, make, published=True)
    its = f"/v1/processes/{process.id}/proposals"

    for wanted in ("category=parks", "search=BENCHES%20all", "search=100%25", "outcome=accepted"):
        assert [each["id"] for each in public.get(f"{its}?{wanted}").body["items"]] == [str(park.id)], wanted
    for missing in ("category=roads", "search=nothing", "outcome=rejected", "search=__"):
        assert public.get(f"{its}?{missing}").body["items"] == [], missing


def test_a_decision_that_is_not_published_is_internal(
    app: App,
    public: Client,
    official: Callable[..., Client],
    citizen: Callable[..., Client],
    world: Any,
    make: ModuleType,
) -> None:
    process = world.process()
    author = world.participant(process, "ana")
    decided = world.proposal(process, author)
    _decide(app, decided, make, published=False)

    for reader in (public, citizen("ana")):
        assert "decision" not in reader.get(f"/v1/proposals/{decided.id}").body
        assert "decision" not in reader.get(f"/v1/processes/{process.id}/proposals").body["items"][0]
        assert reader.get(f"/v1/processes/{process.id}/proposals?outcome=accepted").body["items"] == []
        assert reader.get(f"/v1/processes/{process.id}/figures").body["decisions"] == {}
    assert official().get(f"/v1/proposals/{decided.id}").body["decision"]["outcome"] == "accepted"


def test_officials_see_what_waits_for_them(
    app: App, official: Callable[..., Client], citizen: Callable[..., Client], world: Any, make: ModuleType
) -> None:
    process = world.process()
    pending = world.proposal(process, number=1)
    valid = world.proposal(process, number=2, verification=Verification.VALID)
    decided = world.proposal(process, number=3, verification=Verification.VALID)
    _decide(app, decided, make, published=False)
    its = f"/v1/processes/{process.id}/proposals?work="

    assert [each["id"] for each in official().get(f"{its}to_verify").body["items"]] == [str(pending.id)]
    assert [each["id"] for each in official().get(f"{its}to_decide").body["items"]] == [str(valid.id)]
    assert_problem(citizen().get(f"{its}to_verify"), 403, "not-an-official")


@pytest.mark.parametrize("order", ["newest", "most_supported", "best", "random"])
@pytest.mark.parametrize("values", [["x", "y"], [1, "y"], [None, None], [2.5, "y"], ["2026-01-01", "y"], [{}, []]])
def test_a_cursor_that_no_page_gave_is_refused(public: Client, world: Any, order: str, values: list[object]) -> None:
    cursor = encode(["not-an-id" if value == "y" else value for value in values])

    reply = public.get(f"/v1/processes/{world.process().id}/proposals?order={order}&cursor={cursor}")

    assert_problem(reply, 400, "bad-cursor")


def test_a_page_holds_a_hundred_at_most(public: Client, world: Any) -> None:
    assert_problem(public.get(f"/v1/processes/{world.process().id}/proposals?limit=101"), 400, "invalid")


def _all(reader: Client, its: str) -> list[Any]:
    items, cursor = [], ""
    while cursor is not None:
        body = reader.get(f"{its}{cursor and f'&cursor={cursor}'}").body
        items += body["items"]
        cursor = body["next"]
    return items


def _decide(app: App, proposal: Any, make: ModuleType, *, published: bool) -> None:
    with app.runtime.transaction() as tx:
        decision = Decision(proposal.id, "accepted", "included_in_plan", None, make.NOON)
        evaluation.save(tx, proposal.process_id, [decision], "olga")
        if published:
            evaluation.publish(tx, proposal.process_id, make.NOON)


def test_the_database_orders_by_certainty_as_the_model_does(
    app: App, public: Client, world: Any, make: ModuleType
) -> None:
    process = world.process()
    voices = [(0, 0, 0), (3, 0, 0), (90, 10, 10), (900, 0, 100), (1, 0, 30), (7, 3, 2), (33, 1, 3)]
    ranks = {}
    with app.runtime.transaction() as tx:
        for number, (support, favour, against) in enumerate(voices, 1):
            proposal = make.proposal(process.id, number=number)
            proposals.add(tx, proposal)
            by = {"endorsements": support, "in_favour": favour, "against": against}
            counts.add_to_proposal(tx, proposal.id, process.id, **by)
            ranks[str(proposal.id)] = wilson(support + favour, against)

    seen = [each["id"] for each in _all(public, f"/v1/processes/{process.id}/proposals?order=best&limit=2")]

    assert seen == sorted(ranks, key=lambda each: -ranks[each])


def test_hidden_support_is_in_no_answer_and_orders_nothing(
    app: App,
    public: Client,
    citizen: Callable[..., Client],
    official: Callable[..., Client],
    world: Any,
    make: ModuleType,
) -> None:
    process = world.process(phases=(make.phase(hides_results=True),))
    proposal = world.proposal(process, world.participant(process, "ana"))
    with app.runtime.transaction() as tx:
        counts.add_to_proposal(tx, proposal.id, process.id, endorsements=7, in_favour=3)
    its = f"/v1/processes/{process.id}"

    for reader in (public, citizen("ana")):
        similar = f"{its}/similar-proposals?title=Trees%20along%20the%20river"
        shown = [reader.get(f"/v1/proposals/{proposal.id}").body]
        for address in (f"{its}/proposals", f"{its}/proposals?order=random", similar):
            shown += reader.get(address).body["items"]
        assert [(each["countsHidden"], each["endorsements"], "positions" in each) for each in shown] == [
            (True, None, False)
        ] * 4
        for order in ("most_supported", "best"):
            assert_problem(reader.get(f"{its}/proposals?order={order}"), 409, "counts-hidden")
    assert citizen("ana").get(f"{its}/proposals/mine").body["items"][0]["endorsements"] is None
    assert official().get(f"{its}/proposals?order=best").body["items"][0]["endorsements"] == 7
