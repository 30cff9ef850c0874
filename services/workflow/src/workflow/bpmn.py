"""BPMN files, read without trust: no document type, no entities, only the elements that the engine is meant to run."""

from collections import defaultdict
from functools import cache
from hashlib import sha256
from typing import Any

from lxml import etree  # type: ignore[import-untyped]  # lxml has no types

from chassis.errors import Invalid
from workflow import expressions

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
_DRAWING = (  # namespaces of the diagram, which nothing here reads
    "http://www.omg.org/spec/BPMN/20100524/DI",
    "http://www.omg.org/spec/DD/20100524/DI",
    "http://www.omg.org/spec/DD/20100524/DC",
)
_FLOW_NODES = {
    "startEvent", "endEvent", "task", "userTask", "manualTask", "scriptTask", "exclusiveGateway", "parallelGateway",
    "inclusiveGateway", "intermediateCatchEvent", "subProcess",
}  # fmt: skip
_OTHERS = {
    "definitions", "process", "collaboration", "participant", "laneSet", "lane", "flowNodeRef", "documentation",
    "sequenceFlow", "conditionExpression", "incoming", "outgoing", "script", "message", "messageEventDefinition",
    "terminateEventDefinition", "textAnnotation", "text", "association", "group", "category", "categoryValue",
}  # fmt: skip
_MOST_NODES = 300
_MOST_UNROLLED = 2_000  # steps ahead that the engine would lay out at once: chained parallel gateways double them


class MalformedBpmn(Invalid):
    """The definition is not a BPMN 2.0 file that can be run here."""


def digest(xml: str) -> str:
    """What tells two bodies apart (SHA-256, hexadecimal)."""
    return sha256(xml.encode()).hexdigest()


def read(xml: str) -> Any:
    """The file's root, checked. Raises MalformedBpmn; the detail says what is wrong and quotes nothing."""
    if "<!DOCTYPE" in xml or "<!ENTITY" in xml:
        raise _malformed("A document type or entities have no place in a definition.")
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_pis=True
    )
    try:
        root = etree.fromstring(xml.encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        raise _malformed("This is not well-formed XML.") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise _malformed("A document type has no place in a definition.")
    _only_known(root)
    _small_scripts(root)
    _bounded(root)
    return root


def process_id(root: Any) -> str:
    """The id of the file's one executable process. Raises MalformedBpmn."""
    found: list[str | None] = [
        each.get("id") for each in root.iter(_tag("process")) if each.get("isExecutable") == "true"
    ]
    if len(found) != 1 or not found[0]:
        raise _malformed("A definition holds exactly one process with an id and isExecutable.")
    return found[0]


def _only_known(root: Any) -> None:
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue  # a comment
        name = etree.QName(element)
        if name.namespace in _DRAWING:
            continue
        if name.namespace != BPMN or name.localname not in _FLOW_NODES | _OTHERS:
            raise _malformed(f"The element {name.localname} is not run here.")
        if name.localname == "intermediateCatchEvent" and element.find(_tag("messageEventDefinition")) is None:
            raise _malformed("An intermediate event waits for a message.")


def _small_scripts(root: Any) -> None:
    try:
        for script in root.iter(_tag("script")):
            expressions.check_script(script.text or "")
        for condition in root.iter(_tag("conditionExpression")):
            expressions.check_expression(condition.text or "")
    except expressions.NotAllowed as refused:
        raise _malformed(f"A script or condition is not in the language: {refused}.") from None


def _bounded(root: Any) -> None:
    nodes = {each.get("id", ""): etree.QName(each).localname for name in _FLOW_NODES for each in root.iter(_tag(name))}
    if len(nodes) > _MOST_NODES:
        raise _malformed(f"A definition has at most {_MOST_NODES} nodes.")
    following = defaultdict(list)
    for flow in root.iter(_tag("sequenceFlow")):
        following[flow.get("sourceRef", "")].append(flow.get("targetRef", ""))
    if any(each > _MOST_UNROLLED for each in _unrolled(nodes, following).values()):
        raise _malformed("Too many parallel branches follow one another.")


def _unrolled(nodes: dict[str, str], following: dict[str, list[str]]) -> dict[str, int]:
    """How many steps the engine lays out ahead of each node. A loop counts once, and behind a choice it looks two steps
    far; parallel branches it lays out whole, each with all that follows it."""
    sizes: dict[str, int] = {}

    def size(node: str, above: frozenset[str]) -> int:
        if node in above:
            return 1
        if nodes.get(node) == "exclusiveGateway":
            return 1 + 2 * len(following[node])
        if node not in sizes:
            sizes[node] = 1 + sum(size(each, above | {node}) for each in following[node])
        return sizes[node]

    for node in nodes:
        size(node, frozenset())
    return sizes


@cache
def _tag(name: str) -> str:
    return f"{{{BPMN}}}{name}"


def _malformed(detail: str) -> MalformedBpmn:
    return MalformedBpmn(detail, [("processBody", detail)])
