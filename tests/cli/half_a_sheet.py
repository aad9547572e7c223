"""A child that is killed while it writes: `python -m tests.cli.half_a_sheet`."""

import os
import signal
import sys

if __name__ == "__main__":
    sys.stdout.write('{"lines":3}\n[1]\n')
    sys.stdout.flush()
    os.kill(os.getpid(), signal.SIGXCPU)
