"""The letter that a decision owes to who proposed a track. Pure."""

from sprint.letter import LetterText, Link
from sprint.proposals.facts import ProposalFact
from sprint.words import Words, say


def letter_about(edition_name: str, kind: ProposalFact, proposal_id: int, name: str, track_path: str) -> LetterText:
    """What to tell of a proposal that was sent back, declined or published; `track_path` is where it is read then."""
    mine = Link(say("Lire le mot de l’équipe"), f"/moi/propositions/{proposal_id}")
    signature = say("L’équipe du sprint (%(edition)s)", edition=edition_name)
    if kind == ProposalFact.PUBLISHED:
        return LetterText(
            purpose="proposal.published",
            subject=say("Parcours publié : %(name)s", name=name),
            opening=say("Faites-le connaître : votre parcours **%(name)s** est publié.", name=name),
            items=(),
            notes=(say("Ses mentors relisent désormais les contributions qui s’y font."),),
            action=Link(say("Voir le parcours"), track_path),
            signature=signature,
        )
    return LetterText(
        purpose=kind.value,
        subject=_subject(kind, name),
        opening=_opening(kind, name),
        items=(),
        notes=(),
        action=mine,
        signature=signature,
    )


def _subject(kind: ProposalFact, name: str) -> Words:
    if kind == ProposalFact.RETURNED:
        return say("Proposition à compléter : %(name)s", name=name)
    return say("Proposition non retenue : %(name)s", name=name)


def _opening(kind: ProposalFact, name: str) -> Words:
    if kind == ProposalFact.RETURNED:
        return say("Complétez votre proposition **%(name)s**, puis envoyez-la à nouveau.", name=name)
    return say("Votre proposition **%(name)s** n’est pas retenue pour cette édition.", name=name)


def answered(edition_name: str, track: str, question: str, words: str, track_path: str) -> LetterText:
    """What to tell somebody whose question was answered."""
    return LetterText(
        purpose="question.answered",
        subject=say("Réponse à votre question : %(track)s", track=track),
        opening=say("Lisez la réponse à « %(question)s ».", question=question),
        items=(say("%(words)s", words=words),),
        notes=(),
        action=Link(say("Voir le parcours"), f"{track_path}#questions"),
        signature=say("L’équipe du sprint (%(edition)s)", edition=edition_name),
    )
