const { join } = require('node:path');
const { jest } = require('../package.json');

/** The test-suite of the project on the newest CDK. Coverage is measured on the lowest one. */
module.exports = {
  ...jest,
  rootDir: join(__dirname, '..'),
  displayName: 'newest CDK',
  collectCoverage: false,
  coverageThreshold: undefined,
  testPathIgnorePatterns: [...jest.testPathIgnorePatterns, '<rootDir>/test/package/', '<rootDir>/test/judges/'],
  moduleNameMapper: {
    ...jest.moduleNameMapper,
    '^aws-cdk-lib(|/.*)$': '<rootDir>/compat/node_modules/aws-cdk-lib$1',
    '^constructs$': '<rootDir>/compat/node_modules/constructs',
    '^\\./judges$': '<rootDir>/compat/judges.ts',
  },
};
