"""Tools as the pages know them. A tool's folder under `pages/` brings its views and templates, and may bring
`style.css`, `script.js`, `locale/<language>.po`, and a `tool.py` that says what the rest of the portal shows of it;
`pages/__init__.py` registers that.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from portal.peers.engagement.processes import Process
from portal.problems import Source as Explanations
from portal.problems import teach as teach_problems
from portal.words import Source as Names
from portal.words import teach as teach_words


@dataclass(frozen=True, slots=True)
class Offer:
    """A way into a tool: `main` makes it the page's big button. `stage` is the tab of the officials' cockpit on which
    it stands: plan, build, publish, monitor, inputs, evaluate, decide or report."""

    title: str
    url: str
    hint: str = ""
    main: bool = False
    stage: str = "build"


def _nothing(_process: Process) -> list[Offer]:
    return []


@dataclass(frozen=True, slots=True)
class Tool:
    """`kinds` are those of contribution that it takes. `offers` are its ways in for everybody, at this moment, of a
    process one of whose phases accepts such a kind; `desk` those for officials, of any process. `words` are names of
    codes and `problems` explanations by slug, `(title, advice)`, in the language of the page."""

    name: str
    kinds: frozenset[str] = frozenset()
    offers: Callable[[Process], Iterable[Offer]] = _nothing
    desk: Callable[[Process], Iterable[Offer]] = _nothing
    words: Mapping[str, Names] = field(default_factory=dict)
    problems: Explanations | None = None


_TOOLS: dict[str, Tool] = {}


def register(*tools: Tool) -> None:
    """Make tools known, in the order in which pages show them."""
    for tool in tools:
        _TOOLS[tool.name] = tool
        teach_words(tool.words)
        if tool.problems is not None:
            teach_problems(tool.name, tool.problems)


def offers(process: Process) -> list[Offer]:
    """What a process page offers now."""
    accepted = {kind for phase in process.phases for kind in phase.accepts}
    return [offer for tool in _TOOLS.values() if tool.kinds & accepted for offer in tool.offers(process)]


def desk(process: Process) -> list[Offer]:
    """What officials work on in this process."""
    return [offer for tool in _TOOLS.values() for offer in tool.desk(process)]


def kinds() -> list[str]:
    """Every kind of contribution that some tool takes, in the order of the tools."""
    return [kind for tool in _TOOLS.values() for kind in sorted(tool.kinds)]
