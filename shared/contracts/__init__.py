"""The published language: the events that services write and others read, and their code lists."""
