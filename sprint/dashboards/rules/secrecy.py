"""Small numbers are not shown: from them one could tell who is meant."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

FEWEST = 5
"""Below it, a number is hidden."""
Key = TypeVar("Key", bound=Hashable)


def secret(counts: Mapping[Key, int]) -> dict[Key, int | None]:
    """The counts with the small ones hidden (None); one more is when the total would give a single hidden one away."""
    hidden = {key for key, number in counts.items() if 0 < number < FEWEST}
    shown = sorted((number, str(key), key) for key, number in counts.items() if number and key not in hidden)
    if len(hidden) == 1 and shown:
        hidden.add(shown[0][2])
    return {key: None if key in hidden else number for key, number in counts.items()}
