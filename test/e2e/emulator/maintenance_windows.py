"""The maintenance-window API of Systems Manager, in memory.

Each behaviour names its source: API/x is the page of operation or type x in the API reference
(https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_x.html), UG/x a page of the user guide
(https://docs.aws.amazon.com/systems-manager/latest/userguide/x.html).
"""

import copy
import secrets
import time
import uuid

BLOCKS = {"RUN_COMMAND": "RunCommand", "AUTOMATION": "Automation", "LAMBDA": "Lambda", "STEP_FUNCTIONS": "StepFunctions"}

# Quotas of a window and of an account (docs.aws.amazon.com/general/latest/gr/ssm.html).
MAX_WINDOWS, MAX_TASKS, MAX_TARGETS = 50, 20, 100


class ApiError(Exception):
    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


class MaintenanceWindows:
    def __init__(self, model, emit=lambda detail_type, resources, detail: None):
        self._model = model
        self._emit = emit
        self._windows = {}  # id -> window
        self._targets = {}  # id -> target
        self._tasks = {}  # id -> task
        self._tags = {}  # window id -> {key: value}
        self._tokens = {}  # client token -> answer
        self.page_size = None  # smaller than what a request asks for, as a service may answer (API/DescribeMaintenanceWindowTasks)
        self.throttled = {}  # operation -> how many answers are still to be refused
        self.replace_enables = False  # whether an update with Replace and without Enabled enables a window, which no page says

    def call(self, operation, request):
        if self.throttled.get(operation, 0) > 0:
            self.throttled[operation] -= 1
            raise ApiError("ThrottlingException", "Rate exceeded")
        problems = self._model.problems(operation, request)
        if problems:
            raise ApiError("ValidationException", f"{len(problems)} validation error(s) detected: {'; '.join(problems)}")
        return copy.deepcopy(self._operation(operation)(**copy.deepcopy({k: v for k, v in request.items() if v is not None})))

    def knows(self, operation):
        return self._operation(operation) is not None

    def _operation(self, operation):
        return getattr(self, operation, None) if operation[:1].isupper() else None

    # Windows

    def CreateMaintenanceWindow(self, ClientToken=None, Tags=(), **fields):
        # A repeated token gives the first answer again (API/CreateMaintenanceWindow, ClientToken).
        if ClientToken in self._tokens:
            return self._tokens[ClientToken]
        if len(self._windows) >= MAX_WINDOWS:
            raise ApiError("ResourceLimitExceededException", f"The maximum number of maintenance windows is {MAX_WINDOWS}")
        _check_window(fields)
        window_id = f"mw-{secrets.token_hex(9)[:17]}"
        now = round(time.time(), 3)
        # A new window is enabled: only UpdateMaintenanceWindow has Enabled.
        self._windows[window_id] = {**fields, "WindowId": window_id, "Enabled": True, "CreatedDate": now, "ModifiedDate": now}
        self._tags[window_id] = {tag["Key"]: tag["Value"] for tag in Tags}
        return self._remember(ClientToken, {"WindowId": window_id})

    def GetMaintenanceWindow(self, WindowId):
        return self._window(WindowId)

    def UpdateMaintenanceWindow(self, WindowId, Replace=False, **fields):
        # API/UpdateMaintenanceWindow: "If Replace is TRUE, then all fields that are required by the CreateMaintenanceWindow operation are
        # also required for this API request. Optional fields that aren't specified are set to null."
        before = self._window(WindowId)
        if Replace:
            _require(fields, "Name", "Schedule", "Duration", "Cutoff", "AllowUnassociatedTargets")
            kept = {name: before[name] for name in ("WindowId", "Enabled", "CreatedDate")}
            if self.replace_enables:
                kept["Enabled"] = True
        else:
            kept = before
        after = {**kept, **fields, "ModifiedDate": round(time.time(), 3)}
        _check_window(after)
        self._windows[WindowId] = after
        if after["Enabled"] != before["Enabled"]:
            # UG/monitoring-systems-manager-event-examples, "Window State Change".
            self._emit("Maintenance Window State-change Notification", [f"maintenancewindow/{WindowId}"],
                       {"window-id": WindowId, "status": "ENABLED" if after["Enabled"] else "DISABLED"})
        return {name: value for name, value in after.items() if name not in ("CreatedDate", "ModifiedDate")}

    def DeleteMaintenanceWindow(self, WindowId):
        self._window(WindowId)
        del self._windows[WindowId], self._tags[WindowId]
        self._targets = {key: target for key, target in self._targets.items() if target["WindowId"] != WindowId}
        self._tasks = {key: task for key, task in self._tasks.items() if task["WindowId"] != WindowId}
        return {"WindowId": WindowId}

    def DescribeMaintenanceWindows(self, Filters=(), MaxResults=50, NextToken=None):
        # API/DescribeMaintenanceWindows: the keys Name and Enabled.
        keys = {"Name": lambda window: window["Name"], "Enabled": lambda window: str(window["Enabled"]).lower()}
        shown = ("WindowId", "Name", "Description", "Enabled", "Duration", "Cutoff", "Schedule", "ScheduleTimezone", "ScheduleOffset",
                 "EndDate", "StartDate")
        found = _filtered(self._windows.values(), Filters, keys)
        return self._page("WindowIdentities", [_only(window, shown) for window in found], MaxResults, NextToken)

    # Targets

    def RegisterTargetWithMaintenanceWindow(self, WindowId, ClientToken=None, **fields):
        self._window(WindowId)
        if ClientToken in self._tokens:
            return self._tokens[ClientToken]
        if sum(target["WindowId"] == WindowId for target in self._targets.values()) >= MAX_TARGETS:
            raise ApiError("ResourceLimitExceededException", f"The maximum number of targets is {MAX_TARGETS}")
        target_id = str(uuid.uuid4())
        self._targets[target_id] = {**fields, "WindowId": WindowId, "WindowTargetId": target_id}
        return self._remember(ClientToken, {"WindowTargetId": target_id})

    def DescribeMaintenanceWindowTargets(self, WindowId, Filters=(), MaxResults=50, NextToken=None):
        # API/DescribeMaintenanceWindowTargets: the keys Type, WindowTargetId and OwnerInformation.
        self._window(WindowId)
        keys = {"Type": lambda target: target["ResourceType"], "WindowTargetId": lambda target: target["WindowTargetId"],
                "OwnerInformation": lambda target: target.get("OwnerInformation")}
        found = _filtered(self._of(self._targets, WindowId), Filters, keys)
        return self._page("Targets", found, MaxResults, NextToken)

    def UpdateMaintenanceWindowTarget(self, WindowId, WindowTargetId, Replace=False, **fields):
        # Replace as above (API/UpdateMaintenanceWindowTarget); the resource type is no member, it cannot change.
        before = self._target(WindowId, WindowTargetId)
        if Replace:
            _require(fields, "Targets")
        kept = _only(before, ("WindowId", "WindowTargetId", "ResourceType")) if Replace else before
        self._targets[WindowTargetId] = {**kept, **fields}
        return {name: value for name, value in self._targets[WindowTargetId].items() if name != "ResourceType"}

    def DeregisterTargetFromMaintenanceWindow(self, WindowId, WindowTargetId, Safe=False):
        self._target(WindowId, WindowTargetId)
        users = [task for task in self._of(self._tasks, WindowId)
                 if any(WindowTargetId in target["Values"] for target in task.get("Targets", []))]
        if Safe and users:
            raise ApiError("TargetInUseException",
                           f"This Target cannot be deregistered because it is still referenced in Task: {users[0]['WindowTaskId']}")
        del self._targets[WindowTargetId]
        return {"WindowId": WindowId, "WindowTargetId": WindowTargetId}

    # Tasks

    def RegisterTaskWithMaintenanceWindow(self, WindowId, ClientToken=None, **fields):
        self._window(WindowId)
        if ClientToken in self._tokens:
            return self._tokens[ClientToken]
        if len(self._of(self._tasks, WindowId)) >= MAX_TASKS:
            raise ApiError("ResourceLimitExceededException", f"The maximum number of tasks is {MAX_TASKS}")
        _check_task(fields)
        task_id = str(uuid.uuid4())
        self._tasks[task_id] = {"Priority": 1, "CutoffBehavior": "CONTINUE_TASK", **fields, "WindowId": WindowId, "WindowTaskId": task_id}
        self._task_event("REGISTERED", WindowId, task_id)
        return self._remember(ClientToken, {"WindowTaskId": task_id})

    def GetMaintenanceWindowTask(self, WindowId, WindowTaskId):
        return _reported(self._task(WindowId, WindowTaskId))

    def UpdateMaintenanceWindowTask(self, WindowId, WindowTaskId, Replace=False, **fields):
        # API/UpdateMaintenanceWindowTask: "If the value for a parameter … is null, then the corresponding field isn't modified. If you set
        # Replace to true, then all fields required by the RegisterTaskWithMaintenanceWindow operation are required for this request.
        # Optional fields that aren't specified are set to null." TaskInvocationParameters are replaced as a whole.
        before = self._task(WindowId, WindowTaskId)
        if Replace:
            _require(fields, "TaskArn")
        kept = {**_only(before, ("WindowId", "WindowTaskId", "TaskType")), "Priority": 1, "CutoffBehavior": "CONTINUE_TASK"} if Replace else before
        after = {**kept, **fields}
        _check_task(after)
        self._tasks[WindowTaskId] = after
        self._task_event("UPDATED", WindowId, WindowTaskId)
        return {name: value for name, value in _reported(after).items() if name != "TaskType"}

    def DescribeMaintenanceWindowTasks(self, WindowId, Filters=(), MaxResults=50, NextToken=None):
        # API/DescribeMaintenanceWindowTasks: the keys WindowTaskId, TaskArn, Priority and TaskType. A described task has no
        # TaskInvocationParameters, and its type is called Type (API/MaintenanceWindowTask).
        self._window(WindowId)
        keys = {"WindowTaskId": lambda task: task["WindowTaskId"], "TaskArn": lambda task: task["TaskArn"],
                "Priority": lambda task: str(task["Priority"]), "TaskType": lambda task: task["TaskType"]}
        found = _filtered(self._of(self._tasks, WindowId), Filters, keys)
        described = []
        for task in map(_reported, found):
            task["Type"] = task.pop("TaskType")
            task.pop("TaskInvocationParameters", None)
            described.append(task)
        return self._page("Tasks", described, MaxResults, NextToken)

    def DeregisterTaskFromMaintenanceWindow(self, WindowId, WindowTaskId):
        self._task(WindowId, WindowTaskId)
        del self._tasks[WindowTaskId]
        self._task_event("DEREGISTERED", WindowId, WindowTaskId)
        return {"WindowId": WindowId, "WindowTaskId": WindowTaskId}

    # Tags

    def AddTagsToResource(self, ResourceType, ResourceId, Tags):
        self._tags_of(ResourceType, ResourceId).update({tag["Key"]: tag["Value"] for tag in Tags})
        return {}

    def RemoveTagsFromResource(self, ResourceType, ResourceId, TagKeys):
        for key in TagKeys:
            self._tags_of(ResourceType, ResourceId).pop(key, None)
        return {}

    def ListTagsForResource(self, ResourceType, ResourceId):
        return {"TagList": [{"Key": key, "Value": value} for key, value in sorted(self._tags_of(ResourceType, ResourceId).items())]}

    # Helpers

    def _window(self, window_id):
        if window_id not in self._windows:
            raise ApiError("DoesNotExistException", f"Maintenance window {window_id} does not exist")
        return self._windows[window_id]

    def _target(self, window_id, target_id):
        target = self._targets.get(target_id)
        if target is None or target["WindowId"] != window_id:
            raise ApiError("DoesNotExistException", f"Target {target_id} does not exist in maintenance window {window_id}")
        return target

    def _task(self, window_id, task_id):
        task = self._tasks.get(task_id)
        if task is None or task["WindowId"] != window_id:
            raise ApiError("DoesNotExistException", f"Task {task_id} does not exist in maintenance window {window_id}")
        return task

    def _tags_of(self, resource_type, resource_id):
        if resource_type != "MaintenanceWindow" or resource_id not in self._tags:
            raise ApiError("InvalidResourceId", f"{resource_type} {resource_id} does not exist")
        return self._tags[resource_id]

    def _remember(self, token, answer):
        if token is not None:
            self._tokens[token] = answer
        return answer

    @staticmethod
    def _of(members, window_id):
        return [member for member in members.values() if member["WindowId"] == window_id]

    def _page(self, key, items, max_results, next_token):
        size = min(max_results, self.page_size or max_results)
        start = int(next_token or 0)
        rest = {"NextToken": str(start + size)} if start + size < len(items) else {}
        return {key: items[start:start + size], **rest}

    def _task_event(self, status, window_id, task_id):
        # UG/reference-eventbridge-events: REGISTERED, DEREGISTERED, UPDATED. No sample is published; consumers read these keys.
        self._emit("Maintenance Window Task Registration Notification", [f"maintenancewindow/{window_id}", f"windowtask/{task_id}"],
                   {"window-id": window_id, "window-task-id": task_id, "status": status})


