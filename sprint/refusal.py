"""Why something cannot be done: the reasons a rule gives, and the one exception that carries them through an action."""

from dataclasses import dataclass

from sprint.words import Words


@dataclass(frozen=True)
class Refusal:
    """One reason. `code` is stable (tests, logs); `words` is what the person reads; `place` says where it applies."""

    code: str
    words: Words
    place: str = ""


class Refused(Exception):
    """Raised by an action with every reason of its rules; the frame answers 409 and commits nothing."""

    def __init__(self, *reasons: Refusal) -> None:
        if not reasons:
            raise ValueError("a refusal has at least one reason")
        super().__init__(", ".join(reason.code for reason in reasons))
        self.reasons = reasons
