"""What is counted of requests, for whoever watches the service: by route template, never by path or person.

One process counts for itself; with PROMETHEUS_MULTIPROC_DIR (set by `run --workers`) all of them count together.
"""

import os
from collections.abc import Iterable
from functools import lru_cache

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

MEDIA_TYPE = "text/plain; version=0.0.4"
SHARED = "PROMETHEUS_MULTIPROC_DIR"
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_own = CollectorRegistry()
_REQUESTS = Counter("sprint_requests_total", "Requests answered", ("method", "route", "status"), registry=_own)
_SECONDS = Histogram("sprint_request_seconds", "Time to answer", ("method", "route"), registry=_own, buckets=BUCKETS)
KNOWN_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})


def answered(method: str, route: str, status: int, seconds: float) -> None:
    """Count one answer. `route` is a template such as "GET /{edition}", or a word for what is no route."""
    # A method is whatever a stranger writes: an endless supply of labels.
    requests, spent = _counters(method if method in KNOWN_METHODS else "other", route, int(status))
    requests.inc()
    spent.observe(seconds)


@lru_cache(maxsize=2000)
def _counters(verb: str, route: str, status: int) -> tuple[Counter, Histogram]:
    template = route.partition(" ")[2] or route
    return _REQUESTS.labels(verb, template, str(status)), _SECONDS.labels(verb, template)


class _Readings(Collector):
    """Values read just now. No ordinary gauge: where several processes count, its value would stay in their files."""

    def __init__(self, readings: Iterable[GaugeMetricFamily]) -> None:
        self.readings = readings

    def collect(self) -> Iterable[GaugeMetricFamily]:
        return self.readings


def reading(name: str, told: str, values: dict[str, float], label: str = "") -> GaugeMetricFamily:
    """A gauge read just now: one value under "", or one for each value of `label`."""
    family = GaugeMetricFamily(name, told, labels=[label] if label else [])
    for key, value in values.items():
        family.add_metric([key] if label else [], value)
    return family


def exposition(readings: Iterable[GaugeMetricFamily]) -> bytes:
    """Everything counted, with what was read just now, in the text format of Prometheus."""
    counted = _own
    if SHARED in os.environ:
        counted = CollectorRegistry()
        MultiProcessCollector(counted)
    return generate_latest(counted) + generate_latest(_Readings(list(readings)))
