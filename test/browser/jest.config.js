const { join } = require('node:path');
const { jest } = require('../../package.json');

/** The page of the calendar in a real browser. */
module.exports = {
  ...jest,
  rootDir: join(__dirname, '..', '..'),
  displayName: 'browser',
  testMatch: ['<rootDir>/test/browser/**/*.browser.ts'],
  collectCoverage: false,
  coverageThreshold: undefined,
};
