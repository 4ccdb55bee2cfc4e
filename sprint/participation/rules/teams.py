"""Who makes a team, and who joins one."""

from sprint.refusal import Refusal
from sprint.words import say


def making_team(*, is_on_track: bool, in_team: bool) -> list[Refusal]:
    """A team is of one track: of those who have a seat there, or wait for one, and are in no other team of it."""
    reasons = []
    if not is_on_track:
        reasons.append(Refusal("not_on_track", say("inscrivez-vous d’abord à ce parcours")))
    if in_team:
        reasons.append(Refusal("in_team", say("quittez d’abord votre équipe dans ce parcours")))
    return reasons


def joining_team(*, is_known: bool, is_on_track: bool, in_team: bool) -> list[Refusal]:
    """A code opens one team of one track, to whoever comes there."""
    if not is_known:
        return [Refusal("no_such_code", say("aucune équipe n’a ce code : vérifiez-le avec qui vous l’a donné"), "code")]
    return making_team(is_on_track=is_on_track, in_team=in_team)


def tidied(code: str) -> str:
    """A code as it is kept: what people type between its letters does not count."""
    return "".join(sign for sign in code.upper() if sign.isalnum())
