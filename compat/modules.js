/** Has jest take the newest CDK wherever a file imports the CDK. */
module.exports = {
  '^aws-cdk-lib(|/.*)$': '<rootDir>/compat/node_modules/aws-cdk-lib$1',
  '^constructs$': '<rootDir>/compat/node_modules/constructs',
};
