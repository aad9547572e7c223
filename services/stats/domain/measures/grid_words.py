"""Words that several measures of grids use."""

GRID_STANDARD = "GB/T 34300-2017 城乡社区网格化服务管理规范 (its text is not confirmed)"
"""What they rest on until the standard's text has been read."""
