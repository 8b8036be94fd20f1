/**
 * How much may happen while one `advance` lasts. The bound is on tasks, never on time: ten years in which nothing happens
 * are no longer than a second, and weeks of heartbeats cost more than they tell.
 */
export const tasksPerAdvanceMost = 2_000;
