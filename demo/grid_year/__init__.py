"""The grid year of the reference township: who patrols where on which day, and what is reported.

scenario.py (the reports) ─► report_steps.py (as commands) ─► play_reports.py
scenario.py ─► patrols.py (the patrols, in batches) ─► play_patrols.py
"""
