"""The letter that a decision owes to an author. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from sprint.contributions.facts import ContributionFact
from sprint.contributions.rules import KINDS
from sprint.contributions.tables import Kind
from sprint.letter import LetterText, Link
from sprint.words import Words, say, say_count

MINE = Link(say("Voir mes contributions"), "/moi/contributions")


@dataclass(frozen=True)
class Decided:
    """A decision about one contribution of the person; `reason` is why it was sent back, `may_answer` whether it is open."""

    kind: ContributionFact
    contribution_id: int
    of_kind: Kind
    title: str
    reason: str = ""
    may_answer: bool = False


def letter_about(edition_name: str, decided: Sequence[Decided]) -> LetterText | None:
    """What to tell an author of one act, which accepts or sends back; None when there is nothing to tell."""
    sent_back = [one for one in decided if one.kind == ContributionFact.SENT_BACK]
    accepted = [one for one in decided if one.kind == ContributionFact.ACCEPTED]
    if sent_back:
        return _sent_back(edition_name, sent_back[0])
    return _accepted(edition_name, accepted) if accepted else None


def _accepted(edition_name: str, accepted: Sequence[Decided]) -> LetterText:
    alone = accepted[0] if len(accepted) == 1 else None
    return LetterText(
        purpose="contribution.accepted",
        subject=say_count(
            "Contribution acceptée : %(title)s",
            "%(number)s contributions acceptées",
            len(accepted),
            title=accepted[0].title,
        ),
        opening=say_count(
            "Vous n’avez rien à faire : votre contribution **%(title)s** est acceptée, merci.",
            "Vous n’avez rien à faire : **%(number)s de vos contributions** sont acceptées, merci.",
            len(accepted),
            title=accepted[0].title,
        ),
        items=tuple(say("%(kind)s : %(title)s", kind=KINDS[one.of_kind], title=one.title) for one in accepted),
        notes=(
            say(
                "Elle compte dans les résultats de l’édition. Votre nom n’y figure que si vous le choisissez, "
                "sur la page de la contribution."
            ),
        ),
        action=Link(say("Voir la contribution"), _path(alone)) if alone else MINE,
        signature=_signature(edition_name),
    )


def _sent_back(edition_name: str, one: Decided) -> LetterText:
    open_note = say("Vous pouvez répondre une fois : corrigez la contribution, dites ce qui change, elle sera relue.")
    closed_note = say("C’est la seconde fois : écrivez à l’équipe du sprint si vous n’êtes pas d’accord.")
    return LetterText(
        purpose="contribution.sent_back",
        subject=say("Contribution à revoir : %(title)s", title=one.title),
        opening=(
            say("Répondez en une phrase : votre contribution **%(title)s** vous est renvoyée.", title=one.title)
            if one.may_answer
            else say("Votre contribution **%(title)s** n’est pas acceptée.", title=one.title)
        ),
        items=(say("Motif : %(reason)s", reason=one.reason),),
        notes=(open_note if one.may_answer else closed_note,),
        action=Link(say("Répondre") if one.may_answer else say("Voir la contribution"), _path(one)),
        signature=_signature(edition_name),
    )


def _path(one: Decided) -> str:
    return f"/contributions/{one.contribution_id}"


def _signature(edition_name: str) -> Words:
    return say("L’équipe du sprint (%(edition)s)", edition=edition_name)
