/**
 * The seed of this run's random tests, in each one's name. It is fixed, so that a change is judged by what it does and not by
 * luck; VIRT_AUDIT_SEED sets another, to explore or to see a failure again.
 */
export const seed = Number(process.env.VIRT_AUDIT_SEED ?? 8715);
if (!Number.isInteger(seed)) throw new Error(`VIRT_AUDIT_SEED=${process.env.VIRT_AUDIT_SEED} is no whole number`);
