"""People: they register and sign in on identity's own pages, form by form, as a browser without JavaScript would."""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import aiohttp

from mesh.demo.client import Answer, Mediated, Refused, patiently
from mesh.layout import Layout


@dataclass
class Form:
    """A form of a page: where it goes and what it holds already."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)


class Forms(HTMLParser):
    """All forms and links of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.forms.append(Form(given.get("action") or ""))
        elif tag in ("input", "textarea") and self.forms and given.get("name"):
            self.forms[-1].fields[str(given["name"])] = given.get("value") or ""
        elif tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))

    def with_password(self) -> Form:
        """The form that asks for a password. Raises Refused."""
        for each in self.forms:
            if "password" in each.fields:
                return each
        raise Refused("the page asks for no password")


class People:
    """Registers and signs people in; the same login always has the same password."""

    def __init__(self, layout: Layout, mediated: Mediated) -> None:
        self._issuer = layout.issuer
        self._mediated = mediated
        self._redirect = f"{layout.portal_url}/demo/callback"
        self._key = layout.secret("client-demo").read_text().encode()

    async def register(self, login: str, display_name: str) -> str:
        """Her access token; an account that exists already is signed in to."""
        password = base64.urlsafe_b64encode(hmac.digest(self._key, login.encode(), hashlib.sha256)).decode()[:32]
        answer = await patiently(lambda: self._by_form(login, password, display_name))
        return str(answer.body)

    async def sign_in(self, login: str, password: str) -> str:
        """Her access token."""
        answer = await patiently(lambda: self._by_form(login, password, None))
        return str(answer.body)

    async def _by_form(self, login: str, password: str, display_name: str | None) -> Answer:
        """One walk through the pages; with a display name by the registration's."""
        verifier = secrets.token_urlsafe(48)
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as browser:
            page, at = await self._open(browser, self._authorize_url(verifier))
            if display_name is not None:
                link = next(each for each in Forms(page).links if "/register" in each)
                page, at = await self._open(browser, urljoin(at, link))
            filled = {"login": login, "password": password, "display_name": display_name or ""}
            code = await self._submit(browser, page, at, filled)
            if code is None and display_name is not None:  # the account exists, from an earlier try
                return await self._by_form(login, password, None)
            if code is None:
                raise Refused(f"{login} could not sign in")
        return await self._token(code, verifier)

    async def _open(self, browser: aiohttp.ClientSession, url: str) -> tuple[str, str]:
        async with browser.get(url) as answer:
            if answer.status >= 500:
                raise aiohttp.ClientError(f"{answer.status}")
            return await answer.text(), str(answer.url)

    async def _submit(self, browser: aiohttp.ClientSession, page: str, at: str, filled: dict[str, str]) -> str | None:
        """The code that the sign-in ends with; None when the page is shown again with an error."""
        form = Forms(page).with_password()
        values = form.fields | {name: value for name, value in filled.items() if name in form.fields}
        url, data = urljoin(at, form.action), values
        async with browser.post(url, data=data, allow_redirects=False) as answer:
            status, location = answer.status, answer.headers.get("Location", "")
        while status in (302, 303):
            location = urljoin(url, location)
            if location.startswith(self._redirect):
                return parse_qs(urlsplit(location).query)["code"][0]
            url = location
            async with browser.get(url, allow_redirects=False) as answer:
                status, location = answer.status, answer.headers.get("Location", "")
        if status >= 500 or status == 429:
            raise aiohttp.ClientError(f"{status}")
        return None

    def _authorize_url(self, verifier: str) -> str:
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        query = {
            "response_type": "code",
            "client_id": self._mediated.client_id,
            "redirect_uri": self._redirect,
            "scope": "openid profile",
            "state": secrets.token_urlsafe(16),
            "nonce": secrets.token_urlsafe(16),
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        return f"{self._issuer}/authorize?{urlencode(query)}"

    async def _token(self, code: str, verifier: str) -> Answer:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._redirect,
            "code_verifier": verifier,
        }
        async with self._mediated.http.post(
            f"{self._issuer}/oauth/v2/token", data=form, headers=self._mediated.basic
        ) as answer:
            body = await answer.json(content_type=None)
            if answer.status != 200:
                raise aiohttp.ClientError(f"no token: {answer.status} {body}")
            return Answer(200, body["access_token"])
