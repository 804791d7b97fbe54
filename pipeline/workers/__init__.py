"""Worker processes: what they are asked, how they are watched, how they end."""
