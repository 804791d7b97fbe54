"""What a file brings: its kind told by its bytes, its pages, its text layer, its signatures."""
