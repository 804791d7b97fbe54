"""Papers of our own writing in the manner of many issuers, with what they say: used by test_extract."""
