"""The engine as pure functions: (definition, state, input) → (state, effects)."""

import json
from collections.abc import Callable
from random import Random

import pytest

from workflow import engine
from workflow.definitions.actions import lifecycle
from workflow.steps import Activity, CannotGoOn, Complete, Message, NotAwaited

XML = lifecycle().xml
LIFE: list[Complete | Message] = [
    Complete("approve"),
    Message("phases-closed"),
    Complete("verify"),
    Complete("decide"),
]


def elements(activities: tuple[Activity, ...]) -> list[str]:
    return [each.element for each in activities]


def test_the_lifecycle_opens_its_tasks_in_order() -> None:
    state, effects = engine.begin(XML, {"processId": "p"})
    opened, ended = [elements(effects.opened)], [effects.ended]

    for given in LIFE:
        state, effects = engine.advance(XML, state, given)
        opened.append(elements(effects.opened))
        ended.append(effects.ended)

    assert opened == [["approve"], [], ["verify"], ["decide"], []]
    assert ended == [False, False, False, False, True]


def test_a_task_knows_its_lane_and_name() -> None:
    _, effects = engine.begin(XML, {})

    assert effects.opened == (Activity("approve", "Approve the process", "officials"),)


def test_what_is_not_awaited_is_refused_and_changes_nothing() -> None:
    state, _ = engine.begin(XML, {})
    before = state

    for given in (Message("phases-closed"), Complete("verify"), Complete("nothing"), Message("other")):
        with pytest.raises(NotAwaited):
            engine.advance(XML, state, given)

    assert state == before


@pytest.mark.parametrize("length", range(len(LIFE) + 1))
def test_a_state_is_what_its_history_leads_to(length: int) -> None:
    state, _ = engine.begin(XML, {"processId": "p"})
    for given in LIFE[:length]:
        state, _ = engine.advance(XML, state, given)

    replayed = engine.replay(XML, {"processId": "p"}, LIFE[:length])

    assert engine.position(XML, replayed) == engine.position(XML, state)


def test_a_state_holds_no_definition() -> None:
    state, _ = engine.begin(XML, {})

    assert "spec" not in json.loads(state) and len(state) < 5_000


def test_a_loop_opens_the_same_task_again(errand: str) -> None:
    state, _ = engine.begin(errand, {"enough": False})

    again_state, again = engine.advance(errand, state, Complete("fetch"))
    _, done = engine.advance(errand, again_state, Complete("fetch", {"enough": True}))

    assert elements(again.opened) == ["fetch"] and again.cancelled == ()
    assert done.ended


def test_scripts_and_conditions_use_the_data(make_bpmn: Callable[..., str]) -> None:
    nodes = (
        '<startEvent id="s"/><scriptTask id="count"><script>twice = n * 2</script></scriptTask>'
        '<exclusiveGateway id="g" default="flow-3"/><userTask id="many"/><userTask id="few"/><endEvent id="e"/>'
    )
    flows = [("s", "count", None), ("count", "g", None), ("g", "many", "twice > 10"), ("g", "few", None),
             ("many", "e", None), ("few", "e", None)]  # fmt: skip
    xml = make_bpmn(nodes, flows)

    opened = {n: elements(engine.begin(xml, {"n": n})[1].opened) for n in (1, 9)}

    assert opened == {1: ["few"], 9: ["many"]}
    with pytest.raises(CannotGoOn):
        engine.begin(xml, {})


def test_circles_without_a_task_are_stopped(make_bpmn: Callable[..., str]) -> None:
    nodes = '<startEvent id="s"/><exclusiveGateway id="g" default="flow-2"/><endEvent id="e"/>'
    nodes += '<scriptTask id="t"><script>n = 1</script></scriptTask>'
    flows = [("s", "g", None), ("g", "e", "1 == 2"), ("g", "t", None), ("t", "g", None)]

    with pytest.raises(CannotGoOn):
        engine.begin(make_bpmn(nodes, flows), {})


def test_an_end_for_all_cancels_what_is_open(make_bpmn: Callable[..., str]) -> None:
    nodes = (
        '<startEvent id="s"/><parallelGateway id="g"/><userTask id="a"/><userTask id="b"/>'
        '<endEvent id="x"><terminateEventDefinition/></endEvent><endEvent id="e"/>'
    )
    flows = [("s", "g", None), ("g", "a", None), ("g", "b", None), ("a", "x", None), ("b", "e", None)]
    xml = make_bpmn(nodes, flows)
    state, effects = engine.begin(xml, {})

    _, after = engine.advance(xml, state, Complete("a"))

    assert sorted(elements(effects.opened)) == ["a", "b"]
    assert elements(after.cancelled) == ["b"] and after.ended


def test_a_sub_process_shows_its_tasks(make_bpmn: Callable[..., str]) -> None:
    inner = (
        '<subProcess id="sub"><startEvent id="s2"/><userTask id="inside"/><endEvent id="e2"/>'
        '<sequenceFlow id="i1" sourceRef="s2" targetRef="inside"/>'
        '<sequenceFlow id="i2" sourceRef="inside" targetRef="e2"/></subProcess>'
    )
    xml = make_bpmn(f'<startEvent id="s"/>{inner}<endEvent id="e"/>', [("s", "sub", None), ("sub", "e", None)])

    state, effects = engine.begin(xml, {"n": 1})
    _, after = engine.advance(xml, state, Complete("inside", {"m": 2}))

    assert elements(effects.opened) == ["inside"] and after.ended


@pytest.mark.parametrize("seed", range(12))
def test_random_definitions_replay_to_the_same_position(make_bpmn: Callable[..., str], seed: int) -> None:
    random = Random(seed)
    nodes, flows, last = '<startEvent id="s"/><endEvent id="e"/>', [], "s"
    for n in range(random.randint(2, 6)):
        shape = random.choice(["task", "choice", "parallel"])
        if shape == "task":
            nodes += f'<userTask id="t{n}"/>'
            flows.append((last, f"t{n}", None))
            last = f"t{n}"
            continue
        gateway = "parallelGateway" if shape == "parallel" else "exclusiveGateway"
        nodes += f'<userTask id="a{n}"/><userTask id="b{n}"/><{gateway} id="j{n}"/>'
        flows += [(last, f"g{n}", None), (f"g{n}", f"a{n}", None)]
        nodes += f'<{gateway} id="g{n}"' + ("/>" if shape == "parallel" else f' default="flow-{len(flows) - 1}"/>')
        flows += [(f"g{n}", f"b{n}", None if shape == "parallel" else "odd"), (f"a{n}", f"j{n}", None)]
        flows.append((f"b{n}", f"j{n}", None))
        last = f"j{n}"
    xml = make_bpmn(nodes, [*flows, (last, "e", None)])
    data = {"odd": bool(seed % 2)}

    state, effects = engine.begin(xml, data)
    history: list[Complete | Message] = []
    while not effects.ended:
        choice = random.choice(engine.position(xml, state).open)
        history.append(Complete(choice.element, {"odd": random.random() < 0.5}))
        state, effects = engine.advance(xml, state, history[-1])
        assert engine.position(xml, engine.replay(xml, data, history)) == engine.position(xml, state)

    assert engine.position(xml, state).open == ()
