"""The CTC line recogniser: the networks of the package `trueocr` (Apache-2.0), read frame by frame.

Its graph computes log-probabilities of every character in every frame and throws them away after an argmax.
Here they are kept: network.py gets them, beam.py makes scored candidates of them, engine.py goes from a page image
to lines of words. Which candidate is right is decided elsewhere, over the whole document (pipeline/recognise/decide.py).
"""
