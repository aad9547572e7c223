"""Dashboards for Grafana, made from the declarations of the metrics.

A panel asks by a declared metric and its declared labels: `queries` refuses any other, so that no
panel can ask for what nobody serves. `make docs` writes `dashboards/*.json`.
"""
