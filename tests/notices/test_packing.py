"""A letter survives its row word for word."""

import json
from datetime import UTC, date, datetime, time

from sprint.letter import LetterText, Link
from sprint.notices.packing import packed, unpacked
from sprint.words import Hours, Moment, say, say_count


def test_every_kind_of_value_comes_back_as_it_was() -> None:
    text = LetterText(
        purpose="registered",
        subject=say("Inscription confirmée : %(tracks)s", tracks=("Docs", "Onyxia")),
        opening=say("le %(day)s, %(where)s", day=date(2027, 3, 16), where=say("à %(city)s", city="Paris")),
        items=(
            say_count("une place", "%(number)s places", 3),
            say("%(at)s", at=Moment(datetime(2027, 3, 16, tzinfo=UTC), "Europe/Paris")),
        ),
        notes=(
            say("cent %%"),
            say("%(until)s, %(from)s", until=Hours(time(9), time(10, 30)), **{"from": Hours(time(14))}),
        ),
        action=Link(say("Voir"), "/moi"),
        more=(Link(say("Ma convocation"), "/moi/convocation/sprint-2027"),),
        signature=say("%(days)s", days=(date(2027, 3, 16), date(2027, 3, 17))),
    )
    assert unpacked(json.loads(json.dumps(packed(text)))) == text
