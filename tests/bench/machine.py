"""On what a figure was measured."""

import os
import platform
from pathlib import Path

import psutil


def machine() -> str:
    memory = psutil.virtual_memory().total / 2**30
    cores = os.cpu_count()
    return f"{cores} × {_processor()}, {memory:.0f} GiB, {platform.system()} {platform.release()}"


def load() -> float:
    """How busy the machine is with anything, this run included: the last minute's load."""
    return os.getloadavg()[0]


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
