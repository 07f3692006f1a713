"""Adds maintenance windows and patch baselines to ministack.

It hangs on names that ministack keeps to itself, so its version is fixed (see serve.py).
"""

import json
import re

from cloudformation_types import TARGET, TASK, WINDOW, CloudFormationTypes
from maintenance_windows import ApiError
from ministack import app
from ministack.core import iam_evaluator, lambda_runtime
from ministack.core.responses import error_response_json, get_account_id, get_region, json_response, request_scope
from ministack.services import eventbridge, lambda_svc, ssm
from ministack.services.cloudformation import changesets, engine, provisioners, stacks
from patch_baseline_type import BASELINE, PatchBaselineType


class Plugin:
    def __init__(self, service, baselines, schemas):
        self._service = service
        self._baselines = baselines
        windows = CloudFormationTypes(service, schemas)
        self._types = {WINDOW: windows, TARGET: windows, TASK: windows, BASELINE: PatchBaselineType(baselines, schemas[BASELINE])}
        self.requests = []  # what reached the API over HTTP
        self.deliveries = []  # events on their way to a function, held back
        self.delivery = "at once"  # or "hold", or "drop": delivery is best effort
        self.started = self.finished = 0  # invocations by EventBridge
        self.reverse_order = False  # of resources that do not depend on each other
        self.reverse_rollback = False  # of the updates that a rollback sends back
        self.enforce_iam = True

    @property
    def running(self):
        return self.started - self.finished

    def install(self):
        self._serve_api()
        self._register_types()
        self._hold_deliveries()
        self._order_resources()
        self._check_functions()

    # The API

    def _serve_api(self):
        stock = ssm.handle_request

        async def handle_request(method, path, headers, body, query_params):
            operation = headers.get("x-amz-target", "").rpartition(".")[2]
            request = json.loads(body or b"{}")
            service = self._service_of(operation, request)
            if service is None:
                return await stock(method, path, headers, body, query_params)
            self.requests.append({"operation": operation, "userAgent": headers.get("user-agent", ""), "input": request})
            denied = self._denied(headers, operation, request)
            if denied:
                return error_response_json("AccessDeniedException", denied, 400)
            try:
                return json_response(service.call(operation, request))
            except ApiError as error:
                return error_response_json(error.code, str(error), 400)

        ssm.handle_request = handle_request

    def _service_of(self, operation, request):
        """Resources of other kinds have tags as well, which ministack keeps."""
        if "Tags" in operation:
            return {"MaintenanceWindow": self._service, "PatchBaseline": self._baselines}.get(request.get("ResourceType"))
        return next((one for one in (self._service, self._baselines) if one.knows(operation)), None)

    def emit(self, detail_type, resources, detail):
        eventbridge._put_events({"Entries": [{
            "Source": "aws.ssm",
            "DetailType": detail_type,
            "Resources": [_arn("ssm", resource) for resource in resources],
            "Detail": json.dumps(detail),
        }]}, allow_aws_source=True)

    # CloudFormation

    def _register_types(self):
        for resource_type, provider in self._types.items():
            provisioners._RESOURCE_HANDLERS[resource_type] = self._handlers(resource_type)
            provisioners._REPLACING_PROPERTIES[resource_type] = provider.create_only(resource_type)
            changesets._IMPORT_LOOKUPS[resource_type] = (provider.identifier(resource_type), self._importing_problem(resource_type))
        for resource_type in (WINDOW, BASELINE):
            provisioners._STACK_TAG_PROPERTY[resource_type] = ("Tags", "list")

    def _handlers(self, resource_type):
        def create(_logical_id, properties, _stack_name):
            return _refusals_raised(lambda: self._types[resource_type].create(resource_type, properties))

        def update(physical_id, _old, properties, _stack_name):
            _refusals_raised(lambda: self._types[resource_type].update(resource_type, physical_id, properties))
            return physical_id, {}

        def delete(physical_id, properties):
            _refusals_raised(lambda: self._types[resource_type].delete(resource_type, physical_id, properties))

        def adopt(identifier):
            return _refusals_raised(lambda: self._types[resource_type].adopt(resource_type, identifier))

        return {"create": create, "update": update, "delete": delete, "import": adopt}

    def _importing_problem(self, resource_type):
        def problem(*identifier):
            try:
                self._types[resource_type].adopt(resource_type, dict(zip(self._types[resource_type].identifier(resource_type), identifier)))
            except ApiError as error:
                return str(error)
            return None

        return problem

    def _order_resources(self):
        # CloudFormation documents no order of resources that do not depend on each other, nor of those in a rollback.
        sort, roll_back = stacks._topological_sort, stacks._roll_back_operation

        def topological_sort(resources, conditions):
            return _reverse_sorted(resources, conditions) if self.reverse_order else sort(resources, conditions)

        async def roll_back_operation(stack_name, stack_id, stack, operation, *args):
            if self.reverse_rollback:
                known = (operation.get("previous_stack") or {}).get("_resources", {})
                updated = [name for name in operation["created"] if name in known]
                created = [name for name in operation["created"] if name not in known]
                operation = {**operation, "created": updated[::-1] + created}
            await roll_back(stack_name, stack_id, stack, operation, *args)

        stacks._topological_sort = topological_sort
        stacks._roll_back_operation = roll_back_operation

    # EventBridge

    def _hold_deliveries(self):
        dispatch, execute = eventbridge._dispatch_to_lambda, lambda_svc._execute_function_with_config_scope

        def deliver(arn, payload):
            # A function that is gone meanwhile gets nothing.
            if lambda_svc._get_func_record_for_ref(arn)[0]:
                self.started += 1
                dispatch(arn, payload)

        def dispatch_to_lambda(arn, payload):
            if self.delivery == "at once":
                deliver(arn, payload)
            elif self.delivery == "hold":
                self.deliveries.append((get_account_id(), get_region(), arn, payload))

        def execute_function(record, event):
            try:
                return execute(record, event)
            finally:
                self.finished += "rule" in event

        def release(times):
            held, self.deliveries = self.deliveries, []
            for account, region, arn, payload in held:
                with request_scope(account, region):
                    for _ in range(times):
                        deliver(arn, payload)
            return len(held)

        eventbridge._dispatch_to_lambda = dispatch_to_lambda
        lambda_svc._execute_function_with_config_scope = execute_function
        self.release = release

    # Functions

    def _check_functions(self):
        """Functions get the credentials of their role, and what they ask of this API and of the rules is checked against its policies."""
        credentials = lambda_runtime.execution_credentials

        def execution_credentials(config):
            app.AUTH = True
            try:
                return credentials(config)
            finally:
                app.AUTH = False

        lambda_runtime.execution_credentials = execution_credentials
        stock = eventbridge.handle_request

        async def handle_request(method, path, headers, body, query_params):
            operation = headers.get("x-amz-target", "").rpartition(".")[2]
            if operation == "ListTargetsByRule":
                resource = _arn("events", f"rule/{json.loads(body)['Rule']}")
                denied = self._not_allowed(headers, "events:ListTargetsByRule", resource)
                if denied:
                    return error_response_json("AccessDeniedException", denied, 400)
            return await stock(method, path, headers, body, query_params)

        eventbridge.handle_request = handle_request

    def _denied(self, headers, operation, request):
        """Service authorization reference of Systems Manager: the window and, in newer revisions, the task; the roles that are passed."""
        checks = []
        if "WindowId" in request:
            checks.append((f"ssm:{operation}", _arn("ssm", f"maintenancewindow/{request['WindowId']}"), {}))
        if "WindowTaskId" in request:
            checks.append((f"ssm:{operation}", _arn("ssm", f"windowtask/{request['WindowTaskId']}"), {}))
        run_command = (request.get("TaskInvocationParameters") or {}).get("RunCommand") or {}
        for role in filter(None, (request.get("ServiceRoleArn"), run_command.get("ServiceRoleArn"))):
            checks.append(("iam:PassRole", role, {"iam:PassedToService": "ssm.amazonaws.com"}))
        return next(filter(None, (self._not_allowed(headers, *check) for check in checks)), None)

    def _not_allowed(self, headers, action, resource, context=None):
        key = re.search(r"Credential=([^/]+)/", headers.get("authorization", ""))
        if not self.enforce_iam or not key or not key.group(1).startswith("ASIA"):
            return None
        principal = iam_evaluator.resolve_principal(key.group(1), get_account_id())
        context = iam_evaluator.EvalContext(
            principal_arn=principal.arn, principal_type=principal.type, principal_account=principal.account, action=action,
            resource_arn=resource, region=get_region(), service_context={name.lower(): value for name, value in (context or {}).items()})
        allowed = iam_evaluator.evaluate(context, principal.policies).decision == "Allow"
        return None if allowed else f"User: {principal.arn} is not authorized to perform: {action} on resource: {resource}"


def _refusals_raised(call):
    try:
        return call()
    except ApiError as error:
        raise ValueError(f"{error} (Service: Ssm, Error Code: {error.code})") from error


def _arn(service, resource):
    return f"arn:aws:{service}:{get_region()}:{get_account_id()}:{resource}"


def _reverse_sorted(resources, conditions):
    active = {name for name, definition in resources.items() if conditions.get(definition.get("Condition"), True)}
    waiting = {name: {dep for dep in engine._extract_deps(resources[name], active) if dep in active and dep != name} for name in active}
    ordered = []
    while waiting:
        ready = max(name for name, deps in waiting.items() if not deps)
        ordered.append(ready)
        del waiting[ready]
        for deps in waiting.values():
            deps.discard(ready)
    return ordered
