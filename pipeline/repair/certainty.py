"""How likely a word is right: a logistic of the decoder's margin, one for each way that the text comes to us.

The numbers are those of the margin itself, not fitted yet: `python -m training.word_confidence` prints what fits the sample papers.
Limits in the rules (a word surer than 0.9, say) were chosen under these and must move with them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final, NamedTuple

from pipeline.repair.noise_level import Noise

_MOST: Final = 30.0  # margins beyond this say nothing more


class Certainty(NamedTuple):
    """most: how often words are right that little speaks against. offset, slope: of the logistic of the margin (natural logarithm).

    left: how often what nothing was weighed against is right: numbers, codes, addresses.
    """

    most: float
    offset: float
    slope: float
    left: float

    def chance(self, margin: float) -> float:
        """0..1: how often words chosen with this margin are right; infinite where no other reading was weighed.

        >>> RECOGNISED.chance(0.0) < RECOGNISED.chance(2.0) < RECOGNISED.chance(9.0) <= RECOGNISED.most
        True
        """
        if margin == math.inf:
            return self.left
        return self.most / (1.0 + math.exp(-self.offset - self.slope * min(margin, _MOST)))

    def margin(self, chance: float) -> float:
        """The margin that has this chance, none above the greatest that is told apart.

        >>> round(RECOGNISED.margin(RECOGNISED.chance(4.0)), 6)
        4.0
        """
        share = chance / self.most
        if chance >= self.chance(_MOST) or share >= 1.0:
            return _MOST
        return (math.log(share / (1.0 - share)) - self.offset) / self.slope


RECOGNISED: Final = Certainty(1.0, 0.0, 1.0, 1.0)
"""Among the readings of our own recogniser."""
REPAIRED: Final[Mapping[Noise, Certainty]] = {
    "eng": Certainty(1.0, 0.0, 1.0, 1.0),
    "stripped": Certainty(1.0, 0.0, 1.0, 1.0),
    "vie": Certainty(1.0, 0.0, 1.0, 1.0),
    "trace": Certainty(1.0, 0.0, 1.0, 1.0),
}
"""Among what the noise may have made of a word."""
