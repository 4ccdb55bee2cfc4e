"""What an act of the pool owes by letter. A letter names a recruiter to the person, never the person to a recruiter: who
they are stands on the card, for as long as they leave it there. Pure.
"""

from dataclasses import dataclass
from datetime import datetime

from sprint.letter import LetterText, Link
from sprint.talents.rules.labels import pseudonym
from sprint.words import Moment, Words, say

ZONE = "Europe/Paris"
"""The pool belongs to no edition: its days are those of Paris."""
MINE = "/moi/vivier"
_SIGNED = say("La mission TALENTS")


@dataclass(frozen=True)
class Asked:
    """A contact request, as the letters about it need it."""

    recruiter: str
    organisation: str
    post: str
    contract: str
    place: str
    expires_at: datetime
    card_path: str
    tree: str
    number: int


def requested(asked: Asked) -> LetterText:
    """To the person: somebody proposes a post."""
    until = Moment(asked.expires_at, ZONE)
    return _letter(
        "talents.requested",
        say("Une demande de mise en relation : %(post)s", post=asked.post),
        say(
            "Répondez avant le **%(until)s** : %(recruiter)s (%(organisation)s) vous propose un poste.",
            until=until,
            recruiter=asked.recruiter,
            organisation=asked.organisation,
        ),
        Link(say("Lire la demande"), MINE),
        items=(
            say("Poste : %(post)s", post=asked.post),
            say("Contrat : %(contract)s", contract=asked.contract),
            say("Lieu : %(place)s", place=asked.place),
        ),
        notes=(
            say("Cette personne ne connaît ni votre nom ni votre adresse : elle ne les verra que si vous acceptez."),
            say("Sans réponse de votre part, la demande s’éteint d’elle-même."),
        ),
    )


def accepted_by_you(asked: Asked) -> LetterText:
    """To the person: what they accepted."""
    return _letter(
        "talents.accepted",
        say("Mise en relation acceptée : %(post)s", post=asked.post),
        say(
            "Vous n’avez rien à faire : %(recruiter)s (%(organisation)s) voit maintenant votre nom et votre adresse, et vous la sienne.",
            recruiter=asked.recruiter,
            organisation=asked.organisation,
        ),
        Link(say("Voir son adresse"), MINE),
    )


def accepted_for_you(asked: Asked) -> LetterText:
    """To the recruiter: where the name and the address are."""
    return _letter(
        "talents.answered",
        say("Votre demande est acceptée : %(post)s", post=asked.post),
        say(
            "Écrivez à **%(who)s** : son nom et son adresse sont sur sa fiche.", who=pseudonym(asked.tree, asked.number)
        ),
        Link(say("Ouvrir la fiche"), asked.card_path),
        notes=(
            say("Cette personne voit aussi votre nom et votre adresse. Si elle quitte le vivier, sa fiche disparaît."),
        ),
    )


def declined_for_you(asked: Asked) -> LetterText:
    """To the recruiter: the answer is no; no reason is asked."""
    return _letter(
        "talents.answered",
        say("Votre demande est déclinée : %(post)s", post=asked.post),
        say("Vous n’avez rien à faire : **%(who)s** ne donne pas suite.", who=pseudonym(asked.tree, asked.number)),
        Link(say("Voir mes demandes"), "/vivier/demandes"),
        notes=(say("Aucun motif n’est demandé aux personnes qui déclinent."),),
    )


def reminder(ends_at: datetime, days: int) -> LetterText:
    """To the person: the consent ends soon."""
    return _letter(
        f"talents.reminder{days}",
        say("Votre profil du vivier sera masqué dans %(days)s jours", days=days),
        say("Renouvelez votre accord avant le **%(until)s** pour rester visible.", until=Moment(ends_at, ZONE)),
        Link(say("Renouveler mon accord"), MINE),
        notes=(say("Si vous ne faites rien, votre profil est masqué ce jour-là et plus personne ne le voit."),),
    )


def _letter(
    purpose: str,
    subject: Words,
    opening: Words,
    action: Link,
    items: tuple[Words, ...] = (),
    notes: tuple[Words, ...] = (),
) -> LetterText:
    return LetterText(purpose, subject, opening, items, notes, action, _SIGNED)
