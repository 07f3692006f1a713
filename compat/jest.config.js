const { join } = require('node:path');
const { jest } = require('../package.json');
const moduleNameMapper = require('./modules');

// The validation engine of the newest CDK looks at all templates at once after the tests, see validation-engine.judge.ts:
// to start it in every test file takes longer than the tests.
process.env.CDK_VALIDATION = 'false';

/** The test-suite of the project on the newest CDK. Coverage is measured on the lowest one. */
module.exports = {
  ...jest,
  rootDir: join(__dirname, '..'),
  displayName: 'newest CDK',
  collectCoverage: false,
  coverageThreshold: undefined,
  testPathIgnorePatterns: [
    ...jest.testPathIgnorePatterns,
    '<rootDir>/test/package/',
    // what knows nothing of the CDK, or runs it in a process of its own; the engine of schedules reads the time zones of Node.js, so it is tested
    '<rootDir>/test/api/api-guidelines',
    '<rootDir>/test/property/schedule',
    '<rootDir>/test/cli/import-process',
    '<rootDir>/test/docs/blocks',
    '<rootDir>/test/rules/',
  ],
  moduleNameMapper: { ...jest.moduleNameMapper, ...moduleNameMapper },
};
