"""The patch-baseline API of Systems Manager, in memory. Sources are named as in maintenance_windows.py."""

import copy
import secrets
import time

from maintenance_windows import ApiError

REPORTED = ("BaselineId", "Name", "OperatingSystem", "GlobalFilters", "ApprovalRules", "ApprovedPatches", "ApprovedPatchesComplianceLevel",
            "ApprovedPatchesEnableNonSecurity", "RejectedPatches", "RejectedPatchesAction", "PatchGroups", "CreatedDate", "ModifiedDate",
            "Description", "Sources", "AvailableSecurityUpdatesComplianceStatus")
# API/GetPatchBaseline answers with empty lists and the values that API/CreatePatchBaseline names as defaults.
DEFAULTS = {"GlobalFilters": {"PatchFilters": []}, "ApprovalRules": {"PatchRules": []}, "ApprovedPatches": [], "RejectedPatches": [],
            "ApprovedPatchesComplianceLevel": "UNSPECIFIED", "ApprovedPatchesEnableNonSecurity": False,
            "RejectedPatchesAction": "ALLOW_AS_DEPENDENCY", "Sources": []}


class PatchBaselines:
    def __init__(self, model):
        self._model = model
        self._baselines = {}  # id -> baseline
        self._groups = {}  # (patch group, operating system) -> baseline id
        self._defaults = {}  # operating system -> baseline id
        self._tags = {}  # baseline id -> {key: value}

    def call(self, operation, request):
        problems = self._model.problems(operation, request)
        if problems:
            raise ApiError("ValidationException", f"{len(problems)} validation error(s) detected: {'; '.join(problems)}")
        return copy.deepcopy(getattr(self, operation)(**copy.deepcopy({k: v for k, v in request.items() if v is not None})))

    def knows(self, operation):
        return operation[:1].isupper() and hasattr(self, operation)

    def CreatePatchBaseline(self, Name, OperatingSystem="WINDOWS", Tags=(), ClientToken=None, **fields):
        _check(fields)
        baseline_id = f"pb-{secrets.token_hex(9)[:17]}"
        now = round(time.time(), 3)
        self._baselines[baseline_id] = {**DEFAULTS, **fields, "Name": Name, "OperatingSystem": OperatingSystem, "BaselineId": baseline_id,
                                        "CreatedDate": now, "ModifiedDate": now}
        self._tags[baseline_id] = {tag["Key"]: tag["Value"] for tag in Tags}
        return {"BaselineId": baseline_id}

    def GetPatchBaseline(self, BaselineId):
        baseline = {**self._baseline(BaselineId), "PatchGroups": self._groups_of(BaselineId)}
        return {name: baseline[name] for name in REPORTED if name in baseline}

    def UpdatePatchBaseline(self, BaselineId, Replace=False, **fields):
        # API/UpdatePatchBaseline: with Replace, optional fields that aren't specified are set to null.
        before = self._baseline(BaselineId)
        if Replace and "Name" not in fields:
            raise ApiError("ValidationException", "Replace needs Name")
        kept = {**DEFAULTS, **{name: before[name] for name in ("BaselineId", "OperatingSystem", "CreatedDate")}} if Replace else before
        _check(fields)
        self._baselines[BaselineId] = {**kept, **fields, "ModifiedDate": round(time.time(), 3)}
        return {name: value for name, value in self.GetPatchBaseline(BaselineId).items() if name != "PatchGroups"}

    def DeletePatchBaseline(self, BaselineId):
        # API/DeletePatchBaseline: ResourceInUseException "if an attempt is made to delete a patch baseline that is registered for a patch group".
        if self._groups_of(BaselineId):
            raise ApiError("ResourceInUseException", f"Patch baseline {BaselineId} is registered for a patch group")
        self._baselines.pop(BaselineId, None)
        self._tags.pop(BaselineId, None)
        self._defaults = {system: one for system, one in self._defaults.items() if one != BaselineId}
        return {"BaselineId": BaselineId}

    def DescribePatchBaselines(self, Filters=(), MaxResults=100, NextToken=None):
        # API/DescribePatchBaselines: the keys NAME_PREFIX, OWNER and OPERATING_SYSTEM. Baselines of AWS are not kept here.
        matches = {"NAME_PREFIX": lambda one, values: any(one["Name"].startswith(value) for value in values),
                   "OWNER": lambda one, values: "Self" in values,
                   "OPERATING_SYSTEM": lambda one, values: one["OperatingSystem"] in values}
        found = [one for one in self._baselines.values() if all(matches[wanted["Key"]](one, wanted["Values"]) for wanted in Filters)]
        start = int(NextToken or 0)
        rest = {"NextToken": str(start + MaxResults)} if start + MaxResults < len(found) else {}
        return {"BaselineIdentities": [self._identity(one) for one in found[start:start + MaxResults]], **rest}

    # Patch groups

    def RegisterPatchBaselineForPatchGroup(self, BaselineId, PatchGroup):
        # API/RegisterPatchBaselineForPatchGroup: AlreadyExistsException for a group of another baseline; UG/patch-manager-patch-groups: one
        # baseline for each operating system.
        key = (PatchGroup, self._baseline(BaselineId)["OperatingSystem"])
        if self._groups.get(key, BaselineId) != BaselineId:
            raise ApiError("AlreadyExistsException", f"Patch group {PatchGroup} is already registered with {self._groups[key]}")
        self._groups[key] = BaselineId
        return {"BaselineId": BaselineId, "PatchGroup": PatchGroup}

    def DeregisterPatchBaselineForPatchGroup(self, BaselineId, PatchGroup):
        key = (PatchGroup, self._baseline(BaselineId)["OperatingSystem"])
        if self._groups.get(key) == BaselineId:
            del self._groups[key]
        return {"BaselineId": BaselineId, "PatchGroup": PatchGroup}

    def DescribePatchGroups(self, Filters=(), MaxResults=100, NextToken=None):
        if Filters or NextToken:
            raise ApiError("ValidationException", "Filters and pages of patch groups are not emulated")
        return {"Mappings": [{"PatchGroup": group, "BaselineIdentity": self._identity(self._baseline(baseline_id))}
                             for (group, _), baseline_id in self._groups.items()]}

    def GetPatchBaselineForPatchGroup(self, PatchGroup, OperatingSystem="WINDOWS"):
        baseline_id = self._groups.get((PatchGroup, OperatingSystem)) or self.GetDefaultPatchBaseline(OperatingSystem)["BaselineId"]
        return {"BaselineId": baseline_id, "PatchGroup": PatchGroup, "OperatingSystem": OperatingSystem}

    # Defaults

    def RegisterDefaultPatchBaseline(self, BaselineId):
        self._defaults[self._baseline(BaselineId)["OperatingSystem"]] = BaselineId
        return {"BaselineId": BaselineId}

    def GetDefaultPatchBaseline(self, OperatingSystem="WINDOWS"):
        # Without a default of the account it is that of AWS, whose ARN stands for its ID.
        predefined = "arn:aws:ssm:us-east-1:075727635805:patchbaseline/pb-0c10e657807c7a700"
        return {"BaselineId": self._defaults.get(OperatingSystem, predefined), "OperatingSystem": OperatingSystem}

    # Tags

    def AddTagsToResource(self, ResourceType, ResourceId, Tags):
        self._tags_of(ResourceId).update({tag["Key"]: tag["Value"] for tag in Tags})
        return {}

    def RemoveTagsFromResource(self, ResourceType, ResourceId, TagKeys):
        for key in TagKeys:
            self._tags_of(ResourceId).pop(key, None)
        return {}

    def ListTagsForResource(self, ResourceType, ResourceId):
        return {"TagList": [{"Key": key, "Value": value} for key, value in sorted(self._tags_of(ResourceId).items())]}

    # Helpers

    def _baseline(self, baseline_id):
        if baseline_id not in self._baselines:
            raise ApiError("DoesNotExistException", f"Patch baseline {baseline_id} does not exist")
        return self._baselines[baseline_id]

    def _tags_of(self, baseline_id):
        if baseline_id not in self._tags:
            raise ApiError("InvalidResourceId", f"PatchBaseline {baseline_id} does not exist")
        return self._tags[baseline_id]

    def _groups_of(self, baseline_id):
        return [group for (group, _), one in self._groups.items() if one == baseline_id]

    def _identity(self, baseline):
        description = {"BaselineDescription": baseline["Description"]} if "Description" in baseline else {}
        return {"BaselineId": baseline["BaselineId"], "BaselineName": baseline["Name"], "OperatingSystem": baseline["OperatingSystem"],
                "DefaultBaseline": self._defaults.get(baseline["OperatingSystem"]) == baseline["BaselineId"], **description}


def _check(fields):
    # API/PatchRule: a rule approves after a delay or up to a date.
    for rule in fields.get("ApprovalRules", {}).get("PatchRules", []):
        if ("ApproveAfterDays" in rule) == ("ApproveUntilDate" in rule):
            raise ApiError("ValidationException", "A rule needs either ApproveAfterDays or ApproveUntilDate")
