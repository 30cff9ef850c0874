"""The fault matrix: each fault, what is promised while it lasts, and how it is brought about."""

import math
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.faults import injections
from tests.faults.client import GaveUp
from tests.faults.failpoints import PLAN, armed, often_reached
from tests.faults.world import EMBEDDED, SERVERS, World, world

_PLAYS = 3  # a process that died often may come by its last point only in the next play


@dataclass(frozen=True)
class Outcome:
    """What was found wrong, by invariant; seconds until ready and until rest; recoveries by what died."""

    findings: dict[str, list[str]]
    ready: float
    rest: float
    recoveries: dict[str, float] = field(default_factory=dict)

    @property
    def held(self) -> bool:
        return not self.findings


@dataclass(frozen=True)
class Fault:
    """`inject` brings it about and ends it, once the play has reached `stage`; it lasts so many `seconds`, in CI
    `quick` ones. `ci` names the shapes in which CI tries it; the command tries all."""

    name: str
    promise: str
    shapes: tuple[str, ...]
    inject: Callable[[World, float], None]
    stage: str = "joined"
    seconds: float = 0.0
    quick: float = 0.0
    without: tuple[str, ...] = ()  # invariants that nobody promises then
    ci: tuple[str, ...] = ()


def suffer(world: World, fault: Fault, seconds: float, seed: int = 20161) -> Outcome:
    """Play a process, hurt the mesh meanwhile, let it come to rest, and look."""
    random.seed(seed)
    try:
        with world.playing() as playing:
            world.reached(fault.stage)
            fault.inject(world, seconds)
            ready = world.ready()
    except (GaveUp, TimeoutError) as unfinished:
        return _unfinished(unfinished)
    rest = world.rest()
    world.figures(playing.result())
    world.ledger.fault(fault.name, ready, rest)
    return Outcome(world.findings(fault.without), ready, rest)


def suffer_at_failpoints(world: World, hit: int = 1) -> Outcome:
    """Play until every process has died at all its points, the `hit`th time it comes by each."""
    played = []
    try:
        with armed(world, PLAN if hit == 1 else often_reached(), hit) as chains:
            for _ in range(_PLAYS * hit):
                if not all(chain.done for chain in chains):
                    with world.playing() as playing:
                        pass
                    played.append(playing.result())
            ready = world.ready()
            world.until(lambda: all(chain.recovered for chain in chains))
    except (GaveUp, TimeoutError) as unfinished:
        return _unfinished(unfinished)
    rest = world.rest()
    for process in played:
        world.figures(process)
    recoveries = {point: seconds for chain in chains for point, seconds in chain.recovery.items()}
    for point, seconds in recoveries.items():
        world.ledger.fault(point, seconds, rest)
    return Outcome(world.findings(), ready, rest, recoveries)


def suffer_power_cut(seed: int) -> Outcome:
    """A mesh of its own is cut off while people speak, and started again on what the disk has."""
    with world(EMBEDDED, power=True) as dark:
        assert dark.power is not None
        dark.power.settle()
        with dark.playing() as playing:
            dark.reached("joined")
            time.sleep(random.Random(seed).uniform(0.2, 1.0))
            lost = dark.power_cut(seed)
            ready = dark.ready() + dark.mesh.ready_seconds
        rest = dark.rest()
        dark.figures(playing.result())
        dark.ledger.fault(POWER_CUT.name, ready, rest)
        assert lost, "nothing was lost; the cut proves nothing"
        return Outcome(dark.findings(), ready, rest)


def _unfinished(reason: Exception) -> Outcome:
    """The play did not come to its end."""
    return Outcome({"play": [repr(reason)]}, math.inf, math.inf)


BOTH = (EMBEDDED, SERVERS)
AT_FAILPOINTS = Fault(
    "`kill -9` at every registered failpoint",
    "nothing acknowledged is lost, nothing counts twice",
    BOTH,
    lambda world, seconds: None,
    ci=BOTH,
)
POWER_CUT = Fault(
    "a power cut: what was not synchronised is lost or torn",
    "what was acknowledged is there after the restart",
    (EMBEDDED,),
    lambda world, seconds: None,
    ci=(EMBEDDED,),
)
FAULTS: tuple[Fault, ...] = (
    Fault(
        "two processes killed at once, again and again",
        "as at the failpoints; each serves again by itself",
        BOTH,
        injections.kill_pairs,
        seconds=40,
        quick=15,
        ci=(EMBEDDED,),
    ),
    Fault("all processes killed at once", "as above", BOTH, injections.kill_all),
    Fault(
        "the broker is away",
        "contributions are taken all the time; events wait in the outbox, then flow",
        BOTH,
        injections.broker_away,
        seconds=60,
        quick=8,
        ci=(SERVERS,),
    ),
    Fault(
        "the database server crashes (`immediate`), then is killed",
        "what was acknowledged was committed; blocks serve again by themselves",
        (SERVERS,),
        injections.database_crash,
        seconds=5,
        quick=1,
        ci=(SERVERS,),
    ),
    Fault(
        "the disk is full",
        "writes are refused, nothing is corrupted, no repair is needed",
        (EMBEDDED,),
        injections.disk_full,
        seconds=20,
        quick=4,
        ci=(EMBEDDED,),
    ),
    Fault(
        "every record is delivered again, in another order",
        "inboxes know them",
        BOTH,
        injections.duplicates,
        stage="spoken",
        ci=(EMBEDDED,),
    ),
    Fault(
        "records that cannot be handled",
        "they go to the dead letters with a reason, the others flow",
        BOTH,
        injections.poison,
        ci=(EMBEDDED,),
    ),
    Fault(
        "all consumer groups lose their place",
        "they read from the beginning; nothing happens twice",
        BOTH,
        injections.groups_reset,
        stage="spoken",
        ci=BOTH,
    ),
    Fault(
        "the broker loses all records, read or not",
        "producers send them again; nothing is missing, nothing happens twice",
        BOTH,
        injections.broker_loses_all,
        without=("I11",),  # what is sent again comes after what was sent meanwhile
        ci=BOTH,
    ),
    Fault(
        "consumers are stopped (SIGSTOP) and go on",
        "what they held is handled once",
        BOTH,
        injections.consumer_frozen,
        seconds=60,
        quick=10,
        ci=(EMBEDDED,),
    ),
    Fault(
        "the mail server takes no mail",
        "notices wait, then leave, each once",
        BOTH,
        injections.mail_away,
        stage="closed",
        seconds=30,
        quick=4,
        ci=(EMBEDDED,),
    ),
    Fault(  # the last one: how late instants fire says nothing once the clock was moved
        "the scheduler's clock jumps an hour ahead, an hour behind, and back",
        "no instant is lost, none fires twice",
        BOTH,
        injections.clock_jumps,
        stage="spoken",
        seconds=10,
        quick=1,
        ci=(EMBEDDED,),
    ),
)
