"""The commands of the program, plain functions in one module for each group; cli.py lists them."""
