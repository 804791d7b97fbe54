"""From a page picture to words: the recognisers, what they propose, and the decision among it."""
