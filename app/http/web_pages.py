"""Serving the single-page application, and the headers that keep it safe."""

from pathlib import Path

from flask import Blueprint, Flask, Response, current_app, request, send_from_directory
from werkzeug.routing import PathConverter
from werkzeug.security import safe_join

from app.config import Settings
from app.core.errors import NotFound
from app.http.door import public

_pages = Blueprint("pages", __name__)
_CSP = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; "
    "object-src 'none'"
)

PHONE = "m"
"""Below which word of the path, and of the built pages, the phone's edition lies."""
_ALWAYS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("X-Frame-Options", "DENY"),
)
_ALWAYS_SECURE = (("Strict-Transport-Security", "max-age=31536000"),)


class PagePath(PathConverter):
    """Any path but those of the interfaces, which answer for themselves, also to a wrong method."""

    part_isolating = False
    regex = r"(?!(?:api|mobile|wechat|dev|metrics|healthz|readyz)(?:/|$))[^/].*?"


def init_app(app: Flask, settings: Settings) -> None:
    """Serve the built pages and set the headers of every answer."""
    app.url_map.converters["page"] = PagePath
    app.register_blueprint(_pages)
    always = [*_ALWAYS, *(_ALWAYS_SECURE if settings.cookie_secure else ())]

    @app.after_request
    def _headers(response: Response) -> Response:
        headers = response.headers
        headers.extend(always)
        if headers.get("Content-Type", "").startswith("text/html"):
            headers.setdefault("Content-Security-Policy", _CSP)
        if request.path.startswith(("/api/", "/mobile/")):
            headers.setdefault("Cache-Control", "no-store")
        return response


@_pages.get("/", defaults={"path": ""})
@_pages.get("/<page:path>")
@public("pages and their assets carry no data")
def page(path: str) -> Response:
    """A file of the built application, or its entry for any page of it; the phone has one of its own."""
    dist: Path = current_app.config["SETTINGS"].web_dist
    hashed = path.startswith(("assets/", f"{PHONE}/assets/"))
    if path and _is_file(dist, path):
        response = send_from_directory(dist, path)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if hashed else "no-cache"
        return response
    if hashed or "." in path.rpartition("/")[2]:
        raise NotFound
    entry = f"{PHONE}/index.html" if path.partition("/")[0] == PHONE else "index.html"
    if not (dist / entry).is_file():
        return Response("The pages have not been built yet: ./run builds them.", 503, mimetype="text/plain")
    response = send_from_directory(dist, entry)
    response.headers["Cache-Control"] = "no-cache"
    # Nothing behind these pages is for search engines, least of all what was sent to one customer.
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _is_file(dist: Path, path: str) -> bool:
    """Whether there is such a file below `dist`; of what lies elsewhere nothing is said."""
    inside = safe_join(str(dist), path)
    try:
        return inside is not None and Path(inside).is_file()
    except OSError:  # longer than any name of a file
        return False
