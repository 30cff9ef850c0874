"""What open forms ask of their senders, a test a threshold; and that no address is kept."""

from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from itertools import count

import pytest
from flask import Flask

from portal.abuse import work
from portal.abuse.buckets import Buckets
from portal.abuse.doorkeeper import SOLUTION, STAMP, TRAP, Asked, Doorkeeper, Sender
from portal.abuse.networks import Salted, client_address, network

from . import make

ASKED = Asked(least_seconds=2.0, attempts=4, seconds_an_attempt=20.0, work_bits=8, wait_seconds=30.0, proxies=0)
HOME, OTHER = Sender("192.0.2.7", None), Sender("198.51.100.7", None)
SHOWN = make.NOW


@pytest.fixture(autouse=True)
def _speaking(app: Flask) -> object:
    with app.test_request_context("/"):
        app.preprocess_request()
        yield


def sent(keeper: Doorkeeper, **more: str) -> dict[str, str]:
    return {STAMP: keeper.stamp(SHOWN), **more}


def solved(stamp: str, bits: int = ASKED.work_bits) -> str:
    return next(str(number) for number in count() if work.is_done(stamp, str(number), bits))


def test_a_person_passes() -> None:
    keeper = Doorkeeper("secret", ASKED)

    assert keeper.objection(sent(keeper), HOME, SHOWN + timedelta(seconds=2)) is None


def test_what_fills_in_the_trap_does_not_pass() -> None:
    keeper = Doorkeeper("secret", ASKED)

    said = keeper.objection(sent(keeper, **{TRAP: "https://spam.example"}), HOME, SHOWN + timedelta(minutes=1))

    assert said is not None and "not for you" in said


@pytest.mark.parametrize(("seconds", "passes"), [(1.9, False), (2.0, True), (86_400.0, True), (86_401.0, False)])
def test_a_form_is_read_before_it_is_sent_and_not_for_ever(seconds: float, passes: bool) -> None:
    keeper = Doorkeeper("secret", ASKED)

    said = keeper.objection(sent(keeper), HOME, SHOWN + timedelta(seconds=seconds))

    assert (said is None) is passes


@pytest.mark.parametrize("stamp", ["", "nonsense", "another keeper's"])
def test_a_stamp_of_somebody_else_is_none(stamp: str) -> None:
    keeper = Doorkeeper("secret", ASKED)
    given = Doorkeeper("other secret", ASKED).stamp(SHOWN) if stamp == "another keeper's" else stamp

    assert keeper.objection({STAMP: given}, HOME, SHOWN + timedelta(minutes=1)) is not None


def test_a_network_sends_so_many_forms_and_another_is_not_in_its_way() -> None:
    keeper, at = Doorkeeper("secret", ASKED), SHOWN + timedelta(minutes=1)

    said = [keeper.objection(sent(keeper), HOME, at) for _ in range(5)]

    assert said[:4] == [None] * 4
    assert said[4] is not None and "Wait a few minutes" in said[4]
    assert keeper.objection(sent(keeper), OTHER, at) is None
    assert keeper.objection(sent(keeper), HOME, at + timedelta(seconds=20)) is None


def test_a_busy_network_works_or_waits() -> None:
    keeper = Doorkeeper("secret", replace(ASKED, attempts=10))
    soon, later = SHOWN + timedelta(seconds=5), SHOWN + timedelta(seconds=30)
    for _ in range(5):
        assert keeper.objection(sent(keeper), HOME, soon) is None

    refused = keeper.objection(sent(keeper), HOME, soon)
    form = sent(keeper)
    worked = keeper.objection(form | {SOLUTION: solved(form[STAMP])}, HOME, soon)
    again = keeper.objection(form | {SOLUTION: solved(form[STAMP])}, HOME, soon)
    waited = keeper.objection(sent(keeper), HOME, later)

    assert refused is not None and "Wait half a minute" in refused
    assert worked is None
    assert again is not None
    assert waited is None


@pytest.mark.parametrize("solution", ["", "-1", "x", "9" * 30, "\N{ARABIC-INDIC DIGIT ONE}"])
def test_what_is_no_number_is_no_solution(solution: str) -> None:
    assert not work.is_done("challenge", solution, 0)


def test_a_solution_makes_the_digest_begin_with_zeros() -> None:
    number = solved("challenge", 10)

    digest = sha256(f"challenge:{number}".encode()).digest()
    assert digest[0] == 0 and digest[1] < 64


def test_a_bucket_fills_with_time_and_never_over_its_rim() -> None:
    buckets = Buckets(2, 10.0)

    assert [buckets.take("a", 0.0) for _ in range(3)] == [1.0, 0.0, -1.0]
    assert buckets.take("a", 10.0) == 0.0
    assert buckets.take("a", 1000.0) == 1.0


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("192.0.2.7", "192.0.2.0/24"),
        ("::ffff:192.0.2.7", "192.0.2.0/24"),
        ("2001:db8:1:23ff::1", "2001:db8:1:2300::/56"),
        ("nonsense", "unknown"),
    ],
)
def test_a_network_is_about_a_household(address: str, found: str) -> None:
    assert network(address) == found


def test_no_address_is_kept_and_none_is_known_on_another_day() -> None:
    salted, monday = Salted(), date(2026, 11, 23)

    first, second = salted.name("192.0.2.7", monday), salted.name("192.0.2.99", monday)
    tuesday = salted.name("192.0.2.7", monday + timedelta(days=1))

    assert first == second != tuesday
    assert "192" not in repr(vars(salted))


@pytest.mark.parametrize(
    ("forwarded", "proxies", "found"),
    [
        (None, 0, "10.0.0.1"),
        ("203.0.113.9", 0, "10.0.0.1"),
        ("203.0.113.9", 1, "203.0.113.9"),
        ("6.6.6.6, 203.0.113.9", 1, "203.0.113.9"),
        ("6.6.6.6, 203.0.113.9, 10.0.0.2", 2, "203.0.113.9"),
        ("", 1, "10.0.0.1"),
    ],
)
def test_what_callers_write_of_their_address_is_not_believed(forwarded: str | None, proxies: int, found: str) -> None:
    assert client_address("10.0.0.1", forwarded, proxies) == found
