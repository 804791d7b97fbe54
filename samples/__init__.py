"""Documents of our own writing, the generator that prints, signs and damages them, and their gold."""
