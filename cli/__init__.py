"""The `concord` command: `main.py` gathers the commands, one file each."""
