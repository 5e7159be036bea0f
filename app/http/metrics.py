"""What /metrics shows: counts and durations by endpoint, never by tenant or person."""

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest

registry = CollectorRegistry()
_requests = Counter(
    "guanxi_requests", "Requests answered", ["endpoint", "method", "status"], registry=registry
)
_seconds = Histogram(
    "guanxi_request_seconds",
    "Time to answer",
    ["endpoint"],
    registry=registry,
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
# A method may be any word a caller invents, and every label is kept for ever.
_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
_children: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}
CONTENT_TYPE = CONTENT_TYPE_LATEST


def observe(endpoint: str, method: str, status: int, seconds: float) -> None:
    """Count one answered request."""
    key = (endpoint, method if method in _METHODS else "other", status)
    found = _children.get(key)
    if found is None:
        found = _children[key] = (_requests.labels(*map(str, key)), _seconds.labels(endpoint))
    found[0].inc()
    found[1].observe(seconds)


def exposition() -> bytes:
    """This process's metrics in the Prometheus text format."""
    return generate_latest(registry)
