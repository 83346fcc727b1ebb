/** The seed of this run's random tests; set VIRT_AUDIT_SEED to the one a failure names to see it again. */
export const seed = Number(process.env.VIRT_AUDIT_SEED ?? Date.now() % 2 ** 31);
