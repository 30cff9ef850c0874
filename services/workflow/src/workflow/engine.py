# mypy: disable-error-code="no-untyped-call"
# SpiffWorkflow has no types; nothing untyped leaves this file but a state, which is JSON.
"""The BPMN engine, SpiffWorkflow, behind pure functions: (definition, state, input) → (state, effects).

Nothing here reads or writes anything. A state is JSON and holds no definition; the definition is pinned beside it.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.bpmn.script_engine.python_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.serializer.workflow import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.util.event import BpmnEvent
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.exceptions import SpiffWorkflowException
from SpiffWorkflow.util.task import TaskState

from workflow import bpmn, expressions
from workflow.bpmn import MalformedBpmn
from workflow.steps import Activity, CannotGoOn, Complete, Effects, Message, NotAwaited, Position

State = str  # JSON as the serializer has it, without the definition; as text, because the order of its members matters
_MOST_STEPS = 500  # of gateways and scripts after one input
_DEFINITION = ("spec", "subprocess_specs")


def check(xml: str) -> None:
    """Whether the definition can be run, up to its first wait. Raises MalformedBpmn."""
    _parsed(xml)


def begin(xml: str, data: dict[str, Any]) -> tuple[State, Effects]:
    """A new instance, run up to its first wait. Raises MalformedBpmn, CannotGoOn."""
    workflow: Any = BpmnWorkflow(*_parsed(xml), script_engine=_Restricted())
    workflow.task_tree.data.update(data)
    _run(workflow)
    state = _state(workflow)
    return state, _effects(Counter(), _position(workflow))


def advance(xml: str, state: State, given: Complete | Message) -> tuple[State, Effects]:
    """The instance after the input, run up to its next wait. Raises NotAwaited, CannotGoOn."""
    workflow = _restored(xml, state)
    before = _position(workflow)
    still = Counter(before.open)
    if isinstance(given, Complete):
        task = next((each for each in _open(workflow) if each.task_spec.name == given.element), None)
        if task is None:
            raise NotAwaited("The instance does not wait for this task.")
        still[_activity(task)] -= 1
        task.data.update(given.values)
        _run(workflow, task.run)
    else:
        if given.name not in before.awaited:
            raise NotAwaited("The instance does not wait for this message.")
        event = BpmnEvent(MessageEventDefinition(given.name), {})
        _run(workflow, lambda: workflow.send_event(event))
    return _state(workflow), _effects(still, _position(workflow))


def position(xml: str, state: State) -> Position:
    """Where the instance stands."""
    return _position(_restored(xml, state))


def replay(xml: str, data: dict[str, Any], inputs: list[Complete | Message]) -> State:
    """The state that this history leads to: a fold of `begin` and `advance`."""
    state, _ = begin(xml, data)
    for given in inputs:
        state, _ = advance(xml, state, given)
    return state


class _Restricted(PythonScriptEngine):
    """Evaluates the little language of `expressions` and nothing else; the engine's own uses `eval` and `exec`."""

    def evaluate(self, task: Any, expression: str, external_context: Any = None) -> Any:
        return expressions.evaluate(expression, task.data)

    def execute(self, task: Any, script: str, external_context: Any = None) -> bool:
        expressions.execute(script, task.data)
        return True

    def call_service(self, task: Any, **_: Any) -> Any:
        raise expressions.NotAllowed("services are not called")


def _parsed(xml: str) -> tuple[Any, Any]:
    root = bpmn.read(xml)
    process_id = bpmn.process_id(root)
    parser = BpmnParser()
    try:
        parser.add_bpmn_xml(root)
        return parser.get_spec(process_id), parser.get_subprocess_specs(process_id)
    except (ValidationException, SpiffWorkflowException, KeyError, AttributeError, IndexError, TypeError, ValueError):
        raise MalformedBpmn("The process is not complete.", [("processBody", "is not a complete process")]) from None


@lru_cache(64)
def _definition(xml: str) -> str:
    """The definition as the serializer has it, in JSON: read anew for each use, because the engine changes it."""
    workflow: Any = BpmnWorkflow(*_parsed(xml), script_engine=_Restricted())
    whole = json.loads(_serializer().serialize_json(workflow))
    return json.dumps({name: whole[name] for name in _DEFINITION})


def _serializer() -> Any:
    return BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())


def _state(workflow: Any) -> State:
    whole = json.loads(_serializer().serialize_json(workflow))
    return json.dumps({name: value for name, value in whole.items() if name not in _DEFINITION})


def _restored(xml: str, state: State) -> Any:
    workflow = _serializer().deserialize_json(json.dumps(json.loads(state) | json.loads(_definition(xml))))
    workflow.script_engine = _Restricted()
    return workflow


def _run(workflow: Any, first: Callable[[], object] = lambda: None) -> None:
    steps = 0

    def count(_task: Any) -> None:
        nonlocal steps
        steps += 1
        if steps > _MOST_STEPS:
            raise CannotGoOn("The instance runs in circles.")

    try:
        first()
        workflow.do_engine_steps(will_complete_task=count)
    except (SpiffWorkflowException, expressions.NotAllowed, RecursionError):
        raise CannotGoOn("A script or condition cannot be evaluated over the instance's data.") from None


def _position(workflow: Any) -> Position:
    steps = tuple(
        (task.task_spec.name, int(task.state), json.dumps(task.data, sort_keys=True)) for task in _tree(workflow)
    )
    awaited = sorted(
        task.task_spec.event_definition.name
        for task in _tree(workflow)
        if task.state == TaskState.WAITING and hasattr(task.task_spec, "event_definition")
    )
    return Position(
        open=tuple(_activity(task) for task in _open(workflow)),
        awaited=tuple(awaited),
        ended=bool(workflow.completed),
        steps=steps,
    )


def _open(workflow: Any) -> list[Any]:
    return [task for task in _tree(workflow) if task.state == TaskState.READY and task.task_spec.manual]


def _tree(workflow: Any) -> Iterator[Any]:
    """All tasks, parents before children, sub-processes beneath the task that holds them."""

    def walk(task: Any) -> Iterator[Any]:
        yield task
        if (inner := workflow.subprocesses.get(task.id)) is not None:
            yield from walk(inner.task_tree)
        for child in task.children:
            yield from walk(child)

    return walk(workflow.task_tree)


def _activity(task: Any) -> Activity:
    spec = task.task_spec
    return Activity(spec.name, spec.bpmn_name or spec.name, spec.lane)


def _effects(before: Counter[Activity], after: Position) -> Effects:
    now = Counter(after.open)
    return Effects(tuple((now - before).elements()), tuple((before - now).elements()), after.ended)
