"""What the official images make of the files that docker-compose.yml mounts into them."""

import subprocess
from pathlib import Path

import pytest
import yaml

from deploy.local.jars import jars_folder
from deploy.local.java import find_java

ROOT = Path(__file__).parents[2]
COMPOSED = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))


@pytest.mark.parts
def test_the_image_of_kafka_formats_its_folder(tmp_path: Path) -> None:
    """Its entry point is a class of Kafka's own, which gives the formatting no word of ours."""
    mounted, final, logs = (tmp_path / name for name in ("mounted", "final", "logs"))
    for folder in (mounted, final):
        folder.mkdir()
    written = (ROOT / "deploy/compose/server.properties").read_text("utf-8")
    (mounted / "server.properties").write_text(written.replace("/var/lib/kafka/data", str(logs)))
    setup = [
        str(find_java()),
        "-cp",
        f"{jars_folder()}/*",
        "kafka.docker.KafkaDockerWrapper",
        "setup",
    ]
    setup += ["--default-configs-dir", str(final), "--mounted-configs-dir", str(mounted)]
    done = subprocess.run(
        [*setup, "--final-configs-dir", str(final)],
        env={"CLUSTER_ID": COMPOSED["services"]["kafka"]["environment"]["CLUSTER_ID"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert (logs / "meta.properties").exists()
