"""Pages of a list: which rows, and where the neighbours are."""

from dataclasses import dataclass
from urllib.parse import urlencode

PER_PAGE = 20


@dataclass(frozen=True)
class Pagination:
    """Page `number` (from 1) of a list of `total` rows; `question` is the rest of the address, kept in the links."""

    number: int
    total: int
    question: tuple[tuple[str, str], ...] = ()
    per_page: int = PER_PAGE

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.per_page))

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.per_page

    @property
    def first(self) -> int:
        return min(self.offset + 1, self.total)

    @property
    def last(self) -> int:
        return min(self.offset + self.per_page, self.total)

    @property
    def shown(self) -> list[int | None]:
        """Numbers to show: both ends and the neighbours, None where some are left out."""
        near = sorted({1, self.pages, *(n for n in range(self.number - 1, self.number + 2) if 1 <= n <= self.pages)})
        pairs = zip(near, [*near[1:], near[-1] + 1], strict=True)
        return [part for one, after in pairs for part in ((one,) if after == one + 1 else (one, None))]

    def address(self, number: int) -> str:
        """The question of the address of another page."""
        return "?" + urlencode([*self.question, ("page", str(number))])


def asked_page(text: str | None) -> int:
    """The page number asked for; anything odd is the first page."""
    return int(text) if text and text.isascii() and text.isdigit() and 0 < len(text) < 7 and int(text) > 0 else 1
