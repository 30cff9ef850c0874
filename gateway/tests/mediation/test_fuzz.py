"""Whatever bytes stand in the request line, the provider hears nothing outside what rights and base allow."""

import random
from urllib.parse import unquote

import make

from gateway.app import DIRECTORY

PIECES = [
    *("/", "//", "..", "%2e%2e", "%2f", "%5c", "\\", "%00", "%0d%0a", ";", "@", ":", "?", "#", "*", "%", "%25", " "),
    *("public", "private", "a", "http://evil.example", "evil.example", "\x7f", "é", "&", "=", "[", "%C3%A9", "."),
]
SEED = 20261123


async def test_no_request_reaches_the_provider_outside_its_base(mediator) -> None:
    chance = random.Random(SEED)
    async with mediator(requests_burst=10_000, anonymous_burst=10_000) as world:
        world.sql("UPDATE service SET base_url = base_url || '/base'")
        world.sql("UPDATE registration SET version = version + 1")
        world.sql("UPDATE access_right SET path = '/public/**'")
        world.app[DIRECTORY].read()
        token, carried = make.application_token(), 0
        for _ in range(400):
            rest = "".join(chance.choice(PIECES) for _ in range(chance.randint(0, 6)))
            start = chance.choice(["/public/", "/", "/public", ""])
            target = f"/r1/{make.MEMBER}/registry/api{start}{rest}"
            head = f"GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nProxy-Authorization: Bearer {token}\r\n"
            head += f"X-Road-Client: {make.client('portal')}\r\n\r\n"
            before = len(world.provider.heard)

            answer = await world.raw(head.encode())

            assert answer.startswith(b"HTTP/1."), target
            if len(world.provider.heard) == before:
                assert b"200 OK" not in answer.split(b"\r\n")[0], target
                continue
            carried += 1
            heard = world.provider.last.target
            path = unquote(unquote(heard.partition("?")[0]))
            assert path.startswith("/base/public/"), heard
            assert not {"..", "."} & set(path.replace("\\", "/").split("/")), heard
            assert "//" not in path, heard
            assert heard == "/base" + target.removeprefix(f"/r1/{make.MEMBER}/registry/api"), heard

        assert 20 < carried < 380, "the fuzz must meet both sides"


async def test_an_absolute_request_target_is_no_way_around(mediator) -> None:
    async with mediator() as world:
        token = make.application_token()
        for target in (f"{world.provider_url}/secret", f"http://x/r1/{make.MEMBER}/registry/api/v1"):
            head = f"GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nProxy-Authorization: Bearer {token}\r\n"
            answer = await world.raw((head + f"X-Road-Client: {make.client('portal')}\r\n\r\n").encode())
            assert answer.startswith((b"HTTP/1.1 400", b"HTTP/1.1 404")), answer[:80]

        assert world.provider.heard == []


async def test_smuggled_requests_are_refused(mediator) -> None:
    async with mediator() as world:
        start = f"POST /r1/{make.MEMBER}/registry/api/x HTTP/1.1\r\nHost: x\r\n"
        proof = f"Proxy-Authorization: Bearer {make.application_token()}\r\nX-Road-Client: {make.client('portal')}\r\n"
        for framing in (
            "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
            "Content-Length: 5\r\nContent-Length: 6\r\n",
            "Transfer-Encoding: chunked, identity\r\n",
            "Content-Length: +5\r\n",
            "Header: a\rb: c\r\nContent-Length: 5\r\n",
        ):
            answer = await world.raw(f"{start}{proof}{framing}Connection: close\r\n\r\nhello".encode())
            assert answer.startswith(b"HTTP/1.") and b" 400 " in answer[:20], (framing, answer[:80])

        assert world.provider.heard == []
