"""HTTP in and out of the call path: aiohttp's request becomes `Received`, an answer or a refusal becomes a response."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from time import perf_counter

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from multidict import CIMultiDict

from chassis import ids
from chassis.errors import Refusal
from chassis.metrics import Metrics
from gateway.mediation import faults
from gateway.mediation.actions import Parts, Received, Told, mediate
from gateway.mediation.faults import RequestTooLarge
from gateway.mediation.forward import Answer
from gateway.mediation.headers import Headers, InvalidRequest
from gateway.mediation.limits import Gate

log = logging.getLogger(__name__)


class Door:
    """The handler of every call."""

    def __init__(
        self, parts: Parts, metrics: Metrics, *, places: int, max_body_bytes: int, body_timeout_seconds: float
    ) -> None:
        self._parts = parts
        self._metrics = metrics
        self._gate = Gate(places)
        self._most = max_body_bytes
        self._patience = body_timeout_seconds

    async def answer(self, request: web.Request) -> web.Response:
        """One call, whatever becomes of it."""
        started, told, outcome = perf_counter(), Told(str(ids.new())), "answered"
        self._metrics.active_requests += 1
        try:
            with self._gate.place():
                answer = await mediate(self._parts, self._received(request), told)
        except Exception as error:
            answer, outcome = self._refused(error, told)
        finally:
            self._metrics.active_requests -= 1
        self._metrics.count("gateway_requests_total", outcome=outcome)
        self._metrics.observe(
            "gateway_request_duration_seconds",
            perf_counter() - started,
            application=told.application,
            status_class=f"{answer.status // 100}xx",
        )
        return _response(answer)

    def _received(self, request: web.Request) -> Received:
        given = list(request.headers.items())
        if not _sayable(given):
            raise InvalidRequest("A header's value is not UTF-8.")
        return Received(request.method, request.raw_path, given, request.remote or "", self._reader(request))

    def _reader(self, request: web.Request) -> Callable[[], Awaitable[bytes]]:
        async def read() -> bytes:
            if not request.can_read_body:
                return b""
            if (request.content_length or 0) > self._most:
                raise RequestTooLarge(f"A body is at most {self._most} bytes.")
            if request.content.is_eof() and request.content_length is not None:
                return request.content.read_nowait()  # it came with its head, as most do
            try:
                async with asyncio.timeout(self._patience):
                    return await _bounded(request, self._most)
            except TimeoutError:
                raise InvalidRequest("The body took too long.") from None
            except (HttpProcessingError, OSError, ValueError) as error:
                raise InvalidRequest("The body cannot be read.") from error

        return read

    def _refused(self, error: Exception, told: Told) -> tuple[Answer, str]:
        fault = faults.fault(error)
        facts = {"fault": fault.type, "reference": fault.detail, "request_id": told.request_id}
        facts["application"] = told.application
        if not isinstance(error, Refusal):
            log.error("a call failed", exc_info=error, extra=facts)
        else:
            log.log(logging.WARNING if fault.status >= 500 else logging.INFO, "call refused", extra=facts)
        if fault.status == 403:
            self._metrics.count("gateway_access_denied_total", application=told.application)
        return Answer(fault.status, "", [*fault.headers, *told.ids], fault.body), fault.type


async def _bounded(request: web.Request, most: int) -> bytes:
    body = bytearray()
    async for part in request.content.iter_any():
        body += part
        if len(body) > most:
            raise RequestTooLarge(f"A body is at most {most} bytes.")
    return bytes(body)


def _response(answer: Answer) -> web.Response:
    told = CIMultiDict(answer.headers)
    told["Server"] = "Baraza"  # or aiohttp would tell its version
    return web.Response(status=answer.status, reason=answer.reason or None, headers=told, body=answer.body)


def _sayable(given: Headers) -> bool:
    try:
        "".join(value for _, value in given).encode()
    except UnicodeEncodeError:
        return False
    return True
