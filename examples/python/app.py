#!/usr/bin/env python3
from aws_cdk import App

from patching.first_steps import add_first_steps
from patching.follow_up_stack import FollowUpStack
from patching.patching_stack import PatchingStack

# a window cannot be deleted while another stack has tasks in it
app = App(context={"@aws-cdk/core:defaultCrossStackReferences": "strong"})
patching = PatchingStack(
    app,
    "Patching",
    description="Patches the production fleet eight days after Patch Tuesday",
)
FollowUpStack(
    app,
    "FollowUp",
    description="Verifies and reports what each patch window did",
    maintenance_window=patching.maintenance_window,
    topic=patching.topic,
)
# the first app of the README
add_first_steps(app)
app.synth()
