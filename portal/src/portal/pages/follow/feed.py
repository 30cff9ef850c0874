"""News of a process as Atom (RFC 4287). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

_ATOM = "http://www.w3.org/2005/Atom"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
ElementTree.register_namespace("", _ATOM)


@dataclass(frozen=True, slots=True)
class Source:
    """What a feed is of: `url` is the page that people read, `own_url` the feed's; `begun_at` dates an empty one."""

    title: str
    author: str
    language: str
    url: str
    own_url: str
    begun_at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    id: str
    title: str
    url: str
    at: datetime


def atom(of: Source, entries: Iterable[Entry]) -> bytes:
    """Newest first."""
    told = list(entries)
    feed = Element(f"{{{_ATOM}}}feed", {_LANGUAGE: of.language})
    _say(feed, "title", of.title)
    _say(feed, "id", of.url)
    _say(feed, "updated", (told[0].at if told else of.begun_at).isoformat())
    _link(feed, of.url, "alternate")
    _link(feed, of.own_url, "self")
    _say(SubElement(feed, f"{{{_ATOM}}}author"), "name", of.author)
    for entry in told:
        node = SubElement(feed, f"{{{_ATOM}}}entry")
        _say(node, "title", entry.title)
        _say(node, "id", entry.id)
        _say(node, "updated", entry.at.isoformat())
        _link(node, entry.url, "alternate")
    told_as: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return told_as


def _say(parent: Element, name: str, text: str) -> None:
    SubElement(parent, f"{{{_ATOM}}}{name}").text = "".join(each for each in text if each >= " ")


def _link(parent: Element, url: str, relation: str) -> None:
    SubElement(parent, f"{{{_ATOM}}}link", {"href": url, "rel": relation})
