"""How the pages that show several features are tried."""

from tests.samples import Sample

SAMPLES = {
    "health": Sample(),
    "display": Sample(),
    "set_display": Sample(form={"theme": "dark"}),
    "home": Sample(),
    "edition": Sample(),
    "programme": Sample(),
    "track": Sample(),
    "agenda": Sample(),
    "past_editions": Sample(),
    "mine": Sample(),
    "my_registrations": Sample(),
}
