"""The picture of a page made fit for reading, and the way back from its pixels to the page."""
