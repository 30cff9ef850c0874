"""An OpenID provider at which everyone who comes is the same person and agrees at once."""

import base64
import hashlib
import time
from typing import Any
from urllib.parse import urlencode

from joserfc import jwt
from joserfc.jwk import RSAKey

from . import make

Json = Any
KEY = RSAKey.generate_key(2048, {"kid": "1", "use": "sig"}, private=True)


class FakeProvider:
    """`roles` and `name` are those of whoever signs in next."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.name, self.roles = "Mariam", ["participant"]
        self._codes: dict[str, dict[str, str]] = {}

    def metadata(self) -> Json:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/oauth/v2/token",
            "jwks_uri": f"{self.url}/.well-known/jwks.json",
            "response_types_supported": ["code"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
            "end_session_endpoint": f"{self.url}/logout",
        }

    def authorize(self, query: dict[str, str]) -> str:
        """Everyone who comes is the person of `name`, who agrees at once; the address to go back to."""
        code = f"code-{len(self._codes)}"
        self._codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def redeem(self, form: dict[str, str]) -> tuple[int, Json]:
        asked = self._codes.pop(form.get("code", ""), None)
        proof = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if asked is None or base64.urlsafe_b64encode(proof).rstrip(b"=").decode() != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        common = {"iss": self.url, "sub": "3f0d", "iat": now, "exp": now + 900}
        ends = int(make.NOW.timestamp()) + 900  # by the portal's clock, which the tests hold
        access = {**common, "exp": ends, "aud": "baraza", "roles": self.roles, "client_id": asked["client_id"]}
        about = {**common, "aud": asked["client_id"], "nonce": asked["nonce"], "name": self.name}
        header = {"alg": "RS256", "kid": "1"}
        return 200, {
            "access_token": jwt.encode({**header, "typ": "at+jwt"}, access, KEY),
            "id_token": jwt.encode(header, about, KEY),
            "token_type": "Bearer",
            "expires_in": 900,
        }
