"""Tests of the maintenance-window emulator by itself: python -m unittest discover -s test/e2e/emulator."""

import datetime
import unittest

from cloudformation_types import TARGET, TASK, WINDOW, CloudFormationTypes
from cron import Cron, minutes
from maintenance_windows import ApiError, MaintenanceWindows
from serve import model, schemas

NODE = "i-0123456789abcdef0"
RUN = {"TaskType": "RUN_COMMAND", "TaskArn": "AWS-RunShellScript", "Targets": [{"Key": "InstanceIds", "Values": [NODE]}],
       "MaxConcurrency": "1", "MaxErrors": "0", "TaskInvocationParameters": {"RunCommand": {"Parameters": {"commands": ["", "true"]}}}}
ALARM = {"Alarms": [{"Name": "Errors"}]}


class Emulator(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.model, cls.schemas = model(), schemas()

    def setUp(self):
        self.events = []
        self.service = MaintenanceWindows(self.model, lambda *event: self.events.append(event))
        self.types = CloudFormationTypes(self.service, self.schemas)

    def call(self, operation, **request):
        return self.service.call(operation, request)

    def window(self, **fields):
        return self.call("CreateMaintenanceWindow", **{"Name": "Window", "Schedule": "rate(7 days)", "Duration": 2, "Cutoff": 1,
                                                       "AllowUnassociatedTargets": False, **fields})["WindowId"]

    def task(self, window, **fields):
        return {"WindowId": window, "WindowTaskId": self.call("RegisterTaskWithMaintenanceWindow", WindowId=window, **{**RUN, **fields})["WindowTaskId"]}

    def refuses(self, code, pattern, operation, **request):
        with self.assertRaisesRegex(ApiError, pattern) as caught:
            self.call(operation, **request)
        self.assertEqual(code, caught.exception.code)


class Requests(Emulator):
    def test_are_checked_against_the_model(self):
        window = self.window()
        for pattern, fields in {
            "least|greater than or equal to 3": {"Name": "ab"},
            "no member": {"Enabled": True},
            "less than or equal to 24": {"Duration": 25},
            "must be a number": {"Duration": "2"},
        }.items():
            self.refuses("ValidationException", pattern, "CreateMaintenanceWindow", **{
                "Name": "Window", "Schedule": "rate(7 days)", "Duration": 2, "Cutoff": 1, "AllowUnassociatedTargets": False, **fields})
        for pattern, fields in {
            "at 'windowId'": {"WindowId": "mw-1"},
            "regular expression": {"WindowId": window, "AlarmConfiguration": {"Alarms": [{"Name": " "}]}},
            "greater than or equal to 1": {"WindowId": window, "AlarmConfiguration": {"Alarms": []}},
            "less than or equal to 1": {"WindowId": window, "AlarmConfiguration": {"Alarms": [{"Name": "a"}, {"Name": "b"}]}},
            "enum": {"WindowId": window, "CutoffBehavior": "STOP"},
            "description": {"WindowId": window, "Description": ""},
        }.items():
            self.refuses("ValidationException", pattern, "UpdateMaintenanceWindowTask", **{"WindowTaskId": "x" * 36, **fields})
        self.refuses("ValidationException", "must not be null", "GetMaintenanceWindowTask", WindowId=window)

    def test_can_be_throttled(self):
        window = self.window()
        self.service.throttled = {"GetMaintenanceWindow": 2}
        for _ in range(2):
            self.refuses("ThrottlingException", "Rate exceeded", "GetMaintenanceWindow", WindowId=window)
        self.assertEqual("Window", self.call("GetMaintenanceWindow", WindowId=window)["Name"])


class Windows(Emulator):
    def test_tell_when_they_are_enabled_or_disabled(self):
        window = self.window()
        fields = dict(Replace=True, Name="Other", Schedule="rate(1 day)", Duration=3, Cutoff=0, AllowUnassociatedTargets=True)
        enabled = lambda: self.call("GetMaintenanceWindow", WindowId=window)["Enabled"]
        for change in ({"Enabled": False}, {"Enabled": False}, {"Name": "Another"}, {"Enabled": True}):
            self.call("UpdateMaintenanceWindow", WindowId=window, **change)
        self.assertEqual([("Maintenance Window State-change Notification", [f"maintenancewindow/{window}"], {"window-id": window, "status": status})
                          for status in ("DISABLED", "ENABLED")], self.events)
        self.call("UpdateMaintenanceWindow", WindowId=window, Enabled=False)
        self.call("UpdateMaintenanceWindow", WindowId=window, **fields)
        self.assertFalse(enabled())
        self.service.replace_enables = True
        self.call("UpdateMaintenanceWindow", WindowId=window, **fields)
        self.assertTrue(enabled())
        self.assertEqual("ENABLED", self.events[-1][2]["status"])

    def test_are_read_updated_and_deleted(self):
        window = self.window(Description="text", Tags=[{"Key": "a", "Value": "b"}])
        self.assertRegex(window, "^mw-[0-9a-f]{17}$")
        self.call("UpdateMaintenanceWindow", WindowId=window, Enabled=False)
        self.assertEqual(("text", False), tuple(self.call("GetMaintenanceWindow", WindowId=window)[name] for name in ("Description", "Enabled")))
        self.refuses("ValidationException", "Replace needs Name", "UpdateMaintenanceWindow", WindowId=window, Replace=True)
        self.call("UpdateMaintenanceWindow", WindowId=window, Replace=True, Name="Other", Schedule="rate(1 day)", Duration=3, Cutoff=0,
                  AllowUnassociatedTargets=True)
        read = self.call("GetMaintenanceWindow", WindowId=window)
        self.assertNotIn("Description", read)
        self.assertFalse(read["Enabled"])
        self.assertEqual([{"Key": "a", "Value": "b"}],
                         self.call("ListTagsForResource", ResourceType="MaintenanceWindow", ResourceId=window)["TagList"])
        self.call("DeleteMaintenanceWindow", WindowId=window)
        self.refuses("DoesNotExistException", window, "GetMaintenanceWindow", WindowId=window)

    def test_refuse_a_cutoff_that_is_not_below_the_duration(self):
        with self.assertRaisesRegex(ApiError, r"Cutoff was 2 but must be smaller than 1 \(Duration - 1\)"):
            self.window(Cutoff=2)

    def test_repeat_the_answer_to_a_repeated_token(self):
        self.assertEqual(self.window(ClientToken="token"), self.window(ClientToken="token"))

    def test_are_described_by_page_and_filter(self):
        windows = [self.window(Name=f"Window{index}") for index in range(12)]
        self.service.page_size = 5
        pages, token = [], None
        while token or not pages:
            answer = self.call("DescribeMaintenanceWindows", MaxResults=10, NextToken=token)
            pages.append([window["WindowId"] for window in answer["WindowIdentities"]])
            token = answer.get("NextToken")
        self.assertEqual([windows[:5], windows[5:10], windows[10:]], pages)
        found = self.call("DescribeMaintenanceWindows", Filters=[{"Key": "Name", "Values": ["Window3"]}])["WindowIdentities"]
        self.assertEqual([windows[3]], [window["WindowId"] for window in found])

    def test_are_at_most_fifty(self):
        for _ in range(50):
            self.window()
        with self.assertRaises(ApiError) as caught:
            self.window()
        self.assertEqual("ResourceLimitExceededException", caught.exception.code)


class Targets(Emulator):
    def test_are_registered_described_updated_and_deregistered(self):
        window = self.window()
        target = self.call("RegisterTargetWithMaintenanceWindow", WindowId=window, ResourceType="INSTANCE", Name="Web",
                           Targets=[{"Key": "tag:Role", "Values": ["web"]}])["WindowTargetId"]
        self.call("UpdateMaintenanceWindowTarget", WindowId=window, WindowTargetId=target, Replace=True,
                  Targets=[{"Key": "tag:Role", "Values": ["db"]}])
        found = self.call("DescribeMaintenanceWindowTargets", WindowId=window, Filters=[{"Key": "WindowTargetId", "Values": [target]}])["Targets"]
        self.assertEqual([{"WindowId": window, "WindowTargetId": target, "ResourceType": "INSTANCE",
                           "Targets": [{"Key": "tag:Role", "Values": ["db"]}]}], found)
        self.task(window, Targets=[{"Key": "WindowTargetIds", "Values": [target]}])
        self.refuses("TargetInUseException", "still referenced", "DeregisterTargetFromMaintenanceWindow",
                     WindowId=window, WindowTargetId=target, Safe=True)
        self.call("DeregisterTargetFromMaintenanceWindow", WindowId=window, WindowTargetId=target)
        self.assertEqual([], self.call("DescribeMaintenanceWindowTargets", WindowId=window)["Targets"])


class Tasks(Emulator):
    def test_keep_what_a_partial_update_does_not_name(self):
        task = self.task(self.window(), Description="text")
        before = self.call("GetMaintenanceWindowTask", **task)
        self.call("UpdateMaintenanceWindowTask", **task, AlarmConfiguration=ALARM)
        self.assertEqual({**before, "AlarmConfiguration": {**ALARM, "IgnorePollAlarmFailure": False}},
                         self.call("GetMaintenanceWindowTask", **task))

    def test_lose_what_a_replacing_update_does_not_name(self):
        task = self.task(self.window(), Description="text", AlarmConfiguration=ALARM, Priority=5)
        self.call("UpdateMaintenanceWindowTask", **task, Replace=True, **{name: value for name, value in RUN.items() if name != "TaskType"})
        after = self.call("GetMaintenanceWindowTask", **task)
        self.assertNotIn("AlarmConfiguration", after)
        self.assertNotIn("Description", after)
        self.assertEqual(1, after["Priority"])
        self.refuses("ValidationException", "Replace needs TaskArn", "UpdateMaintenanceWindowTask", **task, Replace=True)

    def test_report_placeholders_without_targets_which_cannot_be_sent_back(self):
        window = self.window()
        task = {"WindowId": window, "WindowTaskId": self.call(
            "RegisterTaskWithMaintenanceWindow", WindowId=window, TaskType="AUTOMATION", TaskArn="AWS-RestartEC2Instance")["WindowTaskId"]}
        read = self.call("GetMaintenanceWindowTask", **task)
        self.assertEqual(("1", "1"), (read["MaxConcurrency"], read["MaxErrors"]))
        self.refuses("ValidationException", "without targets", "UpdateMaintenanceWindowTask", **task, MaxConcurrency="1", MaxErrors="1")

    def test_refuse_what_the_service_refuses(self):
        window = self.window()
        for pattern, fields in {
            "at least one resource": {"Targets": None, "MaxConcurrency": None, "MaxErrors": None},
            "Max Errors must be": {"MaxErrors": None},
            "invalid window task target type": {"Targets": [{"Key": "tag:Role", "Values": ["web"]}]},
            "number of window targets is 10": {"Targets": [{"Key": "WindowTargetIds", "Values": ["x"] * 11}]},
            "only for the Task Type": {"TaskInvocationParameters": {"Automation": {}}},
            "ServiceRoleArn of RunCommand": {"TaskInvocationParameters": {"RunCommand": {"NotificationConfig": {"NotificationArn": "arn"}}}},
        }.items():
            self.refuses("ValidationException", pattern, "RegisterTaskWithMaintenanceWindow", WindowId=window, **{**RUN, **fields})

    def test_are_at_most_twenty(self):
        window = self.window()
        for _ in range(20):
            self.task(window)
        self.refuses("ResourceLimitExceededException", "20", "RegisterTaskWithMaintenanceWindow", WindowId=window, **RUN)

    def test_are_described_without_their_parameters(self):
        window = self.window()
        tasks = [self.task(window, Priority=priority)["WindowTaskId"] for priority in (1, 2, 2)]
        for key, value, expected in (("Priority", "2", tasks[1:]), ("WindowTaskId", tasks[0], tasks[:1]),
                                     ("TaskType", "LAMBDA", []), ("TaskArn", "AWS-RunShellScript", tasks)):
            found = self.call("DescribeMaintenanceWindowTasks", WindowId=window, Filters=[{"Key": key, "Values": [value]}])["Tasks"]
            self.assertEqual(expected, [task["WindowTaskId"] for task in found])
        described = self.call("DescribeMaintenanceWindowTasks", WindowId=window)["Tasks"][0]
        self.assertEqual("RUN_COMMAND", described["Type"])
        self.assertNotIn("TaskInvocationParameters", described)
        self.refuses("ValidationException", "not supported", "DescribeMaintenanceWindowTasks", WindowId=window, Filters=[{"Key": "Name", "Values": ["x"]}])

    def test_tell_of_each_change(self):
        task = self.task(self.window())
        self.call("UpdateMaintenanceWindowTask", **task, Priority=2)
        self.call("DeregisterTaskFromMaintenanceWindow", **task)
        self.assertEqual([("Maintenance Window Task Registration Notification", status) for status in ("REGISTERED", "UPDATED", "DEREGISTERED")],
                         [(detail_type, detail["status"]) for detail_type, _, detail in self.events])
        self.assertEqual({"window-id": task["WindowId"], "window-task-id": task["WindowTaskId"], "status": "UPDATED"}, self.events[1][2])


class Schedules(unittest.TestCase):
    def times(self, expression, start, days, time_zone="UTC"):
        first = datetime.datetime.fromisoformat(f"{start}T00:00:00+00:00")
        cron = Cron(expression, time_zone)
        return [minute.strftime("%m-%d %H:%M") for minute in minutes(first, first + datetime.timedelta(days=days)) if cron.matches(minute)]

    def test_come_at_the_times_of_their_fields(self):
        self.assertEqual(self.times("cron(55 0-2 20-21 12 ? *)", "2027-12-19", 5),
                         ["12-20 00:55", "12-20 01:55", "12-20 02:55", "12-21 00:55", "12-21 01:55", "12-21 02:55"])
        self.assertEqual(self.times("cron(0/30 12 * * ? 2027,2199)", "2027-12-31", 2), ["12-31 12:00", "12-31 12:30"])
        self.assertEqual(self.times("cron(58 23 L 2 ? *)", "2028-02-27", 4), ["02-29 23:58"])

    def test_follow_the_clock_of_their_zone(self):
        self.assertEqual(self.times("cron(0 2 * * ? *)", "2027-03-27", 3, "Europe/Paris"), ["03-27 01:00", "03-29 00:00"])
        # an hour that comes twice counts once
        self.assertEqual(self.times("cron(30 2 * * ? *)", "2027-10-31", 1, "Europe/Paris"), ["10-31 00:30"])

    def test_refuse_what_is_not_emulated(self):
        for expression in ("rate(1 day)", "at(2027-01-01T00:00:00)", "cron(0 2 ? * MON *)", "cron(60 2 * * ? *)"):
            with self.assertRaises(ValueError):
                Cron(expression, "UTC")


class CloudFormation(Emulator):
    WINDOW = {"Name": "Window", "Schedule": "rate(7 days)", "Duration": "2", "Cutoff": 1, "AllowUnassociatedTargets": "false"}

    def task_properties(self, window, **fields):
        return {"WindowId": window, "TaskType": "RUN_COMMAND", "TaskArn": "AWS-RunShellScript", "Priority": "3",
                "Targets": [{"Key": "InstanceIds", "Values": [NODE]}], "MaxConcurrency": "1", "MaxErrors": "0",
                "TaskInvocationParameters": {"MaintenanceWindowRunCommandParameters": {"TimeoutSeconds": "60", "Parameters": {"Priority": ["7"]}}},
                **fields}

    def test_ref_gives_the_ids(self):
        window, attributes = self.types.create(WINDOW, self.WINDOW)
        self.assertEqual({"WindowId": window}, attributes)
        target, attributes = self.types.create(TARGET, {"WindowId": window, "ResourceType": "INSTANCE", "Targets": [{"Key": "tag-key", "Values": ["a"]}]})
        self.assertEqual({"WindowTargetId": target}, attributes)
        task, attributes = self.types.create(TASK, self.task_properties(window))
        self.assertEqual({"WindowTaskId": task}, attributes)
        read = self.call("GetMaintenanceWindowTask", WindowId=window, WindowTaskId=task)
        self.assertEqual(3, read["Priority"])
        self.assertEqual({"RunCommand": {"TimeoutSeconds": 60, "Parameters": {"Priority": ["7"]}}}, read["TaskInvocationParameters"])

    def test_an_update_of_a_task_wipes_an_alarm(self):
        window, _ = self.types.create(WINDOW, self.WINDOW)
        task, _ = self.types.create(TASK, self.task_properties(window))
        self.call("UpdateMaintenanceWindowTask", WindowId=window, WindowTaskId=task, AlarmConfiguration=ALARM)
        self.types.update(TASK, task, self.task_properties(window, Priority=4))
        self.assertNotIn("AlarmConfiguration", self.call("GetMaintenanceWindowTask", WindowId=window, WindowTaskId=task))

    def test_an_update_of_a_window_replaces_its_tags(self):
        window, _ = self.types.create(WINDOW, {**self.WINDOW, "Tags": [{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}]})
        self.types.update(WINDOW, window, {**self.WINDOW, "Duration": 4, "Tags": [{"Key": "b", "Value": "3"}]})
        self.assertEqual(4, self.call("GetMaintenanceWindow", WindowId=window)["Duration"])
        self.assertEqual([{"Key": "b", "Value": "3"}], self.call("ListTagsForResource", ResourceType="MaintenanceWindow", ResourceId=window)["TagList"])

    def test_an_update_of_a_target_keeps_its_type(self):
        window, _ = self.types.create(WINDOW, self.WINDOW)
        properties = {"WindowId": window, "ResourceType": "INSTANCE", "Targets": [{"Key": "tag-key", "Values": ["a"]}]}
        target, _ = self.types.create(TARGET, properties)
        self.types.update(TARGET, target, {**properties, "Name": "Web"})
        self.assertEqual("INSTANCE", self.call("DescribeMaintenanceWindowTargets", WindowId=window)["Targets"][0]["ResourceType"])

    def test_the_window_and_the_type_of_a_task_are_create_only(self):
        self.assertEqual({"WindowId", "TaskType"}, set(self.types.create_only(TASK)))
        self.assertEqual({"WindowId"}, set(self.types.create_only(TARGET)))
        self.assertEqual(set(), set(self.types.create_only(WINDOW)))

    def test_an_alarm_is_no_property(self):
        window, _ = self.types.create(WINDOW, self.WINDOW)
        with self.assertRaisesRegex(ApiError, "AlarmConfiguration"):
            self.types.create(TASK, self.task_properties(window, AlarmConfiguration=ALARM))

    def test_a_delete_of_what_is_gone_succeeds(self):
        window, _ = self.types.create(WINDOW, self.WINDOW)
        task, _ = self.types.create(TASK, self.task_properties(window))
        for _ in range(2):
            self.types.delete(TASK, task, self.task_properties(window))
        self.types.delete(TARGET, task, {"WindowId": window})
        for _ in range(2):
            self.types.delete(WINDOW, window, self.WINDOW)


if __name__ == "__main__":
    unittest.main()
