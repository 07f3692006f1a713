/*
 * Windows that all work on the nodes of one tag: each is compared with the others.
 */
const { buildWindows } = require('./windows.cjs');

exports.build = windowCount => buildWindows(windowCount, () => 'web');
