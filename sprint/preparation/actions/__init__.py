"""What organisers do to prepare an edition."""

from sprint.preparation.actions.importing import import_edition

__all__ = ["import_edition"]
