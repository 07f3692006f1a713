import * as fc from 'fast-check';

/**
 * The same random cases in each run, so that a failure is that of the change at hand; FAST_CHECK_SEED draws others, and `random` new ones each time.
 */
const { FAST_CHECK_SEED: given = '20261124' } = process.env;

if (given !== 'random') { fc.configureGlobal({ seed: Number(given) }); }
