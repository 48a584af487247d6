"""What lesson 11 draws of its ablation."""

from cnnedu.experiments.l11_regularisation import REMEDIES, figures


def test_the_stored_ablation_has_three_seeds_of_each_remedy():
    runs = figures["ablation"]["runs"]
    assert list(runs) == list(REMEDIES)
    assert {len(seeds) for seeds in runs.values()} == {3}
    assert list(figures["ablation"]["curves"]) == ["nothing", "all together"]
