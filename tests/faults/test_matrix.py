"""The faults of the matrix, as long as CI has time for; `python -m tests.faults` tries all of them at full length."""

import pytest

from tests.faults.failpoints import PLAN, registered
from tests.faults.matrix import AT_FAILPOINTS, FAULTS, Fault, suffer, suffer_at_failpoints
from tests.faults.world import SHAPES, Worlds

# kafka-python leaves sockets to the garbage collector when a broker that it reads from goes away
pytestmark = pytest.mark.filterwarnings("ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning")
TRIED = [
    pytest.param(shape, fault, id=f"{shape}: {fault.name}")
    for shape in SHAPES
    for fault in (AT_FAILPOINTS, *FAULTS)
    if shape in fault.ci
]


@pytest.mark.timeout(420)
@pytest.mark.parametrize(("shape", "fault"), TRIED)
def test_a_promise_holds_while_things_go_wrong(shape: str, fault: Fault, worlds: Worlds) -> None:
    hurt = worlds.of(shape)

    outcome = suffer_at_failpoints(hurt) if fault is AT_FAILPOINTS else suffer(hurt, fault, fault.quick)

    print(f"ready after {outcome.ready:.1f} s, at rest after {outcome.rest:.1f} s", outcome.recoveries)
    assert outcome.findings == {}
    if fault is AT_FAILPOINTS:
        assert set(outcome.recoveries) == registered(), "a registered failpoint was never reached"


def test_the_plan_names_every_failpoint_once() -> None:
    planned = [point for points in PLAN.values() for point in points]

    assert sorted(planned) == sorted(registered())
