"""What a county runs in containers: its jobs and its files."""
