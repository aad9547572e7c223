"""Compares our calendar files with the chinesecalendar package, and writes what is new."""
