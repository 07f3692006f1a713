/** The order of the tasks of a window, with room between them. */
export const PRIORITY = { BACK_UP: 10, PATCH: 20, VERIFY: 30, REPORT: 40 };
