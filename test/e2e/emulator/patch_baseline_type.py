"""The resource type of patch baselines, over the API: what the published provider does
(github.com/aws-cloudformation/aws-cloudformation-resource-providers-ssm, aws-ssm-patchbaseline: Create-, Update- and DeleteHandler).
"""

from cloudformation_types import names_of, typed
from maintenance_windows import ApiError

BASELINE = "AWS::SSM::PatchBaseline"


class PatchBaselineType:
    def __init__(self, service, schema):
        self._service = service
        self._schema = schema

    def create_only(self, _resource_type):
        return names_of(self._schema.get("createOnlyProperties", []))

    def identifier(self, _resource_type):
        return names_of(self._schema["primaryIdentifier"])

    def adopt(self, _resource_type, identifier):
        self._service.call("GetPatchBaseline", {"BaselineId": identifier["Id"]})
        return identifier["Id"], {"Id": identifier["Id"]}

    def create(self, _resource_type, properties):
        """Groups are registered after the baseline is created, and the default after them."""
        request, groups, is_default = self._request(properties)
        baseline = {"BaselineId": self._service.call("CreatePatchBaseline", request)["BaselineId"]}
        try:
            self._register(baseline, groups, is_default)
        except ApiError:
            # CloudFormation deletes what a failed create has left.
            self.delete(_resource_type, baseline["BaselineId"], properties)
            raise
        return baseline["BaselineId"], {"Id": baseline["BaselineId"]}

    def update(self, _resource_type, physical_id, properties):
        """A baseline that is the default is never made another one: "Only registering to default patch baseline is allowed" (schema)."""
        request, groups, is_default = self._request(properties)
        del request["OperatingSystem"]
        tags, baseline = request.pop("Tags", []), {"BaselineId": physical_id}
        self._service.call("UpdatePatchBaseline", {**request, **baseline, "Replace": True})
        present = self._service.call("GetPatchBaseline", baseline)["PatchGroups"]
        for group in [one for one in present if one not in groups]:
            self._service.call("DeregisterPatchBaselineForPatchGroup", {**baseline, "PatchGroup": group})
        self._register(baseline, [one for one in groups if one not in present], is_default)
        self._replace_tags(physical_id, tags)

    def delete(self, _resource_type, physical_id, _properties):
        baseline = {"BaselineId": physical_id}
        try:
            for group in self._service.call("GetPatchBaseline", baseline)["PatchGroups"]:
                self._service.call("DeregisterPatchBaselineForPatchGroup", {**baseline, "PatchGroup": group})
        except ApiError as error:
            if error.code != "DoesNotExistException":
                raise
        self._service.call("DeletePatchBaseline", baseline)

    def _request(self, properties):
        unknown = set(properties) - set(self._schema["properties"])
        missing = set(self._schema.get("required", [])) - set(properties)
        if unknown or missing:
            raise ApiError("ValidationError", f"Properties validation failed: extraneous {sorted(unknown)}, missing {sorted(missing)}")
        request = {"OperatingSystem": "WINDOWS", **typed(properties)}
        return request, request.pop("PatchGroups", []), request.pop("DefaultBaseline", False)

    def _register(self, baseline, groups, is_default):
        for group in groups:
            self._service.call("RegisterPatchBaselineForPatchGroup", {**baseline, "PatchGroup": group})
        if is_default:
            self._service.call("RegisterDefaultPatchBaseline", baseline)

    def _replace_tags(self, baseline_id, tags):
        resource = {"ResourceType": "PatchBaseline", "ResourceId": baseline_id}
        present = [tag["Key"] for tag in self._service.call("ListTagsForResource", resource)["TagList"]]
        gone = [key for key in present if key not in [tag["Key"] for tag in tags]]
        if gone:
            self._service.call("RemoveTagsFromResource", {**resource, "TagKeys": gone})
        if tags:
            self._service.call("AddTagsToResource", {**resource, "Tags": tags})
