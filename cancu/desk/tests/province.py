"""A small OpenID Connect provider on this machine: discovery, consent page, code with PKCE, RS256 token, keys, userinfo.

What a test wants of it: ``people`` (claims by ``sub``), who sits at it (``person``), and what it does wrong (``lies``).
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "can-cu", "bi-mat-cua-may-khach"


class Provider:
    """Runs until ``close``. ``lies``: claims that userinfo tells otherwise than the signed token."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.person: dict[str, Any] = {}
        self.lies: dict[str, Any] = {}
        self.codes: dict[str, dict[str, Any]] = {}
        self.tokens: dict[str, dict[str, Any]] = {}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), type("Answer", (Answer,), {"provider": self}))
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def settings(self) -> dict[str, Any]:
        """``SOCIALACCOUNT_PROVIDERS`` that lead here, as the house makes them from the environment."""
        app = {
            "provider_id": "tinh",
            "name": "tài khoản của tỉnh",
            "client_id": CLIENT,
            "secret": SECRET,
            "settings": {"server_url": self.url, "oauth_pkce_enabled": True},
        }
        return {"openid_connect": {"APPS": [app]}}

    def grant(self, query: str) -> str:
        """The consent of the person who sits at it: the address of the asker, with a code good for once."""
        asked = {name: values[0] for name, values in parse_qs(query).items()}
        assert (
            asked["client_id"] == CLIENT
            and asked["code_challenge_method"] == "S256"
            and "openid" in asked["scope"].split()
        )
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked | {"person": self.person}
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, posted: dict[str, str]) -> dict[str, Any] | None:
        asked = self.codes.pop(posted.get("code", ""), None)
        challenge = (
            base64.urlsafe_b64encode(hashlib.sha256(posted.get("code_verifier", "").encode()).digest())
            .rstrip(b"=")
            .decode()
        )
        known = (posted.get("client_id"), posted.get("client_secret")) == (CLIENT, SECRET)
        if not (
            asked
            and known
            and asked["code_challenge"] == challenge
            and asked["redirect_uri"] == posted.get("redirect_uri")
        ):
            return None
        access, now = secrets.token_urlsafe(16), int(time.time())
        self.tokens[access] = asked["person"] | self.lies
        claims = asked["person"] | {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 60}
        return {
            "access_token": access,
            "token_type": "Bearer",
            "expires_in": 60,
            "id_token": jwt.encode(claims, self.key, "RS256", {"kid": "1"}),
        }


class Answer(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        url, us = urlsplit(self.path), self.provider
        if url.path == "/.well-known/openid-configuration":
            pages = {
                "authorization_endpoint": "authorize",
                "token_endpoint": "token",
                "userinfo_endpoint": "userinfo",
                "jwks_uri": "jwks",
            }
            self.say(
                {
                    "issuer": us.url,
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                    **{name: f"{us.url}/{page}" for name, page in pages.items()},
                }
            )
        elif url.path == "/authorize":
            page = f"<!doctype html><html lang=vi><title>Tỉnh</title><h1>Cổng của tỉnh</h1><a href='/grant?{html.escape(url.query)}'>Đồng ý</a>"
            self.say(page.encode(), "text/html; charset=utf-8")
        elif url.path == "/grant":
            self.send_response(302)
            self.send_header("Location", us.grant(url.query))
            self.end_headers()
        elif url.path == "/jwks":
            self.say(
                {
                    "keys": [
                        json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(us.key.public_key())) | {"kid": "1", "use": "sig"}
                    ]
                }
            )
        elif url.path == "/userinfo":
            told = us.tokens.get(self.headers.get("Authorization", "").removeprefix("Bearer "))
            self.say(told or {"error": "invalid_token"}, status=200 if told else 401)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        made = self.provider.token({name: values[0] for name, values in parse_qs(body).items()})
        self.say(made or {"error": "invalid_grant"}, status=200 if made else 400)

    def say(self, words: Any, kind: str = "application/json", status: int = 200) -> None:
        body = words if isinstance(words, bytes) else json.dumps(words).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: Any) -> None:
        """Quiet."""
