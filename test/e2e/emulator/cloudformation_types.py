"""The three resource types of maintenance windows, over the API.

What the types do follows their registry schemas (test/fixtures/model) and the published provider
(github.com/aws-cloudformation/aws-cloudformation-resource-providers-ssm, UpdateMaintenanceWindowTaskTranslator: replace(true)).
Ref gives the id of the window, the target and the task (CloudFormation template reference, "Return values").
"""

from maintenance_windows import BLOCKS, ApiError

WINDOW, TARGET, TASK = "AWS::SSM::MaintenanceWindow", "AWS::SSM::MaintenanceWindowTarget", "AWS::SSM::MaintenanceWindowTask"

INTEGERS = ("ApproveAfterDays", "Cutoff", "Duration", "Priority", "ScheduleOffset", "TimeoutSeconds")
BOOLEANS = ("AllowUnassociatedTargets", "ApprovedPatchesEnableNonSecurity", "CloudWatchOutputEnabled", "DefaultBaseline", "EnableNonSecurity")
# Names that the template and the API do not share.
LOGGING = {"S3Bucket": "S3BucketName", "S3Prefix": "S3KeyPrefix", "Region": "S3Region"}


class CloudFormationTypes:
    def __init__(self, service, schemas):
        self._service = service
        self._schemas = schemas

    def create_only(self, resource_type):
        """Changing one of them replaces the resource."""
        return names_of(self._schemas[resource_type].get("createOnlyProperties", []))

    def identifier(self, resource_type):
        """The properties by which a resource that exists is imported; the last one is what Ref gives."""
        return names_of(self._schemas[resource_type]["primaryIdentifier"])

    def adopt(self, resource_type, identifier):
        """What create gives, for a resource that exists."""
        if resource_type == WINDOW:
            self._service.call("GetMaintenanceWindow", identifier)
        elif resource_type == TARGET:
            targets = self._service.call("DescribeMaintenanceWindowTargets", {"WindowId": identifier["WindowId"]})["Targets"]
            if identifier["WindowTargetId"] not in [target["WindowTargetId"] for target in targets]:
                raise ApiError("DoesNotExistException", f"Maintenance window target {identifier['WindowTargetId']} does not exist")
        else:
            self._service.call("GetMaintenanceWindowTask", identifier)
        physical_id = identifier[self.identifier(resource_type)[-1]]
        return physical_id, {self.identifier(resource_type)[-1]: physical_id}

    def create(self, resource_type, properties):
        """The id that Ref gives, and the attributes."""
        request = self._request(resource_type, properties)
        if resource_type == WINDOW:
            window_id = self._service.call("CreateMaintenanceWindow", request)["WindowId"]
            return window_id, {"WindowId": window_id}
        if resource_type == TARGET:
            target_id = self._service.call("RegisterTargetWithMaintenanceWindow", request)["WindowTargetId"]
            return target_id, {"WindowTargetId": target_id}
        task_id = self._service.call("RegisterTaskWithMaintenanceWindow", request)["WindowTaskId"]
        return task_id, {"WindowTaskId": task_id}

    def update(self, resource_type, physical_id, properties):
        request = self._request(resource_type, properties)
        if resource_type == WINDOW:
            tags = request.pop("Tags", [])
            self._service.call("UpdateMaintenanceWindow", {**request, "WindowId": physical_id, "Replace": True})
            self._replace_tags(physical_id, tags)
        elif resource_type == TARGET:
            request.pop("ResourceType")
            self._service.call("UpdateMaintenanceWindowTarget", {**request, "WindowTargetId": physical_id, "Replace": True})
        else:
            request.pop("TaskType")
            self._service.call("UpdateMaintenanceWindowTask", {**request, "WindowTaskId": physical_id, "Replace": True})

    def delete(self, resource_type, physical_id, properties):
        window = {"WindowId": properties.get("WindowId")}
        try:
            if resource_type == WINDOW:
                self._service.call("DeleteMaintenanceWindow", {"WindowId": physical_id})
            elif resource_type == TARGET:
                self._service.call("DeregisterTargetFromMaintenanceWindow", {**window, "WindowTargetId": physical_id})
            else:
                self._service.call("DeregisterTaskFromMaintenanceWindow", {**window, "WindowTaskId": physical_id})
        except ApiError as error:
            # A delete of what is gone succeeds (CloudFormation CLI user guide, resource type handler contract: NotFound).
            if error.code != "DoesNotExistException":
                raise

    def _request(self, resource_type, properties):
        schema = self._schemas[resource_type]
        unknown = set(properties) - set(schema["properties"])
        missing = set(schema.get("required", [])) - set(properties)
        if unknown or missing:
            raise ApiError("ValidationError", f"Properties validation failed: extraneous {sorted(unknown)}, missing {sorted(missing)}")
        request = typed(properties)
        if "LoggingInfo" in request:
            request["LoggingInfo"] = {LOGGING[name]: value for name, value in request["LoggingInfo"].items()}
        if "TaskInvocationParameters" in request:
            names = {f"MaintenanceWindow{block}Parameters": block for block in BLOCKS.values()}
            request["TaskInvocationParameters"] = {names[name]: value for name, value in request["TaskInvocationParameters"].items()}
        return request

    def _replace_tags(self, window_id, tags):
        resource = {"ResourceType": "MaintenanceWindow", "ResourceId": window_id}
        wanted = {tag["Key"]: tag["Value"] for tag in tags}
        present = self._service.call("ListTagsForResource", resource)["TagList"]
        gone = [tag["Key"] for tag in present if tag["Key"] not in wanted]
        if gone:
            self._service.call("RemoveTagsFromResource", {**resource, "TagKeys": gone})
        if wanted:
            self._service.call("AddTagsToResource", {**resource, "Tags": [{"Key": key, "Value": value} for key, value in wanted.items()]})


def typed(value, name=None):
    """CloudFormation converts text to the type that the schema names."""
    if isinstance(value, dict):
        # What the user calls a parameter is not a name of the schema.
        verbatim = name in ("Parameters", "TaskParameters")
        return {key: inner if verbatim else typed(inner, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [typed(inner) for inner in value]
    if name in INTEGERS:
        return int(value)
    if name in BOOLEANS:
        return str(value).lower() == "true"
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


def names_of(pointers):
    """The names of the properties that a schema points to."""
    return tuple(pointer.rsplit("/", 1)[-1] for pointer in (pointers if isinstance(pointers, list) else [pointers]))
