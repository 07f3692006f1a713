/*
 * The app with generated classes, each task in a construct that does nothing: what a tree with as many constructs as that of the library costs by itself.
 */
const { Resource } = require('aws-cdk-lib');
const ssm = require('aws-cdk-lib/aws-ssm');
const { build } = require('./app-generated.cjs');

class WrappedTask extends Resource {
  constructor(scope, id, props) {
    super(scope, id);
    this.resource = new ssm.CfnMaintenanceWindowTask(this, 'Resource', props);
  }
}

exports.build = taskCount => build(taskCount, WrappedTask);
