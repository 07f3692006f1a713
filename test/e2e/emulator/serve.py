"""Starts ministack with maintenance windows and patch baselines: serve.py CONTROL_PORT; the other settings are ministack's environment variables."""

import importlib.metadata
import json
import os
import pathlib
import signal
import sys
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
VERSION = (HERE / "requirements.txt").read_text().strip().partition("==")[2]
if importlib.metadata.version("ministack") != VERSION:
    sys.exit(f"ministack {VERSION} is needed: the plugin hangs on names that ministack keeps to itself")

import botocore.loaders  # noqa: E402  (after the version is known)

from api_model import ApiModel  # noqa: E402
from cloudformation_types import TARGET, TASK, WINDOW  # noqa: E402
from control import serve  # noqa: E402
from maintenance_windows import MaintenanceWindows  # noqa: E402
from patch_baseline_type import BASELINE  # noqa: E402
from patch_baselines import PatchBaselines  # noqa: E402

FIXTURES = HERE.parents[1] / "fixtures" / "model"


def fixture(name):
    return json.loads((FIXTURES / name).read_text())


def model():
    # The fixtures hold the operations that the library renders for; what they lack (describe, deregister) comes with ministack's botocore.
    fixtures = [fixture("ssm-maintenance-windows.model.json"), fixture("ssm-patch-baselines.model.json")]
    return ApiModel(*fixtures, botocore.loaders.Loader().load_service_model("ssm", "service-2"))


def schemas():
    return {resource_type: fixture(f"{resource_type.lower().replace('::', '-')}.json") for resource_type in (WINDOW, TARGET, TASK, BASELINE)}


def end_with(parent):
    """Ends this process and the functions that it runs when the tests end, however they do."""
    while os.getppid() == parent:
        time.sleep(1)
    os.killpg(os.getpgid(0), signal.SIGKILL)


def main():
    from ministack.app import main as serve_ministack
    from documents import Documents
    from plugin import Plugin
    from scheduler_clock import SchedulerClock

    api = model()
    service = MaintenanceWindows(api, lambda *event: plugin.emit(*event))
    plugin = Plugin(service, PatchBaselines(api), schemas())
    plugin.install()
    clock = SchedulerClock(service)
    clock.install()
    documents = Documents()
    documents.install()
    threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
    serve(int(sys.argv.pop(1)), plugin, service, clock, documents)
    serve_ministack()


if __name__ == "__main__":
    main()
