"""X-Road's words on the wire: who calls, which service, and which headers travel. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from chassis.errors import Invalid
from gateway.catalogue.model import UnknownService
from gateway.members.model import ClientId, InvalidClientIdentifier, client_id, code

Headers = list[tuple[str, str]]
Index = Mapping[str, Sequence[str]]  # {name in lower case: its values in order of arrival}

CLIENT_NAMES = ("Information-Mediator-Client", "X-GovStack-Client", "X-Road-Client")  # synonyms
CLIENT_HEADERS = frozenset(name.lower() for name in CLIENT_NAMES)
TRACE_CONTEXT = frozenset({"traceparent", "tracestate"})
ON_BEHALF_OF = "baraza-on-behalf-of"
CONTEXT = "Baraza-Context"
LONGEST_TARGET = 2_000  # characters; GovStack's and X-Road's clients stay far below

_HOP_BY_HOP = frozenset(
    {"connection", "keep-alive", "proxy-connection", "proxy-authenticate", "proxy-authorization"}
    | {"te", "trailer", "transfer-encoding", "upgrade"}
)
_REMOVED = _HOP_BY_HOP | {"host", "user-agent", "server", "content-length", "expect"}
_OURS = frozenset({"x-road-request-id", "x-road-request-hash", "x-road-service", "x-road-error"})
# Rights are decided on method and path: a provider must not be told others behind the mediator's back. Addresses of
# callers are claims that nobody has checked.
_MISLEADING = frozenset(
    {"x-http-method-override", "x-http-method", "x-method-override", "x-original-url", "x-rewrite-url"}
    | {"forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-forwarded-prefix", "x-real-ip"}
)
_NEVER_FORWARDED = frozenset(
    _REMOVED | _OURS | _MISLEADING | TRACE_CONTEXT | CLIENT_HEADERS | {"baggage", CONTEXT.lower(), ON_BEHALF_OF}
)
_PROVIDER_MAY_NOT_SAY = ("x-road-", "x-govstack-", "information-mediator-", "baraza-")

_TARGET = re.compile(r"/[A-Za-z0-9\-._~!$&'()*+,;=:@%/]*(\?[!\"$-~]*)?")
_HALF_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_HIDDEN = re.compile(r"[\x00-\x1f\x7f/\\]|%(?:2e|2f|5c|00)", re.IGNORECASE)
_MESSAGE_ID = re.compile(r"[!-~]{1,128}")


class InvalidRequest(Invalid):
    """The request cannot be mediated as it stands."""


class MissingHeader(Invalid):
    """A header that the call needs is not there."""


@dataclass(frozen=True, slots=True)
class ServiceCall:
    """What is called. `raw` goes to the provider as it came, `path` is the same decoded, on which rights are decided;
    both begin with a slash. `query` is None without a question mark."""

    provider: ClientId
    service: str
    raw: str
    path: str
    query: str | None

    @property
    def target(self) -> str:
        """What stands behind the provider's base address."""
        return self.raw if self.query is None else f"{self.raw}?{self.query}"


def service_call(target: str) -> ServiceCall:
    """Read `/r1/INSTANCE/CLASS/MEMBER/APPLICATION/SERVICE[/path][?query]`.

    Raises InvalidRequest for anything that two readers could read differently, InvalidClientIdentifier, UnknownService.
    """
    if len(target) > LONGEST_TARGET:
        raise InvalidRequest(f"An address is at most {LONGEST_TARGET} characters.")
    if not _TARGET.fullmatch(target):
        raise InvalidRequest("The address holds characters that must be percent-encoded.")
    path, mark, query = target.partition("?")
    segments = path.split("/")
    if len(segments) < 3 or segments[1] != "r1":
        raise UnknownService("Calls go to /r1/INSTANCE/CLASS/MEMBER/APPLICATION/SERVICE.")
    plain = "%" not in path and "/." not in path
    decoded = segments[2:] if plain else [_decoded(segment) for segment in segments[2:]]
    if len(decoded) < 5:
        raise InvalidRequest("Calls go to /r1/INSTANCE/CLASS/MEMBER/APPLICATION/SERVICE.")
    if "" in decoded[:-1]:
        raise InvalidRequest("An address holds no empty part.")
    return ServiceCall(
        provider=client_id("/".join(decoded[:4])),
        service=code(decoded[4]),
        raw="/" + "/".join(segments[7:]),
        path="/" + "/".join(decoded[5:]),
        query=query if mark else None,
    )


