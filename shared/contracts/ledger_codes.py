"""Code lists of the events about ledgers."""

from shared.contracts.event import Code


class ClockReason(Code):
    """Why a ledger bears times that never were."""

    CLOCK_AHEAD = "clock-ahead", "时钟超前"
    OPERATING_ERROR = "operating-error", "操作失误"
    DRILL = "drill", "演练"


class RestoreReason(Code):
    """Why a ledger was put back to an earlier state."""

    BACKUP_RESTORED = "backup-restored", "恢复备份"
    STORAGE_FAILED = "storage-failed", "存储损坏"
    OPERATING_ERROR = "operating-error", "操作失误"
    DRILL = "drill", "恢复演练"
