"""What `make setup` does after the packages are there: Kafka's jars, Java's check, the archive."""

import sys

from deploy.local import jars
from deploy.local.class_archive import make_archive
from deploy.local.java import find_java
from deploy.local.postgres import binaries
from deploy.local.refusals import CannotRun


def set_up() -> None:
    """Brings what is missing and tells what it does; a second time it does nothing."""
    pins = jars.read_pins()
    jars.fetch_jars(jars.jars_folder(), pins, jars.fetch_from_registry, _tell_jars)
    java = find_java()
    print(f"Java: {java}")
    if not make_archive(java):
        print("Kafka's class archive could not be made; Kafka starts a second slower without it")
    print(f"PostgreSQL: {binaries()}")


def _tell_jars(done: int, total: int) -> None:
    if done == total or done % 10 == 0:
        print(f"Kafka's jars: {done} of {total}", flush=True)


def main() -> None:
    """Set up, or say in one sentence why not."""
    try:
        set_up()
    except CannotRun as reason:
        print(reason, file=sys.stderr)
        sys.exit(reason.exit_code)


if __name__ == "__main__":
    main()
