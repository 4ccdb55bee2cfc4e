"""How the routes of preparing an edition are tried. The edition is open, and Ada comes on both of its days."""

from tests.samples import Sample

EDITION = {"nom": "Sprint 2027", "fuseau": "Europe/Paris", "public": "mixed", "lieu": "Lyon"}

SAMPLES = {
    "desk_life": Sample(),
    "revise_edition": Sample(form=EDITION),
    "desk_step": Sample(params={"step": "cloture"}),
    "take_step": Sample(params={"step": "cloture"}),
    "add_day": Sample(form={"nouveau-jour": "2027-03-18"}),
    "move_day": Sample(
        form={"quand": "2027-03-16", "jour-2027-03-16-jour": "2027-03-16", "jour-2027-03-16-lieu": "Lyon"}
    ),
    "desk_clone": Sample(),
    "clone_edition": Sample(form={"nom": "Sprint 2028", "adresse": "sprint-2028", "jour": "2028-03-14"}),
    "remove_day": Sample(form={"quand": "2027-03-16"}, gives=409),
}
