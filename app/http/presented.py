"""What a request presents to show who sends it: a token or a cookie, read, but not yet believed."""

import hmac
from urllib.parse import urlsplit

from flask import request
from sqlalchemy import select

from app.access import api_tokens, throttle
from app.core.db import db
from app.core.errors import Forbidden, Unauthenticated
from app.http import session_tokens
from app.http.session_tokens import ACCESS_COOKIE, CSRF_HEADER, Claims
from tenants.context import tenant_scope
from tenants.models import Tenant

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
_tenant_ids: dict[str, int] = {}


class CsrfMismatch(Forbidden):
    """A cookie came without the header that only our own pages can send."""

    code = "csrf"


class CrossSite(Forbidden):
    """A browser sent this from somebody else's page."""

    code = "cross-site"


class TokenEnded(Unauthenticated):
    """The token was revoked, is too old, or was never ours."""

    code = "api-token-ended"


def refuse_other_sites() -> None:
    """Refuse what a browser sends from somebody else's page.

    :raises CrossSite: if it does
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site not in {"same-origin", "none"}:
        raise CrossSite
    origin = request.headers.get("Origin")
    if origin is not None and _host_of(origin) != request.host:
        raise CrossSite


def _host_of(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return None


def presented_claims() -> Claims | None:
    """What the token that came along says, if one came; its session is not checked yet."""
    header = request.headers.get("Authorization", "")
    if header:
        scheme, _, token = header.partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Unauthenticated
        token = token.strip()
        return _token_claims(token) if token.startswith(api_tokens.PREFIX) else session_tokens.read(token)
    token = request.cookies.get(ACCESS_COOKIE, "")
    if not token:
        return None
    claims = session_tokens.read(token)
    if request.method not in SAFE_METHODS:
        echoed = request.headers.get(CSRF_HEADER, "")
        if not hmac.compare_digest(echoed.encode(), claims.csrf.encode()):
            raise CsrfMismatch
    return claims


def _token_claims(token: str) -> Claims:
    """What an API token says; looked up once in each process, its session checked each time."""
    slug = api_tokens.slug_of(token)
    if slug is None or not session_tokens.is_slug(slug):
        raise TokenEnded
    cut = api_tokens.known(token)
    if cut is None:
        with tenant_scope(tenant_id_of(slug, otherwise=TokenEnded)):
            cut = api_tokens.look_up(token)
            db.session.rollback()
    if cut is None:
        raise TokenEnded
    throttle.count(throttle.API_TOKEN, str(cut.token_id))
    return Claims(slug=slug, session_id=cut.token_id, expires_at=0, csrf="", cut=cut)


def tenant_id_of(slug: str, *, otherwise: type[Unauthenticated] = Unauthenticated) -> int:
    """The company of that name.

    :raises Unauthenticated: or `otherwise`, if there is none
    """
    tenant_id = _tenant_ids.get(slug)
    if tenant_id is None:
        tenant_id = db.session.scalar(select(Tenant.id).where(Tenant.slug == slug))
        db.session.rollback()
        if tenant_id is None:
            raise otherwise
        _tenant_ids[slug] = tenant_id
    return tenant_id
