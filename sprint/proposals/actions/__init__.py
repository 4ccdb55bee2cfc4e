"""What teams and organisers do with proposals."""

from sprint.proposals.actions.deciding import decline, note, publish, send_back
from sprint.proposals.actions.writing import begin, join, leave, save, submit, withdraw

__all__ = ["begin", "decline", "join", "leave", "note", "publish", "save", "send_back", "submit", "withdraw"]
