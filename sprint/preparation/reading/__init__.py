"""Reading the file of an edition strictly: every fault is noted with its place and its reason, none is guessed away.

Parts made of faulty values are thrown away with the refusal: that is why they may hold blanks meanwhile.
"""

from sprint.preparation.reading.edition import edition_of, read_edition

__all__ = ["edition_of", "read_edition"]
