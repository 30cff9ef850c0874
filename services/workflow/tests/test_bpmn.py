"""BPMN files are read without trust."""

from collections.abc import Callable
from pathlib import Path

import pytest

from workflow import bpmn, engine
from workflow.bpmn import MalformedBpmn
from workflow.definitions.actions import lifecycle

NODES = '<startEvent id="s"/><userTask id="t"/><endEvent id="e"/>'
FLOWS: list[tuple[str, str, str | None]] = [("s", "t", None), ("t", "e", None)]
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def test_the_lifecycle_of_the_package_can_be_run() -> None:
    engine.check(lifecycle().xml)


def test_a_small_definition_can_be_run(make_bpmn: Callable[..., str]) -> None:
    engine.check(make_bpmn(NODES, FLOWS))


def test_entities_of_any_kind_are_refused(make_bpmn: Callable[..., str], tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("top secret")
    plain = make_bpmn(NODES.replace('id="t"', 'id="t" name="&x;"'), FLOWS)
    attacks = [
        f'<!DOCTYPE d [<!ENTITY x SYSTEM "file://{secret}">]>',
        '<!DOCTYPE d [<!ENTITY x SYSTEM "http://127.0.0.1:9/">]>',
        f'<!DOCTYPE d [<!ENTITY l0 "ha">{LAUGHS}<!ENTITY x "&l9;">]>',
        '<!DOCTYPE d SYSTEM "http://127.0.0.1:9/d.dtd">',
        '<!DOCTYPE d [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p"> %p;]>',
        "",
    ]

    for attack in attacks:
        with pytest.raises(MalformedBpmn) as refused:
            bpmn.read(attack + plain)
        assert "secret" not in refused.value.detail


def test_a_declared_encoding_does_not_hide_a_document_type(make_bpmn: Callable[..., str]) -> None:
    hidden = '+ADwAIQ-DOCTYPE d [+ADwAIQ-ENTITY x "y">]>'

    with pytest.raises(MalformedBpmn):
        bpmn.read(f'<?xml version="1.0" encoding="UTF-7"?>{hidden}{make_bpmn(NODES, FLOWS)}')


@pytest.mark.parametrize(
    "xml",
    [
        "",
        "not xml",
        "<definitions>",
        "<definitions/>",
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>',
        '<process xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="p" isExecutable="true"/>',
        "\ud800",
        "<a>" * 400 + "</a>" * 400,
    ],
)
def test_what_is_no_definition_is_refused(xml: str) -> None:
    with pytest.raises(MalformedBpmn):
        engine.check(xml)


@pytest.mark.parametrize(
    ("nodes", "flows"),
    [
        (NODES, [("s", "nowhere", None)]),
        (NODES + '<serviceTask id="x"/>', FLOWS),
        (NODES + '<callActivity id="x" calledElement="p"/>', FLOWS),
        (NODES + '<businessRuleTask id="x"/>', FLOWS),
        (NODES + '<boundaryEvent id="x" attachedToRef="t"/>', FLOWS),
        (NODES + '<intermediateCatchEvent id="x"><timerEventDefinition/></intermediateCatchEvent>', FLOWS),
        (NODES + '<intermediateCatchEvent id="x"/>', FLOWS),
        (NODES + '<scriptTask id="x"><script>import os</script></scriptTask>', FLOWS),
        (NODES + '<userTask id="x"><multiInstanceLoopCharacteristics/></userTask>', FLOWS),
        (NODES, [("s", "t", "open('f')"), ("t", "e", None)]),
        ("".join(f'<task id="n{n}"/>' for n in range(301)), FLOWS),
    ],
)  # fmt: skip
def test_what_is_not_run_here_is_refused(make_bpmn: Callable[..., str], nodes: str, flows: list) -> None:
    with pytest.raises(MalformedBpmn):
        engine.check(make_bpmn(nodes, flows))


def test_two_processes_in_a_file_are_refused(make_bpmn: Callable[..., str]) -> None:
    other = '<process id="q" isExecutable="true"><startEvent id="s2"/></process>'

    with pytest.raises(MalformedBpmn):
        engine.check(make_bpmn(NODES, FLOWS, outside=other))


def test_a_chain_of_parallel_branches_is_bounded(make_bpmn: Callable[..., str]) -> None:
    def chain(length: int) -> str:
        nodes, flows, last = '<startEvent id="s"/><endEvent id="e"/>', [], "s"
        for n in range(length):
            nodes += f'<parallelGateway id="f{n}"/><task id="a{n}"/><task id="b{n}"/><parallelGateway id="j{n}"/>'
            flows += [(last, f"f{n}", None), (f"f{n}", f"a{n}", None), (f"f{n}", f"b{n}", None)]
            flows += [(f"a{n}", f"j{n}", None), (f"b{n}", f"j{n}", None)]
            last = f"j{n}"
        return make_bpmn(nodes, [*flows, (last, "e", None)])

    engine.check(chain(4))
    with pytest.raises(MalformedBpmn):
        engine.check(chain(40))
