"""The routes of grid."""