def _reported(task):
    # API/GetMaintenanceWindowTask: "For maintenance window tasks without a target specified … the system inserts a placeholder value
    # of 1, which may be reported in the response to this command."
    reported = dict(task)
    if not reported.get("Targets"):
        reported.update(Targets=[], MaxConcurrency="1", MaxErrors="1")
    # The examples of the command line show an empty map for a task without the deprecated parameters.
    reported.setdefault("TaskParameters", {})
    if "AlarmConfiguration" in reported:
        reported["AlarmConfiguration"] = {"IgnorePollAlarmFailure": False, **reported["AlarmConfiguration"]}
    return reported


def _check_window(window):
    # Deployed by cdk-preflight and awsdocs/aws-cloudformation-user-guide#891.
    if window["Cutoff"] >= window["Duration"]:
        raise ApiError("ValidationException", f"Cutoff was {window['Cutoff']} but must be smaller than {window['Duration'] - 1} (Duration - 1)")


def _check_task(task):
    targets, kind = task.get("Targets") or [], task["TaskType"]
    # UG/maintenance-windows-targetless-tasks, and the answers quoted in hashicorp/terraform-provider-aws#19396.
    if not targets and kind == "RUN_COMMAND":
        raise ApiError("ValidationException", "For Run Command tasks, you must specify at least one resource as the target of the task")
    if not targets and ("MaxConcurrency" in task or "MaxErrors" in task):
        raise ApiError("ValidationException", "Maintenance window tasks without targets do not support MaxConcurrency and MaxErrors values")
    if targets and not ("MaxConcurrency" in task and "MaxErrors" in task):
        raise ApiError("ValidationException", "Max Errors must be a number of at least 0, or a percentage between 0 and 100 "
                                              "Max Concurrency must be a number greater than 0, or a percentage between 1 and 100")
    for target in targets:
        # The answers quoted in terraform-linters/tflint-ruleset-aws#524 and hashicorp/terraform-provider-aws#18372.
        if target.get("Key") not in ("WindowTargetIds", "InstanceIds"):
            raise ApiError("ValidationException", f"{target.get('Key')} is an invalid window task target type, use WindowTargetIds or InstanceIds")
        if target["Key"] == "WindowTargetIds" and len(target["Values"]) > 10:
            raise ApiError("ValidationException", "The maximum number of window targets is 10")
    blocks = list(task.get("TaskInvocationParameters") or {})
    if blocks and blocks != [BLOCKS[kind]]:
        raise ApiError("ValidationException", "Task Invocation Parameters must contain an entry only for the Task Type specified in the Window Task.")
    run_command = (task.get("TaskInvocationParameters") or {}).get("RunCommand") or {}
    if run_command.get("NotificationConfig") and not run_command.get("ServiceRoleArn"):
        raise ApiError("ValidationException", "ServiceRoleArn of RunCommandInvocationParameter is required if NotificationConfig is specified")


def _require(fields, *names):
    missing = [name for name in names if fields.get(name) is None]
    if missing:
        raise ApiError("ValidationException", f"Replace needs {', '.join(missing)}")


def _only(fields, names):
    return {name: fields[name] for name in names if name in fields}


def _filtered(items, filters, keys):
    for entry in filters:
        if entry["Key"] not in keys:
            raise ApiError("ValidationException", f"The filter key {entry['Key']} is not supported, use one of {', '.join(keys)}")
    return [item for item in items if all(keys[entry["Key"]](item) in entry["Values"] for entry in filters)]
