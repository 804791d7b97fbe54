"""The scorecard: papers with a gold record beside them, read and compared with the last accepted run."""
