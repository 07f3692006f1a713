/*
 * Windows that each work on the nodes of a tag of their own.
 */
const { buildWindows } = require('./windows.cjs');
const { tagOf } = require('./shape.cjs');

exports.build = windowCount => buildWindows(windowCount, tagOf);