def _decoded(segment: str) -> str:
    """One part of a path, decoded once. Raises InvalidRequest where a second reader could see another path."""
    if "%" in segment:
        if _HALF_ESCAPE.search(segment):
            raise InvalidRequest("A percent sign begins no escape.")
        try:
            segment = unquote(segment, errors="strict")
        except UnicodeDecodeError:
            raise InvalidRequest("An escape is not UTF-8.") from None
        if _HIDDEN.search(segment):
            raise InvalidRequest("An escape hides a slash, a dot or a control character.")
    if segment.startswith(".") and segment.partition(";")[0] in {".", ".."}:
        raise InvalidRequest("An address holds no . or .. part.")
    return segment


def index(headers: Iterable[tuple[str, str]]) -> Index:
    """The headers by name, to be asked several times."""
    found: dict[str, list[str]] = {}
    for name, value in headers:
        found.setdefault(name.lower(), []).append(value)
    return found


def claimed_client(given: Index) -> ClientId | None:
    """The client that the synonymous headers name; None without any. Each part is percent-encoded by itself.

    Raises InvalidClientIdentifier, also when two of them differ.
    """
    named = {_client(value) for name in CLIENT_HEADERS for value in given.get(name, ())}
    if len(named) > 1:
        raise InvalidClientIdentifier("Two headers name different clients.")
    return next(iter(named), None)


def _client(value: str) -> ClientId:
    if "%" not in value:
        return client_id(value)
    if _HALF_ESCAPE.search(value):
        raise InvalidClientIdentifier("A percent sign begins no escape.")
    try:
        return ClientId.of([unquote(part, errors="strict") for part in value.split("/")])
    except UnicodeDecodeError:
        raise InvalidClientIdentifier("An escape is not UTF-8.") from None


def only(given: Index, name: str) -> str | None:
    """The value of a header that may stand once; None without it. `name` in lower case. Raises InvalidRequest."""
    values = given.get(name, ())
    if len(values) > 1:
        raise InvalidRequest(f"{name} stands twice.")
    return values[0] if values else None


def bearer(value: str | None) -> str | None:
    """The token of a Bearer credential; None for another scheme or none."""
    scheme, _, token = (value or "").partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None


def message_id(given: Index) -> str | None:
    """The client's X-Road-Id; None without one. Raises InvalidRequest."""
    value = only(given, "x-road-id")
    if value is not None and not _MESSAGE_ID.fullmatch(value):
        raise InvalidRequest("X-Road-Id is 1 to 128 visible characters.")
    return value


def to_provider(headers: Iterable[tuple[str, str]], *, ours: Iterable[tuple[str, str]]) -> Headers:
    """What the provider is told: the client's headers less what it must not see or what we say ourselves."""
    given = list(headers)
    hop = _named_by_connection(given)
    own = {name.lower() for name, _ in ours}
    kept = [
        (k, v) for k, v in given if (low := k.lower()) not in _NEVER_FORWARDED and low not in hop and low not in own
    ]
    if not any(name.lower() == "accept" for name, _ in kept):
        kept.append(("Accept", "application/json"))
    return [*kept, *ours]


def to_client(headers: Iterable[tuple[str, str]], *, ours: Iterable[tuple[str, str]]) -> Headers:
    """What the client is told: the provider's headers, and from us alone what only a mediator may say."""
    given = list(headers)
    hop = _named_by_connection(given)
    kept = [(k, v) for k, v in given if _may_be_relayed(k.lower()) and k.lower() not in hop]
    return [*kept, *ours]


def hashed(headers: Iterable[tuple[str, str]]) -> Headers:
    """The client's headers that the request hash covers, in order of arrival (X-Road PR-REST 4.5)."""
    dropped = _REMOVED | {"x-road-request-id", "x-road-request-hash"}
    return [(name, value) for name, value in headers if name.lower() not in dropped]


def _may_be_relayed(name: str) -> bool:
    return name not in _HOP_BY_HOP and name != "server" and not name.startswith(_PROVIDER_MAY_NOT_SAY)


def _named_by_connection(headers: Headers) -> set[str]:
    values = [value for name, value in headers if name.lower() == "connection"]
    return {word.strip().lower() for value in values for word in value.split(",")} if values else set()
