"""How the routes of the dashboards are tried."""

from tests.samples import Sample

SAMPLES = {
    "desk_edition": Sample(),
    "desk_figures": Sample(),
    "figure_sheet": Sample(params={"figure": "parcours"}),
}
