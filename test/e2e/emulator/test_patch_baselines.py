"""Tests of the patch-baseline emulator by itself: python -m unittest discover -s test/e2e/emulator."""

import unittest

from maintenance_windows import ApiError
from patch_baseline_type import BASELINE, PatchBaselineType
from patch_baselines import PatchBaselines
from serve import model, schemas

RULE = {"PatchFilterGroup": {"PatchFilters": [{"Key": "PRODUCT", "Values": ["*"]}]}, "ApproveAfterDays": 7}


class Emulator(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.model, cls.schema = model(), schemas()[BASELINE]

    def setUp(self):
        self.service = PatchBaselines(self.model)
        self.type = PatchBaselineType(self.service, self.schema)

    def call(self, operation, **request):
        return self.service.call(operation, request)

    def create(self, **properties):
        return self.type.create(BASELINE, {"Name": "Web", **properties})[0]

    def refuses(self, code, call):
        with self.assertRaises(ApiError) as caught:
            call()
        self.assertEqual(code, caught.exception.code)


class Api(Emulator):
    def test_checks_requests_against_the_model(self):
        self.refuses("ValidationException", lambda: self.call("CreatePatchBaseline", Name="ab"))
        self.refuses("ValidationException", lambda: self.call("CreatePatchBaseline", Name="Web", OperatingSystem="BEOS"))
        self.refuses("ValidationException", lambda: self.call("CreatePatchBaseline", Name="Web", ApprovalRules={
            "PatchRules": [{**RULE, "ApproveUntilDate": "2027-01-31"}]}))

    def test_registers_a_group_with_one_baseline_for_each_operating_system(self):
        windows, linux, other = self.create(), self.create(OperatingSystem="UBUNTU"), self.create()
        for baseline in (windows, linux, windows):
            self.call("RegisterPatchBaselineForPatchGroup", BaselineId=baseline, PatchGroup="web")
        self.refuses("AlreadyExistsException", lambda: self.call("RegisterPatchBaselineForPatchGroup", BaselineId=other, PatchGroup="web"))
        self.assertEqual(linux, self.call("GetPatchBaselineForPatchGroup", PatchGroup="web", OperatingSystem="UBUNTU")["BaselineId"])
        self.refuses("ResourceInUseException", lambda: self.call("DeletePatchBaseline", BaselineId=linux))

    def test_describes_by_page_and_filter(self):
        baselines = [self.create(Name=name) for name in ("Web-1", "Web-2", "Api")]
        first = self.call("DescribePatchBaselines", MaxResults=2)
        rest = self.call("DescribePatchBaselines", MaxResults=2, NextToken=first["NextToken"])
        self.assertEqual(baselines, [one["BaselineId"] for one in first["BaselineIdentities"] + rest["BaselineIdentities"]])
        found = self.call("DescribePatchBaselines", Filters=[{"Key": "NAME_PREFIX", "Values": ["Web"]}, {"Key": "OWNER", "Values": ["Self"]}])
        self.assertEqual(baselines[:2], [one["BaselineId"] for one in found["BaselineIdentities"]])


class Type(Emulator):
    def test_creates_groups_and_the_default_and_deletes_them(self):
        baseline = self.create(PatchGroups=["web"], DefaultBaseline="true", ApprovalRules={"PatchRules": [{**RULE, "ApproveAfterDays": "7"}]})
        self.assertEqual([RULE], self.call("GetPatchBaseline", BaselineId=baseline)["ApprovalRules"]["PatchRules"])
        self.assertEqual(baseline, self.call("GetDefaultPatchBaseline")["BaselineId"])
        self.type.delete(BASELINE, baseline, {})
        self.assertEqual([], self.call("DescribePatchGroups")["Mappings"])
        self.refuses("DoesNotExistException", lambda: self.call("GetPatchBaseline", BaselineId=baseline))

    def test_leaves_nothing_when_a_group_is_taken(self):
        self.create(PatchGroups=["web"])
        self.refuses("AlreadyExistsException", lambda: self.create(PatchGroups=["api", "web"]))
        self.assertEqual(1, len(self.call("DescribePatchBaselines")["BaselineIdentities"]))
        self.assertEqual(["web"], [one["PatchGroup"] for one in self.call("DescribePatchGroups")["Mappings"]])

    def test_updates_replace_what_is_left_out_and_keep_the_default(self):
        baseline = self.create(PatchGroups=["web", "api"], DefaultBaseline=True, ApprovedPatches=["KB1"], Tags=[{"Key": "a", "Value": "b"}])
        self.type.update(BASELINE, baseline, {"Name": "Other", "PatchGroups": ["api", "db"], "DefaultBaseline": False})
        read = self.call("GetPatchBaseline", BaselineId=baseline)
        self.assertEqual(("Other", [], ["api", "db"]), (read["Name"], read["ApprovedPatches"], read["PatchGroups"]))
        self.assertEqual(baseline, self.call("GetDefaultPatchBaseline")["BaselineId"])
        self.assertEqual([], self.call("ListTagsForResource", ResourceType="PatchBaseline", ResourceId=baseline)["TagList"])


if __name__ == "__main__":
    unittest.main()
