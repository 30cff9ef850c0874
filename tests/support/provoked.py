"""Requests that are refused, with a word in every place that a caller fills: no log must say it."""

import asyncio
import contextlib
import urllib.error
import urllib.parse
import urllib.request

import aiohttp

from mesh.demo.client import Mediated, Refused
from mesh.demo.people import People
from mesh.layout import BLOCKS, MEMBER, Layout


def provoke(layout: Layout, word: str) -> list[int]:
    """The statuses that were answered."""
    query = urllib.parse.urlencode({"slug": word, "cursor": word, "email": f"{word}@participants.example"})
    form = urllib.parse.urlencode({"login": f"{word}@participants.example", "password": word, "display_name": word})
    mediated = f"{layout.gateway_url}/r1/{MEMBER}"
    asked = [
        *(("GET", f"{layout.block_url(block)}/v1/{word}?{query}", "") for block in BLOCKS),
        *(("POST", f"{layout.block_url(block)}/v1/{word}", f'{{"text": "{word}"') for block in BLOCKS),
        ("POST", f"{layout.block_url('engagement')}/v1/processes", f'{{"slug": "{word}"}}'),
        ("GET", f"{mediated}/engagement/api/v1/processes?{query}", ""),
        ("POST", f"{mediated}/engagement/api/v1/processes", f'{{"slug": "{word}"}}'),
        ("GET", f"{mediated}/{word}/api/v1/{word}?{query}", ""),
        ("POST", f"{layout.issuer}/sign-in", form),
        ("POST", f"{layout.issuer}/register", form),
        ("POST", f"{layout.issuer}/oauth/v2/token", f"grant_type=authorization_code&code={word}&client_secret={word}"),
        ("GET", f"{layout.issuer}/authorize?client_id={word}&redirect_uri=https://{word}.example&{query}", ""),
        ("GET", f"{layout.portal_url}/processes/{word}?{query}", ""),
        ("GET", f"{layout.portal_url}/sign-in/callback?code={word}&state={word}", ""),
        ("POST", f"{layout.portal_url}/processes/{word}/join", form),
    ]
    asyncio.run(_wrong_password(layout, word))
    return [_status(method, url, body, word) for method, url, body in asked]


def _status(method: str, url: str, body: str, word: str) -> int:
    form = "=" in body
    headers = {
        "Authorization": f"Bearer {word}",
        "Cookie": f"session={word}",
        "User-Agent": word,
        "Information-Mediator-Client": f"{MEMBER}/{word}",
        "Content-Type": "application/x-www-form-urlencoded" if form else "application/json",
    }
    request = urllib.request.Request(url, body.encode() or None, headers, method=method)  # noqa: S310 - our own loopback address
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - as above
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


async def _wrong_password(layout: Layout, word: str) -> None:
    async with aiohttp.ClientSession() as http:
        with contextlib.suppress(Refused):
            await People(layout, Mediated(layout, http)).sign_in(f"{word}@participants.example", word)
