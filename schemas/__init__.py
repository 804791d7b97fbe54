"""What travels between the rooms. This room imports nothing of ours."""
