"""HTML as a strict reader sees it: every element closed in order, nothing where HTML forbids it.

A browser repairs such faults in silence; here they are errors.
"""

from html.parser import HTMLParser
from xml.etree.ElementTree import Element, SubElement

_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figure",
        "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "ol", "p",
        "section", "table", "ul",
    }
)  # fmt: skip
_PARENTS = {
    "li": {"ul", "ol"},
    "dt": {"dl", "div"},
    "dd": {"dl", "div"},
    "tr": {"thead", "tbody"},
    "td": {"tr"},
    "th": {"tr"},
    "thead": {"table"},
    "tbody": {"table"},
    "caption": {"table"},
    "option": {"select"},
    "legend": {"fieldset"},
}
_NEVER_INSIDE = {"a": {"a", "button"}, "button": {"a", "button"}, "form": {"form"}, "label": {"label"}}


class Reader(HTMLParser):
    """`root` is the html element; `errors` says each fault with its line."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.root = Element("document")
        self.errors: list[str] = []
        self._open = [self.root]
        self.feed(source)
        self.close()
        self.errors += [f"<{each.tag}> is never closed" for each in self._open[1:]]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._check(tag, attrs)
        made = SubElement(self._open[-1], tag, {name: value or "" for name, value in attrs})
        if tag not in _VOID:
            self._open.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if "svg" not in [each.tag for each in self._open]:
            self._fault(f"<{tag}/> is not HTML")
        SubElement(self._open[-1], tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        if self._open[-1].tag == tag:
            self._open.pop()
        else:
            self._fault(f"</{tag}> ends <{self._open[-1].tag}>")

    def handle_data(self, data: str) -> None:
        holder = self._open[-1]
        children = list(holder)
        if children:
            children[-1].tail = (children[-1].tail or "") + data
        else:
            holder.text = (holder.text or "") + data

    def _check(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        above = {each.tag for each in self._open}
        parent = self._open[-1].tag
        if len(names) != len(set(names)):
            self._fault(f"<{tag}> has an attribute twice")
        if tag in _BLOCKS and above & {"p", "h1", "h2", "h3", "button", "span", "strong"}:
            self._fault(f"<{tag}> stands in a text element")
        if tag in _PARENTS and parent not in _PARENTS[tag]:
            self._fault(f"<{tag}> stands in <{parent}>")
        if above & _NEVER_INSIDE.get(tag, set()):
            self._fault(f"<{tag}> stands where it may not")
        if parent in ("ul", "ol") and tag != "li":
            self._fault(f"<{tag}> stands between list items")

    def _fault(self, what: str) -> None:
        self.errors.append(f"line {self.getpos()[0]}: {what}")
