"""How one's own data is asked for: everybody signed in has theirs."""

from tests.samples import Sample

SAMPLES = {
    "my_data": Sample(),
    "export_my_data": Sample(gives=200),
    "my_erasure": Sample(),
    "erase_me": Sample(form={"certain": "oui"}),
    "erased": Sample(),
}
