const { join } = require('node:path');
const moduleNameMapper = require('../../compat/modules');
const { jest } = require('../../package.json');

/** The judges that look at the templates which the test-suite left behind. */
module.exports = {
  ...jest,
  rootDir: join(__dirname, '..', '..'),
  displayName: 'judges',
  testMatch: ['<rootDir>/test/judges/**/*.judge.ts', '<rootDir>/compat/*.judge.ts'],
  testTimeout: 600_000,
  collectCoverage: false,
  coverageThreshold: undefined,
  moduleNameMapper,
};
