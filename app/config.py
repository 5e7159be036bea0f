"""Typed settings, read once from the environment."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Literal, get_args
from urllib.parse import urlsplit

import redis.connection
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

Environment = Literal["development", "test", "production"]
WEAK_SECRET_LENGTH = 32
SHORTEST_DKIM_KEY = 1024


class SettingsError(Exception):
    """One line that names the setting and says what is right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Returns:
    """The mailbox to which undeliverable mail is returned, read by IMAP."""

    host: str
    port: int
    username: str
    password: str = field(repr=False)
    encrypted: bool
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything a process of this product is told from outside."""

    environment: Environment
    database_url: str
    redis_url: str
    secret_key: str
    former_secret_keys: tuple[str, ...]
    data_dir: Path
    audit_anchors: Path
    public_url: str
    smtp_host: str
    smtp_port: int
    smtp_username: str
    smtp_password: str
    smtp_tls: Literal["none", "starttls", "tls"]
    mail_from: str
    dkim_selector: str
    dkim_key: str
    returns: Returns | None
    mails_per_minute: int
    mails_per_minute_each: int
    mailbox_dir: Path | None
    web_dist: Path
    log_level: str
    trusted_proxies: int
    metrics_token: str
    file_megabytes: int
    files_gigabytes: int
    file_store: str
    s3_endpoint: str
    s3_bucket: str
    s3_access_key: str
    s3_secret_key: str
    s3_region: str
    webhook_networks: tuple[IPv4Network | IPv6Network, ...]
    sms_tencent_endpoint: str
    sms_aliyun_endpoint: str
    sms_box: Path | None

    @property
    def cookie_secure(self) -> bool:
        """Whether browsers may send the session cookies over https only."""
        return self.public_url.startswith("https://")


def _required(env: Mapping[str, str], name: str, hint: str) -> str:
    value = env.get(name, "").strip()
    if not value:
        raise SettingsError(f"{name} is missing: {hint}")
    return value


def _integer(env: Mapping[str, str], name: str, default: int, *, low: int, high: int) -> int:
    raw = env.get(name, "").strip() or str(default)
    if not raw.isdecimal() or not low <= int(raw) <= high:
        raise SettingsError(f"{name} must be a whole number from {low} to {high}, not {raw!r}")
    return int(raw)


def _choice(env: Mapping[str, str], name: str, default: str, allowed: tuple[str, ...]) -> str:
    value = env.get(name, "").strip() or default
    if value not in allowed:
        raise SettingsError(f"{name} must be one of {', '.join(allowed)}, not {value!r}")
    return value


def _postgres(env: Mapping[str, str]) -> str:
    url = _required(env, "DATABASE_URL", "postgresql://guanxi_app:...@host:5432/guanxi")
    scheme, _, rest = url.partition("://")
    if scheme not in {"postgresql", "postgres", "postgresql+psycopg"} or not rest:
        raise SettingsError("DATABASE_URL must begin with postgresql:// (no other database is supported)")
    _readable("DATABASE_URL", url, make_url)
    return f"postgresql+psycopg://{rest}"


def _redis(env: Mapping[str, str]) -> str:
    url = _required(env, "REDIS_URL", "redis://host:6379/0")
    if url.partition("://")[0] not in {"redis", "rediss", "unix"}:
        raise SettingsError("REDIS_URL must begin with redis://, rediss:// or unix://")
    _readable("REDIS_URL", url, redis.connection.parse_url)
    return url


def _readable(name: str, url: str, read: Callable[[str], object]) -> None:
    """Refuse an address that a library would refuse later, without repeating the password in it."""
    try:
        read(url)
    except (ValueError, ArgumentError):
        raise SettingsError(f"{name} cannot be read: its host, port or path is no address") from None


def _secret(env: Mapping[str, str]) -> str:
    secret = _required(env, "GUANXI_SECRET_KEY", "at least 32 random characters")
    if len(secret) < WEAK_SECRET_LENGTH:
        raise SettingsError(f"GUANXI_SECRET_KEY must have at least {WEAK_SECRET_LENGTH} characters")
    return secret


def _former_secrets(env: Mapping[str, str]) -> tuple[str, ...]:
    former = tuple(env.get("GUANXI_FORMER_SECRET_KEYS", "").split())
    if any(len(secret) < WEAK_SECRET_LENGTH for secret in former):
        raise SettingsError(
            f"GUANXI_FORMER_SECRET_KEYS must be keys of at least {WEAK_SECRET_LENGTH} characters, "
            "separated by spaces, the latest first"
        )
    return former


def _public_url(env: Mapping[str, str], environment: str) -> str:
    url = env.get("GUANXI_PUBLIC_URL", "").strip() or "http://127.0.0.1:8000"
    _readable("GUANXI_PUBLIC_URL", url, lambda text: urlsplit(text).port)
    if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
        raise SettingsError("GUANXI_PUBLIC_URL must begin with https:// (or http:// in development)")
    if environment == "production" and not url.startswith("https://"):
        raise SettingsError("GUANXI_PUBLIC_URL must begin with https:// in production")
    return url.rstrip("/")


def _mail_from(env: Mapping[str, str]) -> str:
    sender = env.get("GUANXI_MAIL_FROM", "").strip() or "Guanxi 关系 <no-reply@guanxi.local>"
    if not re.fullmatch(r"[^@\s<>]+@[A-Za-z0-9.-]+", parseaddr(sender)[1]) or "\n" in sender:
        raise SettingsError("GUANXI_MAIL_FROM must be an address or Name <address>")
    return sender


def _returns(env: Mapping[str, str], environment: str) -> Returns | None:
    host = env.get("GUANXI_RETURNS_HOST", "").strip()
    address = env.get("GUANXI_RETURNS_ADDRESS", "").strip()
    encrypted = _choice(env, "GUANXI_RETURNS_TLS", "tls", ("none", "tls")) == "tls"
    if not host and not address:
        return None
    if not host or not re.fullmatch(r"[^@\s<>]+@[A-Za-z0-9.-]+", address):
        raise SettingsError("GUANXI_RETURNS_HOST and GUANXI_RETURNS_ADDRESS are needed together")
    if environment == "production" and not encrypted:
        raise SettingsError("GUANXI_RETURNS_TLS must be tls in production")
    return Returns(
        host=host,
        port=_integer(env, "GUANXI_RETURNS_PORT", 993, low=1, high=65535),
        username=env.get("GUANXI_RETURNS_USERNAME", ""),
        password=env.get("GUANXI_RETURNS_PASSWORD", ""),
        encrypted=encrypted,
        address=address,
    )


def _demand_rsa(key: str) -> None:
    # Loaded only where there is a key: most installations start without one.
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey  # noqa: PLC0415
    from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415

    try:
        found = load_pem_private_key(key.encode(), password=None)
    except (ValueError, TypeError):
        found = None
    if not isinstance(found, RSAPrivateKey) or found.key_size < SHORTEST_DKIM_KEY:
        raise SettingsError(
            "GUANXI_DKIM_KEY_FILE must be a private RSA key in PEM form, without a password, "
            f"of at least {SHORTEST_DKIM_KEY} bits"
        )


def _dkim(env: Mapping[str, str]) -> dict[str, str]:
    """Both the name and the key, or neither: mail then goes out without a signature."""
    selector, path = (env.get(name, "").strip() for name in ("GUANXI_DKIM_SELECTOR", "GUANXI_DKIM_KEY_FILE"))
    if not selector and not path:
        return {"dkim_selector": "", "dkim_key": ""}
    if not re.fullmatch(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?", selector) or not path:
        raise SettingsError("GUANXI_DKIM_SELECTOR and GUANXI_DKIM_KEY_FILE are needed together")
    try:
        key = Path(path).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        raise SettingsError(f"GUANXI_DKIM_KEY_FILE cannot be read: {path}") from None
    _demand_rsa(key)
    return {"dkim_selector": selector, "dkim_key": key}


def _networks(env: Mapping[str, str], name: str) -> tuple[IPv4Network | IPv6Network, ...]:
    try:
        return tuple(ip_network(part) for part in env.get(name, "").replace(",", " ").split())
    except ValueError:
        raise SettingsError(f"{name} must be networks such as 10.20.0.0/16, separated by commas") from None


def _file_store(env: Mapping[str, str]) -> dict[str, str]:
    kind = _choice(env, "GUANXI_FILE_STORE", "disk", ("disk", "s3"))
    names = ("S3_ENDPOINT", "S3_BUCKET", "S3_ACCESS_KEY", "S3_SECRET_KEY")
    hint = "needed when GUANXI_FILE_STORE is s3"
    found = {name.lower(): _required(env, f"GUANXI_{name}", hint) if kind == "s3" else "" for name in names}
    if kind == "s3":
        _readable("GUANXI_S3_ENDPOINT", found["s3_endpoint"], lambda text: urlsplit(text).port)
        if urlsplit(found["s3_endpoint"]).scheme not in {"http", "https"}:
            raise SettingsError(
                "GUANXI_S3_ENDPOINT must begin with https:// (or http:// inside a closed network)"
            )
    region = env.get("GUANXI_S3_REGION", "").strip() or "us-east-1"
    return {"file_store": kind, **found, "s3_region": region}


def _loopback(env: Mapping[str, str], name: str) -> str:
    """An address on this machine, spoken to without encryption; empty where none is named."""
    value = env.get(name, "").strip()
    if value and not re.fullmatch(r"(127\.0\.0\.1|localhost):[0-9]{1,5}", value):
        raise SettingsError(f"{name} must be 127.0.0.1 with a port; it is for tests and the embedded default")
    return value


def _caught(env: Mapping[str, str], name: str, environment: str, what: str) -> Path | None:
    """Where messages are kept instead of being sent, if they are."""
    folder = env.get(name, "").strip()
    if folder and environment == "production":
        raise SettingsError(f"{name} is for development only: it shows every {what} to whoever asks")
    return Path(folder).resolve() if folder else None


def _anchors(env: Mapping[str, str], data_dir: Path) -> Path:
    named = env.get("GUANXI_AUDIT_ANCHORS", "").strip()
    return Path(named).resolve() if named else data_dir / "audit-anchors"


def from_environment(env: Mapping[str, str]) -> Settings:
    """Read and check the settings.

    :raises SettingsError: naming the first setting that is missing or wrong
    """
    environment = _choice(env, "GUANXI_ENVIRONMENT", "production", get_args(Environment))
    root = Path(__file__).resolve().parent.parent
    data_dir = Path(env.get("GUANXI_DATA_DIR", "").strip() or root / "var").resolve()
    return Settings(
        environment=environment,  # type: ignore[arg-type]
        database_url=_postgres(env),
        redis_url=_redis(env),
        secret_key=_secret(env),
        former_secret_keys=_former_secrets(env),
        data_dir=data_dir,
        audit_anchors=_anchors(env, data_dir),
        public_url=_public_url(env, environment),
        smtp_host=env.get("GUANXI_SMTP_HOST", "").strip() or "127.0.0.1",
        smtp_port=_integer(env, "GUANXI_SMTP_PORT", 25, low=1, high=65535),
        smtp_username=env.get("GUANXI_SMTP_USERNAME", ""),
        smtp_password=env.get("GUANXI_SMTP_PASSWORD", ""),
        smtp_tls=_choice(env, "GUANXI_SMTP_TLS", "none", ("none", "starttls", "tls")),  # type: ignore[arg-type]
        mail_from=_mail_from(env),
        **_dkim(env),
        returns=_returns(env, environment),
        mails_per_minute=_integer(env, "GUANXI_MAILS_PER_MINUTE", 0, low=0, high=1_000_000),
        mails_per_minute_each=_integer(env, "GUANXI_MAILS_PER_MINUTE_EACH", 0, low=0, high=1_000_000),
        mailbox_dir=_caught(env, "GUANXI_MAILBOX_DIR", environment, "mail"),
        web_dist=Path(env.get("GUANXI_WEB_DIST", "").strip() or root / "web/apps/desktop/dist").resolve(),
        log_level=_choice(env, "GUANXI_LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR")),
        trusted_proxies=_integer(env, "GUANXI_TRUSTED_PROXIES", 0, low=0, high=5),
        metrics_token=env.get("GUANXI_METRICS_TOKEN", "").strip(),
        file_megabytes=_integer(env, "GUANXI_FILE_MEGABYTES", 20, low=1, high=60),
        files_gigabytes=_integer(env, "GUANXI_FILES_GIGABYTES", 10, low=1, high=100_000),
        **_file_store(env),
        webhook_networks=_networks(env, "GUANXI_WEBHOOK_NETWORKS"),
        sms_tencent_endpoint=_loopback(env, "GUANXI_SMS_TENCENT_ENDPOINT"),
        sms_aliyun_endpoint=_loopback(env, "GUANXI_SMS_ALIYUN_ENDPOINT"),
        sms_box=_caught(env, "GUANXI_SMS_BOX", environment, "short message"),
    )
