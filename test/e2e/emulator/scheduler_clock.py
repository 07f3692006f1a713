"""EventBridge Scheduler on a clock of its own: the tests set the time, and what is due by then calls the API of maintenance windows."""

import datetime
import json

from cron import Cron, minutes
from maintenance_windows import ApiError
from ministack.core import iam_evaluator
from ministack.core.responses import get_account_id, request_scope
from ministack.services import iam, scheduler
from ministack.services.cloudformation import provisioners

PRINCIPAL = "scheduler.amazonaws.com"
# User Guide, managing-targets-universal: arn:aws:scheduler:::aws-sdk:service:apiAction
TARGET = "arn:aws:scheduler:::aws-sdk:ssm:updateMaintenanceWindow"


class SchedulerClock:
    def __init__(self, service):
        self._service = service
        self.now = None
        self.calls = []  # what Scheduler called, and what came of it

    def install(self):
        # its own ticker follows the clock of this machine
        scheduler._tick_schedules = lambda: None
        handlers = provisioners._RESOURCE_HANDLERS["AWS::Scheduler::Schedule"]
        create, update = handlers["create"], handlers["update"]

        def checked_create(logical_id, properties, stack_name):
            self._check(properties)
            name, attributes = create(logical_id, properties, stack_name)
            return self._complete(name, properties), attributes

        def checked_update(physical_id, old, properties, stack_name, *others):
            self._check(properties)
            name, attributes = update(physical_id, old, properties, stack_name, *others)
            return self._complete(name, properties), attributes

        provisioners._RESOURCE_HANDLERS["AWS::Scheduler::Schedule"] = {**handlers, "create": checked_create, "update": checked_update}

    @staticmethod
    def _complete(name, properties):
        """ministack leaves the time zone out."""
        schedule = scheduler._schedules[f"{properties.get('GroupName', 'default')}/{name}"]
        schedule["ScheduleExpressionTimezone"] = properties.get("ScheduleExpressionTimezone", "UTC")
        return name

    def _check(self, properties):
        """What CreateSchedule refuses."""
        group = properties.get("GroupName", "default")
        if group != "default" and group not in scheduler._schedule_groups:
            raise ValueError(f"Schedule group {group} does not exist. (Service: Scheduler, Error Code: ResourceNotFoundException)")
        target = properties["Target"]
        if target["Arn"] != TARGET:
            raise ValueError(f"{target['Arn']} is not a supported service for a target. (Service: Scheduler, Error Code: ValidationException)")
        Cron(properties["ScheduleExpression"], properties.get("ScheduleExpressionTimezone", "UTC"))
        json.loads(target["Input"])
        if not self._may_assume(target["RoleArn"], group):
            raise ValueError("The execution role you provide must allow AWS EventBridge Scheduler to assume the role. "
                             "(Service: Scheduler, Error Code: ValidationException)")

    def advance(self, until):
        """Sets the clock, first of all to any time, then on: what is due in between is called in its order."""
        until = datetime.datetime.fromisoformat(until.replace("Z", "+00:00"))
        start, self.now = self.now or until, until
        schedules = [(account, region, schedule, Cron(schedule["ScheduleExpression"], schedule["ScheduleExpressionTimezone"]))
                     for (account, region, _), schedule in scheduler._schedules._data.items() if schedule["State"] == "ENABLED"]
        for minute in minutes(start, until):
            for account, region, schedule, cron in schedules:
                if cron.matches(minute):
                    with request_scope(account, region):
                        self._call(schedule, minute)

    def _call(self, schedule, minute):
        target = schedule["Target"]
        request = json.loads(target["Input"])
        call = {"time": minute.strftime("%Y-%m-%dT%H:%M:%SZ"), "input": request, "error": None}
        self.calls.append(call)
        resource = iam_arn("ssm", f"maintenancewindow/{request['WindowId']}", schedule["Arn"])
        if not self._may_assume(target["RoleArn"], schedule["GroupName"]):
            call["error"] = "the role cannot be assumed"
        elif not self._may_call(target["RoleArn"], "ssm:UpdateMaintenanceWindow", resource):
            call["error"] = f"not authorized to perform: ssm:UpdateMaintenanceWindow on resource: {resource}"
        else:
            try:
                self._service.call("UpdateMaintenanceWindow", request)
            except ApiError as error:
                call["error"] = str(error)

    def _may_assume(self, role_arn, group):
        """User Guide, cross-service-confused-deputy-prevention: the source is the group of the schedule."""
        role = iam._roles.get_scoped(get_account_id(), None, _role_name(role_arn))
        if role is None:
            return False
        document = role["AssumeRolePolicyDocument"]
        document = json.loads(document) if isinstance(document, str) else document
        # a trust policy has no resource, which the evaluation of resource policies wants
        statements = [{"Resource": "*", **statement} for statement in document["Statement"]]
        context = _context("sts:AssumeRole", role_arn, {
            "aws:sourceaccount": get_account_id(), "aws:sourcearn": scheduler._group_arn(group)})
        return iam_evaluator.evaluate_resource_policy({"Statement": statements}, context, PRINCIPAL).decision == "Allow"

    def _may_call(self, role_arn, action, resource):
        policies = iam_evaluator._gather_role_policies(_role_name(role_arn), get_account_id())
        return iam_evaluator.evaluate(_context(action, resource), policies).decision == "Allow"


def iam_arn(service, resource, like):
    """An ARN in the account and Region of another one."""
    _, partition, _, region, account, *_ = like.split(":")
    return f"arn:{partition}:{service}:{region}:{account}:{resource}"


def _role_name(role_arn):
    return role_arn.rpartition("/")[2]


def _context(action, resource, keys=None):
    return iam_evaluator.EvalContext(
        principal_arn="", principal_type="AssumedRole", principal_account=get_account_id(), action=action, resource_arn=resource,
        region="", service_context=keys or {})
