"""The environment of a process as a carrier.

opentelemetry-api 1.45 has the same class in a private module (opentelemetry.propagators._envcarrier). When the module becomes
public, use that class instead. https://opentelemetry.io/docs/specs/otel/context/env-carriers/
"""

import re
from collections.abc import Mapping

from opentelemetry.propagators.textmap import Getter


class EnvironmentGetter(Getter[Mapping[str, str]]):
    """Reads `TRACEPARENT` where a propagator asks for `traceparent`; lower-case variables are not read."""

    def get(self, carrier: Mapping[str, str], key: str) -> list[str] | None:
        value = carrier.get(_variable_of(key))
        return None if value is None else [value]

    def keys(self, carrier: Mapping[str, str]) -> list[str]:
        return list(carrier)


def _variable_of(key: str) -> str:
    name = re.sub(r"[^A-Z0-9_]", "_", key.upper())
    return f"_{name}" if name[:1].isdigit() else name
