"""How the pages that show several features are tried."""

from tests.samples import Sample

SAMPLES = {
    "health": Sample(),
    "sitemap": Sample(),
    "robots": Sample(),
    # Only for this machine, or once there is a contact: tests/site/test_machines.py.
    "security_txt": Sample(gives=404),
    "metrics": Sample(gives=404),
    "accessibility": Sample(),
    "legal_notice": Sample(),
    "personal_data": Sample(),
    "cookies": Sample(),
    "site_map": Sample(),
    "display": Sample(),
    "set_display": Sample(form={"theme": "dark"}),
    "home": Sample(),
    "edition": Sample(),
    "programme": Sample(),
    "track": Sample(),
    "agenda": Sample(),
    "results": Sample(),
    "past_editions": Sample(),
    "mine": Sample(),
    "my_registrations": Sample(),
}
