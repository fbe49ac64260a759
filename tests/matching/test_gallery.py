"""A picture that many listings show is common property and proves little."""

import numpy as np

from pddlint.matching import gallery


def test_a_few_copies_count_in_full_and_a_size_chart_hardly() -> None:
    few, some, many = gallery.worth(np.array([2, 6, 40])).tolist()
    assert few == 1.0
    assert few > some > many
    assert many < 0.1
