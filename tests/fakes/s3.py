"""A small S3: keeps objects in memory, and takes only requests that are signed as they should be."""

import hashlib
import hmac
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, quote, urlsplit

ACCESS_KEY, SECRET_KEY, BUCKET, REGION = "guanxi-files", "s3-secret-of-a-test", "attachments", "cn-east-1"


class FakeS3(ThreadingHTTPServer):
    """One bucket on loopback."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.objects: dict[str, bytes] = {}
        self.refused: list[str] = []
        """Requests whose signature was wrong."""
        self.broken = False
        """Whether it answers every request with a fault."""

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: FakeS3
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""

    def _answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _refuse(self, status: int, code: str) -> None:
        body = f"<Error><Code>{code}</Code><Message>{code}</Message></Error>".encode()
        self._answer(status, body, Content_Type="application/xml")

    def _handle(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.server.broken:
            self._refuse(503, "SlowDown")
            return
        if not self._is_signed(body):
            self.server.refused.append(f"{self.command} {self.path}")
            self._refuse(403, "SignatureDoesNotMatch")
            return
        bucket, _, key = urlsplit(self.path).path.lstrip("/").partition("/")
        objects = self.server.objects
        if bucket != BUCKET:
            self._refuse(404, "NoSuchBucket")
        elif self.command == "PUT":
            objects[key] = body
            self._answer(200, ETag=f'"{hashlib.md5(body).hexdigest()}"')  # noqa: S324
        elif self.command == "DELETE":
            objects.pop(key, None)
            self._answer(204)
        elif key not in objects:
            self._refuse(404, "NoSuchKey")
        else:
            headers = {"ETag": '"x"', "Last_Modified": "Wed, 18 Mar 2026 07:00:00 GMT"}
            self._answer(200, objects[key], **headers)

    do_GET = do_HEAD = do_PUT = do_DELETE = _handle  # noqa: N815

    def _is_signed(self, body: bytes) -> bool:
        """Signature version 4, reckoned anew from what has arrived."""
        scheme, _, rest = self.headers.get("Authorization", "").partition(" ")
        said = dict(part.strip().split("=", 1) for part in rest.split(",")) if rest else {}
        moment, claimed = self.headers.get("x-amz-date", ""), self.headers.get("x-amz-content-sha256", "")
        scope = f"{moment[:8]}/{REGION}/s3/aws4_request"
        if scheme != "AWS4-HMAC-SHA256" or said.get("Credential") != f"{ACCESS_KEY}/{scope}":
            return False
        if claimed not in {hashlib.sha256(body).hexdigest(), "UNSIGNED-PAYLOAD"}:
            return False
        path, query = urlsplit(self.path).path, urlsplit(self.path).query
        names = said["SignedHeaders"].split(";")
        pairs = sorted(parse_qsl(query, keep_blank_values=True))
        request = "\n".join(
            (
                self.command,
                path,
                "&".join(f"{quote(k, safe='-_.~')}={quote(v, safe='-_.~')}" for k, v in pairs),
                *(f"{name}:{' '.join(self.headers.get(name, '').split())}" for name in names),
                "",
                said["SignedHeaders"],
                claimed,
            )
        )
        text = "\n".join(("AWS4-HMAC-SHA256", moment, scope, hashlib.sha256(request.encode()).hexdigest()))
        key = f"AWS4{SECRET_KEY}".encode()
        for part in (moment[:8], REGION, "s3", "aws4_request"):
            key = hmac.digest(key, part.encode(), "sha256")
        return hmac.compare_digest(hmac.digest(key, text.encode(), "sha256").hex(), said.get("Signature", ""))


@contextmanager
def fake_s3() -> Iterator[FakeS3]:
    """A running one."""
    server = FakeS3()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
