"""The page of GB/T 9704-2012, in millimetres and points; both writers read it."""

WIDTH_MM, HEIGHT_MM = 210, 297
TOP_MM, BINDING_MM = 37, 28
TYPE_WIDTH_MM, TYPE_HEIGHT_MM = 156, 225
RIGHT_MM = WIDTH_MM - BINDING_MM - TYPE_WIDTH_MM
BOTTOM_MM = HEIGHT_MM - TOP_MM - TYPE_HEIGHT_MM
FOOT_MM = 7
"""Distance of the page number below the type area."""

TITLE_PT = 22
BODY_PT = 16
PAGE_NUMBER_PT = 14
TABLE_PT = 12
LINE_PT = 28
TABLE_LINE_PT = 18
CELL_MARGIN_PT = 4
"""Left and right of the text in a table cell."""
TITLE_LINE_PT = 36
COVER_TITLE_PT = 36

CONTENTS_SHARES = (2, 8, 8, 3, 3)

CHARACTERS_A_LINE = 28
TRACKING_PT = -0.21
"""28 characters of 16 pt exceed 156 mm by this much per character."""
